//! Brings the parts together and serves them until told to stop.

use std::io::{IsTerminal as _, Write as _};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::auth;
use crate::clock::{Clock, SystemClock};
use crate::config::{Config, EcsEndpoint, LogFormat};
use crate::console::{Console, StartError, Wiring};
use crate::live::Pace;
use crate::status::StatusBook;
use crate::store::Store;

/// Open requests may finish within this time after SIGTERM; streams are told at once.
const DRAIN: Duration = Duration::from_secs(9);
/// How often what has ended is taken out of the store.
const TIDY_EVERY: Duration = Duration::from_secs(3_600);
/// How long a status page that one server took back may still be shown by another.
const FOLLOW_EVERY: Duration = Duration::from_secs(5);

/// Serves the console until SIGTERM or SIGINT.
///
/// # Errors
/// When the database, the address or the configuration can't be used; each in one sentence.
pub async fn serve(config: Config) -> Result<(), StartError> {
    start_log(&config.log, config.log_format);
    let shutdown = CancellationToken::new();
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let wiring = Wiring { clock: clock.clone(), pace: Pace::Steady, shutdown: shutdown.clone() };
    let listener = TcpListener::bind(config.listen)
        .await
        .map_err(|error| StartError::new(format!("can't listen on {}: {error}", config.listen)))?;
    let bound = listener.local_addr().map_err(|error| StartError::new(error.to_string()))?;
    let config = config.bound_to(bound);
    let console = Console::start(&config, wiring).await?;
    let link = auth::set_up_link(&console.parts.store, clock.now(), config.public_url.origin())
        .await
        .map_err(|error| StartError::new(error.to_string()))?;
    let service = console.router(&config.site())?;
    tokio::spawn(tidy(console.parts.store.clone(), clock, shutdown.clone()));
    tokio::spawn(follow(console.parts.status.clone(), shutdown.clone()));
    greet(&config, link.as_deref());
    listen(listener, service, shutdown).await
}

/// Takes ended sessions and links and long deleted drafts out of the store each hour.
async fn tidy(store: Store, clock: Arc<dyn Clock>, shutdown: CancellationToken) {
    let mut hours = tokio::time::interval(TIDY_EVERY);
    while shutdown.run_until_cancelled(hours.tick()).await.is_some() {
        if let Err(error) = store.delete_ended(clock.now()).await {
            tracing::warn!(%error, "what has ended can't be taken out");
        }
    }
}

/// Follows the status pages that another server on the same database publishes or takes back.
async fn follow(status: Arc<StatusBook>, shutdown: CancellationToken) {
    let mut turns = tokio::time::interval(FOLLOW_EVERY);
    while shutdown.run_until_cancelled(turns.tick()).await.is_some() {
        if let Err(error) = status.read_again().await {
            tracing::warn!(%error, "the published status pages can't be read again");
        }
    }
}

/// Answers requests until a signal; then open requests finish.
///
/// # Errors
/// When the listener fails.
pub(crate) async fn serve_until_signal(
    listener: TcpListener,
    router: Router,
) -> Result<(), StartError> {
    listen(listener, router, CancellationToken::new()).await
}

/// Answers requests until a signal; then streams end, open requests finish, and the rest is cut.
async fn listen(
    listener: TcpListener,
    router: Router,
    shutdown: CancellationToken,
) -> Result<(), StartError> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let stop = shutdown.clone();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        wait_for_signal().await;
        tracing::info!("stopping: open requests may finish");
        stop.cancel();
    });
    let cut = async {
        shutdown.cancelled().await;
        // A wait without end is the point: whichever of the two comes first wins.
        let _ = tokio::time::timeout(DRAIN, std::future::pending::<()>()).await;
    };
    tokio::select! {
        served = server => served.map_err(|error| StartError::new(error.to_string())),
        () = cut => {
            tracing::warn!("some requests did not finish in time");
            Ok(())
        }
    }
}

async fn wait_for_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = match signal(SignalKind::terminate()) {
        Ok(terminate) => terminate,
        Err(error) => {
            tracing::error!(%error, "SIGTERM can't be heard");
            return std::future::pending().await;
        }
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

/// Begins to write log lines to standard error.
pub(crate) fn start_log(filter: &str, format: LogFormat) {
    let filter = tracing_subscriber::EnvFilter::new(filter);
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // Colours are for eyes: a file would hold their codes. NO_COLOR is honoured by the library.
    let log = if std::io::stderr().is_terminal() { log } else { log.with_ansi(false) };
    // A second start in one process (tests) keeps the first log.
    let _ = match format {
        LogFormat::Text => log.compact().try_init(),
        LogFormat::Json => log.json().try_init(),
    };
}

/// Tells whoever started it where it is, and how to get in the first time.
fn greet(config: &Config, set_up_link: Option<&str>) {
    let mut out = std::io::stdout().lock();
    let what = match &config.ecs {
        EcsEndpoint::Sandbox => "the embedded sandbox; nothing touches AWS".to_owned(),
        EcsEndpoint::Aws => "Amazon ECS".to_owned(),
        EcsEndpoint::Url(url) => url.as_str().to_owned(),
    };
    let mut text = format!("Berth is at {} and shows {what}.\n", config.public_url.origin());
    if let Some(link) = set_up_link {
        text.push_str(
            "There is no member yet. Create the first administrator here, within a day:\n",
        );
        text.push_str(&format!("  {link}\n"));
    }
    // A closed standard output is no reason to stop serving.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
