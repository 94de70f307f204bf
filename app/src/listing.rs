//! Lists: one kind of question and one kind of answer for every table of the console.
//!
//! The question stands in the address (`?q=web&sort=-running&cluster=production&page=2`), so a list
//! survives reload and sharing, and is read without WebAssembly. The answer is one page of rows.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Rows on one page: what fits a few screens, and what a first answer may weigh.
pub const PAGE_ROWS: usize = 100;

/// What a list is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    /// Free text; every word must occur in the row.
    pub q: String,
    /// The column to sort by; empty for the list's own order.
    pub sort: String,
    /// Largest first.
    pub desc: bool,
    /// Counts from 1; 0 reads as 1.
    pub page: usize,
    /// Chosen filters by name (`cluster`, `status`), never empty values.
    pub filters: BTreeMap<String, String>,
}

impl ListQuery {
    /// Reads the pairs of an address; `filters` names those that this list knows.
    pub fn from_pairs<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
        filters: &[&str],
    ) -> Self {
        let mut query = Self { page: 1, ..Self::default() };
        for (name, value) in pairs {
            match name {
                "q" => query.q = value.trim().to_owned(),
                "sort" => query = query.with_order(value),
                "page" => query.page = value.parse().unwrap_or(1).max(1),
                name if filters.contains(&name) && !value.is_empty() => {
                    query.filters.insert(name.to_owned(), value.to_owned());
                }
                _ => {}
            }
        }
        query
    }

    /// The pairs that make the address again; what is at its default is left out.
    pub fn pairs(&self) -> Vec<(&str, String)> {
        let mut pairs = Vec::new();
        if !self.q.is_empty() {
            pairs.push(("q", self.q.clone()));
        }
        pairs.extend(self.filters.iter().map(|(name, value)| (name.as_str(), value.clone())));
        if !self.sort.is_empty() {
            pairs.push(("sort", self.order()));
        }
        if self.page > 1 {
            pairs.push(("page", self.page.to_string()));
        }
        pairs
    }

    /// A filter's value; empty when it is not set.
    pub fn filter(&self, name: &str) -> &str {
        self.filters.get(name).map_or("", String::as_str)
    }

    /// The same question with a filter set (or, with an empty value, dropped), from page 1.
    pub fn with_filter(mut self, name: &str, value: &str) -> Self {
        if value.is_empty() {
            self.filters.remove(name);
        } else {
            self.filters.insert(name.to_owned(), value.to_owned());
        }
        self.page = 1;
        self
    }

    /// The same question with other free text, from page 1.
    pub fn with_text(mut self, text: &str) -> Self {
        self.q = text.trim().to_owned();
        self.page = 1;
        self
    }

    /// The same question on another page.
    pub fn with_page(mut self, page: usize) -> Self {
        self.page = page;
        self
    }

    /// The same question sorted by `column`; asked again for the same column, the other way round.
    pub fn sorted_by(mut self, column: &str) -> Self {
        self.desc = self.sort == column && !self.desc;
        column.clone_into(&mut self.sort);
        self.page = 1;
        self
    }

    /// The order as it stands in an address: `-age`; empty for the list's own.
    pub fn order(&self) -> String {
        let sign = if self.desc { "-" } else { "" };
        format!("{sign}{}", self.sort)
    }

    /// The same question in an order as [`Self::order`] writes it.
    pub fn with_order(mut self, order: &str) -> Self {
        self.desc = order.starts_with('-');
        order.trim_start_matches('-').clone_into(&mut self.sort);
        self
    }

    /// Whether anything narrows the list.
    pub fn is_narrowed(&self) -> bool {
        !self.q.is_empty() || !self.filters.is_empty()
    }

    /// Whether every word of the free text occurs in one of the texts, in any case.
    pub fn finds(&self, texts: &[&str]) -> bool {
        self.q.split_whitespace().all(|word| {
            let word = word.to_lowercase();
            texts.iter().any(|text| contains_ignoring_case(text, &word))
        })
    }
}

/// Whether `text` contains `word` (already lower case) in any case; without allocating for ASCII,
/// because it runs over thousands of rows.
fn contains_ignoring_case(text: &str, word: &str) -> bool {
    if !text.is_ascii() {
        return text.to_lowercase().contains(word);
    }
    let (text, word) = (text.as_bytes(), word.as_bytes());
    text.len() >= word.len()
        && (0..=text.len() - word.len())
            .any(|at| text[at..at + word.len()].eq_ignore_ascii_case(word))
}

/// A row that a keyed table can tell from the others.
pub trait Row {
    /// Unique in its list and unchanged while the thing lives.
    fn key(&self) -> &str;
}

/// One page of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing<T> {
    /// The rows of this page, in order. Each serialises with a member `key`.
    pub rows: Vec<T>,
    /// How much more there is.
    pub meta: ListMeta,
}

/// The counts around a page of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListMeta {
    /// Rows that match.
    pub matched: usize,
    /// Rows in all.
    pub total: usize,
    /// This page, from 1.
    pub page: usize,
    /// Pages in all, at least 1.
    pub pages: usize,
    /// How many of the matching rows stand for what has ended; 0 where nothing ends.
    #[serde(default)]
    pub ended: usize,
    /// How many of the matching rows need a look; 0 where none ever does.
    #[serde(default)]
    pub alarming: usize,
    /// Whether it was asked for in an order that it does not have; it stands in its own.
    #[serde(default)]
    pub unknown_sort: bool,
}

/// A column to sort by.
pub struct Column<S> {
    /// Its name in the address.
    pub name: &'static str,
    /// Its order, smallest first.
    pub order: fn(&S, &S) -> Ordering,
}

/// Answers a question over `items`, which come in the list's own order.
pub fn listing<'a, S: 'a, T>(
    items: impl Iterator<Item = &'a S>,
    query: &ListQuery,
    matches: impl Fn(&S, &ListQuery) -> bool,
    columns: &[Column<S>],
    row: impl Fn(&S) -> T,
) -> Listing<T> {
    let mut total = 0;
    let mut found: Vec<&S> =
        items.inspect(|_| total += 1).filter(|item| matches(item, query)).collect();
    let column = columns.iter().find(|column| column.name == query.sort);
    if let Some(column) = column {
        // The sort is stable: equal rows keep the list's own order, in both directions.
        if query.desc {
            found.sort_by(|a, b| (column.order)(b, a));
        } else {
            found.sort_by(|a, b| (column.order)(a, b));
        }
    }
    let pages = found.len().div_ceil(PAGE_ROWS).max(1);
    let page = query.page.clamp(1, pages);
    let rows = found.iter().skip((page - 1) * PAGE_ROWS).take(PAGE_ROWS).map(|s| row(s)).collect();
    let unknown_sort = column.is_none() && !query.sort.is_empty();
    Listing {
        rows,
        meta: ListMeta {
            matched: found.len(),
            total,
            page,
            pages,
            unknown_sort,
            ..ListMeta::default()
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(pairs: &[(&str, &str)]) -> ListQuery {
        ListQuery::from_pairs(pairs.iter().copied(), &["cluster"])
    }

    #[test]
    fn a_question_survives_the_address() {
        let query = ask(&[("q", " web "), ("sort", "-age"), ("page", "3"), ("cluster", "batch")]);
        let pairs = query.pairs();
        assert_eq!(pairs.len(), 4);
        let again =
            ListQuery::from_pairs(pairs.iter().map(|(n, v)| (*n, v.as_str())), &["cluster"]);
        assert_eq!(again, query);
        assert!(ask(&[("evil", "x"), ("page", "-1")]).pairs().is_empty());
    }

    #[test]
    fn filters_sorts_and_pages() {
        let items: Vec<u32> = (0..250).collect();
        let columns = [Column { name: "n", order: |a: &u32, b: &u32| a.cmp(b) }];
        let matches = |n: &u32, query: &ListQuery| query.finds(&[&n.to_string()]);
        let answer =
            |pairs: &[(&str, &str)]| listing(items.iter(), &ask(pairs), matches, &columns, |n| *n);
        let last = answer(&[("page", "9")]);
        assert_eq!((last.rows.len(), last.meta.page, last.meta.pages), (50, 3, 3));
        let down = answer(&[("sort", "-n"), ("q", "24")]);
        assert_eq!(down.rows[0], 249);
        assert_eq!((down.meta.matched, down.meta.total), (13, 250));
        assert_eq!(answer(&[("q", "nothing")]).meta.pages, 1);
        let odd = answer(&[("sort", "-m")]);
        assert_eq!((odd.rows[0], odd.meta.unknown_sort), (0, true));
        assert!(!down.meta.unknown_sort && !last.meta.unknown_sort);
    }

    #[test]
    fn text_is_found_in_any_case_and_order() {
        let query = ask(&[("q", "Prod WEB")]);
        assert!(query.finds(&["web-1", "production"]));
        assert!(!query.finds(&["web-1", "staging"]));
        assert!(ask(&[("q", "ÄRGER")]).finds(&["ärger"]));
    }

    #[test]
    fn the_same_column_again_turns_the_order() {
        let once = ask(&[]).sorted_by("n");
        assert!(!once.desc);
        assert!(once.clone().sorted_by("n").desc);
        assert!(!once.sorted_by("n").sorted_by("m").desc);
    }
}
