//! A status page as the public sees it, or would see it: for administrators.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::api::preview_page;
use super::public::PublicStatus;
use super::public_parts::{Hearing, StatusContent};
use crate::links;
use crate::trouble::AnswerTrouble;
use crate::ui::*;

/// The preview of a status page.
#[component]
pub fn StatusPagePreviewPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| page_id(params.read().get("id")));
    let status = Resource::new_blocking(move || id.get(), preview_page);
    view! {
        <Transition fallback=|| view! { <Skeleton/> }>
            {move || Suspend::new(async move {
                match status.await {
                    Ok(status) => view! { <Preview id=id.get_untracked() status/> }.into_any(),
                    Err(error) => view! {
                        <Title text="Status page"/>
                        <PageHead title="Status page" crumbs=vec![Crumb::new("Status pages", links::STATUS_PAGES)]/>
                        <AnswerTrouble title="The preview can't be shown" error back=("All status pages", links::STATUS_PAGES)/>
                    }.into_any(),
                }
            })}
        </Transition>
    }
}

/// The id in an address; 0, which no page has, when it is none.
pub(super) fn page_id(text: Option<String>) -> i64 {
    text.and_then(|text| text.parse().ok()).unwrap_or_default()
}

#[component]
fn Preview(id: i64, status: PublicStatus) -> impl IntoView {
    let title = status.title.clone();
    let crumbs = vec![
        Crumb::new("Status pages", links::STATUS_PAGES),
        Crumb::new(title.clone(), links::status_page(id)),
    ];
    view! {
        <Title text=format!("Preview of {title}")/>
        <PageHead title="Preview" crumbs>
            <LinkButton href=links::status_page(id) icon=IconName::Edit>"Edit"</LinkButton>
        </PageHead>
        <Notice tone=Tone::Idle>"This is all that visitors see of your systems, as of this moment. It does not update itself here."</Notice>
        <div class="status-preview">
            <StatusContent status=Signal::stored(status) hearing=Signal::stored(Hearing::Still)/>
        </div>
    }
}
