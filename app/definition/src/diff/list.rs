//! Lists whose items are known again by what they are called.

use std::collections::HashMap;

use serde_json::Value;

use super::words::{image_parts, text};

/// A list of objects.
pub(super) struct List {
    /// Where it stands.
    pub pattern: &'static str,
    /// The members that an item is known by.
    pub keys: &'static [&'static str],
    /// What an item is called.
    pub noun: &'static str,
    /// The one member that is all that an item says, where there is one.
    pub value: &'static str,
    /// Whether the first item that fits wins, so that the order says something.
    pub ordered: bool,
}

const fn list(
    pattern: &'static str,
    noun: &'static str,
    keys: &'static [&'static str],
    value: &'static str,
) -> List {
    List { pattern, keys, noun, value, ordered: false }
}

const LISTS: [List; 20] = [
    list("containerDefinitions", "container", &["name"], ""),
    list("containerDefinitions.*.environment", "variable", &["name"], "value"),
    list("containerDefinitions.*.secrets", "secret", &["name"], "valueFrom"),
    list("containerDefinitions.*.portMappings", "port", &["containerPort", "protocol"], ""),
    list("containerDefinitions.*.mountPoints", "mount", &["containerPath"], ""),
    list("containerDefinitions.*.volumesFrom", "borrowed mounts of", &["sourceContainer"], ""),
    list("containerDefinitions.*.dependsOn", "dependency on", &["containerName"], "condition"),
    list("containerDefinitions.*.ulimits", "ulimit", &["name"], ""),
    list("containerDefinitions.*.systemControls", "kernel setting", &["namespace"], "value"),
    list("containerDefinitions.*.resourceRequirements", "accelerator", &["type"], "value"),
    list("containerDefinitions.*.extraHosts", "host entry", &["hostname"], "ipAddress"),
    list("containerDefinitions.*.linuxParameters.devices", "device", &["hostPath"], ""),
    list(
        "containerDefinitions.*.linuxParameters.tmpfs",
        "in-memory directory",
        &["containerPath"],
        "",
    ),
    list(
        "containerDefinitions.*.logConfiguration.secretOptions",
        "secret log option",
        &["name"],
        "valueFrom",
    ),
    List {
        ordered: true,
        ..list("containerDefinitions.*.environmentFiles", "environment file", &["value"], "value")
    },
    list("volumes", "volume", &["name"], ""),
    list("tags", "tag", &["key"], "value"),
    list("placementConstraints", "placement constraint", &["expression"], ""),
    list("proxyConfiguration.properties", "proxy property", &["name"], "value"),
    list("inferenceAccelerators", "inference accelerator", &["deviceName"], "deviceType"),
];

/// The list at a place.
pub(super) fn list_at(pattern: &str) -> Option<&'static List> {
    LISTS.iter().find(|list| list.pattern == pattern)
}

impl List {
    /// What an item is known by: `8080/tcp`.
    pub fn key(&self, item: &Value) -> String {
        if self.noun == "port" {
            let range = text(item.get("containerPortRange"));
            let port = if range.is_empty() { text(item.get("containerPort")) } else { range };
            let protocol = Some(text(item.get("protocol"))).filter(|p| !p.is_empty());
            return format!("{port}/{}", protocol.as_deref().unwrap_or("tcp"));
        }
        let parts: Vec<String> = self.keys.iter().map(|key| text(item.get(key))).collect();
        parts.join(" ")
    }

    /// Which item became which: places in the old and the new list, in the order of the new one,
    /// then those that are gone.
    pub fn pairs(&self, old: &[Value], new: &[Value]) -> Vec<(Option<usize>, Option<usize>)> {
        // A name that is there twice is known by how often it stood before.
        let mut places: HashMap<(String, usize), usize> = HashMap::new();
        for (key, at) in self.counted(old).into_iter().zip(0..) {
            places.insert(key, at);
        }
        let found: Vec<Option<usize>> =
            self.counted(new).into_iter().map(|key| places.remove(&key)).collect();
        let mut pairs: Vec<(Option<usize>, Option<usize>)> =
            found.into_iter().enumerate().map(|(at, found)| (found, Some(at))).collect();
        let mut left: Vec<usize> = places.into_values().collect();
        left.sort_unstable();
        for pair in pairs.iter_mut().filter(|pair| pair.0.is_none()) {
            let Some(at) = pair.1 else { continue };
            let again =
                left.iter().position(|place| self.is_renamed(&old[*place], &new[at], *place == at));
            pair.0 = again.map(|again| left.remove(again));
        }
        pairs.extend(left.into_iter().map(|place| (Some(place), None)));
        pairs
    }

    fn counted(&self, items: &[Value]) -> Vec<(String, usize)> {
        let mut seen: HashMap<String, usize> = HashMap::new();
        let count = |item| {
            let key = self.key(item);
            let times = seen.entry(key.clone()).or_default();
            *times += 1;
            (key, *times)
        };
        items.iter().map(count).collect()
    }

    /// Whether two items of different names are one that was renamed.
    fn is_renamed(&self, old: &Value, new: &Value, same_place: bool) -> bool {
        match self.noun {
            "container" => {
                let image = |item: &Value| text(item.get("image"));
                let (old_image, new_image) = (image(old), image(new));
                let alike = image_parts(&old_image).0 == image_parts(&new_image).0;
                (alike && !old_image.is_empty()) || (same_place && mostly_equal(old, new))
            }
            "port" => {
                let name = |item: &Value| text(item.get("name"));
                !name(old).is_empty() && name(old) == name(new)
            }
            "volume" => same_place && rest(old, "name") == rest(new, "name"),
            _ => false,
        }
    }
}

/// Whether more than half of what two objects say is the same.
fn mostly_equal(old: &Value, new: &Value) -> bool {
    let (Some(old), Some(new)) = (old.as_object(), new.as_object()) else { return false };
    let says = |value: &Value| !super::meaning::nothing(Some(value)) && !value.is_boolean();
    let shared = old.iter().filter(|(name, value)| says(value) && new.get(*name) == Some(value));
    let most =
        old.values().filter(|v| says(v)).count().max(new.values().filter(|v| says(v)).count());
    shared.count() * 2 > most
}

fn rest<'a>(item: &'a Value, but: &str) -> Vec<(&'a String, &'a Value)> {
    let members = item.as_object().into_iter().flatten();
    members.filter(|(name, _)| *name != but).collect()
}
