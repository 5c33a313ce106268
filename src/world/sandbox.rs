//! A sandbox: one isolated simulation. Readers never wait; one writer at a time works on a draft.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arc_swap::ArcSwap;

use super::clock::{Clock, Moment};
use super::ledger::{Actor, Change, Entry, Ledger, LedgerLimits};
use super::object::Object;
use super::timers::Fired;
use super::tx::{Notes, Signature, Tx};
use super::{Engine, World};

/// The bounds of a sandbox.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How much of the ledger is kept.
    pub ledger: LedgerLimits,
    /// Earlier worlds kept.
    pub history: usize,
    /// Timers that one call may fire.
    pub timers_per_call: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            ledger: LedgerLimits {
                entries: 10_000,
                changes: 200_000,
                bytes: 64 * 1024 * 1024,
            },
            history: 200,
            timers_per_call: 100_000,
        }
    }
}

/// On whose behalf, by which operation and when a write happens.
#[derive(Debug, Clone)]
pub struct Context {
    /// The sandbox time.
    pub now: Moment,
    /// Who acts.
    pub actor: Actor,
    /// The operation's id.
    pub operation: &'static str,
    /// The request's tracking id.
    pub tracking_id: Arc<str>,
}

/// What a write that succeeded answers.
#[derive(Debug)]
pub struct Written<R> {
    /// The value of the work.
    pub value: R,
    /// The commit, unless nothing changed.
    pub entry: Option<Arc<Entry>>,
    /// What the work told.
    pub notes: Notes,
}

/// One isolated simulation.
#[derive(Debug)]
pub struct Sandbox {
    engine: &'static Engine,
    limits: Limits,
    head: ArcSwap<World>,
    baseline: ArcSwap<World>,
    writer: Mutex<()>,
    ledger: Mutex<Ledger>,
    history: Mutex<VecDeque<Arc<World>>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic inside a write drops the draft; what the mutex guards is never half-changed.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Sandbox {
    /// A sandbox that starts with `world`, to which a reset leads back.
    #[must_use]
    pub fn new(engine: &'static Engine, limits: Limits, world: Arc<World>) -> Self {
        Self {
            engine,
            limits,
            head: ArcSwap::new(Arc::clone(&world)),
            baseline: ArcSwap::new(world),
            writer: Mutex::new(()),
            ledger: Mutex::default(),
            history: Mutex::default(),
        }
    }

    /// The current world.
    #[must_use]
    pub fn read(&self) -> Arc<World> {
        self.head.load_full()
    }

    /// The current world for the length of a short look, without touching its count.
    #[must_use]
    pub fn peek(&self) -> arc_swap::Guard<Arc<World>> {
        self.head.load()
    }

    /// The world a reset leads back to.
    #[must_use]
    pub fn baseline(&self) -> Arc<World> {
        self.baseline.load_full()
    }

    /// The engine's tables.
    #[must_use]
    pub fn engine(&self) -> &'static Engine {
        self.engine
    }

    /// Runs `work` on a draft and publishes it. An error or a panic leaves no trace. Work that
    /// changes nothing makes no commit.
    ///
    /// # Errors
    /// Whatever `work` answers.
    pub fn write<R, E>(
        &self,
        context: &Context,
        work: impl FnOnce(&mut Tx) -> Result<R, E>,
    ) -> Result<Written<R>, E> {
        let guard = lock(&self.writer);
        let mut tx = Tx::new(self.head.load_full(), context.now);
        let value = work(&mut tx)?;
        if !tx.changed() {
            let notes = tx.notes().clone();
            return Ok(Written {
                value,
                entry: None,
                notes,
            });
        }
        let (notes, entry) = self.commit(tx, context);
        drop(guard);
        Ok(Written {
            value,
            entry,
            notes,
        })
    }

    fn commit(&self, mut tx: Tx, context: &Context) -> (Notes, Option<Arc<Entry>>) {
        let base = Arc::clone(tx.base());
        let at = tx.now();
        let signature = tx.take_signature();
        let switched = tx.switched();
        let (mut world, mut changes, notes) = tx.finish();
        if cfg!(debug_assertions) {
            for check in self.engine.checks {
                let violations = (check.on_change)(&world, &changes);
                debug_assert!(violations.is_empty(), "{}: {violations:?}", check.name);
            }
        }
        changes.retain(|change| !is_bookkeeping(change));
        if changes.is_empty() && !switched && notes.lost.is_empty() {
            world.revision = base.revision;
            self.head.store(Arc::new(world));
            return (notes, None);
        }
        let continues = signature.as_ref().is_some_and(|signed| signed.continues);
        let entry = entry(context, signature, (world.revision, at), changes, &notes);
        self.head.store(Arc::new(world));
        if !continues {
            self.remember(base);
        }
        let entry = Arc::new(entry);
        lock(&self.ledger).append(Arc::clone(&entry), &self.limits.ledger);
        (notes, Some(entry))
    }

    fn remember(&self, world: Arc<World>) {
        let mut history = lock(&self.history);
        history.push_back(world);
        while history.len() > self.limits.history {
            history.pop_front();
        }
    }

    /// Runs every timer that is due at `until`, each in a write of its own at its own moment.
    /// Answers what fired, in order.
    pub fn run_due(&self, until: Moment, context: &Context) -> Vec<Fired> {
        let mut fired = Vec::new();
        while fired.len() < self.limits.timers_per_call {
            match self.fire_next(until, context) {
                Some(one) => fired.push(one),
                None => break,
            }
        }
        fired
    }

    /// Runs the first timer that is due at `until`.
    pub fn fire_next(&self, until: Moment, context: &Context) -> Option<Fired> {
        if self.peek().timers().next().is_none_or(|(at, _)| at > until) {
            return None;
        }
        let _guard = lock(&self.writer);
        let mut tx = Tx::new(self.head.load_full(), context.now);
        let (at, timer) = tx.take_due(until)?;
        tx.set_now(at.max(context.now.min(at)));
        let mut defs = self.engine.timers.iter().flat_map(|defs| defs.iter());
        if let Some(def) = defs.find(|def| def.kind == timer.kind) {
            (def.fire)(&mut tx, timer.subject);
        }
        self.commit(tx, context);
        Some(Fired {
            at,
            kind: timer.kind,
            subject: timer.subject,
        })
    }

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
        let _guard = lock(&self.writer);
        let before = self.head.load_full();
        if !before.is_where(base) {
            return false;
        }
        let mut next = World::clone(&fork.head.load());
        next.clock = before.clock;
        let moved = next.revision != before.revision;
        self.head.store(Arc::new(next));
        if moved {
            self.remember(before);
        }
        let entries: Vec<_> = fork.ledger(|done| done.entries().map(Arc::clone).collect());
        let mut ledger = lock(&self.ledger);
        for entry in entries {
            ledger.append(entry, &self.limits.ledger);
        }
        true
    }

    /// Replaces the world, as a reset or a load does. The revision rises.
    pub fn replace(&self, world: &World) -> Arc<World> {
        self.replace_by(|_| world.clone())
    }

    /// Replaces the world by one that is made of it. The revision rises.
    pub fn replace_by(&self, make: impl FnOnce(&World) -> World) -> Arc<World> {
        let _guard = lock(&self.writer);
        let before = self.head.load_full();
        let mut next = make(&before);
        next.revision = before.revision.max(next.revision) + 1;
        let next = Arc::new(next);
        self.head.store(Arc::clone(&next));
        self.remember(before);
        next
    }

    /// Makes a world the one a reset leads back to.
    pub fn set_baseline(&self, world: Arc<World>) {
        self.baseline.store(world);
    }

    /// Sets the clock without a commit: it is no part of what people undo.
    pub fn set_clock(&self, clock: Clock) {
        let _guard = lock(&self.writer);
        let mut world = World::clone(&self.head.load());
        world.clock = clock;
        self.head.store(Arc::new(world));
    }

    /// Looks into the ledger.
    pub fn ledger<R>(&self, look: impl FnOnce(&mut Ledger) -> R) -> R {
        look(&mut lock(&self.ledger))
    }

    /// The world at a revision: the newest kept one that is not newer.
    #[must_use]
    pub fn at_revision(&self, revision: u64) -> Option<Arc<World>> {
        let head = self.read();
        if head.revision <= revision {
            return (head.revision == revision).then_some(head);
        }
        let history = lock(&self.history);
        history
            .iter()
            .rev()
            .find(|world| world.revision <= revision)
            .cloned()
    }

    /// Forgets the ledger and earlier worlds.
    pub fn forget(&self) {
        lock(&self.ledger).clear();
        lock(&self.history).clear();
    }
}

/// Whether a change only tells how work goes on.
fn is_bookkeeping(change: &Change) -> bool {
    let object = change.after.as_ref().or(change.before.as_ref());
    object.is_some_and(Object::is_bookkeeping)
}

fn entry(
    context: &Context,
    signature: Option<Signature>,
    (revision, at): (u64, Moment),
    changes: Vec<Change>,
    notes: &Notes,
) -> Entry {
    let signature = signature.unwrap_or_else(|| Signature {
        actor: context.actor.clone(),
        operation: context.operation,
        tracking_id: Arc::clone(&context.tracking_id),
        continues: false,
    });
    Entry {
        revision,
        at,
        actor: signature.actor,
        operation: signature.operation,
        tracking_id: signature.tracking_id,
        changes,
        lost: notes.lost.clone(),
        rules: notes.rules.clone(),
        rules_of: notes.rules_of.clone(),
        warnings: notes.warnings.clone(),
    }
}
