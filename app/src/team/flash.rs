//! What a refused post has to say to the page it leads back to. It travels in a cookie that the
//! page takes away: nothing is kept for a stranger on the server, nothing typed stands in an
//! address, and a password is in neither.

use serde::{Deserialize, Serialize};

use crate::error::FieldErrors;

/// The name of the cookie.
pub const COOKIE: &str = "berth-flash";
/// How long it waits for its page, in seconds.
pub const COOKIE_SECONDS: u32 = 60;

/// A message for the next page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Flash {
    /// What went wrong with the whole form.
    pub problem: Option<Problem>,
    /// What is wrong at which field.
    pub errors: FieldErrors,
    /// What was typed as email.
    pub email: String,
    /// What was typed as name.
    pub name: String,
}

/// Why a sign-in or set-up was refused, or why there has to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    /// Email and password don't belong together; which of them is wrong is nobody's business.
    WrongPassword,
    /// The member is disabled. Said only to who knew the password.
    Disabled,
    /// Too many tries: how many seconds to wait.
    Throttled(u32),
    /// The link was used, or it is too old.
    LinkSpent,
    /// Too many sign-ins at this moment, or the database does not answer.
    Unavailable,
    /// A page was asked for without a session, in a browser where somebody had signed in before.
    SignedOut,
}

impl Problem {
    /// What happened, and what to do next.
    pub fn words(self) -> (String, String) {
        let (said, next): (String, &str) = match self {
            Self::WrongPassword => (
                "Email and password don't match.".into(),
                "Try again. An administrator can give you a new link if you forgot the password.",
            ),
            Self::Disabled => (
                "Your membership is disabled.".into(),
                "Ask an administrator of this console to enable it.",
            ),
            Self::Throttled(seconds) => (
                format!("Too many tries. Wait {}, then try again.", waiting(seconds)),
                "The right password does not help before that either.",
            ),
            Self::LinkSpent => (
                "This link was used already, or it is too old.".into(),
                "Ask an administrator of this console for a new one.",
            ),
            Self::Unavailable => (
                "The console can't check this now.".into(),
                "Nothing was changed. Try again in a moment.",
            ),
            Self::SignedOut => (
                "You were signed out.".into(),
                "Your session ended, or your access was changed. Sign in to go on where you were.",
            ),
        };
        (said, next.to_owned())
    }
}

/// A wait in words, rounded up.
fn waiting(seconds: u32) -> String {
    match seconds {
        ..=1 => "a second".into(),
        2..60 => format!("{seconds} seconds"),
        60 => "a minute".into(),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    }
}

impl Flash {
    /// As the value of a cookie: JSON in hexadecimal, which needs no quoting.
    pub fn to_cookie_value(&self) -> String {
        use std::fmt::Write as _;

        let mut text = String::new();
        for byte in serde_json::to_vec(self).unwrap_or_default() {
            // Writing to a String can't fail.
            let _ = write!(text, "{byte:02x}");
        }
        text
    }

    /// Reads what [`Flash::to_cookie_value`] wrote; anything else is no message.
    pub fn from_cookie_value(text: &str) -> Option<Self> {
        let bytes: Option<Vec<u8>> = text
            .as_bytes()
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
            .collect();
        serde_json::from_slice(&bytes?).ok()
    }
}

/// The value of a cookie that came with a request.
#[cfg(feature = "ssr")]
pub fn cookie<'a>(headers: &'a http::HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(http::header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|p| p.trim().split_once('='));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// The message for this page, taken away from the browser with it.
#[cfg(feature = "ssr")]
pub(super) fn take() -> Flash {
    use http::{HeaderValue, StatusCode, header};
    use leptos::prelude::use_context;
    use leptos_axum::ResponseOptions;

    let Some(parts) = use_context::<http::request::Parts>() else { return Flash::default() };
    let Some(value) = cookie(&parts.headers, COOKIE) else { return Flash::default() };
    let flash = Flash::from_cookie_value(value).unwrap_or_default();
    if let Some(response) = use_context::<ResponseOptions>() {
        if let Ok(gone) = HeaderValue::from_str(&format!("{COOKIE}=; Path=/; Max-Age=0")) {
            response.append_header(header::SET_COOKIE, gone);
        }
        if let Some(Problem::Throttled(seconds)) = flash.problem {
            response.set_status(StatusCode::TOO_MANY_REQUESTS);
            response.insert_header(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
    }
    flash
}

/// The browser has what the server took.
#[cfg(not(feature = "ssr"))]
pub(super) fn take() -> Flash {
    Flash::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_survives_its_cookie() {
        let flash = Flash {
            problem: Some(Problem::Throttled(90)),
            errors: FieldErrors::one("name", "Give a name."),
            email: "ada@example.com; Path=/".into(),
            name: "Ädä\r\n".into(),
        };
        let value = flash.to_cookie_value();
        assert!(value.bytes().all(|b| b.is_ascii_hexdigit()));
        assert_eq!(Flash::from_cookie_value(&value), Some(flash));
        for damaged in ["", "7", "zz", "7b", "é"] {
            assert_eq!(Flash::from_cookie_value(damaged), None, "{damaged}");
        }
    }

    #[test]
    fn waits_are_said_in_words() {
        for (seconds, said) in [
            (0, "a second"),
            (59, "59 seconds"),
            (60, "a minute"),
            (61, "2 minutes"),
            (300, "5 minutes"),
        ] {
            assert_eq!(waiting(seconds), said);
        }
    }
}
