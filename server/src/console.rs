//! The parts of one console, wired together: the same for the program and for tests.

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use berth_app::backend::{Changes, Means, Registering};
use berth_sandbox::Sandbox;
use tokio_util::sync::CancellationToken;

use crate::audit::AuditLog;
use crate::auth::{Auth, Members, Passwords, Revocations, Sessions, TrustForwarded};
use crate::choices::ChoiceBook;
use crate::clock::Clock;
use crate::config::{Config, Database, EcsEndpoint};
use crate::drafts::DraftBook;
use crate::ecs::{Budget, Gateway};
use crate::live::{Hub, LiveState, Pace, Poller};
use crate::router::{Parts, router};
use crate::status::StatusBook;
use crate::store::Store;
use crate::templates::TemplateBook;
use crate::weather::Station;

/// The region that the sandbox pretends to be in when none was configured.
const SANDBOX_REGION: &str = "eu-central-1";

/// What differs between the program and a test.
pub struct Wiring {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Whether the poller reads by itself.
    pub pace: Pace,
    /// Ends everything.
    pub shutdown: CancellationToken,
}

/// A console that runs, without a listener.
pub struct Console {
    /// Its parts.
    pub parts: Parts,
    /// The embedded sandbox, when that is what it shows.
    pub sandbox: Option<Sandbox>,
    /// Calls to ECS so far and the like.
    pub gateway: Gateway,
}

/// Why a console can't start, in one sentence.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct StartError(String);

impl StartError {
    /// One sentence.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }

    fn from(error: impl std::fmt::Display) -> Self {
        Self(error.to_string())
    }
}

/// The sandbox's clock is the server's.
struct SandboxClock(Arc<dyn Clock>);

impl berth_sandbox::Clock for SandboxClock {
    fn now_ms(&self) -> i64 {
        self.0.now().ms()
    }
}

impl Console {
    /// Opens the database, the gateway and the sandbox, and starts the poller.
    ///
    /// # Errors
    /// When the database or the sandbox's file can't be opened.
    pub async fn start(config: &Config, wiring: Wiring) -> Result<Self, StartError> {
        let store = Store::open(&database_url(&config.database)).await.map_err(StartError::from)?;
        let (gateway, sandbox) = open_gateway(config, &wiring).await?;
        let hub = Arc::new(Hub::new(format!("{:08x}", rand::random::<u32>())));
        let poller = Poller::start(
            Arc::new(gateway.clone()),
            hub.clone(),
            wiring.clock.clone(),
            wiring.pace,
            wiring.shutdown.clone(),
        );
        let passwords = Passwords::new().map_err(StartError::from)?;
        let revocations = Revocations::default();
        let origin = config.public_url.origin();
        let members =
            Members::new(store.clone(), wiring.clock.clone(), revocations.clone(), origin);
        let auth = Auth::new(
            store.clone(),
            wiring.clock.clone(),
            passwords,
            revocations.clone(),
            origin,
            TrustForwarded(config.trust_forwarded_for),
        );
        let readings = Arc::new(poller.clone());
        let status = Arc::new(
            StatusBook::open(
                store.clone(),
                readings.clone(),
                hub.subscribe(),
                wiring.clock.clone(),
                wiring.shutdown.clone(),
            )
            .await
            .map_err(StartError::from)?,
        );
        let weather = Arc::new(Station::new(sandbox.clone(), hub.clone(), poller.clone()));
        let changes = Changes {
            ecs: Arc::new(gateway.clone()),
            team: Arc::new(members.clone()),
            pages: status.clone(),
            drafts: Arc::new(DraftBook::new(store.clone(), wiring.clock.clone())),
            templates: Arc::new(TemplateBook::new(store.clone(), wiring.clock.clone())),
            weather: weather.clone(),
            registering: Registering::default(),
        };
        let means = Means::new(
            readings,
            Arc::new(gateway.clone()),
            Arc::new(ChoiceBook::new(gateway.clone(), wiring.clock.clone())),
            Arc::new(members),
            status.clone(),
            weather,
            Arc::new(AuditLog::new(store.clone(), wiring.clock.clone())),
            changes,
        );
        let sessions = Sessions::new(store.clone(), wiring.clock.clone());
        let live = LiveState { hub, shutdown: wiring.shutdown, revocations, sessions };
        let public_url = config.public_url.clone();
        let parts =
            Parts { means, store, auth, live, status, poller, clock: wiring.clock, public_url };
        Ok(Self { parts, sandbox, gateway })
    }

    /// Its router; `site` holds the browser's half.
    ///
    /// # Errors
    /// When the public URL can't be used.
    pub fn router(&self, site: &Path) -> Result<Router, StartError> {
        router(self.parts.clone(), site).map_err(StartError::from)
    }
}

/// The database's address; it may hold a password and is never shown.
fn database_url(database: &Database) -> String {
    match database {
        Database::Sqlite(path) => format!("sqlite:{}", path.display()),
        Database::Postgres(url) => url.expose().to_owned(),
    }
}

async fn open_gateway(
    config: &Config,
    wiring: &Wiring,
) -> Result<(Gateway, Option<Sandbox>), StartError> {
    let (region, profile) = (config.region.clone(), config.profile.clone());
    Ok(match &config.ecs {
        EcsEndpoint::Sandbox => {
            let sandbox = open_sandbox(config, wiring)?;
            (
                Gateway::sandbox(
                    sandbox.http_client(),
                    region.unwrap_or_else(|| SANDBOX_REGION.into()),
                    match wiring.pace {
                        Pace::Steady => Budget::quarter(),
                        Pace::OnRequest => Budget::unlimited(),
                    },
                ),
                Some(sandbox),
            )
        }
        EcsEndpoint::Aws => (Gateway::aws(region, profile).await, None),
        EcsEndpoint::Url(url) => {
            let gateway = Gateway::endpoint(url.as_str(), config.ca_file.clone(), region, profile)
                .await
                .map_err(StartError::from)?;
            (gateway, None)
        }
    })
}

fn open_sandbox(config: &Config, wiring: &Wiring) -> Result<Sandbox, StartError> {
    let region = config.region.as_deref().unwrap_or(SANDBOX_REGION);
    Sandbox::builder()
        .clock(Arc::new(SandboxClock(wiring.clock.clone())))
        .seed(config.sandbox_seed.world())
        .region(region)
        .state_file(config.sandbox_state.clone())
        .open()
        .map_err(StartError::from)
}
