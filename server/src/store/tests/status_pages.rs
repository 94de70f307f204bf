//! Status pages are kept as they were written.

use berth_app::status::model::ListedService;

use super::*;
use crate::store::StoreError;

fn listed(name: &str) -> ListedService {
    ListedService {
        cluster: "production".parse().unwrap(),
        service: name.parse().unwrap(),
        public_name: format!("The {name} “shop”"),
    }
}

#[tokio::test]
async fn pages_are_made_changed_and_deleted() {
    on_each_engine(|store, _| async move {
        let services = [listed("web"), listed("api")];
        let made = store.insert_status_page("s1", "Shop", &services, false, NOW).await.unwrap();
        assert_eq!((made.services.as_slice(), made.published), (services.as_slice(), false));
        let other = store.insert_status_page("s2", "Blog", &[], true, NOW).await.unwrap();
        assert!(store.insert_status_page("s1", "Again", &[], true, NOW).await.is_err());
        let slugs: Vec<_> =
            store.status_pages().await.unwrap().into_iter().map(|page| page.slug).collect();
        assert_eq!(slugs, ["s2", "s1"]);

        let later = NOW.plus_ms(9);
        let changed =
            store.update_status_page(made.id, "Shop 2", &[], true, None, later).await.unwrap();
        assert_eq!((changed.slug.as_str(), changed.updated_at), ("s1", later));
        assert_eq!((changed.created_at, changed.services.len()), (NOW, 0));
        store.update_status_page(made.id, "Shop", &[], true, Some("s3"), later).await.unwrap();
        assert!(store.status_page_by_slug("s1").await.unwrap().is_none());
        let found = store.status_page_by_slug("s3").await.unwrap().unwrap();
        assert_eq!(store.status_page(made.id).await.unwrap(), Some(found));

        store.delete_status_page(other.id).await.unwrap();
        let gone = store.delete_status_page(other.id).await;
        assert!(matches!(gone, Err(StoreError::NotFound("status page"))));
        let gone = store.update_status_page(other.id, "x", &[], true, None, NOW).await;
        assert!(matches!(gone, Err(StoreError::NotFound("status page"))));
        assert!(store.status_page(other.id).await.unwrap().is_none());
    })
    .await;
}
