mod shares;
mod steps;
mod waits;

use serde_json::Value;

use crate::document::Document;

fn document(value: Value) -> Document {
    Document::new(value).unwrap()
}
