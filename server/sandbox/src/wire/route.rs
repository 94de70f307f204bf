//! Which service and operation a request means. The protocol says the most;
//! where it names no service, the credential scope of the signature does.

use http::request::Parts;
use http::{HeaderMap, Method, header};

use super::api::{APIS, Api};
use super::{Call, Protocol, form, rest};
use crate::refusal::Refusal;

/// Recognises a request.
///
/// # Errors
/// UnknownOperationException when no service of the sandbox is meant.
pub(crate) fn recognise(head: &Parts, body: &[u8]) -> Result<Call, Refusal> {
    let path = head.uri.path();
    if let Some(target) = text(&head.headers, "x-amz-target") {
        return by_target(&head.headers, target);
    }
    if let Some(call) = by_rpc_path(path) {
        return call;
    }
    if path.starts_with(rest::PREFIX) {
        return by_rest(&head.method, path);
    }
    by_form(head, body)
}

fn by_target(headers: &HeaderMap, target: &str) -> Result<Call, Refusal> {
    let (prefix, operation) = target.rsplit_once('.').ok_or_else(|| unknown(target))?;
    let old = text(headers, "content-type").is_some_and(|kind| kind.contains("json-1.0"));
    found(prefix, operation, Protocol::Json { old }).ok_or_else(|| unknown(target))
}

/// `/service/{name}/operation/{operation}`.
fn by_rpc_path(path: &str) -> Option<Result<Call, Refusal>> {
    let (service, operation) = path.strip_prefix("/service/")?.split_once("/operation/")?;
    let call = found(service, operation, Protocol::Cbor);
    Some(call.ok_or_else(|| unknown(&format!("{service}.{operation}"))))
}

fn found(target: &str, operation: &str, protocol: Protocol) -> Option<Call> {
    let api = APIS.iter().find(|api| !target.is_empty() && api.target == target)?;
    Some(Call { api, operation: operation.to_owned(), protocol })
}

fn by_rest(method: &Method, path: &str) -> Result<Call, Refusal> {
    let what = || format!("{method} {path}");
    let api = APIS.iter().find(|api| api.name == rest::SERVICE).ok_or_else(|| unknown(&what()))?;
    let operation = rest::operation(method, path).ok_or_else(|| unknown(&what()))?;
    Ok(Call { api, operation: operation.to_owned(), protocol: Protocol::Rest })
}

fn by_form(head: &Parts, body: &[u8]) -> Result<Call, Refusal> {
    let form = form::of(head, body);
    let value = |name: &str| form.iter().find(|(key, _)| key == name).map(|(_, value)| value);
    let operation = value("Action").ok_or_else(|| unknown(head.uri.path()))?;
    let version = value("Version").map_or("", String::as_str);
    let scope = scope(&head.headers).unwrap_or_default();
    let takes_forms = |api: &&Api| !api.version.is_empty();
    let api = APIS
        .iter()
        .filter(takes_forms)
        .find(|api| api.scope == scope)
        .or_else(|| APIS.iter().filter(takes_forms).find(|api| api.version == version))
        .ok_or_else(|| unknown(operation))?;
    let protocol = if api.name == "ec2" { Protocol::Ec2 } else { Protocol::Query };
    Ok(Call { api, operation: operation.clone(), protocol })
}

/// The service in a signature's credential scope, which reads
/// `Credential=KEY/DATE/REGION/SERVICE/aws4_request`.
fn scope(headers: &HeaderMap) -> Option<&str> {
    let authorization = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    authorization.split("Credential=").nth(1)?.split('/').nth(3)
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn unknown(what: &str) -> Refusal {
    Refusal::new("UnknownOperationException", format!("Unknown operation: {what}"))
}
