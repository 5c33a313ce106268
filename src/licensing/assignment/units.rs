//! Units of licences: the only place where their counters change.

use uuid::Uuid;

use crate::model::{Holder, License};
use crate::refusal::Refusal;
use crate::world::Tx;

/// Counts one more holder of a licence.
pub(super) fn take(tx: &mut Tx, license: Uuid, holder: Holder) -> Result<(), Refusal> {
    count(tx, license, holder, 1)
}

/// Counts one holder less.
pub(super) fn give_back(tx: &mut Tx, license: Uuid, holder: Holder) -> Result<(), Refusal> {
    count(tx, license, holder, -1)
}

fn count(tx: &mut Tx, license: Uuid, holder: Holder, units: i64) -> Result<(), Refusal> {
    tx.update::<License>(license, |license| match holder {
        Holder::Person(_) => license.consumed_by_users += units,
        Holder::Workspace(_) => license.consumed_by_workspaces += units,
    })?;
    Ok(())
}
