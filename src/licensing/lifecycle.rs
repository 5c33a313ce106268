//! The life of subscriptions: sold, changed, suspended, cancelled, restored, renewed, purged.
//!
//! Suspending takes nothing away. Cancelling disables; numbers go at their own time and the purge
//! destroys what is left (SUB-03 to SUB-07 and the decisions of the contract).

mod change;
mod purge;
mod status;

use uuid::Uuid;

use crate::model::owned;
use crate::model::{
    Holder, License, Person, Subscription, SubscriptionStatus, Workspace, kinds, spaces,
};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Moment, TimerDef, Tx, World};

pub use change::{SubscriptionChange, change};
pub use purge::purge;
pub(super) use status::date_cancellation;
pub use status::{cancel, expire, reactivate, renew, require_action, restore, suspend};

/// The timer that releases the numbers of a cancelled subscription.
pub const NUMBERS_RELEASED: &str = "subscription.numbersReleased";
/// The timer that purges a cancelled subscription.
pub const PURGE: &str = "subscription.purge";
/// The timer of the end date.
pub const END: &str = "subscription.end";
/// The timer that cancels an ended trial.
pub const SUSPENSION_ENDS: &str = "subscription.suspensionEnds";

/// The end date has come. Who is written to then is for the room above to say.
pub const END_TIMER: TimerDef = TimerDef {
    kind: END,
    subject: kinds::SUBSCRIPTION,
    fire: status::fire_end,
    moved: |tx, id, at| redate(tx, id, |subscription| subscription.end_date = at),
};

/// What else happens to subscriptions by themselves.
pub const TIMERS: &[TimerDef] = &[
    TimerDef {
        kind: NUMBERS_RELEASED,
        subject: kinds::SUBSCRIPTION,
        fire: purge::fire_numbers_released,
        moved: |tx, id, at| {
            redate(tx, id, |subscription| {
                subscription.numbers_released_at = Some(at);
            });
        },
    },
    TimerDef {
        kind: PURGE,
        subject: kinds::SUBSCRIPTION,
        fire: purge::fire_purge,
        moved: |tx, id, at| redate(tx, id, |subscription| subscription.purge_at = Some(at)),
    },
    TimerDef {
        kind: SUSPENSION_ENDS,
        subject: kinds::SUBSCRIPTION,
        fire: status::fire_suspension_ends,
        moved: |tx, id, at| {
            // The end of a suspension is told by its beginning.
            let since = at.plus_days(-GRACE_DAYS);
            redate(tx, id, |subscription| {
                subscription.suspended_at = Some(since);
            });
        },
    },
];

/// Why an ended trial is suspended.
pub const TRIAL_ENDED: &str = "trialEnded";
/// Why an ended paid subscription is cancelled.
pub const ENDED: &str = "ended";
/// For what a subscription waits.
pub const RENEWAL: &str = "renewal";

/// Days from cancellation to purge, and of an ended trial's suspension (SUB-04, SUB-07).
const GRACE_DAYS: i64 = 30;
/// Days from the cancellation of a trial to the release of its numbers (SUB-06).
const TRIAL_NUMBERS_DAYS: i64 = 15;

/// The subscription of an organisation with a plain id such as `Sub119911`.
#[must_use]
pub fn find(world: &World, organization: Uuid, code: &str) -> Option<Uuid> {
    let id = world.find(spaces::SUBSCRIPTION, Uuid::nil(), code.trim())?;
    owned::has::<Subscription>(world, organization, id).then_some(id)
}

/// The licences of a subscription.
pub fn licenses(world: &World, subscription: Uuid) -> impl Iterator<Item = (Uuid, &License)> {
    world
        .list::<License>()
        .filter(move |(_, license)| license.subscription == subscription)
}

/// Who holds any of some licences: people, then workspaces, each with those it holds.
fn holders(world: &World, licenses: &[Uuid]) -> Vec<(Holder, Vec<Uuid>)> {
    let held = |own: &[Uuid]| -> Vec<Uuid> {
        own.iter()
            .filter(|id| licenses.contains(id))
            .copied()
            .collect()
    };
    let people = world
        .list::<Person>()
        .map(|(id, person)| (Holder::Person(id), held(&person.licenses)));
    let workspaces = world
        .list::<Workspace>()
        .map(|(id, workspace)| (Holder::Workspace(id), held(&workspace.licenses)));
    people
        .chain(workspaces)
        .filter(|(_, held)| !held.is_empty())
        .collect()
}

/// What a subscription is that runs: a trial is always one (SUB-01).
fn running(subscription: &Subscription) -> SubscriptionStatus {
    match subscription.trial {
        true => SubscriptionStatus::Trial,
        false => SubscriptionStatus::Active,
    }
}

fn get(world: &World, id: Uuid) -> Result<&Subscription, Refusal> {
    let missing = || Refusal::not_found("Subscription", &id.to_string());
    world.get::<Subscription>(id).ok_or_else(missing)
}

fn wrong_status(subscription: &Subscription, wish: &str) -> Refusal {
    let status = super::choose::status_word(subscription.status);
    let way_out = match (subscription.status, subscription.purge_at) {
        (SubscriptionStatus::Cancelled, Some(purge_at)) => {
            format!(" Restore it first, which is possible until {purge_at}.")
        }
        (SubscriptionStatus::Deleted, _) => " It is gone for good: sell another one.".to_owned(),
        _ => String::new(),
    };
    let detail = format!(
        "Subscription {} is {status} and cannot be {wish}.{way_out}",
        subscription.code
    );
    Refusal::new(ErrorKind::WrongStatus, detail).by("SUB-02")
}

/// Lets a date follow its timer, which was moved.
fn redate(tx: &mut Tx, id: Uuid, change: impl FnOnce(&mut Subscription)) {
    // The plain id stays, so nothing can stand in its way.
    tx.update::<Subscription>(id, change).unwrap_or_default();
}

/// Sets the timers to what the subscription's status and dates say.
pub(super) fn arm(tx: &mut Tx, id: Uuid) {
    for kind in [NUMBERS_RELEASED, PURGE, END, SUSPENSION_ENDS] {
        tx.disarm(kind, id);
    }
    let Some(subscription) = tx.get::<Subscription>(id) else {
        return;
    };
    let mut due: Vec<(&str, Moment)> = Vec::new();
    match subscription.status {
        SubscriptionStatus::Suspended if subscription.reason.as_deref() == Some(TRIAL_ENDED) => {
            let since = subscription.suspended_at.unwrap_or(tx.now());
            due.push((SUSPENSION_ENDS, since.plus_days(GRACE_DAYS)));
        }
        SubscriptionStatus::Cancelled => {
            // Released numbers are not released again after a change.
            let released = subscription.numbers_released_at.filter(|at| *at > tx.now());
            due.extend(released.map(|at| (NUMBERS_RELEASED, at)));
            due.extend(subscription.purge_at.map(|at| (PURGE, at)));
        }
        SubscriptionStatus::Deleted => {}
        _ => due.push((END, subscription.end_date)),
    }
    for (kind, at) in due {
        tx.arm(at, kind, id);
    }
}
