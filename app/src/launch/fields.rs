//! What is typed to launch tasks, field by field.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::read_revision_needs;
use super::choices::{LATEST, LaunchChoices, RevisionNeeds};
use super::draft::LaunchDraft;
use crate::clusters::StrategyState;

/// The fields; copy it into the parts of the form.
#[derive(Clone, Copy)]
#[expect(missing_docs, reason = "the members of LaunchDraft, by their names")]
pub struct LaunchFields {
    /// What there is to choose.
    pub choices: StoredValue<LaunchChoices>,
    /// What the chosen revision asks for, once ECS has told.
    pub needs: RwSignal<Option<RevisionNeeds>>,
    pub cluster: RwSignal<String>,
    pub family: RwSignal<String>,
    pub revision: RwSignal<String>,
    pub compute: RwSignal<String>,
    pub strategy: StrategyState,
    pub subnets: RwSignal<Vec<String>>,
    pub security_groups: RwSignal<Vec<String>>,
    pub public_ip: RwSignal<bool>,
}

impl LaunchFields {
    /// The form as it opens, begun with the address's `?cluster=` and `?revision=`. It asks what
    /// the chosen revision needs, each time another is chosen.
    pub fn new(choices: LaunchChoices) -> Self {
        let query = use_query_map().get_untracked();
        let begun = |name: &str| query.get(name).unwrap_or_default();
        let (cluster, revision) = (begun("cluster"), begun("revision"));
        let (family, number) = revision.split_once(':').unwrap_or((revision.as_str(), LATEST));
        // With one cluster there is nothing to choose.
        let cluster = match choices.clusters.as_slice() {
            [only] if cluster.is_empty() => only.name.to_string(),
            _ => cluster,
        };
        let fields = Self {
            choices: StoredValue::new(choices),
            needs: RwSignal::new(None),
            cluster: RwSignal::new(cluster),
            family: RwSignal::new(family.to_owned()),
            revision: RwSignal::new(number.to_owned()),
            compute: RwSignal::new("default".to_owned()),
            strategy: StrategyState::default(),
            subnets: RwSignal::new(vec![String::new()]),
            security_groups: RwSignal::default(),
            public_ip: RwSignal::new(false),
        };
        fields.follow_revision();
        fields
    }

    /// What is typed. Fields that are out of sight don't count.
    pub fn draft(self) -> LaunchDraft {
        let mut draft = self.typed();
        if !self.needs.with(|needs| needs.as_ref().is_none_or(RevisionNeeds::needs_network)) {
            draft.subnets.clear();
            draft.security_groups.clear();
            draft.public_ip = false;
        }
        if draft.compute != "strategy" {
            draft.strategy.clear();
        }
        draft
    }

    /// All that is typed.
    pub fn typed(self) -> LaunchDraft {
        LaunchDraft {
            cluster: self.cluster.get(),
            family: self.family.get(),
            revision: self.revision.get(),
            compute: self.compute.get(),
            strategy: self.strategy.lines(),
            subnets: self.subnets.get(),
            security_groups: self.security_groups.get(),
            public_ip: self.public_ip.get(),
        }
    }

    /// Hands what is known of the choices and of the chosen revision to a draft's check.
    pub fn check<T>(self, check: impl FnOnce(&LaunchChoices, Option<&RevisionNeeds>) -> T) -> T {
        self.needs.with_untracked(|needs| {
            self.choices.with_value(|choices| check(choices, needs.as_ref()))
        })
    }

    fn follow_revision(self) {
        let chosen = Memo::new(move |_| {
            let (family, number) = (self.family.get(), self.revision.get());
            self.choices.with_value(|choices| choices.revision(&family, &number))
        });
        Effect::new(move |_| {
            self.needs.set(None);
            let Some(revision) = chosen.get() else { return };
            leptos::task::spawn_local(async move {
                // Without an answer the form asks for the network too; the server decides.
                let Ok(needs) = read_revision_needs(revision.clone()).await else { return };
                if chosen.try_get_untracked().flatten() == Some(revision) {
                    self.needs.try_set(Some(needs));
                }
            });
        });
    }
}
