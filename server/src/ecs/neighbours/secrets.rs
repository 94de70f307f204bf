//! Secrets Manager: names, never values. No right to read a value is asked for.

use berth_app::task_definitions::model::Choice;
use serde_json::json;

use super::super::budget::Budget;
use super::super::errors::Failure;
use super::host::Service;
use super::question::{Asked, Question};
use super::{Line, Listed, pages, read};

/// Pages of a hundred.
const MOST_PAGES: usize = 5;

/// Secrets by name (secretsmanager:ListSecrets); those to be deleted are not among them.
pub(super) async fn list(line: &Line, budget: &Budget, search: &str) -> Result<Listed, Failure> {
    const OPERATION: &str = "ListSecrets";
    let (mut items, more) = pages(MOST_PAGES, |token: Option<String>| async move {
        let mut document = json!({"MaxResults": 100, "NextToken": token});
        if !search.is_empty() {
            document["Filters"] = json!([{"Key": "all", "Values": [search]}]);
        }
        let asked = Asked::Json { target: "secretsmanager", document };
        let question = Question { service: Service::Secrets, operation: OPERATION, asked };
        let answer = read::json(OPERATION, &line.ask(budget, question).await?)?;
        let found = read::items(&answer, "SecretList").map(|one| Choice {
            value: read::text(one, "ARN").to_owned(),
            name: read::text(one, "Name").to_owned(),
            about: read::text(one, "Description").to_owned(),
            at: read::seconds(one, "LastChangedDate"),
            ..Choice::default()
        });
        Ok((found.collect(), read::token(&answer, "NextToken")))
    })
    .await?;
    items.sort_by(|one: &Choice, other| one.name.cmp(&other.name));
    Ok(Listed { items, more })
}
