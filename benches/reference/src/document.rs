//! The documents, as Webex shapes them.

use serde::{Deserialize, Serialize};

/// `GET /v1/people`.
#[derive(Serialize, Deserialize)]
pub struct People {
    pub items: Vec<Person>,
}

/// `GET /v1/people/{personId}`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Person {
    pub id: String,
    pub emails: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phone_numbers: Vec<PhoneNumber>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location_id: Option<String>,
    pub display_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nick_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar: Option<String>,
    pub org_id: String,
    #[serde(default)]
    pub roles: Vec<String>,
    #[serde(default)]
    pub licenses: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manager: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manager_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Address>,
    pub created: String,
    pub last_modified: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_activity: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub site_urls: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sip_addresses: Vec<SipAddress>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub xmpp_federation_jid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    pub invite_pending: bool,
    pub login_enabled: bool,
    pub r#type: String,
}

/// One of a person's numbers.
#[derive(Clone, Serialize, Deserialize)]
pub struct PhoneNumber {
    pub r#type: String,
    pub value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary: Option<bool>,
}

/// One of a person's SIP addresses.
#[derive(Clone, Serialize, Deserialize)]
pub struct SipAddress {
    pub r#type: String,
    pub value: String,
    pub primary: bool,
}

/// A person's address.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Address {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locality: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub street_address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
}

/// `PUT /v1/people/{personId}/features/callForwarding`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CallForwarding {
    pub call_forwarding: Cases,
    pub business_continuity: Forward,
}

/// The three cases.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cases {
    pub always: Forward,
    pub busy: Forward,
    pub no_answer: Forward,
}

/// Where calls go.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Forward {
    pub enabled: bool,
    pub destination: Option<String>,
    pub ring_reminder_enabled: Option<bool>,
    pub destination_voicemail_enabled: Option<bool>,
    pub number_of_rings: Option<u8>,
    pub system_max_number_of_rings: Option<u8>,
}
