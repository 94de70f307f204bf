use proptest::prelude::*;

use crate::env::shell_words::*;

#[test]
fn lines_are_split_as_a_shell_splits_them() {
    for (line, words) in [
        ("nginx -g 'daemon off;'", &["nginx", "-g", "daemon off;"][..]),
        ("  a   b\tc\n", &["a", "b", "c"]),
        (r#"sh -c "echo \"hi\" \$x \z""#, &["sh", "-c", r#"echo "hi" $x \z"#]),
        (r"a\ b \'c", &["a b", "'c"]),
        ("a\\\n b", &["a", "b"]),
        (r#"'' "" a''b"#, &["", "", "ab"]),
        ("", &[]),
    ] {
        assert_eq!(split(line).unwrap(), words, "{line:?}");
    }
    for line in ["'a", "\"a", "a\\", "\"a\\"] {
        assert!(split(line).is_err(), "{line:?}");
    }
}

#[test]
fn what_only_a_shell_understands_is_pointed_out() {
    for (line, found) in [
        ("a && b", Some("&")),
        ("a | b", Some("|")),
        ("echo $HOME", Some("$")),
        ("echo \"${HOME}\"", Some("$")),
        ("echo '$HOME' \\$x 'a|b' \"a;b\"", None),
        ("cost 5$", None),
        ("ls *.txt", Some("*")),
        ("a --x=2*3", None),
        ("a > b", Some(">")),
    ] {
        assert_eq!(shell_only(line), found, "{line}");
    }
}

proptest! {
    #[test]
    fn what_is_joined_is_split_again(words in prop::collection::vec("(?s).{0,8}", 0..5)) {
        prop_assert_eq!(split(&join(&words)), Ok(words));
    }
}
