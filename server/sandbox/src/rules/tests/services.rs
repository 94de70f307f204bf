//! The table of rules about what a service or a task asks for beside its task
//! definition: each row changes a document that is fine.

use serde_json::{Value, json};

use crate::ask::Ask;
use crate::rules::{Check, deployment, run_task, service};
use crate::task_definitions::{Status, TaskDefinition};

pub(super) fn definition(mode: &str) -> TaskDefinition {
    let mapping = |name: &str, port: u16| json!({"containerPort": port, "name": name});
    let mut http = mapping("http", 80);
    http["appProtocol"] = json!("http");
    let document = json!({
        "networkMode": mode,
        "compatibilities": ["EC2", "FARGATE", "EXTERNAL"],
        "containerDefinitions": [
            {"name": "main", "portMappings": [http]},
            {"name": "side", "portMappings": [mapping("tcp", 81)]},
        ],
        "volumes": [{"name": "data", "configuredAtLaunch": true}, {"name": "host"}],
    });
    TaskDefinition {
        family: "web".to_owned(),
        revision: 1,
        status: Status::Active,
        document,
        tags: Vec::new(),
    }
}

/// A service that has everything.
pub(super) fn fine(mode: &str) -> Value {
    let mut body = json!({
        "serviceName": "web",
        "desiredCount": 1,
        "availabilityZoneRebalancing": "ENABLED",
        "loadBalancers": [{"targetGroupArn": "arn", "containerName": "main", "containerPort": 80}],
        "serviceRegistries": [{"registryArn": "arn:r", "containerName": "main", "containerPort": 80}],
        "serviceConnectConfiguration": {
            "enabled": true,
            "namespace": "town",
            "logConfiguration": {"logDriver": "awslogs"},
            "accessLogConfiguration": {"format": "JSON", "includeQueryParameters": "ENABLED"},
            "containerConfigurations": [{"logLevel": "debug"}],
            "services": [
                {"portName": "http", "discoveryName": "web", "timeout": {"perRequestTimeoutSeconds": 5},
                 "clientAliases": [{"port": 80, "dnsName": "web.town"}]},
                {"portName": "tcp", "timeout": {"idleTimeoutSeconds": 0}, "clientAliases": [{"port": 81}]},
            ],
        },
        "volumeConfigurations": [{"name": "data", "managedEBSVolume": {
            "roleArn": "arn:role", "sizeInGiB": 20, "snapshotId": "snap-1", "volumeInitializationRate": 100,
            "volumeType": "gp3", "iops": 3_000, "throughput": 1_000, "filesystemType": "ext4",
            "tagSpecifications": [{"resourceType": "volume", "propagateTags": "SERVICE", "tags": [{"key": "a", "value": "b"}]}],
        }}],
        "vpcLatticeConfigurations": [{"roleArn": "arn:role", "targetGroupArn": "arn:tg", "portName": "http"}],
        "gatewayConnectors": [{"portName": "http", "deregistrationDelay": {"timeoutSeconds": 3_600}}],
        "monitoring": {"metricConfigurations": [{"metricNames": ["CPUUtilization", "MemoryUtilization"], "resolutionSeconds": 20}]},
    });
    if mode == "awsvpc" {
        body["networkConfiguration"] =
            json!({"awsvpcConfiguration": {"subnets": ["subnet-0a1b2c3d"]}});
    }
    body
}

/// The document with another value at a pointer; null takes it away.
pub(super) fn changed(mut body: Value, pointer: &str, value: &Value) -> Value {
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    let map = body.pointer_mut(parent).and_then(Value::as_object_mut).expect("the parent");
    map.insert(name.to_owned(), value.clone());
    if value.is_null() {
        map.shift_remove(name);
    }
    body
}

pub(super) fn create(mode: &str, fargate: bool, body: &Value) -> Check {
    service::check_create(Ask(body))?;
    service::check_definition(&definition(mode), fargate, Ask(body))
}

/// A row: rule, JSON pointer, new value, part of the sentence.
type Row = (&'static str, &'static str, Value, &'static str);

pub(super) fn refused(mode: &str, fargate: bool, rows: Vec<Row>) {
    for (rule, pointer, value, words) in rows {
        let body = changed(fine(mode), pointer, &value);
        let refusal =
            create(mode, fargate, &body).expect_err(&format!("{rule}: {pointer} = {value}"));
        assert!(refusal.message.contains(words), "{rule}: {}", refusal.message);
        assert_eq!(refusal.code, "InvalidParameterException", "{rule}");
    }
}

#[test]
fn what_is_fine_is_accepted() {
    for mode in ["awsvpc", "bridge", "host"] {
        assert_eq!(create(mode, false, &fine(mode)), Ok(()), "{mode}");
    }
    assert_eq!(create("awsvpc", true, &fine("awsvpc")), Ok(()));
    let connect = "/serviceConnectConfiguration";
    let off = json!({"enabled": false, "services": [{"portName": "none"}]});
    assert_eq!(create("bridge", false, &changed(fine("bridge"), connect, &off)), Ok(()));
}

#[test]
fn launch_rules() {
    let rows = vec![
        ("R189", "/launchType", json!("MANAGED_INSTANCES"), "Use a capacity provider strategy"),
        ("R190", "/launchType", json!("FARGATE_SPOT"), "Member must satisfy enum value set"),
        ("R207", "/role", json!("ecsServiceRole"), "service linked role"),
        (
            "R253",
            "/monitoring/metricConfigurations",
            json!([{"metricNames": ["CPUUtilization"], "resolutionSeconds": 30}]),
            "20 or 60",
        ),
        (
            "R253",
            "/monitoring/metricConfigurations",
            json!([{"metricNames": ["CPUUtilization"]}]),
            "20 or 60",
        ),
        (
            "R253",
            "/monitoring/metricConfigurations",
            json!([{"metricNames": ["DiskUtilization"], "resolutionSeconds": 60}]),
            "monitoring.metricNames",
        ),
        (
            "R253",
            "/monitoring/metricConfigurations",
            json!([{"metricNames": [], "resolutionSeconds": 60}]),
            "between 1 and 5",
        ),
        ("R253", "/monitoring/metricConfigurations", json!([{}, {}, {}, {}, {}, {}]), "at most 5"),
    ];
    refused("bridge", false, rows);
    let role = |mode: &str, balancers: usize| {
        let mut body = fine(mode);
        body["role"] = json!("ecsServiceRole");
        body["serviceRegistries"] = json!([]);
        let balancer = body["loadBalancers"][0].clone();
        body["loadBalancers"] = json!(vec![balancer; balancers]);
        create(mode, false, &body)
    };
    assert_eq!(role("bridge", 1), Ok(()), "R207");
    assert!(role("bridge", 0).is_err_and(|it| it.message.contains("use load balancers")), "R207");
    assert!(role("bridge", 2).is_err_and(|it| it.message.contains("linked role")), "R207");
    assert!(role("awsvpc", 1).is_err_and(|it| it.message.contains("linked role")), "R207");
}

#[test]
fn rebalancing_rules() {
    let zone = |expression: &str| json!([{"type": "memberOf", "expression": expression}]);
    let classic =
        json!([{"loadBalancerName": "old", "containerName": "main", "containerPort": 80}]);
    let rows = vec![
        (
            "R212",
            "/deploymentConfiguration",
            json!({"maximumPercent": 100, "minimumHealthyPercent": 50}),
            "maximumPercent <= 100",
        ),
        ("R212", "/launchType", json!("EXTERNAL"), "EXTERNAL launch type"),
        ("R212", "/loadBalancers", classic, "Classic Load Balancers"),
        (
            "R212",
            "/placementConstraints",
            zone("attribute:a == b and not (attribute:ecs.availability-zone == eu-central-1a)"),
            "placement constraints",
        ),
        (
            "R212",
            "/placementStrategy",
            json!([{"type": "binpack", "field": "cpu"}]),
            "first placement strategy",
        ),
    ];
    for (rule, pointer, value, words) in &rows {
        let mut body = changed(fine("bridge"), pointer, value);
        let refusal = service::check_create(Ask(&body)).expect_err(rule);
        assert!(refusal.message.contains(words), "{rule}: {}", refusal.message);
        for word in [json!("DISABLED"), json!(null)] {
            body["availabilityZoneRebalancing"] = word;
            assert_eq!(service::check_create(Ask(&body)), Ok(()), "{rule}: {pointer}");
        }
    }
    for (pointer, value) in [
        ("/placementConstraints", zone("attribute:a == b")),
        (
            "/placementStrategy",
            json!([{"type": "spread", "field": "attribute:ecs.availability-zone"}, {"type": "binpack", "field": "cpu"}]),
        ),
    ] {
        assert_eq!(create("bridge", false, &changed(fine("bridge"), pointer, &value)), Ok(()));
    }
    let body = json!({"serviceName": "web", "schedulingStrategy": "DAEMON", "availabilityZoneRebalancing": "ENABLED"});
    let refusal = service::check_create(Ask(&body)).expect_err("R211");
    assert!(refusal.message.contains("does not support DAEMON"), "R211: {}", refusal.message);
}

#[test]
fn external_and_start_rules() {
    let settings = |configuration: Value| json!({"deploymentConfiguration": configuration});
    for member in ["maximumPercent", "minimumHealthyPercent"] {
        let body = settings(json!({member: 150}));
        assert!(deployment::r235_percents(Ask(&body)).is_err(), "R235: {member}");
    }
    let body = settings(json!({"maximumPercent": 200, "minimumHealthyPercent": 100}));
    assert_eq!(deployment::r235_percents(Ask(&body)), Ok(()), "R235");
    let start = |member: &str, value: Value| {
        let mut body = json!({"taskDefinition": "web", "containerInstances": ["a"]});
        body[member] = value;
        run_task::check_start(Ask(&body))
    };
    assert_eq!(start("startedBy", json!("s".repeat(36))), Ok(()));
    assert!(start("startedBy", json!("s".repeat(37))).is_err(), "R267");
    assert!(start("containerInstances", json!([])).is_err(), "R274");
    assert!(start("containerInstances", json!(vec!["a"; 11])).is_err(), "R274");
    assert!(start("launchType", json!("FARGATE")).is_err(), "R274");
    let strategy = json!([{"capacityProvider": "FARGATE"}]);
    assert!(start("capacityProviderStrategy", strategy).is_err(), "R274");
}
