//! What the posts of the door answer: redirects, with a message or a mark in a cookie.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use berth_app::error::AppError;
use berth_app::links;
use berth_app::team::draft::{EMAIL_MAX, NAME_MAX};
use berth_app::team::flash::{COOKIE, COOKIE_SECONDS, Flash, Problem, cookie};

use super::device::{self, Device};
use super::handlers::Auth;
use super::passwords::PasswordError;
use crate::store::StoreError;

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
    /// To a page, for a member who has signed in: the browser is known from now on.
    pub(super) fn welcome(&self, address: &str, password_hash: &str) -> Response {
        let mut response = see_other(address);
        if let Some(mark) = Device::new().sealed(password_hash) {
            self.set_cookie(&mut response, self.mark_name(), &mark, device::SECONDS);
        }
        response
    }

    /// Back to a page with a message for it.
    pub(super) fn back_to(&self, address: &str, flash: &Flash) -> Response {
        let mut response = see_other(address);
        self.set_cookie(&mut response, COOKIE, &flash.to_cookie_value(), COOKIE_SECONDS);
        response
    }

    /// To the sign-in page and from there to `asked`. A browser in which somebody has signed in
    /// before is told why; a stranger learns nothing.
    pub fn ask_to_sign_in(&self, headers: &HeaderMap, asked: &str) -> Response {
        let page = links::sign_in(asked);
        match self.mark(headers) {
            Some(_) => {
                let problem = Some(Problem::SignedOut);
                self.back_to(&page, &Flash { problem, ..Flash::default() })
            }
            None => see_other(&page),
        }
    }

    /// The mark of a browser in which somebody has signed in, whosever it is.
    pub(super) fn mark<'a>(&self, headers: &'a HeaderMap) -> Option<&'a str> {
        cookie(headers, self.mark_name())
    }

    fn mark_name(&self) -> &'static str {
        if self.https { "__Host-berth-device" } else { "berth-device" }
    }

    fn set_cookie(&self, response: &mut Response, name: &str, value: &str, seconds: u32) {
        let secure = if self.https { "; Secure" } else { "" };
        let cookie =
            format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
}
