//! What a log driver is usually told, for a container that has just got one.

use serde_json::Value;

use super::Beginning;
use super::parts::awslogs;
use crate::document::Document;

/// The options of the driver awslogs for the container at a path, as the templates have them; what
/// they would take from a name that is not there yet is left out. Nothing when it has another driver,
/// or options already.
pub fn usual_log_options(document: &Document, container: &str, region: &str) -> Option<Value> {
    let logs = format!("{container}.logConfiguration");
    let other = document.text_at(&format!("{logs}.logDriver")) != "awslogs";
    if other || document.get(&format!("{logs}.options")).is_some() {
        return None;
    }
    let (family, name) =
        (document.text_at("family"), document.text_at(&format!("{container}.name")));
    let nameless =
        [("awslogs-group", family.is_empty()), ("awslogs-stream-prefix", name.is_empty())];
    let beginning = Beginning { family, region: region.to_owned(), ..Beginning::default() };
    let mut options = awslogs(&beginning, &name)["options"].take();
    if let Some(options) = options.as_object_mut() {
        for (option, _) in nameless.into_iter().filter(|(_, nameless)| *nameless) {
            options.shift_remove(option);
        }
    }
    Some(options)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn options_come_from_the_names_and_the_region() {
        let awslogs = json!({"logDriver": "awslogs"});
        let told = json!({"logDriver": "awslogs", "options": {}});
        for (family, name, logs, region, wanted) in [
            (
                "shop",
                "app",
                &awslogs,
                "eu-central-1",
                Some(json!({
                    "awslogs-group": "/ecs/shop", "awslogs-region": "eu-central-1",
                    "awslogs-stream-prefix": "app", "awslogs-create-group": "true", "mode": "non-blocking"
                })),
            ),
            (
                "",
                "",
                &awslogs,
                "",
                Some(json!({"awslogs-create-group": "true", "mode": "non-blocking"})),
            ),
            ("shop", "app", &told, "eu-central-1", None),
            ("shop", "app", &json!({"logDriver": "splunk"}), "eu-central-1", None),
        ] {
            let document = json!({"family": family, "containerDefinitions": [{"name": name, "logConfiguration": logs}]});
            let document = Document::new(document).unwrap();
            assert_eq!(usual_log_options(&document, "containerDefinitions.0", region), wanted);
        }
    }
}
