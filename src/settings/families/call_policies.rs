//! Call policies: who sees where a redirected call ended
//! (`/telephony/config/workspaces/{workspaceId}/callPolicies`); workspaces only.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::kinds;
use crate::settings::family::{Family, FamilyDef, FamilyRoute, Paths, Plain};
use crate::world::Kind;
use crate::{patched, replaced};

patched! {
    /// Who sees where a redirected call ended.
    #[derive(Default)]
    pub struct CallPolicies by CallPoliciesPatch {
        /// From whom the connected line is kept.
        connected_line_id_privacy_on_redirected_calls: LinePrivacy,
    }
}

/// From whom the connected line of a redirected call is kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LinePrivacy {
    /// From nobody.
    #[default]
    NoPrivacy,
    /// From callers outside.
    PrivacyForExternalCalls,
    /// From every caller.
    PrivacyForAllCalls,
}

replaced!(LinePrivacy);

impl Family for CallPolicies {
    const KIND: Kind = kinds::CALL_POLICIES;
    const KEY: &'static str = "callPolicies";
}

impl Plain for CallPolicies {}

const PATHS: Paths = Paths {
    person: &[],
    workspace: &["/telephony/config/workspaces/{workspaceId}/callPolicies"],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<CallPolicies>(&[
    FamilyRoute::get::<CallPolicies>(PATHS).professional(),
    FamilyRoute::put::<CallPolicies>(PATHS)
        .professional()
        .requiring(&["connectedLineIdPrivacyOnRedirectedCalls"]),
]);
