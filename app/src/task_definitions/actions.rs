//! What can be done with a revision.

use leptos::prelude::*;

use super::api::deregister;
use super::model::{RevisionDetail, RevisionRow, Use};
use super::revisions::{BulkDialog, Wanted, Work};
use crate::layout::use_refusal;
use crate::links;
use crate::names::Revision;
use crate::submission::Submission;
use crate::team::model::Role;
use crate::ui::*;

/// Run, serve, revise, deregister.
#[component]
pub fn RevisionActions(detail: RevisionDetail, on_change: Callback<()>) -> impl IntoView {
    let revision = detail.definition.revision.clone();
    let active = detail.definition.status == "ACTIVE";
    let refusal = use_refusal(Role::Operator);
    let open = RwSignal::new(false);
    let name = revision.to_string();
    let reason = refusal.clone().or_else(|| (!active).then(|| "It is not active.".to_owned()));
    let refusal = Signal::stored(refusal);
    let inactive = detail.definition.status == "INACTIVE";
    let row =
        RevisionRow { number: revision.number, active: false, used_by: detail.used_by.clone() };
    let wanted = RwSignal::new(None::<Wanted>);
    let ask = move |()| wanted.set(Some(Wanted { work: Work::Delete, chosen: vec![row.clone()] }));
    let family = revision.family.clone();
    let launches = active.then(|| {
        view! {
            <LinkButton href=links::run_task(&[("revision", &name)]) disabled_reason=refusal>"Run tasks"</LinkButton>
            <LinkButton href=links::new_service(&[("revision", &name)]) disabled_reason=refusal>"Create service"</LinkButton>
        }
    });
    view! {
        {if inactive {
            view! {
                <Button kind=ButtonKind::Danger disabled_reason=refusal on_press=ask>"Delete…"</Button>
                <BulkDialog family wanted on_done=on_change/>
            }.into_any()
        } else {
            view! {
                <Button kind=ButtonKind::Danger disabled_reason=Signal::derive(move || reason.clone()) on_press=move |()| open.set(true)>"Deregister…"</Button>
            }.into_any()
        }}
        {launches}
        <LinkButton href=links::new_revision(&revision) kind=ButtonKind::Primary icon=IconName::Plus disabled_reason=refusal>"New revision"</LinkButton>
        <DeregisterDialog open revision used_by=detail.used_by on_change/>
    }
}

/// Asks before a revision is made INACTIVE; one in use asks for its name.
#[component]
fn DeregisterDialog(
    open: RwSignal<bool>,
    revision: Revision,
    used_by: Use,
    on_change: Callback<()>,
) -> impl IntoView {
    let submission = Submission::new();
    let toasts = use_toasts();
    let name = revision.to_string();
    let title = format!("Deregister {name}?");
    let typed_name = if used_by.is_none() { String::new() } else { name.clone() };
    let warning = (!used_by.is_none()).then(|| {
        view! {
            <Notice tone=Tone::Warn>
                "It is in use: "{used_by.to_string()}
                ". What runs goes on running, and services still start tasks from it, but you can't choose it for anything new."
            </Notice>
        }
    });
    let confirm = move |()| {
        let (revision, said) = (revision.clone(), format!("{name} is inactive now."));
        submission.send(
            move |token| deregister(token, revision),
            move |()| {
                open.set(false);
                toasts.success(said);
                on_change.run(());
            },
        );
    };
    let words = view! {
        <p>"It becomes inactive: nothing new can be launched from it, and it can't be made active again. Its document stays readable, and a new revision can begin from it."</p>
        {warning}
    };
    if typed_name.is_empty() {
        view! {
            <ConfirmDialog open title confirm_label="Deregister" danger=true busy=submission.busy() on_confirm=confirm error=submission.problem()>{words}</ConfirmDialog>
        }
        .into_any()
    } else {
        view! {
            <ConfirmDialog open title confirm_label="Deregister" danger=true typed_name busy=submission.busy() on_confirm=confirm error=submission.problem()>{words}</ConfirmDialog>
        }
        .into_any()
    }
}
