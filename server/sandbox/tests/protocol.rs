//! The wire: unknown and broken requests, pages, failures, trouble on purpose.

mod support;

use berth_sandbox::{Seed, Weather};
use serde_json::{Value, json};
use support::{Story, list, text};

fn raw(story: &Story, target: &str, body: &[u8]) -> (u16, Value) {
    let answer = story.sandbox.answer(target, body);
    (answer.status, serde_json::from_slice(&answer.body).expect("the answer is JSON"))
}

#[test]
fn broken_requests_are_refused_in_the_protocol() {
    let story = Story::new();
    let prefix = "AmazonEC2ContainerServiceV20141113";
    let table: [(String, &[u8], &str); 7] = [
        (String::new(), b"{}", "UnknownOperationException"),
        (format!("{prefix}.FlyToTheMoon"), b"{}", "UnknownOperationException"),
        (format!("{prefix}.ListTasks"), b"{", "SerializationException"),
        (format!("{prefix}.ListTasks"), b"[]", "SerializationException"),
        (format!("{prefix}.ListTasks"), b"\xff\xfe", "SerializationException"),
        (format!("{prefix}.ListTasks"), br#"{"cluster": 7}"#, "SerializationException"),
        (format!("{prefix}.DiscoverPollEndpoint"), b"{}", "UnsupportedFeatureException"),
    ];
    for (target, body, code) in table {
        let (status, document) = raw(&story, &target, body);
        assert_eq!((status, document["__type"].as_str()), (400, Some(code)), "{target}");
    }
    let (_, document) = raw(&story, &format!("{prefix}.DiscoverPollEndpoint"), b"{}");
    assert!(text(&document["message"]).contains("DiscoverPollEndpoint"));
}

#[test]
fn no_shape_of_input_is_a_panic() {
    let story = Story::with(Seed::Demo, None);
    let operations = support::operations();
    assert!(operations.len() > 20, "{operations:?}");
    let members = [
        "cluster",
        "clusters",
        "services",
        "service",
        "serviceName",
        "tasks",
        "task",
        "taskDefinition",
        "taskDefinitions",
        "containerInstances",
        "resourceArn",
        "tags",
        "tagKeys",
        "family",
        "maxResults",
        "nextToken",
        "containerDefinitions",
        "cpu",
        "memory",
        "desiredCount",
        "count",
        "networkConfiguration",
        "deploymentConfiguration",
        "capacityProviderStrategy",
        "overrides",
        "settings",
        "serviceDeploymentArns",
        "serviceDeploymentArn",
        "createdAt",
        "status",
        "capacityProviders",
        "loadBalancers",
        "volumes",
    ];
    let values = [
        json!(null),
        json!(""),
        json!("production"),
        json!("arn:"),
        json!("arn:aws:ecs:x:y:cluster/ü/ß"),
        json!("ÄÖ€:1"),
        json!(-1),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(1e300),
        json!(true),
        json!([]),
        json!([[]]),
        json!([null]),
        json!([{"key": "€€€"}]),
        json!(["production"]),
        json!([{"name": "€", "image": "€", "cpu": i64::MAX, "memory": i64::MIN}]),
        json!({}),
        json!({"awsvpcConfiguration": 3}),
        json!({"minimumHealthyPercent": i64::MIN, "maximumPercent": i64::MAX}),
    ];
    for operation in operations {
        for member in members {
            for value in &values {
                let (status, _) = story.send(operation, &json!({ member: value }));
                assert!([200, 400].contains(&status), "{operation} {member} {value}");
            }
        }
    }
}

#[test]
fn pages_cover_everything_once() {
    let story = Story::new();
    for number in 0..23 {
        story.ask("CreateCluster", json!({"clusterName": format!("c{number:02}")}));
    }
    let mut seen = Vec::new();
    let mut token = Value::Null;
    loop {
        let answer = story.ask("ListClusters", json!({"maxResults": 10, "nextToken": token}));
        seen.extend(list(&answer["clusterArns"]).iter().map(text));
        token = answer["nextToken"].clone();
        if token.is_null() {
            break;
        }
    }
    let mut unique = seen.clone();
    unique.sort();
    unique.dedup();
    assert_eq!((seen.len(), unique.len()), (24, 24));
}

#[test]
fn tokens_and_sizes_are_checked() {
    let story = Story::new();
    story.ask("CreateCluster", json!({"clusterName": "other"}));
    let token = story.ask("ListClusters", json!({"maxResults": 1}))["nextToken"].clone();
    for body in [
        json!({"cluster": "shop", "nextToken": token}),
        json!({"cluster": "shop", "nextToken": "zz"}),
        json!({"cluster": "shop", "maxResults": 0}),
        json!({"cluster": "shop", "maxResults": 101}),
    ] {
        let (code, _) = story.refused("ListTasks", body);
        assert_eq!(code, "InvalidParameterException");
    }
}

#[test]
fn services_come_ten_a_page_unless_asked() {
    let story = Story::new();
    story.family("web", "shop/web:1");
    for number in 0..12 {
        story.ask("CreateService", json!({
            "cluster": "shop", "serviceName": format!("web-{number}"), "taskDefinition": "web",
            "desiredCount": 0, "launchType": "FARGATE", "networkConfiguration": support::network(),
        }));
    }
    let count = |body: Value| list(&story.ask("ListServices", body)["serviceArns"]).len();
    assert_eq!(count(json!({"cluster": "shop"})), 10);
    assert_eq!(count(json!({"cluster": "shop", "maxResults": 100})), 12);
}

#[test]
fn what_is_missing_is_a_failure_not_an_error() {
    let story = Story::new();
    for (operation, body) in [
        ("DescribeClusters", json!({"clusters": ["none"]})),
        ("DescribeServices", json!({"cluster": "shop", "services": ["none"]})),
        ("DescribeTasks", json!({"cluster": "shop", "tasks": ["none"]})),
        ("DescribeContainerInstances", json!({"cluster": "shop", "containerInstances": ["none"]})),
        ("DescribeCapacityProviders", json!({"capacityProviders": ["none"]})),
    ] {
        let answer = story.ask(operation, body);
        assert_eq!(answer["failures"][0]["reason"], "MISSING", "{operation}");
    }
}

#[test]
fn weather_refuses_in_the_words_of_aws() {
    let story = Story::new();
    let all = || Some("*".to_owned());
    let table = [
        (
            Weather { deny: Some("ListTasks".to_owned()), ..Weather::default() },
            "AccessDeniedException",
        ),
        (Weather { throttle: all(), ..Weather::default() }, "ThrottlingException"),
        (Weather { expired: true, ..Weather::default() }, "ExpiredTokenException"),
    ];
    for (weather, wanted) in table {
        story.sandbox.set_weather(weather);
        let (code, _) = story.refused("ListTasks", json!({"cluster": "shop"}));
        assert_eq!(code, wanted);
    }
    story.sandbox.set_weather(Weather { deny: Some("StopTask".to_owned()), ..Weather::default() });
    story.ask("ListTasks", json!({"cluster": "shop"}));
    story.sandbox.set_weather(Weather { outage: true, ..Weather::default() });
    assert_eq!(story.send("ListTasks", &json!({})).0, 503);
}

#[test]
fn calls_are_counted() {
    let story = Story::new();
    story.send("ListTasks", &json!({"cluster": "none"}));
    story.ask("ListClusters", json!({}));
    story.ask("ListClusters", json!({}));
    let calls = story.sandbox.calls();
    let count =
        |name: &str| calls.iter().find(|call| call.operation == name).map(|call| call.count);
    assert_eq!(count("ListClusters"), Some(2));
    assert_eq!(count("ListTasks"), Some(1));
    assert_eq!(count("total"), Some(4));
}

#[test]
fn a_document_comes_back_with_every_member() {
    let story = Story::new();
    let mut document = support::fargate("web", "shop/web:1");
    document["cpu"] = json!(".25 vCPU");
    document["someNewMember"] = json!({"deep": [1, 2]});
    document["containerDefinitions"][0]["anotherOne"] = json!("kept");
    document["containerDefinitions"][0]["portMappings"] = json!([{"containerPort": 80}]);
    document["tags"] = json!([{"key": "a", "value": "b"}]);
    story.ask("RegisterTaskDefinition", document);
    let answer =
        story.ask("DescribeTaskDefinition", json!({"taskDefinition": "web", "include": ["TAGS"]}));
    let shown = &answer["taskDefinition"];
    assert_eq!(shown["someNewMember"], json!({"deep": [1, 2]}));
    assert_eq!(shown["containerDefinitions"][0]["anotherOne"], "kept");
    assert_eq!(shown["containerDefinitions"][0]["essential"], true);
    assert_eq!(
        shown["containerDefinitions"][0]["portMappings"][0],
        json!({"containerPort": 80, "hostPort": 80, "protocol": "tcp"})
    );
    assert_eq!(shown["cpu"], "256");
    assert_eq!(shown["revision"], 1);
    assert_eq!(shown["compatibilities"], json!(["EC2", "FARGATE"]));
    assert_eq!(answer["tags"][0]["key"], "a");
    assert!(shown["tags"].is_null());
}

#[test]
fn revisions_go_from_active_to_inactive_to_deleted() {
    let story = Story::new();
    story.family("web", "shop/web:1");
    let arn = story.family("web", "shop/web:2");
    let answer = story.ask("DeleteTaskDefinitions", json!({"taskDefinitions": [arn]}));
    assert!(text(&answer["failures"][0]["reason"]).contains("ACTIVE"));
    let answer = story.ask("DeregisterTaskDefinition", json!({"taskDefinition": "web:2"}));
    assert_eq!(answer["taskDefinition"]["status"], "INACTIVE");
    let (code, sentence) = story.refused(
        "RunTask",
        json!({"cluster": "shop", "taskDefinition": "web:2", "launchType": "FARGATE"}),
    );
    assert_eq!(
        (code.as_str(), sentence.as_str()),
        ("ClientException", "TaskDefinition is inactive")
    );
    story.ask("DeleteTaskDefinitions", json!({"taskDefinitions": [arn]}));
    let count = |status: &str| {
        let answer =
            story.ask("ListTaskDefinitions", json!({"familyPrefix": "web", "status": status}));
        list(&answer["taskDefinitionArns"]).len()
    };
    assert_eq!((count("ACTIVE"), count("INACTIVE"), count("DELETE_IN_PROGRESS")), (1, 0, 1));
    let (code, sentence) =
        story.refused("DescribeTaskDefinition", json!({"taskDefinition": "none"}));
    assert_eq!(
        (code.as_str(), sentence.as_str()),
        ("ClientException", "Unable to describe task definition.")
    );
}

#[test]
fn tags_are_added_changed_and_removed() {
    let story = Story::new();
    let arn = "arn:aws:ecs:eu-central-1:000000000000:cluster/shop";
    story.ask("TagResource", json!({"resourceArn": arn, "tags": [{"key": "a", "value": "1"}, {"key": "b", "value": "2"}]}));
    story.ask("TagResource", json!({"resourceArn": arn, "tags": [{"key": "a", "value": "3"}]}));
    story.ask("UntagResource", json!({"resourceArn": arn, "tagKeys": ["b"]}));
    let answer = story.ask("ListTagsForResource", json!({"resourceArn": arn}));
    assert_eq!(answer["tags"], json!([{"key": "a", "value": "3"}]));
}

#[test]
fn a_body_that_is_too_large_is_refused_in_its_protocol() {
    let story = Story::new();
    let huge = vec![b' '; berth_sandbox::Sandbox::LARGEST_BODY + 1];
    let answer = story.sandbox.answer("AmazonEC2ContainerServiceV20141113.ListClusters", &huge);
    let document: Value = serde_json::from_slice(&answer.body).expect("JSON");
    assert_eq!(answer.status, 413);
    assert_eq!(document["__type"], "RequestEntityTooLargeException");
    let mut form = b"Action=DescribeVpcs&Version=2016-11-15&X=".to_vec();
    form.resize(berth_sandbox::Sandbox::LARGEST_BODY + 1, b'x');
    let request = http::Request::builder().method("POST").body(()).expect("a request");
    let response = story.sandbox.respond(&request.into_parts().0, &form);
    assert_eq!(response.status(), 413);
    let text = String::from_utf8(response.into_body()).expect("text");
    assert!(text.contains("<Code>RequestEntityTooLargeException</Code>"), "{text}");
}
