//! The operations on task sets.

use serde_json::{Value, json};

use super::{TaskSet, has, view};
use crate::ask::{Ask, put};
use crate::deployments::Deployment;
use crate::ids::digest;
use crate::refusal::{Refusal, Reply};
use crate::rules;
use crate::services::model::{Service, Standing, settings_fargate};
use crate::services::{create, poke, update};
use crate::world::World;

/// The members of a primary task set that its service takes over.
const TAKEN_OVER: [&str; 6] = [
    "capacityProviderStrategy",
    "launchType",
    "loadBalancers",
    "networkConfiguration",
    "platformVersion",
    "serviceRegistries",
];

/// The key of the service that a request means.
///
/// # Errors
/// No such service, one that is not active, or one without task sets.
fn named(world: &World, ask: Ask<'_>) -> Result<String, Refusal> {
    // The API needs the cluster here, unlike elsewhere.
    ask.needed_text("cluster")?;
    let key = update::named(world, ask)?;
    let Some(service) = world.services.get(&key) else {
        return Err(Refusal::no_service());
    };
    if service.standing != Standing::Active {
        return Err(Refusal::service_not_active());
    }
    if !has(service) {
        return Err(Refusal::invalid(
            "Task sets are only supported for services with an EXTERNAL deployment controller.",
        ));
    }
    Ok(key)
}

/// The id in a name or an ARN: `ecs-svc/...` has a slash of its own.
fn id_of(given: &str) -> String {
    let number = given.rsplit('/').next().unwrap_or_default();
    format!("ecs-svc/{number}")
}

fn found<'w>(
    world: &'w World,
    key: &str,
    given: &str,
) -> Result<(&'w Service, &'w TaskSet), Refusal> {
    let id = id_of(given);
    world
        .services
        .get(key)
        .and_then(|service| Some((service, service.task_sets.iter().find(|set| set.id == id)?)))
        .ok_or_else(|| {
            Refusal::new("TaskSetNotFoundException", "The specified task set wasn't found.")
        })
}

/// `scale` in percent, from 0 to 100.
fn scale(ask: Ask<'_>) -> Result<Option<f64>, Refusal> {
    let Some(scale) = ask.object("scale")? else {
        return Ok(None);
    };
    if let Some(unit) = scale.text("unit")? {
        rules::one_of("scale.unit", unit, &["PERCENT"])?;
    }
    let value = match scale.get("value") {
        None => 0.0,
        Some(value) => value
            .as_f64()
            .ok_or_else(|| Refusal::malformed("Member 'value' can not be converted to a Double"))?,
    };
    if (0.0..=100.0).contains(&value) {
        Ok(Some(value))
    } else {
        Err(Refusal::invalid("The scale of a task set must be between 0 and 100 percent."))
    }
}

fn answer(world: &World, key: &str, id: &str) -> Reply {
    let (service, set) = found(world, key, id)?;
    Ok(json!({"taskSet": view::one(world, service, set, true)}))
}

/// CreateTaskSet.
pub(crate) fn create(world: &mut World, ask: Ask<'_>) -> Reply {
    let key = named(world, ask)?;
    rules::service::r187_token(ask)?;
    rules::tags::check(ask.list("tags")?)?;
    let parameters = digest(&ask.0.to_string());
    let token = ask.text("clientToken")?.map(|token| (token.to_owned(), parameters));
    let Some(service) = world.services.get(&key) else {
        return Err(Refusal::no_service());
    };
    let same = |set: &&TaskSet| {
        set.client_token.as_ref().map(|(token, _)| token) == token.as_ref().map(|(token, _)| token)
    };
    if let Some(before) = service.task_sets.iter().find(same).filter(|_| token.is_some()) {
        if before.client_token != token {
            return Err(Refusal::invalid("Creation of task set was not idempotent."));
        }
        return answer(world, &key, &before.id.clone());
    }
    let scale = scale(ask)?.unwrap_or(0.0);
    let (arn, strategy) = create::what(world, ask, &service.cluster)?;
    let mut settings = service.settings.clone();
    for (name, value) in create::settings(ask, strategy).as_object().into_iter().flatten() {
        put(&mut settings, name, Some(value.clone()));
    }
    if !settings_fargate(&settings) {
        rules::deployment::r235_percents(Ask(&settings))?;
    }
    let (external_id, tags) = (ask.text("externalId")?.map(str::to_owned), ask.list("tags")?);
    let id = format!("ecs-svc/{}", world.ids.digits19());
    let now = world.now;
    let set = TaskSet {
        id: id.clone(),
        external_id,
        scale,
        primary: false,
        draining: false,
        steady: false,
        steady_at: now,
        tags: tags.to_vec(),
        client_token: token,
    };
    let revision = world.ids.digits19();
    let deployment = Deployment::new(id.clone(), revision, &arn, settings, now);
    if let Some(service) = world.services.get_mut(&key) {
        service.task_sets.push(set);
        service.deployments.push(deployment);
        service.steady = false;
    }
    poke(world, &key, 1_000);
    answer(world, &key, &id)
}

/// UpdateTaskSet: another scale.
pub(crate) fn update(world: &mut World, ask: Ask<'_>) -> Reply {
    let key = named(world, ask)?;
    let Some(scale) = scale(ask)? else {
        return Err(Refusal::invalid("Scale cannot be empty."));
    };
    let (_, set) = found(world, &key, ask.needed_text("taskSet")?)?;
    let id = set.id.clone();
    change(world, &key, &id, |set| {
        set.scale = scale;
        set.steady = false;
    });
    answer(world, &key, &id)
}

fn change(world: &mut World, key: &str, id: &str, change: impl FnOnce(&mut TaskSet)) {
    let now = world.now;
    if let Some(service) = world.services.get_mut(key) {
        service.steady = false;
        if let Some(set) = service.task_sets.iter_mut().find(|set| set.id == id) {
            change(set);
            set.steady_at = now;
        }
        if let Some(item) = service.deployments.iter_mut().find(|item| item.id == id) {
            item.updated_at = now;
        }
    }
    poke(world, key, 1_000);
}

/// DeleteTaskSet: one with tasks only by force.
pub(crate) fn delete(world: &mut World, ask: Ask<'_>) -> Reply {
    let key = named(world, ask)?;
    let (service, set) = found(world, &key, ask.needed_text("taskSet")?)?;
    let force = ask.flag("force")?.unwrap_or(false);
    if !force && set.target(service.desired) > 0 {
        return Err(Refusal::invalid("The task set cannot be deleted while it is scaled above 0."));
    }
    let id = set.id.clone();
    change(world, &key, &id, |set| {
        set.draining = true;
        set.steady = false;
    });
    answer(world, &key, &id)
}

/// DescribeTaskSets: all of them when none is named.
pub(crate) fn describe(world: &mut World, ask: Ask<'_>) -> Reply {
    let key = named(world, ask)?;
    let tags = ask.includes("TAGS")?;
    let wanted = ask.texts("taskSets")?;
    let Some(service) = world.services.get(&key) else {
        return Err(Refusal::no_service());
    };
    if wanted.is_empty() {
        return Ok(json!({"taskSets": super::views(world, service, tags), "failures": []}));
    }
    let mut sets = Vec::new();
    let mut failures = Vec::new();
    for given in wanted {
        match found(world, &key, given) {
            Ok((service, set)) => sets.push(view::one(world, service, set, tags)),
            Err(_) => {
                let arn = world.place.ecs(&format!("task-set/{key}/{}", id_of(given)));
                failures.push(json!({"arn": arn, "reason": "MISSING"}));
            }
        }
    }
    Ok(json!({"taskSets": sets, "failures": failures}))
}

/// UpdateServicePrimaryTaskSet: what the task set has been given is the
/// service's from now on.
pub(crate) fn set_primary(world: &mut World, ask: Ask<'_>) -> Reply {
    let key = named(world, ask)?;
    let (service, set) = found(world, &key, ask.needed_text("primaryTaskSet")?)?;
    if set.draining {
        return Err(Refusal::invalid("The task set is being deleted."));
    }
    let id = set.id.clone();
    let own = service.deployments.iter().find(|item| item.id == id);
    let own = own.map(|item| item.settings.clone()).unwrap_or(Value::Null);
    if let Some(service) = world.services.get_mut(&key) {
        for set in &mut service.task_sets {
            set.primary = set.id == id;
        }
        for name in TAKEN_OVER {
            match own.get(name) {
                Some(value) => put(&mut service.settings, name, Some(value.clone())),
                None => {
                    if let Some(map) = service.settings.as_object_mut() {
                        map.shift_remove(name);
                    }
                }
            }
        }
        // The service's revision is that of its first deployment.
        if let Some(at) = service.deployments.iter().position(|item| item.id == id) {
            let item = service.deployments.remove(at);
            service.deployments.insert(0, item);
        }
    }
    poke(world, &key, 500);
    answer(world, &key, &id)
}
