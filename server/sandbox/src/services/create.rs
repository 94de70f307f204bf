//! CreateService.

use std::collections::{BTreeSet, VecDeque};

use serde_json::{Value, json};

use super::model::{Service, Standing};
use super::{events, namespace, poke, view};
use crate::ask::{Ask, put};
use crate::ids::digest;
use crate::queue::Effect;
use crate::refusal::{Refusal, Reply};
use crate::tasks::run::{Strategy, all_fargate, strategy};
use crate::world::World;
use crate::{clusters, deployments, rules, task_definitions};

/// The members that a service keeps as they were sent.
pub(super) const SETTINGS: [&str; 19] = [
    "availabilityZoneRebalancing",
    "capacityProviderStrategy",
    "deploymentConfiguration",
    "deploymentController",
    "enableECSManagedTags",
    "enableExecuteCommand",
    "gatewayConnectors",
    "healthCheckGracePeriodSeconds",
    "loadBalancers",
    "monitoring",
    "networkConfiguration",
    "placementConstraints",
    "placementStrategy",
    "platformVersion",
    "propagateTags",
    "serviceConnectConfiguration",
    "serviceRegistries",
    "volumeConfigurations",
    "vpcLatticeConfigurations",
];

/// CreateService.
pub(crate) fn create(world: &mut World, ask: Ask<'_>) -> Reply {
    let cluster = clusters::named(world, ask)?;
    rules::service::check_create(ask)?;
    let name = ask.needed_text("serviceName")?.to_owned();
    let key = format!("{cluster}/{name}");
    let parameters = digest(&ask.0.to_string());
    let token = ask.text("clientToken")?.map(|token| (token.to_owned(), parameters));
    if let Some(answer) = existing(world, &key, token.as_ref())? {
        return Ok(answer);
    }
    let external = rules::service::is_external(ask);
    namespace::check(world, &key, &cluster, ask)?;
    let (definition_arn, mut settings) = if external {
        (None, kept(ask))
    } else {
        let (arn, strategy) = what(world, ask, &cluster)?;
        (Some(arn), settings(ask, strategy))
    };
    let daemon = ask.text("schedulingStrategy")? == Some("DAEMON");
    if !ask.has("availabilityZoneRebalancing") {
        let word = rules::rebalancing::default(&settings, daemon);
        put(&mut settings, "availabilityZoneRebalancing", Some(word));
    }
    let service = Service {
        name,
        cluster,
        standing: Standing::Active,
        created_at: world.now,
        desired: u32::try_from(ask.whole("desiredCount")?.unwrap_or(0)).unwrap_or(0),
        daemon,
        settings,
        deployments: Vec::new(),
        task_sets: Vec::new(),
        completed: None,
        history: VecDeque::new(),
        revisions: VecDeque::new(),
        events: VecDeque::new(),
        tags: ask.list("tags")?.to_vec(),
        client_token: token,
        tasks: BTreeSet::new(),
        look_at: None,
        steady: false,
        unplaced: None,
    };
    let created_at = service.created_at;
    world.services.insert(key.clone(), service);
    if let Some(arn) = definition_arn {
        deployments::begin(world, &key, &arn);
    }
    poke(world, &key, 1_000);
    let again = key.clone();
    world.plan(events::STEADY_MS, Effect::Steady { key: again, created_at });
    Ok(json!({"service": view::of(world, &key, true)}))
}

/// The revision that a request means, and where its tasks are to run.
///
/// # Errors
/// No such revision, or one that does not fit the rest of the request.
pub(crate) fn what(
    world: &World,
    ask: Ask<'_>,
    cluster: &str,
) -> Result<(String, Strategy), Refusal> {
    let definition = task_definitions::launchable(world, ask.needed_text("taskDefinition")?)?;
    let arn = world.place.task_definition(&definition.family, definition.revision);
    let strategy = strategy(world, ask, cluster)?;
    let fargate = match &strategy {
        Strategy::Launch { fargate } => *fargate,
        Strategy::Providers(items) => all_fargate(items),
    };
    rules::service::check_definition(definition, fargate, ask)?;
    Ok((arn, strategy))
}

/// The answer for a service that is there already: the same one for the same
/// token, else a refusal.
fn existing(
    world: &World,
    key: &str,
    token: Option<&(String, u64)>,
) -> Result<Option<Value>, Refusal> {
    let Some(service) = world.services.get(key) else {
        return Ok(None);
    };
    match service.standing {
        Standing::Inactive => Ok(None),
        Standing::Draining => {
            Err(Refusal::invalid("Unable to Start a service that is still Draining."))
        }
        Standing::Active if token.is_some() && service.client_token.as_ref() == token => {
            Ok(Some(json!({"service": view::of(world, key, true)})))
        }
        Standing::Active => Err(Refusal::invalid("Creation of service was not idempotent.")),
    }
}

/// The members of a request that a service keeps.
fn kept(ask: Ask<'_>) -> Value {
    let given =
        SETTINGS.iter().filter_map(|name| Some(((*name).to_owned(), ask.get(name)?.clone())));
    Value::Object(given.collect())
}

/// The same, with where the tasks are to run.
pub(crate) fn settings(ask: Ask<'_>, strategy: Strategy) -> Value {
    let mut settings = kept(ask);
    match strategy {
        Strategy::Launch { fargate } => {
            let external = ask.get("launchType").and_then(Value::as_str) == Some("EXTERNAL");
            let kind = match (fargate, external) {
                (true, _) => "FARGATE",
                (false, true) => "EXTERNAL",
                (false, false) => "EC2",
            };
            put(&mut settings, "launchType", Some(kind));
        }
        Strategy::Providers(items) => {
            put(&mut settings, "capacityProviderStrategy", Some(items));
        }
    }
    settings
}
