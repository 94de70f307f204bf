//! The protocols of AWS in front of the world: which service a request means,
//! its document out of the body, and the answer in the protocol's own shape.

pub(crate) mod api;
mod cbor;
mod form;
mod json;
mod rest;
mod route;
#[cfg(test)]
mod tests;
pub(crate) mod time;
mod xml;

use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use serde_json::Value;

use crate::refusal::{Refusal, Reply};
use crate::sandbox::Sandbox;
use api::Api;

/// How a request is written, and its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protocol {
    /// AWS JSON; the flag is set for 1.0, which CloudWatch speaks.
    Json { old: bool },
    /// A form in, XML out.
    Query,
    /// EC2's own kind of the query protocol.
    Ec2,
    /// Smithy's RPC v2 in CBOR.
    Cbor,
    /// REST with JSON.
    Rest,
}

/// What a request asks for.
#[derive(Debug, PartialEq)]
pub(crate) struct Call {
    pub(crate) api: &'static Api,
    pub(crate) operation: String,
    pub(crate) protocol: Protocol,
}

/// More than any request of the API needs: a task definition may have 64 KiB.
pub(crate) const LARGEST_BODY: usize = 4 << 20;

/// Answers one HTTP request of any AWS client.
pub(crate) fn respond(sandbox: &Sandbox, head: &Parts, body: &[u8]) -> Response<Vec<u8>> {
    let id = sandbox.next_request_id();
    // What a form asks for stands in front.
    let (large, beginning) = match body.get(..LARGEST_BODY) {
        Some(beginning) if body.len() > LARGEST_BODY => (true, beginning),
        _ => (false, body),
    };
    match route::recognise(head, beginning) {
        Ok(call) if large => encode(&call, Err(Refusal::too_large()), &id),
        Ok(call) => {
            let reply = sandbox.reply(call.api, &call.operation, || call.document(head, body));
            encode(&call, reply, &id)
        }
        Err(refusal) => {
            // Nobody knows which protocol the caller speaks: the commonest is as good as any.
            let (status, body) = json::answer(&Err(refusal));
            wrap(status, "application/x-amz-json-1.1", &id, &[], body)
        }
    }
}

impl Call {
    fn document(&self, head: &Parts, body: &[u8]) -> Result<Value, Refusal> {
        match self.protocol {
            Protocol::Json { .. } => json::document(body),
            Protocol::Query | Protocol::Ec2 => form::document(form::of(head, body)),
            Protocol::Cbor => cbor::document(body),
            Protocol::Rest => rest::document(head, body),
        }
    }
}

fn encode(call: &Call, reply: Reply, id: &str) -> Response<Vec<u8>> {
    let code = reply.as_ref().err().map(|refusal| refusal.code);
    match call.protocol {
        Protocol::Json { old } => {
            let (status, body) = json::answer(&reply);
            let kind =
                if old { "application/x-amz-json-1.0" } else { "application/x-amz-json-1.1" };
            wrap(status, kind, id, &[], body)
        }
        Protocol::Query => {
            let (status, body) = xml::query_answer(call.api, &call.operation, &reply, id);
            wrap(status, "text/xml", id, &[], body.into_bytes())
        }
        Protocol::Ec2 => {
            let (status, body) = xml::ec2_answer(call.api, &call.operation, &reply, id);
            wrap(status, "text/xml;charset=UTF-8", id, &[], body.into_bytes())
        }
        Protocol::Cbor => {
            let (status, body) = cbor::answer(&reply);
            wrap(status, "application/cbor", id, &[("smithy-protocol", "rpc-v2-cbor")], body)
        }
        Protocol::Rest => {
            let (status, body) = rest::answer(&reply);
            let kind = code.map(|code| ("x-amzn-errortype", code));
            wrap(status, "application/json", id, kind.as_slice(), body)
        }
    }
}

fn wrap(
    status: u16,
    kind: &'static str,
    id: &str,
    more: &[(&'static str, &'static str)],
    body: Vec<u8>,
) -> Response<Vec<u8>> {
    let mut headers = HeaderMap::new();
    headers.insert(http::header::CONTENT_TYPE, HeaderValue::from_static(kind));
    // A request id is made of hexadecimal digits and dashes.
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(HeaderName::from_static("x-amzn-requestid"), id);
    }
    for (name, value) in more {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    let mut response = Response::new(body);
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    *response.headers_mut() = headers;
    response
}
