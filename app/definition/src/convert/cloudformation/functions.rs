//! What CloudFormation's functions stand for, as far as a template tells by itself.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::super::started::Notes;

/// What a template says of its surroundings.
pub(super) struct Stack<'a> {
    defaults: HashMap<&'a str, Value>,
    mappings: Option<&'a Map<String, Value>>,
}

impl<'a> Stack<'a> {
    /// The parameters that have a default, and the mappings.
    pub(super) fn of(template: &'a Value) -> Self {
        let parameters = template.get("Parameters").and_then(Value::as_object);
        let default = |(name, parameter): (&'a String, &'a Value)| {
            let default = parameter.get("Default")?;
            let kind = parameter.get("Type").and_then(Value::as_str).unwrap_or_default();
            // The default of an SSM parameter is its name, not its value.
            if kind.starts_with("AWS::SSM") {
                return None;
            }
            let is_list = kind == "CommaDelimitedList" || kind.starts_with("List<");
            let words = |text: &str| text.split(',').map(|word| word.trim().into()).collect();
            let value = match default.as_str() {
                Some(text) if is_list => Value::Array(words(text)),
                _ => default.clone(),
            };
            Some((name.as_str(), value))
        };
        Self {
            defaults: parameters.into_iter().flatten().filter_map(default).collect(),
            mappings: template.get("Mappings").and_then(Value::as_object),
        }
    }

    /// What a value stands for; `None` when the template says that there is none.
    pub(super) fn resolve(&self, value: &Value, path: &str, notes: &mut Notes) -> Option<Value> {
        let function = value.as_object().filter(|members| members.len() == 1);
        let Some((name, argument)) = function.and_then(|members| members.iter().next()) else {
            self.look_for_references(value, path, notes);
            return (!value.is_null()).then(|| value.clone());
        };
        let known = match name.as_str() {
            "Ref" => return self.reference(argument, path, notes),
            "Fn::If" => return self.either(argument, path, notes),
            "Fn::Sub" => self.substitute(argument, path, notes),
            "Fn::Join" => self.join(argument, path, notes),
            "Fn::Select" => self.select(argument, path, notes),
            "Fn::Split" => self.split(argument, path, notes),
            "Fn::FindInMap" => self.find_in_map(argument, path, notes),
            "Fn::GetAtt" => None,
            name if name.starts_with("Fn::") => None,
            _ => return Some(value.clone()),
        };
        Some(known.unwrap_or_else(|| {
            let short = name.trim_start_matches("Fn::");
            placeholder(short, &words(argument), path, notes)
        }))
    }

    fn reference(&self, argument: &Value, path: &str, notes: &mut Notes) -> Option<Value> {
        let name = argument.as_str().unwrap_or_default();
        if name == "AWS::NoValue" {
            return None;
        }
        if let Some(default) = self.defaults.get(name) {
            return Some(default.clone());
        }
        Some(placeholder("Ref", name, path, notes))
    }

    /// Nobody knows here which conditions hold, so the first way is taken, unless it is nothing.
    fn either(&self, argument: &Value, path: &str, notes: &mut Notes) -> Option<Value> {
        let [condition, yes, no] = argument.as_array()?.as_slice() else { return None };
        let condition = condition.as_str().unwrap_or("its condition");
        let nothing =
            |value: &Value| value.get("Ref").and_then(Value::as_str) == Some("AWS::NoValue");
        if nothing(yes) {
            notes.changed(path, format!("Taken as if {condition} does not hold."));
            return self.resolve(no, path, notes);
        }
        notes.changed(path, format!("Taken as if {condition} holds."));
        self.resolve(yes, path, notes)
    }

    /// `${Name}` for what is known; the rest stays as it is written.
    fn substitute(&self, argument: &Value, path: &str, notes: &mut Notes) -> Option<Value> {
        let (text, own) = match argument {
            Value::String(text) => (text.as_str(), None),
            Value::Array(parts) => (parts.first()?.as_str()?, parts.get(1)?.as_object()),
            _ => return None,
        };
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            filled.push_str(before);
            let Some((name, after)) = after.split_once('}') else {
                filled.push_str("${");
                rest = after;
                continue;
            };
            rest = after;
            if let Some(literal) = name.strip_prefix('!') {
                filled.push_str(&format!("${{{literal}}}"));
                continue;
            }
            let value = own
                .and_then(|own| own.get(name))
                .and_then(|value| self.resolve(value, path, notes))
                .or_else(|| self.defaults.get(name).cloned());
            match value {
                Some(value) => filled.push_str(&words(&value)),
                None => {
                    let name = name.trim();
                    let kind = if name.contains('.') { "GetAtt" } else { "Ref" };
                    filled.push_str(&words(&placeholder(kind, name, path, notes)));
                }
            }
        }
        filled.push_str(rest);
        Some(Value::String(filled))
    }

    fn join(&self, argument: &Value, path: &str, notes: &mut Notes) -> Option<Value> {
        let [Value::String(between), list] = argument.as_array()?.as_slice() else { return None };
        let list = self.resolve(list, path, notes)?;
        let part = |part: &Value| self.resolve(part, path, notes).map(|part| words(&part));
        let parts: Vec<String> = list.as_array()?.iter().filter_map(part).collect();
        Some(Value::String(parts.join(between)))
    }

    fn select(&self, argument: &Value, path: &str, notes: &mut Notes) -> Option<Value> {
        let [place, list] = argument.as_array()?.as_slice() else { return None };
        let place: usize = words(place).parse().ok()?;
        // What is looked into is no placeholder of its own.
        let list = self.resolve(list, path, &mut Notes::default())?;
        self.resolve(list.as_array()?.get(place)?, path, notes)
    }

    fn split(&self, argument: &Value, path: &str, notes: &mut Notes) -> Option<Value> {
        let [Value::String(between), text] = argument.as_array()?.as_slice() else { return None };
        let text = self.resolve(text, path, notes)?;
        let text = text.as_str().filter(|text| !text.contains("${"))?;
        Some(text.split(between.as_str()).map(Value::from).collect())
    }

    fn find_in_map(&self, argument: &Value, path: &str, _: &mut Notes) -> Option<Value> {
        let keys = argument.as_array()?;
        let key = |at: usize| {
            let key = self.resolve(keys.get(at)?, path, &mut Notes::default())?;
            Some(words(&key))
        };
        self.mappings?.get(&key(0)?)?.get(key(1)?)?.get(key(2)?).cloned()
    }

    /// `{{resolve:…}}`, which CloudFormation reads from elsewhere and ECS takes as plain text.
    fn look_for_references(&self, value: &Value, path: &str, notes: &mut Notes) {
        if value.as_str().is_some_and(|text| text.contains("{{resolve:")) {
            notes.open(
                path,
                "CloudFormation would read this from elsewhere; ECS takes it as plain text. Write the value, or make it a secret.",
            );
        }
    }
}

/// Readable text for what only a stack would know.
fn placeholder(function: &str, name: &str, path: &str, notes: &mut Notes) -> Value {
    let said = match function {
        "Ref" if name.starts_with("AWS::") => {
            format!("{name} is known in a stack only. Write its value.")
        }
        "Ref" => format!(
            "{name} has no value in the template: it is a parameter without a default, or another resource. Write its value."
        ),
        _ => format!("Only a stack can say what {function} of {name} is. Write its value."),
    };
    notes.open(path, said);
    Value::String(format!("${{{function}:{name}}}"))
}

/// A value inside a text.
fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(words).collect::<Vec<_>>().join("."),
        Value::Object(members) => match members.iter().next() {
            Some((_, argument)) if members.len() == 1 => words(argument),
            _ => value.to_string(),
        },
        other => other.to_string(),
    }
}
