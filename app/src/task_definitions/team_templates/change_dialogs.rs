//! The dialogs that change one template.

use leptos::prelude::*;

use super::api::{describe_template, list_templates, remove_template};
use super::draft::TemplateWords;
use super::list_page::Desk;
use super::model::TemplateRow;
use crate::error::AppError;
use crate::submission::Submission;
use crate::ui::*;

/// Takes over what somebody else made of a template, after a change of it was refused for that: the
/// next press is meant for what is there now.
async fn take_over<T>(answer: &Result<T, AppError>, row: RwSignal<TemplateRow>, desk: Desk) {
    if !matches!(answer, Err(AppError::Conflict(_))) {
        return;
    }
    let id = row.with_untracked(|row| row.id);
    let now = list_templates().await.unwrap_or_default().into_iter().find(|row| row.id == id);
    if let Some(now) = now {
        row.try_set(now);
        desk.read_again();
    }
}

/// Asks how a template is called.
#[component]
pub(super) fn DescribeDialog(open: RwSignal<bool>, desk: Desk, row: TemplateRow) -> impl IntoView {
    let submission = Submission::new();
    let toasts = use_toasts();
    let heading = format!("Rename or describe “{}”", row.name);
    let (name, about) = (RwSignal::new(row.name.clone()), RwSignal::new(row.about.clone()));
    let row = RwSignal::new(row);
    let overtaken = RwSignal::new(false);
    let describe = move |()| {
        let words = TemplateWords { name: name.get_untracked(), about: about.get_untracked() };
        if let Err(error) = words.check() {
            return submission.show(Some(error));
        }
        let (id, version) = row.with_untracked(|row| (row.id, row.version));
        let said = format!("The template {} is described.", words.name.trim());
        submission.send(
            move |token| async move {
                let answer = describe_template(token, id, version, words).await;
                take_over(&answer, row, desk).await;
                overtaken.try_set(matches!(answer, Err(AppError::Conflict(_))));
                answer
            },
            move |()| {
                toasts.success(said);
                desk.done();
            },
        );
    };
    let problem = submission.problem();
    let errors = submission.field_errors();
    let error =
        Signal::derive(move || problem.get().filter(|_| errors.with(|errors| errors.is_empty())));
    let theirs = move || {
        overtaken.get().then(|| {
            let TemplateRow { name, about, changed_by, .. } = row.get();
            let about = if about.is_empty() { "without a description".to_owned() } else { format!("“{about}”") };
            view! {
                <Notice tone=Tone::Warn>{format!("Since {changed_by}’s change it is called {name}, {about}. Save again to call it as below.")}</Notice>
            }
        })
    };
    view! {
        <ConfirmDialog open title=heading confirm_label="Save" busy=submission.busy() on_confirm=describe error>
            {theirs}
            <TextField path="template-name" label="Name" value=name required=true error=submission.error_at("name")/>
            <TextField path="template-about" label="Description" value=about error=submission.error_at("about")/>
        </ConfirmDialog>
    }
}

/// Asks whether to remove a template.
#[component]
pub(super) fn RemoveDialog(open: RwSignal<bool>, desk: Desk, row: TemplateRow) -> impl IntoView {
    let submission = Submission::new();
    let toasts = use_toasts();
    let heading = format!("Remove “{}”?", row.name);
    let row = RwSignal::new(row);
    let remove = move |()| {
        let (id, version) = row.with_untracked(|row| (row.id, row.version));
        let said = row.with_untracked(|row| format!("The template {} is removed.", row.name));
        submission.send(
            move |token| async move {
                let answer = remove_template(token, id, version).await;
                take_over(&answer, row, desk).await;
                answer
            },
            move |()| {
                toasts.success(said);
                desk.done();
            },
        );
    };
    let of_default = move || {
        row.with(|row| row.is_default).then(|| {
            view! { <p>"It is the default: new task definitions begin empty from then on."</p> }
        })
    };
    let last = move || {
        let TemplateRow { changed_at, changed_by, .. } = row.get();
        view! { <p class="muted">"Last changed "<TimeAgo at=changed_at/>{format!(" by {changed_by}.")}</p> }
    };
    view! {
        <ConfirmDialog
            open
            title=heading
            confirm_label="Remove"
            cancel_label="Keep it"
            danger=true
            busy=submission.busy()
            on_confirm=remove
            error=submission.problem()
        >
            <p>"It goes for good, for the whole team. What was begun from it stays as it is, and so does every registered revision."</p>
            {of_default}
            {last}
        </ConfirmDialog>
    }
}
