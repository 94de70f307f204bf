//! Clusters and the operations on them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::arn::{Place, last_part, name_of};
use crate::ask::{Ask, put};
use crate::paging::Pages;
use crate::refusal::{Refusal, Reply};
use crate::services::model::Standing;
use crate::world::World;
use crate::{account_settings, capacity_providers, rules};

/// A cluster. `document` holds the members a caller may set, as AWS shows them.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Cluster {
    pub(crate) name: String,
    pub(crate) active: bool,
    pub(crate) settings: Value,
    pub(crate) configuration: Option<Value>,
    pub(crate) service_connect_defaults: Option<Value>,
    pub(crate) capacity_providers: Vec<String>,
    pub(crate) default_strategy: Vec<Value>,
    pub(crate) tags: Vec<Value>,
    /// Ids of its tasks, stopped ones included: a list of one cluster must not
    /// walk over the tasks of all.
    pub(crate) tasks: BTreeSet<String>,
}

/// The cluster a request means; absent is "default".
///
/// # Errors
/// ClusterNotFoundException, also for an inactive cluster.
pub(crate) fn named(world: &World, ask: Ask<'_>) -> Result<String, Refusal> {
    let given = ask.text("cluster")?.unwrap_or("default");
    let name = name_of("cluster", given)?;
    world
        .clusters
        .get(name)
        .filter(|cluster| cluster.active)
        .map(|cluster| cluster.name.clone())
        .ok_or_else(Refusal::no_cluster)
}

/// CreateCluster. An existing active cluster is answered as it is.
pub(crate) fn create(world: &mut World, ask: Ask<'_>) -> Reply {
    let name = ask.text("clusterName")?.unwrap_or("default").to_owned();
    rules::cluster::check(ask)?;
    if world.clusters.get(&name).is_some_and(|cluster| cluster.active) {
        return Ok(json!({"cluster": view(world, &name, &Include::all())}));
    }
    let (providers, strategy) = capacity_providers::chosen(world, ask, &name)?;
    let cluster = Cluster {
        name: name.clone(),
        active: true,
        settings: merged_settings(ask.list("settings")?, &default_settings(world)),
        configuration: ask.get("configuration").cloned(),
        service_connect_defaults: connect_defaults(world, ask)?,
        capacity_providers: providers,
        default_strategy: strategy,
        tags: ask.list("tags")?.to_vec(),
        tasks: BTreeSet::new(),
    };
    world.clusters.insert(name.clone(), cluster);
    Ok(json!({"cluster": view(world, &name, &Include::all())}))
}

fn connect_defaults(world: &World, ask: Ask<'_>) -> Result<Option<Value>, Refusal> {
    let Some(defaults) = ask.object("serviceConnectDefaults")? else {
        return Ok(None);
    };
    let namespace = defaults.needed_text("namespace")?;
    Ok(Some(json!({"namespace": namespace_arn(&world.place, namespace)})))
}

/// The ARN of a Cloud Map namespace, by its name or its ARN.
pub(crate) fn namespace_arn(place: &Place, namespace: &str) -> String {
    if namespace.starts_with("arn:") {
        return namespace.to_owned();
    }
    format!(
        "arn:aws:servicediscovery:{}:{}:namespace/ns-{:016x}",
        place.region,
        crate::arn::ACCOUNT,
        crate::ids::digest(namespace)
    )
}

impl Cluster {
    /// The ARN of the namespace of services that name none.
    pub(crate) fn namespace(&self) -> Option<&str> {
        self.service_connect_defaults.as_ref()?.get("namespace")?.as_str()
    }
}

/// The account says whether a new cluster has Container Insights.
fn default_settings(world: &World) -> Value {
    json!([{"name": "containerInsights", "value": account_settings::value(world, "containerInsights")}])
}

fn merged_settings(wanted: &[Value], before: &Value) -> Value {
    let value = wanted
        .iter()
        .find(|setting| setting.get("name").and_then(Value::as_str) == Some("containerInsights"))
        .and_then(|setting| setting.get("value").cloned());
    match value {
        Some(value) => json!([{"name": "containerInsights", "value": value}]),
        None => before.clone(),
    }
}

/// DescribeClusters; without names it means "default".
pub(crate) fn describe(world: &mut World, ask: Ask<'_>) -> Reply {
    let mut wanted = ask.texts("clusters")?;
    if wanted.is_empty() {
        wanted.push("default");
    }
    if wanted.len() > 100 {
        return Err(Refusal::invalid("clusters can have at most 100 items."));
    }
    let include = Include::of(ask)?;
    let mut found = Vec::new();
    let mut failures = Vec::new();
    for given in wanted {
        let name = name_of("cluster", given)?;
        if world.clusters.contains_key(name) {
            found.push(view(world, name, &include));
        } else {
            failures.push(json!({"arn": world.place.cluster(name), "reason": "MISSING"}));
        }
    }
    Ok(json!({"clusters": found, "failures": failures}))
}

/// ListClusters: active ones.
pub(crate) fn list(world: &mut World, ask: Ask<'_>) -> Reply {
    let place = &world.place;
    let active = world.clusters.values().filter(|cluster| cluster.active);
    Pages::new("ListClusters", 100, 100).answer(
        ask,
        "clusterArns",
        active.map(|cluster| (cluster.name.clone(), Value::from(place.cluster(&cluster.name)))),
    )
}

/// UpdateCluster and UpdateClusterSettings: touched members only.
pub(crate) fn update(world: &mut World, ask: Ask<'_>) -> Reply {
    ask.needed_text("cluster")?;
    rules::cluster::check(ask)?;
    let name = named(world, ask)?;
    let defaults = connect_defaults(world, ask)?;
    let settings = ask.list("settings")?;
    if let Some(cluster) = world.clusters.get_mut(&name) {
        cluster.settings = merged_settings(settings, &cluster.settings);
        if let Some(configuration) = ask.get("configuration") {
            cluster.configuration = Some(configuration.clone());
        }
        if defaults.is_some() {
            cluster.service_connect_defaults = defaults;
        }
    }
    Ok(json!({"cluster": view(world, &name, &Include::all())}))
}

/// PutClusterCapacityProviders: replaces both lists.
pub(crate) fn put_capacity_providers(world: &mut World, ask: Ask<'_>) -> Reply {
    ask.needed_text("cluster")?;
    let name = named(world, ask)?;
    let (providers, strategy) = capacity_providers::chosen(world, ask, &name)?;
    let in_use = world.services.values().any(|service| {
        service.cluster == name
            && service.standing == Standing::Active
            && service.providers_in_use().iter().any(|used| !providers.contains(used))
    });
    if in_use {
        return Err(Refusal::new(
            "ResourceInUseException",
            "The specified capacity provider is in use and cannot be removed.",
        ));
    }
    if let Some(cluster) = world.clusters.get_mut(&name) {
        cluster.capacity_providers = providers;
        cluster.default_strategy = strategy;
    }
    Ok(json!({"cluster": view(world, &name, &Include::all())}))
}

/// DeleteCluster: refused while anything lives in it.
pub(crate) fn delete(world: &mut World, ask: Ask<'_>) -> Reply {
    ask.needed_text("cluster")?;
    let name = named(world, ask)?;
    if world.instances.values().any(|instance| instance.cluster == name) {
        return Err(Refusal::new(
            "ClusterContainsContainerInstancesException",
            "The Cluster cannot be deleted while Container Instances are active or draining.",
        ));
    }
    let services = world
        .services
        .values()
        .any(|service| service.cluster == name && service.standing != Standing::Inactive);
    if services {
        return Err(Refusal::new(
            "ClusterContainsServicesException",
            "The Cluster cannot be deleted while Services are active.",
        ));
    }
    if capacity_providers::has_own(world, &name) {
        return Err(Refusal::new(
            "ClusterContainsCapacityProviderException",
            "The Cluster cannot be deleted while Cluster Scoped Capacity Providers are attached to the cluster.",
        ));
    }
    let counts = counts(world, &name);
    if counts.live > 0 {
        return Err(Refusal::new(
            "ClusterContainsTasksException",
            "The Cluster cannot be deleted while Tasks are active.",
        ));
    }
    if let Some(cluster) = world.clusters.get_mut(&name) {
        cluster.active = false;
        cluster.capacity_providers.clear();
        cluster.default_strategy.clear();
    }
    Ok(json!({"cluster": view(world, &name, &Include::all())}))
}

/// What DescribeClusters is asked to add.
pub(crate) struct Include {
    settings: bool,
    statistics: bool,
    tags: bool,
    configurations: bool,
    attachments: bool,
}

impl Include {
    fn all() -> Self {
        Self {
            settings: true,
            statistics: false,
            tags: true,
            configurations: true,
            attachments: true,
        }
    }

    fn of(ask: Ask<'_>) -> Result<Self, Refusal> {
        Ok(Self {
            settings: ask.includes("SETTINGS")?,
            statistics: ask.includes("STATISTICS")?,
            tags: ask.includes("TAGS")?,
            configurations: ask.includes("CONFIGURATIONS")?,
            attachments: ask.includes("ATTACHMENTS")?,
        })
    }
}

#[derive(Default)]
struct Counts {
    running: [u32; 2],
    pending: [u32; 2],
    live: u32,
    services: [u32; 2],
    draining: [u32; 2],
}

/// Counts by launch type: EC2 first, Fargate second.
fn counts(world: &World, name: &str) -> Counts {
    let mut counts = Counts::default();
    let Some(cluster) = world.clusters.get(name) else {
        return counts;
    };
    for task in cluster.tasks.iter().filter_map(|id| world.tasks.get(id)) {
        let kind = usize::from(task.fargate);
        counts.live += u32::from(task.is_live());
        counts.running[kind] += u32::from(task.is_running());
        counts.pending[kind] += u32::from(task.is_pending());
    }
    let prefix = format!("{name}/");
    for (_, service) in
        world.services.range(prefix.clone()..).take_while(|(key, _)| key.starts_with(&prefix))
    {
        let kind = usize::from(service.fargate());
        counts.services[kind] += u32::from(service.standing == Standing::Active);
        counts.draining[kind] += u32::from(service.standing == Standing::Draining);
    }
    counts
}

fn view(world: &World, name: &str, include: &Include) -> Value {
    let Some(cluster) = world.clusters.get(name) else {
        return Value::Null;
    };
    let counts = counts(world, name);
    let instances = world.instances.values().filter(|instance| instance.cluster == name).count();
    let mut view = json!({
        "clusterArn": world.place.cluster(name),
        "clusterName": name,
        "status": if cluster.active { "ACTIVE" } else { "INACTIVE" },
        "registeredContainerInstancesCount": instances,
        "runningTasksCount": counts.running[0] + counts.running[1],
        "pendingTasksCount": counts.pending[0] + counts.pending[1],
        "activeServicesCount": counts.services[0] + counts.services[1],
        "statistics": [],
        "tags": [],
        "settings": [],
        "capacityProviders": cluster.capacity_providers,
        "defaultCapacityProviderStrategy": cluster.default_strategy,
    });
    if include.statistics {
        put(&mut view, "statistics", Some(statistics(&counts)));
    }
    if include.tags {
        put(&mut view, "tags", Some(cluster.tags.clone()));
    }
    if include.settings {
        put(&mut view, "settings", Some(cluster.settings.clone()));
    }
    if include.configurations {
        put(&mut view, "configuration", cluster.configuration.clone());
    }
    if include.attachments {
        put(&mut view, "attachments", Some(attachments(world, cluster)));
    }
    put(&mut view, "serviceConnectDefaults", cluster.service_connect_defaults.clone());
    view
}

fn statistics(counts: &Counts) -> Value {
    let pair = |name: &str, value: u32| json!({"name": name, "value": value.to_string()});
    json!([
        pair("runningEC2TasksCount", counts.running[0]),
        pair("runningFargateTasksCount", counts.running[1]),
        pair("pendingEC2TasksCount", counts.pending[0]),
        pair("pendingFargateTasksCount", counts.pending[1]),
        pair("activeEC2ServiceCount", counts.services[0]),
        pair("activeFargateServiceCount", counts.services[1]),
        pair("drainingEC2ServiceCount", counts.draining[0]),
        pair("drainingFargateServiceCount", counts.draining[1]),
    ])
}

/// A cluster shows a scaling plan for each Auto Scaling group provider.
fn attachments(world: &World, cluster: &Cluster) -> Value {
    let plans = cluster
        .capacity_providers
        .iter()
        .filter(|name| capacity_providers::is_group(world, name))
        .map(|name| {
            let id = format!("{:08x}", crate::ids::digest(last_part(name)) & 0xffff_ffff);
            json!({"id": id, "type": "asp", "status": "CREATED", "details": [
                {"name": "capacityProviderName", "value": name},
                {"name": "scalingPlanName", "value": format!("ECSManagedAutoScalingPlan-{id}")},
            ]})
        });
    Value::Array(plans.collect())
}
