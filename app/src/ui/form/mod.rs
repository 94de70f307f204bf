//! Forms: a path is a field's one key. It is the input's name and id, and errors come back by it.

mod bare;
mod binding;
mod check_list;
mod controls;
mod field;
mod list_rows;
mod pair_rows;
mod pick_several;
mod radio_cards;
mod row_focus;
mod row_keys;
mod section;
mod select;
mod suggest;
mod text_area;

pub use bare::CellInput;
pub(crate) use binding::bind_text_area;
pub(super) use binding::{bind_select, bind_text};
pub use check_list::*;
pub use controls::*;
pub use field::*;
pub use list_rows::*;
pub use pair_rows::*;
pub use pick_several::*;
pub use radio_cards::*;
pub use row_focus::*;
pub use section::*;
pub use select::SelectField;
pub(super) use select::{option_views, with_present};
pub use suggest::{Offer, SuggestCell, SuggestField, Suggestion, Suggestions};
pub use text_area::*;
