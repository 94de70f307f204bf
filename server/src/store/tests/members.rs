//! Members, the last administrator, one-time links.

use berth_app::error::AppError;
use berth_app::team::model::{Invited, Role};

use super::*;
use crate::store::StoreError;

const DAY: i64 = 86_400_000;

/// A store whose first administrator is Ada.
async fn with_ada(store: &Store) -> i64 {
    assert!(store.offer_set_up("setup", NOW, NOW.plus_ms(DAY)).await.unwrap());
    store.set_up("setup", "ada@example.com", "Ada", "hash-1", NOW).await.unwrap()
}

#[tokio::test]
async fn the_first_administrator_is_made_once() {
    on_each_engine(|store, _| async move {
        assert!(store.offer_set_up("old", NOW, NOW.plus_ms(DAY)).await.unwrap());
        assert!(store.offer_set_up("new", NOW, NOW.plus_ms(DAY)).await.unwrap());
        assert_eq!(store.invited("old", NOW).await.unwrap(), None);
        assert_eq!(store.invited("new", NOW.plus_ms(DAY)).await.unwrap(), None);
        assert_eq!(store.invited("new", NOW).await.unwrap(), Some(Invited::FirstAdministrator));
        let (one, two) = tokio::join!(
            store.set_up("new", "a@example.com", "A", "h", NOW),
            store.set_up("new", "b@example.com", "B", "h", NOW),
        );
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
        let members = store.members().await.unwrap();
        assert_eq!(members.len(), 1);
        assert_eq!(members[0].role, Role::Administrator);
        assert!(!store.offer_set_up("third", NOW, NOW.plus_ms(DAY)).await.unwrap());
        assert_eq!(store.invited("new", NOW).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_spent_offer_makes_nobody() {
    on_each_engine(|store, _| async move {
        store.offer_set_up("late", NOW, NOW.plus_ms(DAY)).await.unwrap();
        for (token, at) in [("late", NOW.plus_ms(DAY)), ("guessed", NOW)] {
            let made = store.set_up(token, "a@example.com", "A", "h", at).await;
            assert!(matches!(made, Err(StoreError::LinkSpent)), "{made:?}");
        }
        assert!(!store.has_members().await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn members_are_added_invited_and_signed_in() {
    on_each_engine(|store, _| async move {
        let ada = with_ada(&store).await;
        let ends = NOW.plus_ms(3 * DAY);
        let bob = store
            .add_member("bob@example.com", "bob", Role::Viewer, "b1", NOW, ends)
            .await
            .unwrap();
        let taken =
            store.add_member("bob@example.com", "Bobby", Role::Viewer, "b2", NOW, ends).await;
        assert!(matches!(taken, Err(StoreError::EmailTaken)));
        assert_eq!(store.invited("b2", NOW).await.unwrap(), None);

        let names: Vec<_> = store.members().await.unwrap().into_iter().map(|m| m.name).collect();
        assert_eq!(names, ["Ada", "bob"]);
        assert!(!store.member(bob).await.unwrap().unwrap().has_password);
        let known = store.credentials("bob@example.com").await.unwrap().unwrap();
        assert_eq!((known.id, known.password_hash.as_deref(), known.disabled), (bob, None, false));
        assert!(store.credentials("nobody@example.com").await.unwrap().is_none());

        assert_eq!(store.accept_invitation("b1", "hash-2", NOW).await.unwrap(), bob);
        let again = store.accept_invitation("b1", "hash-3", NOW).await;
        assert!(matches!(again, Err(StoreError::LinkSpent)));
        assert!(store.member(bob).await.unwrap().unwrap().has_password);

        assert!(!store.note_sign_in(bob, "hash-old", NOW).await.unwrap());
        assert!(store.note_sign_in(bob, "hash-2", NOW.plus_ms(5)).await.unwrap());
        let member = store.member(bob).await.unwrap().unwrap();
        assert_eq!(member.signed_in_at, Some(NOW.plus_ms(5)));
        assert_eq!(store.member(ada).await.unwrap().unwrap().signed_in_at, None);
        assert!(store.member(9_999).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn an_invitation_ends_by_time_by_use_and_by_a_newer_one() {
    on_each_engine(|store, _| async move {
        with_ada(&store).await;
        let ends = NOW.plus_ms(DAY);
        let bob = store
            .add_member("bob@example.com", "Bob", Role::Viewer, "b1", NOW, ends)
            .await
            .unwrap();
        let whom = Some(Invited::Member { name: "Bob".into(), email: "bob@example.com".into() });
        assert_eq!(store.invited("b1", NOW).await.unwrap(), whom);
        assert_eq!(store.invited("b1", ends).await.unwrap(), None);
        let late = store.accept_invitation("b1", "h", ends).await;
        assert!(matches!(late, Err(StoreError::LinkSpent)));

        store.invite_again(bob, "b2", NOW, ends).await.unwrap();
        assert_eq!(store.invited("b1", NOW).await.unwrap(), None);
        assert_eq!(store.invited("b2", NOW).await.unwrap(), whom);

        store.set_disabled(bob, true).await.unwrap();
        assert_eq!(store.invited("b2", NOW).await.unwrap(), None);
        let disabled = store.invite_again(bob, "b3", NOW, ends).await;
        assert!(matches!(disabled, Err(StoreError::NotFound(_))));
        // The link of the first administrator sets nobody's password.
        let crossed = store.accept_invitation("setup", "h", NOW).await;
        assert!(matches!(crossed, Err(StoreError::LinkSpent)));
    })
    .await;
}

#[tokio::test]
async fn the_last_administrator_stays_one() {
    on_each_engine(|store, _| async move {
        let ada = with_ada(&store).await;
        let ends = NOW.plus_ms(DAY);
        // An administrator who never set a password can't take over.
        let eve = store
            .add_member("eve@example.com", "Eve", Role::Administrator, "e1", NOW, ends)
            .await
            .unwrap();
        for refused in
            [store.set_role(ada, Role::Operator).await, store.set_disabled(ada, true).await]
        {
            assert!(matches!(refused, Err(StoreError::LastAdministrator)), "{refused:?}");
        }
        let said = AppError::from(StoreError::LastAdministrator).to_string();
        assert!(said.starts_with("This is the last enabled administrator."), "{said}");

        store.accept_invitation("e1", "h", NOW).await.unwrap();
        let (one, two) =
            tokio::join!(store.set_role(ada, Role::Viewer), store.set_disabled(eve, true));
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
        let missing = store.set_role(9_999, Role::Viewer).await;
        assert!(matches!(missing, Err(StoreError::NotFound("member"))));
        let missing = store.set_disabled(9_999, true).await;
        assert!(matches!(missing, Err(StoreError::NotFound("member"))));
    })
    .await;
}
