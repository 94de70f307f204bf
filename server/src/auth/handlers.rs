//! The posts of the sign-in page: plain forms, so that they work without WebAssembly. Each answers
//! with a redirect; what was refused comes back to its page as a message. Each is written to the audit
//! log.

use std::sync::Arc;

use axum::Form;
use axum::extract::{FromRef, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use berth_app::backend::Access;
use berth_app::links;
use berth_app::team::draft::{EMAIL_MAX, PASSWORD_MAX};
use berth_app::team::flash::Problem;
use serde::Deserialize;
use tower_sessions::Session;

use super::answers::{Refusal, flash_of, see_other, shortened, throttled};
use super::device::Device;
use super::next::safe_next;
use super::passwords::Passwords;
use super::peer::{Peer, TrustForwarded};
use super::record::Record;
use super::revocations::Revocations;
use super::session::{self, is_https};
use super::throttle::{Throttle, Tryer, TurnedAway};
use crate::clock::Clock;
use crate::store::{Credentials, Store};

/// What the posts need. Clones share it.
#[derive(Clone)]
pub struct Auth {
    pub(super) store: Store,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) passwords: Passwords,
    pub(super) throttle: Arc<Throttle>,
    pub(super) revocations: Revocations,
    pub(super) record: Record,
    pub(super) https: bool,
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
    headers: HeaderMap,
    Form(form): Form<SignInForm>,
) -> Response {
    let next = safe_next(&form.next);
    let email = form.email.trim().to_lowercase();
    let mark = auth.mark(&headers);
    let attempt = Attempt { email: shortened(&email, EMAIL_MAX), password: form.password, mark };
    match try_sign_in(&auth, &session, attempt, &from).await {
        Ok(kept) => auth.welcome(next, &kept),
        Err(refusal) => {
            let flash = flash_of(refusal, &form.email, "");
            auth.back_to(&links::sign_in(next), &flash)
        }
    }
}

/// What is tried, and with which mark of a browser that is known.
struct Attempt<'a> {
    email: &'a str,
    password: String,
    mark: Option<&'a str>,
}

/// Signs in; answers with the hash of the password that fitted.
async fn try_sign_in(
    auth: &Auth,
    session: &Session,
    Attempt { email, password, mark }: Attempt<'_>,
    from: &Peer,
) -> Result<String, Refusal> {
    let known = auth.store.credentials(email).await?;
    let whose = known.as_ref().map(|_| email);
    let hash = known.as_ref().and_then(|known| known.password_hash.as_deref());
    let device = mark.zip(hash).and_then(|(mark, hash)| Device::of(mark, hash));
    let tryer = device.map_or(Tryer::Stranger(email, from.address), Tryer::Known);
    let admitted = auth.throttle.admit(tryer, auth.clock.now());
    admitted.map_err(|turned_away| auth.turn_away(turned_away, whose, from))?;
    let refused = match check_password(auth, known, password).await {
        Ok((id, kept)) => match enter(auth, session, id, &kept).await {
            Ok(()) => {
                auth.let_in(session, Access::SignedIn, email, from).await?;
                auth.throttle.forgive(tryer);
                return Ok(kept);
            }
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

    /// Writes down a lock, the first time that it turns somebody away.
    pub(super) fn turn_away(
        &self,
        turned_away: TurnedAway,
        known: Option<&str>,
        from: &Peer,
    ) -> Refusal {
        if let Some(lock) = turned_away.news {
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
}
