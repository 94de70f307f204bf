//! Revisions that are known already, to begin from.

use leptos::prelude::*;

use crate::links;
use crate::listing::ListQuery;
use crate::names::Revision;
use crate::task_definitions::api::list_families;
use crate::task_definitions::model::FamilyRow;
use crate::ui::*;

/// Families by name, each with the way to begin from its newest revision.
#[component]
pub fn Existing() -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let found = LocalResource::new(move || {
        let query = ListQuery::default().with_text(&typed.get());
        async move { list_families(query).await }
    });
    let row = |family: FamilyRow| {
        let newest = family.newest.map(|number| {
            let revision = Revision { family: family.name.clone(), number };
            let words = format!("Begin from {revision}");
            view! { <LinkButton href=links::new_revision(&revision)>{words}</LinkButton> }
        });
        view! {
            <li class="start-family">
                <a class="mono" href=links::family(&family.name)>{family.key}</a>
                {newest}
            </li>
        }
    };
    let list = move || {
        found.get().map(|answer| match answer {
            Ok(answer) if answer.value.rows.is_empty() => view! { <p class="muted">"No family has this name."</p> }.into_any(),
            Ok(answer) => view! { <ul class="start-families">{answer.value.rows.into_iter().map(row).collect_view()}</ul> }.into_any(),
            Err(error) => view! { <Notice tone=Tone::Bad>{error.to_string()}</Notice> }.into_any(),
        })
    };
    view! {
        <TextField path="start-family" label="Find a family" value=typed input_type="search" mono=true
            hint="Older revisions are on the family's page; each has a button New revision."/>
        <div aria-live="polite"><Transition>{list}</Transition></div>
    }
}
