//! One family and its revisions.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::api::read_family;
use super::model::{FamilyDetail, Use};
use super::revisions::{CleanUp, RevisionsTable};
use crate::error::AppError;
use crate::layout::use_refusal;
use crate::links;
use crate::listing::ListQuery;
use crate::live::{LiveValue, Topic, live_value};
use crate::names::{FamilyName, Revision};
use crate::team::model::Role;
use crate::trouble::AnswerTrouble;
use crate::ui::*;
use crate::words::{counted, tasks};

/// One family: its revisions, newest first, and who uses them.
#[component]
pub fn FamilyPage() -> impl IntoView {
    let params = use_params_map();
    let wanted = Memo::new(move |_| {
        params.with(|params| params.get_str("family")?.parse::<FamilyName>().ok())
    });
    let found = Resource::new_blocking(
        move || wanted.get(),
        |wanted| async move {
            let missing = || AppError::NotFound("There is no family of that name.".into());
            read_family(wanted.ok_or_else(missing)?).await
        },
    );
    view! {
        <Transition fallback=|| view! { <Skeleton rows=8/> }>
            {move || Suspend::new(async move {
                match found.await {
                    Ok(fresh) => {
                        let live = live_value(&Topic::Family(fresh.value.name.clone()), fresh);
                        view! { <FamilyView live/> }.into_any()
                    }
                    Err(error) => view! {
                        <Title text="Task definition"/>
                        <PageHead title="Task definition" crumbs=vec![Crumb::new("Task definitions", links::TASK_DEFINITIONS)]/>
                        <AnswerTrouble title="This family can't be shown" error back=("All task definitions", links::TASK_DEFINITIONS)/>
                    }
                    .into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn FamilyView(live: LiveValue<FamilyDetail>) -> impl IntoView {
    let name = live.value.with_untracked(|family| family.name.clone());
    let revisions = Memo::new(move |_| live.value.with(|family| family.revisions.clone()));
    let left_out = Memo::new(move |_| live.value.with(|family| family.left_out));
    let newest = revisions
        .get_untracked()
        .first()
        .map(|row| Revision { family: name.clone(), number: row.number });
    let (family, of_clean_up) = (name.clone(), name.clone());
    view! {
        <Title text=name.to_string()/>
        <PageHead title=name.to_string() crumbs=vec![Crumb::new("Task definitions", links::TASK_DEFINITIONS)]>
            {newest.clone().map(|newest| view! { <LinkButton href=links::compare_with(&newest)>"Compare revisions"</LinkButton> })}
            <CleanUp family=of_clean_up/>
            {newest.map(|newest| view! {
                <LinkButton href=links::new_revision(&newest) kind=ButtonKind::Primary icon=IconName::Plus disabled_reason=use_refusal(Role::Operator)>"New revision"</LinkButton>
            })}
        </PageHead>
        {move || live.gone.get().then(|| view! {
            <Notice tone=Tone::Idle>"ECS no longer knows this family. This is what was last known."</Notice>
        })}
        <RevisionsTable family rows=revisions/>
        {move || Some(left_out.get()).filter(|n| *n > 0).map(|n| view! {
            <p class="muted">{format!("Not listed: {}, used by nobody. To open one, put its number at the end of this page's address.", counted(n, "older revision"))}</p>
        })}
    }
}

/// The services and tasks that use a revision, as links.
#[component]
pub fn UsedBy(revision: Revision, used_by: Use) -> impl IntoView {
    if used_by.is_none() {
        return view! { <span class="muted">"Nothing"</span> }.into_any();
    }
    let services = used_by.services.into_iter().map(|service| {
        let words = format!("{}/{}", service.cluster, service.name);
        view! { <a href=links::service(&service.cluster, &service.name)>{words}</a> }
    });
    let tasks = (used_by.tasks > 0).then(|| {
        let query = ListQuery::default().with_text(&revision.to_string());
        view! { <a href=links::list(links::TASKS, &query)>{tasks(used_by.tasks)}</a> }
    });
    view! { <span class="cluster-row">{services.collect_view()} {tasks}</span> }.into_any()
}
