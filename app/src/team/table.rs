//! The table of members.

use leptos::prelude::*;

use super::members_page::{Asked, Desk};
use super::model::{MemberRow, MemberState};
use crate::list_address::ListAddress;
use crate::list_order::{OrderHead, Orders};
use crate::ui::*;

/// How the list can be sorted.
pub(super) const ORDERS: Orders = Orders {
    own: "Name",
    like: Some("name"),
    columns: &[
        ("name", "Name"),
        ("email", "Email"),
        ("role", "Role"),
        ("state", "State"),
        ("signed-in", "Last sign-in"),
    ],
};

/// Members with what can be done to each.
#[component]
pub(super) fn MembersTable(
    address: ListAddress,
    desk: Desk,
    rows: Vec<MemberRow>,
) -> impl IntoView {
    view! {
        <TableRegion label="Members">
            <thead><tr>
                <OrderHead address column="name"/>
                <OrderHead address column="email"/>
                <OrderHead address column="role"/>
                <OrderHead address column="state"/>
                <OrderHead address column="signed-in"/>
                <th scope="col"><span class="visually-hidden">"Actions"</span></th>
            </tr></thead>
            <tbody>
                {rows.into_iter().map(|row| view! { <MemberCells desk row/> }).collect_view()}
            </tbody>
        </TableRegion>
    }
}

#[component]
fn MemberCells(desk: Desk, row: MemberRow) -> impl IntoView {
    let state = row.state();
    let member = row.member.clone();
    let signed_in = match member.signed_in_at {
        Some(at) => view! { <TimeAgo at/> }.into_any(),
        None => view! { <span class="muted">"never"</span> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row">{member.name}{row.is_me.then(|| view! { <span class="muted">" (you)"</span> })}</th>
            <td data-label="Email">{member.email}</td>
            <td data-label="Role">{member.role.label()}</td>
            <td data-label="State"><StatusMark tone=tone(state) label=state.label()/></td>
            <td data-label="Last sign-in">{signed_in}</td>
            <td class="cell-actions"><MemberActions desk row/></td>
        </tr>
    }
}

#[component]
fn MemberActions(desk: Desk, row: MemberRow) -> impl IntoView {
    let label = format!("Actions for {}", row.member.email);
    let why = |reason: Option<&'static str>| reason.map(str::to_owned);
    let (role, link, disable) =
        (why(row.why_role_stays()), why(row.why_no_link()), why(row.why_not_disabled()));
    let disabled = row.member.disabled;
    let row = StoredValue::new(row);
    let ask =
        move |asked: fn(MemberRow) -> Asked| move |()| desk.asked.set(Some(asked(row.get_value())));
    let last = if disabled {
        view! { <MenuItem icon=IconName::Check on_press=ask(Asked::Enable)>"Enable…"</MenuItem> }
            .into_any()
    } else {
        view! { <MenuItem icon=IconName::Lock danger=true disabled_reason=disable on_press=ask(Asked::Disable)>"Disable…"</MenuItem> }
            .into_any()
    };
    view! {
        <Menu label>
            <MenuItem icon=IconName::Edit disabled_reason=role on_press=ask(Asked::Role)>"Change role…"</MenuItem>
            <MenuItem icon=IconName::Key disabled_reason=link on_press=ask(Asked::Link)>"New link…"</MenuItem>
            <MenuDivider/>
            {last}
        </Menu>
    }
}

fn tone(state: MemberState) -> Tone {
    match state {
        MemberState::Active => Tone::Good,
        MemberState::Invited => Tone::Busy,
        MemberState::Disabled => Tone::Idle,
    }
}
