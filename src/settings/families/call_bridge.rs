//! The warning tone when somebody bridges into a call of a shared line
//! (`/telephony/config/people/{personId}/features/callBridge`).

use super::kinds;
use crate::patched;
use crate::settings::family::{Family, FamilyDef, FamilyRoute, Paths, Plain};
use crate::world::Kind;

patched! {
    /// What is heard when somebody bridges into a call.
    pub struct CallBridge by CallBridgePatch {
        /// Whether a tone warns of it.
        warning_tone_enabled: bool,
    }
}

impl Default for CallBridge {
    fn default() -> Self {
        Self {
            warning_tone_enabled: true,
        }
    }
}

impl Family for CallBridge {
    const KIND: Kind = kinds::CALL_BRIDGE;
    const KEY: &'static str = "callBridge";
}

impl Plain for CallBridge {}

const PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/features/callBridge"],
    workspace: &["/telephony/config/workspaces/{workspaceId}/callBridge"],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<CallBridge>(&[
    FamilyRoute::get::<CallBridge>(PATHS).professional(),
    FamilyRoute::put::<CallBridge>(PATHS.of_people()),
    FamilyRoute::put::<CallBridge>(PATHS.of_workspaces())
        .professional()
        .requiring(&["warningToneEnabled"]),
]);
