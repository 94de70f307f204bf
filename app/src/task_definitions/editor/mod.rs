//! The document as text: the other view of the form. A real text area, with its lines, its colours
//! and what is found in it around it.

mod about;
mod area;
mod caret;
mod marks;
mod offers;
mod paint;
mod screen;
mod state;
mod view;

pub use state::JsonState;
pub use view::{FormRests, JsonView};
