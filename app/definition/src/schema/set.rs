//! How much of a section a document says.

use serde_json::Value;

use super::{Group, Member, Owner, Section, split};
use crate::document::Document;

/// Whether a value says anything. `null` and what is empty say nothing.
pub fn is_set(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => false,
        Some(Value::Array(items)) => !items.is_empty(),
        Some(Value::Object(members)) => !members.is_empty(),
        Some(Value::String(text)) => !text.is_empty(),
        Some(_) => true,
    }
}

/// Whether a member says something for the owner at `base`, in any row of its list.
pub fn is_member_set(document: &Document, base: &str, member: &Member) -> bool {
    let at = |path: &str| document.get(&below(base, path));
    match split(member) {
        None => is_set(at(member.path)),
        Some((list, own)) => document
            .items(&below(base, list))
            .iter()
            .enumerate()
            .any(|(row, _)| is_set(at(&format!("{list}.{row}.{own}")))),
    }
}

/// Where the field of a member stands for the owner at `base`: in the first row of its list, or at
/// the list while that has none.
pub fn field_path(document: &Document, base: &str, member: &Member) -> String {
    match split(member) {
        None => below(base, member.path),
        Some((list, own)) => {
            let list = below(base, list);
            if document.items(&list).is_empty() { list } else { format!("{list}.0.{own}") }
        }
    }
}

/// A path below another; the task's own path is empty.
pub fn below(base: &str, path: &str) -> String {
    if base.is_empty() { path.to_owned() } else { format!("{base}.{path}") }
}

/// How many members of a section say something for the owner at `base`; the rows of a list count
/// one each.
pub fn count_set(document: &Document, owner: Owner, base: &str, section: &Section) -> usize {
    let at = |path: &str| document.get(&below(base, path));
    let count = |group: Group| match group {
        // ECS writes a container's CPU as 0 for nothing.
        Group::One(member) if member.path == "cpu" && owner == Owner::Container => {
            usize::from(at("cpu").is_some_and(|cpu| is_set(Some(cpu)) && cpu.as_i64() != Some(0)))
        }
        Group::One(member) => usize::from(is_set(at(member.path))),
        Group::Rows(list) => match at(list.path) {
            Some(Value::Array(items)) => items.len(),
            other => usize::from(is_set(other)),
        },
    };
    section.groups(owner).into_iter().map(count).sum()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_member_is_found_where_its_field_stands() {
        let document = Document::new(json!({
            "cpu": "256", "memory": "", "tags": [{"key": "a"}],
            "containerDefinitions": [{"ulimits": []}]
        }))
        .unwrap();
        for (owner, base, path, field, set) in [
            (Owner::Task, "", "cpu", "cpu", true),
            (Owner::Task, "", "memory", "memory", false),
            (Owner::Task, "", "tags.*.key", "tags.0.key", true),
            (Owner::Task, "", "tags.*.value", "tags.0.value", false),
            (
                Owner::Container,
                "containerDefinitions.0",
                "ulimits.*.name",
                "containerDefinitions.0.ulimits",
                false,
            ),
        ] {
            let member = crate::schema::member_of(owner, path).unwrap();
            assert_eq!(field_path(&document, base, member), field);
            assert_eq!(is_member_set(&document, base, member), set, "{path}");
        }
    }

    #[test]
    fn a_section_counts_what_it_says() {
        let document = Document::new(json!({
            "pidMode": "task", "enableFaultInjection": false, "ipcMode": null,
            "placementConstraints": [{}, {}], "tags": "odd",
            "containerDefinitions": [{
                "cpu": 0, "memory": 0, "resourceRequirements": [], "portMappings": [{"hostPort": 0}],
                "linuxParameters": {"devices": [{}], "capabilities": {"add": ["A", "B"], "drop": []}}
            }]
        }))
        .unwrap();
        let count = |owner: Owner, base: &str, id: &str| {
            let section = owner.sections().iter().find(|section| section.id == id).unwrap();
            count_set(&document, owner, base, section)
        };
        for (owner, base, id, wanted) in [
            (Owner::Task, "", "isolation", 2),
            (Owner::Task, "", "placement", 2),
            (Owner::Task, "", "proxy", 0),
            (Owner::Task, "", "tags", 1),
            (Owner::Container, "containerDefinitions.0", "resources", 1),
            (Owner::Container, "containerDefinitions.0", "ports", 1),
            (Owner::Container, "containerDefinitions.0", "linux", 2),
            (Owner::Container, "containerDefinitions.9", "linux", 0),
        ] {
            assert_eq!(count(owner, base, id), wanted, "{base} {id}");
        }
    }
}
