//! Status pages: kept in the store, shown to the public from memory.
//!
//! No AWS call and no database query may start for a visitor: whoever has a link could cause as
//! many as they like.

mod live;

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use async_trait::async_trait;
use berth_app::backend::{Readings, StatusPageChanges, StatusPages};
use berth_app::error::AppError;
use berth_app::reading::{Fresh, Health};
use berth_app::status::model::{ListedService, StatusPage};
use berth_app::status::public::PublicStatus;
use berth_app::status::view;
use serde_json::Value;
use tokio::sync::{Mutex, Semaphore, watch};
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::store::{Store, StoreError};

pub use live::live;

/// Public event streams at once. One costs a few KiB; whoever is turned away sees the page as it
/// was loaded, and asks again.
const VIEWERS: usize = 2_000;

/// Every status page, and the published ones in memory.
pub struct StatusBook {
    store: Store,
    readings: Arc<dyn Readings>,
    beat: watch::Receiver<u64>,
    clock: Arc<dyn Clock>,
    shutdown: CancellationToken,
    /// The published pages by slug.
    published: RwLock<HashMap<String, Arc<StatusPage>>>,
    /// Wakes the streams when the published pages changed.
    changed: watch::Sender<()>,
    /// One change after the other: memory follows the store in the same order.
    turn: Mutex<()>,
    viewers: Arc<Semaphore>,
}

impl StatusBook {
    /// Reads the published pages. `beat` wakes the public streams each time that ECS was read;
    /// `shutdown` ends them.
    ///
    /// # Errors
    /// [`StoreError::Database`] when the pages can't be read.
    pub async fn open(
        store: Store,
        readings: Arc<dyn Readings>,
        beat: watch::Receiver<u64>,
        clock: Arc<dyn Clock>,
        shutdown: CancellationToken,
    ) -> Result<Self, StoreError> {
        let book = Self {
            store,
            readings,
            beat,
            clock,
            shutdown,
            published: RwLock::default(),
            changed: watch::Sender::new(()),
            turn: Mutex::default(),
            viewers: Arc::new(Semaphore::new(VIEWERS)),
        };
        book.read_stored().await?;
        Ok(book)
    }

    /// What the public sees at `slug` now; `None` for unpublished and unknown ones alike.
    fn view(&self, slug: &str) -> Option<PublicStatus> {
        let page = self.published().get(slug).cloned()?;
        let picture = self.readings.now();
        Some(view::public_view(&page, &picture.value, &picture.health, self.clock.now()))
    }

    fn published(&self) -> RwLockReadGuard<'_, HashMap<String, Arc<StatusPage>>> {
        self.published.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn change_published(&self, change: impl FnOnce(&mut HashMap<String, Arc<StatusPage>>)) {
        change(&mut self.published.write().unwrap_or_else(PoisonError::into_inner));
        self.changed.send_replace(());
    }

    /// Brings one page's stored state to memory.
    fn put(&self, page: &StatusPage) {
        self.change_published(|published| {
            published.retain(|_, known| known.id != page.id);
            if page.published {
                published.insert(page.slug.clone(), Arc::new(page.clone()));
            }
        });
    }

    /// Brings to memory what another server on the same database has changed.
    ///
    /// # Errors
    /// [`StoreError::Database`] when the pages can't be read; memory stays as it was.
    pub async fn read_again(&self) -> Result<(), StoreError> {
        let _turn = self.turn.lock().await;
        self.read_stored().await
    }

    async fn read_stored(&self) -> Result<(), StoreError> {
        let stored: HashMap<_, _> = self
            .store
            .status_pages()
            .await?
            .into_iter()
            .filter(|page| page.published)
            .map(|page| (page.slug.clone(), Arc::new(page)))
            .collect();
        // Streams are woken for what changed only.
        if *self.published() != stored {
            self.change_published(|published| *published = stored);
        }
        Ok(())
    }

    /// After an error nobody knows what was stored: a page whose link was ended must not live on
    /// in memory.
    async fn settle<T>(&self, result: Result<T, StoreError>) -> Result<T, AppError> {
        if matches!(result, Err(StoreError::Database(_)))
            && let Err(cause) = self.read_stored().await
        {
            tracing::error!(%cause, "the published status pages can't be read again");
        }
        Ok(result?)
    }
}

/// 128 bits of chance, as 32 hexadecimal digits.
fn new_slug() -> String {
    format!("{:032x}", rand::random::<u128>())
}

#[async_trait]
impl StatusPages for StatusBook {
    async fn pages(&self) -> Result<Vec<StatusPage>, AppError> {
        Ok(self.store.status_pages().await?)
    }

    async fn page(&self, id: i64) -> Result<StatusPage, AppError> {
        let page = self.store.status_page(id).await?;
        page.ok_or_else(|| AppError::NotFound("There is no such status page.".into()))
    }

    async fn public_view(&self, slug: &str) -> Result<Fresh<Value>, AppError> {
        let status = self
            .view(slug)
            .ok_or_else(|| AppError::NotFound("There is no such status page.".into()))?;
        // Why ECS can't be read is for members: AWS's sentences hold ARNs.
        let health = Health { read_at: status.checked_at, ..Health::default() };
        let value =
            serde_json::to_value(status).map_err(|_| AppError::Internal("status page".into()))?;
        Ok(Fresh { value, mark: String::new(), health })
    }
}

#[async_trait]
impl StatusPageChanges for StatusBook {
    async fn create_page(
        &self,
        title: String,
        services: Vec<ListedService>,
        published: bool,
    ) -> Result<StatusPage, AppError> {
        let _turn = self.turn.lock().await;
        let (slug, now) = (new_slug(), self.clock.now());
        let made = self.store.insert_status_page(&slug, &title, &services, published, now);
        let page = self.settle(made.await).await?;
        self.put(&page);
        Ok(page)
    }

    async fn change_page(
        &self,
        id: i64,
        title: String,
        services: Vec<ListedService>,
        published: bool,
        new_link: bool,
    ) -> Result<StatusPage, AppError> {
        let _turn = self.turn.lock().await;
        let slug = new_link.then(new_slug);
        let now = self.clock.now();
        let changed =
            self.store.update_status_page(id, &title, &services, published, slug.as_deref(), now);
        let page = self.settle(changed.await).await?;
        self.put(&page);
        Ok(page)
    }

    async fn delete_page(&self, id: i64) -> Result<(), AppError> {
        let _turn = self.turn.lock().await;
        let deleted = self.store.delete_status_page(id).await;
        self.settle(deleted).await?;
        self.change_published(|published| published.retain(|_, known| known.id != id));
        Ok(())
    }
}

#[cfg(test)]
mod tests;
