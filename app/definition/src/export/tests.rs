use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Map, Value, json};

use super::*;
use crate::convert;
use crate::import::import;
use crate::rules::{Shape, TASK};

/// Documents of every shape that ECS knows, with texts that other languages take amiss.
fn value_of(shape: &'static Shape) -> BoxedStrategy<Value> {
    let word = proptest::sample::select(vec![
        "web",
        "${HOME}",
        "%{x}",
        "$${a}",
        "it's \"quoted\"",
        "two\nlines\t",
        "true",
        "0755",
        "1.10",
        "null",
        "- x: y",
        "#no",
        "{{ x }}",
        "ünï → 🚢",
        "a:b",
        " padded ",
        "\\n",
        "'",
        "*a",
        "&b",
        "!Ref x",
        "<<",
        "\u{85}\u{7}",
        "${",
    ]);
    match shape {
        Shape::Text => word.prop_map(Value::from).boxed(),
        Shape::Number => (0..70_000_i64).prop_map(Value::from).boxed(),
        Shape::Truth => any::<bool>().prop_map(Value::from).boxed(),
        Shape::Texts => {
            let names = proptest::sample::select(vec![
                "awslogs-group",
                "A.b",
                "true",
                "with space",
                "${x}",
            ]);
            proptest::collection::hash_map(names, word, 1..3)
                .prop_map(|map| {
                    Value::Object(map.into_iter().map(|(k, v)| (k.to_owned(), v.into())).collect())
                })
                .boxed()
        }
        Shape::List(inner) => {
            proptest::collection::vec(value_of(inner), 1..3).prop_map(Value::from).boxed()
        }
        Shape::Object(members) => {
            let member = |(name, shape): &'static (&'static str, Shape)| {
                proptest::option::weighted(0.5, value_of(shape))
                    .prop_map(|value| value.map(|value| ((*name).to_owned(), value)))
            };
            members
                .iter()
                .map(member)
                .collect::<Vec<_>>()
                .prop_filter_map(
                    "an object without members is written in several ways",
                    |members| {
                        let members: Map<String, Value> = members.into_iter().flatten().collect();
                        (!members.is_empty()).then_some(Value::Object(members))
                    },
                )
                .boxed()
        }
    }
}

/// The document that is read of an export; its title is of no account.
fn read_again(document: &Document, form: Dialect) -> Value {
    let text = export(document, form).text;
    if form == Dialect::Json {
        return import(&text).unwrap().document.into_value();
    }
    let mut started = convert::read(&text).unwrap_or_else(|trouble| panic!("{trouble}\n{text}"));
    assert_eq!(started.documents.len(), 1, "{text}");
    started.documents.remove(0).document.into_value()
}

/// Runs over documents made by chance, the same in every run.
fn for_documents(check: impl Fn(Document)) {
    let config = Config { cases: 60, failure_persistence: None, ..Config::default() };
    let chance = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(config, chance);
    let run = runner.run(&value_of(&TASK), |value| {
        check(Document::new(value).unwrap());
        Ok(())
    });
    run.unwrap();
}

/// Without what Terraform has no word for: members of its own absence, and tags without a key.
fn for_terraform(value: &Value) -> Value {
    let mut value = value.clone();
    value.as_object_mut().unwrap().shift_remove("trustedExecutionConfiguration");
    let lists = [("/tags", "key"), ("/proxyConfiguration/properties", "name")];
    for (list, key) in lists {
        let Some(Value::Array(items)) = value.pointer_mut(list) else { continue };
        // A map has each key once, and a value with it.
        let mut map = Map::new();
        for item in items.iter() {
            if let Some(name) = item.get(key).and_then(Value::as_str) {
                map.insert(
                    name.to_owned(),
                    item.get("value").cloned().unwrap_or_else(|| json!("")),
                );
            }
        }
        *items = map.into_iter().map(|(name, value)| json!({key: name, "value": value})).collect();
    }
    sorted(&without_nothing(value))
}

/// Terraform has no word for what is empty, nor for what is off when it is absent; containers are
/// JSON and keep everything.
fn without_nothing(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let clean = |(name, value): (String, Value)| {
                let value =
                    if name == "containerDefinitions" { value } else { without_nothing(value) };
                let off = matches!(name.as_str(), "enableFaultInjection" | "configuredAtLaunch");
                let nothing = match &value {
                    Value::Array(items) => items.is_empty(),
                    Value::Object(members) => members.is_empty(),
                    Value::Bool(truth) => off && !truth,
                    Value::Number(number) => {
                        name == "transitEncryptionPort" && number.as_i64() == Some(0)
                    }
                    _ => false,
                };
                (!nothing).then_some((name, value))
            };
            Value::Object(members.into_iter().filter_map(clean).collect())
        }
        Value::Array(items) => items.into_iter().map(without_nothing).collect(),
        other => other,
    }
}

/// Members in one order: blocks stand behind arguments.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().map(|(k, v)| (k.clone(), sorted(v))).collect();
            members.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(members.into_iter().collect())
        }
        Value::Array(items) => items.iter().map(sorted).collect(),
        other => other.clone(),
    }
}

#[test]
fn what_is_exported_comes_back() {
    for_documents(|document| {
        for form in [Dialect::CloudFormationYaml, Dialect::CloudFormationJson] {
            let template = document.value();
            // A member whose name is a function's would be worked out; ECS has none.
            assert_eq!(&read_again(&document, form), template, "{form:?}");
        }
        let again = read_again(&document, Dialect::Terraform);
        assert_eq!(sorted(&without_nothing(again)), for_terraform(document.value()));
    });
}

/// Real files, where a collection of them lies beside the checkout.
#[test]
fn collected_files_come_back() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus/taskdefs");
    let Ok(files) = std::fs::read_dir(folder) else { return };
    for file in files {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        // What is read has the API's types, as what is exported must have them.
        let Ok(started) = convert::read(&text) else { continue };
        let document = &started.documents[0].document;
        for form in [Dialect::Json, Dialect::CloudFormationYaml, Dialect::CloudFormationJson] {
            assert_eq!(&read_again(document, form), document.value(), "{path:?} {form:?}");
        }
        let again = read_again(document, Dialect::Terraform);
        assert_eq!(sorted(&without_nothing(again)), for_terraform(document.value()), "{path:?}");
    }
}

#[test]
fn a_shell_hands_the_document_on_as_it_is() {
    let document = Document::new(json!({"family": "it's $HOME `x` \\ \"y\""})).unwrap();
    let text = export(&document, Dialect::Command).text;
    let said = std::process::Command::new("sh")
        .args(["-c", &text.replacen("aws ", "printf '%s\\n' ", 1)])
        .output()
        .unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    let json = said.split_once("--cli-input-json\n").unwrap().1;
    assert_eq!(serde_json::from_str::<Value>(json).unwrap(), *document.value());
    let power = export(&document, Dialect::PowerShell).text;
    assert!(power.contains("$document = @'\n{\n") && power.contains("\n}\n'@\n"), "{power}");
}

#[test]
fn what_terraform_has_no_argument_for_is_named() {
    let document = Document::new(json!({"family": "7up", "newMember": {"x": 1}})).unwrap();
    let exported = export(&document, Dialect::Terraform);
    assert_eq!(exported.left_out, ["newMember"]);
    assert_eq!(
        exported.text,
        "resource \"aws_ecs_task_definition\" \"task_7up\" {\n  family = \"7up\"\n  # Terraform has no argument for newMember.\n}\n"
    );
}
