//! The table of families.

use leptos::prelude::*;

use super::model::FamilyRow;
use crate::links;
use crate::list_address::ListAddress;
use crate::list_order::{OrderHead, Orders};
use crate::live::LiveRow;
use crate::names::{FamilyName, Revision};
use crate::ui::*;

/// How the list can be sorted.
pub(super) const ORDERS: Orders = Orders {
    own: "Family",
    like: Some("name"),
    columns: &[
        ("name", "Family"),
        ("newest", "Newest revision"),
        ("changed", "Last change"),
        ("active", "Active revisions"),
        ("services", "Services"),
        ("tasks", "Tasks"),
    ],
};

/// Families as rows that change in place.
#[component]
pub fn FamiliesTable(
    /// The list's question, for the heads that sort.
    address: ListAddress,
    /// The rows.
    #[prop(into)]
    rows: Signal<Vec<LiveRow<FamilyRow>>>,
) -> impl IntoView {
    view! {
        <TableRegion label="Task definitions">
            <thead><tr>
                <OrderHead address column="name"/>
                <OrderHead address column="newest"/>
                <OrderHead address column="changed"/>
                <OrderHead address column="active" numeric=true/>
                <OrderHead address column="services" numeric=true/>
                <OrderHead address column="tasks" numeric=true/>
            </tr></thead>
            <tbody>
                <For each=move || rows.get() key=|row| row.key.clone() let:row>
                    <FamilyCells row/>
                </For>
            </tbody>
        </TableRegion>
    }
}

#[component]
fn FamilyCells(row: LiveRow<FamilyRow>) -> impl IntoView {
    let value = RwSignal::from(row.value);
    let name = value.with_untracked(|row| row.name.clone());
    let changed = pulse_on_change(Signal::derive(move || value.read().newest));
    view! {
        <tr class:row-changed=changed>
            <th scope="row"><a href=links::family(&name)>{name.to_string()}</a></th>
            <td data-label="Newest revision"><NewestCell value family=name/></td>
            <td data-label="Last change" class="cell-times">{move || match value.read().changed_at {
                Some(at) => view! { <TimeAgo at/> }.into_any(),
                None => view! { <span class="muted">"Not read yet"</span> }.into_any(),
            }}</td>
            <td data-label="Active revisions" class="numeric">{move || value.read().active}</td>
            <td data-label="Services" class="numeric">{move || value.read().services}</td>
            <td data-label="Tasks" class="numeric">{move || value.read().tasks}</td>
        </tr>
    }
}

#[component]
fn NewestCell(value: RwSignal<FamilyRow>, family: FamilyName) -> impl IntoView {
    let newest = Memo::new(move |_| value.with(|row| (row.newest, row.active > 0)));
    move || {
        let (number, active) = newest.get();
        number.map(|number| {
            let revision = Revision { family: family.clone(), number };
            view! {
                <span class="cluster-row">
                    <a class="mono" href=links::revision(&revision)>{revision.to_string()}</a>
                    {(!active).then(|| view! { <StatusMark tone=Tone::Idle label="Inactive"/> })}
                </span>
            }
        })
    }
}
