use serde_json::json;

use crate::text::{Lines, Slip, Span, byte_of, edit, mend, read, utf16_of};

/// A text, its slips with the text at their places, and the text mended.
type Case = (&'static str, &'static [(Slip, &'static str)], &'static str);

/// Every slip of a text, with the text at its place.
fn slips(text: &str) -> Vec<(Slip, String)> {
    let reading = read(text);
    assert_eq!(reading.value().is_none(), !reading.troubles.is_empty());
    reading.troubles.iter().map(|t| (t.slip, t.at.of(text).to_owned())).collect()
}

#[test]
fn each_slip_has_its_name_its_place_and_where_plain_its_mending() {
    use Slip::*;
    let cases: &[Case] = &[
        ("{\"a\": 1 // why\n}", &[(Comment, "// why")], "{\"a\": 1 \n}"),
        ("/* x\n */ {\"a\": 1}", &[(Comment, "/* x\n */")], " {\"a\": 1}"),
        ("# x\n{\"a\": 1}", &[(Comment, "# x")], "\n{\"a\": 1}"),
        (r#"{"a": [1, 2,],}"#, &[(TrailingComma, ","), (TrailingComma, ",")], r#"{"a": [1, 2]}"#),
        ("{\"a\": 1\n \"b\": 2}", &[(MissingComma, "\"")], "{\"a\": 1,\n \"b\": 2}"),
        (r#"[1 2, "x""y"]"#, &[(MissingComma, "2"), (MissingComma, "\"")], r#"[1, 2, "x","y"]"#),
        (r#"{"a": 1;"b": 2}"#, &[(MissingComma, ";")], r#"{"a": 1,"b": 2}"#),
        ("[,1,,2]", &[(ExtraComma, ","), (ExtraComma, ",")], "[1,2]"),
        (r#"{'a': 'it"s'}"#, &[(Quotes, "'a'"), (Quotes, "'it\"s'")], r#"{"a": "it\"s"}"#),
        ("{“a”: 1}", &[(Quotes, "“a”")], "{\"a\": 1}"),
        (
            "{\"a\": \"open,\n\"b\": 1}",
            &[(OpenText, "\"open,"), (MissingComma, "\"")],
            "{\"a\": \"open,,\n\"b\": 1}",
        ),
        (r#"{"a": "c:\d"}"#, &[(Escape, r#""c:\d""#)], r#"{"a": "c:\d"}"#),
        ("{\"a\": \"x\ty\"}", &[(Escape, "\"x\ty\"")], r#"{"a": "x\ty"}"#),
        (r#"{"a": 1, "b": 2, "a": 3}"#, &[(Duplicate, "\"a\"")], r#"{"a": 1, "b": 2, "a": 3}"#),
        (
            r#"{a: 1, b-c: 2}"#,
            &[(UnquotedName, "a"), (UnquotedName, "b-c")],
            r#"{"a": 1, "b-c": 2}"#,
        ),
        (r#"{"a" = 1}"#, &[(Colon, "=")], r#"{"a" : 1}"#),
        (r#"{"a" 1, "b"}"#, &[(Colon, ""), (Colon, "")], r#"{"a" 1, "b"}"#),
        (r#"{"a": ${CPU}, "b": 1}"#, &[(Template, "${CPU}")], r#"{"a": ${CPU}, "b": 1}"#),
        (
            r#"{"a": {{ cpu }}, "b": $B}"#,
            &[(Template, "{{ cpu }}"), (Template, "$B")],
            r#"{"a": {{ cpu }}, "b": $B}"#,
        ),
        (
            r#"{"a": <IMAGE1_NAME>, "b": %s}"#,
            &[(Template, "<IMAGE1_NAME>"), (Template, "%s")],
            r#"{"a": <IMAGE1_NAME>, "b": %s}"#,
        ),
        (
            "{\"a\": 1,\n{{#if x}}\n\"b\": 2\n}",
            &[(Template, "{{#if x}}")],
            "{\"a\": 1,\n{{#if x}}\n\"b\": 2\n}",
        ),
        (r#"{"a": [1"#, &[(Early, "")], r#"{"a": [1]}"#),
        ("", &[(Early, "")], ""),
        ("\u{FEFF}{\"a\": 1}", &[(Invisible, "\u{FEFF}")], "{\"a\": 1}"),
        ("{\u{A0}\"a\": 1}", &[(Invisible, "\u{A0}")], "{\"a\": 1}"),
        ("[NaN, -Infinity]", &[(Number, "NaN"), (Number, "-Infinity")], "[NaN, -Infinity]"),
        (
            "[007, +1, .5, 1., 0x1F]",
            &[(Number, "007"), (Number, "+1"), (Number, ".5"), (Number, "1."), (Number, "0x1F")],
            "[7, 1, .5, 1., 0x1F]",
        ),
        (
            "[True, None, off]",
            &[(Word, "True"), (Word, "None"), (Word, "off")],
            "[true, null, false]",
        ),
        (r#"{"a": [1}"#, &[(Bracket, "")], r#"{"a": [1]}"#),
        ("[1}", &[(Bracket, "}")], "[1]"),
        (r#"{"a": 1}}"#, &[(After, "}")], r#"{"a": 1}}"#),
        (
            r#"{"a": nginx:1.27, "b": }"#,
            &[(Value, "nginx:1.27"), (Value, "}")],
            r#"{"a": "nginx:1.27", "b": }"#,
        ),
        (r#"{"a": ), "b": 1}"#, &[(Value, ")")], r#"{"a": ), "b": 1}"#),
        (r#"{"a": 1, {"x": 2}, "b": 1}"#, &[(Value, "{")], r#"{"a": 1, {"x": 2}, "b": 1}"#),
    ];
    for (text, expected, mended) in cases {
        let expected: Vec<(Slip, String)> =
            expected.iter().map(|(slip, at)| (*slip, (*at).to_owned())).collect();
        assert_eq!(slips(text), expected, "{text}");
        assert_eq!(mend(text, &read(text).troubles), *mended, "{text}");
    }
}

#[test]
fn sentences_say_what_to_do() {
    for (text, said) in [
        (
            "{\n\"cpu\": \"1\",\n\"cpu\": \"2\"}",
            "cpu stands twice in this object, also in line 2. ECS would take the last: remove one",
        ),
        (
            "{\"cpu\": ${CPU}}",
            "this looks like a template for envsubst or Terraform: fill ${CPU} in first",
        ),
        (
            "{\"cpu\": {{ cpu }}}",
            "this looks like a template for Jinja, Helm or Handlebars: fill {{ cpu }} in first",
        ),
        ("{\"a\": [", "the text ends too early: ]} is missing"),
    ] {
        let reading = read(text);
        let said_here: Vec<_> = reading.troubles.iter().map(|t| t.said.as_str()).collect();
        assert_eq!(said_here, [said], "{text}");
    }
}

#[test]
fn placeholders_in_quotes_are_doubts_and_no_trouble() {
    let text = r#"{"image": "${REPO}/app:{{ tag }}", "family": "<NAME>", "a": "%s", "b": "5 < 6 > 2 $x 100%",
        "command": ["echo ${HOME}"], "environment": [{"name": "A", "value": "${B}"}]}"#;
    let reading = read(text);
    assert_eq!(reading.troubles, []);
    let places: Vec<_> = reading.doubts.iter().map(|doubt| doubt.at.of(text)).collect();
    assert_eq!(places, ["\"${REPO}/app:{{ tag }}\"", "\"<NAME>\"", "\"%s\""]);
}

#[test]
fn every_path_has_its_place() {
    let text = "{\n  \"family\": \"web\",\n  \"labels\": {\"com.example.x\": \"é🚢\", \"com\": {\"y\": 1}},\n  \"list\": [1, [true], {\"a\": null}]\n}\n";
    let reading = read(text);
    for (path, name, value, line) in [
        ("", None, text.trim_end(), 1),
        ("family", Some("\"family\""), "\"web\"", 2),
        ("labels.com.example.x", Some("\"com.example.x\""), "\"é🚢\"", 3),
        ("labels.com.y", Some("\"y\""), "1", 3),
        ("list.0", None, "1", 4),
        ("list.1.0", None, "true", 4),
        ("list.2.a", Some("\"a\""), "null", 4),
    ] {
        let (name_at, node) = reading.root.find(path).unwrap();
        assert_eq!(name_at.map(|at| at.of(text)), name, "{path}");
        assert_eq!(node.at.of(text), value, "{path}");
        assert_eq!(reading.line_of(path), line, "{path}");
        if !path.is_empty() {
            assert_eq!(reading.root.path_at(node.at.start), path);
            assert_eq!(reading.root.path_at(node.at.end), path);
        }
    }
    assert!(reading.root.find("list.9").is_none());
    // What is absent is shown at what is around it.
    assert_eq!(reading.place_of("list.2.b.c").of(text), "{");
    assert_eq!(reading.place_of("absent").of(text), "{");
    assert_eq!(reading.place_of("labels.z").of(text), "\"labels\"");
}

#[test]
fn offsets_are_told_as_browsers_and_people_count() {
    let text = "é\n🚢x";
    assert_eq!([0, 2, 3, 7].map(|byte| utf16_of(text, byte)), [0, 1, 2, 4]);
    assert_eq!([0, 1, 2, 3, 4, 9].map(|unit| byte_of(text, unit)), [0, 2, 3, 3, 7, 8]);
    let lines = Lines::of(text);
    assert_eq!(lines.place(text, 7), (2, 2));
    assert_eq!((lines.count(), lines.text_of(text, 2), lines.start_of(9)), (2, "🚢x", 3));
    assert_eq!(Span::new(0, 2).of(text), "é");
}

/// A hostile text ends the reading and not the program.
#[test]
fn no_text_stops_the_reader() {
    for text in [
        "[",
        "{\"a\":",
        "/*",
        "'",
        "\"\\",
        "{{",
        "<",
        "$",
        "%",
        "[{]",
        "}{",
        ":",
        "\\",
        "\"\\u12\"",
        "“",
        "é",
        "[é}",
        "{\"a\" \"b\" \"c\"}",
    ] {
        let deep = text.repeat(400);
        for text in [text, &deep] {
            let reading = read(text);
            let mended = mend(text, &reading.troubles);
            read(&mended);
            for at in 0..=text.len() {
                reading.root.path_at(at);
            }
        }
    }
    assert_eq!(edit("[1,", "0", crate::text::Change::Remove), None);
    assert_eq!(read("{\"a\": 1.50}").value(), Some(json!({"a": 1.5})));
}
