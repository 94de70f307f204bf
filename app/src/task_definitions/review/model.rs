//! What the review and the comparison are made of.

use serde::{Deserialize, Serialize};

use crate::names::{ClusterName, FamilyName, Revision, ServiceName};
use crate::task_definitions::diff::Changes;
use crate::task_definitions::document::Document;
use crate::task_definitions::model::Use;
use crate::timestamp::Timestamp;

/// What a new revision is held against.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ground {
    /// The revision that the form began from.
    pub base: Option<Compared>,
    /// The newest ACTIVE revision of the family that it will belong to.
    pub newest: Option<Compared>,
    /// Which revisions of that family are in use, the newest first.
    pub used: Vec<(Revision, Use)>,
}

/// A revision to compare with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// Which one.
    pub revision: Revision,
    /// Its document, with its tags; redacted for those who may not see values.
    pub document: Document,
    /// When it was registered.
    pub registered_at: Option<Timestamp>,
    /// Who registered it: a member, or an identity of AWS.
    pub registered_by: Option<String>,
}

impl Ground {
    /// What to begin with: the revision that the form began from, else the family's newest.
    pub fn first(&self) -> Option<&Compared> {
        self.base.as_ref().or(self.newest.as_ref())
    }

    /// The number of the family's newest revision; `None` when there is no such family.
    pub fn newest_number(&self) -> Option<u32> {
        self.newest.as_ref().map(|newest| newest.revision.number)
    }
}

/// Two revisions beside each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The old side.
    pub left: Compared,
    /// The new side.
    pub right: Compared,
    /// What the right one changes.
    pub changes: Changes,
    /// Whether values were taken out.
    pub redacted: bool,
}

/// A family with the numbers of its revisions, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FamilyRevisions {
    /// Its name.
    pub family: FamilyName,
    /// ACTIVE and INACTIVE ones.
    pub numbers: Vec<u32>,
}

/// What a revision changed against the one before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Since {
    /// The one before it.
    pub previous: Revision,
    /// The changes in a line.
    pub headline: String,
}

/// A service that could go on to a revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OlderService {
    /// Its cluster.
    pub cluster: ClusterName,
    /// Its name.
    pub name: ServiceName,
    /// The revision of the family that it shall run now.
    pub present: Revision,
    /// Why it can't be updated now.
    pub refusal: Option<String>,
}

/// `4 revisions apart`; nothing for revisions of two families.
pub fn apart(left: &Revision, right: &Revision) -> Option<String> {
    if left.family != right.family {
        return None;
    }
    Some(match (left.number.abs_diff(right.number), right.number < left.number) {
        (0, _) => "The same revision twice.".to_owned(),
        (1, false) => "The next revision.".to_owned(),
        (1, true) => "The revision before it.".to_owned(),
        (apart, false) => format!("{apart} revisions later."),
        (apart, true) => format!("{apart} revisions earlier."),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn revisions_know_how_far_apart_they_are() {
        for (left, right, said) in [
            ("web:3", "web:4", Some("The next revision.")),
            ("web:4", "web:3", Some("The revision before it.")),
            ("web:3", "web:7", Some("4 revisions later.")),
            ("web:7", "web:3", Some("4 revisions earlier.")),
            ("web:3", "web:3", Some("The same revision twice.")),
            ("web:3", "api:3", None),
        ] {
            let said = said.map(str::to_owned);
            assert_eq!(apart(&left.parse().unwrap(), &right.parse().unwrap()), said);
        }
    }
}
