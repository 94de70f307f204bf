//! Writes documents of chance, a line of JSON each: the text of one, as a JSON string. The same
//! numbers give the same documents.
//!
//! `documents COUNT [FIRST]`: as many documents, of the seeds from the first one on.

use std::io::{BufWriter, Error, Write, stdout};

use berth_definition::generate::document;

fn main() -> Result<(), Error> {
    let mut numbers = std::env::args().skip(1).map(|word| word.parse::<u64>());
    let mut number = || numbers.next().transpose().map_err(Error::other);
    let count = number()?.unwrap_or(1);
    let first = number()?.unwrap_or(0);
    let mut out = BufWriter::new(stdout().lock());
    for seed in first..first + count {
        let made = document(seed);
        // People and programs write in different ways.
        let text = if seed % 2 == 0 { made.pretty() } else { made.value().to_string() };
        serde_json::to_writer(&mut out, &text)?;
        out.write_all(b"\n")?;
    }
    out.flush()
}
