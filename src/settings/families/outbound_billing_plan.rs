//! The outbound billing plan: whether calls to the outside are billed by it
//! (`/telephony/config/people/{personId}/outboundBillingPlan`).

use super::kinds;
use crate::patched;
use crate::settings::family::{Family, FamilyDef, FamilyRoute, Paths, Plain};
use crate::world::Kind;

patched! {
    /// Whether calls to the outside are billed by the plan.
    #[derive(Default)]
    pub struct OutboundBillingPlan by OutboundBillingPlanPatch {
        /// Whether it is on.
        enabled: bool,
    }
}

impl Family for OutboundBillingPlan {
    const KIND: Kind = kinds::OUTBOUND_BILLING_PLAN;
    const KEY: &'static str = "outboundBillingPlan";
}

impl Plain for OutboundBillingPlan {}

const PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/outboundBillingPlan"],
    workspace: &["/telephony/config/workspaces/{workspaceId}/outboundBillingPlan"],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<OutboundBillingPlan>(&[
    FamilyRoute::get::<OutboundBillingPlan>(PATHS),
    FamilyRoute::put::<OutboundBillingPlan>(PATHS).requiring(&["enabled"]),
]);
