use serde_json::{Value, json};

use crate::document::Document;
use crate::env::*;

fn value(text: &str) -> Option<Said> {
    Some(Said::Value(text.to_owned()))
}

fn secret(text: &str) -> Option<Said> {
    Some(Said::Secret(text.to_owned()))
}

#[test]
fn two_environments_are_told_apart() {
    let here = json!({
        "environment": [
            {"name": "SAME", "value": "1"}, {"name": "OTHER", "value": "a"},
            {"name": "MINE", "value": "x"}, {"name": "BECAME", "value": "hunter2"},
            {"name": "TWICE", "value": "lost"}, {"name": "TWICE", "value": "seen"},
            {"name": "EMPTY", "value": ""}, {"name": "", "value": "not named yet"}
        ],
        "secrets": [{"name": "KEY", "valueFrom": "/test/key"}, {"name": "KEPT", "valueFrom": "/k"}]
    });
    let there = json!({
        "environment": [
            {"name": "THEIRS", "value": "y"}, {"name": "SAME", "value": "1"},
            {"name": "OTHER", "value": "b"}, {"name": "TWICE", "value": "seen"}, {"name": "EMPTY"}
        ],
        "secrets": [
            {"name": "BECAME", "valueFrom": "hunter2"}, {"name": "KEY", "valueFrom": "/live/key"},
            {"name": "KEPT", "valueFrom": "/k"}
        ]
    });
    let found = compare(&here, &there);
    let found: Vec<_> = found
        .into_iter()
        .map(|one| (one.side(), one.name, one.here, one.there))
        .map(|(side, name, here, there)| (name, side, here, there))
        .collect();
    let wanted = [
        ("BECAME", Side::Different, value("hunter2"), secret("hunter2")),
        ("EMPTY", Side::Equal, value(""), value("")),
        ("KEPT", Side::Equal, secret("/k"), secret("/k")),
        ("KEY", Side::Different, secret("/test/key"), secret("/live/key")),
        ("MINE", Side::OnlyHere, value("x"), None),
        ("OTHER", Side::Different, value("a"), value("b")),
        ("SAME", Side::Equal, value("1"), value("1")),
        ("THEIRS", Side::OnlyThere, None, value("y")),
        ("TWICE", Side::Equal, value("seen"), value("seen")),
    ];
    let wanted = wanted.map(|(name, side, here, there)| (name.to_owned(), side, here, there));
    assert_eq!(found, wanted);
    for odd in [json!(null), json!("odd"), json!({"environment": "odd", "secrets": [7]})] {
        assert_eq!(compare(&odd, &odd), []);
        assert_eq!(compare(&odd, &there).len(), 8);
    }
}

#[test]
fn what_is_taken_is_all_that_changes() {
    let begun = json!({
        "name": "app", "later": [1],
        "environment": [
            {"name": "A", "value": "1", "later": true}, {"name": "B", "value": "2"},
            {"name": "A", "value": "3"}
        ],
        "secrets": [{"later": 1, "name": "KEY", "valueFrom": "/key"}]
    });
    let (a, b, a3) = (&begun["environment"][0], &begun["environment"][1], &begun["environment"][2]);
    let key = &begun["secrets"][0];
    let cases: [(&str, Option<Said>, Value, Value); 8] = [
        // Of two of one name the program sees the later one.
        ("A", value("9"), json!([a, b, {"name": "A", "value": "9"}]), json!([key])),
        ("NEW", value("n"), json!([a, b, a3, {"name": "NEW", "value": "n"}]), json!([key])),
        ("NEW", secret("/n"), json!([a, b, a3]), json!([key, {"name": "NEW", "valueFrom": "/n"}])),
        (
            "KEY",
            secret("/k"),
            json!([a, b, a3]),
            json!([{"later": 1, "name": "KEY", "valueFrom": "/k"}]),
        ),
        (
            "KEY",
            value("k"),
            json!([a, b, a3, {"later": 1, "name": "KEY", "value": "k"}]),
            Value::Null,
        ),
        ("B", secret("/b"), json!([a, a3]), json!([key, {"name": "B", "valueFrom": "/b"}])),
        ("A", None, json!([b]), json!([key])),
        ("NONE", None, json!([a, b, a3]), json!([key])),
    ];
    for (name, said, environment, secrets) in cases {
        let mut document = Document::new(json!({"containerDefinitions": [begun]})).unwrap();
        take(&mut document, "containerDefinitions.0", name, said.as_ref());
        let mut wanted = begun.clone();
        wanted["environment"] = environment;
        wanted["secrets"] = secrets;
        if wanted["secrets"].is_null() {
            wanted.as_object_mut().unwrap().shift_remove("secrets");
        }
        let there = document.get("containerDefinitions.0").unwrap();
        assert_eq!(there.to_string(), wanted.to_string(), "{name} {said:?}");
    }
}

#[test]
fn who_takes_everything_is_the_same_as_the_other() {
    let there = json!({
        "environment": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}],
        "secrets": [{"name": "C", "valueFrom": "/c"}]
    });
    let here = json!({
        "environment": [{"name": "C", "value": "plain"}, {"name": "D", "value": "4"}],
        "secrets": [{"name": "A", "valueFrom": "/a"}]
    });
    let mut document = Document::new(json!({"containerDefinitions": [here]})).unwrap();
    for one in compare(&here, &there) {
        take(&mut document, "containerDefinitions.0", &one.name, one.there.as_ref());
    }
    let after = compare(document.get("containerDefinitions.0").unwrap(), &there);
    assert_eq!(after.len(), 3);
    assert!(after.iter().all(|one| one.side() == Side::Equal), "{after:?}");
}
