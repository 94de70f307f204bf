//! Templates that a team keeps: what of a document goes into one, and what becomes of it in a form.

use serde_json::{Map, Value, json};

use super::sidecars::{no_place, room_for_two};
use crate::convert::{Candidate, Fate, Note};
use crate::document::Document;
use crate::env::looks_secret;
use crate::finding::Edit;

/// What a container says of others; alone, it would name what is not there.
const OF_OTHERS: [&str; 3] = ["dependsOn", "links", "volumesFrom"];

/// A document as a template: the name of the family is for whoever begins from it.
pub fn of_whole(document: &Document) -> Document {
    let mut template = document.clone();
    if template.get("family").is_some() {
        template.set("family", json!(""));
    }
    template
}

/// One container with the volumes that it mounts, to be added beside others; none when there is no
/// container at that place.
pub fn of_container(document: &Document, place: usize) -> Option<Document> {
    let mut container = document.items("containerDefinitions").get(place)?.as_object()?.clone();
    for member in OF_OTHERS {
        container.shift_remove(member);
    }
    let mounts = container.get("mountPoints").and_then(Value::as_array);
    let mounted: Vec<&str> = mounts
        .into_iter()
        .flatten()
        .filter_map(|mount| mount.get("sourceVolume")?.as_str())
        .collect();
    let volumes: Vec<Value> = document
        .items("volumes")
        .iter()
        .filter(|volume| mounted.contains(&name_of(volume)))
        .cloned()
        .collect();
    let mut members = Map::new();
    members.insert("containerDefinitions".to_owned(), json!([container]));
    if !volumes.is_empty() {
        members.insert("volumes".to_owned(), Value::Array(volumes));
    }
    Document::new(Value::Object(members))
}

/// The names of a document's containers, in their order.
pub fn containers(document: &Document) -> Vec<String> {
    let containers = document.items("containerDefinitions");
    containers.iter().map(|container| name_of(container).to_owned()).collect()
}

/// A plain variable of a container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// The path of its value.
    pub path: String,
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

impl Variable {
    /// Whether it looks like a secret.
    pub fn looks_secret(&self) -> bool {
        looks_secret(&self.name, &self.value).is_some()
    }
}

/// Every plain variable of a document, in order.
pub fn variables(document: &Document) -> Vec<Variable> {
    let mut found = Vec::new();
    for place in 0..document.items("containerDefinitions").len() {
        let list = format!("containerDefinitions.{place}.environment");
        for at in 0..document.items(&list).len() {
            let path = format!("{list}.{at}.value");
            let name = document.text_at(&format!("{list}.{at}.name"));
            found.push(Variable { name, value: document.text_at(&path), path });
        }
    }
    found
}

/// Empties every plain variable. References to secrets are none, and stay.
pub fn empty_variables(document: &mut Document) {
    for variable in variables(document) {
        if !variable.value.is_empty() {
            document.set(&variable.path, json!(""));
        }
    }
}

/// What a form begins with from a template: in that family, with a note of what has no value.
pub fn begin(title: &str, template: &Document, family: &str) -> Candidate {
    let mut document = template.clone();
    document.set("family", json!(family));
    let empty: Vec<String> = variables(&document)
        .into_iter()
        .filter(|variable| variable.value.is_empty())
        .map(|variable| variable.name)
        .collect();
    let note = (!empty.is_empty()).then(|| Note {
        fate: Fate::Open,
        path: String::new(),
        said: format!("Variables without a value: {}.", empty.join(", ")),
    });
    Candidate { title: title.to_owned(), document, left_out: note.into_iter().collect() }
}

/// Why a container of that name can't be added to a document.
pub fn refused(container: &str, document: &Document) -> Option<String> {
    no_place(document, container)
}

/// The edits that add a sidecar to a document. A volume that is there under the same name is shared.
pub fn edits(sidecar: &Document, document: &Document) -> Vec<Edit> {
    let taken = document.items("volumes");
    let new = |volume: &&Value| !taken.iter().any(|other| name_of(other) == name_of(volume));
    let at_the_end = |list: &str, items: Vec<&Value>| -> Vec<Edit> {
        let first = document.items(list).len();
        let edit =
            |(at, item): (usize, &Value)| Edit::Set(format!("{list}.{}", first + at), item.clone());
        items.into_iter().enumerate().map(edit).collect()
    };
    let volumes = sidecar.items("volumes").iter().filter(new).collect();
    let mut edits = at_the_end("volumes", volumes);
    edits.extend(at_the_end(
        "containerDefinitions",
        sidecar.items("containerDefinitions").iter().collect(),
    ));
    edits.extend(room_for_two(document));
    edits
}

fn name_of(item: &Value) -> &str {
    item.get("name").and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Fix;

    fn document() -> Document {
        Document::new(json!({
            "family": "shop", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
            "newMember": {"kept": true},
            "containerDefinitions": [
                {"name": "web", "image": "web:1",
                 "environment": [{"name": "PORT", "value": "80"}, {"name": "EMPTY", "value": ""}],
                 "secrets": [{"name": "KEY", "valueFrom": "key"}]},
                {"name": "sync", "image": "sync:1", "dependsOn": [{"containerName": "web", "condition": "START"}],
                 "environment": [{"name": "TOKEN", "value": "hunter2"}],
                 "mountPoints": [{"sourceVolume": "data", "containerPath": "/data"}]}
            ],
            "volumes": [{"name": "other"}, {"name": "data", "host": {}}]
        }))
        .unwrap()
    }

    #[test]
    fn the_family_is_for_the_author_and_the_rest_stays() {
        let template = of_whole(&document());
        let mut back = template.clone();
        back.set("family", json!("shop"));
        assert_eq!((back, template.text_at("family").as_str()), (document(), ""));
        let nameless = Document::new(json!({"cpu": "256"})).unwrap();
        assert_eq!(of_whole(&nameless), nameless);
    }

    #[test]
    fn a_sidecar_is_one_container_with_its_volumes() {
        assert_eq!(of_container(&document(), 2), None);
        let sidecar = of_container(&document(), 1).unwrap();
        assert_eq!(
            sidecar.into_value(),
            json!({
                "containerDefinitions": [{"name": "sync", "image": "sync:1",
                    "environment": [{"name": "TOKEN", "value": "hunter2"}],
                    "mountPoints": [{"sourceVolume": "data", "containerPath": "/data"}]}],
                "volumes": [{"name": "data", "host": {}}]
            })
        );
        let plain = of_container(&document(), 0).unwrap();
        assert_eq!((plain.get("volumes"), containers(&plain)), (None, vec!["web".to_owned()]));
    }

    #[test]
    fn values_are_emptied_and_named_where_the_form_begins() {
        let mut template = of_whole(&document());
        assert_eq!(
            begin("Shop", &template, "").left_out[0].said,
            "Variables without a value: EMPTY."
        );
        empty_variables(&mut template);
        let text = template.pretty();
        assert!(!text.contains("hunter2") && text.contains(r#""valueFrom": "key""#), "{text}");
        let begun = begin("Shop", &template, "mine");
        assert_eq!(begun.document.text_at("family"), "mine");
        assert_eq!(begun.left_out[0].said, "Variables without a value: PORT, EMPTY, TOKEN.");
        assert_eq!(begin("Shop", &of_container(&document(), 1).unwrap(), "").left_out, []);
    }

    #[test]
    fn a_sidecar_comes_with_its_volumes_once_and_makes_room() {
        let sidecar = of_container(&document(), 1).unwrap();
        let bases = [
            (json!([]), json!([{"name": "data", "host": {}}])),
            (json!([{"name": "data", "x": 1}]), json!([{"name": "data", "x": 1}])),
        ];
        for (volumes, after) in bases {
            let mut form = Document::new(json!({
                "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
                "containerDefinitions": [{"name": "app"}], "volumes": volumes
            }))
            .unwrap();
            assert_eq!(refused("sync", &form), None);
            Fix { label: String::new(), edits: edits(&sidecar, &form) }.apply(&mut form);
            assert_eq!(containers(&form), ["app", "sync"]);
            assert_eq!(form.get("volumes"), Some(&after));
            assert_eq!(form.text_at("memory"), "1024");
            assert!(refused("sync", &form).unwrap().contains("sync already"));
        }
    }
}
