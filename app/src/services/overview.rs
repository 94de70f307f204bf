//! The first things one wants to know of a service.

use leptos::prelude::*;

use super::detail::ServiceDetail;
use super::event_list::event_words;
use super::events::event_tone;
use super::last_deployment::{Attempt, Rollback, last_attempt};
use super::model::ServiceEvent;
use crate::links;
use crate::live::LiveValue;
use crate::names::Revision;
use crate::ui::*;

/// Counts, revision, images and place.
#[component]
pub fn Counts(live: LiveValue<ServiceDetail>) -> impl IntoView {
    let count = move |of: fn(&ServiceDetail) -> u32| Memo::new(move |_| live.value.with(of));
    let (running, desired) = (count(|d| d.service.running), count(|d| d.service.desired));
    let pending = count(|d| d.service.pending);
    let revision = Memo::new(move |_| live.value.read().service.task_definition.clone());
    let images = Memo::new(move |_| live.value.read().images.join(", "));
    let compute =
        Memo::new(move |_| super::configuration::compute_words(&live.value.read().service));
    let doubtful = Signal::derive(move || live.value.read().standing.state.needs_a_look());
    view! {
        <Card>
            <KeyValues>
                <KeyValue label="Tasks"><CountBar running desired pending doubtful/></KeyValue>
                <KeyValue label="Pending">{pending}</KeyValue>
                <KeyValue label="Revision">{move || match revision.get() {
                    Some(revision) => view! { <a class="mono" href=links::revision(&revision)>{revision.to_string()}</a> }.into_any(),
                    None => view! { <span class="muted">"Chosen by its own controller"</span> }.into_any(),
                }}</KeyValue>
                <KeyValue label="Images that run"><span class="mono">{move || match images.get() {
                    images if images.is_empty() => "–".to_owned(),
                    images => images,
                }}</span></KeyValue>
                <KeyValue label="Runs on">{compute}</KeyValue>
                <KeyValue label="Last deployment"><LastDeployment live/></KeyValue>
            </KeyValues>
        </Card>
    }
}

/// When the last deployment was tried and how it ended; one that was rolled back says from which
/// revision to which.
#[component]
fn LastDeployment(live: LiveValue<ServiceDetail>) -> impl IntoView {
    let attempt = Memo::new(move |_| last_attempt(&live.value.read().service));
    let rollback = Memo::new(move |_| live.value.read().service.rollback.clone());
    let link = |revision: Revision| {
        view! { <a class="mono" href=links::revision(&revision)>{revision.to_string()}</a> }
    };
    let way = move || {
        rollback.get().map(|Rollback { from, to, .. }| {
            view! {
                {from.map(|from| view! { " from "{link(from)} })}
                {to.map(|to| view! { " to "{link(to)} })}
            }
        })
    };
    move || {
        attempt.get().map(|Attempt { at, outcome }| {
            let remark = outcome.remark().map(|remark| format!(", {remark}"));
            view! { <span><TimeAgo at/>{remark}{way}</span> }
        })
    }
}

/// The newest events, with the way to all of them.
#[component]
pub fn NewestEvents(live: LiveValue<ServiceDetail>) -> impl IntoView {
    let events = Memo::new(move |_| live.value.read().service.events.clone());
    let all = live.value.with_untracked(|detail| {
        let service = &detail.service;
        links::tab(&links::service(&service.cluster, &service.name), "events")
    });
    let none = Memo::new(move |_| events.read().is_empty());
    let cluster = live.value.with_untracked(|detail| detail.service.cluster.clone());
    let line = move |event: ServiceEvent| {
        let tone = event_tone(&event.message);
        view! {
            <li data-tone=tone.key()>
                <TimeAgo at=event.at/><span class="timeline-words">{event_words(&event.message, &cluster)}</span>
            </li>
        }
    };
    view! {
        <Card title="Newest events" actions=move || view! { <a href=all>"All events"</a> }>
            <ul class="timeline">
                <For each=move || events.get() key=|event| event.id.clone() children=line/>
            </ul>
            {move || none.get().then(|| view! { <p class="muted">"ECS has written no event yet."</p> })}
        </Card>
    }
}
