//! Eventual consistency: for a while, reading shows the world without what was
//! changed last.

use crate::world::World;

/// The world as it would be without the changes that are not yet seen.
#[derive(Debug, Default)]
pub(crate) struct Past(Option<Unchanged>);

/// A copy of the world from before a change.
#[derive(Debug)]
pub(crate) struct Unchanged {
    world: World,
    /// When the change is seen, in milliseconds since the epoch.
    until: i64,
}

impl Past {
    /// A copy of the world to remember if the change that follows succeeds.
    pub(crate) fn before(world: &World, now: i64, lag_ms: u64) -> Option<Unchanged> {
        if lag_ms == 0 {
            return None;
        }
        // The way through a document is slow, but every world has been proved to survive it: it
        // is how worlds are saved. A copy that fails only means that the change is seen at once.
        let copy = serde_json::to_vec(world).and_then(|saved| serde_json::from_slice(&saved));
        let until = now.saturating_add(i64::try_from(lag_ms).unwrap_or(i64::MAX));
        copy.ok().map(|world| Unchanged { world, until })
    }

    /// Remembers the world from before a change at `now`, unless an older one is still shown.
    pub(crate) fn remember(&mut self, before: Option<Unchanged>, now: i64) {
        self.forget(now);
        if self.0.is_none() {
            self.0 = before;
        }
    }

    fn forget(&mut self, now: i64) {
        if self.0.as_ref().is_some_and(|past| past.until <= now) {
            self.0 = None;
        }
    }

    /// The world that a reader sees at `now`, where it is not the real one.
    pub(crate) fn seen(&mut self, now: i64) -> Option<&mut World> {
        self.forget(now);
        let past = self.0.as_mut()?;
        past.world.advance(now);
        Some(&mut past.world)
    }
}
