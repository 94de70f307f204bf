//! How many of the wanted tasks run, as a number and as a short bar.

use leptos::prelude::*;

/// `3 / 4` with a bar of the wanted tasks: what runs in full, what is pending in outline. The bar
/// repeats the words and is hidden from assistive technology.
#[component]
pub fn CountBar(
    /// How many run.
    #[prop(into)]
    running: Signal<u32>,
    /// How many are wanted.
    #[prop(into)]
    desired: Signal<u32>,
    /// How many are on their way.
    #[prop(optional, into)]
    pending: Signal<u32>,
    /// Whether something is wrong although the count may be right: the bar then praises nothing.
    #[prop(optional, into)]
    doubtful: Signal<bool>,
) -> impl IntoView {
    let shares = Memo::new(move |_| shares(running.get(), pending.get(), desired.get()));
    let state = move || match (running.get(), desired.get()) {
        (0, 0) => "none",
        (running, desired) if running < desired => "short",
        (running, desired) if running > desired => "over",
        _ if doubtful.get() => "doubtful",
        _ => "full",
    };
    let title = move || {
        format!("{} running, {} pending, {} desired", running.get(), pending.get(), desired.get())
    };
    view! {
        <span class="count-bar" data-count=state title=title>
            <span class="count-words">
                {move || running.get()}<span class="count-of">" / "{move || desired.get()}</span>
            </span>
            <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <rect class="count-track" x="0" y="0" width="100" height="8"></rect>
                <rect class="count-pending" x="0" y="0" width=move || shares.get().1 height="8"></rect>
                <rect class="count-running" x="0" y="0" width=move || shares.get().0 height="8"></rect>
            </svg>
        </span>
    }
}

/// Where the running and the pending part end, in percent of what is wanted. Where nothing is
/// wanted, whatever is left fills the bar.
fn shares(running: u32, pending: u32, desired: u32) -> (u64, u64) {
    let (running, known) = (u64::from(running), u64::from(running) + u64::from(pending));
    let share = |count: u64| (count * 100 / u64::from(desired).max(1)).min(100);
    (share(running), share(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_leaves_its_track() {
        assert_eq!(shares(0, 0, 0), (0, 0));
        assert_eq!(shares(3, 1, 4), (75, 100));
        assert_eq!(shares(2, 0, 4), (50, 50));
        assert_eq!(shares(2, 1, 4), (50, 75));
        assert_eq!(shares(6, 2, 4), (100, 100));
        assert_eq!(shares(1, 0, 0), (100, 100));
        assert_eq!(shares(u32::MAX, u32::MAX, 1), (100, 100));
    }
}
