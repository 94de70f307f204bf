//! The table of audit entries.

use leptos::prelude::*;

use super::model::AuditEntry;
use super::words::{outcome_words, verb_words};
use crate::ui::*;

/// Entries, newest first.
#[component]
pub(super) fn EntriesTable(rows: Vec<AuditEntry>) -> impl IntoView {
    view! {
        <TableRegion label="Audit log">
            <thead><tr>
                <th scope="col">"When"</th>
                <th scope="col">"Who"</th>
                <th scope="col">"What"</th>
                <th scope="col">"Subject"</th>
                <th scope="col">"Detail"</th>
                <th scope="col">"Result"</th>
            </tr></thead>
            <tbody>
                {rows.into_iter().map(|entry| view! { <EntryCells entry/> }).collect_view()}
            </tbody>
        </TableRegion>
    }
}

#[component]
fn EntryCells(entry: AuditEntry) -> impl IntoView {
    let now = use_now();
    let at = entry.at;
    let outcome = StoredValue::new(entry.outcome);
    let result = Memo::new(move |_| outcome.with_value(|o| outcome_words(o, at, now.get())));
    view! {
        <tr>
            <td data-label="When"><div><TimeAgo at/><span class="cell-more">{at.exact()}</span></div></td>
            <td data-label="Who">{entry.who}</td>
            <th scope="row" data-label="What">{verb_words(&entry.what)}</th>
            <td data-label="Subject" class="mono">{entry.subject}</td>
            <td data-label="Detail">{Some(entry.detail).filter(|detail| !detail.is_empty())}</td>
            <td data-label="Result" title=format!("Request {}", entry.request_id)>
                <StatusMark
                    tone=Signal::derive(move || result.read().0)
                    label=Signal::derive(move || result.read().1.to_owned())
                />
                {move || result.get().2.map(|said| view! { <div class="muted">{said}</div> })}
            </td>
        </tr>
    }
}
