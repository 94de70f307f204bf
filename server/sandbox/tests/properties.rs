//! What holds in every world at every moment, whatever is asked of it and
//! however the time passes between: random calls and random times, shrunk to
//! the shortest story that breaks a rule.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};
use support::{ORDER, Story, fargate, list, network, number, text};

/// The moments of a task in the order of living.
const MOMENTS: [&str; 8] = [
    "createdAt",
    "connectivityAt",
    "pullStartedAt",
    "pullStoppedAt",
    "startedAt",
    "stoppingAt",
    "executionStoppedAt",
    "stoppedAt",
];

/// Behaviours of images. None of them fails after it was once healthy, so what
/// a rollout must keep up stays up.
const TAGS: [&str; 10] = [
    "1",
    "2",
    "3",
    "exit-0-after-20s",
    "crash-1-after-3s",
    "oom-after-9s",
    "image-not-found",
    "secret-denied",
    "ignores-sigterm",
    "slow-start-60s",
];

/// Something that is asked for.
#[derive(Debug, Clone)]
enum Act {
    Register { family: usize, tag: usize },
    Create { service: usize, desired: u32, minimum: i64, maximum: i64, rollback: bool },
    Scale { service: usize, desired: u32 },
    Deploy { service: usize },
    Delete { service: usize },
    StopDeployment { service: usize, rollback: bool },
    Run { family: usize, count: u32 },
    StopTask { nth: usize },
    Drain { instance: usize, on: bool },
}

fn acts() -> impl Strategy<Value = Vec<(Act, u64)>> {
    let family = 0..FAMILIES.len();
    let service = || 0..SERVICES.len();
    let act = prop_oneof![
        3 => (family.clone(), 0..TAGS.len()).prop_map(|(family, tag)| Act::Register { family, tag }),
        4 => (service(), 0_u32..6, 0_usize..3, 0_usize..3, any::<bool>()).prop_map(
            |(service, desired, minimum, maximum, rollback)| Act::Create {
                service, desired, minimum: [0, 50, 100][minimum], maximum: [100, 150, 200][maximum], rollback,
            }
        ),
        2 => (service(), 0_u32..7).prop_map(|(service, desired)| Act::Scale { service, desired }),
        4 => service().prop_map(|service| Act::Deploy { service }),
        1 => service().prop_map(|service| Act::Delete { service }),
        1 => (service(), any::<bool>())
            .prop_map(|(service, rollback)| Act::StopDeployment { service, rollback }),
        1 => (family, 1_u32..4).prop_map(|(family, count)| Act::Run { family, count }),
        2 => (0_usize..30).prop_map(|nth| Act::StopTask { nth }),
        1 => (0_usize..3, any::<bool>()).prop_map(|(instance, on)| Act::Drain { instance, on }),
    ];
    vec((act, 0_u64..90), 1..40)
}

/// A kind of task: on Fargate, on instances with a host port of its own, and
/// on instances with any.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Fargate,
    FixedPort,
    AnyPort,
}

const FAMILIES: [Kind; 3] = [Kind::Fargate, Kind::FixedPort, Kind::AnyPort];

/// A service: the family it runs, as a daemon or not, and how it deploys.
const SERVICES: [(usize, bool, &str); 6] = [
    (0, false, "ROLLING"),
    (0, false, "BLUE_GREEN"),
    (0, false, "LINEAR"),
    (1, false, "ROLLING"),
    (2, false, "ROLLING"),
    (2, true, "ROLLING"),
];

fn document(family: usize, tag: usize) -> Value {
    let name = format!("f{family}");
    let image = format!("shop/x:{}", TAGS[tag]);
    if FAMILIES[family] == Kind::Fargate {
        return fargate(&name, &image);
    }
    let port = if FAMILIES[family] == Kind::FixedPort { 8_080 } else { 0 };
    json!({"family": name, "containerDefinitions": [{
        "name": "main", "image": image, "cpu": 300, "memory": 700,
        "portMappings": [{"containerPort": 80, "hostPort": port}],
    }]})
}

/// A world with room for a few tasks, and what is known of its past.
struct Witness {
    story: Story,
    instances: Vec<String>,
    /// How far each task has come: its state, its version, its moments.
    tasks: BTreeMap<String, (usize, i64)>,
    /// When a service was last asked to be otherwise, in seconds.
    touched: BTreeMap<String, f64>,
    /// Services whose tasks are all there, as far as they were not taken away.
    whole: BTreeSet<String>,
    events: BTreeSet<String>,
}

impl Witness {
    fn new() -> Self {
        let story = Story::new();
        let mut instances = Vec::new();
        for zone in ["a", "b", "c"] {
            let identity = json!({"availabilityZone": format!("eu-central-1{zone}")}).to_string();
            let body = json!({
                "cluster": "shop", "instanceIdentityDocument": identity,
                "totalResources": [
                    {"name": "CPU", "type": "INTEGER", "integerValue": 1_024},
                    {"name": "MEMORY", "type": "INTEGER", "integerValue": 2_000},
                ],
            });
            let answer = story.ask("RegisterContainerInstance", body);
            instances.push(text(&answer["containerInstance"]["containerInstanceArn"]));
        }
        for family in 0..FAMILIES.len() {
            story.ask("RegisterTaskDefinition", document(family, 0));
        }
        Self {
            story,
            instances,
            tasks: BTreeMap::new(),
            touched: BTreeMap::new(),
            whole: BTreeSet::new(),
            events: BTreeSet::new(),
        }
    }

    fn now(&self) -> f64 {
        use berth_sandbox::Clock;
        self.story.clock.now_ms() as f64 / 1_000.0
    }

    /// Asks for something; it may be refused, but not fail.
    fn act(&mut self, act: &Act) {
        let named = |service: usize| format!("s{service}");
        let mut touched = Vec::new();
        let (operation, body) = match *act {
            Act::Register { family, tag } => ("RegisterTaskDefinition", document(family, tag)),
            Act::Create { service, desired, minimum, maximum, rollback } => {
                touched.push(named(service));
                ("CreateService", created(service, desired, minimum, maximum, rollback))
            }
            Act::Scale { service, desired } => {
                touched.push(named(service));
                (
                    "UpdateService",
                    json!({"cluster": "shop", "service": named(service), "desiredCount": desired}),
                )
            }
            Act::Deploy { service } => (
                "UpdateService",
                json!({
                    "cluster": "shop", "service": named(service),
                    "taskDefinition": format!("f{}", SERVICES[service].0), "forceNewDeployment": true,
                }),
            ),
            Act::Delete { service } => {
                touched.push(named(service));
                (
                    "DeleteService",
                    json!({"cluster": "shop", "service": named(service), "force": true}),
                )
            }
            Act::StopDeployment { service, rollback } => {
                let asked = json!({"cluster": "shop", "service": named(service)});
                let (_, all) = self.story.send("ListServiceDeployments", &asked);
                let arn = all["serviceDeployments"][0]["serviceDeploymentArn"].clone();
                let kind = if rollback { "ROLLBACK" } else { "ABORT" };
                ("StopServiceDeployment", json!({"serviceDeploymentArn": arn, "stopType": kind}))
            }
            Act::Run { family, count } => {
                let mut body = json!({
                    "cluster": "shop", "taskDefinition": format!("f{family}"), "count": count,
                });
                match FAMILIES[family] {
                    Kind::Fargate => {
                        body["launchType"] = json!("FARGATE");
                        body["networkConfiguration"] = network();
                    }
                    _ => body["launchType"] = json!("EC2"),
                }
                ("RunTask", body)
            }
            Act::StopTask { nth } => {
                touched.extend((0..SERVICES.len()).map(named));
                let all = self.story.ask("ListTasks", json!({"cluster": "shop"}));
                let task = list(&all["taskArns"]).get(nth).cloned().unwrap_or(json!("none"));
                ("StopTask", json!({"cluster": "shop", "task": task}))
            }
            Act::Drain { instance, on } => {
                touched.extend((0..SERVICES.len()).map(named));
                let status = if on { "DRAINING" } else { "ACTIVE" };
                (
                    "UpdateContainerInstancesState",
                    json!({
                        "cluster": "shop", "containerInstances": [self.instances[instance]],
                        "status": status,
                    }),
                )
            }
        };
        let now = self.now();
        for service in touched {
            self.whole.remove(&service);
            self.touched.insert(service, now);
        }
        let (status, answer) = self.story.send(operation, &body);
        assert!([200, 400].contains(&status), "{operation}: {answer}");
    }

    /// Everything that must hold now.
    fn look(&mut self) {
        let tasks = self.all_tasks();
        for task in &tasks {
            self.task_lives(task);
        }
        let services: Vec<String> = (0..SERVICES.len()).map(|at| format!("s{at}")).collect();
        let body = json!({"cluster": "shop", "services": services});
        for service in list(&self.story.ask("DescribeServices", body)["services"]) {
            let group = format!("service:{}", text(&service["serviceName"]));
            let mine: Vec<&Value> =
                tasks.iter().filter(|task| task["group"] == group.as_str()).collect();
            self.counts(service, &mine);
            self.events(service, &mine);
            self.limits(service, &mine);
        }
        self.instances_hold(&tasks);
        let body = json!({"clusters": ["shop"]});
        let cluster = self.story.ask("DescribeClusters", body)["clusters"][0].clone();
        let running = tasks.iter().filter(|task| task["lastStatus"] == "RUNNING").count();
        assert_eq!(cluster["runningTasksCount"], running);
    }

    fn all_tasks(&self) -> Vec<Value> {
        let mut arns = Vec::new();
        for status in ["RUNNING", "STOPPED"] {
            let mut body = json!({"cluster": "shop", "desiredStatus": status});
            loop {
                let answer = self.story.ask("ListTasks", body.clone());
                arns.extend(list(&answer["taskArns"]).iter().cloned());
                if answer["nextToken"].is_null() {
                    break;
                }
                body["nextToken"] = answer["nextToken"].clone();
            }
        }
        arns.chunks(100)
            .flat_map(|some| {
                let body = json!({"cluster": "shop", "tasks": some});
                list(&self.story.ask("DescribeTasks", body)["tasks"]).to_vec()
            })
            .collect()
    }

    /// A task goes forward only, says why it stops, and its moments are in order.
    fn task_lives(&mut self, task: &Value) {
        let state = text(&task["lastStatus"]);
        let place = ORDER.iter().position(|known| *known == state).expect("a known state");
        let version = number(&task["version"]);
        let seen = self.tasks.insert(text(&task["taskArn"]), (place, version));
        if let Some((before, old)) = seen {
            assert!(before <= place, "it went back: {task}");
            assert!(old <= version, "its version went back: {task}");
            assert!(before == place || old < version, "a new state, the old version: {task}");
        }
        let times: Vec<f64> = MOMENTS.iter().filter_map(|name| task[name].as_f64()).collect();
        assert!(times.is_sorted(), "{task}");
        assert!(times.last().is_some_and(|last| *last <= self.now()), "from the future: {task}");
        let stopping = task["desiredStatus"] == "STOPPED";
        assert_eq!(stopping, place > 3, "{task}");
        assert_eq!(stopping, task["stopCode"].is_string(), "{task}");
        assert_eq!(place == 7, task["stoppedAt"].is_number(), "{task}");
        if place == 7 {
            let ended = list(&task["containers"]).iter().all(|one| one["lastStatus"] == "STOPPED");
            assert!(ended, "{task}");
        }
    }

    /// The counts of a service and of its deployments are those of its tasks.
    fn counts(&self, service: &Value, mine: &[&Value]) {
        let running = mine.iter().filter(|task| task["lastStatus"] == "RUNNING").count();
        let pending = |task: &&&Value| {
            let state = task["lastStatus"].as_str().unwrap_or_default();
            ["PROVISIONING", "PENDING", "ACTIVATING"].contains(&state)
        };
        let pending = mine.iter().filter(pending).count();
        assert_eq!(service["runningCount"], running, "{service}");
        assert_eq!(service["pendingCount"], pending, "{service}");
        for member in ["runningCount", "pendingCount"] {
            let deployments = list(&service["deployments"]).iter();
            let sum: i64 = deployments.map(|item| number(&item[member])).sum();
            assert_eq!(json!(sum), service[member], "{service}");
        }
        let primaries = list(&service["deployments"]).iter();
        let primaries = primaries.filter(|item| item["status"] == "PRIMARY").count();
        assert_eq!(primaries, usize::from(service["status"] != "INACTIVE"), "{service}");
    }

    /// An event tells what has happened, to tasks of this service.
    fn events(&mut self, service: &Value, mine: &[&Value]) {
        let find =
            |id: &str| mine.iter().find(|task| text(&task["taskArn"]).ends_with(&format!("/{id}")));
        for event in list(&service["events"]) {
            if !self.events.insert(text(&event["id"])) {
                continue;
            }
            let at = event["createdAt"].as_f64().expect("a time");
            let said = text(&event["message"]);
            let named: Vec<&str> =
                said.split("(task ").skip(1).filter_map(|rest| rest.split(')').next()).collect();
            for id in &named {
                let task = find(id).unwrap_or_else(|| panic!("a task of another: {said}"));
                let stopping = task["stoppingAt"].as_f64().is_some_and(|stopping| stopping <= at);
                assert!(!said.contains("has stopped") || stopping, "{said}: {task}");
                assert!(!said.contains("has started") || task["createdAt"] == json!(at), "{said}");
            }
            if said.contains("has started") || said.contains("has stopped") {
                assert!(said.contains(&format!(" {} ", named.len())), "{said}");
            }
            if said.ends_with("has reached a steady state.") {
                self.steady(service, mine, at);
            }
        }
    }

    /// At the time of the event there were exactly the tasks that were wanted.
    fn steady(&mut self, service: &Value, mine: &[&Value], at: f64) {
        let name = text(&service["serviceName"]);
        let since = |task: &&Value, member: &str| task[member].as_f64().filter(|time| *time <= at);
        let up = mine.iter().filter(|task| {
            since(task, "startedAt").is_some() && since(task, "stoppingAt").is_none()
        });
        let touched = self.touched.get(&name).copied().unwrap_or(0.0);
        // A call after the event, but before this look, may have changed the count.
        if touched <= at {
            let up = i64::try_from(up.count()).expect("a count");
            assert_eq!(up, number(&service["desiredCount"]), "steady: {service}");
            self.whole.insert(name);
        }
    }

    /// Between its minimum and its maximum, also while it rolls.
    fn limits(&self, service: &Value, mine: &[&Value]) {
        let name = text(&service["serviceName"]);
        let at: usize = name[1..].parse().expect("a number");
        let (_, daemon, strategy) = SERVICES[at];
        let desired = number(&service["desiredCount"]);
        let percent = |member: &str| number(&service["deploymentConfiguration"][member]);
        let touched = self.touched.get(&name).copied().unwrap_or(0.0);
        let wanted = mine.iter().filter(|task| task["desiredStatus"] == "RUNNING").count();
        let wanted = i64::try_from(wanted).expect("a count");
        let quiet = self.now() - touched > 30.0 && !daemon;
        if quiet && service["status"] == "ACTIVE" {
            let most = match strategy {
                "ROLLING" => desired * percent("maximumPercent") / 100,
                _ => desired * 2,
            };
            assert!(wanted <= most, "{wanted} tasks of at most {most}: {service}");
        }
        if self.whole.contains(&name) && !daemon {
            let least = match strategy {
                "ROLLING" => (desired * percent("minimumHealthyPercent") + 99) / 100,
                _ => desired,
            };
            let up = mine.iter().filter(|task| task["lastStatus"] == "RUNNING").count();
            let up = i64::try_from(up).expect("a count");
            assert!(up >= least, "{up} tasks of at least {least}: {service}");
        }
    }

    /// No instance gives more than it has, nor a host port twice.
    fn instances_hold(&self, tasks: &[Value]) {
        let body = json!({"cluster": "shop", "containerInstances": self.instances});
        let answer = self.story.ask("DescribeContainerInstances", body);
        for instance in list(&answer["containerInstances"]) {
            let here = || {
                tasks.iter().filter(|task| {
                    task["containerInstanceArn"] == instance["containerInstanceArn"]
                        && task["lastStatus"] != "STOPPED"
                })
            };
            for (resource, member) in [("CPU", "cpu"), ("MEMORY", "memory")] {
                let amount = |list_of: &str| {
                    let found = list(&instance[list_of]).iter().find(|one| one["name"] == resource);
                    number(&found.expect("the resource")["integerValue"])
                };
                let taken: i64 =
                    here().map(|task| text(&task[member]).parse::<i64>().expect("a number")).sum();
                let left = amount("remainingResources");
                assert_eq!(left, amount("registeredResources") - taken, "{resource}: {instance}");
                assert!(left >= 0, "{resource}: {instance}");
            }
            let mut ports: Vec<i64> = here()
                .flat_map(|task| list(&task["containers"]))
                .flat_map(|container| list(&container["networkBindings"]))
                .map(|binding| number(&binding["hostPort"]))
                .collect();
            ports.sort_unstable();
            assert!(ports.windows(2).all(|two| two[0] != two[1]), "{ports:?}");
        }
    }
}

fn created(service: usize, desired: u32, minimum: i64, maximum: i64, rollback: bool) -> Value {
    let (family, daemon, strategy) = SERVICES[service];
    let maximum = if daemon { 100 } else { maximum };
    let mut body = json!({
        "cluster": "shop", "serviceName": format!("s{service}"),
        "taskDefinition": format!("f{family}"), "launchType": "EC2",
        "deploymentConfiguration": {
            // R233: both at 100 could never move.
            "minimumHealthyPercent": if maximum == 100 { minimum.min(50) } else { minimum },
            "maximumPercent": maximum,
            "deploymentCircuitBreaker": {"enable": rollback, "rollback": rollback},
        },
    });
    if FAMILIES[family] == Kind::Fargate {
        body["launchType"] = json!("FARGATE");
        body["networkConfiguration"] = network();
    }
    if daemon {
        body["schedulingStrategy"] = json!("DAEMON");
    } else {
        body["desiredCount"] = json!(desired);
    }
    if strategy != "ROLLING" {
        body["deploymentConfiguration"] = json!({"strategy": strategy, "bakeTimeInMinutes": 1});
    }
    body
}

/// A story takes a second: a dozen, or a twentieth of `PROPTEST_CASES`.
fn cases() -> u32 {
    (ProptestConfig::default().cases / 20).max(1)
}

/// The same stories in every run, so that a change is judged by what it changes;
/// `PROPTEST_RNG_SEED` tells others.
fn seed() -> RngSeed {
    match ProptestConfig::default().rng_seed {
        RngSeed::Random => RngSeed::Fixed(7),
        fixed => fixed,
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases(),
        rng_seed: seed(),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_must_hold_holds(acts in acts()) {
        let mut witness = Witness::new();
        for (act, seconds) in acts {
            witness.act(&act);
            witness.look();
            for _ in 0..seconds.div_ceil(3) {
                witness.story.pass(3);
                witness.look();
            }
        }
        // In the end everything comes to rest, or goes on failing by the rules.
        for _ in 0..20 {
            witness.story.pass(30);
            witness.look();
        }
    }
}
