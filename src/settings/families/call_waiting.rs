//! Call waiting: a second call while the line is busy (`/people/{personId}/features/callWaiting`).

use super::kinds;
use crate::patched;
use crate::settings::family::{Family, FamilyDef, FamilyRoute, Paths, Plain};
use crate::settings::services::CallingService;
use crate::world::Kind;

patched! {
    /// Whether a second call is announced.
    pub struct CallWaiting by CallWaitingPatch {
        /// Whether it is on.
        enabled: bool,
    }
}

impl Default for CallWaiting {
    fn default() -> Self {
        Self { enabled: true }
    }
}

impl Family for CallWaiting {
    const KIND: Kind = kinds::CALL_WAITING;
    const KEY: &'static str = "callWaiting";
}

impl Plain for CallWaiting {}

const PATHS: Paths = Paths {
    person: &["/people/{personId}/features/callWaiting"],
    workspace: &["/workspaces/{workspaceId}/features/callWaiting"],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<CallWaiting>(&[
    FamilyRoute::get::<CallWaiting>(PATHS),
    FamilyRoute::put::<CallWaiting>(PATHS.of_people()).requiring(&["enabled"]),
    FamilyRoute::put::<CallWaiting>(PATHS.of_workspaces()),
])
.telling(&[(CallingService::CallWaiting, |step| {
    step.value::<CallWaiting>().enabled
})]);
