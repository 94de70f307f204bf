//! Fields that offer what the account has. None asks for anything until somebody opens its list, and
//! each takes what is typed.

pub mod api;
mod compose;
mod fields;
mod image_field;
pub mod model;
mod network_choices;
mod picker;
mod role_field;
mod role_recipe;
mod secret_field;
mod secret_lists;
mod source;

pub use fields::{AccessPointField, FileSystemField, LogGroupField};
pub use image_field::ImageField;
pub use network_choices::{NetworkChoices, NetworkPicker};
pub use picker::{has_picker, picker};
pub use role_field::{RoleField, RoleUse};
pub use secret_field::{SecretCell, SecretField};
pub use secret_lists::{SecretUse, provide_secret_lists};
