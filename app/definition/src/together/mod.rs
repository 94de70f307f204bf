//! The containers of a task seen together: who waits for whom, which ports and volumes they have, and
//! how much of the task they take.

mod graph;
mod line;
mod mounts;
mod order;
mod picture;
mod ports;
mod step;
mod steps;
mod sums;
#[cfg(test)]
mod tests;

pub use graph::{Edge, Graph, Node, graph};
pub use line::line;
pub use mounts::{Matrix, Mount, Volume, mounts};
pub use order::{condition_excluded, waits_for};
pub use picture::{Arrow, Picture, Spot, picture};
pub use ports::{Outside, Port, ports};
pub use step::{changed_path, step_words};
pub use steps::Steps;
pub use sums::{Sum, sums};

use serde_json::Value;

use crate::document::Document;

/// The containers of a document.
fn containers(document: &Document) -> &[Value] {
    document.items("containerDefinitions")
}

/// What a container is called; by its place while it has no name.
pub fn container_name(container: &Value, place: usize) -> String {
    match text(container, "name") {
        "" => format!("Container {}", place + 1),
        name => name.to_owned(),
    }
}

fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value.get(member).and_then(Value::as_str).unwrap_or_default()
}

fn items<'a>(value: &'a Value, member: &str) -> impl Iterator<Item = &'a Value> {
    value.get(member).and_then(Value::as_array).into_iter().flatten()
}

fn number(value: &Value, member: &str) -> Option<i64> {
    value.get(member).and_then(Value::as_i64)
}

fn is_true(value: &Value, member: &str) -> bool {
    value.get(member).and_then(Value::as_bool).unwrap_or(false)
}
