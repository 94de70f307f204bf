//! Lists, item by item.

use serde_json::Value;

use super::{Run, Sides, Step};

/// What tells the items of a list apart, the most telling first: containers, volumes, variables and
/// secrets have a name, tags a key, and so on through the lists of a task definition.
const KEYS: [&str; 8] = [
    "name",
    "key",
    "containerName",
    "containerPath",
    "containerPort",
    "sourceVolume",
    "hostname",
    "value",
];

/// The three lists with what tells their items apart.
struct Lists<'a> {
    key: &'static str,
    base: Vec<Item<'a>>,
    mine: Vec<Item<'a>>,
    theirs: Vec<Item<'a>>,
}

/// An item, and the name under which the three sides know it.
struct Item<'a> {
    /// The name in the base, for an item that was there.
    id: String,
    /// The name now.
    name: String,
    value: &'a Value,
}

/// Merges lists whose items can be told apart; `None` for any other list, which is one part.
pub(super) fn merge(run: &mut Run, sides: Sides<'_>) -> Option<Value> {
    let Lists { key, base, mine, theirs } = lists(sides)?;
    let find = |items: &[Item<'_>], id: &str| items.iter().position(|item| item.id == id);
    let mut merged = Vec::new();
    for id in order(&base, &mine, &theirs) {
        let [base, my, their] =
            [&base, &mine, &theirs].map(|items| find(items, &id).map(|place| &items[place]));
        // In the merged list it stands under my name, unless only the other side renamed it.
        let mine_renamed = my.is_some_and(|item| item.name != id);
        let name = if mine_renamed { my } else { their.or(my) }.map_or(&id, |item| &item.name);
        let step = Step::Item { key, name: name.clone() };
        let value = |item: Option<&Item<'_>>| item.map(|item| item.value.clone());
        let (base, my, their) = (value(base), value(my), value(their));
        let sides = Sides { base: base.as_ref(), mine: my.as_ref(), theirs: their.as_ref() };
        merged.extend(run.below(step, sides));
    }
    Some(Value::Array(merged))
}

/// The lists, if all of them are lists and one key tells the items of each apart.
fn lists(sides: Sides<'_>) -> Option<Lists<'_>> {
    let (mine, theirs) = (sides.mine?.as_array()?, sides.theirs?.as_array()?);
    let base = match sides.base {
        Some(base) => base.as_array()?.as_slice(),
        None => &[],
    };
    KEYS.into_iter().find_map(|key| {
        let base = named(key, base)?;
        let mine = named(key, mine)?;
        let theirs = named(key, theirs)?;
        let (mine, theirs) = (renamed(&base, mine), renamed(&base, theirs));
        Some(Lists { key, base, mine, theirs })
    })
}

/// The items with their names; `None` when one has no name, or two have the same.
fn named<'a>(key: &str, values: &'a [Value]) -> Option<Vec<Item<'a>>> {
    let mut items: Vec<Item<'a>> = Vec::with_capacity(values.len());
    for value in values {
        let name = match value.get(key)? {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        if items.iter().any(|item| item.name == name) {
            return None;
        }
        items.push(Item { id: name.clone(), name, value });
    }
    Some(items)
}

/// Knows an item that was renamed at its place as the one that stood there.
fn renamed<'a>(base: &[Item<'_>], mut items: Vec<Item<'a>>) -> Vec<Item<'a>> {
    let known = |list: &[Item<'_>], name: &str| list.iter().any(|item| item.name == name);
    for place in 0..items.len().min(base.len()) {
        let (old, new) = (&base[place].name, &items[place].name);
        if !known(base, new) && !known(&items, old) {
            items[place].id = old.clone();
        }
    }
    items
}

/// The order of the merged list: mine, unless only the other side moved something. What one side
/// has alone follows what it follows there.
fn order(base: &[Item<'_>], mine: &[Item<'_>], theirs: &[Item<'_>]) -> Vec<String> {
    let ids =
        |items: &[Item<'_>]| -> Vec<String> { items.iter().map(|item| item.id.clone()).collect() };
    let (base, mine, theirs) = (ids(base), ids(mine), ids(theirs));
    let shared = |list: &[String], other: &[String]| -> Vec<String> {
        list.iter().filter(|id| other.contains(id)).cloned().collect()
    };
    let moved_by_me = shared(&mine, &base) != shared(&base, &mine);
    let (mut first, second) = if moved_by_me { (mine, theirs) } else { (theirs, mine) };
    for (place, id) in second.iter().enumerate() {
        if first.contains(id) {
            continue;
        }
        let before = second[..place]
            .iter()
            .rev()
            .find_map(|before| first.iter().position(|known| known == before));
        first.insert(before.map_or(0, |before| before + 1), id.clone());
    }
    first
}
