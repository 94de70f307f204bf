//! CPU and memory of the task: the pairs that Fargate offers, and what fits into them.

use super::{Facts, Place, Task};
use crate::finding::Findings;

/// Task sizes of Fargate in CPU units (R15).
pub const FARGATE_CPUS: [u32; 8] = [256, 512, 1024, 2048, 4096, 8192, 16384, 32768];

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
        // Of 32 vCPU there are three sizes only.
        32_768 => vec![61_440, 122_880, 249_856],
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
pub(super) fn check(task: Task<'_>, found: &mut Findings) {
    let Task { root, facts, .. } = task;
    let (cpu, memory) = (cpu(&root, found), memory(&root, found));
    if facts.fargate {
        fargate(&root, facts, cpu, memory, found);
    } else if cpu.is_some_and(|cpu| !(128..=196_608).contains(&cpu)) {
        // R14
        found.refuse("R14", "cpu", "Between 128 and 196608 CPU units.");
    }
    // R18
    if facts.windows && !facts.fargate {
        for member in ["cpu", "memory"].into_iter().filter(|member| root.has(member)) {
            found
                .warn("R18", member, "Windows on instances ignores this: set it at the containers.")
                .fix_by_removing("Take it away");
        }
    }
    shares(task, cpu, memory, found);
}

/// R13, R16
fn cpu(root: &Place<'_>, found: &mut Findings) -> Option<u32> {
    let text = root.get("cpu")?.value.as_str()?;
    let size = cpu_units(text).filter(|size| *size > 0);
    if text.is_empty() {
        found
            .refuse("R16", "cpu", "Write CPU units, as in 1024, or take the member away.")
            .fix_by_removing("Take it away");
    } else if size.is_none() {
        found.refuse("R13", "cpu", "Write CPU units, as in 1024, or vCPUs, as in 1 vCPU.");
    }
    size
}

/// R17
fn memory(root: &Place<'_>, found: &mut Findings) -> Option<u32> {
    let text = root.get("memory")?.value.as_str()?;
    let size = memory_mib(text).filter(|size| *size > 0);
    if size.is_none() {
        found.refuse("R17", "memory", "Write MiB, as in 1024, or GB, as in 1 GB.");
    }
    size
}

fn fargate(
    root: &Place<'_>,
    facts: Facts,
    cpu: Option<u32>,
    memory: Option<u32>,
    found: &mut Findings,
) {
    // R28
    if !root.has("cpu") {
        let least = if facts.windows { 1024 } else { 256 };
        found
            .refuse("R28", "cpu", "Fargate needs a CPU size for the task.")
            .fix_by_setting(format!("Use {least} units"), least.to_string());
    }
    if !root.has("memory") {
        let least = cpu.and_then(|cpu| fargate_memories(cpu).first().copied()).unwrap_or(512);
        found
            .refuse("R28", "memory", "Fargate needs a memory size for the task.")
            .fix_by_setting(format!("Use {least} MiB"), least.to_string());
    }
    let Some(cpu) = cpu else { return };
    let offered = fargate_memories(cpu);
    if offered.is_empty() {
        // R15
        let sizes = FARGATE_CPUS.map(|cpu| cpu.to_string()).join(", ");
        let nearest = FARGATE_CPUS.into_iter().min_by_key(|own| own.abs_diff(cpu)).unwrap_or(256);
        found
            .refuse("R15", "cpu", format!("Fargate offers {sizes} CPU units."))
            .fix_by_setting(format!("Use {nearest} units"), nearest.to_string());
    } else if let Some(memory) = memory.filter(|memory| !offered.contains(memory)) {
        // R19 to R26
        let (least, most) = (offered[0], offered[offered.len() - 1]);
        let said = format!(
            "Fargate does not offer {memory} MiB with {cpu} CPU units: between {least} and {most} MiB, in its steps."
        );
        let finding = found.refuse(pair_rule(cpu), "memory", said);
        if let Some(nearest) = nearest_memory(cpu, memory) {
            finding.fix_by_setting(format!("Use {nearest} MiB"), nearest.to_string());
        }
    }
    // R27
    if facts.windows && cpu < 1024 {
        found
            .refuse("R27", "cpu", "Windows on Fargate needs 1024 CPU units at least.")
            .fix_by_setting("Use 1024 units", "1024");
    }
}

/// The rule that names the memory of a CPU size.
fn pair_rule(cpu: u32) -> &'static str {
    match cpu {
        256 => "R19",
        512 => "R20",
        1024 => "R21",
        2048 => "R22",
        4096 => "R23",
        8192 => "R24",
        _ => "R25",
    }
}

/// What the containers take of the task (R60, R63, R64).
fn shares(task: Task<'_>, cpu: Option<u32>, memory: Option<u32>, found: &mut Findings) {
    let (mut cpu_sum, mut memory_sum) = (0_i64, 0_i64);
    for container in task.containers {
        let (own, share) = (container.number("memory"), container.number("cpu"));
        let reserved = container.number("memoryReservation");
        cpu_sum = cpu_sum.saturating_add(share.unwrap_or(0).max(0));
        memory_sum = memory_sum.saturating_add(reserved.or(own).unwrap_or(0).max(0));
        if let Some(task) = memory.filter(|task| own.is_some_and(|own| own > i64::from(*task))) {
            let said = format!("More than the task's {task} MiB.");
            found
                .refuse("R64", container.at("memory"), said)
                .fix_by_setting(format!("Use {task} MiB"), task);
        }
        if let Some(task) = cpu.filter(|task| share.is_some_and(|own| own > i64::from(*task))) {
            let said = format!("More than the task's {task} CPU units.");
            found
                .refuse("R60", container.at("cpu"), said)
                .fix_by_setting(format!("Use {task} units"), task);
        }
        let sized = own.is_some() || reserved.is_some() || task.root.has("memory");
        if !sized && !task.facts.fargate {
            found.refuse(
                "R63",
                container.at("memory"),
                "Give the container a memory limit or reservation, or the task a memory size.",
            );
        }
    }
    if let Some(own) = cpu.filter(|own| task.facts.fargate && cpu_sum > i64::from(*own)) {
        let said =
            format!("The containers ask for {cpu_sum} CPU units, more than the task's {own}.");
        found.refuse("R60", "cpu", said);
    }
    if let Some(own) = memory.filter(|own| memory_sum > i64::from(*own)) {
        let said = format!("The containers ask for {memory_sum} MiB, more than the task's {own}.");
        found.refuse("R64", "memory", said);
    }
}
