//! A revision's document in words.

use leptos::prelude::*;
use serde_json::Value;

use super::document::Document;
use super::model::TaskDefinition;
use super::summary::{container_lines, pairs, task_lines, volume_words};
use crate::ui::*;

/// The task, its containers, volumes and tags.
#[component]
pub fn Overview(definition: TaskDefinition, document: Document) -> impl IntoView {
    let containers = document.items("containerDefinitions").to_vec();
    let volumes: Vec<_> = document.items("volumes").iter().map(volume_words).collect();
    let tags = definition.tags.clone();
    view! {
        <div class="split">
            <Card title="Containers">
                <div class="stack">
                    {containers.into_iter().map(|container| view! { <ContainerCard container/> }).collect_view()}
                </div>
            </Card>
            <div class="stack">
                <TaskCard definition document/>
                {(!volumes.is_empty()).then(|| view! {
                    <Card title="Volumes">
                        <KeyValues>{volumes.into_iter().map(|(name, kind)| view! { <KeyValue label=name>{kind}</KeyValue> }).collect_view()}</KeyValues>
                    </Card>
                })}
                {(!tags.is_empty()).then(|| view! {
                    <Card title="Tags">
                        <KeyValues>{tags.into_iter().map(|tag| view! { <KeyValue label=tag.key>{tag.value}</KeyValue> }).collect_view()}</KeyValues>
                    </Card>
                })}
            </div>
        </div>
    }
}

#[component]
fn TaskCard(definition: TaskDefinition, document: Document) -> impl IntoView {
    let line = |(label, value): (&'static str, String)| {
        let shown = if value.starts_with("arn:") {
            let short = value.rsplit('/').next().unwrap_or(&value).to_owned();
            view! { <CopyText text=value label=label.to_lowercase() short/> }.into_any()
        } else {
            view! { {value} }.into_any()
        };
        view! { <KeyValue label>{shown}</KeyValue> }
    };
    let TaskDefinition { compatibilities, registered_at, registered_by, .. } = definition;
    view! {
        <Card title="Task">
            <KeyValues>
                {task_lines(&document).into_iter().map(line).collect_view()}
                {(!compatibilities.is_empty()).then(|| line(("Compatible with", compatibilities.join(", "))))}
                {registered_at.map(|at| view! { <KeyValue label="Registered"><TimeAgo at/></KeyValue> })}
                {registered_by.map(|by| line(("Registered by", by)))}
            </KeyValues>
        </Card>
    }
}

#[component]
fn ContainerCard(container: Value) -> impl IntoView {
    let text =
        |member: &str| container.get(member).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (name, image) = (text("name"), text("image"));
    let lines = container_lines(&container);
    let essential = container.get("essential").is_none_or(|value| value != false);
    let environment = pairs(&container, "environment", "name", "value");
    let secrets = pairs(&container, "secrets", "name", "valueFrom");
    view! {
        <article class="container-card">
            <header>
                <h3 class="mono">{name}</h3>
                <span class="muted">{if essential { "Essential" } else { "Not essential" }}</span>
            </header>
            <div class="container-body">
                <KeyValues>
                    <KeyValue label="Image"><CopyText text=image label="image"/></KeyValue>
                    {lines
                        .into_iter()
                        .map(|(label, value)| view! { <KeyValue label>{value}</KeyValue> })
                        .collect_view()}
                </KeyValues>
                <Pairs title="Environment" rows=environment/>
                <Pairs title="Secrets" rows=secrets/>
            </div>
        </article>
    }
}

/// Variables with their values, folded away: they are many and long.
#[component]
fn Pairs(title: &'static str, rows: Vec<(String, String)>) -> impl IntoView {
    (!rows.is_empty()).then(|| {
        let count = rows.len();
        let line = |(name, value): (String, String)| {
            view! { <KeyValue label=name><span class="mono">{value}</span></KeyValue> }
        };
        view! {
            <details class="fold">
                <summary>{title}" "<span class="tab-count">{count}</span></summary>
                <KeyValues>{rows.into_iter().map(line).collect_view()}</KeyValues>
            </details>
        }
    })
}
