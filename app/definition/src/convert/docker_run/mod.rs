//! `docker run …`: the command as people have it in a README or a unit file.

mod options;
mod place;
mod words;

use serde_json::{Map, json};

use super::docker::{self, Task};
use super::started::{Kind, Started, Trouble};

/// The container that a command starts.
struct Run {
    container: Map<String, serde_json::Value>,
    name: Option<String>,
    entry_point: Option<String>,
    health: Map<String, serde_json::Value>,
    log_options: Map<String, serde_json::Value>,
}

/// Reads commands; each becomes a container of one task.
pub(super) fn read(text: &str) -> Result<Started, Trouble> {
    let mut task = Task::default();
    for words in words::commands(text)? {
        if let Some(arguments) = arguments_of(&words) {
            command(arguments, &mut task)?;
        } else if let Some(first) = words.first() {
            task.notes.left_out(first.clone(), "It is no docker run command.");
        }
    }
    let first = task
        .containers
        .first()
        .ok_or_else(|| Trouble::whole("There is no docker run command with an image here."))?;
    let title = first.get("name").and_then(|name| name.as_str()).unwrap_or_default().to_owned();
    task.family.clone_from(&title);
    Ok(Started { kind: Kind::DockerRun, documents: vec![task.finish(title)] })
}

/// What follows `docker run`.
fn arguments_of(words: &[String]) -> Option<&[String]> {
    let program = |word: &String| {
        let name = word.rsplit('/').next().unwrap_or(word);
        matches!(name, "docker" | "podman" | "nerdctl")
    };
    let at = words.iter().position(program)?;
    // Words before it must be no command of their own.
    let prefix = |word: &String| {
        matches!(word.as_str(), "$" | "sudo" | "exec" | ">" | "PS>") || word.contains('=')
    };
    if !words[..at].iter().all(prefix) {
        return None;
    }
    let mut rest = &words[at + 1..];
    if rest.first().is_some_and(|word| word == "container") {
        rest = &rest[1..];
    }
    match rest.first().map(String::as_str) {
        Some("run" | "create") => Some(&rest[1..]),
        _ => None,
    }
}

fn command(words: &[String], task: &mut Task) -> Result<(), Trouble> {
    let mut run = Run {
        container: Map::new(),
        name: None,
        entry_point: None,
        health: Map::new(),
        log_options: Map::new(),
    };
    let mut rest = words.iter();
    let mut image = None;
    while let Some(word) = rest.next() {
        if word == "--" {
            image = rest.next().cloned();
            break;
        }
        if !word.starts_with('-') || word == "-" {
            image = Some(word.clone());
            break;
        }
        for (name, value) in options::split(word, &mut rest)? {
            place::option(&name, value, &mut run, task);
        }
    }
    let Some(image) = image else {
        return Err(Trouble::whole("The docker run command names no image after its options."));
    };
    let name = run.name.clone().unwrap_or_else(|| docker::name_of_image(&image));
    let mut container = Map::new();
    container.insert("name".into(), json!(name));
    container.insert("image".into(), json!(image));
    container.insert("essential".into(), json!(true));
    if let Some(entry) = run.entry_point.filter(|entry| !entry.is_empty()) {
        container.insert("entryPoint".into(), json!([entry]));
    }
    let command: Vec<&String> = rest.collect();
    if !command.is_empty() {
        container.insert("command".into(), json!(command));
    }
    container.extend(run.container);
    if run.health.contains_key("command") {
        container.insert("healthCheck".into(), json!(run.health));
    }
    match container.get_mut("logConfiguration") {
        _ if run.log_options.is_empty() => {}
        Some(logs) => logs["options"] = json!(run.log_options),
        None => {
            let options = run.log_options.keys().cloned().collect::<Vec<_>>().join(", ");
            task.notes.left_out(
                "--log-opt",
                format!("{options}: they are for a log driver that is not in the document."),
            );
        }
    }
    for (at, value) in container.iter().filter(|(name, _)| name.as_str() != "command") {
        if value.to_string().contains(['$', '`']) {
            task.notes.open(
                format!("containerDefinitions.{}.{at}", task.containers.len()),
                "A variable of the shell stands here. Write its value.",
            );
        }
    }
    task.containers.push(container);
    Ok(())
}

/// The words of one line, as Compose splits a command.
pub(super) fn line_words(line: &str) -> Vec<String> {
    words::line(line).unwrap_or_else(|_| line.split_whitespace().map(str::to_owned).collect())
}
