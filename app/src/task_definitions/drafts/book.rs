//! What is known of a draft while it is typed, without signals and without the browser: what was
//! saved, what is on its way, and what becomes of two texts that meet.

use serde::{Deserialize, Serialize};

use super::model::{Newer, TEXT_BYTES};
use crate::names::{DraftId, RequestToken, Revision};
use crate::task_definitions::document::Document;
use crate::task_definitions::import::import;
use crate::task_definitions::merge::{Clash, Place, merge};
use crate::timestamp::Timestamp;

/// Answers that got lost: more texts than this are not remembered.
const SENT_MAX: usize = 8;
/// The first pause before a draft is sent again, doubled each time.
const RETRY_MS: u32 = 4_000;
/// The longest pause.
const RETRY_MOST_MS: u32 = 60_000;

/// What is known of one draft.
#[derive(Default)]
pub(super) struct Book {
    /// The draft, once the console has made one.
    pub id: Option<DraftId>,
    /// The revision that the form began from.
    pub from: Option<Revision>,
    /// The version that [`Book::base`] is.
    pub version: i64,
    /// The text as the console has it; of a new form, the text that it began with.
    pub base: String,
    /// Texts that were sent and whose answer is not known: any may be what the console has.
    pub sent: Vec<String>,
    /// The token and text of a draft that is being made: sent again as they were, so that a lost
    /// answer makes no second draft.
    pub making: Option<(RequestToken, String)>,
    /// Whether an answer is being waited for.
    pub busy: bool,
    /// How often in a row it could not be saved.
    pub failed: u32,
    /// What the questions are about, while some are open.
    pub waiting: Option<Newer>,
    /// The draft is registered or discarded: nothing more is kept.
    pub ended: bool,
}

impl Book {
    /// Remembers a text that is sent.
    pub fn send(&mut self, text: &str) {
        self.busy = true;
        self.sent.retain(|sent| sent != text);
        if self.sent.len() == SENT_MAX {
            self.sent.remove(0);
        }
        self.sent.push(text.to_owned());
    }

    /// The console has this text, as this version.
    pub fn settle(&mut self, version: i64, text: String) {
        self.version = version;
        self.base = text;
        self.sent.clear();
        self.failed = 0;
    }

    /// How long to wait before the next try.
    pub fn pause_ms(&mut self) -> u64 {
        let pause = RETRY_MS.saturating_mul(1 << self.failed.min(8)).min(RETRY_MOST_MS);
        self.failed += 1;
        pause.into()
    }

    /// The copy that the browser keeps of what is not saved.
    pub fn copy(&self, text: &str, at: Timestamp) -> Copied {
        Copied {
            text: text.to_owned(),
            base: self.base.clone(),
            version: self.version,
            from: self.from.clone(),
            at,
        }
    }
}

/// A text that the browser keeps because the console does not have it yet.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Copied {
    /// As typed.
    pub text: String,
    /// What it was typed upon.
    pub base: String,
    /// The version of that.
    pub version: i64,
    /// The revision that the form began from.
    pub from: Option<Revision>,
    /// When it was typed.
    pub at: Timestamp,
}

/// What becomes of a text that was changed here when somebody else has changed it too.
#[derive(Debug, PartialEq)]
pub(super) enum Meeting {
    /// It is what was sent from here, or says the same: only the version is new.
    Own,
    /// Nothing was changed here: the other text takes the place.
    Take(Vec<Place>),
    /// Both in one; the parts that came, and the parts to choose.
    Merged(Document, Vec<Place>, Vec<Clash>),
    /// One of them can't be read, so that only the whole can be chosen.
    Whole,
}

/// Brings what was typed here together with what the console has.
pub(super) fn meet(base: &str, mine: &str, theirs: &str, sent: &[String]) -> Meeting {
    if mine == theirs || theirs == base || sent.iter().any(|sent| sent == theirs) {
        return Meeting::Own;
    }
    let read = |text: &str| import(text).ok().map(|read| read.document);
    let read = (read(base), read(mine), read(theirs));
    match read {
        (Some(base), Some(_), Some(theirs)) if same(&base, mine) => {
            Meeting::Take(merge(&base, &base, &theirs).taken)
        }
        (Some(base), Some(mine), Some(theirs)) => {
            let merged = merge(&base, &mine, &theirs);
            Meeting::Merged(merged.document, merged.taken, merged.clashes)
        }
        _ if mine == base => Meeting::Take(Vec::new()),
        _ => Meeting::Whole,
    }
}

fn same(document: &Document, text: &str) -> bool {
    import(text).is_ok_and(|read| read.document == *document)
}

/// A text as the form writes it: the document in its usual layout, or what can't be read as it is.
pub(super) fn as_written(text: &str) -> String {
    import(text).map_or_else(|_| text.to_owned(), |read| read.document.pretty())
}

/// `memory of web, cpu`: the first few places in words.
pub(super) fn listed(places: &[Place]) -> String {
    const SHOWN: usize = 3;
    let mut words: Vec<String> = places.iter().take(SHOWN).map(Place::words).collect();
    if let more @ 1.. = places.len().saturating_sub(SHOWN) {
        words.push(format!("and {more} more"));
    }
    words.join(", ")
}

/// Whether a text is small enough that sending it may help.
pub(super) fn fits(text: &str) -> bool {
    text.len() <= TEXT_BYTES
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = r#"{"family": "web", "cpu": "256"}"#;

    #[test]
    fn texts_meet() {
        let broken = r#"{"family": "#;
        let cpu = r#"{"family": "web", "cpu": "512"}"#;
        let family = r#"{"family": "shop", "cpu": "256"}"#;
        for (mine, theirs, sent, said) in [
            (BASE, BASE, "", "own"),
            (cpu, cpu, "", "own"),
            (cpu, BASE, "", "own"),
            (cpu, family, family, "own"),
            (BASE, family, "", "take family"),
            (BASE, broken, "", "take "),
            (cpu, family, "", "merged shop/512, took family, 0 to choose"),
            (cpu, r#"{"family": "web", "cpu": "1024"}"#, "", "merged web/512, took , 1 to choose"),
            (broken, family, "", "whole"),
            (cpu, broken, "", "whole"),
        ] {
            let met = match meet(BASE, mine, theirs, &[sent.to_owned()]) {
                Meeting::Own => "own".to_owned(),
                Meeting::Take(places) => format!("take {}", listed(&places)),
                Meeting::Whole => "whole".to_owned(),
                Meeting::Merged(document, taken, clashes) => format!(
                    "merged {}/{}, took {}, {} to choose",
                    document.text_at("family"),
                    document.text_at("cpu"),
                    listed(&taken),
                    clashes.len()
                ),
            };
            assert_eq!(met, said, "{mine} and {theirs}");
        }
    }

    #[test]
    fn lost_answers_are_remembered_and_pauses_grow() {
        let mut book = Book::default();
        for n in 0..20 {
            book.send(&n.to_string());
        }
        book.send("15");
        assert_eq!(book.sent, ["12", "13", "14", "16", "17", "18", "19", "15"]);
        let pauses: Vec<u64> = (0..6).map(|_| book.pause_ms()).collect();
        assert_eq!(pauses, [4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
        book.settle(4, "x".into());
        assert_eq!((book.sent.len(), book.pause_ms(), book.version), (0, 4_000, 4));
    }

    #[test]
    fn long_lists_of_places_are_cut() {
        let mut places = Vec::new();
        for said in ["", "the whole document", "the whole document, the whole document"] {
            assert_eq!(listed(&places), said);
            places.push(Place::default());
        }
        places.extend([Place::default(), Place::default()]);
        assert!(listed(&places).ends_with("the whole document, and 2 more"));
    }
}
