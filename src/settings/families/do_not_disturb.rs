//! Do not disturb (`/people/{personId}/features/doNotDisturb`). Workspaces know no Webex Go.

use serde::Serialize;
use utoipa::ToSchema;

use super::kinds;
use crate::patched;
use crate::refusal::Refusal;
use crate::settings::family::{Family, FamilyDef, FamilyRoute, Paths, Setting, Step};
use crate::settings::patch::Patch;
use crate::settings::services::CallingService;
use crate::world::Kind;

patched! {
    /// Calls are not announced.
    #[derive(Default)]
    pub struct DoNotDisturb by DoNotDisturbPatch {
        /// Whether it is on.
        enabled: bool,
        /// Whether the phone plays a short tone as a reminder.
        ring_splash_enabled: bool,
        /// Whether a Webex Go phone still rings.
        webex_go_override_enabled: bool,
    }
}

/// What reading shows of do not disturb.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DoNotDisturbView {
    /// Whether it is on.
    pub enabled: bool,
    /// Whether the phone plays a short tone as a reminder.
    pub ring_splash_enabled: bool,
    /// Whether a Webex Go phone still rings; people only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webex_go_override_enabled: Option<bool>,
}

impl Family for DoNotDisturb {
    const KIND: Kind = kinds::DO_NOT_DISTURB;
    const KEY: &'static str = "doNotDisturb";
}

impl Setting for DoNotDisturb {
    type View = DoNotDisturbView;
    type Write = DoNotDisturbPatch;

    fn view(&self, step: &Step<'_>) -> DoNotDisturbView {
        DoNotDisturbView {
            enabled: self.enabled,
            ring_splash_enabled: self.ring_splash_enabled,
            webex_go_override_enabled: step.is_person().then_some(self.webex_go_override_enabled),
        }
    }

    fn merge(&mut self, write: DoNotDisturbPatch, step: &Step<'_>) -> Result<(), Refusal> {
        self.apply(write);
        self.webex_go_override_enabled &= step.is_person();
        Ok(())
    }
}

const PATHS: Paths = Paths {
    person: &["/people/{personId}/features/doNotDisturb"],
    workspace: &["/telephony/config/workspaces/{workspaceId}/doNotDisturb"],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<DoNotDisturb>(&[
    FamilyRoute::get::<DoNotDisturb>(PATHS),
    FamilyRoute::put::<DoNotDisturb>(PATHS),
])
.telling(&[(CallingService::DoNotDisturb, |step| {
    step.value::<DoNotDisturb>().enabled
})]);
