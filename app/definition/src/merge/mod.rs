//! Two people changed the same document: what each did is brought together by path, against the
//! document that both began from. Only what both changed, and differently, is left to a person.
//!
//! Items of a list are the same item when they have the same name, whatever their place; an item
//! that one side renamed at its place is still that item.

mod items;
mod words;

use serde_json::{Map, Value};

use crate::document::Document;

/// One step from the document to one of its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A member of an object.
    Member(String),
    /// The item of a list whose member `key` holds `name`.
    Item {
        /// `name` for a container.
        key: &'static str,
        /// What stands there, as text.
        name: String,
    },
}

/// The way to one part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place(pub Vec<Step>);

/// A part that both changed, each to something else.
#[derive(Clone, Debug, PartialEq)]
pub struct Clash {
    /// Where.
    pub place: Place,
    /// What I made of it; `None` when I took it away.
    pub mine: Option<Value>,
    /// What the other side made of it; `None` when it was taken away.
    pub theirs: Option<Value>,
}

/// Whose part counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Mine.
    Mine,
    /// The other side's.
    Theirs,
}

/// Both sides in one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// Where the sides clash, mine stands; where I took something away that the other side changed,
    /// theirs does: nothing is gone before a person has chosen.
    pub document: Document,
    /// What came from the other side.
    pub taken: Vec<Place>,
    /// What is left to a person.
    pub clashes: Vec<Clash>,
}

/// Brings `mine` and `theirs` together; both began as `base`.
pub fn merge(base: &Document, mine: &Document, theirs: &Document) -> Merged {
    let mut run = Run::default();
    let sides =
        Sides { base: Some(base.value()), mine: Some(mine.value()), theirs: Some(theirs.value()) };
    let value = run.part(sides).unwrap_or_default();
    Merged {
        document: Document::new(value).unwrap_or_default(),
        taken: run.taken,
        clashes: run.clashes,
    }
}

/// Writes a person's choice into the document in which the clash stands. The rest of the document
/// may have changed since; where the place is gone, nothing happens.
pub fn settle(document: &mut Document, clash: &Clash, side: Side) {
    let (chosen, stands) = match side {
        Side::Mine => (&clash.mine, clash.mine.is_some()),
        Side::Theirs => (&clash.theirs, clash.mine.is_none()),
    };
    match (chosen, clash.place.path(document)) {
        // It stands there already, and may have been changed further.
        (Some(_), _) if stands => {}
        (Some(value), Some(path)) => document.set(&path, value.clone()),
        (None, Some(path)) => document.remove(&path),
        (_, None) => {}
    }
}

/// One part as the three documents have it.
#[derive(Clone, Copy)]
struct Sides<'a> {
    base: Option<&'a Value>,
    mine: Option<&'a Value>,
    theirs: Option<&'a Value>,
}

impl<'a> Sides<'a> {
    /// The same step down in each.
    fn down(self, child: impl Fn(&'a Value) -> Option<&'a Value>) -> Self {
        Self {
            base: self.base.and_then(&child),
            mine: self.mine.and_then(&child),
            theirs: self.theirs.and_then(&child),
        }
    }
}

/// A merge under way.
#[derive(Default)]
struct Run {
    at: Vec<Step>,
    taken: Vec<Place>,
    clashes: Vec<Clash>,
}

impl Run {
    fn part(&mut self, sides: Sides<'_>) -> Option<Value> {
        let Sides { base, mine, theirs } = sides;
        if mine == theirs || theirs == base {
            return mine.cloned();
        }
        if mine == base {
            self.name_taken(sides);
            return theirs.cloned();
        }
        if let Some(merged) = self.inside(sides) {
            return Some(merged);
        }
        let (mine, theirs) = (mine.cloned(), theirs.cloned());
        let stands = mine.clone().or_else(|| theirs.clone());
        self.clashes.push(Clash { place: self.here(), mine, theirs });
        stands
    }

    /// Part by part; `None` when there are no parts that could be brought together.
    fn inside(&mut self, sides: Sides<'_>) -> Option<Value> {
        match (sides.mine, sides.theirs) {
            (Some(Value::Object(mine)), Some(Value::Object(theirs))) => {
                Some(Value::Object(self.members(sides, mine, theirs)))
            }
            _ => items::merge(self, sides),
        }
    }

    /// Notes what only the other side changed, as closely as it can be said.
    fn name_taken(&mut self, sides: Sides<'_>) {
        let before = self.taken.len();
        if self.inside(sides).is_none() || self.taken.len() == before {
            self.taken.push(self.here());
        }
    }

    fn members(
        &mut self,
        sides: Sides<'_>,
        mine: &Map<String, Value>,
        theirs: &Map<String, Value>,
    ) -> Map<String, Value> {
        let new = theirs.keys().filter(|name| !mine.contains_key(*name));
        let mut merged = Map::new();
        for name in mine.keys().chain(new) {
            let below = sides.down(|value| value.get(name.as_str()));
            if let Some(value) = self.below(Step::Member(name.clone()), below) {
                merged.insert(name.clone(), value);
            }
        }
        merged
    }

    fn below(&mut self, step: Step, sides: Sides<'_>) -> Option<Value> {
        self.at.push(step);
        let merged = self.part(sides);
        self.at.pop();
        merged
    }

    fn here(&self) -> Place {
        Place(self.at.clone())
    }
}

#[cfg(test)]
mod tests;
