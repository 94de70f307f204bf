//! The review beside the form, and its one line above the button that registers.

use leptos::prelude::*;

use super::changes_view::ChangesView;
use super::lines_view::LinesView;
use super::model::{Compared, Ground};
use super::state::Review;
use super::views::View;
use crate::links;
use crate::names::Revision;
use crate::task_definitions::document::Document;
use crate::task_definitions::family_page::UsedBy;
use crate::task_definitions::model::Use;
use crate::ui::*;
use crate::words::counted;

/// The changes in one line, which leads to the review.
#[component]
pub fn ReviewLine(review: Review, view: RwSignal<View>) -> impl IntoView {
    let line = Memo::new(move |_| review.line());
    move || {
        line.get().map(|line| {
            view! {
                <p class="review-line">
                    <span>{line}</span>
                    <Button kind=ButtonKind::Quiet on_press=move |()| view.set(View::Review)>"Review"</Button>
                </p>
            }
        })
    }
}

/// What is registered already, what the document changes, and what that does.
#[component]
pub fn ReviewPanel(review: Review, view: RwSignal<View>) -> impl IntoView {
    // A large document is compared for nobody while the review is out of sight.
    let in_sight = Memo::new(move |_| view.get() == View::Review);
    let content = move || {
        if !in_sight.get() {
            return ().into_any();
        }
        review.ground().with(|ground| match ground {
            None => view! { <Skeleton rows=4/> }.into_any(),
            Some(Err(error)) => {
                let next = error.next_step();
                let said = format!("What is registered already can't be read now: {error} {next}");
                view! { <Notice tone=Tone::Warn>{said}</Notice> }.into_any()
            }
            Some(Ok(ground)) => view! { <Known review ground=ground.clone()/> }.into_any(),
        })
    };
    view! {
        <h2 class="visually-hidden">"Review"</h2>
        {content}
    }
}

#[component]
fn Known(review: Review, ground: Ground) -> impl IntoView {
    let Ground { base, newest, used } = ground.clone();
    // It stays open while the typing goes on.
    let open = RwSignal::new(false);
    let against = Memo::new(move |_| review.against());
    let changes = Memo::new(move |_| review.changes().get().unwrap_or_default());
    let changed = move || {
        let Some(base) = against.get() else { return view! { <First review/> }.into_any() };
        let (shown, newest) = (base.clone(), newest.clone());
        let note = move || {
            let changes = changes.read();
            if changes.is_nothing() {
                let (base, newest) = (shown.clone(), newest.clone());
                return Some(view! { <Nothing base newest/> }.into_any());
            }
            (!changes.needs_new_tasks()).then(|| view! { <p class="muted">"Only tags change: tasks that run need not be replaced."</p> }.into_any())
        };
        view! {
            <p class="review-headline">{move || review.line()}</p>
            {note}
            <ChangesView changes/>
            <Text review base open/>
        }
        .into_any()
    };
    view! {
        <Meanwhile review ground/>
        {base.map(|base| view! { <Choice review base/> })}
        {changed}
        <Registering used/>
    }
}

/// There is nothing to compare with.
#[component]
fn First(review: Review) -> impl IntoView {
    move || {
        let Some(family) = review.family().get() else {
            return view! { <p class="muted">"Name the family first: then the review says what is new in it."</p> }.into_any();
        };
        let (containers, volumes) = review.document().with(|document| {
            (document.items("containerDefinitions").len(), document.items("volumes").len())
        });
        let volumes = (volumes > 0).then(|| format!(" and {}", counted(volumes, "volume")));
        view! {
            <p class="review-headline">{format!("The first revision of the new family {family}.")}</p>
            <p>{format!("It has {}{}.", counted(containers, "container"), volumes.unwrap_or_default())}</p>
        }
        .into_any()
    }
}

/// That nothing changes: ECS would take it, and the family would have the same once more.
#[component]
fn Nothing(base: Compared, newest: Option<Compared>) -> impl IntoView {
    let is_newest = newest.is_some_and(|newest| newest.revision == base.revision);
    let href = links::revision(&base.revision);
    let name = base.revision.to_string();
    is_newest.then(|| {
        view! {
            <Notice tone=Tone::Warn>
                "It would equal "<a class="mono" href=href>{name}</a>", so it is not registered. Change something first, or go on with that revision."
            </Notice>
        }
    })
}

/// The family has gone on since the revision that the form began from.
#[component]
fn Meanwhile(review: Review, ground: Ground) -> impl IntoView {
    let Ground { base: Some(base), newest: Some(newest), .. } = ground else {
        return ().into_any();
    };
    let of_family = base.revision.family == newest.revision.family;
    if !of_family || base.revision.number >= newest.revision.number {
        return ().into_any();
    }
    let Compared { revision, registered_at, registered_by, .. } = newest;
    let said = format!(" is newer than {}, from which this began", base.revision);
    let by = registered_by.map(|by| format!(" by {by}"));
    let revision_href = links::revision(&revision);
    let name = revision.to_string();
    view! {
        <Notice tone=Tone::Warn>
            <a class="mono" href=revision_href>{name}</a>{said}
            ": it was registered"{by}{registered_at.map(|at| view! { " "<TimeAgo at/> })}
            ". What it changed is not in this document. "
            <Button kind=ButtonKind::Quiet on_press=move |()| review.compare_with(revision.clone())>"Compare with it"</Button>
        </Notice>
    }
    .into_any()
}

/// With which revision it is compared, where there are two.
#[component]
fn Choice(review: Review, base: Compared) -> impl IntoView {
    let options = Memo::new(move |_| {
        let ground = review.ground().get().and_then(Result::ok).unwrap_or_default();
        let Ground { base: Some(base), newest: Some(newest), .. } = ground else {
            return Vec::new();
        };
        if base.revision == newest.revision {
            return Vec::new();
        }
        vec![
            (base.revision.to_string(), format!("{}, from which it began", base.revision)),
            (newest.revision.to_string(), format!("{}, the newest of its family", newest.revision)),
        ]
    });
    let first = review.against().map_or(base.revision, |against| against.revision);
    let value = RwSignal::new(first.to_string());
    Effect::new(move |_| {
        let now = review.against().map(|against| against.revision.to_string());
        if let Some(now) = now.filter(|now| value.with_untracked(|value| value != now)) {
            value.set(now);
        }
    });
    let choose = move |chosen: String| {
        if let Ok(chosen) = chosen.parse::<Revision>() {
            review.compare_with(chosen);
        }
    };
    move || {
        (!options.read().is_empty()).then(|| {
            view! { <SelectField path="compared-with" label="Compared with" value options on_choose=choose/> }
        })
    }
}

/// The same as text, for whoever wants to see it.
#[component]
fn Text(review: Review, base: Compared, open: RwSignal<bool>) -> impl IntoView {
    let old = base.document.pretty();
    let new = Signal::derive(move || review.document().with(Document::pretty));
    let words = move || {
        if open.get() { "Hide the lines of the JSON" } else { "Show the lines of the JSON" }
    };
    view! {
        <div><button type="button" class="button button-quiet" aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|open| *open = !*open)>{words}</button></div>
        {move || open.get().then(|| view! { <LinesView old=old.clone() new/> })}
    }
}

/// What registering does, and who runs what of the family.
#[component]
fn Registering(used: Vec<(Revision, Use)>) -> impl IntoView {
    let line = |(revision, used_by): (Revision, Use)| {
        view! { <KeyValue label=revision.to_string()><UsedBy revision used_by/></KeyValue> }
    };
    let in_use = !used.is_empty();
    view! {
        <section class="change-group">
            <h3>"What registering does"</h3>
            <p class="muted">"It makes one more revision and changes nothing that runs. Services keep the revision that they have until they are updated; tasks keep theirs until they end."</p>
            {in_use.then(|| view! { <KeyValues>{used.into_iter().map(line).collect_view()}</KeyValues> })}
        </section>
    }
}
