//! REST with JSON, as EFS speaks it: the method and the path are the operation,
//! and the query holds members.

use http::Method;
use http::request::Parts;
use serde_json::{Map, Value, json};

use super::{form, json};
use crate::refusal::{Refusal, Reply};

/// The one service of the sandbox that speaks it.
pub(crate) const SERVICE: &str = "elasticfilesystem";

/// Where every path of EFS begins.
pub(crate) const PREFIX: &str = "/2015-02-01/";

/// The operation of a method and a path.
pub(crate) fn operation(method: &Method, path: &str) -> Option<&'static str> {
    let rest = path.strip_prefix(PREFIX)?.trim_end_matches('/');
    match (method.as_str(), rest) {
        ("GET", "file-systems") => Some("DescribeFileSystems"),
        ("GET", "access-points") => Some("DescribeAccessPoints"),
        ("GET", "mount-targets") => Some("DescribeMountTargets"),
        _ => None,
    }
}

/// The document of a request: the query's members beside those of the body.
///
/// # Errors
/// SerializationException when the body is no JSON object.
pub(crate) fn document(head: &Parts, body: &[u8]) -> Result<Value, Refusal> {
    let mut map = match json::document(body)? {
        Value::Object(map) => map,
        _ => Map::new(),
    };
    for (name, value) in form::fields(head.uri.query().unwrap_or_default()) {
        map.insert(name, Value::from(value));
    }
    Ok(Value::Object(map))
}

/// Status and body of an answer; EFS names the code and the message in its own way.
pub(crate) fn answer(reply: &Reply) -> (u16, Vec<u8>) {
    match reply {
        Ok(answer) => (200, answer.to_string().into_bytes()),
        Err(refusal) => {
            let body = json!({"ErrorCode": refusal.code, "Message": refusal.message});
            (refusal.status, body.to_string().into_bytes())
        }
    }
}
