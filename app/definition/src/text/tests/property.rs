use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::RngSeed;
use serde_json::{Map, Value};

use crate::text::{Node, completions, context, mend, patch, read};

const NAMES: [&str; 8] = ["name", "value", "a.b", "é", "🚢", "x\"y", "cpu", ""];
const SPACES: [&str; 6] = ["", " ", "\n", "\n  ", "\t", "\r\n\t "];

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-9i64..9).prop_map(Value::from),
        select(vec!["", "a", "1.0", "\\\n\u{7}", "{\"a\": 1}", "ü,]}"]).prop_map(Value::from),
        select(vec![0.5, 1e30, -0.0]).prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::Array),
            vec((select(NAMES.to_vec()), inner), 0..5).prop_map(|members| {
                Value::Object(members.into_iter().map(|(n, v)| (n.to_owned(), v)).collect())
            }),
        ]
    })
}

/// Writes a value with spaces of all kinds around its parts.
struct Writer<'a> {
    spaces: &'a [&'static str],
    next: usize,
    out: String,
}

impl Writer<'_> {
    fn put(&mut self, part: &str) {
        self.next += 1;
        self.out.push_str(self.spaces[self.next % self.spaces.len()]);
        self.out.push_str(part);
    }

    fn write(&mut self, value: &Value) {
        match value {
            Value::Array(items) => {
                self.put("[");
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        self.put(",");
                    }
                    self.write(item);
                }
                self.put("]");
            }
            Value::Object(members) => {
                self.put("{");
                for (at, (name, value)) in members.iter().enumerate() {
                    if at > 0 {
                        self.put(",");
                    }
                    self.put(&Value::from(name.as_str()).to_string());
                    self.put(":");
                    self.write(value);
                }
                self.put("}");
            }
            other => self.put(&other.to_string()),
        }
    }
}

fn texts() -> impl Strategy<Value = (Value, String)> {
    (values(), vec(select(SPACES.to_vec()), 1..9)).prop_map(|(value, spaces)| {
        let mut writer = Writer { spaces: &spaces, next: 0, out: String::new() };
        writer.write(&value);
        writer.put("");
        (value, writer.out)
    })
}

/// What is done to one value.
#[derive(Clone, Debug)]
enum Act {
    Set(Value),
    Remove(Index),
    Insert(Index, &'static str, Value),
    Rename(Index, &'static str),
    Move(Index, Index),
}

fn acts() -> impl Strategy<Value = Act> {
    let name = || select(NAMES.to_vec());
    prop_oneof![
        values().prop_map(Act::Set),
        any::<Index>().prop_map(Act::Remove),
        (any::<Index>(), name(), values())
            .prop_map(|(at, name, value)| Act::Insert(at, name, value)),
        (any::<Index>(), name()).prop_map(|(at, name)| Act::Rename(at, name)),
        any::<(Index, Index)>().prop_map(|(from, to)| Act::Move(from, to)),
    ]
}

fn act(value: &mut Value, act: &Act) {
    match (value, act) {
        (value, Act::Set(new)) => *value = new.clone(),
        (Value::Array(items), Act::Insert(at, _, new)) => {
            items.insert(at.index(items.len() + 1), new.clone());
        }
        (Value::Object(members), Act::Insert(at, name, new)) if !members.contains_key(*name) => {
            members.shift_insert(at.index(members.len() + 1), (*name).to_owned(), new.clone());
        }
        (Value::Array(items), Act::Remove(at)) if !items.is_empty() => {
            items.remove(at.index(items.len()));
        }
        (Value::Object(members), Act::Remove(at)) if !members.is_empty() => {
            let name = members.keys().nth(at.index(members.len())).cloned().unwrap();
            members.shift_remove(&name);
        }
        (Value::Object(members), Act::Rename(at, to))
            if !members.is_empty() && !members.contains_key(*to) =>
        {
            let from = members.keys().nth(at.index(members.len())).cloned().unwrap();
            let name = |name: String| if name == from { (*to).to_owned() } else { name };
            let renamed: Map<String, Value> =
                std::mem::take(members).into_iter().map(|(n, v)| (name(n), v)).collect();
            *members = renamed;
        }
        (Value::Array(items), Act::Move(from, to)) if !items.is_empty() => {
            let (from, to) = (from.index(items.len()), to.index(items.len()));
            let item = items.remove(from);
            items.insert(to, item);
        }
        _ => {}
    }
}

/// Every value inside of a value, itself first, by the steps that lead to it.
fn places(value: &Value, here: &mut Vec<usize>, found: &mut Vec<Vec<usize>>) {
    found.push(here.clone());
    let inner: Vec<&Value> = match value {
        Value::Array(items) => items.iter().collect(),
        Value::Object(members) => members.values().collect(),
        _ => return,
    };
    for (at, value) in inner.into_iter().enumerate() {
        here.push(at);
        places(value, here, found);
        here.pop();
    }
}

fn value_at<'a>(value: &'a mut Value, steps: &[usize]) -> &'a mut Value {
    let Some((step, rest)) = steps.split_first() else { return value };
    let inner = match value {
        Value::Array(items) => &mut items[*step],
        Value::Object(members) => members.values_mut().nth(*step).unwrap(),
        _ => unreachable!("the steps come from this value"),
    };
    value_at(inner, rest)
}

fn node_at<'a>(node: &'a Node, steps: &[usize]) -> &'a Node {
    let Some((step, rest)) = steps.split_first() else { return node };
    let inner = node.entries().get(*step).map(|entry| &entry.value);
    node_at(inner.or_else(|| node.items().get(*step)).unwrap(), rest)
}

fn config() -> ProptestConfig {
    let seed = match ProptestConfig::default().rng_seed {
        RngSeed::Random => RngSeed::Fixed(7),
        fixed => fixed,
    };
    ProptestConfig { rng_seed: seed, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn text_without_a_slip_reads_as_the_parser_reads_it((value, text) in texts()) {
        let reading = read(&text);
        prop_assert_eq!(&reading.troubles, &[]);
        prop_assert_eq!(reading.value().unwrap().to_string(), value.to_string());
        prop_assert_eq!(serde_json::from_str::<Value>(&text).unwrap().to_string(), value.to_string());
    }

    #[test]
    fn a_cut_or_stained_text_is_no_document_and_stops_nothing(
        (_, text) in texts(), cut in any::<Index>(), stain in select(vec!["", "'", ",", "}", "x", "/*", "\"", "é", "{{"]),
    ) {
        let cut = (0..=cut.index(text.len() + 1)).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        for text in [text[..cut].to_owned(), format!("{}{stain}{}", &text[..cut], &text[cut..])] {
            let reading = read(&text);
            // A name twice is the one slip that the parser lets pass.
            if serde_json::from_str::<Value>(&text).is_err() {
                prop_assert_eq!(reading.value(), None);
            }
            for trouble in &reading.troubles {
                prop_assert!(text.get(trouble.at.start..trouble.at.end).is_some());
            }
            mend(&text, &reading.troubles);
            for offset in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                completions(&context(&text, offset));
            }
        }
    }

    #[test]
    fn a_changed_text_has_the_new_value_and_the_old_letters(
        (old, text) in texts(), place in any::<Index>(), acted in acts(),
    ) {
        let mut found = Vec::new();
        places(&old, &mut Vec::new(), &mut found);
        let steps = place.get(&found);
        let mut new = old.clone();
        act(value_at(&mut new, steps), &acted);
        let patched = patch(&text, &old, &new).unwrap();
        let meant = read(&patched).value();
        prop_assert_eq!(meant.as_ref(), Some(&new), "{}", patched);
        // Around the value that was changed, every letter is the same.
        let at = node_at(&read(&text).root, steps).at;
        prop_assert!(patched.starts_with(&text[..at.start]), "{}", patched);
        prop_assert!(patched.ends_with(&text[at.end..]), "{}", patched);
    }

    #[test]
    fn any_value_can_follow_any_other((old, text) in texts(), new in values()) {
        let patched = patch(&text, &old, &new).unwrap();
        prop_assert_eq!(read(&patched).value(), Some(new), "{}", patched);
        let same = patch(&text, &old, &old).unwrap();
        prop_assert_eq!(same, text);
    }
}
