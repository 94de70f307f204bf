//! Reading a request's document: members by name and type. A member of the
//! wrong type is a SerializationException, a null member is an absent one.

use serde_json::Value;

use crate::refusal::Refusal;

/// A request's JSON object.
#[derive(Clone, Copy)]
pub(crate) struct Ask<'a>(pub(crate) &'a Value);

impl<'a> Ask<'a> {
    /// A member of any type; null counts as absent.
    pub(crate) fn get(self, name: &str) -> Option<&'a Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    pub(crate) fn has(self, name: &str) -> bool {
        self.get(name).is_some()
    }

    pub(crate) fn text(self, name: &str) -> Result<Option<&'a str>, Refusal> {
        self.typed(name, Value::as_str, "String")
    }

    /// A text that must be there; the sentence names the member as AWS does.
    pub(crate) fn needed_text(self, name: &str) -> Result<&'a str, Refusal> {
        self.text(name)?.filter(|text| !text.is_empty()).ok_or_else(|| {
            let mut title = name.to_owned();
            if let Some(first) = title.get_mut(0..1) {
                first.make_ascii_uppercase();
            }
            Refusal::invalid(format!("{title} cannot be empty."))
        })
    }

    pub(crate) fn whole(self, name: &str) -> Result<Option<i64>, Refusal> {
        self.typed(name, Value::as_i64, "Integer")
    }

    /// A number with a fraction.
    pub(crate) fn number(self, name: &str) -> Result<Option<f64>, Refusal> {
        self.typed(name, Value::as_f64, "Double")
    }

    pub(crate) fn flag(self, name: &str) -> Result<Option<bool>, Refusal> {
        self.typed(name, Value::as_bool, "Boolean")
    }

    /// A list; absent is empty.
    pub(crate) fn list(self, name: &str) -> Result<&'a [Value], Refusal> {
        let list = self.typed(name, Value::as_array, "List")?;
        Ok(list.map_or(&[], Vec::as_slice))
    }

    /// A list of texts; absent is empty.
    pub(crate) fn texts(self, name: &str) -> Result<Vec<&'a str>, Refusal> {
        self.list(name)?
            .iter()
            .map(|item| item.as_str().ok_or_else(|| wrong_type(name, "String")))
            .collect()
    }

    /// An object read like a request; absent is `None`.
    pub(crate) fn object(self, name: &str) -> Result<Option<Ask<'a>>, Refusal> {
        match self.get(name) {
            None => Ok(None),
            Some(value) if value.is_object() => Ok(Some(Ask(value))),
            Some(_) => Err(wrong_type(name, "Structure")),
        }
    }

    /// Whether `include` holds the word.
    pub(crate) fn includes(self, word: &str) -> Result<bool, Refusal> {
        Ok(self.texts("include")?.contains(&word))
    }

    fn typed<T>(
        self,
        name: &str,
        read: impl FnOnce(&'a Value) -> Option<T>,
        kind: &str,
    ) -> Result<Option<T>, Refusal> {
        match self.get(name) {
            None => Ok(None),
            Some(value) => read(value).map(Some).ok_or_else(|| wrong_type(name, kind)),
        }
    }
}

fn wrong_type(name: &str, kind: &str) -> Refusal {
    Refusal::malformed(format!("Member '{name}' can not be converted to a {kind}"))
}

/// Puts a member into a document only when there is one: AWS leaves absent
/// members out instead of writing null.
pub(crate) fn put(document: &mut Value, name: &str, value: Option<impl Into<Value>>) {
    if let (Some(value), Some(map)) = (value, document.as_object_mut()) {
        map.insert(name.to_owned(), value.into());
    }
}

/// Epoch seconds with fraction, as AWS JSON 1.1 writes a time.
pub(crate) fn seconds(ms: i64) -> Value {
    Value::from(ms as f64 / 1000.0)
}
