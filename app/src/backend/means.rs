//! What the server lends to the pages: traits that it implements.

use std::sync::Arc;

use async_trait::async_trait;
use serde_json::Value;

use super::{Change, Registering, TemplateChanges, Touched};
use crate::audit::model::{AuditEntry, Outcome};
use crate::clusters::model::{StrategyItem, Tag};
use crate::error::AppError;
use crate::launch::model::Launch;
use crate::listing::{ListQuery, Listing};
use crate::live::Topic;
use crate::names::{ClusterName, DraftId, RequestToken, Revision, ServiceName, TaskId};
use crate::reading::{Fresh, Health, Reading, Soon};
use crate::services::model::CircuitBreaker;
use crate::status::model::{ListedService, StatusPage};
use crate::task_definitions::drafts::model::{Draft, DraftRow, Glance, Made, Saved, family_in};
use crate::task_definitions::model::{DeletedRevisions, TaskDefinition};
use crate::team::model::{Invited, Member, OneTimeLink, Role};
use crate::weather::model::Weather;

/// The picture of ECS that everybody shares. Nothing here causes a call to AWS, but
/// [`Readings::look_at`].
#[async_trait]
pub trait Readings: Send + Sync {
    /// The present picture.
    fn now(&self) -> Fresh<Arc<Reading>>;
    /// What a topic shows of the present picture; [`AppError::NotFound`] when there is no such thing.
    fn fresh(&self, topic: &Topic) -> Result<Fresh<Value>, AppError>;
    /// Looks at what a change has touched, for everybody, and lets the rest be read soon; returns
    /// when the picture holds it, or after 3 s.
    async fn look_at(&self, touched: Touched);
    /// How fresh the picture is.
    fn health(&self) -> Health;
}

/// The reading half of ECS that no picture holds.
#[async_trait]
pub trait Ecs: Send + Sync {
    /// One revision, whole (ecs:DescribeTaskDefinition); kept, since revisions never change. It goes
    /// ahead of the console's other reads: a function that a viewer may call asks
    /// [`Ecs::task_definition_soon`].
    async fn task_definition(&self, revision: &Revision) -> Result<Arc<TaskDefinition>, AppError>;
    /// The same, for pages that every member opens: what is not known is read once for everybody, at
    /// the console's own pace and never faster, however many are asked for. Waits a second at most;
    /// the reading goes on, whether anybody waits or not.
    async fn task_definition_soon(
        &self,
        revision: &Revision,
    ) -> Result<Soon<Arc<TaskDefinition>>, AppError>;
    /// What the console talks to.
    fn account(&self) -> Account;
}

/// What the console talks to, for the frame.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Account {
    /// Whether it is the embedded sandbox: nothing touches AWS.
    pub sandbox: bool,
    /// The account number, once known.
    pub id: Option<String>,
    /// The region.
    pub region: Option<String>,
    /// The identity the console acts as (an ARN), once known.
    pub identity: Option<String>,
    /// The endpoint, when it is neither AWS nor the sandbox.
    pub endpoint: Option<String>,
}

/// A cluster to create.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the members of CreateCluster, by their names")]
pub struct NewCluster {
    pub name: String,
    pub capacity_providers: Vec<String>,
    pub default_strategy: Vec<StrategyItem>,
    pub container_insights: String,
    pub tags: Vec<Tag>,
}

/// Tasks to run.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the members of RunTask, by their names")]
pub struct NewTasks {
    pub launch: Launch,
    pub count: u32,
    pub group: Option<String>,
    pub started_by: String,
    pub tags: Vec<Tag>,
    pub client_token: RequestToken,
}

/// What RunTask answered: some may have started although others could not.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Launched {
    /// The tasks that were accepted.
    pub tasks: Vec<TaskId>,
    /// Why the others were not, in AWS's words.
    pub failures: Vec<String>,
}

/// A service to create.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the members of CreateService, by their names")]
pub struct NewService {
    pub launch: Launch,
    pub name: ServiceName,
    pub desired: u32,
    pub daemon: bool,
    pub minimum_healthy_percent: Option<u32>,
    pub maximum_percent: Option<u32>,
    pub circuit_breaker: Option<CircuitBreaker>,
    pub execute_command: bool,
    pub tags: Vec<Tag>,
    pub client_token: RequestToken,
}

/// What to change of a service; what is `None` is not sent, so it stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the members of UpdateService, by their names")]
pub struct ServiceUpdate {
    pub cluster: ClusterName,
    pub name: ServiceName,
    pub desired: Option<u32>,
    pub revision: Option<Revision>,
    pub force_new_deployment: bool,
}

/// The changing half of ECS.
#[async_trait]
pub trait EcsChanges: Send + Sync {
    /// Creates a cluster (ecs:DescribeClusters, ecs:CreateCluster, ecs:TagResource). ECS takes the
    /// name of one that is there and answers as if it had made it; here that is an error at `name`.
    async fn create_cluster(&self, new: NewCluster) -> Result<(), AppError>;
    /// Deletes a cluster (ecs:DeleteCluster); ECS refuses while anything is in it.
    async fn delete_cluster(&self, name: ClusterName) -> Result<(), AppError>;
    /// Registers a document as the family's next revision (ecs:RegisterTaskDefinition, iam:PassRole).
    async fn register_task_definition(&self, document: Value) -> Result<Revision, AppError>;
    /// Makes a revision INACTIVE (ecs:DeregisterTaskDefinition).
    async fn deregister_task_definition(&self, revision: Revision) -> Result<(), AppError>;
    /// Deletes INACTIVE revisions (ecs:DeleteTaskDefinitions). ECS answers for each of them.
    async fn delete_task_definitions(
        &self,
        revisions: Vec<Revision>,
    ) -> Result<DeletedRevisions, AppError>;
    /// Runs tasks (ecs:RunTask, iam:PassRole); more than 10 go in several calls.
    async fn run_tasks(&self, new: NewTasks) -> Result<Launched, AppError>;
    /// Stops a task (ecs:StopTask).
    async fn stop_task(
        &self,
        cluster: ClusterName,
        task: TaskId,
        reason: String,
    ) -> Result<(), AppError>;
    /// Creates a service (ecs:CreateService, iam:PassRole).
    async fn create_service(&self, new: NewService) -> Result<(), AppError>;
    /// Changes a service (ecs:UpdateService).
    async fn update_service(&self, update: ServiceUpdate) -> Result<(), AppError>;
    /// Deletes a service and, with `force`, its tasks (ecs:DeleteService).
    async fn delete_service(
        &self,
        cluster: ClusterName,
        name: ServiceName,
        force: bool,
    ) -> Result<(), AppError>;
}

/// Who is in the team.
#[async_trait]
pub trait Team: Send + Sync {
    /// Everybody, by name.
    async fn members(&self) -> Result<Vec<Member>, AppError>;
    /// Whom a one-time link's token is for; `None` when it is unknown, used or too old.
    async fn invited(&self, token: &str) -> Result<Option<Invited>, AppError>;
}

/// The changing half of the team.
#[async_trait]
pub trait TeamChanges: Send + Sync {
    /// Adds a member and returns the one-time link with which the member sets a password.
    async fn add_member(
        &self,
        email: String,
        name: String,
        role: Role,
    ) -> Result<OneTimeLink, AppError>;
    /// Makes a new one-time link; the old password and all sessions end when it is used.
    async fn invite_again(&self, id: i64) -> Result<OneTimeLink, AppError>;
    /// Sets a role; it holds from the member's next request on. The last enabled administrator keeps it.
    async fn set_role(&self, id: i64, role: Role) -> Result<(), AppError>;
    /// Disables (all sessions end at once) or enables a member.
    async fn set_disabled(&self, id: i64, disabled: bool) -> Result<(), AppError>;
}

/// The stored status pages, and what they show in public.
#[async_trait]
pub trait StatusPages: Send + Sync {
    /// Every page, newest first.
    async fn pages(&self) -> Result<Vec<StatusPage>, AppError>;
    /// One page.
    async fn page(&self, id: i64) -> Result<StatusPage, AppError>;
    /// The public's view of the published page at `slug`, from memory.
    /// [`AppError::NotFound`] for unpublished and unknown ones alike.
    async fn public_view(&self, slug: &str) -> Result<Fresh<Value>, AppError>;
}

/// The changing half of the status pages.
#[async_trait]
pub trait StatusPageChanges: Send + Sync {
    /// Makes a page with an unguessable slug.
    async fn create_page(
        &self,
        title: String,
        services: Vec<ListedService>,
        published: bool,
    ) -> Result<StatusPage, AppError>;
    /// Replaces title, services and publication; `new_link` also changes the slug, so that the old link ends.
    async fn change_page(
        &self,
        id: i64,
        title: String,
        services: Vec<ListedService>,
        published: bool,
        new_link: bool,
    ) -> Result<StatusPage, AppError>;
    /// Deletes a page.
    async fn delete_page(&self, id: i64) -> Result<(), AppError>;
}

/// A draft to make.
pub struct NewDraft {
    /// The member who writes it.
    pub owner: i64,
    /// The revision that it begins from.
    pub from: Option<Revision>,
    /// What is typed.
    pub text: String,
}

impl NewDraft {
    /// The family that stands in its text.
    pub fn family(&self) -> String {
        family_in(&self.text).unwrap_or_default()
    }
}

/// Drafts of task definitions, in the hands of members who may edit. What is saved here is written to
/// no audit log: it changes a text that nothing runs by, once for each second of typing.
#[async_trait]
pub trait Drafts: Send + Sync {
    /// A member's drafts and those that the member has opened, last changed first, without text.
    async fn drafts(&self, member: i64) -> Result<Vec<DraftRow>, AppError>;
    /// One draft, as that member sees it.
    async fn draft(&self, id: &DraftId, member: i64) -> Result<Draft, AppError>;
    /// A draft that was deleted and can still be taken back.
    async fn deleted(&self, id: &DraftId) -> Result<DraftRow, AppError>;
    /// Whether the member has opened it before, or owns it.
    async fn has_opened(&self, id: &DraftId, member: i64) -> Result<bool, AppError>;
    /// Keeps a text, if the draft's version is still the one that it was based on. This and what
    /// follows answer [`AppError::NotFound`] to who has not opened it.
    async fn save(
        &self,
        id: &DraftId,
        member: i64,
        based_on: i64,
        text: &str,
    ) -> Result<Saved, AppError>;
    /// Who else is in it, and the draft if its version is another; notes that the member is in it.
    async fn glance(&self, id: &DraftId, member: i64, known: i64) -> Result<Glance, AppError>;
    /// Sets its title.
    async fn rename(&self, id: &DraftId, member: i64, title: &str) -> Result<(), AppError>;
}

/// The changing half of the drafts.
#[async_trait]
pub trait DraftChanges: Drafts {
    /// Makes one with an unguessable id; [`AppError::Refused`] when the member has too many.
    async fn create(&self, new: NewDraft) -> Result<Made, AppError>;
    /// Lets a member into one.
    async fn join(&self, id: &DraftId, member: i64) -> Result<(), AppError>;
    /// Deletes one, so that it can be taken back for a day; [`AppError::Conflict`] when somebody else
    /// has changed it since `version`.
    async fn delete(&self, id: &DraftId, member: i64, version: i64) -> Result<(), AppError>;
    /// Takes a deleted one back; [`AppError::Refused`] when its owner has too many.
    async fn restore(&self, id: &DraftId, member: i64) -> Result<(), AppError>;
}

/// What goes wrong on purpose in the embedded sandbox.
pub trait SandboxWeather: Send + Sync {
    /// The weather now; [`AppError::NotFound`] where there is no sandbox.
    fn weather(&self) -> Result<Weather, AppError>;
    /// The operations of ECS that the console calls.
    fn operations(&self) -> Vec<String>;
    /// A token for a form that is posted without scripts.
    fn new_token(&self) -> RequestToken;
}

/// The changing half of the weather.
#[async_trait]
pub trait WeatherChanges: Send + Sync {
    /// Sets all of it, and returns when ECS was read in it, or after 3 s;
    /// [`AppError::NotFound`] where there is no sandbox.
    async fn set_weather(&self, weather: Weather) -> Result<(), AppError>;
}

/// The audit log.
#[async_trait]
pub trait Audit: Send + Sync {
    /// Entries, newest first (filters: `who`, `what`, `outcome`).
    async fn entries(&self, query: &ListQuery) -> Result<Listing<AuditEntry>, AppError>;
    /// Writes an intended change down, before it is tried. A token that is known already is not
    /// written again: [`Begun`] says how its change stands.
    async fn begin(
        &self,
        who: &str,
        change: &Change,
        token: &RequestToken,
        request_id: &str,
    ) -> Result<Begun, AppError>;
    /// Writes down how it ended; `answer` is kept for the same token asked again.
    async fn finish(
        &self,
        id: i64,
        outcome: Outcome,
        answer: Option<String>,
    ) -> Result<(), AppError>;
}

/// What the log knew of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    /// Nothing: the entry was written, go on.
    First(i64),
    /// The same change was asked for and its end is not known: it runs now, or the answer was lost.
    Open(i64),
    /// It was done, with this answer.
    Done(String),
    /// It failed with this sentence, and nothing was changed.
    Failed(i64, String),
}

/// Every door to a change, lent only inside [`super::Backend::change`].
#[derive(Clone)]
pub struct Changes {
    /// Of ECS.
    pub ecs: Arc<dyn EcsChanges>,
    /// Of the team.
    pub team: Arc<dyn TeamChanges>,
    /// Of the status pages.
    pub pages: Arc<dyn StatusPageChanges>,
    /// Of the drafts.
    pub drafts: Arc<dyn DraftChanges>,
    /// Of the team's templates.
    pub templates: Arc<dyn TemplateChanges>,
    /// Of the sandbox's weather.
    pub weather: Arc<dyn WeatherChanges>,
    /// Whose turn it is to register.
    pub registering: Registering,
}
