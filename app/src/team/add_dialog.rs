//! The dialog that adds a member.

use leptos::prelude::*;

use super::api::add_member;
use super::draft::MemberDraft;
use super::members_page::Desk;
use super::model::{OneTimeLink, Role};
use crate::submission::Submission;
use crate::ui::*;

/// Who is to be added, as typed. It outlives the dialog, which one key closes.
#[derive(Clone, Copy)]
pub(super) struct NewMember {
    name: RwSignal<String>,
    email: RwSignal<String>,
    role: RwSignal<String>,
}

impl NewMember {
    /// Nobody yet.
    pub fn new() -> Self {
        let role = RwSignal::new(Role::Viewer.as_str().to_owned());
        Self { name: RwSignal::default(), email: RwSignal::default(), role }
    }

    fn clear(self) {
        self.name.set(String::new());
        self.email.set(String::new());
        self.role.set(Role::Viewer.as_str().to_owned());
    }
}

/// Asks who is to be added, and shows the link afterwards.
#[component]
pub(super) fn AddDialog(open: RwSignal<bool>, desk: Desk) -> impl IntoView {
    let submission = Submission::new();
    provide_field_errors(submission.field_errors());
    let toasts = use_toasts();
    let NewMember { name, email, role } = desk.new_member;
    let add = move |()| {
        let draft = MemberDraft {
            name: name.get_untracked(),
            email: email.get_untracked(),
            role: role.get_untracked(),
        };
        if let Err(error) = draft.check() {
            return submission.show(Some(error));
        }
        let shown = draft.name.trim().to_owned();
        submission.send(
            move |token| add_member(token, draft),
            move |link: Option<OneTimeLink>| {
                toasts.success(format!("{shown} was added."));
                desk.new_member.clear();
                desk.link.set(link.map(|link| (shown, link)));
                desk.done();
            },
        );
    };
    view! {
        <ConfirmDialog
            open
            title="Add a member"
            confirm_label="Add member"
            busy=submission.busy()
            on_confirm=add
            error=form_problem(submission)
        >
            <p>"You get a link to give to the new member, who sets a password with it. No mail is sent."</p>
            <TextField path="name" label="Name" value=name required=true/>
            <TextField path="email" label="Email" value=email required=true input_type="email" inputmode="email"/>
            <RadioCards path="role" legend="Role" options=role_cards() value=role/>
        </ConfirmDialog>
    }
}

/// The roles with what each allows.
pub(super) fn role_cards() -> Vec<RadioCard> {
    let card = |role: Role| RadioCard::new(role.as_str(), role.label(), role.says());
    Role::ALL.map(card).to_vec()
}

/// What stands above a form; what stands at a field need not stand there too.
pub(super) fn form_problem(submission: Submission) -> Signal<Option<(String, String)>> {
    let problem = submission.problem();
    let errors = submission.field_errors();
    Signal::derive(move || problem.get().filter(|_| errors.with(|errors| errors.is_empty())))
}
