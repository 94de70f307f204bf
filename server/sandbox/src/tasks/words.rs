//! Why a task cannot start, in AWS's words.

use crate::arn::Place;
use crate::behaviour::{Pull, Secret};

/// The CannotPullContainerError of an image.
pub(super) fn cannot_pull(image: &str, why: Pull) -> String {
    let (tries, cause) = match why {
        Pull::NotFound => (1, format!("{image}: not found")),
        Pull::Denied => (
            1,
            "pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed".to_owned(),
        ),
        Pull::NoRoute => {
            let (registry, name) = located(image);
            let name = name.replacen(':', "/manifests/", 1);
            (5, format!("failed to do request: Head \"https://{registry}/v2/{name}\": dial tcp 203.0.113.10:443: i/o timeout"))
        }
    };
    format!(
        "CannotPullContainerError: pull image manifest has been retried {tries} time(s): failed to resolve ref {image}: {cause}"
    )
}

/// Registry and name of an image; Docker Hub's when it names none.
fn located(image: &str) -> (&str, &str) {
    match image.split_once('/') {
        Some((host, name)) if host.contains(['.', ':']) => (host, name),
        _ => ("registry-1.docker.io", image),
    }
}

/// The ResourceInitializationError of a secret, or of the one that a container without secrets
/// would have had. It is asked for in a session of the execution role, which is named after the
/// task.
pub(super) fn no_secret(
    place: &Place,
    (role, task): (&str, &str),
    from: Option<&str>,
    why: Secret,
) -> String {
    let missing = place.secret("missing");
    let from = from.unwrap_or(&missing);
    let user = place.assumed_role(role, task);
    let secret = from.contains(":secretsmanager:");
    let cause = match (secret, why) {
        (true, Secret::Denied) => format!(
            "failed to fetch secret {from} from secrets manager: AccessDeniedException: User: {user} is not authorized to perform: secretsmanager:GetSecretValue on resource: {from} because no identity-based policy allows the secretsmanager:GetSecretValue action"
        ),
        (true, Secret::NotFound) => format!(
            "failed to fetch secret {from} from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret."
        ),
        (false, Secret::Denied) => format!(
            "AccessDeniedException: User: {user} is not authorized to perform: ssm:GetParameters on resource: {from} because no identity-based policy allows the ssm:GetParameters action"
        ),
        (false, Secret::NotFound) => format!("invalid ssm parameters: {from}"),
    };
    let store = if secret {
        "unable to retrieve secret from asm"
    } else {
        "unable to retrieve secrets from ssm"
    };
    format!(
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: {store}: service call has been retried 1 time(s): {cause}"
    )
}

#[cfg(test)]
mod tests {
    use super::{Pull, cannot_pull};

    #[test]
    fn the_registry_of_an_image_is_named() {
        for (image, url) in [
            ("redis:7", "https://registry-1.docker.io/v2/redis/manifests/7"),
            ("shop/api:1", "https://registry-1.docker.io/v2/shop/api/manifests/1"),
            ("ghcr.io/shop/api:1", "https://ghcr.io/v2/shop/api/manifests/1"),
        ] {
            let said = cannot_pull(image, Pull::NoRoute);
            assert!(said.contains(url), "{said}");
        }
    }
}
