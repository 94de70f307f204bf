//! What goes wrong outside the console, and how it is told apart.

use std::collections::HashSet;
use std::time::Duration;

use berth_app::backend::{Ecs, EcsChanges, NewCluster};
use berth_app::error::AppError;
use berth_sandbox::Weather;
use berth_server::ecs::{ReadErrorKind, Source};

use super::*;

/// Waits for a condition on a clock that nobody has to wait for.
pub async fn until(done: impl Fn() -> bool) {
    let mut looks = tokio::time::interval(Duration::from_millis(100));
    for _ in 0..100_000 {
        if done() {
            return;
        }
        looks.tick().await;
    }
    panic!("it never came about");
}

fn star() -> Option<String> {
    Some("*".to_owned())
}

#[tokio::test]
async fn the_poller_can_tell_the_weather() {
    let world = World::shop();
    let table = [
        (Weather { outage: true, ..Weather::default() }, ReadErrorKind::Unreachable, "network"),
        (Weather { deny: star(), ..Weather::default() }, ReadErrorKind::Denied, "Grant ecs:List"),
        (Weather { throttle: star(), ..Weather::default() }, ReadErrorKind::Throttled, "Wait"),
        (Weather { expired: true, ..Weather::default() }, ReadErrorKind::Credentials, "Renew"),
    ];
    for (weather, kind, word) in table {
        world.sandbox.set_weather(weather.clone());
        let shop = cluster("shop");
        let errors = [
            world.gateway.clusters().await.unwrap_err(),
            world.gateway.services(&shop).await.unwrap_err(),
            world.gateway.tasks(&shop, &HashSet::new()).await.unwrap_err(),
            world.gateway.families().await.unwrap_err(),
        ];
        for error in errors {
            assert_eq!(error.kind, kind, "{weather:?}: {error:?}");
            assert!(error.trouble.next.contains(word), "{error:?}");
            assert!(!error.trouble.said.is_empty());
        }
        world.sandbox.set_weather(Weather::default());
        assert_eq!(world.gateway.clusters().await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn one_missing_permission_is_named() {
    let world = World::shop();
    world.gateway.run_tasks(tasks(1)).await.unwrap();
    let deny = Some("DescribeTasks".to_owned());
    world.sandbox.set_weather(Weather { deny, ..Weather::default() });
    let error = world.gateway.tasks(&cluster("shop"), &HashSet::new()).await.unwrap_err();
    assert_eq!(error.trouble.next, "Grant ecs:DescribeTasks to the console's role.");
    assert!(error.trouble.said.contains("not authorized to perform: ecs:DescribeTasks"));
    assert!(world.gateway.services(&cluster("shop")).await.is_ok());
}

#[tokio::test]
async fn changes_say_what_kept_them_from_being_made() {
    let world = World::shop();
    let stop = || {
        let nobody = task("0123456789abcdef0123456789abcdef");
        world.gateway.stop_task(cluster("shop"), nobody, String::new())
    };
    for weather in [
        Weather { outage: true, ..Weather::default() },
        Weather { throttle: star(), ..Weather::default() },
    ] {
        world.sandbox.set_weather(weather);
        match stop().await.unwrap_err() {
            AppError::Unavailable(said) => {
                assert!(!said.contains("keeps trying"), "{said}");
            }
            other => panic!("{other:?}"),
        }
    }
    world.sandbox.set_weather(Weather { deny: star(), ..Weather::default() });
    match stop().await.unwrap_err() {
        AppError::Refused { next, .. } => {
            assert_eq!(next, "Grant ecs:StopTask to the console's role.");
        }
        other => panic!("{other:?}"),
    }
    world.sandbox.set_weather(Weather { expired: true, ..Weather::default() });
    match stop().await.unwrap_err() {
        AppError::Refused { next, .. } => assert!(next.contains("credentials"), "{next}"),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_takes_too_long_is_not_waited_for() {
    let world = World::shop();
    world.sandbox.set_weather(Weather { latency_ms: 60_000, ..Weather::default() });
    let limit = Duration::from_secs(31);
    let change = tokio::time::timeout(limit, world.gateway.delete_cluster(cluster("shop")));
    assert_eq!(change.await.unwrap(), Err(AppError::NoAnswer));
    // Whether the name is taken is asked first: then it is certain that nothing was made.
    let new = NewCluster { name: "batch".into(), ..NewCluster::default() };
    let asked = tokio::time::timeout(limit, world.gateway.create_cluster(new)).await.unwrap();
    let Err(AppError::Unavailable(said)) = asked else { panic!("{asked:?}") };
    assert!(said.contains("Nothing was changed."), "{said}");
    let read = tokio::time::timeout(limit, world.gateway.clusters());
    assert_eq!(read.await.unwrap().unwrap_err().kind, ReadErrorKind::Unreachable);
}

#[tokio::test(start_paused = true)]
async fn the_identity_is_asked_for_again() {
    let world = World::shop();
    world.sandbox.set_weather(Weather { expired: true, ..Weather::default() });
    until(|| world.asked("GetCallerIdentity") >= 3).await;
    assert_eq!(world.gateway.account().id, None);
    world.sandbox.set_weather(Weather::default());
    until(|| world.gateway.account().id.is_some()).await;
}
