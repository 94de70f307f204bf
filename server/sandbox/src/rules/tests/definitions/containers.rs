//! Rows of the rules about containers and tasks.

use super::*;

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
