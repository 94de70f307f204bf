//! Rows of the rules about networks, Linux, volumes and logs.

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
fn rules_about_linux() {
    let linux = |value: Value| value;
    refused_from(
        &on_instances(),
        vec![
            (
                "R140",
                "/containerDefinitions/0/linuxParameters",
                linux(json!({"capabilities": {"add": ["FLY"]}})),
                "capabilities.add",
            ),
            (
                "R141",
                "/containerDefinitions/0/linuxParameters",
                linux(json!({"devices": [{}]})),
                "hostPath",
            ),
            (
                "R142",
                "/containerDefinitions/0/linuxParameters",
                linux(json!({"devices": [{"hostPath": "/dev/x", "permissions": ["look"]}]})),
                "permissions",
            ),
            (
                "R144",
                "/containerDefinitions/0/linuxParameters",
                linux(json!({"maxSwap": -1})),
                "maxSwap",
            ),
            (
                "R145",
                "/containerDefinitions/0/linuxParameters",
                linux(json!({"swappiness": 101})),
                "between 0 and 100",
            ),
            (
                "R146",
                "/containerDefinitions/0/linuxParameters",
                linux(json!({"tmpfs": [{"containerPath": "tmp", "size": 1}]})),
                "absolute containerPath",
            ),
            (
                "R146",
                "/containerDefinitions/0/linuxParameters",
                linux(json!({"tmpfs": [{"containerPath": "/tmp"}]})),
                "a size in MiB",
            ),
            (
                "R150",
                "/containerDefinitions/0/ulimits",
                json!([{"name": "files", "softLimit": 1, "hardLimit": 1}]),
                "ulimits.name",
            ),
            (
                "R150",
                "/containerDefinitions/0/ulimits",
                json!([{"name": "nofile", "softLimit": 1}]),
                "needs a softLimit and a hardLimit",
            ),
            (
                "R151",
                "/containerDefinitions/0/ulimits",
                json!([{"name": "nofile", "softLimit": 2, "hardLimit": 1}]),
                "greater than its hard limit",
            ),
            (
                "R154",
                "/containerDefinitions/0/systemControls",
                json!([{"namespace": "vm.swappiness", "value": "1"}]),
                "'vm.swappiness' is not supported",
            ),
            (
                "R158",
                "/containerDefinitions/0/resourceRequirements",
                json!([{"type": "TPU", "value": "1"}]),
                "resourceRequirements.type",
            ),
            (
                "R159",
                "/containerDefinitions/0/resourceRequirements",
                json!([{"type": "GPU", "value": "some"}]),
                "a number or ALL",
            ),
            (
                "R161",
                "/containerDefinitions/0/resourceRequirements",
                json!([{"type": "GPU"}]),
                "either a value or a sharingStrategy",
            ),
        ],
    );
    let ipc = changed(on_instances(), "/ipcMode", &json!("host"));
    refused_from(
        &ipc,
        vec![(
            "R42",
            "/containerDefinitions/0/systemControls",
            json!([{"namespace": "kernel.msgmax", "value": "1"}]),
            "ipcMode=host",
        )],
    );
    refused(vec![
        ("R41", "/ipcMode", json!("task"), "do not support ipcMode"),
        (
            "R68",
            "/containerDefinitions/0/startTimeout",
            json!(121),
            "'startTimeout' be between 2 and 120",
        ),
        (
            "R70",
            "/containerDefinitions/0/stopTimeout",
            json!(121),
            "'stopTimeout' be between 0 and 120",
        ),
        (
            "R81",
            "/containerDefinitions/0/dockerSecurityOptions",
            json!(["no-new-privileges"]),
            "docker security options",
        ),
        (
            "R139",
            "/containerDefinitions/0/linuxParameters",
            json!({"capabilities": {"add": ["NET_ADMIN"]}}),
            "capability NET_ADMIN",
        ),
        (
            "R141",
            "/containerDefinitions/0/linuxParameters",
            json!({"devices": [{"hostPath": "/dev/x"}]}),
            "does not support devices",
        ),
        (
            "R143",
            "/containerDefinitions/0/linuxParameters",
            json!({"sharedMemorySize": 64}),
            "sharedMemorySize",
        ),
        ("R144", "/containerDefinitions/0/linuxParameters", json!({"maxSwap": 64}), "maxSwap"),
        (
            "R152",
            "/containerDefinitions/0/ulimits",
            json!([{"name": "nproc", "softLimit": 1, "hardLimit": 1}]),
            "ulimit nproc",
        ),
        (
            "R159",
            "/containerDefinitions/0/resourceRequirements",
            json!([{"type": "GPU", "value": "1"}]),
            "GPU requirements",
        ),
    ]);
    let fine_here = json!({"capabilities": {"add": ["SYS_PTRACE"], "drop": ["ALL"]}, "initProcessEnabled": true});
    let pointer = format!("{MAIN}/linuxParameters");
    assert_eq!(task_definition(&changed(fine(), &pointer, &fine_here)), Ok(()));
}

#[test]
fn rules_about_containers_and_tasks() {
    let digest = |hex: &str| json!(format!("shop/web@sha256:{hex}"));
    let whole = digest(&"ab".repeat(32));
    assert_eq!(task_definition(&changed(fine(), "/containerDefinitions/0/image", &whole)), Ok(()));
    refused_from(
        &on_instances(),
        vec![
            (
                "R44",
                "/ephemeralStorage",
                json!({"sizeInGiB": 50}),
                "do not support EphemeralStorage",
            ),
            (
                "R46",
                "/runtimePlatform",
                json!({"operatingSystemFamily": "PLAN9"}),
                "operatingSystemFamily",
            ),
            (
                "R47",
                "/proxyConfiguration",
                json!({"type": "OTHER", "containerName": "main"}),
                "proxyConfiguration.type",
            ),
            (
                "R47",
                "/proxyConfiguration",
                json!({"containerName": "envoy"}),
                "must be a container",
            ),
            (
                "R48",
                "/proxyConfiguration",
                json!({"containerName": "main"}),
                "IgnoredUID or IgnoredGID",
            ),
            (
                "R48",
                "/proxyConfiguration",
                json!({"containerName": "main", "properties": [{"name": "IgnoredUID", "value": "1"}]}),
                "requires AppPorts",
            ),
            ("R51", "/trustedExecutionConfiguration", json!({}), "MANAGED_INSTANCES only"),
            ("R59", "/containerDefinitions/0/image", digest("abc"), "invalid digest"),
            ("R71", "/containerDefinitions/0/versionConsistency", json!(""), "versionConsistency"),
            (
                "R81",
                "/containerDefinitions/0/dockerSecurityOptions",
                json!(["seccomp:x"]),
                "docker security option 'seccomp:x'",
            ),
            (
                "R82",
                "/containerDefinitions/0/credentialSpecs",
                json!(["credentialspec:a", "credentialspec:b"]),
                "one item",
            ),
            (
                "R83",
                "/containerDefinitions/0/repositoryCredentials",
                json!({}),
                "credentialsParameter",
            ),
            ("R135", "/containerDefinitions/0/restartPolicy", json!({}), "restartPolicy.enabled"),
            (
                "R136",
                "/containerDefinitions/0/restartPolicy",
                json!({"enabled": true, "restartAttemptPeriod": 59}),
                "between 60 and 1800",
            ),
            (
                "R137",
                "/containerDefinitions/0/restartPolicy",
                json!({"enabled": true, "ignoredExitCodes": (0..51).collect::<Vec<_>>()}),
                "at most 50",
            ),
        ],
    );
    let managed =
        changed(on_instances(), "/requiresCompatibilities", &json!(["MANAGED_INSTANCES"]));
    refused_from(
        &managed,
        vec![
            (
                "R52",
                "/trustedExecutionConfiguration",
                json!({"isolationMode": "CAGE"}),
                "isolationMode",
            ),
            (
                "R53",
                "/trustedExecutionConfiguration",
                json!({"isolationMode": "CONFIDENTIAL_SANDBOX"}),
                "attestationPolicy",
            ),
        ],
    );
}

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
    refused(vec![(
        "R122",
        "/containerDefinitions/0/firelensConfiguration",
        json!({"type": "fluentd", "options": {"config-file-type": "s3"}}),
        "the config-file-type file only",
    )]);
}
