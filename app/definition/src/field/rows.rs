//! Fields of many values: lists and objects of texts, a row each. A row that was not touched keeps
//! its value as it stood, of whatever type, and members that its field does not show.

use serde_json::{Map, Value, json};

use super::value::{read_number, show_text};

type Pair = (String, String);

/// A list, a row each.
pub fn lines_of(value: Option<&Value>) -> Vec<String> {
    items(value).iter().map(|item| show_text(Some(item))).collect()
}

/// Rows as a list of texts; none without rows.
pub fn lines_as(rows: &[String], old: Option<&Value>) -> Option<Value> {
    list_as(rows, old, |row| json!(row))
}

/// Rows as a list of whole numbers; none without rows.
pub fn numbers_as(rows: &[String], old: Option<&Value>) -> Option<Value> {
    list_as(rows, old, |row| read_number(row).unwrap_or_else(|| json!(row)))
}

fn list_as(rows: &[String], old: Option<&Value>, read: fn(&String) -> Value) -> Option<Value> {
    let (before, shown) = (items(old), lines_of(old));
    let origins = origins(&shown, rows, |a, b| a == b);
    let item = |(row, origin): (&String, Option<usize>)| match origin {
        Some(at) if shown[at] == *row => before[at].clone(),
        _ => read(row),
    };
    let list: Vec<Value> = rows.iter().zip(origins).map(item).collect();
    (!list.is_empty()).then_some(Value::Array(list))
}

/// A list without a word, or with it behind the others. Without any word left there is no list.
pub fn toggled(old: Option<&Value>, word: &str, on: bool) -> Option<Value> {
    let mut list = items(old).to_vec();
    if on {
        list.push(json!(word));
    } else {
        list.retain(|item| show_text(Some(item)) != word);
    }
    (!list.is_empty()).then_some(Value::Array(list))
}

/// A list of objects of two texts, a row each.
pub fn pairs_of(value: Option<&Value>, members: [&str; 2]) -> Vec<Pair> {
    let pair = |item: &Value| members.map(|member| show_text(item.get(member))).into();
    items(value).iter().map(pair).collect()
}

/// Rows as a list of objects. A row that was there before keeps its further members: it is known
/// again by what it says, by its first member, or by its place.
pub fn pairs_as(rows: &[Pair], old: Option<&Value>, members: [&str; 2]) -> Option<Value> {
    let (before, shown) = (items(old), pairs_of(old, members));
    let origins = origins(&shown, rows, |a, b| a.0 == b.0);
    let item = |(row, origin): (&Pair, Option<usize>)| {
        let Some(at) = origin else {
            return json!({members[0]: row.0, members[1]: row.1});
        };
        if shown[at] == *row {
            return before[at].clone();
        }
        let mut object = before[at].as_object().cloned().unwrap_or_default();
        for (member, was, is) in
            [(members[0], &shown[at].0, &row.0), (members[1], &shown[at].1, &row.1)]
        {
            if was != is {
                object.insert(member.to_owned(), json!(is));
            }
        }
        Value::Object(object)
    };
    let list: Vec<Value> = rows.iter().zip(origins).map(item).collect();
    (!list.is_empty()).then_some(Value::Array(list))
}

/// An object of texts, a row for each name.
pub fn names_of(value: Option<&Value>) -> Vec<Pair> {
    let object = value.and_then(Value::as_object).into_iter().flatten();
    object.map(|(name, value)| (name.clone(), show_text(Some(value)))).collect()
}

/// Rows as an object. A row without a name is not written yet, and of two rows of one name only
/// the first: an object has no place for them.
pub fn names_as(rows: &[Pair], old: Option<&Value>) -> Option<Value> {
    let shown = names_of(old);
    let before: Vec<&Value> =
        old.and_then(Value::as_object).into_iter().flatten().map(|(_, v)| v).collect();
    let origins = origins(&shown, rows, |a, b| a.0 == b.0);
    let mut object = Map::new();
    for (row, origin) in rows.iter().zip(origins).filter(|(row, _)| !row.0.is_empty()) {
        let value = match origin {
            Some(at) if shown[at].1 == row.1 => before[at].clone(),
            _ => json!(row.1),
        };
        object.entry(row.0.clone()).or_insert(value);
    }
    if object.is_empty() && !rows.is_empty() {
        // A row that says nothing yet changes nothing.
        return old.filter(|old| names_of(Some(old)).is_empty()).cloned();
    }
    (!object.is_empty()).then_some(Value::Object(object))
}

/// The first row whose name another row has before it.
pub fn second_of_a_name(rows: &[Pair]) -> Option<usize> {
    let doubled =
        |at: usize| !rows[at].0.is_empty() && rows[..at].iter().any(|row| row.0 == rows[at].0);
    (0..rows.len()).find(|at| doubled(*at))
}

fn items(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// For each row, the one it was before. Rows that say the same at the beginning and at the end are
/// themselves; between them a row is known by what makes it alike, else by its place when none
/// came or went.
fn origins<T: PartialEq>(
    old: &[T],
    new: &[T],
    alike: impl Fn(&T, &T) -> bool,
) -> Vec<Option<usize>> {
    let same = |(a, b): &(&T, &T)| a == b;
    let front = old.iter().zip(new).take_while(same).count();
    let ends = old[front..].iter().rev().zip(new[front..].iter().rev());
    let back = ends.take_while(same).count();
    let mut free: Vec<usize> = (front..old.len() - back).collect();
    let between = front..new.len() - back;
    let none_came = free.len() == between.len();
    let mut origins: Vec<Option<usize>> = (0..new.len())
        .map(|at| match at {
            at if at < front => Some(at),
            at if at >= between.end => Some(at + old.len() - new.len()),
            _ => None,
        })
        .collect();
    for at in between.clone() {
        if let Some(found) = free.iter().position(|from| alike(&old[*from], &new[at])) {
            origins[at] = Some(free.remove(found));
        }
    }
    for at in between.filter(|_| none_came) {
        if origins[at].is_none() && free.contains(&at) {
            origins[at] = Some(at);
        }
    }
    origins
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(rows: &[&str]) -> Vec<String> {
        rows.iter().map(|row| (*row).to_owned()).collect()
    }

    fn pairs(rows: &[(&str, &str)]) -> Vec<Pair> {
        rows.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    }

    #[test]
    fn untouched_rows_of_a_list_keep_their_type() {
        let old = json!(["sh", 1, null, {"a": true}]);
        let shown = lines_of(Some(&old));
        assert_eq!(shown, ["sh", "1", "", r#"{"a":true}"#]);
        assert_eq!(lines_as(&shown, Some(&old)), Some(old.clone()));
        for (rows, list) in [
            (texts(&["bash", "1", "", r#"{"a":true}"#]), json!(["bash", 1, null, {"a": true}])),
            (texts(&["sh", "", r#"{"a":true}"#]), json!(["sh", null, {"a": true}])),
            (texts(&["sh", "2", "", "x"]), json!(["sh", "2", null, "x"])),
            (texts(&["sh", "1", "", r#"{"a":true}"#, ""]), json!(["sh", 1, null, {"a": true}, ""])),
        ] {
            assert_eq!(lines_as(&rows, Some(&old)), Some(list), "{rows:?}");
        }
        assert_eq!(lines_as(&[], Some(&old)), None);
        let codes = json!([0, "x", 2]);
        assert_eq!(
            numbers_as(&texts(&["0", "x", "3", "4o", ""]), Some(&codes)),
            Some(json!([0, "x", 3, "4o", ""]))
        );
    }

    #[test]
    fn words_come_behind_the_others_and_go_alone() {
        let old = json!(["EC2", "NEW"]);
        assert_eq!(toggled(Some(&old), "FARGATE", true), Some(json!(["EC2", "NEW", "FARGATE"])));
        assert_eq!(toggled(Some(&old), "EC2", false), Some(json!(["NEW"])));
        assert_eq!(toggled(Some(&json!(["EC2", "EC2"])), "EC2", false), None);
        assert_eq!(toggled(None, "EC2", true), Some(json!(["EC2"])));
    }

    #[test]
    fn rows_of_pairs_keep_what_they_do_not_show() {
        let old = json!([{"name": "A", "value": "1", "later": true}, {"name": "B"}, 7]);
        let members = ["name", "value"];
        assert_eq!(pairs_of(Some(&old), members), pairs(&[("A", "1"), ("B", ""), ("", "")]));
        for (rows, list) in [
            (
                pairs(&[("A", "9"), ("B", ""), ("", "")]),
                json!([{"name": "A", "value": "9", "later": true}, {"name": "B"}, 7]),
            ),
            (pairs(&[("B", ""), ("", "")]), json!([{"name": "B"}, 7])),
            (
                pairs(&[("AA", "1"), ("B", "2"), ("", "")]),
                json!([{"name": "AA", "value": "1", "later": true}, {"name": "B", "value": "2"}, 7]),
            ),
            (
                pairs(&[("A", "1"), ("B", ""), ("", ""), ("C", "")]),
                json!([{"name": "A", "value": "1", "later": true}, {"name": "B"}, 7, {"name": "C", "value": ""}]),
            ),
            (
                pairs(&[("B", ""), ("A", "1"), ("", "")]),
                json!([{"name": "B"}, {"name": "A", "value": "1", "later": true}, 7]),
            ),
        ] {
            assert_eq!(pairs_as(&rows, Some(&old), members), Some(list), "{rows:?}");
        }
        assert_eq!(pairs_as(&[], Some(&old), members), None);
    }

    #[test]
    fn two_pairs_of_one_name_stay_two() {
        let old = json!([{"name": "A", "value": "1"}, {"name": "A", "value": "2", "later": 1}]);
        let rows = pairs(&[("A", "1"), ("A", "3")]);
        assert_eq!(
            pairs_as(&rows, Some(&old), ["name", "value"]),
            Some(json!([{"name": "A", "value": "1"}, {"name": "A", "value": "3", "later": 1}]))
        );
    }

    #[test]
    fn names_keep_their_order_and_their_values() {
        let old = json!({"b": "2", "a": 1, "c": {"x": []}});
        let shown = names_of(Some(&old));
        assert_eq!(names_as(&shown, Some(&old)).unwrap().to_string(), old.to_string());
        for (rows, written) in [
            (
                pairs(&[("b", "2"), ("z", "1"), ("c", r#"{"x":[]}"#)]),
                r#"{"b":"2","z":1,"c":{"x":[]}}"#,
            ),
            (pairs(&[("b", "3"), ("a", "1"), ("c", "")]), r#"{"b":"3","a":1,"c":""}"#),
            (pairs(&[("a", "1"), ("", "lost?")]), r#"{"a":1}"#),
            (pairs(&[("b", "2"), ("a", "1"), ("b", "")]), r#"{"b":"2","a":1}"#),
        ] {
            assert_eq!(names_as(&rows, Some(&old)).unwrap().to_string(), written, "{rows:?}");
        }
        assert_eq!(names_as(&[], Some(&old)), None);
        let nothing_said = pairs(&[("", "")]);
        assert_eq!(names_as(&nothing_said, None), None);
        assert_eq!(names_as(&nothing_said, Some(&json!({}))), Some(json!({})));
        assert_eq!(names_as(&nothing_said, Some(&old)), None);
    }

    #[test]
    fn the_second_row_of_a_name_is_told() {
        assert_eq!(second_of_a_name(&pairs(&[("a", ""), ("", ""), ("", ""), ("a", "")])), Some(3));
        assert_eq!(second_of_a_name(&pairs(&[("a", ""), ("b", "")])), None);
    }
}
