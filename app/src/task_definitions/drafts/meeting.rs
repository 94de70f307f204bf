//! Two people in one draft: what somebody else has saved comes into the form.

use leptos::prelude::*;

use super::book::{Meeting, as_written, listed, meet};
use super::browser;
use super::choices::Question;
use super::keeping::{Keeping, Stand};
use super::model::Newer;
use crate::task_definitions::merge::{Place, Side, settle};

impl Keeping {
    /// Brings what the console has together with what is typed here.
    pub(super) fn meet(self, newer: Newer, mine: &str) {
        let theirs = as_written(&newer.text);
        let met = self.book.with_value(|book| meet(&book.base, mine, &theirs, &book.sent));
        let by = newer.by.clone();
        match met {
            Meeting::Own => self.adopt(newer.version, theirs),
            Meeting::Take(places) => {
                self.adopt_unsaid(newer.version, theirs.clone());
                self.history.take_over(|| self.put(&theirs));
                self.drop_copy();
                self.stand.set(Stand::Saved(browser::now()));
                self.tell(by.as_deref(), &places);
            }
            Meeting::Merged(document, places, clashes) => {
                self.history.take_over(|| self.form.document.set(document));
                if clashes.is_empty() {
                    self.adopt_unsaid(newer.version, theirs);
                    self.rest(Stand::Saved(browser::now()));
                } else {
                    let asked = clashes.into_iter().map(Question::Part).collect();
                    self.ask(newer, asked);
                }
                self.tell(by.as_deref(), &places);
            }
            Meeting::Whole => {
                let asked = Question::Whole { mine: mine.to_owned(), theirs };
                self.ask(newer, vec![asked]);
            }
        }
    }

    /// The console has this text; what is typed beyond it is saved next.
    fn adopt(self, version: i64, text: String) {
        self.adopt_unsaid(version, text);
        self.rest(Stand::Saved(browser::now()));
    }

    fn adopt_unsaid(self, version: i64, text: String) {
        self.book.update_value(|book| book.settle(version, text));
    }

    /// Until the person has chosen, the browser keeps what is typed upon the old text: the questions
    /// come again after a reload.
    fn ask(self, newer: Newer, questions: Vec<Question>) {
        self.stop_timer();
        self.book.update_value(|book| book.waiting = Some(newer));
        self.questions.set(questions);
        self.stand.set(Stand::Choosing);
    }

    /// Takes over a choice; after the last one, it is saved.
    pub(super) fn choose(self, at: usize, side: Side) {
        let question = self
            .questions
            .try_update(|questions| (at < questions.len()).then(|| questions.remove(at)));
        match question.flatten() {
            Some(Question::Part(clash)) => {
                self.form.document.update(|document| settle(document, &clash, side));
            }
            Some(Question::Whole { theirs, .. }) if side == Side::Theirs => self.put(&theirs),
            Some(Question::Whole { .. }) | None => {}
        }
        if self.questions.with_untracked(Vec::is_empty)
            && let Some(newer) = self.book.try_update_value(|book| book.waiting.take()).flatten()
        {
            self.adopt(newer.version, as_written(&newer.text));
        }
    }

    /// Who asked for the present questions.
    pub(super) fn other(self) -> String {
        let by = self.book.with_value(|book| book.waiting.as_ref().and_then(|new| new.by.clone()));
        by.unwrap_or_else(|| "Your other window".to_owned())
    }

    fn tell(self, by: Option<&str>, places: &[Place]) {
        if places.is_empty() {
            return;
        }
        let whose = by
            .map_or("the changes of your other window".to_owned(), |by| format!("{by}’s changes"));
        self.say(format!("Merged {whose}: {}.", listed(places)));
    }

    /// Brings back what the browser kept of a form that never became a draft.
    pub(super) fn take_found(self) {
        if let Some((key, copy)) = self.found.try_update(Option::take).flatten() {
            self.put(&copy.text);
            self.copy(&copy.text);
            browser::forget(&key);
        }
    }

    /// Throws it away.
    pub(super) fn drop_found(self) {
        if let Some((key, _)) = self.found.try_update(Option::take).flatten() {
            browser::forget(&key);
        }
    }
}
