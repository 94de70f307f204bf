//! ECR: repositories, and the images in one of them.

use std::cmp::Reverse;

use berth_app::task_definitions::model::Choice;
use serde_json::{Value, json};

use super::super::budget::Budget;
use super::super::errors::Failure;
use super::host::Service;
use super::question::{Asked, Question};
use super::{Line, Listed, pages, read};

/// Pages of a thousand.
const MOST_PAGES: usize = 3;

async fn ask(
    line: &Line,
    budget: &Budget,
    operation: &'static str,
    document: Value,
) -> Result<Value, Failure> {
    let target = "AmazonEC2ContainerRegistry_V20150921";
    let asked = Asked::Json { target, document };
    let question = Question { service: Service::Ecr, operation, asked };
    read::json(operation, &line.ask(budget, question).await?)
}

/// Repositories of the account, by name (ecr:DescribeRepositories).
pub(super) async fn repositories(line: &Line, budget: &Budget) -> Result<Listed, Failure> {
    let (mut items, more) = pages(MOST_PAGES, |token: Option<String>| async move {
        let document = json!({"maxResults": 1_000, "nextToken": token});
        let answer = ask(line, budget, "DescribeRepositories", document).await?;
        let found = read::items(&answer, "repositories").map(|one| Choice {
            value: read::text(one, "repositoryUri").to_owned(),
            name: read::text(one, "repositoryName").to_owned(),
            about: match read::text(one, "imageTagMutability") {
                "IMMUTABLE" => "Tags never move".to_owned(),
                _ => String::new(),
            },
            ..Choice::default()
        });
        Ok((found.collect(), read::token(&answer, "nextToken")))
    })
    .await?;
    items.sort_by(|one: &Choice, other| one.name.cmp(&other.name));
    Ok(Listed { items, more })
}

/// Images of a repository, newest first (ecr:DescribeImages): one choice for each tag, and the digest
/// of those without. The value is what stands behind the repository's address.
pub(super) async fn images(line: &Line, budget: &Budget, name: &str) -> Result<Listed, Failure> {
    let (mut items, more) = pages(MOST_PAGES, |token: Option<String>| async move {
        let document = json!({"repositoryName": name, "maxResults": 1_000, "nextToken": token});
        let answer = ask(line, budget, "DescribeImages", document).await?;
        let found = read::items(&answer, "imageDetails").flat_map(of_image);
        Ok((found.collect(), read::token(&answer, "nextToken")))
    })
    .await?;
    items.sort_by_key(|one: &Choice| Reverse(one.at));
    Ok(Listed { items, more })
}

fn of_image(image: &Value) -> Vec<Choice> {
    let digest = read::text(image, "imageDigest");
    let size = image.get("imageSizeInBytes").and_then(Value::as_u64).unwrap_or(0);
    let at = read::seconds(image, "imagePushedAt");
    let choice = |value: String, name: &str| Choice {
        value,
        name: name.to_owned(),
        about: read::size_in_words(size),
        at,
        ..Choice::default()
    };
    let tags: Vec<Choice> = read::items(image, "imageTags")
        .filter_map(Value::as_str)
        .map(|tag| choice(format!(":{tag}"), tag))
        .collect();
    match tags.is_empty() {
        true => vec![choice(format!("@{digest}"), digest)],
        false => tags,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_is_offered_by_each_of_its_tags_or_else_by_its_digest() {
        let image = json!({"imageDigest": "sha256:ab", "imageTags": ["1.4", "latest"],
            "imageSizeInBytes": 45_000_000, "imagePushedAt": 1_790_000_000.5});
        let found = of_image(&image);
        let values: Vec<&str> = found.iter().map(|one| one.value.as_str()).collect();
        assert_eq!(values, [":1.4", ":latest"]);
        assert_eq!(found[0].about, "45 MB");
        assert_eq!(found[0].at.map(|at| at.ms()), Some(1_790_000_000_500));
        assert_eq!(of_image(&json!({"imageDigest": "sha256:ab"}))[0].value, "@sha256:ab");
    }
}
