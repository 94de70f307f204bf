//! Status pages.

use leptos::prelude::*;
use leptos_meta::Title;

use super::api::list_pages;
use super::model::PageRow;
use super::table::PagesTable;
use crate::links;
use crate::list_address::{ListAddress, ListBody, use_list_address};
use crate::listing::Listing;
use crate::trouble::AnswerTrouble;
use crate::ui::*;

/// Status pages.
#[component]
pub fn StatusPagesPage() -> impl IntoView {
    let address = use_list_address(links::STATUS_PAGES, &[]);
    let answer = address.ask(list_pages);
    let (matched, total) = address.counts(answer);
    view! {
        <Title text="Status pages"/>
        <PageHead title="Status pages">
            <LinkButton href=links::NEW_STATUS_PAGE kind=ButtonKind::Primary icon=IconName::Plus>"Create status page"</LinkButton>
        </PageHead>
        <Transition fallback=|| view! { <Skeleton/> }>
            <FilterBar
                action=links::STATUS_PAGES
                text=address.text()
                on_text=address.on_text()
                matched total
                noun=("status page", "status pages")
                clear_href=address.clear_href_if_narrowed()
            />
            {move || Suspend::new(async move {
                match answer.await {
                    Ok(fresh) => view! { <Answer address listing=fresh.value/> }.into_any(),
                    Err(error) => view! {
                        <AnswerTrouble title="The status pages can't be shown" error back=("All status pages", links::STATUS_PAGES)/>
                    }.into_any(),
                }
            })}
        </Transition>
    }
}

/// The rows. They change by hand only, so nothing keeps them fresh.
#[component]
fn Answer(address: ListAddress, listing: Listing<PageRow>) -> impl IntoView {
    let rows = StoredValue::new(listing.rows);
    let meta = RwSignal::new(listing.meta);
    address.follow(meta);
    view! {
        <ListBody
            address
            meta
            table=move || view! { <PagesTable address rows=rows.get_value()/> }
            empty=|| view! {
                <EmptyState
                    icon=IconName::Status
                    title="No status pages yet"
                    body="A status page tells anyone who has its link, in plain words, how the services you choose stand, and nothing else."
                >
                    <LinkButton href=links::NEW_STATUS_PAGE kind=ButtonKind::Primary icon=IconName::Plus>"Create status page"</LinkButton>
                </EmptyState>
            }
        />
    }
}
