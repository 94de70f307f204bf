//! Tasks of all clusters, as a table that stays fresh.

use leptos::prelude::*;
use leptos_meta::Title;

use super::api::{list_tasks, read_task_filters};
use super::model::{TaskFilters, TaskRow};
use super::state::place_words;
use super::table::TasksTable;
use crate::links;
use crate::list_address::{ListAddress, ListBody, use_list_address};
use crate::listing::Listing;
use crate::live::{Topic, live_list};
use crate::reading::Fresh;
use crate::trouble::AnswerTrouble;
use crate::ui::*;

/// The list of tasks.
#[component]
pub fn TasksPage() -> impl IntoView {
    let address = use_list_address(links::TASKS, &["cluster", "status", "launch"]);
    let answer = address.ask(list_tasks);
    let filters = Resource::new_blocking(|| (), |()| read_task_filters());
    let (matched, total) = address.counts(answer);
    let offered = move |of: fn(TaskFilters) -> Vec<String>, words: fn(&str) -> String| {
        Signal::derive(move || {
            let filters = filters.get().and_then(Result::ok).unwrap_or_default();
            with_any(of(filters).into_iter().map(|value| {
                let shown = words(&value);
                (value, shown)
            }))
        })
    };
    view! {
        <Title text="Tasks"/>
        <PageHead title="Tasks">
            <LinkButton href=links::RUN_TASK kind=ButtonKind::Primary icon=IconName::Plus>"Run tasks"</LinkButton>
        </PageHead>
        <Transition fallback=|| view! { <Skeleton/> }>
            <FilterBar
                action=links::TASKS
                text=address.text()
                on_text=address.on_text()
                matched total
                noun=("task", "tasks")
                clear_href=address.clear_href_if_narrowed()
            >
                <FilterSelect
                    name="cluster" label="Cluster" options=offered(|filters| filters.clusters, str::to_owned)
                    value=address.filter("cluster") on_change=address.on_filter("cluster")
                />
                <FilterSelect
                    name="status" label="State" options=state_options()
                    value=address.filter("status") on_change=address.on_filter("status")
                />
                <FilterSelect
                    name="launch" label="Runs on" options=offered(|filters| filters.places, place_words)
                    value=address.filter("launch") on_change=address.on_filter("launch")
                />
            </FilterBar>
            {move || Suspend::new(async move {
                match answer.await {
                    Ok(fresh) => view! { <Answer address fresh/> }.into_any(),
                    Err(error) => view! {
                        <AnswerTrouble title="The tasks can't be shown" error back=("All tasks", links::TASKS)/>
                    }.into_any(),
                }
            })}
        </Transition>
    }
}

/// The rows, kept fresh.
#[component]
fn Answer(address: ListAddress, fresh: Fresh<Listing<TaskRow>>) -> impl IntoView {
    let list = live_list(&Topic::Tasks(address.query().get_untracked()), fresh);
    address.follow(list.meta);
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
                    <LinkButton href=links::RUN_TASK kind=ButtonKind::Primary icon=IconName::Plus>"Run tasks"</LinkButton>
                </EmptyState>
            }
        />
    }
}

fn state_options() -> Vec<(String, String)> {
    let states =
        [("running", "Running"), ("moving", "Starting or stopping"), ("stopped", "Stopped")];
    with_any(states.into_iter().map(|(value, words)| (value.to_owned(), words.to_owned())))
}

fn with_any(options: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    let any = (String::new(), "Any".to_owned());
    std::iter::once(any).chain(options).collect()
}
