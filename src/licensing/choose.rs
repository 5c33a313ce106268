//! Which licence to take: what can be assigned, and of several the oldest subscription's first.

use uuid::Uuid;

use super::held::{code, name, status};
use crate::model::license::Service;
use crate::model::owned;
use crate::model::{Holder, License, Subscription, SubscriptionStatus};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Moment, World};

/// Whether licences of a subscription in this status can be newly assigned (DEC-04).
fn is_assignable(status: SubscriptionStatus, holder: Holder) -> bool {
    match status {
        SubscriptionStatus::Trial | SubscriptionStatus::Active => true,
        SubscriptionStatus::PendingAction => matches!(holder, Holder::Person(_)),
        SubscriptionStatus::Suspended
        | SubscriptionStatus::Cancelled
        | SubscriptionStatus::Deleted => false,
    }
}

/// Refuses a licence that cannot be newly assigned to a holder now.
///
/// # Errors
/// 400000 for an unknown licence, 900002 for one of a subscription that is not active, 900001
/// when no unit is free.
pub fn check_target(world: &World, id: Uuid, holder: Holder) -> Result<(), Refusal> {
    let license = world
        .get::<License>(id)
        .ok_or_else(|| not_recognized(&id.to_string()))?;
    if let Some(refusal) = not_assignable(world, license, holder) {
        return Err(refusal);
    }
    if !license.has_free_unit() {
        return Err(Refusal::new(ErrorKind::NoFreeUnit, name(world, id)));
    }
    Ok(())
}

/// Why a licence cannot be newly assigned to such a holder now: the status of its subscription
/// (SUB-03, SUB-04, SUB-09, DEC-04).
#[must_use]
pub fn not_assignable(world: &World, license: &License, holder: Holder) -> Option<Refusal> {
    let status = status(world, license);
    if is_assignable(status, holder) {
        return None;
    }
    let detail = format!(
        "{} cannot be assigned: subscription {} is {}.",
        license.offer().api_name,
        code(world, license),
        status_word(status),
    );
    let refusal = Refusal::new(ErrorKind::SubscriptionNotActive, detail);
    let refusal = match status {
        SubscriptionStatus::Suspended => refusal.by("SUB-09"),
        SubscriptionStatus::Cancelled => refusal.by("SUB-03"),
        SubscriptionStatus::Deleted => refusal.by("SUB-04"),
        _ => refusal,
    };
    Some(refusal.by("DEC-04"))
}

/// The refusal of a licence that the organisation does not have.
#[must_use]
pub fn not_recognized(text: &str) -> Refusal {
    Refusal::new(ErrorKind::LicenseNotRecognized, text)
}

/// A status as a sentence says it.
#[must_use]
pub fn status_word(status: SubscriptionStatus) -> &'static str {
    match status {
        SubscriptionStatus::Trial => "a trial",
        SubscriptionStatus::Active => "active",
        SubscriptionStatus::PendingAction => "waiting for an action",
        SubscriptionStatus::Suspended => "suspended",
        SubscriptionStatus::Cancelled => "cancelled",
        SubscriptionStatus::Deleted => "deleted",
    }
}

/// What sorts licences by the age of their subscription (SUB-10): creation, then the plain id.
fn age(world: &World, id: Uuid) -> (Moment, &str) {
    let license = world.get::<License>(id);
    let subscription = license.and_then(|license| world.get(license.subscription));
    subscription.map_or((Moment(i64::MAX), ""), |subscription: &Subscription| {
        (subscription.created_at, subscription.code.as_str())
    })
}

/// The licences, those of the oldest subscription first (SUB-10).
#[must_use]
pub fn by_age(world: &World, licenses: impl IntoIterator<Item = Uuid>) -> Vec<Uuid> {
    let mut licenses: Vec<Uuid> = licenses.into_iter().collect();
    licenses.sort_by_key(|id| {
        // Of one subscription a workspace takes the licence that is made for workspaces.
        let license = world.get::<License>(*id);
        let is_other = license.is_none_or(|l| l.offer().service != Service::CallingWorkspace);
        (age(world, *id), is_other, *id)
    });
    licenses
}

/// Of some licences the one of the oldest subscription that can be assigned (SUB-10).
#[must_use]
pub fn oldest(
    world: &World,
    licenses: impl IntoIterator<Item = Uuid>,
    holder: Holder,
) -> Option<Uuid> {
    by_age(world, licenses)
        .into_iter()
        .find(|id| check_target(world, *id, holder).is_ok())
}

/// Whether a licence makes a workspace one for hot desking only, without number, extension,
/// calendar and call settings (WS-16).
#[must_use]
pub fn is_hot_desk_only(world: &World, id: Uuid) -> bool {
    let license = world.get::<License>(id);
    license.is_some_and(|license| license.offer().service == Service::CallingHotDesk)
}

/// The refusal of a number or an extension for such a workspace.
#[must_use]
pub fn hot_desk_takes_no_number() -> Refusal {
    let detail = "A workspace for hot desking only takes neither a phoneNumber nor an extension.";
    Refusal::new(ErrorKind::InvalidSetting, detail).by("WS-16")
}

/// The organisation's licences of an offer.
pub fn of_offer<'a>(
    world: &'a World,
    organization: Uuid,
    offer: &'a str,
) -> impl Iterator<Item = Uuid> + 'a {
    owned::list::<License>(world, organization)
        .filter(move |(_, license)| license.offer == offer)
        .map(|(id, _)| id)
}

/// The Calling licence that a workspace is to hold (WS-10, WS-11): the present one when no
/// licence is named or it is among the named; else the oldest suitable one of those named, or of
/// all that the organisation has.
///
/// # Errors
/// 400000 for a licence that the organisation does not have or that is not for workspaces; what
/// speaks against the oldest one when none can be assigned; 900006 when there is none at all.
pub fn for_workspace(
    world: &World,
    organization: Uuid,
    present: Option<Uuid>,
    named: &[Uuid],
) -> Result<Uuid, Refusal> {
    if let Some(present) = present.filter(|id| named.is_empty() || named.contains(id)) {
        return Ok(present);
    }
    let suits =
        |license: &License| license.offer().is_calling() && license.offer().for_workspaces();
    let own = |id: &Uuid| owned::get(world, organization, *id);
    let unsuitable = named.iter().find(|id| !own(id).is_some_and(suits));
    if let Some(id) = unsuitable {
        return Err(not_recognized(&super::held::webex_id(world, *id)));
    }
    let candidates = if named.is_empty() {
        // A room becomes one for hot desking only where somebody says so.
        let own = owned::list(world, organization)
            .filter(|(id, license)| suits(license) && !is_hot_desk_only(world, *id));
        by_age(world, own.map(|(id, _)| id))
    } else {
        by_age(world, named.iter().copied())
    };
    let holder = Holder::Workspace(Uuid::nil());
    let mut refusal = None;
    for id in candidates {
        match check_target(world, id, holder) {
            Ok(()) => return Ok(id),
            Err(reason) => refusal = refusal.or(Some(reason)),
        }
    }
    let nothing = || {
        let detail = "The organisation has no Calling license for workspaces.";
        Refusal::new(ErrorKind::NothingToMoveTo, detail)
    };
    Err(refusal.unwrap_or_else(nothing).by("WS-10"))
}
