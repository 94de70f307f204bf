//! The console's database, read behind its back.

use std::collections::BTreeMap;
use std::path::PathBuf;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, PgConnection};

use crate::postgres::empty_schema;

/// Where the console keeps its records.
pub enum Database {
    Sqlite(PathBuf),
    Postgres(String),
}

impl Database {
    /// An empty schema of the PostgreSQL to test with, if there is one.
    pub async fn postgres() -> Option<Self> {
        empty_schema().await.map(Self::Postgres)
    }

    /// As the console is told.
    pub fn url(&self) -> String {
        match self {
            Self::Sqlite(path) => format!("sqlite:{}", path.display()),
            Self::Postgres(url) => url.clone(),
        }
    }

    /// How each change stands in the audit log, by its token.
    pub async fn outcomes(&self) -> BTreeMap<String, String> {
        const SQL: &str = "SELECT token, outcome FROM audit";
        let rows: Vec<(String, String)> = match self {
            Self::Sqlite(path) => {
                let mut connection = reader(path).connect().await.unwrap();
                sqlx::query_as(SQL).fetch_all(&mut connection).await.unwrap()
            }
            Self::Postgres(url) => {
                let mut connection = PgConnection::connect(url).await.unwrap();
                sqlx::query_as(SQL).fetch_all(&mut connection).await.unwrap()
            }
        };
        rows.into_iter().collect()
    }

    /// The whole file is sound. PostgreSQL looks after itself.
    pub async fn check(&self) {
        if let Self::Sqlite(path) = self {
            let mut connection = reader(path).connect().await.unwrap();
            let said: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check")
                .fetch_all(&mut connection)
                .await
                .unwrap();
            assert_eq!(said, ["ok"]);
        }
    }
}

/// Read-only, so that mending the file after a kill stays the console's own work.
fn reader(path: &PathBuf) -> SqliteConnectOptions {
    SqliteConnectOptions::new().filename(path).read_only(true)
}
