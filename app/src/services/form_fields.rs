//! What is typed into the form for a service, field by field.

use leptos::prelude::*;

use super::draft::ServiceDraft;
use crate::launch::LaunchFields;
use crate::launch::choices::LaunchChoices;

/// The fields; copy it into the parts of the form.
#[derive(Clone, Copy)]
pub struct Fields {
    pub launch: LaunchFields,
    pub name: RwSignal<String>,
    pub scheduling: RwSignal<String>,
    pub desired: RwSignal<String>,
    pub minimum: RwSignal<String>,
    pub maximum: RwSignal<String>,
    pub breaker: RwSignal<bool>,
    pub rollback: RwSignal<bool>,
    pub execute_command: RwSignal<bool>,
    pub tags: RwSignal<Vec<(String, String)>>,
}

impl Fields {
    /// The form as it opens. The name begins as the family's: most services are called so.
    pub fn new(choices: LaunchChoices) -> Self {
        let launch = LaunchFields::new(choices);
        let text = |text: &str| RwSignal::new(text.to_owned());
        Self {
            launch,
            name: RwSignal::new(launch.family.get_untracked()),
            scheduling: text("REPLICA"),
            desired: text("1"),
            minimum: text("100"),
            maximum: text("200"),
            breaker: RwSignal::new(true),
            rollback: RwSignal::new(true),
            execute_command: RwSignal::new(false),
            tags: RwSignal::default(),
        }
    }

    /// What is typed and counts.
    pub fn draft(self) -> ServiceDraft {
        ServiceDraft { launch: self.launch.draft(), ..self.typed() }
    }

    /// All that is typed.
    pub fn typed(self) -> ServiceDraft {
        ServiceDraft {
            launch: self.launch.typed(),
            name: self.name.get(),
            scheduling: self.scheduling.get(),
            desired: self.desired.get(),
            minimum: self.minimum.get(),
            maximum: self.maximum.get(),
            breaker: self.breaker.get(),
            rollback: self.rollback.get(),
            execute_command: self.execute_command.get(),
            tags: self.tags.get(),
        }
    }
}
