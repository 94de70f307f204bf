//! Lists of objects: what their rows are called.

use super::{Member, Owner, Section};

/// A list of objects.
#[derive(Clone, Copy, Debug)]
pub struct List {
    /// Its owner.
    pub owner: Owner,
    /// Its path from the owner.
    pub path: &'static str,
    /// What the rows are, as a heading.
    pub legend: &'static str,
    /// What one row is, in the words of a button: `Add mount`.
    pub noun: &'static str,
}

const fn list(owner: Owner, path: &'static str, legend: &'static str, noun: &'static str) -> List {
    List { owner, path, legend, noun }
}

/// Every list of objects in the task, a container or a volume.
pub const LISTS: &[List] = &[
    list(Owner::Task, "placementConstraints", "Constraints", "constraint"),
    list(Owner::Task, "proxyConfiguration.properties", "Properties", "property"),
    list(Owner::Task, "inferenceAccelerators", "Accelerators", "accelerator"),
    list(Owner::Task, "tags", "Tags", "tag"),
    list(Owner::Container, "portMappings", "Ports", "port"),
    list(Owner::Container, "environment", "Environment variables", "variable"),
    list(Owner::Container, "secrets", "Secrets", "secret"),
    list(Owner::Container, "environmentFiles", "Environment files", "environment file"),
    list(Owner::Container, "logConfiguration.secretOptions", "Secret options", "secret option"),
    list(Owner::Container, "resourceRequirements", "Accelerators", "accelerator"),
    list(Owner::Container, "dependsOn", "Waits for", "container to wait for"),
    list(Owner::Container, "mountPoints", "Mounts", "mount"),
    list(Owner::Container, "volumesFrom", "Mounts of other containers", "source container"),
    list(Owner::Container, "extraHosts", "Extra hosts", "host"),
    list(Owner::Container, "linuxParameters.devices", "Devices", "device"),
    list(Owner::Container, "linuxParameters.tmpfs", "In-memory directories", "directory"),
    list(Owner::Container, "ulimits", "Ulimits", "ulimit"),
    list(Owner::Container, "systemControls", "Kernel settings", "kernel setting"),
];

impl List {
    /// The list at a path from its owner.
    pub fn at(owner: Owner, path: &str) -> Option<&'static Self> {
        LISTS.iter().find(|list| list.owner == owner && list.path == path)
    }

    /// The members of a row, in their order.
    pub fn members(&self) -> impl Iterator<Item = &'static Member> {
        let own = |member: &&Member| split(member).is_some_and(|(list, _)| list == self.path);
        self.owner.sections().iter().flat_map(|section| section.members).filter(own)
    }
}

/// What stands side by side in a section.
#[derive(Clone, Copy, Debug)]
pub enum Group {
    /// A member of its own.
    One(&'static Member),
    /// A list of objects.
    Rows(&'static List),
}

impl Section {
    /// Whether the field of a path stands in it. The path leads from the section's owner, to a
    /// member, into one, or to what holds some of its members.
    pub fn holds(&self, path: &str) -> bool {
        let pattern = super::pattern(path);
        let leads = |from: &str, to: &str| {
            to.strip_prefix(from).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.members.iter().any(|m| leads(m.path, &pattern) || leads(&pattern, m.path))
    }

    /// Its members, those of one list together.
    pub fn groups(&self, owner: Owner) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for member in self.members {
            let list = split(member).and_then(|(path, _)| List::at(owner, path));
            let known = |list: &List| {
                groups.iter().any(|g| matches!(g, Group::Rows(other) if other.path == list.path))
            };
            match list {
                None => groups.push(Group::One(member)),
                Some(list) if known(list) => {}
                Some(list) => groups.push(Group::Rows(list)),
            }
        }
        groups
    }
}

/// The list that a member stands in, and its path in a row.
pub fn split(member: &Member) -> Option<(&'static str, &'static str)> {
    member.path.split_once(".*.")
}
