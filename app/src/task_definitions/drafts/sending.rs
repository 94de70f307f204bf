//! The way of a draft to the console, and of the console's answer back.

use std::time::Duration;

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{SaveDraft, create_draft, delete_draft, look_at_draft, save_draft};
use super::book::fits;
use super::browser;
use super::keeping::{Keeping, Stand, Why};
use super::model::{Glance, Made, Saved, check_text};
use crate::error::AppError;
use crate::links;
use crate::names::{DraftId, RequestToken, Revision};
use crate::submission::new_token;

/// The version of a draft that was just made.
const FIRST: i64 = 1;

/// What is sent.
enum Parcel {
    New(RequestToken, Option<Revision>, String),
    Change(DraftId, i64, String),
}

/// What came back.
enum Answer {
    Made(Made),
    Saved(Saved),
}

impl Parcel {
    async fn send(&self) -> Result<Answer, AppError> {
        match self {
            Self::New(token, from, text) => {
                create_draft(token.clone(), from.clone(), text.clone()).await.map(Answer::Made)
            }
            Self::Change(id, version, text) => {
                save_draft(id.clone(), *version, text.clone()).await.map(Answer::Saved)
            }
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::New(_, _, text) | Self::Change(_, _, text) => text,
        }
    }
}

impl Keeping {
    /// Saves what is typed, unless there is nothing to save or an answer is being waited for.
    pub(super) fn save(self) {
        self.catch_up();
        self.stop_timer();
        let Some(parcel) = self.parcel() else { return };
        if !fits(parcel.text()) {
            let said = check_text("A draft", parcel.text()).err().unwrap_or_default();
            return self.stand.set(Stand::NotSaved(Why::Refused(said)));
        }
        self.book.update_value(|book| book.send(parcel.text()));
        // What is said of a failure stays until this try has an answer: leaving a field tries again,
        // and the way out must not vanish under the pointer that is about to take it.
        if !matches!(*self.stand.read_untracked(), Stand::NotSaved(_)) {
            self.stand.set(Stand::Saving);
        }
        let key = self.key();
        leptos::task::spawn_local(async move {
            let answer = parcel.send().await;
            if self.book.try_update_value(|book| book.busy = false).is_none() {
                // The page was left meanwhile. What the console has, the browser need not keep.
                if matches!(answer, Ok(Answer::Made(_) | Answer::Saved(Saved::Kept { .. }))) {
                    browser::forget(&key);
                }
                return;
            }
            self.take(answer, parcel, &key);
        });
    }

    /// What there is to send.
    fn parcel(self) -> Option<Parcel> {
        let choosing = self.stand.try_get_untracked()? == Stand::Choosing;
        let text = untrack(|| self.text());
        self.book.try_update_value(|book| {
            if choosing || book.ended || book.busy || book.base == text {
                return None;
            }
            Some(match &book.id {
                Some(id) => Parcel::Change(id.clone(), book.version, text),
                None => {
                    let (token, text) = book.making.get_or_insert_with(|| (new_token(), text));
                    Parcel::New(token.clone(), book.from.clone(), text.clone())
                }
            })
        })?
    }

    fn take(self, answer: Result<Answer, AppError>, parcel: Parcel, key: &str) {
        let text = parcel.text().to_owned();
        let (version, at) = match answer {
            Ok(Answer::Made(Made { id, at })) => {
                if self.book.with_value(|book| book.ended) {
                    return discard(id);
                }
                browser::forget(key);
                browser::show_address(&links::draft(&id));
                self.id.set(Some(id.clone()));
                self.book.update_value(|book| {
                    book.id = Some(id);
                    book.making = None;
                });
                (FIRST, at)
            }
            Ok(Answer::Saved(Saved::Kept { version, at })) => (version, at),
            Ok(Answer::Saved(Saved::Faster(newer))) => {
                let mine = untrack(|| self.text());
                return self.meet(newer, &mine);
            }
            Err(error) => return self.not_saved(error),
        };
        self.book.update_value(|book| book.settle(version, text));
        self.rest(Stand::Saved(at));
    }

    /// An answer is taken: what was typed since goes next, else there is nothing to do.
    pub(super) fn rest(self, stand: Stand) {
        let text = untrack(|| self.text());
        self.stand.set(stand);
        if self.book.with_value(|book| book.base == text) {
            self.drop_copy();
        } else {
            self.copy(&text);
            self.save_in(Duration::from_secs(1));
        }
    }

    pub(super) fn not_saved(self, error: AppError) {
        let again = !matches!(error, AppError::NotFound(_) | AppError::Invalid(_));
        let why = match error {
            AppError::SignInRequired => Why::SignedOut,
            AppError::NotFound(_) => Why::Gone,
            AppError::NoAnswer | AppError::Unavailable(_) | AppError::Internal(_) => Why::NoAnswer,
            AppError::Invalid(errors) => Why::Refused(errors.sentences()),
            // There is no room for it yet: the same is tried again.
            error @ AppError::Refused { .. } => {
                Why::Refused(format!("{error} {}", error.next_step()))
            }
            other => {
                // Not what this token was for, or not allowed: the next try is another draft.
                self.book.update_value(|book| book.making = None);
                Why::Refused(other.to_string())
            }
        };
        if why == Why::Gone {
            self.part();
        }
        self.stand.set(Stand::NotSaved(why));
        if again {
            let pause = self.book.try_update_value(|book| book.pause_ms()).unwrap_or_default();
            self.save_in(Duration::from_millis(pause));
        }
    }

    /// Saves as the page goes away, when no answer can be waited for. What the browser kept of it is
    /// compared when the draft is opened again.
    pub(super) fn save_late(self) {
        self.catch_up();
        let Some(parcel @ Parcel::Change(..)) = self.parcel() else { return };
        let Parcel::Change(id, version, text) = &parcel else { return };
        self.book.update_value(|book| {
            book.send(text);
            book.busy = false;
        });
        let body = serde_json::json!({ "id": id, "version": version, "text": text });
        browser::send_late(<SaveDraft as ServerFn>::PATH, &body.to_string());
    }

    /// Looks who else is in the draft and what they did.
    pub(super) fn look(self) {
        let known = self.book.try_with_value(|book| {
            let idle = !book.busy && !book.ended && book.waiting.is_none();
            book.id.clone().filter(|_| idle).map(|id| (id, book.version))
        });
        let Some((id, version)) = known.flatten().filter(|_| browser::is_in_sight()) else {
            return;
        };
        leptos::task::spawn_local(async move {
            let answer = look_at_draft(id, version).await;
            let same =
                |book: &super::book::Book| !book.busy && !book.ended && book.version == version;
            if self.book.try_with_value(same) != Some(true) {
                return;
            }
            match answer {
                Ok(Glance { others, newer }) => {
                    if self.others.with_untracked(|known| *known != others) {
                        self.others.set(others);
                    }
                    if let Some(newer) = newer {
                        let mine = untrack(|| self.text());
                        self.meet(newer, &mine);
                    } else if self.stand.with_untracked(|stand| {
                        matches!(stand, Stand::NotSaved(Why::NoAnswer | Why::SignedOut))
                    }) {
                        // It answers again.
                        self.stop_timer();
                        self.stand.set(Stand::Saved(browser::now()));
                        self.save();
                    }
                }
                Err(error @ (AppError::SignInRequired | AppError::NotFound(_))) => {
                    self.not_saved(error);
                }
                // Nothing is lost by not looking; saving says what is wrong.
                Err(_) => {}
            }
        });
    }

    /// The draft is gone, and what stands in the form is not: it can become a draft of its own.
    fn part(self) {
        self.drop_copy();
        self.id.set(None);
        self.book.update_value(|book| {
            book.id = None;
            book.version = 0;
            book.base = String::new();
            book.sent.clear();
        });
        self.others.set(Vec::new());
        self.copy(&untrack(|| self.text()));
    }
}

/// A draft that was made while it was given up.
fn discard(id: DraftId) {
    leptos::task::spawn_local(async move {
        // What is left of it stands in the list.
        let _ = delete_draft(new_token(), id, FIRST, None).await;
    });
}
