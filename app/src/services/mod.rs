//! Services: list, create, detail, scale, deploy, delete.

mod api;
mod detail_page;
#[cfg_attr(not(feature = "ssr"), expect(dead_code, reason = "lists are made on the server"))]
mod events;
mod form_page;
mod list_page;
mod mark;
pub mod model;
#[cfg(test)]
pub mod samples;
pub mod state;
mod table;
#[cfg(feature = "ssr")]
pub mod view;

pub use detail_page::ServicePage;
pub use form_page::NewServicePage;
pub use list_page::ServicesPage;
pub use mark::ServiceMark;
pub use table::ServicesTable;
