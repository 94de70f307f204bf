//! A value with the way that leads to it. The way is kept as steps, and written as a path only
//! when something is found there: most documents are looked at after every key and hold.

use std::fmt::Write;

use serde_json::Value;

/// The longest way through a task definition has seven steps, to a GPU's share of memory.
const STEPS_MAX: usize = 10;

/// A place in a document.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// What stands there.
    pub value: &'a Value,
    steps: [Step<'a>; STEPS_MAX],
    count: usize,
}

#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Member(&'a str),
    Item(usize),
}

impl<'a> Place<'a> {
    /// The whole document.
    pub fn root(value: &'a Value) -> Self {
        Self { value, steps: [Step::Item(0); STEPS_MAX], count: 0 }
    }

    fn below(&self, step: Step<'a>, value: &'a Value) -> Self {
        let mut below = Self { value, ..*self };
        // A way that is too long ends early: its findings stand at what holds the place.
        if let Some(next) = below.steps.get_mut(self.count) {
            *next = step;
            below.count += 1;
        }
        below
    }

    /// The path of the place; empty for the whole document.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for step in self.steps.iter().take(self.count) {
            if !path.is_empty() {
                path.push('.');
            }
            match step {
                Step::Member(name) => path.push_str(name),
                // Writing into a text can't fail.
                Step::Item(at) => write!(path, "{at}").unwrap_or_default(),
            }
        }
        path
    }

    /// The path of a member, whether it is there or not.
    pub fn at(&self, member: &str) -> String {
        let mut path = self.path();
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(member);
        path
    }

    /// A member, if it is there.
    pub fn get(&self, member: &'a str) -> Option<Self> {
        self.value.get(member).map(|value| self.below(Step::Member(member), value))
    }

    /// A member that is an object and holds something.
    pub fn object(&self, member: &'a str) -> Option<Self> {
        self.get(member).filter(|place| place.value.is_object())
    }

    /// A member's text; empty when it is not there or no text.
    pub fn text(&self, member: &str) -> &'a str {
        self.value.get(member).and_then(Value::as_str).unwrap_or_default()
    }

    /// A member's whole number.
    pub fn number(&self, member: &str) -> Option<i64> {
        self.value.get(member).and_then(Value::as_i64)
    }

    /// Whether a member is `true`.
    pub fn is_true(&self, member: &str) -> bool {
        self.value.get(member).and_then(Value::as_bool).unwrap_or_default()
    }

    /// The members of an object, with their names; none otherwise.
    pub fn members(&self) -> impl Iterator<Item = (&'a str, Self)> + use<'a> {
        let place = *self;
        self.value
            .as_object()
            .into_iter()
            .flatten()
            .map(move |(name, value)| (name.as_str(), place.below(Step::Member(name), value)))
    }

    /// The items of a list; none otherwise.
    pub fn each(&self) -> impl Iterator<Item = Self> + use<'a> {
        let place = *self;
        let items = self.value.as_array().map_or(&[][..], Vec::as_slice);
        items.iter().enumerate().map(move |(at, value)| place.below(Step::Item(at), value))
    }

    /// The items of a member that is a list; none otherwise.
    pub fn items(&self, member: &'a str) -> impl Iterator<Item = Self> + use<'a> {
        self.get(member).into_iter().flat_map(|list| list.each())
    }

    /// How many items a member holds that is a list.
    pub fn count(&self, member: &str) -> usize {
        self.value.get(member).and_then(Value::as_array).map_or(0, Vec::len)
    }

    /// Whether a member is there and holds anything.
    pub fn has(&self, member: &str) -> bool {
        match self.value.get(member) {
            None | Some(Value::Null) => false,
            Some(Value::Array(items)) => !items.is_empty(),
            Some(Value::Object(members)) => !members.is_empty(),
            Some(Value::String(text)) => !text.is_empty(),
            Some(_) => true,
        }
    }
}
