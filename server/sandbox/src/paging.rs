//! Pages of a sorted list. A token holds the last key of its page and is bound
//! to the operation and its filters, so a token of another list is refused.

use serde_json::{Value, json};

use crate::ask::Ask;
use crate::ids::digest;
use crate::refusal::{Refusal, Reply};

/// The limits of one list operation.
pub(crate) struct Pages {
    pub(crate) operation: &'static str,
    /// Items when `maxResults` is absent.
    pub(crate) default: usize,
    /// The most a caller may ask for.
    pub(crate) most: usize,
}

impl Pages {
    pub(crate) const fn new(operation: &'static str, default: usize, most: usize) -> Self {
        Self { operation, default, most }
    }

    /// Answers `{member: [...], nextToken}` from items already in key order.
    pub(crate) fn answer(
        &self,
        ask: Ask<'_>,
        member: &str,
        items: impl Iterator<Item = (String, Value)>,
    ) -> Reply {
        let size = self.size(ask)?;
        let after = self.after(ask)?;
        let mut page = Vec::new();
        let mut last = None;
        let mut more = false;
        for (key, item) in items {
            if after.as_ref().is_some_and(|after| key <= *after) {
                continue;
            }
            if page.len() == size {
                more = true;
                break;
            }
            page.push(item);
            last = Some(key);
        }
        let mut answer = json!({ member: page });
        if let (true, Some(key), Some(map)) = (more, last, answer.as_object_mut()) {
            map.insert("nextToken".to_owned(), Value::from(self.token(ask, &key)));
        }
        Ok(answer)
    }

    fn size(&self, ask: Ask<'_>) -> Result<usize, Refusal> {
        let Some(wanted) = ask.whole("maxResults")? else {
            return Ok(self.default);
        };
        usize::try_from(wanted).ok().filter(|size| (1..=self.most).contains(size)).ok_or_else(
            || Refusal::invalid(format!("maxResults must be between 1 and {}.", self.most)),
        )
    }

    fn after(&self, ask: Ask<'_>) -> Result<Option<String>, Refusal> {
        let Some(token) = ask.text("nextToken")? else {
            return Ok(None);
        };
        let refused = || Refusal::invalid("Invalid token.");
        let plain = unhex(token).ok_or_else(refused)?;
        let (bound, key) = plain.split_once(' ').ok_or_else(refused)?;
        if bound != self.bound(ask) {
            return Err(refused());
        }
        Ok(Some(key.to_owned()))
    }

    fn token(&self, ask: Ask<'_>, key: &str) -> String {
        let plain = format!("{} {key}", self.bound(ask));
        plain.bytes().map(|byte| format!("{byte:02x}")).collect()
    }

    fn bound(&self, ask: Ask<'_>) -> String {
        let mut filters: Vec<String> = ask
            .0
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(name, _)| *name != "nextToken" && *name != "maxResults")
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        // The order of a JSON object's members carries no meaning.
        filters.sort();
        let text = format!("{}?{}", self.operation, filters.join("&"));
        format!("{:016x}", digest(&text))
    }
}

fn unhex(text: &str) -> Option<String> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    let bytes: Option<Vec<u8>> = (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok())
        .collect();
    String::from_utf8(bytes?).ok()
}
