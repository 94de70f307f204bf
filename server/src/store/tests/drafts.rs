//! Drafts are kept as they were typed, and by whom.

use berth_app::names::DraftId;
use berth_app::task_definitions::drafts::model::UNDO_MS;

use super::*;
use crate::store::{DraftChange, StoreError};

const READABLE: &str = r#"{"family": "web", "note": "“§”"}"#;
const BROKEN: &str = r#"{"family": "web", "#;

async fn people(store: &Store) -> (i64, i64) {
    let add = |email: &'static str, name: &'static str| {
        store.add_member(email, name, "operator".parse().unwrap(), email, NOW, NOW.plus_ms(9))
    };
    (add("ada@x.test", "Ada").await.unwrap(), add("bob@x.test", "Bob").await.unwrap())
}

fn change(text: &str, by: i64, later_ms: i64) -> DraftChange<'_> {
    let family = (text == READABLE).then_some("web");
    DraftChange { text, family, by, at: NOW.plus_ms(later_ms) }
}

#[tokio::test]
async fn a_draft_is_made_saved_and_deleted() {
    on_each_engine(|store, _| async move {
        let (ada, bob) = people(&store).await;
        let id = DraftId::from_bits(7);
        assert!(store.insert_draft(&id, Some("web:3"), change(READABLE, ada, 0), 9).await.unwrap());
        let stored = store.draft(&id, ada).await.unwrap().unwrap();
        assert_eq!((stored.draft.text.as_str(), stored.draft.row.version), (READABLE, 1));
        assert_eq!(stored.draft.row.based_on, Some("web:3".parse().unwrap()));
        assert_eq!((stored.draft.row.owner.as_str(), stored.draft.row.mine), ("Ada", true));

        // What can't be read is kept too, beside the last that could be.
        assert!(store.update_draft(&id, 1, change(BROKEN, bob, 5)).await.unwrap());
        let stored = store.draft(&id, bob).await.unwrap().unwrap();
        assert_eq!(
            (stored.draft.text.as_str(), stored.draft.readable.as_str()),
            (BROKEN, READABLE)
        );
        assert_eq!((stored.draft.row.family.as_str(), stored.draft.row.version), ("web", 2));
        assert_eq!((stored.draft.row.changed_by.as_str(), stored.changed_by), ("Bob", bob));
        assert_eq!((stored.draft.row.changed_at, stored.draft.row.mine), (NOW.plus_ms(5), false));

        // Who knows an old version changes nothing.
        assert!(!store.update_draft(&id, 1, change(READABLE, ada, 6)).await.unwrap());
        assert_eq!(store.draft(&id, ada).await.unwrap().unwrap().draft.text, BROKEN);

        store.rename_draft(&id, "Bigger").await.unwrap();
        // Nor does it delete what somebody else has typed since.
        assert!(!store.delete_draft(&id, 1, ada, NOW, 9).await.unwrap());
        assert!(store.delete_draft(&id, 1, bob, NOW, 9).await.unwrap());
        assert!(store.draft(&id, ada).await.unwrap().is_none());
        assert!(!store.update_draft(&id, 2, change(READABLE, ada, 6)).await.unwrap());
        assert!(matches!(store.rename_draft(&id, "x").await, Err(StoreError::NotFound("draft"))));
        assert_eq!(store.deleted_draft(&id, NOW).await.unwrap().unwrap().title, "Bigger");
        assert!(store.deleted_draft(&id, NOW.plus_ms(1)).await.unwrap().is_none());
        assert!(!store.restore_draft(&id, 0).await.unwrap());
        assert!(store.restore_draft(&id, 1).await.unwrap());
        assert!(store.deleted_draft(&id, NOW).await.unwrap().is_none());
        assert_eq!(store.draft(&id, ada).await.unwrap().unwrap().draft.row.title, "Bigger");
    })
    .await;
}

#[tokio::test]
async fn a_member_sees_own_drafts_and_those_opened() {
    on_each_engine(|store, _| async move {
        let (ada, bob) = people(&store).await;
        for (bits, by) in [(1, ada), (2, bob), (3, ada)] {
            let id = DraftId::from_bits(bits);
            let at = i64::try_from(bits).unwrap();
            assert!(store.insert_draft(&id, None, change(READABLE, by, at), 9).await.unwrap());
        }
        let ids = |member| {
            let store = store.clone();
            async move {
                let rows = store.drafts(member).await.unwrap();
                rows.iter().map(|row| row.id.bits()).collect::<Vec<_>>()
            }
        };
        assert_eq!((ids(ada).await, ids(bob).await), (vec![3, 1], vec![2]));
        let first = DraftId::from_bits(1);
        let inside = |member| {
            let store = store.clone();
            async move { store.is_in_draft(&DraftId::from_bits(1), member).await.unwrap() }
        };
        assert_eq!((inside(ada).await, inside(bob).await), (true, false));
        for later in [1, 2] {
            store.note_in_draft(&first, bob, NOW.plus_ms(later)).await.unwrap();
        }
        assert_eq!(ids(bob).await, [2, 1]);
        let seen = store.draft_people(&first).await.unwrap();
        assert_eq!(seen, [(bob, "Bob".to_owned(), NOW.plus_ms(2))]);
        assert_eq!((inside(ada).await, inside(bob).await), (true, true));
    })
    .await;
}

#[tokio::test]
async fn there_is_a_most_and_deleted_ones_go_after_a_day() {
    on_each_engine(|store, _| async move {
        let (ada, bob) = people(&store).await;
        let insert = |bits: u128, by: i64, later: i64| {
            let store = store.clone();
            async move {
                let id = DraftId::from_bits(bits);
                store.insert_draft(&id, None, change(READABLE, by, later), 2).await.unwrap()
            }
        };
        assert!(insert(1, ada, 0).await && insert(2, ada, 0).await);
        assert!(!insert(3, ada, 0).await);
        assert!(insert(4, bob, 0).await);
        let delete = |bits: u128, at| {
            let store = store.clone();
            async move { store.delete_draft(&DraftId::from_bits(bits), 1, ada, at, 2).await.unwrap() }
        };
        let kept = || {
            let store = store.clone();
            async move {
                let mut kept = Vec::new();
                for bits in 1..=6 {
                    let found = store.deleted_draft(&DraftId::from_bits(bits), NOW).await.unwrap();
                    kept.extend(found.map(|_| bits));
                }
                kept
            }
        };
        assert!(delete(1, NOW).await);
        store.delete_ended(NOW.plus_ms(UNDO_MS)).await.unwrap();
        assert_eq!(kept().await, [1]);
        store.delete_ended(NOW.plus_ms(UNDO_MS + 1)).await.unwrap();
        assert_eq!(kept().await, [0; 0]);
        // Of many that were deleted in a day the last are kept.
        assert!(insert(5, ada, 0).await && delete(2, NOW).await && delete(5, NOW.plus_ms(1)).await);
        assert_eq!(kept().await, [2, 5]);
        assert!(insert(6, ada, 0).await && delete(6, NOW.plus_ms(2)).await);
        assert_eq!(kept().await, [5, 6]);
    })
    .await;
}
