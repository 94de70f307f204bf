//! Systems Manager's parameters: names, never values.

use berth_app::task_definitions::model::Choice;
use serde_json::json;

use super::super::budget::Budget;
use super::super::errors::Failure;
use super::host::Service;
use super::question::{Asked, Question};
use super::{Line, Listed, pages, read};

/// Pages of fifty.
const MOST_PAGES: usize = 6;

/// Parameters by name (ssm:DescribeParameters). AWS tells no ARN before 2024 and none to endpoints
/// that are older; with the account it can be made. A name does as well, within the region.
pub(super) async fn list(
    line: &Line,
    budget: &Budget,
    search: &str,
    account: Option<&str>,
) -> Result<Listed, Failure> {
    const OPERATION: &str = "DescribeParameters";
    let (mut items, more) = pages(MOST_PAGES, |token: Option<String>| async move {
        let mut document = json!({"MaxResults": 50, "NextToken": token});
        if !search.is_empty() {
            let filter = json!({"Key": "Name", "Option": "Contains", "Values": [search]});
            document["ParameterFilters"] = json!([filter]);
        }
        let asked = Asked::Json { target: "AmazonSSM", document };
        let question = Question { service: Service::Parameters, operation: OPERATION, asked };
        let answer = read::json(OPERATION, &line.ask(budget, question).await?)?;
        let found = read::items(&answer, "Parameters").map(|one| {
            let (name, kind) = (read::text(one, "Name"), read::text(one, "Type"));
            let value = match (read::text(one, "ARN"), account) {
                ("", Some(account)) => arn(line.region(), account, name),
                ("", None) => name.to_owned(),
                (arn, _) => arn.to_owned(),
            };
            let kind = if kind == "SecureString" { "Encrypted" } else { "Not encrypted" };
            Choice {
                value,
                name: name.to_owned(),
                about: read::joined(&[kind, read::text(one, "Description")]),
                at: read::seconds(one, "LastModifiedDate"),
                ..Choice::default()
            }
        });
        Ok((found.collect(), read::token(&answer, "NextToken")))
    })
    .await?;
    items.sort_by(|one: &Choice, other| one.name.cmp(&other.name));
    Ok(Listed { items, more })
}

/// A name in a folder brings its own slash.
fn arn(region: &str, account: &str, name: &str) -> String {
    let partition = match region {
        region if region.starts_with("cn-") => "aws-cn",
        region if region.starts_with("us-gov-") => "aws-us-gov",
        _ => "aws",
    };
    let slash = if name.starts_with('/') { "" } else { "/" };
    format!("arn:{partition}:ssm:{region}:{account}:parameter{slash}{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_has_one_slash() {
        for (region, name, wanted) in [
            ("eu-west-1", "/shop/key", "arn:aws:ssm:eu-west-1:1:parameter/shop/key"),
            ("cn-north-1", "key", "arn:aws-cn:ssm:cn-north-1:1:parameter/key"),
        ] {
            assert_eq!(arn(region, "1", name), wanted);
        }
    }
}
