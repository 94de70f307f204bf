//! The same cases on both engines. PostgreSQL is tested when `BERTH_TEST_POSTGRES` names a
//! database in which schemas may be made; each test makes its own.

mod audit;
mod drafts;
mod members;
mod opening;
mod sessions;
mod status_pages;
mod templates;

use std::future::Future;

use sqlx::{AssertSqlSafe, Connection, PgConnection};

use super::Store;

/// A moment to count from.
pub(crate) const NOW: berth_app::timestamp::Timestamp =
    berth_app::timestamp::Timestamp::from_ms(1_795_000_000_000);

/// The address of the PostgreSQL to test with.
fn postgres_url() -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "tests have no configuration; this is the one")]
    std::env::var("BERTH_TEST_POSTGRES").ok().filter(|url| !url.is_empty())
}

/// The address of an empty schema of its own.
async fn empty_schema(base: &str) -> String {
    let schema = format!("test_{:032x}", rand::random::<u128>());
    let mut connection = PgConnection::connect(base).await.unwrap();
    // The name was made one line above, of hexadecimal digits.
    sqlx::query(AssertSqlSafe(format!("CREATE SCHEMA {schema}")))
        .execute(&mut connection)
        .await
        .unwrap();
    let mark = if base.contains('?') { '&' } else { '?' };
    format!("{base}{mark}options=-c%20search_path%3D{schema}")
}

/// Runs a case on every engine at hand: it gets an empty store and the address that opens it again.
pub(crate) async fn on_each_engine<F, Fut>(case: F)
where
    F: Fn(Store, String) -> Fut,
    Fut: Future<Output = ()>,
{
    let directory = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", directory.path().join("berth.db").display());
    case(Store::open(&url).await.unwrap(), url).await;
    match postgres_url() {
        Some(base) => {
            let url = empty_schema(&base).await;
            case(Store::open(&url).await.unwrap(), url).await;
        }
        None => eprintln!("BERTH_TEST_POSTGRES is not set: the PostgreSQL half did not run"),
    }
}
