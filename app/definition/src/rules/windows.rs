//! What Windows containers do not take, and what Windows on Fargate does not have.

use super::{Task, untaken};
use crate::finding::Findings;

/// Members of a container that are for Linux, with the rule that says so.
const LINUX_ONLY: [(&str, &str); 10] = [
    ("R73", "user"),
    ("R74", "disableNetworking"),
    ("R76", "readonlyRootFilesystem"),
    ("R77", "dnsServers"),
    ("R78", "dnsSearchDomains"),
    ("R79", "extraHosts"),
    ("R80", "links"),
    ("R138", "linuxParameters"),
    ("R153", "ulimits"),
    ("R155", "systemControls"),
];

pub(super) fn check(task: Task<'_>, found: &mut Findings) {
    if !task.facts.windows {
        return;
    }
    for container in task.containers {
        for (rule, member) in LINUX_ONLY {
            let given =
                container.has(member) && container.value.get(member).is_some_and(|it| it != false);
            if given && found.at(&container.at(member)).is_none() {
                untaken(rule, container, member, "Windows containers do not take this.", found);
            }
        }
    }
    if task.facts.fargate {
        on_fargate(task, found);
    }
}

/// R54: the task registers, and does not start.
fn on_fargate(task: Task<'_>, found: &mut Findings) {
    const SAID: &str = "Windows on Fargate does not have this.";
    if task.root.has("proxyConfiguration") {
        found.warn("R54", "proxyConfiguration", SAID).fix_by_removing("Take it away");
    }
    for volume in task.root.items("volumes") {
        for kind in ["efsVolumeConfiguration", "fsxWindowsFileServerVolumeConfiguration"] {
            if volume.has(kind) {
                found.warn("R54", volume.at(kind), SAID);
            }
        }
    }
    for container in task.containers {
        for member in ["firelensConfiguration", "credentialSpecs"] {
            if container.has(member) {
                found.warn("R54", container.at(member), SAID).fix_by_removing("Take it away");
            }
        }
    }
}
