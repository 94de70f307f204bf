//! How a service stands, as a table.

use super::super::last_deployment::Rollback;
use super::super::samples::{deployment, service};
use super::*;
use crate::timestamp::Timestamp;

fn with(change: impl FnOnce(&mut Service)) -> Service {
    let mut service = service("production", "web");
    change(&mut service);
    service
}

/// web:8 takes the place of web:7, of which `old` tasks are left.
fn rolling(new: u32, failed: u32, old: u32) -> Service {
    with(|s| {
        let mut present = deployment("web", 8, "PRIMARY", "IN_PROGRESS");
        (present.running, present.failed) = (new, failed);
        s.deployments.insert(0, present);
        s.deployments[1].status = "ACTIVE".into();
        s.deployments[1].running = old;
        s.running = new + old;
    })
}

/// web:8 was rolled back to web:7.
fn rolled_back(change: impl FnOnce(&mut Service)) -> Service {
    with(|s| {
        s.rollback = Some(Rollback {
            back_to: "ecs-svc/7".into(),
            failed: Some("ecs-svc/8".into()),
            from: "web:8".parse().ok(),
            to: "web:7".parse().ok(),
            at: Timestamp::from_ms(9_000),
            reason: Some("tasks failed to start".into()),
        });
        change(s);
    })
}

fn check(cases: impl IntoIterator<Item = (Service, ServiceState, &'static str)>) {
    for (service, wanted, reason) in cases {
        let standing = state(&service);
        assert_eq!((standing.state, standing.reason.as_str()), (wanted, reason));
    }
}

use ServiceState::*;

#[test]
fn a_service_stands_as_its_counts_say() {
    check([
        (with(|_| ()), Steady, "3 tasks run as wanted."),
        (with(|s| s.running = 2), Degraded, "2 of 3 tasks run."),
        (with(|s| (s.running, s.pending) = (2, 1)), Deploying, "2 of 3 tasks run; 1 starting."),
        (with(|s| (s.running, s.pending) = (0, 1)), Degraded, "None of 3 tasks runs; 1 starting."),
        (with(|s| s.running = 0), Failing, "None of 3 tasks runs."),
        (with(|s| s.running = 4), Deploying, "1 task more than wanted to end."),
        (with(|s| (s.desired, s.running) = (0, 0)), Paused, "It is set to run no tasks."),
        (with(|s| s.desired = 0), Paused, "It is set to run no tasks; 3 tasks to end."),
        (
            with(|s| {
                s.scheduling = "DAEMON".into();
                (s.desired, s.running) = (0, 0);
            }),
            Paused,
            "The cluster has no instance for it.",
        ),
        (with(|s| s.status = "DRAINING".into()), Draining, "It is being deleted; 3 tasks to end."),
        (
            with(|s| s.status = "INACTIVE".into()),
            Inactive,
            "It was deleted; ECS still shows it for a while.",
        ),
    ]);
}

#[test]
fn a_deployment_and_what_it_replaces_are_both_told() {
    let failed = |change: fn(&mut Service)| {
        let mut service = rolling(0, 3, 3);
        service.deployments[0].rollout = Some("FAILED".into());
        change(&mut service);
        service
    };
    check([
        (
            rolling(1, 0, 3),
            Deploying,
            "1 of 3 tasks of web:8 run; 3 of 3 tasks of web:7 go on serving.",
        ),
        (
            rolling(1, 2, 2),
            Deploying,
            "1 of 3 tasks of web:8 run; 2 failed; 2 of 3 tasks of web:7 go on serving.",
        ),
        (rolling(3, 0, 0), Deploying, "3 of 3 tasks of web:8 run."),
        (
            rolling(0, 4, 2),
            Failing,
            "4 tasks of web:8 failed, and none of it runs; 2 of 3 tasks of web:7 go on serving.",
        ),
        (rolling(0, 1, 0), Failing, "1 task of web:8 failed, and none of it runs."),
        (
            with(|s| s.deployments[0].rollout = Some("FAILED".into())),
            Failing,
            "The deployment of web:7 failed.",
        ),
        (
            failed(|s| {
                let said = "ECS deployment circuit breaker: tasks failed to start.";
                s.deployments[0].rollout_reason = Some(said.into());
            }),
            Failing,
            "The deployment of web:8 failed. ECS deployment circuit breaker: tasks failed to start. 3 of 3 tasks of web:7 go on serving.",
        ),
    ]);
}

#[test]
fn what_is_replaced_is_named_as_well_as_it_can_be() {
    let mut restarted = rolling(1, 0, 2);
    restarted.deployments[0].task_definition = "web:7".parse().ok();
    let mut thrice = rolling(1, 0, 2);
    thrice.deployments.push(deployment("web", 6, "ACTIVE", "IN_PROGRESS"));
    thrice.deployments[2].running = 1;
    let mut over = rolling(3, 0, 3);
    over.deployments[1].status = "INACTIVE".into();
    check([
        (
            restarted,
            Deploying,
            "1 of 3 tasks of web:7 run; 2 of 3 tasks of the deployment before go on serving.",
        ),
        (
            thrice,
            Deploying,
            "1 of 3 tasks of web:8 run; 3 of 3 tasks of older deployments go on serving.",
        ),
        (over, Deploying, "3 of 3 tasks of web:8 run."),
    ]);
}

#[test]
fn a_rollback_is_told_and_hides_nothing_worse() {
    check([
        (
            rolled_back(|_| ()),
            RolledBack,
            "web:8 failed (tasks failed to start) and was rolled back to web:7.",
        ),
        (
            rolled_back(|s| {
                s.deployments[0].rollout = Some("IN_PROGRESS".into());
                (s.deployments[0].running, s.running) = (2, 2);
            }),
            RolledBack,
            "web:8 failed (tasks failed to start) and is being rolled back to web:7. 2 of 3 tasks of web:7 run.",
        ),
        (
            rolled_back(|s| (s.running, s.pending) = (2, 1)),
            RolledBack,
            "web:8 failed (tasks failed to start) and was rolled back to web:7. 2 of 3 tasks run; 1 starting.",
        ),
        (
            rolled_back(|s| s.running = 0),
            Failing,
            "None of 3 tasks runs. web:8 failed (tasks failed to start) and was rolled back to web:7.",
        ),
        (
            rolled_back(|s| s.running = 1),
            Degraded,
            "1 of 3 tasks run. web:8 failed (tasks failed to start) and was rolled back to web:7.",
        ),
        (rolled_back(|s| (s.desired, s.running) = (0, 0)), Paused, "It is set to run no tasks."),
        (
            rolled_back(|s| s.status = "DRAINING".into()),
            Draining,
            "It is being deleted; 3 tasks to end.",
        ),
    ]);
}

#[test]
fn what_needs_a_look_comes_first() {
    let mut sorted = ServiceState::ALL;
    sorted.sort();
    assert_eq!(sorted, ServiceState::ALL);
    let looks: Vec<_> = sorted.iter().map(|state| state.needs_a_look()).collect();
    assert!(looks.is_sorted_by(|a, b| a >= b), "{looks:?}");
}
