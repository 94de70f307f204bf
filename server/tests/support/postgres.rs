//! The PostgreSQL to test with, if there is one.

use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// The address of an empty schema of its own.
pub async fn empty_schema() -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "tests have no configuration")]
    let base = std::env::var("BERTH_TEST_POSTGRES").ok().filter(|url| !url.is_empty())?;
    let schema = format!("test_{:032x}", rand::random::<u128>());
    let mut connection = PgConnection::connect(&base).await.unwrap();
    // The name was made two lines above, of hexadecimal digits.
    let create = AssertSqlSafe(format!("CREATE SCHEMA {schema}"));
    sqlx::query(create).execute(&mut connection).await.unwrap();
    let mark = if base.contains('?') { '&' } else { '?' };
    Some(format!("{base}{mark}options=-c%20search_path%3D{schema}"))
}
