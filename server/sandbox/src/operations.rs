//! The operations of Amazon ECS: those that are built, and those that are not.

use crate::ask::Ask;
use crate::refusal::Reply;
use crate::world::World;
use crate::{
    account_settings, capacity_providers, clusters, instances, services, tags, task_definitions,
    task_sets, tasks,
};

/// A built operation.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) name: &'static str,
    /// Whether an answered call must survive a crash.
    pub(crate) changes: bool,
    pub(crate) run: fn(&mut World, Ask<'_>) -> Reply,
}

/// An operation that changes nothing.
pub(crate) const fn read(name: &'static str, run: fn(&mut World, Ask<'_>) -> Reply) -> Operation {
    Operation { name, changes: false, run }
}

/// An operation that changes the world.
pub(crate) const fn change(name: &'static str, run: fn(&mut World, Ask<'_>) -> Reply) -> Operation {
    Operation { name, changes: true, run }
}

/// Built operations, sorted by name.
pub(crate) const BUILT: [Operation; 57] = [
    change("ContinueServiceDeployment", services::steer::resume),
    change("CreateCapacityProvider", capacity_providers::operations::create),
    change("CreateCluster", clusters::create),
    change("CreateService", services::create::create),
    change("CreateTaskSet", task_sets::operations::create),
    change("DeleteAccountSetting", account_settings::delete),
    change("DeleteAttributes", instances::attributes::delete),
    change("DeleteCapacityProvider", capacity_providers::operations::delete),
    change("DeleteCluster", clusters::delete),
    change("DeleteService", services::delete::delete),
    change("DeleteTaskDefinitions", task_definitions::delete),
    change("DeleteTaskSet", task_sets::operations::delete),
    change("DeregisterContainerInstance", instances::register::deregister),
    change("DeregisterTaskDefinition", task_definitions::deregister),
    read("DescribeCapacityProviders", capacity_providers::describe),
    read("DescribeClusters", clusters::describe),
    read("DescribeContainerInstances", instances::operations::describe),
    read("DescribeServiceDeployments", services::history::describe),
    read("DescribeServiceRevisions", services::revisions::describe),
    read("DescribeServices", services::operations::describe),
    read("DescribeTaskDefinition", task_definitions::describe),
    read("DescribeTaskSets", task_sets::operations::describe),
    read("DescribeTasks", tasks::operations::describe),
    change("ExecuteCommand", tasks::exec::execute),
    read("GetTaskProtection", tasks::protection::get),
    read("ListAccountSettings", account_settings::list),
    read("ListAttributes", instances::attributes::list),
    read("ListClusters", clusters::list),
    read("ListContainerInstances", instances::operations::list),
    read("ListServiceDeployments", services::history::list),
    read("ListServices", services::operations::list),
    read("ListServicesByNamespace", services::namespace::list),
    read("ListTagsForResource", tags::list),
    read("ListTaskDefinitionFamilies", task_definitions::families),
    read("ListTaskDefinitions", task_definitions::list),
    read("ListTasks", tasks::operations::list),
    change("PutAccountSetting", account_settings::put),
    change("PutAccountSettingDefault", account_settings::put_default),
    change("PutAttributes", instances::attributes::put),
    change("PutClusterCapacityProviders", clusters::put_capacity_providers),
    change("RegisterContainerInstance", instances::register::register),
    change("RegisterTaskDefinition", task_definitions::register),
    change("RunTask", tasks::run::run),
    change("StartTask", tasks::run::start),
    change("StopServiceDeployment", services::steer::stop),
    change("StopTask", tasks::operations::stop),
    change("TagResource", tags::tag),
    change("UntagResource", tags::untag),
    change("UpdateCapacityProvider", capacity_providers::operations::update),
    change("UpdateCluster", clusters::update),
    change("UpdateClusterSettings", clusters::update),
    change("UpdateContainerAgent", instances::agent::update),
    change("UpdateContainerInstancesState", instances::operations::update_state),
    change("UpdateService", services::update::update),
    change("UpdateServicePrimaryTaskSet", task_sets::operations::set_primary),
    change("UpdateTaskProtection", tasks::protection::update),
    change("UpdateTaskSet", task_sets::operations::update),
];

/// Operations of the API that the sandbox knows by name only, sorted.
pub(crate) const NOT_BUILT: [&str; 31] = [
    "AssociateGatewayWithCluster",
    "CreateDaemon",
    "CreateExpressGatewayService",
    "CreateGateway",
    "DeleteDaemon",
    "DeleteDaemonTaskDefinition",
    "DeleteExpressGatewayService",
    "DeleteGateway",
    "DescribeDaemon",
    "DescribeDaemonDeployments",
    "DescribeDaemonRevisions",
    "DescribeDaemonTaskDefinition",
    "DescribeExpressGatewayService",
    "DescribeGateway",
    "DescribeGatewayResources",
    "DescribeGatewayRoute",
    "DisassociateGatewayFromCluster",
    "DiscoverPollEndpoint",
    "ListDaemonDeployments",
    "ListDaemonTaskDefinitions",
    "ListDaemons",
    "ListGatewayClusterAssociations",
    "ListGatewayRoutes",
    "ListGateways",
    "RegisterDaemonTaskDefinition",
    "SubmitAttachmentStateChanges",
    "SubmitContainerStateChange",
    "SubmitTaskStateChange",
    "UpdateDaemon",
    "UpdateExpressGatewayService",
    "UpdateGateway",
];

/// The built operation of a name.
pub(crate) fn built(name: &str) -> Option<&'static Operation> {
    BUILT.iter().find(|operation| operation.name == name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{BUILT, NOT_BUILT};

    #[test]
    fn the_api_has_88_operations() {
        let built = BUILT.iter().map(|operation| operation.name);
        let all: BTreeSet<&str> = built.chain(NOT_BUILT).collect();
        assert_eq!(all.len(), 88);
        assert_eq!(BUILT.len() + NOT_BUILT.len(), 88);
    }

    #[test]
    fn the_readme_lists_what_is_not_built() {
        let readme = include_str!("../README.md");
        let section = readme.split("## Not built").nth(1).expect("the section");
        let section = section.split("\n## ").next().unwrap_or_default();
        let listed: Vec<&str> =
            section.lines().filter_map(|line| line.strip_prefix("- ")).collect();
        assert_eq!(listed, NOT_BUILT);
    }
}
