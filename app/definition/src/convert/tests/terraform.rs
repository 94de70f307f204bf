use serde_json::json;

use super::super::{Fate, Kind};
use super::{holds, noted, only, refused, started};

const CODE: &str = r#"
variable "image" { type = string }
variable "port" {
  default = 8080
}
variable "env" { default = { B = "2", A = "1" } }
locals {
  name  = "shop"
  extra = [{ name = "X", value = tostring(var.port) }]
}
resource "aws_ecs_task_definition" "web" {
  family                   = "${local.name}-web"
  cpu                      = 256 * 2
  memory                   = 1024
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  execution_role_arn       = aws_iam_role.exec.arn
  skip_destroy             = true
  tags                     = { Team = "web" }
  container_definitions = jsonencode([
    {
      name         = local.name
      image        = "${var.image}:latest"
      essential    = true
      cpu          = "10"
      portMappings = [{ containerPort = var.port }]
      environment  = concat([for k, v in var.env : { name = k, value = v }], local.extra)
      command      = ["sh", "-c", "echo $${HOME}"]
    },
  ])
  runtime_platform {
    cpu_architecture = "ARM64"
  }
  ephemeral_storage { size_in_gib = 30 }
  volume {
    name = "data"
    efs_volume_configuration {
      file_system_id = "fs-1"
      authorization_config { iam = "ENABLED" }
    }
  }
  volume {
    name      = "sock"
    host_path = "/var/run/docker.sock"
  }
  proxy_configuration {
    type           = "APPMESH"
    container_name = "envoy"
    properties     = { AppPorts = "8080" }
  }
  placement_constraints {
    type       = "memberOf"
    expression = "attribute:x == y"
  }
  lifecycle { ignore_changes = [cpu] }
}
"#;

#[test]
fn code_is_worked_out_as_far_as_it_tells() {
    let started = started(CODE);
    assert_eq!(started.kind, Kind::Terraform);
    let web = &started.documents[0];
    assert_eq!(web.title, "web");
    holds(
        web,
        &[
            ("family", json!("shop-web")),
            ("cpu", json!("512")),
            ("memory", json!("1024")),
            ("requiresCompatibilities", json!(["FARGATE"])),
            ("executionRoleArn", json!("${aws_iam_role.exec.arn}")),
            ("tags", json!([{"key": "Team", "value": "web"}])),
            ("runtimePlatform", json!({"cpuArchitecture": "ARM64"})),
            ("ephemeralStorage.sizeInGiB", json!(30)),
            (
                "volumes",
                json!([
                    {"name": "data", "efsVolumeConfiguration": {"fileSystemId": "fs-1", "authorizationConfig": {"iam": "ENABLED"}}},
                    {"name": "sock", "host": {"sourcePath": "/var/run/docker.sock"}}
                ]),
            ),
            (
                "proxyConfiguration",
                json!({"type": "APPMESH", "containerName": "envoy", "properties": [{"name": "AppPorts", "value": "8080"}]}),
            ),
            ("placementConstraints.0.expression", json!("attribute:x == y")),
            ("skipDestroy", json!(null)),
            (
                "containerDefinitions.0",
                json!({
                    "name": "shop", "image": "${var.image}:latest", "essential": true, "cpu": 10,
                    "portMappings": [{"containerPort": 8080}],
                    "environment": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}, {"name": "X", "value": "8080"}],
                    "command": ["sh", "-c", "echo ${HOME}"]
                }),
            ),
        ],
    );
    assert_eq!(noted(web, Fate::Open), ["executionRoleArn", "containerDefinitions"]);
}

#[test]
fn containers_come_in_every_way_people_write_them() {
    for (written, image) in [
        ("<<EOF\n[{\"name\": \"a\", \"image\": \"nginx:${var.tag}\"}]\nEOF\n", json!("nginx:1.27")),
        ("<<-EOF\n    [{\"name\": \"a\", \"image\": \"nginx\"}]\n    EOF\n", json!("nginx")),
        (r#""[{\"name\": \"a\", \"image\": \"nginx\"}]""#, json!("nginx")),
        (r#"jsonencode([local.app])"#, json!("from-local")),
        (
            r#"jsonencode([merge(local.app, { image = var.tag == "1.27" ? "yes" : "no" })])"#,
            json!("yes"),
        ),
        (r#"jsonencode([{ image = format("%s:%d", lower("NGINX"), 7) }])"#, json!("nginx:7")),
        (r#"jsonencode([{ image = lookup({ a = "x" }, "b", "none") }])"#, json!("none")),
        ("file(\"containers.json\")", json!(null)),
        ("module.app.json", json!(null)),
    ] {
        let candidate = only(&format!(
            "variable \"tag\" {{ default = \"1.27\" }}\nlocals {{\n  app = {{ name = \"a\", image = \"from-local\" }}\n}}\nresource \"aws_ecs_task_definition\" \"t\" {{\n  family = \"t\"\n  container_definitions = {written}\n}}\n"
        ));
        holds(&candidate, &[("containerDefinitions.0.image", image.clone())]);
        assert_eq!(noted(&candidate, Fate::Open).is_empty(), !image.is_null(), "{written}");
    }
}

#[test]
fn names_that_lead_to_themselves_end() {
    let candidate = only(
        "locals {\n  a = local.b\n  b = local.a\n}\nresource \"aws_ecs_task_definition\" \"t\" {\n  family = local.a\n}\n",
    );
    holds(&candidate, &[("family", json!("${local.a}"))]);
}

/// Code with locals and a family.
fn family(locals: &str, family: &str) -> String {
    format!(
        "variable \"tag\" {{}}\nlocals {{\n{locals}\n}}\nresource \"aws_ecs_task_definition\" \"t\" {{\n  family = {family}\n}}\n"
    )
}

#[test]
fn names_are_worked_out_once() {
    let twice = only(&family("a = [local.a, local.a]", "local.a"));
    holds(&twice, &[("family", json!(["${local.a}", "${local.a}"]))]);
    // Each name is asked for twice, and the last is as short as the first.
    let mut short = "a0 = \"web\"\n".to_owned();
    for n in 1..30 {
        short.push_str(&format!("a{n} = local.a{0} == local.a{0} ? local.a{0} : \"\"\n", n - 1));
    }
    holds(&only(&family(&short, "local.a29")), &[("family", json!("web"))]);
    // What a name leaves open is said wherever it stands.
    let open = only(&family("a = \"x-${var.tag}\"", "local.a\n  cpu = local.a"));
    holds(&open, &[("family", json!("x-${var.tag}")), ("cpu", json!("x-${var.tag}"))]);
    assert_eq!(noted(&open, Fate::Open), ["family", "cpu"]);
}

#[test]
fn code_that_unfolds_to_something_huge_is_refused() {
    let chain = |first: &str, next: &dyn Fn(usize) -> String| {
        let next = (1..40).map(|n| format!("a{n} = {}\n", next(n - 1)));
        format!("a0 = {first}\n{}", next.collect::<String>())
    };
    let loops = |times: usize, inner: &str| {
        (0..times).fold(inner.to_owned(), |inner, n| format!("[for i{n} in local.ten : {inner}]"))
    };
    let ten = "ten = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]";
    let long = format!("long = \"{}\"", "a".repeat(300_000));
    for (locals, wanted) in [
        (chain("\"x\"", &|n| format!("\"${{local.a{n}}}${{local.a{n}}}\"")), "local.a39"),
        (chain("[1]", &|n| format!("[local.a{n}, local.a{n}]")), "local.a39"),
        (chain("\"${var.tag}\"", &|n| format!("\"${{local.a{n}}}${{local.a{n}}}\"")), "local.a39"),
        (chain("[]", &|n| format!("{}local.a{n}{}", "[".repeat(60), "]".repeat(60))), "local.a39"),
        (
            chain("[]", &|n| {
                let (open, close) = ("[for x in [1] : merge(".repeat(20), ")]".repeat(20));
                format!("{open}{{ a = [local.a{n}] }}{close}")
            }),
            "local.a39",
        ),
        (ten.to_owned(), &loops(12, "1")),
        (ten.to_owned(), &loops(12, "var.tag")),
        (ten.to_owned(), &loops(12, "file(\"x\")")),
        (long.clone(), "replace(local.long, \"a\", local.long)"),
        (long.clone(), "join(local.long, split(\"\", local.long))"),
        (long, &format!("{}\"\\\"\"{}", "jsonencode(".repeat(50), ")".repeat(50))),
    ] {
        let said = refused(&family(&locals, wanted));
        assert!(
            said.contains("unfolds to more values") || said.contains("nested too deep"),
            "{said}"
        );
    }
}

#[test]
fn an_unknown_argument_decides_in_its_turn() {
    for (written, worth, open) in [
        ("coalesce(var.tag, \"latest\")", "${coalesce(var.tag, \"latest\")}", 1),
        ("coalesce(\"\", \"latest\", var.tag)", "latest", 0),
        ("coalesce(null, var.tag)", "${coalesce(null, var.tag)}", 1),
        ("lookup(local.cpu, var.tag, \"prod\")", "${lookup(local.cpu, var.tag, \"prod\")}", 1),
        ("lookup(local.cpu, \"dev\", var.tag)", "256", 0),
        ("lookup(local.cpu, \"prod\", var.tag)", "${lookup(local.cpu, \"prod\", var.tag)}", 1),
        ("lookup(local.cpu, \"prod\", \"512\")", "512", 0),
        ("lookup(var.tag, \"dev\", \"512\")", "${lookup(var.tag, \"dev\", \"512\")}", 1),
        ("try(var.tag, \"latest\")", "${try(var.tag, \"latest\")}", 1),
        ("try(local.cpu.prod, local.nothing.at_all, \"512\")", "512", 0),
        ("try(local.cpu[\"dev\"], var.tag)", "256", 0),
        (
            "lookup(local.cpu, \"x-${var.tag}\", \"512\")",
            "${lookup(local.cpu, \"x-${var.tag}\", \"512\")}",
            2,
        ),
        ("try(aws_ecr.x.url, \"512\")", "${try(aws_ecr.x.url, \"512\")}", 1),
        ("replace(\"abc\", \"/b+/\", \"x\")", "${replace(\"abc\", \"/b+/\", \"x\")}", 1),
    ] {
        let candidate = only(&family("cpu = { dev = \"256\" }\nnothing = null", written));
        holds(&candidate, &[("family", json!(worth))]);
        assert_eq!(noted(&candidate, Fate::Open), vec!["family"; open], "{written}");
        let inside = only(&family(
            "cpu = { dev = \"256\" }\nnothing = null",
            &format!("\"repo:${{{written}}}\""),
        ));
        holds(&inside, &[("family", json!(format!("repo:{worth}")))]);
    }
}

#[test]
fn plans_and_states_are_read() {
    let values = r#"{"family": "web", "cpu": "256", "memory": null, "ipc_mode": "", "enable_fault_injection": false, "revision": 4, "arn": "arn",
        "container_definitions": "[{\"name\":\"app\",\"image\":\"nginx\"}]", "runtime_platform": [{"cpu_architecture": "ARM64", "operating_system_family": ""}],
        "volume": [{"name": "v", "host_path": "", "configure_at_launch": false, "efs_volume_configuration": []}], "proxy_configuration": [], "tags": {"a": ""}}"#;
    let resource = format!(
        r#"{{"address": "module.x.aws_ecs_task_definition.web", "mode": "managed", "type": "aws_ecs_task_definition", "name": "web", "values": {values}}}"#
    );
    for text in [
        format!(
            r#"{{"format_version": "1.0", "terraform_version": "1.9", "values": {{"root_module": {{"child_modules": [{{"resources": [{resource}]}}]}}}}}}"#
        ),
        format!(
            r#"{{"terraform_version": "1.9", "planned_values": {{"root_module": {{"resources": [{resource}]}}}}}}"#
        ),
        format!(
            r#"{{"version": 4, "terraform_version": "1.9", "resources": [{{"mode": "managed", "type": "aws_ecs_task_definition", "name": "web", "instances": [{{"attributes": {values}}}]}}]}}"#
        ),
    ] {
        let candidate = only(&text);
        assert_eq!(
            candidate.document.value(),
            &json!({
                "family": "web", "cpu": "256",
                "containerDefinitions": [{"name": "app", "image": "nginx"}],
                "runtimePlatform": {"cpuArchitecture": "ARM64"},
                "volumes": [{"name": "v"}], "tags": [{"key": "a", "value": ""}]
            })
        );
    }
}

#[test]
fn trouble_has_a_line_and_modules_a_way() {
    assert!(
        refused("resource \"aws_ecs_task_definition\" \"t\" {\n  family = \n}\n")
            .starts_with("Line 2")
    );
    assert!(refused("module \"web\" {\n  source = \"x\"\n}\n").contains("terraform show -json"));
}
