//! The rules of a service, part by part.

use super::draft::{GROUPS_MAX, Place, SUBNETS_MAX, ServiceDraft, TASKS_MAX};
use crate::clusters::strategy::check_strategy;
use crate::error::FieldErrors;
use crate::launch::choices::{LaunchChoices, RevisionNeeds};
use crate::launch::model::Network;
use crate::names::{ClusterName, Revision};

/// The largest maximum: while rolling there may be twice the wanted tasks.
const PERCENT_MAX: u32 = 200;

impl ServiceDraft {
    pub(super) fn check_cluster(&self, choices: &LaunchChoices) -> Result<ClusterName, String> {
        if self.cluster.trim().is_empty() {
            return Err("Choose a cluster.".to_owned());
        }
        match choices.cluster(self.cluster.trim()) {
            Some(cluster) => Ok(cluster.name.clone()),
            None => Err(format!("There is no active cluster {}.", self.cluster.trim())),
        }
    }

    pub(super) fn check_revision(
        &self,
        choices: &LaunchChoices,
        errors: &mut FieldErrors,
    ) -> Option<Revision> {
        check_revision(choices, self.family.trim(), self.revision.trim(), errors)
    }

    /// Where it runs (R188, R203), as far as the revision allows.
    pub(super) fn check_place(
        &self,
        choices: &LaunchChoices,
        needs: Option<&RevisionNeeds>,
        errors: &mut FieldErrors,
    ) -> Place {
        let daemon = self.scheduling == "DAEMON";
        match self.compute.as_str() {
            "default" => Place::ClusterDefault,
            "strategy" => {
                if self.strategy.is_empty() {
                    errors.add("strategy", "Add at least one capacity provider.");
                }
                let cluster = choices.cluster(self.cluster.trim());
                let allowed = cluster.map(|cluster| cluster.providers.as_slice());
                let items = check_strategy(&self.strategy, allowed, errors);
                let on_fargate = |provider: &str| provider.starts_with("FARGATE");
                if daemon && items.iter().any(|item| on_fargate(&item.provider)) {
                    errors.add("compute", "A daemon can't run on Fargate.");
                }
                Place::Strategy(items)
            }
            kind @ ("FARGATE" | "EC2" | "EXTERNAL") => {
                if daemon && kind == "FARGATE" {
                    errors.add("compute", "A daemon can't run on Fargate.");
                } else if let Some(needs) = needs.filter(|needs| !needs.runs_on(kind)) {
                    let (revision, able) = (&needs.revision, needs.compatibilities.join(", "));
                    errors.add("compute", format!("{revision} runs on {able} only."));
                }
                Place::LaunchType(kind.to_owned())
            }
            _ => {
                errors.add("compute", "Choose where it runs.");
                Place::ClusterDefault
            }
        }
    }

    /// The network (R195 to R197): needed with awsvpc, refused otherwise.
    pub(super) fn check_network(
        &self,
        needs: Option<&RevisionNeeds>,
        errors: &mut FieldErrors,
    ) -> Option<Network> {
        let subnets = ids(&self.subnets, "subnets", "subnet-", SUBNETS_MAX, errors);
        let groups = ids(&self.security_groups, "securityGroups", "sg-", GROUPS_MAX, errors);
        let given = !subnets.is_empty() || !groups.is_empty() || self.public_ip;
        let needed = needs.map_or(given, RevisionNeeds::needs_network);
        if needed && subnets.is_empty() {
            errors.add("subnets", "Name at least one subnet: each task gets an address in one.");
        }
        if !needed
            && given
            && let Some(needs) = needs
        {
            errors.add(
                "subnets",
                format!(
                    "{} uses the network mode {}, which takes no subnets.",
                    needs.revision, needs.network_mode
                ),
            );
        }
        if self.public_ip && matches!(self.compute.as_str(), "EC2" | "EXTERNAL") {
            errors.add("publicIp", "Only tasks on Fargate can get a public address.");
        }
        needed.then_some(Network { subnets, security_groups: groups, public_ip: self.public_ip })
    }

    /// The two percentages (R206, R231 to R234).
    pub(super) fn check_percents(
        &self,
        daemon: bool,
        errors: &mut FieldErrors,
    ) -> (Option<u32>, Option<u32>) {
        let minimum = errors.take("minimum", percent(&self.minimum, 0, 100)).flatten();
        let (least, most) = if daemon { (0, 100) } else { (100, PERCENT_MAX) };
        let maximum = errors.take("maximum", percent(&self.maximum, least, most)).flatten();
        if minimum == Some(100) && maximum == Some(100) {
            errors.add("maximum", "With both at 100 % no deployment can move, and ECS refuses it.");
        }
        (minimum, maximum)
    }
}

/// The ACTIVE revision that was chosen; errors stand at `family` and `revision`.
pub fn check_revision(
    choices: &LaunchChoices,
    family: &str,
    revision: &str,
    errors: &mut FieldErrors,
) -> Option<Revision> {
    let found = choices.revision(family, revision);
    if family.is_empty() {
        errors.add("family", "Choose a family of task definitions.");
    } else if !choices.families.iter().any(|f| f.name.as_str() == family) {
        errors.add("family", format!("{family} has no ACTIVE revision."));
    } else if found.is_none() {
        errors.add("revision", format!("{family}:{revision} is not ACTIVE."));
    }
    found
}

/// How many tasks a service shall run.
///
/// # Errors
/// A sentence for the field.
pub fn check_desired(text: &str) -> Result<u32, String> {
    text.trim()
        .parse()
        .ok()
        .filter(|count| *count <= TASKS_MAX)
        .ok_or_else(|| format!("A whole number from 0 to {TASKS_MAX}."))
}

fn percent(text: &str, least: u32, most: u32) -> Result<Option<u32>, String> {
    let text = text.trim().trim_end_matches('%').trim_end();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse()
        .ok()
        .filter(|percent| (least..=most).contains(percent))
        .map(Some)
        .ok_or_else(|| format!("A whole number from {least} to {most}."))
}

/// The ids in `rows`; empty rows don't count.
fn ids(
    rows: &[String],
    path: &str,
    start: &str,
    most: usize,
    errors: &mut FieldErrors,
) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let id = row.trim();
        let rest = id.strip_prefix(start).unwrap_or_default();
        if id.is_empty() {
            continue;
        }
        if rest.is_empty() || !rest.bytes().all(|b| b.is_ascii_alphanumeric()) {
            errors.add(
                format!("{path}.{at}"),
                format!("An id reads {start}… with letters and digits after it."),
            );
        } else if found.iter().any(|known| known == id) {
            errors.add(format!("{path}.{at}"), format!("{id} is in the list already."));
        }
        found.push(id.to_owned());
    }
    if found.len() > most {
        errors.add(path, format!("At most {most}; these are {}.", found.len()));
    }
    found
}
