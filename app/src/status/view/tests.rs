//! What the public may read of a page, as tables and over many pages made by chance.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::clusters::model::Tag;
use crate::launch::model::Network;
use crate::reading::{Outage, Trouble};
use crate::services::last_deployment::Rollback;
use crate::services::model::{LoadBalancer, ServiceEvent};
use crate::status::model::ListedService;

const NOW: Timestamp = Timestamp::from_ms(1_795_233_600_000);

fn deployment(status: &str, rollout: &str, failed: u32) -> Deployment {
    Deployment {
        id: "ecs-svc/1234567890123456789".into(),
        status: status.into(),
        task_definition: "web:7".parse().ok(),
        desired: 2,
        pending: 0,
        running: 2,
        failed,
        rollout: Some(rollout.into()),
        rollout_reason: Some("ECS deployment in progress.".into()),
        created_at: Some(NOW.plus_ms(-60_000)),
        updated_at: Some(NOW),
    }
}

fn service(running: u32, desired: u32, deployments: Vec<Deployment>) -> Service {
    Service {
        cluster: "production".parse().unwrap(),
        name: "web".parse().unwrap(),
        arn: "arn:aws:ecs:eu-west-1:123456789012:service/production/web".into(),
        status: "ACTIVE".into(),
        desired,
        running,
        pending: 0,
        task_definition: "web:7".parse().ok(),
        launch_type: Some("FARGATE".into()),
        strategy: Vec::new(),
        platform_version: None,
        scheduling: "REPLICA".into(),
        created_at: None,
        deployments,
        events: Vec::new(),
        rollback: None,
        network: None,
        load_balancers: Vec::new(),
        minimum_healthy_percent: None,
        maximum_percent: None,
        circuit_breaker: None,
        execute_command: false,
        tags: Vec::new(),
    }
}

fn rollback() -> Rollback {
    Rollback {
        back_to: "ecs-svc/1".into(),
        failed: None,
        from: None,
        to: None,
        at: NOW,
        reason: None,
    }
}

fn page(listed: &[(&str, &str, &str)]) -> StatusPage {
    let listed = listed.iter().map(|(cluster, service, public_name)| ListedService {
        cluster: cluster.parse().unwrap(),
        service: service.parse().unwrap(),
        public_name: (*public_name).to_owned(),
    });
    StatusPage {
        id: 1,
        slug: "0f".repeat(16),
        title: "Shop".into(),
        services: listed.collect(),
        published: true,
        created_at: NOW,
        updated_at: NOW,
    }
}

fn read(at: Timestamp) -> Health {
    Health { read_at: Some(at), ..Health::default() }
}

fn picture(service: Service) -> Reading {
    Reading { services: vec![Arc::new(service)], ..Reading::default() }
}

/// A rollout as a list of deployments: the present one first.
type Rollout = fn() -> Vec<Deployment>;

fn of(running: u32, one: Deployment) -> Deployment {
    Deployment { running, ..one }
}

fn steady() -> Vec<Deployment> {
    vec![deployment("PRIMARY", "COMPLETED", 0)]
}

fn rolling() -> Vec<Deployment> {
    vec![deployment("PRIMARY", "IN_PROGRESS", 0), deployment("ACTIVE", "COMPLETED", 0)]
}

fn failing() -> Vec<Deployment> {
    vec![of(0, deployment("PRIMARY", "IN_PROGRESS", 3)), deployment("ACTIVE", "COMPLETED", 0)]
}

fn failed() -> Vec<Deployment> {
    vec![of(0, deployment("PRIMARY", "FAILED", 3)), deployment("ACTIVE", "COMPLETED", 0)]
}

/// Nothing was there before it: what runs of it starts and ends again.
fn failing_first() -> Vec<Deployment> {
    vec![deployment("PRIMARY", "IN_PROGRESS", 3)]
}

fn going_back() -> Vec<Deployment> {
    vec![deployment("PRIMARY", "IN_PROGRESS", 0), of(0, deployment("ACTIVE", "FAILED", 3))]
}

fn said_of(service: Service) -> ServiceState {
    let page = page(&[("production", "web", "Web shop")]);
    public_view(&page, &picture(service), &read(NOW), NOW).services[0].state
}

/// Each way of rolling, with all of four tasks, with as many as must run, with fewer, with none.
#[test]
fn what_runs_makes_the_words() {
    use ServiceState::{Degraded, Deploying, Down, Operational};
    let table: [(&str, Rollout, [ServiceState; 4]); 7] = [
        ("steady", steady, [Operational, Degraded, Degraded, Down]),
        ("unknown", Vec::new, [Operational, Degraded, Degraded, Down]),
        ("rolling", rolling, [Deploying, Deploying, Degraded, Down]),
        ("failing", failing, [Operational, Degraded, Degraded, Down]),
        ("failed", failed, [Operational, Degraded, Degraded, Down]),
        ("failing alone", failing_first, [Degraded, Degraded, Degraded, Down]),
        ("going back", going_back, [Operational, Degraded, Degraded, Down]),
    ];
    for (name, rollout, said) in table {
        for (running, said) in [4, 2, 1, 0].into_iter().zip(said) {
            let mut service = service(running, 4, rollout());
            service.minimum_healthy_percent = Some(50);
            assert_eq!(said_of(service.clone()), said, "{name}, {running} of 4");
            service.running += u32::from(running == 4);
            assert_eq!(said_of(service), said, "{name}, more than 4");
        }
    }
}

#[test]
fn rollouts_end_in_words_that_hold() {
    use ServiceState::{Degraded, Deploying, Operational};
    let ending =
        || vec![deployment("PRIMARY", "COMPLETED", 0), deployment("ACTIVE", "COMPLETED", 0)];
    assert_eq!(said_of(service(2, 2, ending())), Deploying);
    // Failures of a rollout that ended well are history.
    assert_eq!(said_of(service(2, 2, vec![deployment("PRIMARY", "COMPLETED", 4)])), Operational);
    // Without a minimum of its own, a service keeps all of its tasks while it rolls.
    assert_eq!(said_of(service(1, 2, rolling())), Degraded);
    let mut back = service(2, 2, vec![deployment("PRIMARY", "IN_PROGRESS", 0)]);
    back.rollback = Some(rollback());
    assert_eq!(said_of(back), Operational);
}

#[test]
fn what_shall_not_run_is_no_outage_but_a_daemon_without_a_place_is() {
    use ServiceState::{Degraded, Deploying, Down, Operational, Paused, Unknown};
    for (scheduling, status, running, desired, rollout, said) in [
        ("REPLICA", "ACTIVE", 0, 0, steady as Rollout, Paused),
        ("REPLICA", "ACTIVE", 1, 0, steady, Paused),
        ("REPLICA", "ACTIVE", 0, 0, failing, Paused),
        ("REPLICA", "DRAINING", 0, 0, Vec::new, Paused),
        ("REPLICA", "DRAINING", 2, 2, steady, Paused),
        ("DAEMON", "DRAINING", 2, 0, steady, Paused),
        ("REPLICA", "INACTIVE", 0, 0, Vec::new, Unknown),
        ("DAEMON", "ACTIVE", 0, 0, steady, Down),
        ("DAEMON", "ACTIVE", 1, 0, steady, Operational),
        ("DAEMON", "ACTIVE", 3, 3, steady, Operational),
        ("DAEMON", "ACTIVE", 2, 3, steady, Degraded),
        // A daemon stops the old task of an instance before it starts the new one.
        ("DAEMON", "ACTIVE", 2, 3, rolling, Deploying),
        ("DAEMON", "ACTIVE", 0, 3, rolling, Down),
    ] {
        let mut service = service(running, desired, rollout());
        (service.scheduling, service.status) = (scheduling.into(), status.into());
        assert_eq!(said_of(service), said, "{scheduling} {status}, {running} of {desired}");
    }
}

#[test]
fn what_is_not_seen_is_unknown() {
    let reading = picture(service(2, 2, vec![deployment("PRIMARY", "COMPLETED", 0)]));
    let page = page(&[("production", "web", "Web shop"), ("production", "gone", "Old shop")]);
    let view = public_view(&page, &reading, &read(NOW), NOW);
    let states: Vec<_> = view.services.iter().map(|one| one.state).collect();
    assert_eq!(states, [ServiceState::Operational, ServiceState::Unknown]);
    assert_eq!(view.services[0].deployed_at, Some(NOW.plus_ms(-60_000)));
    assert_eq!(view.overall, Overall::PartlyUnknown);

    for health in [read(NOW.plus_ms(-120_001)), Health::default()] {
        let view = public_view(&page, &reading, &health, NOW);
        assert!(view.services.iter().all(|one| one.state == ServiceState::Unknown));
        assert_eq!(view.overall, Overall::Unknown);
    }
}

#[test]
fn the_list_is_searched_and_sorted() {
    let mut pages = vec![page(&[("production", "web", "Web shop")]), page(&[])];
    pages[1].title = "Back office".into();
    let ask = |pairs: &[(&str, &str)]| {
        let listing = list(&pages, &ListQuery::from_pairs(pairs.iter().copied(), &[]));
        listing.rows.into_iter().map(|row| row.title).collect::<Vec<_>>()
    };
    assert_eq!(ask(&[]), ["Shop", "Back office"]);
    assert_eq!(ask(&[("sort", "title")]), ["Back office", "Shop"]);
    assert_eq!(ask(&[("sort", "services")]), ["Back office", "Shop"]);
    assert_eq!(ask(&[("q", "web")]), ["Shop"]);
}

#[test]
fn what_is_being_forgotten_is_no_choice() {
    let mut gone = service(0, 0, Vec::new());
    gone.status = "INACTIVE".into();
    assert_eq!(choices(&picture(gone)), []);
    let one = choices(&picture(service(1, 1, Vec::new())));
    assert_eq!(one[0].key(), "production/web");
}

/// Text that no public text can hold by accident: what the public may read is written without `Q`.
fn secret() -> impl Strategy<Value = String> {
    "Q[a-z0-9]{6,12}Q"
}

prop_compose! {
    fn any_deployment()(
        secrets in vec(secret(), 4),
        counts in (0_u32..5, 0_u32..5, 0_u32..3),
        status in prop_oneof![Just("PRIMARY"), Just("ACTIVE"), Just("INACTIVE")],
        rollout in prop_oneof![Just("COMPLETED"), Just("IN_PROGRESS"), Just("FAILED")],
    ) -> (Deployment, Vec<String>) {
        let deployment = Deployment {
            id: format!("ecs-svc/{}", secrets[0]),
            task_definition: format!("{}:41", secrets[1]).parse().ok(),
            desired: counts.0,
            running: counts.1,
            rollout_reason: Some(format!("{} of {}", secrets[2], secrets[3])),
            ..self::deployment(status, rollout, counts.2)
        };
        (deployment, secrets)
    }
}

prop_compose! {
    fn any_service()(
        secrets in vec(secret(), 14),
        counts in (0_u32..4, 0_u32..4),
        deployments in vec(any_deployment(), 0..3),
    ) -> (Service, Vec<String>) {
        let mut hidden = secrets.clone();
        let mut rolled = Vec::new();
        for (deployment, more) in deployments {
            rolled.push(deployment);
            hidden.extend(more);
        }
        let made = Service {
            cluster: secrets[0].parse().unwrap(),
            name: secrets[1].parse().unwrap(),
            arn: format!("arn:aws:ecs:eu-west-1:{}:service/{}", secrets[2], secrets[1]),
            task_definition: format!("{}:7", secrets[3]).parse().ok(),
            launch_type: Some(secrets[4].clone()),
            platform_version: Some(secrets[5].clone()),
            events: vec![ServiceEvent { id: secrets[6].clone(), at: NOW, message: secrets[7].clone() }],
            rollback: Some(Rollback {
                from: format!("{}:8", secrets[12]).parse().ok(),
                reason: Some(secrets[13].clone()),
                ..rollback()
            }),
            network: Some(Network { subnets: vec![secrets[8].clone()], ..Network::default() }),
            load_balancers: vec![LoadBalancer { target: secrets[9].clone(), container: secrets[10].clone(), port: 80 }],
            tags: vec![Tag { key: "team".into(), value: secrets[11].clone() }],
            ..service(counts.0, counts.1, rolled)
        };
        (made, hidden)
    }
}

proptest! {
    #[test]
    fn nothing_else_reaches_the_public(
        made in vec((any_service(), "[ -PR-~]{1,40}", any::<bool>()), 1..6),
        title in "[ -PR-~]{1,40}",
        trouble in secret(),
        age_ms in 0_i64..200_000,
    ) {
        let mut reading = Reading::default();
        let mut hidden = vec![trouble.clone()];
        let mut page = page(&[]);
        page.title = title;
        page.slug = "Qslug0slugQ".into();
        hidden.push(page.slug.clone());
        for ((service, secrets), public_name, seen) in made {
            let (cluster, name) = (service.cluster.clone(), service.name.clone());
            page.services.push(ListedService { cluster, service: name, public_name });
            hidden.extend(secrets);
            if seen {
                reading.services.push(Arc::new(service));
            }
        }
        reading.sort();
        let trouble = Trouble { said: trouble.clone(), next: trouble };
        let outage = Some(Outage { since: NOW, retry_at: NOW, trouble });
        let health = Health { read_at: Some(NOW.plus_ms(-age_ms)), outage, ..Health::default() };
        let view = public_view(&page, &reading, &health, NOW);
        let json = serde_json::to_string(&view).unwrap();
        for secret in hidden {
            prop_assert!(!json.contains(&secret), "{secret} in {json}");
        }
        let shown: Vec<_> = view.services.iter().map(|one| &one.name).collect();
        let named: Vec<_> = page.services.iter().map(|one| &one.public_name).collect();
        prop_assert_eq!(shown, named);
    }
}
