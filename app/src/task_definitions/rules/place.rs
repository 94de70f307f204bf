//! A value with the path that leads to it.

use serde_json::Value;

/// A place in a document.
#[derive(Clone, Debug)]
pub struct Place<'a> {
    /// What stands there.
    pub value: &'a Value,
    /// How to get there; empty for the whole document.
    pub path: String,
}

impl<'a> Place<'a> {
    /// The whole document.
    pub fn root(value: &'a Value) -> Self {
        Self { value, path: String::new() }
    }

    /// The path of a member, whether it is there or not.
    pub fn at(&self, member: &str) -> String {
        if self.path.is_empty() { member.to_owned() } else { format!("{}.{member}", self.path) }
    }

    /// A member, if it is there.
    pub fn get(&self, member: &str) -> Option<Place<'a>> {
        let value = self.value.get(member)?;
        Some(Place { value, path: self.at(member) })
    }

    /// A member's text; empty when it is not there or no text.
    pub fn text(&self, member: &str) -> &'a str {
        self.value.get(member).and_then(Value::as_str).unwrap_or_default()
    }

    /// A member's whole number.
    pub fn number(&self, member: &str) -> Option<i64> {
        self.value.get(member).and_then(Value::as_i64)
    }

    /// Whether a member is `true`.
    pub fn is_true(&self, member: &str) -> bool {
        self.value.get(member).and_then(Value::as_bool).unwrap_or_default()
    }

    /// The items of a member that is a list; none otherwise.
    pub fn items(&self, member: &str) -> Vec<Place<'a>> {
        let path = self.at(member);
        let items = self.value.get(member).and_then(Value::as_array);
        items
            .into_iter()
            .flatten()
            .enumerate()
            .map(|(at, value)| Place { value, path: format!("{path}.{at}") })
            .collect()
    }

    /// Whether a member is there and holds anything.
    pub fn has(&self, member: &str) -> bool {
        match self.value.get(member) {
            None | Some(Value::Null) => false,
            Some(Value::Array(items)) => !items.is_empty(),
            Some(Value::Object(members)) => !members.is_empty(),
            Some(Value::String(text)) => !text.is_empty(),
            Some(_) => true,
        }
    }
}
