//! Barge-in: others may join a call of this line (`/people/{personId}/features/bargeIn`).

use super::kinds;
use crate::patched;
use crate::settings::family::{Family, FamilyDef, FamilyRoute, Paths, Plain};
use crate::settings::services::CallingService;
use crate::world::Kind;

patched! {
    /// Whether others may join a call.
    #[derive(Default)]
    pub struct BargeIn by BargeInPatch {
        /// Whether it is on.
        enabled: bool,
        /// Whether a tone is played when somebody joins.
        tone_enabled: bool,
    }
}

impl Family for BargeIn {
    const KIND: Kind = kinds::BARGE_IN;
    const KEY: &'static str = "bargeIn";
}

impl Plain for BargeIn {}

const PATHS: Paths = Paths {
    person: &["/people/{personId}/features/bargeIn"],
    workspace: &["/telephony/config/workspaces/{workspaceId}/bargeIn"],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<BargeIn>(&[
    FamilyRoute::get::<BargeIn>(PATHS).professional(),
    FamilyRoute::put::<BargeIn>(PATHS.of_people()),
    FamilyRoute::put::<BargeIn>(PATHS.of_workspaces())
        .professional()
        .requiring(&["enabled"]),
])
.telling(&[(CallingService::DirectedCallPickupWithBargeIn, |step| {
    step.value::<BargeIn>().enabled
})]);
