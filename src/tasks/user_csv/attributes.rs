//! The columns about the person itself (behaviour.md C1), and those that are not read any more.

use serde::{Deserialize, Serialize};

use crate::tasks::csv::{Field, Header, numbers};

/// A column about the person itself. The discriminants are positions in [`ATTRIBUTES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Attribute {
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// Display name.
    DisplayName,
    /// The address that signs in: the key.
    Email,
    /// The status; read-only.
    UserStatus,
    /// When the person was last seen; read-only.
    LastAccessed,
    /// How many days ago that was; read-only.
    DaysSinceAccessed,
    /// Extension.
    Extension,
    /// Job title.
    Title,
    /// Department.
    Department,
    /// Manager.
    Manager,
    /// Phone number.
    PhoneNumber,
    /// The number that callees see.
    CallerIdNumber,
    /// The first name that callees see.
    CallerIdFirstName,
    /// The last name that callees see.
    CallerIdLastName,
    /// Location.
    Location,
    /// Language.
    PreferredLanguage,
    /// Time zone.
    TimeZone,
    /// Kind of address.
    AddressType,
    /// Country of the address.
    AddressCountry,
    /// Street of the address.
    AddressStreet,
    /// City of the address.
    AddressCity,
    /// State of the address.
    AddressState,
    /// Postal code of the address.
    AddressPostalCode,
    /// Whether Jabber makes calls; of wholesale customers (PKG-06).
    JabberCalling,
    /// Whether Jabber goes with Webex Teams; of wholesale customers (PKG-06).
    JabberWithTeams,
    /// The meeting site; of wholesale customers (PKG-07).
    PreferredSite,
}

const fn row(
    field: Attribute,
    name: &'static str,
    aliases: &'static [&'static str],
) -> Header<Attribute> {
    Header {
        field,
        name,
        aliases,
    }
}

/// The columns in the order of an export.
pub const ATTRIBUTES: &[Header<Attribute>] = &[
    row(Attribute::FirstName, "First Name", &[]),
    row(Attribute::LastName, "Last Name", &[]),
    row(Attribute::DisplayName, "Display Name", &[]),
    row(
        Attribute::Email,
        "User ID/Email (Required)",
        &["User ID/Email"],
    ),
    row(Attribute::UserStatus, "User Status", &[]),
    row(Attribute::LastAccessed, "Last Service Accessed Time", &[]),
    row(
        Attribute::DaysSinceAccessed,
        "Days since Last Service Accessed",
        &[],
    ),
    row(Attribute::Extension, numbers::EXTENSION, &[]),
    row(Attribute::Title, "Title", &[]),
    row(Attribute::Department, "Department", &[]),
    row(Attribute::Manager, "Manager", &[]),
    row(Attribute::PhoneNumber, numbers::PHONE_NUMBER, &[]),
    row(Attribute::CallerIdNumber, "Caller ID Number", &[]),
    row(Attribute::CallerIdFirstName, "Caller ID First Name", &[]),
    row(Attribute::CallerIdLastName, "Caller ID Last Name", &[]),
    row(Attribute::Location, "Location", &[]),
    row(Attribute::PreferredLanguage, "Preferred Language", &[]),
    row(Attribute::TimeZone, "Time zone", &[]),
    row(Attribute::AddressType, "Address type", &[]),
    row(Attribute::AddressCountry, "Address country", &[]),
    row(
        Attribute::AddressStreet,
        "Address street",
        &["Street", "Address street address"],
    ),
    row(Attribute::AddressCity, "Address city", &["City"]),
    row(Attribute::AddressState, "Address state", &["State"]),
    row(
        Attribute::AddressPostalCode,
        "Address postal code",
        &["Postal code", "Zip/Postal code"],
    ),
    row(Attribute::JabberCalling, "Jabber Calling", &[]),
    row(Attribute::JabberWithTeams, "Jabber with Webex Teams", &[]),
    row(Attribute::PreferredSite, "Preferred Webex Site", &[]),
];

/// Columns that Control Hub no longer has, in American and in British spelling (CSV-27).
pub(super) const WITHDRAWN: [&str; 5] = [
    "UC Manager Profile",
    "Calling Behavior",
    "Calling Behaviour",
    "Calling Behavior UC Manager Profile",
    "Calling Behaviour UC Manager Profile",
];

/// Columns of services that are not simulated; exports of Control Hub have them (behaviour.md C2).
/// The two of Jabber are read in files of wholesale customers.
pub(super) const UNREAD: [&str; 13] = [
    "Hybrid Calendar Service Resource Group",
    "Hybrid Call Service Resource Group",
    "Jabber with Webex Teams",
    "Jabber Calling",
    "Contact Migration Required",
    "Upgrade Profile",
    "Call Service Aware",
    "Call Service Connect",
    "Enterprise Content Management",
    "Hybrid Calendar Service (Exchange)",
    "Hybrid Calendar Service (Google)",
    "Hybrid Message Service",
    "Webex Meeting Assistant",
];

impl Field for Attribute {
    const HEADERS: &'static [Header<Self>] = ATTRIBUTES;

    fn position(self) -> usize {
        self as usize
    }
}

impl Attribute {
    /// The columns of an organisation's files: those of wholesale customers have more (C4).
    pub(super) fn all(is_wholesale: bool) -> impl Iterator<Item = Self> {
        let all = ATTRIBUTES.iter().map(|row| row.field);
        all.filter(move |attribute| is_wholesale || !attribute.is_wholesale())
    }

    /// Whether only files of wholesale customers have it.
    #[must_use]
    pub fn is_wholesale(self) -> bool {
        matches!(
            self,
            Self::JabberCalling | Self::JabberWithTeams | Self::PreferredSite
        )
    }

    /// Whether a phone number stands in it, which keeps its `+`.
    #[must_use]
    pub fn is_number(self) -> bool {
        matches!(self, Self::PhoneNumber | Self::CallerIdNumber)
    }

    /// Whether a file may write it, and an outcome tells of it as it stands in the cell.
    #[must_use]
    pub fn is_plain(self) -> bool {
        !matches!(
            self,
            Self::Email
                | Self::UserStatus
                | Self::LastAccessed
                | Self::DaysSinceAccessed
                | Self::PhoneNumber
                | Self::Extension
                | Self::Location
        ) && !self.is_wholesale()
    }

    /// Whether its text may have several lines: the street address alone, as in the core schema
    /// of SCIM (RFC 7643, section 4.1.2).
    #[must_use]
    pub fn may_have_lines(self) -> bool {
        self == Self::AddressStreet
    }

    /// Whether a synchronised directory owns it (CSV-26).
    #[must_use]
    pub fn is_of_directory(self) -> bool {
        matches!(
            self,
            Self::FirstName
                | Self::LastName
                | Self::DisplayName
                | Self::Title
                | Self::Department
                | Self::Manager
                | Self::PreferredLanguage
                | Self::TimeZone
                | Self::AddressType
                | Self::AddressCountry
                | Self::AddressStreet
                | Self::AddressCity
                | Self::AddressState
                | Self::AddressPostalCode
        )
    }
}
