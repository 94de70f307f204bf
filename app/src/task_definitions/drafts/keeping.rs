//! Keeps a form's document while it is typed.
//!
//! Each change is written into the browser within a moment, and to the console a second later; the
//! browser's copy goes when the console has it. Nothing is kept before something is typed.

use leptos::prelude::*;

use super::api::{delete_draft, open_draft};
use super::book::{Book, Copied, as_written};
use super::browser;
use super::choices::Question;
use super::model::Draft;
use crate::error::AppError;
use crate::layout::use_member_key;
use crate::links;
use crate::names::{DraftId, Revision};
use crate::submission::new_token;
use crate::task_definitions::document::Document;
use crate::task_definitions::form::{Form, History, JsonState};
use crate::task_definitions::import::import;
use crate::timestamp::Timestamp;
use crate::ui::{ToastQueue, Tone, use_toasts};

/// How the draft stands, for the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    /// Nothing was typed.
    Untouched,
    /// It was opened and not changed since.
    Opened(Timestamp),
    /// It is on its way.
    Saving,
    /// The console has it since then.
    Saved(Timestamp),
    /// The console does not have it; why.
    NotSaved(Why),
    /// The person must choose first.
    Choosing,
}

/// Why a draft could not be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// The console does not answer, or its database does not.
    NoAnswer,
    /// The session has ended.
    SignedOut,
    /// Somebody deleted or registered it.
    Gone,
    /// It was refused, in these words.
    Refused(String),
}

/// A form's draft.
#[derive(Clone, Copy)]
pub struct Keeping {
    pub(super) form: Form,
    pub(super) json: JsonState,
    pub(super) history: History,
    pub(super) book: StoredValue<Book>,
    pub(super) id: RwSignal<Option<DraftId>>,
    pub(super) stand: RwSignal<Stand>,
    /// Whether the browser has what the console doesn't.
    pub(super) copied: RwSignal<bool>,
    /// Who else is in it.
    pub(super) others: RwSignal<Vec<String>>,
    /// What was merged or brought back, in a sentence.
    pub(super) said: RwSignal<Option<String>>,
    /// What the person must choose.
    pub(super) questions: RwSignal<Vec<Question>>,
    /// What the browser kept of an earlier form, to be brought back.
    pub(super) found: RwSignal<Option<(String, Copied)>>,
    toasts: ToastQueue,
    /// Before whose keys stands the member, so that nobody finds what somebody else typed here.
    key: StoredValue<String>,
    /// Runs out when it is time to save.
    pub(super) timer: StoredValue<Option<TimeoutHandle>>,
    /// Runs out when it is time to write what was typed into the browser.
    pub(super) copying: StoredValue<Option<TimeoutHandle>>,
}

/// The draft of an address (`?draft=`), to begin the form from: where it began itself, its last
/// readable document, and all of it.
///
/// # Errors
/// [`AppError::NotFound`] for a damaged id and for a draft that is gone.
pub async fn begun_from(
    id: Result<DraftId, String>,
) -> Result<(Option<Revision>, Document, Option<Draft>), AppError> {
    let draft = open_draft(id.map_err(AppError::NotFound)?).await?;
    let readable = [&draft.text, &draft.readable].into_iter().find_map(|text| import(text).ok());
    let document = readable.map(|read| read.document).unwrap_or_default();
    Ok((draft.row.based_on.clone(), document, Some(draft)))
}

impl Draft {
    /// Its text, while that can't be read.
    pub fn unreadable(&self) -> Option<String> {
        import(&self.text).is_err().then(|| self.text.clone())
    }
}

impl Keeping {
    /// Keeps what is typed from now on, into `draft` or, from the first letter on, a new one.
    pub fn of(
        form: Form,
        json: JsonState,
        history: History,
        from: Option<Revision>,
        draft: Option<Draft>,
    ) -> Self {
        let base = draft.as_ref().map_or_else(
            || form.document.with_untracked(Document::pretty),
            |draft| as_written(&draft.text),
        );
        let row = draft.as_ref().map(|draft| &draft.row);
        let id = row.map(|row| row.id.clone());
        let stand = row.map_or(Stand::Untouched, |row| Stand::Opened(row.changed_at));
        let version = row.map_or(0, |row| row.version);
        let book = Book { id: id.clone(), from, version, base, ..Book::default() };
        let keeping = Self {
            form,
            json,
            history,
            book: StoredValue::new(book),
            id: RwSignal::new(id),
            stand: RwSignal::new(stand),
            copied: RwSignal::new(false),
            others: RwSignal::new(Vec::new()),
            said: RwSignal::new(None),
            questions: RwSignal::new(Vec::new()),
            found: RwSignal::new(None),
            toasts: use_toasts(),
            key: StoredValue::new(format!("berth-draft/{}/", use_member_key())),
            timer: StoredValue::new(None),
            copying: StoredValue::new(None),
        };
        keeping.listen(draft);
        keeping
    }

    /// What would be lost if the form were left now: nothing while the console or the browser has it.
    pub fn at_risk(self) -> Option<String> {
        let unsaved =
            matches!(self.stand.get(), Stand::Saving | Stand::NotSaved(_) | Stand::Choosing);
        (unsaved && !self.copied.get()).then(|| self.text())
    }

    /// The document is registered: the draft has done its work.
    pub fn registered(self, revision: &Revision) {
        self.end(Some(revision.clone()), || ());
    }

    /// Throws the draft away, or lets it go because it is registered; `then` goes on.
    pub(super) fn end(self, registered: Option<Revision>, then: impl FnOnce() + 'static) {
        self.stop_timer();
        for key in self.keys_of_draft().into_iter().chain([self.key()]) {
            browser::forget(&key);
        }
        let draft = self.book.try_update_value(|book| {
            book.ended = true;
            book.id.clone().map(|id| (id, book.version))
        });
        let Some((id, version)) = draft.flatten() else { return then() };
        let toasts = self.toasts;
        leptos::task::spawn_local(async move {
            // Deleted or not, what is registered is registered; the list shows what is left. Somebody
            // else's work in it is worth a word.
            if let Err(AppError::Conflict(said)) =
                delete_draft(new_token(), id, version, registered).await
            {
                toasts.show(Tone::Warn, said);
            }
            then();
        });
    }

    /// All that is typed, as it is kept.
    pub(super) fn text(self) -> String {
        self.json.typed()
    }

    /// Puts a text into the form.
    pub(super) fn put(self, text: &str) {
        match import(text) {
            Ok(read) if !self.json.is_unreadable().get_untracked() => {
                self.form.document.set(read.document);
            }
            _ => self.json.write(text.to_owned()),
        }
    }

    /// Where the browser keeps what the console doesn't have.
    pub(super) fn key(self) -> String {
        match self.begin_of_draft() {
            Some(begin) => {
                format!("{begin}{}", browser::window_name().unwrap_or_else(|| self.page()))
            }
            None => format!("{}{}", self.keys_of_new(), self.page()),
        }
    }

    /// Where windows of this browser keep what the console doesn't have of the draft.
    pub(super) fn keys_of_draft(self) -> Vec<String> {
        self.begin_of_draft().map(|begin| browser::keys(&begin)).unwrap_or_default()
    }

    /// How the keys of the draft begin, once there is one.
    fn begin_of_draft(self) -> Option<String> {
        let id = self.book.with_value(|book| book.id.clone())?;
        Some(self.key.with_value(|key| format!("{key}{id}/")))
    }

    /// Where the browser keeps what no draft was made of yet.
    pub(super) fn keys_of_new(self) -> String {
        self.key.with_value(|key| format!("{key}{NEW}"))
    }

    /// Tells this page from others of the same browser.
    fn page(self) -> String {
        thread_local! {
            static PAGE: String = browser::chance();
        }
        PAGE.with(Clone::clone)
    }

    /// Writes what is typed into the browser.
    pub(super) fn copy(self, text: &str) {
        let copy = self.book.with_value(|book| book.copy(text, browser::now()));
        let json = serde_json::to_string(&copy).unwrap_or_default();
        self.copied.set(browser::keep(&self.key(), &json));
    }

    /// The console has all of it: the browser need not.
    pub(super) fn drop_copy(self) {
        if self.copied.get_untracked() {
            browser::forget(&self.key());
            self.copied.set(false);
        }
    }

    pub(super) fn stop_timer(self) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }

    /// Where one comes back to what is typed here: the draft's own address, or that of the form
    /// while no draft is made.
    pub(super) fn address(self) -> String {
        let from = self.book.with_value(|book| book.from.clone());
        match (self.id.get(), from) {
            (Some(id), _) => links::draft(&id),
            (None, Some(from)) => links::new_revision(&from),
            (None, None) => links::NEW_TASK_DEFINITION.to_owned(),
        }
    }
}

/// Begins the key of what is not a draft yet.
const NEW: &str = "new/";
