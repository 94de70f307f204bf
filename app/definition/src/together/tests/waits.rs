use serde_json::json;

use super::document;
use crate::document::Document;
use crate::together::*;

/// Containers that wait: `a:b,c` waits for b and c until they have started.
fn waiting(lines: &[&str]) -> Document {
    let containers: Vec<_> = lines
        .iter()
        .map(|line| {
            let (name, waits) = line.split_once(':').unwrap_or((line, ""));
            let waits: Vec<_> = waits
                .split(',')
                .filter(|name| !name.is_empty())
                .map(|name| json!({"containerName": name, "condition": "START"}))
                .collect();
            json!({"name": name, "dependsOn": waits})
        })
        .collect();
    document(json!({"containerDefinitions": containers}))
}

#[test]
fn layers_and_circles_are_found() {
    for (lines, layers, cycles, missing) in [
        (&["a", "b"][..], &[0, 0][..], &[][..], 0),
        (&["a:b", "b"], &[1, 0], &[], 0),
        (&["a:b,c", "b:c", "c"], &[2, 1, 0], &[], 0),
        (&["a:b", "b:a"], &[1, 0], &["a → b → a"], 0),
        (&["a:a"], &[0], &["a → a"], 0),
        (&["a:b", "b:c", "c:a", "d:a"], &[2, 1, 0, 3], &["a → b → c → a"], 0),
        (&["a:b", "b:a", "c:d", "d:c"], &[1, 0, 1, 0], &["a → b → a", "c → d → c"], 0),
        // The short way round is the one that is told.
        (&["a:b,c", "b:c", "c:a"], &[2, 1, 0], &["a → c → a"], 0),
        (&["a:gone", "b:a"], &[0, 1], &[], 1),
        (&["", "b:"], &[0, 0], &[], 0),
    ] {
        let graph = graph(&waiting(lines));
        assert_eq!(graph.nodes.iter().map(|n| n.layer).collect::<Vec<_>>(), layers, "{lines:?}");
        let told: Vec<_> = graph.cycles.iter().map(|cycle| Graph::cycle_words(cycle)).collect();
        assert_eq!(told, cycles, "{lines:?}");
        assert_eq!(graph.missing.len(), missing, "{lines:?}");
        assert_eq!(graph.edges.iter().any(|edge| edge.in_cycle), !cycles.is_empty(), "{lines:?}");
    }
    let graph = graph(&waiting(&["a:b", "b:a", "c:a"]));
    assert_eq!(graph.edges.iter().map(|e| e.in_cycle).collect::<Vec<_>>(), [true, true, false]);
}

#[test]
fn boxes_stand_apart_and_on_the_paper() {
    for lines in [
        &["a", "b", "c"][..],
        &["a:b,c", "b:d", "c:d", "d", "e"],
        &["a:b", "b:c", "c:a", "d:a"],
        &["a:a"],
        &["a:j", "b:j", "c:j", "d:j", "e:j", "f:j", "g:j", "h:j", "i:j", "j"],
        &[],
    ] {
        let graph = graph(&waiting(lines));
        let picture = picture(&graph);
        assert_eq!(picture.boxes.len(), lines.len());
        assert_eq!(picture.arrows.len(), graph.edges.len());
        for (at, one) in picture.boxes.iter().enumerate() {
            assert!(one.x >= 0 && one.x + picture.box_width <= picture.width, "{lines:?}");
            assert!(one.y >= 0 && one.y + picture.box_height <= picture.height, "{lines:?}");
            for other in &picture.boxes[at + 1..] {
                let apart = (one.x - other.x).abs() >= picture.box_width
                    || (one.y - other.y).abs() >= picture.box_height;
                assert!(apart, "{lines:?}: {one:?} {other:?}");
            }
        }
        for arrow in &picture.arrows {
            let (x, y) = arrow.words_at;
            assert!(x > 0 && x < picture.width && y > 0 && y < picture.height, "{lines:?}");
        }
    }
    let picture = picture(&graph(&waiting(&["web:db", "db"])));
    let at: Vec<_> = picture.boxes.iter().map(|one| (one.x, one.y)).collect();
    assert_eq!(at, [(292, 12), (12, 12)]);
    assert_eq!(picture.arrows[0].line, "M180 36C236 36 236 36 292 36");
}

#[test]
fn what_can_not_be_waited_for_says_why() {
    let document = document(json!({"containerDefinitions": [
        {"name": "web", "essential": true, "dependsOn": [{"containerName": "db", "condition": "START"}]},
        {"name": "db", "essential": false, "healthCheck": {"command": ["CMD", "x"]}},
        {"name": "", "essential": false},
        {"name": "init", "essential": false}
    ]}));
    assert_eq!(waits_for(&document, 1), [("web".to_owned(), true), ("init".to_owned(), false)]);
    for (target, condition, excluded) in [
        ("web", "START", false),
        ("web", "HEALTHY", true),
        ("web", "SUCCESS", true),
        ("db", "HEALTHY", false),
        ("db", "COMPLETE", false),
        ("init", "HEALTHY", true),
        ("gone", "HEALTHY", false),
    ] {
        let said = condition_excluded(&document, target, condition);
        assert_eq!(said.is_some(), excluded, "{target} {condition}");
    }
}

#[test]
fn a_step_says_what_it_was() {
    let old = json!({"family": "web", "containerDefinitions": [
        {"name": "app", "image": "a:1", "environment": [{"name": "A", "value": "1"}]},
        {"name": "log", "image": "b:1"}
    ]});
    let changed = |change: &dyn Fn(&mut Document)| {
        let old = document(old.clone());
        let mut new = old.clone();
        change(&mut new);
        (changed_path(&old, &new), step_words(&old, &new))
    };
    for (change, path, words) in [
        (
            &(|d: &mut Document| d.remove("containerDefinitions.1")) as &dyn Fn(&mut Document),
            "containerDefinitions",
            "Removed container log",
        ),
        (&|d| d.remove("containerDefinitions.0"), "containerDefinitions", "Removed container app"),
        (
            &|d| d.insert("containerDefinitions", 0, json!({"name": "new"})),
            "containerDefinitions",
            "Added container new",
        ),
        (
            &|d| d.move_item("containerDefinitions", 0, 1),
            "containerDefinitions",
            "Changed containers",
        ),
        (
            &|d| d.set("containerDefinitions.0.image", json!("a:2")),
            "containerDefinitions.0.image",
            "Changed Image",
        ),
        (
            &|d| d.set("containerDefinitions.0.environment.0.value", json!("2")),
            "containerDefinitions.0.environment.0.value",
            "Changed Value",
        ),
        (
            &|d| d.set("containerDefinitions.0.environment.1", json!({"name": "B"})),
            "containerDefinitions.0.environment",
            "Added variable B",
        ),
        (
            &|d| d.remove("containerDefinitions.0.environment"),
            "containerDefinitions.0.environment",
            "Removed variable A",
        ),
        (
            &|d| d.set("containerDefinitions.0.cpu", json!(5)),
            "containerDefinitions.0.cpu",
            "Changed CPU",
        ),
        (
            &|d| {
                d.set("family", json!("x"));
                d.set("cpu", json!("1"))
            },
            "",
            "Changed several members",
        ),
        (&|d| d.set("unheardOf", json!(1)), "unheardOf", "Changed unheardOf"),
    ] {
        assert_eq!(changed(change), (Some(path.to_owned()), words.to_owned()));
    }
    assert_eq!(changed(&|_| {}).0, None);
}
