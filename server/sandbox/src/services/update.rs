//! UpdateService: touched members only, and a new deployment when it matters.

use serde_json::{Value, json};

use super::create::SETTINGS;
use super::model::{Standing, settings_fargate};
use super::{namespace, poke, view};
use crate::arn::last_part;
use crate::ask::{Ask, put};
use crate::refusal::{Refusal, Reply};
use crate::world::World;
use crate::{capacity_providers, clusters, deployments, rules, task_definitions, task_sets};

/// A change of one of these starts new tasks; the others only take effect.
const RESTARTING: [&str; 7] = [
    "loadBalancers",
    "networkConfiguration",
    "platformVersion",
    "serviceConnectConfiguration",
    "serviceRegistries",
    "volumeConfigurations",
    "vpcLatticeConfigurations",
];

/// The key of the service a request means.
///
/// # Errors
/// ServiceNotFoundException.
pub(crate) fn named(world: &World, ask: Ask<'_>) -> Result<String, Refusal> {
    let cluster = clusters::named(world, ask)?;
    let key = format!("{cluster}/{}", last_part(ask.needed_text("service")?));
    if world.services.contains_key(&key) { Ok(key) } else { Err(Refusal::no_service()) }
}

/// UpdateService.
pub(crate) fn update(world: &mut World, ask: Ask<'_>) -> Reply {
    let key = named(world, ask)?;
    rules::service::check_update(ask)?;
    let Some(service) = world.services.get(&key) else {
        return Err(Refusal::no_service());
    };
    if service.standing != Standing::Active {
        return Err(Refusal::service_not_active());
    }
    if service.daemon && ask.has("desiredCount") {
        return Err(rules::service::daemon_count());
    }
    rules::service::same_controller(&service.settings, ask)?;
    let external = task_sets::has(service);
    if external {
        rules::service::external_members(ask)?;
    }
    namespace::check(world, &key, &service.cluster, ask)?;
    let before = service.primary().map(|primary| primary.definition_arn.clone());
    let definition_arn = match ask.text("taskDefinition")? {
        Some(given) => {
            let definition = task_definitions::launchable(world, given)?;
            Some(world.place.task_definition(&definition.family, definition.revision))
        }
        None => before.clone(),
    };
    let settings = merged(&service.settings, ask);
    rules::service::check_whole(Ask(&settings), service.daemon)?;
    // What runs in a task set was checked with it.
    if external {
        if service.deployments.iter().any(|item| !settings_fargate(&item.settings)) {
            rules::deployment::r235_percents(Ask(&settings))?;
        }
    } else {
        check(world, &service.cluster, definition_arn.as_deref(), &settings, ask)?;
    }
    let changed = |name: &&str| settings.get(name) != service.settings.get(name);
    let forced = ask.flag("forceNewDeployment")?.unwrap_or(false);
    if external && forced {
        return Err(Refusal::invalid(
            "A service with an EXTERNAL deployment controller cannot be forced to a new deployment.",
        ));
    }
    let restart = forced || definition_arn != before || RESTARTING.iter().any(changed);
    let desired = ask.whole("desiredCount")?.and_then(|count| u32::try_from(count).ok());
    if let Some(service) = world.services.get_mut(&key) {
        if desired.is_some_and(|count| count != service.desired) {
            service.steady = false;
        }
        service.desired = desired.unwrap_or(service.desired);
        service.settings = settings.clone();
        if let Some(primary) = service.deployments.first_mut().filter(|_| !restart && !external) {
            primary.settings = settings;
            primary.updated_at = world.now;
        }
    }
    if let Some(arn) = definition_arn.filter(|_| restart) {
        deployments::begin(world, &key, &arn);
    }
    poke(world, &key, 1_000);
    Ok(json!({"service": view::of(world, &key, true)}))
}

/// The settings after the request. An empty list clears, an absent member keeps.
fn merged(before: &Value, ask: Ask<'_>) -> Value {
    let mut settings = before.clone();
    for name in SETTINGS {
        put(&mut settings, name, ask.get(name).cloned());
    }
    // AWS merges the deployment configuration member by member.
    if let (Some(old), Some(Value::Object(new))) = (
        before.get("deploymentConfiguration").and_then(Value::as_object),
        ask.get("deploymentConfiguration"),
    ) {
        let mut both = old.clone();
        // What belongs to another strategy goes with it.
        let strategy = new.get("strategy").filter(|word| !word.is_null());
        if strategy.is_some_and(|word| word != deployments::strategy(&Value::Object(old.clone()))) {
            both.retain(|name, _| !rules::deployment::OF_A_STRATEGY.contains(&name.as_str()));
        }
        both.extend(new.clone());
        put(&mut settings, "deploymentConfiguration", Some(Value::Object(both)));
    }
    if ask.has("capacityProviderStrategy")
        && let Some(map) = settings.as_object_mut()
    {
        map.shift_remove("launchType");
        if ask.get("capacityProviderStrategy") == Some(&json!([])) {
            map.insert("launchType".to_owned(), json!("EC2"));
        }
    }
    settings
}

fn check(
    world: &World,
    cluster: &str,
    definition_arn: Option<&str>,
    settings: &Value,
    ask: Ask<'_>,
) -> Result<(), Refusal> {
    if let Some(cluster) = world.clusters.get(cluster) {
        let strategy = ask.list("capacityProviderStrategy")?;
        capacity_providers::attached(&cluster.capacity_providers, strategy)?;
    }
    let definition = definition_arn.and_then(|arn| task_definitions::by_arn(world, arn));
    if let Some(definition) = definition {
        rules::service::check_definition(definition, settings_fargate(settings), Ask(settings))?;
    }
    Ok(())
}
