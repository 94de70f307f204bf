use super::super::{Kind, is_plain_json, recognise};
use super::refused;

/// Texts with their kind, and what is said when nothing can be begun from them.
const TEXTS: [(&str, Kind, Option<&str>); 21] = [
    ("", Kind::Unknown, Some("none of what can be read")),
    ("hello there", Kind::Unknown, Some("none of what can be read")),
    (r#"{"family": "web", "containerDefinitions": []}"#, Kind::TaskDefinition, None),
    (r#"{"taskDefinition": {"family": "web"}}"#, Kind::Description, None),
    (r#"[{"name": "app", "image": "nginx"}]"#, Kind::Containers, None),
    (r#"{"Family": "web", "ContainerDefinitions": []}"#, Kind::Capitals, None),
    (
        r#"{"name": "left-pad", "version": "1.0.0"}"#,
        Kind::Unknown,
        Some("none of what can be read"),
    ),
    (
        "{\"family\": \"web\",\n \"cpu\": {{ cpu }}\n}",
        Kind::Template,
        Some(
            "Line 2, column 1: This is a template that has yet to be filled in: {{ cpu }} is no JSON",
        ),
    ),
    (
        "{\n  \"family\": $NAME,\n}",
        Kind::Template,
        Some("Line 2, column 1: This is a template that has yet to be filled in: $NAME is no JSON"),
    ),
    ("{\n  \"cpu\": <CPU>\n}", Kind::Template, Some("<CPU> is no JSON")),
    ("{\"family\": \"web\", \"cpu\": %d}", Kind::Template, Some("%d")),
    ("{\"family\": \"web\",,}", Kind::TaskDefinition, Some("This can't be read as JSON")),
    (
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n",
        Kind::Kubernetes,
        Some("Kubernetes manifest"),
    ),
    (r#"{"apiVersion": "v1", "kind": "Pod"}"#, Kind::Kubernetes, Some("Kubernetes manifest")),
    (
        "region: eu-west-1\ncluster: a\nservice: b\nservice_definition: s.json\ntask_definition: t.json\n",
        Kind::Ecspresso,
        Some("ecspresso render taskdef"),
    ),
    (
        "name: web\ntype: Backend Service\nimage:\n  build: Dockerfile\n",
        Kind::Copilot,
        Some("copilot svc package"),
    ),
    ("FROM alpine\nRUN apk add curl\nCMD [\"sh\"]\n", Kind::Dockerfile, Some("Push the image")),
    ("services:\n  web:\n\timage: nginx\n", Kind::Compose, Some("indented by spaces")),
    ("services: {}\n", Kind::Compose, Some("no services")),
    (
        "Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n",
        Kind::CloudFormation,
        Some("no AWS::ECS::TaskDefinition"),
    ),
    (
        "resource \"aws_s3_bucket\" \"b\" {\n}\n",
        Kind::Terraform,
        Some("no aws_ecs_task_definition"),
    ),
];

#[test]
fn a_text_is_called_what_it_is() {
    for (text, kind, said) in TEXTS {
        assert_eq!(recognise(text), kind, "{text}");
        if let Some(said) = said {
            let refused = refused(text);
            assert!(refused.contains(said), "{refused}\n{text}");
        }
    }
}

#[test]
fn only_plain_json_is_read_by_the_page() {
    for (text, plain) in [
        (r#"{"family": "web"}"#, true),
        (r#"[{"name": "app", "image": "nginx"}]"#, true),
        ("family: web", false),
        (r#"{"Resources": {"T": {"Type": "AWS::ECS::TaskDefinition"}}}"#, false),
        ("docker run nginx", false),
    ] {
        assert_eq!(is_plain_json(text), plain, "{text}");
    }
}

#[test]
fn a_text_that_is_huge_or_unfolds_to_something_huge_is_refused() {
    assert!(refused(&"x".repeat(1024 * 1024 + 1)).contains("more than 1 MB"));
    let mut bomb = "services: {}\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for n in 1..9 {
        let inner = vec![format!("*a{}", n - 1); 10].join(", ");
        bomb.push_str(&format!("a{n}: &a{n} [{inner}]\n"));
    }
    assert!(refused(&bomb).contains("unfolds to more values"));
    let deep = format!("services: {}{}", "[".repeat(500), "]".repeat(500));
    assert!(refused(&deep).contains("nested too deeply"), "{}", refused(&deep));
    let indented: String = (0..300).map(|n| format!("{}a:\n", " ".repeat(n))).collect();
    assert!(refused(&format!("services:\n{indented}")).contains("too deep"));
    for (open, close) in
        [("(", ")"), ("[", "]"), ("!", ""), ("-", ""), ("true ? ", " : 1"), ("{ a = ", "}")]
    {
        let code = format!(
            "resource \"aws_ecs_task_definition\" \"t\" {{\n  cpu = {}1{}\n}}\n",
            open.repeat(20_000),
            close.repeat(20_000)
        );
        assert!(!refused(&code).is_empty(), "{open}");
    }
}

/// Real files, where a collection of them lies beside the checkout: each is read, or refused with
/// what it is.
#[test]
fn collected_files_are_read_or_named() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus/taskdefs");
    let Ok(files) = std::fs::read_dir(folder) else { return };
    let mut read = 0;
    for file in files {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        match super::read(&text) {
            Ok(started) => {
                read += 1;
                assert!(started.kind.is_plain(), "{path:?}");
                assert!(
                    !started.documents[0].document.items("containerDefinitions").is_empty(),
                    "{path:?}"
                );
            }
            Err(trouble) => {
                assert!(trouble.said.contains("template that has yet"), "{path:?}: {trouble}")
            }
        }
    }
    assert!(read > 20, "{read} files were read");
}
