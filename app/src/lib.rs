//! What the console says.
