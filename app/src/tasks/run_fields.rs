//! What is typed into the form to run tasks, field by field.

use leptos::prelude::*;

use super::run_draft::RunDraft;
use crate::launch::LaunchFields;
use crate::launch::choices::LaunchChoices;

/// The fields; copy it into the parts of the form.
#[derive(Clone, Copy)]
pub struct Fields {
    pub launch: LaunchFields,
    pub count: RwSignal<String>,
    pub group: RwSignal<String>,
    pub tags: RwSignal<Vec<(String, String)>>,
}

impl Fields {
    /// The form as it opens.
    pub fn new(choices: LaunchChoices) -> Self {
        Self {
            launch: LaunchFields::new(choices),
            count: RwSignal::new("1".to_owned()),
            group: RwSignal::default(),
            tags: RwSignal::default(),
        }
    }

    /// What is typed and counts.
    pub fn draft(self) -> RunDraft {
        RunDraft { launch: self.launch.draft(), ..self.typed() }
    }

    /// All that is typed.
    pub fn typed(self) -> RunDraft {
        RunDraft {
            launch: self.launch.typed(),
            count: self.count.get(),
            group: self.group.get(),
            tags: self.tags.get(),
        }
    }
}
