//! Signing in to a hot desk by the voice portal
//! (`/telephony/config/people/{personId}/features/hotDesking/guest`); people only.

use super::kinds;
use crate::patched;
use crate::settings::family::{Family, FamilyDef, FamilyRoute, Paths, Plain};
use crate::settings::services::CallingService;
use crate::world::Kind;

patched! {
    /// Whether a person may sign in to a hot desk by the voice portal.
    #[derive(Default)]
    pub struct HotDeskingGuest by HotDeskingGuestPatch {
        /// Whether it is on.
        voice_portal_hot_desk_sign_in_enabled: bool,
    }
}

impl Family for HotDeskingGuest {
    const KIND: Kind = kinds::HOT_DESKING_GUEST;
    const KEY: &'static str = "hotDeskingGuest";
}

impl Plain for HotDeskingGuest {}

const PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/features/hotDesking/guest"],
    workspace: &[],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<HotDeskingGuest>(&[
    FamilyRoute::get::<HotDeskingGuest>(PATHS),
    FamilyRoute::put::<HotDeskingGuest>(PATHS),
])
.telling(&[(CallingService::FlexibleSeatingGuest, |step| {
    step.value::<HotDeskingGuest>()
        .voice_portal_hot_desk_sign_in_enabled
})]);
