//! One container: a line that tells it while it is folded, its tools, and its fields.

use berth_definition::together::line;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use serde_json::{Value, json};

use super::container::Cards;
use super::container_fields::ContainerFields;
use super::jump::use_jump;
use super::lens::use_form;
use crate::ui::*;

/// The card of the container with a key.
#[component]
pub(super) fn ContainerCard(cards: Cards, key: usize) -> impl IntoView {
    let form = use_form();
    let items = cards.items;
    let place = items.place(key);
    let container = items.item_path(place);
    let name = form.value(items.member_path(place, "name"));
    let heading = Memo::new(move |_| {
        let name = name.get();
        if name.is_empty() { format!("Container {}", place.get().saturating_add(1)) } else { name }
    });
    let folded = Memo::new(move |_| cards.folded.read().contains(&key));
    // Once built the fields stay, so that nothing half typed goes with the folding.
    let built = Memo::new(move |was: Option<&bool>| was.copied().unwrap_or(false) || !folded.get());
    let told = Memo::new(move |_| {
        if !folded.get() {
            return String::new();
        }
        form.document.with_value(&container.read(), |value| value.map(line).unwrap_or_default())
    });
    let errors = errors_below(container);
    unfold_for_what_is_in_it(cards, key, container, errors);
    let toggle = move |_| {
        cards.folded.update(|folded| {
            if !folded.remove(&key) {
                folded.insert(key);
            }
        });
    };
    let body_id = move || format!("{}-fields", container.read());
    let trouble = move || {
        Some(errors.get()).filter(|count| *count > 0 && folded.get()).map(|count| view! {
            <span class="index-errors"><Icon name=IconName::Warn/>{format!("{count} to mend")}</span>
        })
    };
    view! {
        <article class="container-card" class:is-folded=move || folded.get() on:keydown=move |event| move_by_key(cards, place, &event)>
            <header>
                <h3 class="container-name">
                    <button
                        type="button"
                        class="fold-button mono"
                        id=move || format!("{}-card", container.read())
                        aria-expanded=move || (!folded.get()).to_string()
                        aria-controls=body_id
                        on:click=toggle
                    >
                        <Icon name=IconName::ChevronRight/>
                        {heading}
                    </button>
                </h3>
                {trouble}
                <ContainerTools cards place name=heading/>
                {move || folded.get().then(|| view! { <p class="container-line">{told}</p> })}
            </header>
            <div id=body_id hidden=move || folded.get()>
                {move || built.get().then(|| view! { <ContainerFields container/> })}
            </div>
        </article>
    }
}

/// Unfolds the card when something in it goes wrong, and when somebody goes to one of its fields.
fn unfold_for_what_is_in_it(
    cards: Cards,
    key: usize,
    container: Signal<String>,
    errors: Memo<usize>,
) {
    Effect::new(move |before: Option<usize>| {
        let errors = errors.get();
        // What has just gone wrong is not hidden; what was wrong from the start is counted.
        if before == Some(0) && errors > 0 {
            cards.unfold(key);
        }
        errors
    });
    let jump = use_jump();
    Effect::new(move |_| {
        let below = format!("{}.", container.get_untracked());
        if jump.target().read().as_ref().is_some_and(|target| target.starts_with(&below)) {
            cards.unfold(key);
        }
    });
}

/// Alt with an arrow moves the container whose card has the focus.
fn move_by_key(cards: Cards, place: Memo<usize>, event: &KeyboardEvent) {
    let moves = event.alt_key() && !event.ctrl_key() && !event.meta_key();
    if !moves || event.default_prevented() {
        return;
    }
    let at = place.get_untracked();
    let to = match event.key().as_str() {
        "ArrowUp" => at.checked_sub(1),
        "ArrowDown" => Some(at + 1).filter(|to| *to <= cards.items.last_place()),
        _ => return,
    };
    event.prevent_default();
    if let Some(to) = to {
        cards.items.shift(at, to);
        focus_in_row(cards.list, to, ".fold-button");
        announce(&format!("Moved to place {}", to + 1));
    }
}

/// Move, duplicate, remove.
#[component]
fn ContainerTools(cards: Cards, place: Memo<usize>, name: Memo<String>) -> impl IntoView {
    let (items, list) = (cards.items, cards.list);
    let only = Signal::derive(move || {
        (items.count() <= 1).then(|| "A task has one container at least.".to_owned())
    });
    let first = Signal::derive(move || (place.get() == 0).then(|| "It is the first.".to_owned()));
    let last = Signal::derive(move || {
        (place.get().saturating_add(1) >= items.count()).then(|| "It is the last.".to_owned())
    });
    let shift = move |to: usize, pressed: &'static str| {
        items.shift(place.get_untracked(), to);
        focus_in_row(list, to, pressed);
    };
    let up = move |()| shift(place.get_untracked().saturating_sub(1), "[data-moves=up]");
    let down = move |()| shift(place.get_untracked().saturating_add(1), "[data-moves=down]");
    let double = move |()| {
        let at = place.get_untracked();
        if let Some(item) = items.item(at) {
            items.insert(at.saturating_add(1), copy_of(item));
            focus_row(list, at.saturating_add(1));
        }
    };
    let remove = move |()| cards.remove(place.get_untracked(), name.get_untracked());
    // To who goes through the buttons of a page, those of all containers would be one.
    let of =
        move || name.with(|name| if name.is_empty() { String::new() } else { format!(" {name}") });
    view! {
        <span class="cluster-row">
            <Button kind=ButtonKind::Quiet icon=IconName::ArrowUp disabled_reason=first attr:data-moves="up" attr:aria-keyshortcuts="Alt+ArrowUp" on_press=up><span class="visually-hidden">"Move up"{of}</span></Button>
            <Button kind=ButtonKind::Quiet icon=IconName::ArrowDown disabled_reason=last attr:data-moves="down" attr:aria-keyshortcuts="Alt+ArrowDown" on_press=down><span class="visually-hidden">"Move down"{of}</span></Button>
            <Button kind=ButtonKind::Quiet icon=IconName::Copy disabled_reason=cards.full on_press=double>"Duplicate"<span class="visually-hidden">{of}</span></Button>
            <Button kind=ButtonKind::Quiet icon=IconName::Trash disabled_reason=only attr:data-removes="" on_press=remove>"Remove"<span class="visually-hidden">{of}</span></Button>
        </span>
    }
}

/// A copy that can stand beside the original: containers have different names, and port names are
/// unique in a task.
fn copy_of(mut container: Value) -> Value {
    let name = container.get("name").and_then(Value::as_str).unwrap_or_default();
    if !name.is_empty() {
        container["name"] = json!(format!("{name}-copy"));
    }
    if let Some(ports) = container.get_mut("portMappings").and_then(Value::as_array_mut) {
        for port in ports.iter_mut().filter_map(Value::as_object_mut) {
            port.shift_remove("name");
        }
    }
    container
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_can_stand_beside_the_original() {
        let copy = copy_of(
            json!({"name": "app", "portMappings": [{"containerPort": 80, "name": "web"}], "x": 1}),
        );
        assert_eq!(
            copy,
            json!({"name": "app-copy", "portMappings": [{"containerPort": 80}], "x": 1})
        );
        assert_eq!(copy_of(json!({"name": ""})), json!({"name": ""}));
    }
}
