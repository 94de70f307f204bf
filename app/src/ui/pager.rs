//! Pages of a long list, as links.

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// Links to the pages of a list, counted from 1. Nothing is shown while there is only one.
#[component]
pub fn Pager(
    /// The page being read.
    #[prop(into)]
    page: Signal<usize>,
    /// How many there are.
    #[prop(into)]
    pages: Signal<usize>,
    /// The address of a page.
    #[prop(into)]
    href_for: Callback<usize, String>,
    /// What tells it from another one on the page.
    #[prop(default = "Pages")]
    label: &'static str,
) -> impl IntoView {
    let step = move |to: Option<usize>, words: &'static str, icon: IconName| {
        let inside = view! { <Icon name=icon/><span class="visually-hidden">{words}</span> };
        match to {
            Some(to) => view! { <li><a href=href_for.run(to)>{inside}</a></li> }.into_any(),
            None => view! { <li><span class="pager-off">{inside}</span></li> }.into_any(),
        }
    };
    let number = move |slot: Option<usize>, current: usize| match slot {
        Some(to) => view! {
            <li>
                <a href=href_for.run(to) aria-current=(to == current).then_some("page")>
                    <span class="visually-hidden">"Page "</span>{to}
                </a>
            </li>
        }
        .into_any(),
        None => view! { <li class="pager-gap" aria-hidden="true">"…"</li> }.into_any(),
    };
    move || {
        let (page, pages) = (page.get(), pages.get());
        (pages > 1).then(|| {
            let before = (page > 1).then(|| page - 1);
            let after = (page < pages).then(|| page + 1);
            view! {
                <nav class="pager" aria-label=label>
                    <ul>
                        {step(before, "Previous page", IconName::ChevronLeft)}
                        {window(page, pages).into_iter().map(|slot| number(slot, page)).collect_view()}
                        {step(after, "Next page", IconName::ChevronRight)}
                    </ul>
                </nav>
            }
        })
    }
}

/// Which pages to show: the ends, the present one and its neighbours; none stands for a gap. A
/// gap never hides a single page, and the width stays within seven slots.
fn window(page: usize, pages: usize) -> Vec<Option<usize>> {
    if pages <= 7 {
        return (1..=pages).map(Some).collect();
    }
    let first = page.saturating_sub(1).clamp(3, pages - 4);
    let (from, to) = match page {
        ..=4 => (2, 5),
        _ if page + 3 >= pages => (pages - 4, pages - 1),
        _ => (first, first + 2),
    };
    let mut slots = vec![Some(1)];
    if from > 2 {
        slots.push(None);
    }
    slots.extend((from..=to).map(Some));
    if to < pages - 1 {
        slots.push(None);
    }
    slots.push(Some(pages));
    slots
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(page: usize, pages: usize) -> String {
        let slot = |slot: Option<usize>| slot.map_or("..".to_owned(), |page| page.to_string());
        window(page, pages).into_iter().map(slot).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn shows_the_ends_and_the_neighbours() {
        assert_eq!(drawn(1, 1), "1");
        assert_eq!(drawn(3, 7), "1 2 3 4 5 6 7");
        assert_eq!(drawn(1, 20), "1 2 3 4 5 .. 20");
        assert_eq!(drawn(4, 20), "1 2 3 4 5 .. 20");
        assert_eq!(drawn(5, 20), "1 .. 4 5 6 .. 20");
        assert_eq!(drawn(16, 20), "1 .. 15 16 17 .. 20");
        assert_eq!(drawn(17, 20), "1 .. 16 17 18 19 20");
        assert_eq!(drawn(20, 20), "1 .. 16 17 18 19 20");
        assert_eq!(drawn(4, 8), "1 2 3 4 5 .. 8");
        assert_eq!(drawn(5, 8), "1 .. 4 5 6 7 8");
    }

    #[test]
    fn always_holds_the_page_being_read() {
        for pages in 1..40 {
            for page in 1..=pages {
                let slots = window(page, pages);
                assert!(slots.contains(&Some(page)), "{page} of {pages}");
                assert!(slots.len() <= 7, "{page} of {pages}");
            }
        }
    }
}
