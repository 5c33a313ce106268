//! Timers: what will happen at a moment of the sandbox clock, as data in the world.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

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
