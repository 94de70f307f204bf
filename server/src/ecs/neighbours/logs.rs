//! CloudWatch Logs: log groups.

use berth_app::task_definitions::model::Choice;
use berth_app::timestamp::Timestamp;
use serde_json::{Value, json};

use super::super::budget::Budget;
use super::super::errors::Failure;
use super::host::Service;
use super::question::{Asked, Question};
use super::{Line, Listed, pages, read};

/// Pages of fifty.
const MOST_PAGES: usize = 6;

/// Log groups by name (logs:DescribeLogGroups).
pub(super) async fn groups(line: &Line, budget: &Budget, search: &str) -> Result<Listed, Failure> {
    const OPERATION: &str = "DescribeLogGroups";
    let (items, more) = pages(MOST_PAGES, |token: Option<String>| async move {
        let mut document = json!({"limit": 50, "nextToken": token});
        if !search.is_empty() {
            document["logGroupNamePattern"] = json!(search);
        }
        let asked = Asked::Json { target: "Logs_20140328", document };
        let question = Question { service: Service::Logs, operation: OPERATION, asked };
        let answer = read::json(OPERATION, &line.ask(budget, question).await?)?;
        let found = read::items(&answer, "logGroups").map(group).collect();
        Ok((found, read::token(&answer, "nextToken")))
    })
    .await?;
    Ok(Listed { items, more })
}

fn group(one: &Value) -> Choice {
    let name = read::text(one, "logGroupName").to_owned();
    let days = one.get("retentionInDays").and_then(Value::as_u64);
    let kept =
        days.map_or_else(|| "kept for ever".to_owned(), |days| format!("kept for {days} days"));
    let made = one.get("creationTime").and_then(Value::as_i64).filter(|ms| *ms > 0);
    Choice {
        value: name.clone(),
        name,
        about: kept,
        at: made.map(Timestamp::from_ms),
        ..Choice::default()
    }
}
