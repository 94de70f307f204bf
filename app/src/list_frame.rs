//! The frame that every list page has: the filter bar, then the rows, or that there is nothing, or
//! that nothing matches, or why it can't be had.

use leptos::prelude::*;

use crate::asked::{Answer, Asked};
use crate::list_address::ListAddress;
use crate::list_order::OrderSelect;
use crate::listing::{ListMeta, Listing};
use crate::live::use_health;
use crate::reading::Fresh;
use crate::trouble::{AnswerTrouble, NotRead};
use crate::ui::*;

/// The bar and the rows of a list page, or their outline until the first answer is there.
///
/// Nothing outside of it may look at the answer: what waits there takes the whole page away.
#[component]
pub fn ListFrame<T, V>(
    /// The list's question.
    address: ListAddress,
    /// The list's own address, for the bar's form without WebAssembly.
    action: &'static str,
    /// What came back.
    answer: Asked<Fresh<Listing<T>>>,
    /// What is listed, as one and as many.
    noun: (&'static str, &'static str),
    /// The list to go back to in case of trouble: its name and address.
    back: (&'static str, &'static str),
    /// What the bar holds beside the words to search for.
    #[prop(into)]
    filters: ViewFn,
    /// The rows, once they are there.
    show: impl Fn(Fresh<Listing<T>>) -> V + Copy + Send + Sync + 'static,
) -> impl IntoView
where
    T: Answer,
    V: IntoView + 'static,
{
    let bar = move || {
        let filters = filters.clone();
        Suspend::new(async move {
            // The bar counts what came: the server's page would say 0 otherwise.
            answer.arrived().await;
            let counts = address.counts(answer);
            let count = move |of: fn(&ListMeta) -> usize| Signal::derive(move || counts.with(of));
            let (matched, total) = (count(|meta| meta.matched), count(|meta| meta.total));
            let ended = count(|meta| meta.ended);
            let alarm = address.alarm(counts.into());
            let clear_href = address.clear_href_if_narrowed();
            // Where there is nothing at all, there is nothing to filter.
            let idle = move || total.get() == 0 && clear_href.with(Option::is_none);
            view! {
                <div hidden=idle>
                    <FilterBar action text=address.text() on_text=address.on_text() matched total ended noun clear_href alarm>
                        {filters.run()}
                        <OrderSelect address/>
                    </FilterBar>
                </div>
            }
        })
    };
    view! {
        <Transition fallback=|| view! { <Skeleton bar=true/> }>
            {bar()}
            {move || Suspend::new(async move {
                match answer.await {
                    Ok(fresh) => show(fresh).into_any(),
                    Err(error) => {
                        let title = format!("The {} can't be shown", noun.1);
                        view! { <AnswerTrouble title error back/> }.into_any()
                    }
                }
            })}
        </Transition>
    }
}

/// What stands under a list's filter bar: the table with its pages, or that there is nothing, or
/// that nothing matches; the bar's counts follow. An order that the list does not have is named. The
/// table stays the same element while its rows change.
#[component]
pub fn ListBody(
    /// The list's question.
    address: ListAddress,
    /// The list's counts.
    meta: RwSignal<ListMeta>,
    /// The table.
    #[prop(into)]
    table: ViewFn,
    /// What to show while there is nothing to list.
    #[prop(into)]
    empty: ViewFn,
    /// Whether the rows are read of ECS: before the first reading nobody knows that there are none.
    #[prop(default = true)]
    of_ecs: bool,
) -> impl IntoView {
    address.follow(meta);
    let stands = Memo::new(move |_| meta.with(|meta| (meta.total > 0, meta.matched > 0)));
    let health = use_health();
    let unread = Memo::new(move |_| of_ecs && health.read().read_at.is_none());
    let unsorted = Memo::new(move |_| meta.read().unknown_sort);
    let pager = move |label: &'static str| {
        view! {
            <Pager
                label
                page=Signal::derive(move || meta.read().page)
                pages=Signal::derive(move || meta.read().pages)
                href_for=address.page_href()
            />
        }
    };
    view! {
        <div class="pager-above">{pager("Pages, above the list")}</div>
        {move || unsorted.get().then(|| view! {
            <Notice tone=Tone::Idle>{format!("There is no order “{}” here: the list stands in its own.", address.query().read_untracked().sort)}</Notice>
        })}
        {move || match stands.get() {
            (_, true) => table.run(),
            (true, false) => view! { <NoMatch clear_href=address.clear_href()/> }.into_any(),
            (false, false) if unread.get() => view! { <NotRead/> }.into_any(),
            (false, false) => empty.run(),
        }}
        {pager("Pages")}
    }
}

/// [`ListBody`] of what the console keeps itself: it changes by hand only, so nothing keeps the rows
/// fresh, and none of them waits for ECS.
#[component]
pub fn StillBody<T, V>(
    /// The list's question.
    address: ListAddress,
    /// The rows and their counts.
    listing: Listing<T>,
    /// The table of those rows.
    table: impl Fn(Vec<T>) -> V + Send + Sync + 'static,
    /// What to show while there is nothing to list.
    #[prop(optional, into)]
    empty: ViewFn,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let rows = StoredValue::new(listing.rows);
    let meta = RwSignal::new(listing.meta);
    view! { <ListBody address meta of_ecs=false table=move || table(rows.get_value()) empty/> }
}
