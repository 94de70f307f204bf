//! The form's question of what tasks run on.

use leptos::prelude::*;

use super::fields::LaunchFields;
use crate::clusters::StrategyRows;
use crate::ui::*;

/// The cluster's default, a launch type, or a strategy.
#[component]
pub fn ComputeSection(fields: LaunchFields) -> impl IntoView {
    let cluster = Memo::new(move |_| {
        let name = fields.cluster.get();
        fields.choices.with_value(|choices| choices.cluster(&name).cloned())
    });
    let providers = Signal::derive(move || cluster.get().map(|c| c.providers).unwrap_or_default());
    let by_strategy = Memo::new(move |_| *fields.compute.read() == "strategy");
    Effect::new(move |_| {
        if by_strategy.get() && fields.strategy.lines().is_empty() {
            let first = providers.get_untracked().into_iter().next();
            fields.strategy.add(first.unwrap_or_default());
        }
    });
    let default_words = move || {
        let by_default = *fields.compute.read() == "default";
        let cluster = cluster.get().filter(|_| by_default)?;
        Some(match cluster.default_comes_to() {
            (true, said) => view! { <p class="muted" role="status">{said}</p> }.into_any(),
            (false, said) => view! { <Notice tone=Tone::Warn>{said}</Notice> }.into_any(),
        })
    };
    let able = move || {
        fields.needs.get().filter(|needs| !needs.compatibilities.is_empty()).map(|needs| {
            view! { <p class="muted">{needs.revision.to_string()}" may run on "{needs.compatibilities.join(", ")}"."</p> }
        })
    };
    view! {
        <FormSection title="Where tasks run">
            {able}
            <RadioCards path="compute" legend="Compute" options=options() value=fields.compute/>
            {default_words}
            <Show when=move || by_strategy.get()>
                <StrategyRows state=fields.strategy providers/>
            </Show>
        </FormSection>
    }
}

fn options() -> Vec<RadioCard> {
    vec![
        RadioCard::new(
            "default",
            "The cluster's default",
            "Follows the cluster's default capacity provider strategy; without one, EC2.",
        ),
        RadioCard::new(
            "FARGATE",
            "Fargate",
            "AWS runs the machines; each task is billed for its size.",
        ),
        RadioCard::new("EC2", "EC2", "On the cluster's own EC2 instances."),
        RadioCard::new(
            "EXTERNAL",
            "External",
            "On machines of your own that are registered with the cluster.",
        ),
        RadioCard::new(
            "strategy",
            "A strategy of your own",
            "Shares tasks out among capacity providers; the way to Fargate Spot.",
        ),
    ]
}
