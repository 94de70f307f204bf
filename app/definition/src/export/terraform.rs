//! A document as `aws_ecs_task_definition`.

use serde_json::{Map, Value};

use super::{Exported, letters_of};
use crate::document::Document;

/// Members that are arguments, with their names.
const ARGUMENTS: [(&str, &str); 10] = [
    ("family", "family"),
    ("taskRoleArn", "task_role_arn"),
    ("executionRoleArn", "execution_role_arn"),
    ("networkMode", "network_mode"),
    ("requiresCompatibilities", "requires_compatibilities"),
    ("cpu", "cpu"),
    ("memory", "memory"),
    ("pidMode", "pid_mode"),
    ("ipcMode", "ipc_mode"),
    ("enableFaultInjection", "enable_fault_injection"),
];

/// Members that are blocks, with their names; a list has a block for each item.
const BLOCKS: [(&str, &str); 6] = [
    ("runtimePlatform", "runtime_platform"),
    ("ephemeralStorage", "ephemeral_storage"),
    ("proxyConfiguration", "proxy_configuration"),
    ("placementConstraints", "placement_constraints"),
    ("inferenceAccelerators", "inference_accelerator"),
    ("volumes", "volume"),
];

/// Terraform code of a document. Members that Terraform has no argument for are named.
pub(super) fn code(document: &Document) -> Exported {
    let nothing = Map::new();
    let members = document.value().as_object().unwrap_or(&nothing);
    let mut writer = Writer::default();
    let name = letters_of(document, "_").to_lowercase();
    let name = if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name
    } else {
        format!("task_{name}")
    };
    writer
        .open(&format!("resource \"aws_ecs_task_definition\" \"{}\"", name.trim_end_matches('_')));
    for (member, argument) in ARGUMENTS {
        if let Some(value) = members.get(member) {
            writer.argument(argument, value);
        }
    }
    if let Some(containers) = members.get("containerDefinitions") {
        writer.line("");
        writer.indent();
        writer.text.push_str("container_definitions = jsonencode(");
        writer.expression(containers);
        writer.text.push_str(")\n");
    }
    for (member, block) in BLOCKS {
        match members.get(member) {
            Some(Value::Array(items)) => items.iter().for_each(|item| writer.block(block, item)),
            Some(value) => writer.block(block, value),
            None => {}
        }
    }
    if let Some(tags) = members.get("tags") {
        writer.line("");
        writer.map("tags", tags, "key");
    }
    let known = |name: &str| {
        matches!(name, "containerDefinitions" | "tags")
            || ARGUMENTS.iter().chain(&BLOCKS).any(|(member, _)| *member == name)
    };
    writer.left_out.extend(members.keys().filter(|name| !known(name)).cloned());
    for path in &writer.left_out {
        writer.text.push_str(&format!("  # Terraform has no argument for {path}.\n"));
    }
    writer.text.push_str("}\n");
    Exported { text: writer.text, left_out: writer.left_out }
}

#[derive(Default)]
struct Writer {
    text: String,
    depth: usize,
    left_out: Vec<String>,
}

impl Writer {
    fn indent(&mut self) {
        self.text.extend(std::iter::repeat_n("  ", self.depth));
    }

    fn line(&mut self, line: &str) {
        if !line.is_empty() {
            self.indent();
        }
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn open(&mut self, head: &str) {
        self.line(&format!("{head} {{"));
        self.depth += 1;
    }

    fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.line("}");
    }

    fn argument(&mut self, name: &str, value: &Value) {
        self.indent();
        self.text.push_str(name);
        self.text.push_str(" = ");
        self.expression(value);
        self.text.push('\n');
    }

    fn block(&mut self, name: &str, value: &Value) {
        self.line("");
        self.open(name);
        let path = name.to_owned();
        self.members(value, &path);
        self.close();
    }

    fn members(&mut self, value: &Value, path: &str) {
        for (name, value) in value.as_object().into_iter().flatten() {
            let argument = snake(name);
            match (name.as_str(), value) {
                ("host", host) => {
                    if let Some(source) = host.get("sourcePath") {
                        self.argument("host_path", source);
                    }
                }
                ("configuredAtLaunch", value) => self.argument("configure_at_launch", value),
                ("properties", pairs) => self.map("properties", pairs, "name"),
                ("driverOpts" | "labels", map) => self.argument(&argument, map),
                (_, Value::Object(_)) => {
                    self.open(&argument);
                    self.members(value, &format!("{path}.{argument}"));
                    self.close();
                }
                _ => self.argument(&argument, value),
            }
        }
    }

    /// Names with values as a map.
    fn map(&mut self, argument: &str, pairs: &Value, key: &str) {
        self.indent();
        self.text.push_str(argument);
        self.text.push_str(" = ");
        let pair = |pair: &Value| {
            let name = pair.get(key)?.as_str()?.to_owned();
            Some((name, pair.get("value").cloned().unwrap_or_else(|| "".into())))
        };
        let pairs = pairs.as_array().map_or(&[][..], Vec::as_slice);
        let map: Map<String, Value> = pairs.iter().filter_map(pair).collect();
        if map.len() < pairs.len() {
            // A map has each name once, and no value without one.
            self.left_out.push(format!("{argument} whose {key} is missing or there twice"));
        }
        self.expression(&Value::Object(map));
        self.text.push('\n');
    }

    fn expression(&mut self, value: &Value) {
        match value {
            Value::Array(items) if items.is_empty() => self.text.push_str("[]"),
            Value::Array(items)
                if items.iter().all(|item| !item.is_object() && !item.is_array()) =>
            {
                self.text.push('[');
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        self.text.push_str(", ");
                    }
                    self.expression(item);
                }
                self.text.push(']');
            }
            Value::Array(items) => {
                self.text.push_str("[\n");
                self.depth += 1;
                for item in items {
                    self.indent();
                    self.expression(item);
                    self.text.push_str(",\n");
                }
                self.depth = self.depth.saturating_sub(1);
                self.indent();
                self.text.push(']');
            }
            Value::Object(members) if members.is_empty() => self.text.push_str("{}"),
            Value::Object(members) => {
                self.text.push_str("{\n");
                self.depth += 1;
                for (name, value) in members {
                    self.indent();
                    let key = if is_name(name) { name.clone() } else { quoted(name) };
                    self.text.push_str(&key);
                    self.text.push_str(" = ");
                    self.expression(value);
                    self.text.push('\n');
                }
                self.depth = self.depth.saturating_sub(1);
                self.indent();
                self.text.push('}');
            }
            Value::String(text) => self.text.push_str(&quoted(text)),
            other => self.text.push_str(&other.to_string()),
        }
    }
}

/// Whether a key can stand without quotes.
fn is_name(name: &str) -> bool {
    let words = ["true", "false", "null", "for", "if"];
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !words.contains(&name)
}

/// A text in quotes; `${` and `%{` would begin a template.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '$' | '%' if letters.peek() == Some(&'{') => quoted.extend([letter, letter]),
            letter if letter.is_control() => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(letter)));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

fn snake(name: &str) -> String {
    if name == "sizeInGiB" {
        return "size_in_gib".to_owned();
    }
    if name == "s3filesVolumeConfiguration" {
        return "s3files_volume_configuration".to_owned();
    }
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}
