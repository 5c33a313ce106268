//! Emergency callback numbers of others: who chose a holder's number, and what becomes of the
//! choice once emergency services could not call back there any more (DEC-140).

use serde_json::Value;

use super::{lost, memberships, numbers};
use crate::model::{Calling, Holder};
use crate::settings::Family;
use crate::settings::families::emergency_callback_number::EmergencyCallbackNumber;
use crate::settings::family::keep;
use crate::settings::members::{MemberList, leave, owners};
use crate::world::{Lost, Tx, World};

/// The rule by which a choice goes.
const RULE: &str = "DEC-140";

/// Whether somebody has the number of a holder as emergency callback number.
#[must_use]
pub fn is_chosen(world: &World, holder: Holder) -> bool {
    owners::<EmergencyCallbackNumber>(world, holder)
        .next()
        .is_some()
}

/// Takes away what was chosen of a number that is gone or in another location, and what the holder
/// chose in the location that it left. The caller notes in the ledger what that destroys.
pub(super) fn follow(tx: &mut Tx, holder: Holder, before: &Calling) -> Vec<Lost> {
    let Some(after) = numbers::calling(tx, holder) else {
        return Vec::new();
    };
    let has_moved = after.location != before.location;
    let has_number = after.number.is_some();
    let mut found = Vec::new();
    if has_moved || !has_number {
        found.extend(memberships::list_of::<EmergencyCallbackNumber>(tx, holder));
        leave::<EmergencyCallbackNumber>(tx, holder);
    }
    if has_moved {
        found.extend(forget_choice(tx, holder));
    }
    for one in &mut found {
        RULE.clone_into(&mut one.rule);
    }
    if !found.is_empty() {
        tx.by_rule(RULE);
    }
    found
}

/// The holder's own choice, if it was somebody's number.
fn forget_choice(tx: &mut Tx, holder: Holder) -> Option<Lost> {
    let mut own = tx.get::<EmergencyCallbackNumber>(holder.id())?.clone();
    let member = own.location_member_id?;
    own.forget(member);
    // The family has no unique values, so nothing can stand in the way.
    keep(tx, holder, own).unwrap_or_default();
    let field = Some(EmergencyCallbackNumber::FIELD.to_owned());
    let key = EmergencyCallbackNumber::KEY;
    let before = member.0.webex_id().into();
    Some(lost(holder.id(), key, field, before, Value::Null))
}
