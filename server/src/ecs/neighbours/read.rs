//! Reading answers: JSON and XML by the names of their members.

use berth_app::timestamp::Timestamp;
use roxmltree::{Document, Node};
use serde_json::Value;

use super::super::errors::Failure;

/// Code and sentence of a refusal, in whichever protocol.
pub(super) fn refusal(header: Option<&str>, text: &str) -> (String, String) {
    if let Ok(json) = serde_json::from_str::<Value>(text) {
        let member = |names: &[&str]| {
            names.iter().find_map(|name| json.get(name)?.as_str()).unwrap_or_default().to_owned()
        };
        let code = header.map_or_else(|| member(&["__type", "ErrorCode", "code"]), str::to_owned);
        // `namespace#Code:address`, of which only the code is of use.
        let code = code.rsplit('#').next().unwrap_or_default();
        let code = code.split(':').next().unwrap_or_default();
        return (code.to_owned(), member(&["message", "Message"]));
    }
    let Ok(document) = Document::parse(text) else {
        return (header.unwrap_or_default().to_owned(), String::new());
    };
    let error = document.descendants().find(|node| node.has_tag_name_of("Error"));
    let said = |name| error.and_then(|node| text_of(node, name)).unwrap_or_default().to_owned();
    (said("Code"), said("Message"))
}

/// An answer in JSON.
pub(super) fn json(operation: &'static str, text: &str) -> Result<Value, Failure> {
    serde_json::from_str(text).map_err(|_| Failure::unreadable(operation, "it is no JSON"))
}

/// An answer in XML.
pub(super) fn xml<'t>(operation: &'static str, text: &'t str) -> Result<Document<'t>, Failure> {
    Document::parse(text).map_err(|_| Failure::unreadable(operation, "it is no XML"))
}

/// The objects of a list.
pub(super) fn items<'v>(answer: &'v Value, list: &str) -> impl Iterator<Item = &'v Value> {
    answer.get(list).and_then(Value::as_array).into_iter().flatten()
}

/// A text; empty when there is none.
pub(super) fn text<'v>(item: &'v Value, member: &str) -> &'v str {
    item.get(member).and_then(Value::as_str).unwrap_or_default()
}

/// The token of the next page.
pub(super) fn token(answer: &Value, member: &str) -> Option<String> {
    answer.get(member).and_then(Value::as_str).map(str::to_owned)
}

/// A time that is told in seconds.
pub(super) fn seconds(item: &Value, member: &str) -> Option<Timestamp> {
    let seconds = item.get(member)?.as_f64()?;
    Some(Timestamp::from_ms((seconds * 1_000.0) as i64))
}

/// An element's name without its namespace.
pub(super) trait Named {
    /// Whether it is called so.
    fn has_tag_name_of(&self, name: &str) -> bool;
}

impl Named for Node<'_, '_> {
    fn has_tag_name_of(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }
}

/// The text of an element's child.
pub(super) fn text_of<'d>(node: Node<'d, '_>, child: &str) -> Option<&'d str> {
    node.children().find(|node| node.has_tag_name_of(child)).and_then(|node| node.text())
}

/// The elements of a list, wherever it stands.
pub(super) fn elements<'d, 't>(
    document: &'d Document<'t>,
    list: &str,
    item: &str,
) -> impl Iterator<Item = Node<'d, 't>> {
    let list = document.descendants().find(|node| node.has_tag_name_of(list));
    list.into_iter().flat_map(|list| list.children()).filter(move |node| node.has_tag_name_of(item))
}

/// The first text of that name, wherever it stands.
pub(super) fn first_text(document: &Document<'_>, name: &str) -> Option<String> {
    document.descendants().find(|node| node.has_tag_name_of(name))?.text().map(str::to_owned)
}

/// A number of bytes for people.
pub(super) fn size_in_words(bytes: u64) -> String {
    const UNITS: [(&str, u64); 4] =
        [("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)];
    let Some((unit, one)) = UNITS.iter().find(|(_, one)| bytes >= *one) else {
        return format!("{bytes} bytes");
    };
    let tenths = bytes / (one / 10);
    match tenths {
        0..100 => format!("{}.{} {unit}", tenths / 10, tenths % 10),
        _ => format!("{} {unit}", tenths / 10),
    }
}

/// The parts that say something, with a comma in between.
pub(super) fn joined(parts: &[&str]) -> String {
    let said: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    said.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_service_refuses_in_its_own_words() {
        let table = [
            (
                None,
                r#"{"__type":"com.amazon#AccessDeniedException","Message":"no"}"#,
                "AccessDeniedException",
                "no",
            ),
            (
                Some("AccessDeniedException:http://x/"),
                r#"{"message":"no"}"#,
                "AccessDeniedException",
                "no",
            ),
            (
                None,
                r#"{"ErrorCode":"FileSystemNotFound","Message":"gone"}"#,
                "FileSystemNotFound",
                "gone",
            ),
            (
                None,
                r#"<ErrorResponse xmlns="x"><Error><Code>Throttling</Code><Message>m</Message></Error></ErrorResponse>"#,
                "Throttling",
                "m",
            ),
            (
                None,
                "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></Errors></Response>",
                "UnauthorizedOperation",
                "no",
            ),
            (None, "<html>502", "", ""),
        ];
        for (header, text, code, said) in table {
            assert_eq!(refusal(header, text), (code.to_owned(), said.to_owned()), "{text}");
        }
    }

    #[test]
    fn sizes_are_for_people() {
        for (bytes, words) in [
            (0, "0 bytes"),
            (6_144, "6.1 kB"),
            (45_600_000, "45 MB"),
            (1_250_000_000, "1.2 GB"),
            (123_000_000_000, "123 GB"),
        ] {
            assert_eq!(size_in_words(bytes), words);
        }
    }
}
