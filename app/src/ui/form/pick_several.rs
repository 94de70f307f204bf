//! Choosing several of what is offered, under a list of lines that take any text.

use leptos::{ev::MouseEvent, prelude::*};

use super::suggest::{
    Suggestion, Suggestions,
    matching::{counted, shown},
};
use crate::ui::fold::Fold;

/// Tick boxes for what is offered, out of sight until they are wanted: each is a line of `rows`
/// while it is ticked.
#[component]
pub fn PickSeveral(
    /// The path of the list whose lines these are.
    #[prop(into)]
    path: String,
    /// The words that open it.
    #[prop(into)]
    label: String,
    /// What is offered, as many.
    noun: &'static str,
    /// What is offered now.
    #[prop(into)]
    suggestions: Signal<Suggestions>,
    /// The lines as they are typed; empty ones too.
    rows: RwSignal<Vec<String>>,
    /// Called whenever it opens.
    #[prop(into)]
    on_open: Callback<()>,
    /// Called when a newer list is wanted.
    #[prop(into)]
    on_again: Callback<()>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if open.get() {
            untrack(|| on_open.run(()));
        }
    });
    let path = StoredValue::new(path);
    view! {
        <Fold class="pick-several" summary=move || label.clone() open>
            {move || open.get().then(|| {
                view! { <Offers path=path.get_value() noun suggestions rows on_again/> }
            })}
        </Fold>
    }
}

#[component]
fn Offers(
    path: String,
    noun: &'static str,
    suggestions: Signal<Suggestions>,
    rows: RwSignal<Vec<String>>,
    on_again: Callback<()>,
) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let offered = Memo::new(move |_| suggestions.with(|all| shown(all, &text.read())));
    let said = move || {
        let (note, loading) = suggestions.with(|all| (all.note.clone(), all.loading));
        note.unwrap_or_else(|| offered.with(|offered| counted(offered, loading, noun)))
    };
    let search = format!("Search {noun}");
    view! {
        <div class="pick-several-offers">
            <input
                class="input"
                type="search"
                id=format!("{path}-search")
                aria-label=search.clone()
                placeholder=search
                autocomplete="off"
                spellcheck="false"
                prop:value=move || text.get()
                on:input:target=move |event| text.set(event.target().value())
                on:keydown=move |event| if event.key() == "Enter" { event.prevent_default() }
            />
            <div class="pick-several-boxes" role="group" aria-label=format!("Known {noun}")>
                <For
                    each=move || offered.with(|offered| offered.items.clone())
                    key=|one| one.value.clone()
                    children=move |one| view! { <Offer one rows/> }
                />
            </div>
            <p class="suggest-note">
                <span role="status">{said}</span>" "
                <button type="button" class="link-button" on:click=move |_: MouseEvent| on_again.run(())>"Look again"</button>
            </p>
        </div>
    }
}

#[component]
fn Offer(one: Suggestion, rows: RwSignal<Vec<String>>) -> impl IntoView {
    let Suggestion { value, name, about, .. } = one;
    let own = value.clone();
    let ticked = Memo::new(move |_| rows.with(|rows| rows.iter().any(|row| row.trim() == own)));
    let differs = (name != value).then(|| value.clone());
    view! {
        <label class="check pick-several-offer">
            <input
                type="checkbox"
                checked=ticked.get_untracked()
                prop:checked=move || ticked.get()
                on:change:target=move |event| {
                    let ticked = event.target().checked();
                    rows.update(|rows| if ticked { put(rows, &value) } else { take_out(rows, &value) });
                }
            />
            <span>
                <span class="suggest-name">{name}</span>
                {differs.map(|value| view! { " "<span class="mono">{value}</span> })}
                {(!about.is_empty()).then(|| view! { " "<span class="suggest-about">{about}</span> })}
            </span>
        </label>
    }
}

/// Into the first line that is empty, else at the end.
fn put(rows: &mut Vec<String>, value: &str) {
    match rows.iter_mut().find(|row| row.trim().is_empty()) {
        Some(empty) => value.clone_into(empty),
        None => rows.push(value.to_owned()),
    }
}

fn take_out(rows: &mut Vec<String>, value: &str) {
    rows.retain(|row| row.trim() != value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tick_is_a_line() {
        type Step = fn(&mut Vec<String>, &str);
        let table: [(&[&str], Step, &[&str]); 6] = [
            (&[], put, &["a"]),
            (&[""], put, &["a"]),
            (&["b", " ", ""], put, &["b", "a", ""]),
            (&["b"], put, &["b", "a"]),
            (&["b", " a ", "", "a"], take_out, &["b", ""]),
            (&["b"], take_out, &["b"]),
        ];
        for (before, step, after) in table {
            let mut rows: Vec<String> = before.iter().map(|row| (*row).to_owned()).collect();
            step(&mut rows, "a");
            assert_eq!(rows, after, "{before:?}");
        }
    }
}
