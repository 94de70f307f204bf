//! The team's templates as one page knows them: read once, and again after a change.

use leptos::prelude::*;

use super::api::list_templates;
use super::model::TemplateRow;
use crate::error::AppError;

/// What is known of the team's templates.
#[derive(Clone, Copy, Default)]
pub struct Shelf(RwSignal<Option<Result<Vec<TemplateRow>, AppError>>>);

/// Reads the templates when the page has come alive, and lends them to its parts.
pub fn provide_shelf() -> Shelf {
    let shelf = Shelf::default();
    Effect::new(move |_| shelf.read_again());
    provide_context(shelf);
    shelf
}

/// The page's shelf; where it has none, an empty one.
pub fn use_shelf() -> Shelf {
    use_context().unwrap_or_default()
}

impl Shelf {
    /// The templates that pass; none while they are not known.
    pub fn rows(self, passes: impl Fn(&TemplateRow) -> bool) -> Vec<TemplateRow> {
        self.0.with(|known| match known {
            Some(Ok(rows)) => rows.iter().filter(|row| passes(row)).cloned().collect(),
            _ => Vec::new(),
        })
    }

    /// One template.
    pub fn row(self, id: i64) -> Option<TemplateRow> {
        self.rows(|row| row.id == id).pop()
    }

    /// Why the templates are not known.
    pub fn trouble(self) -> Option<AppError> {
        self.0.with(|known| known.as_ref()?.as_ref().err().cloned())
    }

    /// Reads them again.
    pub fn read_again(self) {
        leptos::task::spawn_local(self.be_read());
    }

    /// Reads them again, and returns when they are known.
    pub async fn be_read(self) {
        let answer = list_templates().await;
        self.0.try_set(Some(answer));
    }
}
