//! The types of the members: what ECS can't even read. Its own sentence on it names no member, so
//! the console's does. A member that is not known here passes: ECS gets new ones.

use super::place::Place;
use super::shapes::{Shape, TASK};
use crate::error::FieldErrors;

/// Names the members of the wrong type.
pub(super) fn check(root: Place<'_>, errors: &mut FieldErrors) {
    fit(root, &TASK, errors);
}

fn fit(place: Place<'_>, shape: &Shape, errors: &mut FieldErrors) {
    let value = place.value;
    let (fits, said) = match shape {
        Shape::Text => (value.is_string(), "This must be a text: write it in quotes."),
        Shape::Number => (value.is_i64() || value.is_u64(), "Write a whole number."),
        Shape::Truth => (value.is_boolean(), "This must be true or false, without quotes."),
        Shape::List(_) => (value.is_array(), "This must be a list: [ … ]."),
        Shape::Texts | Shape::Object(_) => (value.is_object(), "This must be an object: { … }."),
    };
    if !fits {
        return errors.add(place.path, said);
    }
    match shape {
        Shape::Text | Shape::Number | Shape::Truth => {}
        Shape::List(each) => {
            for (at, item) in value.as_array().into_iter().flatten().enumerate() {
                fit(Place { value: item, path: place.at(&at.to_string()) }, each, errors);
            }
        }
        Shape::Texts => {
            for (name, text) in value.as_object().into_iter().flatten() {
                fit(Place { value: text, path: place.at(name) }, &Shape::Text, errors);
            }
        }
        Shape::Object(members) => {
            // ECS reads null as absent.
            let present = |name| place.get(name).filter(|member| !member.value.is_null());
            for (name, shape) in *members {
                if let Some(member) = present(name) {
                    fit(member, shape, errors);
                }
            }
        }
    }
}
