//! Ways to begin a task definition other than an empty form, what may be added beside its
//! containers, and ways to take it elsewhere.

pub mod api;
mod bar;
mod existing;
mod export;
mod findings;
mod paste;
mod sidecars;
mod starters;

pub use bar::StartFrom;
pub use export::Export;
pub use sidecars::AddSidecar;
