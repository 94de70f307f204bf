//! Offsets as lines and columns, and as browsers count them.

/// Where each line of a text begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lines(Vec<usize>);

impl Lines {
    /// The lines of a text.
    pub fn of(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self(std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect())
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The line of a byte, from 1.
    pub fn line_of(&self, offset: usize) -> usize {
        self.0.partition_point(|start| *start <= offset)
    }

    /// The first byte of a line that counts from 1; a line too far is the last.
    pub fn start_of(&self, line: usize) -> usize {
        let line = line.clamp(1, self.0.len());
        self.0.get(line - 1).copied().unwrap_or_default()
    }

    /// The text of a line, without its end.
    pub fn text_of<'a>(&self, text: &'a str, line: usize) -> &'a str {
        let rest = text.get(self.start_of(line)..).unwrap_or_default();
        rest.split('\n').next().unwrap_or_default()
    }

    /// The line and the column in characters, both from 1.
    pub fn place(&self, text: &str, offset: usize) -> (usize, usize) {
        let line = self.line_of(offset);
        let before = text.get(self.start_of(line)..offset).unwrap_or_default();
        (line, before.chars().count() + 1)
    }
}

/// The UTF-16 offset of a byte.
pub fn utf16_of(text: &str, byte: usize) -> usize {
    let before = text.get(..byte).unwrap_or(text);
    before.chars().map(char::len_utf16).sum()
}

/// The byte of a UTF-16 offset; one inside of a character is the character's first.
pub fn byte_of(text: &str, utf16: usize) -> usize {
    if text.is_ascii() {
        return utf16.min(text.len());
    }
    let mut units = 0;
    for (byte, letter) in text.char_indices() {
        units += letter.len_utf16();
        if units > utf16 {
            return byte;
        }
    }
    text.len()
}
