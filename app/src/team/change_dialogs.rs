//! The dialogs that change one member.

use leptos::prelude::*;

use super::add_dialog::{form_problem, role_cards};
use super::api::{invite_again, set_disabled, set_role};
use super::members_page::Desk;
use super::model::{MemberRow, OneTimeLink, Role};
use crate::submission::Submission;
use crate::ui::*;

/// Asks which role a member shall have.
#[component]
pub(super) fn RoleDialog(open: RwSignal<bool>, desk: Desk, row: MemberRow) -> impl IntoView {
    let submission = Submission::new();
    provide_field_errors(submission.field_errors());
    let toasts = use_toasts();
    let role = RwSignal::new(row.member.role.as_str().to_owned());
    let (id, name) = (row.member.id, row.member.name.clone());
    let set = move |()| {
        let Ok(chosen) = role.get_untracked().parse::<Role>() else { return };
        let name = name.clone();
        submission.send(
            move |token| set_role(token, id, chosen),
            move |()| {
                toasts.success(format!("{name} is {} now.", chosen.label().to_lowercase()));
                desk.done();
            },
        );
    };
    view! {
        <ConfirmDialog
            open
            title=format!("Role of {}", row.member.name)
            confirm_label="Set role"
            busy=submission.busy()
            on_confirm=set
            error=form_problem(submission)
        >
            <RadioCards path="role" legend="Role" options=role_cards() value=role/>
            <p class="muted">"It holds from the member's next request on."</p>
            {row.is_me.then(|| view! {
                <Notice tone=Tone::Warn>"This is you. With a lesser role you can't take it back yourself."</Notice>
            })}
        </ConfirmDialog>
    }
}

/// Asks whether to make a new link.
#[component]
pub(super) fn LinkDialog(open: RwSignal<bool>, desk: Desk, row: MemberRow) -> impl IntoView {
    let submission = Submission::new();
    let (id, name) = (row.member.id, row.member.name.clone());
    let make = move |()| {
        let name = name.clone();
        submission.send(
            move |token| invite_again(token, id),
            move |link: Option<OneTimeLink>| {
                desk.link.set(link.map(|link| (name, link)));
                desk.done();
            },
        );
    };
    view! {
        <ConfirmDialog
            open
            title=format!("New link for {}?", row.member.name)
            confirm_label="Make link"
            danger=true
            busy=submission.busy()
            on_confirm=make
            error=submission.problem()
        >
            <p>"Earlier links that were not used end now. The present password and all sessions go on until the new link is used."</p>
        </ConfirmDialog>
    }
}

/// Asks whether to disable a member.
#[component]
pub(super) fn DisableDialog(open: RwSignal<bool>, desk: Desk, row: MemberRow) -> impl IntoView {
    let submission = Submission::new();
    let toasts = use_toasts();
    let (id, name) = (row.member.id, row.member.name.clone());
    let disable = move |()| {
        let name = name.clone();
        submission.send(
            move |token| set_disabled(token, id, true),
            move |()| {
                toasts.success(format!("{name} is disabled."));
                desk.done();
            },
        );
    };
    view! {
        <ConfirmDialog
            open
            title=format!("Disable {}?", row.member.name)
            confirm_label="Disable member"
            danger=true
            busy=submission.busy()
            on_confirm=disable
            error=submission.problem()
        >
            <p>"All sessions and open links of "<strong>{row.member.email}</strong>" end at once. What the member did stays in the audit log."</p>
        </ConfirmDialog>
    }
}

/// Asks whether to enable a member.
#[component]
pub(super) fn EnableDialog(open: RwSignal<bool>, desk: Desk, row: MemberRow) -> impl IntoView {
    let submission = Submission::new();
    let toasts = use_toasts();
    let (id, name) = (row.member.id, row.member.name.clone());
    let role = row.member.role.label().to_lowercase();
    let enable = move |()| {
        let name = name.clone();
        submission.send(
            move |token| set_disabled(token, id, false),
            move |()| {
                toasts.success(format!("{name} is enabled."));
                desk.done();
            },
        );
    };
    view! {
        <ConfirmDialog
            open
            title=format!("Enable {}?", row.member.name)
            confirm_label="Enable member"
            busy=submission.busy()
            on_confirm=enable
            error=submission.problem()
        >
            <p>{format!("The member can sign in again with the old password, as {role}.")}</p>
        </ConfirmDialog>
    }
}
