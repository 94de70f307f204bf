//! What goes wrong on purpose in the embedded sandbox. Away from it there is no such page.

#[expect(missing_docs, reason = "the arguments of a function are the members of its struct")]
pub mod api;
mod behaviours;
pub mod draft;
mod kind_card;
mod mark;
pub mod model;
mod weather_page;
mod words;

pub use mark::SandboxBanner;
pub use weather_page::WeatherPage;
