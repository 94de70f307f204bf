//! The table of rules about EBS volumes that are configured at launch.

use serde_json::{Value, json};

use super::services::{changed, create, definition, fine};
use crate::ask::Ask;
use crate::rules::run_task;

#[test]
fn volume_rules() {
    let at = |member: &'static str| format!("/volumeConfigurations/0/managedEBSVolume/{member}");
    let invalid = "ECS managed EBS volume configuration was invalid";
    let rows = [
        (
            "R255",
            json!({"snapshotId": null, "sizeInGiB": null, "volumeInitializationRate": null}),
            invalid,
        ),
        ("R256", json!({"sizeInGiB": 0}), "too small"),
        ("R256", json!({"sizeInGiB": 16_385}), "too large"),
        (
            "R256",
            json!({"volumeType": "io1", "iops": 100, "throughput": null, "sizeInGiB": 3}),
            "minimum is 4GiB",
        ),
        (
            "R256",
            json!({"volumeType": "st1", "iops": null, "throughput": null, "sizeInGiB": 124}),
            "minimum is 125GiB",
        ),
        (
            "R256",
            json!({"volumeType": "standard", "iops": null, "throughput": null, "sizeInGiB": 1_025}),
            "maximum is 1024GiB",
        ),
        ("R257", json!({"volumeType": "io2", "iops": null, "throughput": null}), "parameter iops"),
        ("R257", json!({"iops": 2_999}), "too low; minimum is 3000"),
        ("R257", json!({"iops": 16_001}), "too high; maximum is 16000"),
        (
            "R257",
            json!({"volumeType": "io1", "iops": 64_001, "throughput": null}),
            "maximum is 64000",
        ),
        (
            "R257",
            json!({"volumeType": "io2", "iops": 256_001, "throughput": null}),
            "maximum is 256000",
        ),
        (
            "R257",
            json!({"volumeType": "sc1", "sizeInGiB": 200, "throughput": null}),
            "iops is not supported for sc1",
        ),
        ("R257", json!({"volumeType": "gp2", "throughput": null}), "iops is not supported for gp2"),
        ("R258", json!({"volumeType": "io1"}), "throughput is not supported for io1"),
        ("R258", json!({"throughput": 1_001}), "throughput of 1001"),
        ("R259", json!({"snapshotId": null}), "volumeInitializationRate"),
        (
            "R260",
            json!({"volumeType": "standard", "iops": null, "throughput": null}),
            "not supported on Fargate",
        ),
        ("R261", json!({"filesystemType": "zfs"}), "filesystemType"),
        ("R262", json!({"roleArn": null}), "RoleArn cannot be empty"),
        (
            "R263",
            json!({"tagSpecifications": [{"resourceType": "volume", "tags": [{"key": "AmazonECSManaged"}]}]}),
            "reserved",
        ),
        (
            "R263",
            json!({"tagSpecifications": [{"resourceType": "volume", "tags": [{"key": "AmazonECSCreated"}]}]}),
            "reserved",
        ),
        ("R263", json!({"tagSpecifications": [{"resourceType": "task"}]}), "resourceType"),
        ("R264", json!({"terminationPolicy": {}}), "deleteOnTermination"),
    ];
    let task = |body: &Value| {
        run_task::check(Ask(body))?;
        run_task::check_launch(&definition("awsvpc"), true, Ask(body))
    };
    let on_task = |body: &Value| {
        json!({"taskDefinition": "web", "networkConfiguration": body["networkConfiguration"],
               "volumeConfigurations": body["volumeConfigurations"]})
    };
    assert_eq!(task(&on_task(&fine("awsvpc"))), Ok(()));
    for (rule, members, words) in rows {
        let mut body = fine("awsvpc");
        for (member, value) in members.as_object().expect("an object") {
            let managed = &mut body["volumeConfigurations"][0]["managedEBSVolume"];
            managed[member.as_str()] = value.clone();
        }
        for refusal in [create("awsvpc", true, &body), task(&on_task(&body))] {
            let refusal = refusal.expect_err(&format!("{rule}: {members}"));
            assert!(refusal.message.contains(words), "{rule}: {}", refusal.message);
        }
    }
    for name in ["none", "host"] {
        let body = changed(fine("awsvpc"), "/volumeConfigurations/0/name", &json!(name));
        let refusal = create("awsvpc", true, &body).expect_err("R254");
        assert!(refusal.message.contains("does not have a matching volume"), "R254");
    }
    let magnetic = changed(fine("bridge"), &at("volumeType"), &json!("standard"));
    let magnetic =
        changed(changed(magnetic, &at("iops"), &json!(null)), &at("throughput"), &json!(null));
    assert_eq!(create("bridge", false, &magnetic), Ok(()), "R260");
}
