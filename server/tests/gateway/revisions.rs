//! Revisions that any member's page may ask for: each is read once for everybody, at the console's own
//! pace.

use berth_app::error::AppError;
use berth_app::reading::Soon;
use berth_sandbox::Weather;
use futures::future::join_all;

use super::*;

/// Calls that a quarter of the quota allows at once, and in each second from then on.
const BURST: u64 = 12;
const A_SECOND: u64 = 5;

/// A world with so many revisions of `web`, read at a quarter of what ECS allows.
fn paced(revisions: u32) -> World {
    let world = World::within(Seed::Empty, Budget::quarter());
    for _ in 0..revisions {
        world.ask("RegisterTaskDefinition", document("web"));
    }
    world
}

/// How many of the first revisions are there when all are asked for at once.
async fn here(world: &World, revisions: u32) -> usize {
    let wanted: Vec<Revision> = (1..=revisions).map(|n| revision(&format!("web:{n}"))).collect();
    let asked = wanted.iter().map(|one| world.gateway.task_definition_soon(one));
    let answers = join_all(asked).await;
    answers.into_iter().filter(|answer| matches!(answer, Ok(Soon::Here(_)))).count()
}

#[tokio::test(start_paused = true)]
async fn a_crowd_costs_one_call() {
    let world = paced(1);
    let web = revision("web:1");
    for _ in 0..2 {
        let crowd = (0..200).map(|_| world.gateway.task_definition_soon(&web));
        for answer in join_all(crowd).await {
            let Ok(Soon::Here(found)) = answer else { panic!("{answer:?}") };
            assert_eq!(found.revision, web);
        }
    }
    // Whoever needs it now gets the same.
    assert!(world.gateway.task_definition(&web).await.is_ok());
    assert_eq!(world.asked("DescribeTaskDefinition"), 1);
}

#[tokio::test(start_paused = true)]
async fn who_asks_for_many_makes_the_console_no_faster() {
    const ALL: u32 = 200;
    let world = paced(ALL);
    // Asking takes a second where something is still being read; then there are two more.
    let mut seconds = 1;
    let mut known = here(&world, ALL).await;
    assert!(known < ALL as usize, "{known}");
    while known < ALL as usize {
        let calls = world.asked("DescribeTaskDefinition");
        assert!(calls <= BURST + A_SECOND * seconds, "{calls} within {seconds} s");
        assert!(seconds < 60, "only {known} within {seconds} s");
        let pause = tokio::time::timeout(Duration::from_secs(2), std::future::pending::<()>());
        assert!(pause.await.is_err());
        known = here(&world, ALL).await;
        seconds += 3;
    }
    assert_eq!(world.asked("DescribeTaskDefinition"), u64::from(ALL));
}

#[tokio::test(start_paused = true)]
async fn a_reading_goes_on_when_nobody_waits() {
    let world = paced(1);
    world.sandbox.set_weather(Weather { latency_ms: 5_000, ..Weather::default() });
    let web = revision("web:1");
    let asked = world.gateway.task_definition_soon(&web).await;
    assert!(matches!(asked, Ok(Soon::Reading)), "{asked:?}");
    // Somebody asked and closed the page at once.
    let left = tokio::time::timeout(Duration::ZERO, world.gateway.task_definition_soon(&web)).await;
    assert!(left.is_err());
    tokio::time::advance(Duration::from_secs(5)).await;
    let asked = world.gateway.task_definition_soon(&web).await;
    assert!(matches!(asked, Ok(Soon::Here(_))), "{asked:?}");
    assert_eq!(world.asked("DescribeTaskDefinition"), 1);
}

#[tokio::test(start_paused = true)]
async fn trouble_is_said_and_not_kept() {
    let world = paced(1);
    world.sandbox.set_weather(Weather { expired: true, ..Weather::default() });
    let asked = world.gateway.task_definition_soon(&revision("web:1")).await;
    assert!(matches!(asked, Err(AppError::Refused { .. } | AppError::Unavailable(_))), "{asked:?}");
    world.sandbox.set_weather(Weather::default());
    assert_eq!(here(&world, 1).await, 1);
}
