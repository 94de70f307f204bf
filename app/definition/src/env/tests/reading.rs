use proptest::prelude::*;

use crate::env::*;

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn lines_are_read() {
    for (text, wanted) in [
        ("A=1", &[("A", "1")][..]),
        ("\u{feff}A=1\r\nB=2\rC=3\n", &[("A", "1"), ("B", "2"), ("C", "3")]),
        ("# no\n\n  A = 1  # one\nB=#2\nC=x#y", &[("A", "1"), ("B", ""), ("C", "x#y")]),
        ("export A=1\nexport\tB=2\nexport=3", &[("A", "1"), ("B", "2"), ("export", "3")]),
        ("A=\nB=\"\"\nC=''", &[("A", ""), ("B", ""), ("C", "")]),
        (r#"A="x\n\"y\"\\ \$z \q""#, &[("A", "x\n\"y\"\\ $z \\q")]),
        (r"A='x\n$y'", &[("A", r"x\n$y")]),
        ("A=\"one\ntwo\r\nthree\" # end\nB=1", &[("A", "one\ntwo\nthree"), ("B", "1")]),
        ("A='it''s", &[]),
        ("URL=http://x/?a=b&c=d", &[("URL", "http://x/?a=b&c=d")]),
        ("A=one two", &[("A", "one two")]),
        ("a.b-c=1", &[("a.b-c", "1")]),
    ] {
        assert_eq!(read(text).variables, pairs(wanted), "{text:?}");
    }
}

#[test]
fn what_can_not_be_read_says_its_line() {
    for (text, line, said) in [
        ("A=1\nodd\nB=2", 2, "There is no = sign after “odd”."),
        ("\n\n=1", 3, "The name before the = sign is missing."),
        ("two words=1", 1, "A name holds no space: “two words”."),
        ("A=\"x\ny\nB=1", 1, "The quote \" is not closed."),
        ("A=1\nB='x'y", 2, "After the closing quote stands “y”."),
    ] {
        let troubles = read(text).troubles;
        let first = troubles.first().map(|trouble| (trouble.line, trouble.said.as_str()));
        assert_eq!(first, Some((line, said)), "{text:?}");
    }
    // One quote too few takes no other line with it.
    assert_eq!(read("A=\"x\nB=1\nC=2").variables, pairs(&[("B", "1"), ("C", "2")]));
    assert_eq!(read("A=\"x\ny\nB=1").troubles.len(), 2);
}

#[test]
fn values_are_quoted_only_where_they_have_to_be() {
    for (value, line) in [
        ("x", "A=x\n"),
        ("", "A=\n"),
        ("http://x/?a=b", "A=http://x/?a=b\n"),
        (" x", "A=' x'\n"),
        ("$x", "A='$x'\n"),
        ("it's $x", "A=\"it's \\$x\"\n"),
        ("one\ntwo", "A=\"one\\ntwo\"\n"),
    ] {
        assert_eq!(write(&pairs(&[("A", value)])).0, line, "{value:?}");
    }
    let (text, left_out) = write(&pairs(&[("", "1"), ("a b", "2"), ("a=b", "3"), ("#a", "4")]));
    assert_eq!((text.as_str(), left_out.len()), ("", 4));
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(
        names in prop::collection::vec("[A-Za-z_][A-Za-z0-9_.-]{0,8}|export|\\PC{1,4}", 0..6),
        values in prop::collection::vec("(?s).{0,12}|[ \"'#$\\\\`\n\r\t=a]{0,8}", 6),
    ) {
        let variables: Vec<_> = names.into_iter().zip(values).collect();
        let (text, left_out) = write(&variables);
        let kept: Vec<_> =
            variables.into_iter().filter(|(name, _)| !left_out.contains(name)).collect();
        prop_assert_eq!(read(&text), Lines { variables: kept, troubles: Vec::new() });
    }
}

#[test]
fn what_is_pasted_is_known_by_its_looks() {
    for (text, read_as, variables) in [
        ("A=1\nB=2", PastedAs::Lines, &[("A", "1"), ("B", "2")][..]),
        (
            r#" {"A": "1", "B": 2, "C": true, "D": null}"#,
            PastedAs::Object,
            &[("A", "1"), ("B", "2"), ("C", "true"), ("D", "")],
        ),
        (
            r#"[{"name": "A", "value": "1"}, {"Name": "B", "Value": 2}, "C=3=4"]"#,
            PastedAs::List,
            &[("A", "1"), ("B", "2"), ("C", "3=4")],
        ),
        (
            r#"{"name": "app", "environment": [{"name": "A", "value": "1"}]}"#,
            PastedAs::List,
            &[("A", "1")],
        ),
        (
            "docker run --rm -e A=1 \\\n  --env 'B=two words' -eC=3 --env=D=4 nginx",
            PastedAs::DockerRun,
            &[("A", "1"), ("B", "two words"), ("C", "3"), ("D", "4")],
        ),
        ("-e A=1\n-e B=\"2\"", PastedAs::DockerRun, &[("A", "1"), ("B", "2")]),
    ] {
        let pasted = recognise(text);
        assert_eq!((pasted.read_as, pasted.variables), (read_as, pairs(variables)), "{text}");
        assert!(pasted.troubles.is_empty(), "{text}");
    }
    let list = recognise(r#"[{"name": "A", "valueFrom": "arn:x"}]"#);
    assert_eq!(list.secrets, pairs(&[("A", "arn:x")]));
    for (text, line) in [
        ("{\n  \"A\": 1,\n}", 3),
        (r#"{"A": [1]}"#, 1),
        (r#"[{"value": "1"}]"#, 1),
        ("-e A", 1),
        ("docker run --env-file x.env nginx", 1),
        ("-e 'A=1", 1),
        ("A", 1),
    ] {
        let troubles = recognise(text).troubles;
        assert_eq!(troubles.first().map(|trouble| trouble.line), Some(line), "{text}");
    }
}

#[test]
fn lists_are_merged_and_looked_through() {
    assert_eq!(duplicates(["A", "", "B", "", "A"]), [true, false, false, false, true]);
    let mut rows = pairs(&[("A", "1"), ("B", "2"), ("A", "3")]);
    let merged = merge(&mut rows, pairs(&[("B", "9"), ("C", "4"), ("C", "5"), ("A", "1")]));
    assert_eq!(rows, pairs(&[("A", "1"), ("B", "9"), ("A", "3"), ("C", "5")]));
    assert_eq!(merged, Merged { added: 1, changed: 1, same: 1 });
    assert_eq!(merged.words(), "1 added, 1 changed, 1 the same already");
    assert_eq!(Merged::default().words(), "Nothing to add");
}
