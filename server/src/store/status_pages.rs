//! Status pages as their administrators wrote them.

use berth_app::status::model::{ListedService, StatusPage};
use berth_app::timestamp::Timestamp;

use super::{Store, StoreError, on_engine};

/// The columns of a [`StatusPage`], in the order of [`PageRow`].
macro_rules! columns {
    () => {
        "id, slug, title, services, published, created_at, updated_at"
    };
}

type PageRow = (i64, String, String, String, bool, i64, i64);

fn page(
    (id, slug, title, services, published, created, updated): PageRow,
) -> Result<StatusPage, StoreError> {
    Ok(StatusPage {
        id,
        slug,
        title,
        services: serde_json::from_str(&services)
            .map_err(|_| StoreError::Damaged("status_pages"))?,
        published,
        created_at: Timestamp::from_ms(created),
        updated_at: Timestamp::from_ms(updated),
    })
}

fn text_of(services: &[ListedService]) -> Result<String, StoreError> {
    serde_json::to_string(services).map_err(|_| StoreError::Damaged("status_pages"))
}

impl Store {
    /// Every page, newest first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn status_pages(&self) -> Result<Vec<StatusPage>, StoreError> {
        const SQL: &str = concat!("SELECT ", columns!(), " FROM status_pages ORDER BY id DESC");
        let rows: Vec<PageRow> =
            on_engine!(self, read, pool => sqlx::query_as(SQL).fetch_all(pool).await)?;
        rows.into_iter().map(page).collect()
    }

    /// One page.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn status_page(&self, id: i64) -> Result<Option<StatusPage>, StoreError> {
        const SQL: &str = concat!("SELECT ", columns!(), " FROM status_pages WHERE id = $1");
        let row: Option<PageRow> = on_engine!(self, read, pool => sqlx::query_as(SQL).bind(id).fetch_optional(pool).await)?;
        row.map(page).transpose()
    }

    /// The page of that slug, published or not.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn status_page_by_slug(&self, slug: &str) -> Result<Option<StatusPage>, StoreError> {
        const SQL: &str = concat!("SELECT ", columns!(), " FROM status_pages WHERE slug = $1");
        let row: Option<PageRow> = on_engine!(self, read, pool => {
            sqlx::query_as(SQL).bind(slug).fetch_optional(pool).await
        })?;
        row.map(page).transpose()
    }

    /// Keeps a new page. The slug comes from the caller and is unique.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn insert_status_page(
        &self,
        slug: &str,
        title: &str,
        services: &[ListedService],
        published: bool,
        now: Timestamp,
    ) -> Result<StatusPage, StoreError> {
        const SQL: &str = concat!(
            "INSERT INTO status_pages (slug, title, services, published, created_at, updated_at) ",
            "VALUES ($1, $2, $3, $4, $5, $5) RETURNING ",
            columns!()
        );
        let services = text_of(services)?;
        let rows: Vec<PageRow> = on_engine!(self, write, pool => {
            sqlx::query_as(SQL).bind(slug).bind(title).bind(&services).bind(published)
                .bind(now.ms()).fetch_all(pool).await
        })?;
        page(rows.into_iter().next().ok_or(StoreError::Damaged("status_pages"))?)
    }

    /// Replaces a page's title, services, publication and, when one is given, slug.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn update_status_page(
        &self,
        id: i64,
        title: &str,
        services: &[ListedService],
        published: bool,
        new_slug: Option<&str>,
        now: Timestamp,
    ) -> Result<StatusPage, StoreError> {
        const SQL: &str = concat!(
            "UPDATE status_pages SET title = $1, services = $2, published = $3, ",
            "slug = COALESCE($4, slug), updated_at = $5 WHERE id = $6 RETURNING ",
            columns!()
        );
        let services = text_of(services)?;
        let rows: Vec<PageRow> = on_engine!(self, write, pool => {
            sqlx::query_as(SQL).bind(title).bind(&services).bind(published).bind(new_slug)
                .bind(now.ms()).bind(id).fetch_all(pool).await
        })?;
        page(rows.into_iter().next().ok_or(StoreError::NotFound("status page"))?)
    }

    /// Deletes a page.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn delete_status_page(&self, id: i64) -> Result<(), StoreError> {
        const SQL: &str = "DELETE FROM status_pages WHERE id = $1";
        let gone = on_engine!(self, write, pool => {
            sqlx::query(SQL).bind(id).execute(pool).await?.rows_affected()
        });
        if gone == 0 { Err(StoreError::NotFound("status page")) } else { Ok(()) }
    }
}
