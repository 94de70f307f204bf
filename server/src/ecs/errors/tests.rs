//! Failures that have nothing to do with the world behind the endpoint.

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_ecs::config::{
    BehaviorVersion, Credentials, ProvideCredentials, Region, SharedCredentialsProvider,
};
use aws_sdk_ecs::{Client, Config};
use berth_sandbox::Sandbox;

use super::*;

/// Has nothing to give.
#[derive(Debug)]
struct Nobody;

impl ProvideCredentials for Nobody {
    fn provide_credentials<'a>(
        &'a self,
    ) -> aws_credential_types::provider::future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let nothing = Err(CredentialsError::not_loaded("nobody knows"));
        aws_credential_types::provider::future::ProvideCredentials::ready(nothing)
    }
}

async fn failure(region: Option<&'static str>, credentials: SharedCredentialsProvider) -> Failure {
    let mut config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .credentials_provider(credentials)
        .http_client(Sandbox::builder().open().unwrap().http_client());
    config.set_region(region.map(Region::new));
    let client = Client::from_conf(config.build());
    let error = client.list_clusters().send().await.unwrap_err();
    Failure::of("ListClusters", &error)
}

#[tokio::test]
async fn without_credentials() {
    let failure = failure(Some("eu-central-1"), SharedCredentialsProvider::new(Nobody)).await;
    assert_eq!(failure.cause, Cause::NoCredentials);
    let error = failure.clone().read();
    assert_eq!(error.kind, ReadErrorKind::Credentials);
    assert_eq!(error.trouble.said, "The console finds no AWS credentials.");
    match failure.change() {
        AppError::Unavailable(said) => assert!(said.contains("Renew the credentials"), "{said}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_answer_that_can_not_be_read_is_not_in_the_words_of_the_error() {
    use aws_sdk_ecs::operation::list_clusters::ListClustersError;
    let answer = aws_smithy_runtime_api::client::orchestrator::HttpResponse::new(
        200.try_into().unwrap(),
        aws_smithy_types::body::SdkBody::from("hunter2"),
    );
    let error: SdkError<ListClustersError> = SdkError::response_error("a union is odd", answer);
    let said = in_words(&error);
    assert_eq!(said, "response error: a union is odd");
    assert!(format!("{error:?}").contains("hunter2"), "the SDK shows no answer any more");
}

#[tokio::test]
async fn without_a_region() {
    let credentials = Credentials::new("id", "secret", None, None, "test");
    let failure = failure(None, SharedCredentialsProvider::new(credentials)).await;
    assert_eq!(failure.cause, Cause::NoRegion);
    let error = failure.read();
    assert_eq!(error.kind, ReadErrorKind::Other);
    assert!(error.trouble.next.contains("region"));
}

#[test]
fn long_sentences_are_cut_at_a_character() {
    assert_eq!(shortened(" Two\n words. "), "Two words.");
    assert_eq!(shortened(&"é".repeat(601)).chars().count(), 601);
    assert_eq!(shortened(&"é".repeat(600)), "é".repeat(600));
}
