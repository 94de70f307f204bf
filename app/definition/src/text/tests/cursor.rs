use crate::text::{Completion, Context, Role, completions, context, explain, line_break};

/// The context at the mark `|`, and the text without it.
fn at(marked: &str) -> Context {
    let offset = marked.find('|').unwrap();
    context(&marked.replace('|', ""), offset)
}

#[test]
fn the_cursor_knows_where_it_stands() {
    use Role::*;
    for (text, role, path, prefix, names) in [
        ("|", Nothing, "", "", &[][..]),
        ("{|}", Name, "", "", &[]),
        ("{\"fam|\"}", Name, "", "fam", &[]),
        (
            "{\n  \"cpu\": \"1\",\n  \"fam|\n  \"memory\": \"2\"\n}",
            Name,
            "",
            "fam",
            &["cpu", "memory"],
        ),
        ("{\"cpu\": \"1\"\n  \"fam|", Name, "", "fam", &["cpu"]),
        ("{\"cpu\": \"1\", fam|: 2}", Name, "", "fam", &["cpu"]),
        ("{\"networkMode\": |}", Value, "networkMode", "", &["networkMode"]),
        ("{\"networkMode\": \"aw|\"}", Value, "networkMode", "aw", &["networkMode"]),
        ("{\"networkMode\": aw|", Value, "networkMode", "aw", &["networkMode"]),
        (
            "{\"containerDefinitions\": [{\"name\": \"a\"}, {\"ima|\"}]}",
            Name,
            "containerDefinitions.1",
            "ima",
            &[],
        ),
        (
            "{\"requiresCompatibilities\": [\"EC2\", \"F|\"]}",
            Value,
            "requiresCompatibilities.1",
            "F",
            &[],
        ),
        ("{\"requiresCompatibilities\": [\"EC2\" |]}", Nothing, "requiresCompatibilities", "", &[]),
        (
            "{\"taskDefinition\": {\"runtimePlatform\": {\"cpuArchitecture\": \"|\"}}}",
            Value,
            "runtimePlatform.cpuArchitecture",
            "",
            &["cpuArchitecture"],
        ),
        ("{\"a\": 1}|", Nothing, "", "", &[]),
    ] {
        let found = at(text);
        assert_eq!(
            (found.role, found.path.as_str(), found.prefix.as_str()),
            (role, path, prefix),
            "{text}"
        );
        if role == Name || path == "networkMode" {
            assert_eq!(found.names, names, "{text}");
        }
    }
}

/// The text after the first completion, with the cursor's mark.
fn complete(marked: &str) -> Option<String> {
    let context = at(marked);
    let text = marked.replace('|', "");
    let Completion { insert, back, .. } = completions(&context).into_iter().next()?;
    let cursor = insert.len() - back;
    Some(format!(
        "{}{}|{}{}",
        &text[..context.at.start],
        &insert[..cursor],
        &insert[cursor..],
        &text[context.at.end..]
    ))
}

#[test]
fn what_is_begun_is_completed() {
    for (text, completed) in [
        ("{\"fam|\"}", Some("{\"family\": \"|\"}")),
        ("{fam|}", Some("{\"family\": \"|\"}")),
        ("{\"fam|\": 1}", Some("{\"family\"|: 1}")),
        ("{\n  \"fam|\n  \"cpu\": \"1\"\n}", Some("{\n  \"family\": \"|\",\n  \"cpu\": \"1\"\n}")),
        (
            "{\"containerDefinitions\": [{\"portM|\"}]}",
            Some("{\"containerDefinitions\": [{\"portMappings\": [|]}]}"),
        ),
        (
            "{\"containerDefinitions\": [{\"healthC|\"}]}",
            Some("{\"containerDefinitions\": [{\"healthCheck\": {|}}]}"),
        ),
        (
            "{\"containerDefinitions\": [{\"stopT|\"}]}",
            Some("{\"containerDefinitions\": [{\"stopTimeout\": |}]}"),
        ),
        ("{\"networkMode\": \"aw|\"}", Some("{\"networkMode\": \"awsvpc\"|}")),
        ("{\"networkMode\": aw|", Some("{\"networkMode\": \"awsvpc\"|")),
        (
            "{\"requiresCompatibilities\": [\"F|\"]}",
            Some("{\"requiresCompatibilities\": [\"FARGATE\"|]}"),
        ),
        ("{\"cpu\": \"5|\"}", Some("{\"cpu\": \"512\"|}")),
        (
            "{\"containerDefinitions\": [{\"essential\": t|}]}",
            Some("{\"containerDefinitions\": [{\"essential\": true|}]}"),
        ),
        (
            "{\"containerDefinitions\": [{\"name\": \"app\", \"dependsOn\": [{\"containerName\": \"|\"}]}]}",
            Some(
                "{\"containerDefinitions\": [{\"name\": \"app\", \"dependsOn\": [{\"containerName\": \"app\"|}]}]}",
            ),
        ),
        (
            "{\"volumes\": [{\"name\": \"data\"}], \"containerDefinitions\": [{\"mountPoints\": [{\"sourceVolume\": \"d|\"}]}]}",
            Some(
                "{\"volumes\": [{\"name\": \"data\"}], \"containerDefinitions\": [{\"mountPoints\": [{\"sourceVolume\": \"data\"|}]}]}",
            ),
        ),
        (
            "{\"containerDefinitions\": [{\"dependsOn\": [{\"condition\": \"h|\"}]}]}",
            Some("{\"containerDefinitions\": [{\"dependsOn\": [{\"condition\": \"HEALTHY\"|}]}]}"),
        ),
        ("{\"family\": \"|\"}", None),
        ("{\"qqqq|\"}", None),
        ("{\"containerDefinitions\": [{\"dockerLabels\": {\"a|\"}}]}", None),
    ] {
        assert_eq!(complete(text).as_deref(), completed, "{text}");
    }
}

#[test]
fn members_that_are_there_are_not_offered() {
    let labels =
        |text| -> Vec<String> { completions(&at(text)).into_iter().map(|c| c.label).collect() };
    assert_eq!(labels("{\"cpu\": \"1\", \"|\"}").len() + 1, labels("{\"|\"}").len());
    assert!(!labels("{\"|\", \"cpu\": \"1\"}").contains(&"cpu".to_owned()));
    assert_eq!(labels("{\"memory|\"}")[0], "memory");
    // People look for a member by its purpose too.
    assert!(labels("{\"volumes\": [{\"launch|\"}]}").contains(&"configuredAtLaunch".to_owned()));
}

#[test]
fn members_are_explained() {
    for (path, begins) in [
        ("networkMode", "Network mode: How the containers are connected."),
        ("requiresCompatibilities.0", "Runs on: "),
        ("containerDefinitions.2.stopTimeout", "Stop"),
        ("containerDefinitions.0.healthCheck", "Health"),
        ("containerDefinitions.0.portMappings.0", "Ports: "),
        ("containerDefinitions.0", "Container: "),
        ("containerDefinitions", "Container: "),
    ] {
        let said = explain(path).map(|words| words.to_string()).unwrap_or_default();
        assert!(said.starts_with(begins), "{path}: {said}");
    }
    let said = explain("containerDefinitions.0.portMappings.0.protocol").unwrap().to_string();
    assert_eq!(said, "Protocol: In small letters. One of tcp, udp. When absent: tcp.");
    assert_eq!(explain("unheardOf"), None);
    assert_eq!(explain(""), None);
}

#[test]
fn a_new_line_begins_where_it_should() {
    for (text, written) in [
        ("{|}", ("\n  \n", 1)),
        ("{\n\t\"a\": [|]\n}", ("\n\t\t\n\t", 2)),
        ("{\n    \"a\": {|\n", ("\n        ", 0)),
        ("{\n    \"a\": 1,|\n", ("\n    ", 0)),
        ("|", ("\n", 0)),
    ] {
        let offset = text.find('|').unwrap();
        let (wanted, back) = written;
        assert_eq!(
            line_break(&text.replace('|', ""), offset),
            (wanted.to_owned(), back),
            "{text:?}"
        );
    }
}
