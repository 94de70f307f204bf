//! CPU and memory of the task: the pairs that Fargate offers, and what fits into them.

use super::{Facts, place::Place};
use crate::error::FieldErrors;

/// Task sizes of Fargate in CPU units (R15).
pub const FARGATE_CPUS: [u32; 7] = [256, 512, 1024, 2048, 4096, 8192, 16384];

/// The memory sizes in MiB that Fargate offers with a CPU size (R19 to R25); none for a CPU size
/// that it does not offer.
pub fn fargate_memories(cpu_units: u32) -> Vec<u32> {
    let steps = |from: u32, to: u32, by: u32| (from..=to).step_by(by as usize * 1024);
    match cpu_units {
        256 => vec![512, 1024, 2048],
        512 => steps(1024, 4096, 1).collect(),
        1024 => steps(2048, 8192, 1).collect(),
        2048 => steps(4096, 16_384, 1).collect(),
        4096 => steps(8192, 30_720, 1).collect(),
        8192 => steps(16_384, 61_440, 4).collect(),
        16_384 => steps(32_768, 122_880, 8).collect(),
        _ => Vec::new(),
    }
}

/// The memory size that Fargate offers with a CPU size and that is nearest to `mib`, the larger of
/// two; none for a CPU size that it does not offer.
pub fn nearest_memory(cpu_units: u32, mib: u32) -> Option<u32> {
    let offered = fargate_memories(cpu_units).into_iter();
    offered.min_by_key(|offered| (offered.abs_diff(mib), std::cmp::Reverse(*offered)))
}

/// CPU units of a text: `1024`, `1 vCPU`, `.25 vcpu` (R13).
pub fn cpu_units(text: &str) -> Option<u32> {
    with_unit(text, &["vcpu"], 1024.0)
}

/// MiB of a text: `1024`, `1GB`, `.5 gb` (R17).
pub fn memory_mib(text: &str) -> Option<u32> {
    with_unit(text, &["gb"], 1024.0)
}

fn with_unit(text: &str, units: &[&str], factor: f64) -> Option<u32> {
    let text = text.trim().to_lowercase();
    if let Ok(number) = text.parse::<u32>() {
        return Some(number);
    }
    let number = units.iter().find_map(|unit| text.strip_suffix(unit))?.trim();
    let plain = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let amount = plain.then(|| number.parse::<f64>().ok()).flatten()? * factor;
    // More than a million would be no size but a slip.
    (amount.fract() == 0.0 && amount <= 1_000_000_000.0).then_some(amount as u32)
}

/// Checks the task's size and the containers' shares of it.
pub(super) fn check(root: &Place<'_>, facts: Facts, errors: &mut FieldErrors) {
    let cpu = parsed(
        root,
        "cpu",
        cpu_units,
        "Write CPU units, as in 1024, or vCPUs, as in 1 vCPU.",
        errors,
    );
    let memory =
        parsed(root, "memory", memory_mib, "Write MiB, as in 1024, or GB, as in 1 GB.", errors);
    if facts.fargate {
        fargate(root, facts, cpu, memory, errors);
    } else if cpu.is_some_and(|cpu| !(128..=196_608).contains(&cpu)) {
        // R14
        errors.add("cpu", "Between 128 and 196608 CPU units.");
    }
    shares(root, facts, cpu, memory, errors);
}

fn parsed(
    root: &Place<'_>,
    member: &str,
    parse: fn(&str) -> Option<u32>,
    said: &str,
    errors: &mut FieldErrors,
) -> Option<u32> {
    let text = root.get(member)?.value.as_str()?;
    let size = parse(text).filter(|size| *size > 0);
    if size.is_none() {
        errors.add(member, said);
    }
    size
}

fn fargate(
    root: &Place<'_>,
    facts: Facts,
    cpu: Option<u32>,
    memory: Option<u32>,
    errors: &mut FieldErrors,
) {
    // R15, R28
    if !root.has("cpu") {
        errors.add("cpu", "Fargate needs a CPU size for the task.");
    }
    if !root.has("memory") {
        errors.add("memory", "Fargate needs a memory size for the task.");
    }
    let Some(cpu) = cpu else { return };
    let offered = fargate_memories(cpu);
    if offered.is_empty() {
        let sizes = FARGATE_CPUS.map(|cpu| cpu.to_string()).join(", ");
        errors.add("cpu", format!("Fargate offers {sizes} CPU units."));
    } else if let Some(memory) = memory.filter(|memory| !offered.contains(memory)) {
        // R19 to R26
        let (least, most) = (offered[0], offered[offered.len() - 1]);
        errors.add(
            "memory",
            format!("Fargate does not offer {memory} MiB with {cpu} CPU units: between {least} and {most} MiB, in its steps."),
        );
    }
    // R27
    if facts.windows && cpu < 1024 {
        errors.add("cpu", "Windows on Fargate needs 1024 CPU units at least.");
    }
}

/// What the containers take of the task (R60, R63, R64).
fn shares(
    root: &Place<'_>,
    facts: Facts,
    cpu: Option<u32>,
    memory: Option<u32>,
    errors: &mut FieldErrors,
) {
    let (mut cpu_sum, mut memory_sum) = (0_i64, 0_i64);
    for container in root.items("containerDefinitions") {
        let own = container.number("memory");
        let reserved = container.number("memoryReservation");
        cpu_sum = cpu_sum.saturating_add(container.number("cpu").unwrap_or(0).max(0));
        memory_sum = memory_sum.saturating_add(reserved.or(own).unwrap_or(0).max(0));
        let task = memory.map(i64::from);
        if let (Some(own), Some(task)) = (own, task)
            && own > task
        {
            errors.add(container.at("memory"), format!("More than the task's {task} MiB."));
        }
        if !root.has("memory") && !facts.fargate && own.is_none() && reserved.is_none() {
            errors.add(
                container.at("memory"),
                "Give the container a memory limit or reservation, or the task a memory size.",
            );
        }
    }
    if let Some(task) = cpu.map(i64::from).filter(|task| facts.fargate && cpu_sum > *task) {
        errors.add(
            "cpu",
            format!("The containers ask for {cpu_sum} CPU units, more than the task's {task}."),
        );
    }
    if let Some(task) = memory.map(i64::from).filter(|task| memory_sum > *task) {
        errors.add(
            "memory",
            format!("The containers ask for {memory_sum} MiB, more than the task's {task}."),
        );
    }
}
