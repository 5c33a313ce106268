//! What a caller may say about a person, and what a new person is to have.

use uuid::Uuid;

use crate::licensing::change::Properties;
use crate::model::Email;
use crate::model::person::{ContactNumber, PersonAddress};

/// Everything a caller may say about a person. `None` leaves a field as it is.
#[derive(Debug, Clone, Default)]
pub struct PersonChange {
    /// The address that signs in.
    pub email: Option<Email>,
    /// Full name.
    pub display_name: Option<String>,
    /// First name; `Some(None)` clears it.
    pub first_name: Option<Option<String>>,
    /// Last name; `Some(None)` clears it.
    pub last_name: Option<Option<String>>,
    /// Nickname; `Some(None)` clears it.
    pub nick_name: Option<Option<String>>,
    /// A picture's address; `Some(None)` clears it.
    pub avatar: Option<Option<String>>,
    /// Department; `Some(None)` clears it.
    pub department: Option<Option<String>>,
    /// Manager, as written; `Some(None)` clears it.
    pub manager: Option<Option<String>>,
    /// Manager, as a person; `Some(None)` clears it.
    pub manager_id: Option<Option<Uuid>>,
    /// Job title; `Some(None)` clears it.
    pub title: Option<Option<String>>,
    /// Time zone; `Some(None)` clears it.
    pub time_zone: Option<Option<String>>,
    /// Preferred language; `Some(None)` clears it.
    pub preferred_language: Option<Option<String>>,
    /// What another directory calls the person; `Some(None)` clears it.
    pub external_id: Option<Option<String>>,
    /// Postal addresses.
    pub addresses: Option<Vec<PersonAddress>>,
    /// Numbers that are no part of Calling.
    pub contact_numbers: Option<Vec<ContactNumber>>,
    /// The location of a person without Calling; `Some(None)` clears it.
    pub location: Option<Option<Uuid>>,
    /// Administrator roles by symbolic id.
    pub roles: Option<Vec<String>>,
    /// The locations that a Location Administrator manages (ROLE-05).
    pub admin_locations: Option<Vec<Uuid>>,
    /// Whether `roles` must be those that the person has: the caller makes no administrators.
    pub keeps_roles: bool,
    /// Meeting sites.
    pub site_urls: Option<Vec<String>>,
    /// Whether signing in is allowed.
    pub login_enabled: Option<bool>,
    /// Whether the person has not signed in yet; scenarios alone say so.
    pub invite_pending: Option<bool>,
    /// Whether no welcome e-mail is sent, whatever the organisation's settings say.
    pub quiet: bool,
}

/// Which licences a person is to have.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Exactly these licences; `None` leaves them as they are.
    pub licenses: Option<Vec<Uuid>>,
    /// Number, extension and location for a Calling licence.
    pub properties: Option<Properties>,
}
