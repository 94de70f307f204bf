//! The dialog that asks before many revisions are deregistered or deleted, and shows how it goes.

use leptos::prelude::*;

use super::plan::{Plan, Work, duration_words, plan, ranges};
use super::progress::{Progress, Run};
use crate::names::FamilyName;
use crate::task_definitions::model::RevisionRow;
use crate::ui::*;
use crate::words::counted;

/// What a dialog is asked to do.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// What to do.
    pub work: Work,
    /// With which revisions.
    pub chosen: Vec<RevisionRow>,
}

/// Asks, works, and tells what came of it.
#[component]
pub fn BulkDialog(
    /// The family.
    family: FamilyName,
    /// What to do; the dialog is open while there is something.
    wanted: RwSignal<Option<Wanted>>,
    /// Called when the work has ended.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let run = Run::new();
    let progress = run.progress();
    let work = Memo::new(move |was: Option<&Work>| {
        let now = wanted.with(|wanted| wanted.as_ref().map(|wanted| wanted.work));
        now.or(was.copied()).unwrap_or(Work::Deregister)
    });
    let planned = Memo::new(move |_| {
        let plan_of = |wanted: &Wanted| plan(wanted.work, &wanted.chosen);
        wanted.with(|wanted| wanted.as_ref().map(plan_of)).unwrap_or_default()
    });
    Effect::new(move |_| {
        if wanted.with(Option::is_some) {
            progress.set(Progress::default());
            open.set(true);
        }
    });
    // Closing it stops what has not begun; nobody would see it.
    Effect::new(move |_| {
        if !open.get() {
            run.stop();
            wanted.set(None);
        }
    });
    let name = family.to_string();
    let title = Signal::derive(move || {
        let count = counted(planned.read().does.len().max(progress.read().total), "revision");
        format!("{} {count} of {name}?", work.get().label())
    });
    let family = StoredValue::new(family);
    let start = move |()| {
        let numbers = planned.with_untracked(|plan| plan.does.clone());
        run.start(work.get_untracked(), family.get_value(), numbers, on_done);
    };
    view! {
        <Dialog open title>
            {move || {
                if progress.with(|progress| progress.total > 0) {
                    view! { <Going run work open/> }.into_any()
                } else {
                    view! { <Question planned work open start/> }.into_any()
                }
            }}
        </Dialog>
    }
}

/// What will happen, what will not, and the button.
#[component]
fn Question(
    planned: Memo<Plan>,
    work: Memo<Work>,
    open: RwSignal<bool>,
    #[prop(into)] start: Callback<()>,
) -> impl IntoView {
    let count = Signal::derive(move || planned.read().does.len());
    let words = move || match work.get() {
        Work::Deregister => {
            "They become inactive: nothing new can be launched from them, and ECS can't make them active again. Their documents stay readable, and a new revision can begin from any of them."
        }
        Work::Delete => {
            "ECS deletes them for good, documents and all. Nothing brings them back; export those that you may want again."
        }
    };
    let leaves = move || {
        let left = planned.with(|plan| plan.leaves.clone());
        (!left.is_empty()).then(|| view! {
            <Notice tone=Tone::Idle>
                <p>{format!("Left alone: {}.", counted(left.len(), "revision"))}</p>
                <ul class="complaints">
                    {left.into_iter().map(|(number, why)| view! { <li>{format!("{number}: {why}")}</li> }).collect_view()}
                </ul>
            </Notice>
        })
    };
    let reason = Signal::derive(move || {
        (count.get() == 0).then(|| "Nothing of what was chosen can be done.".to_owned())
    });
    view! {
        <p>{words}</p>
        {move || (count.get() > 0).then(|| view! {
            <p>
                {if count.get() == 1 { "Revision " } else { "Revisions " }}
                <span class="mono">{ranges(&planned.read().does)}</span>". "
                {duration_words(work.get(), count.get())}
            </p>
        })}
        {leaves}
        <div class="dialog-actions">
            <Button on_press=move |()| open.set(false)>"Cancel"</Button>
            <Button kind=ButtonKind::Danger disabled_reason=reason on_press=start>
                {move || format!("{} {}", work.get().label(), counted(count.get(), "revision"))}
            </Button>
        </div>
    }
}

/// How far it is, and what came of it.
#[component]
fn Going(run: Run, work: Memo<Work>, open: RwSignal<bool>) -> impl IntoView {
    let progress = run.progress();
    let running = Memo::new(move |_| progress.read().running);
    let tried = move || progress.with(|p| p.done + p.failed.len());
    let said = move || {
        progress.with(|p| {
            format!("{} of {} {}.", p.done, counted(p.total, "revision"), work.get().done())
        })
    };
    let failed = move || {
        let failed = progress.with(|p| p.failed.clone());
        (!failed.is_empty()).then(|| view! {
            <Notice tone=Tone::Bad>
                <p>{format!("Not done: {}.", counted(failed.len(), "revision"))}</p>
                <ul class="complaints">
                    {failed.into_iter().map(|(number, why)| view! { <li>{format!("{number}: {why}")}</li> }).collect_view()}
                </ul>
            </Notice>
        })
    };
    view! {
        <progress class="bulk-progress" aria-label="Progress" max=move || progress.read().total value=tried/>
        <p role="status">{said}</p>
        {failed}
        {move || progress.read().ended.clone().map(|said| view! { <p>{said}</p> })}
        <div class="dialog-actions">
            {move || if running.get() {
                view! { <Button on_press=move |()| run.stop()>"Stop"</Button> }.into_any()
            } else {
                view! { <Button kind=ButtonKind::Primary on_press=move |()| open.set(false)>"Close"</Button> }.into_any()
            }}
        </div>
    }
}
