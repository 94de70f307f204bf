//! The services beside ECS, as far as a form chooses from what they hold.

use async_trait::async_trait;

use crate::error::AppError;
use crate::task_definitions::model::{ChoiceKind, Choices};

/// Lists of what a task definition can name. All members share what was listed: a list is asked for
/// when somebody opens a picker, and then not again for a minute.
#[async_trait]
pub trait Neighbours: Send + Sync {
    /// What can be chosen. `search` narrows a list that is too long to be listed whole; `again` wants
    /// it newer. A missing right or a failing service is told in the answer: the field still takes
    /// what is typed.
    async fn choices(
        &self,
        kind: &ChoiceKind,
        search: &str,
        again: bool,
    ) -> Result<Choices, AppError>;
}
