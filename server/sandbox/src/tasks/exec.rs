//! ExecuteCommand: everything up to the session. Nothing listens behind its URL.

use serde_json::json;

use super::model::{Container, ContainerStatus, Task};
use crate::arn::{last_part, name_of};
use crate::ask::Ask;
use crate::clusters;
use crate::ids::Ids;
use crate::refusal::{Refusal, Reply};
use crate::world::World;

/// The agent in the container runs with the task, but it takes a moment until it is connected.
const CONNECTS_MS: i64 = 5_000;

/// ExecuteCommand.
pub(crate) fn execute(world: &mut World, ask: Ask<'_>) -> Reply {
    let cluster = clusters::named(world, ask)?;
    let id = last_part(name_of("task", ask.needed_text("task")?)?).to_owned();
    ask.needed_text("command")?;
    if ask.flag("interactive")? != Some(true) {
        return Err(Refusal::invalid("Interactive is the only mode supported currently."));
    }
    let wanted = ask.text("container")?;
    let Some(task) = world.tasks.get(&id).filter(|task| task.cluster == cluster) else {
        return Err(Refusal::invalid("The referenced task was not found."));
    };
    let container = target(task, wanted)?;
    let Some(started) = task.at.started.filter(|_| task.is_running() && task.exec) else {
        return Err(not_enabled());
    };
    if container.status != ContainerStatus::Running {
        return Err(not_enabled());
    }
    if world.now - started < CONNECTS_MS {
        return Err(Refusal::new(
            "TargetNotConnectedException",
            "The execute command failed due to an internal error. Try again later.",
        ));
    }
    let resource = format!("container/{cluster}/{id}/{}", container.id);
    let mut answer = json!({
        "clusterArn": world.place.cluster(&cluster),
        "taskArn": world.place.task(&cluster, &id),
        "containerArn": world.place.ecs(&resource),
        "containerName": container.name,
        "interactive": true,
    });
    let session = session(&mut world.ids);
    let url = format!(
        "wss://ssmmessages.{}.amazonaws.com/v1/data-channel/{session}?role=publish_subscribe",
        world.place.region
    );
    let token: String = (0..8).map(|_| world.ids.mixed21()).collect();
    let session = json!({
        "sessionId": session,
        "streamUrl": url,
        "tokenValue": format!("AAEAA{token}"),
    });
    crate::ask::put(&mut answer, "session", Some(session));
    Ok(answer)
}

fn session(ids: &mut Ids) -> String {
    format!("ecs-execute-command-{}", ids.hex17())
}

/// The only container, or the one that is named.
fn target<'t>(task: &'t Task, wanted: Option<&str>) -> Result<&'t Container, Refusal> {
    match (wanted, task.containers.as_slice()) {
        (None, [only]) => Ok(only),
        (None, _) => Err(Refusal::invalid(
            "A container name must be specified for a task with several containers.",
        )),
        (Some(name), all) => all.iter().find(|item| item.name == name).ok_or_else(|| {
            Refusal::invalid(format!("The container {name} was not found in the task."))
        }),
    }
}

fn not_enabled() -> Refusal {
    Refusal::invalid(
        "The execute command failed because execute command was not enabled when the task was run or the execute command agent isn\u{2019}t running. Wait and try again or run a new task with execute command enabled and try again.",
    )
}
