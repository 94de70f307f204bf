//! Families of task definitions, as a table that stays fresh.

use leptos::prelude::*;
use leptos_meta::Title;

use super::api::list_families;
use super::drafts::DraftsLink;
use super::model::FamilyRow;
use super::table::{FamiliesTable, ORDERS};
use crate::layout::{use_refusal_of_ecs, use_role};
use crate::links;
use crate::list_address::{ListAddress, use_list_address};
use crate::list_frame::{ListBody, ListFrame};
use crate::listing::Listing;
use crate::live::{Topic, live_list};
use crate::reading::Fresh;
use crate::team::model::Role;
use crate::ui::*;

/// The list of families.
#[component]
pub fn FamiliesPage() -> impl IntoView {
    let address = use_list_address(links::TASK_DEFINITIONS, &["status"], &ORDERS);
    let answer = address.ask(list_families);
    view! {
        <Title text="Task definitions"/>
        <PageHead title="Task definitions">
            <DraftsLink/>
            {(use_role() >= Role::Operator).then(|| view! { <LinkButton href=links::TEMPLATES>"Templates"</LinkButton> })}
            <LinkButton href=links::NEW_TASK_DEFINITION kind=ButtonKind::Primary icon=IconName::Plus disabled_reason=use_refusal_of_ecs(Role::Operator)>"Register task definition"</LinkButton>
        </PageHead>
        <ListFrame
            address answer
            action=links::TASK_DEFINITIONS
            noun=("family", "families")
            back=("All task definitions", links::TASK_DEFINITIONS)
            filters=move || view! {
                <FilterSelect
                    name="status" label="Show" options=state_options()
                    value=address.filter("status") on_change=address.on_filter("status")
                />
            }
            show=move |fresh| view! { <Answer address fresh/> }
        />
    }
}

/// The rows, kept fresh.
#[component]
fn Answer(address: ListAddress, fresh: Fresh<Listing<FamilyRow>>) -> impl IntoView {
    let list = live_list(&Topic::Families(address.query().get_untracked()), fresh);
    view! {
        <ListBody
            address
            meta=list.meta
            table=move || view! { <FamiliesTable address rows=list.rows/> }
            empty=|| view! {
                <EmptyState
                    icon=IconName::TaskDefinition
                    title="No task definitions yet"
                    body="A task definition says which containers run together, from which images, and how large they are."
                >
                    <LinkButton href=links::NEW_TASK_DEFINITION icon=IconName::Plus disabled_reason=use_refusal_of_ecs(Role::Operator)>"Register task definition"</LinkButton>
                </EmptyState>
            }
        />
    }
}

fn state_options() -> Vec<(String, String)> {
    [
        ("", "All"),
        ("active", "With active revisions"),
        ("inactive", "Inactive only"),
        ("used", "In use"),
        ("unused", "Not in use"),
    ]
    .map(|(value, words)| (value.to_owned(), words.to_owned()))
    .to_vec()
}
