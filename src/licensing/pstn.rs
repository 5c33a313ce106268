//! Which subscription pays for the Cisco Calling Plan of a location, and moving it to another one
//! (PSTN-01 to PSTN-06). Licences of people are another matter: neither follows the other.

use uuid::Uuid;

use super::choose::status_word;
use super::lifecycle::{find, licenses};
use crate::model::owned;
use crate::model::{Location, Subscription, SubscriptionStatus, WebexId};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Tx, World};

/// The locations whose Cisco Calling Plan a subscription carries.
pub fn carried<'a>(
    world: &'a World,
    subscription: &'a Subscription,
) -> impl Iterator<Item = (Uuid, &'a Location)> {
    owned::list::<Location>(world, subscription.organization)
        .filter(|(_, location)| paid_by(location) == Some(&subscription.code))
}

/// Whether a subscription has a licence for Calling.
#[must_use]
pub fn has_calling(world: &World, id: Uuid) -> bool {
    licenses(world, id).any(|(_, license)| license.offer().is_calling())
}

/// Why a subscription is greyed out as a target; `None` when it can be chosen (PSTN-04). A trial
/// is taken for active.
#[must_use]
pub fn greyed_out(world: &World, id: Uuid, subscription: &Subscription) -> Option<String> {
    let runs = matches!(
        subscription.status,
        SubscriptionStatus::Active | SubscriptionStatus::Trial
    );
    let code = &subscription.code;
    if !runs {
        return Some(format!("{code} is {}.", status_word(subscription.status)));
    }
    (!has_calling(world, id)).then(|| format!("{code} has no Calling licence."))
}

/// Moves all locations of a subscription to another one (PSTN-02). Answers which they were.
///
/// # Errors
/// As [`check`].
pub fn move_all(
    tx: &mut Tx,
    organization: Uuid,
    from: &str,
    to: &str,
) -> Result<Vec<Uuid>, Refusal> {
    let to = check(tx, organization, from, to)?;
    let source = find(tx, organization, from).and_then(|id| tx.get::<Subscription>(id));
    let source = source.ok_or_else(|| Refusal::not_found("Subscription", from))?;
    let found: Vec<Uuid> = carried(tx, source).map(|(id, _)| id).collect();
    tx.by_rule("PSTN-02");
    for id in &found {
        set(tx, *id, &to)?;
    }
    Ok(found)
}

/// Moves one location to another subscription (PSTN-03).
///
/// # Errors
/// As [`check`]; 404 for an unknown location; 409 for one without a Cisco Calling Plan.
pub fn move_one(tx: &mut Tx, organization: Uuid, id: Uuid, to: &str) -> Result<(), Refusal> {
    let location = owned::get::<Location>(tx, organization, id);
    let missing = || Refusal::not_found("Location", &WebexId::Location.encode(id));
    let location = location.ok_or_else(missing)?;
    let Some(from) = paid_by(location).map(str::to_owned) else {
        let detail = format!(
            "Location {} has no subscription of a Cisco Calling Plan that could be changed.",
            location.name
        );
        return Err(Refusal::new(ErrorKind::Conflict, detail).by("PSTN-03"));
    };
    let to = check(tx, organization, &from, to)?;
    tx.by_rule("PSTN-03");
    set(tx, id, &to)
}

/// The plain id of a target that can be chosen.
///
/// # Errors
/// 404 for a subscription that is not the organisation's, 900006 when there is no other one with
/// Calling (PSTN-05), 900002 when the target is greyed out (PSTN-04).
fn check(world: &World, organization: Uuid, from: &str, to: &str) -> Result<String, Refusal> {
    let id = find(world, organization, to);
    let target = id.and_then(|id| Some((id, world.get::<Subscription>(id)?)));
    let (id, target) = target.ok_or_else(|| Refusal::not_found("Subscription", to))?;
    let is_another = |subscription: &Subscription| {
        !subscription.code.eq_ignore_ascii_case(from.trim())
            && subscription.status != SubscriptionStatus::Deleted
    };
    let mut others = owned::list::<Subscription>(world, organization);
    if !others.any(|(id, other)| is_another(other) && has_calling(world, id)) {
        let detail = format!(
            "There is no Calling subscription but {from}: to re-assign locations, contact your \
             partner."
        );
        return Err(Refusal::new(ErrorKind::NothingToMoveTo, detail).by("PSTN-05"));
    }
    if target.code.eq_ignore_ascii_case(from.trim()) {
        return Ok(target.code.clone());
    }
    if let Some(reason) = greyed_out(world, id, target) {
        let detail = format!("The locations cannot move: {reason}");
        return Err(Refusal::new(ErrorKind::SubscriptionNotActive, detail).by("PSTN-04"));
    }
    Ok(target.code.clone())
}

fn paid_by(location: &Location) -> Option<&str> {
    location.calling.as_ref()?.subscription_id.as_deref()
}

fn set(tx: &mut Tx, id: Uuid, code: &str) -> Result<(), Refusal> {
    let is_there = tx.get::<Location>(id).and_then(paid_by) == Some(code);
    if is_there {
        return Ok(());
    }
    tx.by_rule("PSTN-06");
    tx.update::<Location>(id, |location| {
        if let Some(calling) = &mut location.calling {
            calling.subscription_id = Some(code.to_owned());
        }
    })?;
    Ok(())
}
