//! What a cursor stands in, also while the text around it is not whole.

use super::read::read;
use super::tree::{Content, Node, Span};

/// What belongs where the cursor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A name in the object at the path.
    Name,
    /// The value at the path.
    Value,
    /// Neither.
    Nothing,
}

/// A cursor in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// What belongs here.
    pub role: Role,
    /// The object in which a name belongs, or the place of the value.
    pub path: String,
    /// The names that are in the object already, but for the one at the cursor.
    pub names: Vec<String>,
    /// What is typed up to the cursor, without its quote.
    pub prefix: String,
    /// What is typed, with its quotes: what a completion takes the place of. In bytes.
    pub at: Span,
    /// Whether a colon follows already.
    pub colon: bool,
    /// Whether a comma is missing behind it.
    pub comma: bool,
    /// The names of the containers.
    pub containers: Vec<String>,
    /// The names of the volumes.
    pub volumes: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Open(bool),
    Close,
    Comma,
    Colon,
    /// Whether it was closed.
    Text(bool),
    Bare,
}

#[derive(Debug)]
struct Frame {
    list: bool,
    place: usize,
    name: String,
    names: Vec<String>,
    colon: bool,
    valued: bool,
}

impl Frame {
    /// Whether a text that comes now is a name: at the beginning, after a comma, or after a value
    /// whose comma is missing.
    fn wants_name(&self) -> bool {
        !self.list && (!self.colon || self.valued)
    }
}

/// The context of a cursor at a byte of a text.
pub fn context(text: &str, offset: usize) -> Context {
    let tokens = tokens(text);
    let cursor = tokens.iter().position(|(kind, at)| match kind {
        Kind::Text(true) => at.start < offset && offset < at.end,
        Kind::Text(false) | Kind::Bare => at.start < offset && offset <= at.end,
        _ => false,
    });
    let before = cursor.unwrap_or_else(|| tokens.partition_point(|(_, at)| at.start < offset));
    let mut stack: Vec<Frame> = Vec::new();
    for (kind, at) in &tokens[..before] {
        step(&mut stack, *kind, at.of(text));
    }
    let at = cursor.map_or(Span::new(offset, offset), |at| typed(text, offset, tokens[at]));
    let following = &tokens[cursor.map_or(before, |at| at + 1)..];
    let prefix = Span::new(at.start, offset).of(text).trim_start_matches('"').to_owned();
    let role = match stack.last() {
        None => Role::Nothing,
        Some(frame) if frame.wants_name() => Role::Name,
        // Behind a whole item nothing more belongs before its comma.
        Some(frame) if cursor.is_none() && frame.valued => Role::Nothing,
        Some(_) => Role::Value,
    };
    let mut names = stack.last().map(|frame| frame.names.clone()).unwrap_or_default();
    names.extend(names_after(text, following));
    let next = following.first().map(|(kind, _)| *kind);
    let root = read(text).root;
    let root = root.entry("taskDefinition").map_or(&root, |entry| &entry.value);
    Context {
        role,
        path: path(&stack, role),
        names,
        prefix,
        at,
        colon: next == Some(Kind::Colon),
        comma: !matches!(next, None | Some(Kind::Comma | Kind::Close | Kind::Colon)),
        containers: named(root, "containerDefinitions"),
        volumes: named(root, "volumes"),
    }
}

fn path(stack: &[Frame], role: Role) -> String {
    let depth = stack.len();
    let step = |(at, frame): (usize, &Frame)| match (at + 1 == depth && role != Role::Value, frame)
    {
        (true, _) => None,
        (_, frame) if frame.list => Some(frame.place.to_string()),
        (_, frame) => Some(frame.name.clone()),
    };
    let mut steps: Vec<String> = stack.iter().enumerate().filter_map(step).collect();
    // The wrapper of a description is no part of the document.
    if steps.first().is_some_and(|step| step == "taskDefinition") {
        steps.remove(0);
    }
    steps.join(".")
}

/// The token at the cursor. An open text ends with its word: what follows was there before.
fn typed(text: &str, offset: usize, (kind, at): (Kind, Span)) -> Span {
    if kind != Kind::Text(false) {
        return at;
    }
    let rest = Span::new(offset, at.end).of(text);
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let word = rest.find(|c| !fits(c)).unwrap_or(rest.len());
    Span::new(at.start, offset + word)
}

/// The names that follow in the same object.
fn names_after(text: &str, following: &[(Kind, Span)]) -> Vec<String> {
    let mut names = Vec::new();
    let mut depth = 0usize;
    for (at, (kind, span)) in following.iter().enumerate() {
        let named = following.get(at + 1).is_some_and(|(next, _)| *next == Kind::Colon);
        match kind {
            Kind::Open(_) => depth += 1,
            Kind::Close if depth == 0 => break,
            Kind::Close => depth -= 1,
            Kind::Text(_) | Kind::Bare if depth == 0 && named => {
                names.push(span.of(text).trim_matches('"').to_owned());
            }
            _ => {}
        }
    }
    names
}

fn step(stack: &mut Vec<Frame>, kind: Kind, text: &str) {
    match kind {
        Kind::Open(list) => {
            if let Some(frame) = stack.last_mut() {
                frame.valued = true;
            }
            stack.push(Frame {
                list,
                place: 0,
                name: String::new(),
                names: Vec::new(),
                colon: false,
                valued: false,
            });
        }
        Kind::Close => {
            stack.pop();
        }
        Kind::Comma => {
            if let Some(frame) = stack.last_mut() {
                frame.place += 1;
                frame.colon = false;
                frame.valued = false;
            }
        }
        Kind::Colon => {
            if let Some(frame) = stack.last_mut() {
                frame.colon = true;
            }
        }
        Kind::Text(_) | Kind::Bare => {
            let Some(frame) = stack.last_mut() else { return };
            if frame.wants_name() {
                frame.name = text.trim_matches('"').to_owned();
                frame.names.push(frame.name.clone());
                frame.colon = false;
                frame.valued = false;
            } else {
                frame.valued = true;
            }
        }
    }
}

fn named(root: &Node, list: &str) -> Vec<String> {
    let items = root.entry(list).map_or(&[][..], |entry| entry.value.items());
    let name = |item: &Node| match &item.entry("name")?.value.content {
        Content::Scalar(value) => value.as_str().filter(|n| !n.is_empty()).map(str::to_owned),
        _ => None,
    };
    items.iter().filter_map(name).collect()
}

/// The text as brackets, commas, colons, texts and words.
fn tokens(text: &str) -> Vec<(Kind, Span)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let start = at;
        at += 1;
        let kind = match byte {
            b' ' | b'\n' | b'\r' | b'\t' => continue,
            b'{' => Kind::Open(false),
            b'[' => Kind::Open(true),
            b'}' | b']' => Kind::Close,
            b',' => Kind::Comma,
            b':' => Kind::Colon,
            b'"' => {
                let closed = loop {
                    match bytes.get(at) {
                        None | Some(b'\n') => break false,
                        Some(b'"') => break true,
                        Some(b'\\') if bytes.get(at + 1).is_some_and(|next| *next != b'\n') => {
                            at += 2
                        }
                        Some(_) => at += 1,
                    }
                };
                at = (at + usize::from(closed)).min(bytes.len());
                Kind::Text(closed)
            }
            _ => {
                let ends = b" \n\r\t{}[],:\"";
                while bytes.get(at).is_some_and(|byte| !ends.contains(byte)) {
                    at += 1;
                }
                Kind::Bare
            }
        };
        found.push((kind, Span::new(start, at)));
    }
    found
}
