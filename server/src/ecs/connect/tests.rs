//! Endpoints on this machine: what arrives, what does not, and whose certificate is believed.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use aws_config::{BehaviorVersion, ConfigLoader, Region};
use aws_sdk_ecs::config::Credentials;
use aws_sdk_ecs::config::retry::RetryConfig;
use berth_app::backend::{Ecs, EcsChanges};
use berth_app::error::AppError;
use berth_sandbox::{Sandbox, Seed};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::*;
use crate::ecs::{ReadErrorKind, Source};

fn loader() -> ConfigLoader {
    aws_config::defaults(BehaviorVersion::latest())
        .credentials_provider(Credentials::new("id", "secret", None, None, "test"))
        .region(Region::new("eu-central-1"))
        .retry_config(RetryConfig::standard().with_initial_backoff(Duration::from_millis(1)))
        .timeout_config(timeouts())
}

async fn gateway(url: &str, ca_file: Option<PathBuf>) -> Gateway {
    Gateway::endpoint_with(loader(), url, ca_file).await.unwrap()
}

async fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

/// Answers requests on one connection from the sandbox.
async fn serve(stream: impl AsyncRead + AsyncWrite + Unpin, sandbox: Sandbox) -> Option<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let (mut length, mut target) = (0, String::new());
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await.ok()? == 0 {
                return None;
            }
            if line.trim().is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':') {
                match name.to_ascii_lowercase().as_str() {
                    "content-length" => length = value.trim().parse().unwrap(),
                    "x-amz-target" => target = value.trim().to_owned(),
                    _ => {}
                }
            }
        }
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await.ok()?;
        let answer = sandbox.answer(&target, &body);
        let head = format!(
            "HTTP/1.1 {} OK\r\ncontent-type: application/x-amz-json-1.1\r\ncontent-length: {}\r\n\r\n",
            answer.status,
            answer.body.len()
        );
        stream.write_all(head.as_bytes()).await.ok()?;
        stream.write_all(&answer.body).await.ok()?;
        stream.flush().await.ok()?;
    }
}

fn demo() -> Sandbox {
    Sandbox::builder().seed(Seed::Demo).open().unwrap()
}

#[tokio::test]
async fn any_endpoint_may_answer() {
    let (listener, address) = listen().await;
    tokio::spawn(async move {
        let sandbox = demo();
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, sandbox.clone()));
        }
    });
    let url = format!("http://{address}");
    let gateway = gateway(&url, None).await;
    assert_eq!(gateway.clusters().await.unwrap().len(), 3);
    let account = gateway.account();
    assert_eq!(account.endpoint, Some(url));
    assert_eq!(account.region.as_deref(), Some("eu-central-1"));
    assert!(!account.sandbox);

    // A document is read from the answer's own bytes, which come later here than in memory.
    let container = serde_json::json!({"name": "app", "image": "shop/web:1.0", "memory": 64});
    let document = serde_json::json!({"family": "fresh", "containerDefinitions": [container]});
    let registered = gateway.register_task_definition(document).await.unwrap();
    let read = gateway.task_definition(&registered).await.unwrap();
    assert_eq!(read.document["containerDefinitions"][0]["image"], "shop/web:1.0");
}

#[tokio::test]
async fn a_private_authority_is_believed_when_it_is_named() {
    let authority_key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = params.self_signed(&authority_key).unwrap();
    let key = KeyPair::generate().unwrap();
    let issuer = Issuer::from_params(&params, &authority_key);
    let leaf = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let leaf = leaf.signed_by(&key, &issuer).unwrap();
    let provider = Arc::new(tokio_rustls::rustls::crypto::aws_lc_rs::default_provider());
    let tls = tokio_rustls::rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![leaf.der().clone()],
            PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
        )
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(tls));
    let (listener, address) = listen().await;
    tokio::spawn(async move {
        let sandbox = demo();
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, sandbox) = (acceptor.clone(), sandbox.clone());
            tokio::spawn(async move { serve(acceptor.accept(stream).await.ok()?, sandbox).await });
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("authority.pem");
    std::fs::write(&file, authority.pem()).unwrap();
    let url = format!("https://localhost:{}", address.port());

    let trusting = gateway(&url, Some(file)).await;
    assert_eq!(trusting.clusters().await.unwrap().len(), 3);

    let wary = gateway(&url, None).await;
    assert_eq!(wary.clusters().await.unwrap_err().kind, ReadErrorKind::Unreachable);
}

#[tokio::test]
async fn faults_in_the_settings_are_said_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty.pem");
    std::fs::write(&empty, "no certificate").unwrap();
    let broken = folder.path().join("broken.pem");
    std::fs::write(&broken, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
        .unwrap();
    let absent = folder.path().join("absent.pem");
    for file in [empty, broken, absent] {
        let answer = Gateway::endpoint_with(loader(), "https://localhost", Some(file)).await;
        assert!(matches!(answer, Err(ConnectError::Authority { .. })), "{answer:?}");
    }
    let answer = Gateway::endpoint_with(loader(), "localhost:4566", None).await;
    assert!(matches!(answer, Err(ConnectError::Endpoint(_))));
}

#[tokio::test]
async fn a_change_that_can_not_leave_says_so() {
    let (listener, address) = listen().await;
    drop(listener);
    for url in [format!("http://{address}"), "http://nowhere.invalid".to_owned()] {
        let gateway = gateway(&url, None).await;
        match gateway.delete_cluster("shop".parse().unwrap()).await.unwrap_err() {
            AppError::Unavailable(said) => assert!(said.contains("can't be reached"), "{said}"),
            other => panic!("{url}: {other:?}"),
        }
        let error = gateway.clusters().await.unwrap_err();
        assert_eq!(error.kind, ReadErrorKind::Unreachable);
    }
}

#[tokio::test]
async fn a_change_without_an_answer_says_so() {
    let (listener, address) = listen().await;
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            // Takes the request, then hangs up.
            let mut some = [0; 1024];
            let _ = stream.read(&mut some).await;
        }
    });
    let gateway = gateway(&format!("http://{address}"), None).await;
    let answer = gateway.delete_cluster("shop".parse().unwrap()).await;
    assert_eq!(answer, Err(AppError::NoAnswer));
    let document = serde_json::json!({"family": "web", "containerDefinitions": []});
    let answer = gateway.register_task_definition(document).await;
    assert_eq!(answer, Err(AppError::NoAnswer));
    let calls = gateway.calls_by_operation();
    let of = |name: &str| calls.iter().find(|(other, _)| other == name).map(|(_, count)| *count);
    assert_eq!(of("DeleteCluster"), Some(3), "a second time does no harm");
    assert_eq!(of("RegisterTaskDefinition"), Some(1), "a second time would register twice");
}

#[tokio::test]
async fn what_is_not_ecs_is_noticed() {
    let (listener, address) = listen().await;
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut some = [0; 4096];
            let _ = stream.read(&mut some).await;
            let page = "HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 13\r\n\r\n<html></html>";
            let _ = stream.write_all(page.as_bytes()).await;
        }
    });
    let error = gateway(&format!("http://{address}"), None).await.clusters().await.unwrap_err();
    assert_eq!(error.kind, ReadErrorKind::Other);
    assert!(!error.trouble.said.contains("html"), "{error:?}");
}
