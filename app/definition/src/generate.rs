//! Documents by chance, for tests that hold for every document: valid, with members from all over
//! the API and some that no API knows.

use serde_json::{Map, Value, json};

use crate::document::Document;
use crate::rules::{self, Shape, TASK};
use crate::schema;

/// Numbers that look like chance and are the same for the same seed (splitmix64, which needs no
/// state but a counter).
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// The numbers of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    /// A number below `end`; 0 when there is none.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        if end == 0 { 0 } else { usize::try_from(mixed % end as u64).unwrap_or_default() }
    }

    /// Whether one of `times` happens.
    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of some.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }
}

/// The document of a seed: ECS would take it, as far as the rules know.
pub fn document(seed: u64) -> Document {
    let mut chance = Chance::new(seed);
    let mut made = made(&mut chance, &TASK, "");
    made["family"] = json!(format!("family-{seed}"));
    let mut document = Document::new(made).unwrap_or_default();
    ground(&mut document, &mut chance);
    mend(&mut document);
    strange(&mut document, &mut chance);
    document
}

/// Where it runs, and containers enough.
fn ground(document: &mut Document, chance: &mut Chance) {
    if chance.one_in(2) {
        document.set("requiresCompatibilities", json!(["FARGATE"]));
        document.set("networkMode", json!("awsvpc"));
        document.set("cpu", json!("1024"));
        document.set("memory", json!("8192"));
    } else {
        document.remove("cpu");
        document.set("memory", json!("8192"));
        let place = if chance.one_in(3) { "MANAGED_INSTANCES" } else { "EC2" };
        document.set("requiresCompatibilities", json!([place]));
    }
    // Secrets, logs and S3 Files ask for them.
    for role in ["executionRoleArn", "taskRoleArn"] {
        document.set(role, json!("arn:aws:iam::123456789012:role/some"));
    }
    let count = document.items("containerDefinitions").len().max(1);
    for place in 0..count {
        let at = |member: &str| format!("containerDefinitions.{place}.{member}");
        document.set(&at("name"), json!(format!("container-{place}")));
        document.set(&at("image"), json!(format!("registry.example/app:{place}")));
        document.set(&at("memory"), json!(128));
        for (member, number) in [("cpu", 64), ("memoryReservation", 96)] {
            if document.get(&at(member)).is_some() {
                document.set(&at(member), json!(number));
            }
        }
    }
    document.remove("containerDefinitions.0.essential");
    if document.get("proxyConfiguration").is_some() {
        let names = [
            "IgnoredUID",
            "AppPorts",
            "ProxyIngressPort",
            "ProxyEgressPort",
            "EgressIgnoredIPs",
            "EgressIgnoredPorts",
        ];
        let properties = names.map(|name| json!({"name": name, "value": "1337"})).to_vec();
        document.set("proxyConfiguration.properties", properties.into());
    }
}

/// Takes away what ECS would refuse, until it refuses nothing. What makes another member
/// necessary goes with it.
fn mend(document: &mut Document) {
    for _ in 0..100 {
        let mut refused: Vec<String> =
            rules::check(document).refused().map(|finding| finding.path.clone()).collect();
        if refused.is_empty() {
            return;
        }
        // From the end, so that the places before stay.
        refused.sort_unstable_by(|a, b| b.cmp(a));
        for path in &refused {
            if document.get(path).is_some() {
                document.remove(path);
            } else {
                take_owner(document, path);
            }
        }
    }
}

/// Takes away the nearest thing around a member that is missing.
fn take_owner(document: &mut Document, path: &str) {
    let mut path = path;
    while let Some((owner, _)) = path.rsplit_once('.') {
        if document.get(owner).is_some() {
            let steps = owner.split('.').count();
            // A container or the list of them is never taken for a member that it lacks.
            if !(owner.starts_with("containerDefinitions") && steps <= 2) {
                document.remove(owner);
            } else if let Some(list) = path.rsplit('.').next() {
                document.remove(&format!("{owner}.{list}"));
            }
            return;
        }
        path = owner;
    }
}

fn made(chance: &mut Chance, shape: &Shape, path: &str) -> Value {
    match shape {
        Shape::Text => json!(text(chance, path)),
        Shape::Number => json!(chance.below(300)),
        Shape::Truth => json!(chance.one_in(2)),
        Shape::Texts => {
            // A dot in a name is no step of a path; agents that read labels use many.
            let key = if path.ends_with("dockerLabels") { "org.example." } else { "key-" };
            let some = 0..chance.below(3);
            some.map(|at| (format!("{key}{at}"), json!(free(chance)))).collect::<Map<_, _>>().into()
        }
        Shape::List(each) => {
            let items = 0..1 + chance.below(3);
            let at = format!("{path}.*");
            items.map(|_| made(chance, each, &at)).collect::<Vec<_>>().into()
        }
        Shape::Object(members) => {
            let mut object = Map::new();
            // In an order of chance: ECS does not care, and so must nobody on the way.
            let start = chance.below(members.len());
            let kind = chance.pick(members).map(|(name, _)| name);
            let turned = members.iter().cycle().skip(start).take(members.len());
            for (name, shape) in turned {
                let wanted = if path == "volumes.*" {
                    // A volume is of one kind.
                    *name == "name" || kind == Some(name)
                } else if members.len() == 1 {
                    // One of which ECS wants exactly one, or that says nothing without it.
                    true
                } else if members.len() <= 6 {
                    !chance.one_in(5)
                } else {
                    chance.one_in(3)
                };
                if wanted || *name == "containerDefinitions" {
                    let at =
                        if path.is_empty() { (*name).to_owned() } else { format!("{path}.{name}") };
                    object.insert((*name).to_owned(), made(chance, shape, &at));
                }
            }
            object.into()
        }
    }
}

/// A text: one of the choices where there are some, else words with all that needs escaping.
fn text(chance: &mut Chance, path: &str) -> String {
    let member = path.strip_prefix("containerDefinitions.*.").unwrap_or(path);
    // What must name something, or have a form.
    let formed = match member {
        "dependsOn.*.containerName"
        | "volumesFrom.*.sourceContainer"
        | "proxyConfiguration.containerName" => "container-0",
        "links.*" => "container-0:other",
        "volumes.*.name" | "mountPoints.*.sourceVolume" => "volume-0",
        "mountPoints.*.containerPath" | "linuxParameters.tmpfs.*.containerPath" => "/mnt/some",
        "placementConstraints.*.expression" => "attribute:ecs.os-type == linux",
        "environmentFiles.*.value" => "arn:aws:s3:::bucket/some.env",
        "healthCheck.command.*" => "CMD-SHELL",
        "systemControls.*.namespace" => "net.core.somaxconn",
        "portMappings.*.containerPortRange" => "8000-8010",
        "portMappings.*.name" => "port-0",
        "credentialSpecs.*" => "credentialspec:arn:aws:s3:::bucket/spec.json",
        "resourceRequirements.*.value" => "1",
        "user" => "1000:1000",
        "secrets.*.valueFrom" | "logConfiguration.secretOptions.*.valueFrom" => {
            "arn:aws:ssm:eu-central-1:123456789012:parameter/some"
        }
        "tags.*.key" => "team",
        "volumes.*.efsVolumeConfiguration.fileSystemId" => "fs-0123456789abcdef0",
        "volumes.*.efsVolumeConfiguration.authorizationConfig.accessPointId" => {
            "fsap-0123456789abcdef0"
        }
        "volumes.*.efsVolumeConfiguration.transitEncryption" => "ENABLED",
        "volumes.*.efsVolumeConfiguration.rootDirectory"
        | "volumes.*.s3filesVolumeConfiguration.rootDirectory" => "/",
        "volumes.*.s3filesVolumeConfiguration.fileSystemArn" => {
            "arn:aws:s3files:eu-central-1:123456789012:file-system/fs-0123456789abcdef0"
        }
        "volumes.*.s3filesVolumeConfiguration.accessPointArn" => {
            "arn:aws:s3files:eu-central-1:123456789012:file-system/fs-0123456789abcdef0/access-point/fsap-0"
        }
        _ => "",
    };
    if !formed.is_empty() {
        return formed.to_owned();
    }
    let choices = schema::member(path).map_or(&[][..], |member| member.choices);
    match chance.pick(choices) {
        Some((value, _)) => (*value).to_owned(),
        None => free(chance),
    }
}

fn free(chance: &mut Chance) -> String {
    const SOME: [&str; 8] = [
        "plain",
        "with space",
        "quote\"d",
        "back\\slash",
        "line\nbreak",
        "ünïcode 🚢",
        "/a/path",
        "7",
    ];
    chance.pick(&SOME).map_or(String::new(), |text| (*text).to_owned())
}

/// Members that no API knows, here and there.
fn strange(document: &mut Document, chance: &mut Chance) {
    let places =
        ["", "containerDefinitions.0.", "volumes.0.", "containerDefinitions.0.healthCheck."];
    for place in places {
        let inside = place.trim_end_matches('.');
        let there = document.get(inside).is_some_and(Value::is_object);
        if there && chance.one_in(2) {
            let value = match chance.below(4) {
                0 => json!({"deep": [1, 2.5, {"deeper": null}], "on": true}),
                1 => json!([[], {}, "x", -7]),
                2 => json!(1e30),
                _ => json!(free(chance)),
            };
            document.set(&format!("{place}laterMember{}", chance.below(9)), value);
        }
    }
}

/// Every path of the document at which a value of its own stands.
pub fn leaves(document: &Document) -> Vec<String> {
    fn walk(value: &Value, path: &str, found: &mut Vec<String>) {
        let at =
            |step: &str| if path.is_empty() { step.to_owned() } else { format!("{path}.{step}") };
        match value {
            // A name with a dot in it has no path.
            Value::Object(members) if !members.is_empty() => members
                .iter()
                .filter(|(name, _)| !name.contains('.'))
                .for_each(|(name, inner)| walk(inner, &at(name), found)),
            Value::Array(items) if !items.is_empty() => items
                .iter()
                .enumerate()
                .for_each(|(place, inner)| walk(inner, &at(&place.to_string()), found)),
            _ => found.push(path.to_owned()),
        }
    }
    let mut found = Vec::new();
    walk(document.value(), "", &mut found);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_hold_and_cover_the_api() {
        let mut seen = std::collections::BTreeSet::new();
        for seed in 0..2_000 {
            let document = document(seed);
            let refused: Vec<_> = rules::check(&document).refused().cloned().collect();
            assert!(refused.is_empty(), "{seed}: {:?}", refused.first());
            seen.extend(leaves(&document).iter().map(|path| schema::pattern(path)));
        }
        let missing: Vec<&str> = schema::members()
            .filter(|(owner, _, member)| {
                let at = format!("{}{}", owner.prefix(), member.path);
                !seen.iter().any(|path| path.starts_with(&at))
            })
            .map(|(_, _, member)| member.path)
            .collect();
        // ECS refuses these in every document.
        let ended = ["inferenceAccelerators.*.deviceName", "inferenceAccelerators.*.deviceType"];
        assert_eq!(missing, ended);
    }
}
