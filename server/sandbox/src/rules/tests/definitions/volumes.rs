//! Rows of the rules about volumes.

use super::*;

#[test]
fn rules_about_volumes() {
    let one = |value: Value| {
        let mut volume = json!({"name": "data"});
        for (name, value) in value.as_object().into_iter().flatten() {
            volume[name] = value.clone();
        }
        json!([volume])
    };
    let efs = |value: Value| one(json!({"efsVolumeConfiguration": value}));
    let fsx = |value: Value| one(json!({"fsxWindowsFileServerVolumeConfiguration": value}));
    refused_from(
        &on_instances(),
        vec![
            ("R165", "/volumes", one(json!({"configuredAtLaunch": true})), "must be mounted"),
            (
                "R165",
                "/volumes",
                json!([{"name": "a", "configuredAtLaunch": true}, {"name": "b", "configuredAtLaunch": true}]),
                "Only one volume",
            ),
            (
                "R169",
                "/containerDefinitions/0/volumesFrom",
                json!([{"sourceContainer": "main"}]),
                "no other container",
            ),
            (
                "R169",
                "/containerDefinitions/0/volumesFrom",
                json!([{"sourceContainer": "none"}]),
                "no other container",
            ),
            (
                "R174",
                "/volumes",
                one(json!({"dockerVolumeConfiguration": {"autoprovision": true, "scope": "task"}})),
                "scope shared",
            ),
            ("R175", "/volumes", efs(json!({})), "must have a fileSystemId"),
            (
                "R176",
                "/volumes",
                efs(
                    json!({"fileSystemId": "fs-1", "rootDirectory": "/x", "transitEncryption": "ENABLED", "authorizationConfig": {"accessPointId": "fsap-1"}}),
                ),
                "rootDirectory must be omitted",
            ),
            (
                "R177",
                "/volumes",
                efs(
                    json!({"fileSystemId": "fs-1", "authorizationConfig": {"accessPointId": "fsap-1"}}),
                ),
                "EFS access point",
            ),
            (
                "R178",
                "/volumes",
                efs(json!({"fileSystemId": "fs-1", "authorizationConfig": {"iam": "ENABLED"}})),
                "EFS IAM authorization",
            ),
            (
                "R181",
                "/volumes",
                one(json!({"s3filesVolumeConfiguration": {"fileSystemArn": "fs-1"}})),
                "full ARN",
            ),
            (
                "R181",
                "/volumes",
                one(json!({"s3filesVolumeConfiguration": {"fileSystemArn": "arn:aws:s3files:x"}})),
                "A task role",
            ),
            ("R183", "/volumes", fsx(json!({"fileSystemId": "fs-1"})), "rootDirectory"),
            (
                "R183",
                "/volumes",
                fsx(json!({"fileSystemId": "fs-1", "rootDirectory": "x"})),
                "authorizationConfig",
            ),
            (
                "R183",
                "/volumes",
                fsx(
                    json!({"fileSystemId": "fs-1", "rootDirectory": "x", "authorizationConfig": {"domain": "d"}}),
                ),
                "credentialsParameter",
            ),
        ],
    );
    let role = changed(on_instances(), "/taskRoleArn", &json!("role"));
    let files = json!({"fileSystemArn": "arn:aws:s3files:x", "accessPointArn": "arn:y", "rootDirectory": "/z"});
    refused_from(
        &role,
        vec![(
            "R182",
            "/volumes",
            one(json!({"s3filesVolumeConfiguration": files})),
            "rootDirectory must be omitted",
        )],
    );
}
