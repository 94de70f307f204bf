//! A task definition whose members have the wrong type can't be read: a SerializationException,
//! which names no member. Unknown members are let pass.

use serde_json::Value;

use super::Check;
use super::shapes::{Shape, TASK};
use crate::refusal::Refusal;

pub(super) fn check(document: &Value) -> Check {
    fit(document, &TASK)
}

fn fit(value: &Value, shape: &Shape) -> Check {
    match (shape, value) {
        (Shape::Text, Value::String(_)) | (Shape::Truth, Value::Bool(_)) => Ok(()),
        (Shape::Number, Value::Number(number)) if number.is_i64() => Ok(()),
        (Shape::List(each), Value::Array(items)) => {
            items.iter().try_for_each(|item| fit(item, each))
        }
        (Shape::Texts, Value::Object(texts)) => {
            texts.values().try_for_each(|text| fit(text, &Shape::Text))
        }
        (Shape::Object(members), Value::Object(given)) => {
            let present = |name: &str| given.get(name).filter(|member| !member.is_null());
            members
                .iter()
                .filter_map(|(name, shape)| Some((present(name)?, shape)))
                .try_for_each(|(member, shape)| fit(member, shape))
        }
        _ => Err(Refusal::malformed(sentence(value, shape))),
    }
}

/// The first is word for word what ECS says (amazon-ecs-deploy-task-definition, issue 587).
fn sentence(value: &Value, shape: &Shape) -> String {
    let wanted = match shape {
        Shape::Text => "String",
        Shape::Number => "Integer",
        Shape::Truth => "Boolean",
        Shape::List(_) => "List",
        Shape::Texts => "Map",
        Shape::Object(_) => "Structure",
    };
    match value {
        Value::String(_) => format!("STRING_VALUE cannot be converted to {wanted}"),
        Value::Number(_) => format!("NUMBER_VALUE cannot be converted to {wanted}"),
        Value::Bool(true) => format!("TRUE_VALUE cannot be converted to {wanted}"),
        Value::Bool(false) => format!("FALSE_VALUE cannot be converted to {wanted}"),
        Value::Null => format!("NULL_VALUE cannot be converted to {wanted}"),
        Value::Array(_) => "Start of list found where not expected".to_owned(),
        Value::Object(_) => "Start of structure or map found where not expected.".to_owned(),
    }
}
