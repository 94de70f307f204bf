//! The one error that crosses the wire, in words that a member may read.
//!
//! Causes stay on the server: they are logged once, with the request id.

use std::collections::BTreeMap;

use berth_definition::finding::{Findings, Severity};
use serde::{Deserialize, Serialize};
use server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};

/// What went wrong, for the person in front of the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AppError {
    /// There is no session, or it has ended.
    #[error("Your session has ended. Sign in again to go on.")]
    SignInRequired,
    /// The member's role does not allow it. The text names the role that would.
    #[error("{0}")]
    NotAllowed(String),
    /// Nothing of that name is here. The text says what was looked for.
    #[error("{0}")]
    NotFound(String),
    /// The input does not hold; each message stands at its field.
    #[error("Some fields need another look.")]
    Invalid(FieldErrors),
    /// ECS said no. `said` is AWS's own sentence, `next` what to do about it.
    #[error("{said}")]
    Refused {
        /// AWS's sentence, shortened to what a member may see.
        said: String,
        /// What the person can do next.
        next: String,
    },
    /// Somebody or something was faster; the text says what.
    #[error("{0}")]
    Conflict(String),
    /// ECS or the database does not answer now. The text says which and what to do.
    #[error("{0}")]
    Unavailable(String),
    /// A fault of the console. The reference finds it in the server's log.
    #[error("Something went wrong in the console. The log has it under {0}.")]
    Internal(String),
    /// The answer did not arrive: the change may or may not have been made.
    #[error("The answer did not arrive. Check the list before you send it again.")]
    NoAnswer,
}

/// Messages by field path (`name`, `containerDefinitions.0.image`), at most one each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldErrors(BTreeMap<String, String>);

impl FieldErrors {
    /// No error yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// One message at one field.
    pub fn one(path: impl Into<String>, message: impl Into<String>) -> Self {
        let mut errors = Self::new();
        errors.add(path, message);
        errors
    }

    /// What ECS would refuse of a task definition, by the path of each member.
    pub fn of(findings: &Findings) -> Self {
        let mut errors = Self::new();
        for finding in findings.refused() {
            errors.add(&finding.path, &finding.said);
        }
        errors
    }

    /// What ECS would take of a task definition and what still deserves a look, by the path of each
    /// member: what will not work before what could work better.
    pub fn remarks(findings: &Findings) -> Self {
        let mut remarks = Self::new();
        for severity in [Severity::Wrong, Severity::Advice] {
            for finding in findings.iter().filter(|finding| finding.severity == severity) {
                remarks.add(&finding.path, &finding.said);
            }
        }
        remarks
    }

    /// Those whose path passes.
    pub fn only(mut self, passes: impl Fn(&str) -> bool) -> Self {
        self.0.retain(|path, _| passes(path));
        self
    }

    /// Adds a message; the first one at a path stays, it is the most basic.
    pub fn add(&mut self, path: impl Into<String>, message: impl Into<String>) {
        self.0.entry(path.into()).or_insert_with(|| message.into());
    }

    /// Adds what `result` complains of, and hands on its value.
    pub fn take<T>(&mut self, path: &str, result: Result<T, String>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(message) => {
                self.add(path, message);
                None
            }
        }
    }

    /// The message at a path.
    pub fn at(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// Every path with its message, in the order of the paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, message)| (path.as_str(), message.as_str()))
    }

    /// Every message, one after the other, for where there are no fields to put them at.
    pub fn sentences(&self) -> String {
        self.0.values().map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    /// How many fields have a message.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether no field has a message.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `value` when nothing was complained of, else the complaints.
    pub fn or<T>(self, value: T) -> Result<T, AppError> {
        if self.is_empty() { Ok(value) } else { Err(AppError::Invalid(self)) }
    }
}

impl AppError {
    /// A refusal in AWS's words and what to do next.
    pub fn refused(said: impl Into<String>, next: impl Into<String>) -> Self {
        Self::Refused { said: said.into(), next: next.into() }
    }

    /// The answer to whoever asks for something of ECS before it was read for the first time.
    pub fn not_read() -> Self {
        Self::Unavailable("Amazon ECS has not been read since the console started.".into())
    }

    /// The HTTP status that says the same to a machine.
    pub fn status(&self) -> u16 {
        match self {
            Self::SignInRequired => 401,
            Self::NotAllowed(_) => 403,
            Self::NotFound(_) => 404,
            Self::Invalid(_) | Self::Refused { .. } => 422,
            Self::Conflict(_) => 409,
            Self::Unavailable(_) => 503,
            Self::Internal(_) | Self::NoAnswer => 500,
        }
    }

    /// What the person can do next.
    pub fn next_step(&self) -> String {
        match self {
            Self::SignInRequired => "Sign in, and you come back to this page.".into(),
            Self::NotAllowed(_) => "Ask an administrator of this console.".into(),
            Self::NotFound(_) => "It may have been deleted. Go back to the list.".into(),
            Self::Invalid(_) => "Correct the marked fields and send again.".into(),
            Self::Refused { next, .. } => next.clone(),
            Self::Conflict(_) => "Look at the present state, then decide again.".into(),
            Self::Unavailable(_) => "The console tries again by itself.".into(),
            Self::Internal(_) => {
                "Try again; if it stays, give the reference to whoever runs the console.".into()
            }
            Self::NoAnswer => "Nothing is sent twice: sending again with this form is safe.".into(),
        }
    }

    /// The messages at the fields, if the input did not hold.
    pub fn field_errors(&self) -> FieldErrors {
        match self {
            Self::Invalid(errors) => errors.clone(),
            _ => FieldErrors::new(),
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(value: ServerFnErrorErr) -> Self {
        match value {
            // The browser could not reach the server, or the answer was cut off.
            ServerFnErrorErr::Request(_)
            | ServerFnErrorErr::Response(_)
            | ServerFnErrorErr::Deserialization(_)
            | ServerFnErrorErr::MiddlewareError(_) => Self::NoAnswer,
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => Self::Invalid(
                FieldErrors::one("form", "The form sent something the console can't read."),
            ),
            _ => Self::Internal("request".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_message_at_a_field_stays() {
        let mut errors = FieldErrors::new();
        errors.add("name", "Give it a name.");
        errors.add("name", "Too long.");
        assert_eq!(errors.at("name"), Some("Give it a name."));
        assert_eq!(errors.len(), 1);
        assert_eq!(errors.at("image"), None);
    }

    #[test]
    fn errors_survive_the_wire() {
        let error = AppError::Invalid(FieldErrors::one("containerDefinitions.0.image", "Needed."));
        assert_eq!(AppError::de(error.ser()), error);
    }
}
