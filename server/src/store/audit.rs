//! The rows of the audit log. Nothing here deletes one.
//!
//! `said` holds why a change failed or, of one that is done, what came out of it; that is added to
//! `search_text`.

use berth_app::audit::model::{AuditEntry, Outcome};
use berth_app::backend::Begun;
use berth_app::listing::{ListMeta, ListQuery, Listing, PAGE_ROWS};
use berth_app::timestamp::Timestamp;
use sqlx::{Database, Encode, QueryBuilder, Type};

use super::{Store, StoreError, on_engine};

/// Words of the free text that are looked for; more than anyone types.
const WORDS_MAX: usize = 8;

/// What an entry is about; the same token with another one of these is another change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditKey<'a> {
    /// The member's email.
    pub who: &'a str,
    /// The verb.
    pub what: &'a str,
    /// What it is done to.
    pub subject: &'a str,
}

/// An entry to write.
#[derive(Clone, Copy, Debug)]
pub struct NewAuditEntry<'a> {
    /// What it is about.
    pub key: AuditKey<'a>,
    /// Particulars.
    pub detail: &'a str,
    /// The request.
    pub request_id: &'a str,
    /// When.
    pub at: Timestamp,
}

impl Store {
    /// Writes an entry down, or says how the change of the same token stands. Of two at once, one
    /// is the first. `None` when the token belongs to another change.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn begin_audit(
        &self,
        token: &str,
        new: NewAuditEntry<'_>,
    ) -> Result<Option<Begun>, StoreError> {
        const SQL: &str = "INSERT INTO audit \
             (token, at, who, what, subject, detail, request_id, search_text, outcome) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'pending') \
             ON CONFLICT (token) DO NOTHING RETURNING id";
        let AuditKey { who, what, subject } = new.key;
        let search_text = search_text(new);
        let ids: Vec<i64> = on_engine!(self, write, pool => {
            sqlx::query_scalar(SQL)
                .bind(token).bind(new.at.ms()).bind(who).bind(what).bind(subject)
                .bind(new.detail).bind(new.request_id).bind(&search_text)
                .fetch_all(pool).await
        })?;
        match ids.first() {
            Some(id) => Ok(Some(Begun::First(*id))),
            None => self.begun_before(token, new.key).await,
        }
    }

    /// Writes down what has ended already.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn note_audit(
        &self,
        token: &str,
        new: NewAuditEntry<'_>,
        outcome: &Outcome,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO audit (token, at, who, what, subject, detail, request_id, \
             search_text, outcome, said, ended_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $2)";
        let AuditKey { who, what, subject } = new.key;
        let search_text = search_text(new);
        let (word, said) = words(outcome);
        on_engine!(self, write, pool => {
            sqlx::query(SQL)
                .bind(token).bind(new.at.ms()).bind(who).bind(what).bind(subject)
                .bind(new.detail).bind(new.request_id).bind(&search_text).bind(word).bind(said)
                .execute(pool).await.map(drop)
        })?;
        Ok(())
    }

    async fn begun_before(
        &self,
        token: &str,
        key: AuditKey<'_>,
    ) -> Result<Option<Begun>, StoreError> {
        type Row = (i64, String, String, String, String, Option<String>, Option<String>);
        const SQL: &str =
            "SELECT id, who, what, subject, outcome, said, answer FROM audit WHERE token = $1";
        let row: Row = on_engine!(self, write, pool => {
            sqlx::query_as(SQL).bind(token).fetch_one(pool).await
        })?;
        let (id, who, what, subject, outcome, said, answer) = row;
        if (AuditKey { who: &who, what: &what, subject: &subject }) != key {
            return Ok(None);
        }
        Ok(Some(match outcome.as_str() {
            "done" => Begun::Done(answer.unwrap_or_else(|| "null".to_owned())),
            "failed" if self.reopen_audit(id).await? => Begun::Failed(id, said.unwrap_or_default()),
            _ => Begun::Open(id),
        }))
    }

    /// Takes a failed entry up again. False when somebody else just did: of two who try a failed
    /// form again at once, one goes on.
    async fn reopen_audit(&self, id: i64) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE audit SET outcome = 'pending', said = NULL, ended_at = NULL \
             WHERE id = $1 AND outcome = 'failed'";
        let changed = on_engine!(self, write, pool => {
            sqlx::query(SQL).bind(id).execute(pool).await?.rows_affected()
        });
        Ok(changed == 1)
    }

    /// Writes down how a change ended. A change that is done stays so; what came out of it is found
    /// by the free text, too.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn finish_audit(
        &self,
        id: i64,
        outcome: &Outcome,
        answer: Option<&str>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE audit SET outcome = $1, said = $2, answer = $3, ended_at = $4, \
             search_text = search_text || $5 WHERE id = $6 AND outcome <> 'done'";
        let (word, said) = words(outcome);
        let ended_at = (*outcome != Outcome::Pending).then_some(now.ms());
        let found_by = match outcome {
            Outcome::Done(came_out) => format!(" {}", came_out.to_lowercase()),
            _ => String::new(),
        };
        let changed = on_engine!(self, write, pool => {
            sqlx::query(SQL).bind(word).bind(said).bind(answer).bind(ended_at).bind(found_by)
                .bind(id).execute(pool).await?.rows_affected()
        });
        if changed == 0 { Err(StoreError::NotFound("open audit entry")) } else { Ok(()) }
    }

    /// One page of the log, newest first, narrowed by `who`, `what`, `outcome` and free text.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn audit_entries(
        &self,
        query: &ListQuery,
    ) -> Result<Listing<AuditEntry>, StoreError> {
        type Row = (i64, i64, String, String, String, String, String, Option<String>, String);
        let (total, matched) = on_engine!(self, read, pool => {
            let total: i64 =
                sqlx::query_scalar("SELECT COUNT(*) FROM audit").fetch_one(pool).await?;
            let mut sql = QueryBuilder::new("SELECT COUNT(*) FROM audit WHERE 1 = 1");
            narrow(&mut sql, query);
            let matched: i64 = sql.build_query_scalar().fetch_one(pool).await?;
            (count(total), count(matched))
        });
        let pages = matched.div_ceil(PAGE_ROWS).max(1);
        let page = query.page.clamp(1, pages);
        let rows: Vec<Row> = on_engine!(self, read, pool => {
            let mut sql = QueryBuilder::new(
                "SELECT id, at, who, what, subject, detail, outcome, said, request_id \
                 FROM audit WHERE 1 = 1",
            );
            narrow(&mut sql, query);
            sql.push(" ORDER BY id DESC LIMIT ").push_bind(signed(PAGE_ROWS));
            sql.push(" OFFSET ").push_bind(signed((page - 1) * PAGE_ROWS));
            sql.build_query_as().fetch_all(pool).await?
        });
        let entry =
            |(id, at, who, what, subject, detail, outcome, said, request_id): Row| AuditEntry {
                id,
                at: Timestamp::from_ms(at),
                who,
                what,
                subject,
                detail,
                outcome: match outcome.as_str() {
                    "done" => Outcome::Done(said.unwrap_or_default()),
                    "failed" => Outcome::Failed(said.unwrap_or_default()),
                    _ => Outcome::Pending,
                },
                request_id,
            };
        let rows = rows.into_iter().map(entry).collect();
        let unknown_sort = !query.sort.is_empty();
        let meta = ListMeta { matched, total, page, pages, unknown_sort, ..ListMeta::default() };
        Ok(Listing { rows, meta })
    }
}

/// What the free-text filter looks at.
fn search_text(new: NewAuditEntry<'_>) -> String {
    let AuditKey { who, what, subject } = new.key;
    format!("{who} {what} {subject} {}", new.detail).to_lowercase()
}

/// An outcome as it is stored: a word, and what there is to say of it.
fn words(outcome: &Outcome) -> (&'static str, Option<&str>) {
    let said = match outcome {
        Outcome::Pending => None,
        Outcome::Done(said) | Outcome::Failed(said) => Some(said.as_str()),
    };
    (outcome.kind(), said)
}

/// Adds the conditions of a question; whatever the visitor typed is bound, never written.
fn narrow<DB: Database>(sql: &mut QueryBuilder<DB>, query: &ListQuery)
where
    String: for<'q> Encode<'q, DB> + Type<DB>,
{
    for (name, condition) in
        [("who", " AND who = "), ("what", " AND what = "), ("outcome", " AND outcome = ")]
    {
        let value = query.filter(name);
        if !value.is_empty() {
            sql.push(condition).push_bind(value.to_owned());
        }
    }
    for word in query.q.split_whitespace().take(WORDS_MAX) {
        let word: String = word.to_lowercase().chars().take(100).collect();
        let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        sql.push(" AND search_text LIKE ").push_bind(format!("%{escaped}%")).push(" ESCAPE '\\'");
    }
}

fn count(rows: i64) -> usize {
    usize::try_from(rows).unwrap_or_default()
}

fn signed(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}
