//! The audit log: one entry per token, found again by everything it says.

use std::collections::BTreeMap;

use berth_app::audit::model::Outcome;
use berth_app::backend::Begun;
use berth_app::listing::ListQuery;

use super::*;
use crate::store::{AuditKey, NewAuditEntry};

fn entry<'a>(who: &'a str, what: &'a str, subject: &'a str) -> NewAuditEntry<'a> {
    NewAuditEntry {
        key: AuditKey { who, what, subject },
        detail: "2 → 4 tasks",
        request_id: "r1",
        at: NOW,
    }
}

#[tokio::test]
async fn a_token_is_written_once_and_answers_as_it_did() {
    on_each_engine(|store, _| async move {
        let new = entry("ada@example.com", "service.scaled", "production/web");
        let Some(Begun::First(id)) = store.begin_audit("t1", new).await.unwrap() else {
            panic!("the first is the first");
        };
        assert_eq!(store.begin_audit("t1", new).await.unwrap(), Some(Begun::Open(id)));

        let failed = Outcome::Failed("ECS refused.".into());
        store.finish_audit(id, &failed, None, NOW).await.unwrap();
        let again = store.begin_audit("t1", new).await.unwrap();
        assert_eq!(again, Some(Begun::Failed(id, "ECS refused.".into())));
        // It has been taken up again, by one.
        assert_eq!(store.begin_audit("t1", new).await.unwrap(), Some(Begun::Open(id)));

        let four = Outcome::Done("4 tasks: Ä1".into());
        store.finish_audit(id, &four, Some("4"), NOW).await.unwrap();
        let done = Some(Begun::Done("4".into()));
        assert_eq!(store.begin_audit("t1", new).await.unwrap(), done);
        // What is done stays done.
        assert!(store.finish_audit(id, &failed, None, NOW).await.is_err());
        assert_eq!(store.begin_audit("t1", new).await.unwrap(), done);
        assert!(store.finish_audit(9_999, &four, None, NOW).await.is_err());
        // What came out of it is kept, and found.
        for (q, found) in [("ä1 WEB", true), ("ECS refused", false), ("Ä2", false)] {
            let query = ListQuery::default().with_text(q);
            let rows = store.audit_entries(&query).await.unwrap().rows;
            assert_eq!(rows.iter().any(|row| row.outcome == four), found, "{q}");
        }
        for other in [
            entry("eve@example.com", "service.scaled", "production/web"),
            entry("ada@example.com", "service.deleted", "production/web"),
            entry("ada@example.com", "service.scaled", "staging/web"),
        ] {
            assert_eq!(store.begin_audit("t1", other).await.unwrap(), None);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_at_once_one_is_the_first() {
    on_each_engine(|store, _| async move {
        for round in 0..10 {
            let token = format!("t{round}");
            let tries: Vec<_> = (0..16)
                .map(|_| {
                    let (store, token) = (store.clone(), token.clone());
                    tokio::spawn(async move {
                        let new = entry("ada@example.com", "task.run", "batch/etl:3");
                        store.begin_audit(&token, new).await.unwrap().unwrap()
                    })
                })
                .collect();
            let mut first = 0;
            for begun in tries {
                match begun.await.unwrap() {
                    Begun::First(_) => first += 1,
                    Begun::Open(_) => {}
                    other => panic!("{other:?}"),
                }
            }
            assert_eq!(first, 1);
        }
    })
    .await;
}

#[tokio::test]
async fn entries_are_listed_newest_first_and_narrowed() {
    on_each_engine(|store, _| async move {
        for (at, (who, what, subject)) in [
            ("ada@example.com", "service.scaled", "production/web"),
            ("bob@example.com", "service.deleted", "production/ÄRGER"),
            ("ada@example.com", "task.run", "batch/100%_etl"),
        ]
        .into_iter()
        .enumerate()
        {
            store.begin_audit(&format!("t{at}"), entry(who, what, subject)).await.unwrap();
        }
        let listed = |q: &str, filters: &[(&str, &str)]| {
            let query = ListQuery {
                q: q.to_owned(),
                filters: filters
                    .iter()
                    .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                    .collect::<BTreeMap<_, _>>(),
                ..ListQuery::default()
            };
            let store = store.clone();
            async move {
                let listing = store.audit_entries(&query).await.unwrap();
                assert_eq!((listing.meta.matched, listing.meta.total), (listing.rows.len(), 3));
                listing.rows.into_iter().map(|row| row.subject).collect::<Vec<_>>()
            }
        };
        let all = ["batch/100%_etl", "production/ÄRGER", "production/web"];
        assert_eq!(listed("", &[]).await, all);
        assert_eq!(listed("Ärger BOB", &[]).await, [all[1]]);
        assert_eq!(listed("100%_", &[]).await, [all[0]]);
        assert!(listed("1__%", &[]).await.is_empty());
        assert!(listed("\\", &[]).await.is_empty());
        assert!(listed("x' OR '1'='1", &[]).await.is_empty());
        assert_eq!(listed("", &[("who", "ada@example.com")]).await, [all[0], all[2]]);
        assert_eq!(listed("", &[("what", "task.run")]).await, [all[0]]);
        assert!(listed("", &[("outcome", "done")]).await.is_empty());
        store.finish_audit(2, &Outcome::Done(String::new()), None, NOW).await.unwrap();
        assert_eq!(listed("prod", &[("outcome", "done")]).await, [all[1]]);
    })
    .await;
}

#[tokio::test]
async fn entries_come_in_pages_of_a_hundred() {
    on_each_engine(|store, _| async move {
        for at in 0..101 {
            let new = entry("ada@example.com", "task.run", "batch/etl");
            store.begin_audit(&format!("t{at}"), new).await.unwrap();
        }
        let page = |page| ListQuery { page, ..ListQuery::default() };
        let first = store.audit_entries(&page(0)).await.unwrap();
        assert_eq!((first.rows.len(), first.meta.pages, first.meta.page), (100, 2, 1));
        let last = store.audit_entries(&page(7)).await.unwrap();
        assert_eq!((last.rows.len(), last.meta.page), (1, 2));
        assert_eq!(last.rows[0].id, 1);
    })
    .await;
}
