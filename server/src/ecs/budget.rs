//! What calls may cost. ECS allows so many calls a second to the whole account, bucket by bucket,
//! and deploy tools live on the rest: the console keeps to a quarter of each, however large the
//! account is. A sweep that needs more takes longer.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

use aws_sdk_ecs::config::interceptors::FinalizerInterceptorContextRef;
use aws_sdk_ecs::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_ecs::error::BoxError;
use tokio::sync::Semaphore;
use tokio::time::{MissedTickBehavior, interval};

/// One call comes back to each reading bucket this often: a quarter of the 20 per second that ECS
/// sustains in each.
const REFILL: Duration = Duration::from_millis(200);
/// After an answer that says "too often", half as many come back for a minute, in refills.
const SLOW_FOR: u32 = 300;

/// What ECS counts together, with a quarter of its burst.
/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bucket {
    /// ListClusters, DescribeClusters: 50.
    Clusters,
    /// ListServices, DescribeServices: 100.
    Services,
    /// ListTasks, DescribeTasks: 100.
    Resources,
    /// ListTaskDefinitions: 50.
    TaskDefinitions,
    /// RegisterTaskDefinition, DeregisterTaskDefinition: 20, then one a second.
    TaskDefinitionChanges,
    /// DeleteTaskDefinitions: 5, then one a second.
    TaskDefinitionDeletes,
    /// What is asked of other services, for choices in a form: few, and each has quotas of its own.
    Neighbours,
}

impl Bucket {
    const ALL: [Self; 7] = [
        Self::Clusters,
        Self::Services,
        Self::Resources,
        Self::TaskDefinitions,
        Self::TaskDefinitionChanges,
        Self::TaskDefinitionDeletes,
        Self::Neighbours,
    ];

    const fn burst(self) -> usize {
        match self {
            Self::Clusters | Self::TaskDefinitions | Self::Neighbours => 12,
            Self::Services | Self::Resources => 25,
            Self::TaskDefinitionChanges => 5,
            Self::TaskDefinitionDeletes => 1,
        }
    }

    const fn pace(self) -> Pace {
        match self {
            Self::Neighbours => Pace::Neighbours,
            _ => Pace::Ecs,
        }
    }

    /// After how many refills one call comes back. ECS sustains one change of task definitions a
    /// second: half of it is left to deploy tools, which register with every release.
    const fn every(self) -> u32 {
        match self {
            Self::TaskDefinitionChanges | Self::TaskDefinitionDeletes => 10,
            _ => 1,
        }
    }
}

/// What is left of a bucket.
#[derive(Debug)]
struct Left {
    calls: Semaphore,
    /// Calls that were made ahead of their turn: as many are not given back.
    owed: AtomicU32,
}

/// The console's share of the account's quota. Clones share it.
#[derive(Clone, Debug)]
pub struct Budget(Option<Arc<Buckets>>);

/// When a call is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// When the budget has one to spare.
    InLine,
    /// At once: a member waits to see what a change has made. The sweep waits longer for it.
    Ahead,
}

#[derive(Debug)]
struct Buckets {
    left: [Left; Bucket::ALL.len()],
    /// Refills until the pace is the ordinary one again: of ECS, and of the services beside it, whose
    /// quotas are others.
    slow: [AtomicU32; 2],
}

/// Whose throttling slows whose calls down. The place in [`Buckets::slow`].
#[derive(Clone, Copy, Debug)]
pub(super) enum Pace {
    /// ECS itself.
    Ecs,
    /// The services beside it.
    Neighbours,
}

impl Budget {
    /// A quarter of what ECS allows. To be called inside a runtime.
    pub fn quarter() -> Self {
        let left = Bucket::ALL
            .map(|bucket| Left { calls: Semaphore::new(bucket.burst()), owed: AtomicU32::new(0) });
        let buckets = Arc::new(Buckets { left, slow: Default::default() });
        tokio::spawn(refill(Arc::downgrade(&buckets)));
        Self(Some(buckets))
    }

    /// No limit, for a world whose time is moved by hand.
    pub fn unlimited() -> Self {
        Self(None)
    }

    /// Counts a call, when its turn has come: who came first goes first.
    pub(super) async fn take(&self, bucket: Bucket, turn: Turn) {
        let Some(buckets) = &self.0 else { return };
        let bucket = &buckets.left[bucket as usize];
        match (turn, bucket.calls.try_acquire()) {
            (_, Ok(permit)) => permit.forget(),
            (Turn::Ahead, Err(_)) => {
                bucket.owed.fetch_add(1, Ordering::Relaxed);
            }
            (Turn::InLine, Err(_)) => {
                // The buckets are never closed.
                if let Ok(permit) = bucket.calls.acquire().await {
                    permit.forget();
                }
            }
        }
    }

    /// Counts a call that is made only if one is left now; `false` when there is none.
    pub(super) fn take_spare(&self, bucket: Bucket) -> bool {
        let Some(buckets) = &self.0 else { return true };
        let spare = buckets.left[bucket as usize].calls.try_acquire();
        spare.map(|permit| permit.forget()).is_ok()
    }

    fn slow_down(&self, pace: Pace) {
        if let Some(buckets) = &self.0
            && buckets.slow[pace as usize].swap(SLOW_FOR, Ordering::Relaxed) == 0
        {
            let asked = match pace {
                Pace::Ecs => "ECS",
                Pace::Neighbours => "a service beside ECS",
            };
            tracing::warn!(asked, "asked more often than it allows; reading at half the pace");
        }
    }

    /// Hears the answers to the calls of a pace.
    pub(super) fn listener(&self, pace: Pace) -> Listener {
        Listener { budget: self.clone(), pace }
    }
}

/// Gives the calls back until nobody holds the budget any more.
async fn refill(buckets: Weak<Buckets>) {
    let mut ticks = interval(REFILL);
    // A machine that slept has not saved anything up.
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks.tick().await;
    let mut turns = [0_u32; 2];
    loop {
        ticks.tick().await;
        let Some(buckets) = buckets.upgrade() else { return };
        let rests = buckets.slow.each_ref().map(|slow| {
            let left = slow.load(Ordering::Relaxed);
            slow.store(left.saturating_sub(1), Ordering::Relaxed);
            left % 2 == 1
        });
        turns = [Pace::Ecs, Pace::Neighbours].map(|pace| {
            let turn = turns[pace as usize];
            if rests[pace as usize] { turn } else { turn.wrapping_add(1) }
        });
        for bucket in Bucket::ALL {
            let pace = bucket.pace() as usize;
            if rests[pace] || !turns[pace].is_multiple_of(bucket.every()) {
                continue;
            }
            let Left { calls, owed } = &buckets.left[bucket as usize];
            let pays = |owed: u32| owed.checked_sub(1);
            if owed.fetch_update(Ordering::Relaxed, Ordering::Relaxed, pays).is_ok() {
                continue;
            }
            if calls.available_permits() < bucket.burst() {
                calls.add_permits(1);
            }
        }
    }
}

/// Hears every attempt: the SDK repeats what was throttled, and whoever made the call never knows.
#[derive(Clone, Debug)]
pub(super) struct Listener {
    budget: Budget,
    pace: Pace,
}

impl Intercept for Listener {
    fn name(&self) -> &'static str {
        "Listener"
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if says_too_often(context) {
            self.budget.slow_down(self.pace);
        }
        Ok(())
    }
}

/// The codes by which services say "too often": those of JSON, those of XML, and EC2's own.
const TOO_OFTEN: [&str; 4] =
    ["ThrottlingException", "<Code>Throttling", "RequestLimitExceeded", "TooManyRequestsException"];

fn says_too_often(context: &FinalizerInterceptorContextRef<'_>) -> bool {
    context.response().is_some_and(|response| {
        let body = String::from_utf8_lossy(response.body().bytes().unwrap_or_default());
        response.status().as_u16() == 429
            || (!response.status().is_success() && TOO_OFTEN.iter().any(|code| body.contains(code)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many calls a bucket lets through within a time.
    async fn let_through(budget: &Budget, within: Duration) -> usize {
        let_through_of(Bucket::Services, budget, within).await
    }

    async fn let_through_of(bucket: Bucket, budget: &Budget, within: Duration) -> usize {
        let mut calls = 0;
        let taking = async {
            loop {
                budget.take(bucket, Turn::InLine).await;
                calls += 1;
            }
        };
        let _: Result<(), _> = tokio::time::timeout(within, taking).await;
        calls
    }

    #[tokio::test(start_paused = true)]
    async fn a_burst_and_then_a_quarter_of_the_quota() {
        let budget = Budget::quarter();
        assert_eq!(let_through(&budget, Duration::from_millis(10)).await, 25);
        assert_eq!(let_through(&budget, Duration::from_secs(60)).await, 300);
        // Another bucket is another quota.
        let clusters = budget.take(Bucket::Clusters, Turn::InLine);
        assert!(tokio::time::timeout(Duration::from_millis(1), clusters).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn task_definitions_change_at_half_of_what_ecs_sustains() {
        let budget = Budget::quarter();
        let changes = Bucket::TaskDefinitionChanges;
        assert_eq!(let_through_of(changes, &budget, Duration::from_millis(10)).await, 5);
        assert_eq!(let_through_of(changes, &budget, Duration::from_secs(60)).await, 30);
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_not_asked_is_saved_up_to_the_burst_only() {
        let budget = Budget::quarter();
        let_through(&budget, Duration::from_millis(10)).await;
        tokio::time::advance(Duration::from_secs(3_600)).await;
        // Every refill has had its turn.
        tokio::task::yield_now().await;
        let saved = let_through(&budget, Duration::from_millis(1)).await;
        assert!(saved <= 25, "{saved}");
    }

    #[tokio::test(start_paused = true)]
    async fn what_goes_ahead_waits_for_nothing_and_is_paid_back() {
        let budget = Budget::quarter();
        let_through(&budget, Duration::from_millis(10)).await;
        for _ in 0..10 {
            let ahead = budget.take(Bucket::Services, Turn::Ahead);
            assert!(tokio::time::timeout(Duration::ZERO, ahead).await.is_ok());
        }
        assert_eq!(let_through(&budget, Duration::from_secs(60)).await, 290);
    }

    #[tokio::test(start_paused = true)]
    async fn throttling_halves_the_pace_for_a_minute() {
        let budget = Budget::quarter();
        let_through(&budget, Duration::from_millis(10)).await;
        budget.slow_down(Pace::Ecs);
        assert_eq!(let_through(&budget, Duration::from_secs(60)).await, 150);
        assert_eq!(let_through(&budget, Duration::from_secs(60)).await, 300);
    }

    #[tokio::test(start_paused = true)]
    async fn who_throttles_beside_ecs_does_not_slow_ecs_down() {
        let budget = Budget::quarter();
        let both = async || {
            let minute = Duration::from_secs(60);
            let of = |bucket| let_through_of(bucket, &budget, minute);
            tokio::join!(of(Bucket::Services), of(Bucket::Neighbours))
        };
        both().await;
        budget.slow_down(Pace::Neighbours);
        assert_eq!(both().await, (300, 150));
        budget.slow_down(Pace::Ecs);
        assert_eq!(both().await, (150, 300));
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_is_held_back_without_a_limit() {
        let budget = Budget::unlimited();
        for _ in 0..1_000 {
            budget.take(Bucket::Services, Turn::InLine).await;
        }
    }
}
