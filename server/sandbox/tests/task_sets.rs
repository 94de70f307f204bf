//! Stories of services whose deployment controller is EXTERNAL.

mod support;

use serde_json::{Value, json};
use support::{Story, list, network, number, text};

fn story(desired: u32) -> Story {
    let story = Story::new();
    story.family("web", "shop/web:1");
    story.ask(
        "CreateService",
        json!({
            "cluster": "shop", "serviceName": "web", "desiredCount": desired,
            "deploymentController": {"type": "EXTERNAL"},
        }),
    );
    story
}

fn ask(story: &Story, operation: &str, more: Value) -> Value {
    let mut body = json!({"cluster": "shop", "service": "web"});
    for (name, value) in more.as_object().expect("an object") {
        body[name] = value.clone();
    }
    story.ask(operation, body)["taskSet"].clone()
}

fn create(story: &Story, scale: f64, more: Value) -> Value {
    let mut body = json!({
        "taskDefinition": "web", "launchType": "FARGATE", "networkConfiguration": network(),
        "scale": {"value": scale, "unit": "PERCENT"},
    });
    for (name, value) in more.as_object().expect("an object") {
        body[name] = value.clone();
    }
    ask(story, "CreateTaskSet", body)
}

fn sets(story: &Story) -> Vec<Value> {
    let answer = story.ask("DescribeTaskSets", json!({"cluster": "shop", "service": "web"}));
    list(&answer["taskSets"]).to_vec()
}

#[test]
fn a_task_set_runs_its_share() {
    let story = story(3);
    let set = create(
        &story,
        50.0,
        json!({"externalId": "release-7", "tags": [{"key": "a", "value": "b"}]}),
    );
    assert_eq!(set["status"], "ACTIVE");
    assert_eq!(set["computedDesiredCount"], 2, "one and a half, rounded up");
    assert_eq!(set["stabilityStatus"], "STABILIZING");
    assert_eq!(set["externalId"], "release-7");
    let number_of = text(&set["id"]).replace("ecs-svc/", "");
    assert!(text(&set["taskSetArn"]).ends_with(&format!("task-set/shop/web/ecs-svc/{number_of}")));
    story.pass(120);
    let set = sets(&story)[0].clone();
    assert_eq!(set["runningCount"], 2);
    assert_eq!(set["stabilityStatus"], "STEADY_STATE");
    assert!(text(&set["taskDefinition"]).ends_with("web:1"));
    let service = story.describe("web");
    assert_eq!(service["deploymentController"]["type"], "EXTERNAL");
    assert_eq!(service["deployments"], json!([]));
    assert_eq!(service["taskSets"][0]["id"], set["id"]);
    assert_eq!(service["runningCount"], 2);
    assert_eq!(service["taskDefinition"], Value::Null, "no set is primary");
    assert!(story.events("web").contains(&"has reached a steady state.".to_owned()));
    let task = story.task(&story.tasks_of("web")[0]);
    assert_eq!(task["startedBy"], set["id"]);
    assert_eq!(task["group"], "service:web");
}

#[test]
fn traffic_goes_from_one_set_to_the_next() {
    let story = story(4);
    let blue = create(&story, 100.0, json!({}));
    let primary = ask(&story, "UpdateServicePrimaryTaskSet", json!({"primaryTaskSet": blue["id"]}));
    assert_eq!(primary["status"], "PRIMARY");
    story.pass(120);
    story.family("web", "shop/web:2");
    let green = create(&story, 25.0, json!({}));
    story.pass(120);
    assert_eq!(story.describe("web")["runningCount"], 5);
    let arn = green["taskSetArn"].clone();
    ask(&story, "UpdateTaskSet", json!({"taskSet": arn, "scale": {"value": 100.0}}));
    ask(&story, "UpdateServicePrimaryTaskSet", json!({"primaryTaskSet": arn}));
    assert!(text(&story.describe("web")["taskDefinition"]).ends_with("web:2"));
    story.pass(120);
    assert_eq!(story.describe("web")["runningCount"], 8);
    let body = json!({"cluster": "shop", "service": "web", "taskSet": blue["id"]});
    let (code, said) = story.refused("DeleteTaskSet", body);
    assert_eq!(code, "InvalidParameterException");
    assert_eq!(said, "The task set cannot be deleted while it is scaled above 0.");
    let gone = ask(&story, "DeleteTaskSet", json!({"taskSet": blue["id"], "force": true}));
    assert_eq!(gone["status"], "DRAINING");
    assert_eq!(gone["computedDesiredCount"], 0);
    story.pass(120);
    let left = sets(&story);
    assert_eq!(left.len(), 1);
    assert_eq!(left[0]["status"], "PRIMARY");
    assert_eq!(left[0]["runningCount"], 4);
    let describe = json!({"cluster": "shop", "service": "web", "taskSets": [blue["id"], arn]});
    let answer = story.ask("DescribeTaskSets", describe);
    assert_eq!(list(&answer["taskSets"]).len(), 1);
    assert_eq!(answer["failures"][0]["reason"], "MISSING");
}

#[test]
fn the_desired_count_of_the_service_moves_every_set() {
    let story = story(2);
    create(&story, 100.0, json!({}));
    create(&story, 50.0, json!({}));
    story.pass(120);
    assert_eq!(story.describe("web")["runningCount"], 3);
    story.ask("UpdateService", json!({"cluster": "shop", "service": "web", "desiredCount": 6}));
    story.pass(120);
    let counts: Vec<i64> = sets(&story).iter().map(|set| number(&set["runningCount"])).collect();
    assert_eq!(counts, [6, 3]);
    let stopped = story.tasks_of("web")[0].clone();
    story.ask("StopTask", json!({"cluster": "shop", "task": stopped}));
    story.pass(120);
    assert_eq!(story.describe("web")["runningCount"], 9, "a stopped task is replaced");
    let body = json!({"cluster": "shop", "service": "web", "force": true});
    story.ask("DeleteService", body);
    story.pass(120);
    assert_eq!(story.describe("web")["status"], "INACTIVE");
    let (code, _) = story.refused("DescribeTaskSets", json!({"cluster": "shop", "service": "web"}));
    assert_eq!(code, "ServiceNotActiveException");
}

#[test]
fn a_share_is_rounded_up_from_its_true_value() {
    let story = story(375);
    // In binary floating point the product is a little more than 33.
    assert_eq!(create(&story, 8.8, json!({}))["computedDesiredCount"], 33);
    assert_eq!(create(&story, 8.81, json!({}))["computedDesiredCount"], 34);
}

#[test]
fn the_same_token_makes_one_set() {
    let story = story(1);
    let first = create(&story, 0.0, json!({"clientToken": "once"}));
    assert_eq!(create(&story, 0.0, json!({"clientToken": "once"}))["id"], first["id"]);
    assert_eq!(sets(&story).len(), 1);
    let body = json!({
        "cluster": "shop", "service": "web", "taskDefinition": "web", "launchType": "FARGATE",
        "networkConfiguration": network(), "clientToken": "once", "scale": {"value": 5.0},
    });
    let (code, said) = story.refused("CreateTaskSet", body);
    assert_eq!(
        (code.as_str(), said.as_str()),
        ("InvalidParameterException", "Creation of task set was not idempotent.")
    );
}

#[test]
fn what_does_not_belong_is_refused() {
    let story = story(1);
    story.family("rolling", "shop/x:1");
    story.service("rolling", 0, json!({}));
    let set = |service: &str, more: Value| {
        let mut body = json!({
            "cluster": "shop", "service": service, "taskDefinition": "web",
            "launchType": "FARGATE", "networkConfiguration": network(),
        });
        for (name, value) in more.as_object().expect("an object") {
            body[name] = value.clone();
        }
        body
    };
    let external = json!({"type": "EXTERNAL"});
    let service = |more: Value| {
        let mut body = json!({
            "cluster": "shop", "serviceName": "other", "desiredCount": 1,
            "deploymentController": external,
        });
        for (name, value) in more.as_object().expect("an object") {
            body[name] = value.clone();
        }
        body
    };
    let update = |more: Value| {
        let mut body = json!({"cluster": "shop", "service": "web"});
        for (name, value) in more.as_object().expect("an object") {
            body[name] = value.clone();
        }
        body
    };
    for (operation, body, said) in [
        (
            "CreateTaskSet",
            set("rolling", json!({})),
            "only supported for services with an EXTERNAL",
        ),
        ("CreateTaskSet", set("none", json!({})), "Service not found."),
        ("CreateTaskSet", set("web", json!({"scale": {"value": 101.0}})), "between 0 and 100"),
        ("CreateTaskSet", set("web", json!({"scale": {"unit": "COUNT"}})), "scale.unit"),
        (
            "CreateTaskSet",
            set("web", json!({"networkConfiguration": null})),
            "Network Configuration",
        ),
        (
            "UpdateTaskSet",
            update(json!({"taskSet": "ecs-svc/1", "scale": {"value": 1.0}})),
            "task set wasn't found",
        ),
        ("UpdateService", update(json!({"taskDefinition": "web"})), "specify it for a task set"),
        ("UpdateService", update(json!({"forceNewDeployment": true})), "cannot be forced"),
        ("CreateService", service(json!({"taskDefinition": "web"})), "specify it for a task set"),
        (
            "UpdateService",
            json!({"cluster": "shop", "service": "rolling", "deploymentController": external}),
            "cannot be changed",
        ),
        (
            "CreateService",
            json!({
                "cluster": "shop", "serviceName": "other", "schedulingStrategy": "DAEMON",
                "deploymentController": external,
            }),
            "daemon scheduling strategy is not supported",
        ),
    ] {
        let (_, told) = story.refused(operation, body);
        assert!(told.contains(said), "{operation}: {told}");
    }
}
