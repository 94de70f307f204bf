//! The services beside ECS, asked for what a task definition can name: one file for each. Their SDK
//! crates would take minutes and gigabytes to compile for these few questions, so the questions are
//! written here, and the SDK's own machinery signs, sends and repeats them.

mod ec2;
mod ecr;
mod efs;
mod host;
mod iam;
mod line;
mod logs;
mod question;
mod read;
mod secrets;
mod ssm;

use berth_app::task_definitions::model::{Choice, ChoiceKind};

use super::Gateway;
use super::errors::Failure;
use super::source::ReadErrorKind;

use host::Service;
pub(super) use line::Line;

/// What was listed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listed {
    /// In the order in which they are offered.
    pub items: Vec<Choice>,
    /// Whether there are more than these.
    pub more: bool,
}

/// Why nothing could be listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unlisted {
    /// A right is missing, such as `iam:ListRoles`.
    Right(String),
    /// Anything else, as a sentence.
    Trouble(String),
}

/// Every right that listing choices needs, by what it is for. All are optional: without one, its
/// field is filled in by hand.
pub(super) const RIGHTS: [&str; 11] = [
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ecr:DescribeImages",
    "ecr:DescribeRepositories",
    "elasticfilesystem:DescribeAccessPoints",
    "elasticfilesystem:DescribeFileSystems",
    "iam:ListAttachedRolePolicies",
    "iam:ListRoles",
    "logs:DescribeLogGroups",
    "secretsmanager:ListSecrets",
    "ssm:DescribeParameters",
];

impl Gateway {
    /// What can be chosen. `search` narrows those lists that AWS can look through.
    ///
    /// # Errors
    /// When the list can't be had, with the right that is missing if that is why.
    pub async fn choices(&self, kind: &ChoiceKind, search: &str) -> Result<Listed, Unlisted> {
        let line = &self.0.line;
        let budget = &self.0.budget;
        let (service, asked) = match kind {
            ChoiceKind::Roles => (Service::Iam, iam::roles(line, budget).await),
            ChoiceKind::RolePolicies(role) => {
                (Service::Iam, iam::policies(line, budget, role).await)
            }
            ChoiceKind::Repositories => (Service::Ecr, ecr::repositories(line, budget).await),
            ChoiceKind::Images(name) => (Service::Ecr, ecr::images(line, budget, name).await),
            ChoiceKind::Secrets => (Service::Secrets, secrets::list(line, budget, search).await),
            ChoiceKind::Parameters => {
                let account = self.account_id();
                (Service::Parameters, ssm::list(line, budget, search, account.as_deref()).await)
            }
            ChoiceKind::FileSystems => (Service::Efs, efs::file_systems(line, budget).await),
            ChoiceKind::AccessPoints(id) => {
                (Service::Efs, efs::access_points(line, budget, id).await)
            }
            ChoiceKind::LogGroups => (Service::Logs, logs::groups(line, budget, search).await),
            ChoiceKind::Subnets => (Service::Ec2, ec2::subnets(line, budget).await),
            ChoiceKind::SecurityGroups => (Service::Ec2, ec2::groups(line, budget).await),
        };
        asked.map_err(|failure| unlisted(service, failure))
    }

    fn account_id(&self) -> Option<String> {
        self.0.account.read().ok().and_then(|account| account.id.clone())
    }
}

fn unlisted(service: Service, failure: Failure) -> Unlisted {
    if let Some(right) = failure.missing_right(service.prefix()) {
        return Unlisted::Right(right);
    }
    let error = failure.read();
    let name = service.name();
    Unlisted::Trouble(match error.kind {
        ReadErrorKind::Throttled => {
            format!("{name} is asked more often than AWS allows. Try again in a minute.")
        }
        ReadErrorKind::Credentials => "AWS does not take the console's credentials.".to_owned(),
        ReadErrorKind::Unreachable => {
            format!("{name} can't be reached, or does not answer in time.")
        }
        ReadErrorKind::Denied | ReadErrorKind::Other => {
            format!("{name} says: {}", error.trouble.said)
        }
    })
}

/// Follows a list for at most `most` pages; says whether it went on.
async fn pages<T, F, Asked>(most: usize, mut ask: F) -> Result<(Vec<T>, bool), Failure>
where
    F: FnMut(Option<String>) -> Asked,
    Asked: Future<Output = Result<(Vec<T>, Option<String>), Failure>>,
{
    let mut all = Vec::new();
    let mut token = None;
    for _ in 0..most {
        let (items, next) = ask(token).await?;
        all.extend(items);
        token = next.filter(|next| !next.is_empty());
        if token.is_none() {
            return Ok((all, false));
        }
    }
    Ok((all, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_long_list_is_followed_for_a_while() {
        for (there, most, got, goes_on) in [(1, 3, 1, false), (3, 3, 3, false), (4, 3, 3, true)] {
            let mut asked = 0;
            let (all, more) = pages(most, |_| {
                asked += 1;
                let next = (asked < there).then(|| asked.to_string());
                std::future::ready(Ok((vec![asked], next)))
            })
            .await
            .unwrap();
            assert_eq!((all.len(), more), (got, goes_on), "{there}");
        }
    }
}
