//! Rules of what a container asks of its network.

use super::{Network, Place, Task, untaken};
use crate::finding::Findings;

/// What an interface of the task's own leaves to nobody else, with the rule that says so.
const AWSVPC: [(&str, &str); 6] = [
    ("R72", "hostname"),
    ("R74", "disableNetworking"),
    ("R77", "dnsServers"),
    ("R78", "dnsSearchDomains"),
    ("R79", "extraHosts"),
    ("R80", "links"),
];

pub(super) fn check(task: Task<'_>, found: &mut Findings) {
    for container in task.containers {
        members(task, container, found);
        for host in container.items("extraHosts") {
            // R79
            for member in ["hostname", "ipAddress"].into_iter().filter(|it| !host.has(it)) {
                found.refuse("R79", host.at(member), "A host needs its name and its address.");
            }
        }
        for link in container.items("links") {
            // R80
            let name =
                link.value.as_str().unwrap_or_default().split(':').next().unwrap_or_default();
            if task.container(name).is_none() {
                let said = format!("There is no container {name} in this task.");
                found.refuse("R80", link.path(), said);
            }
        }
    }
}

fn members(task: Task<'_>, container: &Place<'_>, found: &mut Findings) {
    let given = |member: &str| {
        container.has(member) && container.value.get(member).is_some_and(|it| it != false)
    };
    for (rule, member) in AWSVPC.into_iter().filter(|(_, member)| given(member)) {
        if task.facts.fargate && member != "hostname" {
            untaken("R55", container, member, "Fargate does not take this.", found);
        } else if task.facts.network == Network::Awsvpc {
            let said = format!("The network mode awsvpc takes no {member}.");
            untaken(rule, container, member, &said, found);
        } else if member == "links" && task.facts.network != Network::Bridge {
            untaken(rule, container, member, "Links need the network mode bridge.", found);
        }
    }
}
