//! The table of drafts, and what can be done with each.

use leptos::prelude::*;

use super::api::{delete_draft, rename_draft, restore_draft};
use super::hand_over::HandOver;
use super::model::DraftRow;
use crate::links;
use crate::names::DraftId;
use crate::submission::Submission;
use crate::ui::*;

/// Drafts as rows; a deleted one keeps its place, so that it can be taken back.
#[component]
pub(super) fn DraftsTable(rows: Vec<DraftRow>) -> impl IntoView {
    if rows.is_empty() {
        return view! {
            <EmptyState
                icon=IconName::TaskDefinition
                title="No drafts"
                body="What you type into the form for a task definition is kept here by itself, until you register or discard it. A teammate’s draft appears here once you have opened its link."
            >
                <LinkButton href=links::NEW_TASK_DEFINITION icon=IconName::Plus>"Register task definition"</LinkButton>
            </EmptyState>
        }
        .into_any();
    }
    view! {
        <TableRegion label="Drafts">
            <thead><tr>
                <th scope="col">"Title"</th>
                <th scope="col">"Family"</th>
                <th scope="col">"Based on"</th>
                <th scope="col">"Last change"</th>
                <th scope="col">"Owner"</th>
                <th scope="col"><span class="visually-hidden">"Actions"</span></th>
            </tr></thead>
            <tbody>{rows.into_iter().map(|row| view! { <Line row/> }).collect_view()}</tbody>
        </TableRegion>
    }
    .into_any()
}

#[component]
fn Line(row: DraftRow) -> impl IntoView {
    let deleted = RwSignal::new(false);
    let row = RwSignal::new(row);
    move || {
        let now = row.get_untracked();
        if deleted.get() {
            return view! { <tr><Deleted row=now deleted/></tr> }.into_any();
        }
        let family = if now.family.is_empty() { "—".to_owned() } else { now.family.clone() };
        let from = now.based_on.clone().map_or_else(
            || "—".into_any(),
            |from| {
                view! { <a class="mono" href=links::revision(&from)>{from.to_string()}</a> }
                    .into_any()
            },
        );
        let owner = if now.mine { "You".to_owned() } else { now.owner.clone() };
        view! {
            <tr>
                <th scope="row"><a href=links::draft(&now.id)>{move || row.with(DraftRow::name)}</a></th>
                <td data-label="Family">{family}</td>
                <td data-label="Based on">{from}</td>
                <td data-label="Last change"><TimeAgo at=now.changed_at/>{format!(" by {}", now.changed_by)}</td>
                <td data-label="Owner">{owner}</td>
                <td><Ways row deleted/></td>
            </tr>
        }
        .into_any()
    }
}

/// What can be done with a draft.
#[component]
fn Ways(row: RwSignal<DraftRow>, deleted: RwSignal<bool>) -> impl IntoView {
    let now = row.get_untracked();
    let (id, name, version) = (now.id.clone(), now.name(), now.version);
    let submission = Submission::new();
    let delete = {
        let id = id.clone();
        move |()| {
            let (id, line) = (id.clone(), deleted_line(&id));
            submission.send(
                move |token| delete_draft(token, id, version, None),
                move |()| {
                    announce("Draft deleted");
                    deleted.set(true);
                    focus_field(&line);
                },
            );
        }
    };
    let [of, of_too] = [(); 2].map(|()| format!(" {name}"));
    view! {
        <div class="cluster-row draft-ways">
            <LinkButton href=links::draft(&id)>"Continue"<span class="visually-hidden">{of}</span></LinkButton>
            <Rename row/>
            <HandOver id name=name.clone()/>
            <Button kind=ButtonKind::Quiet icon=IconName::Trash busy=submission.busy() on_press=delete>"Delete"<span class="visually-hidden">{of_too}</span></Button>
        </div>
        <FormProblem error=submission.problem()/>
    }
}

/// The line that stands where a draft was, as long as it can be taken back.
fn deleted_line(id: &DraftId) -> String {
    format!("deleted-{id}")
}

#[component]
fn Deleted(row: DraftRow, deleted: RwSignal<bool>) -> impl IntoView {
    let submission = Submission::new();
    let (name, line) = (row.name(), deleted_line(&row.id));
    let undo = move |()| {
        let id = row.id.clone();
        submission.send(
            move |token| restore_draft(token, id),
            move |()| {
                announce("Draft taken back");
                deleted.set(false);
            },
        );
    };
    view! {
        <td colspan="6">
            <span class="cluster-row" id=line tabindex="-1">
                <span class="muted">{format!("“{name}” is deleted. It can be taken back while this page is open.")}</span>
                <Button busy=submission.busy() on_press=undo>"Undo"</Button>
            </span>
            <FormProblem error=submission.problem()/>
        </td>
    }
}

/// Gives a draft another title.
#[component]
fn Rename(row: RwSignal<DraftRow>) -> impl IntoView {
    let open = RwSignal::new(false);
    let now = row.get_untracked();
    let name = now.name();
    let heading = format!("Rename “{name}”");
    let title = RwSignal::new(now.title.clone());
    let submission = Submission::new();
    let path = format!("title-{}", now.id);
    let rename = move |()| {
        let (id, text) = (row.with_untracked(|row| row.id.clone()), title.get_untracked());
        let kept = text.trim().to_owned();
        submission.send(
            move |_| rename_draft(id, text),
            move |()| {
                open.set(false);
                row.update(|row| row.title = kept);
            },
        );
    };
    view! {
        <Button kind=ButtonKind::Quiet icon=IconName::Edit on_press=move |()| open.set(true)>"Rename…"<span class="visually-hidden">" "{name}</span></Button>
        <ConfirmDialog open title=heading confirm_label="Rename" busy=submission.busy() on_confirm=rename>
            <TextField path label="Title" value=title hint="Left empty, the draft is called by its family." error=submission.error_at("title")/>
        </ConfirmDialog>
    }
}
