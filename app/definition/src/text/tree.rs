//! A text as a tree that knows where each part of it stands.

use serde_json::{Map, Value};

/// A range of bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// From one byte up to another.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Whether a cursor at an offset touches it.
    pub fn touches(self, offset: usize) -> bool {
        (self.start..=self.end).contains(&offset)
    }

    /// The text there.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// A value at its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where it stands, brackets and quotes included.
    pub at: Span,
    /// What it is.
    pub content: Content,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A text, a number, a truth or null.
    Scalar(Value),
    /// Items.
    List(Vec<Node>),
    /// Members.
    Object(Vec<Entry>),
    /// Nothing that could be read.
    Missing,
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// Where the name stands, with its quotes.
    pub name_at: Span,
    /// Its value.
    pub value: Node,
}

impl Node {
    /// The value; what could not be read is null, and of two members with one name the last counts.
    pub fn value(&self) -> Value {
        match &self.content {
            Content::Scalar(value) => value.clone(),
            Content::Missing => Value::Null,
            Content::List(items) => Value::Array(items.iter().map(Self::value).collect()),
            Content::Object(entries) => {
                let mut members = Map::with_capacity(entries.len());
                for entry in entries {
                    members.insert(entry.name.clone(), entry.value.value());
                }
                Value::Object(members)
            }
        }
    }

    /// Its members, if it is an object.
    pub fn entries(&self) -> &[Entry] {
        if let Content::Object(entries) = &self.content { entries } else { &[] }
    }

    /// Its items, if it is a list.
    pub fn items(&self) -> &[Node] {
        if let Content::List(items) = &self.content { items } else { &[] }
    }

    /// The member of a name.
    pub fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.name == name)
    }

    /// The value at a path, with the place of its name. A name may itself have dots in it.
    pub fn find(&self, path: &str) -> Option<(Option<Span>, &Self)> {
        if path.is_empty() {
            return Some((None, self));
        }
        for entry in self.entries() {
            let Some(rest) = path.strip_prefix(entry.name.as_str()) else { continue };
            if rest.is_empty() {
                return Some((Some(entry.name_at), &entry.value));
            }
            if let Some(found) = rest.strip_prefix('.').and_then(|rest| entry.value.find(rest)) {
                return Some(found);
            }
        }
        let (place, rest) = path.split_once('.').unwrap_or((path, ""));
        let item = self.items().get(place.parse::<usize>().ok()?)?;
        item.find(rest)
    }

    /// The path of the innermost member or item that a cursor touches.
    pub fn path_at(&self, offset: usize) -> String {
        let mut path = String::new();
        let mut node = self;
        loop {
            let next = match &node.content {
                Content::Object(entries) => entries
                    .iter()
                    .find(|entry| {
                        Span::new(entry.name_at.start, entry.value.at.end).touches(offset)
                    })
                    .map(|entry| (entry.name.clone(), &entry.value)),
                Content::List(items) => items
                    .iter()
                    .position(|item| item.at.touches(offset))
                    .map(|place| (place.to_string(), &items[place])),
                _ => None,
            };
            let Some((step, inner)) = next else { return path };
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(&step);
            node = inner;
        }
    }
}
