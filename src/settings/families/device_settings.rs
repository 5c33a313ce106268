//! How the devices of a holder use the network
//! (`/telephony/config/people/{personId}/devices/settings`).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::kinds;
use crate::settings::family::{Family, FamilyDef, FamilyRoute, Paths, Plain};
use crate::world::Kind;
use crate::{patched, replaced};

/// Whether calls are compressed, so that they use less of the network.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Compression {
    /// They are.
    On,
    /// They are not.
    #[default]
    Off,
}

replaced!(Compression);

patched! {
    /// How devices use the network.
    #[derive(Default)]
    pub struct HolderDeviceSettings by HolderDeviceSettingsPatch {
        /// Whether calls are compressed.
        compression: Compression,
    }
}

impl Family for HolderDeviceSettings {
    const KIND: Kind = kinds::DEVICE_SETTINGS;
    const KEY: &'static str = "deviceSettings";
}

impl Plain for HolderDeviceSettings {}

const PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/devices/settings"],
    workspace: &["/telephony/config/workspaces/{workspaceId}/devices/settings"],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<HolderDeviceSettings>(&[
    FamilyRoute::get::<HolderDeviceSettings>(PATHS),
    FamilyRoute::put::<HolderDeviceSettings>(PATHS).requiring(&["compression"]),
]);
