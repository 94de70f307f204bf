//! Relative times that tick together: one clock and one timer for the whole page.

use std::time::Duration;

use leptos::prelude::*;

use crate::timestamp::Timestamp;

/// What has happened longer ago than this reads in minutes and follows the slow beat.
const FRESH_MS: i64 = 60_000;
/// Beats of the timer, in seconds, between two slow ones.
const SLOW_BEAT: u32 = 10;

/// The page's clock: one signal that moves each second, and one for whatever reads in minutes.
#[derive(Clone, Copy)]
struct Now {
    fast: RwSignal<Timestamp>,
    slow: RwSignal<Timestamp>,
}

/// Starts the page's clock. The server's `initial` travels with the page, so that the browser's
/// first words are the server's; from there on the browser's own clock only says how much time
/// has passed, which keeps ages right on a machine whose clock is wrong.
pub fn provide_now(initial: Timestamp) {
    let start = SharedValue::new(move || initial).into_inner();
    let now = Now { fast: RwSignal::new(start), slow: RwSignal::new(start) };
    provide_context(now);
    Effect::new(move |_| tick(now, start));
}

/// The present moment, moving each second in the browser and standing still on the server.
/// Without a clock above it stands at 1970, where every age reads "now".
pub fn use_now() -> Signal<Timestamp> {
    use_context::<Now>().map(|now| now.fast.into()).unwrap_or_default()
}

#[cfg(feature = "hydrate")]
fn tick(now: Now, start: Timestamp) {
    let opened_ms = js_sys::Date::now();
    let beats = std::cell::Cell::new(0_u32);
    let timer = set_interval_with_handle(
        move || {
            let passed_ms = (js_sys::Date::now() - opened_ms).max(0.0) as i64;
            let present = start.plus_ms(passed_ms);
            now.fast.set(present);
            beats.set(beats.get().wrapping_add(1));
            // A tab that was asleep has missed beats: catch up at once.
            let behind = present.ms_since(now.slow.get_untracked());
            if beats.get().is_multiple_of(SLOW_BEAT) || behind > FRESH_MS {
                now.slow.set(present);
            }
        },
        Duration::from_secs(1),
    );
    if let Ok(timer) = timer {
        on_cleanup(move || timer.clear());
    }
}

#[cfg(not(feature = "hydrate"))]
fn tick(_: Now, _: Timestamp) {
    let _ = (Duration::from_secs(1), SLOW_BEAT);
}

/// The present for something of the given moment: each second while it is fresh, else slowly.
fn present_for(now: Option<Now>, at: Timestamp) -> Timestamp {
    let Some(now) = now else { return at };
    let slow = now.slow.get();
    if slow.ms_since(at) > FRESH_MS { slow } else { now.fast.get() }
}

/// How long ago something happened; the exact time stands in its title.
#[component]
pub fn TimeAgo(
    /// The moment.
    #[prop(into)]
    at: Signal<Timestamp>,
) -> impl IntoView {
    let now = use_context::<Now>();
    let text = Memo::new(move |_| at.get().ago(present_for(now, at.get())));
    view! {
        <time class="time" datetime=move || at.get().rfc3339() title=move || at.get().exact()>
            {move || text.get()}
        </time>
    }
}

/// How long something took, or has taken until now while `to` is missing.
#[component]
pub fn Span(
    /// Its start.
    #[prop(into)]
    from: Signal<Timestamp>,
    /// Its end; none while it goes on.
    #[prop(optional, into)]
    to: Signal<Option<Timestamp>>,
) -> impl IntoView {
    let now = use_context::<Now>();
    let text = Memo::new(move |_| {
        let end = to.get().unwrap_or_else(|| present_for(now, from.get()));
        end.span_since(from.get())
    });
    let title = move || match to.get() {
        Some(to) => format!("{} to {}", from.get().exact(), to.exact()),
        None => format!("since {}", from.get().exact()),
    };
    view! { <span class="time" title=title>{move || text.get()}</span> }
}
