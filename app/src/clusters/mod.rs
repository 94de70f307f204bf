//! Clusters: list, create, detail, delete.

mod detail_page;
mod form_page;
mod list_page;
pub mod model;
#[cfg(feature = "ssr")]
pub mod view;

pub use detail_page::ClusterPage;
pub use form_page::NewClusterPage;
pub use list_page::ClustersPage;
