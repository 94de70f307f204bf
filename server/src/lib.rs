//! How it is done.
