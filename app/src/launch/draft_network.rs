//! The rules of a launch's network.

use super::choices::RevisionNeeds;
use super::draft::LaunchDraft;
use super::model::Network;
use crate::error::FieldErrors;

/// The most subnets (R196).
const SUBNETS_MAX: usize = 16;
/// The most security groups (R197).
const GROUPS_MAX: usize = 5;

impl LaunchDraft {
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
        if let Some(needs) = needs.filter(|_| given && !needed) {
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
        if id.is_empty() {
            continue;
        }
        if !is_id(id, start) {
            errors.add(
                format!("{path}.{at}"),
                format!("An id reads {start} and then 8 or 17 of the digits 0-9 and a-f."),
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

/// Whether a text has the form of EC2's ids: the short one of the first years, or the long one.
fn is_id(text: &str, start: &str) -> bool {
    text.strip_prefix(start).is_some_and(|digits| {
        matches!(digits.len(), 8 | 17)
            && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    })
}

#[cfg(test)]
mod tests {
    use super::super::samples::{SUBNET, choices, draft, each_answers, needs};
    use super::*;

    #[test]
    fn every_row_answers_for_itself() {
        each_answers(
            &[
                (
                    |d| d.subnets = vec!["vpc-1".into()],
                    "subnets.0",
                    "An id reads subnet- and then 8 or 17 of the digits 0-9 and a-f.",
                ),
                (
                    |d| d.subnets = vec![SUBNET.into(), SUBNET.into()],
                    "subnets.1",
                    "subnet-0a1b2c3d is in the list already.",
                ),
                (
                    |d| d.subnets = (0..17).map(|n| format!("subnet-{n:017x}")).collect(),
                    "subnets",
                    "At most 16; these are 17.",
                ),
                (
                    |d| d.security_groups = vec!["group".into()],
                    "securityGroups.0",
                    "An id reads sg- and then 8 or 17 of the digits 0-9 and a-f.",
                ),
                (
                    |d| d.security_groups = vec!["sg-0a1b2c3d".into(), "sg-0a1b2c3d".into()],
                    "securityGroups.1",
                    "sg-0a1b2c3d is in the list already.",
                ),
                (
                    |d| d.security_groups = (0..6).map(|n| format!("sg-{n:08x}")).collect(),
                    "securityGroups",
                    "At most 5; these are 6.",
                ),
                (
                    |d| (d.compute, d.public_ip) = ("EC2".into(), true),
                    "publicIp",
                    "Only tasks on Fargate can get a public address.",
                ),
            ],
            "awsvpc",
        );
    }

    #[test]
    fn an_id_has_ec2s_form() {
        for (id, fits) in [
            ("subnet-0a1b2c3d", true),
            ("subnet-0a1b2c3d4e5f60718", true),
            ("subnet-12", false),
            ("subnet-0a1b2c3d4", false),
            ("subnet-0a1b2c3d4e5f607189", false),
            ("subnet-0A1B2C3D", false),
            ("subnet-0a1b2c3g", false),
            ("subnet-ä1b2c3d", false),
            ("sg-0a1b2c3d", false),
            ("0a1b2c3d", false),
            ("subnet-", false),
        ] {
            assert_eq!(is_id(id, "subnet-"), fits, "{id}");
        }
    }

    #[test]
    fn the_network_follows_the_revision() {
        let none = "Name at least one subnet: each task gets an address in one.";
        each_answers(&[(|d| d.subnets.clear(), "subnets", none)], "awsvpc");
        let shared = "web:9 uses the network mode bridge, which takes no subnets.";
        each_answers(&[(|_| (), "subnets", shared)], "bridge");

        let mut errors = FieldErrors::new();
        let mut launch = draft();
        let asked = launch.check(&choices(), Some(&needs("awsvpc")), &mut errors).unwrap();
        assert_eq!(asked.network.unwrap().subnets, [SUBNET]);
        launch.subnets.clear();
        let asked = launch.check(&choices(), Some(&needs("bridge")), &mut errors).unwrap();
        assert_eq!(asked.network, None);
        // Only the server knows what the revision needs: nothing is complained of before.
        let asked = launch.check(&choices(), None, &mut errors).unwrap();
        assert_eq!(asked.network, None);
        assert!(errors.is_empty(), "{errors:?}");
    }
}
