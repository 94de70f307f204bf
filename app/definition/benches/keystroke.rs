//! What is done after every key: a document of ten containers and 500 variables is read, written,
//! checked and compared. It prints figures and asserts nothing.

use std::hint::black_box;
use std::time::Instant;

use berth_definition::diff::changes;
use berth_definition::document::Document;
use berth_definition::import::import;
use berth_definition::rules::check;
use berth_definition::text::{patch, read};
use serde_json::json;

const TIMES: u32 = 200;

fn timed<T>(what: &str, run: impl Fn() -> T) {
    #[expect(clippy::disallowed_methods, reason = "it measures the machine's own time")]
    let started = Instant::now();
    for _ in 0..TIMES {
        black_box(run());
    }
    let each = started.elapsed().as_secs_f64() * 1e3 / f64::from(TIMES);
    println!("{what:<44} {each:>10.3} ms");
}

fn main() {
    let variable =
        |n: usize| json!({"name": format!("VARIABLE_{n}"), "value": format!("value {n}")});
    let container = |n: usize| {
        let variables: Vec<_> = (0..50).map(variable).collect();
        json!({
            "name": format!("c{n}"), "image": "nginx:1.27", "memory": 128, "environment": variables,
            "portMappings": [{"containerPort": 8000 + n}],
            "healthCheck": {"command": ["CMD-SHELL", "true"]}
        })
    };
    let containers: Vec<_> = (0..10).map(container).collect();
    let whole = json!({"family": "web", "containerDefinitions": containers});
    let document = Document::new(whole).unwrap_or_default();
    let text = document.pretty();
    let mut edited = document.clone();
    edited.set("containerDefinitions.4.environment.7.value", json!("another"));
    println!("{} bytes of text", text.len());
    timed("read the text", || read(&text));
    timed("import the text", || import(&text));
    timed("write one change into the text", || patch(&text, document.value(), edited.value()));
    timed("check the rules", || check(&document));
    timed("tell what one change changes", || changes(&document, &edited));
}
