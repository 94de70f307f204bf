//! What creating a service and running tasks have in common: which revision, in which cluster, on
//! what and in which network.
//!
//! It is no feature, having neither a page nor an address: all of it is there for the features that
//! launch tasks, and it knows none of them.

pub mod api;
pub mod choices;
pub mod draft;
mod draft_network;
pub mod model;
#[cfg(test)]
pub mod samples;
#[cfg(feature = "ssr")]
pub mod view;
