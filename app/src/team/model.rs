//! Who may use the console, and for what.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::listing::Row;
use crate::timestamp::Timestamp;

/// What a member may do; each role may do all that the one before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Sees everything but the values of environment variables.
    Viewer,
    /// Also changes what runs: clusters, task definitions, tasks, services.
    Operator,
    /// Also manages members and status pages, and reads the audit log.
    Administrator,
}

impl Role {
    /// Every role, the least first.
    pub const ALL: [Self; 3] = [Self::Viewer, Self::Operator, Self::Administrator];

    /// As stored and sent: `viewer`, `operator`, `administrator`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Operator => "operator",
            Self::Administrator => "administrator",
        }
    }

    /// As read by people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Viewer => "Viewer",
            Self::Operator => "Operator",
            Self::Administrator => "Administrator",
        }
    }

    /// What the role allows, in a sentence.
    pub fn says(self) -> &'static str {
        match self {
            Self::Viewer => "Sees clusters, services and tasks. Changes nothing.",
            Self::Operator => "Also launches, deploys, scales and stops.",
            Self::Administrator => {
                "Also manages members and status pages, and reads the audit log."
            }
        }
    }
}

impl FromStr for Role {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or_else(|| "Choose a role.".to_owned())
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A member of the team. Passwords and their hashes stay in the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Given by the store.
    pub id: i64,
    /// Signs in with it; unique, lower case.
    pub email: String,
    /// As others see the member.
    pub name: String,
    /// What the member may do.
    pub role: Role,
    /// A disabled member can't sign in, and all sessions have ended.
    pub disabled: bool,
    /// Whether a password has been set; without one the member waits for the invitation link.
    pub has_password: bool,
    /// When the member was added.
    pub created_at: Timestamp,
    /// The last sign-in.
    pub signed_in_at: Option<Timestamp>,
}

/// Whom a one-time link is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Invited {
    /// The first administrator, who gives name and email too.
    FirstAdministrator,
    /// A member who was added and only sets a password.
    Member {
        /// The member's name.
        name: String,
        /// The member's email.
        email: String,
    },
}

/// A link that works once. It is shown once: the store keeps only its hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OneTimeLink {
    /// The whole address.
    pub url: String,
    /// From then on it does not work.
    pub expires_at: Timestamp,
}

/// Why one's own membership can't be disabled.
pub const NOT_ONESELF: &str = "You can't disable yourself. Another administrator can.";

/// A member on the members page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberRow {
    /// The member's id as text.
    pub key: String,
    /// The member.
    pub member: Member,
    /// Whether it is who asks.
    pub is_me: bool,
    /// Whether nobody else could manage the team.
    pub is_last_administrator: bool,
}

impl Row for MemberRow {
    fn key(&self) -> &str {
        &self.key
    }
}

/// How a membership stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MemberState {
    /// Can sign in.
    Active,
    /// Has not set a password yet.
    Invited,
    /// Can't sign in.
    Disabled,
}

impl MemberState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Active, Self::Invited, Self::Disabled];

    /// As it stands in an address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Invited => "invited",
            Self::Disabled => "disabled",
        }
    }

    /// As read by people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Invited => "Invited",
            Self::Disabled => "Disabled",
        }
    }
}

impl MemberRow {
    /// How the membership stands.
    pub fn state(&self) -> MemberState {
        match &self.member {
            member if member.disabled => MemberState::Disabled,
            member if !member.has_password => MemberState::Invited,
            _ => MemberState::Active,
        }
    }

    /// Why the role can't be changed; `None` when it can.
    pub fn why_role_stays(&self) -> Option<&'static str> {
        self.is_last_administrator.then_some(
            "This is the last enabled administrator. Make another member administrator first.",
        )
    }

    /// Why the member can't be disabled; `None` when it can.
    pub fn why_not_disabled(&self) -> Option<&'static str> {
        self.why_role_stays().or_else(|| self.is_me.then_some(NOT_ONESELF))
    }

    /// Why there can be no new link; `None` when there can.
    pub fn why_no_link(&self) -> Option<&'static str> {
        self.member.disabled.then_some("Enable the member first.")
    }
}
