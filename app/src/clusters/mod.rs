//! Clusters: list, create, detail, delete.

pub mod api;
mod delete;
pub mod detail;
mod detail_page;
pub mod draft;
mod events;
mod facts;
mod form_page;
mod list_page;
mod mark;
pub mod model;
#[cfg(test)]
pub mod samples;
pub mod strategy;
mod strategy_rows;
mod table;
pub mod tags;
#[cfg(feature = "ssr")]
pub mod view;

pub use detail_page::ClusterPage;
pub use facts::{TagList, resource_part};
pub use form_page::NewClusterPage;
pub use list_page::ClustersPage;
pub use mark::ClusterMark;
pub use strategy_rows::{StrategyRows, StrategyState};
