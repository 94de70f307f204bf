//! The way to the drafts, with their number.

use leptos::prelude::*;

use super::api::list_drafts;
use crate::layout::use_role;
use crate::links;
use crate::team::model::Role;
use crate::ui::*;

/// A link to the member's drafts: `Drafts (3)`. Nothing for those who can't have any.
#[component]
pub fn DraftsLink() -> impl IntoView {
    (use_role() >= Role::Operator).then(|| {
        let drafts = Resource::new_blocking(|| (), |()| list_drafts());
        view! {
            <Transition fallback=|| view! { <LinkButton href=links::DRAFTS>"Drafts"</LinkButton> }>
                {move || Suspend::new(async move {
                    let words = match drafts.await.map(|drafts| drafts.len()) {
                        Ok(count @ 1..) => format!("Drafts ({count})"),
                        _ => "Drafts".to_owned(),
                    };
                    view! { <LinkButton href=links::DRAFTS>{words}</LinkButton> }
                })}
            </Transition>
        }
    })
}
