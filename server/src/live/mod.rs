//! Live data: one poller reads ECS for everybody, one hub keeps the picture, one stream per browser
//! carries what changed.

mod hub;
mod look;
mod pace;
mod poller;
mod stream;
mod sweep;
mod work;

pub use hub::Hub;
pub use poller::{Pace, Poller};
pub use stream::{LiveState, live};
