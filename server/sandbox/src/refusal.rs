//! What the service says when it says no, in AWS's codes and words.

use serde_json::{Value, json};

use crate::ask::put;

/// An error answer: its exception, its HTTP status and its sentence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refusal {
    pub(crate) code: &'static str,
    pub(crate) status: u16,
    pub(crate) message: String,
    /// Members beside the message, such as the resources of a ConflictException.
    /// Boxed, because nearly every refusal has none.
    pub(crate) more: Option<Box<(&'static str, Value)>>,
}

impl Refusal {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, status: 400, message: message.into(), more: None }
    }

    pub(crate) fn client(message: impl Into<String>) -> Self {
        Self::new("ClientException", message)
    }

    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new("InvalidParameterException", message)
    }

    pub(crate) fn malformed(message: impl Into<String>) -> Self {
        Self::new("SerializationException", message)
    }

    pub(crate) fn too_large() -> Self {
        let sentence = "The request is larger than any operation takes.";
        Self { status: 413, ..Self::new("RequestEntityTooLargeException", sentence) }
    }

    pub(crate) fn server(message: impl Into<String>) -> Self {
        Self { status: 500, ..Self::new("ServerException", message) }
    }

    pub(crate) fn no_cluster() -> Self {
        Self::new("ClusterNotFoundException", "Cluster not found.")
    }

    pub(crate) fn no_service() -> Self {
        Self::new("ServiceNotFoundException", "Service not found.")
    }

    pub(crate) fn service_not_active() -> Self {
        Self::new("ServiceNotActiveException", "Service was not ACTIVE.")
    }

    pub(crate) fn no_task_definition() -> Self {
        Self::client("Unable to describe task definition.")
    }

    /// The body on the wire.
    pub(crate) fn body(&self) -> Value {
        let mut body = json!({"__type": self.code, "message": self.message});
        if let Some((name, value)) = self.more.as_deref() {
            put(&mut body, name, Some(value.clone()));
        }
        body
    }
}

/// What an operation answers.
pub(crate) type Reply = Result<Value, Refusal>;
