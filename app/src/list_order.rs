//! The orders a list can stand in: as heads of its columns where there is room for them, and as one
//! choice where rows have folded into cards.

use leptos::prelude::*;

use crate::list_address::ListAddress;
use crate::ui::*;

/// The orders of a list.
#[derive(Debug)]
pub struct Orders {
    /// Its own order in words, as a choice: `Cluster, then name`.
    pub own: &'static str,
    /// The column whose order its own is like, if there is one.
    pub like: Option<&'static str>,
    /// The columns to sort by: their names in the address and as people read them.
    pub columns: &'static [(&'static str, &'static str)],
}

impl Orders {
    /// A list that stands in its own order only.
    pub const NONE: Self = Self { own: "", like: None, columns: &[] };

    /// A column as people read it.
    fn label(&self, column: &'static str) -> &'static str {
        self.columns.iter().find(|(name, _)| *name == column).map_or(column, |(_, label)| label)
    }

    /// Every order as a choice, as it stands in the address.
    fn options(&self) -> Vec<(String, String)> {
        let both_ways = |(name, label): &(&str, &str)| {
            [
                ((*name).to_owned(), format!("{label}, ascending")),
                (format!("-{name}"), format!("{label}, descending")),
            ]
        };
        with_any(self.own, self.columns.iter().flat_map(both_ways))
    }
}

/// The head of a column that the list can be sorted by.
#[component]
pub fn OrderHead(
    /// The list's question.
    address: ListAddress,
    /// The column's name in the address.
    column: &'static str,
    /// Whether the column holds numbers, which stand at the right.
    #[prop(optional)]
    numeric: bool,
) -> impl IntoView {
    let label = address.orders().label(column);
    view! {
        <SortHeader label href=address.sort_href(column) direction=address.direction(column) numeric/>
    }
}

/// All orders as one choice. It shows itself only where the heads do not; a form that is sent
/// without WebAssembly keeps the order by it everywhere.
#[component]
pub fn OrderSelect(
    /// The list's question.
    address: ListAddress,
) -> impl IntoView {
    let orders = address.orders();
    (!orders.columns.is_empty()).then(|| {
        view! {
            <div class="filter-order">
                <FilterSelect
                    name="sort" label="Order" options=orders.options()
                    value=address.order() on_change=address.on_order()
                />
            </div>
        }
    })
}
