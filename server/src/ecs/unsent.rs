//! Requests that got no answer: what never left is told from what may have arrived.

use std::error::Error;
use std::io;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_ecs::error::SdkError;

use super::errors::Cause;

/// Why a request did not get an answer: tells what never left from what may have arrived.
pub(super) fn unsent<E: Error + 'static>(error: &SdkError<E>) -> Cause {
    let within = SourceChain(Some(error));
    if SourceChain(Some(error)).any(|cause| cause.is::<CredentialsError>()) {
        return Cause::NoCredentials;
    }
    for cause in within {
        let connection = cause
            .downcast_ref::<hyper_util::client::legacy::Error>()
            .is_some_and(|e| e.is_connect());
        let refused = cause.downcast_ref::<io::Error>().is_some_and(|e| never_connected(e.kind()));
        if connection || refused {
            return Cause::NotSent;
        }
        if cause.to_string().contains("Missing Region") {
            return Cause::NoRegion;
        }
    }
    match error {
        SdkError::ConstructionFailure(_) => Cause::NotMade,
        _ => Cause::NoAnswer,
    }
}

/// Whether an error of this kind can only come before anything is sent.
fn never_connected(kind: io::ErrorKind) -> bool {
    use io::ErrorKind::{
        AddrNotAvailable, ConnectionRefused, HostUnreachable, NetworkDown, NetworkUnreachable,
    };
    matches!(
        kind,
        ConnectionRefused | HostUnreachable | NetworkUnreachable | NetworkDown | AddrNotAvailable
    )
}

/// An error and what caused it, outermost first.
struct SourceChain<'a>(Option<&'a (dyn Error + 'static)>);

impl<'a> Iterator for SourceChain<'a> {
    type Item = &'a (dyn Error + 'static);

    fn next(&mut self) -> Option<Self::Item> {
        let this = self.0?;
        self.0 = this.source();
        Some(this)
    }
}
