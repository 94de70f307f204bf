//! The states that a document went through, for undo and redo. Typing in one field is one step.

use crate::document::Document;
use crate::merge::merge;

use super::step::{changed_path, step_words};

/// As many steps as are kept.
const STEPS_MAX: usize = 100;

/// One step: the state on its other side, and what it did.
#[derive(Clone, Debug, PartialEq)]
struct Step {
    other: Document,
    words: String,
}

/// What can be taken back and done again.
#[derive(Clone, Debug, PartialEq)]
pub struct Steps {
    present: Document,
    past: Vec<Step>,
    future: Vec<Step>,
    /// The member that is being typed in.
    typing: Option<String>,
}

impl Steps {
    /// No step yet.
    pub fn new(present: Document) -> Self {
        Self { present, past: Vec::new(), future: Vec::new(), typing: None }
    }

    /// The document has another state: a new step, unless it goes on with the typing in one member.
    /// Answers whether there is a new step.
    pub fn record(&mut self, new: &Document) -> bool {
        let Some(path) = changed_path(&self.present, new) else { return false };
        let is_text = [&self.present, new].iter().all(|document| {
            document.get(&path).is_none_or(|value| value.is_string() || value.is_number())
        });
        let goes_on = is_text && self.future.is_empty() && self.typing.as_ref() == Some(&path);
        if !goes_on {
            let words = step_words(&self.present, new);
            let other = std::mem::replace(&mut self.present, new.clone());
            self.past.push(Step { other, words });
            if self.past.len() > STEPS_MAX {
                self.past.remove(0);
            }
        } else if let (Some(_), Some(typed)) = (self.present.get(&path), new.get(&path)) {
            self.present.set(&path, typed.clone());
        } else {
            self.present = new.clone();
        }
        self.future.clear();
        self.typing = is_text.then_some(path);
        !goes_on
    }

    /// Somebody else has changed the document: as they did in the present state, so in all that can be
    /// come back to. Where a state differs from what they have changed, it stays.
    pub fn take_over(&mut self, new: &Document) {
        for step in self.past.iter_mut().chain(&mut self.future) {
            step.other = merge(&self.present, &step.other, new).document;
        }
        self.present = new.clone();
        self.typing = None;
    }

    /// The typing in one field has ended: what comes next is a step of its own.
    pub fn seal(&mut self) {
        self.typing = None;
    }

    /// Takes the last step back, and answers the state before it.
    pub fn undo(&mut self) -> Option<Document> {
        let step = self.past.pop()?;
        let back = step.other.clone();
        let other = std::mem::replace(&mut self.present, step.other);
        self.future.push(Step { other, words: step.words });
        self.typing = None;
        Some(back)
    }

    /// Does the step again that was taken back last, and answers the state after it.
    pub fn redo(&mut self) -> Option<Document> {
        let step = self.future.pop()?;
        let forth = step.other.clone();
        let other = std::mem::replace(&mut self.present, step.other);
        self.past.push(Step { other, words: step.words });
        self.typing = None;
        Some(forth)
    }

    /// How many steps can be taken back.
    pub fn depth(&self) -> usize {
        self.past.len()
    }

    /// What "undo" would take back, in words.
    pub fn undo_words(&self) -> Option<&str> {
        self.past.last().map(|step| step.words.as_str())
    }

    /// What "redo" would do again, in words.
    pub fn redo_words(&self) -> Option<&str> {
        self.future.last().map(|step| step.words.as_str())
    }
}
