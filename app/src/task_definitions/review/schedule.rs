//! The command that runs a revision on a schedule.

use serde_json::json;

use crate::names::Revision;
use crate::task_definitions::document::Document;

/// A command of the AWS CLI that makes a schedule with Amazon EventBridge Scheduler. What the
/// revision does not say stands in it in capital letters.
pub fn schedule_command(revision: &Revision, arn: &str, document: &Document) -> String {
    let mut parts = arn.split(':').skip(3);
    let (region, account) = (parts.next().unwrap_or("REGION"), parts.next().unwrap_or("ACCOUNT"));
    let partition = arn.split(':').nth(1).unwrap_or("aws");
    let mut run = json!({"TaskDefinitionArn": arn, "TaskCount": 1});
    let runs_on = |kind: &str| {
        document.items("requiresCompatibilities").iter().any(|one| one.as_str() == Some(kind))
    };
    if runs_on("FARGATE") {
        run["LaunchType"] = json!("FARGATE");
    } else if runs_on("EXTERNAL") {
        run["LaunchType"] = json!("EXTERNAL");
    }
    if document.text_at("networkMode") == "awsvpc" {
        run["NetworkConfiguration"] = json!({"awsvpcConfiguration": {"Subnets": ["SUBNET"], "SecurityGroups": ["SECURITY-GROUP"]}});
    }
    let target = json!({
        "Arn": format!("arn:{partition}:ecs:{region}:{account}:cluster/CLUSTER"),
        "RoleArn": format!("arn:{partition}:iam::{account}:role/SCHEDULER-ROLE"),
        "EcsParameters": run,
    });
    [
        "aws scheduler create-schedule".to_owned(),
        format!("  --region {region}"),
        // A schedule's name has 64 characters at most.
        format!("  --name {}", revision.family.as_str().chars().take(64).collect::<String>()),
        "  --schedule-expression 'cron(0 6 * * ? *)'".to_owned(),
        "  --flexible-time-window Mode=OFF".to_owned(),
        format!("  --target '{target}'"),
    ]
    .join(" \\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schedule_runs_the_revision_where_it_can() {
        let arn = "arn:aws:ecs:eu-west-1:123456789012:task-definition/etl:3";
        let command = |document| {
            let document = Document::new(document).unwrap();
            schedule_command(&"etl:3".parse().unwrap(), arn, &document)
        };
        let fargate =
            command(json!({"requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc"}));
        for part in [
            arn,
            "--region eu-west-1",
            "--name etl",
            r#""LaunchType":"FARGATE""#,
            r#""Subnets":["SUBNET"]"#,
            "arn:aws:ecs:eu-west-1:123456789012:cluster/CLUSTER",
            "arn:aws:iam::123456789012:role/SCHEDULER-ROLE",
        ] {
            assert!(fargate.contains(part), "{part} in {fargate}");
        }
        let instances = command(json!({"networkMode": "bridge"}));
        assert!(!instances.contains("LaunchType") && !instances.contains("Subnets"), "{instances}");
    }
}
