//! [test] What there is to choose, and a launch that holds.

use super::choices::{ClusterChoice, FamilyChoice, LaunchChoices, RevisionNeeds};
use super::draft::LaunchDraft;
use crate::error::FieldErrors;

/// The cluster `production` with Fargate, and the family `web`.
pub fn choices() -> LaunchChoices {
    LaunchChoices {
        clusters: vec![ClusterChoice {
            name: "production".parse().unwrap(),
            providers: vec!["FARGATE".into(), "FARGATE_SPOT".into()],
            instances: 0,
            default_words: String::new(),
        }],
        families: vec![FamilyChoice { name: "web".parse().unwrap(), active: vec![9, 7] }],
        networks: Vec::new(),
    }
}

/// What `web:9` needs, with that network mode.
pub fn needs(network_mode: &str) -> RevisionNeeds {
    RevisionNeeds {
        revision: "web:9".parse().unwrap(),
        network_mode: network_mode.into(),
        compatibilities: vec!["EC2".into(), "FARGATE".into()],
    }
}

/// The subnet of [`draft`].
pub const SUBNET: &str = "subnet-0a1b2c3d";

/// `web:9` on Fargate, in a subnet.
pub fn draft() -> LaunchDraft {
    LaunchDraft {
        cluster: "production".into(),
        family: "web".into(),
        revision: "latest".into(),
        compute: "FARGATE".into(),
        subnets: vec![SUBNET.into(), String::new()],
        ..LaunchDraft::default()
    }
}

/// What is typed wrong, where that is said, and how.
pub type Case = (fn(&mut LaunchDraft), &'static str, &'static str);

/// Fails unless each change of the draft is answered by its message alone.
pub fn each_answers(cases: &[Case], network_mode: &str) {
    for (change, at, said) in cases {
        let mut draft = draft();
        change(&mut draft);
        let mut errors = FieldErrors::new();
        draft.check(&choices(), Some(&needs(network_mode)), &mut errors);
        assert_eq!(errors.at(at), Some(*said), "{errors:?}");
        assert_eq!(errors.len(), 1, "{errors:?}");
    }
}
