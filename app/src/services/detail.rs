//! What the detail page shows of a service.

use serde::{Deserialize, Serialize};

use super::model::{Deployment, Service};
use super::state::Standing;
use crate::listing::Row;

/// A service and how it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServiceDetail {
    /// The service, with its newest events only.
    pub service: Service,
    /// How it stands, and why.
    pub standing: Standing,
    /// The images that its tasks run, in short.
    pub images: Vec<String>,
    /// Tasks that have not ended.
    pub task_count: usize,
    /// Events that ECS keeps of it.
    pub event_count: usize,
}

impl Row for Deployment {
    fn key(&self) -> &str {
        &self.id
    }
}
