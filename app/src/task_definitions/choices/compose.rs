//! Texts that are made of parts: an image of a repository, and a place inside a secret.

/// The repository, by its address, that an image is from, with what stands behind it (`:tag` or
/// `@digest`). Only addresses that are known count: a registry elsewhere is not asked about.
pub(super) fn repository_of<'a>(
    image: &str,
    known: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let of = |address: &&str| {
        image.strip_prefix(*address).is_some_and(|rest| rest.starts_with([':', '@']))
    };
    // One repository's name can begin with another's, but not up to the colon.
    let mut known = known;
    known.find(of)
}

/// What stands in `valueFrom` for a secret of Secrets Manager: its ARN, and behind it the key of a
/// JSON document, a version's stage, and a version's id, each of which may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SecretPlace {
    pub(super) arn: String,
    pub(super) key: String,
    pub(super) stage: String,
    pub(super) version: String,
}

impl SecretPlace {
    /// Of a full ARN; `None` for anything else, such as a parameter or a name.
    pub(super) fn of(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.trim().split(':').collect();
        let [_, _, "secretsmanager", _, _, "secret", _, rest @ ..] = parts.as_slice() else {
            return None;
        };
        if rest.len() > 3 {
            return None;
        }
        let part = |at: usize| rest.get(at).copied().unwrap_or_default().to_owned();
        Some(Self {
            arn: parts.iter().take(7).copied().collect::<Vec<_>>().join(":"),
            key: part(0),
            stage: part(1),
            version: part(2),
        })
    }

    /// As ECS reads it: all colons, or none.
    pub(super) fn text(&self) -> String {
        let Self { arn, key, stage, version } = self;
        let whole = key.is_empty() && stage.is_empty() && version.is_empty();
        if whole { arn.clone() } else { format!("{arn}:{key}:{stage}:{version}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_is_of_the_repository_before_its_tag() {
        let known = [
            "1.dkr.ecr.eu-west-1.amazonaws.com/shop/web",
            "1.dkr.ecr.eu-west-1.amazonaws.com/shop/web-admin",
        ];
        for (image, wanted) in [
            ("1.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1.4", Some(known[0])),
            ("1.dkr.ecr.eu-west-1.amazonaws.com/shop/web-admin@sha256:ab", Some(known[1])),
            ("1.dkr.ecr.eu-west-1.amazonaws.com/shop/web:", Some(known[0])),
            ("1.dkr.ecr.eu-west-1.amazonaws.com/shop/web", None),
            ("2.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1.4", None),
            ("nginx:1.27", None),
        ] {
            assert_eq!(repository_of(image, known.into_iter()), wanted, "{image}");
        }
    }

    #[test]
    fn a_place_in_a_secret_is_read_and_written() {
        const ARN: &str = "arn:aws:secretsmanager:eu-west-1:1:secret:web/db-Ab12Cd";
        let place = |key: &str, stage: &str, version: &str| SecretPlace {
            arn: ARN.to_owned(),
            key: key.to_owned(),
            stage: stage.to_owned(),
            version: version.to_owned(),
        };
        for (text, wanted) in [
            (ARN.to_owned(), place("", "", "")),
            (format!("{ARN}:password::"), place("password", "", "")),
            (format!("{ARN}::AWSPREVIOUS:"), place("", "AWSPREVIOUS", "")),
            (format!("{ARN}:password::0a1b"), place("password", "", "0a1b")),
        ] {
            let read = SecretPlace::of(&text).unwrap();
            assert_eq!(read, wanted);
            assert_eq!(read.text(), text);
        }
        for other in ["arn:aws:ssm:eu-west-1:1:parameter/key", "key", "", &format!("{ARN}:a:b:c:d")]
        {
            assert_eq!(SecretPlace::of(other), None, "{other}");
        }
    }
}
