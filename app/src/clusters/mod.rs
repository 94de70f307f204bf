//! Clusters: list, create, detail, delete.

mod api;
mod detail_page;
mod form_page;
mod list_page;
mod mark;
pub mod model;
#[cfg(test)]
pub mod samples;
mod table;
#[cfg(feature = "ssr")]
pub mod view;

pub use detail_page::ClusterPage;
pub use form_page::NewClusterPage;
pub use list_page::ClustersPage;
pub use mark::ClusterMark;
