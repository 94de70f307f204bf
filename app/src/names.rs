//! Names that are parsed once, at the edge, and trusted afterwards.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use berth_definition::names::{NAME_MAX, check_name};

macro_rules! name {
    ($(#[$doc:meta])* $type:ident, $noun:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $type(String);

        impl $type {
            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl FromStr for $type {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, String> {
                check_name($noun, text).map(Self)
            }
        }
        impl TryFrom<String> for $type {
            type Error = String;
            fn try_from(text: String) -> Result<Self, String> {
                text.parse()
            }
        }
        impl From<$type> for String {
            fn from(name: $type) -> String {
                name.0
            }
        }
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name!(
    /// The name of a cluster, unique in its account and region.
    ClusterName,
    "cluster"
);
name!(
    /// The name of a service, unique in its cluster.
    ServiceName,
    "service"
);
name!(
    /// The name of a task definition family.
    FamilyName,
    "family"
);

/// The id of a task: the last part of its ARN, 32 hexadecimal digits today.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TaskId(String);

impl TaskId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first eight characters: enough to tell tasks apart by eye.
    pub fn short(&self) -> &str {
        self.0.get(..8).unwrap_or(&self.0)
    }
}

impl FromStr for TaskId {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let fits = !text.is_empty()
            && text.len() <= 64
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if fits { Ok(Self(text.to_owned())) } else { Err("That is no task id.".to_owned()) }
    }
}
impl TryFrom<String> for TaskId {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}
impl From<TaskId> for String {
    fn from(id: TaskId) -> String {
        id.0
    }
}
impl fmt::Display for TaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One revision of a task definition: `family:revision`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Revision {
    /// The family it belongs to.
    pub family: FamilyName,
    /// Counts from 1.
    pub number: u32,
}

impl FromStr for Revision {
    type Err = String;
    /// Reads `family:revision`, or the ARN that ends in it.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "A revision is written family:number, as in web:12.".to_owned();
        let last = text.rsplit('/').next().unwrap_or(text);
        let (family, number) = last.rsplit_once(':').ok_or_else(wrong)?;
        let number = number.parse().ok().filter(|n| *n > 0).ok_or_else(wrong)?;
        Ok(Self { family: family.parse()?, number })
    }
}
impl TryFrom<String> for Revision {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}
impl From<Revision> for String {
    fn from(revision: Revision) -> String {
        revision.to_string()
    }
}
impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.family, self.number)
    }
}

/// The id of a draft: 128 bits of chance, as 32 hexadecimal digits. Who knows it can open the draft,
/// if the member's role allows to edit.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DraftId(u128);

impl DraftId {
    /// An id from 128 bits of chance.
    pub fn from_bits(bits: u128) -> Self {
        Self(bits)
    }

    /// The bits.
    pub fn bits(&self) -> u128 {
        self.0
    }
}
impl FromStr for DraftId {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let fits = text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit());
        let bits = u128::from_str_radix(text, 16).ok().filter(|_| fits);
        bits.map(Self).ok_or_else(|| "There is no such draft.".to_owned())
    }
}
impl TryFrom<String> for DraftId {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}
impl From<DraftId> for String {
    fn from(id: DraftId) -> String {
        id.to_string()
    }
}
impl fmt::Display for DraftId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// The mark of one intended change: made once per opened form, so that the same form sent twice
/// changes things once. 32 hexadecimal digits, which fits every client token of ECS (at most 36).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RequestToken(String);

impl RequestToken {
    /// A token from 128 bits of chance.
    pub fn from_bits(bits: u128) -> Self {
        Self(format!("{bits:032x}"))
    }

    /// The token as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The token of the same form with this content: sent again with another content it is another
    /// change, for an earlier answer says nothing of it.
    #[cfg(feature = "ssr")]
    pub fn of_content(&self, content: &str) -> Self {
        use sha2::{Digest, Sha256};
        let digest = Sha256::new_with_prefix(&self.0).chain_update(content).finalize();
        Self(digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect())
    }
}
impl TryFrom<String> for RequestToken {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let fits = text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit());
        if fits { Ok(Self(text)) } else { Err("The form's token is damaged; reload it.".into()) }
    }
}
impl From<RequestToken> for String {
    fn from(token: RequestToken) -> String {
        token.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_ecs_takes() {
        for (text, answer) in [
            ("production", Ok("production")),
            (" batch_2-eu ", Ok("batch_2-eu")),
            ("", Err("Give the cluster a name.")),
            ("a b", Err("Use letters, digits, hyphens and underscores; a space is none of them.")),
            ("a/b", Err("Use letters, digits, hyphens and underscores; “/” is none of them.")),
        ] {
            let parsed = text.parse::<ClusterName>();
            assert_eq!(parsed.as_ref().map(ClusterName::as_str).map_err(String::as_str), answer);
        }
        assert!("x".repeat(255).parse::<ClusterName>().is_ok());
        assert_eq!(
            "x".repeat(256).parse::<ClusterName>().unwrap_err(),
            "At most 255 characters; this has 256."
        );
    }

    #[test]
    fn revisions_are_read_from_names_and_arns() {
        for text in ["web:12", "arn:aws:ecs:eu-central-1:123456789012:task-definition/web:12"] {
            assert_eq!(text.parse::<Revision>().unwrap().to_string(), "web:12");
        }
        for text in ["web", "web:", "web:0", "web:x", ":1", "we b:1"] {
            assert!(text.parse::<Revision>().is_err(), "{text}");
        }
    }

    #[test]
    fn ids_of_drafts_come_back_as_they_were() {
        for bits in [0, 7, u128::MAX] {
            let id = DraftId::from_bits(bits);
            assert_eq!(id.to_string().len(), 32);
            assert_eq!(id.to_string().parse(), Ok(id));
        }
        for text in
            ["", "7", "+0000000000000000000000000000007", "../../../../../../etc/passwd0000"]
        {
            assert!(text.parse::<DraftId>().is_err(), "{text}");
        }
    }

    #[test]
    fn tokens_are_32_hexadecimal_digits() {
        let token = RequestToken::from_bits(0xabc);
        assert_eq!(token.as_str().len(), 32);
        assert!(RequestToken::try_from("abc".to_owned()).is_err());
        assert!(RequestToken::try_from("../../../../../../etc/passwd0000".to_owned()).is_err());
    }
}
