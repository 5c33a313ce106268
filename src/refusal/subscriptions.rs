//! Refusals by what subscriptions and their units allow.

use super::kind::ErrorKind as Kind;
use super::{ErrorRow, row};

#[rustfmt::skip]
pub(super) static ROWS: &[(Kind, ErrorRow)] = &[
    (Kind::NoFreeUnit, row(400, Some(900_001), "No free unit of the license", "No unit of {} is free.", "Free a unit, buy more (PATCH /_sim/v1/subscriptions/{subscriptionId}), or choose another subscription.")),
    (Kind::SubscriptionNotActive, row(400, Some(900_002), "Subscription not active", "{}", "Choose a licence of an active subscription.")),
    (Kind::LossNotAcknowledged, row(400, Some(900_003), "Data loss not acknowledged", "{}", "Send acknowledgeDataLoss: true, or keep preserveLicenses: true.")),
    (Kind::NothingToMoveTo, row(400, Some(900_006), "Nothing to move to", "{}", "Buy a Calling subscription, or contact your partner.")),
    (Kind::DisabledByCancellation, row(403, Some(900_007), "Services disabled by cancellation", "{}", "Restore the subscription first (POST /_sim/v1/subscriptions/{subscriptionId}/restore).")),
    (Kind::WrongStatus, row(409, Some(900_024), "Impossible from the present status", "{}", "Look at the subscription's status first.")),
    (Kind::UnitsInUse, row(409, Some(900_025), "Units in use", "{}", "Take licences from their holders first.")),
    (Kind::LicenseNotRemovable, row(400, Some(900_027), "License cannot be removed", "{}", "Leave this licence in place.")),
    (Kind::SuspendedOverPublicApi, row(403, Some(900_028), "Suspended licenses are managed in Control Hub only", "{}", "Use Edit licences (PATCH /_hub/v1/organizations/me/users/{personId}/licenses), or set the quirk suspended_over_public_api to allow.")),
    (Kind::NoNumberForCalling, row(400, Some(900_029), "No number for Calling", "{}", "Give the user a work number that stands unused in a Calling location, then apply the template to existing users again.")),
];
