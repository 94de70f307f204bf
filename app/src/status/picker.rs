//! Choosing services: by cluster, with a search, also among thousands.

use std::collections::HashSet;

use leptos::prelude::*;

use super::chosen::Selection;
use super::model::Choice;
use crate::links;
use crate::listing::ListQuery;
use crate::ui::*;

/// How many services are offered at once; the search finds the others.
const OFFERED: usize = 60;

/// Tick boxes for services, grouped by cluster.
#[component]
pub(super) fn Picker(
    /// The services to choose from, by cluster, then name.
    choices: Vec<Choice>,
    /// What is chosen.
    selection: Selection,
    /// Called when something comes or goes.
    on_change: Callback<()>,
) -> impl IntoView {
    if choices.is_empty() {
        return view! {
            <p class="muted" id="services" tabindex="-1">"There are no services to choose yet. "<a href=links::NEW_SERVICE>"Create one first"</a>"."</p>
        }
        .into_any();
    }
    let text = RwSignal::new(String::new());
    let choices = StoredValue::new(choices);
    let offer = Memo::new(move |_| choices.with_value(|choices| offer(choices, &text.read())));
    let keys = Memo::new(move |_| {
        selection
            .chosen()
            .with(|chosen| chosen.iter().map(|one| one.key.clone()).collect::<HashSet<_>>())
    });
    let toggle = Callback::new(move |choice: Choice| {
        selection.toggle(&choice);
        on_change.run(());
    });
    let group = move |(cluster, group): (String, Vec<Choice>)| {
        view! {
            <fieldset class="picker-group">
                <legend>{cluster}</legend>
                {group.into_iter().map(|choice| view! { <Offered choice keys toggle/> }).collect_view()}
            </fieldset>
        }
    };
    let left = move || match offer.with(|offer| (offer.groups.is_empty(), offer.left)) {
        (true, _) => Some("No service matches. Try fewer words.".to_owned()),
        (false, 0) => None,
        (false, left) => Some(format!("{left} more: search to find them.")),
    };
    view! {
        <Field path="services" label="Services" required=true let:ids>
            <div class="picker">
                <input
                    class="input"
                    type="search"
                    id=move || ids.id.get()
                    placeholder="Search by service or cluster"
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby=move || ids.described_by.get()
                    aria-invalid=move || ids.invalid.get()
                    prop:value=move || text.get()
                    on:input:target=move |event| text.set(event.target().value())
                    on:keydown=move |event| if event.key() == "Enter" { event.prevent_default() }
                />
                <div class="picker-groups">
                    {move || offer.with(|offer| offer.groups.clone()).into_iter().map(group).collect_view()}
                </div>
                <p class="muted" role="status">{left}</p>
            </div>
        </Field>
    }
    .into_any()
}

/// One tick box.
#[component]
fn Offered(choice: Choice, keys: Memo<HashSet<String>>, toggle: Callback<Choice>) -> impl IntoView {
    let key = StoredValue::new(choice.key());
    let ticked = move || keys.with(|keys| key.with_value(|key| keys.contains(key)));
    let name = choice.service.to_string();
    view! {
        <label class="check picker-item">
            <input
                type="checkbox"
                checked=untrack(ticked)
                prop:checked=ticked
                on:change=move |_| toggle.run(choice.clone())
            />
            <span>{name}</span>
        </label>
    }
}

/// What is offered for the words in the search.
#[derive(Clone, Debug, Default, PartialEq)]
struct Offer {
    groups: Vec<(String, Vec<Choice>)>,
    /// How many more match.
    left: usize,
}

fn offer(choices: &[Choice], words: &str) -> Offer {
    let query = ListQuery::default().with_text(words);
    let matching =
        || choices.iter().filter(|one| query.finds(&[one.service.as_str(), one.cluster.as_str()]));
    let mut groups: Vec<(String, Vec<Choice>)> = Vec::new();
    for choice in matching().take(OFFERED) {
        match groups.last_mut() {
            Some((cluster, group)) if cluster == choice.cluster.as_str() => {
                group.push(choice.clone());
            }
            _ => groups.push((choice.cluster.to_string(), vec![choice.clone()])),
        }
    }
    Offer { groups, left: matching().count().saturating_sub(OFFERED) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(cluster: &str, service: &str) -> Choice {
        Choice { cluster: cluster.parse().unwrap(), service: service.parse().unwrap() }
    }

    #[test]
    fn services_are_grouped_and_found() {
        let choices =
            [choice("batch", "mail"), choice("production", "api"), choice("production", "web")];
        let shown = |words: &str| {
            offer(&choices, words)
                .groups
                .into_iter()
                .map(|(cluster, group)| (cluster, group.len()))
                .collect::<Vec<_>>()
        };
        assert_eq!(shown(""), [("batch".to_owned(), 1), ("production".to_owned(), 2)]);
        assert_eq!(shown("prod web"), [("production".to_owned(), 1)]);
        assert_eq!(shown("nothing"), []);
    }

    #[test]
    fn among_thousands_the_search_finds_the_rest() {
        let choices: Vec<_> = (0..100).map(|n| choice("production", &format!("s{n:03}"))).collect();
        let offer = offer(&choices, "");
        assert_eq!((offer.groups[0].1.len(), offer.left), (OFFERED, 40));
    }
}
