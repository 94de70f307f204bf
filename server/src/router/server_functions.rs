//! The HTTP status of a server function's error.
//!
//! Leptos answers each error with 500; machines, logs and proxies deserve the right number.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use berth_app::error::AppError;
use server_fn::error::{FromServerFnError, SERVER_FN_ERROR_HEADER};

/// Errors are a few sentences; more than this is none of ours.
const ERROR_BYTES: usize = 256 * 1024;

/// Reads the error out of the answer and sets its status.
pub(super) async fn status(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if !response.headers().contains_key(SERVER_FN_ERROR_HEADER) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, ERROR_BYTES).await else {
        return Response::from_parts(parts, Body::empty());
    };
    if parts.status.is_server_error() {
        let status = AppError::de(bytes.clone()).status();
        parts.status = StatusCode::from_u16(status).unwrap_or(parts.status);
    }
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(bytes))
}
