//! A sandbox: one isolated simulation. Readers never wait; one writer at a time works on a draft.

mod due;
mod time;
mod travel;
mod turn;
mod whole;

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, TryLockError};

use arc_swap::ArcSwap;

pub use due::Passage;
pub use travel::{Stuck, Timeline, Travelled};
pub use turn::{Replaced, Watcher};

use super::clock::Moment;
use super::diff;
use super::history::{History, Part};
use super::ledger::{Actor, Change, Entry, Ledger, LedgerLimits, Switch};
use super::object::Object;
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

impl Limits {
    /// Whether anything is dropped because of what it weighs.
    fn weighs(&self) -> bool {
        self.history > 0 || self.ledger.bytes < LedgerLimits::NONE.bytes
    }
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
    history_bytes: AtomicUsize,
    replaced: Mutex<Replaced>,
    came_in: Mutex<Option<Arc<World>>>,
    /// Rises whenever the world goes on from somewhere else.
    course: AtomicU64,
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
            history_bytes: AtomicUsize::new(0),
            replaced: Mutex::default(),
            came_in: Mutex::default(),
            course: AtomicU64::new(0),
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
        self.write_since(None, context, work)
    }

    /// The same, where `run` is the revision of the first commit of the same operation.
    fn write_since<R, E>(
        &self,
        run: Option<u64>,
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
        let (notes, entry) = self.commit(tx, context, run);
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
        let (switched, burden) = (tx.switched(), tx.burden());
        let (mut world, mut changes, notes) = tx.finish();
        self.check(&world, &changes);
        changes.retain(|change| !is_bookkeeping(change));
        if changes.is_empty() && !switched && notes.lost.is_empty() {
            world.revision = base.revision;
            self.head.store(Arc::new(world));
            self.burden_history(burden);
            return (notes, None);
        }
        let part = match (signature.as_ref(), run) {
            (Some(signed), _) if signed.continues => Part::OfTask,
            (_, Some(first)) => Part::Since(first),
            _ => Part::First,
        };
        let done = Done {
            changes,
            switches: match switched {
                true => diff::switches(&base, &world),
                false => Vec::new(),
            },
        };
        let entry = entry(context, signature, (world.revision, at), done, &notes);
        let entry = Arc::new(entry);
        // To weigh is to walk through every value; a fork keeps everything anyway.
        let weight = match self.limits.weighs() {
            true => entry.weight(),
            false => 0,
        };
        self.publish(Arc::new(world), &entry, weight, base, part);
        self.append(&entry, weight);
        self.burden_history(burden);
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

    fn append(&self, entry: &Arc<Entry>, weight: usize) {
        lock(&self.ledger).append(Arc::clone(entry), weight, &self.limits.ledger);
    }

    /// Makes a world the present one, and a commit a part of history: both at once for whoever
    /// holds the lock of history, so that nobody who looks back has to wait for a writer.
    fn publish(
        &self,
        world: Arc<World>,
        entry: &Entry,
        weight: usize,
        before: Arc<World>,
        part: Part,
    ) {
        let mut history = lock(&self.history);
        self.head.store(world);
        history.note(entry, weight, before, part);
        self.bound(&mut history);
    }

    fn bound(&self, history: &mut History) {
        history.bound(self.limits.history, self.limits.history_changes);
        self.history_bytes.store(history.bytes(), Ordering::Relaxed);
    }

    /// Tells history that it holds alone what was let go of.
    fn burden_history(&self, bytes: usize) {
        if bytes > 0 {
            let mut history = lock(&self.history);
            history.burden(bytes);
            self.bound(&mut history);
        }
    }

    /// About how many bytes history keeps from being freed.
    #[must_use]
    pub fn history_bytes(&self) -> usize {
        self.history_bytes.load(Ordering::Relaxed)
    }

    /// Drops the oldest steps of history until so many bytes are freed; the newest stays. Answers
    /// how many were freed.
    pub fn shorten_history(&self, bytes: usize) -> usize {
        let mut history = lock(&self.history);
        let before = history.bytes();
        history.shorten(before.saturating_sub(bytes));
        self.history_bytes.store(history.bytes(), Ordering::Relaxed);
        before - history.bytes()
    }

    /// Whether nobody writes at this moment.
    #[must_use]
    pub fn is_free(&self) -> bool {
        !matches!(self.writer.try_lock(), Err(TryLockError::WouldBlock))
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
        self.history_bytes.store(0, Ordering::Relaxed);
    }
}

/// Whether a change only tells how work goes on.
fn is_bookkeeping(change: &Change) -> bool {
    let object = change.after.as_ref().or(change.before.as_ref());
    object.is_some_and(Object::is_bookkeeping)
}

/// What differs after a commit.
struct Done {
    changes: Vec<Change>,
    switches: Vec<Switch>,
}

fn entry(
    context: &Context,
    signature: Option<Signature>,
    (revision, at): (u64, Moment),
    Done { changes, switches }: Done,
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
        switches,
        lost: notes.lost.clone(),
        rules: notes.rules.clone(),
        rules_of: notes.rules_of.clone(),
        warnings: notes.warnings.clone(),
        brought: None,
    }
}
