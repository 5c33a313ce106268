//! What names are looked up in: the world, and what the ledger tells of that has gone since.

use std::sync::Arc;

use uuid::Uuid;

use crate::control::naming::{self, Named};
use crate::http::Call;
use crate::model::{Person, spaces};
use crate::world::{Change, Entry, Object, World};

/// The ledger, with everything that it tells of.
///
/// What a commit deleted stands in that commit, and the ledger drops its oldest entries first: so
/// whatever an entry tells of is there, or some later entry keeps it. What a reset or a load took
/// away stands in the world before it, which history keeps.
#[derive(Debug)]
pub struct Known {
    world: Arc<World>,
    gone: World,
    replaced: Vec<Arc<World>>,
    /// The entries, oldest first.
    pub entries: Vec<Arc<Entry>>,
    /// How many entries are no longer kept.
    pub evicted: u64,
}

impl Known {
    /// What is known in the sandbox of a call.
    #[must_use]
    pub fn of(call: &Call<'_>) -> Self {
        // The world before the ledger: what goes in between is in both, not in neither.
        let world = call.read();
        let sandbox = &call.tenant.sandbox;
        let (entries, evicted): (Vec<Arc<Entry>>, u64) = sandbox.ledger(|ledger| {
            let entries = ledger.entries().map(Arc::clone).collect();
            (entries, ledger.evicted)
        });
        let deleted = |change: &Change| match (&change.before, &change.after) {
            (Some(object), None) => Some((change.key, object.clone())),
            _ => None,
        };
        let changes = entries.iter().flat_map(|entry| &entry.changes);
        Self {
            gone: World::of_objects(world.clock, changes.filter_map(deleted)),
            replaced: sandbox.history(|history| history.replaced().map(Arc::clone).collect()),
            world,
            entries,
            evicted,
        }
    }

    /// Where to look, in this order.
    #[must_use]
    pub fn worlds(&self) -> Vec<&World> {
        let replaced = self.replaced.iter().map(|world| &**world);
        [&*self.world, &self.gone]
            .into_iter()
            .chain(replaced)
            .collect()
    }

    /// A person or a workspace that is or was there.
    #[must_use]
    pub fn holder(&self, id: Uuid) -> Option<Named> {
        let mut worlds = self.worlds().into_iter();
        worlds.find_map(|world| naming::holder(world, id))
    }

    /// Who has an e-mail address, and those who had it and are gone; when nobody has it, whoever
    /// had it.
    #[must_use]
    pub(super) fn with_email(&self, email: &str) -> Vec<Uuid> {
        let present = self.world.find(spaces::EMAIL, Uuid::nil(), email);
        let mut found: Vec<Uuid> = present.into_iter().collect();
        let mut add = |id: Uuid| {
            let is_gone = present.is_none() || self.world.get::<Person>(id).is_none();
            if is_gone && !found.contains(&id) {
                found.push(id);
            }
        };
        for world in &self.replaced {
            if let Some(id) = world.find(spaces::EMAIL, Uuid::nil(), email) {
                add(id);
            }
        }
        let had = |object: &Object| {
            let person = object.downcast::<Person>();
            person.is_some_and(|person| person.email.as_str() == email)
        };
        for change in self.entries.iter().flat_map(|entry| &entry.changes) {
            if change.before.iter().chain(&change.after).any(had) {
                add(change.key.1);
            }
        }
        found
    }
}
