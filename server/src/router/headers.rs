//! The headers that every answer carries.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::config::PublicUrl;

/// The nonce that the scripts of this answer carry: 128 bits of chance.
#[derive(Clone, Debug)]
pub struct RequestNonce(pub Arc<str>);

/// Sets the security headers, with a new nonce for each answer.
pub async fn secure(
    State(public_url): State<PublicUrl>,
    mut request: Request,
    next: Next,
) -> Response {
    let nonce: Arc<str> = format!("{:032x}", rand::random::<u128>()).into();
    request.extensions_mut().insert(RequestNonce(nonce.clone()));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    );
    // Pages hold what only their member may see; assets set their own.
    set(header::CACHE_CONTROL, "no-store");
    if public_url.is_secure() {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    }
    if let Ok(policy) = HeaderValue::from_str(&content_security_policy(&nonce)) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// Nothing but our own files, and scripts only with this answer's nonce. WebAssembly needs its own
/// word; `unsafe-eval` and `unsafe-inline` are never given.
fn content_security_policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    )
}
