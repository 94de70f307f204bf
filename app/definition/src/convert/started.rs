//! What comes of a text that was pasted: documents to begin from, and what each leaves open.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::document::Document;

/// What a text is, as far as a look at it tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// What one registers with ECS.
    TaskDefinition,
    /// What ECS answers about a registered one.
    Description,
    /// Only the containers of one.
    Containers,
    /// One whose members start with capitals, as older SDKs print it.
    Capitals,
    /// A CloudFormation template.
    CloudFormation,
    /// Terraform's language.
    Terraform,
    /// What `terraform show -json` prints, or a state file.
    TerraformState,
    /// A command that starts a container.
    DockerRun,
    /// A Compose file.
    Compose,
    /// A Kubernetes manifest.
    Kubernetes,
    /// A configuration of ecspresso, which points to a task definition.
    Ecspresso,
    /// A manifest of AWS Copilot.
    Copilot,
    /// A file that another program fills in first.
    Template,
    /// A Dockerfile.
    Dockerfile,
    /// None of these.
    Unknown,
}

impl Kind {
    /// Its name in a sentence: "This is …".
    pub fn words(self) -> &'static str {
        match self {
            Self::TaskDefinition => "a task definition",
            Self::Description => "the description of a registered task definition",
            Self::Containers => "a list of containers",
            Self::Capitals => "a task definition with capitals",
            Self::CloudFormation => "a CloudFormation template",
            Self::Terraform => "Terraform code",
            Self::TerraformState => "Terraform's state or plan",
            Self::DockerRun => "a docker run command",
            Self::Compose => "a Compose file",
            Self::Kubernetes => "a Kubernetes manifest",
            Self::Ecspresso => "an ecspresso configuration",
            Self::Copilot => "a manifest of AWS Copilot",
            Self::Template => "a template that has yet to be filled in",
            Self::Dockerfile => "a Dockerfile",
            Self::Unknown => "nothing that is known here",
        }
    }

    /// Whether it is JSON that the page reads by itself.
    pub fn is_plain(self) -> bool {
        matches!(self, Self::TaskDefinition | Self::Description | Self::Containers | Self::Capitals)
    }
}

/// What a text has to begin from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Started {
    /// What the text is.
    pub kind: Kind,
    /// One or several; never none.
    pub documents: Vec<Candidate>,
}

/// One task definition of a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// What it is called in the text.
    pub title: String,
    /// The document.
    pub document: Document,
    /// What is not in it, or not as it was.
    pub left_out: Vec<Note>,
}

/// One thing that a person should know about what was read.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Note {
    /// What became of it.
    pub fate: Fate,
    /// Where: a path of the document, or the name in the text.
    pub path: String,
    /// Why, and what to do.
    pub said: String,
}

/// What became of a part of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Fate {
    /// It stands in the document as a placeholder that a person fills.
    Open,
    /// It is not in the document.
    LeftOut,
    /// It is in the document in another way.
    Changed,
}

/// Notes, as they come up; each is kept once.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Notes {
    all: Vec<Note>,
    known: HashSet<Note>,
}

impl Notes {
    pub(super) fn left_out(&mut self, path: impl Into<String>, said: impl Into<String>) {
        self.add(Fate::LeftOut, path.into(), said.into());
    }

    pub(super) fn open(&mut self, path: impl Into<String>, said: impl Into<String>) {
        self.add(Fate::Open, path.into(), said.into());
    }

    pub(super) fn changed(&mut self, path: impl Into<String>, said: impl Into<String>) {
        self.add(Fate::Changed, path.into(), said.into());
    }

    fn add(&mut self, fate: Fate, path: String, said: String) {
        let note = Note { fate, path, said };
        if self.known.insert(note.clone()) {
            self.all.push(note);
        }
    }

    /// What weighs most comes first.
    pub(super) fn sorted(mut self) -> Vec<Note> {
        self.all.sort_by_key(|note| note.fate);
        self.all
    }
}

/// Why nothing can be begun from a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// Counts from 1; 0 when the trouble is no place.
    pub line: usize,
    /// Counts characters from 1.
    pub column: usize,
    /// What is wrong and what to do, as sentences.
    pub said: String,
}

impl Trouble {
    /// Trouble with the text as a whole.
    pub fn whole(said: impl Into<String>) -> Self {
        Self { line: 0, column: 0, said: said.into() }
    }

    /// Trouble at a place.
    pub fn at(line: usize, column: usize, said: impl Into<String>) -> Self {
        Self { line, column, said: said.into() }
    }
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.line == 0 {
            f.write_str(&self.said)
        } else {
            write!(f, "Line {}, column {}: {}", self.line, self.column, self.said)
        }
    }
}
