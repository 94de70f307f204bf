//! What many rules depend on.

use super::place::Place;
use crate::document::Document;

/// What other rules depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Whether it must be able to run on Fargate.
    pub fargate: bool,
    /// Whether it names instances of one's own.
    pub ec2: bool,
    /// Whether it names machines outside AWS (ECS Anywhere).
    pub external: bool,
    /// Whether it names instances that ECS manages.
    pub managed: bool,
    /// Whether its containers are Windows containers.
    pub windows: bool,
    /// How its containers are connected.
    pub network: Network,
}

/// Network modes; absent reads as bridge (R5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Network {
    /// A bridge on the instance.
    Bridge,
    /// The instance's own network.
    Host,
    /// An interface of its own.
    Awsvpc,
    /// No network.
    None,
}

impl Facts {
    /// The facts of a document.
    pub fn of(document: &Document) -> Self {
        let root = Place::root(document.value());
        let names = |kind: &str| root.items("requiresCompatibilities").any(|one| one.value == kind);
        let platform = root.get("runtimePlatform");
        Self {
            fargate: names("FARGATE"),
            ec2: names("EC2"),
            external: names("EXTERNAL"),
            managed: names("MANAGED_INSTANCES"),
            windows: platform
                .is_some_and(|it| it.text("operatingSystemFamily").starts_with("WINDOWS")),
            network: match root.text("networkMode") {
                "host" => Network::Host,
                "awsvpc" => Network::Awsvpc,
                "none" => Network::None,
                _ => Network::Bridge,
            },
        }
    }
}
