//! The team's templates, with what can be done to each.

use leptos::prelude::*;
use leptos_meta::Title;

use super::api::list_templates;
use super::change_dialogs::{DescribeDialog, RemoveDialog};
use super::model::TemplateRow;
use super::table::TemplatesTable;
use crate::layout::ForRole;
use crate::links;
use crate::submission::Submission;
use crate::team::model::Role;
use crate::trouble::AnswerTrouble;
use crate::ui::*;

/// The list that the templates belong to.
const ALL: (&str, &str) = ("All task definitions", links::TASK_DEFINITIONS);

/// What is being asked in a dialog.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Asked {
    /// How it is called.
    Describe(TemplateRow),
    /// Whether to remove it.
    Remove(TemplateRow),
}

/// What the page's parts share.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    /// The open dialog.
    pub asked: RwSignal<Option<Asked>>,
    /// What is sent without a dialog.
    pub submission: Submission,
    /// Counts changes: the list follows.
    changes: RwSignal<u32>,
}

impl Desk {
    /// Closes the dialog and reads the list again.
    pub fn done(self) {
        self.asked.set(None);
        self.read_again();
    }

    /// Reads the list again, below an open dialog.
    pub fn read_again(self) {
        self.changes.update(|changes| *changes += 1);
    }
}

/// Templates by name.
#[component]
pub fn TemplatesPage() -> impl IntoView {
    let desk = Desk {
        asked: RwSignal::new(None),
        submission: Submission::new(),
        changes: RwSignal::new(0),
    };
    let templates = Resource::new_blocking(move || desk.changes.get(), |_| list_templates());
    view! {
        <Title text="Templates"/>
        <PageHead title="Templates" crumbs=vec![Crumb::new("Task definitions", links::TASK_DEFINITIONS)]>
            <LinkButton href=links::NEW_TASK_DEFINITION kind=ButtonKind::Primary icon=IconName::Plus>"Register task definition"</LinkButton>
        </PageHead>
        <ForRole least=Role::Operator title="You can't see the templates" back=ALL>
            <FormProblem error=desk.submission.problem()/>
            <Transition fallback=|| view! { <Skeleton/> }>
                {move || Suspend::new(async move {
                    match templates.await {
                        Ok(rows) => view! { <TemplatesTable desk rows/> }.into_any(),
                        Err(error) => view! {
                            <AnswerTrouble title="The templates can't be shown" error back=ALL/>
                        }
                        .into_any(),
                    }
                })}
            </Transition>
        </ForRole>
        <Dialogs desk/>
    }
}

/// The dialog that is open, if any.
#[component]
fn Dialogs(desk: Desk) -> impl IntoView {
    dialog_for(desk.asked, move |asked, open| match asked {
        Asked::Describe(row) => view! { <DescribeDialog open desk row/> }.into_any(),
        Asked::Remove(row) => view! { <RemoveDialog open desk row/> }.into_any(),
    })
}
