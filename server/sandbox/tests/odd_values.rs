//! Requests that are fine but for one value, at every place of the document:
//! none may panic, and the world must go on afterwards.

mod support;

use serde_json::{Value, json};
use support::{Story, network};

/// The JSON pointers of everything in a document.
fn places(document: &Value, prefix: &str, found: &mut Vec<String>) {
    found.push(prefix.to_owned());
    match document {
        Value::Object(map) => {
            for (name, value) in map {
                places(value, &format!("{prefix}/{name}"), found);
            }
        }
        Value::Array(list) => {
            for (at, value) in list.iter().enumerate() {
                places(value, &format!("{prefix}/{at}"), found);
            }
        }
        _ => {}
    }
}

fn requests() -> Vec<(&'static str, Value)> {
    let configuration = json!({
        "minimumHealthyPercent": 50, "maximumPercent": 200, "strategy": "ROLLING",
        "deploymentCircuitBreaker": {
            "enable": true, "rollback": true, "resetOnHealthyTask": false,
            "thresholdConfiguration": {"type": "UNBOUNDED_PERCENT", "value": 50},
        },
    });
    let stepped = json!({
        "strategy": "LINEAR", "bakeTimeInMinutes": 1,
        "linearConfiguration": {"stepPercent": 50.0, "stepBakeTimeInMinutes": 1},
        "alarms": {"alarmNames": ["errors-goes-off-after-900s"], "enable": true, "rollback": true},
        "lifecycleHooks": [
            {"hookTargetArn": "gate-waits", "roleArn": "x", "lifecycleStages": ["PRE_SCALE_UP"],
             "timeoutConfiguration": {"timeoutInMinutes": 1, "action": "CONTINUE"}},
        ],
    });
    vec![
        (
            "RegisterTaskDefinition",
            json!({
                "family": "web", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
                "executionRoleArn": "x", "ephemeralStorage": {"sizeInGiB": 30}, "runtimePlatform": {"cpuArchitecture": "ARM64"},
                "volumes": [{"name": "v", "host": {}}], "tags": [{"key": "a", "value": "b"}],
                "containerDefinitions": [
                    {"name": "a", "image": "shop/a:crash-1-after-3s", "cpu": 1, "memory": 64, "memoryReservation": 32, "essential": true,
                     "portMappings": [{"containerPort": 80, "hostPort": 80, "protocol": "tcp", "name": "p", "appProtocol": "http"}],
                     "environment": [{"name": "SANDBOX_BEHAVIOUR", "value": "unhealthy"}], "secrets": [{"name": "S", "valueFrom": "x"}],
                     "healthCheck": {"command": ["CMD", "x"], "interval": 5, "timeout": 2, "retries": 1, "startPeriod": 0},
                     "mountPoints": [{"sourceVolume": "v"}], "stopTimeout": 3, "dependsOn": [{"containerName": "b", "condition": "START"}],
                     "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "g", "awslogs-region": "r", "awslogs-stream-prefix": "p"}}},
                    {"name": "b", "image": "shop/b:1", "essential": false},
                ],
            }),
        ),
        (
            "CreateService",
            json!({
                "cluster": "shop", "serviceName": "web", "taskDefinition": "web", "desiredCount": 3, "launchType": "FARGATE",
                "networkConfiguration": network(), "deploymentConfiguration": configuration, "clientToken": "t",
                "loadBalancers": [{"targetGroupArn": "arn", "containerName": "a", "containerPort": 80}],
                "tags": [{"key": "a", "value": "b"}], "propagateTags": "SERVICE", "enableECSManagedTags": true,
            }),
        ),
        (
            "UpdateService",
            json!({
                "cluster": "shop", "service": "web", "taskDefinition": "web", "desiredCount": 2, "forceNewDeployment": true,
                "deploymentConfiguration": configuration, "networkConfiguration": network(),
                "capacityProviderStrategy": [{"capacityProvider": "FARGATE", "weight": 1, "base": 1}, {"capacityProvider": "FARGATE_SPOT", "weight": 2}],
            }),
        ),
        (
            "CreateService",
            json!({
                "cluster": "shop", "serviceName": "shifted", "taskDefinition": "web", "desiredCount": 1, "launchType": "FARGATE",
                "networkConfiguration": network(), "deploymentConfiguration": stepped,
                "loadBalancers": [{"targetGroupArn": "a", "containerName": "a", "containerPort": 80, "advancedConfiguration": {
                    "alternateTargetGroupArn": "b", "productionListenerRule": "r", "testListenerRule": "t", "roleArn": "x"}}],
            }),
        ),
        (
            "UpdateService",
            json!({"cluster": "shop", "service": "shifted", "forceNewDeployment": true, "deploymentConfiguration": stepped}),
        ),
        (
            "ContinueServiceDeployment",
            json!({"serviceDeploymentArn": "arn", "hookId": "h", "action": "CONTINUE"}),
        ),
        (
            "RunTask",
            json!({
                "cluster": "shop", "taskDefinition": "web", "count": 2, "startedBy": "me", "networkConfiguration": network(),
                "capacityProviderStrategy": [{"capacityProvider": "FARGATE", "weight": 1, "base": 1}, {"capacityProvider": "FARGATE_SPOT", "weight": 2}],
                "overrides": {"cpu": "512", "memory": "1024", "containerOverrides": [
                    {"name": "a", "cpu": 2, "memory": 32, "environment": [{"name": "SANDBOX_BEHAVIOUR", "value": "oom-after-2s"}]},
                ]},
            }),
        ),
    ]
}

fn odd() -> [Value; 14] {
    [
        json!(null),
        json!(""),
        json!("€"),
        json!(-1),
        json!(0),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(1.5),
        json!(true),
        json!([]),
        json!([null]),
        json!([{}]),
        json!({}),
        json!("9223372036854775807"),
    ]
}

/// Requests that need no others before them but a running task and an instance.
fn single(task: &str, instance: &str) -> Vec<(&'static str, Value)> {
    let attribute = json!({"name": "a", "value": "b", "targetType": "container-instance", "targetId": instance});
    let scaling = json!({"status": "ENABLED", "targetCapacity": 90, "minimumScalingStepSize": 1, "maximumScalingStepSize": 2, "instanceWarmupPeriod": 3});
    let group = json!({"autoScalingGroupArn": "g", "managedScaling": scaling, "managedTerminationProtection": "ENABLED", "managedDraining": "DISABLED"});
    let template = json!({
        "ec2InstanceProfileArn": "p", "networkConfiguration": {"subnets": ["s"]}, "nitroEnclavesEnabled": true,
        "localStorageConfiguration": {"useLocalStorage": false},
        "instanceRequirements": {"vCpuCount": {"min": 1}, "memoryMiB": {"min": 1}, "allowedInstanceTypes": ["m*"]},
    });
    let managed = json!({"infrastructureRoleArn": "r", "instanceLaunchTemplate": template, "propagateTags": "NONE"});
    vec![
        (
            "PutAccountSetting",
            json!({"name": "containerInsights", "value": "enabled", "principalArn": "arn:aws:iam::000000000000:root"}),
        ),
        (
            "DeleteAccountSetting",
            json!({"name": "containerInsights", "principalArn": "arn:aws:iam::000000000000:root"}),
        ),
        (
            "UpdateTaskProtection",
            json!({"cluster": "shop", "tasks": [task], "protectionEnabled": true, "expiresInMinutes": 5}),
        ),
        (
            "ExecuteCommand",
            json!({"cluster": "shop", "task": task, "container": "main", "command": "sh", "interactive": true}),
        ),
        ("PutAttributes", json!({"cluster": "shop", "attributes": [attribute]})),
        ("DeleteAttributes", json!({"cluster": "shop", "attributes": [attribute]})),
        (
            "RegisterContainerInstance",
            json!({
                "cluster": "shop", "instanceIdentityDocument": "{}", "tags": [{"key": "a", "value": "b"}],
                "versionInfo": {"agentVersion": "1.0.0"}, "attributes": [{"name": "a", "value": "b"}],
                "totalResources": [{"name": "CPU", "integerValue": 64}, {"name": "MEMORY", "integerValue": 64}],
            }),
        ),
        ("UpdateContainerAgent", json!({"cluster": "shop", "containerInstance": instance})),
        (
            "CreateCapacityProvider",
            json!({"name": "metal", "autoScalingGroupProvider": group, "tags": [{"key": "a", "value": "b"}]}),
        ),
        ("UpdateCapacityProvider", json!({"name": "metal", "autoScalingGroupProvider": group})),
        (
            "CreateCapacityProvider",
            json!({"name": "cloud", "cluster": "shop", "managedInstancesProvider": managed}),
        ),
        (
            "UpdateCapacityProvider",
            json!({"name": "cloud", "cluster": "shop", "managedInstancesProvider": managed}),
        ),
        ("ListServicesByNamespace", json!({"namespace": "town", "maxResults": 1})),
        (
            "DeregisterContainerInstance",
            json!({"cluster": "shop", "containerInstance": instance, "force": true}),
        ),
    ]
}

#[test]
fn one_odd_value_in_a_single_request_breaks_nothing() {
    let story = Story::new();
    story.family("web", "shop/web:1");
    let task = story.run("web");
    story.pass(60);
    let resources =
        json!([{"name": "CPU", "integerValue": 64}, {"name": "MEMORY", "integerValue": 64}]);
    let body = json!({"cluster": "shop", "totalResources": resources, "versionInfo": {"agentVersion": "1.0.0"}});
    let instance = story.ask("RegisterContainerInstance", body)["containerInstance"].clone();
    let arn = support::text(&instance["containerInstanceArn"]);
    for (operation, body) in single(&task, &arn) {
        let mut found = Vec::new();
        places(&body, "", &mut found);
        for place in &found {
            for value in odd() {
                let mut sent = body.clone();
                if let Some(member) = sent.pointer_mut(place) {
                    *member = value.clone();
                }
                let (status, _) = story.send(operation, &sent);
                assert!([200, 400].contains(&status), "{operation} {place} {value}");
            }
        }
        story.send(operation, &body);
        story.pass(10);
        story.ask("DescribeCapacityProviders", json!({"include": ["TAGS"]}));
        story.ask("ListAccountSettings", json!({"effectiveSettings": true}));
    }
    story.pass(4_000);
    story.ask("DescribeClusters", json!({"clusters": ["shop"]}));
}

#[test]
fn one_odd_value_anywhere_breaks_nothing() {
    let odd = odd();
    for (operation, body) in requests() {
        let mut found = Vec::new();
        places(&body, "", &mut found);
        for place in found.iter().filter(|place| !place.is_empty()) {
            let story = Story::new();
            for value in &odd {
                for (other, fine) in requests() {
                    let mut sent = fine;
                    if other == operation
                        && let Some(member) = sent.pointer_mut(place)
                    {
                        *member = value.clone();
                    }
                    let (status, _) = story.send(other, &sent);
                    assert!([200, 400].contains(&status), "{operation} {place} {value}");
                }
                story.pass(40);
            }
            story.pass(2_000);
            story.ask("DescribeClusters", json!({"clusters": ["shop"]}));
            story.send("DescribeServices", &json!({"cluster": "shop", "services": ["web"]}));
        }
    }
}
