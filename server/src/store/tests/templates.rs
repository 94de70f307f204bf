//! Templates are kept once by name, changed by who knows their version, and one is the default.

use berth_app::task_definitions::document::Document;
use berth_app::task_definitions::team_templates::draft::TemplateWords;
use serde_json::json;

use super::*;
use crate::store::{StoreError, TemplateChange};

fn words(name: &str) -> TemplateWords {
    TemplateWords { name: name.into(), about: format!("about {name}") }
}

fn document(container: &str) -> Document {
    Document::new(
        json!({"family": "", "note": "“§”", "containerDefinitions": [{"name": container}]}),
    )
    .unwrap()
}

async fn people(store: &Store) -> (i64, i64) {
    let add = |email: &'static str, name: &'static str| {
        store.add_member(email, name, "operator".parse().unwrap(), email, NOW, NOW.plus_ms(9))
    };
    (add("ada@x.test", "Ada").await.unwrap(), add("bob@x.test", "Bob").await.unwrap())
}

async fn insert(store: &Store, name: &str, sidecar: bool, owner: i64) -> Result<bool, StoreError> {
    store.insert_template(&words(name), sidecar, &document("app"), owner, NOW, 3).await
}

async fn names(store: &Store) -> Vec<(String, bool)> {
    let rows = store.templates(0).await.unwrap();
    rows.into_iter().map(|row| (row.name, row.is_default)).collect()
}

#[tokio::test]
async fn a_template_is_kept_changed_and_removed() {
    on_each_engine(|store, _| async move {
        let (ada, bob) = people(&store).await;
        assert!(insert(&store, "Web", false, ada).await.unwrap());
        let row = store.templates(ada).await.unwrap().remove(0);
        assert_eq!((row.name.as_str(), row.about.as_str(), row.version), ("Web", "about Web", 1));
        assert_eq!(
            (row.owner.as_str(), row.mine, row.sidecar, row.is_default),
            ("Ada", true, false, false)
        );
        assert_eq!((row.containers, row.changed_at), (vec!["app".to_owned()], NOW));
        let change =
            |version: i64| TemplateChange { id: row.id, version, by: bob, at: NOW.plus_ms(5) };

        assert!(store.replace_template(change(1), &document("web")).await.unwrap());
        let stored = store.template(row.id, bob).await.unwrap();
        assert_eq!(stored.document, document("web"));
        assert_eq!((stored.row.containers, stored.row.version), (vec!["web".to_owned()], 2));
        assert_eq!((stored.row.owner.as_str(), stored.row.mine), ("Ada", false));
        assert_eq!(
            (stored.row.changed_by.as_str(), stored.row.changed_at),
            ("Bob", NOW.plus_ms(5))
        );

        // Who knows an old version changes nothing.
        assert!(!store.replace_template(change(1), &document("old")).await.unwrap());
        assert!(!store.describe_template(change(1), &words("Old")).await.unwrap());
        assert!(!store.delete_template(row.id, 1).await.unwrap());
        assert!(store.describe_template(change(2), &words("Shop")).await.unwrap());
        let stored = store.template(row.id, ada).await.unwrap();
        assert_eq!((stored.row.name.as_str(), stored.row.version), ("Shop", 3));
        assert_eq!(stored.document, document("web"));

        assert!(store.delete_template(row.id, 3).await.unwrap());
        let gone = store.template(row.id, ada).await.map(drop);
        assert!(matches!(gone, Err(StoreError::NotFound("template"))));
    })
    .await;
}

#[tokio::test]
async fn names_are_unique_and_there_is_a_most() {
    on_each_engine(|store, _| async move {
        let (ada, bob) = people(&store).await;
        assert!(insert(&store, "Über", false, ada).await.unwrap());
        assert!(matches!(insert(&store, "über", true, bob).await, Err(StoreError::NameTaken)));
        assert!(insert(&store, "Web", false, bob).await.unwrap());
        let web = store.templates(bob).await.unwrap().into_iter().find(|row| row.mine).unwrap();
        let change = TemplateChange { id: web.id, version: 1, by: bob, at: NOW };
        let taken = store.describe_template(change, &words("ÜBER")).await;
        assert!(matches!(taken, Err(StoreError::NameTaken)));
        // The same name in other letters is its own.
        assert!(store.describe_template(change, &words("WEB")).await.unwrap());
        assert!(insert(&store, "alone", false, bob).await.unwrap());
        assert!(!insert(&store, "one more", false, bob).await.unwrap());
        let listed: Vec<String> = names(&store).await.into_iter().map(|(name, _)| name).collect();
        assert_eq!(listed, ["alone", "WEB", "Über"]);
    })
    .await;
}

#[tokio::test]
async fn one_whole_template_is_the_default() {
    on_each_engine(|store, _| async move {
        let (ada, _) = people(&store).await;
        for (name, sidecar) in [("a", false), ("b", false), ("c", true)] {
            insert(&store, name, sidecar, ada).await.unwrap();
        }
        let ids: Vec<i64> = store.templates(ada).await.unwrap().iter().map(|row| row.id).collect();
        let is =
            |name: &'static str| ["a", "b", "c"].map(|one| (one.to_owned(), one == name)).to_vec();
        for (id, name) in [(ids[0], "a"), (ids[1], "b"), (ids[1], "b")] {
            store.set_default_template(Some(id)).await.unwrap();
            assert_eq!(names(&store).await, is(name));
        }
        for not_one in [ids[2], 999] {
            let refused = store.set_default_template(Some(not_one)).await;
            assert!(matches!(refused, Err(StoreError::NotFound("template"))));
            assert_eq!(names(&store).await, is("b"));
        }
        store.set_default_template(None).await.unwrap();
        assert_eq!(names(&store).await, is("none"));
    })
    .await;
}
