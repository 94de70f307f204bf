//! Every rule is listed, broken once and kept once; nothing is found that is not listed.

use std::collections::BTreeSet;

use serde_json::json;

use super::*;

/// The numbers of sections A to G of ECS's model.
const LAST: usize = 183;

#[test]
fn each_rule_is_known_or_says_why_not() {
    let known: BTreeSet<&str> = RULES.iter().map(|rule| rule.number).collect();
    let unchecked: BTreeSet<&str> = UNCHECKED.iter().map(|(number, _)| *number).collect();
    for number in (1..=LAST).map(|number| format!("R{number}")) {
        assert!(
            known.contains(number.as_str()) != unchecked.contains(number.as_str()),
            "{number} is in one of the two lists"
        );
    }
    let rows: BTreeSet<(&str, Severity)> =
        RULES.iter().map(|rule| (rule.number, rule.severity)).collect();
    assert_eq!(rows.len(), RULES.len(), "no row is there twice");
    assert!(RULES.iter().all(|rule| rule.about.ends_with('.')));
}

#[test]
fn each_rule_is_broken_and_kept() {
    let cases = cases::all();
    for row in RULES {
        let any = cases.iter().any(|it| (it.rule, it.severity) == (row.number, row.severity));
        assert!(any, "{} {:?} has no case", row.number, row.severity);
    }
    for case in &cases {
        let (rule, severity) = (case.rule, case.severity);
        assert!(list::rule(rule, severity).is_some(), "{rule} {severity:?}");
        let of_rule = |document: &Document| {
            let found = check(document);
            let own = |it: &&Finding| it.rule == rule && it.severity == severity;
            (found.iter().filter(own).cloned().collect::<Vec<_>>(), found)
        };
        let (broken, all) = of_rule(&case.broken);
        assert!(broken.iter().any(|it| it.path == case.path), "{rule} at {}: {all:?}", case.path);
        let (kept, all) = of_rule(&case.kept);
        assert!(kept.is_empty(), "{rule} is kept: {kept:?}");
        if severity == Severity::Refused {
            assert_eq!(all.refused().next(), None, "{rule}: the neighbour holds");
        }
    }
}

/// Also of documents that hold nothing, or values of the wrong types everywhere.
#[test]
fn nothing_is_found_that_is_not_listed() {
    let odd = json!({
        "family": 1, "containerDefinitions": [1, {"name": [], "portMappings": [{}, 1]}, null],
        "volumes": [{}, {"host": 1}], "tags": [{}], "cpu": 1, "ephemeralStorage": {},
        "proxyConfiguration": {}, "trustedExecutionConfiguration": {},
        "requiresCompatibilities": ["FARGATE", "MANAGED_INSTANCES", "EXTERNAL", "EC2"],
        "runtimePlatform": {"operatingSystemFamily": "WINDOWS"}
    });
    let odd = [Document::default(), Document::new(odd).unwrap()];
    let cases = cases::all();
    let documents = cases.iter().flat_map(|case| [&case.broken, &case.kept]).chain(&odd);
    for finding in
        documents.flat_map(|document| check(document).iter().cloned().collect::<Vec<_>>())
    {
        assert!(list::rule(&finding.rule, finding.severity).is_some(), "{finding:?}");
        assert!(finding.said.ends_with(['.', '?']), "{}", finding.said);
    }
}

/// A fix mends what it stands at, and breaks nothing that was whole.
#[test]
fn fixes_mend() {
    let mut count = 0;
    for case in cases::all() {
        let before = check(&case.broken);
        let Some(finding) = before.iter().find(|it| it.rule == case.rule && it.path == case.path)
        else {
            panic!("{}", case.rule)
        };
        let Some(fix) = &finding.fix else { continue };
        count += 1;
        let mut document = case.broken.clone();
        fix.apply(&mut document);
        let after = check(&document);
        let same = |it: &&Finding| it.rule == finding.rule && it.said == finding.said;
        assert_eq!(after.iter().find(same), None, "{}: {}", case.rule, fix.label);
        let refused = |found: &Findings| found.count(Severity::Refused);
        // Another log driver asks for options of its own.
        let asks = matches!(case.rule, "R110" | "R111");
        assert!(asks || refused(&after) <= refused(&before), "{}: {after:?}", case.rule);
    }
    assert!(count > 90, "{count} cases have a fix");
}
