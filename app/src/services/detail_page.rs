//! One service: how it stands, what rolls out, its tasks and its events.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::actions::Actions;
use super::api::read_service;
use super::configuration::Configuration;
use super::deployments::Deployments;
use super::detail::ServiceDetail;
use super::event_list::EventList;
use super::mark::ServiceMark;
use super::overview::{Counts, NewestEvents};
use super::task_lines::TasksOf;
use crate::error::AppError;
use crate::links;
use crate::live::{LiveValue, Topic, live_value};
use crate::reading::Fresh;
use crate::trouble::AnswerTrouble;
use crate::ui::*;

/// A service.
#[component]
pub fn ServicePage() -> impl IntoView {
    let params = use_params_map();
    let param =
        move |name: &'static str| Memo::new(move |_| params.read().get(name).unwrap_or_default());
    let (cluster, name) = (param("cluster"), param("service"));
    let answer = Resource::new_blocking(
        move || (cluster.get(), name.get()),
        |(cluster, name)| async move {
            let unknown = |_| AppError::NotFound("There is no service of that name.".to_owned());
            let cluster = cluster.parse().map_err(unknown)?;
            read_service(cluster, name.parse().map_err(unknown)?).await
        },
    );
    view! {
        <Title text=move || name.get()/>
        <Transition fallback=|| view! { <Skeleton/> }>
            {move || Suspend::new(async move {
                match answer.await {
                    Ok(fresh) => view! { <Service fresh/> }.into_any(),
                    Err(error) => view! {
                        <PageHead title=name crumbs=vec![Crumb::new("Services", links::SERVICES)]/>
                        <AnswerTrouble title="The service can't be shown" error back=("All services", links::SERVICES)/>
                    }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Service(fresh: Fresh<ServiceDetail>) -> impl IntoView {
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
        <ServiceTabs live/>
    }
}

/// Overview, tasks, events and settings; which one stands in the address.
#[component]
fn ServiceTabs(live: LiveValue<ServiceDetail>) -> impl IntoView {
    let (cluster, name) = live.value.with_untracked(|detail| {
        let service = &detail.service;
        (service.cluster.clone(), service.name.clone())
    });
    let query = use_query_map();
    let tab = Memo::new(move |_| query.read().get("tab").unwrap_or_default());
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
            "tasks" => view! { <TasksOf cluster=cluster.clone() service=name.clone()/> }.into_any(),
            "events" => view! { <EventList cluster=cluster.clone() name=name.clone()/> }.into_any(),
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
