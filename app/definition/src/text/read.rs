//! Text to a tree, whatever is wrong with it: each slip is named, and reading goes on behind it.

use serde_json::Value;

use super::lines::Lines;
use super::scan::Scan;
use super::slip::{Slip, Trouble};
use super::template;
use super::tree::{Content, Entry, Node, Span};

/// As many levels as the parser of the server takes.
const DEEPEST: usize = 127;

/// More slips than anybody mends one by one.
const MOST: usize = 100;

/// A text that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What could be read, with its places.
    pub root: Node,
    /// What is wrong, from the top. With any of them the text is no document.
    pub troubles: Vec<Trouble>,
    /// What can be read and is hardly meant: placeholders inside of quotes.
    pub doubts: Vec<Trouble>,
    /// Where lines begin.
    pub lines: Lines,
}

impl Reading {
    /// The value, when nothing is wrong.
    pub fn value(&self) -> Option<Value> {
        self.troubles.is_empty().then(|| self.root.value())
    }

    /// The line of a path, from 1: the line of its name, or of the nearest member around it that
    /// is there.
    pub fn line_of(&self, path: &str) -> usize {
        self.lines.line_of(self.place_of(path).start)
    }

    /// Where a path stands: its name, or the value of an item, or the nearest member around it that
    /// is there.
    pub fn place_of(&self, path: &str) -> Span {
        let mut path = path;
        loop {
            if let Some((name, node)) = self.root.find(path) {
                let opener = Span::new(node.at.start, (node.at.start + 1).min(node.at.end));
                let is_scalar = matches!(node.content, Content::Scalar(_));
                return name.unwrap_or(if is_scalar { node.at } else { opener });
            }
            path = path.rsplit_once('.').map_or("", |(around, _)| around);
        }
    }
}

/// Reads a text.
pub fn read(text: &str) -> Reading {
    let mut reader = Reader { scan: Scan::new(text), open: Vec::new() };
    let root = reader.document();
    let mut troubles = reader.scan.troubles;
    troubles.sort_by_key(|trouble| trouble.at.start);
    troubles.truncate(MOST);
    let doubts = if troubles.is_empty() { template::quoted(&root) } else { Vec::new() };
    Reading { root, troubles, doubts, lines: Lines::of(text) }
}

struct Reader<'a> {
    scan: Scan<'a>,
    /// The brackets that are open, each by what closes it.
    open: Vec<char>,
}

/// What is done when a closing bracket comes.
enum Closing {
    /// It closes this.
    Here,
    /// It closes what is around this: this ends too, and the bracket waits.
    Around,
    /// It closes nothing.
    Nothing,
}

impl Reader<'_> {
    fn document(&mut self) -> Node {
        let root = self.value();
        self.scan.space();
        let rest = Span::new(self.scan.at, self.scan.text.trim_end().len());
        if rest.start < rest.end && self.scan.peek().is_some() {
            let said = "this stands after the end of the document: remove it".to_owned();
            self.scan.trouble(Slip::After, rest, said, None);
        }
        root
    }

    /// A value; nothing is passed over when there is none.
    fn value(&mut self) -> Node {
        self.scan.space();
        let start = self.scan.at;
        let Some(first) = self.scan.peek() else {
            self.early();
            return missing(start);
        };
        if let Some(node) = self.placeholder() {
            return node;
        }
        match first {
            '{' | '[' if self.open.len() >= DEEPEST => {
                let said = "this is nested too deep".to_owned();
                self.scan.trouble(Slip::Deep, Span::new(start, start + 1), said, None);
                self.scan.at = self.scan.text.len();
                missing(start)
            }
            '{' => self.object(),
            '[' => self.list(),
            ',' | '}' | ']' | ':' => {
                let said = "expected value".to_owned();
                self.scan.trouble(Slip::Value, Span::new(start, start + 1), said, None);
                missing(start)
            }
            _ => {
                let value = match self.scan.text_value() {
                    Some(text) => Some(Value::String(text)),
                    None => self.scan.bare_value(),
                };
                let content = value.map_or(Content::Missing, Content::Scalar);
                Node { at: Span::new(start, self.scan.at), content }
            }
        }
    }

    /// A placeholder where a value or a member belongs.
    fn placeholder(&mut self) -> Option<Node> {
        let start = self.scan.at;
        let (length, whose) = template::template(&self.scan.text[start..])?;
        let at = Span::new(start, start + length);
        let said = template::words(whose, at.of(self.scan.text));
        self.scan.trouble(Slip::Template, at, said, None);
        self.scan.at = at.end;
        // A placeholder may go on: `${REGISTRY}/app:1`.
        self.scan.skip_bare();
        Some(missing(start))
    }

    fn object(&mut self) -> Node {
        let start = self.scan.at;
        self.scan.at += 1;
        self.open.push('}');
        let mut entries: Vec<Entry> = Vec::new();
        let (mut comma, mut last) = (None, None);
        while self.goes_on('}', &mut comma, last) {
            let Some((name, name_at)) = self.name() else {
                last = None;
                continue;
            };
            let value = self.after_name(name_at);
            last = Some(value.at.end);
            entries.push(Entry { name, name_at, value });
            comma = self.scan.comma();
        }
        self.open.pop();
        self.duplicates(&entries);
        Node { at: Span::new(start, self.scan.at), content: Content::Object(entries) }
    }

    fn list(&mut self) -> Node {
        let start = self.scan.at;
        self.scan.at += 1;
        self.open.push(']');
        let mut items: Vec<Node> = Vec::new();
        let (mut comma, mut last) = (None, None);
        while self.goes_on(']', &mut comma, last) {
            if self.scan.peek() == Some(':') {
                self.unexpected("a list has no names: write { … } around names and values");
                last = None;
                continue;
            }
            let item = self.value();
            last = Some(item.at.end);
            items.push(item);
            comma = self.scan.comma();
        }
        self.open.pop();
        Node { at: Span::new(start, self.scan.at), content: Content::List(items) }
    }

    /// Whether another member or item follows. Names what is wrong between two, and passes over
    /// the bracket that ends this.
    fn goes_on(&mut self, closer: char, comma: &mut Option<usize>, last: Option<usize>) -> bool {
        loop {
            self.scan.space();
            let at = self.scan.at;
            let here = Span::new(at, at + self.scan.peek().map_or(0, char::len_utf8));
            match self.scan.peek() {
                None => {
                    self.early();
                    return false;
                }
                Some(',') => {
                    let said = "this comma has nothing before it: remove it".to_owned();
                    self.scan.trouble(Slip::ExtraComma, here, said, Some(String::new()));
                    self.scan.at += 1;
                }
                Some(bracket @ ('}' | ']')) => {
                    if let Some(comma) = comma.take() {
                        let said = "this comma is the last one, and nothing follows it: remove it";
                        let at = Span::new(comma, comma + 1);
                        let mend = Some(String::new());
                        self.scan.trouble(Slip::TrailingComma, at, said.to_owned(), mend);
                    }
                    match self.closing(bracket, closer) {
                        Closing::Here => self.scan.at += 1,
                        Closing::Around => {
                            let said = format!("a {closer} is missing before this {bracket}");
                            let at = Span::new(at, at);
                            self.scan.trouble(Slip::Bracket, at, said, Some(closer.to_string()));
                        }
                        Closing::Nothing => {
                            let said = format!("this {bracket} must be a {closer}");
                            self.scan.trouble(Slip::Bracket, here, said, Some(closer.to_string()));
                            self.scan.at += 1;
                        }
                    }
                    return false;
                }
                Some(_) => {
                    if let (None, Some(end)) = (comma.take(), last) {
                        let said = "a comma is missing before this".to_owned();
                        let mend = Some((Span::new(end, end), ",".to_owned()));
                        let slip = Slip::MissingComma;
                        self.scan.troubles.push(Trouble { slip, at: here, said, mend });
                    }
                    return true;
                }
            }
        }
    }

    fn closing(&self, bracket: char, closer: char) -> Closing {
        if bracket == closer {
            return Closing::Here;
        }
        let around = self.open.iter().rev().skip(1).any(|open| *open == bracket);
        if around { Closing::Around } else { Closing::Nothing }
    }

    /// A name; what can't be one is named and passed over.
    fn name(&mut self) -> Option<(String, Span)> {
        let start = self.scan.at;
        if self.placeholder().is_some() {
            self.scan.comma();
            return None;
        }
        if let Some(name) = self.scan.text_value() {
            return Some((name, Span::new(start, self.scan.at)));
        }
        if let Some(name) = self.scan.identifier() {
            let at = Span::new(start, self.scan.at);
            let mend = Some(Value::String(name.clone()).to_string());
            let said = format!("the name {name} needs double quotes");
            self.scan.trouble(Slip::UnquotedName, at, said, mend);
            return Some((name, at));
        }
        self.unexpected("expected a name in double quotes");
        None
    }

    /// Names what stands here and passes over it, with all that is inside of it.
    fn unexpected(&mut self, said: &str) {
        let start = self.scan.at;
        let first = self.scan.peek().map_or(0, char::len_utf8);
        self.scan.trouble(Slip::Value, Span::new(start, start + first), said.to_owned(), None);
        match self.scan.peek() {
            Some('{' | '[') if self.open.len() < DEEPEST => {
                self.value();
            }
            _ => self.scan.at += first,
        }
        self.scan.skip_bare();
        self.scan.comma();
    }

    fn after_name(&mut self, name: Span) -> Node {
        self.scan.space();
        match self.scan.peek() {
            Some(':') => self.scan.at += 1,
            None => {
                self.early();
                return missing(self.scan.at);
            }
            other => {
                let at = self.scan.at;
                let (at, mend) = if other == Some('=') {
                    self.scan.at += 1;
                    (Span::new(at, at + 1), Some(":".to_owned()))
                } else {
                    (Span::new(name.end, name.end), None)
                };
                let said = "a colon and a value belong after the name".to_owned();
                self.scan.trouble(Slip::Colon, at, said, mend);
                if matches!(other, Some(',' | '}' | ']')) {
                    return missing(self.scan.at);
                }
            }
        }
        self.value()
    }

    /// Says it when a name stands in its object twice.
    fn duplicates(&mut self, entries: &[Entry]) {
        let mut by_name: Vec<&Entry> = entries.iter().collect();
        // The sort is stable: entries of one name stay in the order of the text.
        by_name.sort_by(|one, other| one.name.cmp(&other.name));
        let twice = by_name.windows(2).filter(|pair| pair[0].name == pair[1].name);
        let mut lines = None;
        // More are cut off anyway.
        for pair in twice.take(MOST) {
            let lines = lines.get_or_insert_with(|| Lines::of(self.scan.text));
            let line = lines.line_of(pair[0].name_at.start);
            let said = format!(
                "{} stands twice in this object, also in line {line}. ECS would take the last: remove one",
                pair[1].name
            );
            self.scan.trouble(Slip::Duplicate, pair[1].name_at, said, None);
        }
    }

    /// The text ends here; said once, with all that is still open.
    fn early(&mut self) {
        if self.scan.troubles.iter().any(|trouble| matches!(trouble.slip, Slip::Early | Slip::Deep))
        {
            return;
        }
        let closers: String = self.open.iter().rev().collect();
        let said = match closers.as_str() {
            "" => "the text ends too early".to_owned(),
            closers => format!("the text ends too early: {closers} is missing"),
        };
        let at = Span::new(self.scan.at, self.scan.at);
        let mend = (!closers.is_empty()).then_some(closers);
        self.scan.trouble(Slip::Early, at, said, mend);
    }
}

fn missing(at: usize) -> Node {
    Node { at: Span::new(at, at), content: Content::Missing }
}
