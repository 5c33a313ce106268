//! Undo and redo of a sandbox, and its past states.

use std::sync::Arc;

use super::{Context, Done, Sandbox, entry, is_bookkeeping, lock};
use crate::world::clock::{Clock, Moment};
use crate::world::diff;
use crate::world::history::{Direction, History, Step, Unkept};
use crate::world::ledger::{Entry, Ledger};
use crate::world::object::Kind;
use crate::world::timers::Postponed;
use crate::world::tx::Tx;
use crate::world::{KindDef, World};

/// What an undo or a redo did.
#[derive(Debug)]
pub struct Travelled {
    /// The steps that were undone or redone, oldest first.
    pub steps: Vec<Step>,
    /// The commit.
    pub entry: Arc<Entry>,
    /// Timers that came back overdue, and what moved along with them.
    pub postponed: Vec<Postponed>,
    /// What the clock was set forward to, when what is undone had set it back.
    pub clock: Option<Moment>,
}

/// An undo or a redo is not possible.
#[derive(Debug, PartialEq, Eq)]
pub enum Stuck<E> {
    /// Only this many steps can be undone or redone.
    Few(usize),
    /// The present world does not allow it.
    Refused(E),
}

/// The steps of a sandbox and where they have led.
#[derive(Debug)]
pub struct Timeline {
    /// The steps, oldest first.
    pub steps: Vec<Step>,
    /// The world after the last of them.
    pub head: Arc<World>,
    /// How many steps were dropped to stay within the bounds.
    pub evicted: u64,
    /// How many times one can undo from here.
    pub undoable: usize,
    /// How many times one can redo from here.
    pub redoable: usize,
}

impl Sandbox {
    /// The steps and where they have led, at one moment.
    #[must_use]
    pub fn timeline(&self) -> Timeline {
        let history = lock(&self.history);
        Timeline {
            steps: history.steps().cloned().collect(),
            head: self.head.load_full(),
            evicted: history.evicted,
            undoable: history.possible(Direction::Undo),
            redoable: history.possible(Direction::Redo),
        }
    }

    /// Undoes or redoes steps in one commit, if `allow` has nothing against it. The clock stays,
    /// and so does what is no part of an organisation, with its timers. A clock that an undone
    /// load or reset had set back goes forward again to where it was: the world that comes back
    /// knows of that time. `real` is the real time.
    ///
    /// # Errors
    /// [`Stuck`]; nothing changed then.
    pub fn travel<E>(
        &self,
        context: &Context,
        direction: Direction,
        steps: usize,
        real: Moment,
        allow: impl FnOnce(&World) -> Result<(), E>,
    ) -> Result<Travelled, Stuck<E>> {
        let _turn = self.turn();
        let before = self.head.load_full();
        allow(&before).map_err(Stuck::Refused)?;
        let journey = lock(&self.history).way(direction, steps);
        let journey = journey.map_err(Stuck::Few)?;
        let clocks = journey.clocks.iter().map(|clock| clock.now(real));
        let clock = clocks.max().filter(|shown| *shown > context.now);
        let mut tx = Tx::new(Arc::clone(&before), clock.unwrap_or(context.now));
        let kinds = (self.engine.kinds)().iter();
        let bookkeeping: Vec<Kind> = kinds
            .filter(|def: &&KindDef| def.bookkeeping)
            .map(|def| def.kind)
            .collect();
        let defs = self.engine.timers;
        let postponed = tx.return_to(&journey.target, &bookkeeping, journey.since, defs);
        if let Some(shown) = clock {
            tx.set_clock(Clock {
                shown,
                anchor: real,
                ..before.clock
            });
        }
        let at = tx.now();
        let (world, mut changes, notes) = tx.finish();
        self.check(&world, &changes);
        changes.retain(|change| !is_bookkeeping(change));
        let done = Done {
            changes,
            switches: diff::switches(&before, &world),
        };
        let entry = entry(context, None, (world.revision, at), done, &notes);
        let entry = Arc::new(entry);
        let weight = entry.weight();
        let steps = {
            let mut history = lock(&self.history);
            self.leave_course();
            self.head.store(Arc::new(world));
            let steps = history.travelled(direction, &journey, &entry, weight, before);
            self.bound(&mut history);
            steps
        };
        if let Some(baseline) = journey.baseline {
            self.baseline.store(baseline);
        }
        self.append(&entry, weight);
        Ok(Travelled {
            steps,
            entry,
            postponed,
            clock,
        })
    }

    /// Looks into the history.
    pub fn history<R>(&self, look: impl FnOnce(&History) -> R) -> R {
        look(&lock(&self.history))
    }

    /// The world of a revision, and since when it stood.
    ///
    /// # Errors
    /// [`Unkept`]
    pub fn at_revision(&self, revision: u64) -> Result<(Moment, Arc<World>), Unkept> {
        // Whoever changes one of both holds this lock.
        let history = lock(&self.history);
        history.at_revision(&self.head.load_full(), revision)
    }

    /// The world as it stood at a moment.
    ///
    /// # Errors
    /// [`Unkept`]
    pub fn at_moment(&self, at: Moment) -> Result<Arc<World>, Unkept> {
        let history = lock(&self.history);
        history.at_moment(&self.head.load_full(), at)
    }

    /// A sandbox of its own that shows a past world: its clock stands at that moment, and its
    /// ledger ends there. What is done to it is nobody's.
    #[must_use]
    pub fn as_of(&self, world: &World, at: Moment) -> Self {
        let shown = World {
            clock: Clock::frozen(at),
            ..world.clone()
        };
        let past = Self::new(self.engine, self.limits, Arc::new(shown));
        let known = self.ledger(|ledger: &mut Ledger| {
            let entries = ledger.entries().map(Arc::clone);
            let known = entries.take_while(|entry| entry.revision <= world.revision);
            known.collect::<Vec<_>>()
        });
        for entry in &known {
            past.append(entry, entry.weight());
        }
        past
    }
}
