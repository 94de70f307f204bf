//! How fields look at a document: which control a member wants, what stands in it, and what an edit
//! writes. Nothing here writes more than what a person changed: what a field can't show, it names and
//! leaves alone.

mod misfit;
mod refused;
mod rows;
mod value;
mod volume;

pub use misfit::{Misfit, misfit};
pub use refused::{refused, refused_kinds};
pub use rows::{
    lines_as, lines_of, names_as, names_of, numbers_as, pairs_as, pairs_of, second_of_a_name,
    toggled,
};
pub use value::{read_number, read_required, read_text, read_truth, show_text, show_truth};
pub use volume::{VOLUME_KINDS, VolumeKind, kept_kinds, take_away, turn_volume, volume_kind};

use crate::rules::Shape;
use crate::schema::Member;

/// What a member is edited with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// A line of text.
    Text,
    /// One of the member's choices.
    Choice,
    /// A whole number.
    Number,
    /// Yes, no, or neither of them said.
    Truth,
    /// A list of texts, one a row.
    Lines,
    /// A list of whole numbers, one a row.
    Numbers,
    /// Texts by names of the author's own.
    Names,
    /// Some of the member's choices.
    Checks,
}

impl Control {
    /// The control of a member of this shape; none for what holds further members.
    pub fn of(member: &Member, shape: &Shape) -> Option<Self> {
        let choices = !member.choices.is_empty();
        Some(match shape {
            Shape::Text if choices => Self::Choice,
            Shape::Text => Self::Text,
            Shape::Number => Self::Number,
            Shape::Truth => Self::Truth,
            Shape::Texts => Self::Names,
            Shape::List(Shape::Text) if choices => Self::Checks,
            Shape::List(Shape::Text) => Self::Lines,
            Shape::List(Shape::Number) => Self::Numbers,
            Shape::List(_) | Shape::Object(_) => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Owner, members};

    #[test]
    fn every_member_has_a_control() {
        for (owner, _, member) in members() {
            let shape = owner.shape(member.path).unwrap();
            assert!(Control::of(member, shape).is_some(), "{owner:?} {}", member.path);
        }
        let control = |owner: Owner, path: &str| {
            let member = crate::schema::member_of(owner, path).unwrap();
            Control::of(member, owner.shape(path).unwrap()).unwrap()
        };
        for (owner, path, wanted) in [
            (Owner::Task, "family", Control::Text),
            (Owner::Task, "networkMode", Control::Choice),
            (Owner::Task, "requiresCompatibilities", Control::Checks),
            (Owner::Task, "enableFaultInjection", Control::Truth),
            (Owner::Container, "memory", Control::Number),
            (Owner::Container, "command", Control::Lines),
            (Owner::Container, "restartPolicy.ignoredExitCodes", Control::Numbers),
            (Owner::Container, "linuxParameters.devices.0.permissions", Control::Checks),
            (Owner::Volume, "dockerVolumeConfiguration.labels", Control::Names),
        ] {
            assert_eq!(control(owner, path), wanted, "{path}");
        }
    }
}
