//! Settings of devices that stand with an organisation or with one of its locations, and count for
//! every phone there.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::kinds;
use crate::world::{Entity, Kind};

/// Settings of the devices of an organisation, or of a location: stored under the id of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeviceSettings {
    /// Whose it is.
    pub organization: Uuid,
    /// The location; none for those of the whole organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Uuid>,
    /// What was customized, by the path of the setting: `mpp.poeMode`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub customizations: BTreeMap<String, Value>,
    /// Tags of families or models of devices, and their values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tags: BTreeMap<String, BTreeMap<String, String>>,
}

impl Entity for DeviceSettings {
    const KIND: Kind = kinds::DEVICE_SETTINGS;
    const NAME: &'static str = "deviceDefaults";

    fn label(&self) -> String {
        let place = self.location.map_or("organization", |_| "location");
        format!("device settings of the {place}")
    }
}
