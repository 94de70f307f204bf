//! Tasks as a compact table on the pages of clusters and services.

use leptos::prelude::*;

use super::api::{read_cluster_tasks, read_service_tasks};
use super::task_line::TaskLine;
use crate::asked::{Asked, ask_while};
use crate::error::AppError;
use crate::links;
use crate::listing::Listing;
use crate::live::{LiveList, LiveRow, Topic, live_list};
use crate::names::{ClusterName, ServiceName};
use crate::reading::Fresh;
use crate::trouble::part;
use crate::ui::*;

/// The tasks of a service, or of a whole cluster, as they were asked for.
pub type TaskLines = Asked<Option<Fresh<Listing<TaskLine>>>>;

/// Asks for the tasks of a service, or without one for all of a cluster that have not ended, while
/// they are in sight; for the body of a page.
pub fn ask_tasks_of(
    whose: Memo<(String, Option<String>)>,
    wanted: impl Fn() -> bool + Send + Sync + 'static,
) -> TaskLines {
    ask_while(wanted, whose, |(cluster, service)| async move {
        let unknown = |_| AppError::NotFound("There is nothing of that name.".to_owned());
        let cluster = cluster.parse().map_err(unknown)?;
        match service {
            Some(name) => read_service_tasks(cluster, name.parse().map_err(unknown)?).await,
            None => read_cluster_tasks(cluster).await,
        }
    })
}

/// The tasks of a service, or of a whole cluster.
#[component]
pub fn TasksOf(
    /// What was asked for.
    asked: TaskLines,
    /// The cluster.
    cluster: ClusterName,
    /// The service; without one, every task of the cluster that has not ended.
    #[prop(optional)]
    service: Option<ServiceName>,
) -> impl IntoView {
    let show = move |fresh| {
        view! { <Lines cluster=cluster.clone() service=service.clone() fresh/> }
    };
    part(asked, "The tasks can't be shown", ("All tasks", links::TASKS), show)
}

#[component]
fn Lines(
    cluster: ClusterName,
    service: Option<ServiceName>,
    fresh: Fresh<Listing<TaskLine>>,
) -> impl IntoView {
    let of_service = service.is_some();
    let (topic, all_href) = match service {
        Some(name) => {
            let href = links::tasks_of_service(&cluster, &name);
            (Topic::ServiceTasks { cluster, name }, href)
        }
        None => {
            let href = links::tasks_of(&cluster);
            (Topic::ClusterTasks(cluster), href)
        }
    };
    let list = live_list(&topic, fresh);
    let none = Memo::new(move |_| list.rows.read().is_empty());
    let counts = Memo::new(move |_| list.meta.with(|meta| (meta.matched, meta.total)));
    view! {
        <p class="table-lead">
            {move || match counts.get() {
                (shown, total) if shown < total => format!("The newest {shown} of {total} tasks. "),
                _ => String::new(),
            }}
            <a href=all_href>"Open in the list of tasks"</a>
        </p>
        <Show when=move || !none.get() fallback=move || no_tasks(of_service)>
            <LineTable list of_service/>
        </Show>
    }
}

fn no_tasks(of_service: bool) -> impl IntoView {
    let body = if of_service {
        "When the service shall run some, they appear here within seconds; those that stop stay for about an hour."
    } else {
        "Services start theirs by themselves; a single one can be run from a task definition."
    };
    view! { <EmptyState icon=IconName::Task title="No tasks now" body/> }
}

#[component]
fn LineTable(list: LiveList<TaskLine>, of_service: bool) -> impl IntoView {
    let line = move |row: LiveRow<TaskLine>| view! { <Line row of_service/> };
    view! {
        <TableRegion label="Tasks">
            <thead><tr>
                <th scope="col">"Task"</th>
                <th scope="col">"State"</th>
                {(!of_service).then(|| view! { <th scope="col">"Group"</th> })}
                <th scope="col">"Revision"</th>
                <th scope="col">"Since"</th>
                <th scope="col">"Why it stopped"</th>
            </tr></thead>
            <tbody><For each=move || list.rows.get() key=|row| row.key.clone() children=line/></tbody>
        </TableRegion>
    }
}

#[component]
fn Line(row: LiveRow<TaskLine>, of_service: bool) -> impl IntoView {
    let value = RwSignal::from(row.value);
    // What never changes in a task's life is read once.
    let TaskLine { cluster, id, group, revision, .. } = value.get_untracked();
    let standing = Memo::new(move |_| value.read().standing());
    let side = Memo::new(move |_| value.read().side);
    let since = Memo::new(move |_| value.read().since);
    let reason = Memo::new(move |_| value.read().reason.clone());
    let changed = pulse_on_change(Signal::derive(move || standing.get()));
    let group = match group.strip_prefix("service:") {
        Some(name) => {
            view! { <a href=links::service(&cluster, &name)>{name.to_owned()}</a> }.into_any()
        }
        None => view! { <span class="muted">{group}</span> }.into_any(),
    };
    view! {
        <tr class:row-changed=changed>
            <th scope="row"><a class="mono" href=links::task(&cluster, &id) title=id.to_string()>{id.short().to_owned()}</a></th>
            <td data-label="State">
                <StatusMark tone=Signal::derive(move || standing.get().0) label=Signal::derive(move || standing.get().1)/>
            </td>
            {(!of_service).then(|| view! { <td data-label="Group">{group}</td> })}
            <td data-label="Revision">
                <div>
                    <a class="mono" href=links::revision(&revision)>{revision.to_string()}</a>
                    {move || side.get().map(|side| view! { " "<span class="cell-more">{side.words()}</span> })}
                </div>
            </td>
            <td data-label="Since">{move || since.get().map(|at| view! { <TimeAgo at/> })}</td>
            <td data-label="Reason" class="muted">{reason}</td>
        </tr>
    }
}
