//! Management > Roles: the roles that an organisation makes for itself (ROLE-06).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::organization;
use crate::http::page::{self, Items, ORDINARY};
use crate::http::{Call, MAX, Reply, Row, START};
use crate::model::custom_role::Permission;
use crate::model::{CustomRole, ids};
use crate::refusal::Refusal;
use crate::resources::custom_roles::{self, Wanted};
use crate::world::{Moment, World};

const ALL: &str = "/_hub/v1/organizations/{org}/roles";
const ONE: &str = "/_hub/v1/organizations/{org}/roles/{roleId}";

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get(ALL, list)
        .named("listCustomRoles", "List custom roles")
        .queries(&[MAX, START])
        .answers::<Items<RoleBody>>(),
    Row::post(ALL, create)
        .named("createCustomRole", "Create a custom role")
        .takes::<RoleRequest>()
        .answers::<RoleBody>()
        .status(201),
    Row::get(ONE, get)
        .named("getCustomRole", "Get a custom role")
        .answers::<RoleBody>(),
    Row::put(ONE, update)
        .named("updateCustomRole", "Update a custom role")
        .takes::<RoleRequest>()
        .answers::<RoleBody>(),
    Row::delete(ONE, delete).named("deleteCustomRole", "Delete a custom role"),
];

/// A custom role as it shall be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct RoleRequest {
    /// The name: letters, digits and blanks.
    name: String,
    /// What it is for.
    description: Option<String>,
    /// What it allows.
    permissions: Vec<Permission>,
}

impl From<RoleRequest> for Wanted {
    fn from(request: RoleRequest) -> Self {
        Self {
            name: request.name,
            description: request.description,
            permissions: request.permissions,
        }
    }
}

/// A custom role.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct RoleBody {
    /// The id, which people get like that of any role.
    id: String,
    /// The name.
    name: String,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    /// What it allows.
    permissions: Vec<Permission>,
    /// How many people hold it.
    users: usize,
    /// When it was made.
    #[schema(value_type = String)]
    created: Moment,
    /// When it was changed last.
    #[schema(value_type = String)]
    last_modified: Moment,
}

fn body(world: &World, id: Uuid, role: &CustomRole) -> RoleBody {
    RoleBody {
        id: ids::encode("ROLE", &id.to_string()),
        name: role.name.clone(),
        description: role.description.clone(),
        permissions: role.permissions.clone(),
        users: custom_roles::holders(world, id).count(),
        created: role.created,
        last_modified: role.last_modified,
    }
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let world = call.read();
    let items = custom_roles::list(&world, organization).into_iter();
    let items = items.map(|(id, role)| body(&world, id, role));
    page::list(call, ORDINARY, "items", items)
}

fn show(call: &Call<'_>, status: u16, organization: Uuid, text: &str) -> Result<Reply, Refusal> {
    let world = call.read();
    let (id, role) = custom_roles::get(&world, organization, text)?;
    Reply::json(status, &body(&world, id, role))
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    show(call, 200, organization(call)?, call.value("roleId"))
}

fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let request: RoleRequest = call.json()?;
    let id = call.write(|tx| custom_roles::create(tx, organization, request.into()))?;
    show(call, 201, organization, &id.to_string())
}

fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let request: RoleRequest = call.json()?;
    let text = call.value("roleId");
    call.write(|tx| custom_roles::update(tx, organization, text, request.into()))?;
    show(call, 200, organization, text)
}

fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let text = call.value("roleId");
    call.write(|tx| custom_roles::delete(tx, organization, text))?;
    Ok(Reply::empty(204))
}
