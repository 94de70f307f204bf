//! What is typed when a template is saved, and what of it holds.

use serde::{Deserialize, Serialize};

use crate::error::{AppError, FieldErrors};
use crate::task_definitions::document::Document;
use crate::task_definitions::drafts::model::check_text;
use crate::task_definitions::import::import;
use crate::task_definitions::templates::team;

/// The longest name, in characters.
pub const NAME_CHARS: usize = 80;
/// The longest description, in characters.
pub const ABOUT_CHARS: usize = 300;

/// What a template is called.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateWords {
    /// Its name.
    pub name: String,
    /// What it is for; may be empty.
    pub about: String,
}

impl TemplateWords {
    /// The words, trimmed.
    ///
    /// # Errors
    /// [`AppError::Invalid`] at `name` and `about`.
    pub fn check(&self) -> Result<Self, AppError> {
        let mut errors = FieldErrors::new();
        let name = errors.take("name", check_name(&self.name)).unwrap_or_default();
        let about = errors.take("about", check_line(&self.about, ABOUT_CHARS)).unwrap_or_default();
        errors.or(Self { name, about })
    }
}

/// What of a document becomes a template. It may hold secrets.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateContent {
    /// The document as JSON.
    pub text: String,
    /// The place of the container that becomes a sidecar; none saves the whole document.
    pub container: Option<usize>,
    /// Whether plain variables keep their values.
    pub keep_values: bool,
}

impl std::fmt::Debug for TemplateContent {
    /// Without the text: it may hold secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TemplateContent")
            .field("container", &self.container)
            .finish_non_exhaustive()
    }
}

impl TemplateContent {
    /// The document that is kept.
    ///
    /// # Errors
    /// [`AppError::Invalid`] at `document`.
    pub fn check(&self) -> Result<Document, AppError> {
        let refused = |said: String| AppError::Invalid(FieldErrors::one("document", said));
        check_text("A template", &self.text).map_err(refused)?;
        let whole = import(&self.text).map_err(|error| refused(error.to_string()))?.document;
        let kept = match self.container {
            None => Some(team::of_whole(&whole)),
            Some(place) => team::of_container(&whole, place),
        };
        let mut kept =
            kept.ok_or_else(|| refused("This container is gone. Choose again.".into()))?;
        if !self.keep_values {
            team::empty_variables(&mut kept);
        }
        Ok(kept)
    }
}

fn check_name(text: &str) -> Result<String, String> {
    match check_line(text, NAME_CHARS)? {
        name if name.is_empty() => Err("Give the template a name.".to_owned()),
        name => Ok(name),
    }
}

fn check_line(text: &str, most: usize) -> Result<String, String> {
    let text = text.trim();
    match text.chars().count() {
        count if count > most => Err(format!("At most {most} characters; this has {count}.")),
        _ if text.chars().any(char::is_control) => Err("One line of plain text.".to_owned()),
        _ => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_needed_short_and_plain() {
        let long = "x".repeat(301);
        for (name, about, wrong) in [
            (" Web ", "", None),
            ("", "", Some(("name", "Give the template a name."))),
            ("a\tb", "", Some(("name", "One line of plain text."))),
            (&long[..81], "", Some(("name", "At most 80 characters; this has 81."))),
            ("Web", &long, Some(("about", "At most 300 characters; this has 301."))),
        ] {
            let words = TemplateWords { name: name.into(), about: about.into() }.check();
            match wrong {
                None => assert_eq!(words.unwrap().name, "Web"),
                Some((at, said)) => {
                    assert_eq!(words.unwrap_err().field_errors().at(at), Some(said));
                }
            }
        }
    }

    #[test]
    fn what_is_chosen_is_kept() {
        let text = r#"{"family": "shop", "revision": 7, "containerDefinitions": [{"name": "web",
            "environment": [{"name": "PORT", "value": "80"}]}]}"#;
        let content = |container, keep_values| {
            TemplateContent { text: text.into(), container, keep_values }.check()
        };
        let at = |document: &Document, path: &str| document.text_at(path);
        let whole = content(None, true).unwrap();
        let value = "containerDefinitions.0.environment.0.value";
        assert_eq!((at(&whole, "family"), at(&whole, value)), (String::new(), "80".into()));
        assert_eq!(at(&whole, "revision"), "");
        let alone = content(Some(0), false).unwrap();
        assert_eq!((alone.get("family"), at(&alone, value)), (None, String::new()));
        assert!(content(Some(1), true).unwrap_err().field_errors().at("document").is_some());
        let broken = TemplateContent { text: "{".into(), ..TemplateContent::default() };
        assert!(broken.check().unwrap_err().field_errors().at("document").is_some());
    }
}
