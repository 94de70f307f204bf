//! Requests by somebody who means no good, in every protocol: each gets an
//! answer of that protocol, nothing panics, and the world goes on.

mod support;

use berth_sandbox::Seed;
use http::Request;
use serde_json::{Value, json};
use support::{BEGIN_MS, Story};

const TARGET: &str = "AmazonEC2ContainerServiceV20141113";

const NEIGHBOURS: [&str; 6] = [
    "Logs_20140328.FilterLogEvents",
    "Logs_20140328.GetLogEvents",
    "Logs_20140328.DescribeLogStreams",
    "GraniteServiceVersion20100801.GetMetricData",
    "AmazonEC2ContainerRegistry_V20150921.DescribeImages",
    "secretsmanager.DescribeSecret",
];

/// Xorshift, so that a failure comes back with its seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }

    fn of<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }

    /// Changes, doubles, drops or adds a few bytes.
    fn spoil(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.below(4) {
            let at = self.below(bytes.len());
            match self.below(5) {
                0 if at < bytes.len() => bytes[at] = self.below(256) as u8,
                1 if at < bytes.len() => drop(bytes.remove(at)),
                2 => bytes.truncate(at),
                3 => bytes.extend_from_within(at..),
                _ => bytes.insert(at, b"{}[]\",:=&%.\x00\xff\x9f\x7f\xbf9-e"[self.below(19)]),
            }
        }
    }
}

fn send(story: &Story, request: Request<Vec<u8>>) -> (u16, String, Vec<u8>) {
    let (head, body) = request.into_parts();
    let response = story.sandbox.respond(&head, &body);
    let kind = response.headers()["content-type"].to_str().expect("a type").to_owned();
    (response.status().as_u16(), kind, response.into_body())
}

/// A container that writes to `/jobs`.
fn logging() -> Value {
    let mut document = support::fargate("web", "shop/web:1");
    document["executionRoleArn"] = json!("arn:aws:iam::000000000000:role/exec");
    document["containerDefinitions"][0]["logConfiguration"] = json!({"logDriver": "awslogs", "options": {
        "awslogs-group": "/jobs", "awslogs-region": "eu-central-1", "awslogs-stream-prefix": "ecs",
    }});
    document
}

fn bodies() -> Vec<Vec<u8>> {
    let documents = [
        json!({"cluster": "shop", "taskDefinition": "web", "count": 1, "launchType": "FARGATE", "networkConfiguration": support::network()}),
        json!({"cluster": "shop", "service": "web", "desiredCount": 2, "deploymentConfiguration": {"maximumPercent": 200}}),
        json!({"clusters": ["shop", "arn:aws:ecs:eu-central-1:000000000000:cluster/shop"], "maxResults": 3, "nextToken": "00"}),
        json!({"resourceArn": "arn:aws:ecs:eu-central-1:000000000000:cluster/shop", "tags": [{"key": "a", "value": "b"}], "tagKeys": ["a"]}),
        json!({"logGroupName": "/jobs", "logStreamName": "ecs/main/0", "nextToken": "f/0/s", "limit": 9, "startTime": 0, "endTime": i64::MAX, "filterPattern": "-a ?\"b\""}),
        json!({"StartTime": 0, "EndTime": 2e9, "MetricDataQueries": [{"Id": "a", "MetricStat": {"Period": 60, "Stat": "Sum", "Metric": {"Namespace": "AWS/ECS", "MetricName": "CPUUtilization", "Dimensions": [{"Name": "ClusterName", "Value": "shop"}]}}}]}),
        json!({"repositoryName": "shop/web", "imageIds": [{"imageTag": "1"}], "SecretId": "x", "MaxResults": 1, "NextToken": "61"}),
        json!({"cluster": "shop", "name": "metal", "value": "enabled", "tasks": ["x"], "task": "x", "command": "sh", "interactive": true, "protectionEnabled": true, "namespace": "town", "containerInstance": "x", "force": true}),
        json!({"cluster": "shop", "totalResources": [{"name": "CPU", "integerValue": 64}, {"name": "MEMORY", "integerValue": 64}], "attributes": [{"name": "a", "value": "b", "targetId": "x", "targetType": "container-instance"}]}),
        json!({"name": "metal", "capacityProvider": "metal", "autoScalingGroupProvider": {"autoScalingGroupArn": "metal", "managedScaling": {"status": "ENABLED", "targetCapacity": 9}}}),
        json!({"cluster": "shop", "service": "web", "serviceName": "web", "desiredCount": 1, "taskDefinition": "web", "launchType": "FARGATE", "networkConfiguration": support::network(), "serviceConnectConfiguration": {"enabled": true, "namespace": "town", "services": [{"portName": "a", "clientAliases": [{"port": 1}], "timeout": {"perRequestTimeoutSeconds": 1}}]}, "volumeConfigurations": [{"name": "a", "managedEBSVolume": {"roleArn": "r", "sizeInGiB": 9, "iops": 3000, "tagSpecifications": [{"resourceType": "volume"}]}}], "serviceRegistries": [{"port": 1}], "gatewayConnectors": [{"portName": "a"}], "monitoring": {"metricConfigurations": [{"metricNames": ["CPUUtilization"], "resolutionSeconds": 20}]}}),
        logging(),
        support::fargate("web", "shop/web:1-exit-0-after-3s"),
    ];
    let mut bodies: Vec<Vec<u8>> =
        documents.iter().map(|document| document.to_string().into_bytes()).collect();
    bodies.push(b"Action=DescribeSubnets&Version=2016-11-15&Filter.1.Name=vpc-id&Filter.1.Value.1=vpc&SubnetId.1=x".to_vec());
    bodies.push(b"Action=ListRoles&Version=2010-05-08&MaxItems=1&Marker=00&PathPrefix=/".to_vec());
    bodies.push(b"Action=DescribeTargetHealth&Version=2015-12-01&TargetGroupArn=arn".to_vec());
    bodies.push(b"Action=GetCallerIdentity&Version=2011-06-15&A.member.1.B=%20".to_vec());
    bodies.push(vec![
        0xbf, 0x67, b'c', b'l', b'u', b's', b't', b'e', b'r', 0x64, b's', b'h', b'o', b'p', 0xff,
    ]);
    bodies
}

#[test]
fn spoiled_requests_are_answered_in_their_protocol() {
    let operations = support::operations();
    let story = Story::new();
    story.ask("RegisterTaskDefinition", logging());
    story.run("web");
    let mut chance = Chance(BEGIN_MS as u64);
    let bodies = bodies();
    let mut fine = 0;
    for round in 0..20_000 {
        let mut body = bodies[chance.below(bodies.len())].clone();
        if chance.below(2) > 0 {
            chance.spoil(&mut body);
        }
        let operation = chance.of(&operations);
        let path = match chance.below(4) {
            0 => format!("/service/{TARGET}/operation/{operation}"),
            1 => "/2015-02-01/file-systems?MaxItems=%zz&&=".to_owned(),
            _ => "/".to_owned(),
        };
        let mut request = Request::builder().method(chance.of(&["POST", "GET", "PURGE"])).uri(path);
        if chance.below(2) == 0 {
            let neighbour = chance.of(&NEIGHBOURS);
            let mut target = match chance.below(3) {
                0 => neighbour.as_bytes().to_vec(),
                _ => format!("{TARGET}.{operation}").into_bytes(),
            };
            if chance.below(4) == 0 {
                chance.spoil(&mut target);
            }
            if let Ok(value) = http::HeaderValue::from_bytes(&target) {
                request = request.header("x-amz-target", value);
            }
        }
        let scope =
            chance.of(&["AWS4-HMAC-SHA256 Credential=a/b/c/sts/d", "Credential=////", "\t"]);
        let request = request.header("authorization", scope).body(body).expect("a request");
        let shown = format!("round {round}: {request:?}");
        let (status, kind, answer) = send(&story, request);
        assert!([200, 400, 404].contains(&status), "{status} {shown}");
        fine += usize::from(status == 200);
        match kind.as_str() {
            kind if kind.starts_with("text/xml") => assert!(answer.starts_with(b"<"), "{shown}"),
            "application/cbor" => {
                assert!(answer.first().is_some_and(|byte| byte >> 5 == 5), "{shown}")
            }
            _ => assert!(
                serde_json::from_slice::<Value>(&answer).is_ok_and(|value| value.is_object()),
                "{shown}"
            ),
        }
        if round % 100 == 0 {
            story.pass(10);
        }
    }
    assert!(fine > 500, "only {fine} were fine: the test asks nothing");
    story.pass(3_600);
    story.ask("DescribeClusters", json!({"clusters": ["shop"]}));
}

#[test]
fn huge_and_deep_input_is_refused_or_harmless() {
    let story = Story::with(Seed::Empty, None);
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let target = format!("{TARGET}.ListTasks");
    for body in [deep.clone(), format!("{{\"cluster\":{deep}}}")] {
        let answer = story.sandbox.answer(&target, body.as_bytes());
        let document: Value = serde_json::from_slice(&answer.body).expect("JSON");
        assert_eq!((answer.status, &document["__type"]), (400, &json!("SerializationException")));
    }
    let long = "x".repeat(1_000_000);
    for body in [
        json!({"cluster": long}),
        json!({"nextToken": long}),
        json!({"maxResults": f64::MAX}),
        json!({"cluster": "../../etc/passwd\u{0}\u{202e}"}),
    ] {
        let (status, _) = story.send("ListTasks", &body);
        assert_eq!(status, 400);
    }
    story.ask("ListClusters", json!({"unknownMember": {"deep": [1, 2, 3]}}));
}
