//! ECR: the repositories and images that task definitions use. An image without
//! a registry counts as one of the account's own.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::pages::Pages;
use super::{containers, text_at};
use crate::arn::ACCOUNT;
use crate::ask::{Ask, seconds};
use crate::ids::{digest, image_digest};
use crate::operations::{Operation, read};
use crate::refusal::{Refusal, Reply};
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

/// When every repository was made and every image pushed: the start of 2025.
const SINCE_MS: i64 = 1_735_689_600_000;

/// By repository, then by tag: the image as it is written.
fn images(world: &World) -> BTreeMap<String, BTreeMap<String, String>> {
    let own = registry(world) + "/";
    let mut found: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for image in containers(world).filter_map(|one| text_at(one, "/image")) {
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
        found.entry(name.to_owned()).or_default().insert(tag.to_owned(), image.to_owned());
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
) -> Result<(String, BTreeMap<String, String>), Refusal> {
    let name = ask.needed_text("repositoryName")?;
    let tags = images(world).remove(name).ok_or_else(|| no_repository(name))?;
    Ok((name.to_owned(), tags))
}

fn list_images(world: &mut World, ask: Ask<'_>) -> Reply {
    let (_, tags) = of_repository(world, ask)?;
    let shown = tags.into_iter().map(|(tag, image)| {
        let id = json!({"imageDigest": image_digest(&image), "imageTag": tag});
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
            "imageDigest": image_digest(&image),
            "imageTags": [tag],
            "imageSizeInBytes": 20_000_000 + digest(&image) % 180_000_000,
            "imagePushedAt": seconds(SINCE_MS),
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
