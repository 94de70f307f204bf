//! How it is done: the gateway to ECS, the live picture, the store, sign-in and the router.
//! What the console says is the `berth-app` crate's business.
#![recursion_limit = "512"]

pub mod audit;
pub mod auth;
pub mod choices;
pub mod clock;
pub mod config;
pub mod console;
pub mod drafts;
pub mod ecs;
pub mod endpoint;
pub mod live;
pub mod router;
pub mod serve;
pub mod status;
pub mod store;
pub mod templates;
pub mod weather;
