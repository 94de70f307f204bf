//! Members, for administrators.

use leptos::prelude::*;
use leptos_meta::Title;

use super::add_dialog::{AddDialog, NewMember};
use super::api::list_members;
use super::change_dialogs::{DisableDialog, EnableDialog, LinkDialog, RoleDialog};
use super::link_panel::LinkPanel;
use super::model::{MemberRow, MemberState, OneTimeLink, Role};
use super::table::{MembersTable, ORDERS};
use crate::asked::ask;
use crate::layout::{ForRole, use_refusal};
use crate::links;
use crate::list_address::use_list_address;
use crate::list_frame::{ListFrame, StillBody};
use crate::ui::*;

/// What is being asked in a dialog.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Asked {
    /// Who is to be added.
    Add,
    /// Which role it shall be.
    Role(MemberRow),
    /// Whether to make a new link.
    Link(MemberRow),
    /// Whether to disable.
    Disable(MemberRow),
    /// Whether to enable.
    Enable(MemberRow),
}

/// What the page's parts share.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    /// The open dialog.
    pub asked: RwSignal<Option<Asked>>,
    /// The link made last, with the member's name. It is nowhere else.
    pub link: RwSignal<Option<(String, OneTimeLink)>>,
    /// Who is to be added; it stays when the dialog is closed by a slip.
    pub new_member: NewMember,
    /// Counts changes: the list follows.
    changes: RwSignal<u32>,
}

impl Desk {
    /// Closes the dialog and reads the list again.
    pub fn done(self) {
        self.asked.set(None);
        self.changes.update(|changes| *changes += 1);
    }
}

/// The list of members.
#[component]
pub fn MembersPage() -> impl IntoView {
    let desk = Desk {
        asked: RwSignal::new(None),
        link: RwSignal::new(None),
        new_member: NewMember::new(),
        changes: RwSignal::new(0),
    };
    let address = use_list_address(links::MEMBERS, &["role", "state"], &ORDERS);
    let question = Memo::new(move |_| (address.query().get(), desk.changes.get()));
    let answer = ask(question, |(query, _)| list_members(query));
    view! {
        <Title text="Members"/>
        <PageHead title="Members">
            <Button kind=ButtonKind::Primary icon=IconName::Plus disabled_reason=use_refusal(Role::Administrator) on_press=move |()| desk.asked.set(Some(Asked::Add))>
                "Add member"
            </Button>
        </PageHead>
        <noscript>"Changing members needs scripts and WebAssembly; reading works without."</noscript>
        <LinkPanel link=desk.link/>
        <ForRole least=Role::Administrator title="You can't see the members" back=("Clusters", links::CLUSTERS)>
            <ListFrame
                address answer
                action=links::MEMBERS
                noun=("member", "members")
                back=("Clusters", links::CLUSTERS)
                filters=move || view! {
                    <FilterSelect
                        name="role" label="Role" options=role_options()
                        value=address.filter("role") on_change=address.on_filter("role")
                    />
                    <FilterSelect
                        name="state" label="State" options=state_options()
                        value=address.filter("state") on_change=address.on_filter("state")
                    />
                }
                show=move |fresh| view! {
                    <StillBody
                        address
                        listing=fresh.value
                        table=move |rows| view! { <MembersTable address desk rows/> }
                    />
                }
            />
        </ForRole>
        <Dialogs desk/>
    }
}

/// The dialog that is open, if any.
#[component]
fn Dialogs(desk: Desk) -> impl IntoView {
    dialog_for(desk.asked, move |asked, open| match asked {
        Asked::Add => view! { <AddDialog open desk/> }.into_any(),
        Asked::Role(row) => view! { <RoleDialog open desk row/> }.into_any(),
        Asked::Link(row) => view! { <LinkDialog open desk row/> }.into_any(),
        Asked::Disable(row) => view! { <DisableDialog open desk row/> }.into_any(),
        Asked::Enable(row) => view! { <EnableDialog open desk row/> }.into_any(),
    })
}

fn role_options() -> Vec<(String, String)> {
    with_any("Any", Role::ALL.map(|role| (role.as_str().to_owned(), role.label().to_owned())))
}

fn state_options() -> Vec<(String, String)> {
    with_any(
        "Any",
        MemberState::ALL.map(|state| (state.as_str().to_owned(), state.label().to_owned())),
    )
}
