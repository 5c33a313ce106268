//! What billing or the partner does to a subscription, and what its dates do.

use uuid::Uuid;

use super::{
    ENDED, GRACE_DAYS, RENEWAL, TRIAL_ENDED, TRIAL_NUMBERS_DAYS, arm, get, running, wrong_status,
};
use crate::model::SubscriptionStatus::{
    Active, Cancelled, Deleted, PendingAction, Suspended, Trial,
};
use crate::model::{Subscription, SubscriptionStatus};
use crate::refusal::Refusal;
use crate::world::{Moment, Tx};

/// Days by which a restored or renewed subscription runs on when its end has passed.
const YEAR_DAYS: i64 = 365;

/// Suspends a running subscription. Service and settings stay (DEC-03).
///
/// # Errors
/// 404 when there is none, 409 (900024) from another status.
pub fn suspend(tx: &mut Tx, id: Uuid) -> Result<(), Refusal> {
    let before = expect(tx, id, &[Trial, Active, PendingAction], "suspended")?;
    tx.by_rule("DEC-03");
    let now = tx.now();
    update(tx, id, |subscription| {
        subscription.status = Suspended;
        subscription.reason = None;
        subscription.suspended_at = Some(now);
        subscription.restores_to = Some(before);
    })
}

/// Lets a running subscription wait for its renewal; people can still get its licences, workspaces
/// cannot (DEC-04, DEC-62).
///
/// # Errors
/// 404 when there is none, 409 (900024) from another status.
pub fn require_action(tx: &mut Tx, id: Uuid) -> Result<(), Refusal> {
    expect(tx, id, &[Trial, Active], "made to wait for an action")?;
    tx.by_rule("DEC-62");
    update(tx, id, |subscription| {
        subscription.status = PendingAction;
        subscription.reason = Some(RENEWAL.to_owned());
    })
}

/// Ends a suspension: the subscription is again what it was before.
///
/// # Errors
/// 404 when there is none, 409 (900024) from another status and for a trial that has ended.
pub fn reactivate(tx: &mut Tx, id: Uuid) -> Result<(), Refusal> {
    expect(tx, id, &[Suspended], "reactivated")?;
    let subscription = get(tx, id)?;
    let is_over = subscription.reason.as_deref() == Some(TRIAL_ENDED);
    if is_over && subscription.end_date <= tx.now() {
        return Err(
            wrong_status(subscription, "reactivated: its trial has ended; renew it").by("DEC-17"),
        );
    }
    update(tx, id, |subscription| {
        subscription.status = before_suspension(subscription);
        settle(subscription);
        if subscription.status == PendingAction {
            subscription.reason = Some(RENEWAL.to_owned());
        }
    })
}

/// Cancels a subscription. Its services are off at once and can be restored until the purge
/// (SUB-03, SUB-04); the numbers of a trial go earlier (SUB-06).
///
/// # Errors
/// 404 when there is none, 409 (900024) from another status.
pub fn cancel(tx: &mut Tx, id: Uuid) -> Result<(), Refusal> {
    expect(
        tx,
        id,
        &[Trial, Active, PendingAction, Suspended],
        "cancelled",
    )?;
    cancel_because(tx, id, None)
}

fn cancel_because(tx: &mut Tx, id: Uuid, reason: Option<&str>) -> Result<(), Refusal> {
    let now = tx.now();
    tx.by_rule("SUB-03");
    tx.by_rule("DEC-13");
    if get(tx, id)?.trial {
        tx.by_rule("SUB-06");
    }
    update(tx, id, |subscription| {
        // A trial that ended comes back as one that runs; anything else as what it was.
        let is_over = subscription.reason.as_deref() == Some(TRIAL_ENDED);
        let before = match is_over {
            true => running(subscription),
            false => subscription.status,
        };
        // What was suspended comes back suspended, and from that as what it was before.
        subscription.suspended_from = subscription.restores_to.filter(|_| before == Suspended);
        subscription.restores_to = Some(before);
        subscription.status = Cancelled;
        subscription.reason = reason.map(str::to_owned);
        date_cancellation(subscription, now);
    })
}

/// Sets the dates that follow from a cancellation.
pub(in crate::licensing) fn date_cancellation(subscription: &mut Subscription, now: Moment) {
    let purge_at = now.plus_days(GRACE_DAYS);
    let trial_numbers = now.plus_days(TRIAL_NUMBERS_DAYS);
    subscription.cancelled_at = Some(now);
    subscription.purge_at = Some(purge_at);
    subscription.numbers_released_at = Some(if subscription.trial {
        trial_numbers
    } else {
        purge_at
    });
}

/// Brings a cancelled subscription back (SUB-05). Numbers that were released by then stay
/// released (DEC-15). One whose end has passed runs on from now.
///
/// # Errors
/// 404 when there is none, 409 (900024) from another status.
pub fn restore(tx: &mut Tx, id: Uuid) -> Result<(), Refusal> {
    expect(tx, id, &[Cancelled], "restored")?;
    let now = tx.now();
    tx.by_rule("SUB-05");
    if get(tx, id)?.numbers_released_at.is_some_and(|at| at <= now) {
        tx.by_rule("DEC-15");
        tx.warn("The numbers were released before the restore and do not come back.");
    }
    update(tx, id, |subscription| {
        let before = subscription.restores_to;
        subscription.status = before.unwrap_or(running(subscription));
        if subscription.end_date <= now {
            let days = if subscription.trial {
                GRACE_DAYS
            } else {
                YEAR_DAYS
            };
            subscription.end_date = now.plus_days(days);
        }
        let (suspended_at, from) = (subscription.suspended_at, subscription.suspended_from);
        settle(subscription);
        match subscription.status {
            Suspended => {
                subscription.suspended_at = suspended_at.or(Some(now));
                subscription.restores_to = from;
            }
            PendingAction => subscription.reason = Some(RENEWAL.to_owned()),
            _ => {}
        }
    })
}

/// Lets the end date come now: a trial is suspended, anything else cancelled (DEC-16).
///
/// # Errors
/// 404 when there is none, 409 (900024) from another status.
pub fn expire(tx: &mut Tx, id: Uuid) -> Result<(), Refusal> {
    expect(tx, id, &[Trial, Active, PendingAction, Suspended], "ended")?;
    let subscription = get(tx, id)?;
    if subscription.reason.as_deref() == Some(TRIAL_ENDED) {
        return Err(wrong_status(
            subscription,
            "ended: its trial has ended already",
        ));
    }
    let now = tx.now();
    update(tx, id, |subscription| subscription.end_date = now)?;
    end(tx, id)
}

/// Renews a subscription that waits for it or is suspended; it is a paid one from then on, and
/// runs for another year (DEC-17).
///
/// # Errors
/// 404 when there is none, 409 (900024) from another status.
pub fn renew(tx: &mut Tx, id: Uuid) -> Result<(), Refusal> {
    expect(tx, id, &[PendingAction, Suspended], "renewed")?;
    tx.by_rule("DEC-17");
    let now = tx.now();
    update(tx, id, |subscription| {
        subscription.status = Active;
        subscription.trial = false;
        subscription.end_date = subscription.end_date.max(now).plus_days(YEAR_DAYS);
        settle(subscription);
    })
}

/// The end date has come.
pub(super) fn fire_end(tx: &mut Tx, id: Uuid) {
    let now = tx.now();
    let is_due = tx.get::<Subscription>(id).is_some_and(|subscription| {
        let runs = !matches!(subscription.status, Cancelled | Deleted);
        runs && subscription.end_date <= now && subscription.reason.as_deref() != Some(TRIAL_ENDED)
    });
    if is_due {
        // It is there and runs, so nothing can be refused.
        end(tx, id).unwrap_or_default();
    }
}

/// The suspension of an ended trial is over.
pub(super) fn fire_suspension_ends(tx: &mut Tx, id: Uuid) {
    let is_due = tx.get::<Subscription>(id).is_some_and(|subscription| {
        subscription.status == Suspended && subscription.reason.as_deref() == Some(TRIAL_ENDED)
    });
    if is_due {
        tx.by_rule("SUB-07");
        tx.by_rule("DEC-16");
        cancel_because(tx, id, Some(TRIAL_ENDED)).unwrap_or_default();
    }
}

fn end(tx: &mut Tx, id: Uuid) -> Result<(), Refusal> {
    tx.by_rule("DEC-16");
    if !get(tx, id)?.trial {
        return cancel_because(tx, id, Some(ENDED));
    }
    tx.by_rule("SUB-07");
    let now = tx.now();
    update(tx, id, |subscription| {
        subscription.status = Suspended;
        subscription.reason = Some(TRIAL_ENDED.to_owned());
        subscription.suspended_at = Some(now);
        subscription.restores_to = Some(Trial);
    })
}

/// The status of a subscription, when it is one of those from which a wish is possible.
fn expect(
    tx: &Tx,
    id: Uuid,
    from: &[SubscriptionStatus],
    wish: &str,
) -> Result<SubscriptionStatus, Refusal> {
    let subscription = get(tx, id)?;
    if from.contains(&subscription.status) {
        Ok(subscription.status)
    } else {
        Err(wrong_status(subscription, wish))
    }
}

fn before_suspension(subscription: &Subscription) -> SubscriptionStatus {
    subscription
        .restores_to
        .filter(|status| *status != Suspended)
        .unwrap_or(running(subscription))
}

/// Forgets what only a suspended or cancelled subscription has.
fn settle(subscription: &mut Subscription) {
    subscription.reason = None;
    subscription.suspended_at = None;
    subscription.cancelled_at = None;
    subscription.purge_at = None;
    subscription.numbers_released_at = None;
    subscription.restores_to = None;
    subscription.suspended_from = None;
}

fn update(tx: &mut Tx, id: Uuid, change: impl FnOnce(&mut Subscription)) -> Result<(), Refusal> {
    tx.update::<Subscription>(id, change)?;
    arm(tx, id);
    Ok(())
}
