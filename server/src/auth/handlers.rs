//! The posts of the sign-in page: plain forms, so that they work without WebAssembly. Each answers
//! with a redirect; what was refused comes back to its page as a [`Flash`]. Each is written to the
//! audit log.

use std::sync::Arc;

use axum::Form;
use axum::extract::{FromRef, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use berth_app::backend::Access;
use berth_app::error::AppError;
use berth_app::links;
use berth_app::team::draft::{EMAIL_MAX, NAME_MAX, PASSWORD_MAX};
use berth_app::team::flash::{COOKIE, COOKIE_SECONDS, Flash, Problem};
use serde::Deserialize;
use tower_sessions::Session;

use super::next::safe_next;
use super::passwords::{PasswordError, Passwords};
use super::peer::{Peer, TrustForwarded};
use super::record::Record;
use super::revocations::Revocations;
use super::session::{self, is_https};
use super::throttle::{Lock, Throttle, TurnedAway};
use crate::clock::Clock;
use crate::store::{Credentials, Store, StoreError};

/// What the posts need. Clones share it.
#[derive(Clone)]
pub struct Auth {
    pub(super) store: Store,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) passwords: Passwords,
    pub(super) throttle: Arc<Throttle>,
    pub(super) revocations: Revocations,
    pub(super) record: Record,
    https: bool,
    trust_forwarded: TrustForwarded,
}

impl Auth {
    /// For a store; `public_url` decides whether cookies are `Secure`.
    pub fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        passwords: Passwords,
        revocations: Revocations,
        public_url: &str,
        trust_forwarded: TrustForwarded,
    ) -> Self {
        Self {
            record: Record::new(store.clone(), clock.clone()),
            store,
            clock,
            passwords,
            throttle: Arc::default(),
            revocations,
            https: is_https(public_url),
            trust_forwarded,
        }
    }
}

impl FromRef<Auth> for TrustForwarded {
    fn from_ref(auth: &Auth) -> Self {
        auth.trust_forwarded
    }
}

/// Why a post was refused.
pub(super) enum Refusal {
    Problem(Problem),
    Fields(AppError),
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::LinkSpent => Self::Problem(Problem::LinkSpent),
            cause => {
                tracing::error!(%cause, "the store failed");
                Self::Problem(Problem::Unavailable)
            }
        }
    }
}

impl From<PasswordError> for Refusal {
    fn from(cause: PasswordError) -> Self {
        tracing::warn!(%cause, "no password was checked");
        Self::Problem(Problem::Unavailable)
    }
}

impl From<tower_sessions::session::Error> for Refusal {
    fn from(cause: tower_sessions::session::Error) -> Self {
        tracing::error!(%cause, "the session can't be kept");
        Self::Problem(Problem::Unavailable)
    }
}

/// The sign-in form.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct SignInForm {
    email: String,
    password: String,
    next: String,
}

/// `POST /sign-in`: leads to `next`, or back to the page with what was wrong.
pub async fn sign_in(
    State(auth): State<Auth>,
    session: Session,
    from: Peer,
    Form(form): Form<SignInForm>,
) -> Response {
    let next = safe_next(&form.next);
    let email = form.email.trim().to_lowercase();
    let now = auth.clock.now();
    let tried = match auth.throttle.admit(shortened(&email, EMAIL_MAX), from.address, now) {
        Err(turned_away) => Err(auth.turn_away(turned_away, &email, &from).await),
        Ok(()) => try_sign_in(&auth, &session, &email, form.password, &from).await,
    };
    match tried {
        Ok(()) => {
            auth.throttle.forgive(&email, from.address);
            see_other(next)
        }
        Err(refusal) => {
            let flash = flash_of(refusal, &form.email, "");
            auth.back_to(&links::sign_in(next), &flash)
        }
    }
}

async fn try_sign_in(
    auth: &Auth,
    session: &Session,
    email: &str,
    password: String,
    from: &Peer,
) -> Result<(), Refusal> {
    let known = auth.store.credentials(email).await?;
    let whose = known.as_ref().map(|_| email);
    let refused = match check_password(auth, known, password).await {
        Ok((id, kept)) => match enter(auth, session, id, &kept).await {
            Ok(()) => return auth.let_in(session, Access::SignedIn, email, from).await,
            Err(refusal) => refusal,
        },
        Err(refusal) => refusal,
    };
    let said = match (&refused, whose) {
        (Refusal::Problem(Problem::WrongPassword), Some(_)) => "The password does not fit.",
        (Refusal::Problem(Problem::WrongPassword), None) => "No member has the email.",
        (Refusal::Problem(Problem::Disabled), _) => "The member is disabled.",
        // Nothing was found out about whoever tried.
        _ => return Err(refused),
    };
    auth.record.refused(whose, said, from);
    Err(refused)
}

/// The member whose password it is, and the hash that says so.
async fn check_password(
    auth: &Auth,
    known: Option<Credentials>,
    password: String,
) -> Result<(i64, String), Refusal> {
    // Nobody has a password of more than 256 characters of 4 bytes.
    let too_long = password.len() > PASSWORD_MAX * 4;
    let kept = known.as_ref().and_then(|known| known.password_hash.clone());
    let kept = kept.filter(|_| !too_long);
    let password = if too_long { String::new() } else { password };
    let fits = auth.passwords.verify(password, kept.clone()).await?;
    let (Some(known), Some(kept), true) = (known, kept, fits) else {
        return Err(Refusal::Problem(Problem::WrongPassword));
    };
    if known.disabled {
        return Err(Refusal::Problem(Problem::Disabled));
    }
    Ok((known.id, kept))
}

/// Opens a session and then makes sure that the password it rests on still holds: a member who is
/// disabled, or who gets a new password, while this runs is not let in by it.
pub(super) async fn enter(
    auth: &Auth,
    session: &Session,
    id: i64,
    kept: &str,
) -> Result<(), Refusal> {
    let now = auth.clock.now();
    session::sign_in(session, id, now).await?;
    if auth.store.note_sign_in(id, kept, now).await? {
        Ok(())
    } else {
        session.flush().await?;
        Err(Refusal::Problem(Problem::WrongPassword))
    }
}

/// `POST /sign-out`: ends the session and the member's open streams.
pub async fn sign_out(State(auth): State<Auth>, session: Session, from: Peer) -> Response {
    let member = session::member_id(&session).await;
    if let Err(cause) = session.flush().await {
        // Saying "signed out" now would be a lie.
        tracing::error!(%cause, "a session can't be ended");
        return (
            StatusCode::SERVICE_UNAVAILABLE,
            "You are still signed in: the console's database does not answer. Try again.",
        )
            .into_response();
    }
    if let Some(member) = member {
        auth.revocations.revoke(member);
        auth.note_sign_out(member, &from).await;
    }
    see_other(links::SIGN_IN)
}

pub(super) fn throttled(wait_ms: i64) -> Refusal {
    let seconds = u32::try_from(wait_ms.max(0).saturating_add(999) / 1000).unwrap_or(u32::MAX);
    Refusal::Problem(Problem::Throttled(seconds))
}

/// What a refusal has to say on the page it leads back to, with what was typed.
pub(super) fn flash_of(refusal: Refusal, email: &str, name: &str) -> Flash {
    let (problem, errors) = match refusal {
        Refusal::Problem(problem) => (Some(problem), Default::default()),
        Refusal::Fields(error) => (None, error.field_errors()),
    };
    // A cookie has room for 4096 bytes; more than the longest valid text is not worth keeping.
    let email = shortened(email, EMAIL_MAX).to_owned();
    let name = shortened(name, NAME_MAX).to_owned();
    Flash { problem, errors, email, name }
}

/// The first `max` characters of a text.
pub(super) fn shortened(text: &str, max: usize) -> &str {
    text.char_indices().nth(max).map_or(text, |(end, _)| text.get(..end).unwrap_or_default())
}

/// A redirect that is followed by a GET.
pub(super) fn see_other(address: &str) -> Response {
    // An address that is no header value can't come from `links` or `safe_next`.
    let location = HeaderValue::from_str(address).unwrap_or(HeaderValue::from_static(links::HOME));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

impl Auth {
    /// Writes down that a member comes in. Without a record nobody does.
    pub(super) async fn let_in(
        &self,
        session: &Session,
        access: Access,
        email: &str,
        from: &Peer,
    ) -> Result<(), Refusal> {
        if let Err(error) = self.record.member(access, email, from).await {
            session.flush().await?;
            return Err(error.into());
        }
        Ok(())
    }

    /// Writes down a locked email or address, the first time that it turns somebody away.
    async fn turn_away(&self, turned_away: TurnedAway, email: &str, from: &Peer) -> Refusal {
        if let Some(lock) = turned_away.news {
            let known = match lock {
                Lock::Email => self.store.credentials(email).await.ok().flatten().map(|_| email),
                // Whose email is tried on a locked address says nothing about the member.
                Lock::Address => None,
            };
            self.record.locked(lock, known, from);
        }
        throttled(turned_away.wait_ms)
    }

    /// The session has ended already, so a failure is no reason to say otherwise.
    async fn note_sign_out(&self, member: i64, from: &Peer) {
        let noted = match self.store.member(member).await {
            Ok(Some(member)) => self.record.member(Access::SignedOut, &member.email, from).await,
            Ok(None) => Ok(()),
            Err(error) => Err(error),
        };
        if let Err(error) = noted {
            tracing::error!(%error, "a sign-out can't be written down");
        }
    }

    /// Back to a page with a message for it.
    pub(super) fn back_to(&self, address: &str, flash: &Flash) -> Response {
        let mut response = see_other(address);
        let secure = if self.https { "; Secure" } else { "" };
        let cookie = format!(
            "{COOKIE}={}; Path=/; Max-Age={COOKIE_SECONDS}; HttpOnly; SameSite=Lax{secure}",
            flash.to_cookie_value()
        );
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }
}
