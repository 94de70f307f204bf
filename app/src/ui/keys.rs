//! Keyboard shortcuts: `/` for the filter, `?` for the list of keys, `g` and a letter to go.

use leptos::{ev, prelude::*};
use leptos_router::hooks::use_navigate;

use super::{
    browser,
    dialog::Dialog,
    leaving::{Leaving, Way},
};

/// How long after `g` the second letter counts.
const CHORD_MS: f64 = 1_500.0;

/// What a key press asks for.
#[derive(Debug, PartialEq, Eq)]
enum Press {
    /// Go to the address of this place in the list.
    Go(usize),
    /// Focus the page's filter.
    Filter,
    /// Show the keys.
    Keys,
    /// Nothing of ours.
    Nothing,
}

/// Two-key chords, between their first and second key.
#[derive(Clone, Copy, Debug, Default)]
struct Chords {
    first: Option<(char, f64)>,
}

impl Chords {
    /// Takes one key at a time in milliseconds. `chords` are written as `"g s"`.
    fn press(&mut self, key: &str, at_ms: f64, chords: &[&str]) -> Press {
        let mut letters = key.chars();
        let (Some(letter), None) = (letters.next(), letters.next()) else {
            return Press::Nothing;
        };
        if let Some((first, since_ms)) =
            self.first.take().filter(|(_, since)| at_ms - since < CHORD_MS)
        {
            let _ = since_ms;
            let typed = format!("{first} {letter}");
            if let Some(place) = chords.iter().position(|chord| *chord == typed) {
                return Press::Go(place);
            }
        }
        match letter {
            '/' => Press::Filter,
            '?' => Press::Keys,
            _ => {
                let starts = chords.iter().any(|chord| chord.starts_with(letter));
                self.first = starts.then_some((letter, at_ms));
                Press::Nothing
            }
        }
    }
}

/// Listens for the console's shortcuts until the caller goes. They rest in forms and whatever else
/// takes keys, while a dialog or menu is open, and with Ctrl, Alt or Meta held. Call it below the
/// router.
pub fn install_shortcuts(go: Vec<(&'static str, String)>, keys_open: RwSignal<bool>) {
    let (navigate, leaving) = (use_navigate(), use_context::<Leaving>());
    let go = StoredValue::new(go);
    let state = StoredValue::new(Chords::default());
    Effect::new(move |_| {
        let navigate = navigate.clone();
        let listener = window_event_listener(ev::keydown, move |event| {
            if event.default_prevented()
                || event.ctrl_key()
                || event.alt_key()
                || event.meta_key()
                || is_taken(&event)
            {
                return;
            }
            let chords: Vec<&str> =
                go.with_value(|go| go.iter().map(|(chord, _)| *chord).collect());
            let pressed = state
                .try_update_value(|state| state.press(&event.key(), event.time_stamp(), &chords));
            match pressed.unwrap_or(Press::Nothing) {
                Press::Go(place) => {
                    event.prevent_default();
                    let href = go.with_value(|go| go.get(place).map(|(_, href)| href.clone()));
                    let waits = |href: &String| {
                        leaving.is_some_and(|leaving| leaving.asks(Way::Page(href.clone())))
                    };
                    if let Some(href) = href.filter(|href| !waits(href)) {
                        navigate(&href, Default::default());
                    }
                }
                Press::Filter => {
                    if browser::focus_now("[data-filter]") {
                        event.prevent_default();
                    }
                }
                Press::Keys => keys_open.set(true),
                Press::Nothing => {}
            }
        });
        on_cleanup(move || listener.remove());
    });
}

/// What takes keys itself. A form is more than its inputs: who has just pressed a button in it may
/// type on. The filter of a list is a form too, but only its inputs take keys.
const TAKES_KEYS: &str = "form:not([role=search]), input:not([type=checkbox], [type=radio]), \
     textarea, select, [contenteditable], [data-takes-keys]";
/// What takes every key while it is open, wherever the focus is.
const ON_TOP: &str = "dialog[open], [popover]:popover-open";

/// Whether the key is meant for something else than the page as a whole.
fn is_taken(event: &ev::KeyboardEvent) -> bool {
    use leptos::{wasm_bindgen::JsCast, web_sys::Element};
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest(TAKES_KEYS).ok().flatten().is_some())
        || document().query_selector(ON_TOP).ok().flatten().is_some()
}

/// The list of keys, opened by `?`.
#[component]
pub fn KeysDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Keys, as they are typed, with what they do.
    keys: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    let row = |(keys, what): (&'static str, &'static str)| {
        let caps = keys.split(' ').map(|key| view! { <kbd>{key}</kbd> }).collect_view();
        view! { <div class="keys-row"><dt>{caps}</dt><dd>{what}</dd></div> }
    };
    view! {
        <Dialog open title="Keyboard shortcuts">
            <dl class="keys">{keys.into_iter().map(row).collect_view()}</dl>
        </Dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHORDS: [&str; 2] = ["g c", "g s"];

    #[test]
    fn a_chord_is_two_keys_in_time() {
        let mut keys = Chords::default();
        assert_eq!(keys.press("g", 0.0, &CHORDS), Press::Nothing);
        assert_eq!(keys.press("s", 900.0, &CHORDS), Press::Go(1));
        assert_eq!(keys.press("s", 1_000.0, &CHORDS), Press::Nothing);
        keys.press("g", 2_000.0, &CHORDS);
        assert_eq!(keys.press("c", 4_000.0, &CHORDS), Press::Nothing);
    }

    #[test]
    fn a_wrong_second_key_is_a_first_key_again() {
        let mut keys = Chords::default();
        keys.press("g", 0.0, &CHORDS);
        assert_eq!(keys.press("g", 100.0, &CHORDS), Press::Nothing);
        assert_eq!(keys.press("c", 200.0, &CHORDS), Press::Go(0));
        keys.press("g", 300.0, &CHORDS);
        assert_eq!(keys.press("?", 400.0, &CHORDS), Press::Keys);
        assert_eq!(keys.press("/", 500.0, &CHORDS), Press::Filter);
        assert_eq!(keys.press("Shift", 600.0, &CHORDS), Press::Nothing);
    }
}
