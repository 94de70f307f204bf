//! What a form can choose from is there on the wire, each list in its service's own protocol.

mod support;

use berth_sandbox::Seed;
use http::Request;
use serde_json::{Value, json};
use support::{Story, list};

/// The demo's world.
fn demo() -> Story {
    Story::with(Seed::Demo, None)
}

fn ask(story: &Story, target: &str, body: Value) -> Value {
    let request = Request::builder().header("x-amz-target", target).body(()).expect("a request");
    let response = story.sandbox.respond(&request.into_parts().0, body.to_string().as_bytes());
    assert_eq!(response.status(), 200, "{target}");
    serde_json::from_slice(response.body()).expect("JSON")
}

fn form(story: &Story, form: &str) -> String {
    let request = Request::builder().method("POST").body(()).expect("a request");
    let response = story.sandbox.respond(&request.into_parts().0, form.as_bytes());
    String::from_utf8(response.into_body()).expect("text")
}

fn rest(story: &Story, path: &str) -> Value {
    let request = Request::builder().method("GET").uri(path).body(()).expect("a request");
    let response = story.sandbox.respond(&request.into_parts().0, b"");
    serde_json::from_slice(response.body()).expect("JSON")
}

#[test]
fn not_every_role_is_for_tasks() {
    let xml = form(&demo(), "Action=ListRoles&Version=2010-05-08");
    let count = |words: &str| xml.matches(words).count();
    assert_eq!(count("%22ecs-tasks.amazonaws.com%22"), count("<RoleName>") - 3);
    assert_eq!(count("%22ec2.amazonaws.com%22"), 1);
    assert_eq!(count("<RoleName>shop-task-execution<"), 1);
    assert!(!xml.contains("\"Statement\""), "the policy is percent-encoded");
}

#[test]
fn a_role_has_its_policies() {
    let policies = |role: &str| {
        let asked = format!("Action=ListAttachedRolePolicies&Version=2010-05-08&RoleName={role}");
        form(&demo(), &asked)
    };
    assert!(policies("ecsTaskExecutionRole").contains("AmazonECSTaskExecutionRolePolicy"));
    assert!(policies("search-api-task").contains("<PolicyName>search-api-task-access<"));
    assert!(policies("nobody").contains("<Code>NoSuchEntity</Code>"));
}

#[test]
fn an_image_was_pushed_before_it_was_used() {
    let story = demo();
    let images = ask(
        &story,
        "AmazonEC2ContainerRegistry_V20150921.DescribeImages",
        json!({"repositoryName": "shop/storefront-web"}),
    );
    let mut times: Vec<f64> = list(&images["imageDetails"])
        .iter()
        .filter_map(|one| one["imagePushedAt"].as_f64())
        .collect();
    assert!(times.len() > 2, "{images}");
    let first = story.ask("DescribeTaskDefinition", json!({"taskDefinition": "storefront-web:1"}));
    let registered = first["taskDefinition"]["registeredAt"].as_f64().expect("a time");
    times.sort_by(f64::total_cmp);
    assert!(times[0] < registered && registered - times[0] < 6.0 * 3_600.0, "{times:?}");
    times.dedup();
    assert!(times.len() > 2, "not all at once");
}

#[test]
fn file_systems_have_access_points() {
    let story = demo();
    let systems = rest(&story, "/2015-02-01/file-systems?MaxItems=10");
    assert_eq!(systems["FileSystems"][0]["Name"], "shop-uploads");
    let id = systems["FileSystems"][0]["FileSystemId"].as_str().expect("an id");
    let points = rest(&story, &format!("/2015-02-01/access-points?FileSystemId={id}"));
    assert_eq!(points["AccessPoints"][0]["RootDirectory"]["Path"], "/app");
    assert_eq!(
        rest(&story, "/2015-02-01/access-points?FileSystemId=fs-0")["ErrorCode"],
        "FileSystemNotFound"
    );
}

#[test]
fn secrets_and_parameters_can_be_narrowed() {
    let story = demo();
    let secrets = |filters: Value| {
        let answer = ask(&story, "secretsmanager.ListSecrets", json!({"Filters": filters}));
        list(&answer["SecretList"]).len()
    };
    let all = secrets(json!([]));
    let of_batch = secrets(json!([{"Key": "name", "Values": ["batch/"]}]));
    assert!(of_batch > 0 && of_batch < all, "{of_batch} of {all}");
    assert_eq!(secrets(json!([{"Key": "all", "Values": ["CHECKOUT-API"]}])), 2);
    let parameters = |value: &str| {
        let filter = json!({"Key": "Name", "Option": "Contains", "Values": [value]});
        let body = json!({"ParameterFilters": [filter]});
        list(&ask(&story, "AmazonSSM.DescribeParameters", body)["Parameters"]).len()
    };
    assert_eq!((parameters("checkout-api"), parameters("nothing")), (2, 0));
}
