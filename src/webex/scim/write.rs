//! What POST of SCIM users takes.

use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::model::person::{ContactNumber, PersonAddress};
use crate::model::role::{LOCATION_ADMIN, Role};
use crate::model::{Email, number::shorten};
use crate::refusal::Refusal;
use crate::resources::people::PersonChange;

/// The schema of users.
pub(super) const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
/// What companies add.
pub(super) const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
/// What Webex adds.
pub(super) const WEBEX: &str = "urn:scim:schemas:extension:cisco:webexidentity:2.0:User";

/// A new user. Attributes that can only be read are ignored, as documented.
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
    /// The person to be created, by somebody who may give roles or not.
    ///
    /// # Errors
    /// 400 for values that are not allowed.
    pub(super) fn into_change(self, may_change_roles: bool) -> Result<PersonChange, Refusal> {
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
        let name = self.name;
        let (first, last) = name.map_or((None, None), |it| (it.given_name, it.family_name));
        let enterprise = self.enterprise;
        let (department, manager) =
            enterprise.map_or((None, None), |it| (it.department, it.manager));
        Ok(PersonChange {
            email: Some(email),
            display_name: self.display_name,
            first_name: first.map(Some),
            last_name: last.map(Some),
            nick_name: self.nick_name.map(Some),
            department: department.map(Some),
            manager_id: manager
                .and_then(|it| it.value)
                .map(manager_id)
                .transpose()?,
            title: self.title.map(Some),
            time_zone: self.timezone.map(Some),
            preferred_language: self.preferred_language.map(Some),
            external_id: self.external_id.map(Some),
            addresses: self.addresses,
            contact_numbers: self.phone_numbers,
            roles: roles(self.roles)?,
            keeps_roles: !may_change_roles,
            login_enabled: self.active,
            ..PersonChange::default()
        })
    }
}

fn manager_id(text: String) -> Result<Option<Uuid>, Refusal> {
    let id = Uuid::try_parse(&text);
    id.map(Some).map_err(|_| {
        let detail = format!("manager.value \"{}\" is not a uuid.", shorten(&text));
        Refusal::bad_request(detail)
    })
}

/// Location administrators are not made here (contract: Create a user).
fn roles(asked: Option<Vec<RoleRequest>>) -> Result<Option<Vec<String>>, Refusal> {
    let Some(asked) = asked else {
        return Ok(None);
    };
    let named: Vec<String> = asked.into_iter().map(|role| role.value).collect();
    let is_barred = |role: &String| Role::find(role).is_some_and(|it| it.key == LOCATION_ADMIN);
    if named.iter().any(is_barred) {
        let detail = "roles: location_admin cannot be assigned by SCIM.";
        return Err(Refusal::bad_request(detail).by("ROLE-05"));
    }
    Ok(Some(named))
}
