//! Timers: what will happen at a moment of the sandbox clock, as data in the world.

use std::collections::BTreeMap;

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
    /// The timer was moved to another moment: dates of the object that tell when it comes follow.
    pub moved: fn(&mut Tx, Uuid, Moment),
}

/// For timers whose moment stands in no object.
pub fn undated(_tx: &mut Tx, _subject: Uuid, _at: Moment) {}

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

/// A timer that came back overdue and got the time again that it had left, or that moved along with
/// one of the same object.
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
    /// the time that it had left at `since`, and a day where it had less. All timers of an object
    /// move by the same span, so that they stay in order, and its dates move with them.
    pub(super) fn postpone(
        &mut self,
        present: &World,
        since: Moment,
        defs: &[&[TimerDef]],
    ) -> Vec<Postponed> {
        let now = self.now();
        let mut spans: BTreeMap<Uuid, i64> = BTreeMap::new();
        let timers = self.draft.timers.iter();
        for (key, timer) in timers.take_while(|((at, _), _)| *at <= now) {
            if present.timers.get(key) == Some(timer) {
                continue;
            }
            let left = key.0.0.saturating_sub(since.0).max(LEAST);
            let span = now.plus_millis(left).0.saturating_sub(key.0.0);
            let longest = spans.entry(timer.subject).or_default();
            *longest = span.max(*longest);
        }
        if spans.is_empty() {
            return Vec::new();
        }
        let timers = self.draft.timers.iter();
        let moving = timers.filter_map(|(key, timer)| {
            let span = spans.get(&timer.subject)?;
            Some((*key, key.0.plus_millis(*span), timer.clone()))
        });
        let moving: Vec<_> = moving.collect();
        let postpone = |(key, at, timer): ((Moment, u64), Moment, Timer)| {
            self.draft.timers.remove(&key);
            self.arm(at, &timer.kind, timer.subject);
            let mut defs = defs.iter().copied().flatten();
            if let Some(def) = defs.find(|def| def.kind == timer.kind) {
                (def.moved)(self, timer.subject, at);
            }
            let due = key.0;
            Postponed { due, at, timer }
        };
        moving.into_iter().map(postpone).collect()
    }
}
