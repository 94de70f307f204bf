//! What a person pastes when variables are asked for: lines, JSON, or what `docker run` is told.

use serde_json::{Map, Value};

use super::{Trouble, dotenv, shell_words};

/// How the text was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PastedAs {
    /// Lines of `KEY=VALUE`.
    #[default]
    Lines,
    /// A JSON object of names and values.
    Object,
    /// A JSON list of names with values, as in a task definition.
    List,
    /// What `docker run` is told by `-e`.
    DockerRun,
}

/// What a pasted text holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pasted {
    /// How it was read.
    pub read_as: PastedAs,
    /// Names and values.
    pub variables: Vec<(String, String)>,
    /// Names and where their values are kept.
    pub secrets: Vec<(String, String)>,
    /// What could not be read.
    pub troubles: Vec<Trouble>,
}

impl Pasted {
    fn new(read_as: PastedAs) -> Self {
        Self { read_as, ..Self::default() }
    }

    fn odd(&mut self, line: usize, said: impl Into<String>) {
        self.troubles.push(Trouble::new(line, said));
    }
}

/// Reads what was pasted, by what it looks like.
pub fn recognise(text: &str) -> Pasted {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with(['{', '[']) {
        return json(start);
    }
    let docker = ["docker ", "podman ", "-e ", "-e=", "--env ", "--env="];
    if docker.iter().any(|word| start.starts_with(word)) {
        return docker_run(start);
    }
    let lines = dotenv::read(text);
    Pasted { variables: lines.variables, troubles: lines.troubles, ..Pasted::new(PastedAs::Lines) }
}

fn json(text: &str) -> Pasted {
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            let mut pasted = Pasted::new(PastedAs::Object);
            pasted.odd(error.line(), format!("This JSON can't be read: {error}."));
            return pasted;
        }
    };
    match value {
        Value::Array(items) => {
            let mut pasted = Pasted::new(PastedAs::List);
            list(&items, &mut pasted);
            pasted
        }
        // A container as a whole, or the two lists of one.
        Value::Object(members) if is_container(&members) => {
            let mut pasted = Pasted::new(PastedAs::List);
            for member in ["environment", "secrets"] {
                if let Some(Value::Array(items)) = members.get(member) {
                    list(items, &mut pasted);
                }
            }
            pasted
        }
        Value::Object(members) => {
            let mut pasted = Pasted::new(PastedAs::Object);
            for (name, value) in &members {
                match scalar(value) {
                    Some(value) => pasted.variables.push((name.clone(), value)),
                    None => pasted.odd(1, format!("{name} is no text, number or truth value.")),
                }
            }
            pasted
        }
        _ => Pasted::default(),
    }
}

fn is_container(members: &Map<String, Value>) -> bool {
    ["environment", "secrets"].iter().any(|member| {
        matches!(members.get(*member), Some(Value::Array(items)) if items.iter().all(Value::is_object))
    })
}

fn list(items: &[Value], pasted: &mut Pasted) {
    for (at, item) in items.iter().enumerate() {
        let text = |members: &[&str]| members.iter().find_map(|m| scalar(item.get(m)?));
        let name = text(&["name", "Name", "key", "Key"]);
        if let (Some(name), Some(from)) = (name.clone(), text(&["valueFrom", "ValueFrom"])) {
            pasted.secrets.push((name, from));
        } else if let (Some(name), Some(value)) = (name, text(&["value", "Value"])) {
            pasted.variables.push((name, value));
        } else if let Some((name, value)) = item.as_str().and_then(|line| line.split_once('=')) {
            pasted.variables.push((name.to_owned(), value.to_owned()));
        } else {
            pasted.odd(1, format!("Item {} has no name with a value.", at + 1));
        }
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Null => Some(String::new()),
        _ => None,
    }
}

/// The variables that `docker run` is told; its other options are passed over.
fn docker_run(text: &str) -> Pasted {
    let mut pasted = Pasted::new(PastedAs::DockerRun);
    // A list of `-e` lines is often pasted without what joins them.
    let words = match shell_words::split(text) {
        Ok(words) => words,
        Err(said) => {
            pasted.odd(1, said);
            return pasted;
        }
    };
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        let given = match word.as_str() {
            "-e" | "--env" => words.next(),
            "--env-file" => {
                let file = words.next().unwrap_or_default();
                pasted.odd(1, format!("The file {file} is not here: import it by itself."));
                None
            }
            other => other
                .strip_prefix("--env=")
                .or_else(|| other.strip_prefix("-e").filter(|rest| rest.contains('=')))
                .map(|rest| rest.trim_start_matches('=').to_owned()),
        };
        let Some(given) = given else { continue };
        match given.split_once('=') {
            Some((name, value)) if !name.is_empty() => {
                pasted.variables.push((name.to_owned(), value.to_owned()));
            }
            _ => pasted.odd(
                1,
                format!("{given} has no value here: Docker takes it from its own environment."),
            ),
        }
    }
    pasted
}
