//! One service: how it stands, what rolls out, its tasks and its events.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::actions::Actions;
use super::api::read_service;
use super::configuration::Configuration;
use super::deployments::Deployments;
use super::detail::ServiceDetail;
use super::event_list::{EventList, EventsAsked, ask_events};
use super::mark::ServiceMark;
use super::overview::{Counts, NewestEvents};
use super::task_lines::{TaskLines, TasksOf, ask_tasks_of};
use crate::asked::ask;
use crate::error::AppError;
use crate::links;
use crate::live::{LiveValue, Topic, live_value};
use crate::reading::Fresh;
use crate::trouble::AnswerTrouble;
use crate::ui::*;

/// What the tabs show, each asked for while it is in sight.
#[derive(Clone, Copy)]
struct Parts {
    tab: Memo<String>,
    tasks: TaskLines,
    events: EventsAsked,
}

/// A service.
#[component]
pub fn ServicePage() -> impl IntoView {
    let params = use_params_map();
    let param =
        move |name: &'static str| Memo::new(move |_| params.read().get(name).unwrap_or_default());
    let (cluster, name) = (param("cluster"), param("service"));
    let whose = Memo::new(move |_| (cluster.get(), name.get()));
    let answer = ask(whose, |(cluster, name): (String, String)| async move {
        let unknown = |_| AppError::NotFound("There is no service of that name.".to_owned());
        let cluster = cluster.parse().map_err(unknown)?;
        read_service(cluster, name.parse().map_err(unknown)?).await
    });
    let query = use_query_map();
    let tab = Memo::new(move |_| query.read().get("tab").unwrap_or_default());
    let of_tasks = Memo::new(move |_| (cluster.get(), Some(name.get())));
    let parts = Parts {
        tab,
        tasks: ask_tasks_of(of_tasks, move || *tab.read() == "tasks"),
        events: ask_events(whose, move || *tab.read() == "events"),
    };
    view! {
        <Suspense fallback=|| view! { <Skeleton/> }>
            {move || Suspend::new(async move {
                match answer.await {
                    Ok(fresh) => view! { <Service fresh parts/> }.into_any(),
                    Err(error) => view! {
                        <Title text=name.get_untracked()/>
                        <PageHead title=name crumbs=vec![Crumb::new("Services", links::SERVICES)]/>
                        <AnswerTrouble title="The service can't be shown" error back=("All services", links::SERVICES)/>
                    }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Service(fresh: Fresh<ServiceDetail>, parts: Parts) -> impl IntoView {
    let (cluster, name) = {
        let service = &fresh.value.service;
        (service.cluster.clone(), service.name.clone())
    };
    let topic = Topic::Service { cluster: cluster.clone(), name: name.clone() };
    let live = live_value(&topic, fresh);
    let standing = Memo::new(move |_| live.value.read().standing.clone());
    let crumbs = vec![
        Crumb::new("Clusters", links::CLUSTERS),
        Crumb::new(cluster.to_string(), links::cluster(&cluster)),
        Crumb::new("Services", links::services_of(&cluster)),
    ];
    view! {
        <Title text=name.to_string()/>
        <PageHead
            title=name.to_string()
            crumbs
            status=move || view! { <ServiceMark standing/> }
            facts=move || view! { <span>{move || standing.read().reason.clone()}</span> }
        >
            <Actions live/>
        </PageHead>
        {move || live.gone.get().then(|| view! {
            <Notice tone=Tone::Warn>"This service has gone. What stands here is the last that was known of it."</Notice>
        })}
        <ServiceTabs live parts/>
    }
}

/// Overview, tasks, events and settings; which one stands in the address.
#[component]
fn ServiceTabs(live: LiveValue<ServiceDetail>, parts: Parts) -> impl IntoView {
    let (cluster, name) = live.value.with_untracked(|detail| {
        let service = &detail.service;
        (service.cluster.clone(), service.name.clone())
    });
    let Parts { tab, tasks, events } = parts;
    let page = links::service(&cluster, &name);
    let items = Memo::new(move |_| {
        let item = |key: &str, label: &str, count: Option<usize>| TabItem {
            label: label.to_owned(),
            href: links::tab(&page, key),
            current: *tab.read() == key,
            count,
        };
        let detail = live.value.read();
        vec![
            item("", "Overview", None),
            item("tasks", "Tasks", Some(detail.task_count)),
            item("events", "Events", Some(detail.event_count)),
            item("settings", "Settings", None),
        ]
    });
    let label = format!("Parts of {name}");
    view! {
        <Tabs items label/>
        {move || match tab.read().as_str() {
            "tasks" => view! { <TasksOf asked=tasks cluster=cluster.clone() service=name.clone()/> }.into_any(),
            "events" => view! { <EventList asked=events cluster=cluster.clone() name=name.clone()/> }.into_any(),
            "settings" => view! { <Configuration live/> }.into_any(),
            _ => view! {
                <div class="stack">
                    <Counts live/>
                    <Deployments live/>
                    <NewestEvents live/>
                </div>
            }.into_any(),
        }}
    }
}
