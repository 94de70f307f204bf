//! The team's templates. Their documents may hold secrets: nothing here logs them.

use berth_app::task_definitions::document::Document;
use berth_app::task_definitions::team_templates::draft::TemplateWords;
use berth_app::task_definitions::team_templates::model::{Template, TemplateRow};
use berth_app::task_definitions::templates::team;
use berth_app::timestamp::Timestamp;

use super::{Store, StoreError, on_engine, with_members_locked};

/// The columns of a [`TemplateRow`], in the order of [`Columns`]; `$1` is the member who asks.
macro_rules! row {
    () => {
        "templates.id, templates.name, about, sidecar, is_default, containers, owners.name, \
         owner_id = $1, version, changed_at, changers.name"
    };
}

/// The tables of [`row!`].
macro_rules! tables {
    () => {
        " FROM templates JOIN members owners ON owners.id = owner_id \
         JOIN members changers ON changers.id = changed_by "
    };
}

type Columns = (i64, String, String, bool, bool, String, String, bool, i64, i64, String);

/// A change of a template, by whom and when; nothing happens when its version is another by then.
#[derive(Clone, Copy)]
pub struct Change {
    /// The template.
    pub id: i64,
    /// The version that the change was made to.
    pub version: i64,
    /// The member.
    pub by: i64,
    /// When.
    pub at: Timestamp,
}

fn damaged(_: serde_json::Error) -> StoreError {
    StoreError::Damaged("templates")
}

fn row(columns: Columns) -> Result<TemplateRow, StoreError> {
    let (id, name, about, sidecar, is_default, containers, owner, mine, version, at, by) = columns;
    Ok(TemplateRow {
        id,
        name,
        about,
        sidecar,
        is_default,
        containers: serde_json::from_str(&containers).map_err(damaged)?,
        owner,
        mine,
        version,
        changed_at: Timestamp::from_ms(at),
        changed_by: by,
    })
}

/// The names of a document's containers, as a column.
fn containers_of(document: &Document) -> Result<String, StoreError> {
    serde_json::to_string(&team::containers(document)).map_err(damaged)
}

/// What two names that are the same have in common.
fn key_of(name: &str) -> String {
    name.to_lowercase()
}

/// The name is the only thing that must be unique.
fn name_taken(error: sqlx::Error) -> StoreError {
    match &error {
        sqlx::Error::Database(said) if said.is_unique_violation() => StoreError::NameTaken,
        _ => error.into(),
    }
}

impl Store {
    /// Every template by name, as a member sees it.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn templates(&self, member: i64) -> Result<Vec<TemplateRow>, StoreError> {
        const SQL: &str = concat!("SELECT ", row!(), tables!());
        let rows: Vec<Columns> = on_engine!(self, read, pool => {
            sqlx::query_as(SQL).bind(member).fetch_all(pool).await
        })?;
        let mut rows: Vec<TemplateRow> = rows.into_iter().map(row).collect::<Result<_, _>>()?;
        // The engines differ in how they sort letters.
        rows.sort_by_cached_key(|row| key_of(&row.name));
        Ok(rows)
    }

    /// One template, as a member sees it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn template(&self, id: i64, member: i64) -> Result<Template, StoreError> {
        const SQL: &str = concat!("SELECT ", row!(), tables!(), "WHERE templates.id = $2");
        const BODY: &str = "SELECT body, version FROM templates WHERE id = $1";
        let found: Option<Columns> = on_engine!(self, read, pool => {
            sqlx::query_as(SQL).bind(member).bind(id).fetch_optional(pool).await
        })?;
        let body: Option<(String, i64)> = on_engine!(self, read, pool => {
            sqlx::query_as(BODY).bind(id).fetch_optional(pool).await
        })?;
        let (Some(found), Some((body, version))) = (found, body) else {
            return Err(StoreError::NotFound("template"));
        };
        // Somebody may have replaced it between the two: the version is that of the document.
        let row = TemplateRow { version, ..row(found)? };
        Ok(Template { row, document: serde_json::from_str(&body).map_err(damaged)? })
    }

    /// Keeps a new template, of version 1. False when there are `most` already.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`].
    pub async fn insert_template(
        &self,
        words: &TemplateWords,
        sidecar: bool,
        document: &Document,
        owner: i64,
        now: Timestamp,
        most: i64,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "INSERT INTO templates (name, name_key, about, sidecar, is_default, \
             containers, body, owner_id, version, created_at, changed_at, changed_by) \
             SELECT $1, $2, $3, $4, FALSE, $5, $6, $7, 1, $8, $8, $7 \
             WHERE (SELECT COUNT(*) FROM templates) < $9";
        let containers = containers_of(document)?;
        let made = on_engine!(self, write, pool => {
            sqlx::query(SQL)
                .bind(&words.name).bind(key_of(&words.name)).bind(&words.about).bind(sidecar)
                .bind(&containers).bind(document.value().to_string()).bind(owner).bind(now.ms())
                .bind(most)
                .execute(pool).await.map_err(name_taken)?.rows_affected()
        });
        Ok(made == 1)
    }

    /// Puts another document in a template's place; says whether its version was still the same.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn replace_template(
        &self,
        change: Change,
        document: &Document,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE templates SET body = $1, containers = $2, \
             version = version + 1, changed_at = $3, changed_by = $4 WHERE id = $5 AND version = $6";
        let containers = containers_of(document)?;
        let Change { id, version, by, at } = change;
        let changed = on_engine!(self, write, pool => {
            sqlx::query(SQL)
                .bind(document.value().to_string()).bind(&containers).bind(at.ms()).bind(by)
                .bind(id).bind(version)
                .execute(pool).await?.rows_affected()
        });
        Ok(changed == 1)
    }

    /// Calls and describes a template otherwise; says whether its version was still the same.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`].
    pub async fn describe_template(
        &self,
        change: Change,
        words: &TemplateWords,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE templates SET name = $1, name_key = $2, about = $3, \
             version = version + 1, changed_at = $4, changed_by = $5 WHERE id = $6 AND version = $7";
        let Change { id, version, by, at } = change;
        let changed = on_engine!(self, write, pool => {
            sqlx::query(SQL)
                .bind(&words.name).bind(key_of(&words.name)).bind(&words.about).bind(at.ms())
                .bind(by).bind(id).bind(version)
                .execute(pool).await.map_err(name_taken)?.rows_affected()
        });
        Ok(changed == 1)
    }

    /// Removes a template; says whether its version was still the same.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn delete_template(&self, id: i64, version: i64) -> Result<bool, StoreError> {
        const SQL: &str = "DELETE FROM templates WHERE id = $1 AND version = $2";
        let gone = on_engine!(self, write, pool => {
            sqlx::query(SQL).bind(id).bind(version).execute(pool).await?.rows_affected()
        });
        Ok(gone == 1)
    }

    /// Makes one whole template, and no other, the default; `None` leaves none.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], also for a sidecar: no form can begin from one.
    pub async fn set_default_template(&self, id: Option<i64>) -> Result<(), StoreError> {
        const NONE: &str = "UPDATE templates SET is_default = FALSE WHERE is_default";
        const ONE: &str = "UPDATE templates SET is_default = (id = $1) WHERE (is_default OR id = $1) \
             AND EXISTS (SELECT 1 FROM templates WHERE id = $1 AND NOT sidecar)";
        let Some(id) = id else {
            on_engine!(self, write, pool => sqlx::query(NONE).execute(pool).await.map(drop))?;
            return Ok(());
        };
        // Two at once would each leave their own.
        let changed = with_members_locked!(self, tx => {
            sqlx::query(ONE).bind(id).execute(&mut *tx).await?.rows_affected()
        });
        if changed == 0 { Err(StoreError::NotFound("template")) } else { Ok(()) }
    }
}
