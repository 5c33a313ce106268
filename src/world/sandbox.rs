//! A sandbox: one isolated simulation. Readers never wait; one writer at a time works on a draft.

mod time;
mod travel;
mod turn;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use arc_swap::ArcSwap;

pub use travel::{Stuck, Timeline, Travelled};
pub use turn::Watcher;

use super::clock::Moment;
use super::diff;
use super::history::{History, Part};
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
    /// Steps kept in history, each with the world before it.
    pub history: usize,
    /// Changed objects of the steps in history altogether.
    pub history_changes: usize,
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
            history_changes: 200_000,
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
    history: Mutex<History>,
    replaced: AtomicU64,
    watcher: OnceLock<Arc<dyn Watcher>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic inside a write drops the draft; what the mutex guards is never half-changed.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Sandbox {
    /// A sandbox that starts with `world`, to which a reset leads back.
    #[must_use]
    pub fn new(engine: &'static Engine, limits: Limits, world: Arc<World>) -> Self {
        let mut history = History::default();
        history.begin(world.clock.shown);
        Self {
            engine,
            limits,
            head: ArcSwap::new(Arc::clone(&world)),
            baseline: ArcSwap::new(world),
            writer: Mutex::new(()),
            ledger: Mutex::default(),
            history: Mutex::new(history),
            replaced: AtomicU64::new(0),
            watcher: OnceLock::new(),
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
        let turn = self.turn();
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
        let (notes, entry) = self.commit(tx, context, None);
        drop(turn);
        Ok(Written {
            value,
            entry,
            notes,
        })
    }

    /// Publishes a draft. `run` is the revision of the first commit of the same operation.
    fn commit(
        &self,
        mut tx: Tx,
        context: &Context,
        run: Option<u64>,
    ) -> (Notes, Option<Arc<Entry>>) {
        let base = Arc::clone(tx.base());
        let at = tx.now();
        let signature = tx.take_signature();
        let switched = tx.switched();
        let (mut world, mut changes, notes) = tx.finish();
        self.check(&world, &changes);
        changes.retain(|change| !is_bookkeeping(change));
        if changes.is_empty() && !switched && notes.lost.is_empty() {
            world.revision = base.revision;
            self.head.store(Arc::new(world));
            return (notes, None);
        }
        let part = match (signature.as_ref(), run) {
            (Some(signed), _) if signed.continues => Part::OfTask,
            (_, Some(first)) => Part::Since(first),
            _ => Part::First,
        };
        let entry = entry(context, signature, (world.revision, at), changes, &notes);
        let entry = Arc::new(entry);
        self.head.store(Arc::new(world));
        self.remember(&entry, base, part);
        self.append(&entry);
        (notes, Some(entry))
    }

    /// Proves the invariants on a write of a debug build.
    fn check(&self, world: &World, changes: &[Change]) {
        if cfg!(debug_assertions) {
            for check in self.engine.checks {
                let violations = (check.on_change)(world, changes);
                debug_assert!(violations.is_empty(), "{}: {violations:?}", check.name);
            }
        }
    }

    fn append(&self, entry: &Arc<Entry>) {
        lock(&self.ledger).append(Arc::clone(entry), &self.limits.ledger);
    }

    fn remember(&self, entry: &Entry, before: Arc<World>, part: Part) {
        let mut history = lock(&self.history);
        history.note(entry, before, part);
        history.bound(self.limits.history, self.limits.history_changes);
    }

    /// Runs every timer that is due at `until`, each in a write of its own at its own moment.
    /// Answers what fired, in order.
    pub fn run_due(&self, until: Moment, context: &Context) -> Vec<Fired> {
        let mut fired = Vec::new();
        let mut run = None;
        while fired.len() < self.limits.timers_per_call {
            match self.fire(until, context, run) {
                Some((one, revision)) => {
                    fired.push(one);
                    run = run.or(revision);
                }
                None => break,
            }
        }
        fired
    }

    /// Runs the first timer that is due at `until`.
    pub fn fire_next(&self, until: Moment, context: &Context) -> Option<Fired> {
        self.fire(until, context, None).map(|(fired, _)| fired)
    }

    /// Runs the first timer that is due. Answers what fired, and the revision it led to.
    fn fire(
        &self,
        until: Moment,
        context: &Context,
        run: Option<u64>,
    ) -> Option<(Fired, Option<u64>)> {
        if self.peek().timers().next().is_none_or(|(at, _)| at > until) {
            return None;
        }
        let _turn = self.turn();
        let mut tx = Tx::new(self.head.load_full(), context.now);
        let (at, timer) = tx.take_due(until)?;
        tx.set_now(at.max(context.now.min(at)));
        let mut defs = self.engine.timers.iter().flat_map(|defs| defs.iter());
        if let Some(def) = defs.find(|def| def.kind == timer.kind) {
            (def.fire)(&mut tx, timer.subject);
        }
        let (_, entry) = self.commit(tx, context, run);
        let fired = Fired {
            at,
            kind: timer.kind,
            subject: timer.subject,
        };
        Some((fired, entry.map(|entry| entry.revision)))
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
        let _turn = self.turn();
        let before = self.head.load_full();
        if !before.is_where(base) {
            return false;
        }
        let mut next = World::clone(&fork.head.load());
        next.clock = before.clock;
        self.head.store(Arc::new(next));
        let entries: Vec<_> = fork.ledger(|done| done.entries().map(Arc::clone).collect());
        if let Some((first, rest)) = entries.split_first() {
            let mut history = lock(&self.history);
            history.note(first, before, Part::First);
            history.note_rest(rest);
            history.bound(self.limits.history, self.limits.history_changes);
        }
        for entry in &entries {
            self.append(entry);
        }
        true
    }

    /// Replaces the world, as a load does. The revision rises.
    pub fn replace(&self, context: &Context, world: &World) -> Arc<World> {
        self.swap(context, world).1
    }

    /// The same, and answers the world before it too.
    pub fn swap(&self, context: &Context, world: &World) -> (Arc<World>, Arc<World>) {
        self.replace_by(context, |_| world.clone())
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
        let before = self.head.load_full();
        let mut next = make(&before);
        next.revision = before.revision.max(next.revision) + 1;
        let next = Arc::new(next);
        let changes = diff::changes(&before, &next);
        let at = (next.revision, context.now);
        let entry = entry(context, None, at, changes, &Notes::default());
        self.head.store(Arc::clone(&next));
        self.replaced.store(next.revision, Ordering::Release);
        self.remember(&entry, Arc::clone(&before), Part::First);
        (before, next)
    }

    /// Makes a world the one a reset leads back to.
    pub fn set_baseline(&self, world: Arc<World>) {
        self.baseline.store(world);
    }

    /// Looks into the ledger.
    pub fn ledger<R>(&self, look: impl FnOnce(&mut Ledger) -> R) -> R {
        look(&mut lock(&self.ledger))
    }

    /// Forgets the ledger and earlier worlds: the sandbox begins at a moment.
    pub fn forget(&self, now: Moment) {
        let _turn = self.turn();
        lock(&self.ledger).clear();
        lock(&self.history).begin(now);
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
