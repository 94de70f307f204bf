//! Status page.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_navigate, use_params_map};

use super::api::{delete_page, page_to_edit};
use super::draft::StatusPageDraft;
use super::form::PageForm;
use super::link::LinkCard;
use super::model::EditData;
use super::preview_page::page_id;
use super::table::published_mark;
use crate::links;
use crate::submission::Submission;
use crate::trouble::AnswerTrouble;
use crate::ui::*;

/// Status page.
#[component]
pub fn EditStatusPagePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| page_id(params.read().get("id")));
    let data = Resource::new_blocking(move || id.get(), page_to_edit);
    view! {
        <Transition fallback=|| view! { <Skeleton/> }>
            {move || Suspend::new(async move {
                match data.await {
                    Ok(data) => view! { <EditPage data/> }.into_any(),
                    Err(error) => view! {
                        <Title text="Status page"/>
                        <PageHead title="Status page" crumbs=vec![Crumb::new("Status pages", links::STATUS_PAGES)]/>
                        <AnswerTrouble title="The status page can't be shown" error back=("All status pages", links::STATUS_PAGES)/>
                    }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn EditPage(data: EditData) -> impl IntoView {
    let EditData { page, choices } = data;
    let first = StatusPageDraft::from(&page);
    let id = page.id;
    let title = page.title.clone();
    let published = RwSignal::new(page.published);
    let stored = RwSignal::new(page);
    let mark = Signal::derive(move || published_mark(stored.with(|page| page.published)));
    view! {
        <Title text=title.clone()/>
        <PageHead
            title=title.clone()
            crumbs=vec![Crumb::new("Status pages", links::STATUS_PAGES)]
            status=move || view! {
                <StatusMark tone=Signal::derive(move || mark.get().0) label=Signal::derive(move || mark.get().1.to_owned())/>
            }
            facts=move || view! { <span>"Changed "<TimeAgo at=Signal::derive(move || stored.with(|page| page.updated_at))/></span> }
        >
            <LinkButton href=links::status_page_preview(id) icon=IconName::Status>"Preview"</LinkButton>
        </PageHead>
        <div class="stack status-edit">
            <LinkCard stored on_publish=move |()| published.set(true)/>
            <PageForm choices first published id/>
            <DeleteCard id title/>
        </div>
    }
}

/// Takes the page away, after its title was typed.
#[component]
fn DeleteCard(id: i64, title: String) -> impl IntoView {
    let open = RwSignal::new(false);
    let submission = Submission::new();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let typed = title.clone();
    let delete = move |()| {
        let (navigate, typed) = (navigate.clone(), typed.clone());
        submission.send(
            move |token| delete_page(token, id, typed),
            move |()| {
                toasts.success("The status page is deleted");
                navigate(links::STATUS_PAGES, Default::default());
            },
        );
    };
    view! {
        <Card title="Delete this page">
            <p class="status-delete">"Its link ends at once, and the page can't be brought back. To hide it for a while, untick Published instead."</p>
            <div class="cluster-row">
                <Button kind=ButtonKind::Danger icon=IconName::Trash on_press=move |()| open.set(true)>"Delete…"</Button>
            </div>
            <ConfirmDialog
                open
                title="Delete the status page?"
                confirm_label="Delete status page"
                danger=true
                typed_name=title
                busy=submission.busy()
                error=submission.problem()
                on_confirm=delete
            >
                <p>"Everybody who has the link will see that there is no such page. It can't be brought back."</p>
            </ConfirmDialog>
        </Card>
    }
}
