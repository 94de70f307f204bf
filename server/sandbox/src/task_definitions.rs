//! Task definitions: documents, kept with every member as it was sent.

mod defaults;
mod operations;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::arn::name_of;
use crate::refusal::Refusal;
use crate::world::World;

pub(crate) use defaults::units;
pub(crate) use operations::{delete, deregister, describe, families, list, register};

/// Whether a revision may be used.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) enum Status {
    Active,
    Inactive,
    DeleteInProgress,
}

impl Status {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Inactive => "INACTIVE",
            Self::DeleteInProgress => "DELETE_IN_PROGRESS",
        }
    }
}

/// One revision of a family.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct TaskDefinition {
    pub(crate) family: String,
    pub(crate) revision: u32,
    pub(crate) status: Status,
    /// What was registered, with AWS's defaults filled in.
    pub(crate) document: Value,
    pub(crate) tags: Vec<Value>,
}

impl TaskDefinition {
    pub(crate) fn member(&self, name: &str) -> Option<&str> {
        self.document.get(name).and_then(Value::as_str)
    }

    pub(crate) fn network_mode(&self) -> &str {
        self.member("networkMode").unwrap_or("bridge")
    }

    pub(crate) fn containers(&self) -> &[Value] {
        self.document
            .get("containerDefinitions")
            .and_then(Value::as_array)
            .map_or(&[], Vec::as_slice)
    }

    pub(crate) fn constraints(&self) -> &[Value] {
        self.document
            .get("placementConstraints")
            .and_then(Value::as_array)
            .map_or(&[], Vec::as_slice)
    }

    pub(crate) fn supports(&self, launch_type: &str) -> bool {
        self.document
            .get("compatibilities")
            .and_then(Value::as_array)
            .is_some_and(|list| list.iter().any(|item| item == launch_type))
    }

    /// The document as DescribeTaskDefinition shows it.
    pub(crate) fn view(&self) -> Value {
        let mut view = self.document.clone();
        crate::ask::put(&mut view, "status", Some(self.status.word()));
        view
    }

    /// Task size in CPU units and MiB: the task's own, else the sum of its containers.
    pub(crate) fn size(&self) -> (i64, i64) {
        let own = |name: &str| self.member(name).and_then(|text| text.parse().ok());
        let sum = |of: &dyn Fn(&Value) -> i64| {
            let each = self.containers().iter().map(of);
            each.fold(0, i64::saturating_add)
        };
        let number = |container: &Value, name: &str| container.get(name).and_then(Value::as_i64);
        let cpu = own("cpu").unwrap_or_else(|| sum(&|item| number(item, "cpu").unwrap_or(0)));
        let memory = own("memory").unwrap_or_else(|| {
            sum(&|item| {
                number(item, "memoryReservation").or_else(|| number(item, "memory")).unwrap_or(0)
            })
        });
        (cpu, memory)
    }
}

/// Finds a revision by ARN, `family:revision` or `family` (latest active).
///
/// # Errors
/// ClientException when there is none.
pub(crate) fn find<'w>(world: &'w World, given: &str) -> Result<&'w TaskDefinition, Refusal> {
    let name = name_of("task-definition", given)?;
    let (family, revision) = match name.rsplit_once(':') {
        Some((family, revision)) => {
            let number: u32 = revision.parse().map_err(|_| {
                Refusal::client(format!("Invalid revision number. Number: {revision}"))
            })?;
            (family, Some(number))
        }
        None => (name, None),
    };
    let revisions = world.task_definitions.get(family).ok_or_else(Refusal::no_task_definition)?;
    match revision {
        Some(number) => revisions.iter().find(|item| item.revision == number),
        None => revisions.iter().rev().find(|item| item.status == Status::Active),
    }
    .ok_or_else(Refusal::no_task_definition)
}

/// Finds a revision that may be launched.
///
/// # Errors
/// ClientException when there is none or it is not active.
pub(crate) fn launchable<'w>(world: &'w World, given: &str) -> Result<&'w TaskDefinition, Refusal> {
    let definition = find(world, given).map_err(|refusal| {
        if refusal.message == "Unable to describe task definition." {
            Refusal::client("TaskDefinition not found.")
        } else {
            refusal
        }
    })?;
    if definition.status == Status::Active {
        Ok(definition)
    } else {
        Err(Refusal::client("TaskDefinition is inactive"))
    }
}

/// By exact ARN, whatever its status: running services keep theirs.
pub(crate) fn by_arn<'w>(world: &'w World, arn: &str) -> Option<&'w TaskDefinition> {
    find(world, arn).ok()
}

pub(crate) fn failure(arn: &str, reason: &str) -> Value {
    json!({"arn": arn, "reason": reason})
}
