//! What the audit log calls the steps in the life of a subscription.

use crate::licensing::lifecycle::TRIAL_ENDED;
use crate::model::{Subscription, SubscriptionStatus};
use crate::world::{Change, Object};

/// What happened to a subscription in its life. Of trials the names are documented (AUD-03), of
/// others they are inferred.
pub(super) fn description(change: &Change) -> Option<&'static str> {
    let of = |object: &Option<Object>| object.as_ref()?.downcast::<Subscription>().cloned();
    let (before, after) = (of(&change.before), of(&change.after)?);
    let status = after.status;
    let came = before.as_ref().map(|before| before.status);
    if after.trial {
        let is_over = after.reason.as_deref() == Some(TRIAL_ENDED);
        return Some(match (came, status) {
            (None, _) => "Trial Was Created",
            (Some(before), now) if before == now => "Trial Was Updated",
            (_, SubscriptionStatus::Suspended) if is_over => "Trial Has Expired",
            (_, SubscriptionStatus::Suspended) => "Trial Was Suspended",
            (_, SubscriptionStatus::Cancelled | SubscriptionStatus::Deleted) => {
                "Trial Was Terminated"
            }
            _ => "Trial Was Updated",
        });
    }
    let (came, status) = (came.filter(|before| *before != status)?, status);
    Some(match (came, status) {
        (_, SubscriptionStatus::PendingAction) => "A Subscription Awaits An Action",
        (_, SubscriptionStatus::Suspended) => "A Subscription Was Suspended",
        (_, SubscriptionStatus::Cancelled) => "A Subscription Was Canceled",
        (_, SubscriptionStatus::Deleted) => "A Subscription Was Deleted",
        (SubscriptionStatus::Cancelled, _) => "A Subscription Was Restored",
        (SubscriptionStatus::PendingAction, _) => "A Subscription Was Renewed",
        _ => "A Subscription Was Reactivated",
    })
}
