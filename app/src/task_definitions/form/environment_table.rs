//! The table of variables and secrets: which rows it shows in which order, and what a person does to
//! them. Names are read for sorting and filtering only when one of these changes, so that no row
//! moves while somebody types in it.

use berth_definition::env::{Pasted, Table, into_secret, merge, parameter_name, recognise};
use leptos::prelude::*;
use serde_json::{Value, json};

use super::keys::Items;
use super::lens::{Form, steady};
use crate::ui::*;

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    /// A variable with its value.
    Variable,
    /// A variable whose value is kept elsewhere.
    Secret,
}

/// A row, by its kind and its key there.
pub(super) type Key = (Kind, usize);

/// The order of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Sort {
    /// As in the document.
    #[default]
    Document,
    /// By name.
    Name,
    /// By name, the last first.
    NameBack,
}

/// The table.
#[derive(Clone, Copy)]
pub(super) struct Grid {
    pub form: Form,
    pub container: Signal<String>,
    pub variables: Items,
    pub secrets: Items,
    /// What the rows say.
    pub table: Memo<Table>,
    /// The same for those that only show it.
    pub rows: Signal<Table>,
    pub sort: RwSignal<Sort>,
    pub filter: RwSignal<String>,
    /// Which rows are shown: all, or those of one kind.
    pub only: RwSignal<String>,
    /// Whether all are shown, however many.
    pub all: RwSignal<bool>,
}

/// As many rows as are shown at first.
pub(super) const ROWS_MAX: usize = 100;

impl Grid {
    pub(super) fn of(form: Form, container: Signal<String>) -> Self {
        let list = move |list: &'static str| {
            Signal::derive(move || format!("{}.{list}", container.read()))
        };
        let table = Memo::new(move |before: Option<&Table>| {
            form.document.with_value(&container.read(), |value| Table::read(value, before))
        });
        Self {
            form,
            container,
            variables: Items::of(form, list("environment")),
            secrets: Items::of(form, list("secrets")),
            table,
            rows: steady(table),
            sort: RwSignal::default(),
            filter: RwSignal::default(),
            only: RwSignal::new("all".to_owned()),
            all: RwSignal::new(false),
        }
    }

    pub(super) fn items(self, kind: Kind) -> Items {
        match kind {
            Kind::Variable => self.variables,
            Kind::Secret => self.secrets,
        }
    }

    /// The path of a member of a row.
    pub(super) fn path(self, kind: Kind, place: usize, member: &str) -> String {
        let list = match kind {
            Kind::Variable => "environment",
            Kind::Secret => "secrets",
        };
        format!("{}.{list}.{place}.{member}", self.container.read_untracked())
    }

    /// The keys of the rows that the filter lets through, in the order asked for.
    pub(super) fn shown(self) -> Memo<Vec<Key>> {
        Memo::new(move |_| {
            let filter = self.filter.read().trim().to_lowercase();
            let (only, sort) = (self.only.get(), self.sort.get());
            let keys =
                [(Kind::Variable, self.variables.keys()), (Kind::Secret, self.secrets.keys())];
            let table = self.table.read_untracked();
            let mut rows = Vec::new();
            for (kind, keys) in keys {
                let list = match kind {
                    Kind::Variable => &table.variables,
                    Kind::Secret => &table.secrets,
                };
                for (place, key) in keys.into_iter().enumerate() {
                    let row = list.get(place);
                    let name = row.map_or("", |row| row.name.as_str());
                    // A row that has no name yet is being written.
                    let found = name.is_empty()
                        || row.is_some_and(|row| {
                            name.to_lowercase().contains(&filter)
                                || row.value.to_lowercase().contains(&filter)
                        });
                    let wanted = match only.as_str() {
                        "variables" => kind == Kind::Variable,
                        "secrets" => kind == Kind::Secret,
                        "suspects" => row.is_some_and(|row| row.suspect.is_some()),
                        "twice" => table.twice.contains(name),
                        _ => true,
                    };
                    if found && wanted {
                        rows.push((name.to_owned(), (kind, key)));
                    }
                }
            }
            if sort != Sort::Document {
                rows.sort_by_key(|one| one.0.to_lowercase());
            }
            if sort == Sort::NameBack {
                rows.reverse();
            }
            rows.into_iter().map(|(_, key)| key).collect()
        })
    }

    /// Shows every row.
    pub(super) fn show_all(self) {
        self.only.set("all".to_owned());
        self.filter.set(String::new());
        self.all.set(true);
    }

    /// Adds an empty row, which is seen whatever the filter says.
    pub(super) fn add(self, kind: Kind) {
        self.only.set("all".to_owned());
        self.sort.set(Sort::Document);
        self.items(kind).add(match kind {
            Kind::Variable => json!({"name": "", "value": ""}),
            Kind::Secret => json!({"name": "", "valueFrom": ""}),
        });
        let last = self.items(kind).last_place();
        if last >= ROWS_MAX || kind == Kind::Secret {
            self.all.set(true);
        }
        focus_field(&self.path(kind, last, "name"));
    }

    /// Takes a row away; the focus goes to the button of the one after it, or of the one before.
    pub(super) fn remove(self, kind: Kind, place: usize) {
        let items = self.items(kind);
        items.remove(place);
        match untrack(|| items.count()).checked_sub(1) {
            Some(last) => focus_field(&self.path(kind, place.min(last), "remove")),
            None => focus_field(&format!("{}.add-{kind:?}", self.container.read_untracked())),
        }
    }

    /// Writes a member of a row.
    pub(super) fn put(self, kind: Kind, place: usize, member: &str, text: String) {
        let path = self.path(kind, place, member);
        self.form.document.update(|document| document.set(&path, Value::String(text)));
    }

    /// Makes a variable a secret, and answers its value if it had one.
    pub(super) fn to_secret(self, place: usize) -> Option<berth_definition::env::TakenOut> {
        let container = self.container.get_untracked();
        let taken = self.form.document.try_update(|document| {
            let text = |path: &str| document.text_at(path);
            let name = text(&format!("{container}.environment.{place}.name"));
            let kept_at =
                parameter_name(&text("family"), &text(&format!("{container}.name")), &name);
            into_secret(document, &container, place, &kept_at)
        });
        // The list of secrets has its new last row once the effects ran: the path is known already.
        let last = untrack(|| self.secrets.count());
        focus_field(&self.path(Kind::Secret, last, "valueFrom"));
        taken.flatten().filter(|taken| !taken.value.is_empty())
    }

    /// Makes a secret a variable again; where it was kept says nothing about its value.
    pub(super) fn to_variable(self, place: usize) {
        let container = self.container.get_untracked();
        let list = format!("{container}.secrets");
        let last = untrack(|| self.variables.count());
        self.form.document.update(|document| {
            let Some(mut item) = document.items(&list).get(place).cloned() else { return };
            if let Some(members) = item.as_object_mut() {
                members.shift_remove("valueFrom");
                members.insert("value".to_owned(), json!(""));
            }
            let only = document.items(&list).len() == 1;
            document.remove(&if only { list.clone() } else { format!("{list}.{place}") });
            document.insert(&format!("{container}.environment"), usize::MAX, item);
        });
        focus_field(&self.path(Kind::Variable, last, "value"));
    }

    /// What adding a text would do, in words, or what is wrong with it.
    pub(super) fn weigh(self, pasted: &Pasted) -> Result<String, String> {
        if let Some(said) = trouble_words(pasted) {
            return Err(said);
        }
        let table = self.table.read_untracked();
        let mut rows: Vec<_> =
            table.variables.iter().map(|row| (row.name.clone(), row.value.clone())).collect();
        let merged = merge(&mut rows, pasted.variables.clone());
        let secrets = match pasted.secrets.len() {
            0 => String::new(),
            1 => " and 1 secret".to_owned(),
            count => format!(" and {count} secrets"),
        };
        Ok(format!("{}{secrets}", merged.words()))
    }

    /// Puts what was pasted among the rows, in one step.
    pub(super) fn take(self, pasted: Pasted) {
        let container = self.container.get_untracked();
        self.form.document.update(|document| {
            let lists = [
                ("environment", "value", pasted.variables),
                ("secrets", "valueFrom", pasted.secrets),
            ];
            for (list, member, new) in lists {
                let list = format!("{container}.{list}");
                let mut rows: Vec<(String, String)> = document
                    .items(&list)
                    .iter()
                    .map(|item| {
                        let text =
                            |name: &str| item.get(name).and_then(Value::as_str).unwrap_or("");
                        (text("name").to_owned(), text(member).to_owned())
                    })
                    .collect();
                let before = rows.clone();
                merge(&mut rows, new);
                for (at, (name, value)) in rows.into_iter().enumerate() {
                    match before.get(at) {
                        Some((_, old)) if *old == value => {}
                        Some(_) => document.set(&format!("{list}.{at}.{member}"), json!(value)),
                        None => document.insert(&list, at, json!({"name": name, member: value})),
                    }
                }
            }
        });
    }

    /// Takes a file: at once when all of it can be read, else into the box where it can be mended.
    pub(super) fn take_file(
        self,
        file: ReadFile,
        box_text: RwSignal<String>,
        open: RwSignal<bool>,
    ) {
        let pasted = recognise(&file.text);
        match self.weigh(&pasted) {
            Ok(said) => {
                self.take(pasted);
                announce(&format!("{}: {said}", file.name));
            }
            Err(_) => {
                open.set(true);
                box_text.update(|text| {
                    if !text.is_empty() && !text.ends_with('\n') {
                        text.push('\n');
                    }
                    text.push_str(&file.text);
                });
                focus_field(&format!("{}.paste", self.container.read_untracked()));
            }
        }
    }
}

/// What could not be read, with its line.
fn trouble_words(pasted: &Pasted) -> Option<String> {
    let first = pasted.troubles.first()?;
    let more = match pasted.troubles.len() - 1 {
        0 => String::new(),
        _ => {
            let lines: Vec<_> =
                pasted.troubles.iter().skip(1).take(5).map(|t| t.line.to_string()).collect();
            format!(" Look at line {} too.", lines.join(", "))
        }
    };
    Some(format!("Line {}: {}{more}", first.line, first.said))
}
