//! The member's drafts, and those of others that the member has opened.

use leptos::prelude::*;
use leptos_meta::Title;

use super::api::list_drafts;
use super::table::DraftsTable;
use crate::layout::ForRole;
use crate::links;
use crate::team::model::Role;
use crate::trouble::AnswerTrouble;
use crate::ui::*;

/// The list that the drafts belong to.
const ALL: (&str, &str) = ("All task definitions", links::TASK_DEFINITIONS);

/// Drafts, last changed first.
#[component]
pub fn DraftsPage() -> impl IntoView {
    let drafts = Resource::new_blocking(|| (), |()| list_drafts());
    view! {
        <Title text="Drafts"/>
        <PageHead title="Drafts" crumbs=vec![Crumb::new("Task definitions", links::TASK_DEFINITIONS)]>
            <LinkButton href=links::NEW_TASK_DEFINITION kind=ButtonKind::Primary icon=IconName::Plus>"Register task definition"</LinkButton>
        </PageHead>
        <ForRole least=Role::Operator title="You can't have drafts" back=ALL>
            <Transition fallback=|| view! { <Skeleton/> }>
                {move || Suspend::new(async move {
                    match drafts.await {
                        Ok(rows) => view! { <DraftsTable rows/> }.into_any(),
                        Err(error) => view! {
                            <AnswerTrouble title="The drafts can't be shown" error back=ALL/>
                        }
                        .into_any(),
                    }
                })}
            </Transition>
        </ForRole>
    }
}
