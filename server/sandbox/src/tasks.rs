//! Tasks: what they are, how they live, and the operations on them.

mod containers;
pub(crate) mod exec;
pub(crate) mod exits;
pub(crate) mod launch;
pub(crate) mod lifecycle;
pub(crate) mod model;
pub(crate) mod operations;
pub(crate) mod orphan;
pub(crate) mod protection;
pub(crate) mod run;
mod view;
mod volumes;
mod words;
