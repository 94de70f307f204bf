//! Why a task stopped, in plain words, and what to do next.

use super::stop_signs::SIGNS;

/// An explanation of a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What happened.
    pub what: &'static str,
    /// What to do next.
    pub next: &'static str,
    /// Whether it is part of normal work.
    pub is_normal: bool,
}

/// Explains a stop from its code and from AWS's words about the task and its containers.
/// `reasons` holds the containers' words, which are more exact than the task's, and `exit_codes`
/// how the containers ended.
pub fn explain(
    code: Option<&str>,
    stopped_reason: &str,
    reasons: &[&str],
    exit_codes: &[i32],
) -> Option<Explanation> {
    // The text of a stop that somebody asked for is free: it must not be read as a cause.
    if code == Some("UserInitiated") {
        return Some(Explanation {
            what: "Somebody, or a program, asked ECS to stop this task.",
            next: "The reason above is the words they gave.",
            is_normal: true,
        });
    }
    let all_well = !exit_codes.is_empty() && exit_codes.iter().all(|code| *code == 0);
    if code == Some("EssentialContainerExited") && all_well {
        return Some(Explanation {
            what: "The task did its work and ended without an error.",
            next: "Nothing to do, unless it was meant to go on: then look at its logs.",
            is_normal: true,
        });
    }
    let particular = reasons.iter().copied().chain([stopped_reason]).find_map(sign);
    particular.or_else(|| by_code(code, stopped_reason))
}

fn sign(words: &str) -> Option<Explanation> {
    let words = words.to_lowercase();
    SIGNS
        .iter()
        .find(|(signs, ..)| signs.iter().any(|sign| finds_sign(&words, sign)))
        .map(|(_, what, next)| Explanation { what, next, is_normal: false })
}

/// Whether `sign` occurs; short signs (`eni`, `efs`) only as words of their own.
fn finds_sign(words: &str, sign: &str) -> bool {
    if sign.len() > 3 {
        return words.contains(sign);
    }
    words.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == sign)
}

fn by_code(code: Option<&str>, words: &str) -> Option<Explanation> {
    let (what, next, is_normal) = match code {
        _ if words.starts_with("Scaling activity initiated by") => {
            ("The service scaled down, or a deployment replaced this task.", "Nothing to do.", true)
        }
        Some("EssentialContainerExited") => (
            "A container that the task can't do without ended, and took the task along.",
            "Look at the container with an exit code below, then at its logs.",
            false,
        ),
        Some("TaskFailedToStart") => {
            ("The task could not be brought up.", "Look at the containers' reasons below.", false)
        }
        Some("ServiceSchedulerInitiated") => (
            "The service stopped this task: it was replaced, scaled away or unhealthy.",
            "The service's events say more.",
            true,
        ),
        Some("SpotInterruption") => (
            "AWS took the Spot capacity back.",
            "Nothing is broken. Let the program end within two minutes of SIGTERM, or keep a base on regular Fargate.",
            true,
        ),
        Some("TerminationNotice") => (
            "The capacity under the task was about to end.",
            "A service starts the task elsewhere by itself; for a task of its own, run it again.",
            true,
        ),
        Some("InfrastructureHealth") => (
            "AWS found the machine under the task unhealthy.",
            "A service starts the task elsewhere by itself; for a task of its own, run it again.",
            false,
        ),
        _ => return None,
    };
    Some(Explanation { what, next, is_normal })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_reasons_are_explained() {
        for (code, task, container, part) in [
            (
                "EssentialContainerExited",
                "Essential container in task exited",
                "",
                "can't do without",
            ),
            (
                "EssentialContainerExited",
                "Essential container in task exited",
                "OutOfMemoryError: killed",
                "more memory",
            ),
            (
                "TaskFailedToStart",
                "Task failed to start",
                "CannotPullContainerError: tag not found",
                "could not be pulled",
            ),
            (
                "TaskFailedToStart",
                "ResourceInitializationError: unable to retrieve secret from asm: access denied",
                "",
                "secret could not be read",
            ),
            (
                "ServiceSchedulerInitiated",
                "Scaling activity initiated by (deployment ecs-svc/1)",
                "",
                "scaled down",
            ),
            (
                "UserInitiated",
                "timeout in the cannotpullcontainer of my life",
                "",
                "asked ECS to stop",
            ),
            ("SpotInterruption", "", "", "Spot"),
        ] {
            let reasons: Vec<&str> =
                Some(container).filter(|r| !r.is_empty()).into_iter().collect();
            let said =
                explain(Some(code), task, &reasons, &[1]).map(|e| format!("{} {}", e.what, e.next));
            assert!(said.as_ref().is_some_and(|said| said.contains(part)), "{task}: {said:?}");
        }
        let exited = |codes: &[i32]| explain(Some("EssentialContainerExited"), "", &[], codes);
        assert!(exited(&[0, 0]).is_some_and(|said| said.is_normal));
        assert!(exited(&[0, 1]).is_some_and(|said| !said.is_normal));
        assert_eq!(explain(None, "", &[], &[]), None);
        assert_eq!(explain(Some("NewCode"), "beneficial", &[], &[]), None);
    }

    /// Real reasons, where a collection of them lies beside the checkout.
    #[test]
    fn collected_reasons_are_explained() {
        let path =
            concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/corpus/stopped-reasons.jsonl");
        let Ok(text) = std::fs::read_to_string(path) else { return };
        let mut silent = Vec::new();
        for line in text.lines() {
            let entry: serde_json::Value = serde_json::from_str(line).unwrap();
            let (said, place) =
                (entry["string"].as_str().unwrap(), entry["where"].as_str().unwrap());
            let code = entry["stopCodeExpected"].as_str();
            let known = match place {
                "task.stoppedReason" => explain(code, said, &[], &[]),
                "container.reason" | "container log" => explain(code, "", &[said], &[]),
                _ => continue,
            };
            if known.is_none() {
                silent.push(said.to_owned());
            }
        }
        assert!(silent.is_empty(), "{silent:#?}");
    }
}
