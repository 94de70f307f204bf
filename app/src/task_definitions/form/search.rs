//! Finding a field by what it is called or for.

use leptos::{ev, html, prelude::*};
use serde_json::Value;

use super::jump::use_jump;
use super::lens::use_form;
use crate::task_definitions::schema::{Hit, find};
use crate::ui::*;

/// A box that finds any field of the form, shows whether it is set, and leads to it.
#[component]
pub fn FieldSearch() -> impl IntoView {
    let (form, jump) = (use_form(), use_jump());
    let (question, container) = (RwSignal::new(String::new()), RwSignal::new("0".to_owned()));
    let (open, at) = (RwSignal::new(false), RwSignal::new(0_usize));
    let frame = NodeRef::<html::Div>::new();
    let hits = Memo::new(move |_| {
        if !open.get() {
            return Vec::new();
        }
        let container = container.read().parse().unwrap_or_default();
        form.document.with(|document| find(document, &question.read(), container))
    });
    let choose = move |place: usize| {
        let path = hits.with_untracked(|hits| hits.get(place).map(|hit| hit.path.clone()));
        if let Some(path) = path {
            open.set(false);
            jump.to(&path);
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let count = hits.with_untracked(Vec::len);
        match step(&event.key(), at.get_untracked(), count) {
            Step::Pass => return,
            Step::To(place) => at.set(place),
            Step::Choose => choose(at.get_untracked()),
            Step::Close => open.set(false),
        }
        event.prevent_default();
    };
    let on_input = move |typed: String| {
        question.set(typed);
        at.set(0);
        open.set(true);
    };
    let found = move || !hits.read().is_empty();
    let active = move || found().then(|| option_id(at.get()));
    let said = move || match (open.get() && !question.read().trim().is_empty(), hits.read().len()) {
        (false, _) => String::new(),
        (true, 0) => "No field is called so or does so.".to_owned(),
        (true, 1) => "One field.".to_owned(),
        (true, count) => format!("{count} fields."),
    };
    view! {
        <div node_ref=frame class="field-search" on:focusout=move |event: ev::FocusEvent| if focus_leaves(frame, &event) { open.set(false) }>
            <div class="field-search-row">
                <div class="field">
                    <label class="field-label" for="field-search">"Find a field"</label>
                    <input
                        id="field-search"
                        class="input"
                        type="search"
                        role="combobox"
                        autocomplete="off"
                        spellcheck="false"
                        placeholder="open files, EFS, shared memory, GPU …"
                        aria-autocomplete="list"
                        aria-controls="field-search-list"
                        aria-expanded=move || found().to_string()
                        aria-activedescendant=active
                        data-filter=""
                        prop:value=move || question.get()
                        on:input:target=move |event| on_input(event.target().value())
                        on:focus=move |_| open.set(true)
                        on:keydown=on_key
                    />
                </div>
                <ContainerChoice container/>
            </div>
            <ul id="field-search-list" class="field-search-list" role="listbox" aria-label="Fields" class:is-empty=move || !found()>
                {move || hits.get().into_iter().enumerate().map(|(place, hit)| view! { <HitLine hit place at choose/> }).collect_view()}
            </ul>
            <p class="field-search-said" role="status">{said}</p>
        </div>
    }
}

fn option_id(place: usize) -> String {
    format!("field-search-{place}")
}

/// One field that was found.
#[component]
fn HitLine(
    hit: Hit,
    place: usize,
    at: RwSignal<usize>,
    #[prop(into)] choose: Callback<usize>,
) -> impl IntoView {
    let Hit { label, place: stands, about, set, .. } = hit;
    let set = set.then(|| view! { <span class="field-search-set">"set"</span> });
    // The press must not take the focus away from the box before the choice is made.
    view! {
        <li
            role="option"
            id=option_id(place)
            aria-selected=move || (at.get() == place).to_string()
            on:mousedown=move |event| event.prevent_default()
            on:mousemove=move |_| at.set(place)
            on:click=move |_| choose.run(place)
        >
            <span class="field-search-label">{label}</span>" "
            <span class="field-search-place">{stands}</span>" "{set}
            <span class="field-search-about">{about}</span>
        </li>
    }
}

/// Which container's fields are found, where there are several.
#[component]
fn ContainerChoice(container: RwSignal<String>) -> impl IntoView {
    let form = use_form();
    let names = Memo::new(move |_| {
        let name = |(at, item): (usize, &Value)| {
            let name = item.get("name").and_then(Value::as_str).filter(|name| !name.is_empty());
            (at.to_string(), name.map_or_else(|| format!("Container {}", at + 1), str::to_owned))
        };
        form.document.settled().with(|document| {
            document.items("containerDefinitions").iter().enumerate().map(name).collect::<Vec<_>>()
        })
    });
    let several = Memo::new(move |_| names.read().len() > 1);
    move || {
        several.get().then(|| view! {
            <div class="field-search-container">
                <SelectField path="field-search-container" label="In container" options=names value=container required=true/>
            </div>
        })
    }
}

/// What a key does in the box.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    /// Nothing of ours.
    Pass,
    /// Marks another field.
    To(usize),
    /// Goes to the marked field.
    Choose,
    /// Puts the list away.
    Close,
}

/// Enter never sends the form from here.
fn step(key: &str, at: usize, count: usize) -> Step {
    match key {
        "Enter" => Step::Choose,
        "Escape" => Step::Close,
        "ArrowDown" if count > 0 => Step::To((at + 1) % count),
        "ArrowUp" if count > 0 => Step::To((at + count - 1) % count),
        _ => Step::Pass,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_walk_round_the_fields() {
        for (key, at, count, wanted) in [
            ("ArrowDown", 0, 3, Step::To(1)),
            ("ArrowDown", 2, 3, Step::To(0)),
            ("ArrowUp", 0, 3, Step::To(2)),
            ("ArrowUp", 0, 0, Step::Pass),
            ("Enter", 0, 0, Step::Choose),
            ("Escape", 0, 0, Step::Close),
            ("a", 0, 3, Step::Pass),
        ] {
            assert_eq!(step(key, at, count), wanted, "{key} at {at} of {count}");
        }
    }
}
