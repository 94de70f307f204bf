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
use aws_smithy_types::body::SdkBody;

use crate::sandbox::Sandbox;

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
            respond(&sandbox, request)
        })
    }
}

fn respond(sandbox: &Sandbox, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
    let request = request.try_into_http1x().map_err(|error| ConnectorError::user(error.into()))?;
    let (head, body) = request.into_parts();
    let Some(body) = body.bytes() else {
        return Err(ConnectorError::user(
            "the sandbox takes requests whose body is in memory".into(),
        ));
    };
    HttpResponse::try_from(sandbox.respond(&head, body).map(SdkBody::from))
        .map_err(|error| ConnectorError::other(error.into(), None))
}
