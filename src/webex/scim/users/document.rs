//! The user document of SCIM.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::request::{ENTERPRISE, USER, WEBEX};
use crate::model::Person;
use crate::model::person::{ContactNumber, PersonAddress};
use crate::model::role::Role;
use crate::webex::scim::{MetaBody, location, version};
use crate::world::World;

/// A user as SCIM shows one.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ScimUserBody)]
pub(super) struct UserBody<'a> {
    /// What the document consists of.
    schemas: [&'static str; 3],
    /// The bare uuid of the person.
    id: String,
    /// What the directory that provisions calls the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<&'a str>,
    /// The address that signs in.
    user_name: &'a str,
    /// Whether signing in is allowed.
    active: bool,
    /// Administrator roles.
    roles: Vec<RoleBody>,
    /// First and last name, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<NameBody<'a>>,
    /// The name people see.
    display_name: &'a str,
    /// Nickname.
    #[serde(skip_serializing_if = "Option::is_none")]
    nick_name: Option<&'a str>,
    /// Addresses.
    emails: [EmailBody<'a>; 1],
    /// `user`
    user_type: &'static str,
    /// Job title.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    /// A locale such as `en_US`.
    #[serde(skip_serializing_if = "Option::is_none")]
    preferred_language: Option<&'a str>,
    /// An IANA time zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    timezone: Option<&'a str>,
    /// Numbers that are no part of Calling.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    phone_numbers: &'a [ContactNumber],
    /// Postal addresses.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    addresses: &'a [PersonAddress],
    /// The groups that the user is in, where they are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) groups: Option<Vec<InGroupBody<'a>>>,
    /// What companies add.
    #[serde(rename = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")]
    enterprise: EnterpriseBody<'a>,
    /// What Webex adds.
    #[serde(rename = "urn:scim:schemas:extension:cisco:webexidentity:2.0:User")]
    webex: WebexBody,
    /// The resource.
    meta: MetaBody,
}

/// A group that a user is in.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct InGroupBody<'a> {
    /// The bare uuid of the group.
    pub value: String,
    /// Its name.
    pub display: &'a str,
    /// Where it is read.
    #[serde(rename = "$ref")]
    pub reference: String,
}

/// An administrator role.
#[derive(Debug, Serialize, ToSchema)]
struct RoleBody {
    /// Its symbolic id.
    value: &'static str,
    /// `cirole`
    r#type: &'static str,
    /// Its name.
    display: &'static str,
}

/// A name in parts.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct NameBody<'a> {
    /// First name.
    #[serde(skip_serializing_if = "Option::is_none")]
    given_name: Option<&'a str>,
    /// Last name.
    #[serde(skip_serializing_if = "Option::is_none")]
    family_name: Option<&'a str>,
}

/// An address.
#[derive(Debug, Serialize, ToSchema)]
struct EmailBody<'a> {
    /// The address.
    value: &'a str,
    /// `work`
    r#type: &'static str,
    /// Whether it is the one to write to.
    primary: bool,
}

/// What companies add.
#[derive(Debug, Serialize, ToSchema)]
struct EnterpriseBody<'a> {
    /// Department.
    #[serde(skip_serializing_if = "Option::is_none")]
    department: Option<&'a str>,
    /// The manager.
    #[serde(skip_serializing_if = "Option::is_none")]
    manager: Option<ManagerBody<'a>>,
}

/// A manager.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ManagerBody<'a> {
    /// The bare uuid of the person.
    value: String,
    /// The name people see.
    #[serde(skip_serializing_if = "Option::is_none")]
    display_name: Option<&'a str>,
}

/// What Webex adds.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct WebexBody {
    /// `active`, `pending` or `disabled`.
    account_status: [&'static str; 1],
    /// Where the user belongs.
    meta: OwnerBody,
}

/// Where a user belongs.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct OwnerBody {
    /// The bare uuid of the organization.
    organization_id: String,
}

impl<'a> UserBody<'a> {
    pub(super) fn of(origin: &str, world: &'a World, id: Uuid, person: &'a Person) -> Self {
        let (given_name, family_name) = (person.first_name.as_deref(), person.last_name.as_deref());
        let roles = person.roles.iter().filter_map(|key| Role::find(key));
        let manager = person.manager_id.map(|id| ManagerBody {
            value: id.to_string(),
            display_name: world.get::<Person>(id).map(|it| it.display_name.as_str()),
        });
        Self {
            schemas: [USER, WEBEX, ENTERPRISE],
            id: id.to_string(),
            external_id: person.external_id.as_deref(),
            user_name: person.email.as_str(),
            active: person.login_enabled,
            roles: roles
                .map(|role| RoleBody {
                    value: role.key,
                    r#type: "cirole",
                    display: role.name,
                })
                .collect(),
            name: given_name.or(family_name).map(|_| NameBody {
                given_name,
                family_name,
            }),
            display_name: &person.display_name,
            nick_name: person.nick_name.as_deref(),
            emails: [EmailBody {
                value: person.email.as_str(),
                r#type: "work",
                primary: true,
            }],
            user_type: "user",
            title: person.title.as_deref(),
            preferred_language: person.preferred_language.as_deref(),
            timezone: person.time_zone.as_deref(),
            phone_numbers: &person.contact_numbers,
            addresses: &person.addresses,
            groups: None,
            enterprise: EnterpriseBody {
                department: person.department.as_deref(),
                manager,
            },
            webex: WebexBody {
                account_status: [match (person.login_enabled, person.invite_pending) {
                    (true, false) => "active",
                    (true, true) => "pending",
                    (false, _) => "disabled",
                }],
                meta: OwnerBody {
                    organization_id: person.organization.to_string(),
                },
            },
            meta: MetaBody {
                resource_type: "User",
                location: location(origin, person.organization, "Users", id),
                version: version(person),
                created: person.created,
                last_modified: person.last_modified,
            },
        }
    }
}
