//! Members and their password hashes.

use berth_app::team::model::{Member, Role};
use berth_app::timestamp::Timestamp;

use super::{Store, StoreError, on_engine, with_members_locked};

/// The columns of a [`Member`], in the order of [`MemberRow`].
macro_rules! columns {
    () => {
        "id, email, name, role, disabled, password_hash IS NOT NULL, created_at, signed_in_at"
    };
}

type MemberRow = (i64, String, String, String, bool, bool, i64, Option<i64>);

fn member(
    (id, email, name, role, disabled, has_password, created, signed_in): MemberRow,
) -> Result<Member, StoreError> {
    Ok(Member {
        id,
        email,
        name,
        role: role.parse().map_err(|_| StoreError::Damaged("members"))?,
        disabled,
        has_password,
        created_at: Timestamp::from_ms(created),
        signed_in_at: signed_in.map(Timestamp::from_ms),
    })
}

/// What a sign-in is checked against.
#[derive(Clone)]
pub struct Credentials {
    /// The member.
    pub id: i64,
    /// The PHC string; absent before the invitation was followed.
    pub password_hash: Option<String>,
    /// Whether the member may not sign in.
    pub disabled: bool,
}

impl Store {
    /// Everybody, by name.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn members(&self) -> Result<Vec<Member>, StoreError> {
        const SQL: &str = concat!("SELECT ", columns!(), " FROM members ORDER BY LOWER(name), id");
        let rows: Vec<MemberRow> =
            on_engine!(self, read, pool => sqlx::query_as(SQL).fetch_all(pool).await)?;
        rows.into_iter().map(member).collect()
    }

    /// One member, as things stand now.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn member(&self, id: i64) -> Result<Option<Member>, StoreError> {
        const SQL: &str = concat!("SELECT ", columns!(), " FROM members WHERE id = $1");
        let row: Option<MemberRow> = on_engine!(self, read, pool => sqlx::query_as(SQL).bind(id).fetch_optional(pool).await)?;
        row.map(member).transpose()
    }

    /// Whether anybody is a member yet.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn has_members(&self) -> Result<bool, StoreError> {
        const SQL: &str = "SELECT COUNT(*) FROM members";
        let count: i64 =
            on_engine!(self, read, pool => sqlx::query_scalar(SQL).fetch_one(pool).await)?;
        Ok(count > 0)
    }

    /// What a sign-in with this email (lower case) is checked against.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn credentials(&self, email: &str) -> Result<Option<Credentials>, StoreError> {
        const SQL: &str = "SELECT id, password_hash, disabled FROM members WHERE email = $1";
        let row: Option<(i64, Option<String>, bool)> = on_engine!(self, read, pool => {
            sqlx::query_as(SQL).bind(email).fetch_optional(pool).await
        })?;
        Ok(row.map(|(id, password_hash, disabled)| Credentials { id, password_hash, disabled }))
    }

    /// Notes a sign-in. False when the member was disabled or got a new password since
    /// `password_hash` was read: then the sign-in must not hold.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn note_sign_in(
        &self,
        id: i64,
        password_hash: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE members SET signed_in_at = $1 \
             WHERE id = $2 AND password_hash = $3 AND NOT disabled";
        let changed = on_engine!(self, write, pool => {
            sqlx::query(SQL).bind(now.ms()).bind(id).bind(password_hash).execute(pool).await?.rows_affected()
        });
        Ok(changed == 1)
    }

    /// Adds a member with a one-time link that works until `expires_at`. The email is lower case.
    ///
    /// # Errors
    /// [`StoreError::EmailTaken`].
    pub async fn add_member(
        &self,
        email: &str,
        name: &str,
        role: Role,
        token: &str,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<i64, StoreError> {
        const MEMBER: &str = "INSERT INTO members (email, name, role, created_at) \
             VALUES ($1, $2, $3, $4) ON CONFLICT (email) DO NOTHING RETURNING id";
        let token_hash = super::hash_of(token);
        Ok(with_members_locked!(self, tx => {
            let ids: Vec<i64> = sqlx::query_scalar(MEMBER)
                .bind(email).bind(name).bind(role.as_str()).bind(now.ms())
                .fetch_all(&mut *tx).await?;
            let id = *ids.first().ok_or(StoreError::EmailTaken)?;
            sqlx::query(super::invitations::INSERT)
                .bind(&token_hash).bind(Some(id)).bind(now.ms()).bind(expires_at.ms())
                .execute(&mut *tx).await?;
            id
        }))
    }

    /// Sets a role.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::LastAdministrator`].
    pub async fn set_role(&self, id: i64, role: Role) -> Result<(), StoreError> {
        with_members_locked!(self, tx => {
            if role != Role::Administrator {
                let others: i64 = sqlx::query_scalar(OTHER_ADMINISTRATORS).bind(id).fetch_one(&mut *tx).await?;
                let is_one: i64 = sqlx::query_scalar(IS_ADMINISTRATOR).bind(id).fetch_one(&mut *tx).await?;
                if others == 0 && is_one == 1 {
                    return Err(StoreError::LastAdministrator);
                }
            }
            let changed = sqlx::query("UPDATE members SET role = $1 WHERE id = $2")
                .bind(role.as_str()).bind(id).execute(&mut *tx).await?.rows_affected();
            if changed == 0 {
                return Err(StoreError::NotFound("member"));
            }
        });
        Ok(())
    }

    /// Disables a member, which ends all sessions and open links in the same step, or enables one.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::LastAdministrator`].
    pub async fn set_disabled(&self, id: i64, disabled: bool) -> Result<(), StoreError> {
        with_members_locked!(self, tx => {
            if disabled {
                let others: i64 = sqlx::query_scalar(OTHER_ADMINISTRATORS).bind(id).fetch_one(&mut *tx).await?;
                let is_one: i64 = sqlx::query_scalar(IS_ADMINISTRATOR).bind(id).fetch_one(&mut *tx).await?;
                if others == 0 && is_one == 1 {
                    return Err(StoreError::LastAdministrator);
                }
                sqlx::query(super::sessions::DELETE_OF_MEMBER).bind(id).execute(&mut *tx).await?;
                sqlx::query(super::invitations::DELETE_UNUSED).bind(id).execute(&mut *tx).await?;
            }
            let changed = sqlx::query("UPDATE members SET disabled = $1 WHERE id = $2")
                .bind(disabled).bind(id).execute(&mut *tx).await?.rows_affected();
            if changed == 0 {
                return Err(StoreError::NotFound("member"));
            }
        });
        Ok(())
    }
}

/// Enabled administrators who can sign in, but for one member. Who has no password yet does not
/// count: an unused invitation can't manage a team.
const OTHER_ADMINISTRATORS: &str = "SELECT COUNT(*) FROM members \
     WHERE role = 'administrator' AND NOT disabled AND password_hash IS NOT NULL AND id <> $1";
const IS_ADMINISTRATOR: &str =
    "SELECT COUNT(*) FROM members WHERE role = 'administrator' AND NOT disabled AND id = $1";
