//! YAML to values. CloudFormation's short tags become its long form, anchors and merge keys are
//! followed, and a text that unfolds to something huge is refused.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, Tag};
use serde_json::{Map, Value, json};

use super::started::Trouble;

/// As many values as a text may unfold to: a few lines of anchors can make millions.
const VALUES_MAX: usize = 200_000;
/// As deep as values may lie in each other.
const DEPTH_MAX: usize = 100;

/// Every document of a text.
pub(super) fn documents(text: &str) -> Result<Vec<Value>, Trouble> {
    let mut reader = Reader {
        events: Parser::new_from_str(text).keep_tags(true),
        anchors: HashMap::new(),
        values: 0,
    };
    let mut documents = Vec::new();
    while let Some((event, span)) = reader.next()? {
        match event {
            Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing => {}
            Event::StreamEnd => break,
            event => documents.push(reader.value(event, span, 0)?),
        }
    }
    documents.retain(|document: &Value| !document.is_null());
    Ok(documents)
}

struct Reader<'a> {
    events: Parser<'a, saphyr_parser::StrInput<'a>>,
    anchors: HashMap<usize, Value>,
    values: usize,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<Option<(Event<'a>, Span)>, Trouble> {
        self.events.next_event().transpose().map_err(|error| trouble(&error))
    }

    fn wanted(&mut self) -> Result<(Event<'a>, Span), Trouble> {
        self.next()?.ok_or_else(|| Trouble::whole("The text ends too early."))
    }

    fn value(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Value, Trouble> {
        self.count(1, span)?;
        if depth > DEPTH_MAX {
            return Err(place(span, "This is nested too deeply to be read."));
        }
        let (anchor, value) = match event {
            Event::Alias(id) => {
                let value = self.anchors.get(&id).cloned().unwrap_or_default();
                self.count(size(&value), span)?;
                return Ok(value);
            }
            Event::Scalar(text, style, anchor, tag) => {
                (anchor, tagged(scalar(&text, style, tag.as_deref()), tag.as_deref()))
            }
            Event::SequenceStart(anchor, tag) => {
                let mut items = Vec::new();
                loop {
                    match self.wanted()? {
                        (Event::SequenceEnd, _) => break,
                        (event, span) => items.push(self.value(event, span, depth + 1)?),
                    }
                }
                (anchor, tagged(Value::Array(items), tag.as_deref()))
            }
            Event::MappingStart(anchor, tag) => {
                let members = self.members(depth)?;
                (anchor, tagged(Value::Object(members), tag.as_deref()))
            }
            _ => return Err(place(span, "This can't stand here.")),
        };
        if anchor > 0 {
            self.anchors.insert(anchor, value.clone());
        }
        Ok(value)
    }

    fn members(&mut self, depth: usize) -> Result<Map<String, Value>, Trouble> {
        let (mut members, mut merged) = (Map::new(), Vec::new());
        loop {
            let (event, span) = self.wanted()?;
            if matches!(event, Event::MappingEnd) {
                break;
            }
            let key = match self.value(event, span, depth + 1)? {
                Value::String(key) => key,
                other => other.to_string(),
            };
            let (event, span) = self.wanted()?;
            let value = self.value(event, span, depth + 1)?;
            if key == "<<" {
                merged.push(value);
            } else {
                members.insert(key, value);
            }
        }
        // What is written here goes before what is merged, and the first merged before the next.
        for value in merged {
            let sources = match value {
                Value::Array(items) => items,
                other => vec![other],
            };
            for source in sources {
                for (key, value) in source.as_object().into_iter().flatten() {
                    members.entry(key.clone()).or_insert_with(|| value.clone());
                }
            }
        }
        Ok(members)
    }

    fn count(&mut self, more: usize, span: Span) -> Result<(), Trouble> {
        self.values += more;
        if self.values > VALUES_MAX {
            return Err(place(span, "This unfolds to more values than can be read."));
        }
        Ok(())
    }
}

fn size(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(size).sum::<usize>(),
        _ => 1,
    }
}

/// A scalar by YAML 1.2's core schema.
fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Value {
    let as_text = tag.is_some_and(|tag| tag.suffix == "str" && tag.is_yaml_core_schema());
    if style != ScalarStyle::Plain || as_text {
        return Value::String(text.to_owned());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    // Account numbers and modes such as 0755 begin with a zero that must stay.
    let leading_zero = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    if digits.starts_with(|c: char| c.is_ascii_digit()) && !leading_zero {
        if let Ok(number) = text.parse::<i64>() {
            return json!(number);
        }
        // Only what is written as a number again as it was: 1.10 is a version.
        if let Ok(number) = text.parse::<f64>()
            && number.to_string() == text
        {
            return json!(number);
        }
    }
    Value::String(text.to_owned())
}

/// CloudFormation's functions that have a short tag.
const FUNCTIONS: [&str; 19] = [
    "Sub",
    "GetAtt",
    "Join",
    "If",
    "Select",
    "Split",
    "FindInMap",
    "ImportValue",
    "Base64",
    "Cidr",
    "GetAZs",
    "Transform",
    "ToJsonString",
    "Length",
    "Equals",
    "Not",
    "And",
    "Or",
    "ForEach",
];

fn tagged(value: Value, tag: Option<&Tag>) -> Value {
    let Some(tag) = tag.filter(|tag| tag.handle == "!") else { return value };
    match tag.suffix.as_str() {
        name @ ("Ref" | "Condition") => json!({name: value}),
        name if FUNCTIONS.contains(&name) => json!({format!("Fn::{name}"): value}),
        // Compose marks what is to be replaced with tags of its own.
        _ => value,
    }
}

fn trouble(error: &ScanError) -> Trouble {
    let mark = error.marker();
    let said = match error.info() {
        said if said.contains("tab") => "YAML is indented by spaces, never by tabs.".to_owned(),
        said => format!("This is no YAML here: {said}."),
    };
    Trouble::at(mark.line(), mark.col() + 1, said)
}

fn place(span: Span, said: &str) -> Trouble {
    Trouble::at(span.start.line(), span.start.col() + 1, said)
}
