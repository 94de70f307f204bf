//! The parts of the form for a task definition.

mod container;
mod env_lines;
mod environment;
mod health;
mod json_view;
mod keys;
mod lens;
mod logs;
mod mounts;
mod order;
mod ports;
mod rows;
mod size;
mod task;
mod volumes;

pub use container::Containers;
pub use json_view::{FormRests, JsonState, JsonView};
pub use lens::Form;
pub use size::Size;
pub use task::{NameAndPlace, Roles};
pub use volumes::Volumes;
