//! What becomes of a deployment that fails, from the moment in which ECS goes back until nothing
//! tells of it any more.

use std::sync::Arc;

use super::super::model::{Deployment, ServiceEvent};
use super::super::samples::{deployment, service};
use super::*;
use crate::tasks::samples::task;

const BACK: Timestamp = Timestamp::from_ms(900_000);

fn event(at: Timestamp, words: &str) -> ServiceEvent {
    ServiceEvent { id: words.to_owned(), at, message: format!("(service web) {words}") }
}

/// web:8 has failed and web:7 is PRIMARY again, under its old id.
fn going_back() -> Service {
    let mut service = service("production", "web");
    let back = Deployment {
        rollout_reason: Some(
            "ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/7.".into(),
        ),
        created_at: Some(BACK),
        ..deployment("web", 7, "PRIMARY", "IN_PROGRESS")
    };
    service.deployments = vec![back, deployment("web", 8, "ACTIVE", "FAILED")];
    service.events = vec![
        event(BACK, "rolling back to deployment ecs-svc/7."),
        event(BACK, "(deployment ecs-svc/8) deployment failed: tasks failed to start."),
        event(BACK.plus_ms(-9_000), "has started 3 tasks: (task a) (task b) (task c)."),
    ];
    service
}

/// The same some minutes later: ECS has dropped what failed.
fn gone_back() -> Service {
    let mut service = going_back();
    service.deployments = vec![deployment("web", 7, "PRIMARY", "COMPLETED")];
    service.events.insert(0, event(BACK.plus_ms(60_000), "has reached a steady state."));
    service
}

fn whole() -> Rollback {
    Rollback {
        back_to: "ecs-svc/7".into(),
        failed: Some("ecs-svc/8".into()),
        from: "web:8".parse().ok(),
        to: "web:7".parse().ok(),
        at: BACK,
        reason: Some("tasks failed to start".into()),
    }
}

fn of_the_failed() -> Vec<Arc<Task>> {
    let mut task = task("a1", "STOPPED", 1);
    task.started_by = Some("ecs-svc/8".into());
    task.task_definition = "web:8".parse().unwrap();
    vec![Arc::new(task)]
}

#[test]
fn a_rollback_is_told_by_deployments_and_events() {
    assert_eq!(rollback(&going_back(), None, &[]), Some(whole()));
    // Before the first event is seen, the deployment's own reason tells it.
    let mut early = going_back();
    early.events.clear();
    let told = rollback(&early, None, &[]).unwrap();
    assert_eq!((told.at, told.reason, told.from), (BACK, None, None));
}

#[test]
fn what_ecs_drops_is_remembered() {
    let unknown = Rollback { from: None, ..whole() };
    assert_eq!(rollback(&gone_back(), None, &[]), Some(unknown));
    assert_eq!(rollback(&gone_back(), None, &of_the_failed()), Some(whole()));
    assert_eq!(rollback(&gone_back(), Some(&whole()), &[]), Some(whole()));
    let mut silent = gone_back();
    silent.events.clear();
    assert_eq!(rollback(&silent, Some(&whole()), &[]), Some(whole()));
    assert_eq!(rollback(&silent, None, &of_the_failed()), None);
}

#[test]
fn the_next_deployment_ends_it() {
    let mut next = gone_back();
    next.deployments.insert(0, deployment("web", 9, "PRIMARY", "IN_PROGRESS"));
    next.deployments[1].status = "ACTIVE".into();
    assert_eq!(rollback(&next, Some(&whole()), &[]), None);
    next.deployments.remove(1);
    assert_eq!(rollback(&next, Some(&whole()), &[]), None);
}

#[test]
fn each_rollback_has_a_reason_of_its_own() {
    for (words, failed, reason) in [
        (
            "(deployment ecs-svc/8) deployment failed: alarm detected.",
            Some("ecs-svc/8"),
            Some("alarm detected"),
        ),
        (
            "deployment ecs-svc/8 deployment failed: alarm detected.",
            Some("ecs-svc/8"),
            Some("alarm detected"),
        ),
        ("deployment failed: tasks failed to start.", None, Some("tasks failed to start")),
        ("has stopped 1 running tasks: (task a).", None, None),
    ] {
        let mut service = gone_back();
        service.events[2] = event(BACK, words);
        let told = rollback(&service, None, &[]).unwrap();
        assert_eq!((told.failed.as_deref(), told.reason.as_deref()), (failed, reason), "{words}");
    }
    // A failure of an hour ago is another story.
    let mut late = gone_back();
    late.events[2].at = BACK.plus_ms(-3_600_000);
    assert_eq!(rollback(&late, None, &[]).unwrap().reason, None);
}

#[test]
fn a_rollback_reads_as_a_sentence() {
    let told = |change: fn(&mut Rollback), done| {
        let mut rollback = whole();
        change(&mut rollback);
        rollback.words(done)
    };
    for (said, words) in [
        (told(|_| (), true), "web:8 failed (tasks failed to start) and was rolled back to web:7."),
        (
            told(|_| (), false),
            "web:8 failed (tasks failed to start) and is being rolled back to web:7.",
        ),
        (
            told(|r| r.from = None, true),
            "The last deployment failed (tasks failed to start) and was rolled back to web:7.",
        ),
        (
            told(|r| r.from = r.to.clone(), true),
            "A new deployment of web:7 failed (tasks failed to start) and was rolled back.",
        ),
        (told(|r| r.reason = None, true), "web:8 was rolled back to web:7."),
    ] {
        assert_eq!(said, words);
    }
}

#[test]
fn the_last_attempt_is_told_as_it_ended() {
    let with = |rollout: &str| {
        let mut service = service("production", "web");
        service.deployments[0].rollout = Some(rollout.into());
        last_attempt(&service).unwrap()
    };
    let began = Timestamp::from_ms(7_000);
    for (rollout, outcome) in [
        ("COMPLETED", Outcome::Completed),
        ("IN_PROGRESS", Outcome::Open),
        ("FAILED", Outcome::Failed),
    ] {
        assert_eq!(with(rollout), Attempt { at: began, outcome });
    }
    let mut back = gone_back();
    back.rollback = Some(whole());
    assert_eq!(last_attempt(&back), Some(Attempt { at: BACK, outcome: Outcome::RolledBack }));
    back.rollback = None;
    back.deployments.clear();
    assert_eq!(last_attempt(&back), None);
}
