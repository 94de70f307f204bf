//! A document as the text that a person writes: read with every slip named and placed, changed
//! without touching what did not change, and understood at the cursor.

mod change;
mod complete;
mod context;
mod line_break;
mod lines;
mod patch;
mod read;
mod scan;
mod slip;
mod style;
mod template;
#[cfg(test)]
mod tests;
mod tree;

pub use change::{Change, edit};
pub use complete::{Completion, Words, completions, explain};
pub use context::{Context, Role, context};
pub use line_break::line_break;
pub use lines::{Lines, byte_of, utf16_of};
pub use patch::patch;
pub use read::{Reading, read};
pub use slip::{Slip, Trouble, mend};
pub use tree::{Content, Entry, Node, Span};

pub(crate) use patch::patch_node;
