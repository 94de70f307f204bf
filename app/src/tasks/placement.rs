//! Where a task runs.

use leptos::prelude::*;

use super::model::Task;
use super::state::place_words;
use crate::links;
use crate::task_definitions::summary::{memory_words, vcpu_words};
use crate::ui::*;

/// Cluster, zone, provider, machine and address of a task.
#[component]
pub fn Placement(task: RwSignal<Task>) -> impl IntoView {
    let lines = Memo::new(move |_| task.with(lines));
    let cluster = task.with_untracked(|task| task.cluster.clone());
    let line = |(label, value, copy): (&'static str, String, bool)| {
        let shown = if copy {
            view! { <CopyText text=value label=label.to_lowercase()/> }.into_any()
        } else {
            view! { {value} }.into_any()
        };
        view! { <KeyValue label>{shown}</KeyValue> }
    };
    view! {
        <Card title="Placement">
            <KeyValues>
                <KeyValue label="Cluster"><a href=links::cluster(&cluster)>{cluster.to_string()}</a></KeyValue>
                {move || lines.get().into_iter().map(line).collect_view()}
            </KeyValues>
        </Card>
    }
}

/// Label, value, and whether it is worth copying; what is not known is left out.
fn lines(task: &Task) -> Vec<(&'static str, String, bool)> {
    let platform = task.platform_version.as_deref().unwrap_or_default();
    let size = [
        task.cpu.as_deref().map(|cpu| cpu.parse().map_or_else(|_| cpu.to_owned(), vcpu_words)),
        task.memory
            .as_deref()
            .map(|memory| memory.parse().map_or_else(|_| memory.to_owned(), memory_words)),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(" · ");
    [
        ("Runs on", format!("{} {platform}", place_words(task.runs_on())).trim().to_owned(), false),
        ("Zone", task.availability_zone.clone().unwrap_or_default(), false),
        ("Instance", task.container_instance.clone().unwrap_or_default(), true),
        ("IP address", task.private_ip.clone().unwrap_or_default(), true),
        ("CPU and memory", size, false),
        ("Started by", task.started_by.clone().unwrap_or_default(), true),
    ]
    .into_iter()
    .filter(|(_, value, _)| !value.is_empty())
    .collect()
}
