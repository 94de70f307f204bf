//! What can be changed: each change has a verb, a subject and particulars for the audit log.

use crate::names::{ClusterName, FamilyName, Revision, ServiceName, TaskId};
use crate::team::model::Role;
use crate::weather::model::Weather;
use crate::words::tasks;

/// One intended change. It carries nothing secret: it is written to the audit log as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants and their members say what they are")]
pub enum Change {
    ClusterCreated { cluster: ClusterName },
    ClusterDeleted { cluster: ClusterName },
    TaskDefinitionRegistered { family: FamilyName },
    TaskDefinitionDeregistered { revision: Revision },
    TaskDefinitionsDeleted { family: FamilyName, numbers: Vec<u32> },
    TaskRun { cluster: ClusterName, revision: Revision, count: u32 },
    TaskStopped { cluster: ClusterName, task: TaskId, reason: String },
    ServiceCreated { cluster: ClusterName, service: ServiceName, revision: Revision, desired: u32 },
    ServiceScaled { cluster: ClusterName, service: ServiceName, from: u32, to: u32 },
    ServiceDeployed { cluster: ClusterName, service: ServiceName, revision: Revision },
    ServiceRestarted { cluster: ClusterName, service: ServiceName },
    ServiceDeleted { cluster: ClusterName, service: ServiceName },
    MemberAdded { email: String, role: Role },
    MemberRoleSet { email: String, role: Role },
    MemberDisabled { email: String },
    MemberEnabled { email: String },
    MemberInvited { email: String },
    StatusPageCreated { title: String },
    StatusPageChanged { title: String },
    StatusPageDeleted { title: String },
    DraftCreated { name: String },
    DraftHandedOver { name: String, owner: String },
    DraftDeleted { name: String, registered: Option<Revision> },
    DraftRestored { name: String },
    TemplateSaved { name: String },
    TemplateReplaced { name: String },
    TemplateDescribed { name: String, was: String },
    TemplateRemoved { name: String },
    TemplateDefaultSet { name: Option<String> },
    WeatherSet { weather: Weather },
}

/// What of ECS a change touches.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants say what they are")]
pub enum Touched {
    Cluster(ClusterName),
    Service(ClusterName, ServiceName),
    Tasks(ClusterName, Vec<TaskId>),
    Family(FamilyName),
}

impl Change {
    /// What is done, for machines and for the audit log's filter: `service.scaled`.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::ClusterCreated { .. } => "cluster.created",
            Self::ClusterDeleted { .. } => "cluster.deleted",
            Self::TaskDefinitionRegistered { .. } => "task-definition.registered",
            Self::TaskDefinitionDeregistered { .. } => "task-definition.deregistered",
            Self::TaskDefinitionsDeleted { .. } => "task-definition.deleted",
            Self::TaskRun { .. } => "task.run",
            Self::TaskStopped { .. } => "task.stopped",
            Self::ServiceCreated { .. } => "service.created",
            Self::ServiceScaled { .. } => "service.scaled",
            Self::ServiceDeployed { .. } => "service.deployed",
            Self::ServiceRestarted { .. } => "service.restarted",
            Self::ServiceDeleted { .. } => "service.deleted",
            Self::MemberAdded { .. } => "member.added",
            Self::MemberRoleSet { .. } => "member.role-set",
            Self::MemberDisabled { .. } => "member.disabled",
            Self::MemberEnabled { .. } => "member.enabled",
            Self::MemberInvited { .. } => "member.invited",
            Self::StatusPageCreated { .. } => "status-page.created",
            Self::StatusPageChanged { .. } => "status-page.changed",
            Self::StatusPageDeleted { .. } => "status-page.deleted",
            Self::DraftCreated { .. } => "draft.created",
            Self::DraftHandedOver { .. } => "draft.handed-over",
            Self::DraftDeleted { .. } => "draft.deleted",
            Self::DraftRestored { .. } => "draft.restored",
            Self::TemplateSaved { .. } => "template.saved",
            Self::TemplateReplaced { .. } => "template.replaced",
            Self::TemplateDescribed { .. } => "template.described",
            Self::TemplateRemoved { .. } => "template.removed",
            Self::TemplateDefaultSet { .. } => "template.default-set",
            Self::WeatherSet { .. } => "weather.set",
        }
    }

    /// What it is done to: `production/checkout-api`.
    pub fn subject(&self) -> String {
        match self {
            Self::ClusterCreated { cluster } | Self::ClusterDeleted { cluster } => {
                cluster.to_string()
            }
            Self::TaskDefinitionRegistered { family }
            | Self::TaskDefinitionsDeleted { family, .. } => family.to_string(),
            Self::TaskDefinitionDeregistered { revision } => revision.to_string(),
            Self::TaskRun { cluster, revision, .. } => format!("{cluster}/{revision}"),
            Self::TaskStopped { cluster, task, .. } => format!("{cluster}/{task}"),
            Self::ServiceCreated { cluster, service, .. }
            | Self::ServiceScaled { cluster, service, .. }
            | Self::ServiceDeployed { cluster, service, .. }
            | Self::ServiceRestarted { cluster, service }
            | Self::ServiceDeleted { cluster, service } => format!("{cluster}/{service}"),
            Self::MemberAdded { email, .. }
            | Self::MemberRoleSet { email, .. }
            | Self::MemberDisabled { email }
            | Self::MemberEnabled { email }
            | Self::MemberInvited { email } => email.clone(),
            Self::StatusPageCreated { title }
            | Self::StatusPageChanged { title }
            | Self::StatusPageDeleted { title } => title.clone(),
            Self::DraftCreated { name }
            | Self::DraftHandedOver { name, .. }
            | Self::DraftDeleted { name, .. }
            | Self::DraftRestored { name }
            | Self::TemplateSaved { name }
            | Self::TemplateReplaced { name }
            | Self::TemplateDescribed { name, .. }
            | Self::TemplateRemoved { name } => name.clone(),
            Self::TemplateDefaultSet { name } => name.clone().unwrap_or_else(|| "none".to_owned()),
            Self::WeatherSet { .. } => "sandbox".to_owned(),
        }
    }

    /// Particulars, in words; empty when verb and subject say it all.
    pub fn detail(&self) -> String {
        match self {
            Self::TaskDefinitionsDeleted { numbers, .. } => {
                numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
            }
            Self::TaskRun { count, .. } => tasks(*count),
            Self::TaskStopped { reason, .. } => reason.clone(),
            Self::ServiceCreated { revision, desired, .. } => {
                format!("{revision}, {}", tasks(*desired))
            }
            Self::ServiceScaled { from, to, .. } => format!("{from} → {}", tasks(*to)),
            Self::ServiceDeployed { revision, .. } => revision.to_string(),
            Self::MemberAdded { role, .. } | Self::MemberRoleSet { role, .. } => {
                role.label().to_owned()
            }
            Self::DraftHandedOver { owner, .. } => format!("from {owner}"),
            Self::TemplateDescribed { name, was } if name != was => format!("was {was}"),
            Self::DraftDeleted { registered: Some(revision), .. } => {
                format!("registered as {revision}")
            }
            Self::WeatherSet { weather } => weather.said(),
            _ => String::new(),
        }
    }

    /// What of ECS it touches, with the `tasks` that came out of it; `None` when it is not about ECS.
    pub fn touched(&self, started: &[TaskId]) -> Option<Touched> {
        match self {
            Self::ClusterCreated { cluster } | Self::ClusterDeleted { cluster } => {
                Some(Touched::Cluster(cluster.clone()))
            }
            Self::TaskDefinitionRegistered { family }
            | Self::TaskDefinitionsDeleted { family, .. } => Some(Touched::Family(family.clone())),
            Self::TaskDefinitionDeregistered { revision } => {
                Some(Touched::Family(revision.family.clone()))
            }
            Self::TaskRun { cluster, .. } => {
                (!started.is_empty()).then(|| Touched::Tasks(cluster.clone(), started.to_vec()))
            }
            Self::TaskStopped { cluster, task, .. } => {
                Some(Touched::Tasks(cluster.clone(), vec![task.clone()]))
            }
            Self::ServiceCreated { cluster, service, .. }
            | Self::ServiceScaled { cluster, service, .. }
            | Self::ServiceDeployed { cluster, service, .. }
            | Self::ServiceRestarted { cluster, service }
            | Self::ServiceDeleted { cluster, service } => {
                Some(Touched::Service(cluster.clone(), service.clone()))
            }
            Self::MemberAdded { .. }
            | Self::MemberRoleSet { .. }
            | Self::MemberDisabled { .. }
            | Self::MemberEnabled { .. }
            | Self::MemberInvited { .. }
            | Self::StatusPageCreated { .. }
            | Self::StatusPageChanged { .. }
            | Self::StatusPageDeleted { .. }
            | Self::DraftCreated { .. }
            | Self::DraftHandedOver { .. }
            | Self::DraftDeleted { .. }
            | Self::DraftRestored { .. }
            | Self::TemplateSaved { .. }
            | Self::TemplateReplaced { .. }
            | Self::TemplateDescribed { .. }
            | Self::TemplateRemoved { .. }
            | Self::TemplateDefaultSet { .. }
            | Self::WeatherSet { .. } => None,
        }
    }

    /// Whether a refusal may quote what was sent, and that may hold secrets.
    pub fn is_quoted_when_refused(&self) -> bool {
        matches!(self, Self::TaskDefinitionRegistered { .. })
    }

    /// Whether ECS takes our token for it, so that sending it once more after a lost answer can't
    /// do it twice (ClientToken of RunTask and CreateService).
    pub fn is_safe_to_resend(&self) -> bool {
        matches!(self, Self::TaskRun { .. } | Self::ServiceCreated { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particulars_read_as_words() {
        let (cluster, service) = (|| "c".parse().unwrap(), || "s".parse().unwrap());
        let revision = || "web:7".parse().unwrap();
        let created = |desired| Change::ServiceCreated {
            cluster: cluster(),
            service: service(),
            revision: revision(),
            desired,
        };
        let scaled =
            |from, to| Change::ServiceScaled { cluster: cluster(), service: service(), from, to };
        for (change, said) in [
            (created(1), "web:7, 1 task"),
            (created(2), "web:7, 2 tasks"),
            (scaled(2, 1), "2 → 1 task"),
            (scaled(1, 0), "1 → 0 tasks"),
            (Change::TaskRun { cluster: cluster(), revision: revision(), count: 1 }, "1 task"),
            (Change::TaskRun { cluster: cluster(), revision: revision(), count: 3 }, "3 tasks"),
        ] {
            assert_eq!(change.detail(), said);
        }
    }
}
