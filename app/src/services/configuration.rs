//! What a service is set to.

use leptos::prelude::*;

use super::detail::ServiceDetail;
use super::model::Service;
use super::percent::rolling_words;
use crate::clusters::strategy::split_words;
use crate::clusters::{TagList, resource_part};
use crate::launch::model::Network;
use crate::live::LiveValue;
use crate::ui::*;
use crate::words::tasks;

/// Compute, network, rolling and the rest.
#[component]
pub fn Configuration(live: LiveValue<ServiceDetail>) -> impl IntoView {
    let service = Memo::new(move |_| live.value.read().service.clone());
    let part = move |of: fn(&Service) -> String| Memo::new(move |_| service.with(of));
    let network = Memo::new(move |_| service.read().network.clone());
    let tags = Memo::new(move |_| service.read().tags.clone());
    let created = service.with_untracked(|service| service.created_at);
    let arn = service.with_untracked(|service| service.arn.clone());
    let short = resource_part(&arn).to_owned();
    view! {
        <div class="stack">
            <Card title="Compute">
                <KeyValues>
                    <KeyValue label="Runs on">{part(compute_words)}</KeyValue>
                    <KeyValue label="Platform version">{part(|s| s.platform_version.clone().unwrap_or_else(|| "–".to_owned()))}</KeyValue>
                    <KeyValue label="Scheduling">{part(scheduling_words)}</KeyValue>
                    <KeyValue label="ECS Exec">{part(|s| if s.execute_command { "On for new tasks" } else { "Off" }.to_owned())}</KeyValue>
                </KeyValues>
            </Card>
            <Card title="Network">
                {move || match network.get() {
                    Some(network) => view! { <NetworkFacts network/> }.into_any(),
                    None => view! { <p class="muted">"Its tasks use the network of the machine they run on."</p> }.into_any(),
                }}
            </Card>
            <Card title="Rolling deployments">
                <KeyValues>
                    <KeyValue label="Minimum healthy">{part(|s| percent(s.minimum_healthy_percent))}</KeyValue>
                    <KeyValue label="Maximum">{part(|s| percent(s.maximum_percent))}</KeyValue>
                    <KeyValue label="In tasks">{part(rolling)}</KeyValue>
                    <KeyValue label="Circuit breaker">{part(breaker_words)}</KeyValue>
                </KeyValues>
            </Card>
            <Card title="Identity">
                <KeyValues>
                    <KeyValue label="Created">{created.map(|at| view! { <TimeAgo at/> })}</KeyValue>
                    <KeyValue label="Tags">{move || view! { <TagList tags=tags.get()/> }}</KeyValue>
                    <KeyValue label="Load balancers">{part(balancer_words)}</KeyValue>
                    <KeyValue label="ARN"><CopyText text=arn label="service ARN" short/></KeyValue>
                </KeyValues>
            </Card>
        </div>
    }
}

#[component]
fn NetworkFacts(network: Network) -> impl IntoView {
    let ids = |ids: Vec<String>, label: &'static str| {
        let id = |id: String| view! { <li><CopyText text=id label/></li> };
        view! { <ul class="plain-list">{ids.into_iter().map(id).collect_view()}</ul> }
    };
    let groups = if network.security_groups.is_empty() {
        view! { <span>"The VPC's default group"</span> }.into_any()
    } else {
        ids(network.security_groups, "security group").into_any()
    };
    view! {
        <KeyValues>
            <KeyValue label="Subnets">{ids(network.subnets, "subnet")}</KeyValue>
            <KeyValue label="Security groups">{groups}</KeyValue>
            <KeyValue label="Public address">{if network.public_ip { "Yes" } else { "No" }}</KeyValue>
        </KeyValues>
    }
}

/// Where the tasks of a service run, in words.
pub fn compute_words(service: &Service) -> String {
    match service.launch_type.as_deref() {
        Some("FARGATE") => "Fargate".to_owned(),
        Some("EC2") => "The cluster's EC2 instances".to_owned(),
        Some("EXTERNAL") => "External instances".to_owned(),
        Some(other) => other.to_owned(),
        None if service.strategy.is_empty() => "The cluster's default".to_owned(),
        None => split_words(&service.strategy),
    }
}

fn scheduling_words(service: &Service) -> String {
    match service.scheduling.as_str() {
        "DAEMON" => "DAEMON: one task on each instance".to_owned(),
        "REPLICA" => format!("REPLICA: {}", tasks(service.desired)),
        other => other.to_owned(),
    }
}

fn percent(value: Option<u32>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value} %"))
}

fn rolling(service: &Service) -> String {
    match (service.minimum_healthy_percent, service.maximum_percent) {
        (Some(minimum), Some(maximum)) => rolling_words(service.desired, minimum, maximum).0,
        _ => "–".to_owned(),
    }
}

fn breaker_words(service: &Service) -> String {
    match service.circuit_breaker {
        Some(breaker) if breaker.enabled && breaker.rollback => {
            "Stops a failing deployment and rolls it back"
        }
        Some(breaker) if breaker.enabled => "Stops a failing deployment",
        _ => "Off: a failing deployment goes on trying",
    }
    .to_owned()
}

fn balancer_words(service: &Service) -> String {
    if service.load_balancers.is_empty() {
        return "None".to_owned();
    }
    let one =
        |balancer: &super::model::LoadBalancer| format!("{}:{}", balancer.container, balancer.port);
    service.load_balancers.iter().map(one).collect::<Vec<_>>().join(", ")
}
