//! The EBS volumes that are made for a task when it starts.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::model::{Phase, Task};
use crate::ids::{Ids, digest};

/// A volume, as far as a task shows it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Volume {
    name: String,
    role: String,
    /// Whether it goes with its task.
    delete: bool,
}

/// The volumes that `volumeConfigurations` mean. Unless RunTask or StartTask says otherwise, a
/// volume goes with its task (R264); a service cannot say otherwise.
pub(crate) fn configured(list: &[Value]) -> Vec<Volume> {
    let one = |item: &Value| {
        let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
        let delete = item.pointer("/managedEBSVolume/terminationPolicy/deleteOnTermination");
        Some(Volume {
            name: text(item.get("name"))?,
            role: text(item.pointer("/managedEBSVolume/roleArn"))?,
            delete: delete != Some(&Value::Bool(false)),
        })
    };
    list.iter().filter_map(one).collect()
}

/// The attachment of a volume, which follows its task.
pub(super) fn attachment(task: &Task, volume: &Volume) -> Value {
    let mut ids = Ids::new(digest(&format!("{} {}", task.id, volume.name)));
    let id = ids.uuid();
    let there = task.at.connected.is_some();
    let mut details = vec![
        json!({"name": "roleArn", "value": volume.role}),
        json!({"name": "deleteOnTermination", "value": volume.delete.to_string()}),
        json!({"name": "volumeName", "value": volume.name}),
    ];
    if there {
        details.push(json!({"name": "volumeId", "value": format!("vol-{}", ids.hex17())}));
    }
    let status = match (task.phase, there, volume.delete) {
        (Phase::Stopped, _, true) => "DELETED",
        (Phase::Stopped, _, false) => "DETACHED",
        (_, true, _) => "ATTACHED",
        (_, false, _) => "PRECREATED",
    };
    json!({"id": id, "type": "AmazonElasticBlockStorage", "status": status, "details": details})
}
