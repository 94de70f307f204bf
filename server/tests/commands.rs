//! The commands that the README promises are the commands that exist, and continuous integration
//! runs the same one.

const README: &str = include_str!("../../README.md");
const MAKEFILE: &str = include_str!("../../Makefile");
const CI: &str = include_str!("../../.ci/run");

#[test]
fn continuous_integration_runs_the_readmes_test_command() {
    let last = CI.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
    assert_eq!(last, "exec make test");
    assert!(README.contains("\n    make test "));
}

#[test]
fn every_make_target_that_is_named_exists() {
    let words = |text: &'static str| text.split(['`', '\n']).map(str::trim);
    let named = words(README).filter_map(|words| words.strip_prefix("make "));
    for target in named.filter_map(|words| words.split_whitespace().next()) {
        let rule = format!("\n{target}:");
        assert!(MAKEFILE.contains(&rule), "the README names make {target}, which does not exist");
    }
}

#[test]
fn every_target_says_what_it_is_for() {
    for line in MAKEFILE.lines().filter_map(|line| line.strip_prefix(".PHONY: ")) {
        let rule = MAKEFILE.lines().find(|rule| rule.starts_with(&format!("{line}:")));
        assert!(rule.is_some_and(|rule| rule.contains('#')), "make {line} has no comment");
    }
}
