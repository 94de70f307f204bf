//! The question of a list page, kept in its address: links that sort and turn pages, handlers that
//! filter. One for every list, so that all of them read and behave alike.

use std::future::Future;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use crate::asked::{Answer, Asked, ask};
use crate::error::AppError;
use crate::links;
use crate::list_order::Orders;
use crate::listing::{ListMeta, ListQuery, Listing};
use crate::reading::Fresh;
use crate::ui::SortDirection;

/// The value of the filter `state` that stands for all states in which something needs a look.
pub const NEEDS_A_LOOK: &str = "needs-a-look";

/// A list's question and the ways to change it.
#[derive(Clone, Copy)]
pub struct ListAddress {
    path: Signal<String>,
    orders: &'static Orders,
    query: Memo<ListQuery>,
    go: Callback<(String, bool)>,
    live: RwSignal<Option<RwSignal<ListMeta>>>,
}

/// Reads the present address; `filters` names the filters this list knows, `orders` how it can be
/// sorted. `path` is the list's own address, to which it adds its question.
pub fn use_list_address(
    path: impl Into<Signal<String>>,
    filters: &'static [&'static str],
    orders: &'static Orders,
) -> ListAddress {
    let pairs = use_query_map();
    let query = Memo::new(move |_| {
        pairs.with(|pairs| {
            let one = |name: &'static str| Some((name, pairs.get_str(name)?));
            let names = ["q", "sort", "page"].into_iter();
            ListQuery::from_pairs(names.chain(filters.iter().copied()).filter_map(one), filters)
        })
    });
    let navigate = use_navigate();
    let go = Callback::new(move |(address, replace): (String, bool)| {
        let options = NavigateOptions { replace, scroll: false, ..Default::default() };
        navigate(&address, options);
    });
    ListAddress { path: path.into(), orders, query, go, live: RwSignal::new(None) }
}

impl ListAddress {
    /// The question.
    pub fn query(self) -> Memo<ListQuery> {
        self.query
    }

    /// Asks the question, and again each time it changes.
    pub fn ask<T, Fut>(
        self,
        load: impl Fn(ListQuery) -> Fut + Clone + Send + Sync + 'static,
    ) -> Asked<Fresh<Listing<T>>>
    where
        Fresh<Listing<T>>: Answer,
        Fut: Future<Output = Result<Fresh<Listing<T>>, AppError>> + Send + 'static,
    {
        ask(self.query, load)
    }

    /// The free text in force.
    pub fn text(self) -> Signal<String> {
        Signal::derive(move || self.query.read().q.clone())
    }

    /// The value of a filter in force; empty when there is none.
    pub fn filter(self, name: &'static str) -> Signal<String> {
        Signal::derive(move || self.query.read().filter(name).to_owned())
    }

    /// Takes over new free text. It replaces the entry in the browser's history: one step back
    /// leaves the list, however much was typed.
    pub fn on_text(self) -> Callback<String> {
        Callback::new(move |text: String| {
            let query = self.query.get_untracked();
            if query.q != text.trim() {
                self.go.run((self.address(&query.with_text(&text)), true));
            }
        })
    }

    /// Takes over a filter's new value.
    pub fn on_filter(self, name: &'static str) -> Callback<String> {
        Callback::new(move |value: String| {
            let query = self.query.get_untracked();
            if query.filter(name) != value {
                self.go.run((self.address(&query.with_filter(name, &value)), false));
            }
        })
    }

    /// How the list can be sorted.
    pub fn orders(self) -> &'static Orders {
        self.orders
    }

    /// The order in force, as it stands in the address; empty for the list's own.
    pub fn order(self) -> Signal<String> {
        Signal::derive(move || self.query.read().order())
    }

    /// Takes over another order.
    pub fn on_order(self) -> Callback<String> {
        Callback::new(move |order: String| {
            let query = self.query.get_untracked();
            if query.order() != order {
                self.go.run((self.address(&query.with_order(&order).with_page(1)), false));
            }
        })
    }

    /// The address of the same list sorted by a column, or the other way round.
    pub fn sort_href(self, column: &'static str) -> Signal<String> {
        Signal::derive(move || self.address(&self.in_order().sorted_by(column)))
    }

    /// The question with the order that the list stands in by itself spelled out.
    fn in_order(self) -> ListQuery {
        let query = self.query.get();
        match self.orders.like.filter(|_| query.sort.is_empty()) {
            Some(like) => query.with_order(like),
            None => query,
        }
    }

    /// How the list is sorted by a column now.
    pub fn direction(self, column: &'static str) -> Signal<Option<SortDirection>> {
        Signal::derive(move || {
            let query = self.in_order();
            (query.sort == column).then_some(if query.desc {
                SortDirection::Descending
            } else {
                SortDirection::Ascending
            })
        })
    }

    /// The address of another page of the list.
    pub fn page_href(self) -> Callback<usize, String> {
        Callback::new(move |page| self.address(&self.query.get().with_page(page)))
    }

    /// The address of the whole list in the same order.
    pub fn clear_href(self) -> Signal<String> {
        Signal::derive(move || {
            let query = self.query.get();
            self.address(&ListQuery { sort: query.sort, desc: query.desc, ..ListQuery::default() })
        })
    }

    /// [`Self::clear_href`], while anything narrows the list.
    pub fn clear_href_if_narrowed(self) -> Signal<Option<String>> {
        Signal::derive(move || {
            let narrowed = self.query.read().is_narrowed();
            narrowed.then(|| self.clear_href().get())
        })
    }

    /// How many rows need a look, with the list of those only; `None` when nothing does, or the list
    /// is narrowed to a state already.
    pub fn alarm(self, counts: Signal<ListMeta>) -> Signal<Option<(usize, String)>> {
        Signal::derive(move || {
            let (count, query) = (counts.read().alarming, self.query.get());
            let shown = count > 0 && query.filter("state").is_empty();
            shown.then(|| (count, self.address(&query.with_filter("state", NEEDS_A_LOOK))))
        })
    }

    /// From now on the counts are those of a live list.
    pub fn follow(self, meta: RwSignal<ListMeta>) {
        self.live.set(Some(meta));
    }

    /// The list's counts: as kept fresh, else as answered.
    pub fn counts<T: Answer>(self, answer: Asked<Fresh<Listing<T>>>) -> Memo<ListMeta> {
        self.counts_of(move || {
            answer.with(|answer| match answer {
                Some(Ok(fresh)) => fresh.value.meta,
                _ => ListMeta::default(),
            })
        })
    }

    /// The same, where the answer is part of another.
    pub fn counts_of(
        self,
        answered: impl Fn() -> ListMeta + Send + Sync + 'static,
    ) -> Memo<ListMeta> {
        Memo::new(move |_| {
            let answered = answered();
            let live = self.live.get().and_then(|live| live.try_get());
            live.unwrap_or(answered)
        })
    }

    fn address(self, query: &ListQuery) -> String {
        self.path.with(|path| links::list(path, query))
    }
}
