//! What ECS demands of a document, as pure functions: each answers findings by the path of the
//! field that can mend it. They run in the browser after every key, and on the server again.
//!
//! Every finding names its rule; [`RULES`] lists them, [`UNCHECKED`] says which rules of ECS's
//! model a document alone can't tell.

#[cfg(any(test, feature = "cases"))]
pub mod cases;
mod container;
mod credentials;
mod expression;
mod facts;
mod health;
mod limits;
mod list;
mod logs;
mod network;
mod network_mode;
mod place;
mod ports;
mod resources;
mod secrets;
mod shape;
mod shapes;
mod size;
mod tags;
mod task;
#[cfg(test)]
mod tests;
mod ulimits;
mod unknown;
mod volumes;
mod whereabouts;
mod windows;
mod words;

use crate::document::Document;
use crate::finding::{Finding, Findings};
pub use credentials::is_credential;
pub use facts::{Facts, Network};
pub use list::{RULES, Rule, UNCHECKED, rule};
pub use network_mode::refused_network_mode;
pub use place::Place;
pub use shape::shape_at;
pub use shapes::{Shape, TASK};
pub use size::{FARGATE_CPUS, cpu_units, fargate_memories, memory_mib, nearest_memory};
pub use ulimits::ULIMITS;
pub use unknown::{UnknownMember, unknown_members};
pub use whereabouts::{Whereabouts, is_entered};

/// Everything that the rules have to say about a document, by severity of nothing but in the order
/// of the rules: the first finding at a path is the most basic.
pub fn check(document: &Document) -> Findings {
    let mut found = Findings::new();
    let root = Place::root(document.value());
    // A value of the wrong type says so once; the other rules read it as absent.
    shape::check(&root, &mut found);
    let facts = Facts::of(document);
    let containers: Vec<Place<'_>> = root.items("containerDefinitions").collect();
    let task = Task { root, facts, containers: &containers };
    task::check(task, &mut found);
    tags::check(&root, &mut found);
    size::check(task, &mut found);
    container::check(task, &mut found);
    network::check(task, &mut found);
    windows::check(task, &mut found);
    ports::check(task, &mut found);
    secrets::check(task, &mut found);
    credentials::check(task, &mut found);
    logs::check(task, &mut found);
    health::check(task, &mut found);
    limits::check(task, &mut found);
    resources::check(task, &mut found);
    volumes::check(task, &mut found);
    found
}

/// What every rule is given.
#[derive(Clone, Copy)]
struct Task<'a> {
    root: Place<'a>,
    facts: Facts,
    containers: &'a [Place<'a>],
}

impl<'a> Task<'a> {
    /// The container of that name.
    fn container(&self, name: &str) -> Option<&'a Place<'a>> {
        self.containers.iter().find(|container| !name.is_empty() && container.text("name") == name)
    }

    /// Says once that the task needs an execution role, and offers the usual one.
    fn needs_execution_role(&self, rule: &'static str, said: &str, found: &mut Findings) {
        if !self.root.has("executionRoleArn") && found.at("executionRoleArn").is_none() {
            found
                .refuse(rule, "executionRoleArn", said)
                .fix_by_setting("Use ecsTaskExecutionRole", "ecsTaskExecutionRole");
        }
    }
}

/// Offers to take a member away that the place where the task runs does not have.
fn untaken<'f>(
    rule: &'static str,
    place: &Place<'_>,
    member: &str,
    said: &str,
    found: &'f mut Findings,
) -> &'f mut Finding {
    found.refuse(rule, place.at(member), said).fix_by_removing("Take it away")
}
