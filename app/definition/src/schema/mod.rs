//! What the members of a task definition are called, what they are for and what they take, in the
//! sections in which a form shows them. It has a row for every member of RegisterTaskDefinition that
//! holds a value of its own; [`crate::rules`] says what ECS demands of them.

mod container;
mod find;
mod lists;
mod set;
mod task;
#[cfg(test)]
mod tests;
mod volume;

pub use container::CONTAINER;
pub use find::{Hit, find};
pub use lists::{Group, LISTS, List, split};
pub use set::{below, count_set, field_path, is_member_set, is_set};
pub use task::TASK;
pub use volume::VOLUME;

use crate::rules::{Shape, shape_at};

/// Members that belong together.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// A short name, for addresses and ids.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// Its members, by their path from the task, the container or the volume. A `*` stands for the
    /// place of an item.
    pub members: &'static [Member],
}

/// One member.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// Its path from the task, the container or the volume: `healthCheck.interval`.
    pub path: &'static str,
    /// What a person calls it.
    pub label: &'static str,
    /// What it is for, and what to know before setting it.
    pub about: &'static str,
    /// The unit of its number.
    pub unit: &'static str,
    /// What ECS takes when it is absent.
    pub default: &'static str,
    /// The values it can have, each with its words; empty when it is free.
    pub choices: &'static [(&'static str, &'static str)],
    /// Other words that people look for it by.
    pub also: &'static str,
    /// Whether what it stands in is nothing without it.
    pub required: bool,
}

impl Member {
    const fn new(path: &'static str, label: &'static str, about: &'static str) -> Self {
        Self { path, label, about, unit: "", default: "", choices: &[], also: "", required: false }
    }

    const fn unit(mut self, unit: &'static str) -> Self {
        self.unit = unit;
        self
    }

    const fn default(mut self, default: &'static str) -> Self {
        self.default = default;
        self
    }

    const fn choices(mut self, choices: &'static [(&'static str, &'static str)]) -> Self {
        self.choices = choices;
        self
    }

    const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    const fn also(mut self, also: &'static str) -> Self {
        self.also = also;
        self
    }
}

/// What a member belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The task as a whole.
    Task,
    /// A container.
    Container,
    /// A volume.
    Volume,
}

impl Owner {
    /// The sections of its members.
    pub fn sections(self) -> &'static [Section] {
        match self {
            Self::Task => TASK,
            Self::Container => CONTAINER,
            Self::Volume => VOLUME,
        }
    }

    /// One of the sections.
    pub fn section(self, id: &str) -> Option<&'static Section> {
        self.sections().iter().find(|section| section.id == id)
    }

    /// The type of a member, by its path from the owner.
    pub fn shape(self, path: &str) -> Option<&'static Shape> {
        shape_at(&format!("{}{path}", self.prefix()))
    }

    /// What stands before a member's path.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Task => "",
            Self::Container => "containerDefinitions.*.",
            Self::Volume => "volumes.*.",
        }
    }
}

/// Every member with its owner and section.
pub fn members() -> impl Iterator<Item = (Owner, &'static Section, &'static Member)> {
    [Owner::Task, Owner::Container, Owner::Volume].into_iter().flat_map(|owner| {
        owner
            .sections()
            .iter()
            .flat_map(move |section| section.members.iter().map(move |m| (owner, section, m)))
    })
}

/// The member at a path of a document, such as `containerDefinitions.0.image`.
pub fn member(path: &str) -> Option<&'static Member> {
    let pattern = pattern(path);
    members()
        .find(|(owner, _, member)| pattern.strip_prefix(owner.prefix()) == Some(member.path))
        .map(|(.., member)| member)
}

/// A member of a section, by its path from the section's owner.
pub fn member_of(owner: Owner, path: &str) -> Option<&'static Member> {
    let pattern = pattern(path);
    let sections = owner.sections().iter();
    sections.flat_map(|section| section.members).find(|member| member.path == pattern)
}

/// A path with `*` for the place of each item.
pub fn pattern(path: &str) -> String {
    let step = |step: &str| {
        let place = !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit());
        if place { "*".to_owned() } else { step.to_owned() }
    };
    path.split('.').map(step).collect::<Vec<_>>().join(".")
}

/// Members whose name, purpose or other words hold every word of a question, the best first.
pub fn search(question: &str) -> Vec<(Owner, &'static Section, &'static Member)> {
    let words: Vec<String> = question.split_whitespace().map(str::to_lowercase).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<_> = members()
        .filter_map(|(owner, section, member)| {
            let places = [member.label, member.path, member.also, section.title, member.about];
            let places = places.map(str::to_lowercase);
            let weigh = |word: &String| places.iter().position(|place| place.contains(word));
            let weight = words.iter().map(weigh).sum::<Option<usize>>()?;
            Some((weight, owner, section, member))
        })
        .collect();
    found.sort_by_key(|(weight, ..)| *weight);
    found.into_iter().map(|(_, owner, section, member)| (owner, section, member)).collect()
}
