//! ECR: the repositories and images that task definitions use. An image without
//! a registry counts as one of the account's own.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::pages::Pages;
use super::{definitions, text_at};
use crate::arn::ACCOUNT;
use crate::ask::{Ask, seconds};
use crate::ids::{digest, image_digest};
use crate::operations::{Operation, read};
use crate::refusal::{Refusal, Reply};
use crate::task_definitions::TaskDefinition;
use crate::world::World;

/// What is built of ECR.
pub(crate) const BUILT: [Operation; 3] = [
    read("DescribeImages", describe_images),
    read("DescribeRepositories", repositories),
    read("ListImages", list_images),
];

const PAGES: Pages = Pages {
    size: ("maxResults", 1_000),
    token: ("nextToken", "nextToken"),
    refusal: "InvalidParameterException",
};

/// When every repository was made: the start of 2025.
const SINCE_MS: i64 = 1_735_689_600_000;
/// How long before its first revision an image was pushed, at most.
const BEFORE_MS: u64 = 6 * 60 * 60 * 1_000;

/// An image of a repository.
struct Image {
    /// As it is written.
    written: String,
    pushed_ms: i64,
}

/// Every image with each revision that uses it, oldest revision of a family first.
fn used(world: &World) -> impl Iterator<Item = (&TaskDefinition, &str)> {
    definitions(world).flat_map(|one| {
        let images = one.containers().iter().filter_map(|each| text_at(each, "/image"));
        images.map(move |image| (one, image))
    })
}

/// By repository, then by tag.
fn images(world: &World) -> BTreeMap<String, BTreeMap<String, Image>> {
    let own = registry(world) + "/";
    let mut found: BTreeMap<String, BTreeMap<String, Image>> = BTreeMap::new();
    for (revision, image) in used(world) {
        let plain = image.split('@').next().unwrap_or(image);
        let here = plain.strip_prefix(own.as_str()).unwrap_or(plain);
        let (name, tag) = match here.rsplit_once(':') {
            Some((name, tag)) if !tag.contains('/') => (name, tag),
            _ => (here, "latest"),
        };
        let host = name.split('/').next().unwrap_or_default();
        if host.contains(['.', ':']) && name.contains('/') {
            continue;
        }
        let registered = revision.document.get("registeredAt").and_then(Value::as_f64);
        let registered_ms = registered.map_or(SINCE_MS, |seconds| (seconds * 1_000.0) as i64);
        let before = i64::try_from(digest(image) % BEFORE_MS).unwrap_or(0);
        let written = Image { written: image.to_owned(), pushed_ms: registered_ms - before };
        found.entry(name.to_owned()).or_default().entry(tag.to_owned()).or_insert(written);
    }
    found
}

fn registry(world: &World) -> String {
    format!("{ACCOUNT}.dkr.ecr.{}.amazonaws.com", world.place.region)
}

fn no_repository(name: &str) -> Refusal {
    let sentence = format!(
        "The repository with name '{name}' does not exist in the registry with id '{ACCOUNT}'"
    );
    Refusal::new("RepositoryNotFoundException", sentence)
}

fn repositories(world: &mut World, ask: Ask<'_>) -> Reply {
    let wanted = ask.texts("repositoryNames")?;
    let images = images(world);
    if let Some(name) = wanted.iter().find(|name| !images.contains_key(**name)) {
        return Err(no_repository(name));
    }
    let (region, host) = (&world.place.region, registry(world));
    let chosen =
        images.into_keys().filter(|name| wanted.is_empty() || wanted.contains(&name.as_str()));
    let shown = chosen.map(|name| {
        let repository = json!({
            "repositoryArn": format!("arn:aws:ecr:{region}:{ACCOUNT}:repository/{name}"),
            "registryId": ACCOUNT,
            "repositoryName": name,
            "repositoryUri": format!("{host}/{name}"),
            "createdAt": seconds(SINCE_MS),
            "imageTagMutability": "MUTABLE",
        });
        (name, repository)
    });
    PAGES.answer(ask, "repositories", shown)
}

fn of_repository(
    world: &World,
    ask: Ask<'_>,
) -> Result<(String, BTreeMap<String, Image>), Refusal> {
    let name = ask.needed_text("repositoryName")?;
    let tags = images(world).remove(name).ok_or_else(|| no_repository(name))?;
    Ok((name.to_owned(), tags))
}

fn list_images(world: &mut World, ask: Ask<'_>) -> Reply {
    let (_, tags) = of_repository(world, ask)?;
    let shown = tags.into_iter().map(|(tag, image)| {
        let id = json!({"imageDigest": image_digest(&image.written), "imageTag": tag});
        (tag, id)
    });
    PAGES.answer(ask, "imageIds", shown)
}

fn describe_images(world: &mut World, ask: Ask<'_>) -> Reply {
    let (name, tags) = of_repository(world, ask)?;
    let shown = tags.into_iter().map(|(tag, image)| {
        let detail = json!({
            "registryId": ACCOUNT,
            "repositoryName": name,
            "imageDigest": image_digest(&image.written),
            "imageTags": [tag],
            "imageSizeInBytes": 20_000_000 + digest(&image.written) % 180_000_000,
            "imagePushedAt": seconds(image.pushed_ms),
        });
        (tag, detail)
    });
    let wanted = ask.list("imageIds")?;
    let chosen = shown.filter(|(tag, detail): &(String, Value)| {
        wanted.is_empty()
            || wanted.iter().any(|id| {
                text_at(id, "/imageTag") == Some(tag)
                    || id
                        .get("imageDigest")
                        .is_some_and(|digest| Some(digest) == detail.get("imageDigest"))
            })
    });
    let chosen: Vec<(String, Value)> = chosen.collect();
    if chosen.len() < wanted.len() {
        let sentence = format!(
            "An image that was asked for does not exist within the repository with name '{name}' in the registry with id '{ACCOUNT}'"
        );
        return Err(Refusal::new("ImageNotFoundException", sentence));
    }
    PAGES.answer(ask, "imageDetails", chosen.into_iter())
}
