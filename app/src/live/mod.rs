//! Live pages: a page names what it shows (a [`Topic`]), starts from what the server rendered, and
//! is patched in place from the browser's one event stream. Nothing is fetched again.

#[cfg(feature = "hydrate")]
mod browser;
mod keep;
mod patch;
mod rows;
mod topic;

pub use keep::{
    LiveList, LiveRow, LiveValue, live_list, live_value, note_health, provide_live, use_health,
    use_live_state, use_note_of_weather, use_weather,
};
pub use patch::Patch;
pub use rows::live_rows;
pub use topic::Topic;

use serde::{Deserialize, Serialize};

use crate::reading::Health;

/// What the event stream carries; the event's id is the mark of the picture it leads to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LiveEvent {
    /// One topic changed.
    Patch {
        /// The topic, as [`Topic::text`] writes it.
        topic: String,
        /// What changed.
        patch: Patch,
    },
    /// ECS was read (or could not be): every topic of the stream now stands at this event's id.
    Read(Health),
    /// The server goes down: come back a little later.
    Bye,
    /// The session has ended.
    SignedOut,
}
