//! People.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{E164, Email, Extension, kinds, spaces};
use crate::world::{Entity, IndexKey, Kind, Moment};

/// What a holder of a Calling licence has through it, beside its settings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Calling {
    /// The Calling location.
    pub location: Uuid,
    /// The primary number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<E164>,
    /// The extension, unique in the location.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
    /// Alternate numbers in the order of their assignment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternates: Vec<AlternateNumber>,
}

/// An alternate number of a holder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AlternateNumber {
    /// The number.
    pub number: E164,
    /// An extension of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
    /// How it rings: `NORMAL`, `LONG_LONG`, `SHORT_SHORT_LONG`, `SHORT_LONG_SHORT`.
    pub ring_pattern: String,
}

impl ContactNumber {
    /// A number without a name.
    #[must_use]
    pub const fn new(kind: ContactKind, value: String) -> Self {
        Self {
            kind,
            value,
            display: None,
            primary: None,
        }
    }
}

impl Calling {
    /// Adds the unique values of a holder's Calling to an index.
    pub fn index(&self, out: &mut Vec<IndexKey>) {
        let alternates = self.alternates.iter().filter_map(|n| n.extension.as_ref());
        for extension in self.extension.iter().chain(alternates) {
            out.push(IndexKey::new(
                spaces::EXTENSION,
                self.location,
                extension.as_str(),
            ));
        }
    }
}

/// What a phone number is that is no part of Calling (contract: the types of SCIM users, of which
/// people have fewer). The text beside them also names `alternate1` and `alternate2`, which no
/// answer could show (DEC-130).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    /// At work.
    Work,
    /// At home.
    Home,
    /// In a pocket.
    Mobile,
    /// An extension at work.
    WorkExtension,
    /// A fax.
    Fax,
    /// A pager.
    Pager,
    /// Any other.
    Other,
}

impl ContactKind {
    /// Its name in documents.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Home => "home",
            Self::Mobile => "mobile",
            Self::WorkExtension => "work_extension",
            Self::Fax => "fax",
            Self::Pager => "pager",
            Self::Other => "other",
        }
    }

    /// Whether `/v1/people` knows it (contract: Person).
    #[must_use]
    pub const fn is_of_people(self) -> bool {
        !matches!(self, Self::Home | Self::Pager | Self::Other)
    }
}

/// A phone number that is no part of Calling (`phoneNumbers[]` of SCIM users).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContactNumber {
    /// What it is.
    #[serde(rename = "type")]
    pub kind: ContactKind,
    /// The number as the administrator wrote it.
    pub value: String,
    /// What it is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display: Option<String>,
    /// Whether it is the one to call first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub primary: Option<bool>,
}

/// A postal address of a person (`Person.addresses[]`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct PersonAddress {
    /// `work`, for example.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// City.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locality: Option<String>,
    /// State or region.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Street.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub street_address: Option<String>,
    /// Postal code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// Whose directory the person stands in.
    pub organization: Uuid,
    /// The address that signs in.
    pub email: Email,
    /// Full name.
    pub display_name: String,
    /// First name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// Last name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// Nickname.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nick_name: Option<String>,
    /// A picture's address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avatar: Option<String>,
    /// Department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// The manager's name or address as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<String>,
    /// The manager, as a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager_id: Option<Uuid>,
    /// Job title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Postal addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<PersonAddress>,
    /// Numbers that are no part of Calling.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contact_numbers: Vec<ContactNumber>,
    /// The location a person without Calling belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Uuid>,
    /// What Calling gives, for holders of a Calling licence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calling: Option<Calling>,
    /// Licences held, in the order of their assignment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub licenses: Vec<Uuid>,
    /// Meeting sites, `site` or `site#attendee`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub site_urls: Vec<String>,
    /// Administrator roles by their symbolic id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// The locations that a Location Administrator manages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub admin_locations: Vec<Uuid>,
    /// An IANA time zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// A locale such as `en_US`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferred_language: Option<String>,
    /// What another directory, which provisions people by SCIM, calls the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// When the person was created.
    pub created: Moment,
    /// When the person was changed last.
    pub last_modified: Moment,
    /// When the person was last seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_activity: Option<Moment>,
    /// Whether the person has not signed in yet (ADD-09).
    #[serde(default)]
    pub invite_pending: bool,
    /// Whether signing in is allowed.
    #[serde(default = "yes")]
    pub login_enabled: bool,
}

fn yes() -> bool {
    true
}

impl Person {
    /// Whether the person has Calling in a location.
    #[must_use]
    pub fn is_called_at(&self, location: Uuid) -> bool {
        let calling = self.calling.as_ref();
        calling.is_some_and(|calling| calling.location == location)
    }

    /// The location, through Calling or else the person's own.
    #[must_use]
    pub fn any_location(&self) -> Option<Uuid> {
        self.calling
            .as_ref()
            .map(|calling| calling.location)
            .or(self.location)
    }

    /// First and last name; where one is missing, from the display name.
    #[must_use]
    pub fn names(&self) -> (&str, &str) {
        let (first, last) = self
            .display_name
            .split_once(' ')
            .unwrap_or((&self.display_name, ""));
        (
            self.first_name.as_deref().unwrap_or(first),
            self.last_name.as_deref().unwrap_or(last),
        )
    }
}

impl Entity for Person {
    const KIND: Kind = kinds::PERSON;
    const NAME: &'static str = "person";
    const TELLING: u8 = 6;

    fn label(&self) -> String {
        self.display_name.clone()
    }

    fn index(&self, out: &mut Vec<IndexKey>) {
        out.push(IndexKey::new(
            spaces::EMAIL,
            Uuid::nil(),
            self.email.as_str(),
        ));
        if let Some(calling) = &self.calling {
            calling.index(out);
        }
    }
}
