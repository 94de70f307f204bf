//! Environment variables: how they are read and written as text, which of them look like secrets,
//! how one becomes a secret, and which of several sources wins.

mod compare;
mod dotenv;
mod effective;
mod list;
mod offer;
mod paste;
mod rows;
pub mod shell_words;
mod suspect;
#[cfg(test)]
mod tests;

pub use compare::{Difference, Said, Side, compare, take};
pub use dotenv::{Lines, read, write};
pub use effective::{Effective, Source, effective};
pub use list::{Merged, duplicates, merge};
pub use offer::{TakenOut, into_secret, parameter_name, store_command};
pub use paste::{Pasted, PastedAs, recognise};
pub use rows::{Row, Table};
pub use suspect::looks_secret;

/// A line that can't be read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub said: String,
}

impl Trouble {
    fn new(line: usize, said: impl Into<String>) -> Self {
        Self { line, said: said.into() }
    }
}
