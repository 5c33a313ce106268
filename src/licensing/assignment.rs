//! One save of licences: decided on the world as it is, then done as a whole or not at all.

mod apply;
mod calling;
mod decide;
mod hot_desk;
mod others;
mod properties;
mod skip;
mod units;

pub(super) use apply::drop_licenses;

use uuid::Uuid;

use super::change::Change;
use super::held::Held;
use super::outcome::Outcome;
use crate::model::Holder;
use crate::refusal::Refusal;
use crate::world::{Tx, World};

/// Adds and removes licences of one holder.
///
/// Removing one Calling licence and adding another in the same save is a swap that keeps
/// everything (MOVE-01 to MOVE-03); removing it alone is a removal that loses everything
/// (LOSS-01 to LOSS-04). On partial routes [`Outcome::failed`] names what could not be applied.
///
/// # Errors
/// The refusal of the first licence that cannot be applied; on partial routes only when none
/// could. Nothing has changed then.
pub fn save(tx: &mut Tx, change: Change) -> Result<Outcome, Refusal> {
    let decision = decide::decide(tx, change)?;
    tx.attempt(|tx| apply::apply(tx, decision))
}

/// Which licences a save would not add, and why; nothing is done.
pub(super) fn foretell(world: &World, change: Change) -> Vec<(Uuid, Refusal)> {
    decide::foretell(world, change)
}

/// Takes every licence and all of Calling from a holder that is about to be deleted, whatever
/// the state of the subscriptions (LOSS-05 for a person). The caller deletes the holder.
///
/// # Errors
/// 404 when there is no such holder.
pub fn release(tx: &mut Tx, holder: Holder) -> Result<Outcome, Refusal> {
    let all = Held::of(tx, holder)?.licenses.to_vec();
    let rule = match holder {
        Holder::Person(_) => "LOSS-05",
        Holder::Workspace(_) => "LOSS-01",
    };
    let mut outcome = tx.attempt(|tx| drop_licenses(tx, holder, &all, rule))?;
    // Of a holder that is about to be deleted nothing stays.
    outcome.kept.clear();
    Ok(outcome)
}
