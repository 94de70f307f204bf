//! Amazon ECS in memory: a simulated world under a clock, behind the AWS SDK.
//!
//! A [`Sandbox`] answers the requests of the real SDK as its HTTP client. The
//! world is advanced lazily to the time its [`Clock`] shows and is
//! deterministic: the same seed and the same calls at the same times give the
//! same world, byte for byte. `README.md` lists how it differs from AWS.

mod account_settings;
mod arn;
mod ask;
mod behaviour;
mod capacity_providers;
mod clock;
mod clusters;
mod deployments;
mod http_client;
mod ids;
mod instances;
mod journal;
mod neighbours;
mod operations;
mod paging;
mod placement;
mod queue;
mod refusal;
mod rules;
mod sandbox;
mod scheduler;
mod seed;
mod services;
mod sts;
mod tags;
mod task_definitions;
mod task_sets;
mod tasks;
mod weather;
mod wire;
mod world;

pub use clock::{Clock, ManualClock, SystemClock};
pub use journal::OpenError;
pub use sandbox::{Answer, Builder, CallCount, Sandbox};
pub use seed::Seed;
pub use weather::Weather;
