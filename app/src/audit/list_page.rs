//! The audit log, for administrators.

use leptos::prelude::*;
use leptos_meta::Title;

use super::api::{list_entries, list_who};
use super::table::EntriesTable;
use super::words::VERBS;
use crate::links;
use crate::list_address::{ListBody, use_list_address};
use crate::trouble::AnswerTrouble;
use crate::ui::*;

/// The audit log.
#[component]
pub fn AuditPage() -> impl IntoView {
    let address = use_list_address(links::AUDIT, &["who", "what", "outcome"]);
    let answer = address.ask(list_entries);
    let members = Resource::new_blocking(|| (), |()| list_who());
    let (matched, total) = address.counts(answer);
    let chosen = address.filter("who");
    let who = Signal::derive(move || {
        let mut emails = members.get().and_then(Result::ok).unwrap_or_default();
        // Who has gone from the list can still be asked for by address.
        let chosen = chosen.get();
        if !chosen.is_empty() && !emails.contains(&chosen) {
            emails.push(chosen);
        }
        with_any("Anyone", emails.into_iter().map(|email| (email.clone(), email)))
    });
    view! {
        <Title text="Audit log"/>
        <PageHead title="Audit log"/>
        <Transition fallback=|| view! { <Skeleton/> }>
            <FilterBar
                action=links::AUDIT
                text=address.text()
                on_text=address.on_text()
                matched total
                noun=("entry", "entries")
                clear_href=address.clear_href_if_narrowed()
            >
                <FilterSelect name="who" label="Who" options=who value=chosen on_change=address.on_filter("who")/>
                <FilterSelect
                    name="what" label="What" options=what_options()
                    value=address.filter("what") on_change=address.on_filter("what")
                />
                <FilterSelect
                    name="outcome" label="Result" options=outcome_options()
                    value=address.filter("outcome") on_change=address.on_filter("outcome")
                />
            </FilterBar>
            {move || Suspend::new(async move {
                match answer.await {
                    Ok(fresh) => {
                        let rows = StoredValue::new(fresh.value.rows);
                        let meta = RwSignal::new(fresh.value.meta);
                        view! {
                            <ListBody
                                address meta
                                table=move || view! { <EntriesTable rows=rows.get_value()/> }
                                empty=|| view! {
                                    <EmptyState
                                        icon=IconName::Audit
                                        title="Nothing has been changed yet"
                                        body="Every change that is made with this console is written down here before it is tried: who, what, when, and how it ended."
                                    />
                                }
                            />
                        }.into_any()
                    }
                    Err(error) => view! {
                        <AnswerTrouble title="The audit log can't be shown" error back=("Clusters", links::CLUSTERS)/>
                    }.into_any(),
                }
            })}
        </Transition>
    }
}

fn what_options() -> Vec<(String, String)> {
    with_any("Anything", VERBS.iter().map(|(verb, words)| ((*verb).into(), (*words).into())))
}

fn outcome_options() -> Vec<(String, String)> {
    let options = [("done", "Done"), ("failed", "Failed"), ("pending", "Open or unknown")];
    with_any("Any", options.into_iter().map(|(value, words)| (value.into(), words.into())))
}

/// Options behind one that does not narrow.
fn with_any(words: &str, options: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    std::iter::once((String::new(), words.to_owned())).chain(options).collect()
}
