//! The kinds of volume, by the members that make one.

use serde_json::{Map, Value, json};

use crate::document::Document;

/// A kind of volume.
#[derive(Clone, Copy, Debug)]
pub struct VolumeKind {
    /// The id of its section in the schema; `bind` has none.
    pub id: &'static str,
    /// What a person calls it.
    pub words: &'static str,
    /// The member that makes it; `bind` has none.
    pub member: &'static str,
}

/// All kinds, in the order in which they are offered.
pub const VOLUME_KINDS: [VolumeKind; 7] = [
    VolumeKind { id: "bind", words: "Shared, gone with the task", member: "" },
    VolumeKind { id: "efs", words: "Amazon EFS", member: "efsVolumeConfiguration" },
    VolumeKind { id: "s3files", words: "S3 Files", member: "s3filesVolumeConfiguration" },
    VolumeKind { id: "launch", words: "EBS, configured at launch", member: "configuredAtLaunch" },
    VolumeKind { id: "host", words: "A path on the instance", member: "host" },
    VolumeKind { id: "docker", words: "Docker volume", member: "dockerVolumeConfiguration" },
    VolumeKind {
        id: "fsx",
        words: "FSx for Windows File Server",
        member: "fsxWindowsFileServerVolumeConfiguration",
    },
];

/// The kind of a volume. One with the members of several kinds is of the first that is configured.
pub fn volume_kind(volume: Option<&Value>) -> &'static str {
    let has = |kind: &&VolumeKind| {
        let value = volume.and_then(|volume| volume.get(kind.member));
        match kind.id {
            "bind" => false,
            "launch" => value.and_then(Value::as_bool) == Some(true),
            // An empty host is what ECS itself writes for a directory of the task.
            "host" => value.is_some_and(|host| host.get("sourcePath").is_some()),
            _ => value.is_some_and(|value| !value.is_null()),
        }
    };
    VOLUME_KINDS.iter().find(has).map_or("bind", |kind| kind.id)
}

/// Makes a volume one of another kind, in place. What its old kind said goes into `kept`, and what is
/// kept of the new kind comes back from there. All other members stay, also those that are not known.
pub fn turn_volume(volume: &Value, kind: &str, kept: &mut Map<String, Value>) -> Value {
    let Some(members) = volume.as_object() else { return volume.clone() };
    let is_kind = |name: &str| VOLUME_KINDS.iter().any(|kind| kind.member == name);
    let taken = members.iter().filter(|(name, _)| is_kind(name));
    let place = members.keys().position(|name| is_kind(name)).unwrap_or(members.len());
    let wanted = VOLUME_KINDS.iter().find(|known| known.id == kind && !known.member.is_empty());
    let own = wanted.map(|kind| {
        let back = kept.shift_remove(kind.member);
        // What makes no volume of the kind, such as an empty host, is no use.
        let makes = |value: &Value| volume_kind(Some(&json!({kind.member: value}))) == kind.id;
        (kind.member, back.filter(makes).unwrap_or_else(|| beginning(kind.id)))
    });
    kept.extend(taken.map(|(name, value)| (name.clone(), value.clone())));
    let mut turned = Map::new();
    for (at, (name, value)) in members.iter().enumerate() {
        if let Some((member, value)) = own.as_ref().filter(|_| at == place) {
            turned.insert((*member).to_owned(), value.clone());
        }
        if !is_kind(name) {
            turned.insert(name.clone(), value.clone());
        }
    }
    if let Some((member, value)) = own {
        turned.entry(member).or_insert(value);
    }
    Value::Object(turned)
}

/// The words of the kinds of which something is kept.
pub fn kept_kinds(kept: &Map<String, Value>) -> Vec<&'static str> {
    let says = |kind: &&VolumeKind| {
        kept.get(kind.member).is_some_and(|value| {
            *value != beginning(kind.id) && *value != json!({}) && *value != json!(false)
        })
    };
    VOLUME_KINDS.iter().filter(says).map(|kind| kind.words).collect()
}

/// What a kind begins with: the members that it is nothing without.
fn beginning(kind: &str) -> Value {
    match kind {
        "efs" => json!({"fileSystemId": ""}),
        "s3files" => json!({"fileSystemArn": ""}),
        "launch" => json!(true),
        "host" => json!({"sourcePath": ""}),
        "fsx" => json!({
            "fileSystemId": "", "rootDirectory": "",
            "authorizationConfig": {"credentialsParameter": "", "domain": ""}
        }),
        _ => json!({}),
    }
}

/// Takes away what stands at a path, and what is empty for that reason; but a volume stays what it
/// is, also when the last member of its configuration goes.
pub fn take_away(document: &mut Document, path: &str) {
    document.remove(path);
    let mut steps = path.splitn(4, '.');
    let (list, place, member) = (steps.next(), steps.next(), steps.next());
    if let (Some("volumes"), Some(place), Some(member), Some(_)) =
        (list, place, member, steps.next())
        && member.ends_with("VolumeConfiguration")
    {
        let (volume, configuration) =
            (format!("volumes.{place}"), format!("volumes.{place}.{member}"));
        if document.get(&volume).is_some() && document.get(&configuration).is_none() {
            document.set(&configuration, json!({}));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_apart() {
        for (volume, kind) in [
            (json!({"name": "a"}), "bind"),
            (json!({"name": "a", "host": {}}), "bind"),
            (json!({"host": {"sourcePath": ""}}), "host"),
            (json!({"configuredAtLaunch": false}), "bind"),
            (json!({"configuredAtLaunch": true}), "launch"),
            (json!({"dockerVolumeConfiguration": {}}), "docker"),
            (json!({"host": {}, "dockerVolumeConfiguration": {}}), "docker"),
            (json!({"efsVolumeConfiguration": null}), "bind"),
            (json!("odd"), "bind"),
        ] {
            assert_eq!(volume_kind(Some(&volume)), kind, "{volume}");
        }
    }

    #[test]
    fn a_volume_turns_and_turns_back() {
        let mut kept = Map::new();
        let efs = json!({"name": "data", "efsVolumeConfiguration": {"fileSystemId": "fs-1", "newer": 1}, "odd": [1]});
        for VolumeKind { id, .. } in VOLUME_KINDS {
            let turned = turn_volume(&efs, id, &mut kept);
            assert_eq!(volume_kind(Some(&turned)), id);
            assert_eq!((&turned["name"], &turned["odd"]), (&json!("data"), &json!([1])), "{id}");
            let back = turn_volume(&turned, "efs", &mut kept);
            assert_eq!(back, efs, "{id}");
            if id != "bind" {
                assert_eq!(back.to_string(), efs.to_string(), "the order, {id}");
            }
        }
    }

    #[test]
    fn what_a_kind_said_is_kept() {
        let mut kept = Map::new();
        let docker =
            json!({"name": "a", "host": {}, "dockerVolumeConfiguration": {"driver": "rexray"}});
        let bind = turn_volume(&docker, "bind", &mut kept);
        assert_eq!(bind, json!({"name": "a"}));
        let host = turn_volume(&bind, "host", &mut kept);
        assert_eq!(host, json!({"name": "a", "host": {"sourcePath": ""}}));
        assert_eq!(kept_kinds(&kept), ["Docker volume"]);
        assert_eq!(kept.get("dockerVolumeConfiguration"), Some(&json!({"driver": "rexray"})));
    }

    #[test]
    fn a_volume_stays_of_its_kind() {
        let mut document = Document::new(json!({
            "volumes": [{"dockerVolumeConfiguration": {"driver": "local"}}],
            "ephemeralStorage": {"sizeInGiB": 30}
        }))
        .unwrap();
        take_away(&mut document, "volumes.0.dockerVolumeConfiguration.driver");
        take_away(&mut document, "volumes.7.dockerVolumeConfiguration.driver");
        take_away(&mut document, "ephemeralStorage.sizeInGiB");
        assert_eq!(document.value(), &json!({"volumes": [{"dockerVolumeConfiguration": {}}]}));
        take_away(&mut document, "volumes.0.dockerVolumeConfiguration");
        assert_eq!(document.value(), &json!({"volumes": [{}]}));
    }
}
