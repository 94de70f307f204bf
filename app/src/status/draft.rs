//! What was typed into the form of a status page, and what it must be.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::model::{ListedService, StatusPage};
use crate::error::{AppError, FieldErrors};
use crate::names::{ClusterName, ServiceName};

/// The longest title, in characters: it is a heading.
pub const TITLE_MAX: usize = 80;
/// The longest public name, in characters: it stands on one line of a phone.
pub const PUBLIC_NAME_MAX: usize = 60;
/// The most services on one page: more is no page that anyone reads.
pub const SERVICES_MAX: usize = 50;

/// A status page as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusPageDraft {
    /// The public title.
    pub title: String,
    /// Whether the link shall work.
    pub published: bool,
    /// What it shall show, in order.
    pub services: Vec<ServiceDraft>,
}

/// A chosen service as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceDraft {
    /// The cluster it runs in.
    pub cluster: String,
    /// Its name in ECS.
    pub service: String,
    /// Its name in public.
    pub public_name: String,
}

/// A status page that may be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusPageRequest {
    /// The public title.
    pub title: String,
    /// Whether the link shall work.
    pub published: bool,
    /// What it shall show, in order.
    pub services: Vec<ListedService>,
}

impl From<&StatusPage> for StatusPageDraft {
    fn from(page: &StatusPage) -> Self {
        let service = |one: &ListedService| ServiceDraft {
            cluster: one.cluster.to_string(),
            service: one.service.to_string(),
            public_name: one.public_name.clone(),
        };
        Self {
            title: page.title.clone(),
            published: page.published,
            services: page.services.iter().map(service).collect(),
        }
    }
}

impl StatusPageDraft {
    /// The page that was meant.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with a message at `title`, `services`, or
    /// `services.N.public_name`.
    pub fn check(&self) -> Result<StatusPageRequest, AppError> {
        let mut errors = FieldErrors::new();
        let title = errors.take("title", public_text(&self.title, "the page a title", TITLE_MAX));
        if self.services.is_empty() {
            errors.add("services", "Choose at least one service.");
        } else if self.services.len() > SERVICES_MAX {
            let has = self.services.len();
            errors.add("services", format!("At most {SERVICES_MAX} services; this has {has}."));
        }
        let (mut chosen, mut names) = (HashSet::new(), HashSet::new());
        let mut services = Vec::with_capacity(self.services.len());
        for (place, draft) in self.services.iter().enumerate() {
            if !chosen.insert((&draft.cluster, &draft.service)) {
                errors.add("services", format!("{} is chosen twice.", draft.service));
            }
            let at = format!("services.{place}.public_name");
            let name = public_text(&draft.public_name, "it a public name", PUBLIC_NAME_MAX);
            let name = name.and_then(|name| {
                let first = names.insert(name.to_lowercase());
                if first { Ok(name) } else { Err("Another service has this name already.".into()) }
            });
            let name = errors.take(&at, name);
            let cluster = errors.take("services", draft.cluster.parse::<ClusterName>());
            let service = errors.take("services", draft.service.parse::<ServiceName>());
            if let (Some(cluster), Some(service), Some(public_name)) = (cluster, service, name) {
                services.push(ListedService { cluster, service, public_name });
            }
        }
        let title = title.unwrap_or_default();
        errors.or(StatusPageRequest { title, published: self.published, services })
    }
}

/// Text that the public may read: one line, no ARN and no account number in it.
fn public_text(text: &str, what: &str, max: usize) -> Result<String, String> {
    let text = text.trim();
    let length = text.chars().count();
    if text.is_empty() {
        Err(format!("Give {what}."))
    } else if length > max {
        Err(format!("At most {max} characters; this has {length}."))
    } else if text.chars().any(char::is_control) {
        Err("Write it on one line, without control characters.".to_owned())
    } else if text.to_lowercase().contains("arn:") {
        Err("This looks like an ARN. Everybody with the link would see it.".to_owned())
    } else if has_account_id(text) {
        Err("This looks like an AWS account number. Everybody with the link would see it."
            .to_owned())
    } else {
        Ok(text.to_owned())
    }
}

/// Whether exactly twelve digits stand together, also when grouped as AWS shows them
/// (`1234-5678-9012`).
fn has_account_id(text: &str) -> bool {
    let mut digits = 0;
    let mut joined = false;
    for c in text.chars().chain(['.']) {
        match c {
            '0'..='9' => {
                digits += 1;
                joined = false;
            }
            '-' | ' ' if digits > 0 && !joined => joined = true,
            _ => {
                if digits == 12 {
                    return true;
                }
                (digits, joined) = (0, false);
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(name: &str, public_name: &str) -> ServiceDraft {
        ServiceDraft {
            cluster: "production".into(),
            service: name.into(),
            public_name: public_name.into(),
        }
    }

    fn draft(title: &str, services: Vec<ServiceDraft>) -> StatusPageDraft {
        StatusPageDraft { title: title.into(), published: true, services }
    }

    fn said(draft: &StatusPageDraft) -> Vec<(String, String)> {
        let errors = draft.check().map_err(|e| e.field_errors()).err().unwrap_or_default();
        errors.iter().map(|(path, said)| (path.to_owned(), said.to_owned())).collect()
    }

    #[test]
    fn a_page_is_what_was_typed_without_its_edges() {
        let page = draft(" Shop ", vec![service("web", " Web shop "), service("api", "API")]);
        let request = page.check().unwrap();
        assert_eq!((request.title.as_str(), request.published), ("Shop", true));
        let names: Vec<_> = request.services.iter().map(|s| s.public_name.as_str()).collect();
        assert_eq!(names, ["Web shop", "API"]);
    }

    #[test]
    fn public_names_are_short_and_tell_nothing() {
        let long = "x".repeat(61);
        for (name, message) in [
            ("", Some("Give it a public name.")),
            ("   ", Some("Give it a public name.")),
            (long.as_str(), Some("At most 60 characters; this has 61.")),
            (&long[..60], None),
            ("a\nb", Some("Write it on one line, without control characters.")),
            (
                "ARN:aws:ecs:eu-west-1",
                Some("This looks like an ARN. Everybody with the link would see it."),
            ),
            (
                "web 123456789012",
                Some(
                    "This looks like an AWS account number. Everybody with the link would see it.",
                ),
            ),
            (
                "1234-5678-9012",
                Some(
                    "This looks like an AWS account number. Everybody with the link would see it.",
                ),
            ),
            ("Order 1234567890123", None),
            ("Learning platform", None),
            ("Été 2026 – Straße", None),
        ] {
            let expected: Vec<_> = message
                .map(|said| ("services.0.public_name".to_owned(), said.to_owned()))
                .into_iter()
                .collect();
            assert_eq!(said(&draft("Shop", vec![service("web", name)])), expected, "{name}");
        }
    }

    #[test]
    fn every_wrong_field_is_told_at_once() {
        let page =
            draft("", vec![service("web", "Shop"), service("api", "shop"), service("x", "")]);
        assert_eq!(
            said(&page),
            [
                ("services.1.public_name", "Another service has this name already."),
                ("services.2.public_name", "Give it a public name."),
                ("title", "Give the page a title."),
            ]
            .map(|(path, said)| (path.to_owned(), said.to_owned()))
        );
    }

    #[test]
    fn a_page_shows_one_to_fifty_services_once() {
        let many = (0..51).map(|n| service(&format!("s{n}"), &format!("Service {n}"))).collect();
        for (services, message) in [
            (vec![], "Choose at least one service."),
            (many, "At most 50 services; this has 51."),
            (vec![service("web", "A"), service("web", "B")], "web is chosen twice."),
            (
                vec![service("a b", "A")],
                "Use letters, digits, hyphens and underscores; a space is none of them.",
            ),
        ] {
            let told = said(&draft("Shop", services));
            assert_eq!(told, [("services".to_owned(), message.to_owned())]);
        }
        let long = draft(&"x".repeat(81), vec![service("web", "A")]);
        assert_eq!(said(&long)[0].0, "title");
    }
}
