//! Any two revisions beside each other, also of two families.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::api::{compare_revisions, list_revisions};
use super::changes_view::ChangesView;
use super::lines_view::LinesView;
use super::model::{Compared, Comparison, FamilyRevisions, apart};
use crate::being_read::BeingRead;
use crate::links;
use crate::names::Revision;
use crate::reading::Soon;
use crate::task_definitions::diff::headline;
use crate::trouble::AnswerTrouble;
use crate::ui::*;

/// The list to go back to.
const ALL: (&str, &str) = ("All task definitions", links::TASK_DEFINITIONS);

/// How many revisions of a family are suggested.
const SUGGESTED: usize = 100;

/// Two revisions (`?left=web:3&right=web:7`), what the right one changes, and the choice of others.
#[component]
pub fn ComparePage() -> impl IntoView {
    let pairs = use_query_map();
    let typed = move |name: &'static str| {
        Memo::new(move |_| pairs.with(|pairs| pairs.get(name).unwrap_or_default()))
    };
    let (left, right) = (typed("left"), typed("right"));
    let as_lines = Memo::new(move |_| pairs.with(|pairs| pairs.get_str("tab") == Some("json")));
    let both = Memo::new(move |_| {
        Some((left.read().parse::<Revision>().ok()?, right.read().parse::<Revision>().ok()?))
    });
    let again = RwSignal::new(0_u32);
    let compared = Resource::new_blocking(
        move || (both.get(), again.get()),
        |(both, _)| async move {
            match both {
                Some((left, right)) => compare_revisions(left, right).await.map(Some),
                None => Ok(None),
            }
        },
    );
    let known = Resource::new_blocking(|| (), |()| list_revisions());
    view! {
        <Title text="Compare revisions"/>
        <PageHead title="Compare revisions" crumbs=vec![Crumb::new("Task definitions", links::TASK_DEFINITIONS)]/>
        <Transition fallback=|| view! { <Skeleton rows=2/> }>
            {move || Suspend::new(async move {
                let known = known.await.unwrap_or_default();
                view! { <Pickers left right known/> }
            })}
        </Transition>
        <Transition fallback=|| view! { <Skeleton rows=8/> }>
            {move || Suspend::new(async move {
                match compared.await {
                    Ok(Some(Soon::Here(found))) => view! { <Beside found as_lines/> }.into_any(),
                    Ok(Some(Soon::Reading)) => view! {
                        <BeingRead on_again=move |()| again.update(|n| *n += 1)/>
                    }.into_any(),
                    Ok(None) => view! {
                        <p class="muted">"Choose two revisions, as in web:3 and web:7."</p>
                    }.into_any(),
                    Err(error) => view! {
                        <AnswerTrouble title="These revisions can't be compared" error back=ALL/>
                    }.into_any(),
                }
            })}
        </Transition>
    }
}

/// Which revisions are compared. It works without WebAssembly, too.
#[component]
fn Pickers(left: Memo<String>, right: Memo<String>, known: Vec<FamilyRevisions>) -> impl IntoView {
    let suggested = suggestions(&known, &[&left.read_untracked(), &right.read_untracked()]);
    let (old, new) = (RwSignal::new(left.get_untracked()), RwSignal::new(right.get_untracked()));
    Effect::new(move |_| old.set(left.get()));
    Effect::new(move |_| new.set(right.get()));
    let navigate = use_navigate();
    let go = move |event: SubmitEvent| {
        event.prevent_default();
        let address = links::compare(&old.read_untracked().trim(), &new.read_untracked().trim());
        navigate(&address, NavigateOptions::default());
    };
    let swapped = move || links::compare(&right.read(), &left.read());
    let field = |name: &'static str, label: &'static str, value: RwSignal<String>| {
        let wrong = move || {
            let text = value.read();
            if text.is_empty() { None } else { text.parse::<Revision>().err() }
        };
        view! {
            <div class="field">
                <label class="field-label" for=name>{label}</label>
                <input class="input mono" id=name name=name list="revisions" autocomplete="off" spellcheck="false" aria-describedby=format!("{name}-said")
                    value=value.get_untracked() prop:value=move || value.get() on:input:target=move |event| value.set(event.target().value())/>
                <p class="field-hint" id=format!("{name}-said")>{wrong}</p>
            </div>
        }
    };
    view! {
        <form class="compare-pickers" method="get" action=links::COMPARE on:submit=go>
            {field("left", "Old revision", old)}
            {field("right", "New revision", new)}
            <div class="cluster-row">
                <Button button_type="submit" kind=ButtonKind::Primary>"Compare"</Button>
                <LinkButton href=Signal::derive(swapped) kind=ButtonKind::Quiet>"Swap"</LinkButton>
            </div>
            <datalist id="revisions">
                {suggested.into_iter().map(|revision| view! { <option value=revision></option> }).collect_view()}
            </datalist>
        </form>
    }
}

/// The revisions of the families that are compared, and the newest one of each other family.
fn suggestions(known: &[FamilyRevisions], compared: &[&str]) -> Vec<String> {
    let is_compared = |row: &FamilyRevisions| {
        let family = row.family.as_str();
        compared.iter().any(|text| text.rsplit_once(':').map_or(*text, |(name, _)| name) == family)
    };
    let (own, other): (Vec<_>, Vec<_>) = known.iter().partition(|row| is_compared(row));
    let some = |row: &&FamilyRevisions, most: usize| {
        row.numbers.iter().take(most).map(|n| format!("{}:{n}", row.family)).collect::<Vec<_>>()
    };
    own.iter()
        .flat_map(|row| some(row, SUGGESTED))
        .chain(other.iter().flat_map(|row| some(row, 1)))
        .collect()
}

#[component]
fn Beside(found: Comparison, as_lines: Memo<bool>) -> impl IntoView {
    let Comparison { left, right, changes, redacted } = found;
    let distance = apart(&left.revision, &right.revision);
    let across = distance.is_none();
    let line = headline(&changes);
    let address = links::compare(&left.revision, &right.revision);
    let tabs = Signal::derive(move || {
        let tab = |label: &str, href: String, current: bool| TabItem {
            label: label.to_owned(),
            href,
            current,
            count: None,
        };
        vec![
            tab("Changes", address.clone(), !as_lines.get()),
            tab("JSON", links::tab(&address, "json"), as_lines.get()),
        ]
    });
    let texts = StoredValue::new((left.document.pretty(), right.document.pretty()));
    let changes = StoredValue::new(changes);
    view! {
        <div class="compare-sides">
            <Side side=left words="Old"/>
            <Side side=right words="New"/>
        </div>
        <p class="review-headline">{line}"."</p>
        <p class="muted">{distance}{across.then_some("Revisions of two families.")}</p>
        {redacted.then(|| view! {
            <Notice tone=Tone::Idle>"Values of variables and options, and references to secrets, are hidden from your role. That one differs is still said."</Notice>
        })}
        <Tabs items=tabs/>
        {move || {
            if as_lines.get() {
                let (old, new) = texts.get_value();
                view! { <LinesView old new/> }.into_any()
            } else {
                view! { <h2 class="visually-hidden">"What differs"</h2><ChangesView changes=changes.get_value() redacted/> }.into_any()
            }
        }}
    }
}

/// One of the two, with when and by whom it was registered.
#[component]
fn Side(side: Compared, words: &'static str) -> impl IntoView {
    let Compared { revision, registered_at, registered_by, .. } = side;
    let by = registered_by.map(|by| by.rsplit('/').next().unwrap_or(&by).to_owned());
    view! {
        <p>
            <span class="muted">{words}": "</span>
            <a class="mono" href=links::revision(&revision)>{revision.to_string()}</a>
            <span class="muted">{registered_at.map(|at| view! { ", registered "<TimeAgo at/> })}{by.map(|by| format!(" by {by}"))}</span>
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_families_in_question_are_suggested_whole() {
        let row = |family: &str, numbers: &[u32]| FamilyRevisions {
            family: family.parse().unwrap(),
            numbers: numbers.to_vec(),
        };
        let known = [row("api", &[9, 8]), row("web", &[3, 2, 1])];
        assert_eq!(suggestions(&known, &["web:2", ""]), ["web:3", "web:2", "web:1", "api:9"]);
        assert_eq!(suggestions(&known, &["web", "api:9"]).len(), 5);
    }
}
