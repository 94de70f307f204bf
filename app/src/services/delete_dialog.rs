//! Deleting a service, by its name.

use leptos::prelude::*;

use super::api::delete_service;
use super::detail::ServiceDetail;
use super::draft_changes::check_delete;
use crate::live::LiveValue;
use crate::submission::Submission;
use crate::ui::*;
use crate::words::tasks;

/// Says what ends with it and asks for its name.
#[component]
pub fn DeleteDialog(live: LiveValue<ServiceDetail>, open: RwSignal<bool>) -> impl IntoView {
    let form = Submission::new();
    let toasts = use_toasts();
    let force = RwSignal::new(false);
    let (cluster, name) = live.value.with_untracked(|detail| {
        let service = &detail.service;
        (service.cluster.clone(), service.name.clone())
    });
    let daemon = live.value.with_untracked(|detail| detail.service.scheduling == "DAEMON");
    let desired = Memo::new(move |_| live.value.read().service.desired);
    let running = Memo::new(move |_| live.value.read().service.running);
    Effect::new(move |_| {
        if open.get() {
            force.set(false);
            form.show(None);
        }
    });
    let (title, typed_name) = (format!("Delete service {name}?"), name.to_string());
    provide_field_errors(form.field_errors());
    // What was said at the tick box holds no longer once it is ticked.
    Effect::new(move |_| {
        force.track();
        form.show(None);
    });
    let confirm = move |()| {
        let forced = force.get_untracked();
        let checked = live.value.with_untracked(|detail| check_delete(&detail.service, forced));
        if let Err(error) = checked {
            return form.show(Some(error));
        }
        let (cluster, name) = (cluster.clone(), name.clone());
        let said = format!("{name} is being deleted.");
        form.send(
            move |token| delete_service(token, cluster, name, forced),
            move |()| {
                open.set(false);
                toasts.success(said);
            },
        );
    };
    let what_ends = move || match (running.get(), desired.get()) {
        (0, 0) => "It runs nothing.".to_owned(),
        (running, desired) => {
            format!("It runs {}, and shall run {desired}.", tasks(running))
        }
    };
    view! {
        <ConfirmDialog
            open title typed_name danger=true confirm_label="Delete service"
            busy=form.busy() error=form.problem() on_confirm=confirm
        >
            <p>{what_ends}" ECS drains a service that is deleted: it ends the tasks, shows it as DRAINING until the last one has stopped, and then as INACTIVE for a while. Its task definition stays."</p>
            {(!daemon).then(|| view! {
                <CheckField
                    path="force" label="Stop its tasks (force)" value=force
                    hint="Without it, ECS deletes only a service that is scaled to 0."
                />
            })}
        </ConfirmDialog>
    }
}
