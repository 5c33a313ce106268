//! `/v1/organizations` and `/v1/roles` (api-surface.md 4.4). Neither list is paged.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Items;
use crate::http::{Call, Fidelity, Reply, Row};
use crate::model::role::{ROLES, Role};
use crate::model::{CustomRole, Organization, WebexId, ids};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::custom_roles;
use crate::world::Moment;

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/v1/organizations", list)
        .fidelity(Fidelity::F4)
        .answers::<Items<OrganizationBody<'_>>>(),
    Row::get("/v1/organizations/{orgId}", get)
        .fidelity(Fidelity::F4)
        .answers::<OrganizationBody<'_>>(),
    Row::get("/v1/roles", list_roles)
        .fidelity(Fidelity::F4)
        .answers::<Items<RoleBody<'_>>>(),
    Row::get("/v1/roles/{roleId}", get_role)
        .fidelity(Fidelity::F4)
        .answers::<RoleBody<'_>>(),
];

/// An organisation as the public API shows one.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct OrganizationBody<'a> {
    /// The organisation's id.
    id: String,
    /// Its name.
    display_name: &'a str,
    /// When it was created.
    #[schema(value_type = String)]
    created: Moment,
}

impl<'a> OrganizationBody<'a> {
    fn of(id: Uuid, organization: &'a Organization) -> Self {
        Self {
            id: WebexId::Organization.encode(id),
            display_name: &organization.name,
            created: organization.created,
        }
    }
}

/// A role as the public API shows one.
#[derive(Debug, Serialize, ToSchema)]
struct RoleBody<'a> {
    /// The role's id.
    id: String,
    /// Its name.
    name: &'a str,
}

impl<'a> RoleBody<'a> {
    fn of(role: &'static Role) -> Self {
        Self {
            id: role.webex_id(),
            name: role.name,
        }
    }

    fn custom(id: Uuid, role: &'a CustomRole) -> Self {
        Self {
            id: ids::encode("ROLE", &id.to_string()),
            name: &role.name,
        }
    }
}

/// The caller's organisation; in a sandbox without any it is nobody's.
fn own(call: &Call<'_>) -> Result<Uuid, Refusal> {
    match call.own_organization() {
        Err(refusal) if refusal.kind == ErrorKind::NoOrganization => Ok(Uuid::nil()),
        found => found,
    }
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let own = Some(own(call)?).filter(|own| !own.is_nil());
    let world = call.tenant.sandbox.peek();
    // A partner sees its customers behind itself; inside a customer there is that one alone.
    let is_entered = call.acts_in.get().is_some();
    let seen = |it: &Organization| it.managed_by == own && !is_entered && call.is_full();
    let all = world.list::<Organization>();
    let own = own.and_then(|own| Some((own, world.get::<Organization>(own)?)));
    let visible = own
        .into_iter()
        .chain(all.filter(|(_, it)| own.is_some() && seen(it)));
    let items = visible.map(|(id, it)| OrganizationBody::of(id, it));
    let items = items.collect();
    Reply::json(200, &Items { items })
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    let text = call.value("orgId");
    let id = call.organization_named(text)?;
    let world = call.tenant.sandbox.peek();
    let organization = world.get::<Organization>(id);
    let organization = organization.ok_or_else(|| Refusal::not_found("Organization", text))?;
    Reply::json(200, &OrganizationBody::of(id, organization))
}

/// Webex's roles, then those of the organisation's own (ROLE-06).
fn list_roles(call: &Call<'_>) -> Result<Reply, Refusal> {
    let world = call.tenant.sandbox.peek();
    let own = custom_roles::list(&world, own(call)?).into_iter();
    let items = ROLES.iter().map(RoleBody::of);
    let items = items.chain(own.map(|(id, role)| RoleBody::custom(id, role)));
    let items = items.collect();
    Reply::json(200, &Items { items })
}

fn get_role(call: &Call<'_>) -> Result<Reply, Refusal> {
    let text = call.value("roleId");
    if let Some(role) = Role::find(text) {
        return Reply::json(200, &RoleBody::of(role));
    }
    let world = call.tenant.sandbox.peek();
    let missing = |_| Refusal::not_found("Role", text);
    let (id, role) = custom_roles::get(&world, own(call)?, text).map_err(missing)?;
    Reply::json(200, &RoleBody::custom(id, role))
}
