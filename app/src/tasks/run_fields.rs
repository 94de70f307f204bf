//! What is typed into the form to run tasks, field by field.

use leptos::prelude::*;

use super::run_draft::RunDraft;
use crate::clusters::StrategyState;
use crate::launch::choices::{LATEST, LaunchChoices, RevisionNeeds};
use crate::launch::draft::LaunchDraft;

/// The fields; copy it into the parts of the form.
#[derive(Clone, Copy)]
pub struct Fields {
    /// What there is to choose.
    pub choices: StoredValue<LaunchChoices>,
    /// What the chosen revision asks for, once ECS has told.
    pub needs: RwSignal<Option<RevisionNeeds>>,
    pub cluster: RwSignal<String>,
    pub family: RwSignal<String>,
    pub revision: RwSignal<String>,
    pub count: RwSignal<String>,
    pub compute: RwSignal<String>,
    pub strategy: StrategyState,
    pub subnets: RwSignal<Vec<String>>,
    pub security_groups: RwSignal<Vec<String>>,
    pub public_ip: RwSignal<bool>,
    pub group: RwSignal<String>,
    pub tags: RwSignal<Vec<(String, String)>>,
}

impl Fields {
    /// The form as it opens, begun with a cluster and a revision where the address names them.
    pub fn new(choices: LaunchChoices, cluster: String, revision: &str) -> Self {
        let (family, number) = revision.split_once(':').unwrap_or((revision, LATEST));
        let text = |text: &str| RwSignal::new(text.to_owned());
        // With one cluster there is nothing to choose.
        let cluster = match choices.clusters.as_slice() {
            [only] if cluster.is_empty() => only.name.to_string(),
            _ => cluster,
        };
        Self {
            choices: StoredValue::new(choices),
            needs: RwSignal::new(None),
            cluster: RwSignal::new(cluster),
            family: text(family),
            revision: text(number),
            count: text("1"),
            compute: text("default"),
            strategy: StrategyState::default(),
            subnets: RwSignal::new(vec![String::new()]),
            security_groups: RwSignal::default(),
            public_ip: RwSignal::new(false),
            group: RwSignal::default(),
            tags: RwSignal::default(),
        }
    }

    /// What is typed. Fields that are out of sight don't count.
    pub fn draft(self) -> RunDraft {
        let networked =
            self.needs.with(|needs| needs.as_ref().is_none_or(RevisionNeeds::needs_network));
        let kept = |rows: RwSignal<Vec<String>>| if networked { rows.get() } else { Vec::new() };
        let by_strategy = self.compute.get() == "strategy";
        RunDraft {
            launch: LaunchDraft {
                cluster: self.cluster.get(),
                family: self.family.get(),
                revision: self.revision.get(),
                compute: self.compute.get(),
                strategy: if by_strategy { self.strategy.lines() } else { Vec::new() },
                subnets: kept(self.subnets),
                security_groups: kept(self.security_groups),
                public_ip: networked && self.public_ip.get(),
            },
            count: self.count.get(),
            group: self.group.get(),
            tags: self.tags.get(),
        }
    }
}
