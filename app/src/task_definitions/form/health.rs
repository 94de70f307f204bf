//! A container's health check: how it is made, with the usual ones to begin with.

use berth_definition::env::shell_words::{join, split};
use leptos::prelude::*;
use serde_json::{Value, json};

use super::lens::use_form;
use super::task::options;
use crate::ui::*;

/// The health check of the container at a path.
#[component]
pub fn HealthCheck(container: Signal<String>) -> impl IntoView {
    let form = use_form();
    let at = move |member: &'static str| {
        Signal::derive(move || format!("{}.healthCheck.{member}", container.read()))
    };
    let rows = form.words(at("command"));
    let (kind, line, trouble) = check_fields(rows);
    let choose = move |chosen: String| {
        if chosen.is_empty() {
            // Times without a check are refused.
            let path = format!("{}.healthCheck", container.read_untracked());
            form.document.update(|document| document.remove(&path));
        }
    };
    let kinds = options(&[
        ("", "No check"),
        ("CMD-SHELL", "A line for a shell"),
        ("CMD", "A program, without a shell"),
        ("NONE", "Off, also what the image says"),
    ]);
    let some = Memo::new(move |_| !matches!(kind.read().as_str(), "" | "NONE"));
    view! {
        <div class="field-row">
            <SelectField path=at("command.0") label="Health check" options=kinds value=kind on_choose=choose
                hint="ECS does not see checks that are built into the image."/>
            <Presets container/>
        </div>
        {move || some.get().then(|| view! {
            <TextAreaField path=at("command") label="Check" value=line error=trouble required=true mono=true rows=1/>
            <div class="field-row">
                <NumberField path=at("interval") label="Every" value=form.number(at("interval")) unit="s" placeholder="30"/>
                <NumberField path=at("timeout") label="Time limit" value=form.number(at("timeout")) unit="s" placeholder="5"/>
                <NumberField path=at("retries") label="Failures allowed" value=form.number(at("retries")) placeholder="3"/>
                <NumberField path=at("startPeriod") label="Grace at the start" value=form.number(at("startPeriod")) unit="s" placeholder="0"/>
            </div>
        })}
    }
}

/// Usual checks; a choice is a command to begin with.
#[component]
fn Presets(container: Signal<String>) -> impl IntoView {
    let form = use_form();
    let choose = move |chosen: String| {
        let container = container.get_untracked();
        form.document.update(|document| {
            let port = document.get(&format!("{container}.portMappings.0.containerPort"));
            let port = port.and_then(Value::as_i64).unwrap_or(80);
            if let Some(line) = preset(&chosen, port) {
                document
                    .set(&format!("{container}.healthCheck.command"), json!(["CMD-SHELL", line]));
            }
        });
    };
    let preset = RwSignal::new(String::new());
    let again = move |chosen: String| {
        choose(chosen);
        preset.set(String::new());
    };
    let presets = options(&[
        ("", "Choose one to begin with"),
        ("curl", "HTTP, by curl"),
        ("wget", "HTTP, by wget"),
        ("port", "A port is open, by nc"),
        ("postgres", "PostgreSQL, by pg_isready"),
        ("mysql", "MySQL, by mysqladmin"),
        ("redis", "Redis, by redis-cli"),
        ("grpc", "gRPC, by grpc_health_probe"),
        ("file", "A file is there"),
    ]);
    view! {
        <SelectField path=Signal::derive(move || format!("{}.check-preset", container.read())) label="Usual checks" options=presets value=preset on_choose=again
            hint="The program must be in the image."/>
    }
}

/// A line for a shell.
fn preset(name: &str, port: i64) -> Option<String> {
    Some(match name {
        "curl" => format!("curl -fsS http://localhost:{port}/ || exit 1"),
        "wget" => format!("wget -qO /dev/null http://localhost:{port}/ || exit 1"),
        "port" => format!("nc -z localhost {port} || exit 1"),
        "postgres" => "pg_isready -U postgres || exit 1".to_owned(),
        "mysql" => "mysqladmin ping -h localhost || exit 1".to_owned(),
        "redis" => "redis-cli ping | grep -q PONG".to_owned(),
        "grpc" => format!("grpc_health_probe -addr=localhost:{port}"),
        "file" => "test -f /tmp/healthy".to_owned(),
        _ => return None,
    })
}

/// How the check is made and its line, as fields over the words of the command.
fn check_fields(
    rows: RwSignal<Vec<String>>,
) -> (RwSignal<String>, RwSignal<String>, RwSignal<Option<String>>) {
    let (first_kind, first_line) = read(&rows.read_untracked());
    let (kind, line) = (RwSignal::new(first_kind), RwSignal::new(first_line));
    let trouble = RwSignal::new(None);
    Effect::new(move |_| {
        let rows = rows.get();
        let own = written(&kind.read_untracked(), &line.read_untracked());
        if own.as_ref() != Ok(&rows) {
            let (new_kind, new_line) = read(&rows);
            kind.set(new_kind);
            line.set(new_line);
        }
    });
    Effect::new(move |_| {
        let (kind, line) = (kind.get(), line.get());
        // What stands there already is not written in other words.
        if rows.with_untracked(|rows| read(rows) == (kind.clone(), line.clone())) {
            return trouble.set(None);
        }
        match written(&kind, &line) {
            Ok(words) => {
                trouble.set(None);
                if *rows.read_untracked() != words {
                    rows.set(words);
                }
            }
            Err(said) => trouble.set(Some(said)),
        }
    });
    (kind, line, trouble)
}

fn read(rows: &[String]) -> (String, String) {
    match rows {
        [] => (String::new(), String::new()),
        [kind, rest @ ..] if kind == "CMD-SHELL" => (kind.clone(), rest.join(" ")),
        [kind, rest @ ..] => (kind.clone(), join(rest)),
    }
}

fn written(kind: &str, line: &str) -> Result<Vec<String>, String> {
    let mut words = match kind {
        "" => return Ok(Vec::new()),
        "NONE" => Vec::new(),
        "CMD-SHELL" if line.is_empty() => Vec::new(),
        "CMD-SHELL" => vec![line.to_owned()],
        _ => split(line)?,
    };
    words.insert(0, kind.to_owned());
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_is_read_and_written_back() {
        for (rows, kind, line) in [
            (&["CMD-SHELL", "curl -f x || exit 1"][..], "CMD-SHELL", "curl -f x || exit 1"),
            (&["CMD", "pg_isready", "-U", "two words"], "CMD", "pg_isready -U 'two words'"),
            (&["NONE"], "NONE", ""),
            (&["CMD-SHELL"], "CMD-SHELL", ""),
            (&["curl", "x"], "curl", "x"),
            (&[], "", ""),
        ] {
            let rows: Vec<String> = rows.iter().map(|word| (*word).to_owned()).collect();
            assert_eq!(read(&rows), (kind.to_owned(), line.to_owned()));
            assert_eq!(written(kind, line), Ok(rows));
        }
        assert!(written("CMD", "it's").is_err());
    }

    #[test]
    fn usual_checks_look_at_the_port() {
        assert_eq!(preset("port", 5432).as_deref(), Some("nc -z localhost 5432 || exit 1"));
        assert_eq!(preset("", 80), None);
    }
}
