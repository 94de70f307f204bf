//! What differs between the environments of two containers, and what is taken over.

use std::collections::HashMap;

use berth_definition::env::{Difference, Said, Side, compare, take};
use leptos::prelude::*;
use serde_json::Value;

use super::environment_compare::Other;
use super::lens::use_form;
use crate::ui::*;

/// The container at a path beside the one at a place of another revision.
#[component]
pub(super) fn Differences(container: Signal<String>, other: Other, place: usize) -> impl IntoView {
    let form = use_form();
    let revision = other.revision.to_string();
    let path = format!("containerDefinitions.{place}");
    let all = Memo::new(move |_| {
        let there = other.document.get(&path).unwrap_or(&Value::Null);
        form.document
            .with_value(&container.read(), |here| compare(here.unwrap_or(&Value::Null), there))
    });
    let of = move |side: Side| all.get().into_iter().filter(move |one| one.side() == side);
    let differing = Memo::new(move |_| {
        let sides = [Side::Different, Side::OnlyThere, Side::OnlyHere];
        sides.into_iter().flat_map(of).collect::<Vec<_>>()
    });
    let said_id = Signal::derive(move || format!("{}.compare-said", container.read()));
    let taken = StoredValue::new(revision.clone());
    let take_one = Callback::new(move |one: Difference| {
        let container = container.get_untracked();
        // The row goes: the focus goes to the one after it, or before it.
        let rows = differing.get_untracked();
        let at = rows.iter().position(|row| *row == one).unwrap_or_default();
        let next = rows.get(at + 1).or_else(|| rows.get(at.checked_sub(1)?));
        let next = next.map(|next| button_id(&container, &next.name));
        form.document.update(|document| take(document, &container, &one.name, one.there.as_ref()));
        announce(&match one.there {
            Some(_) => format!("{}: taken from {}", one.name, taken.get_value()),
            None => format!("{}: removed", one.name),
        });
        focus_field(&next.unwrap_or_else(|| said_id.get_untracked()));
    });
    let missing = Memo::new(move |_| of(Side::OnlyThere).count());
    let take_missing = move |()| {
        let container = container.get_untracked();
        let rows: Vec<_> = untrack(|| of(Side::OnlyThere).collect());
        form.document.update(|document| {
            for one in &rows {
                take(document, &container, &one.name, one.there.as_ref());
            }
        });
        announce(&format!("{} taken from {}", rows.len(), taken.get_value()));
        focus_field(&said_id.get_untracked());
    };
    let words = move || all.with(|all| in_words(all));
    Effect::new(move |said: Option<()>| {
        if said.is_none() {
            announce(&untrack(words));
        }
    });
    let label = format!("What differs from {revision}");
    let there = format!("In {revision}");
    let differs = Memo::new(move |_| differing.with(|rows| !rows.is_empty()));
    view! {
        <div class="env-compared">
            <p id=move || said_id.get() tabindex="-1">{words}</p>
            {move || Some(missing.get()).filter(|count| *count > 0).map(|count| view! {
                <Button icon=IconName::Plus on_press=take_missing>{format!("Take all that are missing here ({count})")}</Button>
            })}
        </div>
        {move || differs.get().then(|| {
            let there = there.clone();
            view! {
                <div class="env-differences"><TableRegion label=label.clone()>
                    <thead><tr><th scope="col">"Name"</th><th scope="col">"Here"</th><th scope="col">{there.clone()}</th><th scope="col"><span class="visually-hidden">"Take over"</span></th></tr></thead>
                    <tbody>
                        <For each=move || differing.get() key=Difference::clone children=move |one| view! { <DifferingRow container one there=there.clone() take_one/> }/>
                    </tbody>
                </TableRegion></div>
            }
        })}
        <EqualOnes all/>
    }
}

fn button_id(container: &str, name: &str) -> String {
    format!("{container}.compare-take-{name}")
}

#[component]
fn DifferingRow(
    container: Signal<String>,
    one: Difference,
    there: String,
    take_one: Callback<Difference>,
) -> impl IntoView {
    let Difference { name, here, there: other } = one.clone();
    let id = {
        let name = name.clone();
        move || button_id(&container.read(), &name)
    };
    let words = if other.is_some() { "Take theirs" } else { "Remove here" };
    view! {
        <tr>
            <th scope="row" class="mono">{name.clone()}</th>
            <td data-label="Here"><SaidCell said=here/></td>
            <td data-label=there><SaidCell said=other/></td>
            <td>
                <button type="button" class="button" id=id on:click=move |_| take_one.run(one.clone())>
                    {words}<span class="visually-hidden">" for "{name}</span>
                </button>
            </td>
        </tr>
    }
}

/// A value as it is, a reference to a secret as one.
#[component]
fn SaidCell(said: Option<Said>) -> impl IntoView {
    match said {
        None => view! { <span class="muted">"missing"</span> }.into_any(),
        Some(Said::Value(value)) if value.is_empty() => {
            view! { <span class="muted">"empty"</span> }.into_any()
        }
        Some(Said::Value(value)) => {
            view! { <span class="mono env-value">{value}</span> }.into_any()
        }
        Some(Said::Secret(kept_at)) => {
            let words = if kept_at.is_empty() { "Secret, kept nowhere yet" } else { "Secret at " };
            view! { <span class="env-secret"><Icon name=IconName::Key/><span>{words}<span class="mono env-value">{kept_at}</span></span></span> }
            .into_any()
        }
    }
}

/// What is the same, folded.
#[component]
fn EqualOnes(all: Memo<Vec<Difference>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let equal = Memo::new(move |_| {
        let all = all.read();
        all.iter().filter(|one| one.side() == Side::Equal).cloned().collect::<Vec<_>>()
    });
    let some = Memo::new(move |_| equal.with(|equal| !equal.is_empty()));
    let row = |one: Difference| {
        view! {
            <tr><th scope="row" class="mono">{one.name}</th><td data-label="In both"><SaidCell said=one.here/></td></tr>
        }
    };
    let table = move || {
        open.get().then(|| view! {
            <TableRegion label="The same in both">
                <thead><tr><th scope="col">"Name"</th><th scope="col">"In both"</th></tr></thead>
                <tbody><For each=move || equal.get() key=Difference::clone children=row/></tbody>
            </TableRegion>
        })
    };
    move || {
        some.get().then(|| view! {
            <Fold summary=move || move || format!("The same in both ({})", equal.read().len()) open>{table}</Fold>
        })
    }
}

/// How many there are of each, such as `2 differ, 1 is only there, 12 are the same`.
fn in_words(all: &[Difference]) -> String {
    let mut counts: HashMap<Side, usize> = HashMap::new();
    for one in all {
        *counts.entry(one.side()).or_default() += 1;
    }
    let one = |side: Side, one: &str, many: &str| match counts.get(&side) {
        None => None,
        Some(1) => Some(format!("1 {one}")),
        Some(count) => Some(format!("{count} {many}")),
    };
    let parts = [
        one(Side::Different, "differs", "differ"),
        one(Side::OnlyThere, "is missing here", "are missing here"),
        one(Side::OnlyHere, "is only here", "are only here"),
        one(Side::Equal, "is the same", "are the same"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        "Neither has a variable or a secret.".to_owned()
    } else {
        format!("{}.", parts.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_counted() {
        let one = |here: Option<&str>, there: Option<&str>| Difference {
            name: "A".to_owned(),
            here: here.map(|value| Said::Value(value.to_owned())),
            there: there.map(|value| Said::Value(value.to_owned())),
        };
        let (differs, missing, same) =
            (one(Some("1"), Some("2")), one(None, Some("1")), one(Some("1"), Some("1")));
        for (all, words) in [
            (vec![], "Neither has a variable or a secret."),
            (vec![same.clone()], "1 is the same."),
            (
                vec![differs.clone(), differs, missing, one(Some("1"), None), same],
                "2 differ, 1 is missing here, 1 is only here, 1 is the same.",
            ),
        ] {
            assert_eq!(in_words(&all), words);
        }
    }
}
