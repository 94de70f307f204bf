//! Walks through two documents at once and writes down where they differ.

use serde_json::Value;

use super::effect::{self, Told};
use super::lines::{Piece, pieces};
use super::list::{List, list_at};
use super::meaning::{Around, nothing, same};
use super::words::{
    entry_noun, image_change, item_words, label, large, quoted, shown, small, text, words_of,
};
use super::{Change, Kind, Subject};
use crate::secrecy::{holds_credential, is_hidden_place};

/// The differences between two documents.
pub(super) fn walk(old: &Value, new: &Value) -> Vec<Change> {
    let network = |document: &Value| text(document.get("networkMode"));
    let mut walk = Walk {
        networks: (network(old), network(new)),
        subject: Subject::Task,
        item: String::new(),
        noun: "",
        found: Vec::new(),
    };
    let root = |value| Side { value: Some(value), path: String::new(), parent: None };
    walk.members(&root(old), &root(new), "");
    let mut found = walk.found;
    // Containers and volumes stand together, in the order in which the walk met them.
    let weight = |change: &Change| match change.subject {
        Subject::Task => 0,
        Subject::Container(_) => 1,
        Subject::Volume(_) => 2,
    };
    found.sort_by_key(weight);
    found
}

/// A place in one of the documents.
struct Side<'a> {
    value: Option<&'a Value>,
    path: String,
    parent: Option<&'a Value>,
}

impl<'a> Side<'a> {
    fn at(&self, step: &str, value: Option<&'a Value>) -> Self {
        let path =
            if self.path.is_empty() { step.to_owned() } else { format!("{}.{step}", self.path) };
        Self { value, path, parent: self.value }
    }

    fn member(&self, name: &str) -> Self {
        self.at(name, self.value.and_then(|value| value.get(name)))
    }

    fn item(&self, place: Option<usize>) -> Self {
        let value = place.and_then(|place| self.items().get(place));
        self.at(&place.unwrap_or_default().to_string(), value)
    }

    fn items(&self) -> &'a [Value] {
        self.value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    fn is_absent(&self) -> bool {
        self.value.is_none_or(Value::is_null)
    }

    /// Its path, if there is something.
    fn place(&self) -> Option<String> {
        self.value.map(|_| self.path.clone())
    }
}

struct Walk {
    networks: (String, String),
    subject: Subject,
    /// The item of a list that the walk is in, for labels: `Port 80/tcp`.
    item: String,
    noun: &'static str,
    found: Vec<Change>,
}

impl Walk {
    fn members(&mut self, old: &Side<'_>, new: &Side<'_>, pattern: &str) {
        let names = |side: &Side<'_>| {
            let members = side.value.and_then(Value::as_object).into_iter().flatten();
            members.map(|(name, _)| name.clone()).collect::<Vec<_>>()
        };
        let (before, now) = (names(old), names(new));
        let gone = before.iter().filter(|name| !now.contains(name));
        for name in now.iter().chain(gone) {
            let pattern =
                if pattern.is_empty() { name.clone() } else { format!("{pattern}.{name}") };
            self.member(&old.member(name), &new.member(name), &pattern);
        }
    }

    fn member(&mut self, old: &Side<'_>, new: &Side<'_>, pattern: &str) {
        if old.value == new.value {
            return;
        }
        let (before, now) = (&self.networks.0, &self.networks.1);
        let around = |parent, network| Around { parent, network };
        if same(
            pattern,
            (old.value, around(old.parent, before)),
            (new.value, around(new.parent, now)),
        ) {
            return self.leaf(Kind::Same, old, new, pattern);
        }
        let fits = |is: fn(&Side<'_>) -> bool| {
            (is(old) || old.is_absent()) && (is(new) || new.is_absent())
        };
        let is_object = |side: &Side<'_>| side.value.is_some_and(Value::is_object);
        let is_list = |side: &Side<'_>| side.value.is_some_and(Value::is_array);
        if let Some(list) = list_at(pattern).filter(|_| fits(is_list)) {
            self.list(list, old, new);
        } else if let Some(noun) = entry_noun(pattern).filter(|_| fits(is_object)) {
            self.entries(noun, old, new, pattern);
        } else if fits(is_object) && !(nothing(old.value) && nothing(new.value)) {
            self.members(old, new, pattern);
        } else if fits(is_list) && [old, new].iter().all(|side| side.items().iter().all(is_word)) {
            self.words(old, new, pattern);
        } else {
            self.leaf(kind(old, new), old, new, pattern);
        }
    }

    /// A list whose items are known again.
    fn list(&mut self, list: &'static List, old: &Side<'_>, new: &Side<'_>) {
        let pairs = list.pairs(old.items(), new.items());
        let stayed: Vec<usize> =
            pairs.iter().filter(|pair| pair.1.is_some()).filter_map(|pair| pair.0).collect();
        if !stayed.is_sorted() {
            let kind = if list.ordered { Kind::Changed } else { Kind::Moved };
            self.order(kind, list, old, new);
        }
        for (before, now) in pairs {
            let (old, new) = (old.item(before), new.item(now));
            if old.value != new.value {
                self.item(list, &old, &new);
            }
        }
    }

    fn item(&mut self, list: &'static List, old: &Side<'_>, new: &Side<'_>) {
        let pattern = format!("{}.*", list.pattern);
        let called = new.value.or(old.value).map(|item| list.key(item)).unwrap_or_default();
        let whole = matches!(list.noun, "container" | "volume");
        let around = self.subject.clone();
        match list.noun {
            "container" => self.subject = Subject::Container(called.clone()),
            "volume" => self.subject = Subject::Volume(called.clone()),
            _ => {}
        }
        // A key that is for operators only is not in the label either.
        let hidden = list.keys.iter().any(|key| is_hidden_place(&format!("{pattern}.{key}")));
        let name =
            if hidden { large(list.noun) } else { large(&format!("{} {called}", list.noun)) };
        let value = format!("{pattern}.{}", list.value);
        let one = !list.value.is_empty();
        if old.value.is_none() || new.value.is_none() {
            let words = |side: &Side<'_>| {
                side.value.map(|item| item_words(list.noun, list.value, item)).unwrap_or_default()
            };
            let change = self.change(kind(old, new), old, new, name, list.noun);
            let change = Change { before: words(old), after: words(new), ..change };
            self.push(change, &pattern, old, new, hidden || (one && is_hidden_place(&value)));
        } else {
            if !whole {
                (self.item, self.noun) = (name, list.noun);
            }
            self.members_of_item(list, old, new, &pattern);
            (self.item, self.noun) = (String::new(), "");
        }
        self.subject = around;
    }

    /// An item that stayed: what is all that it says is told under its own name.
    fn members_of_item(&mut self, list: &List, old: &Side<'_>, new: &Side<'_>, pattern: &str) {
        let found = self.found.len();
        self.members(old, new, pattern);
        let is_value = |change: &Change| {
            let path = change.new_path.as_ref().or(change.old_path.as_ref());
            let last = path.and_then(|path| path.rsplit('.').next());
            !list.value.is_empty() && last == Some(list.value)
        };
        for change in self.found.iter_mut().skip(found).filter(|change| is_value(change)) {
            change.label.clone_from(&self.item);
        }
    }

    /// An object in which the names are the author's own: each entry says something, an empty one too.
    fn entries(&mut self, noun: &'static str, old: &Side<'_>, new: &Side<'_>, pattern: &str) {
        let entries = |side: &Side<'_>| {
            side.value
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
                .map(|(name, _)| name.clone())
                .collect::<Vec<_>>()
        };
        let (before, now) = (entries(old), entries(new));
        for name in now.iter().chain(before.iter().filter(|name| !now.contains(name))) {
            let (old, new) = (old.member(name), new.member(name));
            if old.value == new.value {
                continue;
            }
            let label = large(&format!("{noun} {name}"));
            let change = self.change(kind(&old, &new), &old, &new, label, noun);
            let (before, after) = (shown("", old.value), shown("", new.value));
            let change = Change { before, after, ..change };
            self.push(change, pattern, &old, &new, is_hidden_place(&format!("{pattern}.{name}")));
        }
    }

    /// A list of words, told as a whole.
    fn words(&mut self, old: &Side<'_>, new: &Side<'_>, pattern: &str) {
        let list = |side: &Side<'_>| side.value.map(words_of).unwrap_or_default();
        let (before, now) = (list(old), list(new));
        let sorted = |words: &[String]| {
            let mut words = words.to_vec();
            words.sort_unstable();
            words
        };
        if is_set(pattern) && sorted(&before) == sorted(&now) {
            return self.leaf(Kind::Moved, old, new, pattern);
        }
        let change = self.change(kind(old, new), old, new, self.label(pattern), self.noun);
        let both = !before.is_empty() && !now.is_empty();
        let words: Vec<Piece> = if both { pieces(&before, &now) } else { Vec::new() };
        let line =
            |words: &[String]| words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ");
        let change = Change { before: line(&before), after: line(&now), words, ..change };
        self.push(change, pattern, old, new, false);
    }

    fn order(&mut self, kind: Kind, list: &List, old: &Side<'_>, new: &Side<'_>) {
        // Containers and volumes are of the task, variables of their container.
        let label = format!("Order of {}s", list.noun);
        let change = self.change(kind, old, new, label, "");
        self.push(change, "", old, new, false);
    }

    fn leaf(&mut self, kind: Kind, old: &Side<'_>, new: &Side<'_>, pattern: &str) {
        let change = self.change(kind, old, new, self.label(pattern), self.noun);
        let (before, after) = (shown(pattern, old.value), shown(pattern, new.value));
        let change = Change { before, after, ..change };
        let change = match (pattern, kind) {
            ("containerDefinitions.*.image", Kind::Changed) => {
                match image_change(&change.before, &change.after) {
                    Some((label, before, after)) => {
                        Change { label: label.to_owned(), before, after, ..change }
                    }
                    None => change,
                }
            }
            _ => change,
        };
        self.push(change, pattern, old, new, is_hidden_place(pattern));
    }

    fn label(&self, pattern: &str) -> String {
        if self.item.is_empty() {
            return label(pattern);
        }
        let known = crate::schema::member(pattern).map(|member| member.label.to_owned());
        let last = || pattern.rsplit('.').next().unwrap_or(pattern).to_owned();
        format!("{}: {}", self.item, small(&known.unwrap_or_else(last)))
    }

    fn change(
        &self,
        kind: Kind,
        old: &Side<'_>,
        new: &Side<'_>,
        label: String,
        noun: &str,
    ) -> Change {
        Change {
            kind,
            old_path: old.place(),
            new_path: new.place(),
            subject: self.subject.clone(),
            label,
            noun: noun.to_owned(),
            of_item: !self.item.is_empty(),
            before: String::new(),
            after: String::new(),
            words: Vec::new(),
            secret: false,
            effects: Vec::new(),
        }
    }

    fn push(
        &mut self,
        change: Change,
        pattern: &str,
        old: &Side<'_>,
        new: &Side<'_>,
        secret: bool,
    ) {
        let told = Told { pattern, old: old.value, new: new.value, change: &change };
        let effects = effect::effects(&told);
        let credential = |side: &Side<'_>| side.value.is_some_and(holds_credential);
        let secret = secret || credential(old) || credential(new);
        self.found.push(Change { secret, effects, ..change });
    }
}

fn kind(old: &Side<'_>, new: &Side<'_>) -> Kind {
    match (old.is_absent(), new.is_absent()) {
        (true, false) => Kind::Added,
        (false, true) => Kind::Removed,
        _ => Kind::Changed,
    }
}

fn is_word(value: &Value) -> bool {
    !value.is_object() && !value.is_array()
}

/// Lists of words in which the order says nothing.
fn is_set(pattern: &str) -> bool {
    const SETS: [&str; 8] = [
        "requiresCompatibilities",
        "containerDefinitions.*.links",
        "containerDefinitions.*.dockerSecurityOptions",
        "containerDefinitions.*.credentialSpecs",
        "containerDefinitions.*.restartPolicy.ignoredExitCodes",
        "containerDefinitions.*.linuxParameters.capabilities.add",
        "containerDefinitions.*.linuxParameters.capabilities.drop",
        "containerDefinitions.*.linuxParameters.devices.*.permissions",
    ];
    SETS.contains(&pattern)
}
