//! Tasks of all clusters, as a table that stays fresh.

use leptos::prelude::*;
use leptos_meta::Title;

use super::api::{list_tasks, read_task_filters};
use super::model::TaskRow;
use super::state::place_words;
use super::table::{ORDERS, TasksTable};
use crate::layout::use_refusal_of_ecs;
use crate::links;
use crate::list_address::{ListAddress, use_list_address};
use crate::list_frame::{ListBody, ListFrame};
use crate::listing::Listing;
use crate::live::{Topic, live_list};
use crate::reading::Fresh;
use crate::team::model::Role;
use crate::ui::*;

/// The list of tasks.
#[component]
pub fn TasksPage() -> impl IntoView {
    let address = use_list_address(links::TASKS, &["cluster", "status", "launch"], &ORDERS);
    let answer = address.ask(list_tasks);
    let filters = Resource::new_blocking(|| (), |()| read_task_filters());
    view! {
        <Title text="Tasks"/>
        <PageHead title="Tasks">
            <LinkButton href=links::RUN_TASK kind=ButtonKind::Primary icon=IconName::Plus disabled_reason=use_refusal_of_ecs(Role::Operator)>"Run tasks"</LinkButton>
        </PageHead>
        <ListFrame
            address answer
            action=links::TASKS
            noun=("task", "tasks")
            back=("All tasks", links::TASKS)
            filters=move || Suspend::new(async move {
                let offered = filters.await.unwrap_or_default();
                let same = |name: String| (name.clone(), name);
                let place = |place: String| (place.clone(), place_words(&place));
                view! {
                    <FilterSelect
                        name="cluster" label="Cluster" options=with_any("Any", offered.clusters.into_iter().map(same))
                        value=address.filter("cluster") on_change=address.on_filter("cluster")
                    />
                    <FilterSelect
                        name="status" label="State" options=state_options()
                        value=address.filter("status") on_change=address.on_filter("status")
                    />
                    <FilterSelect
                        name="launch" label="Runs on" options=with_any("Any", offered.places.into_iter().map(place))
                        value=address.filter("launch") on_change=address.on_filter("launch")
                    />
                }
            })
            show=move |fresh| view! { <Answer address fresh/> }
        />
    }
}

/// The rows, kept fresh.
#[component]
fn Answer(address: ListAddress, fresh: Fresh<Listing<TaskRow>>) -> impl IntoView {
    let list = live_list(&Topic::Tasks(address.query().get_untracked()), fresh);
    view! {
        <ListBody
            address
            meta=list.meta
            table=move || view! { <TasksTable address rows=list.rows/> }
            empty=|| view! {
                <EmptyState
                    icon=IconName::Task
                    title="No tasks yet"
                    body="A task is one run of a task definition. Services start theirs by themselves."
                >
                    <LinkButton href=links::RUN_TASK icon=IconName::Plus disabled_reason=use_refusal_of_ecs(Role::Operator)>"Run tasks"</LinkButton>
                </EmptyState>
            }
        />
    }
}

fn state_options() -> Vec<(String, String)> {
    let states =
        [("running", "Running"), ("moving", "Starting or stopping"), ("stopped", "Stopped")];
    with_any("Any", states.into_iter().map(|(value, words)| (value.to_owned(), words.to_owned())))
}
