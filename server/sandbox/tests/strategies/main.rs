//! Stories of blue/green, linear and canary deployments: their lifecycle
//! stages, traffic and target groups, hooks, alarms, and ways back.

mod changes;
mod hooks;
mod stages;
#[path = "../support/mod.rs"]
mod support;

use serde_json::{Value, json};
use support::{Story, list, network, number, text};

const BLUE: &str = "arn:aws:elasticloadbalancing:eu-central-1:000000000000:targetgroup/blue/1";
const GREEN: &str = "arn:aws:elasticloadbalancing:eu-central-1:000000000000:targetgroup/green/2";

fn family(story: &Story, image: &str) {
    let mut document = support::fargate("web", image);
    document["containerDefinitions"][0]["portMappings"] = json!([{"containerPort": 80}]);
    story.ask("RegisterTaskDefinition", document);
}

fn balancers() -> Value {
    json!([{
        "targetGroupArn": BLUE, "containerName": "main", "containerPort": 80,
        "advancedConfiguration": {
            "alternateTargetGroupArn": GREEN, "productionListenerRule": "arn:rule/production",
            "testListenerRule": "arn:rule/test", "roleArn": "arn:aws:iam::000000000000:role/elb",
        },
    }])
}

/// A service of two tasks behind a load balancer, just created.
fn created(configuration: Value) -> Story {
    let story = Story::new();
    family(&story, "shop/web:1");
    story.ask(
        "CreateService",
        json!({
            "cluster": "shop", "serviceName": "web", "taskDefinition": "web", "desiredCount": 2,
            "launchType": "FARGATE", "networkConfiguration": network(),
            "loadBalancers": balancers(), "deploymentConfiguration": configuration,
        }),
    );
    story
}

/// The same with its first deployment done.
fn settled(configuration: Value) -> Story {
    let story = created(json!({}));
    story.pass(300);
    assert_eq!(newest(&story)["status"], "SUCCESSFUL");
    story.update(json!({"deploymentConfiguration": configuration}));
    story
}

fn release(story: &Story, image: &str) {
    family(story, image);
    story.update(json!({"taskDefinition": "web"}));
}

fn newest(story: &Story) -> Value {
    let answer = story.ask("ListServiceDeployments", json!({"cluster": "shop", "service": "web"}));
    let arn = answer["serviceDeployments"][0]["serviceDeploymentArn"].clone();
    let answer = story.ask("DescribeServiceDeployments", json!({"serviceDeploymentArns": [arn]}));
    answer["serviceDeployments"][0].clone()
}

fn until(story: &Story, member: &str, word: &str) -> Value {
    for _ in 0..5_000 {
        let shown = newest(story);
        if shown[member] == word {
            return shown;
        }
        story.pass(1);
    }
    panic!("never {word}: {}", newest(story));
}

/// Production and test weight of the target revision.
fn weights(shown: &Value) -> (f64, f64) {
    let weight = |name: &str| shown["targetServiceRevision"][name].as_f64().expect("a weight");
    (weight("requestedProductionTrafficWeight"), weight("requestedTestTrafficWeight"))
}

/// How many targets a group has that are healthy.
fn healthy(story: &Story, group: &str) -> usize {
    let arn = group.replace(':', "%3A").replace('/', "%2F");
    let body = format!("Action=DescribeTargetHealth&Version=2015-12-01&TargetGroupArn={arn}");
    let request = http::Request::builder().method("POST").uri("/").body(()).expect("a request");
    let (head, ()) = request.into_parts();
    let answer = story.sandbox.respond(&head, body.as_bytes()).into_body();
    String::from_utf8(answer).expect("a text").matches("<State>healthy</State>").count()
}

fn stop(story: &Story, kind: &str) {
    let arn = newest(story)["serviceDeploymentArn"].clone();
    let body = json!({"serviceDeploymentArn": arn, "stopType": kind});
    story.ask("StopServiceDeployment", body);
}

fn images(story: &Story) -> Vec<String> {
    let tasks = story.tasks_of("web");
    tasks.iter().map(|arn| text(&story.task(arn)["containers"][0]["image"])).collect()
}

fn function(name: &str) -> String {
    format!("arn:aws:lambda:eu-central-1:000000000000:function:{name}")
}

fn hooked(hook: Value) -> Value {
    json!({"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 0, "lifecycleHooks": [hook]})
}
