//! What the review beside the form holds: the document when the typing has paused, what it is held
//! against, and what it changes.

use leptos::prelude::*;

use super::api::read_ground;
use super::model::{Compared, Ground};
use crate::error::AppError;
use crate::names::{FamilyName, Revision};
use crate::task_definitions::diff::{Changes, changes, headline};
use crate::task_definitions::document::Document;
use crate::task_definitions::form::Form;

/// The review of one form.
#[derive(Clone, Copy)]
pub struct Review {
    form: Form,
    family: Memo<Option<FamilyName>>,
    ground: RwSignal<Option<Result<Ground, AppError>>>,
    /// The family that the ground was read for.
    ground_of: StoredValue<Option<FamilyName>>,
    /// The revision that was chosen to compare with.
    chosen: RwSignal<Option<Revision>>,
    changes: Memo<Option<Changes>>,
}

impl Review {
    /// The review of a form that began from a revision, or from none.
    pub fn beside(form: Form, from: Option<Revision>) -> Self {
        let settled = form.document.settled();
        let family = Memo::new(move |_| {
            settled.with(|document| document.text_at("family").parse::<FamilyName>().ok())
        });
        let ground = RwSignal::new(None);
        let chosen = RwSignal::new(None);
        let base = Memo::new(move |_| compared(ground, chosen));
        let changes = Memo::new(move |_| {
            let base = base.get()?;
            Some(settled.with(|document| changes(&base.document, document)))
        });
        let ground_of = StoredValue::new(None);
        let review = Self { form, family, ground, ground_of, chosen, changes };
        Effect::new(move |_| {
            let family = family.get();
            let from = from.clone();
            leptos::task::spawn_local(async move {
                let answer = read_ground(from, family.clone()).await;
                // Only the answer for what is typed now; the page may also have been left.
                if review.family.try_get_untracked().as_ref() == Some(&family) {
                    review.ground_of.try_set_value(family);
                    review.ground.try_set(Some(answer));
                }
            });
        });
        review
    }

    /// What it is held against, once that is known.
    pub fn ground(self) -> RwSignal<Option<Result<Ground, AppError>>> {
        self.ground
    }

    /// The revision to compare with, if there is one.
    pub fn against(self) -> Option<Compared> {
        compared(self.ground, self.chosen)
    }

    /// Compares with another revision of the ground.
    pub fn compare_with(self, revision: Revision) {
        self.chosen.set(Some(revision));
    }

    /// The document, when the typing has paused.
    pub fn document(self) -> RwSignal<Document> {
        self.form.document.settled()
    }

    /// The family that is named in it.
    pub fn family(self) -> Memo<Option<FamilyName>> {
        self.family
    }

    /// What it changes; `None` while there is nothing to compare with.
    pub fn changes(self) -> Memo<Option<Changes>> {
        self.changes
    }

    /// The changes in a line, with what they are held against.
    pub fn line(self) -> Option<String> {
        let line = self.changes.with(|changes| changes.as_ref().map(headline));
        match (line, self.against()) {
            (Some(line), Some(base)) => Some(format!("Against {}: {line}.", base.revision)),
            _ if matches!(&*self.ground.read(), Some(Ok(_))) => {
                let family = self.family.get()?;
                Some(format!("The first revision of the new family {family}."))
            }
            _ => None,
        }
    }

    /// The newest revision that the document, as it is this moment, would equal.
    pub fn equals(self) -> Option<Revision> {
        let document = self.form.document.read_untracked();
        self.ground.with_untracked(|ground| {
            let newest = ground.as_ref()?.as_ref().ok()?.newest.as_ref()?;
            let same_family = newest.revision.family.as_str() == document.text_at("family");
            (same_family && changes(&newest.document, &document).is_nothing())
                .then(|| newest.revision.clone())
        })
    }

    /// Looks once more whether somebody has registered the family's next revision since the ground
    /// was read.
    ///
    /// # Errors
    /// [`AppError::Conflict`] when somebody has; the review then compares with that.
    pub async fn nobody_was_faster(self) -> Result<(), AppError> {
        let seen = self.ground.try_get_untracked().flatten();
        let named = self.form.document.try_with_untracked(|document| document.text_at("family"));
        let (Some(Ok(seen)), Some(Some(family))) = (seen, self.ground_of.try_get_value()) else {
            return Ok(());
        };
        // Nothing was seen yet of a family whose name was typed a moment ago.
        if named.as_deref() != Some(family.as_str()) {
            return Ok(());
        }
        let base = seen.base.as_ref().map(|base| base.revision.clone());
        // A look that fails is no reason to keep a registration back.
        let Ok(now) = read_ground(base, Some(family)).await else { return Ok(()) };
        if now.newest_number() <= seen.newest_number() {
            return Ok(());
        }
        let said = now.newest.as_ref().map(|newest| {
            let by = newest.registered_by.as_ref().map(|by| format!(" by {by}"));
            let by = by.unwrap_or_default();
            format!("{} was registered meanwhile{by}. The review shows what yours changes against it; register again to go on.", newest.revision)
        });
        self.chosen.try_set(now.newest.as_ref().map(|newest| newest.revision.clone()));
        self.ground.try_set(Some(Ok(now)));
        said.map_or(Ok(()), |said| Err(AppError::Conflict(said)))
    }
}

fn compared(
    ground: RwSignal<Option<Result<Ground, AppError>>>,
    chosen: RwSignal<Option<Revision>>,
) -> Option<Compared> {
    let chosen = chosen.get();
    ground.with(|ground| {
        let ground = ground.as_ref()?.as_ref().ok()?;
        let mut both = ground.base.iter().chain(&ground.newest);
        both.find(|one| Some(&one.revision) == chosen.as_ref()).or(ground.first()).cloned()
    })
}
