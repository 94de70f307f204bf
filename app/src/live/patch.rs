//! What changed between two values of a topic.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The way from an older value of a topic to the present one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Patch {
    /// The whole value anew.
    Whole(Value),
    /// A list: only what changed of it.
    Rows {
        /// Rows that are new or differ, whole.
        rows: Vec<Value>,
        /// The keys in order, when rows came, went or moved.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        order: Option<Vec<String>>,
        /// The counts, when they differ.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        meta: Option<Value>,
    },
    /// There is no such thing any more.
    Gone,
}

impl Patch {
    /// The way from `old` to `new`; `None` when nothing changed. Lists (values with `rows`, each
    /// with a `key`) travel by row, everything else whole.
    pub fn between(old: Option<&Value>, new: Option<&Value>) -> Option<Self> {
        match (old, new) {
            (old, new) if old == new => None,
            (_, None) => Some(Self::Gone),
            (None, Some(new)) => Some(Self::Whole(new.clone())),
            (Some(old), Some(new)) => Some(match (rows(old), rows(new)) {
                (Some(old_rows), Some(new_rows)) => Self::Rows {
                    rows: changed_rows(old_rows, new_rows),
                    order: {
                        let order = keys(new_rows);
                        (keys(old_rows) != order)
                            .then(|| order.into_iter().map(str::to_owned).collect())
                    },
                    meta: (old.get("meta") != new.get("meta"))
                        .then(|| new.get("meta").cloned().unwrap_or_default()),
                },
                _ => Self::Whole(new.clone()),
            }),
        }
    }
}

fn rows(value: &Value) -> Option<&Vec<Value>> {
    value.get("rows")?.as_array()
}

fn key(row: &Value) -> &str {
    row.get("key").and_then(Value::as_str).unwrap_or_default()
}

fn keys(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(key).collect()
}

fn changed_rows(old: &[Value], new: &[Value]) -> Vec<Value> {
    let before: std::collections::HashMap<&str, &Value> =
        old.iter().map(|row| (key(row), row)).collect();
    new.iter().filter(|row| before.get(key(row)) != Some(row)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn list(rows: &[(&str, u32)]) -> Value {
        let rows: Vec<Value> =
            rows.iter().map(|(key, running)| json!({"key": key, "running": running})).collect();
        json!({"meta": {"total": rows.len()}, "rows": rows})
    }

    #[test]
    fn a_list_travels_by_row() {
        let old = list(&[("a", 1), ("b", 1), ("c", 1)]);
        for (new, said) in [
            (old.clone(), None),
            (
                list(&[("a", 1), ("b", 2), ("c", 1)]),
                Some(json!({"rows": {"rows": [{"key": "b", "running": 2}]}})),
            ),
            (
                list(&[("c", 1), ("b", 1), ("a", 1)]),
                Some(json!({"rows": {"rows": [], "order": ["c", "b", "a"]}})),
            ),
            (
                list(&[("a", 1), ("b", 1)]),
                Some(json!({"rows": {"rows": [], "order": ["a", "b"], "meta": {"total": 2}}})),
            ),
        ] {
            let patch = Patch::between(Some(&old), Some(&new));
            assert_eq!(patch.map(|p| serde_json::to_value(p).unwrap()), said);
        }
    }

    #[test]
    fn other_values_travel_whole() {
        let (one, two) = (json!({"status": "ACTIVE"}), json!({"status": "DRAINING"}));
        assert_eq!(Patch::between(Some(&one), Some(&two)), Some(Patch::Whole(two.clone())));
        assert_eq!(Patch::between(None, Some(&two)), Some(Patch::Whole(two.clone())));
        assert_eq!(Patch::between(Some(&one), None), Some(Patch::Gone));
        assert_eq!(Patch::between(None, None), None);
    }
}
