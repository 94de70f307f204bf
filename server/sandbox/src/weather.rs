//! What goes wrong on purpose.

pub(crate) mod past;
pub(crate) mod quotas;

use crate::arn::CALLER;
use crate::refusal::Refusal;

/// Trouble for tests and demos; all off by default. It is not part of the
/// world: it is neither saved nor journalled.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Weather {
    /// The service cannot be reached: the HTTP client answers a connector
    /// error, and [`crate::Sandbox::answer`] a 503.
    pub outage: bool,
    /// An operation's name, or "*" for all, that is refused with
    /// AccessDeniedException.
    pub deny: Option<String>,
    /// An operation's name, or "*" for all, that is refused with
    /// ThrottlingException.
    pub throttle: Option<String>,
    /// The caller's session has expired: ExpiredTokenException.
    pub expired: bool,
    /// How late the HTTP client answers, in milliseconds.
    pub latency_ms: u64,
    /// Requests over the quotas of Amazon ECS are refused with
    /// ThrottlingException, by the time of the world.
    pub quotas: bool,
    /// How long a change is not seen by calls that only read, in milliseconds
    /// of the world: AWS is eventually consistent. Within that time later
    /// changes stay unseen with the first.
    pub lag_ms: u64,
}

impl Weather {
    /// What a caller hears who asks too often.
    pub(crate) fn throttled() -> Refusal {
        Refusal::new("ThrottlingException", "Rate exceeded")
    }

    /// The refusal this weather has for an operation of a service.
    pub(crate) fn refusal(&self, service: &str, operation: &str) -> Option<Refusal> {
        let hit = |name: &Option<String>| {
            name.as_ref().is_some_and(|name| name == "*" || name == operation)
        };
        if self.outage {
            return Some(Refusal {
                status: 503,
                ..Refusal::server("Service Unavailable. Please try again later.")
            });
        }
        if self.expired {
            return Some(Refusal::new(
                "ExpiredTokenException",
                "The security token included in the request is expired",
            ));
        }
        if hit(&self.throttle) {
            return Some(Self::throttled());
        }
        hit(&self.deny).then(|| {
            Refusal::new(
                "AccessDeniedException",
                format!("User: {CALLER} is not authorized to perform: {service}:{operation} on resource: * because no identity-based policy allows the {service}:{operation} action"),
            )
        })
    }
}
