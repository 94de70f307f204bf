//! Fields that look at the document. Each field has a signal of its own, which the blocks of `ui`
//! edit; a lens keeps signal and document the same, in both directions, by what the text means:
//! while somebody types, nothing rewrites the text under the cursor.

use leptos::prelude::*;
use serde_json::{Map, Value, json};

use crate::task_definitions::document::Document;

/// The document of the form, in the hands of its parts.
#[derive(Clone, Copy)]
pub struct Form {
    /// The one truth.
    pub document: RwSignal<Document>,
}

/// The form around the present component.
pub fn use_form() -> Form {
    use_context::<Form>().unwrap_or_else(|| Form { document: RwSignal::default() })
}

/// How a field's content is written in the document.
struct Meaning<T> {
    /// What a value looks like in the field.
    show: fn(Option<&Value>) -> T,
    /// What the field's content means, given what stood there; `None` takes it away.
    read: fn(&T, Option<&Value>) -> Option<Value>,
}

impl<T> Clone for Meaning<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Meaning<T> {}

impl Form {
    /// A field of text; an empty one takes the member away.
    pub fn text(self, path: impl Into<Signal<String>>) -> RwSignal<String> {
        self.field(
            path.into(),
            Meaning { show: show_text, read: |text: &String, old| read_text(text, old) },
        )
    }

    /// A field of a whole number, kept as text while it is none.
    pub fn number(self, path: impl Into<Signal<String>>) -> RwSignal<String> {
        self.field(
            path.into(),
            Meaning { show: show_text, read: |text: &String, old| read_number(text, old) },
        )
    }

    /// A tick box for a member that is false when it is absent.
    pub fn truth(self, path: impl Into<Signal<String>>) -> RwSignal<bool> {
        let show = |value: Option<&Value>| value.and_then(Value::as_bool).unwrap_or(false);
        let read = |ticked: &bool, _: Option<&Value>| ticked.then_some(Value::Bool(true));
        self.field(path.into(), Meaning { show, read })
    }

    /// A tick box for a member that is true when it is absent.
    pub fn truth_unless(self, path: impl Into<Signal<String>>) -> RwSignal<bool> {
        let show = |value: Option<&Value>| value.and_then(Value::as_bool).unwrap_or(true);
        let read = |ticked: &bool, _: Option<&Value>| Some(Value::Bool(*ticked));
        self.field(path.into(), Meaning { show, read })
    }

    /// A list of words, as one choice: `EC2,FARGATE`.
    pub fn choice_of_words(self, path: impl Into<Signal<String>>) -> RwSignal<String> {
        let show = |value: Option<&Value>| words_of(value).join(",");
        let read = |text: &String, _: Option<&Value>| {
            (!text.is_empty()).then(|| json!(text.split(',').collect::<Vec<_>>()))
        };
        self.field(path.into(), Meaning { show, read })
    }

    /// A list of words, a row each.
    pub fn words(self, path: impl Into<Signal<String>>) -> RwSignal<Vec<String>> {
        let read = |rows: &Vec<String>, _: Option<&Value>| (!rows.is_empty()).then(|| json!(rows));
        self.field(path.into(), Meaning { show: words_of, read })
    }

    /// Variables: a list of `name` and `value`.
    pub fn variables(self, path: impl Into<Signal<String>>) -> RwSignal<Vec<(String, String)>> {
        let show = |value: Option<&Value>| pairs_of(value, ["name", "value"]);
        let read = |rows: &Vec<_>, old: Option<&Value>| pairs_as(rows, old, ["name", "value"]);
        self.field(path.into(), Meaning { show, read })
    }

    /// Secrets: a list of `name` and `valueFrom`.
    pub fn secrets(self, path: impl Into<Signal<String>>) -> RwSignal<Vec<(String, String)>> {
        let show = |value: Option<&Value>| pairs_of(value, ["name", "valueFrom"]);
        let read = |rows: &Vec<_>, old: Option<&Value>| pairs_as(rows, old, ["name", "valueFrom"]);
        self.field(path.into(), Meaning { show, read })
    }

    /// Tags: a list of `key` and `value`.
    pub fn tags(self, path: impl Into<Signal<String>>) -> RwSignal<Vec<(String, String)>> {
        let show = |value: Option<&Value>| pairs_of(value, ["key", "value"]);
        let read = |rows: &Vec<_>, old: Option<&Value>| pairs_as(rows, old, ["key", "value"]);
        self.field(path.into(), Meaning { show, read })
    }

    /// Options of a log driver, but for those that have fields of their own.
    pub fn options(self, path: impl Into<Signal<String>>) -> RwSignal<Vec<(String, String)>> {
        self.field(
            path.into(),
            Meaning { show: options_of, read: |rows: &Vec<_>, old| options_as(rows, old) },
        )
    }

    /// What stands at a path, for showing.
    pub fn value(self, path: impl Into<Signal<String>>) -> Memo<String> {
        let path = path.into();
        Memo::new(move |_| self.document.with(|document| document.text_at(&path.read())))
    }

    fn field<T>(self, path: Signal<String>, meaning: Meaning<T>) -> RwSignal<T>
    where
        T: Clone + PartialEq + Send + Sync + 'static,
    {
        let Meaning { show, read } = meaning;
        let here =
            Memo::new(move |_| self.document.with(|document| document.get(&path.read()).cloned()));
        let field = RwSignal::new(show(here.get_untracked().as_ref()));
        // The document changed: show it, unless the field says the same in other words.
        Effect::new(move |_| {
            let value = here.get();
            let same = field.with_untracked(|own| read(own, value.as_ref()) == value);
            let shown = show(value.as_ref());
            if !same && field.with_untracked(|own| *own != shown) {
                field.set(shown);
            }
        });
        // The field changed: write it, unless the document says the same already.
        Effect::new(move |_| {
            let own = field.get();
            let path = path.get_untracked();
            let old = self.document.with_untracked(|document| document.get(&path).cloned());
            if show(old.as_ref()) == own {
                return;
            }
            let new = read(&own, old.as_ref());
            if new != old {
                self.document.update(|document| match new {
                    Some(value) => document.set(&path, value),
                    None => document.remove(&path),
                });
            }
        });
        field
    }
}

fn show_text(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

fn read_text(text: &str, _: Option<&Value>) -> Option<Value> {
    (!text.is_empty()).then(|| Value::String(text.to_owned()))
}

fn read_number(text: &str, _: Option<&Value>) -> Option<Value> {
    match text.trim() {
        "" => None,
        number => Some(number.parse::<i64>().map_or_else(|_| json!(text), |n| json!(n))),
    }
}

fn words_of(value: Option<&Value>) -> Vec<String> {
    let items = value.and_then(Value::as_array).into_iter().flatten();
    items.map(|item| show_text(Some(item))).collect()
}

fn pairs_of(value: Option<&Value>, members: [&str; 2]) -> Vec<(String, String)> {
    let items = value.and_then(Value::as_array).into_iter().flatten();
    items.map(|item| (show_text(item.get(members[0])), show_text(item.get(members[1])))).collect()
}

/// Rows as objects. A row that was there before keeps its further members: it is known again by
/// its first member, or by its place when that was renamed.
fn pairs_as(rows: &[(String, String)], old: Option<&Value>, members: [&str; 2]) -> Option<Value> {
    let old = old.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let before = |at: usize, first: &str| {
        old.iter()
            .find(|item| item.get(members[0]).and_then(Value::as_str) == Some(first))
            .or_else(|| old.get(at).filter(|_| rows.len() == old.len()))
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default()
    };
    let items: Vec<Value> = rows
        .iter()
        .enumerate()
        .map(|(at, (first, second))| {
            let mut item = before(at, first);
            item.insert(members[0].to_owned(), json!(first));
            item.insert(members[1].to_owned(), json!(second));
            Value::Object(item)
        })
        .collect();
    (!items.is_empty()).then_some(Value::Array(items))
}

/// Options that have fields of their own.
pub const OWN_OPTIONS: [&str; 3] = ["awslogs-group", "awslogs-region", "awslogs-stream-prefix"];

fn options_of(value: Option<&Value>) -> Vec<(String, String)> {
    let options = value.and_then(Value::as_object).into_iter().flatten();
    options
        .filter(|(name, _)| !OWN_OPTIONS.contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), show_text(Some(value))))
        .collect()
}

/// Rows without a name are not written yet: an object has no place for them.
fn options_as(rows: &[(String, String)], old: Option<&Value>) -> Option<Value> {
    let mut options: Map<String, Value> = old
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .filter(|(name, _)| OWN_OPTIONS.contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    for (name, value) in rows.iter().filter(|(name, _)| !name.is_empty()) {
        options.insert(name.clone(), json!(value));
    }
    (!options.is_empty()).then_some(Value::Object(options))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_mean_values() {
        for (text, value) in [
            ("", None),
            ("80", Some(json!(80))),
            (" 80 ", Some(json!(80))),
            ("8o", Some(json!("8o"))),
        ] {
            assert_eq!(read_number(text, None), value, "{text}");
        }
        assert_eq!(read_text("a", None), Some(json!("a")));
        assert_eq!(show_text(Some(&json!(80))), "80");
    }

    #[test]
    fn rows_keep_what_they_do_not_show() {
        let old = json!([{"name": "A", "value": "1", "later": true}, {"name": "B", "value": "2"}]);
        let rows = |rows: &[(&str, &str)]| -> Vec<(String, String)> {
            rows.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
        };
        let members = ["name", "value"];
        assert_eq!(
            pairs_as(&rows(&[("A", "9"), ("B", "2")]), Some(&old), members),
            Some(json!([{"name": "A", "value": "9", "later": true}, {"name": "B", "value": "2"}]))
        );
        assert_eq!(
            pairs_as(&rows(&[("B", "2")]), Some(&old), members),
            Some(json!([{"name": "B", "value": "2"}]))
        );
        assert_eq!(
            pairs_as(&rows(&[("AA", "1"), ("B", "2")]), Some(&old), members),
            Some(json!([{"name": "AA", "value": "1", "later": true}, {"name": "B", "value": "2"}]))
        );
        assert_eq!(pairs_as(&[], Some(&old), members), None);
        assert_eq!(pairs_of(Some(&old), members), rows(&[("A", "1"), ("B", "2")]));
    }

    #[test]
    fn options_with_fields_of_their_own_stay() {
        let old = json!({"awslogs-group": "g", "mode": "blocking"});
        assert_eq!(options_of(Some(&old)), [("mode".to_owned(), "blocking".to_owned())]);
        assert_eq!(options_as(&[], Some(&old)), Some(json!({"awslogs-group": "g"})));
        let rows = vec![("a".to_owned(), "b".to_owned()), (String::new(), "c".to_owned())];
        assert_eq!(options_as(&rows, None), Some(json!({"a": "b"})));
    }
}
