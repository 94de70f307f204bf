//! Stories that are told twice through the same gateway: against the sandbox, and against moto.
//! What both say is hardly a misunderstanding of ours.
//!
//! moto is simpler than ECS, and in places wrong. Left out are, because moto
//! - starts no tasks for a service, counts none on Fargate for a cluster, and answers a new
//!   revision with no new deployment: how services roll, and the counts;
//! - has no client tokens: that the same form again makes nothing twice;
//! - makes a service again that is there, and deletes a cluster that is in use: those refusals;
//! - answers HTTP 500 over a task to stop that is not there, and over EC2 without instances;
//! - keeps only the members of a task definition, service or strategy that it knows: circuit
//!   breaker, percentages, ECS Exec, a service's strategy, new members of a document;
//! - has no pages, and no failures beside the tasks that it describes: long lists, missing tasks;
//! - gives a task's times, zone, size and stop code to nobody: those;
//! - lists deleted clusters and services for ever. So the stories say "no longer ACTIVE".
//!
//! Tasks on EC2 are left out, too: moto wants instances of EC2 for them, and the empty sandbox has
//! none.

use std::collections::HashSet;
use std::fmt::Debug;

use berth_app::backend::{Ecs, EcsChanges, NewCluster, ServiceUpdate, Touched};
use berth_app::clusters::draft::NAME_TAKEN;
use berth_app::clusters::model::{Cluster, StrategyItem, Tag};
use berth_app::error::{AppError, FieldErrors};
use berth_app::names::{FamilyName, ServiceName};
use berth_app::services::model::Service;
use berth_app::task_definitions::model::Family;
use berth_app::tasks::model::Task;
use berth_server::ecs::{Found, ReadErrorKind, Source, TaskSweep};

use super::moto::Moto;
use super::*;

/// An empty world, whoever imitates it.
struct Ground {
    gateway: Gateway,
    network: Network,
    sandbox: Option<World>,
}

impl Ground {
    fn sandbox() -> Self {
        let world = World::new(Seed::Empty);
        let network = Network {
            subnets: vec!["subnet-0a1b2c3d".into()],
            security_groups: vec!["sg-0a1b2c3d".into()],
            public_ip: false,
        };
        Self { gateway: world.gateway.clone(), network, sandbox: Some(world) }
    }

    async fn moto() -> Option<Self> {
        let moto = Moto::empty().await?;
        let (gateway, network) = (moto.gateway().await, moto.network().await);
        Some(Self { gateway, network, sandbox: None })
    }

    /// The cluster `shop` with Fargate, and the family `web`.
    async fn open_shop(&self) {
        let new = NewCluster {
            name: "shop".into(),
            capacity_providers: vec!["FARGATE".into(), "FARGATE_SPOT".into()],
            ..NewCluster::default()
        };
        self.gateway.create_cluster(new).await.unwrap();
        let registered = self.gateway.register_task_definition(fargate("web")).await.unwrap();
        assert_eq!(registered, revision("web:1"));
    }

    /// Lets time pass where it takes time until ECS has done what it was asked; moto does at once
    /// whatever it does.
    fn pass(&self) {
        if let Some(world) = &self.sandbox {
            world.pass(600);
        }
    }

    fn tasks(&self, count: u32) -> NewTasks {
        let mut new = tasks(count);
        new.launch.network = Some(self.network.clone());
        new
    }

    fn service(&self, name: &str) -> NewService {
        let mut new = service(name);
        new.launch.network = Some(self.network.clone());
        new
    }

    async fn cluster(&self, name: &str) -> Cluster {
        let all = self.gateway.clusters().await.unwrap();
        let found: Vec<Cluster> = all.into_iter().filter(|one| one.name.as_str() == name).collect();
        let [one] = found.try_into().unwrap();
        one
    }

    async fn only_service(&self) -> Service {
        let [one] = self.gateway.services(&cluster("shop")).await.unwrap().try_into().unwrap();
        one
    }

    async fn sweep(&self, known_final: &[TaskId]) -> TaskSweep {
        let known: HashSet<TaskId> = known_final.iter().cloned().collect();
        self.gateway.tasks(&cluster("shop"), &known).await.unwrap()
    }

    /// What is found of what was touched, without the cluster around it.
    async fn touched(&self, touched: Touched) -> Vec<Found> {
        let mut found = self.gateway.touched(&touched).await.unwrap();
        found.retain(|one| one.is(&touched));
        found
    }
}

/// Each story by name, twice.
macro_rules! stories {
    ($($story:ident,)*) => {
        mod on_the_sandbox {
            $(#[tokio::test]
            async fn $story() {
                super::$story(&super::Ground::sandbox()).await;
            })*
        }

        mod on_moto {
            $(#[tokio::test]
            async fn $story() {
                match super::Ground::moto().await {
                    Some(ground) => super::$story(&ground).await,
                    None => eprintln!("BERTH_TEST_MOTO is not set: the story is not told on moto"),
                }
            })*
        }
    };
}

stories! {
    a_cluster_comes_and_goes,
    a_task_definition_comes_and_goes,
    a_document_is_read_as_it_was_registered,
    a_document_that_does_not_hold_is_refused,
    tasks_run_and_are_stopped,
    a_strategy_or_the_default_decides_where_tasks_run,
    a_service_comes_changes_and_goes,
    a_daemon_takes_no_count,
    a_cluster_that_is_gone_is_told,
    what_is_gone_from_a_cluster_is_told,
    the_account_is_known_soon,
}

/// Moto's task needs memory at its container, too.
fn fargate(family: &str) -> Value {
    let mut document = document(family);
    document["containerDefinitions"][0]["memory"] = json!(512);
    document
}

fn tag(key: &str, value: &str) -> Tag {
    Tag { key: key.into(), value: value.into() }
}

fn update(name: &str) -> ServiceUpdate {
    ServiceUpdate {
        cluster: cluster("shop"),
        name: name.parse().unwrap(),
        desired: None,
        revision: None,
        force_new_deployment: false,
    }
}

/// The words and the advice of a refusal.
fn refused<T: Debug>(answer: Result<T, AppError>) -> (String, String) {
    match answer {
        Err(AppError::Refused { said, next }) => (said, next),
        other => panic!("{other:?}"),
    }
}

async fn a_cluster_comes_and_goes(ground: &Ground) {
    let gateway = &ground.gateway;
    assert_eq!(gateway.clusters().await.unwrap(), []);
    let spot = StrategyItem { provider: "FARGATE_SPOT".into(), weight: 3, base: 1 };
    let new = NewCluster {
        name: "batch".into(),
        capacity_providers: vec!["FARGATE".into(), "FARGATE_SPOT".into()],
        default_strategy: vec![spot.clone()],
        container_insights: "enabled".into(),
        tags: vec![tag("team", "blue"), tag("empty", "")],
    };
    gateway.create_cluster(new.clone()).await.unwrap();
    let made = ground.cluster("batch").await;
    assert_eq!(made.status, "ACTIVE");
    assert!(made.arn.ends_with(":cluster/batch"), "{}", made.arn);
    assert_eq!(made.capacity_providers, new.capacity_providers);
    assert_eq!(made.default_strategy, [spot]);
    assert_eq!(made.container_insights, "enabled");
    assert_eq!(made.tags, new.tags);
    assert_eq!((made.running_tasks, made.pending_tasks, made.active_services), (0, 0, 0));
    assert_eq!(ground.touched(Touched::Cluster(cluster("batch"))).await, [Found::Cluster(made)]);

    let plain = NewCluster { name: "plain".into(), ..NewCluster::default() };
    gateway.create_cluster(plain).await.unwrap();
    let plain = ground.cluster("plain").await;
    assert_eq!((plain.container_insights.as_str(), plain.tags.len()), ("disabled", 0));

    let taken = AppError::Invalid(FieldErrors::one("name", NAME_TAKEN));
    assert_eq!(gateway.create_cluster(new.clone()).await, Err(taken));

    gateway.delete_cluster(cluster("batch")).await.unwrap();
    let left = gateway.clusters().await.unwrap();
    let active: Vec<&str> =
        left.iter().filter(|one| one.status == "ACTIVE").map(|one| one.name.as_str()).collect();
    assert_eq!(active, ["plain"]);
    match ground.touched(Touched::Cluster(cluster("batch"))).await.as_slice() {
        [Found::Cluster(gone)] => assert_eq!(gone.status, "INACTIVE"),
        other => panic!("{other:?}"),
    }
    // It gives its name back.
    gateway.create_cluster(new).await.unwrap();
    assert_eq!(ground.cluster("batch").await.status, "ACTIVE");
}

async fn a_task_definition_comes_and_goes(ground: &Ground) {
    let gateway = &ground.gateway;
    assert_eq!(gateway.families().await.unwrap(), []);
    for wanted in ["web:1", "web:2", "jobs:1"] {
        let family = wanted.split(':').next().unwrap();
        let registered = gateway.register_task_definition(fargate(family)).await;
        assert_eq!(registered, Ok(revision(wanted)));
    }
    let family = |name: &str, active: &[u32], inactive: &[u32]| Family {
        name: name.parse().unwrap(),
        active: active.to_vec(),
        inactive: inactive.to_vec(),
    };
    let wanted = [family("jobs", &[1], &[]), family("web", &[2, 1], &[])];
    assert_eq!(gateway.families().await.unwrap(), wanted);
    assert_eq!(gateway.task_definition(&revision("web:1")).await.unwrap().status, "ACTIVE");

    gateway.deregister_task_definition(revision("web:1")).await.unwrap();
    let wanted = [family("jobs", &[1], &[]), family("web", &[2], &[1])];
    assert_eq!(gateway.families().await.unwrap(), wanted);
    assert_eq!(gateway.task_definition(&revision("web:1")).await.unwrap().status, "INACTIVE");
    let name: FamilyName = "web".parse().unwrap();
    let [_, web] = wanted;
    assert_eq!(ground.touched(Touched::Family(name)).await, [Found::Family(web)]);

    // Its number is not given again.
    gateway.deregister_task_definition(revision("web:2")).await.unwrap();
    let registered = gateway.register_task_definition(fargate("web")).await;
    assert_eq!(registered, Ok(revision("web:3")));

    let missing = AppError::NotFound("There is no task definition web:9.".into());
    assert_eq!(gateway.task_definition(&revision("web:9")).await, Err(missing));
    let (said, next) = refused(gateway.deregister_task_definition(revision("web:9")).await);
    assert_eq!(said, "Unable to describe task definition.");
    assert_eq!(next, "Correct what the sentence names and send it again.");
}

async fn a_document_is_read_as_it_was_registered(ground: &Ground) {
    let gateway = &ground.gateway;
    let app = json!({
        "name": "app",
        "image": "shop/web:1.0",
        "cpu": 128,
        "memory": 256,
        "memoryReservation": 128,
        "essential": true,
        "command": ["serve", "--port", "80"],
        "environment": [{"name": "MODE", "value": "live"}],
        "secrets": [{"name": "KEY", "valueFrom": "arn:aws:ssm:eu-central-1:123456789012:parameter/key"}],
        "portMappings": [{"containerPort": 80, "hostPort": 80, "protocol": "tcp", "name": "http"}],
        "mountPoints": [{"sourceVolume": "data", "containerPath": "/data", "readOnly": true}],
        "dependsOn": [{"containerName": "proxy", "condition": "START"}],
        "healthCheck": {
            "command": ["CMD-SHELL", "true"],
            "interval": 30, "timeout": 5, "retries": 3, "startPeriod": 10,
        },
        "logConfiguration": {"logDriver": "awslogs", "options": {
            "awslogs-group": "web", "awslogs-region": "eu-central-1", "awslogs-stream-prefix": "web",
        }},
        "dockerLabels": {"team": "blue"},
        "readonlyRootFilesystem": true,
        "volumesFrom": [],
        "systemControls": [],
    });
    let mut written = fargate("web");
    written["containerDefinitions"] =
        json!([app, {"name": "proxy", "image": "shop/proxy:2", "memory": 64, "essential": false}]);
    written["volumes"] = json!([{"name": "data"}]);
    written["taskRoleArn"] = json!("arn:aws:iam::123456789012:role/task");
    written["executionRoleArn"] = json!("arn:aws:iam::123456789012:role/execution");
    written["runtimePlatform"] =
        json!({"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"});
    written["ephemeralStorage"] = json!({"sizeInGiB": 40});
    let mut sent = written.clone();
    sent["tags"] = json!([{"key": "team", "value": "blue"}]);
    let first = gateway.register_task_definition(sent).await.unwrap();
    let read = gateway.task_definition(&first).await.unwrap();
    assert_eq!(read.revision, revision("web:1"));
    assert!(read.arn.ends_with(":task-definition/web:1"), "{}", read.arn);
    assert_eq!(read.tags, [tag("team", "blue")]);
    assert!(read.compatibilities.iter().any(|kind| kind == "FARGATE"));
    // Both fill in what was left out; what was written stays as it was.
    for (name, value) in written.as_object().unwrap() {
        if name != "containerDefinitions" {
            assert_eq!(read.document.get(name), Some(value), "{name}");
        }
    }
    assert_eq!(read.document["containerDefinitions"][0], app);
    let filled = json!({
        "name": "proxy", "image": "shop/proxy:2", "memory": 64, "essential": false, "cpu": 0,
        "environment": [], "mountPoints": [], "portMappings": [], "volumesFrom": [],
    });
    let mut proxy = read.document["containerDefinitions"][1].clone();
    // Since 2024, and unknown to moto.
    proxy.as_object_mut().unwrap().remove("systemControls");
    assert_eq!(proxy, filled);
    assert_eq!(read.document["placementConstraints"], json!([]));
    for name in ["taskDefinitionArn", "revision", "status", "compatibilities"] {
        assert!(read.document.get(name).is_none(), "{name}");
    }

    let second = gateway.register_task_definition(read.document.clone()).await.unwrap();
    assert_eq!(second, revision("web:2"));
    let again = gateway.task_definition(&second).await.unwrap();
    assert_eq!(again.document, read.document);
}

async fn a_document_that_does_not_hold_is_refused(ground: &Ground) {
    let without = |member: &str| {
        let mut document = fargate("web");
        let container = document["containerDefinitions"][0].as_object_mut().unwrap();
        container.remove(member).unwrap();
        document
    };
    let container = without("memory")["containerDefinitions"].take();
    let sizeless = json!({"family": "web", "containerDefinitions": container});
    let mut close = fargate("web");
    close["pidMode"] = json!("host");
    let table = [
        (without("name"), "Container.name should not be null or empty."),
        (without("image"), "Container.image should not be null or empty."),
        (
            sizeless,
            "Invalid setting for container 'app'. At least one of 'memory' or \
             'memoryReservation' must be specified.",
        ),
        (
            close,
            "Tasks using the Fargate launch type do not support pidMode 'host'. The supported \
             value for pidMode is 'task'.",
        ),
    ];
    for (document, wanted) in table {
        let (said, next) = refused(ground.gateway.register_task_definition(document).await);
        assert_eq!(said, wanted);
        assert_eq!(next, "Correct the task definition and register it again.");
    }
    assert_eq!(ground.gateway.families().await.unwrap(), []);
}

async fn tasks_run_and_are_stopped(ground: &Ground) {
    let gateway = &ground.gateway;
    ground.open_shop().await;
    assert_eq!(ground.sweep(&[]).await, TaskSweep::default());
    let launched = gateway.run_tasks(ground.tasks(12)).await.unwrap();
    assert_eq!((launched.tasks.len(), launched.failures.len()), (12, 0));
    ground.pass();
    let sweep = ground.sweep(&[]).await;
    let mut ids = launched.tasks.clone();
    ids.sort();
    let found: Vec<TaskId> = sweep.described.iter().map(|one| one.id.clone()).collect();
    assert_eq!(found, ids);
    for one in &sweep.described {
        assert!(one.arn.ends_with(&format!(":task/shop/{}", one.id)), "{}", one.arn);
        assert_eq!((one.last_status.as_str(), one.desired_status.as_str()), ("RUNNING", "RUNNING"));
        assert_eq!(one.task_definition, revision("web:1"));
        assert_eq!(one.launch_type.as_deref(), Some("FARGATE"));
        assert_eq!((one.group.as_str(), one.capacity_provider.as_deref()), ("family:web", None));
        assert_eq!(one.started_by.as_deref(), Some("ada-example-com"));
        assert!(one.private_ip.is_some());
        assert_eq!(one.containers.len(), 1);
        assert_eq!(one.containers[0].name, "app");
        assert_eq!(one.containers[0].image, "shop/web:1.0");
        assert_eq!(one.containers[0].memory.as_deref(), Some("512"));
    }

    let (first, rest) = ids.split_first().unwrap();
    gateway.stop_task(cluster("shop"), first.clone(), "Not needed".into()).await.unwrap();
    let stopped = |found: &[Found]| match found {
        [Found::Task(one)] => one.clone(),
        other => panic!("{other:?}"),
    };
    let touched = Touched::Tasks(cluster("shop"), vec![first.clone()]);
    assert_eq!(stopped(&ground.touched(touched.clone()).await).desired_status, "STOPPED");
    ground.pass();
    let end: Task = stopped(&ground.touched(touched).await);
    assert_eq!((end.last_status.as_str(), end.desired_status.as_str()), ("STOPPED", "STOPPED"));
    assert_eq!(end.stopped_reason.as_deref(), Some("Not needed"));

    // Stopped tasks stand in the second list, and are not described again.
    let sweep = ground.sweep(std::slice::from_ref(first)).await;
    assert_eq!(sweep.still_listed, std::slice::from_ref(first));
    let found: Vec<TaskId> = sweep.described.iter().map(|one| one.id.clone()).collect();
    assert_eq!(found, rest);
}

async fn a_strategy_or_the_default_decides_where_tasks_run(ground: &Ground) {
    let gateway = &ground.gateway;
    ground.open_shop().await;
    let spot = vec![StrategyItem { provider: "FARGATE_SPOT".into(), weight: 1, base: 0 }];
    let spotty = NewCluster {
        name: "spotty".into(),
        capacity_providers: vec!["FARGATE".into(), "FARGATE_SPOT".into()],
        default_strategy: spot.clone(),
        ..NewCluster::default()
    };
    gateway.create_cluster(spotty).await.unwrap();
    for (place, compute) in [("shop", Compute::Strategy(spot)), ("spotty", Compute::ClusterDefault)]
    {
        let mut new = ground.tasks(1);
        new.launch.cluster = cluster(place);
        new.launch.compute = compute;
        new.group = Some("night".into());
        new.client_token = RequestToken::from_bits(place.len() as u128);
        let launched = gateway.run_tasks(new).await.unwrap();
        let sweep = gateway.tasks(&cluster(place), &HashSet::new()).await.unwrap();
        let [one] = sweep.described.try_into().unwrap();
        assert_eq!([one.id], *launched.tasks);
        assert_eq!(one.capacity_provider.as_deref(), Some("FARGATE_SPOT"));
        assert_eq!(one.group, "night");
    }
}

async fn a_service_comes_changes_and_goes(ground: &Ground) {
    let gateway = &ground.gateway;
    ground.open_shop().await;
    gateway.register_task_definition(fargate("web")).await.unwrap();
    let mut new = ground.service("web");
    new.tags = vec![tag("team", "blue")];
    gateway.create_service(new).await.unwrap();
    let made = ground.only_service().await;
    assert_eq!((made.cluster.as_str(), made.name.as_str()), ("shop", "web"));
    assert!(made.arn.ends_with(":service/shop/web"), "{}", made.arn);
    assert_eq!((made.status.as_str(), made.desired), ("ACTIVE", 2));
    assert_eq!(made.task_definition, Some(revision("web:1")));
    assert_eq!((made.launch_type.as_deref(), made.strategy.len()), (Some("FARGATE"), 0));
    assert_eq!(made.scheduling, "REPLICA");
    assert_eq!(made.network, Some(ground.network.clone()));
    assert_eq!(made.tags, [tag("team", "blue")]);
    let [first] = made.deployments.try_into().unwrap();
    assert_eq!((first.status.as_str(), first.desired), ("PRIMARY", 2));
    assert_eq!(first.task_definition, Some(revision("web:1")));
    assert_eq!((first.rollout.as_deref(), first.failed), (Some("IN_PROGRESS"), 0));
    assert!(first.id.starts_with("ecs-svc/"), "{}", first.id);
    assert!(first.created_at.is_some());

    gateway.update_service(ServiceUpdate { desired: Some(5), ..update("web") }).await.unwrap();
    let scaled = ground.only_service().await;
    assert_eq!((scaled.desired, scaled.task_definition), (5, Some(revision("web:1"))));
    let next = ServiceUpdate { revision: Some(revision("web:2")), ..update("web") };
    gateway.update_service(next).await.unwrap();
    let deployed = ground.only_service().await;
    assert_eq!((deployed.desired, deployed.task_definition), (5, Some(revision("web:2"))));
    let before = deployed.deployments[0].id.clone();
    let again = ServiceUpdate { force_new_deployment: true, ..update("web") };
    gateway.update_service(again).await.unwrap();
    let forced = ground.only_service().await;
    assert_ne!(forced.deployments[0].id, before);
    assert_eq!(forced.deployments[0].status, "PRIMARY");

    let name: ServiceName = "web".parse().unwrap();
    let touched = Touched::Service(cluster("shop"), name.clone());
    assert_eq!(ground.touched(touched.clone()).await, [Found::Service(forced)]);
    let (said, next) = refused(gateway.delete_service(cluster("shop"), name.clone(), false).await);
    assert_eq!(said, "The service cannot be stopped while it is scaled above 0.");
    assert_eq!(next, "Correct what the sentence names and send it again.");
    gateway.delete_service(cluster("shop"), name, true).await.unwrap();
    ground.pass();
    let left = gateway.services(&cluster("shop")).await.unwrap();
    assert!(left.iter().all(|one| one.status == "INACTIVE"), "{left:?}");
    match ground.touched(touched).await.as_slice() {
        [Found::Service(gone)] => assert_eq!(gone.status, "INACTIVE"),
        other => panic!("{other:?}"),
    }
}

async fn a_daemon_takes_no_count(ground: &Ground) {
    let gateway = &ground.gateway;
    ground.open_shop().await;
    let agent = json!({
        "family": "agent",
        "containerDefinitions": [{"name": "app", "image": "shop/agent:1", "memory": 64}],
    });
    let registered = gateway.register_task_definition(agent).await.unwrap();
    let mut new = ground.service("agent");
    new.launch.compute = Compute::LaunchType("EC2".into());
    new.launch.network = None;
    new.launch.revision = registered;
    new.daemon = true;
    gateway.create_service(new).await.unwrap();
    let made = ground.only_service().await;
    assert_eq!((made.scheduling.as_str(), made.desired), ("DAEMON", 0));
    assert_eq!((made.launch_type.as_deref(), made.network), (Some("EC2"), None));
}

async fn a_cluster_that_is_gone_is_told(ground: &Ground) {
    let gateway = &ground.gateway;
    ground.open_shop().await;
    let gone = || cluster("gone");
    let web = || "web".parse().unwrap();
    let nobody = task("0123456789abcdef0123456789abcdef");
    let mut tasks = ground.tasks(1);
    tasks.launch.cluster = gone();
    let mut service = ground.service("web");
    service.launch.cluster = gone();
    let changes = [
        gateway.delete_cluster(gone()).await,
        gateway.run_tasks(tasks).await.map(|_| ()),
        gateway.stop_task(gone(), nobody.clone(), String::new()).await,
        gateway.create_service(service).await,
        gateway.update_service(ServiceUpdate { cluster: gone(), ..update("web") }).await,
        gateway.delete_service(gone(), web(), true).await,
    ];
    for (number, change) in changes.into_iter().enumerate() {
        let (said, next) = refused(change);
        assert_eq!(said, "Cluster not found.", "change {number}");
        assert_eq!(
            next, "The cluster may have been deleted. Go back to the list of clusters.",
            "change {number}"
        );
    }

    // A list that is read beside a deletion is empty; what is asked for by name is not there.
    assert_eq!(gateway.services(&gone()).await, Ok(Vec::new()));
    assert_eq!(gateway.tasks(&gone(), &HashSet::new()).await, Ok(TaskSweep::default()));
    assert_eq!(gateway.touched(&Touched::Cluster(gone())).await, Ok(Vec::new()));
    for touched in [Touched::Service(gone(), web()), Touched::Tasks(gone(), vec![nobody])] {
        let error = gateway.touched(&touched).await.unwrap_err();
        assert_eq!(
            (error.kind, error.trouble.said.as_str()),
            (ReadErrorKind::Other, "Cluster not found.")
        );
    }
}

async fn what_is_gone_from_a_cluster_is_told(ground: &Ground) {
    let gateway = &ground.gateway;
    ground.open_shop().await;
    let name: ServiceName = "gone".parse().unwrap();
    for change in [
        gateway.update_service(ServiceUpdate { desired: Some(1), ..update("gone") }).await,
        gateway.delete_service(cluster("shop"), name.clone(), true).await,
    ] {
        let (said, next) = refused(change);
        assert_eq!(said, "Service not found.");
        assert_eq!(next, "The service may have been deleted. Go back to the list of services.");
    }
    assert_eq!(ground.touched(Touched::Service(cluster("shop"), name)).await, []);
    let nobody = task("0123456789abcdef0123456789abcdef");
    assert_eq!(ground.touched(Touched::Tasks(cluster("shop"), vec![nobody])).await, []);
    assert_eq!(ground.touched(Touched::Family("gone".parse().unwrap())).await, []);

    // A revision that is not there; ECS has other words for it in each operation, moto has one.
    let mut tasks = ground.tasks(1);
    tasks.launch.revision = revision("web:9");
    let mut service = ground.service("web");
    service.launch.revision = revision("web:9");
    for change in
        [gateway.run_tasks(tasks).await.map(|_| ()), gateway.create_service(service).await]
    {
        let (said, next) = refused(change);
        assert!(said.to_lowercase().contains("task"), "{said}");
        assert_eq!(next, "Correct what the sentence names and send it again.");
    }
    assert_eq!(ground.sweep(&[]).await, TaskSweep::default());
    assert_eq!(gateway.services(&cluster("shop")).await, Ok(Vec::new()));
}

async fn the_account_is_known_soon(ground: &Ground) {
    let limit = Duration::from_secs(60);
    let known = super::weather::until(|| ground.gateway.account().id.is_some());
    tokio::time::timeout(limit, known).await.unwrap();
    let account = ground.gateway.account();
    assert_eq!(account.id.map(|id| id.len()), Some(12));
    assert!(account.identity.unwrap().starts_with("arn:aws:sts::"));
}
