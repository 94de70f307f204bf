//! Short good news at the edge of the page. Never for trouble: that stays where it happened.

use std::time::Duration;

use leptos::prelude::*;

use super::{
    icon::{Icon, IconName},
    tone::Tone,
};

/// How long a toast stays.
const STAYS: Duration = Duration::from_secs(5);

/// One message in the queue.
#[derive(Clone, Debug)]
struct Toast {
    id: u64,
    tone: Tone,
    text: String,
}

/// Where toasts are put; copy it into handlers.
#[derive(Clone, Copy)]
pub struct ToastQueue {
    toasts: RwSignal<Vec<Toast>>,
    next_id: StoredValue<u64>,
}

impl ToastQueue {
    fn new() -> Self {
        Self { toasts: RwSignal::default(), next_id: StoredValue::new(0) }
    }

    /// Says for five seconds that something was done.
    pub fn success(self, text: impl Into<String>) {
        self.show(Tone::Good, text.into());
    }

    /// Says for five seconds how long work has ended; the page itself must show it too.
    pub fn show(self, tone: Tone, text: String) {
        let id = self.next_id.get_value();
        self.next_id.set_value(id + 1);
        self.toasts.update(|toasts| toasts.push(Toast { id, tone, text }));
        set_timeout(move || self.dismiss(id), STAYS);
    }

    fn dismiss(self, id: u64) {
        self.toasts.try_update(|toasts| toasts.retain(|toast| toast.id != id));
    }
}

/// Opens the page's queue of toasts. Call it once, above [`Toasts`] and every user of it.
pub fn provide_toasts() {
    provide_context(ToastQueue::new());
}

/// The page's queue of toasts. Take it while a component is being built, not in a handler. A
/// page without one gets a queue that nobody shows.
pub fn use_toasts() -> ToastQueue {
    use_context::<ToastQueue>().unwrap_or_else(ToastQueue::new)
}

/// The place where toasts appear. Place it once, at the end of the page.
#[component]
pub fn Toasts() -> impl IntoView {
    let queue = use_toasts();
    let toast = move |toast: Toast| {
        let id = toast.id;
        view! {
            <li class="toast" data-tone=toast.tone.key()>
                <Icon name=toast.tone.icon()/>
                <span>{toast.text}</span>
                <button type="button" class="icon-button" aria-label="Dismiss" on:click=move |_| queue.dismiss(id)>
                    <Icon name=IconName::Close/>
                </button>
            </li>
        }
    };
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <ul><For each=move || queue.toasts.get() key=|toast| toast.id children=toast/></ul>
        </div>
    }
}
