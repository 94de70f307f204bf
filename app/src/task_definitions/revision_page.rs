//! One revision: what it runs, who uses it, and its document.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::actions::RevisionActions;
use super::api::read_revision;
use super::document::Document;
use super::family_page::UsedBy;
use super::model::RevisionDetail;
use super::overview::Overview;
use super::review::api::{list_older_services, read_since};
use super::review::model::{OlderService, Since};
use super::review::{NextSteps, RevisionTools, SinceLine};
use super::start::Export;
use super::summary::size_words;
use super::team_templates::SaveAsTemplate;
use crate::being_read::{AskAgain, BeingRead};
use crate::error::AppError;
use crate::layout::use_refusal;
use crate::links;
use crate::names::Revision;
use crate::reading::Soon;
use crate::team::model::Role;
use crate::trouble::AnswerTrouble;
use crate::ui::*;

/// One revision of a family.
#[component]
pub fn RevisionPage() -> impl IntoView {
    let params = use_params_map();
    let wanted = Memo::new(move |_| {
        params.with(|params| {
            let family = params.get_str("family")?;
            let number = params.get_str("revision")?;
            format!("{family}:{number}").parse::<Revision>().ok()
        })
    });
    let again = RwSignal::new(0_u32);
    let found = Resource::new_blocking(
        move || (wanted.get(), again.get()),
        |(wanted, _)| async move {
            let missing = || AppError::NotFound("There is no revision of that number.".into());
            read_revision(wanted.ok_or_else(missing)?).await
        },
    );
    let since = Resource::new_blocking(
        move || (wanted.get(), again.get()),
        |(wanted, _)| async move {
            // It is a remark: without it the page is whole.
            let nothing = Soon::Here(None);
            match wanted {
                Some(wanted) => read_since(wanted).await.unwrap_or(nothing),
                None => nothing,
            }
        },
    );
    let may_update = use_refusal(Role::Operator).is_none();
    let older = Resource::new_blocking(
        move || wanted.get().filter(|_| may_update),
        |wanted| async move {
            match wanted {
                Some(wanted) => list_older_services(wanted).await.unwrap_or_default(),
                None => Vec::new(),
            }
        },
    );
    view! {
        <Transition fallback=|| view! { <Skeleton rows=8/> }>
            {move || Suspend::new(async move {
                let (found, since, older) = (found.await, since.await, older.await);
                let on_change = move |()| again.update(|n| *n += 1);
                match found {
                    Ok(Soon::Here(detail)) => view! {
                        <RevisionView detail since older on_change/>
                    }.into_any(),
                    Ok(Soon::Reading) => {
                        let title = wanted.get_untracked().map(|one| one.to_string()).unwrap_or_default();
                        view! {
                            <Title text=title.clone()/>
                            <PageHead title crumbs=vec![Crumb::new("Task definitions", links::TASK_DEFINITIONS)]/>
                            <BeingRead on_again=on_change/>
                        }
                        .into_any()
                    }
                    Err(error) => view! {
                        <Title text="Task definition"/>
                        <PageHead title="Task definition" crumbs=vec![Crumb::new("Task definitions", links::TASK_DEFINITIONS)]/>
                        <AnswerTrouble title="This revision can't be shown" error back=("All task definitions", links::TASK_DEFINITIONS)/>
                    }
                    .into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn RevisionView(
    detail: RevisionDetail,
    /// What it changed against the one before it.
    since: Soon<Option<Since>>,
    /// Services that run other revisions of its family.
    older: Vec<OlderService>,
    /// Called when the revision was changed.
    #[prop(into)]
    on_change: Callback<()>,
) -> impl IntoView {
    let pairs = use_query_map();
    let as_json = Memo::new(move |_| pairs.with(|pairs| pairs.get_str("tab") == Some("json")));
    let revision = detail.definition.revision.clone();
    let document = Document::new(detail.definition.document.clone()).unwrap_or_default();
    let crumbs = vec![
        Crumb::new("Task definitions", links::TASK_DEFINITIONS),
        Crumb::new(revision.family.to_string(), links::family(&revision.family)),
    ];
    let (tone, state) = match detail.definition.status.as_str() {
        "ACTIVE" => (Tone::Good, "Active"),
        "DELETE_IN_PROGRESS" => (Tone::Busy, "Being deleted"),
        _ => (Tone::Idle, "Inactive"),
    };
    let tabs = views_of(revision.clone(), as_json);
    let facts = {
        let (revision, used_by) = (revision.clone(), detail.used_by.clone());
        let (arn, size) = (detail.definition.arn.clone(), size_words(&document));
        let short = revision.to_string();
        move || {
            view! {
                {(!size.is_empty()).then(|| view! { <span>{size}</span> })}
                <span class="cluster-row">"Used by "<UsedBy revision used_by/></span>
                <CopyText text=arn label="revision ARN" short/>
            }
        }
    };
    let redacted = detail.redacted;
    let is_newest = detail.definition.status == "ACTIVE" && detail.newest == Some(revision.number);
    let next = (is_newest && use_refusal(Role::Operator).is_none()).then(|| {
        let arn = detail.definition.arn.clone();
        view! { <NextSteps revision=revision.clone() arn document=document.clone() older/> }
    });
    let since = view! { <SinceRemark revision=revision.clone() since/> };
    let tools = revision.clone();
    let newer = detail
        .newest
        .filter(|newest| *newest > revision.number)
        .map(|number| Revision { family: revision.family.clone(), number });
    let whole = Signal::stored(detail.definition.whole());
    let not_saved = Signal::stored(use_refusal(Role::Operator));
    let parts = StoredValue::new((detail.definition.clone(), document));
    view! {
        <Title text=revision.to_string()/>
        <PageHead title=revision.to_string() crumbs status=move || view! { <StatusMark tone label=state/> } facts>
            <RevisionTools revision=tools/>
            <SaveAsTemplate document=whole kind=ButtonKind::Quiet disabled_reason=not_saved/>
            <Export document=whole redacted/>
            <RevisionActions detail on_change/>
        </PageHead>
        {since}
        {newer.map(|newer| view! {
            <Notice tone=Tone::Idle>"There is a newer revision: "<a class="mono" href=links::revision(&newer)>{newer.to_string()}</a>"."</Notice>
        })}
        {redacted.then(|| view! {
            <Notice tone=Tone::Idle>"Values of variables and options, and references to secrets, are hidden from your role."</Notice>
        })}
        {next}
        <Tabs items=tabs/>
        {move || {
            let (definition, document) = parts.get_value();
            if as_json.get() {
                let label = format!("Task definition {}", definition.revision);
                view! { <CodeBlock text=document.pretty() label/> }.into_any()
            } else {
                view! { <Overview definition document/> }.into_any()
            }
        }}
    }
}

/// What a revision changed, also where the one before it is still being read.
#[component]
fn SinceRemark(revision: Revision, since: Soon<Option<Since>>) -> impl IntoView {
    let known = RwSignal::new(since);
    let revision = StoredValue::new(revision);
    let ask = Callback::new(move |()| {
        leptos::task::spawn_local(async move {
            let answer = read_since(revision.get_value()).await;
            // The page may have been left.
            known.try_set(answer.unwrap_or(Soon::Here(None)));
        });
    });
    move || {
        match known.get() {
        Soon::Here(since) => since
            .map(|since| view! { <SinceLine revision=revision.get_value() since/> })
            .into_any(),
        Soon::Reading => view! {
            <p class="muted" role="status">"The revision before this one is being read, to say what changed."</p>
            <AskAgain on_again=ask/>
        }
        .into_any(),
    }
    }
}

/// The two ways to look at a revision.
fn views_of(revision: Revision, as_json: Memo<bool>) -> Signal<Vec<TabItem>> {
    let tab = |label: &str, href: String, current: bool| TabItem {
        label: label.to_owned(),
        href,
        current,
        count: None,
    };
    Signal::derive(move || {
        let address = links::revision(&revision);
        let json = links::tab(&address, "json");
        vec![tab("Overview", address, !as_json.get()), tab("JSON", json, as_json.get())]
    })
}
