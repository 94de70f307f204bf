//! What the console says: pages, models, drafts and words. It compiles for the browser (`hydrate`)
//! and for the server (`ssr`); how anything is done is the `server` crate's business.
#![recursion_limit = "512"]

pub mod asked;
pub mod audit;
#[cfg(feature = "ssr")]
pub mod backend;
pub mod being_read;
pub mod clusters;
pub mod error;
pub mod launch;
pub mod layout;
pub mod links;
pub mod list_address;
pub mod list_frame;
pub mod list_order;
pub mod listing;
pub mod live;
pub mod names;
pub mod reading;
pub mod routes;
pub mod services;
pub mod shell;
pub mod status;
pub mod submission;
pub mod task_definitions;
pub mod tasks;
pub mod team;
pub mod timestamp;
pub mod trouble;
pub mod ui;
pub mod weather;
pub mod words;

/// The browser's entry: takes over the page that the server rendered.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_body(routes::App);
}
