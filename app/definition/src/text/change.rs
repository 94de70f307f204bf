//! One change at one path of a text.

use serde_json::Value;

use super::patch::patch;
use super::read::read;
use crate::document::Document;

/// What is done at a path.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Puts a value there; objects and lists on the way are made.
    Set(Value),
    /// Takes it away, with its comma.
    Remove,
    /// Puts an item into the list there, before the one at this place.
    Insert(usize, Value),
    /// Calls the member another name, at its place.
    Rename(String),
    /// Moves an item of the list there from one place to another.
    Move(usize, usize),
}

/// The text with the change; every character elsewhere stays. `None` when the text is no document.
pub fn edit(text: &str, path: &str, change: Change) -> Option<String> {
    let old = read(text).value()?;
    let mut document = Document::new(old.clone())?;
    match change {
        Change::Set(value) => document.set(path, value),
        Change::Remove => document.remove(path),
        Change::Insert(place, value) => document.insert(path, place, value),
        Change::Rename(name) => document.rename(path, &name),
        Change::Move(from, to) => document.move_item(path, from, to),
    }
    patch(text, &old, document.value())
}
