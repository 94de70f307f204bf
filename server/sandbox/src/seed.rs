//! What a new world holds.

pub(crate) mod actors;
mod demo;
mod large;
mod shop;

use crate::world::World;

/// What a new world holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Seed {
    /// Nothing, not even the cluster "default".
    #[default]
    Empty,
    /// An imaginary shop with a history: three clusters, ten services, things
    /// that come, go, roll out and fail.
    Demo,
    /// A big and quiet account spread over four clusters.
    Large {
        /// Services over all clusters.
        services: u32,
        /// Tasks over all services.
        tasks: u32,
    },
}

impl Seed {
    /// Makes the world of this seed at `now`, in milliseconds since the epoch.
    pub(crate) fn world(self, region: &str, now: i64) -> World {
        match self {
            Self::Empty => World::new(region, now),
            Self::Demo => demo::world(region, now),
            Self::Large { services, tasks } => large::world(region, now, services, tasks),
        }
    }
}
