//! Incoming permission: which calls may come in
//! (`/people/{personId}/features/incomingPermission`).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::kinds;
use crate::settings::family::{Family, FamilyDef, FamilyRoute, Paths, Plain};
use crate::world::Kind;
use crate::{patched, replaced};

patched! {
    /// Which calls may come in.
    pub struct IncomingPermission by IncomingPermissionPatch {
        /// Whether these settings count instead of the location's.
        use_custom_enabled: bool,
        /// Calls from outside.
        external_transfer: ExternalTransfer,
        /// Calls from inside.
        internal_calls_enabled: bool,
        /// Collect calls.
        collect_calls_enabled: bool,
    }
}

/// Which calls may come in from outside.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ExternalTransfer {
    /// All.
    #[default]
    AllowAllExternal,
    /// Transferred ones.
    AllowOnlyTransferredExternal,
    /// None.
    BlockAllExternal,
}

replaced!(ExternalTransfer);

impl Default for IncomingPermission {
    fn default() -> Self {
        Self {
            use_custom_enabled: false,
            external_transfer: ExternalTransfer::AllowAllExternal,
            internal_calls_enabled: true,
            collect_calls_enabled: true,
        }
    }
}

impl Family for IncomingPermission {
    const KIND: Kind = kinds::INCOMING_PERMISSION;
    const KEY: &'static str = "incomingPermission";
}

impl Plain for IncomingPermission {}

const PATHS: Paths = Paths {
    person: &["/people/{personId}/features/incomingPermission"],
    workspace: &["/workspaces/{workspaceId}/features/incomingPermission"],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<IncomingPermission>(&[
    FamilyRoute::get::<IncomingPermission>(PATHS),
    FamilyRoute::put::<IncomingPermission>(PATHS.of_people()).requiring(&[
        "useCustomEnabled",
        "externalTransfer",
        "internalCallsEnabled",
        "collectCallsEnabled",
    ]),
    FamilyRoute::put::<IncomingPermission>(PATHS.of_workspaces()),
]);
