//! Who waits for whom. The arrows of a picture go the other way, in the order of time: what others
//! wait for stands on the left.

use std::collections::BTreeMap;

use super::{container_name, containers, items, text};
use crate::document::Document;

/// A container in the graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is called.
    pub name: String,
    /// Whether the end of it ends the task.
    pub essential: bool,
    /// How many others must come before it, one after the other. In a circle nobody is first; a
    /// wait that closes a circle does not count.
    pub layer: usize,
}

/// One container waits for another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Who waits.
    pub from: usize,
    /// For whom.
    pub to: usize,
    /// Until what: `HEALTHY`.
    pub condition: String,
    /// Whether it is part of a circle.
    pub in_cycle: bool,
}

/// The containers of a task and what they wait for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graph {
    /// The containers, in the order of the document.
    pub nodes: Vec<Node>,
    /// The waits.
    pub edges: Vec<Edge>,
    /// Each circle once, by names, the first one again at the end.
    pub cycles: Vec<Vec<String>>,
    /// Who waits for a container that is not there, and what that would be called.
    pub missing: Vec<(String, String)>,
}

impl Graph {
    /// A circle as a line: `a → b → a`.
    pub fn cycle_words(cycle: &[String]) -> String {
        cycle.join(" → ")
    }
}

/// The graph of a document.
pub fn graph(document: &Document) -> Graph {
    let all = containers(document);
    let mut graph = Graph::default();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, container) in all.iter().enumerate() {
        let name = text(container, "name");
        if !name.is_empty() {
            places.entry(name).or_insert(at);
        }
        let essential = container.get("essential").and_then(|e| e.as_bool()).unwrap_or(true);
        graph.nodes.push(Node { name: container_name(container, at), essential, layer: 0 });
    }
    for (from, container) in all.iter().enumerate() {
        for wait in items(container, "dependsOn") {
            let target = text(wait, "containerName");
            match places.get(target) {
                Some(to) => graph.edges.push(Edge {
                    from,
                    to: *to,
                    condition: text(wait, "condition").to_owned(),
                    in_cycle: false,
                }),
                None if target.is_empty() => {}
                None => graph.missing.push((graph.nodes[from].name.clone(), target.to_owned())),
            }
        }
    }
    find_cycles(&mut graph);
    find_layers(&mut graph);
    graph
}

/// Marks the edges that lie on a circle, and names one circle for each knot of containers.
fn find_cycles(graph: &mut Graph) {
    let count = graph.nodes.len();
    let reach: Vec<Vec<bool>> = (0..count).map(|from| reached(graph, from)).collect();
    for edge in &mut graph.edges {
        edge.in_cycle = reach[edge.to][edge.from];
    }
    let mut told = vec![false; count];
    for start in 0..count {
        if told[start] || !reach[start][start] {
            continue;
        }
        for other in 0..count {
            told[other] |= reach[start][other] && reach[other][start];
        }
        let cycle = shortest_way_back(graph, start);
        graph.cycles.push(cycle.iter().map(|at| graph.nodes[*at].name.clone()).collect());
    }
}

/// Which containers one waits for, straight or by way of others.
fn reached(graph: &Graph, from: usize) -> Vec<bool> {
    let mut seen = vec![false; graph.nodes.len()];
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        for edge in graph.edges.iter().filter(|edge| edge.from == at) {
            if !std::mem::replace(&mut seen[edge.to], true) {
                open.push(edge.to);
            }
        }
    }
    seen
}

/// The shortest circle through a container that lies on one, itself at both ends.
fn shortest_way_back(graph: &Graph, start: usize) -> Vec<usize> {
    let mut came_from = vec![None; graph.nodes.len()];
    let mut open = std::collections::VecDeque::from([start]);
    while let Some(at) = open.pop_front() {
        for edge in graph.edges.iter().filter(|edge| edge.from == at) {
            if edge.to == start {
                let mut way = vec![start, at];
                let mut step = at;
                while step != start {
                    let Some(before) = came_from[step] else { break };
                    step = before;
                    way.push(step);
                }
                if at == start {
                    way.truncate(2);
                }
                way.reverse();
                return way;
            }
            if came_from[edge.to].is_none() {
                came_from[edge.to] = Some(at);
                open.push_back(edge.to);
            }
        }
    }
    Vec::new()
}

/// The longest chain of waits before each container, passing over those that close a circle.
fn find_layers(graph: &mut Graph) {
    let mut layers: Vec<Option<usize>> = vec![None; graph.nodes.len()];
    let mut on_way = vec![false; graph.nodes.len()];
    for at in 0..graph.nodes.len() {
        layer_of(graph, at, &mut layers, &mut on_way);
    }
    for (node, layer) in graph.nodes.iter_mut().zip(layers) {
        node.layer = layer.unwrap_or_default();
    }
}

fn layer_of(
    graph: &Graph,
    at: usize,
    layers: &mut Vec<Option<usize>>,
    on_way: &mut Vec<bool>,
) -> usize {
    if let Some(known) = layers[at] {
        return known;
    }
    on_way[at] = true;
    let mut layer = 0;
    for edge in graph.edges.iter().filter(|edge| edge.from == at) {
        if !on_way[edge.to] {
            layer = layer.max(layer_of(graph, edge.to, layers, on_way) + 1);
        }
    }
    on_way[at] = false;
    layers[at] = Some(layer);
    layer
}
