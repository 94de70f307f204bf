//! Setting how many tasks a service runs.

use leptos::prelude::*;

use super::action_dialog::ActionDialog;
use super::api::scale_service;
use super::detail::ServiceDetail;
use super::draft_changes::ScaleDraft;
use crate::live::LiveValue;
use crate::submission::Submission;
use crate::ui::*;
use crate::words::tasks;

/// Asks for the number and shows where it goes from and to.
#[component]
pub fn ScaleDialog(live: LiveValue<ServiceDetail>, open: RwSignal<bool>) -> impl IntoView {
    let form = Submission::new();
    let toasts = use_toasts();
    let desired = RwSignal::new(String::new());
    let from = Memo::new(move |_| live.value.read().service.desired);
    let (cluster, name) = live.value.with_untracked(|detail| {
        let service = &detail.service;
        (service.cluster.clone(), service.name.clone())
    });
    Effect::new(move |_| {
        if open.get() {
            desired.set(from.get_untracked().to_string());
        }
    });
    let title = format!("Scale {name}");
    let submit = move |()| {
        let draft = ScaleDraft { desired: desired.get_untracked() };
        let to = match draft.check() {
            Ok(to) => to,
            Err(error) => return form.show(Some(error)),
        };
        let (cluster, name) = (cluster.clone(), name.clone());
        let said = format!("{name} shall run {}.", tasks(to));
        form.send(
            move |token| scale_service(token, cluster, name, draft),
            move |()| {
                open.set(false);
                toasts.success(said);
            },
        );
    };
    let unchanged = Signal::derive(move || {
        let to = ScaleDraft { desired: desired.get() }.check().ok()?;
        (to == from.get()).then(|| format!("It is set to {} already.", tasks(to)))
    });
    let comes_to = move || {
        if let Some(said) = unchanged.get() {
            return said;
        }
        let draft = ScaleDraft { desired: desired.get() };
        match (from.get(), draft.check()) {
            (from, Ok(0)) => {
                format!("From {from} to 0: every task ends. The service stays, paused.")
            }
            (from, Ok(to)) if to < from => {
                format!("From {from} to {to}: {} to end.", tasks(from - to))
            }
            (from, Ok(to)) => format!("From {from} to {to}: {} to start.", tasks(to - from)),
            (from, Err(_)) => format!("It is set to {} now.", tasks(from)),
        }
    };
    view! {
        <ActionDialog open title submit_label="Scale" form blocked=unchanged on_submit=submit>
            <NumberField path="desired" label="Tasks" value=desired required=true/>
            <p class="muted" role="status">{comes_to}</p>
        </ActionDialog>
    }
}
