//! Cleaning a family up: all revisions that nobody uses, but for the newest.

use leptos::prelude::*;

use super::api::read_all_revisions;
use super::bulk::{BulkDialog, Wanted};
use super::plan::{Work, superfluous};
use crate::error::AppError;
use crate::layout::use_refusal;
use crate::names::FamilyName;
use crate::task_definitions::model::RevisionRow;
use crate::team::model::Role;
use crate::ui::*;
use crate::words::counted;

/// How many ACTIVE revisions are kept unless another number is typed: enough to go back a few
/// deployments.
const KEPT: &str = "5";

/// The button and what it opens.
#[component]
pub fn CleanUp(
    /// The family.
    family: FamilyName,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let wanted = RwSignal::new(None::<Wanted>);
    let refusal = use_refusal(Role::Operator);
    let name = StoredValue::new(family.clone());
    let all = RwSignal::new(None::<Result<Vec<RevisionRow>, AppError>>);
    // Asked when it is opened, and not while the page is made.
    let begin = move |()| {
        all.set(None);
        open.set(true);
        leptos::task::spawn_local(async move {
            let answer = read_all_revisions(name.get_value()).await;
            all.try_set(Some(answer));
        });
    };
    let title = format!("Clean up {family}");
    view! {
        <Button disabled_reason=Signal::stored(refusal) on_press=begin>"Clean up…"</Button>
        <Dialog open title>
            {move || match all.get() {
                None if !open.get() => ().into_any(),
                None => view! { <Skeleton rows=3/> }.into_any(),
                Some(Err(error)) => view! { <Notice tone=Tone::Bad>{error.to_string()}" "{error.next_step()}</Notice> }.into_any(),
                Some(Ok(rows)) => {
                    let go = move |next: Wanted| {
                        open.set(false);
                        wanted.set(Some(next));
                    };
                    view! { <Choose rows open go/> }.into_any()
                }
            }}
        </Dialog>
        <BulkDialog family wanted on_done=|()| ()/>
    }
}

/// What to clean up.
#[component]
fn Choose(
    rows: Vec<RevisionRow>,
    open: RwSignal<bool>,
    #[prop(into)] go: Callback<Wanted>,
) -> impl IntoView {
    let rows = StoredValue::new(rows);
    let work = RwSignal::new("deregister".to_owned());
    let keep = RwSignal::new(KEPT.to_owned());
    let chosen_work = move || if work.get() == "delete" { Work::Delete } else { Work::Deregister };
    let kept = move || keep.read().trim().parse::<usize>().ok();
    let error =
        Signal::derive(move || kept().is_none().then(|| "Write a whole number.".to_owned()));
    let chosen = Memo::new(move |_| match (chosen_work(), kept()) {
        (Work::Deregister, None) => Vec::new(),
        (work, keep) => rows.with_value(|rows| superfluous(work, rows, keep.unwrap_or_default())),
    });
    let reason = Signal::derive(move || {
        chosen.with(Vec::is_empty).then(|| "There is nothing to clean up that way.".to_owned())
    });
    let cards = vec![
        RadioCard::new(
            "deregister",
            "Deregister",
            "Active revisions that nobody uses become inactive.",
        ),
        RadioCard::new(
            "delete",
            "Delete",
            "Inactive revisions that nobody uses are deleted for good.",
        ),
    ];
    let next = move |()| {
        go.run(Wanted { work: chosen_work(), chosen: chosen.get_untracked() });
    };
    view! {
        <div class="field-stack">
            <RadioCards path="clean-up" legend="What to do" options=cards value=work/>
            {move || (chosen_work() == Work::Deregister).then(|| view! {
                <NumberField path="keep" label="Active revisions to keep" value=keep error hint="The newest ones; what is in use is kept anyway."/>
            })}
            <p role="status">{move || format!("{} of {} would go.", counted(chosen.read().len(), "revision"), rows.with_value(Vec::len))}</p>
        </div>
        <div class="dialog-actions">
            <Button on_press=move |()| open.set(false)>"Cancel"</Button>
            <Button kind=ButtonKind::Primary disabled_reason=reason on_press=next>"Go on"</Button>
        </div>
    }
}
