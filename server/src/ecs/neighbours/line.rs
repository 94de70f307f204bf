//! The line to the neighbours: the credentials, region, time limits and HTTP client of the ECS
//! client, for requests that no generated crate makes.

use std::sync::Arc;

use aws_config::{BehaviorVersion, SdkConfig};
use aws_runtime::auth::SigV4OperationSigningConfig;
use aws_runtime::auth::sigv4::{SCHEME_ID, SigV4AuthScheme};
use aws_runtime::retries::classifiers::AwsErrorCodeClassifier;
use aws_sdk_ecs::config::retry::RetryConfig;
use aws_sdk_ecs::config::timeout::TimeoutConfig;
use aws_sdk_ecs::error::{ErrorMetadata, ProvideErrorMetadata};
use aws_smithy_runtime::client::identity::IdentityCache;
use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime::client::retries::classifiers::{
    HttpStatusCodeClassifier, TransientErrorClassifier,
};
use aws_smithy_runtime_api::client::auth::static_resolver::StaticAuthSchemeOptionResolver;
use aws_smithy_runtime_api::client::auth::{
    AuthSchemeOptionResolverParams, SharedAuthScheme, SharedAuthSchemeOptionResolver,
};
use aws_smithy_runtime_api::client::identity::{SharedIdentityCache, SharedIdentityResolver};
use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::StaticRuntimePlugin;
use aws_smithy_runtime_api::shared::IntoShared;
use aws_smithy_types::config_bag::Layer;

use super::super::budget::{Bucket, Budget, Pace, Turn};
use super::super::calls::Calls;
use super::super::errors::Failure;
use super::question::Question;
use super::read;

/// What every question needs. Clones share the credentials that were found.
#[derive(Clone, Debug)]
pub(in super::super) struct Line {
    shared: Arc<SdkConfig>,
    identities: SharedIdentityCache,
    calls: Calls,
}

/// An answer that says no.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Refused(ErrorMetadata);

impl ProvideErrorMetadata for Refused {
    fn meta(&self) -> &ErrorMetadata {
        &self.0
    }
}

impl Line {
    /// Over what the ECS client is made from.
    pub(in super::super) fn over(shared: &SdkConfig, calls: Calls) -> Self {
        let identities =
            shared.identity_cache().unwrap_or_else(|| IdentityCache::lazy().build().into_shared());
        Self { shared: Arc::new(shared.clone()), identities, calls }
    }

    /// The answer's text, once the budget has a call to spare.
    pub(super) async fn ask(&self, budget: &Budget, asked: Question) -> Result<String, Failure> {
        budget.take(Bucket::Neighbours, Turn::InLine).await;
        let operation = asked.operation;
        let sent = self.operation(&asked, budget).invoke(asked).await;
        sent.map_err(|error| Failure::of(operation, &error))
    }

    fn operation(&self, asked: &Question, budget: &Budget) -> Operation<Question, String, Refused> {
        let shared = &self.shared;
        let retries = shared.retry_config().cloned().unwrap_or_else(RetryConfig::standard);
        let times = shared.timeout_config().cloned().unwrap_or_else(TimeoutConfig::disabled);
        let mut operation = Operation::builder()
            .service_name(asked.service.prefix())
            .operation_name(asked.operation)
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(&self.endpoint(asked))
            .standard_retry(&retries)
            .retry_classifier(AwsErrorCodeClassifier::<Refused>::new())
            .retry_classifier(TransientErrorClassifier::<Refused>::new())
            .retry_classifier(HttpStatusCodeClassifier::default())
            .timeout_config(times)
            .interceptor(self.calls.clone())
            .interceptor(budget.listener(Pace::Neighbours))
            .with_connection_poisoning()
            .runtime_plugin(self.signing(asked));
        if let Some(http_client) = shared.http_client() {
            operation = operation.http_client(http_client);
        }
        operation.serializer(|asked: Question| asked.request()).deserializer(answer).build()
    }

    /// The endpoint that was set for ECS stands for all services; else each has its own host.
    fn endpoint(&self, asked: &Question) -> String {
        let region = self.region();
        let own = || format!("https://{}", asked.service.host(region));
        self.shared.endpoint_url().map_or_else(own, str::to_owned)
    }

    /// Where the console is.
    pub(super) fn region(&self) -> &str {
        self.shared.region().map_or("us-east-1", AsRef::as_ref)
    }

    /// As the generated crates sign.
    fn signing(&self, asked: &Question) -> StaticRuntimePlugin {
        let mut layer = Layer::new("signing");
        let region = aws_config::Region::new(asked.service.signing_region(self.region()));
        layer.store_put(SigV4OperationSigningConfig {
            region: Some(region.into()),
            name: Some(asked.service.prefix().into()),
            ..SigV4OperationSigningConfig::default()
        });
        layer.store_put(AuthSchemeOptionResolverParams::new(()));
        let mut parts = RuntimeComponentsBuilder::new("signing");
        let schemes = StaticAuthSchemeOptionResolver::new(vec![SCHEME_ID]);
        parts.set_auth_scheme_option_resolver(Some(SharedAuthSchemeOptionResolver::new(schemes)));
        parts.push_auth_scheme(SharedAuthScheme::new(SigV4AuthScheme::new()));
        parts.set_identity_cache(Some(self.identities.clone()));
        if let Some(credentials) = self.shared.credentials_provider() {
            parts.set_identity_resolver(SCHEME_ID, SharedIdentityResolver::new(credentials));
        }
        StaticRuntimePlugin::new().with_config(layer.freeze()).with_runtime_components(parts)
    }
}

fn answer(response: &HttpResponse) -> Result<String, OrchestratorError<Refused>> {
    let body = response.body().bytes().unwrap_or_default();
    let text = String::from_utf8_lossy(body);
    if response.status().is_success() {
        return Ok(text.into_owned());
    }
    let (code, said) = read::refusal(response.headers().get("x-amzn-errortype"), &text);
    let meta = ErrorMetadata::builder().code(code).message(said).build();
    Err(OrchestratorError::operation(Refused(meta)))
}
