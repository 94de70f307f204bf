//! Moves services to a revision, one after the other, each with its own outcome.

use leptos::prelude::*;

use super::api::update_service_to;
use super::model::OlderService;
use crate::error::AppError;
use crate::links;
use crate::names::{RequestToken, Revision};
use crate::submission::new_token;
use crate::ui::*;
use crate::words::counted;

/// How far the update of one service has come.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Waiting,
    Going,
    Done,
    Failed(String),
}

/// One service with what was chosen for it.
#[derive(Clone)]
struct Row {
    service: OlderService,
    chosen: RwSignal<bool>,
    step: RwSignal<Step>,
    /// Stays the same until the outcome is known: sent again, it starts no second deployment.
    token: StoredValue<Option<RequestToken>>,
}

/// The services that run other revisions, to choose from, and the button that updates them.
#[component]
pub fn UpdateServices(revision: Revision, older: Vec<OlderService>) -> impl IntoView {
    let row = |service: OlderService| Row {
        service,
        chosen: RwSignal::new(false),
        step: RwSignal::new(Step::Waiting),
        token: StoredValue::new(None),
    };
    let rows = StoredValue::new(older.into_iter().map(row).collect::<Vec<_>>());
    let busy = RwSignal::new(false);
    ask_before_leaving(Memo::new(move |_| busy.get()));
    let open = Memo::new(move |_| {
        rows.with_value(|rows| rows.iter().filter(|row| row.is_chosen()).count())
    });
    let reason =
        Signal::derive(move || (open.get() == 0).then(|| "Choose services first.".to_owned()));
    let label = {
        let name = revision.to_string();
        move || format!("Update {} to {name}", counted(open.get().max(1), "service"))
    };
    let all = move |()| {
        rows.with_value(|rows| {
            rows.iter().filter(|row| row.is_open()).for_each(|row| row.chosen.set(true))
        })
    };
    let go = {
        let revision = revision.clone();
        move |()| begin(rows.get_value(), revision.clone(), busy)
    };
    let lines = rows.get_value();
    view! {
        <p>"These services run another revision of this family. Each one that is chosen gets a deployment: ECS starts tasks of the new revision and ends the old ones within the service's percentages."</p>
        <ul class="update-list" aria-label="Services on other revisions">
            {lines.into_iter().map(|row| view! { <Line row revision=revision.clone() busy/> }).collect_view()}
        </ul>
        <div class="cluster-row">
            <Button kind=ButtonKind::Plain busy disabled_reason=reason on_press=go>{label}</Button>
            <Button kind=ButtonKind::Quiet on_press=all>"Choose all"</Button>
        </div>
    }
}

impl Row {
    /// Whether it can still be updated.
    fn is_open(&self) -> bool {
        self.service.refusal.is_none() && !matches!(self.step.get(), Step::Done | Step::Going)
    }

    fn is_chosen(&self) -> bool {
        self.is_open() && self.chosen.get()
    }
}

#[component]
fn Line(row: Row, revision: Revision, busy: RwSignal<bool>) -> impl IntoView {
    let Row { service, chosen, step, .. } = row.clone();
    let OlderService { cluster, name, present, refusal } = service;
    let href = links::service(&cluster, &name);
    let words = format!("{cluster}/{name}");
    let id = format!("update-{cluster}-{name}");
    let (refused, fixed) = (refusal.clone(), refusal.is_some());
    let state = move || match step.get() {
        Step::Waiting => {
            refused.clone().map(|said| view! { <span class="muted">{said}</span> }.into_any())
        }
        Step::Going => {
            Some(view! { <StatusMark tone=Tone::Busy label="Starting the deployment"/> }.into_any())
        }
        Step::Done => {
            Some(view! { <StatusMark tone=Tone::Good label="Deployment started"/> }.into_any())
        }
        Step::Failed(said) => Some(
            view! { <StatusMark tone=Tone::Bad label="Not updated"/>" "<span>{said}</span> }
                .into_any(),
        ),
    };
    let closed = move || fixed || busy.get() || step.get() == Step::Done;
    view! {
        <li class="update-row">
            <label class="check">
                <input type="checkbox" id=id disabled=closed prop:checked=move || chosen.get() on:change:target=move |event| chosen.set(event.target().checked())/>
                <span>{words}</span>
            </label>
            <span class="cluster-row">
                <a href=href>"Open"</a>
                <a href=links::compare(&present, &revision)>{format!("What changes from {present}")}</a>
            </span>
            <span class="update-state">{state}</span>
        </li>
    }
}

/// Updates the chosen ones in their order; one that fails keeps none of the others back.
fn begin(rows: Vec<Row>, revision: Revision, busy: RwSignal<bool>) {
    let chosen: Vec<Row> = rows.into_iter().filter(|row| untrack(|| row.is_chosen())).collect();
    if chosen.is_empty() || busy.get_untracked() {
        return;
    }
    busy.set(true);
    leptos::task::spawn_local(async move {
        let total = chosen.len();
        let mut done = 0;
        for Row { service, step, chosen, token } in chosen {
            let Some(kept) = token.try_get_value() else { return };
            let sent = kept.unwrap_or_else(new_token);
            token.try_set_value(Some(sent.clone()));
            step.try_set(Step::Going);
            let (cluster, name) = (service.cluster, service.name);
            let answer = update_service_to(sent, cluster, name, revision.clone()).await;
            let known = !matches!(answer, Err(AppError::NoAnswer | AppError::Unavailable(_)));
            if known {
                token.try_set_value(None);
            }
            match answer {
                Ok(()) => {
                    done += 1;
                    chosen.try_set(false);
                    step.try_set(Step::Done);
                }
                Err(error) => {
                    step.try_set(Step::Failed(format!("{error} {}", error.next_step())));
                }
            }
        }
        busy.try_set(false);
        announce(&format!("{done} of {} updated to {revision}.", counted(total, "service")));
    });
}
