//! The variables and secrets of a container as the rows of a table. Rows that did not change are
//! taken over from the table before, so that with hundreds of them a keystroke looks at one.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::Value;

use super::looks_secret;

/// One variable or secret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// Its value; of a secret, where that is kept.
    pub value: String,
    /// Why it looks like a secret; never said of what is one.
    pub suspect: Option<&'static str>,
}

/// All of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The variables, in their order.
    pub variables: Vec<Arc<Row>>,
    /// The secrets, in their order.
    pub secrets: Vec<Arc<Row>>,
    /// Names that come more than once.
    pub twice: HashSet<String>,
}

impl Table {
    /// The table of a container.
    pub fn read(container: Option<&Value>, before: Option<&Self>) -> Self {
        let list = |member: &str, value: &str, old: &[Arc<Row>], plain: bool| -> Vec<Arc<Row>> {
            let items = container.and_then(|c| c.get(member)).and_then(Value::as_array);
            let rows = items.into_iter().flatten().enumerate();
            rows.map(|(at, item)| row(item, value, old.get(at), plain)).collect()
        };
        let none = Self::default();
        let before = before.unwrap_or(&none);
        let mut table = Self {
            variables: list("environment", "value", &before.variables, true),
            secrets: list("secrets", "valueFrom", &before.secrets, false),
            twice: HashSet::new(),
        };
        let mut seen = HashSet::new();
        for row in table.variables.iter().chain(&table.secrets) {
            if !row.name.is_empty() && !seen.insert(row.name.as_str()) {
                table.twice.insert(row.name.clone());
            }
        }
        table
    }

    /// How many look like secrets and are none.
    pub fn suspects(&self) -> usize {
        self.variables.iter().filter(|row| row.suspect.is_some()).count()
    }
}

fn row(item: &Value, value: &str, old: Option<&Arc<Row>>, plain: bool) -> Arc<Row> {
    let (name, value) = (text(item.get("name")), text(item.get(value)));
    if let Some(old) = old.filter(|old| old.name == name && old.value == value) {
        return Arc::clone(old);
    }
    let suspect = plain.then(|| looks_secret(&name, &value)).flatten();
    Arc::new(Row { name: name.into_owned(), value: value.into_owned(), suspect })
}

fn text(value: Option<&Value>) -> std::borrow::Cow<'_, str> {
    match value {
        Some(Value::String(text)) => text.into(),
        None | Some(Value::Null) => "".into(),
        Some(other) => other.to_string().into(),
    }
}
