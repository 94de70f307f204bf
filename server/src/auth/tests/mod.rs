//! Stories of signing in, told over HTTP.

mod audit;
mod pages;
mod set_up;
mod sign_in;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, Request, StatusCode, header};
use axum::routing::{get, post};
use berth_app::team::flash::{COOKIE, Flash};
use berth_app::team::model::Role;
use tower::ServiceExt;
use tower_sessions::Session;

use super::*;
use crate::clock::{Clock, ManualClock};
use crate::store::Store;
use crate::store::tests::{NOW, on_each_engine};

const PASSWORD: &str = "a dozen or more";

/// The sign-in part of the console, alone.
#[derive(Clone)]
struct Door {
    router: Router,
    store: Store,
    clock: ManualClock,
    revocations: Revocations,
}

/// Who asks, to see what a page would see.
async fn who(State(door): State<(Store, ManualClock)>, session: Session) -> String {
    let signed_in = member_of(&session, &door.0, door.1.now()).await.unwrap();
    note_use(&session, door.1.now()).await.unwrap();
    signed_in
        .map_or_else(|| "nobody".into(), |(member, _)| format!("{} {}", member.name, member.role))
}

impl Door {
    fn new(store: Store, public_url: &str) -> Self {
        let clock = ManualClock::new(NOW);
        let shared: Arc<dyn Clock> = Arc::new(clock.clone());
        let revocations = Revocations::default();
        let auth = Auth::new(
            store.clone(),
            shared.clone(),
            Passwords::with_cost(8, 1).unwrap(),
            revocations.clone(),
            public_url,
            TrustForwarded(false),
        );
        let router = Router::new()
            .route("/sign-in", post(sign_in))
            .route("/sign-out", post(sign_out))
            .route("/set-up/{token}", post(set_up))
            .with_state(auth)
            .route("/who", get(who).with_state((store.clone(), clock.clone())))
            .layer(session_layer(store.clone(), shared, public_url));
        Self { router, store, clock, revocations }
    }

    /// With Ada, an administrator, and her password.
    async fn with_ada(store: Store) -> Self {
        let door = Self::new(store, "http://127.0.0.1:3000");
        let hash = Passwords::with_cost(8, 1).unwrap().hash(PASSWORD.into()).await.unwrap();
        door.store.offer_set_up("first", NOW, NOW.plus_ms(1)).await.unwrap();
        door.store.set_up("first", "ada@example.com", "Ada", &hash, NOW).await.unwrap();
        door
    }

    /// Adds Bob, a viewer with the same password.
    async fn add_bob(&self) -> i64 {
        let hash = Passwords::with_cost(8, 1).unwrap().hash(PASSWORD.into()).await.unwrap();
        let ends = NOW.plus_ms(1_000);
        let bob = self
            .store
            .add_member("bob@example.com", "Bob", Role::Viewer, "bob", NOW, ends)
            .await
            .unwrap();
        self.store.accept_invitation("bob", &hash, NOW).await.unwrap();
        bob
    }

    fn pass(&self, by: Duration) {
        self.clock.advance(by);
    }
}

/// One browser in front of the door.
struct Browser {
    door: Door,
    address: IpAddr,
    session: Option<String>,
    /// The mark by which it is known.
    device: Option<String>,
}

/// What came back.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
    flash: Option<Flash>,
}

impl Answer {
    fn location(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.body);
        self.headers[header::LOCATION].to_str().unwrap()
    }

    fn cookies(&self) -> Vec<&str> {
        self.headers.get_all(header::SET_COOKIE).iter().map(|v| v.to_str().unwrap()).collect()
    }
}

impl Browser {
    fn at(door: &Door, address: &str) -> Self {
        Self { door: door.clone(), address: address.parse().unwrap(), session: None, device: None }
    }

    async fn send(&mut self, request: axum::http::request::Builder, body: String) -> Answer {
        let mut request = request;
        for cookie in self.session.iter().chain(&self.device) {
            request = request.header(header::COOKIE, cookie);
        }
        let mut request = request.body(Body::from(body)).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(self.address, 40_000)));
        let response = self.door.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, 100_000).await.unwrap();
        let mut flash = None;
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if name == COOKIE {
                flash = Flash::from_cookie_value(value);
            } else if name.ends_with("berth-device") {
                self.device = Some(pair.to_owned());
            } else if value.is_empty() {
                self.session = None;
            } else {
                self.session = Some(pair.to_owned());
            }
        }
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8(body.to_vec()).unwrap(),
            flash,
        }
    }

    async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let encode = |text: &str| {
            text.bytes()
                .map(|b| {
                    if b.is_ascii_alphanumeric() {
                        char::from(b).to_string()
                    } else {
                        format!("%{b:02X}")
                    }
                })
                .collect::<String>()
        };
        let pairs: Vec<_> =
            fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        let request =
            Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, pairs.join("&")).await
    }

    async fn sign_in(&mut self, email: &str, password: &str) -> Answer {
        self.post("/sign-in", &[("email", email), ("password", password)]).await
    }

    async fn who(&mut self) -> String {
        self.send(Request::get("/who"), String::new()).await.body
    }
}
