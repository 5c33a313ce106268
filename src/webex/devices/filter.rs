//! The filters of a list of devices.

use super::document::DeviceBody;
use crate::http::Call;
use crate::model::device::Mac;
use crate::model::{Device, Holder, WebexId};
use crate::refusal::Refusal;
use crate::webex::{location_filter, workspace_location_filter};

/// What no device of the simulator has, so that nothing fits.
const UNKNOWN: [&str; 3] = ["software", "upgradeChannel", "errorCode"];

/// Parameters whose values are words of a list.
const WORDS: [&str; 5] = [
    "connectionStatus",
    "type",
    "capability",
    "devicePlatform",
    "plannedMaintenance",
];

/// What a caller wants to see.
#[derive(Debug)]
pub(super) struct Filter {
    holders: Vec<Holder>,
    mac: Option<Mac>,
    locations: Vec<String>,
    tags: Vec<String>,
    texts: Vec<(&'static str, String)>,
    words: Vec<(&'static str, &'static str)>,
    nothing: bool,
}

impl Filter {
    /// The filters of a call.
    ///
    /// # Errors
    /// 400 for ids, addresses and words that are none.
    pub fn of(call: &Call<'_>) -> Result<Self, Refusal> {
        let mac = call.query("mac").map(|text| text.parse::<Mac>());
        let mac = mac.transpose();
        let mut texts = Vec::new();
        for name in ["displayName", "product", "serial", "permission"] {
            texts.extend(call.query(name).map(|text| (name, text.into_owned())));
        }
        let mut words = Vec::new();
        for name in WORDS {
            words.extend(call.query_word(name)?.map(|word| (name, word)));
        }
        let locations = [location_filter(call)?, workspace_location_filter(call)?];
        let locations = locations.into_iter().flatten();
        Ok(Self {
            holders: holders(call)?,
            mac: mac.map_err(|why| Refusal::bad_request(format!("mac: {why}.")))?,
            locations: locations.map(|id| WebexId::Location.encode(id)).collect(),
            tags: call.query_list("tag"),
            nothing: UNKNOWN.iter().any(|name| call.query(name).is_some()),
            texts,
            words,
        })
    }

    /// Whether a device is to be shown.
    pub fn fits(&self, device: &Device, body: &DeviceBody<'_>) -> bool {
        let has = |name: &str, wanted: &str| match name {
            "displayName" => body.display_name.eq_ignore_ascii_case(wanted),
            "connectionStatus" => body.connection_status == wanted,
            "product" => device.product.eq_ignore_ascii_case(wanted),
            "type" => body.r#type == wanted,
            "serial" => body.serial.as_deref() == Some(wanted),
            "capability" => body.capabilities.contains(&wanted),
            "permission" => body.permissions.contains(&wanted),
            "devicePlatform" => body.device_platform == wanted,
            // Nothing is ever maintained.
            _ => wanted == "off",
        };
        !self.nothing
            && self.holders.iter().all(|holder| *holder == device.holder)
            && self.mac.is_none_or(|mac| mac == device.mac)
            && self
                .locations
                .iter()
                .all(|wanted| body.location_id.as_ref() == Some(wanted))
            && self.tags.iter().all(|tag| device.tags.contains(tag))
            && self.texts.iter().all(|(name, wanted)| has(name, wanted))
            && self.words.iter().all(|(name, wanted)| has(name, wanted))
    }
}

fn holders(call: &Call<'_>) -> Result<Vec<Holder>, Refusal> {
    let mut holders = Vec::new();
    if let Some(text) = call.query("personId") {
        let id = WebexId::Person.decode(&text);
        let id = id.ok_or_else(|| Refusal::bad_request("personId is not a person's id."))?;
        holders.push(Holder::Person(id));
    }
    if let Some(text) = call.query("workspaceId") {
        let id = WebexId::Workspace.decode(&text);
        let id = id.ok_or_else(|| Refusal::bad_request("workspaceId is not a workspace's id."))?;
        holders.push(Holder::Workspace(id));
    }
    Ok(holders)
}
