//! A task definition as the JSON document that ECS registers: what its members mean, what ECS
//! demands of them, and how it is read and written. No views, no server and no clock: everything
//! here is a function of a document, and runs in the browser and on the server alike.

pub mod convert;
pub mod diff;
pub mod document;
pub mod env;
pub mod export;
pub mod field;
pub mod finding;
#[cfg(any(test, feature = "cases"))]
pub mod generate;
pub mod import;
pub mod log_options;
#[cfg(test)]
mod lossless_tests;
pub mod merge;
pub mod names;
pub mod rules;
pub mod schema;
pub mod secrecy;
pub mod summary;
pub mod templates;
pub mod text;
pub mod together;
