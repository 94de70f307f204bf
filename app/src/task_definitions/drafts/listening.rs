//! When a draft is saved and looked at: while it is typed, when a field, the window or the page is
//! left, and every few seconds while it is in sight.

use std::time::Duration;

use leptos::prelude::*;

use super::book::Copied;
use super::browser;
use super::keeping::{Keeping, Stand, Why};
use super::model::{Draft, Newer};

/// How long after a change the browser has it: writing a large document takes longer than a key may.
const COPY_AFTER: Duration = Duration::from_millis(200);
/// How long after a change it is saved.
const SAVE_AFTER: Duration = Duration::from_secs(1);
/// How often an open draft is looked at.
const LOOK_EACH: Duration = Duration::from_secs(4);
/// What happens when somebody turns away: the text is saved at once.
const TURNING_AWAY: [&str; 3] = ["blur", "focusout", "visibilitychange"];
/// What happens when the page goes away.
const GOING: &str = "pagehide";
/// What happens when the line is back.
const COMING_BACK: &str = "online";

impl Keeping {
    /// Listens from now on; in the browser only, where effects run.
    pub(super) fn listen(self, draft: Option<Draft>) {
        let opened = StoredValue::new(Some(draft));
        Effect::new(move |_| {
            if let Some(draft) = opened.try_update_value(Option::take).flatten() {
                self.bring_back(draft.as_ref());
                self.watch();
                self.look();
            }
        });
        Effect::new(move |_| {
            self.json.track();
            self.copy_soon();
        });
    }

    fn copy_soon(self) {
        if self.copying.with_value(Option::is_none) {
            let timer = set_timeout_with_handle(move || self.catch_up(), COPY_AFTER).ok();
            self.copying.set_value(timer);
        }
    }

    /// Takes what was typed in the last moment: whoever saves calls this first.
    pub(super) fn catch_up(self) {
        if let Some(timer) = self.copying.try_update_value(Option::take).flatten() {
            timer.clear();
            let text = untrack(|| self.text());
            self.typed(&text);
        }
    }

    /// Brings back what the browser has kept: of this draft at once, of a form that never became a
    /// draft when the person wants it.
    fn bring_back(self, draft: Option<&Draft>) {
        let read = |key: &str| serde_json::from_str::<Copied>(&browser::kept(key)?).ok();
        let Some(draft) = draft else {
            let found = browser::keys(&self.keys_of_new()).into_iter();
            let found = found.filter_map(|key| read(&key).map(|copy| (key, copy)));
            let from = self.book.with_value(|book| book.from.clone());
            let newest =
                found.filter(|(_, copy)| copy.from == from).max_by_key(|(_, copy)| copy.at);
            return self.found.set(newest);
        };
        // What this window has kept, or else the newest of one that is gone.
        let own = self.key();
        let copies = self.keys_of_draft().into_iter();
        let copies = copies.filter_map(|key| read(&key).map(|copy| (key, copy)));
        let Some((key, copy)) = copies.max_by_key(|(key, copy)| (*key == own, copy.at)) else {
            return;
        };
        self.book.update_value(|book| {
            book.version = copy.version;
            book.base = copy.base.clone();
        });
        self.put(&copy.text);
        self.copy(&copy.text);
        if key != own {
            browser::forget(&key);
        }
        let clock = browser::clock(copy.at);
        self.say(format!("What you typed until {clock} is back: this browser had kept it."));
        if draft.row.version != copy.version {
            let by = Some(draft.row.changed_by.clone());
            let newer = Newer { version: draft.row.version, text: draft.text.clone(), by };
            self.meet(newer, &copy.text);
        }
    }

    fn watch(self) {
        let hear = |name: &'static str, act: fn(Self)| {
            let heard = window_event_listener_untyped(name, move |_| act(self));
            on_cleanup(move || heard.remove());
        };
        for name in TURNING_AWAY {
            hear(name, Self::save);
        }
        hear(GOING, Self::save_late);
        hear(COMING_BACK, Self::save);
        let timer = set_interval_with_handle(move || self.look(), LOOK_EACH);
        if let Ok(timer) = timer {
            on_cleanup(move || timer.clear());
        }
        // Left for another page of the console: this one goes on until it is answered.
        on_cleanup(move || self.save());
    }

    /// Something may have been typed.
    fn typed(self, text: &str) {
        let (ended, base) = self.book.with_value(|book| (book.ended, book.base == text));
        if ended {
            return;
        }
        if base {
            self.drop_copy();
            if self.id.with_untracked(Option::is_none) {
                self.stop_timer();
                self.stand.set(Stand::Untouched);
            }
            return;
        }
        self.copy(text);
        if !matches!(self.stand.get_untracked(), Stand::Choosing | Stand::NotSaved(Why::Gone)) {
            self.save_in(SAVE_AFTER);
        }
    }

    /// Saves after a while, unless it is going to anyhow.
    pub(super) fn save_in(self, pause: Duration) {
        if self.timer.with_value(Option::is_none) {
            let timer = set_timeout_with_handle(move || self.save(), pause).ok();
            self.timer.set_value(timer);
        }
    }

    /// Says something to everybody, those who listen to the page included.
    pub(super) fn say(self, text: String) {
        crate::ui::announce(&text);
        self.said.set(Some(text));
    }
}
