//! One revision: what it runs, who uses it, and its document.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::actions::RevisionActions;
use super::api::read_revision;
use super::document::Document;
use super::family_page::UsedBy;
use super::model::RevisionDetail;
use super::overview::Overview;
use super::summary::size_words;
use crate::error::AppError;
use crate::links;
use crate::names::Revision;
use crate::trouble::AnswerTrouble;
use crate::ui::*;

/// One revision of a family.
#[component]
pub fn RevisionPage() -> impl IntoView {
    let params = use_params_map();
    let wanted = Memo::new(move |_| {
        params.with(|params| {
            let family = params.get_str("family")?;
            let number = params.get_str("revision")?;
            format!("{family}:{number}").parse::<Revision>().ok()
        })
    });
    let again = RwSignal::new(0_u32);
    let found = Resource::new_blocking(
        move || (wanted.get(), again.get()),
        |(wanted, _)| async move {
            let missing = || AppError::NotFound("There is no revision of that number.".into());
            read_revision(wanted.ok_or_else(missing)?).await
        },
    );
    view! {
        <Transition fallback=|| view! { <Skeleton rows=8/> }>
            {move || Suspend::new(async move {
                match found.await {
                    Ok(detail) => view! {
                        <RevisionView detail on_change=move |()| again.update(|n| *n += 1)/>
                    }.into_any(),
                    Err(error) => view! {
                        <Title text="Task definition"/>
                        <PageHead title="Task definition" crumbs=vec![Crumb::new("Task definitions", links::TASK_DEFINITIONS)]/>
                        <AnswerTrouble title="This revision can't be shown" error back=("All task definitions", links::TASK_DEFINITIONS)/>
                    }
                    .into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn RevisionView(
    detail: RevisionDetail,
    /// Called when the revision was changed.
    #[prop(into)]
    on_change: Callback<()>,
) -> impl IntoView {
    let pairs = use_query_map();
    let as_json = Memo::new(move |_| pairs.with(|pairs| pairs.get_str("tab") == Some("json")));
    let revision = detail.definition.revision.clone();
    let document = Document::new(detail.definition.document.clone()).unwrap_or_default();
    let crumbs = vec![
        Crumb::new("Task definitions", links::TASK_DEFINITIONS),
        Crumb::new(revision.family.to_string(), links::family(&revision.family)),
    ];
    let (tone, state) = match detail.definition.status.as_str() {
        "ACTIVE" => (Tone::Good, "Active"),
        "DELETE_IN_PROGRESS" => (Tone::Busy, "Being deleted"),
        _ => (Tone::Idle, "Inactive"),
    };
    let tabs = {
        let revision = revision.clone();
        Signal::derive(move || {
            let tab = |label: &str, href: String, current: bool| TabItem {
                label: label.to_owned(),
                href,
                current,
                count: None,
            };
            vec![
                tab("Overview", links::revision(&revision), !as_json.get()),
                tab("JSON", links::tab(&links::revision(&revision), "json"), as_json.get()),
            ]
        })
    };
    let facts = {
        let (revision, used_by) = (revision.clone(), detail.used_by.clone());
        let (arn, size) = (detail.definition.arn.clone(), size_words(&document));
        let short = revision.to_string();
        move || {
            view! {
                {(!size.is_empty()).then(|| view! { <span>{size}</span> })}
                <span class="cluster-row">"Used by "<UsedBy revision used_by/></span>
                <CopyText text=arn label="revision ARN" short/>
            }
        }
    };
    let redacted = detail.redacted;
    let newer = detail
        .newest
        .filter(|newest| *newest > revision.number)
        .map(|number| Revision { family: revision.family.clone(), number });
    let parts = StoredValue::new((detail.definition.clone(), document));
    view! {
        <Title text=revision.to_string()/>
        <PageHead title=revision.to_string() crumbs status=move || view! { <StatusMark tone label=state/> } facts>
            <RevisionActions detail on_change/>
        </PageHead>
        {newer.map(|newer| view! {
            <Notice tone=Tone::Idle>"There is a newer revision: "<a class="mono" href=links::revision(&newer)>{newer.to_string()}</a>"."</Notice>
        })}
        {redacted.then(|| view! {
            <Notice tone=Tone::Idle>"Values of variables and references to secrets are hidden from your role."</Notice>
        })}
        <Tabs items=tabs/>
        {move || {
            let (definition, document) = parts.get_value();
            if as_json.get() {
                let label = format!("Task definition {}", definition.revision);
                view! { <CodeBlock text=document.pretty() label/> }.into_any()
            } else {
                view! { <Overview definition document/> }.into_any()
            }
        }}
    }
}
