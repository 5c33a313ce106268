//! Anonymous call rejection: calls without a caller's number are turned away
//! (`/telephony/config/people/{personId}/anonymousCallReject`).

use super::kinds;
use crate::patched;
use crate::settings::family::{Family, FamilyDef, FamilyRoute, Paths, Plain};
use crate::settings::services::CallingService;
use crate::world::Kind;

patched! {
    /// Whether calls without a caller's number are turned away.
    #[derive(Default)]
    pub struct AnonymousCallReject by AnonymousCallRejectPatch {
        /// Whether it is on.
        enabled: bool,
    }
}

impl Family for AnonymousCallReject {
    const KIND: Kind = kinds::ANONYMOUS_CALL_REJECT;
    const KEY: &'static str = "anonymousCallReject";
}

impl Plain for AnonymousCallReject {}

const PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/anonymousCallReject"],
    workspace: &["/telephony/config/workspaces/{workspaceId}/anonymousCallReject"],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<AnonymousCallReject>(&[
    FamilyRoute::get::<AnonymousCallReject>(PATHS).professional(),
    FamilyRoute::put::<AnonymousCallReject>(PATHS)
        .professional()
        .requiring(&["enabled"]),
])
.telling(&[(CallingService::AnonymousCallRejection, |step| {
    step.value::<AnonymousCallReject>().enabled
})]);
