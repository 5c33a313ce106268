//! What POST and PUT of SCIM users take, and what comes of PATCH.

use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::model::person::{ContactNumber, PersonAddress};
use crate::model::role::{LOCATION_ADMIN, Role};
use crate::model::{Email, number::shorten};
use crate::refusal::Refusal;
use crate::resources::people::PersonChange;
use crate::webex::scim::shape::{Access, Kind, Shape, row};

/// The schema of users.
pub(in crate::webex::scim) const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
/// What companies add.
pub(in crate::webex::scim) const ENTERPRISE: &str =
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
/// What Webex adds.
pub(in crate::webex::scim) const WEBEX: &str =
    "urn:scim:schemas:extension:cisco:webexidentity:2.0:User";

const VALUE: &[&str] = &["value", "type", "display", "primary"];
const NAME: &[&str] = &["givenName", "familyName"];
const ADDRESS: &[&str] = &[
    "type",
    "streetAddress",
    "locality",
    "region",
    "postalCode",
    "country",
];

/// What a user consists of (contract: Create a user).
#[rustfmt::skip]
pub(in crate::webex::scim) static SHAPE: Shape = Shape {
    core: USER,
    extensions: &[ENTERPRISE, WEBEX],
    attributes: &[
        row("", "id", Kind::Text, Access::ReadOnly, &[]),
        row("", "externalId", Kind::Text, Access::Writable, &[]),
        row("", "userName", Kind::Text, Access::Required, &[]),
        row("", "userType", Kind::Text, Access::Required, &[]),
        row("", "active", Kind::Truth, Access::Required, &[]),
        row("", "roles", Kind::List, Access::Writable, VALUE),
        row("", "name", Kind::Complex, Access::Writable, NAME),
        row("", "displayName", Kind::Text, Access::Required, &[]),
        row("", "nickName", Kind::Text, Access::Writable, &[]),
        row("", "emails", Kind::List, Access::Required, VALUE),
        row("", "title", Kind::Text, Access::Writable, &[]),
        row("", "preferredLanguage", Kind::Text, Access::Writable, &[]),
        row("", "timezone", Kind::Text, Access::Writable, &[]),
        row("", "phoneNumbers", Kind::List, Access::Writable, VALUE),
        row("", "addresses", Kind::List, Access::Writable, ADDRESS),
        row("", "groups", Kind::List, Access::ReadOnly, VALUE),
        row("", "meta", Kind::Complex, Access::ReadOnly, &[]),
        row(ENTERPRISE, "department", Kind::Text, Access::Writable, &[]),
        row(ENTERPRISE, "manager", Kind::Complex, Access::Writable, &["value", "displayName", "$ref"]),
        row(WEBEX, "accountStatus", Kind::Text, Access::ReadOnly, &[]),
        row(WEBEX, "meta", Kind::Complex, Access::ReadOnly, &[]),
    ],
    unkept: &[
        ("", &["locale", "profileUrl", "photos"]),
        ("name", &["middleName", "honorificPrefix", "honorificSuffix"]),
        (ENTERPRISE, &["costCenter", "organization", "division", "employeeNumber"]),
        (WEBEX, &["sipAddresses", "managedOrgs", "managedGroups", "extensionAttribute*", "externalAttribute*"]),
    ],
};

/// What becomes of the attributes that a request does not name.
pub(super) enum Mode<'a> {
    /// A new user has none of them.
    Create,
    /// They are cleared, except `active` and `roles` (DEC-110).
    Replace,
    /// These have changed; what is not among them stays.
    Patch(&'a [String]),
}

impl Mode<'_> {
    /// Whether an attribute is written.
    fn writes(&self, name: &str, is_sent: bool) -> bool {
        match self {
            Self::Create => is_sent,
            Self::Replace => true,
            Self::Patch(changed) => changed.iter().any(|it| it == name),
        }
    }

    fn text(&self, name: &str, value: Option<String>) -> Option<Option<String>> {
        self.writes(name, value.is_some()).then_some(value)
    }

    fn list<T>(&self, name: &str, value: Option<Vec<T>>) -> Option<Vec<T>> {
        let is_written = self.writes(name, value.is_some());
        is_written.then(|| value.unwrap_or_default())
    }
}

/// A user. Attributes that can only be read are ignored, as documented.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct UserRequest {
    /// Must name the schema of users.
    schemas: Vec<String>,
    /// What the directory that provisions calls the person.
    external_id: Option<String>,
    /// The address that signs in.
    user_name: String,
    /// `user`
    user_type: String,
    /// Whether signing in is allowed.
    active: Option<bool>,
    /// The name people see.
    display_name: Option<String>,
    /// Nickname.
    nick_name: Option<String>,
    /// First and last name.
    name: Option<NameRequest>,
    /// Addresses: that of `userName`, which is the one at work.
    emails: Option<Vec<EmailRequest>>,
    /// Job title.
    title: Option<String>,
    /// A locale such as `en_US`.
    preferred_language: Option<String>,
    /// An IANA time zone.
    timezone: Option<String>,
    /// Administrator roles.
    roles: Option<Vec<RoleRequest>>,
    /// Numbers that are no part of Calling.
    phone_numbers: Option<Vec<ContactNumber>>,
    /// Postal addresses.
    addresses: Option<Vec<PersonAddress>>,
    /// What companies add.
    #[serde(rename = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")]
    enterprise: Option<EnterpriseRequest>,
}

/// A name in parts.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct NameRequest {
    /// First name.
    given_name: Option<String>,
    /// Last name.
    family_name: Option<String>,
}

/// An address.
#[derive(Debug, Deserialize, ToSchema)]
struct EmailRequest {
    /// The address.
    value: Option<String>,
    /// What it is; `work` is kept.
    r#type: Option<EmailKind>,
    /// What it is called, which is not kept.
    #[serde(rename = "display")]
    _display: Option<String>,
    /// Whether it is the one to write to, which it is.
    #[serde(rename = "primary")]
    _primary: Option<bool>,
}

/// What addresses are (contract: Create a user).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum EmailKind {
    Work,
    Home,
    Room,
    Other,
}

/// An administrator role.
#[derive(Debug, Deserialize, ToSchema)]
struct RoleRequest {
    /// Its symbolic id.
    value: String,
}

/// What companies add.
#[derive(Debug, Deserialize, ToSchema)]
struct EnterpriseRequest {
    /// Department.
    department: Option<String>,
    /// The manager.
    manager: Option<ManagerRequest>,
}

/// A manager.
#[derive(Debug, Deserialize, ToSchema)]
struct ManagerRequest {
    /// The bare uuid of the person.
    value: Option<String>,
}

impl UserRequest {
    /// The person that is to be, written by somebody who may give roles or not. `held` are the
    /// roles that the person has.
    ///
    /// # Errors
    /// 400 for values that are not allowed.
    pub(super) fn into_change(
        self,
        mode: &Mode<'_>,
        held: &[String],
        may_change_roles: bool,
    ) -> Result<PersonChange, Refusal> {
        if !self.schemas.iter().any(|schema| schema == USER) {
            let detail = format!("schemas must contain {USER}.");
            return Err(Refusal::bad_request(detail));
        }
        if self.user_type != "user" {
            let shown = shorten(&self.user_type);
            let detail = format!("userType \"{shown}\" is not simulated; user is.");
            return Err(Refusal::bad_request(detail));
        }
        let email = self.user_name.parse::<Email>();
        let email = email.map_err(|why| Refusal::bad_request(format!("userName: {why}.")))?;
        let emails = self.emails.unwrap_or_default();
        let mut emails = emails.iter().enumerate();
        emails.try_for_each(|(position, sent)| sent.check(position, &email))?;
        let name = self.name;
        let names_name = mode.writes("name", name.is_some());
        let (first, last) = name.map_or((None, None), |it| (it.given_name, it.family_name));
        let joined = joined(mode, first.as_deref(), last.as_deref());
        let is_new = matches!(mode, Mode::Create);
        let part = |part: Option<String>| {
            let is_written = names_name && !(is_new && part.is_none());
            is_written.then_some(part)
        };
        let names_company = mode.writes(ENTERPRISE, self.enterprise.is_some());
        let (department, manager) = match self.enterprise {
            Some(it) => (it.department, it.manager.and_then(|it| it.value)),
            None => (None, None),
        };
        let manager = manager.map(|text| manager_id(&text)).transpose()?;
        let roles = match mode {
            Mode::Replace => self.roles,
            mode => mode.list("roles", self.roles),
        };
        Ok(PersonChange {
            email: Some(email),
            display_name: self.display_name.or(joined),
            first_name: part(first),
            last_name: part(last),
            nick_name: mode.text("nickName", self.nick_name),
            department: names_company.then_some(department),
            manager_id: names_company.then_some(manager),
            title: mode.text("title", self.title),
            time_zone: mode.text("timezone", self.timezone),
            preferred_language: mode.text("preferredLanguage", self.preferred_language),
            external_id: mode.text("externalId", self.external_id),
            addresses: mode.list("addresses", self.addresses),
            contact_numbers: mode.list("phoneNumbers", self.phone_numbers),
            roles: assignable(roles, held)?,
            keeps_roles: !may_change_roles,
            login_enabled: self.active,
            ..PersonChange::default()
        })
    }
}

impl EmailRequest {
    /// The address of `userName` is the only one that is kept, as the one at work.
    fn check(&self, position: usize, email: &Email) -> Result<(), Refusal> {
        let only = email.as_str();
        let is_only = |address: &String| address.eq_ignore_ascii_case(only);
        if !self.value.as_ref().is_none_or(is_only) {
            let detail = format!(
                "emails[{position}].value: only the address of userName is simulated. Leave \
                 others out; to change it, change userName."
            );
            return Err(Refusal::bad_request(detail));
        }
        if self.r#type.is_none_or(|kind| kind == EmailKind::Work) {
            return Ok(());
        }
        let detail = format!(
            "emails[{position}].type: only work is simulated, because the address of userName is \
             the one at work. Leave others out."
        );
        Err(Refusal::bad_request(detail))
    }
}

/// Without a name to show, whoever is replaced is shown by first and last name.
fn joined(mode: &Mode<'_>, first: Option<&str>, last: Option<&str>) -> Option<String> {
    let joined = [first, last].into_iter().flatten();
    let joined = joined.collect::<Vec<_>>().join(" ");
    (matches!(mode, Mode::Replace) && !joined.is_empty()).then_some(joined)
}

fn manager_id(text: &str) -> Result<Uuid, Refusal> {
    Uuid::try_parse(text).map_err(|_| {
        let detail = format!("manager.value \"{}\" is not a uuid.", shorten(text));
        Refusal::bad_request(detail)
    })
}

/// Location administrators are not made here (contract: Create a user); who is one stays one. SCIM
/// shows Webex's own roles alone, so those that the organisation made stay as well (DEC-121).
fn assignable(
    asked: Option<Vec<RoleRequest>>,
    held: &[String],
) -> Result<Option<Vec<String>>, Refusal> {
    let Some(asked) = asked else {
        return Ok(None);
    };
    let mut named: Vec<String> = asked.into_iter().map(|role| role.value).collect();
    let is_barred = |role: &String| {
        let is_location = Role::find(role).is_some_and(|it| it.key == LOCATION_ADMIN);
        is_location && !held.iter().any(|key| key == LOCATION_ADMIN)
    };
    if named.iter().any(is_barred) {
        let detail = "roles: location_admin cannot be assigned by SCIM.";
        return Err(Refusal::bad_request(detail).by("ROLE-05"));
    }
    named.extend(held.iter().filter(|key| Role::find(key).is_none()).cloned());
    Ok(Some(named))
}
