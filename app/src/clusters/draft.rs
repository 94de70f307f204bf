//! What is typed to create a cluster, and its check.

use serde::{Deserialize, Serialize};

use super::model::{StrategyItem, Tag};
use super::strategy::{StrategyLine, check_strategy};
use super::tags::check_tags;
use crate::error::{AppError, FieldErrors};
use crate::names::{ClusterName, check_name};

/// Beginnings of names that AWS keeps for its own providers (R282).
const RESERVED: [&str; 3] = ["aws", "ecs", "fargate"];

/// What stands at the name when the account has a cluster of that name in the region.
pub const NAME_TAKEN: &str = "There is a cluster of that name already.";

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClusterDraft {
    /// The name.
    pub name: String,
    /// Whether tasks may run on FARGATE.
    pub fargate: bool,
    /// Whether tasks may run on FARGATE_SPOT.
    pub fargate_spot: bool,
    /// Other capacity providers, by name; empty rows too.
    pub providers: Vec<String>,
    /// The default strategy; empty for none.
    pub strategy: Vec<StrategyLine>,
    /// `disabled`, `enabled` or `enhanced`.
    pub insights: String,
    /// Key and value; empty rows too.
    pub tags: Vec<(String, String)>,
}

/// A cluster that can be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClusterRequest {
    /// Its name.
    pub name: ClusterName,
    /// Its capacity providers.
    pub providers: Vec<String>,
    /// Its default strategy; empty for none.
    pub strategy: Vec<StrategyItem>,
    /// `disabled`, `enabled` or `enhanced`.
    pub insights: String,
    /// Its tags.
    pub tags: Vec<Tag>,
}

impl ClusterDraft {
    /// The capacity providers that were chosen and named, in order.
    pub fn chosen_providers(&self) -> Vec<String> {
        let fargate = self.fargate.then(|| "FARGATE".to_owned());
        let spot = self.fargate_spot.then(|| "FARGATE_SPOT".to_owned());
        let named = self.providers.iter().map(|name| name.trim().to_owned());
        fargate.into_iter().chain(spot).chain(named.filter(|name| !name.is_empty())).collect()
    }

    /// The request, or what is wrong with it.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with a message at each field that does not hold.
    pub fn check(&self) -> Result<ClusterRequest, AppError> {
        let mut errors = FieldErrors::new();
        let name = errors.take("name", self.name.parse::<ClusterName>());
        for (at, typed) in self.providers.iter().enumerate() {
            if let Some(wrong) = self.wrong_provider(at, typed.trim()) {
                errors.add(format!("providers.{at}"), wrong);
            }
        }
        let providers = self.chosen_providers();
        let strategy = check_strategy(&self.strategy, Some(&providers), &mut errors);
        if !["disabled", "enabled", "enhanced"].contains(&self.insights.as_str()) {
            errors.add("insights", "Choose one of the three.");
        }
        let tags = check_tags(&self.tags, &mut errors);
        match name {
            Some(name) => errors.or(ClusterRequest {
                name,
                providers,
                strategy,
                insights: self.insights.clone(),
                tags,
            }),
            None => Err(AppError::Invalid(errors)),
        }
    }

    fn wrong_provider(&self, at: usize, name: &str) -> Option<String> {
        if name.is_empty() {
            return None;
        }
        if let Err(wrong) = check_name("capacity provider", name) {
            return Some(wrong);
        }
        let lower = name.to_lowercase();
        if let Some(start) = RESERVED.iter().find(|start| lower.starts_with(**start)) {
            return Some(format!("AWS keeps names that begin with {start} for itself."));
        }
        let earlier = self.providers.iter().take(at);
        earlier
            .map(|other| other.trim())
            .any(|other| other == name)
            .then(|| format!("{name} is in the list already."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> ClusterDraft {
        ClusterDraft {
            name: "production".into(),
            fargate: true,
            fargate_spot: true,
            insights: "disabled".into(),
            ..ClusterDraft::default()
        }
    }

    #[test]
    fn every_field_answers_for_itself() {
        type Change = fn(&mut ClusterDraft);
        let cases: [(Change, &str, &str); 8] = [
            (|d| d.name.clear(), "name", "Give the cluster a name."),
            (
                |d| d.name = "a b".into(),
                "name",
                "Use letters, digits, hyphens and underscores; a space is none of them.",
            ),
            (
                |d| d.providers = vec!["fargate-mine".into()],
                "providers.0",
                "AWS keeps names that begin with fargate for itself.",
            ),
            (
                |d| d.providers = vec!["gpu".into(), String::new(), "gpu ".into()],
                "providers.2",
                "gpu is in the list already.",
            ),
            (
                |d| d.providers = vec!["g/pu".into()],
                "providers.0",
                "Use letters, digits, hyphens and underscores; “/” is none of them.",
            ),
            (
                |d| {
                    d.strategy =
                        vec![StrategyLine { provider: "gpu".into(), ..StrategyLine::default() }];
                },
                "strategy.0.provider",
                "gpu is not a provider of the cluster.",
            ),
            (|d| d.insights = "loud".into(), "insights", "Choose one of the three."),
            (|d| d.tags = vec![(String::new(), "x".into())], "tags.0.key", "Give the tag a key."),
        ];
        for (change, at, said) in cases {
            let mut draft = draft();
            change(&mut draft);
            let errors = draft.check().unwrap_err().field_errors();
            assert_eq!(errors.at(at), Some(said));
            assert_eq!(errors.len(), 1, "{at}");
        }
    }

    #[test]
    fn what_holds_is_asked_for() {
        let mut draft = draft();
        draft.name = " production ".into();
        draft.providers = vec![String::new(), "gpu".into()];
        let request = draft.check().unwrap();
        assert_eq!(request.name.as_str(), "production");
        assert_eq!(request.providers, ["FARGATE", "FARGATE_SPOT", "gpu"]);
    }
}
