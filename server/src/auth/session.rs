//! From the cookie to the member.
//!
//! A session's id is 128 bits of chance; the store keeps its SHA-256. It ends 12 hours after the
//! last request and 7 days after the sign-in, by the clock that is handed in. The member is read
//! from the store for every request, so a changed role or a disabled member counts at once.
//!
//! An event stream is no use of a session: a page that nobody looks at holds its stream, and opens
//! it again when it breaks, by itself. Otherwise no session would ever end on an unattended screen.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use berth_app::team::model::Member;
use berth_app::timestamp::Timestamp;
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};
use tower_sessions::cookie::SameSite;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use tower_sessions::{Expiry, Session, SessionManagerLayer, SessionStore};

use crate::clock::Clock;
use crate::store::{Store, StoreError};

/// Without a request for so long, a session ends.
pub const IDLE_MS: i64 = 12 * 60 * 60 * 1000;
/// However busy, a session ends so long after its sign-in.
pub const ABSOLUTE_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// How often a busy session is written again: not at every request, but well within [`IDLE_MS`].
const TOUCH_MS: i64 = 60 * 1000;
/// The one key in a session.
const KEY: &str = "signed-in";

/// What a session holds.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct SignedIn {
    member: i64,
    /// When the member signed in.
    at: Timestamp,
    /// The last request, give or take [`TOUCH_MS`].
    seen: Timestamp,
}

impl SignedIn {
    fn ends_at(self) -> Timestamp {
        self.seen.plus_ms(IDLE_MS).min(self.at.plus_ms(ABSOLUTE_MS))
    }
}

/// Sessions in the store, by the given clock.
#[derive(Clone)]
pub struct Sessions {
    store: Store,
    clock: Arc<dyn Clock>,
}

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sessions").finish_non_exhaustive()
    }
}

impl Sessions {
    /// The sessions of a store.
    pub fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    /// How an open session stands now: the same, with an end that requests may have moved on, or
    /// `None` when it has ended. The store is asked only when the end that is known has come.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn still_open(
        &self,
        open: OpenSession,
    ) -> std::result::Result<Option<OpenSession>, StoreError> {
        let now = self.clock.now();
        if now < open.ends_at {
            return Ok(Some(open));
        }
        let kept = self.store.session(&open.id.to_string(), now).await?;
        Ok(kept.map(|(_, ends_at)| OpenSession { ends_at, ..open }))
    }

    /// A record as a row: whose it is, its text, its end.
    fn row(&self, record: &Record) -> Result<(Option<i64>, String, Timestamp)> {
        let signed_in = record
            .data
            .get(KEY)
            .and_then(|value| serde_json::from_value::<SignedIn>(value.clone()).ok());
        let text = serde_json::to_string(&record.data)
            .map_err(|error| Error::Encode(error.to_string()))?;
        let ends_at =
            signed_in.map_or_else(|| self.clock.now().plus_ms(TOUCH_MS), SignedIn::ends_at);
        Ok((signed_in.map(|signed_in| signed_in.member), text, ends_at))
    }
}

fn backend(error: StoreError) -> Error {
    Error::Backend(error.to_string())
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let (member, text, ends_at) = self.row(record)?;
        while !self
            .store
            .insert_session(&record.id.to_string(), member, &text, ends_at)
            .await
            .map_err(backend)?
        {
            record.id = Id::default();
        }
        Ok(())
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let (member, text, ends_at) = self.row(record)?;
        let id = record.id.to_string();
        self.store.update_session(&id, member, &text, ends_at).await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let found = self.store.session(&id.to_string(), self.clock.now()).await.map_err(backend)?;
        let Some((text, ends_at)) = found else { return Ok(None) };
        let data = serde_json::from_str(&text).map_err(|error| Error::Decode(error.to_string()))?;
        let expiry_date = OffsetDateTime::from_unix_timestamp(ends_at.ms().div_euclid(1000))
            .map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.store.delete_session(&id.to_string()).await.map_err(backend)
    }
}

/// The layer that gives every request its [`Session`].
///
/// `SameSite=Lax` lets a link from a mail or a chat arrive signed in; posts from elsewhere are
/// refused by the origin check in front of every route. The cookie outlives the idle end by
/// nothing that matters: the store decides.
pub fn session_layer(
    store: Store,
    clock: Arc<dyn Clock>,
    public_url: &str,
) -> SessionManagerLayer<Sessions> {
    let https = is_https(public_url);
    SessionManagerLayer::new(Sessions::new(store, clock))
        .with_name(if https { "__Host-berth" } else { "berth" })
        .with_secure(https)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(Duration::milliseconds(ABSOLUTE_MS)))
}

/// Whether browsers reach the console over TLS; only then may a cookie be `Secure`.
pub(super) fn is_https(public_url: &str) -> bool {
    public_url.get(..8).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://"))
}

/// A session, in the hands of what outlives its request: an event stream.
#[derive(Clone, Copy, Debug)]
pub struct OpenSession {
    id: Id,
    /// When it ends, unless it is used before.
    ends_at: Timestamp,
}

/// The member who is signed in, as the store knows the member now, and by which session; `None`
/// without a session, after its end, and for a disabled member.
///
/// # Errors
/// When the store does not answer: that is no reason to call anybody signed out.
pub async fn member_of(
    session: &Session,
    store: &Store,
    now: Timestamp,
) -> std::result::Result<Option<(Member, OpenSession)>, StoreError> {
    let signed_in = session.get::<SignedIn>(KEY).await.map_err(unreadable)?;
    let (Some(signed_in), Some(id)) = (signed_in, session.id()) else {
        return Ok(None);
    };
    let ends_at = signed_in.ends_at();
    if now >= ends_at {
        return Ok(None);
    }
    let member = store.member(signed_in.member).await?.filter(|member| !member.disabled);
    Ok(member.map(|member| (member, OpenSession { id, ends_at })))
}

/// Notes that a session is in use, once a minute: its idle end moves on.
///
/// # Errors
/// When the store does not answer.
pub async fn note_use(session: &Session, now: Timestamp) -> std::result::Result<(), StoreError> {
    let signed_in = session.get::<SignedIn>(KEY).await.map_err(unreadable)?;
    if let Some(signed_in) = signed_in.filter(|known| now.ms_since(known.seen) >= TOUCH_MS) {
        session.insert(KEY, SignedIn { seen: now, ..signed_in }).await.map_err(unreadable)?;
    }
    Ok(())
}

fn unreadable(error: tower_sessions::session::Error) -> StoreError {
    tracing::error!(%error, "the session can't be read");
    StoreError::Damaged("sessions")
}

/// Whose session it is, whether or not it still counts.
pub(super) async fn member_id(session: &Session) -> Option<i64> {
    session.get::<SignedIn>(KEY).await.ok().flatten().map(|signed_in| signed_in.member)
}

/// Signs a member in under a new session id, so that an id planted beforehand is worth nothing,
/// and keeps the session before the visitor hears of it.
pub(super) async fn sign_in(
    session: &Session,
    member: i64,
    now: Timestamp,
) -> std::result::Result<(), tower_sessions::session::Error> {
    session.clear().await;
    session.cycle_id().await?;
    session.insert(KEY, SignedIn { member, at: now, seen: now }).await?;
    session.save().await
}
