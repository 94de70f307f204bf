//! The types of the members: what ECS can't even read. Its own sentence on it names no member, so
//! the console's does. A member that is not known here passes: ECS gets new ones.

use serde_json::Value;

use super::place::Place;
use super::shapes::{Shape, TASK};
use crate::document::steps;
use crate::finding::Findings;

/// What a path of the document must hold. A place in a list is a number or `*`.
pub fn shape_at(path: &str) -> Option<&'static Shape> {
    let place = |step: &str| step == "*" || step.bytes().all(|byte| byte.is_ascii_digit());
    steps(path).try_fold(&TASK, |shape, step| match shape {
        Shape::Object(members) => {
            members.iter().find(|(name, _)| *name == step).map(|(_, shape)| shape)
        }
        Shape::List(each) if place(step) => Some(*each),
        Shape::Texts => Some(&Shape::Text),
        _ => None,
    })
}

/// Names the members of the wrong type.
pub(super) fn check(root: &Place<'_>, found: &mut Findings) {
    fit(root, &TASK, found);
}

fn fit(place: &Place<'_>, shape: &Shape, found: &mut Findings) {
    let value = place.value;
    let (fits, said) = match shape {
        Shape::Text => (value.is_string(), "This must be a text: write it in quotes."),
        Shape::Number => (value.is_i64() || value.is_u64(), "Write a whole number."),
        Shape::Truth => (value.is_boolean(), "This must be true or false, without quotes."),
        Shape::List(_) => (value.is_array(), "This must be a list: [ … ]."),
        Shape::Texts | Shape::Object(_) => (value.is_object(), "This must be an object: { … }."),
    };
    if !fits {
        let finding = found.refuse("type", place.path(), said);
        if let Some(meant) = meant(value, shape) {
            finding.fix_by_setting(format!("Write {meant}"), meant);
        }
        return;
    }
    match shape {
        Shape::Text | Shape::Number | Shape::Truth => {}
        Shape::List(each) => place.each().for_each(|item| fit(&item, each, found)),
        Shape::Texts => place.members().for_each(|(_, text)| fit(&text, &Shape::Text, found)),
        Shape::Object(members) => {
            for (name, shape) in *members {
                // ECS reads null as absent.
                if let Some(member) = place.get(name).filter(|member| !member.value.is_null()) {
                    fit(&member, shape, found);
                }
            }
        }
    }
}

/// The value of the right type that says the same: quotes too many or too few.
fn meant(value: &Value, shape: &Shape) -> Option<Value> {
    match (shape, value) {
        (Shape::Text, Value::Number(_) | Value::Bool(_)) => Some(value.to_string().into()),
        (Shape::Number, Value::String(text)) => text.trim().parse::<i64>().ok().map(Value::from),
        (Shape::Truth, Value::String(text)) => text.trim().parse::<bool>().ok().map(Value::from),
        _ => None,
    }
}
