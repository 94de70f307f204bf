//! Deploying another revision.

use leptos::prelude::*;

use super::action_dialog::ActionDialog;
use super::api::deploy_service;
use super::detail::ServiceDetail;
use super::draft_changes::DeployDraft;
use crate::error::AppError;
use crate::launch::api::read_launch_choices;
use crate::launch::choices::{LATEST, LaunchChoices};
use crate::links;
use crate::live::LiveValue;
use crate::submission::Submission;
use crate::ui::*;

/// Asks for the revision and says what will happen.
#[component]
pub fn DeployDialog(live: LiveValue<ServiceDetail>, open: RwSignal<bool>) -> impl IntoView {
    let form = Submission::new();
    let toasts = use_toasts();
    let choices = RwSignal::new(LaunchChoices::default());
    let (family, revision) = (RwSignal::new(String::new()), RwSignal::new(LATEST.to_owned()));
    let present = Memo::new(move |_| live.value.read().service.task_definition.clone());
    let (cluster, name) = live.value.with_untracked(|detail| {
        let service = &detail.service;
        (service.cluster.clone(), service.name.clone())
    });
    Effect::new(move |_| {
        if open.get() {
            begin(choices, form);
            let now = present.get_untracked();
            family.set(now.map(|now| now.family.to_string()).unwrap_or_default());
            revision.set(LATEST.to_owned());
        }
    });
    let title = format!("Deploy a revision to {name}");
    let draft = move || DeployDraft { family: family.get(), revision: revision.get() };
    let submit = move |()| {
        let draft = untrack(draft);
        let present = present.get_untracked();
        if let Err(error) = choices.with_untracked(|known| draft.check(known, present.as_ref())) {
            return form.show(Some(error));
        }
        let (cluster, name) = (cluster.clone(), name.clone());
        let whose = name.to_string();
        form.send(
            move |token| deploy_service(token, cluster, name, draft),
            move |revision| {
                open.set(false);
                toasts.success(format!("{whose} deploys {revision}."));
            },
        );
    };
    let chosen = Memo::new(move |_| {
        choices.with(|choices| choices.revision(&family.read(), &revision.read()))
    });
    let runs_already = Signal::derive(move || {
        let same = present.get().filter(|now| chosen.read().as_ref() == Some(now));
        same.map(|now| format!("{now} is what it runs already. Choose another one."))
    });
    let comes_to = move || match (runs_already.get(), present.get(), chosen.get()) {
        (Some(said), ..) => said,
        (None, Some(now), Some(chosen)) => format!("From {now} to {chosen}. {STARTS}"),
        _ => STARTS.to_owned(),
    };
    // What ECS has just taken back is likely to fail again.
    let warning = Memo::new(move |_| {
        let detail = live.value.read();
        let rollback = detail.service.rollback.as_ref()?;
        (rollback.from.is_some() && rollback.from == chosen.get()).then(|| rollback.words(true))
    });
    view! {
        <ActionDialog open title submit_label="Deploy" form blocked=runs_already on_submit=submit>
            <div class="field-row">
                <SelectField path="family" label="Task definition" required=true value=family
                    options=Signal::derive(move || choices.read().family_options())/>
                <SelectField path="revision" label="Revision" required=true value=revision
                    options=Signal::derive(move || choices.read().revision_options(&family.read()))/>
            </div>
            {move || warning.get().map(|said| view! {
                <Notice tone=Tone::Warn>{said}" It may fail again."</Notice>
            })}
            <p class="muted" role="status">{comes_to}</p>
            {move || present.get().map(|now| view! {
                <p class="muted"><a href=links::new_revision(&now)>"Register a new revision"</a>" to change what runs; “Force new deployment” starts "<span class="mono">{now.to_string()}</span>" once more."</p>
            })}
        </ActionDialog>
    }
}

const STARTS: &str = "This starts a deployment: ECS starts tasks of the new revision and ends the old ones within the service's percentages.";

/// Asks what there is to choose, each time the dialog opens: it may have changed.
fn begin(choices: RwSignal<LaunchChoices>, form: Submission) {
    leptos::task::spawn_local(async move {
        let answer: Result<LaunchChoices, AppError> = read_launch_choices().await;
        match answer {
            Ok(known) => {
                choices.try_set(known);
            }
            Err(error) => form.show(Some(error)),
        }
    });
}
