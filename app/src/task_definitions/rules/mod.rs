//! What ECS demands of a document, as pure functions: each answers errors by the path of the field
//! that can mend it. They run in the browser before anything is sent, and on the server again.
//!
//! R-numbers in comments name the rule in ECS's model that a check rests on, so that a check can
//! be found when AWS changes its mind.

mod container;
mod health;
mod limits;
mod logs;
mod place;
mod ports;
mod secrets;
mod shape;
mod shapes;
mod size;
mod task;
#[cfg(test)]
mod tests;
mod unknown;
mod volumes;

use super::document::Document;
use crate::error::FieldErrors;
use crate::names::check_name;
pub use place::Place;
pub use size::{FARGATE_CPUS, cpu_units, fargate_memories, memory_mib, nearest_memory};
pub use unknown::{UnknownMember, unknown_members};

/// What other rules depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Whether it must be able to run on Fargate.
    pub fargate: bool,
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
        let compatible = document.items("requiresCompatibilities");
        Self {
            fargate: compatible.iter().any(|one| one.as_str() == Some("FARGATE")),
            windows: document
                .text_at("runtimePlatform.operatingSystemFamily")
                .starts_with("WINDOWS"),
            network: match document.text_at("networkMode").as_str() {
                "host" => Network::Host,
                "awsvpc" => Network::Awsvpc,
                "none" => Network::None,
                _ => Network::Bridge,
            },
        }
    }
}

/// Everything that ECS would refuse, as far as the console knows.
pub fn check(document: &Document) -> FieldErrors {
    let mut errors = FieldErrors::new();
    let root = Place::root(document.value());
    // A value of the wrong type says so once; the other rules read it as absent.
    shape::check(root.clone(), &mut errors);
    let facts = Facts::of(document);
    task::check(&root, facts, &mut errors);
    size::check(&root, facts, &mut errors);
    container::check(&root, facts, &mut errors);
    ports::check(&root, facts, &mut errors);
    secrets::check(&root, &mut errors);
    logs::check(&root, facts, &mut errors);
    health::check(&root, facts, &mut errors);
    limits::check(&root, facts, &mut errors);
    volumes::check(&root, facts, &mut errors);
    errors
}

/// A name as it stands in the document: elsewhere spaces around a name are taken off, but a
/// document is sent as it is.
fn exact_name(noun: &str, text: &str) -> Result<String, String> {
    let name = check_name(noun, text)?;
    if name == text { Ok(name) } else { Err("Take the spaces around it away.".to_owned()) }
}
