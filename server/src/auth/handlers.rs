//! The posts of the sign-in and set-up pages: plain forms, so that they work without WebAssembly.
//! Each answers with a redirect; what was refused comes back to its page as a [`Flash`].

use std::sync::Arc;

use axum::Form;
use axum::extract::{FromRef, Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use berth_app::error::AppError;
use berth_app::links;
use berth_app::team::draft::{EMAIL_MAX, NAME_MAX, PASSWORD_MAX, SetUpDraft, check_password};
use berth_app::team::flash::{COOKIE, COOKIE_SECONDS, Flash, Problem};
use berth_app::team::model::Invited;
use serde::Deserialize;
use tower_sessions::Session;

use super::next::safe_next;
use super::passwords::{PasswordError, Passwords};
use super::peer::{Peer, TrustForwarded};
use super::revocations::Revocations;
use super::session::{self, is_https};
use super::throttle::Throttle;
use crate::clock::Clock;
use crate::store::{Store, StoreError};

/// What the posts need. Clones share it.
#[derive(Clone)]
pub struct Auth {
    store: Store,
    clock: Arc<dyn Clock>,
    passwords: Passwords,
    throttle: Arc<Throttle>,
    revocations: Revocations,
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
enum Refusal {
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
    Peer(address): Peer,
    Form(form): Form<SignInForm>,
) -> Response {
    let next = safe_next(&form.next);
    let email = form.email.trim().to_lowercase();
    let now = auth.clock.now();
    let tried = match auth.throttle.admit(shortened(&email, EMAIL_MAX), address, now) {
        Err(wait_ms) => Err(throttled(wait_ms)),
        Ok(()) => try_sign_in(&auth, &session, &email, form.password).await,
    };
    match tried {
        Ok(member) => {
            auth.throttle.forgive(&email, address);
            tracing::info!(member, %address, "signed in");
            see_other(next)
        }
        Err(refusal) => {
            tracing::info!(%address, "a sign-in was refused");
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
) -> Result<i64, Refusal> {
    let known = auth.store.credentials(email).await?;
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
    enter(auth, session, known.id, &kept).await
}

/// Opens a session and then makes sure that the password it rests on still holds: a member who is
/// disabled, or who gets a new password, while this runs is not let in by it.
async fn enter(auth: &Auth, session: &Session, id: i64, kept: &str) -> Result<i64, Refusal> {
    let now = auth.clock.now();
    session::sign_in(session, id, now).await?;
    if auth.store.note_sign_in(id, kept, now).await? {
        Ok(id)
    } else {
        session.flush().await?;
        Err(Refusal::Problem(Problem::WrongPassword))
    }
}

/// `POST /sign-out`: ends the session and the member's open streams.
pub async fn sign_out(State(auth): State<Auth>, session: Session) -> Response {
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
    }
    see_other(links::SIGN_IN)
}

/// `POST /set-up/{token}`: makes the first administrator, or sets an invited member's password, and
/// signs in.
pub async fn set_up(
    State(auth): State<Auth>,
    session: Session,
    Peer(address): Peer,
    Path(token): Path<String>,
    Form(draft): Form<SetUpDraft>,
) -> Response {
    // Tokens can't be guessed; the limit is for what a stranger can make the server do.
    let link = format!("link {}", shortened(&token, 64));
    let tried = match auth.throttle.admit(&link, address, auth.clock.now()) {
        Err(wait_ms) => Err(throttled(wait_ms)),
        Ok(()) => try_set_up(&auth, &session, &token, &draft).await,
    };
    match tried {
        Ok(member) => {
            tracing::info!(member, %address, "a one-time link was used");
            see_other(links::HOME)
        }
        Err(refusal) => {
            let flash = flash_of(refusal, &draft.email, &draft.name);
            auth.back_to(&links::set_up(&token), &flash)
        }
    }
}

async fn try_set_up(
    auth: &Auth,
    session: &Session,
    token: &str,
    draft: &SetUpDraft,
) -> Result<i64, Refusal> {
    let now = auth.clock.now();
    let invited = auth.store.invited(token, now).await?;
    let spent = || Refusal::Problem(Problem::LinkSpent);
    let (id, kept) = match invited.ok_or_else(spent)? {
        Invited::FirstAdministrator => {
            let (email, name) = draft.check().map_err(Refusal::Fields)?;
            let kept = auth.passwords.hash(draft.password.clone()).await?;
            (auth.store.set_up(token, &email, &name, &kept, now).await?, kept)
        }
        Invited::Member { name, email } => {
            check_password(&draft.password, &email, &name).map_err(|said| {
                let errors = berth_app::error::FieldErrors::one("password", said);
                Refusal::Fields(AppError::Invalid(errors))
            })?;
            let kept = auth.passwords.hash(draft.password.clone()).await?;
            let id = auth.store.accept_invitation(token, &kept, now).await?;
            auth.revocations.revoke(id);
            (id, kept)
        }
    };
    enter(auth, session, id, &kept).await
}

fn throttled(wait_ms: i64) -> Refusal {
    let seconds = u32::try_from(wait_ms.max(0).saturating_add(999) / 1000).unwrap_or(u32::MAX);
    Refusal::Problem(Problem::Throttled(seconds))
}

/// What a refusal has to say on the page it leads back to, with what was typed.
fn flash_of(refusal: Refusal, email: &str, name: &str) -> Flash {
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
fn shortened(text: &str, max: usize) -> &str {
    text.char_indices().nth(max).map_or(text, |(end, _)| text.get(..end).unwrap_or_default())
}

/// A redirect that is followed by a GET.
fn see_other(address: &str) -> Response {
    // An address that is no header value can't come from `links` or `safe_next`.
    let location = HeaderValue::from_str(address).unwrap_or(HeaderValue::from_static(links::HOME));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

impl Auth {
    /// Back to a page with a message for it.
    fn back_to(&self, address: &str, flash: &Flash) -> Response {
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
