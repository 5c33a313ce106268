//! The columns beside those of licences (behaviour.md C5).

use serde::{Deserialize, Serialize};

use crate::tasks::csv::{Field, Header, numbers};

/// A column that is not a licence's. The discriminants are positions in [`ATTRIBUTES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Attribute {
    /// The e-mail address of a person, the name of a workspace: the key.
    Username,
    /// `USER` or `WORKSPACE`.
    Type,
    /// Extension.
    Extension,
    /// Phone number.
    PhoneNumber,
    /// What kind of device is to come.
    DeviceType,
    /// Its model.
    Model,
    /// Its address; without one an activation code is made.
    MacAddress,
    /// Location.
    Location,
    /// Whether a Cisco Calling Plan is wanted; it is not read.
    CallingPlan,
    /// Whether nothing but the subscription is to change.
    SubscriptionOnly,
}

/// The columns in the order of a file.
pub const ATTRIBUTES: &[Header<Attribute>] = &[
    row(Attribute::Username, "Username"),
    row(Attribute::Type, "Type"),
    row(Attribute::Extension, numbers::EXTENSION),
    row(Attribute::PhoneNumber, numbers::PHONE_NUMBER),
    row(Attribute::DeviceType, "Device Type"),
    row(Attribute::Model, "Model"),
    row(Attribute::MacAddress, "MAC Address"),
    row(Attribute::Location, "Location"),
    row(Attribute::CallingPlan, "Calling Plan"),
    row(
        Attribute::SubscriptionOnly,
        "Workspace Subscription Update Only",
    ),
];

const fn row(field: Attribute, name: &'static str) -> Header<Attribute> {
    Header {
        field,
        name,
        aliases: &[],
    }
}

impl Field for Attribute {
    const HEADERS: &'static [Header<Self>] = ATTRIBUTES;

    fn position(self) -> usize {
        self as usize
    }
}

/// Whose row it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HolderKind {
    /// A person's.
    User,
    /// A workspace's.
    Workspace,
}

impl HolderKind {
    /// What stands in the column.
    pub fn name(self) -> &'static str {
        match self {
            Self::User => "USER",
            Self::Workspace => "WORKSPACE",
        }
    }

    /// The kind of a name in any case.
    pub fn named(name: &str) -> Option<Self> {
        let all = [Self::User, Self::Workspace];
        all.into_iter()
            .find(|kind| kind.name().eq_ignore_ascii_case(name.trim()))
    }
}

/// The kinds of devices, and whether they are phones. `IP` was seen in published files; the
/// others are inferred.
pub(super) static DEVICE_TYPES: [(&str, bool); 3] =
    [("IP", true), ("WEBEX_CALLING", true), ("WEBEX", false)];
