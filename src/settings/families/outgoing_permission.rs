//! Outgoing permission: what happens to calls of each type
//! (`/people/{personId}/features/outgoingPermission`). A PUT merges by call type.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{invalid, kinds};
use crate::refusal::Refusal;
use crate::settings::family::{Family, FamilyDef, FamilyRoute, Paths, Setting, Step};
use crate::world::Kind;

/// What happens to outgoing calls.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct OutgoingPermission {
    /// Whether these settings count instead of the location's.
    pub use_custom_enabled: bool,
    /// Whether the permissions below count instead of the location's.
    pub use_custom_permissions: bool,
    /// The permission of each call type.
    pub calling_permissions: BTreeMap<CallType, Permission>,
}

/// The type of a call. URL, UNKNOWN and CASUAL cannot be set and are no types here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CallType {
    /// Inside the organisation.
    InternalCall,
    /// Local calls, which SDKs know and the document does not list.
    Local,
    /// Free for the caller.
    TollFree,
    /// Toll calls, which SDKs know and the document does not list.
    Toll,
    /// To other countries.
    International,
    /// Through an operator.
    OperatorAssisted,
    /// Directory enquiries that cost.
    ChargeableDirectoryAssisted,
    /// Special services.
    SpecialServicesI,
    /// More special services.
    #[serde(rename = "SPECIAL_SERVICES_II")]
    SpecialServicesIi,
    /// Premium services.
    PremiumServicesI,
    /// More premium services.
    #[serde(rename = "PREMIUM_SERVICES_II")]
    PremiumServicesIi,
    /// Within the country.
    National,
}

/// What happens to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CallAction {
    /// It is let through.
    Allow,
    /// It is not.
    Block,
    /// It needs an access code.
    AuthCode,
    /// It goes to the first transfer number.
    #[serde(rename = "TRANSFER_NUMBER_1")]
    TransferNumber1,
    /// It goes to the second transfer number.
    #[serde(rename = "TRANSFER_NUMBER_2")]
    TransferNumber2,
    /// It goes to the third transfer number.
    #[serde(rename = "TRANSFER_NUMBER_3")]
    TransferNumber3,
}

/// The permission of a call type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Permission {
    /// What happens to the call.
    pub action: CallAction,
    /// Whether such calls may be transferred or forwarded.
    pub transfer_enabled: bool,
}

const ALLOWED: Permission = Permission {
    action: CallAction::Allow,
    transfer_enabled: true,
};
const BLOCKED: Permission = Permission {
    action: CallAction::Block,
    transfer_enabled: false,
};

/// The documented types with their defaults.
const DEFAULTS: &[(CallType, Permission)] = &[
    (CallType::InternalCall, ALLOWED),
    (CallType::TollFree, ALLOWED),
    (CallType::International, BLOCKED),
    (CallType::OperatorAssisted, ALLOWED),
    (CallType::ChargeableDirectoryAssisted, ALLOWED),
    (CallType::SpecialServicesI, ALLOWED),
    (CallType::SpecialServicesIi, ALLOWED),
    (CallType::PremiumServicesI, BLOCKED),
    (CallType::PremiumServicesIi, BLOCKED),
    (CallType::National, ALLOWED),
];

impl Default for OutgoingPermission {
    fn default() -> Self {
        Self {
            use_custom_enabled: false,
            use_custom_permissions: false,
            calling_permissions: DEFAULTS.iter().copied().collect(),
        }
    }
}

/// What reading shows of outgoing permission.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OutgoingPermissionView {
    /// Whether these settings count instead of the location's.
    pub use_custom_enabled: bool,
    /// Whether the permissions below count instead of the location's.
    pub use_custom_permissions: bool,
    /// The permission of each call type.
    pub calling_permissions: Vec<CallingPermission>,
}

/// What reading shows of a call type.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CallingPermission {
    /// The type.
    pub call_type: CallType,
    /// What happens to the call.
    pub action: CallAction,
    /// Whether such calls may be transferred or forwarded.
    pub transfer_enabled: bool,
    /// Whether the system enforces it; read-only.
    pub is_call_type_restriction_enabled: bool,
}

/// What a PUT may say.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct OutgoingPermissionWrite {
    /// Whether these settings count instead of the location's.
    pub use_custom_enabled: Option<bool>,
    /// Whether the permissions below count instead of the location's.
    pub use_custom_permissions: Option<bool>,
    /// The call types to change.
    pub calling_permissions: Option<Vec<CallingPermissionWrite>>,
}

/// What a PUT may say about a call type.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CallingPermissionWrite {
    /// The type.
    pub call_type: CallType,
    /// What happens to the call.
    #[serde(default)]
    pub action: Option<CallAction>,
    /// Whether such calls may be transferred or forwarded.
    #[serde(default)]
    pub transfer_enabled: Option<bool>,
}

impl Family for OutgoingPermission {
    const KIND: Kind = kinds::OUTGOING_PERMISSION;
    const KEY: &'static str = "outgoingPermission";
}

impl Setting for OutgoingPermission {
    type View = OutgoingPermissionView;
    type Write = OutgoingPermissionWrite;

    fn view(&self, _step: &Step<'_>) -> OutgoingPermissionView {
        let permissions = self
            .calling_permissions
            .iter()
            .map(|(call_type, permission)| CallingPermission {
                call_type: *call_type,
                action: permission.action,
                transfer_enabled: permission.transfer_enabled,
                is_call_type_restriction_enabled: false,
            });
        OutgoingPermissionView {
            use_custom_enabled: self.use_custom_enabled,
            use_custom_permissions: self.use_custom_permissions,
            calling_permissions: permissions.collect(),
        }
    }

    fn merge(&mut self, write: OutgoingPermissionWrite, _step: &Step<'_>) -> Result<(), Refusal> {
        self.use_custom_enabled = write.use_custom_enabled.unwrap_or(self.use_custom_enabled);
        self.use_custom_permissions = write
            .use_custom_permissions
            .unwrap_or(self.use_custom_permissions);
        let changes = write.calling_permissions.unwrap_or_default();
        for (position, change) in changes.iter().enumerate() {
            let mut earlier = changes.iter().take(position);
            if earlier.any(|it| it.call_type == change.call_type) {
                return Err(invalid(format!(
                    "callingPermissions[{position}].callType is given twice; send each call type \
                     once."
                )));
            }
        }
        for change in changes {
            let permission = self
                .calling_permissions
                .entry(change.call_type)
                .or_insert(ALLOWED);
            permission.action = change.action.unwrap_or(permission.action);
            permission.transfer_enabled = change
                .transfer_enabled
                .unwrap_or(permission.transfer_enabled);
        }
        Ok(())
    }
}

const PATHS: Paths = Paths {
    person: &[
        "/people/{personId}/features/outgoingPermission",
        "/telephony/config/people/{personId}/outgoingPermission",
    ],
    workspace: &["/workspaces/{workspaceId}/features/outgoingPermission"],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<OutgoingPermission>(&[
    FamilyRoute::get::<OutgoingPermission>(PATHS),
    FamilyRoute::put::<OutgoingPermission>(PATHS.of_people())
        .taking::<OutgoingPermissionWrite>()
        .requiring(&["callingPermissions"]),
    FamilyRoute::put::<OutgoingPermission>(PATHS.of_workspaces())
        .taking::<OutgoingPermissionWrite>(),
]);
