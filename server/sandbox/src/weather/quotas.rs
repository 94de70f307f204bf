//! The request quotas of Amazon ECS: all operations of a category draw from
//! one bucket per account and region, with a burst and a sustained rate.

use std::collections::BTreeMap;

/// A category of operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quota {
    category: &'static str,
    /// Requests that a full bucket holds.
    pub(crate) burst: i64,
    /// Requests that come back in a second.
    pub(crate) sustained: i64,
}

const fn quota(category: &'static str, burst: i64, sustained: i64) -> Quota {
    Quota { category, burst, sustained }
}

/// The category of an operation. AWS states none for some newer ones; they
/// share a small one here.
pub(crate) fn of(operation: &str) -> Quota {
    match operation {
        "DescribeClusters" | "ListClusters" => quota("cluster read", 50, 20),
        "CreateCluster"
        | "DeleteCluster"
        | "UpdateCluster"
        | "UpdateClusterSettings"
        | "PutClusterCapacityProviders" => quota("cluster modify", 20, 1),
        "DescribeServices" | "ListServices" => quota("service read", 100, 20),
        "CreateService" | "UpdateService" | "DeleteService" => quota("service modify", 50, 5),
        "DescribeTasks"
        | "ListTasks"
        | "DescribeContainerInstances"
        | "ListContainerInstances"
        | "ListAttributes" => quota("cluster resource read", 100, 20),
        "RunTask"
        | "StartTask"
        | "StopTask"
        | "ExecuteCommand"
        | "PutAttributes"
        | "DeleteAttributes"
        | "UpdateContainerAgent"
        | "UpdateContainerInstancesState"
        | "DeregisterContainerInstance" => quota("cluster resource modify", 100, 40),
        "DescribeServiceDeployments" | "ListServiceDeployments" => {
            quota("service deployment", 50, 20)
        }
        "DescribeServiceRevisions" => quota("service revision", 50, 20),
        "DescribeTaskDefinition" | "ListTaskDefinitions" | "ListTaskDefinitionFamilies" => {
            quota("task definition read", 50, 20)
        }
        "RegisterTaskDefinition" | "DeregisterTaskDefinition" => {
            quota("task definition modify", 20, 1)
        }
        "DeleteTaskDefinitions" => quota("task definition delete", 5, 1),
        "DescribeCapacityProviders" => quota("capacity provider read", 50, 20),
        "CreateCapacityProvider" | "UpdateCapacityProvider" | "DeleteCapacityProvider" => {
            quota("capacity provider modify", 10, 1)
        }
        "ListTagsForResource" => quota("tags read", 50, 20),
        "TagResource" | "UntagResource" => quota("tags modify", 20, 10),
        "ListAccountSettings" => quota("settings read", 50, 20),
        "PutAccountSetting" | "PutAccountSettingDefault" | "DeleteAccountSetting" => {
            quota("settings modify", 10, 1)
        }
        "GetTaskProtection" | "UpdateTaskProtection" => quota("task protection", 200, 80),
        "ListServicesByNamespace" => quota("by namespace", 10, 1),
        "RegisterContainerInstance" => quota("agent", 200, 120),
        name if name.starts_with("Submit") => quota("agent", 200, 120),
        _ => quota("not stated", 5, 5),
    }
}

/// What is left in each bucket. Full until the first request, and filled by
/// the time of the world, so that a manual clock decides here too.
#[derive(Debug, Default)]
pub(crate) struct Buckets(BTreeMap<&'static str, Bucket>);

#[derive(Debug)]
struct Bucket {
    /// In thousandths of a request, so that slow rates fill evenly.
    left: i64,
    at: i64,
}

impl Buckets {
    /// Takes one request out of an operation's bucket at `now`, in milliseconds
    /// since the epoch; false when it is empty.
    pub(crate) fn take(&mut self, operation: &str, now: i64) -> bool {
        let Quota { category, burst, sustained } = of(operation);
        let full = burst * 1_000;
        let bucket = self.0.entry(category).or_insert(Bucket { left: full, at: now });
        let passed = now.saturating_sub(bucket.at).max(0);
        bucket.left = passed.saturating_mul(sustained).saturating_add(bucket.left).min(full);
        bucket.at = bucket.at.max(now);
        if bucket.left < 1_000 {
            return false;
        }
        bucket.left -= 1_000;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::{Buckets, of};
    use crate::operations::{BUILT, NOT_BUILT};

    fn granted(buckets: &mut Buckets, operation: &str, asked: u32, now: i64) -> usize {
        (0..asked).filter(|_| buckets.take(operation, now)).count()
    }

    #[test]
    fn a_bucket_gives_its_burst_and_then_its_rate() {
        let mut buckets = Buckets::default();
        assert_eq!(granted(&mut buckets, "RegisterTaskDefinition", 30, 0), 20);
        assert_eq!(granted(&mut buckets, "RegisterTaskDefinition", 5, 999), 0);
        assert_eq!(granted(&mut buckets, "RegisterTaskDefinition", 5, 1_000), 1);
        assert_eq!(granted(&mut buckets, "RegisterTaskDefinition", 50, 3_600_000), 20);
    }

    #[test]
    fn a_category_has_one_bucket_and_others_have_their_own() {
        let mut buckets = Buckets::default();
        assert_eq!(granted(&mut buckets, "DescribeClusters", 30, 0), 30);
        assert_eq!(granted(&mut buckets, "ListClusters", 30, 0), 20);
        assert_eq!(granted(&mut buckets, "ListTasks", 30, 0), 30);
    }

    #[test]
    fn a_clock_that_goes_back_fills_nothing() {
        let mut buckets = Buckets::default();
        assert_eq!(granted(&mut buckets, "DeleteTaskDefinitions", 9, 10_000), 5);
        assert_eq!(granted(&mut buckets, "DeleteTaskDefinitions", 9, 0), 0);
        assert_eq!(granted(&mut buckets, "DeleteTaskDefinitions", 9, 10_500), 0);
    }

    #[test]
    fn only_newer_operations_have_no_stated_category() {
        let names = BUILT.iter().map(|operation| operation.name);
        let rest: Vec<&str> = names.filter(|name| of(name).category == "not stated").collect();
        let newer = |name: &&str| {
            ["StopServiceDeployment", "ContinueServiceDeployment"].contains(name)
                || name.ends_with("TaskSet")
                || name.ends_with("TaskSets")
                || *name == "DiscoverPollEndpoint"
        };
        assert!(rest.iter().all(newer), "{rest:?}");
        assert!(NOT_BUILT.iter().all(|name| of(name).burst > 0));
    }
}
