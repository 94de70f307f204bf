use std::collections::BTreeSet;

use super::*;
use crate::rules::Shape;

/// Every path of the API that holds a value of its own.
fn leaves(shape: &Shape, path: &str, found: &mut BTreeSet<String>) {
    let further = |step: &str| {
        if path.is_empty() { step.to_owned() } else { format!("{path}.{step}") }
    };
    match shape {
        Shape::Object(members) => {
            members.iter().for_each(|(name, shape)| leaves(shape, &further(name), found));
        }
        // A list of words is one field.
        Shape::List(Shape::Object(members)) => {
            leaves(&Shape::Object(members), &further("*"), found);
        }
        _ => {
            found.insert(path.to_owned());
        }
    }
}

#[test]
fn every_member_of_the_api_has_its_row_and_no_other() {
    let mut wanted = BTreeSet::new();
    leaves(&crate::rules::TASK, "", &mut wanted);
    let known: Vec<String> =
        members().map(|(owner, _, member)| format!("{}{}", owner.prefix(), member.path)).collect();
    let rows: BTreeSet<String> = known.iter().cloned().collect();
    assert_eq!(rows.len(), known.len(), "a member has two rows");
    assert_eq!(wanted, rows);
}

#[test]
fn members_are_found_by_path_and_by_purpose() {
    assert_eq!(member("containerDefinitions.3.image").map(|m| m.label), Some("Image"));
    assert_eq!(member("volumes.0.host.sourcePath").map(|m| m.label), Some("Path on the instance"));
    assert_eq!(member("nothing").map(|m| m.label), None);
    let first = |question| search(question).first().map(|(_, _, member)| member.path);
    for (question, path) in [
        ("shm", Some("linuxParameters.sharedMemorySize")),
        ("open files", Some("ulimits.*.name")),
        ("Execution role", Some("executionRoleArn")),
        ("gpu", Some("resourceRequirements.*.value")),
        ("", None),
        ("qqqq", None),
    ] {
        if question == "gpu" {
            assert!(search(question).iter().any(|(_, _, m)| Some(m.path) == path));
        } else {
            assert_eq!(first(question), path, "{question}");
        }
    }
}

#[test]
fn every_list_of_objects_has_its_words_and_no_other() {
    let mut wanted = BTreeSet::new();
    for (owner, _, member) in members() {
        if let Some((list, row)) = split(member) {
            wanted.insert((owner.prefix(), list));
            assert!(!row.contains('*'), "{}: rows in rows", member.path);
        }
    }
    let known: BTreeSet<_> = LISTS.iter().map(|list| (list.owner.prefix(), list.path)).collect();
    assert_eq!(known.len(), LISTS.len());
    assert_eq!(wanted, known);
}

#[test]
fn groups_hold_every_member_once() {
    for owner in [Owner::Task, Owner::Container, Owner::Volume] {
        for section in owner.sections() {
            let mut held = Vec::new();
            for group in section.groups(owner) {
                match group {
                    Group::One(member) => held.push(member.path),
                    Group::Rows(list) => held.extend(list.members().map(|member| member.path)),
                }
            }
            let mut wanted: Vec<_> = section.members.iter().map(|member| member.path).collect();
            held.sort_unstable();
            wanted.sort_unstable();
            assert_eq!(held, wanted, "{}", section.id);
        }
    }
}

#[test]
fn a_section_holds_its_fields_and_what_is_in_them() {
    let section = |id: &str| CONTAINER.iter().find(|section| section.id == id).unwrap();
    for (id, path, holds) in [
        ("ports", "portMappings.3.hostPort", true),
        ("ports", "portMappings.3", true),
        ("ports", "portMappings", true),
        ("ports", "port", false),
        ("logs", "logConfiguration", true),
        ("logs", "logConfiguration.options.awslogs-group", true),
        ("command", "command.0", true),
        ("health", "command.0", false),
        ("command", "commander", false),
        ("basics", "", false),
    ] {
        assert_eq!(section(id).holds(path), holds, "{id} {path}");
    }
}
