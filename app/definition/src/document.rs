//! A task definition as the JSON document that ECS registers. It is the truth of the form: fields
//! look at it and change it by path, and members that the console has never heard of stay in it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A document: always an object, with its members in the order they were written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Document(Value);

impl Default for Document {
    /// An empty document.
    fn default() -> Self {
        Self(Value::Object(Map::new()))
    }
}

impl Document {
    /// A document of a value, if it is an object.
    pub fn new(value: Value) -> Option<Self> {
        value.is_object().then_some(Self(value))
    }

    /// The whole value.
    pub fn value(&self) -> &Value {
        &self.0
    }

    /// The whole value, given away.
    pub fn into_value(self) -> Value {
        self.0
    }

    /// As a person reads it, indented by two.
    pub fn pretty(&self) -> String {
        serde_json::to_string_pretty(&self.0).unwrap_or_default()
    }

    /// What stands at a path such as `containerDefinitions.0.image`.
    pub fn get(&self, path: &str) -> Option<&Value> {
        steps(path).try_fold(&self.0, |value, step| child(value, step))
    }

    /// What stands at a path, as a field shows it: text as it is, numbers and the like as JSON;
    /// empty when there is nothing.
    pub fn text_at(&self, path: &str) -> String {
        match self.get(path) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        }
    }

    /// The items of a list; none when there is no list.
    pub fn items(&self, path: &str) -> &[Value] {
        self.get(path).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// Puts a value at a path. Objects and lists on the way are made; a list takes an item at its
    /// end, and nothing happens further beyond it.
    pub fn set(&mut self, path: &str, value: Value) {
        let steps: Vec<&str> = steps(path).collect();
        put(&mut self.0, &steps, value);
    }

    /// Takes away what stands at a path, and the objects that are empty for that reason.
    pub fn remove(&mut self, path: &str) {
        let steps: Vec<&str> = steps(path).collect();
        take(&mut self.0, &steps);
    }

    /// Calls a member by another name, at its place among the others. Nothing happens when there is
    /// no such member, or one of the new name already.
    pub fn rename(&mut self, path: &str, name: &str) {
        let steps: Vec<&str> = steps(path).collect();
        let Some((old, object)) = steps.split_last().map(|(old, object)| (*old, object)) else {
            return;
        };
        let Some(Value::Object(members)) = self.get_mut(object) else { return };
        if members.contains_key(old) && !members.contains_key(name) {
            let renamed =
                |(member, value)| (if member == old { name.to_owned() } else { member }, value);
            *members = std::mem::take(members).into_iter().map(renamed).collect();
        }
    }

    /// Puts an item into a list before the one at `place`; the list is made when there is none.
    pub fn insert(&mut self, list: &str, place: usize, value: Value) {
        if self.get(list).is_none() {
            self.set(list, Value::Array(Vec::new()));
        }
        let steps: Vec<&str> = steps(list).collect();
        if let Some(Value::Array(items)) = self.get_mut(&steps) {
            items.insert(place.min(items.len()), value);
        }
    }

    /// Moves an item of a list to another place.
    pub fn move_item(&mut self, list: &str, from: usize, to: usize) {
        let steps: Vec<&str> = steps(list).collect();
        if let Some(Value::Array(items)) = self.get_mut(&steps)
            && from < items.len()
            && to < items.len()
        {
            let item = items.remove(from);
            items.insert(to, item);
        }
    }

    fn get_mut(&mut self, steps: &[&str]) -> Option<&mut Value> {
        steps.iter().try_fold(&mut self.0, |value, step| match value {
            Value::Object(members) => members.get_mut(*step),
            Value::Array(items) => items.get_mut(step.parse::<usize>().ok()?),
            _ => None,
        })
    }
}

/// Objects in which the names are the author's own, dots and all: `traefik.enable` is one label.
/// Behind one of them the rest of a path is one name.
const OWN_NAMES: [&str; 4] = ["dockerLabels", "driverOpts", "labels", "options"];

/// The steps of a path from the top of a document.
pub(crate) fn steps(path: &str) -> impl Iterator<Item = &str> {
    let (mut rest, mut own_names) = (path, false);
    std::iter::from_fn(move || {
        let (step, behind) = match rest.split_once('.') {
            Some(parts) if !own_names => parts,
            _ => (rest, ""),
        };
        (rest, own_names) = (behind, OWN_NAMES.contains(&step));
        (!step.is_empty()).then_some(step)
    })
}

fn child<'a>(value: &'a Value, step: &str) -> Option<&'a Value> {
    match value {
        Value::Object(members) => members.get(step),
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        _ => None,
    }
}

fn put(at: &mut Value, steps: &[&str], value: Value) {
    let Some((step, rest)) = steps.split_first() else {
        *at = value;
        return;
    };
    if let Value::Array(items) = at {
        let Ok(place) = step.parse::<usize>() else { return };
        if place == items.len() {
            items.push(Value::Null);
        }
        if let Some(item) = items.get_mut(place) {
            put(item, rest, value);
        }
        return;
    }
    if !at.is_object() {
        // Whatever stood here was no object, so it could not hold the member that is set now.
        *at = match step.parse::<usize>() {
            Ok(0) => Value::Array(Vec::new()),
            Ok(_) => return,
            Err(_) => Value::Object(Map::new()),
        };
        return put(at, steps, value);
    }
    if let Value::Object(members) = at {
        put(members.entry((*step).to_owned()).or_insert(Value::Null), rest, value);
    }
}

fn take(at: &mut Value, steps: &[&str]) {
    let Some((step, rest)) = steps.split_first() else { return };
    match at {
        Value::Array(items) => {
            let Some(place) = step.parse::<usize>().ok().filter(|place| *place < items.len())
            else {
                return;
            };
            if rest.is_empty() {
                items.remove(place);
            } else {
                take(&mut items[place], rest);
            }
        }
        Value::Object(members) => {
            if rest.is_empty() {
                members.shift_remove(*step);
            } else if let Some(inner) = members.get_mut(*step) {
                let was_empty = is_empty_object(inner);
                take(inner, rest);
                if !was_empty && is_empty_object(inner) {
                    members.shift_remove(*step);
                }
            }
        }
        _ => {}
    }
}

fn is_empty_object(value: &Value) -> bool {
    value.as_object().is_some_and(Map::is_empty)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::rules::{Shape, TASK};

    #[test]
    fn a_name_of_the_authors_own_may_have_dots() {
        let mut document = Document::new(json!({
            "containerDefinitions": [{"dockerLabels": {"traefik.enable": true, "a": "b"}}],
            "volumes": [{"dockerVolumeConfiguration": {"driverOpts": {"o.x": "y"}}}]
        }))
        .unwrap();
        let label = "containerDefinitions.0.dockerLabels.traefik.enable";
        let option = "volumes.0.dockerVolumeConfiguration.driverOpts.o.x";
        assert_eq!(document.get(label), Some(&json!(true)));
        document.set(label, json!("true"));
        document.set("containerDefinitions.0.logConfiguration.options.net.keepalive", json!("off"));
        document.remove(option);
        document.rename("containerDefinitions.0.dockerLabels.a", "a.b");
        assert_eq!(
            document.value(),
            &json!({
                "containerDefinitions": [{
                    "dockerLabels": {"traefik.enable": "true", "a.b": "b"},
                    "logConfiguration": {"options": {"net.keepalive": "off"}}
                }],
                "volumes": [{}]
            })
        );
    }

    /// The names of members that hold texts by names of the author's own.
    fn texts(shape: &'static Shape, found: &mut Vec<&'static str>) {
        match shape {
            Shape::List(each) => texts(each, found),
            Shape::Object(members) => {
                for (name, shape) in *members {
                    if matches!(shape, Shape::Texts) {
                        found.push(name);
                    }
                    texts(shape, found);
                }
            }
            _ => {}
        }
    }

    #[test]
    fn every_object_of_own_names_is_known() {
        let mut found = Vec::new();
        texts(&TASK, &mut found);
        found.sort_unstable();
        found.dedup();
        assert_eq!(found, OWN_NAMES);
    }

    fn document() -> Document {
        Document::new(json!({
            "family": "web",
            "newMember": {"kept": true},
            "containerDefinitions": [
                {"name": "app", "image": "a:1", "memory": 512, "unheardOf": [1, null]},
                {"name": "log", "image": "b:1", "healthCheck": {"interval": 5}}
            ]
        }))
        .unwrap()
    }

    #[test]
    fn reads_by_path() {
        let document = document();
        for (path, text) in [
            ("family", "web"),
            ("containerDefinitions.0.image", "a:1"),
            ("containerDefinitions.0.memory", "512"),
            ("containerDefinitions.9.image", ""),
            ("containerDefinitions.x", ""),
            ("family.deeper", ""),
            ("newMember.kept", "true"),
        ] {
            assert_eq!(document.text_at(path), text, "{path}");
        }
        assert_eq!(document.items("containerDefinitions").len(), 2);
        assert!(document.items("family").is_empty());
        assert_eq!(Document::new(json!([1])), None);
    }

    #[test]
    fn writes_by_path_and_keeps_the_rest_in_order() {
        let mut document = document();
        document.set("containerDefinitions.1.portMappings.0.containerPort", json!(80));
        document.set("containerDefinitions.2.name", json!("third"));
        document.set("containerDefinitions.9.name", json!("too far"));
        document.set("containerDefinitions.0.image", json!("a:2"));
        document.set("runtimePlatform.cpuArchitecture", json!("ARM64"));
        assert_eq!(
            document.value().to_string(),
            concat!(
                r#"{"family":"web","newMember":{"kept":true},"containerDefinitions":["#,
                r#"{"name":"app","image":"a:2","memory":512,"unheardOf":[1,null]},"#,
                r#"{"name":"log","image":"b:1","healthCheck":{"interval":5},"portMappings":[{"containerPort":80}]},"#,
                r#"{"name":"third"}],"runtimePlatform":{"cpuArchitecture":"ARM64"}}"#
            )
        );
    }

    #[test]
    fn takes_away_what_is_empty_then() {
        let mut document = document();
        document.remove("containerDefinitions.1.healthCheck.interval");
        assert_eq!(document.get("containerDefinitions.1.healthCheck"), None);
        document.remove("containerDefinitions.0");
        document.remove("containerDefinitions.7");
        document.remove("nothing.here");
        assert_eq!(document.text_at("containerDefinitions.0.name"), "log");
        document.remove("containerDefinitions.0");
        assert_eq!(document.get("containerDefinitions"), Some(&json!([])));
    }

    #[test]
    fn a_member_gets_another_name_at_its_place() {
        let mut document = document();
        document.rename("newMember", "tags");
        document.rename("containerDefinitions.1.image", "picture");
        for (path, name) in [("nothing", "here"), ("tags", "family"), ("family.deeper", "x")] {
            document.rename(path, name);
        }
        assert_eq!(
            document.value().to_string(),
            concat!(
                r#"{"family":"web","tags":{"kept":true},"containerDefinitions":["#,
                r#"{"name":"app","image":"a:1","memory":512,"unheardOf":[1,null]},"#,
                r#"{"name":"log","picture":"b:1","healthCheck":{"interval":5}}]}"#
            )
        );
    }

    #[test]
    fn items_come_and_move() {
        let mut document = document();
        document.insert("containerDefinitions", 0, json!({"name": "first"}));
        document.insert("volumes", 5, json!({"name": "data"}));
        document.move_item("containerDefinitions", 0, 2);
        document.move_item("containerDefinitions", 0, 9);
        let names: Vec<_> = (0..3)
            .map(|place| document.text_at(&format!("containerDefinitions.{place}.name")))
            .collect();
        assert_eq!(names, ["app", "log", "first"]);
        assert_eq!(document.text_at("volumes.0.name"), "data");
    }
}
