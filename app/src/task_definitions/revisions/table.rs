//! The revisions of a family as a table from which some can be chosen.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::bulk::{BulkDialog, Wanted};
use super::plan::{Work, plan};
use crate::layout::use_refusal;
use crate::links;
use crate::names::{FamilyName, Revision};
use crate::task_definitions::family_page::UsedBy;
use crate::task_definitions::model::RevisionRow;
use crate::team::model::Role;
use crate::ui::*;
use crate::words::counted;

/// Revisions, newest first. Two that are chosen can be compared; operators can deregister or delete
/// any number.
#[component]
pub fn RevisionsTable(
    /// The family.
    family: FamilyName,
    /// Its revisions.
    rows: Memo<Vec<RevisionRow>>,
) -> impl IntoView {
    let may = use_refusal(Role::Operator).is_none();
    let chosen = RwSignal::new(BTreeSet::<u32>::new());
    let wanted = RwSignal::new(None::<Wanted>);
    let all = move || rows.with(|rows| rows.iter().map(|row| row.number).collect::<BTreeSet<_>>());
    // A revision that is gone can't stay chosen.
    let chosen_rows = Memo::new(move |_| {
        let is_chosen = |row: &&RevisionRow| chosen.read().contains(&row.number);
        rows.with(|rows| rows.iter().filter(is_chosen).cloned().collect::<Vec<_>>())
    });
    let every = move || !rows.read().is_empty() && chosen_rows.read().len() == rows.read().len();
    let toggle_all = move |_| {
        let next = if every() { BTreeSet::new() } else { all() };
        chosen.set(next);
    };
    let (line_family, of_bar) = (family.clone(), family.clone());
    view! {
        <ChosenBar family=of_bar chosen_rows wanted/>
        <TableRegion label="Revisions">
            <thead><tr>
                {if may {
                    view! {
                        <th scope="col" class="choose-cell">
                            <input type="checkbox" aria-label="Choose all that are listed" prop:checked=every on:change=toggle_all/>
                        </th>
                    }.into_any()
                } else {
                    view! { <th scope="col" class="choose-cell"><span class="visually-hidden">"Chosen"</span></th> }.into_any()
                }}
                <th scope="col">"Revision"</th>
                <th scope="col">"State"</th>
                <th scope="col">"Used by"</th>
            </tr></thead>
            <tbody>
                <For each=move || rows.get() key=|row| (row.number, row.active, row.used_by.tasks, row.used_by.services.len()) let:row>
                    <Line family=line_family.clone() row chosen/>
                </For>
            </tbody>
        </TableRegion>
        {may.then(|| view! { <BulkDialog family wanted on_done=move |()| chosen.set(BTreeSet::new())/> })}
    }
}

/// What can be done with the chosen ones.
#[component]
fn ChosenBar(
    family: FamilyName,
    chosen_rows: Memo<Vec<RevisionRow>>,
    wanted: RwSignal<Option<Wanted>>,
) -> impl IntoView {
    let reason = move |work: Work| {
        Signal::derive(move || {
            let chosen = chosen_rows.read();
            if chosen.is_empty() {
                return Some("Choose revisions in the table first.".to_owned());
            }
            plan(work, &chosen).does.is_empty().then(|| match work {
                Work::Deregister => "None of them is active and unused.".to_owned(),
                Work::Delete => "None of them is inactive and unused.".to_owned(),
            })
        })
    };
    let may = use_refusal(Role::Operator).is_none();
    let pair = Memo::new(move |_| pair(&chosen_rows.read()));
    let compared = Signal::derive(move || {
        let of = |number| Revision { family: family.clone(), number };
        pair.get().map(|(old, new)| links::compare(&of(old), &of(new))).unwrap_or_default()
    });
    let not_two = Signal::derive(move || {
        pair.read().is_none().then(|| "Choose two revisions in the table.".to_owned())
    });
    let ask = move |work| {
        move |()| wanted.set(Some(Wanted { work, chosen: chosen_rows.get_untracked() }))
    };
    view! {
        <div class="chosen-bar">
            <span role="status">{move || format!("{} chosen", counted(chosen_rows.read().len(), "revision"))}</span>
            <LinkButton href=compared disabled_reason=not_two>"Compare"</LinkButton>
            {may.then(|| view! {
                <Button disabled_reason=reason(Work::Deregister) on_press=ask(Work::Deregister)>"Deregister…"</Button>
                <Button kind=ButtonKind::Danger disabled_reason=reason(Work::Delete) on_press=ask(Work::Delete)>"Delete…"</Button>
            })}
        </div>
    }
}

/// The older and the newer of exactly two.
fn pair(chosen: &[RevisionRow]) -> Option<(u32, u32)> {
    match chosen {
        [one, other] => Some((one.number.min(other.number), one.number.max(other.number))),
        _ => None,
    }
}

#[component]
fn Line(family: FamilyName, row: RevisionRow, chosen: RwSignal<BTreeSet<u32>>) -> impl IntoView {
    let number = row.number;
    let revision = Revision { family, number };
    let (tone, state) = if row.active { (Tone::Good, "Active") } else { (Tone::Idle, "Inactive") };
    let is_chosen = move || chosen.read().contains(&number);
    let toggle = move |_| {
        chosen.update(|chosen| {
            if !chosen.remove(&number) {
                chosen.insert(number);
            }
        });
    };
    view! {
        <tr>
            <td class="choose-cell">
                <input type="checkbox" aria-label=format!("Choose {revision}") prop:checked=is_chosen on:change=toggle/>
            </td>
            <th scope="row"><a class="mono" href=links::revision(&revision)>{revision.to_string()}</a></th>
            <td data-label="State"><StatusMark tone label=state/></td>
            <td data-label="Used by"><UsedBy revision used_by=row.used_by/></td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_are_compared_the_older_first() {
        let row = |number| RevisionRow { number, active: true, used_by: Default::default() };
        for (chosen, wanted) in [
            (&[][..], None),
            (&[7], None),
            (&[7, 3], Some((3, 7))),
            (&[3, 7], Some((3, 7))),
            (&[7, 3, 1], None),
        ] {
            let rows: Vec<RevisionRow> = chosen.iter().map(|number| row(*number)).collect();
            assert_eq!(pair(&rows), wanted, "{chosen:?}");
        }
    }
}
