//! The table of rules about the ways to a service's tasks.

use serde_json::json;

use super::services::{changed, create, fine, refused};
use crate::ask::Ask;
use crate::rules::connect;

#[test]
fn traffic_rules() {
    let classic =
        json!([{"loadBalancerName": "old", "containerName": "main", "containerPort": 80}]);
    let mut body = changed(fine("awsvpc"), "/loadBalancers", &classic);
    body["availabilityZoneRebalancing"] = json!("DISABLED");
    for (fargate, words) in [(true, "with Fargate"), (false, "awsvpc network mode")] {
        let refusal = create("awsvpc", fargate, &body).expect_err("R215");
        assert!(refusal.message.contains(words), "R215: {}", refusal.message);
    }
    body.as_object_mut().expect("an object").shift_remove("networkConfiguration");
    assert_eq!(create("bridge", false, &body), Ok(()), "R215");
    let at = "/serviceRegistries";
    let both = json!([{"containerName": "main", "containerPort": 80, "port": 80}]);
    refused(
        "awsvpc",
        true,
        vec![
            ("R219", at, both, "not both"),
            ("R219", at, json!([{"containerPort": 80}]), "together"),
            (
                "R219",
                at,
                json!([{"containerName": "main", "containerPort": 9}]),
                "container port 9",
            ),
        ],
    );
    let port = changed(fine("awsvpc"), at, &json!([{"registryArn": "arn:r", "port": 80}]));
    assert_eq!(create("awsvpc", true, &port), Ok(()), "R219");
    let lattice = "/vpcLatticeConfigurations";
    let gateways = "/gatewayConnectors";
    refused(
        "host",
        false,
        vec![
            ("R219", at, json!([{"registryArn": "arn:r", "port": 80}]), "Registry: arn:r"),
            ("R219", at, json!([{"containerName": "no", "containerPort": 80}]), "does not exist"),
            ("R228", lattice, json!([{"targetGroupArn": "a", "portName": "http"}]), "RoleArn"),
            ("R228", lattice, json!([{"roleArn": "a", "portName": "http"}]), "TargetGroupArn"),
            ("R228", lattice, json!([{"roleArn": "a", "targetGroupArn": "a"}]), "PortName"),
            (
                "R228",
                lattice,
                json!([{"roleArn": "a", "targetGroupArn": "a", "portName": "ftp"}]),
                "portName(ftp)",
            ),
            ("R229", gateways, json!([{"portName": "a"}, {"portName": "b"}]), "at most 1"),
            ("R229", gateways, json!([{}]), "PortName"),
            (
                "R229",
                gateways,
                json!([{"portName": "a", "deregistrationDelay": {"timeoutSeconds": 3_601}}]),
                "between 0 and 3600",
            ),
        ],
    );
}

#[test]
fn service_connect_rules() {
    let alias = "/serviceConnectConfiguration/services/0/clientAliases";
    let name = "/serviceConnectConfiguration/services/0/discoveryName";
    let logs = "/serviceConnectConfiguration/accessLogConfiguration";
    let settings = "/serviceConnectConfiguration/containerConfigurations";
    let dns = |name: &str| json!([{"port": 80, "dnsName": name}]);
    refused(
        "bridge",
        false,
        vec![
            ("R220", "/serviceConnectConfiguration/enabled", json!(null), "enabled cannot be null"),
            (
                "R221",
                "/serviceConnectConfiguration/services/0/portName",
                json!("ftp"),
                "portName(ftp) does not refer to any named PortMapping in the container definitions",
            ),
            ("R221", "/serviceConnectConfiguration/services/0/portName", json!(null), "PortName"),
            ("R222", name, json!("-web"), "discoveryName"),
            ("R222", name, json!("Web"), "discoveryName"),
            ("R222", name, json!("w".repeat(65)), "discoveryName"),
            ("R222", name, json!("tcp"), "more than once"),
            ("R223", alias, json!(null), "At least one"),
            ("R223", alias, json!([]), "At least one"),
            ("R223", alias, json!([{"port": 80}, {"port": 81}]), "2 clientAliases exceeds the max"),
            ("R223", alias, json!([{"dnsName": "web"}]), "port cannot be null"),
            ("R223", alias, json!([{"port": 65_536}]), "between 1 and 65535"),
            ("R224", alias, dns("-web"), "DNS name"),
            ("R224", alias, dns("a web"), "DNS name"),
            ("R224", alias, dns(&"w".repeat(128)), "DNS name"),
            (
                "R225",
                "/serviceConnectConfiguration/services/1/timeout",
                json!({"perRequestTimeoutSeconds": 5}),
                "isn't TCP",
            ),
            (
                "R226",
                "/serviceConnectConfiguration/logConfiguration",
                json!(null),
                "logConfiguration must be specified",
            ),
            ("R226", logs, json!({"format": "XML"}), "accessLogConfiguration.format"),
            ("R227", settings, json!([{"logLevel": "info"}, {"logLevel": "debug"}]), "only once"),
            ("R227", settings, json!([{"logLevel": "trace"}]), "logLevel"),
            ("R227", settings, json!([{}]), "exactly one setting"),
        ],
    );
    let body = json!({"serviceConnectConfiguration": {"enabled": true}});
    let refusal = connect::r220_namespace(Ask(&body), None).expect_err("R220");
    assert_eq!(refusal.message, "Namespace is missing");
    assert_eq!(connect::r220_namespace(Ask(&body), Some("arn:town")), Ok(()), "R220");
}
