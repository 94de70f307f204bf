//! Saving what is in a form, or a revision, as a template.

use leptos::prelude::*;
use serde_json::Value;

use super::api::{replace_template, save_template};
use super::draft::{TemplateContent, TemplateWords};
use super::model::TemplateRow;
use super::save_dialog::SaveDialog;
use super::shelf::{Shelf, use_shelf};
use crate::error::AppError;
use crate::submission::Submission;
use crate::task_definitions::document::Document;
use crate::task_definitions::templates::team::{self, Variable};
use crate::ui::*;

/// The value of the choice that keeps plain variables as they are.
pub(super) const KEEP: &str = "keep";
/// The value of the choice that empties them.
pub(super) const EMPTY: &str = "empty";

/// What is chosen and typed. It outlives the dialog, which one key closes.
#[derive(Clone, Copy)]
pub(super) struct Saving {
    pub(super) open: RwSignal<bool>,
    pub(super) document: Signal<Document>,
    pub(super) shelf: Shelf,
    /// The id of the template to replace; empty for a new one.
    pub(super) target: RwSignal<String>,
    pub(super) name: RwSignal<String>,
    pub(super) about: RwSignal<String>,
    /// The place of the container to save; empty for the whole document.
    pub(super) part: RwSignal<String>,
    /// [`KEEP`] or [`EMPTY`].
    pub(super) values: RwSignal<String>,
    /// Whether somebody changed the template to replace while the dialog was open.
    pub(super) overtaken: RwSignal<bool>,
    pub(super) submission: Submission,
}

/// A button that saves a document, or one container of it, as a template of the team.
#[component]
pub fn SaveAsTemplate(
    /// The document, with its values.
    #[prop(into)]
    document: Signal<Document>,
    /// How much attention the button asks for.
    #[prop(optional)]
    kind: ButtonKind,
    /// Why it can't be saved now.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
) -> impl IntoView {
    let saving = Saving {
        open: RwSignal::new(false),
        document,
        shelf: use_shelf(),
        target: RwSignal::default(),
        name: RwSignal::default(),
        about: RwSignal::default(),
        part: RwSignal::default(),
        values: RwSignal::default(),
        overtaken: RwSignal::new(false),
        submission: Submission::new(),
    };
    view! {
        <Button kind disabled_reason on_press=move |()| saving.begin()>"Save as template…"</Button>
        <SaveDialog saving/>
    }
}

impl Saving {
    fn begin(self) {
        self.shelf.read_again();
        self.aim_anew();
        self.target.set(String::new());
        self.part.set(String::new());
        let suspect = self.document.with_untracked(|document| {
            team::variables(document).iter().any(Variable::looks_secret)
        });
        self.values.set(if suspect { EMPTY } else { KEEP }.to_owned());
        self.open.set(true);
    }

    /// The template to replace, if that is chosen.
    pub(super) fn replaced(self) -> Option<TemplateRow> {
        self.target.get().parse().ok().and_then(|id| self.shelf.row(id))
    }

    /// The plain variables with a value in the part that is chosen.
    pub(super) fn variables(self) -> Vec<Variable> {
        let place = self.part.get().parse().ok();
        let list = place.map(|place: usize| format!("containerDefinitions.{place}."));
        let variables = self.document.with(team::variables).into_iter();
        variables
            .filter(|variable| !variable.value.is_empty())
            .filter(|variable| list.as_ref().is_none_or(|list| variable.path.starts_with(list)))
            .collect()
    }

    /// What is sent from here on is something else than what was refused.
    pub(super) fn aim_anew(self) {
        self.overtaken.set(false);
        self.submission.give_up();
    }

    /// Saves a new template from here on, whatever was chosen.
    pub(super) fn as_new(self) {
        self.aim_anew();
        self.target.set(String::new());
        focus_field(super::save_dialog::NAME);
    }

    pub(super) fn send(self, toasts: ToastQueue) {
        let content = TemplateContent {
            text: self.document.with_untracked(|document| document.value().to_string()),
            container: self.part.get_untracked().parse().ok(),
            keep_values: self.values.get_untracked() == KEEP,
        };
        if let Some(row) = untrack(|| self.replaced()) {
            let said = format!("The template {} is replaced.", row.name);
            return self.submission.send(
                move |token| async move {
                    let answer = replace_template(token, row.id, row.version, content).await;
                    if matches!(answer, Err(AppError::Conflict(_))) {
                        // What is there now is what the next press replaces.
                        self.shelf.be_read().await;
                        self.overtaken.try_set(true);
                    }
                    answer
                },
                move |()| self.saved(toasts, said),
            );
        }
        let words =
            TemplateWords { name: self.name.get_untracked(), about: self.about.get_untracked() };
        if let Err(error) = words.check() {
            return self.submission.show(Some(error));
        }
        let said = format!("The template {} is saved.", words.name.trim());
        self.submission.send(
            move |token| save_template(token, words, content),
            move |()| self.saved(toasts, said),
        );
    }

    fn saved(self, toasts: ToastQueue, said: String) {
        self.open.set(false);
        self.name.set(String::new());
        self.about.set(String::new());
        self.shelf.read_again();
        toasts.success(said);
    }
}

/// Values of the choice of a part, with their words.
pub(super) fn parts(document: &Document) -> Vec<(String, String)> {
    let name = |(place, container): (usize, &Value)| {
        let name = container.get("name").and_then(Value::as_str).unwrap_or("without a name");
        (place.to_string(), format!("The container {name} alone, as a sidecar"))
    };
    let containers = document.items("containerDefinitions").iter().enumerate().map(name);
    std::iter::once((String::new(), "The whole task definition".to_owned()))
        .chain(containers)
        .collect()
}
