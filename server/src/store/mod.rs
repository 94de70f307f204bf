//! What Berth keeps: members, sessions, invitations, the audit log, status pages, drafts and
//! templates. SQLite or PostgreSQL behind one type; nobody else writes SQL.
//!
//! A statement is written once, with `$1`, and runs on both engines through [`on_engine`]. A
//! statement with RETURNING is read to its end (`fetch_all`): SQLite commits only then.

mod audit;
mod drafts;
mod error;
mod invitations;
mod members;
mod migrate;
mod sessions;
mod status_pages;
mod templates;
#[cfg(test)]
pub(crate) mod tests;

use std::str::FromStr;
use std::time::Duration;

use sha2::{Digest, Sha256};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

pub use audit::{AuditKey, NewAuditEntry};
pub use drafts::{Change as DraftChange, StoredDraft};
pub use error::StoreError;
pub use members::Credentials;
pub use templates::Change as TemplateChange;

/// How long a statement waits for a connection or for another writer before the visitor is told.
const PATIENCE: Duration = Duration::from_secs(5);
/// Connections that read SQLite beside its one writer.
const SQLITE_READERS: u32 = 4;
/// Connections to PostgreSQL; statements are short, so few are enough.
const POSTGRES_CONNECTIONS: u32 = 8;

/// The open database. Clones share it.
#[derive(Clone, Debug)]
pub struct Store {
    engine: Engine,
}

#[derive(Clone, Debug)]
enum Engine {
    /// One writer, because SQLite has room for one: waiting in our own queue is fair, waiting for
    /// its lock is not.
    Sqlite {
        read: SqlitePool,
        write: SqlitePool,
    },
    Postgres(PgPool),
}

/// Runs `$body` with `$pool` bound to the engine's pool: `read` or `write`.
macro_rules! on_engine {
    ($store:expr, $side:ident, $pool:ident => $body:expr) => {
        match &$store.engine {
            $crate::store::Engine::Sqlite { $side, .. } => {
                let $pool = $side;
                $body
            }
            $crate::store::Engine::Postgres(pool) => {
                let $pool = pool;
                $body
            }
        }
    };
}

/// Runs `$body` in a transaction that nobody else's change of the members can cross: what it read
/// still holds when it writes. Leaving the body early undoes it.
macro_rules! with_members_locked {
    ($store:expr, $tx:ident => $body:block) => {
        match &$store.engine {
            $crate::store::Engine::Sqlite { write, .. } => {
                let mut $tx = write.begin_with("BEGIN IMMEDIATE").await?;
                let done = $body;
                $tx.commit().await?;
                done
            }
            $crate::store::Engine::Postgres(pool) => {
                let mut $tx = pool.begin().await?;
                sqlx::query("LOCK TABLE members IN SHARE ROW EXCLUSIVE MODE")
                    .execute(&mut *$tx)
                    .await?;
                let done = $body;
                $tx.commit().await?;
                done
            }
        }
    };
}

use {on_engine, with_members_locked};

impl Store {
    /// Opens `sqlite:PATH` (made if missing) or `postgres://…` and brings its tables up to date.
    ///
    /// # Errors
    /// When the address names neither, when the engine can't be reached, and when the database was
    /// written by a newer version.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let engine = if url.starts_with("sqlite:") {
            open_sqlite(url).await?
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let options = PgConnectOptions::from_str(url)?.application_name("berth");
            let pool = PgPoolOptions::new()
                .max_connections(POSTGRES_CONNECTIONS)
                .acquire_timeout(PATIENCE)
                .connect_with(options)
                .await?;
            Engine::Postgres(pool)
        } else {
            // What stands behind the scheme may hold a password.
            let scheme = url.split([':', '/']).next().unwrap_or_default();
            return Err(StoreError::UnknownEngine(scheme.to_owned()));
        };
        let store = Self { engine };
        store.migrate().await?;
        Ok(store)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// What the engine said, when it doesn't.
    pub async fn ping(&self) -> Result<(), StoreError> {
        on_engine!(self, read, pool => sqlx::query("SELECT 1").execute(pool).await.map(drop))?;
        Ok(())
    }

    /// Finishes what runs and closes every connection.
    pub async fn close(&self) {
        match &self.engine {
            Engine::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Engine::Postgres(pool) => pool.close().await,
        }
    }
}

async fn open_sqlite(url: &str) -> Result<Engine, StoreError> {
    let options = SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        // Each commit reaches the disk before it is acknowledged: an audit log that forgets its
        // last lines in a power cut is none. A console writes seldom enough to afford it.
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(PATIENCE);
    let pool = |size: u32| {
        SqlitePoolOptions::new()
            .max_connections(size)
            .acquire_timeout(PATIENCE)
            // Closing the last connection would check the log point in, and reopening is not free.
            .idle_timeout(None)
            .max_lifetime(None)
    };
    let write = pool(1).connect_with(options.clone()).await?;
    let read = pool(SQLITE_READERS).connect_with(options.read_only(true)).await?;
    Ok(Engine::Sqlite { read, write })
}

/// The SHA-256 of a secret, in hexadecimal. The secrets are 128 or more bits of chance, so a slow
/// hash would add nothing.
fn hash_of(secret: &str) -> String {
    use std::fmt::Write as _;

    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(secret.as_bytes()) {
        // Writing to a String can't fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
