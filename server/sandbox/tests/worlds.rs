//! Whole worlds: the seeds add up, and equal calls make equal worlds.

mod support;

use std::collections::BTreeMap;

use berth_sandbox::{ManualClock, Seed};
use serde_json::{Value, json};
use support::{BEGIN_MS, ORDER, Story, list, network, number, text};

fn all(story: &Story, operation: &str, member: &str, body: Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut token = Value::Null;
    loop {
        let mut body = body.clone();
        body["maxResults"] = json!(100);
        body["nextToken"] = token;
        let answer = story.ask(operation, body);
        found.extend(list(&answer[member]).iter().map(text));
        token = answer["nextToken"].clone();
        if token.is_null() {
            return found;
        }
    }
}

fn tasks(story: &Story, cluster: &str) -> Vec<Value> {
    let mut arns = all(story, "ListTasks", "taskArns", json!({"cluster": cluster}));
    arns.extend(all(
        story,
        "ListTasks",
        "taskArns",
        json!({"cluster": cluster, "desiredStatus": "STOPPED"}),
    ));
    arns.chunks(100)
        .flat_map(|chunk| {
            let answer = story.ask("DescribeTasks", json!({"cluster": cluster, "tasks": chunk}));
            list(&answer["tasks"]).to_vec()
        })
        .collect()
}

fn services(story: &Story, cluster: &str) -> Vec<Value> {
    let arns = all(story, "ListServices", "serviceArns", json!({"cluster": cluster}));
    arns.chunks(10)
        .flat_map(|chunk| {
            let answer =
                story.ask("DescribeServices", json!({"cluster": cluster, "services": chunk}));
            list(&answer["services"]).to_vec()
        })
        .collect()
}

/// Everything that must hold at any moment in a cluster.
fn check(story: &Story, cluster: &str, before: &mut BTreeMap<String, usize>) {
    let tasks = tasks(story, cluster);
    let running = |group: &str| {
        let mine =
            tasks.iter().filter(|task| task["group"] == group && task["lastStatus"] == "RUNNING");
        i64::try_from(mine.count()).expect("a count")
    };
    for service in services(story, cluster) {
        let name = text(&service["serviceName"]);
        let count = number(&service["runningCount"]);
        assert_eq!(count, running(&format!("service:{name}")), "{name}");
        let deployments = list(&service["deployments"]);
        let sum: i64 = deployments.iter().map(|item| number(&item["runningCount"])).sum();
        assert_eq!(sum, count, "{name}");
        assert!(list(&service["events"]).len() <= 100);
    }
    let answer = story.ask("DescribeClusters", json!({"clusters": [cluster]}));
    let all = tasks.iter().filter(|task| task["lastStatus"] == "RUNNING").count();
    assert_eq!(answer["clusters"][0]["runningTasksCount"], all);
    for task in &tasks {
        let state = text(&task["lastStatus"]);
        let place = ORDER.iter().position(|known| *known == state).expect("a known state");
        let old = before.insert(text(&task["taskArn"]), place);
        assert!(old.is_none_or(|old| old <= place), "{task}");
        assert_eq!(task["desiredStatus"] == "STOPPED", place > 3, "{task}");
    }
    instances(story, cluster);
}

fn instances(story: &Story, cluster: &str) {
    let arns =
        all(story, "ListContainerInstances", "containerInstanceArns", json!({"cluster": cluster}));
    if arns.is_empty() {
        return;
    }
    let answer = story
        .ask("DescribeContainerInstances", json!({"cluster": cluster, "containerInstances": arns}));
    for instance in list(&answer["containerInstances"]) {
        for resource in list(&instance["remainingResources"]) {
            assert!(resource["integerValue"].as_i64().unwrap_or(0) >= 0, "{instance}");
        }
    }
}

fn tells_of(service: &Value, words: &str) -> bool {
    list(&service["events"]).iter().any(|event| text(&event["message"]).contains(words))
}

#[test]
fn the_demo_is_alive_and_adds_up() {
    let story = Story::with(Seed::Demo, None);
    let mut seen = BTreeMap::new();
    let storefront = |member: &str| {
        let body =
            json!({"cluster": "production", "services": ["storefront-web", "recommendations"]});
        let answer = story.ask("DescribeServices", body);
        (
            answer["services"][0]["deployments"][0][member].clone(),
            answer["services"][1]["deployments"][0].clone(),
        )
    };
    let (state, failing) = storefront("rolloutState");
    assert_eq!(state, "IN_PROGRESS");
    assert_eq!(failing["rolloutState"], "IN_PROGRESS");
    assert!(number(&failing["failedTasks"]) > 3);
    let body = json!({"cluster": "production", "services": ["notifications"]});
    let back = story.ask("DescribeServices", body)["services"][0].clone();
    assert!(text(&back["taskDefinition"]).ends_with("notifications:1"), "{back}");
    assert_eq!(back["deployments"][0]["rolloutState"], "COMPLETED");
    assert!(tells_of(&back, "rolling back to deployment"), "{back}");
    let stopped = all(
        &story,
        "ListTasks",
        "taskArns",
        json!({"cluster": "batch", "desiredStatus": "STOPPED"}),
    );
    assert!(stopped.len() > 50, "{}", stopped.len());
    let mut rolling = 0;
    for _ in 0..40 {
        for cluster in ["production", "staging", "batch"] {
            check(&story, cluster, &mut seen);
        }
        rolling += u32::from(storefront("rolloutState").0 == "IN_PROGRESS");
        story.pass(30);
    }
    assert!((10..40).contains(&rolling), "{rolling}");
}

#[test]
fn the_demo_shows_every_kind_of_failure() {
    let story = Story::with(Seed::Demo, None);
    let batch = tasks(&story, "batch");
    let exit_codes = |task: &Value| list(&task["containers"])[0]["exitCode"].clone();
    let reasons = |task: &Value| list(&task["containers"])[0]["reason"].clone();
    let told = |words: &str| {
        batch.iter().any(|task| task["stoppedReason"].as_str().is_some_and(|it| it.contains(words)))
    };
    let ended = |code: i64| batch.iter().any(|task| exit_codes(task) == code);
    assert!(ended(0) && ended(1), "a job that is done, and one that crashes");
    let memory = json!("OutOfMemoryError: Container killed due to memory usage");
    assert!(batch.iter().any(|task| exit_codes(task) == 137 && reasons(task) == memory));
    let killed = |task: &&Value| exit_codes(task) == 137 && reasons(task).is_null();
    assert!(batch.iter().any(|task| killed(&task)), "one that had to be killed");
    for words in [
        ": not found",
        "pull access denied",
        "i/o timeout",
        "Secrets Manager can't find the specified secret.",
        "AccessDeniedException",
    ] {
        assert!(told(words), "{words}");
    }
    let body = json!({"cluster": "staging", "services": ["checkout-api"]});
    let unhealthy = story.ask("DescribeServices", body)["services"][0].clone();
    assert!(tells_of(&unhealthy, "failed container health checks."), "{unhealthy}");
    assert!(number(&unhealthy["runningCount"]) >= 1, "the old task stays: {unhealthy}");
    let body = json!({"cluster": "production", "services": ["search-api", "notifications"]});
    let answer = story.ask("DescribeServices", body);
    let slow = list(&answer["services"][0]["deployments"])[0].clone();
    assert!(text(&slow["taskDefinition"]).contains("search-api:"), "{slow}");
    assert_eq!(slow["rolloutState"], "COMPLETED", "slow to start, but it does");
    assert!(tells_of(&answer["services"][1], "rolling back to deployment"));
}

#[test]
fn a_large_world_runs_what_was_asked() {
    let story = Story::with(Seed::Large { services: 50, tasks: 333 }, None);
    let mut running = 0;
    for number_of in 0..4 {
        let cluster = format!("fleet-{number_of}");
        check(&story, &cluster, &mut BTreeMap::new());
        for service in services(&story, &cluster) {
            assert_eq!(service["deployments"][0]["rolloutState"], "COMPLETED");
            running += number(&service["runningCount"]);
        }
    }
    assert_eq!(running, 333);
}

/// A small generator for the tests' own choices.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// One random call that may or may not be refused.
fn random_call(story: &Story, dice: &mut Dice) {
    let tags = [
        "1",
        "2",
        "exit-0-after-20s",
        "crash-1-after-3s",
        "image-not-found",
        "ignores-sigterm",
        "slow-start-60s",
    ];
    let family = format!("f{}", dice.roll(3));
    let service = format!("s{}", dice.roll(3));
    let image = format!("shop/x:{}", tags[usize::try_from(dice.roll(7)).expect("small")]);
    let (operation, body) = match dice.roll(9) {
        0 | 1 => ("RegisterTaskDefinition", support::fargate(&family, &image)),
        2 => (
            "RunTask",
            json!({"cluster": "shop", "taskDefinition": family, "launchType": "FARGATE", "networkConfiguration": network(), "count": dice.roll(3) + 1}),
        ),
        3 => (
            "CreateService",
            json!({
                "cluster": "shop", "serviceName": service, "taskDefinition": family, "desiredCount": dice.roll(5),
                "launchType": "FARGATE", "networkConfiguration": network(),
                "deploymentConfiguration": {
                    "minimumHealthyPercent": 50, "maximumPercent": 150,
                    "deploymentCircuitBreaker": {"enable": true, "rollback": true},
                },
            }),
        ),
        4 => (
            "UpdateService",
            json!({"cluster": "shop", "service": service, "desiredCount": dice.roll(6)}),
        ),
        5 | 6 => (
            "UpdateService",
            json!({"cluster": "shop", "service": service, "taskDefinition": family}),
        ),
        7 => {
            let arns = all(story, "ListTasks", "taskArns", json!({"cluster": "shop"}));
            let at = usize::try_from(dice.roll(arns.len().max(1) as u64)).expect("small");
            (
                "StopTask",
                json!({"cluster": "shop", "task": arns.get(at).cloned().unwrap_or_default()}),
            )
        }
        _ if dice.roll(4) == 0 => {
            ("DeleteService", json!({"cluster": "shop", "service": service, "force": true}))
        }
        _ => (
            "TagResource",
            json!({"resourceArn": "arn:aws:ecs:eu-central-1:000000000000:cluster/shop", "tags": [{"key": family, "value": "x"}]}),
        ),
    };
    let (status, answer) = story.send(operation, &body);
    assert!([200, 400].contains(&status), "{operation}: {answer}");
}

#[test]
fn equal_calls_make_equal_worlds() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut files = Vec::new();
    // The third is looked at all the time: looking must not change the world.
    for (name, looks) in [("one", false), ("two", false), ("three", true)] {
        let file = folder.path().join(name);
        let mut dice = Dice(7);
        let story = Story::with(Seed::Demo, Some(file.clone()));
        story
            .ask("CreateCluster", json!({"clusterName": "shop", "capacityProviders": ["FARGATE"]}));
        for _ in 0..150 {
            random_call(&story, &mut dice);
            let seconds = dice.roll(20);
            for _ in 0..seconds {
                story.pass(1);
                if looks {
                    story.ask("DescribeClusters", json!({"clusters": ["shop", "production"]}));
                }
            }
        }
        let end = BEGIN_MS + 10_000_000;
        drop(story);
        // Opening folds the journal into the file: the whole world is in it.
        for _ in 0..2 {
            drop(Story::on(ManualClock::new(end), Seed::Empty, Some(file.clone())));
        }
        let clock = ManualClock::new(end + 1);
        let story = Story::on(clock, Seed::Empty, Some(file.clone()));
        story.ask("CreateCluster", json!({"clusterName": "last"}));
        drop(story);
        drop(Story::on(ManualClock::new(end + 2), Seed::Empty, Some(file.clone())));
        files.push(std::fs::read(&file).expect("the world"));
    }
    assert!(files[0] == files[1], "the same calls");
    assert!(files[0] == files[2], "the same calls, looked at");
}
