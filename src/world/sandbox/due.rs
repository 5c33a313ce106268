//! What comes due in a sandbox: timers, each in a write of its own.

use super::{Context, Sandbox};
use crate::world::clock::Moment;
use crate::world::timers::Fired;
use crate::world::tx::Tx;

impl Sandbox {
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
        run: Option<u64>,
    ) -> Option<(Fired, Option<u64>)> {
        if self.peek().timers().next().is_none_or(|(at, _)| at > until) {
            return None;
        }
        let _turn = self.turn();
        self.fire_locked(until, context, run)
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
