use serde_json::json;

use super::*;

fn document(value: Value) -> Document {
    Document::new(value).unwrap()
}

fn web() -> Document {
    document(json!({
        "family": "web",
        "cpu": "256",
        "requiresCompatibilities": ["FARGATE"],
        "containerDefinitions": [
            {"name": "web", "image": "web:1", "memory": 512, "environment": [
                {"name": "MODE", "value": "a"}, {"name": "LEVEL", "value": "info"}
            ]},
            {"name": "log", "image": "log:1", "portMappings": [{"containerPort": 80}]}
        ],
        "tags": [{"key": "team", "value": "harbour"}]
    }))
}

fn with(changes: &[(&str, Value)]) -> Document {
    let mut changed = web();
    for (path, value) in changes {
        if value.is_null() { changed.remove(path) } else { changed.set(path, value.clone()) }
    }
    changed
}

fn taken(merged: &Merged) -> Vec<String> {
    merged.taken.iter().map(Place::words).collect()
}

fn clashes(merged: &Merged) -> Vec<String> {
    merged.clashes.iter().map(|clash| clash.place.words()).collect()
}

const WEB: &str = "containerDefinitions.0";

/// Changes that touch different places, each alone.
fn edits() -> Vec<(&'static str, Value)> {
    vec![
        ("cpu", json!("512")),
        ("family", json!("shop")),
        ("memory", json!("1024")),
        ("requiresCompatibilities", json!(["EC2", "FARGATE"])),
        ("containerDefinitions.0.name", json!("app")),
        ("containerDefinitions.0.memory", json!(1024)),
        ("containerDefinitions.0.image", Value::Null),
        ("containerDefinitions.0.environment.0.value", json!("b")),
        ("containerDefinitions.0.environment.1", Value::Null),
        ("containerDefinitions.1.image", json!("log:2")),
        ("containerDefinitions.1.portMappings.0.hostPort", json!(8080)),
        ("containerDefinitions.1.portMappings.1", json!({"containerPort": 90})),
        ("containerDefinitions.2", json!({"name": "new", "image": "n:1"})),
        ("volumes.0", json!({"name": "data"})),
        ("tags.0.value", json!("quay")),
        ("tags.1", json!({"key": "cost", "value": "7"})),
        ("later.member", json!([1, {"deep": null}])),
    ]
}

#[test]
fn who_changed_nothing_takes_the_other_side() {
    let base = web();
    for (path, value) in edits() {
        let changed = with(&[(path, value)]);
        let mine = merge(&base, &changed, &base);
        assert_eq!((&mine.document, mine.taken.len(), mine.clashes.len()), (&changed, 0, 0));
        let theirs = merge(&base, &base, &changed);
        assert_eq!((&theirs.document, theirs.clashes.len()), (&changed, 0), "{path}");
        let same = merge(&base, &changed, &changed);
        assert_eq!((&same.document, same.taken.len(), same.clashes.len()), (&changed, 0, 0));
    }
}

#[test]
fn edits_of_different_places_both_survive() {
    let base = web();
    for (my_path, my) in edits() {
        for (their_path, their) in edits() {
            if my_path == their_path {
                continue;
            }
            let merged = merge(
                &base,
                &with(&[(my_path, my.clone())]),
                &with(&[(their_path, their.clone())]),
            );
            let both = format!("{my_path} and {their_path}");
            assert_eq!(clashes(&merged), [""; 0], "{both}");
            assert_eq!(merged.taken.len(), 1, "{both}");
            // Done one after the other they give the same; what is taken away moves what follows, so
            // it comes last.
            let mut edits = [(my_path, my.clone()), (their_path, their)];
            edits.sort_by_key(|(_, value)| value.is_null());
            assert_eq!(merged.document, with(&edits), "{both}");
        }
    }
}

#[test]
fn merging_again_changes_nothing() {
    let base = web();
    for (my_path, my) in edits() {
        for (their_path, their) in edits() {
            let theirs = with(&[(their_path, their)]);
            let merged = merge(&base, &with(&[(my_path, my.clone())]), &theirs);
            if merged.clashes.is_empty() {
                let again = merge(&base, &merged.document, &theirs);
                assert_eq!((&again.document, again.clashes.len()), (&merged.document, 0));
            }
        }
    }
}

#[test]
fn what_came_from_the_other_side_is_named() {
    let base = web();
    for (changes, said) in [
        (vec![("cpu", json!("512"))], vec!["cpu"]),
        (vec![("containerDefinitions.0.memory", json!(1024))], vec!["memory of web"]),
        (
            vec![("containerDefinitions.0.environment.0.value", json!("b"))],
            vec!["value of variable MODE of web"],
        ),
        (vec![("containerDefinitions.0.environment.0", Value::Null)], vec!["variable MODE of web"]),
        (
            vec![("containerDefinitions.1.portMappings.0.hostPort", json!(1))],
            vec!["hostPort of port 80 of log"],
        ),
        (vec![("containerDefinitions.1", Value::Null)], vec!["container log"]),
        (vec![("tags.0.value", json!("x"))], vec!["value of tag team"]),
        (vec![("cpu", json!("512")), ("family", json!("shop"))], vec!["family", "cpu"]),
    ] {
        // I changed something too, or the whole document would be taken at once.
        let merged = merge(
            &base,
            &with(&[
                ("mine", json!(1)),
                ("containerDefinitions.0.user", json!("u")),
                ("containerDefinitions.1.user", json!("u")),
                ("containerDefinitions.0.environment.2", json!({"name": "X", "value": ""})),
                ("containerDefinitions.1.portMappings.1", json!({"containerPort": 1})),
                ("tags.1", json!({"key": "k", "value": "v"})),
            ]),
            &with(&changes),
        );
        if changes[0].0 == "containerDefinitions.1" {
            assert_eq!(clashes(&merged), said);
        } else {
            assert_eq!(taken(&merged), said);
        }
    }
    assert_eq!(Place::default().words(), "the whole document");
}

#[test]
fn what_both_changed_is_left_to_a_person() {
    let base = web();
    for (mine, theirs, said) in [
        (
            (WEB.to_owned() + ".memory", json!(1)),
            (WEB.to_owned() + ".memory", json!(2)),
            "memory of web",
        ),
        (("cpu".to_owned(), json!("1")), ("cpu".to_owned(), Value::Null), "cpu"),
        (("cpu".to_owned(), Value::Null), ("cpu".to_owned(), json!("1")), "cpu"),
        (
            (WEB.to_owned(), Value::Null),
            (WEB.to_owned() + ".image", json!("web:2")),
            "container web",
        ),
        (
            (WEB.to_owned() + ".image", json!("web:2")),
            (WEB.to_owned(), Value::Null),
            "container web",
        ),
        (
            (WEB.to_owned() + ".name", json!("a")),
            (WEB.to_owned() + ".name", json!("b")),
            "name of a",
        ),
        (
            (WEB.to_owned() + ".command", json!(["a"])),
            (WEB.to_owned() + ".command", json!(["b"])),
            "command of web",
        ),
        (("pid".to_owned(), json!({"a": 1})), ("pid".to_owned(), json!(7)), "pid"),
    ] {
        let (my, their) = (with(&[(&mine.0, mine.1)]), with(&[(&theirs.0, theirs.1)]));
        let merged = merge(&base, &my, &their);
        assert_eq!(clashes(&merged), [said]);
        assert_eq!(taken(&merged), [""; 0]);
        // Whatever is chosen gives one side or the other, whole.
        let choose = |side| {
            let mut document = merged.document.clone();
            settle(&mut document, &merged.clashes[0], side);
            document
        };
        assert_eq!(choose(Side::Mine), my, "{said}");
        assert_eq!(choose(Side::Theirs), their, "{said}");
    }
}

#[test]
fn a_choice_finds_its_place_after_other_changes() {
    let base = web();
    let merged = merge(
        &base,
        &with(&[("containerDefinitions.1.image", json!("mine"))]),
        &with(&[("containerDefinitions.1.image", json!("theirs"))]),
    );
    let mut document = merged.document.clone();
    document.insert("containerDefinitions", 0, json!({"name": "first"}));
    settle(&mut document, &merged.clashes[0], Side::Theirs);
    assert_eq!(document.text_at("containerDefinitions.2.image"), "theirs");
    document.remove("containerDefinitions.2");
    let before = document.clone();
    settle(&mut document, &merged.clashes[0], Side::Theirs);
    assert_eq!(document, before);
}

#[test]
fn order_follows_who_moved_something() {
    let base = document(json!({"volumes": [{"name": "a"}, {"name": "b"}, {"name": "c"}]}));
    let of = |names: &str| {
        let items: Vec<Value> = names.chars().map(|c| json!({"name": c.to_string()})).collect();
        document(json!({"volumes": items}))
    };
    for (mine, theirs, merged) in [
        ("cab", "abc", "cab"),
        ("abc", "cab", "cab"),
        ("cab", "bca", "cab"),
        ("abxc", "abc", "abxc"),
        ("abxc", "cab", "cabx"),
        ("abcx", "abcy", "abcxy"),
        ("xabc", "yabc", "xyabc"),
        ("ac", "abcd", "acd"),
        ("ab", "bc", "b"),
        ("", "abc", ""),
    ] {
        let answer = merge(&base, &of(mine), &of(theirs));
        assert_eq!(answer.document, of(merged), "{mine} and {theirs}");
    }
}

#[test]
fn lists_that_can_not_be_told_apart_are_one_part() {
    let base = document(json!({"x": [{"name": "a", "v": 1}, {"name": "a", "v": 2}]}));
    let mine = document(json!({"x": [{"name": "a", "v": 9}, {"name": "a", "v": 2}]}));
    let theirs = document(json!({"x": [{"name": "a", "v": 1}, {"name": "a", "v": 8}]}));
    assert_eq!(clashes(&merge(&base, &mine, &theirs)), ["x"]);
}
