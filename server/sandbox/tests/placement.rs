//! Which container instance takes a task: three instances of 2,048 CPU units and 7,764 MiB in three
//! zones, without any task.

mod support;

use std::collections::BTreeMap;

use berth_sandbox::Seed;
use serde_json::{Value, json};
use support::{Story, list, number, text};

/// The demo's production cluster after every service is gone.
fn story() -> Story {
    let story = Story::with(Seed::Demo, None);
    let services = story.ask("ListServices", json!({"cluster": "production", "maxResults": 100}));
    for arn in list(&services["serviceArns"]) {
        let body = json!({"cluster": "production", "service": arn, "force": true});
        story.ask("DeleteService", body);
    }
    story.pass(240);
    for instance in instances(&story) {
        assert_eq!(number(&instance["runningTasksCount"]), 0);
    }
    story
}

fn instances(story: &Story) -> Vec<Value> {
    let arns = story.ask("ListContainerInstances", json!({"cluster": "production"}));
    let body =
        json!({"cluster": "production", "containerInstances": arns["containerInstanceArns"]});
    list(&story.ask("DescribeContainerInstances", body)["containerInstances"]).to_vec()
}

fn zone(instance: &Value) -> String {
    let attributes = list(&instance["attributes"]);
    let zone = attributes.iter().find(|item| item["name"] == "ecs.availability-zone");
    text(&zone.expect("a zone")["value"])
}

fn register(story: &Story, family: &str, cpu: i64, memory: i64) {
    let body = json!({
        "family": family,
        "containerDefinitions": [{"name": "main", "image": "shop/x:1", "cpu": cpu, "memory": memory}],
    });
    story.ask("RegisterTaskDefinition", body);
}

fn run(story: &Story, family: &str, count: i64, more: Value) -> Value {
    let mut body = json!({
        "cluster": "production", "taskDefinition": family, "count": count, "launchType": "EC2",
    });
    for (name, value) in more.as_object().expect("an object") {
        body[name] = value.clone();
    }
    story.ask("RunTask", body)
}

/// How many of the tasks each instance got, the fullest first.
fn counts(answer: &Value) -> Vec<usize> {
    let mut by_instance: BTreeMap<String, usize> = BTreeMap::new();
    for task in list(&answer["tasks"]) {
        *by_instance.entry(text(&task["containerInstanceArn"])).or_insert(0) += 1;
    }
    let mut counts: Vec<usize> = by_instance.into_values().collect();
    counts.sort_by(|one, other| other.cmp(one));
    counts
}

fn reasons(answer: &Value) -> Vec<String> {
    list(&answer["failures"]).iter().map(|failure| text(&failure["reason"])).collect()
}

#[test]
fn strategies_choose_among_the_instances_that_fit() {
    let by =
        |kind: &str, field: &str| json!({"placementStrategy": [{"type": kind, "field": field}]});
    for (what, more, wanted) in [
        ("spread over instances", by("spread", "instanceId"), vec![2, 2, 2]),
        ("spread over zones", by("spread", "attribute:ecs.availability-zone"), vec![2, 2, 2]),
        ("all have the same type", by("spread", "attribute:ecs.instance-type"), vec![2, 2, 2]),
        ("binpack by memory fills one first", by("binpack", "memory"), vec![3, 3]),
        ("binpack by CPU fills one first", by("binpack", "cpu"), vec![3, 3]),
    ] {
        let story = story();
        // Three fit by memory and by CPU.
        register(&story, "job", 600, 2_500);
        let answer = run(&story, "job", 6, more);
        assert_eq!(reasons(&answer), Vec::<String>::new(), "{what}");
        assert_eq!(counts(&answer), wanted, "{what}");
    }
}

#[test]
fn the_rules_of_a_strategy_work_in_order() {
    let story = story();
    register(&story, "job", 100, 100);
    let zones = json!({"type": "spread", "field": "attribute:ecs.availability-zone"});
    let pack = json!({"type": "binpack", "field": "memory"});
    let spread = run(&story, "job", 6, json!({"placementStrategy": [zones, pack]}));
    assert_eq!(counts(&spread), [2, 2, 2]);
    let packed =
        run(&story, "job", 6, json!({"placementStrategy": [pack, zones], "group": "other"}));
    assert_eq!(counts(&packed), [6]);
}

#[test]
fn constraints_leave_instances_out() {
    let story = story();
    register(&story, "job", 10, 10);
    let here = zone(&instances(&story)[0]);
    let member = |expression: String| json!({"placementConstraints": [{"type": "memberOf", "expression": expression}]});
    let only = run(&story, "job", 4, member(format!("attribute:ecs.availability-zone == {here}")));
    assert_eq!(counts(&only), [4]);
    let none = run(&story, "job", 1, member("attribute:ecs.instance-type =~ t3.*".to_owned()));
    assert_eq!(reasons(&none), ["MemberOf placement constraint unsatisfied."]);
    // The tasks of the group family:job are all on one instance.
    let apart = run(&story, "job", 2, member("not (task:group == family:job)".to_owned()));
    let zones: Vec<&Value> =
        list(&apart["tasks"]).iter().map(|task| &task["availabilityZone"]).collect();
    assert!(!zones.contains(&&json!(here)), "{zones:?} without {here}");
    let distinct =
        json!({"placementConstraints": [{"type": "distinctInstance"}], "group": "apart"});
    let answer = run(&story, "job", 4, distinct);
    assert_eq!(counts(&answer), [1, 1, 1]);
    assert_eq!(reasons(&answer), ["DistinctInstance placement constraint unsatisfied."]);
}

#[test]
fn what_an_instance_has_left_decides() {
    for (cpu, memory, count, placed, reason) in [
        (2_049, 10, 1, 0, "RESOURCE:CPU"),
        (10, 7_765, 1, 0, "RESOURCE:MEMORY"),
        (2_048, 10, 4, 3, "RESOURCE:CPU"),
        (10, 7_764, 4, 3, "RESOURCE:MEMORY"),
    ] {
        let story = story();
        register(&story, "job", cpu, memory);
        let answer = run(&story, "job", count, json!({}));
        assert_eq!(list(&answer["tasks"]).len(), placed, "{cpu} units, {memory} MiB");
        assert_eq!(reasons(&answer), [reason], "{cpu} units, {memory} MiB");
    }
}

#[test]
fn another_architecture_finds_no_place() {
    let story = story();
    story.ask(
        "RegisterTaskDefinition",
        json!({
            "family": "arm", "runtimePlatform": {"cpuArchitecture": "ARM64"},
            "containerDefinitions": [{"name": "main", "image": "shop/x:1", "memory": 10}],
        }),
    );
    assert_eq!(reasons(&run(&story, "arm", 1, json!({}))), ["ATTRIBUTE"]);
    let body = json!({"cluster": "production", "serviceName": "arm", "taskDefinition": "arm", "desiredCount": 1, "launchType": "EC2"});
    story.ask("CreateService", body);
    story.pass(5);
    let shown =
        story.ask("DescribeServices", json!({"cluster": "production", "services": ["arm"]}));
    let said = text(&shown["services"][0]["events"][0]["message"]);
    assert!(said.contains("is missing an attribute required by your task."), "{said}");
}

#[test]
fn a_daemon_lives_where_its_constraints_allow() {
    let story = story();
    register(&story, "agent", 10, 10);
    let here = zone(&instances(&story)[0]);
    let expression = format!("attribute:ecs.availability-zone != {here}");
    let body = json!({
        "cluster": "production", "serviceName": "agent", "taskDefinition": "agent",
        "launchType": "EC2", "schedulingStrategy": "DAEMON",
        "placementConstraints": [{"type": "memberOf", "expression": expression}],
    });
    story.ask("CreateService", body);
    story.pass(120);
    let shown =
        story.ask("DescribeServices", json!({"cluster": "production", "services": ["agent"]}));
    assert_eq!(shown["services"][0]["desiredCount"], 2);
    assert_eq!(shown["services"][0]["runningCount"], 2);
}

#[test]
fn a_daemon_leaves_the_instance_that_meets_its_constraints_no_more() {
    let story = story();
    register(&story, "agent", 10, 10);
    let all = instances(&story);
    let racked =
        |instance: &Value| json!({"name": "racked", "targetId": instance["containerInstanceArn"]});
    let put = json!({"cluster": "production", "attributes": [racked(&all[0]), racked(&all[1])]});
    story.ask("PutAttributes", put);
    let body = json!({
        "cluster": "production", "serviceName": "agent", "taskDefinition": "agent",
        "launchType": "EC2", "schedulingStrategy": "DAEMON",
        "placementConstraints": [{"type": "memberOf", "expression": "attribute:racked exists"}],
    });
    story.ask("CreateService", body);
    story.pass(120);
    let on = |story: &Story, instance: &Value| {
        let arn = &instance["containerInstanceArn"];
        let body = json!({"cluster": "production", "containerInstance": arn});
        list(&story.ask("ListTasks", body)["taskArns"]).len()
    };
    assert_eq!([0, 1, 2].map(|at| on(&story, &all[at])), [1, 1, 0]);
    let gone = json!({"cluster": "production", "attributes": [racked(&all[0])]});
    story.ask("DeleteAttributes", gone);
    story.pass(120);
    assert_eq!([0, 1, 2].map(|at| on(&story, &all[at])), [0, 1, 0]);
}

#[test]
fn instances_are_listed_by_an_expression() {
    let story = story();
    let count = |filter: &str| {
        let body = json!({"cluster": "production", "filter": filter});
        list(&story.ask("ListContainerInstances", body)["containerInstanceArns"]).len()
    };
    let here = zone(&instances(&story)[0]);
    assert_eq!(count(&format!("attribute:ecs.availability-zone == {here}")), 1);
    assert_eq!(count("attribute:ecs.instance-type =~ m7i.*"), 3);
    assert_eq!(count("runningTasksCount > 0"), 0);
    assert_eq!(count("agentConnected == true and registeredAt > 2020-01-01"), 3);
    let (code, said) =
        story.refused("ListContainerInstances", json!({"cluster": "production", "filter": "x"}));
    assert_eq!(code, "InvalidParameterException");
    assert!(said.starts_with("Invalid expression, at character 1:"), "{said}");
}

#[test]
fn expressions_are_read_before_anything_is_made() {
    let story = story();
    register(&story, "job", 10, 10);
    let bad = json!([{"type": "memberOf", "expression": "attribute:a is b"}]);
    let run =
        json!({"cluster": "production", "taskDefinition": "job", "placementConstraints": bad});
    let create = json!({"cluster": "production", "taskDefinition": "job", "serviceName": "job", "desiredCount": 1, "placementConstraints": bad});
    let register = json!({
        "family": "job", "placementConstraints": bad,
        "containerDefinitions": [{"name": "main", "image": "shop/x:1", "memory": 10}],
    });
    for (operation, body) in
        [("RunTask", run), ("CreateService", create), ("RegisterTaskDefinition", register)]
    {
        let (_, said) = story.refused(operation, body);
        assert!(said.contains("at character 13: expected an operator"), "{operation}: {said}");
    }
}
