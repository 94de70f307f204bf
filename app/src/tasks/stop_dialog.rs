//! The dialog that stops a task.

use leptos::prelude::*;

use super::api::stop_task;
use super::draft::StopDraft;
use super::model::Task;
use crate::submission::Submission;
use crate::ui::*;

/// Asks for the reason, says what will happen, and stops the task.
#[component]
pub fn StopDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The task.
    task: Task,
) -> impl IntoView {
    let submission = Submission::new();
    provide_field_errors(submission.field_errors());
    let toasts = use_toasts();
    let reason = RwSignal::new(String::new());
    let title = format!("Stop task {} in {}?", task.id.short(), task.cluster);
    let service = task.service().map(str::to_owned);
    let task = StoredValue::new(task);
    let stop = move |()| {
        let draft = StopDraft { reason: reason.get_untracked() };
        if let Err(error) = draft.check() {
            return submission.show(Some(error));
        }
        let (cluster, id) = task.with_value(|task| (task.cluster.clone(), task.id.clone()));
        let short = id.short().to_owned();
        submission.send(
            move |token| stop_task(token, cluster, id, draft),
            move |()| {
                open.set(false);
                toasts.success(format!("Task {short} is being stopped."));
            },
        );
    };
    let problem = submission.problem();
    // What stands at the field need not stand above it too.
    let problem = Signal::derive(move || {
        let at_field = submission.field_errors().with(|errors| !errors.is_empty());
        problem.get().filter(|_| !at_field)
    });
    view! {
        <ConfirmDialog open title confirm_label="Stop task" danger=true busy=submission.busy() on_confirm=stop error=problem>
            <p>"Its containers are asked to end (SIGTERM), and are killed if they have not after their stop timeout, 30 seconds by default. A stopped task can't be started again."</p>
            {service.map(|name| view! {
                <Notice tone=Tone::Warn>"It belongs to the service "<strong>{name}</strong>", which starts another in its place. To run fewer tasks, scale the service."</Notice>
            })}
            <TextField path="reason" label="Reason" value=reason required=true hint="ECS keeps it with the task: everybody who looks at the task can read it."/>
        </ConfirmDialog>
    }
}
