//! Fields of one value.

use serde_json::{Value, json};

/// A value as a field shows it: text as it is, everything else as JSON; empty for nothing.
pub fn show_text(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

/// What a text means; an empty one takes the member away.
pub fn read_text(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| json!(text))
}

/// What the text of a member means that must be there: an empty one stays, once there was one, so
/// that what it stands in stays what it is while the text is written anew.
pub fn read_required(text: &str, old: Option<&Value>) -> Option<Value> {
    (!text.is_empty() || old.is_some()).then(|| json!(text))
}

/// What the text of a number means. While it is no whole number it is kept as text, so that the
/// rules can complain of it where it stands.
pub fn read_number(text: &str) -> Option<Value> {
    let number = text.trim();
    if number.is_empty() {
        return None;
    }
    let whole = number
        .parse::<i64>()
        .map(|n| json!(n))
        .or_else(|_| number.parse::<u64>().map(|n| json!(n)));
    Some(whole.unwrap_or_else(|_| json!(text)))
}

/// A value of yes and no as one of `true`, `false` and nothing. Anything else shows as the JSON it
/// is, so that the text "true" is not taken for the truth.
pub fn show_truth(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(other) => other.to_string(),
    }
}

/// What the choice of yes, no and neither means.
pub fn read_truth(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| serde_json::from_str(text).unwrap_or_else(|_| json!(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_mean_values() {
        for (text, value) in [
            ("", None),
            ("  ", None),
            ("80", Some(json!(80))),
            (" 80 ", Some(json!(80))),
            ("-1", Some(json!(-1))),
            ("18446744073709551615", Some(json!(u64::MAX))),
            ("8o", Some(json!("8o"))),
            ("1.5", Some(json!("1.5"))),
        ] {
            assert_eq!(read_number(text), value, "{text}");
        }
        assert_eq!(read_text("a"), Some(json!("a")));
        assert_eq!(read_text(""), None);
        assert_eq!(read_required("", None), None);
        assert_eq!(read_required("", Some(&json!("a"))), Some(json!("")));
    }

    #[test]
    fn what_is_shown_and_not_touched_means_the_same() {
        for value in [json!("a"), json!(" a "), json!("80")] {
            assert_eq!(read_text(&show_text(Some(&value))), Some(value));
        }
        for value in [json!(80), json!(-1), json!(u64::MAX), json!("8o")] {
            assert_eq!(read_number(&show_text(Some(&value))), Some(value));
        }
        for value in [json!(true), json!(false), json!("true"), json!(1), json!({"a": []})] {
            assert_eq!(read_truth(&show_truth(Some(&value))), Some(value));
        }
        assert_eq!(read_truth(&show_truth(None)), None);
    }
}
