//! The types of the members: what ECS can't even read.

use super::place::Place;
use crate::error::FieldErrors;

/// What a member must be.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Number,
    Truth,
    List,
    Object,
}

use Kind::{List, Number, Object, Text, Truth};

const TASK: &[(&str, Kind)] = &[
    ("family", Text),
    ("taskRoleArn", Text),
    ("executionRoleArn", Text),
    ("networkMode", Text),
    ("cpu", Text),
    ("memory", Text),
    ("pidMode", Text),
    ("ipcMode", Text),
    ("containerDefinitions", List),
    ("volumes", List),
    ("placementConstraints", List),
    ("requiresCompatibilities", List),
    ("tags", List),
    ("runtimePlatform", Object),
    ("ephemeralStorage", Object),
    ("proxyConfiguration", Object),
    ("enableFaultInjection", Truth),
];

const CONTAINER: &[(&str, Kind)] = &[
    ("name", Text),
    ("image", Text),
    ("cpu", Number),
    ("memory", Number),
    ("memoryReservation", Number),
    ("essential", Truth),
    ("portMappings", List),
    ("environment", List),
    ("environmentFiles", List),
    ("secrets", List),
    ("entryPoint", List),
    ("command", List),
    ("links", List),
    ("mountPoints", List),
    ("volumesFrom", List),
    ("dependsOn", List),
    ("ulimits", List),
    ("systemControls", List),
    ("resourceRequirements", List),
    ("logConfiguration", Object),
    ("healthCheck", Object),
    ("restartPolicy", Object),
    ("linuxParameters", Object),
    ("startTimeout", Number),
    ("stopTimeout", Number),
    ("privileged", Truth),
    ("readonlyRootFilesystem", Truth),
    ("disableNetworking", Truth),
    ("interactive", Truth),
    ("pseudoTerminal", Truth),
    ("hostname", Text),
    ("user", Text),
    ("workingDirectory", Text),
];

const PORT: &[(&str, Kind)] = &[
    ("containerPort", Number),
    ("hostPort", Number),
    ("protocol", Text),
    ("name", Text),
    ("appProtocol", Text),
    ("containerPortRange", Text),
];

const HEALTH: &[(&str, Kind)] = &[
    ("command", List),
    ("interval", Number),
    ("timeout", Number),
    ("retries", Number),
    ("startPeriod", Number),
];

/// Names the members of the wrong type.
pub(super) fn check(root: Place<'_>, errors: &mut FieldErrors) {
    members(&root, TASK, errors);
    for list in ["containerDefinitions", "volumes", "tags"] {
        objects(&root, list, errors);
    }
    if let Some(storage) = root.get("ephemeralStorage") {
        members(&storage, &[("sizeInGiB", Number)], errors);
    }
    for container in root.items("containerDefinitions") {
        members(&container, CONTAINER, errors);
        for list in ["portMappings", "environment", "secrets", "mountPoints", "dependsOn"] {
            objects(&container, list, errors);
        }
        for port in container.items("portMappings") {
            members(&port, PORT, errors);
        }
        for pair in container.items("environment") {
            members(&pair, &[("name", Text), ("value", Text)], errors);
        }
        for list in ["command", "entryPoint"] {
            words(&container, list, errors);
        }
        if let Some(health) = container.get("healthCheck") {
            members(&health, HEALTH, errors);
            words(&health, "command", errors);
        }
        if let Some(log) = container.get("logConfiguration") {
            members(&log, &[("logDriver", Text), ("options", Object)], errors);
            for (name, value) in
                log.get("options").and_then(|o| o.value.as_object()).into_iter().flatten()
            {
                if !value.is_string() {
                    errors.add(
                        log.at(&format!("options.{name}")),
                        "An option's value is a text: write it in quotes.",
                    );
                }
            }
        }
    }
}

fn objects(place: &Place<'_>, list: &str, errors: &mut FieldErrors) {
    for item in place.items(list) {
        if !item.value.is_object() {
            errors.add(item.path, "This must be an object: { … }.");
        }
    }
}

fn words(place: &Place<'_>, list: &str, errors: &mut FieldErrors) {
    for item in place.items(list) {
        if !item.value.is_string() {
            errors.add(item.path, "Each part is a text: write it in quotes.");
        }
    }
}

fn members(place: &Place<'_>, known: &[(&str, Kind)], errors: &mut FieldErrors) {
    for (name, kind) in known {
        let Some(member) = place.get(name) else { continue };
        let value = member.value;
        let (fits, said) = match kind {
            Text => (value.is_string(), "This must be a text: write it in quotes."),
            Number => (value.is_i64() || value.is_u64(), "Write a whole number."),
            Truth => (value.is_boolean(), "This must be true or false, without quotes."),
            List => (value.is_array(), "This must be a list: [ … ]."),
            Object => (value.is_object(), "This must be an object: { … }."),
        };
        if !fits && !value.is_null() {
            errors.add(member.path, said);
        }
    }
}
