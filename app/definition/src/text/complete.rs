//! What can be written at the cursor, and what a member is for.

use super::context::{Context, Role};
use crate::rules::{FARGATE_CPUS, Shape, shape_at};
use crate::schema::{self, Member};

/// Something that can be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What is written in the place of what is typed.
    pub insert: String,
    /// How many characters the cursor then goes back, to stand inside of brackets or quotes.
    pub back: usize,
    /// What it is called.
    pub label: String,
    /// What it is for.
    pub about: String,
}

/// What a member is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// What a person calls it.
    pub label: String,
    /// What it is for.
    pub about: String,
    /// The unit of its number.
    pub unit: &'static str,
    /// What ECS takes when it is absent.
    pub default: &'static str,
    /// The values it can have.
    pub choices: Vec<&'static str>,
}

impl std::fmt::Display for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.label, self.about)?;
        if !self.unit.is_empty() {
            write!(f, " In {}.", self.unit)?;
        }
        if !self.choices.is_empty() {
            write!(f, " One of {}.", self.choices.join(", "))?;
        }
        if !self.default.is_empty() {
            write!(f, " When absent: {}.", self.default)?;
        }
        Ok(())
    }
}

/// What the member at a path is for; an item is explained by its list, an object by its section.
pub fn explain(path: &str) -> Option<Words> {
    if let Some(member) = member_or_list(path) {
        return Some(Words {
            label: member.label.to_owned(),
            about: member.about.to_owned(),
            unit: member.unit,
            default: member.default,
            choices: member.choices.iter().map(|(value, _)| *value).collect(),
        });
    }
    let inside = |path: &str| {
        let beginning = format!("{}.", schema::pattern(path));
        let found = schema::members().find(|(owner, _, member)| {
            let prefix = owner.prefix();
            beginning.strip_prefix(prefix).map_or_else(
                || prefix.starts_with(&beginning),
                |rest| !rest.is_empty() && member.path.starts_with(rest) || prefix == beginning,
            )
        });
        found.map(|(_, section, _)| section)
    };
    let section = inside(path).filter(|_| !path.is_empty())?;
    Some(Words {
        label: section.title.to_owned(),
        about: section.about.to_owned(),
        unit: "",
        default: "",
        choices: Vec::new(),
    })
}

fn member_or_list(path: &str) -> Option<&'static Member> {
    schema::member(path).or_else(|| {
        let (list, place) = path.rsplit_once('.')?;
        place.parse::<usize>().ok()?;
        schema::member(list)
    })
}

/// What can be written at a cursor, what begins as typed first.
pub fn completions(context: &Context) -> Vec<Completion> {
    let mut found = match context.role {
        Role::Name => names(context),
        Role::Value => values(context),
        Role::Nothing => Vec::new(),
    };
    let typed = context.prefix.to_lowercase();
    let rank = |completion: &Completion| {
        let label = completion.label.to_lowercase();
        match label.find(&typed) {
            Some(0) => 0,
            Some(_) => 1,
            None if completion.about.to_lowercase().contains(&typed) => 2,
            None => 3,
        }
    };
    // What is found by its purpose counts when nothing has the name.
    let most = found.iter().map(rank).min().map_or(0, |least| least.clamp(1, 2));
    found.retain(|completion| rank(completion) <= most);
    found.sort_by_key(rank);
    found
}

fn names(context: &Context) -> Vec<Completion> {
    let Some(Shape::Object(members)) = shape_at(&context.path) else { return Vec::new() };
    let absent =
        members.iter().filter(|(name, _)| !context.names.iter().any(|other| other == name));
    absent
        .map(|(name, shape)| {
            let path = join(&context.path, name);
            let words = explain(&path).or_else(|| explain(&format!("{path}.0")));
            let (value, inside) = empty(shape);
            let (mut insert, mut back) = (format!("\"{name}\""), 0);
            if !context.colon {
                insert.push_str(": ");
                insert.push_str(value);
                insert.push_str(if context.comma { "," } else { "" });
                back = inside + usize::from(context.comma);
            }
            Completion {
                insert,
                back,
                label: (*name).to_owned(),
                about: words
                    .map(|words| format!("{}. {}", words.label, words.about))
                    .unwrap_or_default(),
            }
        })
        .collect()
}

/// An empty value of a shape, and how far from its end its inside is.
fn empty(shape: &Shape) -> (&'static str, usize) {
    match shape {
        Shape::Text => ("\"\"", 1),
        Shape::Number | Shape::Truth => ("", 0),
        Shape::Texts | Shape::Object(_) => ("{}", 1),
        Shape::List(_) => ("[]", 1),
    }
}

fn values(context: &Context) -> Vec<Completion> {
    let comma = if context.comma { "," } else { "" };
    let plain = |value: &str, about: &str| Completion {
        insert: format!("{value}{comma}"),
        back: 0,
        label: value.to_owned(),
        about: about.to_owned(),
    };
    let text = |value: &str, about: &str| Completion {
        insert: format!("\"{value}\"{comma}"),
        ..plain(value, about)
    };
    match shape_at(&context.path) {
        Some(Shape::Truth) => vec![plain("true", "on"), plain("false", "off")],
        Some(Shape::Text) => {
            let names = |names: &[String], about: &str| {
                names.iter().map(|name| text(name, about)).collect::<Vec<_>>()
            };
            let pattern = schema::pattern(&context.path);
            match pattern.rsplit('.').next() {
                Some("containerName" | "sourceContainer") => {
                    names(&context.containers, "a container of this task")
                }
                Some("sourceVolume") => names(&context.volumes, "a volume of this task"),
                _ if pattern.ends_with(".links.*") => {
                    names(&context.containers, "a container of this task")
                }
                _ if pattern == "cpu" => {
                    let about = "CPU units on Fargate; 1024 are one vCPU";
                    FARGATE_CPUS.iter().map(|units| text(&units.to_string(), about)).collect()
                }
                _ => {
                    let choices = member_or_list(&context.path).map_or(&[][..], |m| m.choices);
                    choices.iter().map(|(value, about)| text(value, about)).collect()
                }
            }
        }
        _ => Vec::new(),
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}
