//! Locations, and what Webex Calling adds to them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{E164, ids, kinds, spaces};
use crate::world::{Entity, IndexKey, Kind};

/// A postal address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Address {
    /// Street and number.
    pub address1: String,
    /// A second line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address2: Option<String>,
    /// City.
    pub city: String,
    /// State, region or province.
    pub state: String,
    /// Postal code.
    pub postal_code: String,
    /// Two letters, ISO 3166.
    pub country: String,
}

/// A location.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Location {
    /// Whose it is.
    pub organization: Uuid,
    /// The name, unique in the organisation.
    pub name: String,
    /// An IANA time zone.
    pub time_zone: String,
    /// A locale such as `en_us`.
    pub preferred_language: String,
    /// A locale such as `en_us`.
    pub announcement_language: String,
    /// Degrees, as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latitude: Option<String>,
    /// Degrees, as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longitude: Option<String>,
    /// Free text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// Where it is.
    pub address: Address,
    /// What Webex Calling adds, once the location is enabled for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calling: Option<CallingLocation>,
}

/// What Webex Calling adds to a location.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CallingLocation {
    /// The prefix that makes extensions unique in the organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub routing_prefix: Option<String>,
    /// The digit for an outside line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outside_dial_digit: Option<String>,
    /// Whether the outside line digit is enforced.
    #[serde(default)]
    pub enforce_outside_dial_digit: bool,
    /// The main number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub main_number: Option<E164>,
    /// The name that goes with the main number; the organisation's unless said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calling_line_id_name: Option<String>,
    /// The name shown to callees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_caller_id_name: Option<String>,
    /// The emergency location identifier, in Belgium, Germany and France.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p_access_network_info: Option<String>,
    /// The number that pays for calls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charge_number: Option<E164>,
    /// The subscription of its Cisco Calling Plan, a plain id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscription_id: Option<String>,
    /// Whether callers who wait hear nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub music_on_hold_disabled: bool,
    /// Captions of calls.
    #[serde(default, skip_serializing_if = "Captions::is_off")]
    pub captions: Captions,
}

/// Captions of calls at a location.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Captions {
    /// Whether there are closed captions.
    pub closed_captions: bool,
    /// Whether there are transcripts.
    pub transcripts: bool,
}

impl Captions {
    /// Whether there are none.
    #[must_use]
    pub fn is_off(&self) -> bool {
        *self == Self::default()
    }
}

/// What the older API calls a location.
const WORKSPACE_LOCATION: &str = "WORKSPACE_LOCATION";

impl Location {
    /// The id of a location in the older API, which names the organisation, too (api-surface.md
    /// 1.2).
    #[must_use]
    pub fn encode_for_workspaces(id: Uuid, organization: Uuid) -> String {
        ids::encode_in_rooms(WORKSPACE_LOCATION, &format!("{id}#{organization}"))
    }

    /// The uuid of such an id. A bare uuid is accepted, too.
    #[must_use]
    pub fn decode_for_workspaces(text: &str) -> Option<Uuid> {
        if text.len() == uuid::fmt::Hyphenated::LENGTH {
            return Uuid::try_parse(text).ok();
        }
        let key = ids::decode(WORKSPACE_LOCATION, text)?;
        Uuid::try_parse(key.split('#').next()?).ok()
    }

    /// An extension with the routing prefix before it: how other locations dial it.
    #[must_use]
    pub fn esn(&self, extension: &str) -> String {
        format!("{}{extension}", self.routing_prefix().unwrap_or_default())
    }

    /// The prefix that makes extensions unique in the organisation.
    #[must_use]
    pub fn routing_prefix(&self) -> Option<&str> {
        self.calling.as_ref()?.routing_prefix.as_deref()
    }
}

impl Entity for Location {
    const KIND: Kind = kinds::LOCATION;
    const NAME: &'static str = "location";
    const TELLING: u8 = 6;

    fn label(&self) -> String {
        self.name.clone()
    }

    fn index(&self, out: &mut Vec<IndexKey>) {
        out.push(IndexKey::new(
            spaces::LOCATION,
            self.organization,
            &self.name,
        ));
        if let Some(prefix) = self.routing_prefix() {
            out.push(IndexKey::new(
                spaces::ROUTING_PREFIX,
                self.organization,
                prefix,
            ));
        }
    }
}
