//! Building blocks that know neither ECS nor addresses: what a page is made of.
//!
//! Every block renders whole on the server, can be read without WebAssembly, and hydrates to the
//! same nodes. No block sets a `style` attribute: the Content-Security-Policy forbids it.

mod announce;
mod browser;
mod button;
mod card;
mod code;
mod copy;
mod count_bar;
mod dialog;
mod files;
mod filter;
mod fold;
mod followers;
mod form;
mod frame;
mod highlight;
mod icon;
mod icon_path;
mod keys;
mod leaving;
mod live_mark;
mod menu;
mod no_script;
mod page;
mod pager;
mod roving;
mod states;
mod tab_list;
mod table;
mod text_drop;
mod theme;
mod time;
mod toast;
mod tone;

pub use announce::*;
pub use button::*;
pub use card::*;
pub use code::*;
pub use copy::*;
pub use count_bar::*;
pub use dialog::*;
pub use files::*;
pub use filter::*;
pub use fold::*;
pub(crate) use followers::Followers;
pub use form::*;
pub use frame::*;
pub(crate) use highlight::{class_of, escaped, pieces};
pub use icon::*;
pub use keys::*;
pub use leaving::{LeaveQuestion, ask_before_leaving};
pub use live_mark::*;
pub use menu::*;
pub use no_script::*;
pub use page::*;
pub use pager::*;
pub use states::*;
pub use tab_list::*;
pub use table::*;
pub use text_drop::*;
pub use theme::*;
pub use time::*;
pub use toast::*;
pub use tone::*;

use crate::timestamp::Timestamp;

/// Lends the page what the blocks share: the ticking clock, the queue of toasts, and the question
/// before a form is left. Call it once, in the outermost component and before the router; `now`
/// counts on the server only, the browser goes on from there.
pub fn provide_ui(now: Timestamp) {
    provide_now(now);
    provide_toasts();
    leaving::provide_leaving();
}
