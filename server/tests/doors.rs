//! Every server function, called by everybody: a function without a row in the table fails the test,
//! and so does one that lets in a lesser role than its row says.

mod support;

use berth_app::error::AppError;
use berth_app::team::model::Role;
use serde_json::{Value, json};
use server_fn::error::FromServerFnError;
use support::{Client, TestConsole};

/// Each function with the least role that may call it; `None` is anyone.
const DOORS: &[(&str, Option<Role>)] = &[
    ("add_member", Some(Role::Administrator)),
    ("change_page", Some(Role::Administrator)),
    ("cluster_names", Some(Role::Viewer)),
    ("compare_revisions", Some(Role::Viewer)),
    ("create_cluster", Some(Role::Operator)),
    ("create_draft", Some(Role::Operator)),
    ("create_page", Some(Role::Administrator)),
    ("create_service", Some(Role::Operator)),
    ("delete_cluster", Some(Role::Operator)),
    ("delete_draft", Some(Role::Operator)),
    ("delete_page", Some(Role::Administrator)),
    ("delete_revisions", Some(Role::Operator)),
    ("delete_service", Some(Role::Operator)),
    ("deploy_service", Some(Role::Operator)),
    ("default_template", Some(Role::Operator)),
    ("deregister", Some(Role::Operator)),
    ("describe_template", Some(Role::Operator)),
    ("document_for_editing", Some(Role::Operator)),
    ("frame", Some(Role::Viewer)),
    ("invite_again", Some(Role::Administrator)),
    ("list_choices", Some(Role::Administrator)),
    ("list_clusters", Some(Role::Viewer)),
    ("list_drafts", Some(Role::Operator)),
    ("list_entries", Some(Role::Administrator)),
    ("list_families", Some(Role::Viewer)),
    ("list_members", Some(Role::Administrator)),
    ("list_older_services", Some(Role::Operator)),
    ("list_pages", Some(Role::Administrator)),
    ("list_revisions", Some(Role::Viewer)),
    ("list_services", Some(Role::Viewer)),
    ("list_tasks", Some(Role::Viewer)),
    ("list_templates", Some(Role::Operator)),
    ("list_who", Some(Role::Administrator)),
    ("look_at_draft", Some(Role::Operator)),
    ("open_draft", Some(Role::Operator)),
    ("open_link", None),
    ("open_template", Some(Role::Operator)),
    ("page_to_edit", Some(Role::Administrator)),
    ("preview_page", Some(Role::Administrator)),
    ("publish_page", Some(Role::Administrator)),
    ("read_all_revisions", Some(Role::Operator)),
    ("read_choices", Some(Role::Operator)),
    ("read_cluster", Some(Role::Viewer)),
    ("read_cluster_events", Some(Role::Viewer)),
    ("read_cluster_tasks", Some(Role::Viewer)),
    ("read_family", Some(Role::Viewer)),
    ("read_ground", Some(Role::Operator)),
    ("read_launch_choices", Some(Role::Viewer)),
    ("read_public_status", None),
    ("read_revision", Some(Role::Viewer)),
    ("read_revision_needs", Some(Role::Operator)),
    ("read_service", Some(Role::Viewer)),
    ("read_service_events", Some(Role::Viewer)),
    ("read_service_tasks", Some(Role::Viewer)),
    ("read_since", Some(Role::Viewer)),
    ("read_source", Some(Role::Operator)),
    ("read_task", Some(Role::Viewer)),
    ("read_task_filters", Some(Role::Viewer)),
    ("read_weather_choices", Some(Role::Viewer)),
    ("register", Some(Role::Operator)),
    ("remove_template", Some(Role::Operator)),
    ("rename_draft", Some(Role::Operator)),
    ("renew_link", Some(Role::Administrator)),
    ("replace_template", Some(Role::Operator)),
    ("restart_service", Some(Role::Operator)),
    ("restore_draft", Some(Role::Operator)),
    ("run_tasks", Some(Role::Operator)),
    ("save_draft", Some(Role::Operator)),
    ("save_template", Some(Role::Operator)),
    ("scale_service", Some(Role::Operator)),
    ("set_default_template", Some(Role::Administrator)),
    ("set_disabled", Some(Role::Administrator)),
    ("set_role", Some(Role::Administrator)),
    ("set_weather", Some(Role::Administrator)),
    ("starting_region", Some(Role::Operator)),
    ("stop_task", Some(Role::Operator)),
    ("update_service_to", Some(Role::Operator)),
];

/// Arguments that every function can read; what they mean is refused later than the role.
fn arguments(function: &str) -> Value {
    let id = match function {
        "read_task" | "stop_task" => json!("0123abcd"),
        draft if draft.ends_with("_draft") => json!("0".repeat(32)),
        _ => json!(1),
    };
    json!({
        "token": "0123456789abcdef0123456789abcdef",
        "name": "web",
        "cluster": "web",
        "id": id,
        "query": {},
        "family": "web",
        "numbers": [1],
        "kind": "Roles",
        "search": "",
        "again": false,
        "text": "",
        "revision": "web:1",
        "left": "web:1",
        "right": "web:2",
        "document": "{}",
        "slug": "none",
        "title": "none",
        "text": "{}",
        "version": 1,
        "words": { "name": "", "about": "" },
        "content": { "text": "", "keep_values": true },
        "force": false,
        "role": "viewer",
        "disabled": false,
        "draft": draft(function),
    })
}

fn draft(function: &str) -> Value {
    use berth_app::{clusters, services, status, tasks, team};
    let draft = match function {
        "create_cluster" => serde_json::to_value(clusters::draft::ClusterDraft::default()),
        "create_service" => serde_json::to_value(services::draft::ServiceDraft::default()),
        "scale_service" => serde_json::to_value(services::draft_changes::ScaleDraft::default()),
        "create_page" | "change_page" => {
            serde_json::to_value(status::draft::StatusPageDraft::default())
        }
        "add_member" => serde_json::to_value(team::draft::MemberDraft::default()),
        "deploy_service" => Ok(json!({ "family": "", "revision": "" })),
        "stop_task" => Ok(json!({ "reason": "" })),
        "run_tasks" => serde_json::to_value(tasks::run_draft::RunDraft::default()),
        _ => Ok(Value::Null),
    };
    draft.expect("a draft")
}

/// The name of a function without the number that tells builds apart.
fn name_of(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.trim_end_matches(|c: char| c.is_ascii_digit())
}

async fn refusal(client: &mut Client, path: &str) -> Option<AppError> {
    let answer = match name_of(path) {
        // It takes a plain form: its page works without WebAssembly.
        "set_weather" => {
            let token = "0123456789abcdef0123456789abcdef";
            client.post(path, &[("token", token), ("outage", "off")]).await
        }
        name => client.call_raw(path, arguments(name)).await,
    };
    (!answer.status.is_success()).then(|| AppError::de(answer.text.into()))
}

#[tokio::test]
async fn every_function_has_a_door_and_every_door_is_shut() {
    let console = TestConsole::empty().await;
    let mut visitor = console.visitor();
    let mut members = Vec::new();
    for role in Role::ALL {
        members.push((role, console.member(role).await));
    }
    let mut seen = Vec::new();
    for (path, _) in server_fn::axum::server_fn_paths() {
        let name = name_of(path);
        let row = DOORS.iter().find(|(door, _)| *door == name);
        let (_, least) = row.unwrap_or_else(|| panic!("{name} has no row in the table of doors"));
        seen.push(name);
        let Some(least) = least else { continue };
        let refused = refusal(&mut visitor, path).await;
        assert_eq!(refused, Some(AppError::SignInRequired), "{name}, by a stranger");
        for (role, client) in &mut members {
            let refused = refusal(client, path).await;
            let shut = matches!(refused, Some(AppError::NotAllowed(_)));
            assert_eq!(shut, *role < *least, "{name}, by {role}: {refused:?}");
        }
    }
    for (door, _) in DOORS {
        assert!(seen.contains(door), "{door} is in the table and nowhere else");
    }
}
