//! Which address leads where, and what every request passes through.

mod headers;
mod member;
mod server_functions;

use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, Request, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Router, middleware};
use berth_app::backend::{Means, Visitor};
use berth_app::routes::App;
use berth_app::shell::shell;
use berth_app::task_definitions::drafts::api::LookAtDraft;
use leptos::config::LeptosOptions;
use leptos::nonce::Nonce;
use leptos::prelude::{provide_context, use_context};
use leptos::server_fn::ServerFn;
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use crate::auth;
use crate::clock::Clock;
use crate::config::PublicUrl;
use crate::live::{LiveState, Poller, live};
use crate::status;
use crate::store::Store;

pub use headers::RequestNonce;

/// The largest body that is read: a task definition has at most 64 KiB, with room for its form.
const BODY_BYTES: usize = 1024 * 1024;
/// A page or a change that takes longer has lost its visitor; ECS calls end well before.
const ANSWER_WITHIN: Duration = Duration::from_secs(60);
/// The event stream, which browsers open by themselves.
const LIVE: &str = "/live";
/// The question that an open draft asks every few seconds.
const LOOK_AT_DRAFT: &str = <LookAtDraft as ServerFn>::PATH;
/// Names a request in the log and in the audit.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What the router brings together.
#[derive(Clone)]
pub struct Parts {
    /// What is lent to the pages.
    pub means: Means,
    /// Members and sessions.
    pub store: Store,
    /// Sign-in: passwords, throttle, revocations.
    pub auth: auth::Auth,
    /// The event stream.
    pub live: LiveState,
    /// Public status pages.
    pub status: Arc<status::StatusBook>,
    /// Whether it lives is what readiness asks.
    pub poller: Poller,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Where people reach the console.
    pub public_url: PublicUrl,
}

/// The pages' addresses. They are listed once: while Leptos does so, whatever is rendered anywhere in
/// the process waits for its data in vain.
pub(crate) static ROUTES: LazyLock<Vec<AxumRouteListing>> =
    LazyLock::new(|| generate_route_list(App));

/// The console, ready to serve. `site` holds the browser's half.
///
/// # Errors
/// When the public URL is not an origin.
pub fn router(parts: Parts, site: &Path) -> Result<Router, RouterError> {
    let options = LeptosOptions::builder()
        .output_name("berth")
        .site_root(site.to_string_lossy().into_owned())
        .site_pkg_dir("pkg")
        .build();
    let csrf = CsrfLayer::new()
        .add_trusted_origin(parts.public_url.origin())
        .map_err(|error| RouterError(error.to_string()))?;
    let sessions =
        auth::session_layer(parts.store.clone(), parts.clock.clone(), parts.public_url.origin());
    let means = parts.means.clone();
    let pages = Router::new()
        .leptos_routes_with_context(&options, ROUTES.clone(), move || lend(&means), {
            let options = options.clone();
            move || shell(options.clone())
        })
        .with_state(options.clone());
    let members = pages
        .merge(Router::new().route(LIVE, get(live)).with_state(parts.live.clone()))
        .merge(
            Router::new()
                .route("/sign-in", post(auth::sign_in))
                .route("/sign-out", post(auth::sign_out))
                .route("/set-up/{token}", post(auth::set_up))
                .with_state(parts.auth.clone()),
        )
        .layer(middleware::from_fn(server_functions::status))
        .layer(middleware::from_fn_with_state(parts.clone(), member::know))
        .layer(sessions.clone());
    let open = Router::new()
        .route("/status/{slug}/live", get(status::live))
        .with_state(parts.status.clone())
        .route("/healthz", get(|| async { "alive\n" }))
        .merge(Router::new().route("/readyz", get(ready)).with_state(parts.clone()));
    let not_found = not_found(&parts, &options).layer(sessions);
    Ok(members
        .merge(open)
        .layer(CompressionLayer::new())
        .fallback_service(assets(site, not_found))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, ANSWER_WITHIN))
        .layer(RequestBodyLimitLayer::new(BODY_BYTES))
        .layer(csrf)
        .layer(middleware::from_fn_with_state(parts.public_url, headers::secure))
        .layer(CatchPanicLayer::new())
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(SetRequestIdLayer::new(REQUEST_ID, MakeRequestUuid)))
}

/// Why there is no router.
#[derive(Debug, thiserror::Error)]
#[error("the public URL can't be used: {0}")]
pub struct RouterError(String);

/// Lends the means, the visitor and the nonce to the page or function of this request.
fn lend(means: &Means) {
    provide_context(means.clone());
    let Some(parts) = use_context::<axum::http::request::Parts>() else { return };
    if let Some(visitor) = parts.extensions.get::<Visitor>() {
        provide_context(visitor.clone());
    }
    if let Some(nonce) = parts.extensions.get::<RequestNonce>() {
        provide_context(Nonce::from_value(nonce.0.clone()));
    }
}

/// The browser's half: compressed beforehand where the release build did so, and never on the way,
/// which would cost more than it saves. It may be kept, but is asked for again each time: a name
/// stands for another file after an upgrade.
fn assets(site: &Path, not_found: Router) -> Router {
    let files = ServeDir::new(site)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip()
        .fallback(not_found);
    Router::new().fallback_service(files).layer(SetResponseHeaderLayer::if_not_present(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=0, must-revalidate"),
    ))
}

/// The page for an address that leads nowhere; a member keeps the frame around it.
fn not_found(parts: &Parts, options: &LeptosOptions) -> Router {
    let (means, options) = (parts.means.clone(), options.clone());
    let page = leptos_axum::render_app_async_with_context(
        move || lend(&means),
        move || shell(options.clone()),
    );
    Router::new()
        .fallback(page)
        .layer(middleware::from_fn_with_state(parts.clone(), member::recognise))
}

/// `GET /readyz`: whether the database answers and the poller lives.
async fn ready(State(parts): State<Parts>) -> impl IntoResponse {
    let database = parts.store.ping().await.is_ok();
    let poller = parts.poller.is_running();
    let status = if database && poller { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let word = |well| if well { "well" } else { "not well" };
    (status, format!("database: {}\npoller: {}\n", word(database), word(poller)))
}

/// A line of the log belongs to a request; addresses are written without their query, which may
/// hold what a member searched for, and without the secrets that some paths end in.
fn span<B>(request: &Request<B>) -> tracing::Span {
    let id = request.headers().get(&REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default();
    let path = loggable(request.uri().path());
    tracing::info_span!("request", id, method = %request.method(), path)
}

/// One-time links and the links of status pages are as good as passwords.
fn loggable(path: &str) -> &str {
    ["/set-up/", "/status/"].into_iter().find(|open| path.starts_with(open)).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::loggable;

    #[test]
    fn secrets_in_paths_stay_out_of_the_log() {
        for (path, logged) in [
            ("/set-up/0123abcd", "/set-up/"),
            ("/status/0123abcd/live", "/status/"),
            ("/clusters/production", "/clusters/production"),
        ] {
            assert_eq!(loggable(path), logged);
        }
    }
}
