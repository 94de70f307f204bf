//! What the console says: pages, models, drafts and words. It compiles for the browser (`hydrate`)
//! and for the server (`ssr`); how anything is done is the `server` crate's business.
#![recursion_limit = "512"]

pub mod error;
pub mod timestamp;
pub mod ui;
