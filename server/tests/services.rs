//! What people do with services.

mod support;

use std::time::Duration;

use berth_app::error::AppError;
use berth_app::launch::api::ReadLaunchChoices;
use berth_app::launch::draft::LaunchDraft;
use berth_app::names::{ClusterName, ServiceName};
use berth_app::services::api::*;
use berth_app::services::detail::ServiceDetail;
use berth_app::services::draft::ServiceDraft;
use berth_app::services::draft_changes::{DeployDraft, ScaleDraft};
use berth_app::services::state::ServiceState;
use berth_app::team::model::Role;
use support::{Client, TestConsole, token};

const FAMILY: &str = "storefront-web";

fn place(name: &str) -> (ClusterName, ServiceName) {
    ("staging".parse().expect("a name"), name.parse().expect("a name"))
}

fn draft(name: &str) -> ServiceDraft {
    ServiceDraft {
        launch: LaunchDraft {
            cluster: "staging".into(),
            family: FAMILY.into(),
            revision: "latest".into(),
            compute: "FARGATE".into(),
            subnets: vec!["subnet-0a1b2c3d".into()],
            security_groups: vec!["sg-0a1b2c3d".into()],
            ..LaunchDraft::default()
        },
        name: name.into(),
        scheduling: "REPLICA".into(),
        desired: "2".into(),
        minimum: "100".into(),
        maximum: "200".into(),
        breaker: true,
        rollback: true,
        ..ServiceDraft::default()
    }
}

fn create(name: &str) -> CreateService {
    CreateService { token: token(), draft: draft(name) }
}

fn scale(name: &str, desired: &str) -> ScaleService {
    let (cluster, name) = place(name);
    ScaleService { token: token(), cluster, name, draft: ScaleDraft { desired: desired.into() } }
}

fn deploy(name: &str, family: &str, revision: &str) -> DeployService {
    let (cluster, name) = place(name);
    let draft = DeployDraft { family: family.into(), revision: revision.into() };
    DeployService { token: token(), cluster, name, draft }
}

fn restart(name: &str) -> RestartService {
    let (cluster, name) = place(name);
    RestartService { token: token(), cluster, name }
}

fn delete(name: &str, force: bool) -> DeleteService {
    let (cluster, name) = place(name);
    DeleteService { token: token(), cluster, name, force }
}

async fn detail(client: &mut Client, name: &str) -> ServiceDetail {
    let (cluster, name) = place(name);
    client.call(&ReadService { cluster, name }).await.expect("a service").value
}

/// Moves the clock until a service stands as wanted.
async fn settle(console: &TestConsole, client: &mut Client, name: &str, state: ServiceState) {
    for _ in 0..120 {
        if detail(client, name).await.standing.state == state {
            return;
        }
        console.advance(Duration::from_secs(5)).await;
    }
    panic!("{name} never was {state:?}: {:?}", detail(client, name).await.standing);
}

#[tokio::test]
async fn a_service_is_created_scaled_deployed_and_deleted() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;

    let (cluster, name) = operator.call(&create("shop")).await.unwrap();
    assert_eq!((cluster.as_str(), name.as_str()), ("staging", "shop"));
    settle(&console, &mut operator, "shop", ServiceState::Steady).await;
    let steady = detail(&mut operator, "shop").await;
    assert_eq!((steady.service.running, steady.task_count), (2, 2));
    assert!(steady.event_count > 0 && !steady.images.is_empty());

    operator.call(&scale("shop", "4")).await.unwrap();
    assert_eq!(detail(&mut operator, "shop").await.service.desired, 4);
    settle(&console, &mut operator, "shop", ServiceState::Steady).await;
    let tasks = ReadServiceTasks { cluster: cluster.clone(), name: name.clone() };
    assert_eq!(operator.call(&tasks).await.unwrap().value.meta.total, 4);

    let before = detail(&mut operator, "shop").await;
    operator.call(&restart("shop")).await.unwrap();
    let during = detail(&mut operator, "shop").await;
    assert_eq!(during.service.desired, 4, "only the deployment is asked for");
    assert_ne!(during.service.deployments[0].id, before.service.deployments[0].id);
    settle(&console, &mut operator, "shop", ServiceState::Steady).await;

    let revision = operator.call(&deploy("shop", FAMILY, "1")).await.unwrap();
    assert_eq!(revision.to_string(), format!("{FAMILY}:1"));

    let page = operator.get("/clusters/staging/services/shop").await;
    for words in ["Deployments", "Newest events", &revision.to_string()] {
        assert!(page.text.contains(words), "{words}");
    }
    operator.call(&delete("shop", true)).await.unwrap();
    let (cluster, name) = place("shop");
    let after = operator.call(&ReadService { cluster, name }).await;
    assert!(match after {
        Ok(fresh) => fresh.value.service.status != "ACTIVE",
        Err(error) => matches!(error, AppError::NotFound(_)),
    });
}

#[tokio::test]
async fn the_server_checks_every_field_again() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let mut wrong = ServiceDraft {
        name: "a b".into(),
        desired: "many".into(),
        minimum: "101".into(),
        maximum: "99".into(),
        tags: vec![("aws:x".into(), String::new())],
        ..draft("shop")
    };
    wrong.launch.cluster = "nowhere".into();
    wrong.launch.subnets = vec!["vpc-1".into()];
    wrong.launch.security_groups = vec!["group".into()];
    let refused = operator.call(&CreateService { token: token(), draft: wrong }).await.unwrap_err();
    let errors = refused.field_errors();
    let paths = [
        "cluster",
        "name",
        "desired",
        "subnets.0",
        "securityGroups.0",
        "minimum",
        "maximum",
        "tags.0.key",
    ];
    for at in paths {
        assert!(errors.at(at).is_some(), "{at}: {errors:?}");
    }
    assert_eq!(errors.len(), paths.len(), "{errors:?}");

    let mut no_network = draft("shop");
    no_network.launch.subnets.clear();
    let refused = operator.call(&CreateService { token: token(), draft: no_network }).await;
    assert!(refused.unwrap_err().field_errors().at("subnets").is_some());

    let refused = operator.call(&scale("storefront-web", "-1")).await.unwrap_err();
    assert!(refused.field_errors().at("desired").is_some());
    let refused = operator.call(&deploy("storefront-web", FAMILY, "9999")).await.unwrap_err();
    assert!(refused.field_errors().at("revision").is_some());
}

#[tokio::test]
async fn both_forms_offer_what_the_address_and_the_cluster_know() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    for form in ["/services/new", "/tasks/run"] {
        let page = operator.get(&format!("{form}?cluster=staging&revision={FAMILY}:1")).await;
        for words in ["As the service", "Where tasks run", FAMILY] {
            assert!(page.text.contains(words), "{form}: {words}");
        }
        let elsewhere = operator.get(form).await;
        assert!(!elsewhere.text.contains("As the service"), "{form}: no cluster is chosen");
    }
}

#[tokio::test]
async fn what_ecs_refuses_is_said_with_the_next_step() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let refused = operator.call(&create("storefront-web")).await;
    let Err(AppError::Refused { said, next }) = refused else { panic!("{refused:?}") };
    assert!(!said.is_empty() && !next.is_empty(), "{said} {next}");
    let missing = operator.call(&restart("nothing")).await;
    assert!(matches!(missing, Err(AppError::NotFound(_))), "{missing:?}");
}

#[tokio::test]
async fn a_rollback_is_told_until_the_next_deployment() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let why =
        "notifications:2 failed (tasks failed to start) and was rolled back to notifications:1.";
    let list = operator.get("/services?state=rolled-back").await;
    for words in ["1 of 13 services", "notifications", "Rolled back", why] {
        assert!(list.text.contains(words), "no {words} in {}", list.text);
    }
    let address = "/clusters/production/services/notifications";
    let page = operator.get(address).await;
    for words in ["Rolled back", why, ", rolled back", "/task-definitions/notifications/2"] {
        assert!(page.text.contains(words), "no {words} in {}", page.text);
    }
    // ECS forgets the tasks that failed after an hour; the console has seen what they were.
    console.advance(Duration::from_secs(2 * 3_600)).await;
    assert!(operator.get(address).await.text.contains(why));

    let (cluster, name) = ("production".parse().unwrap(), "notifications".parse().unwrap());
    let again = RestartService { cluster, name, ..restart("any") };
    operator.call(&again).await.unwrap();
    let page = operator.get(address).await;
    assert!(!page.text.contains(why) && page.text.contains("Deploying"), "{}", page.text);
}

#[tokio::test]
async fn what_ecs_would_refuse_or_ignore_is_not_sent() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let before = console.console.gateway.calls();
    let refused = operator.call(&delete("storefront-web", false)).await.unwrap_err();
    let errors = refused.field_errors();
    assert!(
        errors.at("force").is_some_and(|said| said.contains("Scale it to 0 first")),
        "{errors:?}"
    );
    let runs = detail(&mut operator, "storefront-web").await.service.task_definition.unwrap();
    let same = deploy("storefront-web", runs.family.as_str(), &runs.number.to_string());
    let errors = operator.call(&same).await.unwrap_err().field_errors();
    let said = errors.at("revision").unwrap_or_default();
    assert!(said.contains("Force new deployment"), "{errors:?}");
    assert_eq!(console.console.gateway.calls(), before, "nothing was sent");

    operator.call(&scale("storefront-web", "0")).await.unwrap();
    operator.call(&delete("storefront-web", false)).await.unwrap();
    let cluster = "production".parse().unwrap();
    let daemon =
        DeleteService { cluster, name: "edge-proxy".parse().unwrap(), ..delete("any", false) };
    operator.call(&daemon).await.unwrap();
}

#[tokio::test]
async fn before_ecs_was_read_nothing_is_said_to_be_missing() {
    let console = TestConsole::unread().await;
    let mut operator = console.member(Role::Operator).await;
    let form = create("shop");
    for early in [
        operator.call(&form).await.map(|_| ()),
        operator.call(&scale("storefront-web", "3")).await,
        operator.call(&deploy("storefront-web", FAMILY, "latest")).await.map(|_| ()),
        operator.call(&restart("storefront-web")).await,
        operator.call(&delete("storefront-web", true)).await,
        operator.call(&ReadLaunchChoices {}).await.map(|_| ()),
    ] {
        assert!(matches!(early, Err(AppError::Unavailable(_))), "{early:?}");
    }
    console.read().await;
    operator.call(&form).await.unwrap();
}

#[tokio::test]
async fn only_operators_change_services() {
    let console = TestConsole::demo().await;
    let mut viewer = console.member(Role::Viewer).await;
    let mut visitor = console.visitor();
    for (client, lost) in [(&mut viewer, false), (&mut visitor, true)] {
        for refused in [
            client.call(&create("shop")).await.map(|_| ()),
            client.call(&scale("storefront-web", "3")).await,
            client.call(&deploy("storefront-web", FAMILY, "latest")).await.map(|_| ()),
            client.call(&restart("storefront-web")).await,
            client.call(&delete("storefront-web", true)).await,
        ] {
            match refused {
                Err(AppError::SignInRequired) if lost => {}
                Err(AppError::NotAllowed(_)) if !lost => {}
                other => panic!("{other:?}"),
            }
        }
    }
    let page = viewer.get("/clusters/staging/services/storefront-web").await;
    assert!(page.text.contains("This needs the role operator; yours is viewer."));
}

#[tokio::test]
async fn the_same_form_twice_changes_once() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let form = create("shop");
    let first = operator.call(&form).await.unwrap();
    assert_eq!(operator.call(&form).await.unwrap(), first);

    let up = scale("shop", "3");
    operator.call(&up).await.unwrap();
    operator.call(&scale("shop", "1")).await.unwrap();
    operator.call(&up).await.unwrap();
    let after = detail(&mut operator, "shop").await;
    assert_eq!(after.service.desired, 1, "an old form sent again changes nothing");

    let form = delete("shop", true);
    operator.call(&form).await.unwrap();
    operator.call(&form).await.unwrap();
}
