//! A document to begin from, out of what a person has: a registered task definition, a template of
//! another tool, a command line. Nothing is dropped in silence: each [`Note`] says what is left
//! open, what was left out and why.
//!
//! Plain JSON is read anywhere; the rest needs parsers that only the server carries (feature
//! `convert`).

#[cfg(feature = "convert")]
mod cloudformation;
#[cfg(feature = "convert")]
mod compose;
#[cfg(feature = "convert")]
mod docker;
#[cfg(feature = "convert")]
mod docker_run;
mod fit;
#[cfg(feature = "convert")]
mod foreign;
mod marks;
mod plain;
mod recognise;
mod started;
#[cfg(feature = "convert")]
mod terraform;
#[cfg(test)]
#[cfg(feature = "convert")]
mod tests;
#[cfg(feature = "convert")]
mod yaml;

#[cfg(feature = "convert")]
pub use foreign::read;
pub use plain::read_plain;
pub use recognise::{is_plain_json, recognise};
pub use started::{Candidate, Fate, Kind, Note, Started, Trouble};
