//! Hoteling: guests may use the phone (`/people/{personId}/features/hoteling`); people only.

use super::kinds;
use crate::patched;
use crate::settings::family::{Family, FamilyDef, FamilyRoute, Paths, Plain};
use crate::settings::services::CallingService;
use crate::world::Kind;

patched! {
    /// Whether guests may use the phone.
    #[derive(Default)]
    pub struct Hoteling by HotelingPatch {
        /// Whether it is on.
        enabled: bool,
    }
}

impl Family for Hoteling {
    const KIND: Kind = kinds::HOTELING;
    const KEY: &'static str = "hoteling";
}

impl Plain for Hoteling {}

const PATHS: Paths = Paths {
    person: &["/people/{personId}/features/hoteling"],
    workspace: &[],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<Hoteling>(&[
    FamilyRoute::get::<Hoteling>(PATHS),
    FamilyRoute::put::<Hoteling>(PATHS).requiring(&["enabled"]),
])
.telling(&[(CallingService::HotelingHost, |step| {
    step.value::<Hoteling>().enabled
})]);
