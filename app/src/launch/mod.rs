//! What creating a service and running tasks have in common: which revision, in which cluster, on
//! what and in which network.
//!
//! It is no feature, having neither a page nor an address: all of it is there for the features that
//! launch tasks, and it knows none of them.

pub mod api;
pub mod choices;
mod compute;
pub mod draft;
mod draft_network;
mod fields;
pub mod model;
mod network;
#[cfg(test)]
pub mod samples;
#[cfg(feature = "ssr")]
pub mod view;
mod what;
mod with_choices;

pub use compute::ComputeSection;
pub use fields::LaunchFields;
pub use network::NetworkSection;
pub use what::WhatToRun;
pub use with_choices::WithChoices;
