//! Who follows which part of something large: a signal of the whole would ask each of a thousand
//! fields whether the change was theirs.

use std::collections::HashMap;

use leptos::prelude::*;
use leptos::reactive::signal::ArcTrigger;

/// Who follows what, by the path of a field. A path that nobody follows any more stays, as another field
/// may come there: there are as many as the form ever had fields.
#[derive(Clone, Copy, Default)]
pub(crate) struct Followers(StoredValue<HashMap<String, ArcTrigger>>);

impl Followers {
    /// Lets whoever reads here follow a path.
    pub fn follow(self, path: &str) {
        let known = self.0.with_value(|parts| parts.get(path).cloned());
        let part = known.unwrap_or_else(|| {
            let part = ArcTrigger::new();
            self.0.update_value(|parts| {
                parts.insert(path.to_owned(), part.clone());
            });
            part
        });
        part.track();
    }

    /// Wakes those whose path passes.
    pub fn wake(self, passes: impl Fn(&str) -> bool) {
        let woken: Vec<_> = self.0.with_value(|parts| {
            let touched = parts.iter().filter(|(path, _)| passes(path));
            touched.map(|(_, part)| part.clone()).collect()
        });
        for part in woken {
            part.notify();
        }
    }
}
