//! Task definitions as the documents they are: what the SDK does not know yet is kept, too.

use std::sync::{Arc, Mutex, PoisonError};

use aws_sdk_ecs::config::interceptors::AfterDeserializationInterceptorContextRef;
use aws_sdk_ecs::config::retry::RetryConfig;
use aws_sdk_ecs::config::{Builder, ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_ecs::error::BoxError;
use aws_sdk_ecs::types::{ContainerDefinition, TaskDefinitionField};
use aws_smithy_types::body::SdkBody;
use berth_app::error::AppError;
use berth_app::names::Revision;
use berth_app::task_definitions::model::TaskDefinition;
use serde_json::{Map, Value};

use super::Gateway;
use super::clusters::{moment, tags};
use super::errors::Failure;

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
    ) -> Result<Arc<TaskDefinition>, AppError> {
        let documents = &self.0.documents;
        if let Some(known) = self.known_task_definition(revision) {
            return known;
        }
        let turn = documents.turn(revision);
        let _turn = turn.lock().await;
        // Whoever had the turn before has the answer.
        if let Some(known) = self.known_task_definition(revision) {
            return known;
        }
        let read = self.describe_task_definition(revision).await;
        if matches!(read, Err(AppError::NotFound(_))) {
            documents.remember_missing(revision);
        }
        let read = Arc::new(read?);
        documents.keep(read.clone());
        Ok(read)
    }

    /// What is known of a revision without asking: the revision, or that it is missing.
    fn known_task_definition(
        &self,
        revision: &Revision,
    ) -> Option<Result<Arc<TaskDefinition>, AppError>> {
        let documents = &self.0.documents;
        let missing = || Err(AppError::NotFound(missing(revision)));
        documents.get(revision).map(Ok).or_else(|| documents.is_missing(revision).then(missing))
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
        let client = &self.0.client;
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

fn missing(revision: &Revision) -> String {
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
