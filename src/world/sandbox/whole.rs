//! What concerns a sandbox's world as a whole: fork, adoption, replacement and baseline.

use std::sync::Arc;

use super::Limits;
use super::{Context, Done, Sandbox, entry, lock};
use crate::world::World;
use crate::world::diff;
use crate::world::history::{Baselines, Part};
use crate::world::ledger::LedgerLimits;
use crate::world::tx::Notes;

impl Sandbox {
    /// A sandbox of its own that starts where this one stands, without ledger and history, for
    /// work that is tried out. Its ledger keeps everything.
    #[must_use]
    pub fn fork(&self) -> Self {
        let limits = Limits {
            ledger: LedgerLimits::NONE,
            history: 0,
            ..self.limits
        };
        Self::new(self.engine, limits, self.read())
    }

    /// Takes over what a fork has done since it was made of `base`, as one step of history. The
    /// clock stays as it is. Answers false, and does nothing, when this sandbox has moved on from
    /// `base`.
    pub fn adopt(&self, base: &World, fork: &Self) -> bool {
        let _turn = self.turn();
        let before = self.head.load_full();
        if !before.is_where(base) {
            return false;
        }
        let mut next = World::clone(&fork.head.load());
        next.clock = before.clock;
        let entries: Vec<_> = fork.ledger(|done| done.entries().map(Arc::clone).collect());
        let weighed: Vec<_> = entries
            .iter()
            .map(|entry| (entry, entry.weight()))
            .collect();
        {
            let mut history = lock(&self.history);
            self.head.store(Arc::new(next));
            if let Some(((first, weight), rest)) = weighed.split_first() {
                history.note(first, *weight, before, Part::First);
                history.note_rest(rest);
                self.bound(&mut history);
            }
        }
        for (entry, weight) in weighed {
            self.append(entry, weight);
        }
        true
    }

    /// Replaces the world, as a load does. The revision rises.
    pub fn replace(&self, context: &Context, world: &World) -> Arc<World> {
        self.replace_by(context, |_| world.clone()).1
    }

    /// The same by what is called `brought` in the history. Answers the worlds before and after it.
    pub fn bring(
        &self,
        context: &Context,
        world: &World,
        brought: String,
    ) -> (Arc<World>, Arc<World>) {
        let _turn = self.turn();
        self.replace_in_turn(context, Some(brought), |_| world.clone())
    }

    /// Replaces the world by one that is made of it, as a reset does: one step of history, but no
    /// commit of the ledger. The revision rises.
    /// Answers the worlds before and after it.
    pub fn replace_by(
        &self,
        context: &Context,
        make: impl FnOnce(&World) -> World,
    ) -> (Arc<World>, Arc<World>) {
        let _turn = self.turn();
        self.replace_in_turn(context, None, make)
    }

    /// Replaces the world and makes the new one what a reset leads back to, as loading a scenario
    /// does: both are one step of history.
    pub fn rebase(&self, context: &Context, world: &World) -> Arc<World> {
        let _turn = self.turn();
        let (head, after) = self.replace_in_turn(context, None, |_| world.clone());
        let before = self.baseline.swap(Arc::clone(&after));
        let weight = diff::own_bytes(&head, &before);
        let baselines = Baselines {
            before,
            after: Arc::clone(&after),
        };
        let mut history = lock(&self.history);
        history.note_baselines(baselines, weight);
        self.bound(&mut history);
        after
    }

    fn replace_in_turn(
        &self,
        context: &Context,
        brought: Option<String>,
        make: impl FnOnce(&World) -> World,
    ) -> (Arc<World>, Arc<World>) {
        let before = self.head.load_full();
        let mut next = make(&before);
        // A world that came from a document shares nothing: what is equal in it has not changed.
        diff::share(&before, &mut next);
        next.revision = before.revision.max(next.revision) + 1;
        let next = Arc::new(next);
        let done = Done {
            changes: diff::changes(&before, &next),
            switches: diff::switches(&before, &next),
        };
        let at = (next.revision, context.now);
        let mut entry = entry(context, None, at, done, &Notes::default());
        entry.brought = brought;
        let base = Arc::clone(&before);
        self.note_replaced(&next, context.now);
        self.publish(Arc::clone(&next), &entry, entry.weight(), base, Part::Whole);
        (before, next)
    }
}
