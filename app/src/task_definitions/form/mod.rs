//! The parts of the form for a task definition.

mod command;
mod container;
mod container_card;
mod container_fields;
#[cfg(all(test, feature = "ssr"))]
mod coverage;
mod environment;
mod environment_compare;
mod environment_differences;
mod environment_effective;
mod environment_files;
mod environment_grid;
mod environment_paste;
mod environment_secret;
mod environment_table;
mod field;
mod health;
mod history;
mod jump;
mod keys;
mod lens;
mod live;
mod logs;
mod mounts;
mod order;
mod picture;
mod picture_overview;
mod ports;
mod problems;
mod rows;
mod search;
mod sections;
mod size;
mod task;
mod volumes;

pub use super::editor::{FormRests, JsonState, JsonView};
pub use container::Containers;
pub use history::{History, HistoryTools};
pub use jump::provide_jump;
pub use lens::{Form, use_form};
pub use problems::{ProblemCount, ProblemList, Problems};
pub use search::FieldSearch;
pub use size::Size;
pub use task::{MoreOfTask, NameAndPlace, Roles, Tags};
pub use volumes::Volumes;
