//! Task definitions as the documents they are: what the SDK does not know yet is kept, too.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_sdk_ecs::config::interceptors::AfterDeserializationInterceptorContextRef;
use aws_sdk_ecs::config::retry::RetryConfig;
use aws_sdk_ecs::config::{Builder, ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_ecs::error::BoxError;
use aws_sdk_ecs::types::{ContainerDefinition, TaskDefinitionField};
use aws_smithy_types::body::SdkBody;
use berth_app::error::AppError;
use berth_app::names::Revision;
use berth_app::reading::Soon;
use berth_app::task_definitions::model::{DeletedRevisions, TaskDefinition};
use futures::FutureExt;
use serde_json::{Map, Value};
use tokio::time::timeout;

use super::Gateway;
use super::budget::{Bucket, Turn};
use super::clusters::{moment, tags};
use super::documents::{Asked, Number, Pays};
use super::errors::Failure;

/// What the descriptions of revisions count against.
const BUCKET: Bucket = Bucket::TaskDefinitions;
/// How long a page waits for a revision before it says that it is being read.
const PATIENCE: Duration = Duration::from_secs(1);

/// The members that a description has and a registration must not have.
const READ_ONLY: [&str; 9] = [
    "compatibilities",
    "deleteRequestedAt",
    "deregisteredAt",
    "registeredAt",
    "registeredBy",
    "requiresAttributes",
    "revision",
    "status",
    "taskDefinitionArn",
];

impl Gateway {
    /// One revision, from memory where it was read before.
    pub(super) async fn read_task_definition(
        &self,
        revision: &Revision,
        pays: Pays,
    ) -> Result<Arc<TaskDefinition>, AppError> {
        self.0.documents.ask(revision, |number| self.begin_to_read(revision, number, pays)).await
    }

    /// One revision, for whoever may not make the console hurry.
    pub(super) async fn read_task_definition_soon(
        &self,
        revision: &Revision,
    ) -> Result<Soon<Arc<TaskDefinition>>, AppError> {
        let begin = |number| self.begin_to_read(revision, number, Pays::InLine);
        // Without room it is begun when somebody asks again.
        let Some(asked) = self.0.documents.ask_politely(revision, begin) else {
            return Ok(Soon::Reading);
        };
        match timeout(PATIENCE, asked).await {
            Ok(read) => read.map(Soon::Here),
            Err(_) => Ok(Soon::Reading),
        }
    }

    /// Reads a revision in a task of its own: whoever asked may leave, and others wait for it, too.
    fn begin_to_read(&self, revision: &Revision, number: Number, pays: Pays) -> Asked {
        let (gateway, revision) = (self.clone(), revision.clone());
        let reading = tokio::spawn(async move {
            match pays {
                Pays::Paid => {}
                Pays::Ahead => gateway.0.budget.take(BUCKET, Turn::Ahead).await,
                Pays::InLine => gateway.0.budget.take(BUCKET, Turn::InLine).await,
            }
            let read = gateway.describe_task_definition(&revision).await.map(Arc::new);
            gateway.0.documents.take(&revision, number, &read);
            read
        });
        let ended = || AppError::Unavailable("The console is shutting down.".into());
        async move { reading.await.unwrap_or_else(|_| Err(ended())) }.boxed().shared()
    }

    async fn describe_task_definition(
        &self,
        revision: &Revision,
    ) -> Result<TaskDefinition, AppError> {
        const OPERATION: &str = "DescribeTaskDefinition";
        let client = &self.0.client;
        let raw = RawAnswer::default();
        let answer = client
            .describe_task_definition()
            .task_definition(revision.to_string())
            .include(TaskDefinitionField::Tags)
            .customize()
            .interceptor(raw.clone())
            .send()
            .await
            .map_err(|error| Failure::of(OPERATION, &error).looked_up(missing(revision)))?;
        let described =
            answer.task_definition().ok_or_else(|| AppError::NotFound(missing(revision)))?;
        let document = raw.task_definition().ok_or_else(|| {
            Failure::unreadable(OPERATION, "the document is missing").looked_up(missing(revision))
        })?;
        let compatibilities = described.compatibilities().iter();
        Ok(TaskDefinition {
            revision: revision.clone(),
            arn: described.task_definition_arn().unwrap_or_default().to_owned(),
            status: described.status().map_or("", |status| status.as_str()).to_owned(),
            registered_at: moment(described.registered_at),
            registered_by: described.registered_by().map(str::to_owned),
            compatibilities: compatibilities.map(|kind| kind.as_str().to_owned()).collect(),
            tags: tags(answer.tags()),
            document: Value::Object(registrable(document)),
        })
    }

    /// Registers the document as it is. It is sent once and not again: ECS has no client token for
    /// it, so a second attempt after a lost answer could register it twice.
    pub(super) async fn register(&self, document: Value) -> Result<Revision, AppError> {
        const OPERATION: &str = "RegisterTaskDefinition";
        let Value::Object(document) = document else {
            return Err(AppError::refused(
                "A task definition is a JSON object.",
                "Correct the task definition and register it again.",
            ));
        };
        let body = Value::Object(registrable(document)).to_string();
        // A person waits for it, so it goes before what was asked for in numbers.
        let client = self.turn(Bucket::TaskDefinitionChanges, Turn::Ahead).await;
        let answer = client
            .register_task_definition()
            // The SDK insists on these two; the body that is sent is the document's own.
            .family("replaced")
            .container_definitions(ContainerDefinition::builder().build())
            .customize()
            .config_override(Builder::new().retry_config(RetryConfig::disabled()))
            .mutate_request(move |request| {
                request.headers_mut().insert("content-length", body.len().to_string());
                *request.body_mut() = SdkBody::from(body.as_str());
            })
            .send()
            .await
            .map_err(|error| Failure::of(OPERATION, &error).change())?;
        let arn = answer.task_definition().and_then(|registered| registered.task_definition_arn());
        let revision = arn.and_then(|arn| arn.parse().ok());
        // Somebody may have looked for it before it was there.
        revision
            .inspect(|revision| self.forget(revision))
            .ok_or_else(|| Failure::unreadable(OPERATION, "it names no revision").change())
    }
}

/// The most revisions in one DeleteTaskDefinitions.
const DELETES_AT_ONCE: usize = 10;

impl Gateway {
    /// Deletes INACTIVE revisions, ten in a call; what ECS does not delete comes back with its words.
    pub(super) async fn delete_revisions(
        &self,
        revisions: Vec<Revision>,
    ) -> Result<DeletedRevisions, AppError> {
        const OPERATION: &str = "DeleteTaskDefinitions";
        let mut done = DeletedRevisions::default();
        for batch in revisions.chunks(DELETES_AT_ONCE) {
            let client = self.turn(Bucket::TaskDefinitionDeletes, Turn::InLine).await;
            let names = batch.iter().map(ToString::to_string).collect();
            let asked = client.delete_task_definitions().set_task_definitions(Some(names));
            let answer = asked.send().await;
            // Also after a failure: they may have been deleted.
            batch.iter().for_each(|revision| self.forget(revision));
            let answer = answer.map_err(|error| Failure::of(OPERATION, &error).change())?;
            let refused: Vec<(Revision, String)> = answer
                .failures()
                .iter()
                .filter_map(|failure| {
                    let revision = failure.arn()?.rsplit('/').next()?.parse().ok()?;
                    let said = failure.reason().or(failure.detail()).unwrap_or("no reason given");
                    Some((revision, said.to_owned()))
                })
                .collect();
            let deleted =
                |revision: &&Revision| !refused.iter().any(|(other, _)| other == *revision);
            done.deleted.extend(batch.iter().filter(deleted).cloned());
            done.refused.extend(refused);
        }
        Ok(done)
    }
}

pub(super) fn missing(revision: &Revision) -> String {
    format!("There is no task definition {revision}.")
}

/// The document without the members that only a description has.
fn registrable(mut document: Map<String, Value>) -> Map<String, Value> {
    document.retain(|name, _| !READ_ONLY.contains(&name.as_str()));
    document
}

/// Keeps an answer as it came: the SDK's own types lose what they do not know.
#[derive(Clone, Debug, Default)]
struct RawAnswer(Arc<Mutex<Option<Value>>>);

impl RawAnswer {
    fn task_definition(&self) -> Option<Map<String, Value>> {
        let mut answer = self.0.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        match answer.get_mut("taskDefinition").map(Value::take) {
            Some(Value::Object(document)) => Some(document),
            _ => None,
        }
    }
}

impl Intercept for RawAnswer {
    fn name(&self) -> &'static str {
        "RawAnswer"
    }

    // Not before: until it is deserialized, the body of an answer that came over the network is
    // still to be read.
    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let bytes = context.response().body().bytes().unwrap_or_default();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = serde_json::from_slice(bytes).ok();
        Ok(())
    }
}
