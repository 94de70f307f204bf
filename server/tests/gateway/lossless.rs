//! What ECS receives at a registration is the document, whole: as it stands in the form.

use std::sync::{Arc, Mutex};

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use berth_app::backend::EcsChanges;
use berth_app::task_definitions::import::import;
use berth_definition::generate;
use berth_server::ecs::{Budget, Gateway};

/// As many documents as the promise names.
const DOCUMENTS: u64 = 10_000;

/// Keeps the last body that was sent, and says that it is registered.
#[derive(Clone, Debug, Default)]
struct Received(Arc<Mutex<String>>);

impl HttpClient for Received {
    fn http_connector(
        &self,
        _settings: &HttpConnectorSettings,
        _components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Received {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let body = request.body().bytes().unwrap_or_default();
        *self.0.lock().unwrap() = String::from_utf8(body.to_vec()).unwrap();
        let answer = r#"{"taskDefinition":{"taskDefinitionArn":
            "arn:aws:ecs:eu-central-1:123456789012:task-definition/some:1"}}"#;
        let answer = HttpResponse::new(200.try_into().unwrap(), SdkBody::from(answer));
        HttpConnectorFuture::ready(Ok(answer))
    }
}

/// Reads a text as the form does, registers it, and answers what ECS received.
async fn registered(gateway: &Gateway, received: &Received, text: &str) -> (String, String) {
    let document = import(text).unwrap().document;
    let sent = document.value().to_string();
    gateway.register_task_definition(document.into_value()).await.unwrap();
    (received.0.lock().unwrap().clone(), sent)
}

#[tokio::test]
async fn ecs_receives_the_document_as_it_is() {
    let received = Received::default();
    let client = SharedHttpClient::new(received.clone());
    let gateway = Gateway::sandbox(client, "eu-central-1", Budget::unlimited());
    for seed in 0..DOCUMENTS {
        let made = generate::document(seed);
        let (came, _) = registered(&gateway, &received, &made.pretty()).await;
        // As text: the order of members counts too.
        assert_eq!(came, made.value().to_string(), "{seed}");
    }
    // Real files, where a collection of them lies beside the checkout.
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/corpus/taskdefs");
    let Ok(files) = std::fs::read_dir(folder) else { return };
    for file in files {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        if import(&text).is_ok() {
            let (came, sent) = registered(&gateway, &received, &text).await;
            assert_eq!(came, sent, "{path:?}");
        }
    }
}
