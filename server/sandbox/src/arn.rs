//! Names of things across the account, and reading a name or an ARN.

use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;

/// The account every sandbox has.
pub(crate) const ACCOUNT: &str = "000000000000";

/// Who the caller is, as STS says.
pub(crate) const CALLER: &str = "arn:aws:sts::000000000000:assumed-role/berth-sandbox/berth";

/// The role whose session the caller has.
pub(crate) const CALLER_ROLE: &str = "arn:aws:iam::000000000000:role/berth-sandbox";

/// The region the world stands in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Place {
    pub(crate) region: String,
}

impl Place {
    pub(crate) fn new(region: &str) -> Self {
        Self { region: region.to_owned() }
    }

    /// An ECS ARN: `resource` is "cluster/shop" or the like.
    pub(crate) fn ecs(&self, resource: &str) -> String {
        format!("arn:aws:ecs:{}:{ACCOUNT}:{resource}", self.region)
    }

    pub(crate) fn cluster(&self, name: &str) -> String {
        self.ecs(&format!("cluster/{name}"))
    }

    /// A service by its key, `cluster/name`.
    pub(crate) fn service(&self, key: &str) -> String {
        self.ecs(&format!("service/{key}"))
    }

    pub(crate) fn task(&self, cluster: &str, id: &str) -> String {
        self.ecs(&format!("task/{cluster}/{id}"))
    }

    pub(crate) fn instance(&self, cluster: &str, id: &str) -> String {
        self.ecs(&format!("container-instance/{cluster}/{id}"))
    }

    /// A secret of Secrets Manager.
    pub(crate) fn secret(&self, name: &str) -> String {
        format!("arn:aws:secretsmanager:{}:{ACCOUNT}:secret:{name}", self.region)
    }

    /// Who a role's session is.
    pub(crate) fn assumed_role(&self, role: &str, session: &str) -> String {
        format!("arn:aws:sts::{ACCOUNT}:assumed-role/{role}/{session}")
    }

    pub(crate) fn task_definition(&self, family: &str, revision: u32) -> String {
        self.ecs(&format!("task-definition/{family}:{revision}"))
    }

    /// One of the three zones, chosen by a number.
    pub(crate) fn zone(&self, number: i64) -> String {
        let letter = match number.rem_euclid(3) {
            0 => 'a',
            1 => 'b',
            _ => 'c',
        };
        format!("{}{letter}", self.region)
    }
}

/// The part behind `kind/` when given an ARN, or the name itself.
///
/// # Errors
/// InvalidParameterException when the ARN is of another kind.
pub(crate) fn name_of<'a>(kind: &str, name_or_arn: &'a str) -> Result<&'a str, Refusal> {
    if !name_or_arn.starts_with("arn:") {
        return Ok(name_or_arn);
    }
    name_or_arn
        .splitn(6, ':')
        .nth(5)
        .and_then(|resource| resource.strip_prefix(kind))
        .and_then(|rest| rest.strip_prefix('/'))
        .ok_or_else(|| {
            Refusal::invalid(format!("Invalid identifier: Unexpected resource type for {kind}."))
        })
}

/// The last part of a name or ARN: ids carry no slash.
pub(crate) fn last_part(name_or_arn: &str) -> &str {
    name_or_arn.rsplit('/').next().unwrap_or(name_or_arn)
}
