//! The document of a form as a signal that can be followed in part: with every key a large form would
//! else ask each of its fields whether the change was theirs.

use std::ops::Deref;
use std::time::Duration;

use berth_definition::together::changed_path;
use leptos::prelude::*;
use serde_json::Value;

use crate::task_definitions::document::Document;
use crate::ui::Followers;

/// The pause in the typing after which those follow who need not follow every key.
const SETTLE: Duration = Duration::from_millis(300);

/// The document in the hands of the form. Changes go through here only, so that who follows a part
/// hears of them.
#[derive(Clone, Copy)]
pub struct LiveDocument {
    whole: RwSignal<Document>,
    /// Who follows which path.
    parts: Followers,
    /// Told of a change in a task of its own, before which the browser can show the key itself.
    told: RwSignal<()>,
    settled: RwSignal<Document>,
}

impl LiveDocument {
    /// A document that nobody follows yet.
    pub fn of(document: Document) -> Self {
        let settled = RwSignal::new(document.clone());
        let (whole, told) = (RwSignal::new(document), RwSignal::new(()));
        let live = Self { whole, parts: Followers::default(), told, settled };
        let untold = StoredValue::new(false);
        let settle = StoredValue::new(debounce(SETTLE, move |()| {
            // The form may have been left during the pause.
            if let Some(document) = live.try_get_untracked() {
                live.settled.try_set(document);
            }
        }));
        Effect::new(move |before: Option<()>| {
            live.track();
            if before.is_none() {
                return;
            }
            settle.update_value(|settle| settle(()));
            if untold.get_value() {
                return;
            }
            untold.set_value(true);
            let tell = move || {
                // The form may have been left meanwhile.
                if untold.try_set_value(false).is_none() {
                    told.notify();
                }
            };
            set_timeout(tell, Duration::ZERO);
        });
        live
    }

    /// The document when the typing has paused: for what is worked out from all of it, and looked at
    /// between two fields.
    pub fn settled(self) -> RwSignal<Document> {
        self.settled
    }

    /// The whole document, to be read elsewhere.
    pub fn whole(self) -> Signal<Document> {
        self.whole.into()
    }

    /// Reads the document, and follows all of it, a moment after each change: what all of it counts for
    /// must not keep the browser from showing a key in its field.
    pub fn with<T>(self, read: impl FnOnce(&Document) -> T) -> T {
        self.follow();
        self.whole.with_untracked(read)
    }

    /// Reads the document, and follows what stands at a path, what is below it, and what it is in.
    /// What is read must depend on nothing else.
    pub fn with_part<T>(self, path: &str, read: impl FnOnce(&Document) -> T) -> T {
        self.parts.follow(path);
        self.whole.with_untracked(read)
    }

    /// Reads what stands at a path, and follows that.
    pub fn with_value<T>(self, path: &str, read: impl FnOnce(Option<&Value>) -> T) -> T {
        self.with_part(path, |document| read(document.get(path)))
    }

    /// Follows all of the document, a moment after each change.
    pub fn follow(self) {
        self.told.track();
    }

    /// Follows all of the document, at once.
    pub fn track(self) {
        self.whole.track();
    }

    /// The document, to be read now.
    pub fn read_untracked(self) -> impl Deref<Target = Document> {
        self.whole.read_untracked()
    }

    /// Reads the document and follows nothing.
    pub fn with_untracked<T>(self, read: impl FnOnce(&Document) -> T) -> T {
        self.whole.with_untracked(read)
    }

    /// The same, unless the form is gone.
    pub fn try_with_untracked<T>(self, read: impl FnOnce(&Document) -> T) -> Option<T> {
        self.whole.try_with_untracked(read)
    }

    /// The document of this moment.
    pub fn get_untracked(self) -> Document {
        self.whole.get_untracked()
    }

    /// The same, unless the form is gone.
    pub fn try_get_untracked(self) -> Option<Document> {
        self.whole.try_get_untracked()
    }

    /// Puts another document in its place.
    pub fn set(self, document: Document) {
        self.update(move |present| *present = document);
    }

    /// Changes the document. Nobody is woken when it is the same afterwards.
    pub fn update(self, change: impl FnOnce(&mut Document)) {
        self.try_update(change);
    }

    /// The same, with what the change answers; nothing when the form is gone.
    pub fn try_update<T>(self, change: impl FnOnce(&mut Document) -> T) -> Option<T> {
        let (answer, changed) = self.whole.try_maybe_update(|document| {
            let before = document.clone();
            let answer = change(document);
            let changed = changed_path(&before, document);
            (changed.is_some(), (answer, changed))
        })?;
        if let Some(changed) = changed {
            self.parts.wake(|path| touch(path, &changed));
        }
        Some(answer)
    }
}

/// Whether two paths are the same, or one leads into the other.
fn touch(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let Some(rest) = long.strip_prefix(short) else { return false };
    short.is_empty() || rest.is_empty() || rest.starts_with('.')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn paths_touch_where_one_leads_into_the_other() {
        for (one, other, wanted) in [
            ("cpu", "cpu", true),
            ("", "cpu", true),
            ("containerDefinitions", "containerDefinitions.1.name", true),
            ("containerDefinitions.1", "containerDefinitions.10", false),
            ("containerDefinitions.1.name", "containerDefinitions.1.image", false),
            ("cpu", "cpus", false),
        ] {
            assert_eq!(touch(one, other), wanted, "{one} {other}");
            assert_eq!(touch(other, one), wanted, "{other} {one}");
        }
    }

    #[test]
    fn who_follows_a_part_sees_what_happens_there_and_is_not_asked_about_the_rest() {
        let owner = Owner::new();
        owner.set();
        let document =
            json!({"family": "web", "containerDefinitions": [{"name": "a"}, {"name": "b"}]});
        let live = LiveDocument::of(Document::new(document).unwrap());
        let looked = StoredValue::new(0);
        let name = Memo::new(move |_| {
            looked.update_value(|looked| *looked += 1);
            live.with_part("containerDefinitions.1.name", |document| {
                document.text_at("containerDefinitions.1.name")
            })
        });
        let seen = || (name.get_untracked(), looked.get_value());
        assert_eq!(seen(), ("b".to_owned(), 1));
        live.update(|document| document.set("family", json!("shop")));
        live.update(|document| document.set("containerDefinitions.0.name", json!("c")));
        live.update(|document| document.set("containerDefinitions.1.name", json!("b")));
        assert_eq!(seen(), ("b".to_owned(), 1));
        live.update(|document| document.set("containerDefinitions.1.name", json!("d")));
        assert_eq!(seen(), ("d".to_owned(), 2));
        live.update(|document| document.remove("containerDefinitions.0"));
        assert_eq!(seen(), (String::new(), 3));
        live.set(Document::default());
        assert_eq!(seen().0, "");
    }
}
