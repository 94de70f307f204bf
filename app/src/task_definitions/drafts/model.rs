//! Drafts: task definitions that are being written.

use serde::{Deserialize, Serialize};

use crate::error::AppError;
use crate::names::{DraftId, FamilyName, Revision};
use crate::timestamp::Timestamp;

/// The longest text that is kept, in bytes: four times what ECS takes.
pub const TEXT_BYTES: usize = 256 * 1024;
/// The longest title, in characters.
pub const TITLE_CHARS: usize = 120;
/// Drafts of one member at most.
pub const DRAFTS_EACH: usize = 50;
/// How long a deleted draft can be taken back.
pub const UNDO_MS: i64 = 24 * 3_600_000;
/// Who has not been seen in a draft for this long has left it.
pub const AWAY_MS: i64 = 15_000;

/// A draft without its text: one line of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftRow {
    /// Names it, and lets members open it.
    pub id: DraftId,
    /// What a person called it; empty for the family's name.
    pub title: String,
    /// The family that stands in it; empty while there is none.
    pub family: String,
    /// The revision that it began from.
    pub based_on: Option<Revision>,
    /// Whose it is.
    pub owner: String,
    /// Whether that is the member who asks.
    pub mine: bool,
    /// Counts its changes.
    pub version: i64,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// By whom.
    pub changed_by: String,
}

impl DraftRow {
    /// What it is called: its title, else its family.
    pub fn name(&self) -> String {
        name_of(&self.title, &self.family)
    }
}

/// What a draft of that title and family is called.
pub fn name_of(title: &str, family: &str) -> String {
    let named = [title, family].into_iter().find(|name| !name.is_empty());
    named.unwrap_or("Untitled").to_owned()
}

/// A draft with its text. It may hold secrets: it is shown to members who may edit, and never logged.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// What it is.
    pub row: DraftRow,
    /// The JSON text as typed, readable or not.
    pub text: String,
    /// The last text that could be read.
    pub readable: String,
}

impl std::fmt::Debug for Draft {
    /// Without the text: it may hold secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Draft").field("row", &self.row).finish_non_exhaustive()
    }
}

/// What a draft was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// Its id.
    pub id: DraftId,
    /// When.
    pub at: Timestamp,
}

/// How saving ended.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Saved {
    /// It is kept, as this version.
    Kept {
        /// Counts its changes.
        version: i64,
        /// When.
        at: Timestamp,
    },
    /// Somebody was faster, and nothing was kept.
    Faster(Newer),
}

/// A draft as somebody else has it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Newer {
    /// Its version.
    pub version: i64,
    /// Its text.
    pub text: String,
    /// Who changed it last; `None` when it was the member who asks, elsewhere.
    pub by: Option<String>,
}

/// What a glance at an open draft shows.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Glance {
    /// Who else has it open, by name.
    pub others: Vec<String>,
    /// The draft, if it has changed.
    pub newer: Option<Newer>,
}

/// The refusal of one draft more than a member may have.
pub fn too_many() -> AppError {
    AppError::refused(
        format!("You have {DRAFTS_EACH} drafts, the most that are kept."),
        "Delete one that you no longer need in the list of drafts.",
    )
}

/// The refusal to bring a draft back whose owner, who need not be who asks, has as many as may be.
pub fn no_room_for_it() -> AppError {
    AppError::refused(
        format!("Its owner has {DRAFTS_EACH} drafts by now, the most that are kept."),
        "It can be brought back once one of them is deleted in the list of drafts.",
    )
}

/// The family in a text, if the text can be read; empty while it is no name of one.
pub fn family_in(text: &str) -> Option<String> {
    let family = berth_definition::import::import(text).ok()?.document.text_at("family");
    Some(family.parse::<FamilyName>().map(String::from).unwrap_or_default())
}

/// A title as typed, made fit to be kept.
///
/// # Errors
/// The sentence for its field.
pub fn check_title(text: &str) -> Result<String, String> {
    let title = text.trim();
    match title.chars().count() {
        count if count > TITLE_CHARS => {
            Err(format!("At most {TITLE_CHARS} characters; this has {count}."))
        }
        _ if title.chars().any(char::is_control) => Err("One line of plain text.".to_owned()),
        _ => Ok(title.to_owned()),
    }
}

/// Checks that the text of `what` can be kept.
///
/// # Errors
/// The sentence that says so.
pub fn check_text(what: &str, text: &str) -> Result<(), String> {
    if text.len() > TEXT_BYTES {
        return Err(format!(
            "{what} holds at most {} KiB of text; this has {}.",
            TEXT_BYTES / 1024,
            text.len().div_ceil(1024)
        ));
    }
    // PostgreSQL has no place for it.
    if let Some(at) = text.find('\0') {
        let line = text[..at].matches('\n').count() + 1;
        return Err(format!("{what} holds no NUL character; one stands in line {line}."));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_short_and_plain() {
        for (text, title) in [
            ("  Bigger web  ", Ok("Bigger web")),
            ("", Ok("")),
            ("a\nb", Err("One line of plain text.")),
        ] {
            assert_eq!(check_title(text).as_deref().map_err(String::as_str), title);
        }
        assert_eq!(
            check_title(&"x".repeat(121)).unwrap_err(),
            "At most 120 characters; this has 121."
        );
    }

    #[test]
    fn a_draft_is_called_by_its_title_or_family() {
        for (title, family, name) in
            [("", "", "Untitled"), ("", "web", "web"), ("Bigger", "web", "Bigger")]
        {
            assert_eq!(name_of(title, family), name);
        }
    }

    #[test]
    fn only_a_name_is_taken_for_the_family() {
        for (text, family) in [
            (r#"{"family": "web"}"#, Some("web")),
            (r#"{"family": "a secret, perhaps"}"#, Some("")),
            (r#"{"family": {}}"#, Some("")),
            ("{}", Some("")),
            ("{", None),
        ] {
            assert_eq!(family_in(text).as_deref(), family, "{text}");
        }
    }

    #[test]
    fn no_text_holds_nul() {
        let said = "A draft holds no NUL character; one stands in line 2.";
        assert_eq!(check_text("A draft", "a\nb\0").unwrap_err(), said);
    }

    #[test]
    fn texts_have_an_end() {
        assert_eq!(check_text("A draft", &"x".repeat(TEXT_BYTES)), Ok(()));
        assert_eq!(
            check_text("A draft", &"x".repeat(TEXT_BYTES + 1)).unwrap_err(),
            "A draft holds at most 256 KiB of text; this has 257."
        );
    }
}
