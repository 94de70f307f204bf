//! Lifecycle hooks. Behind a Lambda hook there is no function: the end of its
//! name says what it answers, and any other succeeds at once. A PAUSE hook waits
//! for ContinueServiceDeployment.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::stages::Stage;
use crate::ask::{put, seconds};
use crate::ids::Ids;

/// A function whose name ends so answers FAILED.
const FAILS: &str = "-fails";

/// A function whose name ends so answers IN_PROGRESS until its timeout.
const WAITS: &str = "-waits";

/// R249: a day.
const TIMEOUT_MINUTES: i64 = 1_440;

/// How a hook stands.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) enum Status {
    AwaitingAction,
    InProgress,
    Succeeded,
    Failed,
    TimedOut,
}

impl Status {
    fn word(self) -> &'static str {
        match self {
            Self::AwaitingAction => "AWAITING_ACTION",
            Self::InProgress => "IN_PROGRESS",
            Self::Succeeded => "SUCCEEDED",
            Self::Failed => "FAILED",
            Self::TimedOut => "TIMED_OUT",
        }
    }
}

/// A hook that runs at a stage.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Hook {
    pub(crate) id: String,
    /// The function's ARN; a PAUSE hook has none.
    target: Option<String>,
    pub(crate) status: Status,
    expires_at: i64,
    /// R249: what a timeout does; it rolls back unless it continues.
    continues: bool,
}

/// What the hooks of a stage say.
#[derive(Debug, PartialEq)]
pub(super) enum Verdict {
    Passed,
    /// Until the next timeout.
    Wait(i64),
    Failed,
}

/// Begins the hooks that a deployment configuration has at a stage.
pub(super) fn begin(configuration: &Value, stage: Stage, now: i64, ids: &mut Ids) -> Vec<Hook> {
    let configured = configuration.get("lifecycleHooks").and_then(Value::as_array);
    let here = |hook: &&Value| {
        let stages = hook.get("lifecycleStages").and_then(Value::as_array);
        stages.into_iter().flatten().any(|item| item.as_str() == stage.hooked())
    };
    let hooks = configured.into_iter().flatten();
    hooks
        .filter(here)
        .filter(|_| stage.hooked().is_some())
        .map(|hook| run(hook, now, ids))
        .collect()
}

fn run(hook: &Value, now: i64, ids: &mut Ids) -> Hook {
    let timeout = |member: &str| hook.get("timeoutConfiguration").and_then(|item| item.get(member));
    let minutes = timeout("timeoutInMinutes").and_then(Value::as_i64).unwrap_or(TIMEOUT_MINUTES);
    let pauses = hook.get("targetType").and_then(Value::as_str) == Some("PAUSE");
    let target = hook.get("hookTargetArn").and_then(Value::as_str).filter(|_| !pauses);
    let kind = if pauses { "pause" } else { "lambda" };
    Hook {
        id: format!("ecs-{kind}-{}{}", ids.mixed21(), ids.mixed21()),
        status: if pauses { Status::AwaitingAction } else { answer(target.unwrap_or_default()) },
        target: target.map(str::to_owned),
        expires_at: now + minutes * 60_000,
        continues: timeout("action").and_then(Value::as_str) == Some("CONTINUE"),
    }
}

/// The seventh part of a function's ARN is its name; a version or an alias may follow.
fn answer(function: &str) -> Status {
    let name = function.split(':').nth(6).unwrap_or(function);
    if name.ends_with(FAILS) {
        Status::Failed
    } else if name.ends_with(WAITS) {
        Status::InProgress
    } else {
        Status::Succeeded
    }
}

/// Lets hooks time out that are due, and says how all of them stand.
pub(super) fn look(hooks: &mut [Hook], now: i64) -> Verdict {
    let mut next = None;
    let mut failed = false;
    for hook in hooks {
        if matches!(hook.status, Status::AwaitingAction | Status::InProgress) {
            if hook.expires_at <= now {
                hook.status = Status::TimedOut;
            } else {
                let earlier = next.map_or(hook.expires_at, |due: i64| due.min(hook.expires_at));
                next = Some(earlier);
            }
        }
        failed |= match hook.status {
            Status::Failed => true,
            Status::TimedOut => !hook.continues,
            _ => false,
        };
    }
    match next {
        _ if failed => Verdict::Failed,
        Some(due) => Verdict::Wait(due),
        None => Verdict::Passed,
    }
}

/// A hook as DescribeServiceDeployments shows it.
pub(super) fn view(hook: &Hook) -> Value {
    let mut view = json!({
        "hookId": hook.id,
        "targetType": if hook.target.is_some() { "AWS_LAMBDA" } else { "PAUSE" },
        "status": hook.status.word(),
        "expiresAt": seconds(hook.expires_at),
        "timeoutAction": if hook.continues { "CONTINUE" } else { "ROLLBACK" },
    });
    put(&mut view, "targetArn", hook.target.clone());
    view
}

#[cfg(test)]
mod tests {
    use super::{Status, answer};

    #[test]
    fn a_functions_name_decides() {
        for (function, wanted) in [
            ("arn:aws:lambda:eu-central-1:000000000000:function:smoke-test", Status::Succeeded),
            ("arn:aws:lambda:eu-central-1:000000000000:function:smoke-fails", Status::Failed),
            ("arn:aws:lambda:eu-central-1:000000000000:function:smoke-fails:live", Status::Failed),
            ("arn:aws:lambda:eu-central-1:000000000000:function:x:2-fails", Status::Succeeded),
            ("gate-waits", Status::InProgress),
        ] {
            assert_eq!(answer(function), wanted, "{function}");
        }
    }
}
