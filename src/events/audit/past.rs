//! What events are about beside what changed: whoever has settings, and the customer of a
//! subscriber. Some of them are gone by now, and the log tells of them all the same.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::kinds;
use crate::world::{Entity, Entry, Key, Kind, Object, World};

/// The kinds of things that events about other things name.
const KINDS: [Kind; 3] = [kinds::PERSON, kinds::WORKSPACE, kinds::CUSTOMER];

/// The world as it is, and what has gone from it.
#[derive(Debug)]
pub struct Past<'w> {
    /// The world as it is.
    pub world: &'w World,
    gone: BTreeMap<Key, Object>,
}

impl<'w> Past<'w> {
    /// A world, and what the entries of a ledger tell of what is gone, the oldest first. It may be
    /// older than the newest of them.
    pub fn of<'a>(world: &'w World, entries: impl Iterator<Item = &'a Arc<Entry>>) -> Self {
        let changes = entries.flat_map(|entry| &entry.changes);
        let gone = changes.filter(|it| it.after.is_none() && KINDS.contains(&it.key.0));
        let gone = gone.filter_map(|it| Some((it.key, it.before.clone()?)));
        Self {
            world,
            gone: gone.collect(),
        }
    }

    /// What stands under a key, or stood there last.
    pub(super) fn object(&self, key: Key) -> Option<&Object> {
        self.world.object(key).or_else(|| self.gone.get(&key))
    }

    /// The same, as what it is.
    pub(super) fn get<T: Entity>(&self, id: uuid::Uuid) -> Option<&T> {
        self.object((T::KIND, id))?.downcast()
    }
}
