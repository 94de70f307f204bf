//! Sessions as rows. What is in them is the business of `auth`.

use berth_app::task_definitions::drafts::model::UNDO_MS;
use berth_app::timestamp::Timestamp;

use super::{Store, StoreError, hash_of, on_engine};

pub(super) const DELETE_OF_MEMBER: &str = "DELETE FROM sessions WHERE member_id = $1";

impl Store {
    /// Keeps a new session. False when the id is in use.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn insert_session(
        &self,
        id: &str,
        member: Option<i64>,
        data: &str,
        expires_at: Timestamp,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "INSERT INTO sessions (id_hash, member_id, data, expires_at) \
             VALUES ($1, $2, $3, $4) ON CONFLICT (id_hash) DO NOTHING";
        let added = on_engine!(self, write, pool => {
            sqlx::query(SQL).bind(hash_of(id)).bind(member).bind(data).bind(expires_at.ms())
                .execute(pool).await?.rows_affected()
        });
        Ok(added == 1)
    }

    /// Replaces what a session holds. A session that has ended meanwhile stays ended: a request
    /// that was under way while the member was disabled must not bring it back.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn update_session(
        &self,
        id: &str,
        member: Option<i64>,
        data: &str,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        const SQL: &str =
            "UPDATE sessions SET member_id = $1, data = $2, expires_at = $3 WHERE id_hash = $4";
        on_engine!(self, write, pool => {
            sqlx::query(SQL).bind(member).bind(data).bind(expires_at.ms()).bind(hash_of(id))
                .execute(pool).await.map(drop)
        })?;
        Ok(())
    }

    /// What a session holds and when it ends; `None` when it is unknown or has ended.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn session(
        &self,
        id: &str,
        now: Timestamp,
    ) -> Result<Option<(String, Timestamp)>, StoreError> {
        const SQL: &str =
            "SELECT data, expires_at FROM sessions WHERE id_hash = $1 AND expires_at > $2";
        let row: Option<(String, i64)> = on_engine!(self, read, pool => {
            sqlx::query_as(SQL).bind(hash_of(id)).bind(now.ms()).fetch_optional(pool).await
        })?;
        Ok(row.map(|(data, expires_at)| (data, Timestamp::from_ms(expires_at))))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn delete_session(&self, id: &str) -> Result<(), StoreError> {
        const SQL: &str = "DELETE FROM sessions WHERE id_hash = $1";
        on_engine!(self, write, pool => {
            sqlx::query(SQL).bind(hash_of(id)).execute(pool).await.map(drop)
        })?;
        Ok(())
    }

    /// Removes sessions and links that have ended, and drafts that were deleted too long ago to be
    /// taken back; to be called now and then. Returns how many sessions went.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn delete_ended(&self, now: Timestamp) -> Result<u64, StoreError> {
        let ended = on_engine!(self, write, pool => {
            sqlx::query("DELETE FROM invitations WHERE expires_at <= $1")
                .bind(now.ms()).execute(pool).await?;
            sqlx::query("DELETE FROM drafts WHERE deleted_at < $1")
                .bind(now.plus_ms(-UNDO_MS).ms()).execute(pool).await?;
            sqlx::query("DELETE FROM sessions WHERE expires_at <= $1")
                .bind(now.ms()).execute(pool).await?.rows_affected()
        });
        Ok(ended)
    }
}
