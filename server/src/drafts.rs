//! Drafts of task definitions, kept in the store. No AWS call starts here, and no text is logged: it
//! may hold secrets.

use std::sync::Arc;

use async_trait::async_trait;
use berth_app::backend::{DraftChanges, Drafts, NewDraft};
use berth_app::error::AppError;
use berth_app::names::DraftId;
use berth_app::task_definitions::drafts::model::{
    AWAY_MS, DRAFTS_EACH, Draft, DraftRow, Glance, Made, Newer, Saved, UNDO_MS, family_in,
    no_room_for_it, too_many,
};

use crate::clock::Clock;
use crate::store::{DraftChange, Store, StoredDraft};

/// How often it is written down that a member is still in a draft.
const SEEN_EACH_MS: i64 = 5_000;

/// The drafts in the store.
pub struct DraftBook {
    store: Store,
    clock: Arc<dyn Clock>,
}

impl DraftBook {
    /// The drafts of a store.
    pub fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    /// Only who has opened a draft is in it: that was written down.
    async fn inside(&self, id: &DraftId, member: i64) -> Result<(), AppError> {
        if self.store.is_in_draft(id, member).await? { Ok(()) } else { Err(gone()) }
    }

    async fn stored(&self, id: &DraftId, member: i64) -> Result<StoredDraft, AppError> {
        self.store.draft(id, member).await?.ok_or_else(gone)
    }

    /// The draft as a member gets it who knows another version.
    async fn newer(&self, id: &DraftId, member: i64) -> Result<Newer, AppError> {
        let StoredDraft { draft, changed_by } = self.stored(id, member).await?;
        let by = (changed_by != member).then_some(draft.row.changed_by);
        Ok(Newer { version: draft.row.version, text: draft.text, by })
    }
}

/// Drafts of one member, and deleted ones of a member, at most.
const MOST: i64 = DRAFTS_EACH as i64;

fn changed_by_another(row: &DraftRow) -> AppError {
    AppError::Conflict(format!(
        "“{}” stays: {} has changed it since you saw it. Look at it before you delete it.",
        row.name(),
        row.changed_by
    ))
}

fn gone() -> AppError {
    AppError::NotFound("This draft is gone: somebody registered or deleted it.".into())
}

#[async_trait]
impl Drafts for DraftBook {
    async fn drafts(&self, member: i64) -> Result<Vec<DraftRow>, AppError> {
        Ok(self.store.drafts(member).await?)
    }

    async fn draft(&self, id: &DraftId, member: i64) -> Result<Draft, AppError> {
        Ok(self.stored(id, member).await?.draft)
    }

    async fn deleted(&self, id: &DraftId) -> Result<DraftRow, AppError> {
        let since = self.clock.now().plus_ms(-UNDO_MS);
        self.store.deleted_draft(id, since).await?.ok_or_else(gone)
    }

    async fn has_opened(&self, id: &DraftId, member: i64) -> Result<bool, AppError> {
        Ok(self.store.is_in_draft(id, member).await?)
    }

    async fn save(
        &self,
        id: &DraftId,
        member: i64,
        based_on: i64,
        text: &str,
    ) -> Result<Saved, AppError> {
        self.inside(id, member).await?;
        let at = self.clock.now();
        let family = family_in(text);
        let change = DraftChange { text, family: family.as_deref(), by: member, at };
        if self.store.update_draft(id, based_on, change).await? {
            return Ok(Saved::Kept { version: based_on + 1, at });
        }
        Ok(Saved::Faster(self.newer(id, member).await?))
    }

    async fn glance(&self, id: &DraftId, member: i64, known: i64) -> Result<Glance, AppError> {
        self.inside(id, member).await?;
        let now = self.clock.now();
        let newer = self.newer(id, member).await?;
        let people = self.store.draft_people(id).await?;
        let here = |person: i64, within: i64| {
            people.iter().any(|(id, _, at)| *id == person && now.ms_since(*at) < within)
        };
        if !here(member, SEEN_EACH_MS) {
            self.store.note_in_draft(id, member, now).await?;
        }
        let others = people
            .iter()
            .filter(|(person, ..)| *person != member && here(*person, AWAY_MS))
            .map(|(_, name, _)| name.clone())
            .collect();
        Ok(Glance { others, newer: (newer.version != known).then_some(newer) })
    }

    async fn rename(&self, id: &DraftId, member: i64, title: &str) -> Result<(), AppError> {
        self.inside(id, member).await?;
        Ok(self.store.rename_draft(id, title).await?)
    }
}

#[async_trait]
impl DraftChanges for DraftBook {
    async fn create(&self, new: NewDraft) -> Result<Made, AppError> {
        let (id, at) = (DraftId::from_bits(rand::random()), self.clock.now());
        let family = family_in(&new.text);
        let change = DraftChange { text: &new.text, family: family.as_deref(), by: new.owner, at };
        let from = new.from.as_ref().map(ToString::to_string);
        let made = self.store.insert_draft(&id, from.as_deref(), change, MOST).await?;
        if made { Ok(Made { id, at }) } else { Err(too_many()) }
    }

    async fn join(&self, id: &DraftId, member: i64) -> Result<(), AppError> {
        Ok(self.store.note_in_draft(id, member, self.clock.now()).await?)
    }

    async fn delete(&self, id: &DraftId, member: i64, version: i64) -> Result<(), AppError> {
        self.inside(id, member).await?;
        let at = self.clock.now();
        if self.store.delete_draft(id, version, member, at, MOST).await? {
            return Ok(());
        }
        match self.store.draft(id, member).await? {
            Some(StoredDraft { draft, .. }) => Err(changed_by_another(&draft.row)),
            None => Ok(()),
        }
    }

    async fn restore(&self, id: &DraftId, member: i64) -> Result<(), AppError> {
        self.inside(id, member).await?;
        if self.store.restore_draft(id, MOST).await? { Ok(()) } else { Err(no_room_for_it()) }
    }
}
