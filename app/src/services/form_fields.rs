//! What is typed into the form for a service, field by field.

use leptos::prelude::*;

use super::draft::ServiceDraft;
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
    pub name: RwSignal<String>,
    pub scheduling: RwSignal<String>,
    pub desired: RwSignal<String>,
    pub compute: RwSignal<String>,
    pub strategy: StrategyState,
    pub subnets: RwSignal<Vec<String>>,
    pub security_groups: RwSignal<Vec<String>>,
    pub public_ip: RwSignal<bool>,
    pub minimum: RwSignal<String>,
    pub maximum: RwSignal<String>,
    pub breaker: RwSignal<bool>,
    pub rollback: RwSignal<bool>,
    pub execute_command: RwSignal<bool>,
    pub tags: RwSignal<Vec<(String, String)>>,
}

impl Fields {
    /// The form as it opens, begun with a cluster and a revision where the address names them.
    pub fn new(choices: LaunchChoices, cluster: String, revision: &str) -> Self {
        let (family, number) = revision.split_once(':').unwrap_or((revision, LATEST));
        let text = |text: &str| RwSignal::new(text.to_owned());
        Self {
            choices: StoredValue::new(choices),
            needs: RwSignal::new(None),
            cluster: RwSignal::new(cluster),
            family: text(family),
            revision: text(number),
            name: text(family),
            scheduling: text("REPLICA"),
            desired: text("1"),
            compute: text("default"),
            strategy: StrategyState::default(),
            subnets: RwSignal::new(vec![String::new()]),
            security_groups: RwSignal::default(),
            public_ip: RwSignal::new(false),
            minimum: text("100"),
            maximum: text("200"),
            breaker: RwSignal::new(true),
            rollback: RwSignal::new(true),
            execute_command: RwSignal::new(false),
            tags: RwSignal::default(),
        }
    }

    /// Whether the chosen revision has a network of its own; `None` until it is known.
    pub fn needs_network(self) -> Option<bool> {
        self.needs.with(|needs| needs.as_ref().map(RevisionNeeds::needs_network))
    }

    /// What is typed. Fields that are out of sight don't count.
    pub fn draft(self) -> ServiceDraft {
        let networked = self.needs_network() != Some(false);
        let by_strategy = self.compute.get() == "strategy";
        ServiceDraft {
            launch: LaunchDraft {
                cluster: self.cluster.get(),
                family: self.family.get(),
                revision: self.revision.get(),
                compute: self.compute.get(),
                strategy: if by_strategy { self.strategy.lines() } else { Vec::new() },
                subnets: kept(networked, self.subnets),
                security_groups: kept(networked, self.security_groups),
                public_ip: networked && self.public_ip.get(),
            },
            name: self.name.get(),
            scheduling: self.scheduling.get(),
            desired: self.desired.get(),
            minimum: self.minimum.get(),
            maximum: self.maximum.get(),
            breaker: self.breaker.get(),
            rollback: self.rollback.get(),
            execute_command: self.execute_command.get(),
            tags: self.tags.get(),
        }
    }
}

fn kept(counts: bool, rows: RwSignal<Vec<String>>) -> Vec<String> {
    if counts { rows.get() } else { Vec::new() }
}
