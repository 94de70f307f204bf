//! The smallest change of a text that gives it another value: what did not change keeps every
//! character, its spaces and the way its numbers and letters are written.

use serde_json::Value;

use super::read::read;
use super::style::{Style, is_scalar};
use super::tree::{Content, Node, Span};

/// The text with `new` in the place of `old`. What the text has beyond `old`, such as a null that
/// means nothing, stays. `None` when the text can't be read.
pub fn patch(text: &str, old: &Value, new: &Value) -> Option<String> {
    let reading = read(text);
    reading.troubles.is_empty().then(|| patch_node(text, &reading.root, &reading.root, old, new))
}

/// The whole text, with `new` in the place of `old` at one node of it.
pub(crate) fn patch_node(text: &str, root: &Node, at: &Node, old: &Value, new: &Value) -> String {
    let patch = Patch { text, style: Style::of(text, root) };
    let mut out = String::with_capacity(text.len() + 256);
    out.push_str(&text[..at.at.start]);
    patch.node(at, old, new, true, &mut out);
    out.push_str(&text[at.at.end..]);
    out
}

struct Patch<'a> {
    text: &'a str,
    style: Style,
}

/// A member or item with what stands around it: `lead` before it, `tail` between it and the comma
/// or bracket behind it.
struct Piece {
    lead: String,
    body: String,
    tail: String,
    /// Its place in the text; none for what is added.
    place: Option<usize>,
}

/// An item of the new list, and the old one that it was.
#[derive(Clone, Copy)]
enum Origin {
    Old(usize),
    New,
}

impl Patch<'_> {
    /// Writes a node. `tall` says whether the text around it is broken into lines.
    fn node(&self, node: &Node, old: &Value, new: &Value, tall: bool, out: &mut String) {
        match (&node.content, old, new) {
            _ if old == new => out.push_str(node.at.of(self.text)),
            (Content::Object(_), Value::Object(_), Value::Object(_)) => {
                let pieces = self.members(node, old, new, tall);
                self.put('{', '}', node, pieces, tall, out);
            }
            (Content::List(items), Value::Array(before), Value::Array(_))
                if items.len() == before.len() =>
            {
                let pieces = self.items(node, before, new, tall);
                self.put('[', ']', node, pieces, tall, out);
            }
            _ => {
                let tall = tall || node.at.of(self.text).contains('\n');
                self.fresh(new, Style::indent_at(self.text, node.at.start), tall, "", out);
            }
        }
    }

    fn fresh(&self, value: &Value, indent: &str, tall: bool, pad: &str, out: &mut String) {
        if tall && !is_scalar(value) {
            self.style.tall(value, indent, out);
        } else {
            self.style.short(value, pad, out);
        }
    }

    /// Where each member or item stands, with its name.
    fn spans(node: &Node) -> Vec<Span> {
        match &node.content {
            Content::Object(entries) => entries
                .iter()
                .map(|entry| Span::new(entry.name_at.start, entry.value.at.end))
                .collect(),
            Content::List(items) => items.iter().map(|item| item.at).collect(),
            _ => Vec::new(),
        }
    }

    /// What stands around each member or item.
    fn around(&self, node: &Node) -> Vec<(&str, &str)> {
        let spans = Self::spans(node);
        let mut around = Vec::with_capacity(spans.len());
        let mut from = node.at.start + 1;
        for (at, span) in spans.iter().enumerate() {
            let lead = Span::new(from, span.start).of(self.text);
            let rest = match spans.get(at + 1) {
                Some(next) => Span::new(span.end, next.start).of(self.text),
                None => Span::new(span.end, node.at.end - 1).of(self.text),
            };
            let tail = rest.split(',').next().unwrap_or_default();
            from = span.end + tail.len() + 1;
            around.push((lead, tail));
        }
        around
    }

    fn kept(&self, around: &[(&str, &str)], place: usize, body: String) -> Piece {
        let (lead, tail) = around.get(place).copied().unwrap_or_default();
        Piece { lead: lead.to_owned(), body, tail: tail.to_owned(), place: Some(place) }
    }

    fn members(&self, node: &Node, old: &Value, new: &Value, tall: bool) -> Vec<Piece> {
        let around = self.around(node);
        let tall = self.is_tall(node, tall);
        let (Value::Object(old), Value::Object(new)) = (old, new) else { return Vec::new() };
        let renamed = |name: &str| {
            let value = old.get(name)?;
            let place = old.keys().position(|other| other == name)?;
            let (other, same) = new.iter().nth(place)?;
            let is_new = !old.contains_key(other) && node.entry(other).is_none();
            (is_new && same == value).then_some(other)
        };
        let mut pieces = Vec::new();
        let mut names: Vec<&str> = Vec::new();
        for (place, entry) in node.entries().iter().enumerate() {
            let name = entry.name.as_str();
            let named = |name: Span| Span::new(name.start, entry.value.at.start).of(self.text);
            let mut body = String::new();
            match (old.get(name), new.get(name)) {
                (Some(before), Some(after)) => {
                    body.push_str(named(entry.name_at));
                    self.node(&entry.value, before, after, tall, &mut body);
                    names.push(name);
                }
                // The text has more than the old value: it stays, unless it is wanted now.
                (None, Some(after)) => {
                    body.push_str(named(entry.name_at));
                    self.node(&entry.value, &entry.value.value(), after, tall, &mut body);
                    names.push(name);
                }
                (None, None) => {
                    body.push_str(Span::new(entry.name_at.start, entry.value.at.end).of(self.text));
                    names.push(name);
                }
                (Some(_), None) => {
                    let Some(name) = renamed(name) else { continue };
                    body.push_str(&Value::String(name.clone()).to_string());
                    let rest = Span::new(entry.name_at.end, entry.value.at.end);
                    body.push_str(rest.of(self.text));
                    names.push(name);
                }
            }
            pieces.push(self.kept(&around, place, body));
        }
        let mut after = 0;
        for (name, value) in new {
            if let Some(at) = names.iter().position(|other| other == name) {
                after = at + 1;
            } else if old.get(name) != Some(value) {
                let mut body = String::new();
                self.style.name(name, &mut body);
                self.fresh(value, &self.inner_indent(node, tall), tall, "", &mut body);
                let (lead, tail) = (String::new(), String::new());
                pieces.insert(after, Piece { lead, body, tail, place: None });
                names.insert(after, name);
                after += 1;
            }
        }
        pieces
    }

    fn items(&self, node: &Node, old: &[Value], new: &Value, tall: bool) -> Vec<Piece> {
        let around = self.around(node);
        let tall = self.is_tall(node, tall);
        let new = new.as_array().map_or(&[][..], Vec::as_slice);
        let nodes = node.items();
        // An object that is added looks like its neighbours.
        let like = nodes
            .iter()
            .rev()
            .find(|item| matches!(&item.content, Content::Object(e) if !e.is_empty()));
        let short = like.is_some_and(|item| !item.at.of(self.text).contains('\n'));
        let pad = like.and_then(|item| self.around(item).first().map(|(lead, _)| *lead));
        let pad = pad.filter(|_| short).unwrap_or_default();
        let broken = tall || node.at.of(self.text).contains('\n');
        let indent = self.inner_indent(node, tall);
        let write = |(value, origin): (&Value, Origin)| match origin {
            Origin::Old(place) => {
                let mut body = String::new();
                self.node(&nodes[place], &old[place], value, tall, &mut body);
                self.kept(&around, place, body)
            }
            Origin::New => {
                let mut body = String::new();
                self.fresh(value, &indent, broken && !(short && value.is_object()), pad, &mut body);
                Piece { lead: String::new(), body, tail: String::new(), place: None }
            }
        };
        new.iter().zip(origins(old, new)).map(write).collect()
    }

    /// Whether the members of a node stand in lines of their own.
    fn is_tall(&self, node: &Node, around: bool) -> bool {
        let spans = Self::spans(node);
        if spans.is_empty() {
            return around;
        }
        self.separator(node, around).contains('\n')
    }

    /// The indentation of what is added to a node.
    fn inner_indent(&self, node: &Node, tall: bool) -> String {
        if !tall {
            return Style::indent_at(self.text, node.at.start).to_owned();
        }
        let lead = self.separator(node, tall);
        lead.rsplit('\n').next().unwrap_or_default().to_owned()
    }

    /// What stands before a member or item that is not the first.
    fn separator(&self, node: &Node, tall: bool) -> String {
        let around = self.around(node);
        let broken = |lead: &str| {
            let indent = lead.rsplit('\n').next().unwrap_or_default();
            format!("{}{indent}", self.style.line_end)
        };
        match around.as_slice() {
            [] if tall => {
                let indent = Style::indent_at(self.text, node.at.start);
                format!("{}{indent}{}", self.style.line_end, self.style.unit)
            }
            [.., (lead, _)] if lead.contains('\n') => broken(lead),
            [(first, _)] if first.contains('\n') => broken(first),
            [_, .., (lead, _)] => (*lead).to_owned(),
            _ => self.style.comma()[1..].to_owned(),
        }
    }

    /// Writes the pieces between brackets, each with what stood around it where that still fits.
    fn put(
        &self,
        open: char,
        close: char,
        node: &Node,
        pieces: Vec<Piece>,
        tall: bool,
        out: &mut String,
    ) {
        let around = self.around(node);
        let tall = self.is_tall(node, tall);
        let separator = self.separator(node, tall);
        let (first_lead, last_tail) = match (around.first(), around.last()) {
            (Some((lead, _)), Some((_, tail))) => ((*lead).to_owned(), (*tail).to_owned()),
            _ if tall => {
                let indent = Style::indent_at(self.text, node.at.start);
                (separator.clone(), format!("{}{indent}", self.style.line_end))
            }
            _ => (String::new(), String::new()),
        };
        let last = pieces.len().saturating_sub(1);
        out.push(open);
        for (at, piece) in pieces.iter().enumerate() {
            let was_first = piece.place == Some(0);
            let was_last = piece.place.is_some_and(|place| place + 1 == around.len());
            let lead = match piece.place {
                _ if at == 0 => &first_lead,
                Some(_) if !was_first => &piece.lead,
                _ => &separator,
            };
            let tail = match piece.place {
                _ if at == last => last_tail.as_str(),
                Some(_) if !was_last => &piece.tail,
                _ => "",
            };
            out.extend([lead.as_str(), &piece.body, tail]);
            if at < last {
                out.push(',');
            }
        }
        out.push(close);
    }
}

/// For each new item the old one that it was: the same, or one of the same name, or, when as many
/// are left on both sides, the next.
fn origins(old: &[Value], new: &[Value]) -> Vec<Origin> {
    let same = |pair: &(&Value, &Value)| pair.0 == pair.1;
    let head = old.iter().zip(new).take_while(same).count();
    let rest = (old.len() - head).min(new.len() - head);
    let tail = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(same).count();
    let mut free: Vec<bool> =
        (0..old.len()).map(|at| at >= head && at < old.len() - tail).collect();
    let mut found: Vec<Option<usize>> = (0..new.len())
        .map(|at| match at {
            _ if at < head => Some(at),
            _ if at >= new.len() - tail => Some(at + old.len() - new.len()),
            _ => None,
        })
        .collect();
    let mut claim = |found: &mut Vec<Option<usize>>, fits: &dyn Fn(&Value, &Value) -> bool| {
        for at in 0..new.len() {
            if found[at].is_none() {
                let match_at =
                    (0..old.len()).find(|place| free[*place] && fits(&old[*place], &new[at]));
                if let Some(place) = match_at {
                    free[place] = false;
                    found[at] = Some(place);
                }
            }
        }
    };
    claim(&mut found, &|old, new| old == new);
    claim(&mut found, &|old, new| name_of(old).is_some_and(|name| name_of(new) == Some(name)));
    let unknown = found.iter().filter(|origin| origin.is_none()).count();
    if free.iter().filter(|free| **free).count() == unknown {
        let mut left = (0..old.len()).filter(|place| free[*place]);
        for origin in found.iter_mut().filter(|origin| origin.is_none()) {
            *origin = left.next();
        }
    }
    found.into_iter().map(|origin| origin.map_or(Origin::New, Origin::Old)).collect()
}

/// What an item of a list is known by.
fn name_of(item: &Value) -> Option<&Value> {
    let names = ["name", "key", "containerName", "sourceVolume", "containerPort", "type"];
    names.into_iter().find_map(|name| item.get(name))
}
