//! Opening, migrating, refusing.

use super::*;
use crate::store::{Engine, StoreError};

#[tokio::test]
async fn opens_twice_and_keeps_what_was_written() {
    on_each_engine(|store, url| async move {
        assert!(store.offer_set_up("first", NOW, NOW.plus_ms(1_000)).await.unwrap());
        let (one, two) = tokio::join!(Store::open(&url), Store::open(&url));
        let (one, two) = (one.unwrap(), two.unwrap());
        one.ping().await.unwrap();
        assert!(two.invited("first", NOW).await.unwrap().is_some());
        two.close().await;
        assert!(two.ping().await.is_err());
    })
    .await;
}

#[tokio::test]
async fn refuses_a_database_of_a_newer_version() {
    const SQL: &str = "INSERT INTO _sqlx_migrations \
         (version, description, success, checksum, execution_time) VALUES ($1, 'x', TRUE, $2, 0)";
    on_each_engine(|store, url| async move {
        let checksum = vec![0_u8];
        match &store.engine {
            Engine::Sqlite { write, .. } => {
                sqlx::query(SQL).bind(9_999_i64).bind(checksum).execute(write).await.map(drop)
            }
            Engine::Postgres(pool) => {
                sqlx::query(SQL).bind(9_999_i64).bind(checksum).execute(pool).await.map(drop)
            }
        }
        .unwrap();
        let error = Store::open(&url).await.unwrap_err();
        assert!(matches!(error, StoreError::Newer(9_999)), "{error}");
        assert!(error.to_string().contains("newer version of Berth"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn says_what_an_address_looks_like() {
    for url in ["mysql://root:secret@localhost/x", "berth.db", ""] {
        let error = Store::open(url).await.unwrap_err().to_string();
        assert!(error.contains("use sqlite:PATH or postgres://"), "{error}");
        assert!(!error.contains("secret"), "{error}");
    }
}
