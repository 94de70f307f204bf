//! Members that the console has never heard of. They are no error: ECS gets new ones, and they are
//! sent as they are typed. But ECS passes over what it does not know without a word, so a slip of
//! the keyboard would go unseen.

use serde_json::{Map, Value};

use super::place::Place;
use super::shapes::{Shape, TASK};
use crate::document::Document;

/// A member that is not in the API's description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownMember {
    /// Where it stands.
    pub path: String,
    /// The member of the same object that was probably meant.
    pub meant: Option<&'static str>,
}

/// Every unknown member, in the order of the document.
pub fn unknown_members(document: &Document) -> Vec<UnknownMember> {
    let mut found = Vec::new();
    walk(Place::root(document.value()), &TASK, &mut found);
    found
}

fn walk(place: Place<'_>, shape: &Shape, found: &mut Vec<UnknownMember>) {
    match (shape, place.value) {
        (Shape::List(each), Value::Array(_)) => {
            place.each().for_each(|item| walk(item, each, found));
        }
        (Shape::Object(known), Value::Object(members)) => {
            for (name, member) in place.members() {
                match known.iter().find(|(known, _)| *known == name) {
                    Some((_, shape)) => walk(member, shape, found),
                    None => found.push(UnknownMember {
                        path: member.path(),
                        meant: meant(name, known, members),
                    }),
                }
            }
        }
        // Names below `Texts` are the author's own; a value of the wrong type is said elsewhere.
        _ => {}
    }
}

/// The known name that differs by a slip; one that is there already was not meant.
fn meant(
    name: &str,
    known: &[(&'static str, Shape)],
    members: &Map<String, Value>,
) -> Option<&'static str> {
    let free = known.iter().map(|(member, _)| *member).filter(|m| !members.contains_key(*m));
    let typed = letters(name);
    free.map(|member| (slips(&typed, &letters(member)), member))
        .filter(|(slips, member)| *slips <= most_slips(member))
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, member)| member)
}

/// Case and separators don't count: `task_role_arn` means `taskRoleArn`.
fn letters(name: &str) -> Vec<char> {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// In a short name two slips make another word.
fn most_slips(name: &str) -> usize {
    if name.len() <= 5 { 1 } else { 2 }
}

/// How many letters were added, left out, mistaken, or exchanged with their neighbour.
fn slips(typed: &[char], meant: &[char]) -> usize {
    // Row by row: `rows[i][j]` turns the first i letters typed into the first j of what was meant.
    let mut rows: Vec<Vec<usize>> = vec![(0..=meant.len()).collect()];
    for i in 1..=typed.len() {
        let mut row = vec![i];
        for j in 1..=meant.len() {
            let same = usize::from(typed[i - 1] != meant[j - 1]);
            let mut least = (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + same);
            if i > 1 && j > 1 && typed[i - 1] == meant[j - 2] && typed[i - 2] == meant[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows.last().and_then(|row| row.last()).copied().unwrap_or_default()
}
