//! What is found in a document, at the path of the member that can mend it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::document::Document;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// ECS refuses the document.
    Refused,
    /// ECS takes it, but it will not do what it says.
    Wrong,
    /// It works; something else would work better.
    Advice,
}

/// One thing that was found.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Finding {
    /// The rule in ECS's model that it rests on: `R85`.
    pub rule: String,
    /// The member that can mend it.
    pub path: String,
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong and how to mend it, as a sentence for the field.
    pub said: String,
    /// What mends it at once, where that is plain.
    pub fix: Option<Fix>,
}

impl Finding {
    /// Offers changes that mend it.
    pub fn fix(&mut self, label: impl Into<String>, edits: Vec<Edit>) -> &mut Self {
        self.fix = Some(Fix { label: label.into(), edits });
        self
    }

    /// Offers to take away what stands at its path.
    pub fn fix_by_removing(&mut self, label: impl Into<String>) -> &mut Self {
        let edits = vec![Edit::Remove(self.path.clone())];
        self.fix(label, edits)
    }

    /// Offers to put a value at its path.
    pub fn fix_by_setting(
        &mut self,
        label: impl Into<String>,
        value: impl Into<Value>,
    ) -> &mut Self {
        let edits = vec![Edit::Set(self.path.clone(), value.into())];
        self.fix(label, edits)
    }
}

/// A change that mends a finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fix {
    /// What it does, as the words of a button: `Use awsvpc`.
    pub label: String,
    /// The changes, in their order.
    pub edits: Vec<Edit>,
}

/// One change of a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Edit {
    /// Puts a value at a path.
    Set(String, Value),
    /// Takes away what stands at a path.
    Remove(String),
}

impl Fix {
    /// Mends the document.
    pub fn apply(&self, document: &mut Document) {
        for edit in &self.edits {
            match edit {
                Edit::Set(path, value) => document.set(path, value.clone()),
                Edit::Remove(path) => document.remove(path),
            }
        }
    }
}

/// All that was found, the most basic first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a finding, and lends it for its fix.
    pub fn push(&mut self, finding: Finding) -> &mut Finding {
        let last = self.0.len();
        self.0.push(finding);
        &mut self.0[last]
    }

    fn add(
        &mut self,
        severity: Severity,
        rule: &'static str,
        path: impl Into<String>,
        said: impl Into<String>,
    ) -> &mut Finding {
        let (path, said) = (path.into(), said.into());
        self.push(Finding { rule: rule.to_owned(), path, severity, said, fix: None })
    }

    /// Adds what ECS refuses at a path.
    pub fn refuse(
        &mut self,
        rule: &'static str,
        path: impl Into<String>,
        said: impl Into<String>,
    ) -> &mut Finding {
        self.add(Severity::Refused, rule, path, said)
    }

    /// Adds what ECS takes and what will not do what it says.
    pub fn warn(
        &mut self,
        rule: &'static str,
        path: impl Into<String>,
        said: impl Into<String>,
    ) -> &mut Finding {
        self.add(Severity::Wrong, rule, path, said)
    }

    /// Adds advice.
    pub fn advise(
        &mut self,
        rule: &'static str,
        path: impl Into<String>,
        said: impl Into<String>,
    ) -> &mut Finding {
        self.add(Severity::Advice, rule, path, said)
    }

    /// The sentence of the first finding at a path.
    pub fn at(&self, path: &str) -> Option<&str> {
        self.0.iter().find(|finding| finding.path == path).map(|finding| finding.said.as_str())
    }

    /// Everything, in the order in which it was found.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.0.iter()
    }

    /// What ECS would refuse.
    pub fn refused(&self) -> impl Iterator<Item = &Finding> {
        self.0.iter().filter(|finding| finding.severity == Severity::Refused)
    }

    /// How many findings have a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|finding| finding.severity == severity).count()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
