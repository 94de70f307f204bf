//! How a text is written: its indentation, its line ends, its spaces. What is added looks the same.

use serde_json::Value;

use super::tree::{Content, Node, Span};

/// The habits of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Style {
    /// One level of indentation.
    pub(super) unit: String,
    /// The end of a line.
    pub(super) line_end: &'static str,
    /// Between a name and its value.
    pub(super) colon: String,
    /// Whether lists of words stand in one line.
    pub(super) short_lists: bool,
}

impl Style {
    /// The habits of a text that was read.
    pub(super) fn of(text: &str, root: &Node) -> Self {
        let mut found = Found::default();
        found.look(text, root);
        Self {
            unit: found.unit.unwrap_or_else(|| "  ".to_owned()),
            line_end: if text.contains("\r\n") { "\r\n" } else { "\n" },
            colon: found.colon.unwrap_or_else(|| ": ".to_owned()),
            short_lists: found.short_lists.unwrap_or(false),
        }
    }

    /// The spaces at the beginning of the line in which a byte stands.
    pub(super) fn indent_at(text: &str, offset: usize) -> &str {
        let before = text.get(..offset).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = &text[start..];
        let length = line.find(|c| !matches!(c, ' ' | '\t')).unwrap_or(line.len());
        &line[..length]
    }

    /// A value over several lines; the first one is indented already.
    pub(super) fn tall(&self, value: &Value, indent: &str, out: &mut String) {
        let deeper = format!("{indent}{}", self.unit);
        let line = |out: &mut String, indent: &str, first: bool| {
            if !first {
                out.push(',');
            }
            out.push_str(self.line_end);
            out.push_str(indent);
        };
        match value {
            Value::Object(members) if !members.is_empty() => {
                out.push('{');
                for (at, (name, value)) in members.iter().enumerate() {
                    line(out, &deeper, at == 0);
                    self.name(name, out);
                    self.tall(value, &deeper, out);
                }
                out.push_str(self.line_end);
                out.push_str(indent);
                out.push('}');
            }
            Value::Array(items)
                if !(items.is_empty() || self.short_lists && items.iter().all(is_scalar)) =>
            {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    line(out, &deeper, at == 0);
                    self.tall(item, &deeper, out);
                }
                out.push_str(self.line_end);
                out.push_str(indent);
                out.push(']');
            }
            _ => self.short(value, "", out),
        }
    }

    /// A value in one line, with `pad` inside of its brackets.
    pub(super) fn short(&self, value: &Value, pad: &str, out: &mut String) {
        match value {
            Value::Object(members) if !members.is_empty() => {
                out.push('{');
                out.push_str(pad);
                for (at, (name, value)) in members.iter().enumerate() {
                    if at > 0 {
                        out.push_str(self.comma());
                    }
                    self.name(name, out);
                    self.short(value, pad, out);
                }
                out.push_str(pad);
                out.push('}');
            }
            Value::Array(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        out.push_str(self.comma());
                    }
                    self.short(item, pad, out);
                }
                out.push(']');
            }
            _ => out.push_str(&value.to_string()),
        }
    }

    pub(super) fn name(&self, name: &str, out: &mut String) {
        out.push_str(&Value::String(name.to_owned()).to_string());
        out.push_str(&self.colon);
    }

    /// A comma in a line: who writes no space after a colon writes none after a comma.
    pub(super) fn comma(&self) -> &'static str {
        if self.colon.ends_with(' ') { ", " } else { "," }
    }
}

pub(super) fn is_scalar(value: &Value) -> bool {
    !value.is_object() && !value.is_array()
}

#[derive(Default)]
struct Found {
    unit: Option<String>,
    colon: Option<String>,
    short_lists: Option<bool>,
}

impl Found {
    /// Looks until everything was seen once.
    fn look(&mut self, text: &str, node: &Node) {
        let first = match &node.content {
            Content::Object(entries) => entries.first().map(|entry| entry.name_at.start),
            Content::List(items) => items.first().map(|item| item.at.start),
            _ => None,
        };
        let Some(first) = first else { return };
        let breaks = Span::new(node.at.start, first).of(text).contains('\n');
        if self.unit.is_none() && breaks {
            let outer = Style::indent_at(text, node.at.start);
            let inner = Style::indent_at(text, first);
            self.unit =
                inner.strip_prefix(outer).filter(|unit| !unit.is_empty()).map(str::to_owned);
        }
        for entry in node.entries() {
            if self.colon.is_none() {
                let colon = Span::new(entry.name_at.end, entry.value.at.start).of(text);
                self.colon = (!colon.contains('\n')).then(|| colon.to_owned());
            }
            self.look(text, &entry.value);
        }
        let items = node.items();
        let scalars = items.iter().all(|item| matches!(item.content, Content::Scalar(_)));
        if !items.is_empty() && scalars && self.short_lists.is_none() {
            self.short_lists = Some(!breaks);
        }
        items.iter().for_each(|item| self.look(text, item));
    }
}
