//! One question to a neighbour, in the protocol that it speaks.

use aws_sdk_ecs::error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use serde_json::Value;

use super::host::Service;

/// A question that only reads.
#[derive(Clone, Debug)]
pub(super) struct Question {
    pub(super) service: Service,
    /// As IAM names the right to ask it.
    pub(super) operation: &'static str,
    pub(super) asked: Asked,
}

/// How it is put.
#[derive(Clone, Debug)]
pub(super) enum Asked {
    /// JSON 1.1: a target and a document.
    Json { target: &'static str, document: Value },
    /// The query protocol: a version and a form; the answer is XML.
    Form { version: &'static str, fields: Vec<(&'static str, String)> },
    /// A path with its query.
    Get { path: &'static str, query: Vec<(&'static str, String)> },
}

impl Question {
    /// The request without its host and its signature.
    pub(super) fn request(&self) -> Result<HttpRequest, BoxError> {
        let (method, uri, kind, body) = match &self.asked {
            Asked::Json { document, .. } => {
                let body = without_nulls(document).to_string();
                ("POST", "/".to_owned(), "application/x-amz-json-1.1", body)
            }
            Asked::Form { version, fields } => {
                let action =
                    [("Action", self.operation.to_owned()), ("Version", (*version).to_owned())];
                let body = encoded(action.iter().chain(fields));
                ("POST", "/".to_owned(), "application/x-www-form-urlencoded; charset=utf-8", body)
            }
            Asked::Get { path, query } => {
                let query = encoded(query.iter());
                let mark = if query.is_empty() { "" } else { "?" };
                ("GET", format!("{path}{mark}{query}"), "application/json", String::new())
            }
        };
        let length = body.len();
        let mut request = HttpRequest::new(SdkBody::from(body));
        request.set_method(method)?;
        request.set_uri(uri)?;
        let headers = request.headers_mut();
        headers.insert("content-type", kind);
        if let Asked::Json { target, .. } = &self.asked {
            headers.insert("x-amz-target", format!("{target}.{}", self.operation));
        }
        if method == "POST" {
            headers.insert("content-length", length.to_string());
        }
        Ok(request)
    }
}

/// A member that is null is one that was not asked for.
fn without_nulls(document: &Value) -> Value {
    let mut document = document.clone();
    if let Some(members) = document.as_object_mut() {
        members.retain(|_, value| !value.is_null());
    }
    document
}

/// Names and values as a form.
fn encoded<'a>(fields: impl Iterator<Item = &'a (&'static str, String)>) -> String {
    let pairs: Vec<String> =
        fields.map(|(name, value)| format!("{name}={}", percent_encoded(value))).collect();
    pairs.join("&")
}

/// Everything but unreserved letters (RFC 3986) as percent signs and digits.
fn percent_encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn put(asked: Asked) -> HttpRequest {
        Question { service: Service::Iam, operation: "ListRoles", asked }.request().unwrap()
    }

    #[test]
    fn each_protocol_has_its_form() {
        let fields = vec![("Marker", "a b/c=&é".to_owned())];
        let form = put(Asked::Form { version: "2010-05-08", fields: fields.clone() });
        let body = b"Action=ListRoles&Version=2010-05-08&Marker=a%20b%2Fc%3D%26%C3%A9";
        assert_eq!(form.body().bytes(), Some(&body[..]));
        assert_eq!(form.headers().get("content-length"), Some(&*body.len().to_string()));

        let get = put(Asked::Get { path: "/2015-02-01/file-systems", query: fields });
        assert_eq!(get.uri(), "/2015-02-01/file-systems?Marker=a%20b%2Fc%3D%26%C3%A9");
        assert_eq!(get.method(), "GET");

        let json = put(Asked::Json { target: "AmazonSSM", document: json!({"a": 1, "b": null}) });
        assert_eq!(json.headers().get("x-amz-target"), Some("AmazonSSM.ListRoles"));
        assert_eq!(json.body().bytes(), Some(&br#"{"a":1}"#[..]));
    }
}
