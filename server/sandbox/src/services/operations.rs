//! DescribeServices and ListServices.

use serde_json::{Value, json};

use super::model::{Service, Standing};
use super::view;
use crate::arn::last_part;
use crate::ask::Ask;
use crate::clusters;
use crate::paging::Pages;
use crate::refusal::{Refusal, Reply};
use crate::rules;
use crate::world::World;

/// DescribeServices: at most ten.
pub(crate) fn describe(world: &mut World, ask: Ask<'_>) -> Reply {
    let cluster = clusters::named(world, ask)?;
    let wanted = ask.texts("services")?;
    if wanted.is_empty() {
        return Err(Refusal::invalid("Services cannot be empty."));
    }
    if wanted.len() > 10 {
        return Err(Refusal::invalid("Services can have at most 10 items."));
    }
    let tags = ask.includes("TAGS")?;
    let mut found = Vec::new();
    let mut failures = Vec::new();
    for given in wanted {
        let key = format!("{cluster}/{}", last_part(given));
        if world.services.contains_key(&key) {
            found.push(view::of(world, &key, tags));
        } else {
            failures.push(json!({"arn": world.place.service(&key), "reason": "MISSING"}));
        }
    }
    Ok(json!({"services": found, "failures": failures}))
}

/// ListServices: ten a page unless asked otherwise.
pub(crate) fn list(world: &mut World, ask: Ask<'_>) -> Reply {
    let cluster = clusters::named(world, ask)?;
    let launch_type = ask.text("launchType")?;
    if let Some(kind) = launch_type {
        rules::launch_type(kind)?;
    }
    let scheduling = ask.text("schedulingStrategy")?;
    if let Some(kind) = scheduling {
        rules::one_of("schedulingStrategy", kind, &["REPLICA", "DAEMON"])?;
    }
    let prefix = format!("{cluster}/");
    let wanted = |service: &Service| {
        service.standing != Standing::Inactive
            && launch_type.is_none_or(|kind| service.text("launchType") == Some(kind))
            && scheduling.is_none_or(|kind| service.daemon == (kind == "DAEMON"))
    };
    let items = world
        .services
        .range(prefix.clone()..)
        .take_while(|(key, _)| key.starts_with(&prefix))
        .filter(|(_, service)| wanted(service))
        .map(|(key, _)| (key.clone(), Value::from(world.place.service(key))));
    Pages::new("ListServices", 10, 100).answer(ask, "serviceArns", items)
}
