//! Live data: one poller reads ECS for everybody, one hub keeps the picture, one stream per browser
//! carries what changed.

mod hub;
mod pace;
mod poller;
mod stream;

pub use hub::Hub;
pub use poller::{Pace, Poller};
pub use stream::{LiveState, live};
