//! Manage numbers: numbers that nobody uses go to another location, or get another use.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::model::E164;
use crate::model::number::NumberUsage;
use crate::resources::numbers::moving::{move_to, use_for};
use crate::tasks::job::Step;
use crate::world::Tx;

/// Which numbers, and what becomes of them.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ManageNumbers {
    /// What becomes of them.
    pub operation: Operation,
    /// Each with the location in whose inventory it stands.
    pub numbers: Vec<(Uuid, E164)>,
}

/// What becomes of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Operation {
    /// They go to this location.
    Move(Uuid),
    /// They are used for this.
    Use(NumberUsage),
}

impl ManageNumbers {
    pub(super) fn run(&self, tx: &mut Tx, items: Range<usize>, step: &mut Step) {
        for (location, number) in self.numbers.get(items).unwrap_or_default() {
            let done = match self.operation {
                Operation::Move(to) => tx.attempt(|tx| move_to(tx, *location, to, number)),
                Operation::Use(usage) => use_for(tx, *location, number, usage),
            };
            match done {
                Ok(()) => step.succeeded += 1,
                Err(error) => step.fail(number.as_str(), error),
            }
        }
    }
}
