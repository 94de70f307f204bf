//! Stories of tasks with several containers: their order, their restarts, and
//! what keeps one from starting.

mod support;

use serde_json::{Value, json};
use support::{Story, fargate, list, run, text};

/// A task of these containers, run at once; its ARN.
fn task(story: &Story, containers: Value) -> String {
    let mut document = fargate("job", "");
    document["containerDefinitions"] = containers;
    story.ask("RegisterTaskDefinition", document);
    story.run("job")
}

/// What a container shows: its state, its exit code, its reason.
fn container(story: &Story, arn: &str, name: &str) -> Value {
    let task = story.task(arn);
    let found = list(&task["containers"]).iter().find(|container| container["name"] == name);
    found.expect("the container").clone()
}

fn state(story: &Story, arn: &str, name: &str) -> String {
    text(&container(story, arn, name)["lastStatus"])
}

/// Lets seconds pass until a container is in a state; how many.
fn until(story: &Story, arn: &str, name: &str, wanted: &str) -> i64 {
    (0..900)
        .find(|_| {
            let there = state(story, arn, name) == wanted;
            if !there {
                story.pass(1);
            }
            there
        })
        .unwrap_or_else(|| panic!("{name} never was {wanted}: {}", story.task(arn)))
}

#[test]
fn a_container_waits_for_what_it_depends_on() {
    for (condition, tag, check, waits) in [
        ("START", "runs", Value::Null, 0..=0),
        ("COMPLETE", "exit-3-after-20s", Value::Null, 19..=21),
        ("SUCCESS", "exit-0-after-20s", Value::Null, 19..=21),
        ("HEALTHY", "slow-start-20s", json!({"command": ["CMD", "true"], "interval": 10}), 29..=31),
    ] {
        let story = Story::new();
        let mut first =
            json!({"name": "first", "image": format!("shop/x:{tag}"), "essential": false});
        if !check.is_null() {
            first["healthCheck"] = check;
        }
        let second = json!({
            "name": "second", "image": "shop/x:1",
            "dependsOn": [{"containerName": "first", "condition": condition}],
        });
        let arn = task(&story, json!([second, first]));
        // Its start and, for a job, its end.
        let began = until(&story, &arn, "first", "RUNNING");
        assert!(began > 5, "{condition}: the image is pulled first");
        if condition != "START" {
            assert_eq!(state(&story, &arn, "second"), "PENDING", "{condition}");
            assert_eq!(story.task(&arn)["lastStatus"], "PENDING", "{condition}");
        }
        let waited = until(&story, &arn, "second", "RUNNING");
        assert!(waits.contains(&waited), "{condition}: waited {waited} s");
        assert_eq!(story.task(&arn)["lastStatus"], "RUNNING", "{condition}");
    }
}

#[test]
fn a_wait_in_vain_ends_the_task() {
    let ordering = "dependency graph: failed to resolve container ordering dependency [first] for target [second]";
    let late = "dependency graph: container ordering dependency [first] for target [second] has timed out.";
    let check = json!({"command": ["CMD", "true"], "interval": 5, "retries": 2});
    for (condition, tag, more, said) in [
        (
            "SUCCESS",
            "crash-3-after-5s",
            json!({}),
            format!("{ordering} as dependency did not exit successfully."),
        ),
        (
            "HEALTHY",
            "unhealthy",
            json!({"healthCheck": check}),
            format!("{ordering} as dependency is not healthy."),
        ),
        ("COMPLETE", "runs", json!({"startTimeout": 30}), late.to_owned()),
    ] {
        let story = Story::new();
        let mut first =
            json!({"name": "first", "image": format!("shop/x:{tag}"), "essential": false});
        for (name, value) in more.as_object().expect("an object") {
            first[name] = value.clone();
        }
        let second = json!({
            "name": "second", "image": "shop/x:1",
            "dependsOn": [{"containerName": "first", "condition": condition}],
        });
        let arn = task(&story, json!([first, second]));
        story.pass(120);
        let shown = story.task(&arn);
        assert_eq!(shown["lastStatus"], "STOPPED", "{condition}");
        assert_eq!(shown["stopCode"], "TaskFailedToStart", "{condition}");
        assert_eq!(shown["startedAt"], Value::Null, "{condition}: it never ran");
        let second = container(&story, &arn, "second");
        assert_eq!(second["reason"], json!(said), "{condition}");
        assert_eq!(second["exitCode"], Value::Null, "{condition}");
        assert_eq!(second["runtimeId"], Value::Null, "{condition}");
    }
}

#[test]
fn a_job_beside_the_task_may_end() {
    let story = Story::new();
    let arn = task(
        &story,
        json!([
            {"name": "main", "image": "shop/x:1"},
            {"name": "migrate", "image": "shop/x:exit-0-after-5s", "essential": false},
        ]),
    );
    story.pass(120);
    assert_eq!(story.task(&arn)["lastStatus"], "RUNNING");
    assert_eq!(container(&story, &arn, "migrate")["exitCode"], 0);
}

#[test]
fn containers_stop_in_reverse_order() {
    let story = Story::new();
    let arn = task(
        &story,
        json!([
            {"name": "database", "image": "shop/x:1"},
            {
                "name": "web", "image": "shop/x:ignores-sigterm", "stopTimeout": 20,
                "dependsOn": [{"containerName": "database", "condition": "START"}],
            },
        ]),
    );
    story.pass(60);
    story.ask("StopTask", json!({"cluster": "shop", "task": arn}));
    story.pass(15);
    assert_eq!(state(&story, &arn, "web"), "RUNNING");
    assert_eq!(state(&story, &arn, "database"), "RUNNING", "it outlives the one that needs it");
    story.pass(20);
    assert_eq!(container(&story, &arn, "web")["exitCode"], 137);
    assert_eq!(container(&story, &arn, "database")["exitCode"], 0);
}

#[test]
fn a_restart_policy_starts_a_container_again() {
    // Ends after two minutes: longer than the period of the first, shorter than the default's.
    let policy = |more: Value| {
        let mut policy = json!({"enabled": true});
        for (name, value) in more.as_object().expect("an object") {
            policy[name] = value.clone();
        }
        policy
    };
    for (what, policy, lives) in [
        ("ran for its period", policy(json!({"restartAttemptPeriod": 60})), true),
        ("ended too early", policy(json!({})), false),
        (
            "an ignored code",
            policy(json!({"restartAttemptPeriod": 60, "ignoredExitCodes": [4]})),
            false,
        ),
        ("not enabled", json!({"enabled": false}), false),
    ] {
        let story = Story::new();
        let arn = task(
            &story,
            json!([{"name": "main", "image": "shop/x:crash-4-after-120s", "restartPolicy": policy}]),
        );
        until(&story, &arn, "main", "RUNNING");
        let before = container(&story, &arn, "main")["runtimeId"].clone();
        story.pass(130);
        let after = container(&story, &arn, "main");
        assert_eq!(state(&story, &arn, "main") == "RUNNING", lives, "{what}");
        assert_eq!(after["runtimeId"] != before, lives, "{what}");
    }
}

#[test]
fn a_restarted_container_is_checked_anew() {
    let story = Story::new();
    let arn = task(
        &story,
        json!([{
            "name": "main", "image": "shop/x:crash-1-after-90s",
            "healthCheck": {"command": ["CMD", "true"], "interval": 30},
            "restartPolicy": {"enabled": true, "restartAttemptPeriod": 60},
        }]),
    );
    until(&story, &arn, "main", "RUNNING");
    story.pass(40);
    assert_eq!(container(&story, &arn, "main")["healthStatus"], "HEALTHY");
    story.pass(55);
    assert_eq!(container(&story, &arn, "main")["healthStatus"], "UNKNOWN");
    story.pass(30);
    assert_eq!(container(&story, &arn, "main")["healthStatus"], "HEALTHY");
}

#[test]
fn what_cannot_be_fetched_is_told_in_the_words_of_aws() {
    let secret = "arn:aws:secretsmanager:eu-central-1:000000000000:secret:db-Ab12Cd";
    for (tag, from, said) in [
        (
            "image-denied",
            None,
            "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref shop/x:image-denied: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed",
        ),
        (
            "image-no-route",
            None,
            "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref shop/x:image-no-route: failed to do request: Head \"https://registry-1.docker.io/v2/shop/x/manifests/image-no-route\": dial tcp 203.0.113.10:443: i/o timeout",
        ),
        (
            "secret-not-found",
            Some(secret),
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:eu-central-1:000000000000:secret:db-Ab12Cd from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret.",
        ),
        (
            "secret-not-found",
            Some("/shop/password"),
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /shop/password",
        ),
    ] {
        let story = Story::new();
        let mut document = fargate("job", &format!("shop/x:{tag}"));
        document["executionRoleArn"] = json!("arn:aws:iam::000000000000:role/execution");
        if let Some(from) = from {
            document["containerDefinitions"][0]["secrets"] =
                json!([{"name": "PASSWORD", "valueFrom": from}]);
        }
        story.ask("RegisterTaskDefinition", document);
        let arn = text(&story.ask("RunTask", run("job"))["tasks"][0]["taskArn"]);
        story.pass(120);
        let shown = story.task(&arn);
        assert_eq!(shown["lastStatus"], "STOPPED", "{tag}");
        assert_eq!(shown["stopCode"], "TaskFailedToStart", "{tag}");
        assert_eq!(shown["stoppedReason"], said, "{tag}");
        assert_eq!(shown["pullStartedAt"].is_null(), from.is_some(), "{tag}");
        assert_eq!(shown["pullStoppedAt"], Value::Null, "{tag}");
    }
}

#[test]
fn a_denied_secret_names_the_right_that_is_missing() {
    let story = Story::new();
    let mut document = fargate("job", "shop/x:secret-denied");
    document["executionRoleArn"] = json!("arn:aws:iam::000000000000:role/team/fetcher");
    story.ask("RegisterTaskDefinition", document);
    let arn = story.run("job");
    story.pass(120);
    let said = text(&story.task(&arn)["stoppedReason"]);
    for part in ["assumed-role/fetcher/", "secretsmanager:GetSecretValue", "AccessDeniedException"]
    {
        assert!(said.contains(part), "{said}");
    }
}

#[test]
fn what_a_given_up_task_had_started_does_nothing_more() {
    let story = Story::new();
    let arn = task(
        &story,
        json!([
            {"name": "first", "image": "shop/x:crash-1-after-5s", "essential": false},
            {
                "name": "second", "image": "shop/x:exit-0-after-90s",
                "dependsOn": [{"containerName": "first", "condition": "COMPLETE"}],
                "restartPolicy": {"enabled": true, "restartAttemptPeriod": 60},
            },
            {
                "name": "third", "image": "shop/x:1",
                "dependsOn": [{"containerName": "first", "condition": "SUCCESS"}],
            },
        ]),
    );
    story.pass(120);
    assert_eq!(story.task(&arn)["lastStatus"], "STOPPED");
    let before = story.task(&arn);
    story.pass(600);
    assert_eq!(story.task(&arn), before, "a stopped task stays as it is");
}
