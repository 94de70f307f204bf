//! The audit log, for administrators.

use leptos::prelude::*;
use leptos_meta::Title;

use super::api::{list_entries, list_who};
use super::table::EntriesTable;
use super::words::VERBS;
use crate::layout::ForRole;
use crate::links;
use crate::list_address::use_list_address;
use crate::list_frame::{ListFrame, StillBody};
use crate::list_order::Orders;
use crate::team::model::Role;
use crate::ui::*;

/// The audit log.
#[component]
pub fn AuditPage() -> impl IntoView {
    let address = use_list_address(links::AUDIT, &["who", "what", "outcome"], &Orders::NONE);
    let answer = address.ask(list_entries);
    let members = Resource::new_blocking(|| (), |()| list_who());
    view! {
        <Title text="Audit log"/>
        <PageHead title="Audit log"/>
        <ForRole least=Role::Administrator title="You can't see the audit log" back=("Clusters", links::CLUSTERS)>
            <ListFrame
                address answer
                action=links::AUDIT
                noun=("entry", "entries")
                back=("Clusters", links::CLUSTERS)
                filters=move || Suspend::new(async move {
                    let emails = members.await.unwrap_or_default();
                    let who = with_any("Anyone", emails.into_iter().map(|email| (email.clone(), email)));
                    view! {
                        <FilterSelect
                            name="who" label="Who" options=who
                            value=address.filter("who") on_change=address.on_filter("who")
                        />
                        <FilterSelect
                            name="what" label="What" options=what_options()
                            value=address.filter("what") on_change=address.on_filter("what")
                        />
                        <FilterSelect
                            name="outcome" label="Result" options=outcome_options()
                            value=address.filter("outcome") on_change=address.on_filter("outcome")
                        />
                    }
                })
                show=move |fresh| view! {
                    <StillBody
                        address
                        listing=fresh.value
                        table=|rows| view! { <EntriesTable rows/> }
                        empty=|| view! {
                            <EmptyState
                                icon=IconName::Audit
                                title="Nothing has happened yet"
                                body="Every change that is made with this console is written down here before it is tried, and so is every sign-in: who, what, when, and how it ended."
                            />
                        }
                    />
                }
            />
        </ForRole>
    }
}

fn what_options() -> Vec<(String, String)> {
    with_any("Anything", VERBS.iter().map(|(verb, words)| ((*verb).into(), (*words).into())))
}

fn outcome_options() -> Vec<(String, String)> {
    let options = [("done", "Done"), ("failed", "Failed"), ("pending", "Open or unknown")];
    with_any("Any", options.into_iter().map(|(value, words)| (value.into(), words.into())))
}
