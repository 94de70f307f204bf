use serde_json::json;

use super::*;
use crate::rules::{check, unknown_members};

fn beginning() -> Beginning {
    Beginning { region: "eu-central-1".into(), ..Beginning::default() }
}

/// What is refused, but for what a person fills in.
fn refused(document: &Document) -> Vec<String> {
    let filled =
        |path: &str| matches!(path, "family" | "executionRoleArn" | "containerDefinitions.0.image");
    let findings = check(document);
    let found = findings.refused().filter(|finding| !filled(&finding.path));
    found.map(|finding| format!("{}: {}", finding.path, finding.said)).collect()
}

#[test]
fn templates_want_only_what_a_person_knows() {
    for template in TEMPLATES {
        let document = template.begin(&beginning());
        assert_eq!(refused(&document), Vec::<String>::new(), "{}", template.id);
        assert!(unknown_members(&document).is_empty(), "{}", template.id);
        assert!(check(&document).at("family").is_some());
        let known = Beginning { family: "shop".into(), image: "shop:1".into(), ..beginning() };
        let document = template.begin(&known);
        assert_eq!(document.text_at("family"), "shop");
        assert_eq!(document.text_at("containerDefinitions.0.image"), "shop:1");
        assert_eq!(
            check(&document)
                .refused()
                .map(|f| f.path.as_str())
                .filter(|path| *path != "executionRoleArn")
                .count(),
            0,
            "{}",
            template.id
        );
        assert!(document.pretty().contains("/ecs/shop"), "{}", template.id);
    }
}

#[test]
fn sidecars_fit_on_fargate_and_on_ec2_and_come_once() {
    let ec2 = json!({
        "family": "shop", "requiresCompatibilities": ["EC2"], "networkMode": "bridge",
        "containerDefinitions": [{"name": "app", "image": "shop", "memory": 256}]
    });
    let bases = [
        TEMPLATES[0].begin(&beginning()),
        TEMPLATES[2].begin(&beginning()),
        Document::new(ec2).unwrap(),
    ];
    for base in bases {
        for sidecar in SIDECARS {
            let mut document = base.clone();
            assert_eq!(sidecar.refused(&document), None);
            sidecar.add_to(&mut document, &beginning());
            assert_eq!(refused(&document), Vec::<String>::new(), "{}", sidecar.id);
            assert!(unknown_members(&document).is_empty(), "{}", sidecar.id);
            assert_eq!(document.items("containerDefinitions").len(), 2);
            assert!(sidecar.refused(&document).is_some_and(|said| said.contains("already")));
        }
    }
    // All of them together fit too.
    let mut document = TEMPLATES[0].begin(&beginning());
    for sidecar in SIDECARS {
        sidecar.add_to(&mut document, &beginning());
    }
    assert_eq!(refused(&document), Vec::<String>::new());
}

#[test]
fn a_log_router_takes_over_the_logs_and_keeps_their_group() {
    let mut document = Document::new(json!({
        "family": "shop", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "256", "memory": "512",
        "containerDefinitions": [
            {"name": "app", "image": "a", "dependsOn": [{"containerName": "db", "condition": "START"}],
             "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/mine", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "x"}}},
            {"name": "db", "image": "b", "logConfiguration": {"logDriver": "splunk", "options": {"splunk-url": "u", "splunk-token": "t"}}},
            {"name": "quiet", "image": "c"}
        ]
    }))
    .unwrap();
    SIDECARS[0].add_to(&mut document, &beginning());
    let at = |path: &str| {
        document.get(&format!("containerDefinitions.{path}")).cloned().unwrap_or_default()
    };
    assert_eq!(
        at("0.logConfiguration"),
        json!({"logDriver": "awsfirelens", "options": {
            "Name": "cloudwatch_logs", "region": "us-east-1", "log_group_name": "/mine", "log_stream_prefix": "x/", "auto_create_group": "true"
        }})
    );
    assert_eq!(at("0.dependsOn.1.containerName"), json!("log-router"));
    assert_eq!(at("1.logConfiguration.logDriver"), json!("splunk"));
    assert_eq!(at("2.logConfiguration.options.region"), json!("eu-central-1"));
    assert_eq!(at("3.logConfiguration.logDriver"), json!("awslogs"));
    assert_eq!(document.text_at("memory"), "1024");
}

#[test]
fn a_full_task_takes_no_more() {
    let containers: Vec<_> = (0..10).map(|n| json!({"name": format!("c{n}")})).collect();
    let document = Document::new(json!({"containerDefinitions": containers})).unwrap();
    for sidecar in SIDECARS {
        assert_eq!(
            sidecar.refused(&document).as_deref(),
            Some("A task has ten containers at most.")
        );
    }
}
