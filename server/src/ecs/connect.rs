//! Three ways to reach ECS: the sandbox in memory, AWS, and any endpoint that speaks as ECS does.

use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};
use std::time::Duration;

use aws_config::{BehaviorVersion, ConfigLoader, Region, SdkConfig};
use aws_sdk_ecs::Client;
use aws_sdk_ecs::config::retry::RetryConfig;
use aws_sdk_ecs::config::timeout::TimeoutConfig;
use aws_sdk_ecs::config::{Credentials, SharedCredentialsProvider, SharedHttpClient};
use aws_smithy_http_client::Builder as HttpsBuilder;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use berth_app::backend::Account;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use super::budget::{Budget, Pace};
use super::calls::Calls;
use super::documents::Documents;
use super::neighbours::Line;
use super::registrations::Registrations;
use super::{Gateway, Inner, identity};

/// Time to connect.
const CONNECT: Duration = Duration::from_secs(3);
/// Time for one attempt, connecting included.
const ATTEMPT: Duration = Duration::from_secs(10);
/// Time for one operation with all its attempts: no page waits longer.
const OPERATION: Duration = Duration::from_secs(30);

/// Why a gateway could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The endpoint is no http or https address.
    #[error("The endpoint {0} is no http:// or https:// address.")]
    Endpoint(String),
    /// The authority's file can't be used.
    #[error("The certificate authority {path} can't be used: {reason}")]
    Authority {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

impl Gateway {
    /// ECS in memory, plugged in below the SDK as its HTTP client. Nothing reads the machine's AWS
    /// settings, and nothing leaves the machine. To be called inside a runtime.
    pub fn sandbox(
        http_client: SharedHttpClient,
        region: impl Into<String>,
        budget: Budget,
    ) -> Self {
        let region = Region::new(region.into());
        let credentials = Credentials::new("sandbox", "sandbox", None, None, "sandbox");
        let shared = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(region)
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .http_client(http_client)
            // Attempts are repeated as in production, but nobody has to wait in between.
            .retry_config(RetryConfig::standard().with_initial_backoff(Duration::from_millis(1)))
            .timeout_config(timeouts())
            .build();
        Self::over(&shared, Account { sandbox: true, ..Account::default() }, budget)
    }

    /// AWS, with the ordinary chain of credentials, region and profile. To be called inside a
    /// runtime.
    pub async fn aws(region: Option<String>, profile: Option<String>) -> Self {
        let shared = ordinary(region, profile).load().await;
        Self::over(&shared, Account::default(), Budget::quarter())
    }

    /// Any endpoint that speaks as ECS does, over http or https. The authorities in `ca_file`, a
    /// PEM file, are trusted beside the system's. To be called inside a runtime.
    ///
    /// # Errors
    /// When the address or the file can't be used.
    pub async fn endpoint(
        url: &str,
        ca_file: Option<PathBuf>,
        region: Option<String>,
        profile: Option<String>,
    ) -> Result<Self, ConnectError> {
        Self::endpoint_with(ordinary(region, profile), url, ca_file).await
    }

    async fn endpoint_with(
        loader: ConfigLoader,
        url: &str,
        ca_file: Option<PathBuf>,
    ) -> Result<Self, ConnectError> {
        if !["http://", "https://"].iter().any(|scheme| url.starts_with(scheme)) {
            return Err(ConnectError::Endpoint(url.to_owned()));
        }
        let mut loader = loader.endpoint_url(url);
        if let Some(path) = ca_file {
            loader = loader.http_client(trusting(&path)?);
        }
        let shared = loader.load().await;
        let account = Account { endpoint: Some(url.to_owned()), ..Account::default() };
        Ok(Self::over(&shared, account, Budget::quarter()))
    }

    fn over(shared: &SdkConfig, mut account: Account, budget: Budget) -> Self {
        let calls = Calls::default();
        let config = aws_sdk_ecs::config::Builder::from(shared)
            .interceptor(calls.clone())
            .interceptor(budget.listener(Pace::Ecs))
            .build();
        account.region = shared.region().map(ToString::to_string);
        let account = Arc::new(RwLock::new(account));
        identity::learn(aws_sdk_sts::Client::new(shared), &account);
        Self(Arc::new(Inner {
            client: Client::from_conf(config),
            budget,
            line: Line::over(shared, calls.clone()),
            calls,
            documents: Documents::default(),
            registrations: Registrations::default(),
            account,
        }))
    }
}

/// What every connection outside the sandbox starts from.
fn ordinary(region: Option<String>, profile: Option<String>) -> ConfigLoader {
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .retry_config(RetryConfig::standard())
        .timeout_config(timeouts());
    if let Some(region) = region {
        loader = loader.region(Region::new(region));
    }
    if let Some(profile) = profile {
        loader = loader.profile_name(profile);
    }
    loader
}

fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(CONNECT)
        .operation_attempt_timeout(ATTEMPT)
        .operation_timeout(OPERATION)
        .build()
}

/// An HTTPS client that trusts the authorities in a PEM file, beside the system's.
fn trusting(path: &Path) -> Result<SharedHttpClient, ConnectError> {
    let wrong = |reason: String| ConnectError::Authority { path: path.to_owned(), reason };
    let pem = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
    check_authority(&pem).map_err(wrong)?;
    let store = TrustStore::default().with_pem_certificate(pem);
    let context = TlsContext::builder().with_trust_store(store).build();
    let context = context.map_err(|error| wrong(error.to_string()))?;
    Ok(HttpsBuilder::new()
        .tls_provider(Provider::Rustls(CryptoMode::AwsLc))
        .tls_context(context)
        .build_https())
}

/// The SDK panics over a broken file, and only at the first call: look at it before.
fn check_authority(pem: &[u8]) -> Result<(), String> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem) {
        let certificate = certificate.map_err(|error| error.to_string())?;
        roots.add(certificate).map_err(|error| error.to_string())?;
    }
    if roots.is_empty() { Err("it holds no certificate".to_owned()) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
