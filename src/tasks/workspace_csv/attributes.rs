//! The columns beside those of licences (behaviour.md C5).

use serde::{Deserialize, Serialize};

use crate::tasks::csv::{Field, numbers};

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

/// The columns in the order of a file, each with its header.
pub static ATTRIBUTES: [(Attribute, &str); 10] = [
    (Attribute::Username, "Username"),
    (Attribute::Type, "Type"),
    (Attribute::Extension, numbers::EXTENSION),
    (Attribute::PhoneNumber, numbers::PHONE_NUMBER),
    (Attribute::DeviceType, "Device Type"),
    (Attribute::Model, "Model"),
    (Attribute::MacAddress, "MAC Address"),
    (Attribute::Location, "Location"),
    (Attribute::CallingPlan, "Calling Plan"),
    (
        Attribute::SubscriptionOnly,
        "Workspace Subscription Update Only",
    ),
];

impl Field for Attribute {
    const COUNT: usize = ATTRIBUTES.len();

    fn position(self) -> usize {
        self as usize
    }
}

impl Attribute {
    /// The header.
    #[must_use]
    pub fn header(self) -> &'static str {
        ATTRIBUTES[self as usize].1
    }

    /// The attribute of a header in any case.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let row = ATTRIBUTES
            .iter()
            .find(|(_, header)| header.eq_ignore_ascii_case(name));
        row.map(|(attribute, _)| *attribute)
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
