//! One cluster: what it is, and its services, tasks and events as tabs.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::read_cluster;
use super::delete::DeleteCluster;
use super::detail::ClusterDetail;
use super::events::{ClusterEvents, FeedAsked, ask_feed};
use super::facts::Facts;
use super::mark::ClusterMark;
use crate::asked::ask;
use crate::error::AppError;
use crate::layout::use_refusal;
use crate::links;
use crate::live::{LiveValue, Topic, live_value};
use crate::names::ClusterName;
use crate::reading::Fresh;
use crate::services::{
    ServicesOf, ServicesOfCluster, TaskLines, TasksOf, ask_services_of, ask_tasks_of,
};
use crate::team::model::Role;
use crate::trouble::AnswerTrouble;
use crate::ui::*;
use crate::words::{counted, number};

/// The tabs beside the first one.
const OTHER_TABS: [&str; 2] = ["tasks", "events"];

/// What the tabs show, each asked for while it is in sight.
#[derive(Clone, Copy)]
struct Parts {
    tab: Memo<String>,
    services: ServicesOfCluster,
    tasks: TaskLines,
    feed: FeedAsked,
}

/// A cluster.
#[component]
pub fn ClusterPage() -> impl IntoView {
    let params = use_params_map();
    let name = Memo::new(move |_| params.read().get("cluster").unwrap_or_default());
    let answer = ask(name, |name: String| async move {
        let unknown = |_| AppError::NotFound("There is no cluster of that name.".to_owned());
        read_cluster(name.parse().map_err(unknown)?).await
    });
    let query = use_query_map();
    let tab = Memo::new(move |_| query.read().get("tab").unwrap_or_default());
    let whose = Memo::new(move |_| (name.get(), None));
    let parts = Parts {
        tab,
        services: ask_services_of(name, move || !OTHER_TABS.contains(&tab.read().as_str())),
        tasks: ask_tasks_of(whose, move || *tab.read() == "tasks"),
        feed: ask_feed(name, move || *tab.read() == "events"),
    };
    view! {
        <Suspense fallback=|| view! { <Skeleton/> }>
            {move || Suspend::new(async move {
                match answer.await {
                    Ok(fresh) => view! { <Cluster fresh parts/> }.into_any(),
                    Err(error) => view! {
                        <Title text=name.get_untracked()/>
                        <PageHead title=name crumbs=vec![Crumb::new("Clusters", links::CLUSTERS)]/>
                        <AnswerTrouble title="The cluster can't be shown" error back=("All clusters", links::CLUSTERS)/>
                    }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Cluster(fresh: Fresh<ClusterDetail>, parts: Parts) -> impl IntoView {
    let name = fresh.value.name.clone();
    let live = live_value(&Topic::Cluster(name.clone()), fresh);
    let status = Memo::new(move |_| live.value.read().status.clone());
    let remains = Memo::new(move |_| live.value.read().remains.clone());
    let new_service = links::new_service(&[("cluster", name.as_str())]);
    let (deleted, tabs_of) = (name.clone(), name.clone());
    view! {
        <Title text=name.to_string()/>
        <PageHead
            title=name.to_string()
            crumbs=vec![Crumb::new("Clusters", links::CLUSTERS)]
            status=move || view! { <ClusterMark status/> }
            facts=move || view! { <Counts live/> }
        >
            <DeleteCluster name=deleted status remains/>
            <LinkButton
                href=new_service
                kind=ButtonKind::Primary icon=IconName::Plus
                disabled_reason=use_refusal(Role::Operator)
            >"Create service"</LinkButton>
        </PageHead>
        {move || live.gone.get().then(|| view! {
            <Notice tone=Tone::Warn>"This cluster has gone. What stands here is the last that was known of it."</Notice>
        })}
        <Facts live/>
        <ClusterTabs name=tabs_of live parts/>
    }
}

/// The counts under the heading.
#[component]
fn Counts(live: LiveValue<ClusterDetail>) -> impl IntoView {
    let services = Memo::new(move |_| live.value.read().remains.services.len());
    let running = Memo::new(move |_| live.value.read().running);
    let pending = Memo::new(move |_| live.value.read().pending);
    let instances = Memo::new(move |_| live.value.read().remains.instances);
    view! {
        <span>{move || counted(services.get(), "service")}</span>
        <span>{move || number(running.get())}" running"</span>
        <span>{move || number(pending.get())}" pending"</span>
        <span>{move || counted(instances.get(), "instance")}</span>
    }
}

/// Services, tasks and events; which one stands in the address.
#[component]
fn ClusterTabs(name: ClusterName, live: LiveValue<ClusterDetail>, parts: Parts) -> impl IntoView {
    let Parts { tab, services, tasks, feed } = parts;
    let page = links::cluster(&name);
    let items = Memo::new(move |_| {
        let item = |key: &str, label: &str, count: Option<usize>| TabItem {
            label: label.to_owned(),
            href: links::tab(&page, key),
            current: *tab.read() == key,
            count,
        };
        let remains = &live.value.read().remains;
        vec![
            item("", "Services", Some(remains.services.len())),
            item("tasks", "Tasks", Some(remains.tasks)),
            item("events", "Events", None),
        ]
    });
    view! {
        <Tabs items label=format!("Parts of {name}")/>
        {move || match tab.read().as_str() {
            "tasks" => view! { <TasksOf asked=tasks cluster=name.clone()/> }.into_any(),
            "events" => view! { <ClusterEvents asked=feed cluster=name.clone()/> }.into_any(),
            _ => view! { <ServicesOf asked=services cluster=name.clone()/> }.into_any(),
        }}
    }
}
