use serde_json::{Value, json};

use crate::text::{Change, edit, patch, read};

/// A text as people write it, in more than one way.
const TEXT: &str = r#"{
    "family" : "web",
    "cpu": "256",

    "ratio": 1.0, "big": 1e3,
    "requiresCompatibilities": ["FARGATE"],
    "containerDefinitions": [{
        "name": "caf\u00e9",
        "environment": [
            { "name": "A", "value": "1" },
            { "name": "B", "value": "2" }
        ],
        "command": [ "a", "b" ],
        "dockerLabels": {}
    }]
}
"#;

#[test]
fn only_the_touched_place_changes() {
    let set = |value: Value| Change::Set(value);
    for (path, change, before, after) in [
        ("cpu", set(json!("512")), "\"256\"", "\"512\""),
        ("ratio", set(json!(2)), "1.0", "2"),
        ("big", Change::Remove, ", \"big\": 1e3", ""),
        ("family", Change::Remove, "\n    \"family\" : \"web\",", ""),
        ("family", Change::Rename("name".into()), "\"family\"", "\"name\""),
        ("memory", set(json!("512")), "}]\n}", "}],\n    \"memory\" : \"512\"\n}"),
        (
            "requiresCompatibilities",
            Change::Insert(1, json!("EC2")),
            "[\"FARGATE\"]",
            "[\"FARGATE\", \"EC2\"]",
        ),
        ("requiresCompatibilities.0", Change::Remove, "[\"FARGATE\"]", "[]"),
        (
            "containerDefinitions.0.environment",
            Change::Insert(1, json!({"name": "C", "value": "3"})),
            "\"1\" },\n",
            "\"1\" },\n            { \"name\" : \"C\", \"value\" : \"3\" },\n",
        ),
        (
            "containerDefinitions.0.environment",
            Change::Insert(0, json!({"name": "C"})),
            "[\n            { \"name\": \"A\"",
            "[\n            { \"name\" : \"C\" },\n            { \"name\": \"A\"",
        ),
        ("containerDefinitions.0.environment.0.value", set(json!("9")), "\"1\"", "\"9\""),
        (
            "containerDefinitions.0.environment.0",
            Change::Remove,
            "\n            { \"name\": \"A\", \"value\": \"1\" },",
            "",
        ),
        (
            "containerDefinitions.0.environment.1",
            Change::Remove,
            ",\n            { \"name\": \"B\", \"value\": \"2\" }",
            "",
        ),
        (
            "containerDefinitions.0.environment",
            Change::Move(0, 1),
            "{ \"name\": \"A\", \"value\": \"1\" },\n            { \"name\": \"B\", \"value\": \"2\" }",
            "{ \"name\": \"B\", \"value\": \"2\" },\n            { \"name\": \"A\", \"value\": \"1\" }",
        ),
        ("containerDefinitions.0.command.0", Change::Remove, "[ \"a\", \"b\" ]", "[ \"b\" ]"),
        ("containerDefinitions.0.command.2", set(json!("c")), "\"b\" ]", "\"b\", \"c\" ]"),
        (
            "containerDefinitions.0.dockerLabels.team",
            set(json!("x")),
            "{}\n    }]",
            "{\n            \"team\" : \"x\"\n        }\n    }]",
        ),
        (
            "containerDefinitions.0.healthCheck.command",
            set(json!(["CMD", "x"])),
            "{}\n    }]",
            "{},\n        \"healthCheck\" : {\n            \"command\" : [\"CMD\", \"x\"]\n        }\n    }]",
        ),
        (
            "containerDefinitions.1",
            set(json!({"name": "log"})),
            "}]\n}",
            "}, {\n        \"name\" : \"log\"\n    }]\n}",
        ),
    ] {
        assert!(TEXT.matches(before).count() == 1, "{before}");
        let changed = edit(TEXT, path, change.clone()).unwrap();
        assert_eq!(changed, TEXT.replace(before, after), "{path} {change:?}");
    }
}

#[test]
fn other_hands_are_kept() {
    for (text, path, change, after) in [
        ("{\"a\":1}", "b", Change::Set(json!([1, {"x": 2}])), "{\"a\":1,\"b\":[1,{\"x\":2}]}"),
        ("{ \"a\": 1 }", "b", Change::Set(json!(2)), "{ \"a\": 1, \"b\": 2 }"),
        (
            "{\n\t\"a\": {\n\t\t\"b\": 1\n\t}\n}",
            "a.c.d",
            Change::Set(json!(2)),
            "{\n\t\"a\": {\n\t\t\"b\": 1,\n\t\t\"c\": {\n\t\t\t\"d\": 2\n\t\t}\n\t}\n}",
        ),
        (
            "{\r\n  \"a\": 1\r\n}\r\n",
            "b",
            Change::Set(json!(2)),
            "{\r\n  \"a\": 1,\r\n  \"b\": 2\r\n}\r\n",
        ),
        ("{}", "a", Change::Set(json!({"b": 1})), "{\n  \"a\": {\n    \"b\": 1\n  }\n}"),
        ("{\n  \"a\": [ ]\n}", "a.0", Change::Set(json!(1)), "{\n  \"a\": [\n    1\n  ]\n}"),
        ("{\"a\": 1 , \"b\": 2 }", "a", Change::Remove, "{\"b\": 2 }"),
        ("{\"a\": 1 , \"b\": 2 }", "b", Change::Remove, "{\"a\": 1 }"),
        ("{\"a\": 1}", "a", Change::Set(json!({"b": 2})), "{\"a\": {\"b\": 2}}"),
    ] {
        assert_eq!(edit(text, path, change).as_deref(), Some(after), "{text}");
    }
}

#[test]
fn what_the_text_has_beyond_the_old_value_stays() {
    let text = "{\"family\": \"web\", \"cpu\": null, \"tags\": [], \"revision\": 3}";
    let old = json!({"family": "web", "tags": []});
    let new = json!({"family": "shop", "tags": [], "memory": "1"});
    assert_eq!(
        patch(text, &old, &new).unwrap(),
        "{\"family\": \"shop\", \"cpu\": null, \"tags\": [], \"memory\": \"1\", \"revision\": 3}"
    );
    let new = json!({"family": "web", "cpu": "256"});
    assert_eq!(
        patch(text, &old, &new).unwrap(),
        "{\"family\": \"web\", \"cpu\": \"256\", \"revision\": 3}"
    );
}

/// A large document is changed in one pass.
#[test]
fn many_changes_at_once() {
    let row = |at: usize, value: &str| json!({"name": format!("V{at}"), "value": value});
    let old = json!({"environment": (0..300).map(|at| row(at, "x")).collect::<Vec<_>>()});
    let text = serde_json::to_string_pretty(&old).unwrap();
    let changed =
        (0..300).filter(|at| at % 3 > 0).map(|at| row(at, if at % 2 > 0 { "y" } else { "x" }));
    let new = json!({"environment": changed.rev().collect::<Vec<_>>()});
    let patched = patch(&text, &old, &new).unwrap();
    assert_eq!(read(&patched).value(), Some(new.clone()));
    assert_eq!(patched, serde_json::to_string_pretty(&new).unwrap());
}
