//! The table of status pages.

use leptos::prelude::*;

use super::link::absolute;
use super::model::PageRow;
use crate::links;
use crate::list_address::ListAddress;
use crate::list_order::{OrderHead, Orders};
use crate::ui::*;

/// How the list can be sorted.
pub(super) const ORDERS: Orders = Orders {
    own: "Newest first",
    like: None,
    columns: &[
        ("title", "Title"),
        ("published", "State"),
        ("services", "Services"),
        ("changed", "Changed"),
    ],
};

/// Rows with title, publication, size, age and link.
#[component]
pub(super) fn PagesTable(
    /// The list's question, for the heads that sort.
    address: ListAddress,
    /// The rows.
    rows: Vec<PageRow>,
) -> impl IntoView {
    view! {
        <TableRegion label="Status pages">
            <thead><tr>
                <OrderHead address column="title"/>
                <OrderHead address column="published"/>
                <OrderHead address column="services" numeric=true/>
                <OrderHead address column="changed"/>
                <th scope="col">"Link"</th>
            </tr></thead>
            <tbody>{rows.into_iter().map(|row| view! { <PageLine row/> }).collect_view()}</tbody>
        </TableRegion>
    }
}

#[component]
fn PageLine(row: PageRow) -> impl IntoView {
    let (tone, label) = published_mark(row.published);
    let slug = row.slug.clone();
    let public = links::public_status(&row.slug);
    let title = row.title.clone();
    view! {
        <tr>
            <th scope="row"><a href=links::status_page(row.id)>{row.title}</a></th>
            <td data-label="State"><StatusMark tone label/></td>
            <td data-label="Services" class="numeric">{row.services}</td>
            <td data-label="Changed"><TimeAgo at=row.updated_at/></td>
            <td data-label="Link">
                <span class="cluster-row">
                    {if row.published {
                        view! { <a href=public target="_blank" rel="noopener external">"Open"<span class="visually-hidden">" "{title.clone()}</span></a> }.into_any()
                    } else {
                        view! { <a href=links::status_page_preview(row.id)>"Preview"<span class="visually-hidden">" "{title.clone()}</span></a> }.into_any()
                    }}
                    <CopyButton text=absolute(Signal::stored(slug)) label=format!("link of {title}")/>
                </span>
            </td>
        </tr>
    }
}

/// Whether a page is published, as tone and words.
pub(super) fn published_mark(published: bool) -> (Tone, &'static str) {
    if published { (Tone::Good, "Published") } else { (Tone::Idle, "Not published") }
}
