//! Timers: what will happen at a moment of the sandbox clock, as data in the world.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::World;
use super::clock::Moment;
use super::object::Kind;
use super::tx::Tx;

/// Something that will happen to an object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timer {
    /// The kind, a name of the engine's table.
    pub kind: String,
    /// The object it concerns.
    pub subject: Uuid,
}

/// What happens when a timer of a kind comes due. The handler runs in a write of its own.
#[derive(Debug, Clone, Copy)]
pub struct TimerDef {
    /// The kind's name.
    pub kind: &'static str,
    /// Which kind of object it concerns.
    pub subject: Kind,
    /// What happens. It may arm further timers.
    pub fire: fn(&mut Tx, Uuid),
}

/// A timer that came due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fired {
    /// When.
    pub at: Moment,
    /// What.
    pub kind: String,
    /// Whom it concerned.
    pub subject: Uuid,
}

/// The least time that a timer gets which came back overdue, in milliseconds: a day.
const LEAST: i64 = 24 * 60 * 60 * 1000;

/// A timer that came back overdue, and got the time again that it had left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Postponed {
    /// When it was due.
    pub due: Moment,
    /// When it comes now.
    pub at: Moment,
    /// The timer.
    pub timer: Timer,
}

impl Tx {
    /// Postpones the timers of the draft that are overdue and did not stand in `present`: each gets
    /// the time that it had left at `since`, and a day where it had less.
    pub(super) fn postpone(&mut self, present: &World, since: Moment) -> Vec<Postponed> {
        let now = self.now();
        let timers = self.draft.timers.iter();
        let overdue = timers.take_while(|((at, _), _)| *at <= now);
        let back: Vec<_> = overdue
            .filter(|(key, timer)| present.timers.get(*key) != Some(*timer))
            .map(|(key, timer)| (*key, timer.clone()))
            .collect();
        let postpone = |(key, timer): ((Moment, u64), Timer)| {
            let left = key.0.0.saturating_sub(since.0).max(LEAST);
            let at = now.plus_millis(left);
            self.draft.timers.remove(&key);
            self.arm(at, &timer.kind, timer.subject);
            let due = key.0;
            Postponed { due, at, timer }
        };
        back.into_iter().map(postpone).collect()
    }
}
