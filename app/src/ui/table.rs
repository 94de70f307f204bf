//! Tables for scanning: dense rows, sort in the address, a soft pulse on what just changed.

use std::time::Duration;

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// How long a changed row stays marked.
const PULSE_FOR: Duration = Duration::from_millis(2_500);

/// A region that scrolls sideways when its table is wider than the screen, also by keyboard. On
/// a phone rows fold into cards when their cells carry `data-label`.
#[component]
pub fn TableRegion(
    /// What the table lists.
    #[prop(into)]
    label: Signal<String>,
    /// `thead` and `tbody`.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="table-region" role="region" tabindex="0" aria-label=move || label.get()>
            <table class="table">{children()}</table>
        </div>
    }
}

/// Which way a column is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortDirection {
    /// Smallest or first letter on top.
    Ascending,
    /// Largest or last letter on top.
    Descending,
}

/// A column's head that sorts by it: a link, so the order lives in the address.
#[component]
pub fn SortHeader(
    /// The column's name.
    #[prop(into)]
    label: String,
    /// The address of the same list in the order that one press brings.
    #[prop(into)]
    href: Signal<String>,
    /// How it is sorted by this column now; none when by another.
    #[prop(into)]
    direction: Signal<Option<SortDirection>>,
    /// Whether the column holds numbers, which stand at the right.
    #[prop(optional)]
    numeric: bool,
) -> impl IntoView {
    let sorted = move || match direction.get() {
        Some(SortDirection::Ascending) => "ascending",
        Some(SortDirection::Descending) => "descending",
        None => "none",
    };
    view! {
        <th scope="col" class:numeric=numeric aria-sort=sorted>
            <a class="sort-link" href=move || href.get() data-noscroll="">
                <span>{label}</span>
                <span class="sort-marks">
                    <Icon name=IconName::ArrowUp/>
                    <Icon name=IconName::ArrowDown/>
                    <Icon name=IconName::ArrowsUpDown/>
                </span>
            </a>
        </th>
    }
}

/// True for a short while after `watched` took another value. For a row:
/// `class:row-changed=pulse_on_change(row.version)`.
pub fn pulse_on_change<T>(watched: Signal<T>) -> Signal<bool>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let pulsing = RwSignal::new(false);
    Effect::new(move |before: Option<T>| {
        let present = watched.get();
        if before.is_some_and(|before| before != present) {
            pulsing.set(true);
            set_timeout(
                move || {
                    pulsing.try_set(false);
                },
                PULSE_FOR,
            );
        }
        present
    });
    pulsing.into()
}
