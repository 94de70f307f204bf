//! What a field can choose from, and what is known of each choice.

use serde::{Deserialize, Serialize};

use crate::timestamp::Timestamp;

/// The longest name that a choice is looked for by, in characters: an ARN of IAM has more than most.
const LONGEST: usize = 512;

/// What is to be chosen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ChoiceKind {
    /// IAM roles that tasks may assume, by ARN.
    Roles,
    /// The policies attached to a role, which is given by its name.
    RolePolicies(String),
    /// Repositories of ECR, by address.
    Repositories,
    /// The images of a repository, which is given by its name; by tag, or by digest without one.
    Images(String),
    /// Secrets of Secrets Manager, by ARN.
    Secrets,
    /// Parameters of Systems Manager, by ARN where the account is known, else by name.
    Parameters,
    /// File systems of EFS, by id.
    FileSystems,
    /// The access points of a file system, which is given by its id; by id.
    AccessPoints(String),
    /// Log groups, by name.
    LogGroups,
    /// Subnets, by id.
    Subnets,
    /// Security groups, by id.
    SecurityGroups,
}

impl ChoiceKind {
    /// What is chosen, as a noun in the plural.
    pub fn noun(&self) -> &'static str {
        match self {
            Self::Roles => "roles",
            Self::RolePolicies(_) => "policies of the role",
            Self::Repositories => "repositories",
            Self::Images(_) => "images",
            Self::Secrets => "secrets",
            Self::Parameters => "parameters",
            Self::FileSystems => "file systems",
            Self::AccessPoints(_) => "access points",
            Self::LogGroups => "log groups",
            Self::Subnets => "subnets",
            Self::SecurityGroups => "security groups",
        }
    }

    /// What it is looked for in, where that is not the whole account.
    pub fn within(&self) -> Option<&str> {
        match self {
            Self::RolePolicies(name) | Self::Images(name) | Self::AccessPoints(name) => Some(name),
            _ => None,
        }
    }

    /// Whether it can be asked for at all: what it is within has a name, and one of a sane length.
    pub fn is_sound(&self) -> bool {
        self.within().is_none_or(|name| !name.is_empty() && name.chars().count() <= LONGEST)
    }

    /// Whether AWS can look for a part of a name. The others are listed, or not.
    pub fn can_be_searched(&self) -> bool {
        matches!(self, Self::Secrets | Self::Parameters | Self::LogGroups)
    }
}

/// One thing to choose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What the field holds when it is chosen.
    pub value: String,
    /// What it is called.
    pub name: String,
    /// What else helps to know it again; may be empty.
    pub about: String,
    /// The VPC that a subnet or a security group is in, by id.
    pub vpc: Option<String>,
    /// When it was made, pushed or changed, whichever AWS tells.
    pub at: Option<Timestamp>,
}

/// What can be chosen now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// In the order in which they are offered.
    pub items: Vec<Choice>,
    /// Whether there are more than these.
    pub more: bool,
    /// The right that the console lacks to list them, such as `iam:ListRoles`.
    pub missing_right: Option<String>,
    /// What else kept them from being listed, as a sentence.
    pub trouble: Option<String>,
    /// When they were asked for.
    pub as_of: Timestamp,
}

impl Choices {
    /// Why the list is not to be relied on, with what to do; `None` when it is.
    pub fn note(&self, noun: &str) -> Option<String> {
        let right = self.missing_right.as_ref().map(|right| {
            format!(
                "The console may not list {noun}: grant {right} to its role. Until then, type it."
            )
        });
        right.or_else(|| self.trouble.as_ref().map(|said| format!("{said} You can still type it.")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_says_why_it_is_none() {
        let right = Some("iam:ListRoles".to_owned());
        let denied = Choices { missing_right: right, ..Choices::default() };
        let note = denied.note("roles").unwrap();
        assert!(note.contains("may not list roles: grant iam:ListRoles"), "{note}");
        let trouble = Some("IAM can't be reached.".to_owned());
        let note = Choices { trouble, ..Choices::default() }.note("roles").unwrap();
        assert!(note.starts_with("IAM can't be reached. You can"), "{note}");
        assert_eq!(Choices::default().note("roles"), None);
    }

    #[test]
    fn what_has_no_name_is_not_asked_for() {
        for (kind, sound) in [
            (ChoiceKind::Roles, true),
            (ChoiceKind::Images(String::new()), false),
            (ChoiceKind::Images("shop/web".into()), true),
            (ChoiceKind::AccessPoints("x".repeat(LONGEST + 1)), false),
        ] {
            assert_eq!(kind.is_sound(), sound, "{kind:?}");
        }
    }
}
