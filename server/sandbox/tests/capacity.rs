//! Stories on capacity providers.

mod support;

use berth_sandbox::Seed;
use serde_json::{Value, json};
use support::{Story, list, text};

fn group(name: &str) -> Value {
    json!({"autoScalingGroupArn": format!("arn:aws:autoscaling:eu-central-1:000000000000:autoScalingGroup:0:autoScalingGroupName/{name}")})
}

fn create(name: &str) -> Value {
    json!({"name": name, "autoScalingGroupProvider": group(name)})
}

fn managed(name: &str) -> Value {
    json!({"name": name, "cluster": "shop", "managedInstancesProvider": {
        "infrastructureRoleArn": "arn:aws:iam::000000000000:role/infra",
        "instanceLaunchTemplate": {
            "ec2InstanceProfileArn": "arn:aws:iam::000000000000:instance-profile/ecs",
            "networkConfiguration": {"subnets": ["subnet-0a1b2c3d"]},
        },
    }})
}

fn shown(story: &Story, name: &str) -> Value {
    let body = json!({"capacityProviders": [name], "include": ["TAGS"]});
    story.ask("DescribeCapacityProviders", body)["capacityProviders"][0].clone()
}

#[test]
fn a_group_provider_is_made_changed_used_and_deleted() {
    let story = Story::with(Seed::Empty, None);
    let mut body = create("metal");
    body["tags"] = json!([{"key": "team", "value": "shop"}]);
    let made = story.ask("CreateCapacityProvider", body.clone())["capacityProvider"].clone();
    assert_eq!(made["status"], "ACTIVE");
    assert_eq!(made["type"], "EC2_AUTOSCALING");
    let provider = &made["autoScalingGroupProvider"];
    assert_eq!(provider["managedScaling"]["status"], "DISABLED");
    assert_eq!(provider["managedScaling"]["targetCapacity"], 100);
    assert_eq!(provider["managedDraining"], "ENABLED");
    assert_eq!(shown(&story, "metal"), made);
    let (code, message) = story.refused("CreateCapacityProvider", body);
    assert_eq!(code, "ClientException");
    assert!(message.contains("already"), "{message}");
    let mut twin = create("twin");
    twin["autoScalingGroupProvider"] = group("metal");
    let (code, _) = story.refused("CreateCapacityProvider", twin);
    assert_eq!(code, "ClientException", "one provider for each group");
    let body = json!({"name": "metal", "autoScalingGroupProvider": {"managedScaling": {"status": "ENABLED", "targetCapacity": 90}}});
    let answer = story.ask("UpdateCapacityProvider", body)["capacityProvider"].clone();
    assert_eq!(answer["updateStatus"], "UPDATE_IN_PROGRESS");
    assert_eq!(answer["autoScalingGroupProvider"]["managedScaling"]["targetCapacity"], 90);
    assert_eq!(answer["autoScalingGroupProvider"]["managedScaling"]["minimumScalingStepSize"], 1);
    let delete = json!({"capacityProvider": "metal"});
    let (code, _) = story.refused("DeleteCapacityProvider", delete.clone());
    assert_eq!(code, "UpdateInProgressException");
    story.pass(10);
    assert_eq!(shown(&story, "metal")["updateStatus"], "UPDATE_COMPLETE");
    story.ask("CreateCluster", json!({"clusterName": "shop", "capacityProviders": ["metal"]}));
    let answer = story.ask("DeleteCapacityProvider", delete.clone())["capacityProvider"].clone();
    assert_eq!(
        (&answer["status"], &answer["updateStatus"]),
        (&json!("ACTIVE"), &json!("DELETE_FAILED"))
    );
    assert_eq!(
        answer["updateStatusReason"],
        "The capacity provider cannot be deleted because it is associated with cluster: shop. Remove the capacity provider from the cluster and try again."
    );
    let none =
        json!({"cluster": "shop", "capacityProviders": [], "defaultCapacityProviderStrategy": []});
    story.ask("PutClusterCapacityProviders", none);
    let answer = story.ask("DeleteCapacityProvider", delete)["capacityProvider"].clone();
    assert_eq!(answer["updateStatus"], "DELETE_IN_PROGRESS");
    assert!(answer.get("updateStatusReason").is_none());
    story.pass(10);
    let gone = shown(&story, "metal");
    assert_eq!(
        (&gone["status"], &gone["updateStatus"]),
        (&json!("INACTIVE"), &json!("DELETE_COMPLETE"))
    );
    let body = json!({"cluster": "shop", "capacityProviders": ["metal"], "defaultCapacityProviderStrategy": []});
    let (_, message) = story.refused("PutClusterCapacityProviders", body);
    assert_eq!(
        message,
        "The specified capacity provider 'metal' is not in an ACTIVE state. Specify a valid capacity provider and try again."
    );
    story.ask("CreateCapacityProvider", create("metal"));
    story.pass(3_000);
    assert_eq!(shown(&story, "metal")["status"], "ACTIVE");
    story.ask("DeleteCapacityProvider", json!({"capacityProvider": "metal"}));
    story.pass(1_000);
    assert_eq!(shown(&story, "metal")["status"], "INACTIVE", "not forgotten with the old one");
    story.pass(3_000);
    let answer = story.ask("DescribeCapacityProviders", json!({"capacityProviders": ["metal"]}));
    assert_eq!(answer["failures"][0]["reason"], "MISSING");
}

#[test]
fn a_managed_provider_belongs_to_one_cluster() {
    let story = Story::new();
    story.ask("CreateCluster", json!({"clusterName": "other"}));
    let made = story.ask("CreateCapacityProvider", managed("cloud"))["capacityProvider"].clone();
    assert_eq!(
        (&made["status"], &made["updateStatus"]),
        (&json!("PROVISIONING"), &json!("CREATE_IN_PROGRESS"))
    );
    assert_eq!((&made["type"], &made["cluster"]), (&json!("MANAGED_INSTANCES"), &json!("shop")));
    let attach = |cluster: &str| json!({"cluster": cluster, "capacityProviders": ["cloud"], "defaultCapacityProviderStrategy": []});
    let (_, message) = story.refused("PutClusterCapacityProviders", attach("shop"));
    assert!(message.contains("is not in an ACTIVE state"), "{message}");
    story.pass(10);
    assert_eq!(shown(&story, "cloud")["updateStatus"], "CREATE_COMPLETE");
    let (_, message) = story.refused("PutClusterCapacityProviders", attach("other"));
    assert!(message.contains("was not found"), "{message}");
    let of = |cluster: &str| {
        let answer = story.ask("DescribeCapacityProviders", json!({"cluster": cluster}));
        list(&answer["capacityProviders"])
            .iter()
            .map(|item| text(&item["name"]))
            .collect::<Vec<_>>()
    };
    assert_eq!(of("shop"), ["FARGATE", "FARGATE_SPOT", "cloud"]);
    assert!(of("other").is_empty());
    story.ask("PutClusterCapacityProviders", attach("shop"));
    let mut body = managed("cloud");
    body["managedInstancesProvider"]["propagateTags"] = json!("CAPACITY_PROVIDER");
    let answer = story.ask("UpdateCapacityProvider", body)["capacityProvider"].clone();
    assert_eq!(answer["managedInstancesProvider"]["propagateTags"], "CAPACITY_PROVIDER");
    story.pass(10);
    let (code, _) = story.refused("DeleteCluster", json!({"cluster": "shop"}));
    assert_eq!(code, "ClusterContainsCapacityProviderException");
}

#[test]
fn wrong_requests_are_refused() {
    let story = Story::new();
    let scaled = |scaling: Value| {
        let mut body = create("metal");
        body["autoScalingGroupProvider"]["managedScaling"] = scaling;
        body
    };
    let mut both = create("metal");
    both["managedInstancesProvider"] = managed("x")["managedInstancesProvider"].clone();
    let mut protected = create("metal");
    protected["autoScalingGroupProvider"]["managedTerminationProtection"] = json!("ENABLED");
    let mut homeless = managed("cloud");
    homeless["cluster"] = Value::Null;
    let mut sandboxed = managed("cloud");
    let template = &mut sandboxed["managedInstancesProvider"]["instanceLaunchTemplate"];
    template["nitroEnclavesEnabled"] = json!(true);
    template["localStorageConfiguration"] = json!({"useLocalStorage": true});
    let mut vague = managed("cloud");
    vague["managedInstancesProvider"]["instanceLaunchTemplate"]["instanceRequirements"] =
        json!({"vCpuCount": {"min": 1}});
    let table = [
        ("R282", create("aws-metal")),
        ("R282", create("Fargate2")),
        ("R282", create("a b")),
        ("R284", scaled(json!({"targetCapacity": 101}))),
        ("R285", scaled(json!({"minimumScalingStepSize": 0}))),
        ("R285", scaled(json!({"minimumScalingStepSize": 9, "maximumScalingStepSize": 8}))),
        ("warmup", scaled(json!({"instanceWarmupPeriod": 10_001}))),
        ("status", scaled(json!({"status": "ON"}))),
        ("R286", protected),
        ("both", both),
        ("neither", json!({"name": "metal"})),
        ("no group", json!({"name": "metal", "autoScalingGroupProvider": {}})),
        ("R283", homeless),
        (
            "R287",
            json!({"name": "cloud", "cluster": "shop", "managedInstancesProvider": {"infrastructureRoleArn": "arn"}}),
        ),
        ("R288", vague),
        ("R290", sandboxed),
    ];
    for (rule, body) in table {
        let (code, message) = story.refused("CreateCapacityProvider", body);
        assert!(
            ["InvalidParameterException", "ClientException"].contains(&code.as_str()),
            "{rule}: {message}"
        );
    }
    for name in ["FARGATE", "FARGATE_SPOT", "nobody"] {
        story.refused("DeleteCapacityProvider", json!({"capacityProvider": name}));
        story.refused(
            "UpdateCapacityProvider",
            json!({"name": name, "autoScalingGroupProvider": {}}),
        );
    }
    let answer = story.ask("DescribeCapacityProviders", json!({}));
    assert_eq!(list(&answer["capacityProviders"]).len(), 2, "nothing was made");
}
