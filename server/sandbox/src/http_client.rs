//! The sandbox as the HTTP client of the AWS SDK.

use std::io;
use std::time::Duration;

use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;

use crate::sandbox::{Answer, Sandbox};

/// Hands out connectors to one sandbox.
#[derive(Debug)]
pub(crate) struct Client(pub(crate) Sandbox);

impl HttpClient for Client {
    fn http_connector(
        &self,
        _settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(Connector {
            sandbox: self.0.clone(),
            sleep: components.sleep_impl(),
        })
    }
}

#[derive(Debug)]
struct Connector {
    sandbox: Sandbox,
    sleep: Option<SharedAsyncSleep>,
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let sandbox = self.sandbox.clone();
        let weather = sandbox.weather();
        let sleep = self.sleep.clone().filter(|_| weather.latency_ms > 0);
        HttpConnectorFuture::new(async move {
            if let Some(sleep) = sleep {
                sleep.sleep(Duration::from_millis(weather.latency_ms)).await;
            }
            if weather.outage {
                // As when nobody listens: the request never leaves.
                let refused =
                    io::Error::new(io::ErrorKind::ConnectionRefused, "the sandbox plays an outage");
                return Err(ConnectorError::io(refused.into()).never_connected());
            }
            respond(&sandbox, &request)
        })
    }
}

/// Tells ECS from STS by the host and answers.
fn respond(sandbox: &Sandbox, request: &HttpRequest) -> Result<HttpResponse, ConnectorError> {
    let Some(body) = request.body().bytes() else {
        return Err(ConnectorError::user(
            "the sandbox takes requests whose body is in memory".into(),
        ));
    };
    let host = request.uri().split("://").nth(1).unwrap_or_default();
    let request_id = sandbox.next_request_id();
    let (answer, kind) = if host.starts_with("sts.") {
        (sandbox.answer_sts(body, &request_id), "text/xml")
    } else {
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        (sandbox.answer(target, body), "application/x-amz-json-1.1")
    };
    response(answer, kind, request_id)
}

fn response(
    answer: Answer,
    kind: &'static str,
    request_id: String,
) -> Result<HttpResponse, ConnectorError> {
    let status = StatusCode::try_from(answer.status)
        .map_err(|error| ConnectorError::other(error.into(), None))?;
    let mut response = HttpResponse::new(status, SdkBody::from(answer.body));
    response.headers_mut().insert("content-type", kind);
    response.headers_mut().insert("x-amzn-requestid", request_id);
    Ok(response)
}
