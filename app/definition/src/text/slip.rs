//! What people write that JSON does not take, each by its name.

use super::tree::Span;

/// A kind of slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// `// …`, `/* … */` or `# …`.
    Comment,
    /// A comma before a closing bracket.
    TrailingComma,
    /// Nothing between two members or items.
    MissingComma,
    /// A comma with nothing before it.
    ExtraComma,
    /// Single or typographic quotes.
    Quotes,
    /// A text whose closing quote is missing in its line.
    OpenText,
    /// A backslash or an invisible character that a text can't have.
    Escape,
    /// A name that stands in its object twice.
    Duplicate,
    /// A name without quotes.
    UnquotedName,
    /// No colon after a name.
    Colon,
    /// Something that another program fills in.
    Template,
    /// The text ends inside of something.
    Early,
    /// An invisible character outside of a text, such as a byte order mark.
    Invisible,
    /// NaN, Infinity, or a number as JSON does not write it.
    Number,
    /// `True`, `None` and the like, as other languages write them.
    Word,
    /// A bracket that closes what is not open.
    Bracket,
    /// Something after the end of the document.
    After,
    /// More levels than anybody writes.
    Deep,
    /// Anything else where a value belongs.
    Value,
}

/// A slip at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What it is.
    pub slip: Slip,
    /// Where it is; empty where something is missing.
    pub at: Span,
    /// What is wrong and what to do, without a full stop.
    pub said: String,
    /// What belongs where, when that is plain.
    pub mend: Option<(Span, String)>,
}

/// The text with every slip mended whose mending is plain.
pub fn mend(text: &str, troubles: &[Trouble]) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut done = 0;
    let mut mends: Vec<_> = troubles.iter().filter_map(|trouble| trouble.mend.as_ref()).collect();
    mends.sort_by_key(|(at, _)| at.start);
    for (at, right) in mends {
        // What lies inside of something that was mended already is gone.
        if at.start < done {
            continue;
        }
        mended.push_str(&text[done..at.start]);
        mended.push_str(right);
        done = at.end;
    }
    mended.push_str(&text[done..]);
    mended
}
