//! Asks before a form is left with something typed in it, whichever way leads out: a link, the
//! browser's history, a key of the console's, or the end of the tab, for which browsers ask in words
//! of their own.

#[cfg(feature = "hydrate")]
mod ways;

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::location::Location;

use super::dialog::ConfirmDialog;

/// Where somebody wants to go.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only browsers go back and out"))]
pub(super) enum Way {
    /// One step back in the browser's history.
    Back,
    /// To a page of this console.
    Page(String),
    /// To an address that the browser opens as a new document.
    Document(String),
}

/// A form, or a part of one.
#[derive(Clone)]
struct Form {
    /// Whether it holds something that would be lost.
    changed: Memo<bool>,
    /// The address of its page, without a place in the page.
    address: String,
}

/// The forms in sight, and the way that waits for an answer.
#[derive(Clone, Copy)]
pub(super) struct Leaving {
    forms: StoredValue<Vec<Form>>,
    way: StoredValue<Option<Way>>,
    asking: RwSignal<bool>,
}

/// Lends the question to the pages. Call it before the router is made: whoever listens to the
/// browser's history first is told of it first.
pub(super) fn provide_leaving() {
    let leaving = Leaving {
        forms: StoredValue::new(Vec::new()),
        way: StoredValue::new(None),
        asking: RwSignal::new(false),
    };
    provide_context(leaving);
    #[cfg(feature = "hydrate")]
    ways::watch(leaving);
}

/// Asks before the present page is left while `changed`, until the caller goes.
pub fn ask_before_leaving(changed: Memo<bool>) {
    let Some(Leaving { forms, .. }) = use_context::<Leaving>() else { return };
    let form = Form { changed, address: address(&use_location()) };
    forms.update_value(|forms| forms.push(form));
    on_cleanup(move || {
        forms.try_update_value(|forms| forms.retain(|form| form.changed != changed));
    });
}

/// The question. Place it once, below the router.
#[component]
pub fn LeaveQuestion() -> impl IntoView {
    let navigate = use_navigate();
    use_context::<Leaving>().map(|leaving| {
        let leave = move |()| match leaving.give_up() {
            // Each fails only in a document that is not shown any more.
            Some(Way::Back) => drop(window().history().and_then(|history| history.back())),
            Some(Way::Document(address)) => drop(window().location().set_href(&address)),
            Some(Way::Page(address)) => navigate(&address, Default::default()),
            None => {}
        };
        view! {
            <ConfirmDialog
                open=leaving.asking
                title="Leave this form?"
                confirm_label="Leave"
                cancel_label="Stay"
                danger=true
                on_confirm=leave
            >
                <p>"What you typed is lost."</p>
            </ConfirmDialog>
        }
    })
}

impl Leaving {
    /// Asks, if a form in sight would be lost; whoever wants to go waits then.
    pub(super) fn asks(self, way: Way) -> bool {
        let held = self.held_at().is_some();
        if held {
            self.ask(way);
        }
        held
    }

    fn ask(self, way: Way) {
        self.way.set_value(Some(way));
        self.asking.set(true);
    }

    /// The address of a form in sight that would be lost.
    fn held_at(self) -> Option<String> {
        self.forms.with_value(|forms| {
            let held = forms.iter().find(|form| form.changed.try_get_untracked() == Some(true));
            held.map(|form| form.address.clone())
        })
    }

    /// The forms are given up: nothing asks again on the way out, which is handed back.
    fn give_up(self) -> Option<Way> {
        self.forms.set_value(Vec::new());
        self.asking.set(false);
        self.way.try_update_value(Option::take).flatten()
    }
}

/// The address of the page that the router shows, without a place in the page.
fn address(here: &Location) -> String {
    let (path, search) = (here.pathname.get_untracked(), here.search.get_untracked());
    if search.is_empty() { path } else { format!("{path}?{search}") }
}
