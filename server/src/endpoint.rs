//! `berth sandbox`: the simulated ECS on a port of this machine, for any AWS client.

use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use berth_sandbox::{Sandbox, SystemClock};
use futures::StreamExt as _;
use tokio::net::TcpListener;

use crate::config::SandboxConfig;
use crate::console::StartError;
use crate::serve::{serve_until_signal, start_log};

/// Serves a sandbox until SIGTERM or SIGINT.
///
/// # Errors
/// When the address or the state file can't be used; each in one sentence.
pub async fn serve(config: SandboxConfig) -> Result<(), StartError> {
    start_log(&config.log, config.log_format);
    let sandbox = Sandbox::builder()
        .clock(Arc::new(SystemClock::with_speed(config.speed)))
        .seed(config.seed.world())
        .region(config.region)
        .state_file(config.state)
        .open()
        .map_err(|error| StartError::new(error.to_string()))?;
    sandbox.set_weather(config.weather);
    let listener = TcpListener::bind(config.listen)
        .await
        .map_err(|error| StartError::new(format!("can't listen on {}: {error}", config.listen)))?;
    let bound = listener.local_addr().map_err(|error| StartError::new(error.to_string()))?;
    let text = format!(
        "The sandbox is at http://{bound} and takes any credentials; nothing touches AWS.\n"
    );
    let mut out = std::io::stdout().lock();
    // A closed standard output is no reason to stop serving.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    drop(out);
    serve_until_signal(listener, router(sandbox)).await
}

/// Every method and path goes to the sandbox: AWS's protocols share them.
fn router(sandbox: Sandbox) -> Router {
    Router::new().fallback(answer).with_state(sandbox)
}

async fn answer(State(sandbox): State<Sandbox>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let Some(body) = read(body).await else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    late(sandbox.latency()).await;
    // A world that was left alone for long has much to catch up with.
    let answered = tokio::task::spawn_blocking(move || sandbox.respond(&head, &body)).await;
    match answered {
        Ok(response) => response.map(Body::from),
        Err(error) => {
            tracing::error!(%error, "the sandbox gave no answer");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A body, or its beginning with one byte too many: the sandbox refuses that in the words of AWS.
/// None when the client broke it off.
async fn read(body: Body) -> Option<Vec<u8>> {
    let mut parts = body.into_data_stream();
    let mut bytes = Vec::new();
    while let Some(part) = parts.next().await {
        bytes.extend_from_slice(&part.ok()?);
        if bytes.len() > Sandbox::LARGEST_BODY {
            bytes.truncate(Sandbox::LARGEST_BODY + 1);
            break;
        }
    }
    Some(bytes)
}

async fn late(by: Duration) {
    if !by.is_zero() {
        // The client is free to hang up; then this ends with the request.
        let _ = tokio::time::timeout(by, std::future::pending::<()>()).await;
    }
}
