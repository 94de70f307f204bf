//! Services: list, create, detail, scale, deploy, delete.

mod detail_page;
mod form_page;
mod list_page;
pub mod model;
#[cfg(feature = "ssr")]
pub mod view;

pub use detail_page::ServicePage;
pub use form_page::NewServicePage;
pub use list_page::ServicesPage;
