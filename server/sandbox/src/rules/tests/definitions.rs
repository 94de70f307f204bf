//! Rows of the rules about networks; those about the rest of a task definition are below.

mod containers;
mod linux;
mod volumes;

use serde_json::{Value, json};

use super::super::task_definition;
use super::{changed, fine, refused, refused_from};

/// A document for instances, with bridge networking.
fn on_instances() -> Value {
    json!({
        "family": "web",
        "requiresCompatibilities": ["EC2"],
        "containerDefinitions": [
            {"name": "main", "image": "shop/web:1", "memory": 100},
            {"name": "side", "image": "shop/side:1", "memory": 100, "essential": false},
        ],
        "volumes": [{"name": "data"}],
    })
}

const MAIN: &str = "/containerDefinitions/0";

#[test]
fn rules_about_networks() {
    for member in ["hostname", "disableNetworking", "dnsServers", "dnsSearchDomains", "extraHosts"]
    {
        let value = match member {
            "hostname" => json!("web"),
            "disableNetworking" => json!(true),
            "extraHosts" => json!([{"hostname": "a", "ipAddress": "10.0.0.1"}]),
            _ => json!(["10.0.0.2"]),
        };
        let pointer = format!("{MAIN}/{member}");
        let refusal = task_definition(&changed(fine(), &pointer, &value)).expect_err(member);
        let said = format!("{member} is not supported on container when networkMode=awsvpc.");
        assert_eq!(refusal.message, said);
        assert_eq!(task_definition(&changed(on_instances(), &pointer, &value)), Ok(()), "{member}");
    }
    let ranges = |value: Value| json!([{"containerPortRange": "8000-8010"}, value]);
    refused_from(&on_instances(), vec![
        ("R79", "/containerDefinitions/0/extraHosts", json!([{"hostname": "a"}]), "hostname and an ipAddress"),
        ("R80", "/containerDefinitions/0/links", json!(["db:db"]), "Cannot link to container db"),
        ("R96", "/containerDefinitions/0/portMappings", json!([{"containerPortRange": "1-2", "containerPort": 1}]), "together with containerPortRange"),
        ("R98", "/containerDefinitions/0/portMappings", json!([{"containerPortRange": "9-9"}]), "Invalid containerPortRange '9-9'"),
        ("R98", "/containerDefinitions/0/portMappings", json!([{"containerPortRange": "x"}]), "Invalid containerPortRange"),
        ("R99", "/containerDefinitions/0/portMappings", ranges(json!({"containerPort": 8005})), "can't overlap"),
        ("R99", "/containerDefinitions/0/portMappings", ranges(json!({"containerPortRange": "8010-8020"})), "can't overlap"),
        (
            "R97", "/containerDefinitions/0/portMappings",
            json!((0..101).map(|at| json!({"containerPortRange": format!("{}-{}", at * 10 + 1, at * 10 + 2)})).collect::<Vec<_>>()),
            "at most 100",
        ),
    ]);
    let host = changed(on_instances(), "/networkMode", &json!("host"));
    refused_from(
        &host,
        vec![
            ("R80", "/containerDefinitions/0/links", json!(["side"]), "Links are not supported"),
            (
                "R95",
                "/containerDefinitions/0/portMappings",
                json!([{"containerPortRange": "1-2"}]),
                "networkMode=host",
            ),
            (
                "R156",
                "/containerDefinitions/0/systemControls",
                json!([{"namespace": "net.core.somaxconn", "value": "1"}]),
                "networkMode=host",
            ),
        ],
    );
    let both = json!([{"containerPort": 53}, {"containerPort": 53, "protocol": "udp"}]);
    let pointer = format!("{MAIN}/portMappings");
    assert_eq!(task_definition(&changed(on_instances(), &pointer, &both)), Ok(()));
}

#[test]
fn rules_about_logs_and_files() {
    let logs = |driver: &str, options: Value| json!({"logDriver": driver, "options": options});
    let pointer = "/containerDefinitions/0/logConfiguration";
    let group = json!({"awslogs-group": "g", "awslogs-region": "r", "awslogs-datetime-format": "a", "awslogs-multiline-pattern": "b"});
    let file = |value: &str| json!([{"type": "s3", "value": value}]);
    refused_from(
        &on_instances(),
        vec![
            (
                "R101",
                "/containerDefinitions/0/environmentFiles",
                json!([{"type": "disk", "value": "x"}]),
                "environmentFiles.type",
            ),
            (
                "R101",
                "/containerDefinitions/0/environmentFiles",
                file("arn:aws:s3:::bucket/a.txt"),
                ".env file extension",
            ),
            (
                "R101",
                "/containerDefinitions/0/environmentFiles",
                file("s3://bucket/a.env"),
                "ARN of an Amazon S3 object",
            ),
            (
                "R101",
                "/containerDefinitions/0/environmentFiles",
                json!(vec![json!({}); 11]),
                "at most 10",
            ),
            ("R116", pointer, logs("awslogs", group), "can't be specified together"),
            ("R117", pointer, logs("json-file", json!({"mode": "lazy"})), "options.mode"),
            ("R119", pointer, logs("splunk", json!({"splunk-url": "u"})), "splunk-token"),
            (
                "R120",
                pointer,
                logs("awsfirelens", json!({})),
                "firelens configuration object must be specified",
            ),
            (
                "R121",
                "/containerDefinitions/0/firelensConfiguration",
                json!({"type": "logstash"}),
                "firelensConfiguration.type",
            ),
            (
                "R122",
                "/containerDefinitions/0/firelensConfiguration",
                json!({"type": "fluentd", "options": {"config-file-type": "ftp"}}),
                "config-file-type",
            ),
            (
                "R123",
                pointer,
                json!({"logDriver": "json-file", "secretOptions": [{"name": "a"}]}),
                "name and valueFrom",
            ),
            (
                "R123",
                pointer,
                json!({"logDriver": "json-file", "secretOptions": [{"name": "a", "valueFrom": "b"}]}),
                "log secrets",
            ),
        ],
    );
    let router = |from: &str| json!({"type": "fluentd", "options": {"config-file-type": from}});
    const ROUTER: &str = "/containerDefinitions/0/firelensConfiguration";
    refused(vec![("R122", ROUTER, router("http"), "config-file-type")]);
    // Fargate is said to take files only, and does take S3.
    assert_eq!(task_definition(&changed(fine(), ROUTER, &router("s3"))), Ok(()));
}
