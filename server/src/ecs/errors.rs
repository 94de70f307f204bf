//! What a call to ECS can end in, in words for a member. Every failure is logged here, once, when
//! it is made: the operation, AWS's code and request id, and never what was sent.

use std::error::Error;

use aws_sdk_ecs::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_ecs::operation::RequestId;
use berth_app::error::AppError;
use berth_app::reading::Trouble;

use super::next_step::{self, Class};
use super::source::{ReadError, ReadErrorKind};
use super::unsent::unsent;

/// The longest sentence of AWS that is passed on, in characters.
const LONGEST: usize = 600;

/// A call that did not succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    operation: &'static str,
    cause: Cause,
}

/// What lies behind a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// ECS said no.
    Answered { code: String, said: String, status: u16 },
    /// There was nothing to sign with.
    NoCredentials,
    /// No region is set, so there is no address.
    NoRegion,
    /// No connection came about: nothing was sent.
    NotSent,
    /// It may have been sent, and no answer came.
    NoAnswer,
    /// An answer came that makes no sense; the text says why.
    Unreadable(String),
    /// The SDK could not make the request.
    NotMade,
}

impl Failure {
    /// What `error` means, whatever the operation.
    pub(super) fn of<E>(operation: &'static str, error: &SdkError<E>) -> Self
    where
        E: Error + ProvideErrorMetadata + 'static,
    {
        let cause = match error {
            SdkError::ServiceError(answer) => {
                let status = answer.raw().status().as_u16();
                let code = error.code().unwrap_or_default().to_owned();
                let said = match error.message() {
                    Some(said) if !said.trim().is_empty() => shortened(said),
                    _ if code.is_empty() => format!("The endpoint answered with HTTP {status}."),
                    _ => format!("{code}."),
                };
                Cause::Answered { code, said, status }
            }
            SdkError::TimeoutError(_) => Cause::NoAnswer,
            SdkError::ResponseError(_) => {
                Cause::Unreadable("the answer is not in ECS's words".into())
            }
            _ => unsent(error),
        };
        log(operation, &cause, error);
        Self { operation, cause }
    }

    /// An answer that came, and makes no sense.
    pub(super) fn unreadable(operation: &'static str, reason: &str) -> Self {
        tracing::warn!(operation, reason, "ECS answered something odd");
        Self { operation, cause: Cause::Unreadable(reason.to_owned()) }
    }

    /// Nothing, when the cluster that was asked about is gone; else the failure again.
    pub(super) fn nothing_without_cluster<T: Default>(self) -> Result<T, Self> {
        match &self.cause {
            Cause::Answered { code, .. } if code == "ClusterNotFoundException" => Ok(T::default()),
            _ => Err(self),
        }
    }

    /// AWS's sentence, when ECS refused for a reason that lies in the request.
    pub(super) fn refusal(&self) -> Option<&str> {
        match &self.cause {
            Cause::Answered { said, .. } if self.class() == Class::Refused => Some(said),
            _ => None,
        }
    }

    /// The right that is missing, when that is why; of `service` where AWS does not name it.
    pub(super) fn missing_right(&self, service: &str) -> Option<String> {
        let Cause::Answered { said, .. } = &self.cause else { return None };
        let named = next_step::named_right(said).map(str::to_owned);
        (self.class() == Class::Denied)
            .then(|| named.unwrap_or_else(|| format!("{service}:{}", self.operation)))
    }

    /// For the poller.
    pub(super) fn read(self) -> ReadError {
        let kind = match (&self.cause, self.class()) {
            (Cause::Answered { .. }, Class::Throttled) => ReadErrorKind::Throttled,
            (Cause::Answered { .. }, Class::Denied) => ReadErrorKind::Denied,
            (Cause::Answered { .. }, Class::Credentials) | (Cause::NoCredentials, _) => {
                ReadErrorKind::Credentials
            }
            (Cause::Answered { .. }, Class::Fault) | (Cause::NotSent | Cause::NoAnswer, _) => {
                ReadErrorKind::Unreachable
            }
            _ => ReadErrorKind::Other,
        };
        ReadError { kind, trouble: Trouble { said: self.said(), next: self.next() } }
    }

    /// For one thing that was looked up; `missing` is the sentence for when it is not there.
    pub(super) fn looked_up(self, missing: String) -> AppError {
        match &self.cause {
            Cause::Answered { code, said, .. } if next_step::means_missing(code, said) => {
                AppError::NotFound(missing)
            }
            Cause::Answered { .. } => self.answered(),
            _ => AppError::Unavailable(self.sentence()),
        }
    }

    /// For a change: it matters whether it may have been made.
    pub(super) fn change(self) -> AppError {
        match &self.cause {
            Cause::Answered { .. } => self.answered(),
            Cause::NoAnswer | Cause::Unreadable(_) => AppError::NoAnswer,
            // An earlier attempt may have arrived although the last one did not leave.
            Cause::NotSent => AppError::Unavailable(format!(
                "{} Look at the list, then send it again.",
                self.said()
            )),
            Cause::NoCredentials | Cause::NoRegion => AppError::Unavailable(self.sentence()),
            Cause::NotMade => AppError::Internal(format!("ecs:{}", self.operation)),
        }
    }

    /// For what is asked before a change is sent: without an answer nothing was made.
    pub(super) fn before_change(self) -> AppError {
        match &self.cause {
            Cause::NotSent | Cause::NoAnswer | Cause::Unreadable(_) => AppError::Unavailable(
                format!("{} Nothing was changed. Send it again in a moment.", self.said()),
            ),
            _ => self.change(),
        }
    }

    fn answered(&self) -> AppError {
        match self.class() {
            Class::Throttled | Class::Fault => AppError::Unavailable(self.sentence()),
            Class::Conflict => AppError::Conflict(self.said()),
            _ => AppError::refused(self.said(), self.next()),
        }
    }

    fn class(&self) -> Class {
        match &self.cause {
            Cause::Answered { code, status, .. } => next_step::class(code, *status),
            _ => Class::Fault,
        }
    }

    fn said(&self) -> String {
        match &self.cause {
            Cause::Answered { said, .. } => match self.class() {
                Class::Throttled => format!("ECS is asked more often than it allows: {said}"),
                Class::Credentials => {
                    format!("AWS does not take the console's credentials: {said}")
                }
                Class::Fault => format!("ECS has a fault of its own: {said}"),
                _ => said.clone(),
            },
            Cause::NoCredentials => "The console finds no AWS credentials.".into(),
            Cause::NoRegion => "The console does not know which AWS region to ask.".into(),
            Cause::NotSent => "ECS can't be reached.".into(),
            Cause::NoAnswer => "ECS does not answer in time.".into(),
            Cause::Unreadable(reason) => format!("ECS answered something odd: {reason}."),
            Cause::NotMade => format!("The console could not ask for {}.", self.operation),
        }
    }

    fn next(&self) -> String {
        match &self.cause {
            Cause::Answered { code, said, status } => {
                next_step::next_step(self.operation, code, said, *status)
            }
            Cause::NoCredentials => next_step::CREDENTIALS.into(),
            Cause::NoRegion => {
                "Set the region in the console's settings, then start it again.".into()
            }
            Cause::NotSent | Cause::NoAnswer => {
                "Check the network between the console and ECS. The console keeps trying.".into()
            }
            Cause::Unreadable(_) => {
                "Check that the endpoint is ECS. The console keeps trying.".into()
            }
            Cause::NotMade => "The console's log says why.".into(),
        }
    }

    fn sentence(&self) -> String {
        format!("{} {}", self.said(), self.next())
    }
}

/// AWS's words on a document may quote it, and a document may hold secrets: those stay out.
fn log<E>(operation: &'static str, cause: &Cause, error: &SdkError<E>)
where
    E: Error + ProvideErrorMetadata + 'static,
{
    let request = error.request_id().unwrap_or_default();
    match cause {
        Cause::Answered { code, .. } if code == "ClusterNotFoundException" => {
            tracing::debug!(operation, code, request, "the cluster is gone");
        }
        Cause::Answered { code, status, .. } if operation == "RegisterTaskDefinition" => {
            tracing::warn!(operation, code, status, request, "ECS refused");
        }
        Cause::Answered { code, said, status } => {
            tracing::warn!(operation, code, said, status, request, "ECS refused");
        }
        _ => {
            let error = in_words(error);
            tracing::warn!(operation, request, %error, "ECS did not answer");
        }
    }
}

/// An error and what lies behind it, as each says it. The SDK's own way to show all of it, in the form
/// for debugging, shows the answer too, and in that a document with what it holds.
fn in_words(error: &dyn Error) -> String {
    let mut words = error.to_string();
    let mut behind = error.source();
    while let Some(error) = behind {
        words.push_str(": ");
        words.push_str(&error.to_string());
        behind = error.source();
    }
    shortened(&words)
}

/// One line of at most [`LONGEST`] characters.
fn shortened(said: &str) -> String {
    let line = said.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests;
