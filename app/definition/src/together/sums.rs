//! How much of the task its containers take.

use serde_json::Value;

use super::{container_name, containers, number};
use crate::document::Document;
use crate::rules::{Facts, cpu_units, memory_mib};

/// What the containers ask for of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// `CPU`, `Memory limits` or `Memory kept free`.
    pub what: &'static str,
    /// `units` or `MiB`.
    pub unit: &'static str,
    /// What each container asks for, if it does.
    pub parts: Vec<(String, i64)>,
    /// All of them together.
    pub asked: i64,
    /// What the task has, if it says so.
    pub has: Option<i64>,
    /// Whether more than that is more than ECS takes; limits may go beyond, as not all containers
    /// reach theirs at once.
    pub must_fit: bool,
}

impl Sum {
    /// Whether more is asked for than there is.
    pub fn is_over(&self) -> bool {
        self.has.is_some_and(|has| self.asked > has)
    }

    /// The share that is asked for, in hundredths of what there is, at most 100.
    pub fn percent(&self) -> i64 {
        match self.has {
            Some(has) if has > 0 => (self.asked.saturating_mul(100) / has).clamp(0, 100),
            _ => 0,
        }
    }

    /// All of it as a line: `CPU: 768 of 1024 units, 256 left`.
    pub fn words(&self) -> String {
        let Self { what, unit, asked, .. } = self;
        let Some(has) = self.has else { return format!("{what}: {asked} {unit}") };
        let rest = match has - asked {
            0 => "nothing left".to_owned(),
            left if left > 0 => format!("{left} left"),
            over => format!("{} too many", -over),
        };
        let rest = if self.must_fit || self.asked <= has {
            rest
        } else {
            format!("{} more than the task has: not all can reach their limit at once", asked - has)
        };
        format!("{what}: {asked} of {has} {unit}, {rest}")
    }
}

/// The sums of a document; nothing is told of what no container asks for.
pub fn sums(document: &Document) -> Vec<Sum> {
    let fargate = Facts::of(document).fargate;
    let task_cpu = cpu_units(&document.text_at("cpu")).map(i64::from);
    let task_memory = memory_mib(&document.text_at("memory")).map(i64::from);
    let parts = |of: fn(&Value) -> Option<i64>| -> Vec<(String, i64)> {
        let all = containers(document).iter().enumerate();
        all.filter_map(|(at, container)| {
            of(container)
                .filter(|asked| *asked > 0)
                .map(|asked| (container_name(container, at), asked))
        })
        .collect()
    };
    let sum = |what, unit, parts: Vec<(String, i64)>, has, must_fit| {
        let asked = parts.iter().fold(0_i64, |sum, part| sum.saturating_add(part.1));
        Sum { what, unit, parts, asked, has, must_fit }
    };
    [
        // R60: outside of Fargate shares of CPU may go beyond the task's.
        sum("CPU", "units", parts(|c| number(c, "cpu")), task_cpu, fargate),
        // R63, R64: a reservation counts, and a limit where there is none.
        sum(
            "Memory kept free",
            "MiB",
            parts(|c| number(c, "memoryReservation").or_else(|| number(c, "memory"))),
            task_memory,
            true,
        ),
        sum("Memory limits", "MiB", parts(|c| number(c, "memory")), task_memory, false),
    ]
    .into_iter()
    .filter(|sum| !sum.parts.is_empty())
    .collect()
}
