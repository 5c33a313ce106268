//! Numbers that go to the inventory of another location (DEC-101).

use uuid::Uuid;

use super::find_in;
use crate::licensing::outcome::OutcomeError;
use crate::model::location::CallingLocation;
use crate::model::number::NumberUsage;
use crate::model::{E164, Location, PhoneNumber};
use crate::world::{Tx, World};

/// A reason to leave a number where it is: Webex's code and sentence.
pub type Why = (u32, &'static str);

const INACTIVE: Why = (
    1_017_021,
    "Failed to move because it is an inactive number.",
);
const OTHER_PROVIDER: Why = (
    1_017_022,
    "Failed to move because the source location and target location have different CCP providers.",
);
const ASSIGNED: Why = (1_017_023, "Failed because it is not an unassigned number.");
const MAIN: Why = (1_017_024, "Failed because it is a main number.");
/// Webex gives no code of its own to a carrier without service numbers.
const NO_SERVICE_NUMBERS: Why = (
    400,
    "Failed because the carrier of the location has no PSTN service SERVICE_NUMBERS.",
);

/// Whether two locations reach the public network in the same way: over a Cisco Calling Plan both,
/// or neither. hubsim knows no other providers.
#[must_use]
pub fn share_provider(one: &Location, other: &Location) -> bool {
    let has_plan = |location: &Location| location.calling.as_ref().is_some_and(has_plan);
    has_plan(one) == has_plan(other)
}

fn has_plan(calling: &CallingLocation) -> bool {
    calling.subscription_id.is_some()
}

/// Moves a number that nobody uses to another location.
///
/// # Errors
/// Why it stays; nothing has changed then.
pub fn move_to(tx: &mut Tx, from: Uuid, to: Uuid, number: &E164) -> Result<(), OutcomeError> {
    let id = free(tx, from, number)?;
    let (source, target) = (tx.get::<Location>(from), tx.get::<Location>(to));
    let is_reached = source.zip(target).is_some_and(|(source, target)| {
        target.calling.is_some()
            && source.address.country == target.address.country
            && share_provider(source, target)
    });
    if !is_reached {
        return refuse(OTHER_PROVIDER);
    }
    tx.by_rule("DEC-101");
    tx.update::<PhoneNumber>(id, |known| known.location = to)
        // The number itself stays the same, so no unique value can stand in the way.
        .unwrap_or_default();
    Ok(())
}

/// Says what a number that nobody uses is used for. No carrier of hubsim has service numbers, so
/// that all of them are ordinary ones and stay it.
///
/// # Errors
/// Why it cannot be so.
pub fn use_for(
    world: &World,
    location: Uuid,
    number: &E164,
    usage: NumberUsage,
) -> Result<(), OutcomeError> {
    free(world, location, number)?;
    match usage {
        NumberUsage::None => Ok(()),
        NumberUsage::Service => refuse(NO_SERVICE_NUMBERS),
    }
}

/// A number of a location that nobody has, that is not its main number and that calls reach.
fn free(world: &World, location: Uuid, number: &E164) -> Result<Uuid, OutcomeError> {
    // A number that left meanwhile is not unassigned here any more.
    let Some((id, known)) = find_in(world, location, number) else {
        return refuse(ASSIGNED);
    };
    let place = world.get::<Location>(location);
    let pays = place.and_then(|place| place.calling.as_ref()?.charge_number.as_ref());
    let rows = [
        (known.main, MAIN),
        (known.owner.is_some() || pays == Some(number), ASSIGNED),
        (!known.active, INACTIVE),
    ];
    match rows.into_iter().find(|(holds, _)| *holds) {
        None => Ok(id),
        Some((_, why)) => refuse(why),
    }
}

fn refuse<T>((code, message): Why) -> Result<T, OutcomeError> {
    Err(OutcomeError {
        code,
        message: message.to_owned(),
    })
}
