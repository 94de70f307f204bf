//! Replacing every task by a new one of the same revision.

use leptos::prelude::*;

use super::api::restart_service;
use super::detail::ServiceDetail;
use crate::live::LiveValue;
use crate::submission::Submission;
use crate::ui::*;

/// Asks before it is done.
#[component]
pub fn RestartDialog(live: LiveValue<ServiceDetail>, open: RwSignal<bool>) -> impl IntoView {
    let form = Submission::new();
    let toasts = use_toasts();
    let (cluster, name) = live.value.with_untracked(|detail| {
        let service = &detail.service;
        (service.cluster.clone(), service.name.clone())
    });
    let title = format!("Force a new deployment of {name}?");
    let confirm = move |()| {
        let (cluster, name) = (cluster.clone(), name.clone());
        let said = format!("{name} starts a new deployment.");
        form.send(
            move |token| restart_service(token, cluster, name),
            move |()| {
                open.set(false);
                toasts.success(said);
            },
        );
    };
    let revision = move || {
        let detail = live.value.read();
        let revision = detail.service.task_definition.as_ref();
        revision.map_or_else(|| "the same revision".to_owned(), ToString::to_string)
    };
    view! {
        <ConfirmDialog
            open title confirm_label="Force new deployment"
            busy=form.busy() error=form.problem() on_confirm=confirm
        >
            <p>"ECS replaces every task by a new one of "<strong class="mono">{revision}</strong>", within the service's percentages. Images whose tag has moved are pulled anew."</p>
        </ConfirmDialog>
    }
}
