//! What a cluster is set to.

use leptos::prelude::*;

use super::detail::ClusterDetail;
use super::model::Tag;
use super::strategy::split_words;
use crate::live::LiveValue;
use crate::ui::*;

/// Capacity, strategy, insights, tags and ARN of a cluster.
#[component]
pub fn Facts(live: LiveValue<ClusterDetail>) -> impl IntoView {
    let providers = Memo::new(move |_| live.value.read().providers.join(", "));
    let strategy = Memo::new(move |_| split_words(&live.value.read().strategy));
    let insights = Memo::new(move |_| insights_word(&live.value.read().insights));
    let tags = Memo::new(move |_| live.value.read().tags.clone());
    let arn = live.value.with_untracked(|cluster| cluster.arn.clone());
    let short = resource_part(&arn).to_owned();
    view! {
        <Card>
            <KeyValues>
                <KeyValue label="Capacity providers">{move || or_none(providers.get())}</KeyValue>
                <KeyValue label="Default strategy">{move || match strategy.get() {
                    words if words.is_empty() => "None: EC2, unless a launch says otherwise.".to_owned(),
                    words => words,
                }}</KeyValue>
                <KeyValue label="Container Insights">{insights}</KeyValue>
                <KeyValue label="Tags">{move || view! { <TagList tags=tags.get()/> }}</KeyValue>
                <KeyValue label="ARN"><CopyText text=arn label="cluster ARN" short/></KeyValue>
            </KeyValues>
        </Card>
    }
}

/// Tags as a run of small pairs.
#[component]
pub fn TagList(
    /// The tags.
    tags: Vec<Tag>,
) -> impl IntoView {
    if tags.is_empty() {
        return view! { <span class="muted">"None"</span> }.into_any();
    }
    let tag = |Tag { key, value }: Tag| {
        view! { <li class="tag"><span class="tag-key">{key}</span>{(!value.is_empty()).then(|| view! { <span>{value}</span> })}</li> }
    };
    view! { <ul class="tags">{tags.into_iter().map(tag).collect_view()}</ul> }.into_any()
}

/// The part of an ARN that a person tells things apart by: `service/production/web`.
pub fn resource_part(arn: &str) -> &str {
    arn.splitn(6, ':').last().unwrap_or(arn)
}

fn or_none(words: String) -> String {
    if words.is_empty() { "None".to_owned() } else { words }
}

fn insights_word(setting: &str) -> String {
    match setting {
        "disabled" => "Off".to_owned(),
        "enabled" => "On".to_owned(),
        "enhanced" => "Enhanced".to_owned(),
        "" => "Not known".to_owned(),
        other => other.to_owned(),
    }
}
