//! Text and document, kept the same.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::marks::{Mark, marks};
use crate::task_definitions::document::Document;
use crate::task_definitions::finding::Findings;
use crate::task_definitions::form::Form;
use crate::task_definitions::import::{Imported, Unreadable, document_in, import_reading, rewrite};
use crate::task_definitions::text::{Reading, mend, read, utf16_of};
use crate::ui::put_cursor;

/// The id of the text area.
pub(super) const ID: &str = "document";
/// The pause in the typing elsewhere after which the text area follows. What it shows is painted at
/// once; a browser takes its time to lay out all lines of a long text that nobody is writing in.
const SETTLE: Duration = Duration::from_millis(250);

/// A text that was read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ReadText {
    /// The text.
    pub text: String,
    /// What it says, and where.
    pub reading: Reading,
    /// The document that it means, or why it means none.
    pub document: Result<Document, Unreadable>,
}

impl ReadText {
    /// Reads a text; answers the members that were left out, too.
    fn of(text: String) -> (Self, Vec<&'static str>) {
        let reading = read(&text);
        let (document, left_out) = match import_reading(&text, &reading) {
            Ok(Imported { document, left_out }) => (Ok(document), left_out),
            Err(trouble) => (Err(trouble), Vec::new()),
        };
        (Self { text, reading, document }, left_out)
    }

    /// What stands before the document's paths in the text.
    pub fn prefix(&self) -> &'static str {
        document_in(&self.reading).1
    }
}

/// The text beside the form.
#[derive(Clone, Copy)]
pub struct JsonState {
    pub(super) form: Form,
    pub(super) text: RwSignal<String>,
    /// The text as the text area has it: a moment late while the form is written in.
    pub(super) shown: RwSignal<String>,
    /// Whether somebody is in the text area.
    entered: StoredValue<bool>,
    pub(super) read: RwSignal<Arc<ReadText>>,
    pub(super) unreadable: Memo<bool>,
    pub(super) left_out: RwSignal<Vec<&'static str>>,
    pub(super) marks: Memo<Vec<Mark>>,
    reveal: StoredValue<Option<Callback<()>>>,
}

/// The text beside the form around the present component.
pub fn use_json() -> Option<JsonState> {
    use_context::<JsonState>()
}

impl JsonState {
    /// Keeps text and document the same. Text that can't be read leaves the document as it was,
    /// and stays until it is mended or given up. A change of the form rewrites its own place in the
    /// text, and nothing else.
    pub fn beside(form: Form) -> Self {
        Self::beginning(form, None)
    }

    /// The same, beginning with a text that can't be read: somebody left it so.
    pub fn beginning(form: Form, unreadable: Option<String>) -> Self {
        let text = unreadable.unwrap_or_else(|| form.document.with_untracked(Document::pretty));
        let read = RwSignal::new(Arc::new(ReadText::of(text.clone()).0));
        let unreadable = Memo::new(move |_| read.read().document.is_err());
        let state = Self {
            form,
            shown: RwSignal::new(text.clone()),
            text: RwSignal::new(text),
            entered: StoredValue::new(false),
            read,
            unreadable,
            left_out: RwSignal::new(Vec::new()),
            marks: Memo::new(move |_| {
                // What is found in a document that the text does not hold has no place in the text.
                if unreadable.get() {
                    marks(&read.read(), &Findings::new())
                } else {
                    form.found.with(|found| marks(&read.read(), found))
                }
            }),
            reveal: StoredValue::new(None),
        };
        provide_context(state);
        Effect::new(move |_| {
            form.document.follow();
            state.follow_document();
        });
        Effect::new(move |_| state.follow_text());
        let settle = StoredValue::new(debounce(SETTLE, move |()| state.show()));
        Effect::new(move |before: Option<()>| {
            state.text.track();
            if before.is_none() || state.entered.get_value() {
                state.show();
            } else {
                settle.update_value(|settle| settle(()));
            }
        });
        state
    }

    /// Somebody is in the text area now.
    pub(super) fn enter(self) {
        self.entered.set_value(true);
        self.show();
    }

    /// Nobody is in the text area any more.
    pub(super) fn leave(self) {
        self.entered.set_value(false);
    }

    /// Brings the text area up to date.
    pub(super) fn show(self) {
        // The page may have been left during the pause.
        if self.text.try_with_untracked(|_| ()).is_none() {
            return;
        }
        self.follow_document();
        let text = self.text.get_untracked();
        if self.shown.with_untracked(|shown| *shown != text) {
            self.shown.set(text);
        }
    }

    /// Writes what the form has changed into the text, if nobody has yet.
    fn follow_document(self) {
        let form = self.form.document.read_untracked();
        let read = self.read.get_untracked();
        // Text that nobody has read yet is newer than the document.
        if read.text != *self.text.read_untracked() {
            return;
        }
        let Ok(old) = &read.document else { return };
        if *old == *form {
            return;
        }
        let (text, reading, document) = rewrite(&read.text, &read.reading, old, &form);
        let changed = text != read.text;
        self.read.set(Arc::new(ReadText { text: text.clone(), reading, document: Ok(document) }));
        if changed {
            self.text.set(text);
        }
    }

    fn follow_text(self) {
        let text = self.text.read();
        if *text == self.read.read_untracked().text {
            return;
        }
        let (read, left_out) = ReadText::of(text.clone());
        if self.left_out.read_untracked().is_empty() || !left_out.is_empty() {
            self.left_out.set(left_out);
        }
        let document = read.document.clone();
        self.read.set(Arc::new(read));
        if let Ok(document) = document
            && *self.form.document.read_untracked() != document
        {
            self.form.document.set(document);
        }
    }

    /// Whether the text can't be read. The form shows the last document that could be, and must
    /// rest meanwhile: when the text is mended, it takes the place of whatever the form holds.
    pub fn is_unreadable(self) -> Memo<bool> {
        self.unreadable
    }

    /// All that is typed: the document, or the text while that is something else.
    pub fn typed(self) -> String {
        if self.unreadable.get() {
            self.text.get()
        } else {
            self.form.document.track();
            self.form.document.with_untracked(Document::pretty)
        }
    }

    /// Follows all that is typed.
    pub fn track(self) {
        self.form.document.track();
        self.text.track();
    }

    /// Puts another text in its place, readable or not. Nobody types it: it is seen at once.
    pub fn write(self, text: String) {
        self.text.set(text);
        self.show();
    }

    /// What brings the text into sight where it shares its place with other views.
    pub fn reveal_by(self, reveal: Callback<()>) {
        self.reveal.set_value(Some(reveal));
    }

    /// Puts the cursor where the text can't be read.
    pub fn go_to_trouble(self) {
        let trouble = self.read.with_untracked(|read| {
            read.document.as_ref().err().map(|trouble| trouble.offset(&read.text))
        });
        if let Some(offset) = trouble {
            self.go_to_offset(offset);
        }
    }

    /// Puts the cursor to the member at a path, or to the nearest one around it that is there, and
    /// brings it into sight.
    pub fn go_to(self, path: &str) {
        let offset = self.read.with_untracked(|read| {
            let place = read.reading.place_of(&format!("{}{path}", read.prefix()));
            utf16_of(&read.text, place.start)
        });
        self.go_to_offset(offset);
    }

    /// Puts the cursor to the beginning of a line, counted from 1.
    pub(super) fn go_to_line(self, line: usize) {
        let offset = self
            .read
            .with_untracked(|read| utf16_of(&read.text, read.reading.lines.start_of(line)));
        self.go_to_offset(offset);
    }

    pub(super) fn go_to_offset(self, offset: usize) {
        self.show();
        if let Some(reveal) = self.reveal.get_value() {
            reveal.run(());
        }
        put_cursor(ID, offset);
    }

    /// Writes the document anew, as the form has it.
    pub(super) fn tidy(self) {
        self.write(self.form.document.with_untracked(Document::pretty));
    }

    /// Mends every slip whose mending is plain.
    pub(super) fn mend(self) {
        let mended = self.read.with_untracked(|read| mend(&read.text, &read.reading.troubles));
        self.write(mended);
    }

    /// How many slips can be mended so.
    pub(super) fn mendable(self) -> usize {
        let read = self.read.read();
        read.reading.troubles.iter().filter(|trouble| trouble.mend.is_some()).count()
    }
}
