//! A whole console in the test's process: the real router, gateway, SDK and sandbox, an empty
//! database of its own, and a clock that is moved by hand. Tests speak HTTP in, HTML or JSON out.
//!
//! The database is SQLite, and PostgreSQL in `on_postgres.rs`, which tells some stories once more.
#![allow(
    dead_code,
    unused_imports,
    clippy::allow_attributes,
    clippy::unwrap_used,
    reason = "each test file uses its own part; no single expectation fits them all. A test may stop \
              at the first surprise, in its helpers too"
)]

mod client;
mod postgres;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use berth_app::names::RequestToken;
use berth_app::team::model::Role;
use berth_app::timestamp::Timestamp;
use berth_sandbox::Sandbox;
use berth_server::auth::Passwords;
use berth_server::clock::{Clock, ManualClock};
use berth_server::config::Config;
use berth_server::console::{Console, Wiring};
use berth_server::live::Pace;
use tokio_util::sync::CancellationToken;

pub use client::{Answer, Client, ORIGIN};

/// The password of every member that [`TestConsole::member`] makes.
pub const PASSWORD: &str = "harbour-light-seventeen";
/// Where the tests' clock begins: 2026-11-21T09:00:00Z.
const START: Timestamp = Timestamp::from_ms(1_795_251_600_000);

/// A console that runs in this process.
pub struct TestConsole {
    pub console: Console,
    pub clock: ManualClock,
    pub shutdown: CancellationToken,
    router: Router,
    _folder: tempfile::TempDir,
}

impl TestConsole {
    /// An empty sandbox.
    pub async fn empty() -> Self {
        Self::start("empty").await.read_once().await
    }

    /// The demo world.
    pub async fn demo() -> Self {
        Self::start("demo").await.read_once().await
    }

    /// The demo world, before ECS was read for the first time.
    pub async fn unread() -> Self {
        Self::start("demo").await
    }

    /// No sandbox: AWS, or the address of an endpoint. Nothing reads it by itself.
    pub async fn elsewhere(ecs: &str) -> Self {
        Self::start_with(&["--ecs", ecs, "--region", "eu-west-1"]).await
    }

    async fn read_once(self) -> Self {
        self.read().await;
        self
    }

    async fn start(seed: &str) -> Self {
        Self::start_with(&["--sandbox-seed", seed, "--sandbox-state", "none"]).await
    }

    async fn start_with(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = database(folder.path()).await;
        let arguments = [&["berth", "--database", &database], arguments].concat();
        let config =
            Config::parse_from(arguments.iter().map(OsString::from), &BTreeMap::new(), |_| {
                Err(std::io::ErrorKind::NotFound.into())
            })
            .unwrap();
        let clock = ManualClock::new(START);
        let shutdown = CancellationToken::new();
        let wiring = Wiring {
            clock: Arc::new(clock.clone()),
            pace: Pace::OnRequest,
            shutdown: shutdown.clone(),
        };
        let console = Console::start(&config, wiring).await.unwrap();
        let router = console.router(Path::new("/nowhere")).unwrap();
        Self { console, clock, shutdown, router, _folder: folder }
    }

    /// The sandbox below the console.
    pub fn sandbox(&self) -> &Sandbox {
        self.console.sandbox.as_ref().unwrap()
    }

    /// Reads ECS once.
    pub async fn read(&self) {
        self.console.parts.poller.read().await;
    }

    /// Moves the clock, then reads ECS.
    pub async fn advance(&self, by: Duration) {
        self.clock.advance(by);
        self.read().await;
    }

    /// Moves the clock by steps of 5 s until `done`; panics with `what` when it never is.
    pub async fn advance_until(&self, what: &str, limit: Duration, done: impl Fn(&Self) -> bool) {
        let mut passed = Duration::ZERO;
        while !done(self) {
            assert!(passed < limit, "{what} did not happen within {limit:?}");
            self.advance(Duration::from_secs(5)).await;
            passed += Duration::from_secs(5);
        }
    }

    /// A visitor without a session.
    pub fn visitor(&self) -> Client {
        Client::new(self.router.clone())
    }

    /// A member of that role, signed in through the sign-in form.
    pub async fn member(&self, role: Role) -> Client {
        let email = format!("{role}@example.test");
        let store = &self.console.parts.store;
        let now = self.clock.now();
        if store.credentials(&email).await.unwrap().is_none() {
            let hash = Passwords::with_cost(8, 1).unwrap().hash(PASSWORD.into()).await.unwrap();
            let link = format!("link of {role}");
            let ends = now.plus_ms(1_000);
            store.add_member(&email, role.label(), role, &link, now, ends).await.unwrap();
            store.accept_invitation(&link, &hash, now).await.unwrap();
        }
        let mut client = self.visitor();
        client.sign_in(&email, PASSWORD).await;
        client
    }
}

/// The address of an empty database.
async fn database(folder: &Path) -> String {
    let sqlite = format!("sqlite:{}", folder.join("berth.db").display());
    if env!("CARGO_CRATE_NAME") != "on_postgres" {
        return sqlite;
    }
    postgres::empty_schema().await.unwrap_or_else(|| {
        eprintln!("BERTH_TEST_POSTGRES is not set: the story is told on SQLite once more");
        sqlite
    })
}

/// A new token, as each opened form has its own.
pub fn token() -> RequestToken {
    RequestToken::from_bits(rand::random())
}
