//! Placeholders that another program fills in before the text is a document.

use super::slip::{Slip, Trouble};
use super::tree::{Content, Node};

/// Members whose texts a shell or a log driver reads, so that `${NAME}` in them is meant.
const READ_BY_PROGRAMS: [&str; 7] = [
    "command",
    "entryPoint",
    "environment",
    "healthCheck",
    "options",
    "dockerLabels",
    "proxyConfiguration",
];

/// The placeholder that a text begins with: how long it is, and whose it looks like.
pub(super) fn template(text: &str) -> Option<(usize, &'static str)> {
    let until = |end: &str| text.split('\n').next()?.find(end).map(|at| at + end.len());
    let first = |length: usize| text.get(..length);
    match (first(1)?, first(2)) {
        (_, Some("{{")) => Some((until("}}")?, "Jinja, Helm or Handlebars")),
        (_, Some("{%")) => Some((until("%}")?, "Jinja")),
        (_, Some("${")) => Some((until("}")?, "envsubst or Terraform")),
        (_, Some("#{")) => Some((until("}")?, "a deployment tool")),
        (_, Some("<%")) => Some((until("%>")?, "ERB")),
        ("<", _) => {
            let length = until(">")?;
            let name = text.get(1..length - 1)?;
            let fits = |c: char| c.is_ascii_alphanumeric() || "_- ".contains(c);
            (!name.is_empty() && name.trim() == name && name.chars().all(fits))
                .then_some((length, "CodePipeline or a person"))
        }
        ("%", Some("%s" | "%d")) => Some((2, "printf")),
        ("$", _) => {
            let name = text[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            let length = name.map_or(text.len(), |at| at + 1);
            (length > 1).then_some((length, "envsubst"))
        }
        _ => None,
    }
}

/// What is said of a placeholder.
pub(super) fn words(whose: &str, placeholder: &str) -> String {
    format!("this looks like a template for {whose}: fill {placeholder} in first")
}

/// Placeholders inside of quotes: the document can be read, and ECS would take them as they are.
pub(super) fn quoted(root: &Node) -> Vec<Trouble> {
    let mut found = Vec::new();
    walk(root, &mut found);
    found
}

fn walk(node: &Node, found: &mut Vec<Trouble>) {
    match &node.content {
        Content::List(items) => items.iter().for_each(|item| walk(item, found)),
        Content::Object(entries) => {
            let meant = |name: &str| READ_BY_PROGRAMS.contains(&name);
            for entry in entries.iter().filter(|entry| !meant(&entry.name)) {
                walk(&entry.value, found);
            }
        }
        Content::Scalar(value) => {
            if let Some((whose, placeholder)) = value.as_str().and_then(inside) {
                let said = words(whose, placeholder);
                found.push(Trouble { slip: Slip::Template, at: node.at, said, mend: None });
            }
        }
        Content::Missing => {}
    }
}

/// The first placeholder in a text. A lone dollar or per cent is no sign of one.
fn inside(text: &str) -> Option<(&'static str, &str)> {
    let signs = ["{{", "{%", "${", "#{", "<"];
    let starts = text.char_indices().filter(|(at, _)| {
        signs.iter().any(|sign| text[*at..].starts_with(sign)) || (*at == 0 && text == "%s")
    });
    starts
        .filter_map(|(at, _)| {
            let (length, whose) = template(&text[at..])?;
            Some((whose, text.get(at..at + length)?))
        })
        .next()
}
