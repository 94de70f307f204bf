//! AWS JSON 1.0 and 1.1: an object in, an object out.

use serde_json::{Map, Value};

use crate::refusal::{Refusal, Reply};

/// The document of a body.
///
/// # Errors
/// SerializationException when it is no JSON object.
pub(crate) fn document(body: &[u8]) -> Result<Value, Refusal> {
    // The SDK sends `{}`, but an absent body means the same.
    if body.is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    let value: Value = serde_json::from_slice(body)
        .map_err(|_| Refusal::malformed("The request body is not valid JSON."))?;
    if value.is_object() {
        Ok(value)
    } else {
        Err(Refusal::malformed("Start of structure or map found where not expected."))
    }
}

/// Status and body of an answer.
pub(crate) fn answer(reply: &Reply) -> (u16, Vec<u8>) {
    let (status, body) = match reply {
        Ok(answer) => (200, answer.to_string()),
        Err(refusal) => (refusal.status, refusal.body().to_string()),
    };
    (status, body.into_bytes())
}
