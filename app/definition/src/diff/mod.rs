//! What one document changes against another, by what it means: items are known again by their
//! names, and what only looks different is told apart from what is.

mod effect;
mod headline;
mod lines;
mod list;
mod meaning;
#[cfg(test)]
mod tests;
mod walk;
mod words;

use serde::{Deserialize, Serialize};

pub use effect::{Effect, Weight};
pub use headline::headline;
pub use lines::{Line, LineKind, Piece, hunks, lines};

use crate::document::Document;

/// How something differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// It was not there before.
    Added,
    /// It is no longer there.
    Removed,
    /// It has another value.
    Changed,
    /// Only the order differs, which means nothing to ECS.
    Moved,
    /// It is written otherwise and means the same: a default that is spelled out, another unit.
    Same,
}

/// What a change is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Subject {
    /// The task as a whole.
    Task,
    /// A container, by its name; by its new one when it was renamed.
    Container(String),
    /// A volume, by its name.
    Volume(String),
}

impl Subject {
    /// `Container web`.
    pub fn words(&self) -> String {
        match self {
            Self::Task => "Task".to_owned(),
            Self::Container(name) => format!("Container {name}"),
            Self::Volume(name) => format!("Volume {name}"),
        }
    }
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// How it differs.
    pub kind: Kind,
    /// Where it stands in the old document; `None` when it was added.
    pub old_path: Option<String>,
    /// Where it stands in the new one; `None` when it was removed.
    pub new_path: Option<String>,
    /// What it is about.
    pub subject: Subject,
    /// What a person calls it: `Memory`, `Variable LOG_LEVEL`.
    pub label: String,
    /// For an item of a list, what its like is called: `variable`. Empty otherwise.
    pub noun: String,
    /// Whether that item was there before and is still there: a part of it differs.
    pub of_item: bool,
    /// The old value in words; empty when there was none.
    pub before: String,
    /// The new value in words; empty when there is none.
    pub after: String,
    /// For a list of words, which of them stayed, went and came.
    pub words: Vec<Piece>,
    /// Whether the values are for operators only: they may be secret, or say where a secret is kept.
    pub secret: bool,
    /// What it does beyond itself.
    pub effects: Vec<Effect>,
}

/// All differences: of the task, of its containers, of its volumes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes(Vec<Change>);

impl Changes {
    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Change> {
        self.0.iter()
    }

    /// Those that change what runs, or what is known of it.
    pub fn real(&self) -> impl Iterator<Item = &Change> {
        self.0.iter().filter(|change| !matches!(change.kind, Kind::Moved | Kind::Same))
    }

    /// Whether the documents are written alike.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the documents mean the same, however they are written.
    pub fn is_nothing(&self) -> bool {
        self.real().next().is_none()
    }

    /// Whether tasks have to be started anew to have it: of tags alone they need not.
    pub fn needs_new_tasks(&self) -> bool {
        self.real().any(|change| change.noun != "tag")
    }

    /// The same without values that are for operators only. That something changed stays.
    #[must_use]
    pub fn without_secrets(mut self) -> Self {
        for change in self.0.iter_mut().filter(|change| change.secret) {
            change.before.clear();
            change.after.clear();
            change.words.clear();
        }
        self
    }
}

/// What `new` changes against `old`.
pub fn changes(old: &Document, new: &Document) -> Changes {
    Changes(walk::walk(old.value(), new.value()))
}
