//! Any text: recognised, then read by who knows how, or refused by what it is.

use serde_json::Value;

use super::started::{Kind, Started, Trouble};
use super::{cloudformation, compose, docker_run, marks, plain, recognise, terraform, yaml};

/// As long as a text may be, in bytes.
const LONGEST: usize = 1024 * 1024;

/// Reads a text.
///
/// # Errors
/// [`Trouble`] says what the text is and what to do with it, or where it can't be read.
pub fn read(text: &str) -> Result<Started, Trouble> {
    if text.len() > LONGEST {
        return Err(Trouble::whole(
            "This is more than 1 MB: paste the part with the task definition.",
        ));
    }
    let text = text.trim_start_matches('\u{feff}');
    if let Some(line) = too_deep(text) {
        return Err(Trouble::at(line, 1, "This is nested too deeply to be read."));
    }
    let kind = recognise(text);
    if let Some(said) = elsewhere(kind) {
        return Err(Trouble::whole(said));
    }
    let is_json = text.trim_start().starts_with(['{', '[']);
    match kind {
        Kind::DockerRun => docker_run::read(text),
        Kind::Terraform => terraform::read(text),
        Kind::Template => Err(template(text)),
        _ if is_json => json(kind, text),
        _ => from_yaml(kind, text),
    }
}

/// As deep as brackets may lie in each other. Parsers go down with them, and their stack has an end.
const DEEPEST: usize = 100;

/// The line in which a text goes too deep.
fn too_deep(text: &str) -> Option<usize> {
    let (mut depth, mut line) = (0_usize, 1);
    // Signs go down a level each too, until something else comes.
    let mut signs = 0_usize;
    for letter in text.chars() {
        match letter {
            '[' | '{' | '(' => depth += 1,
            ']' | '}' | ')' => depth = depth.saturating_sub(1),
            '\n' => line += 1,
            _ => {}
        }
        signs = if matches!(letter, '!' | '?') {
            signs + 1
        } else if letter == '\n' {
            0
        } else {
            signs
        };
        if depth > DEEPEST || signs > DEEPEST * 2 {
            return Some(line);
        }
    }
    None
}

/// What to do with what is no task definition by itself.
fn elsewhere(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Kubernetes => {
            "This is a Kubernetes manifest. Pods have no exact counterpart here: begin from a template and take over the image, the ports, the variables and the probes."
        }
        Kind::Ecspresso => {
            "This is an ecspresso configuration. Paste the file that it names as task_definition, or what ecspresso render taskdef prints."
        }
        Kind::Copilot => {
            "This is a manifest of AWS Copilot. Run copilot svc package and paste the CloudFormation template that it prints."
        }
        Kind::Dockerfile => {
            "This is a Dockerfile, which builds an image. Push the image to a registry, then begin from a template with its address."
        }
        _ => return None,
    })
}

fn template(text: &str) -> Trouble {
    let (line, mark) = marks::first(text).unwrap_or((0, String::new()));
    Trouble::at(
        line,
        1,
        format!(
            "This is a template that has yet to be filled in: {mark} is no JSON. Render it with its tool and paste the result, or put the value in quotes there."
        ),
    )
}

fn json(kind: Kind, text: &str) -> Result<Started, Trouble> {
    if kind.is_plain() {
        return plain::read_plain(text);
    }
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(_) => return plain::read_plain(text),
    };
    of_value(kind, &[value])
}

fn from_yaml(kind: Kind, text: &str) -> Result<Started, Trouble> {
    let documents = match yaml::documents(text) {
        Ok(documents) => documents,
        Err(_) if kind == Kind::Unknown => return Err(unknown()),
        Err(trouble) => return Err(trouble),
    };
    let of = |value: &Value| match recognise::of_value(value) {
        Kind::Unknown => kind,
        known => known,
    };
    let kind = documents.first().map_or(Kind::Unknown, of);
    if let Some(said) = elsewhere(kind) {
        return Err(Trouble::whole(said));
    }
    of_value(kind, &documents)
}

fn of_value(kind: Kind, documents: &[Value]) -> Result<Started, Trouble> {
    let first = documents.first().ok_or_else(unknown)?;
    match kind {
        _ if cloudformation::is_template(first) => cloudformation::read(first),
        Kind::TerraformState => terraform::read_state(first),
        Kind::Compose => compose::read(first),
        Kind::Kubernetes | Kind::Ecspresso | Kind::Copilot => {
            Err(Trouble::whole(elsewhere(kind).unwrap_or_default()))
        }
        kind if kind.is_plain() => plain::started(kind, first.clone()),
        _ => Err(unknown()),
    }
}

fn unknown() -> Trouble {
    Trouble::whole(
        "This is none of what can be read here: a task definition as JSON, a CloudFormation template, Terraform, a Compose file or a docker run command.",
    )
}
