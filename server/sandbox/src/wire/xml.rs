//! The XML of the query protocol and of EC2.

use std::fmt::Write;

use serde_json::Value;

use super::api::Api;
use super::time;
use crate::refusal::{Refusal, Reply};

/// Status and body of an answer in the query protocol.
pub(crate) fn query_answer(api: &Api, operation: &str, reply: &Reply, id: &str) -> (u16, String) {
    let namespace = api.namespace;
    match reply {
        Ok(answer) => {
            let mut out = format!("<{operation}Response xmlns=\"{namespace}\">");
            element(&mut out, &format!("{operation}Result"), answer, "member");
            let _ = write!(
                out,
                "<ResponseMetadata><RequestId>{id}</RequestId></ResponseMetadata></{operation}Response>"
            );
            (200, out)
        }
        Err(refusal) => {
            let kind = if refusal.status >= 500 { "Receiver" } else { "Sender" };
            let body = format!(
                "<ErrorResponse xmlns=\"{namespace}\"><Error><Type>{kind}</Type>\
                 <Code>{}</Code><Message>{}</Message></Error><RequestId>{id}</RequestId></ErrorResponse>",
                query_code(refusal.code),
                escaped(&refusal.message)
            );
            (refusal.status, body)
        }
    }
}

/// Status and body of an answer of EC2: its members stand in the response
/// itself, lists hold `item`s, and errors have an envelope of their own.
pub(crate) fn ec2_answer(api: &Api, operation: &str, reply: &Reply, id: &str) -> (u16, String) {
    let namespace = api.namespace;
    match reply {
        Ok(answer) => {
            let mut out = format!("<{operation}Response xmlns=\"{namespace}\">");
            let _ = write!(out, "<requestId>{id}</requestId>");
            content(&mut out, answer, "item");
            let _ = write!(out, "</{operation}Response>");
            (200, out)
        }
        Err(refusal) => {
            let body = format!(
                "<Response><Errors><Error><Code>{}</Code><Message>{}</Message></Error></Errors>\
                 <RequestID>{id}</RequestID></Response>",
                ec2_code(refusal),
                escaped(&refusal.message)
            );
            (refusal.status, body)
        }
    }
}

/// The services with forms have shorter names for the errors that all share.
fn query_code(code: &str) -> &str {
    match code {
        "AccessDeniedException" => "AccessDenied",
        "ExpiredTokenException" => "ExpiredToken",
        "ThrottlingException" => "Throttling",
        "ServerException" => "InternalFailure",
        other => other,
    }
}

fn ec2_code(refusal: &Refusal) -> &str {
    match refusal.code {
        "AccessDeniedException" => "UnauthorizedOperation",
        "ExpiredTokenException" => "RequestExpired",
        "ThrottlingException" => "RequestLimitExceeded",
        "ServerException" => "InternalError",
        other => other,
    }
}

fn element(out: &mut String, name: &str, value: &Value, item: &str) {
    if value.is_null() {
        return;
    }
    let _ = write!(out, "<{name}>");
    match value {
        Value::Array(list) if time::is(name) => {
            for at in list.iter().filter_map(Value::as_i64) {
                let _ = write!(out, "<{item}>{}</{item}>", time::text(at));
            }
        }
        other => content(out, other, item),
    }
    let _ = write!(out, "</{name}>");
}

fn content(out: &mut String, value: &Value, item: &str) {
    match value {
        Value::Null => {}
        Value::Bool(flag) => {
            let _ = write!(out, "{flag}");
        }
        Value::Number(number) => {
            let _ = write!(out, "{number}");
        }
        Value::String(text) => out.push_str(&escaped(text)),
        Value::Array(list) => {
            for value in list {
                element(out, item, value, item);
            }
        }
        Value::Object(map) => {
            for (name, value) in map {
                element(out, name, value, item);
            }
        }
    }
}

/// Text as XML 1.0 can hold it; control characters are none of it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' => out.push(letter),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}
