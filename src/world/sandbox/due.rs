//! What comes due in a sandbox: timers, each in a write of its own.

use std::sync::atomic::Ordering;

use super::{Context, Sandbox, Written};
use crate::world::clock::Moment;
use crate::world::timers::Fired;
use crate::world::tx::Tx;

/// What one call lets happen, which is one step of history: where that began, and how much it was.
#[derive(Debug)]
pub struct Passage {
    course: u64,
    first: Option<u64>,
    fired: usize,
}

impl Sandbox {
    /// A passage through the time of the world as it stands.
    #[must_use]
    pub fn passage(&self) -> Passage {
        Passage {
            course: self.course.load(Ordering::Acquire),
            first: None,
            fired: 0,
        }
    }

    /// Whether the world still goes on from where the passage began: a load, a reset, an undo or a
    /// redo ends it. Certain to stay so for the writer alone.
    #[must_use]
    pub fn is_on_course(&self, passage: &Passage) -> bool {
        self.course.load(Ordering::Acquire) == passage.course
    }

    /// In a writer's turn, when the world goes on from somewhere else.
    pub(super) fn leave_course(&self) {
        self.course.fetch_add(1, Ordering::AcqRel);
    }

    /// Runs every timer that is due at `until`, each in a write of its own at its own moment.
    /// Answers what fired, in order.
    pub fn run_due(&self, until: Moment, context: &Context) -> Vec<Fired> {
        let mut passage = self.passage();
        std::iter::from_fn(|| self.fire_in(&mut passage, until, context)).collect()
    }

    /// Runs the first timer that is due at `until` in a passage, unless that has fired as many as
    /// one call may, or is over.
    pub fn fire_in(
        &self,
        passage: &mut Passage,
        until: Moment,
        context: &Context,
    ) -> Option<Fired> {
        if self.is_full(passage) {
            return None;
        }
        let (fired, revision) = self.fire(until, context, passage)?;
        passage.fired += 1;
        passage.first = passage.first.or(revision);
        Some(fired)
    }

    /// Whether a passage has fired as many timers as one call may.
    #[must_use]
    pub fn is_full(&self, passage: &Passage) -> bool {
        passage.fired >= self.limits.timers_per_call
    }

    /// The same as [`Sandbox::write`], as a part of a passage.
    ///
    /// # Errors
    /// Whatever `work` answers.
    pub fn write_in<R, E>(
        &self,
        passage: &mut Passage,
        context: &Context,
        work: impl FnOnce(&mut Tx) -> Result<R, E>,
    ) -> Result<Written<R>, E> {
        let run = passage.first.filter(|_| self.is_on_course(passage));
        let written = self.write_since(run, context, work)?;
        let revision = written.entry.as_ref().map(|entry| entry.revision);
        passage.first = passage.first.or(revision);
        Ok(written)
    }

    /// Runs the first timer that is due at `until`, unless somebody writes: it waits for nobody.
    pub fn fire_next(&self, until: Moment, context: &Context) -> Option<Fired> {
        let turn = self.turn_at_once()?;
        let fired = self.fire_locked(until, context, None);
        drop(turn);
        fired.map(|(fired, _)| fired)
    }

    /// Runs the first timer that is due. Answers what fired, and the revision it led to.
    fn fire(
        &self,
        until: Moment,
        context: &Context,
        passage: &Passage,
    ) -> Option<(Fired, Option<u64>)> {
        if self.peek().timers().next().is_none_or(|(at, _)| at > until) {
            return None;
        }
        let _turn = self.turn();
        if !self.is_on_course(passage) {
            return None;
        }
        self.fire_locked(until, context, passage.first)
    }

    fn fire_locked(
        &self,
        until: Moment,
        context: &Context,
        run: Option<u64>,
    ) -> Option<(Fired, Option<u64>)> {
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
}
