//! Status pages.

use leptos::prelude::*;
use leptos_meta::Title;

use super::api::list_pages;
use super::table::{ORDERS, PagesTable};
use crate::layout::{ForRole, use_refusal_of_ecs};
use crate::links;
use crate::list_address::use_list_address;
use crate::list_frame::{ListFrame, StillBody};
use crate::team::model::Role;
use crate::ui::*;

/// Status pages.
#[component]
pub fn StatusPagesPage() -> impl IntoView {
    let address = use_list_address(links::STATUS_PAGES, &[], &ORDERS);
    let answer = address.ask(list_pages);
    view! {
        <Title text="Status pages"/>
        <PageHead title="Status pages">
            <LinkButton href=links::NEW_STATUS_PAGE kind=ButtonKind::Primary icon=IconName::Plus disabled_reason=use_refusal_of_ecs(Role::Administrator)>"Create status page"</LinkButton>
        </PageHead>
        <ForRole least=Role::Administrator title="You can't see the status pages" back=("Clusters", links::CLUSTERS)>
            <ListFrame
                address answer
                action=links::STATUS_PAGES
                noun=("status page", "status pages")
                back=("All status pages", links::STATUS_PAGES)
                filters=move || ()
                show=move |fresh| view! {
                    <StillBody
                        address
                        listing=fresh.value
                        table=move |rows| view! { <PagesTable address rows/> }
                        empty=|| view! {
                            <EmptyState
                                icon=IconName::Status
                                title="No status pages yet"
                                body="A status page tells anyone who has its link, in plain words, how the services you choose stand, and nothing else."
                            >
                                <LinkButton href=links::NEW_STATUS_PAGE icon=IconName::Plus disabled_reason=use_refusal_of_ecs(Role::Administrator)>"Create status page"</LinkButton>
                            </EmptyState>
                        }
                    />
                }
            />
        </ForRole>
    }
}
