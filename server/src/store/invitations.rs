//! One-time links: for the first administrator and for members who are to set a password.

use berth_app::team::model::{Invited, Role};
use berth_app::timestamp::Timestamp;

use super::{Store, StoreError, hash_of, on_engine, with_members_locked};

pub(super) const INSERT: &str = "INSERT INTO invitations (token_hash, member_id, created_at, expires_at) \
     VALUES ($1, $2, $3, $4)";
pub(super) const DELETE_UNUSED: &str =
    "DELETE FROM invitations WHERE member_id = $1 AND used_at IS NULL";
/// Marks a link as used, unless it is or is too old. `$1` is the moment.
const USE: &str = "UPDATE invitations SET used_at = $1 \
     WHERE token_hash = $2 AND used_at IS NULL AND expires_at > $1";

impl Store {
    /// Whom an unused link is for; `None` when it is unknown, used or too old.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn invited(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Result<Option<Invited>, StoreError> {
        const SQL: &str = "SELECT i.member_id, m.name, m.email FROM invitations i \
             LEFT JOIN members m ON m.id = i.member_id \
             WHERE i.token_hash = $1 AND i.used_at IS NULL AND i.expires_at > $2 \
             AND (m.disabled IS NULL OR NOT m.disabled)";
        let row: Option<(Option<i64>, Option<String>, Option<String>)> = on_engine!(self, read, pool => {
            sqlx::query_as(SQL).bind(hash_of(token)).bind(now.ms()).fetch_optional(pool).await
        })?;
        match row {
            None => Ok(None),
            Some((Some(_), Some(name), Some(email))) => Ok(Some(Invited::Member { name, email })),
            // A link for the first administrator ends when somebody is a member.
            Some(_) if self.has_members().await? => Ok(None),
            Some(_) => Ok(Some(Invited::FirstAdministrator)),
        }
    }

    /// Offers `token` to whoever is to be the first administrator, and ends earlier such offers.
    /// False, and nothing is done, when there is a member already.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn offer_set_up(
        &self,
        token: &str,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<bool, StoreError> {
        Ok(with_members_locked!(self, tx => {
            let members: i64 =
                sqlx::query_scalar("SELECT COUNT(*) FROM members").fetch_one(&mut *tx).await?;
            if members > 0 {
                return Ok(false);
            }
            sqlx::query("DELETE FROM invitations WHERE member_id IS NULL")
                .execute(&mut *tx).await?;
            sqlx::query(INSERT)
                .bind(hash_of(token)).bind(None::<i64>).bind(now.ms()).bind(expires_at.ms())
                .execute(&mut *tx).await?;
            true
        }))
    }

    /// Makes the first administrator with an offered link. Of two at once, one succeeds.
    ///
    /// # Errors
    /// [`StoreError::LinkSpent`], also when there is a member already.
    pub async fn set_up(
        &self,
        token: &str,
        email: &str,
        name: &str,
        password_hash: &str,
        now: Timestamp,
    ) -> Result<i64, StoreError> {
        const FIRST: &str = "INSERT INTO members (email, name, role, password_hash, created_at) \
             VALUES ($1, $2, $3, $4, $5) RETURNING id";
        Ok(with_members_locked!(self, tx => {
            let members: i64 =
                sqlx::query_scalar("SELECT COUNT(*) FROM members").fetch_one(&mut *tx).await?;
            let used = sqlx::query(concat!(
                "UPDATE invitations SET used_at = $1 WHERE token_hash = $2 ",
                "AND used_at IS NULL AND expires_at > $1 AND member_id IS NULL"
            ))
            .bind(now.ms()).bind(hash_of(token))
            .execute(&mut *tx).await?.rows_affected();
            if members > 0 || used == 0 {
                return Err(StoreError::LinkSpent);
            }
            let ids: Vec<i64> = sqlx::query_scalar(FIRST)
                .bind(email).bind(name).bind(Role::Administrator.as_str())
                .bind(password_hash).bind(now.ms())
                .fetch_all(&mut *tx).await?;
            *ids.first().ok_or(StoreError::Damaged("members"))?
        }))
    }

    /// Sets an invited member's password and ends the member's sessions in the same step; returns
    /// the member.
    ///
    /// # Errors
    /// [`StoreError::LinkSpent`].
    pub async fn accept_invitation(
        &self,
        token: &str,
        password_hash: &str,
        now: Timestamp,
    ) -> Result<i64, StoreError> {
        const PASSWORD: &str =
            "UPDATE members SET password_hash = $1 WHERE id = $2 AND NOT disabled";
        let token_hash = hash_of(token);
        Ok(with_members_locked!(self, tx => {
            let used = sqlx::query(USE).bind(now.ms()).bind(&token_hash)
                .execute(&mut *tx).await?.rows_affected();
            let member: Option<Option<i64>> =
                sqlx::query_scalar("SELECT member_id FROM invitations WHERE token_hash = $1")
                    .bind(&token_hash).fetch_optional(&mut *tx).await?;
            let (1, Some(Some(id))) = (used, member) else {
                return Err(StoreError::LinkSpent);
            };
            let changed = sqlx::query(PASSWORD).bind(password_hash).bind(id)
                .execute(&mut *tx).await?.rows_affected();
            if changed == 0 {
                return Err(StoreError::LinkSpent);
            }
            sqlx::query(super::sessions::DELETE_OF_MEMBER).bind(id).execute(&mut *tx).await?;
            id
        }))
    }

    /// Makes a new link for a member; earlier unused ones end.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such enabled member.
    pub async fn invite_again(
        &self,
        id: i64,
        token: &str,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        with_members_locked!(self, tx => {
            let found: i64 =
                sqlx::query_scalar("SELECT COUNT(*) FROM members WHERE id = $1 AND NOT disabled")
                    .bind(id).fetch_one(&mut *tx).await?;
            if found == 0 {
                return Err(StoreError::NotFound("enabled member"));
            }
            sqlx::query(DELETE_UNUSED).bind(id).execute(&mut *tx).await?;
            sqlx::query(INSERT)
                .bind(hash_of(token)).bind(Some(id)).bind(now.ms()).bind(expires_at.ms())
                .execute(&mut *tx).await?;
        });
        Ok(())
    }
}
