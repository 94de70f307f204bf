//! Sessions are kept, end, and stay ended.

use berth_app::team::model::Role;

use super::*;

#[tokio::test]
async fn a_session_is_kept_changed_and_deleted() {
    on_each_engine(|store, _| async move {
        let ends = NOW.plus_ms(1_000);
        assert!(store.insert_session("one", None, "{}", ends).await.unwrap());
        assert!(!store.insert_session("one", None, "{\"a\":1}", ends).await.unwrap());
        assert_eq!(store.session("one", NOW).await.unwrap(), Some(("{}".into(), ends)));
        assert_eq!(store.session("two", NOW).await.unwrap(), None);
        assert_eq!(store.session("one", ends).await.unwrap(), None);

        let later = NOW.plus_ms(2_000);
        store.update_session("one", None, "{\"b\":2}", later).await.unwrap();
        assert_eq!(store.session("one", ends).await.unwrap(), Some(("{\"b\":2}".into(), later)));

        store.delete_session("one").await.unwrap();
        assert_eq!(store.session("one", NOW).await.unwrap(), None);
        // What a late request writes does not bring it back.
        store.update_session("one", None, "{}", later).await.unwrap();
        assert_eq!(store.session("one", NOW).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn disabling_or_a_new_password_ends_every_session_of_the_member() {
    on_each_engine(|store, _| async move {
        let ends = NOW.plus_ms(1_000);
        store.offer_set_up("setup", NOW, ends).await.unwrap();
        store.set_up("setup", "ada@example.com", "Ada", "h", NOW).await.unwrap();
        let bob = store
            .add_member("bob@example.com", "Bob", Role::Viewer, "b1", NOW, ends)
            .await
            .unwrap();
        store.insert_session("other", None, "{}", ends).await.unwrap();
        store.insert_session("bob-1", Some(bob), "{}", ends).await.unwrap();
        store.set_disabled(bob, true).await.unwrap();
        assert_eq!(store.session("bob-1", NOW).await.unwrap(), None);

        store.set_disabled(bob, false).await.unwrap();
        store.insert_session("bob-2", Some(bob), "{}", ends).await.unwrap();
        store.invite_again(bob, "b2", NOW, ends).await.unwrap();
        assert!(store.session("bob-2", NOW).await.unwrap().is_some());
        store.accept_invitation("b2", "h2", NOW).await.unwrap();
        assert_eq!(store.session("bob-2", NOW).await.unwrap(), None);
        assert!(store.session("other", NOW).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn what_has_ended_is_removed() {
    on_each_engine(|store, _| async move {
        store.insert_session("short", None, "{}", NOW.plus_ms(10)).await.unwrap();
        store.insert_session("long", None, "{}", NOW.plus_ms(20)).await.unwrap();
        assert_eq!(store.delete_ended(NOW.plus_ms(10)).await.unwrap(), 1);
        assert!(store.session("long", NOW.plus_ms(10)).await.unwrap().is_some());
    })
    .await;
}
