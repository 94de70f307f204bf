//! Drafts of task definitions and who is in them. Their text may hold secrets: nothing here logs it.

use berth_app::names::DraftId;
use berth_app::task_definitions::drafts::model::{Draft, DraftRow};
use berth_app::timestamp::Timestamp;

use super::{Store, StoreError, on_engine};

/// The columns of a [`DraftRow`], in the order of [`Columns`]; `$1` is the member who asks.
macro_rules! row {
    () => {
        "drafts.id, title, family, based_on, owners.name, owner_id = $1, version, changed_at, \
         changers.name"
    };
}

/// The tables of [`row!`].
macro_rules! tables {
    () => {
        " FROM drafts JOIN members owners ON owners.id = owner_id \
         JOIN members changers ON changers.id = changed_by "
    };
}

type Columns = (String, String, String, Option<String>, String, bool, i64, i64, String);

/// A draft as it is stored, with who changed it last.
#[derive(Clone)]
pub struct StoredDraft {
    /// The draft.
    pub draft: Draft,
    /// The member who changed it last.
    pub changed_by: i64,
}

/// A new text for a draft.
pub struct Change<'a> {
    /// As typed.
    pub text: &'a str,
    /// The family in it and that it can be read, if it can.
    pub family: Option<&'a str>,
    /// The member who typed it.
    pub by: i64,
    /// When.
    pub at: Timestamp,
}

fn row(
    (id, title, family, based_on, owner, mine, version, changed_at, changed_by): Columns,
) -> Result<DraftRow, StoreError> {
    let damaged = |_| StoreError::Damaged("drafts");
    Ok(DraftRow {
        id: id.parse().map_err(damaged)?,
        title,
        family,
        based_on: based_on.map(|from| from.parse().map_err(damaged)).transpose()?,
        owner,
        mine,
        version,
        changed_at: Timestamp::from_ms(changed_at),
        changed_by,
    })
}

impl Store {
    /// A member's drafts and those that the member is in, last changed first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn drafts(&self, member: i64) -> Result<Vec<DraftRow>, StoreError> {
        const SQL: &str = concat!(
            "SELECT ",
            row!(),
            tables!(),
            "WHERE deleted_at IS NULL AND (owner_id = $1 OR EXISTS (SELECT 1 FROM draft_people \
             WHERE draft_id = drafts.id AND member_id = $1)) ORDER BY changed_at DESC, drafts.id"
        );
        let rows: Vec<Columns> = on_engine!(self, read, pool => {
            sqlx::query_as(SQL).bind(member).fetch_all(pool).await
        })?;
        rows.into_iter().map(row).collect()
    }

    /// One draft, as that member sees it.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn draft(
        &self,
        id: &DraftId,
        member: i64,
    ) -> Result<Option<StoredDraft>, StoreError> {
        const SQL: &str =
            concat!("SELECT ", row!(), tables!(), "WHERE drafts.id = $2 AND deleted_at IS NULL");
        const TEXT: &str = "SELECT body, readable, changed_by, version FROM drafts WHERE id = $1";
        let name = id.to_string();
        let found: Option<Columns> = on_engine!(self, read, pool => {
            sqlx::query_as(SQL).bind(member).bind(&name).fetch_optional(pool).await
        })?;
        let text: Option<(String, String, i64, i64)> = on_engine!(self, read, pool => {
            sqlx::query_as(TEXT).bind(&name).fetch_optional(pool).await
        })?;
        let (Some(found), Some((text, readable, changed_by, version))) = (found, text) else {
            return Ok(None);
        };
        // Somebody may have saved between the two: the version is that of the text.
        let row = DraftRow { version, ..row(found)? };
        Ok(Some(StoredDraft { draft: Draft { row, text, readable }, changed_by }))
    }

    /// A draft that was deleted at `since` or later.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn deleted_draft(
        &self,
        id: &DraftId,
        since: Timestamp,
    ) -> Result<Option<DraftRow>, StoreError> {
        const SQL: &str =
            concat!("SELECT ", row!(), tables!(), "WHERE drafts.id = $2 AND deleted_at >= $3");
        let found: Option<Columns> = on_engine!(self, read, pool => {
            sqlx::query_as(SQL).bind(0_i64).bind(id.to_string()).bind(since.ms())
                .fetch_optional(pool).await
        })?;
        found.map(row).transpose()
    }

    /// Makes a draft of version 1. False when the owner has `most` already.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn insert_draft(
        &self,
        id: &DraftId,
        based_on: Option<&str>,
        change: Change<'_>,
        most: i64,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "INSERT INTO drafts (id, owner_id, title, family, based_on, body, \
             readable, version, created_at, changed_at, changed_by) \
             SELECT $1, $2, '', $3, $4, $5, $6, 1, $7, $7, $2 WHERE \
             (SELECT COUNT(*) FROM drafts WHERE owner_id = $2 AND deleted_at IS NULL) < $8";
        let Change { text, family, by, at } = change;
        let readable = family.map_or("", |_| text);
        let made = on_engine!(self, write, pool => {
            sqlx::query(SQL)
                .bind(id.to_string()).bind(by).bind(family.unwrap_or_default()).bind(based_on)
                .bind(text).bind(readable).bind(at.ms()).bind(most)
                .execute(pool).await?.rows_affected()
        });
        Ok(made == 1)
    }

    /// Replaces a draft's text, if its version is still `version`; says whether it was.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn update_draft(
        &self,
        id: &DraftId,
        version: i64,
        change: Change<'_>,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE drafts SET body = $1, readable = COALESCE($2, readable), \
             family = COALESCE($3, family), version = version + 1, changed_at = $4, \
             changed_by = $5 WHERE id = $6 AND version = $7 AND deleted_at IS NULL";
        let Change { text, family, by, at } = change;
        let readable = family.map(|_| text);
        let changed = on_engine!(self, write, pool => {
            sqlx::query(SQL)
                .bind(text).bind(readable).bind(family).bind(at.ms()).bind(by)
                .bind(id.to_string()).bind(version)
                .execute(pool).await?.rows_affected()
        });
        Ok(changed == 1)
    }

    /// Sets a draft's title.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn rename_draft(&self, id: &DraftId, title: &str) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE drafts SET title = $1 WHERE id = $2 AND deleted_at IS NULL";
        let changed = on_engine!(self, write, pool => {
            sqlx::query(SQL).bind(title).bind(id.to_string()).execute(pool).await?.rows_affected()
        });
        if changed == 0 { Err(StoreError::NotFound("draft")) } else { Ok(()) }
    }

    /// Deletes a draft, unless somebody but `by` has changed it since `version`; says whether it was.
    /// Of those that its owner has deleted, the last `most` are kept, to be taken back.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn delete_draft(
        &self,
        id: &DraftId,
        version: i64,
        by: i64,
        at: Timestamp,
        most: i64,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE drafts SET deleted_at = $1 WHERE id = $2 AND deleted_at IS NULL \
             AND (version = $3 OR changed_by = $4)";
        const FORGET: &str = "DELETE FROM drafts WHERE id IN (SELECT id FROM drafts WHERE \
             owner_id = (SELECT owner_id FROM drafts WHERE id = $1) AND deleted_at IS NOT NULL \
             ORDER BY deleted_at DESC LIMIT 1000 OFFSET $2)";
        let id = id.to_string();
        let changed = on_engine!(self, write, pool => {
            sqlx::query(SQL).bind(at.ms()).bind(&id).bind(version).bind(by)
                .execute(pool).await?.rows_affected()
        });
        on_engine!(self, write, pool => {
            sqlx::query(FORGET).bind(&id).bind(most).execute(pool).await.map(drop)
        })?;
        Ok(changed == 1)
    }

    /// Takes a draft back; says whether it was: not when its owner has `most` without it.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn restore_draft(&self, id: &DraftId, most: i64) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE drafts SET deleted_at = NULL WHERE id = $1 AND \
             (SELECT COUNT(*) FROM drafts others WHERE others.owner_id = drafts.owner_id \
             AND others.deleted_at IS NULL) < $2";
        let changed = on_engine!(self, write, pool => {
            sqlx::query(SQL).bind(id.to_string()).bind(most).execute(pool).await?.rows_affected()
        });
        Ok(changed == 1)
    }

    /// Whether a draft, deleted or not, is the member's own, or was opened by the member.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn is_in_draft(&self, id: &DraftId, member: i64) -> Result<bool, StoreError> {
        const SQL: &str = "SELECT COUNT(*) FROM drafts WHERE id = $1 AND (owner_id = $2 OR EXISTS \
             (SELECT 1 FROM draft_people WHERE draft_id = $1 AND member_id = $2))";
        let found: i64 = on_engine!(self, read, pool => {
            sqlx::query_scalar(SQL).bind(id.to_string()).bind(member).fetch_one(pool).await
        })?;
        Ok(found == 1)
    }

    /// Notes that a member is in a draft now.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn note_in_draft(
        &self,
        id: &DraftId,
        member: i64,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO draft_people (draft_id, member_id, seen_at) \
             VALUES ($1, $2, $3) ON CONFLICT (draft_id, member_id) \
             DO UPDATE SET seen_at = excluded.seen_at";
        on_engine!(self, write, pool => {
            sqlx::query(SQL).bind(id.to_string()).bind(member).bind(at.ms())
                .execute(pool).await.map(drop)
        })?;
        Ok(())
    }

    /// Who has opened a draft: id, name, and when the member was last seen in it.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn draft_people(
        &self,
        id: &DraftId,
    ) -> Result<Vec<(i64, String, Timestamp)>, StoreError> {
        const SQL: &str = "SELECT member_id, name, seen_at FROM draft_people \
             JOIN members ON members.id = member_id WHERE draft_id = $1 ORDER BY LOWER(name), member_id";
        let rows: Vec<(i64, String, i64)> = on_engine!(self, read, pool => {
            sqlx::query_as(SQL).bind(id.to_string()).fetch_all(pool).await
        })?;
        Ok(rows.into_iter().map(|(id, name, at)| (id, name, Timestamp::from_ms(at))).collect())
    }
}
