//! The console and the sandbox each have the rules of task definitions, written apart. They must
//! agree: what one refuses, the other refuses.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, its helpers too")]

use std::collections::BTreeSet;

use berth_definition::document::Document;
use berth_definition::finding::Severity;
use berth_definition::rules::{RULES, cases, check};
use berth_sandbox::{Sandbox, Seed};

/// The sandbox's sentence, when it refuses a document.
fn refusal(sandbox: &Sandbox, document: &Document) -> Option<String> {
    let target = "AmazonEC2ContainerServiceV20141113.RegisterTaskDefinition";
    let answer = sandbox.answer(target, document.value().to_string().as_bytes());
    (answer.status != 200).then(|| String::from_utf8_lossy(&answer.body).into_owned())
}

fn sandbox() -> Sandbox {
    Sandbox::builder().seed(Seed::Empty).open().unwrap()
}

#[test]
fn the_sandbox_refuses_what_the_console_refuses_and_nothing_else() {
    let sandbox = sandbox();
    let mut disagreements = Vec::new();
    for case in cases::all() {
        let rule = case.rule;
        match (case.severity, refusal(&sandbox, &case.broken)) {
            (Severity::Refused, None) => {
                disagreements.push(format!("{rule} at {}: the sandbox takes it", case.path));
            }
            (Severity::Wrong | Severity::Advice, Some(said)) => {
                disagreements.push(format!("{rule} at {}: no reason to refuse: {said}", case.path));
            }
            _ => {}
        }
        if let Some(said) = refusal(&sandbox, &case.kept)
            && check(&case.kept).refused().next().is_none()
        {
            disagreements.push(format!("{rule} is kept, and refused: {said}"));
        }
    }
    assert_eq!(disagreements, Vec::<String>::new());
}

/// The sandbox writes the number of each rule beside it; none is unknown to the console.
#[test]
fn the_console_knows_every_rule_of_the_sandbox() {
    let known: BTreeSet<&str> = RULES.iter().map(|rule| rule.number).collect();
    // The sandbox fills R50's default in, and says R26 for R19 to R25.
    let beside = ["R26", "R90", "R115"];
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/sandbox/src/rules");
    for file in [
        "task",
        "container",
        "fargate",
        "linux",
        "resources",
        "volumes",
        "network",
        "logs",
        "windows",
        "secrets",
        "tags",
    ] {
        let text = std::fs::read_to_string(format!("{folder}/{file}.rs")).unwrap();
        for number in numbers(&text) {
            let number = number.as_str();
            assert!(known.contains(number) || beside.contains(&number), "{file}: {number}");
        }
    }
}

/// `R85` in a comment, `r85_ports` in a function's name.
fn numbers(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let number = |word: &str| {
        let digits = word.strip_prefix(['R', 'r'])?;
        let fits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| format!("R{digits}"))
    };
    words.filter_map(number).collect()
}
