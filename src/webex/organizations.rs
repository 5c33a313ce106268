//! `/v1/organizations` and `/v1/roles` (api-surface.md 4.4). Neither list is paged.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Items;
use super::scim::version;
use crate::http::tenant::HOME;
use crate::http::{Call, Fidelity, Reply, Row};
use crate::model::role::{ROLES, Role};
use crate::model::{CustomRole, Organization, WebexId, ids};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::{custom_roles, organizations};
use crate::tasks::engine;
use crate::world::Moment;

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/v1/organizations", list)
        .fidelity(Fidelity::F4)
        .answers::<Items<OrganizationBody<'_>>>(),
    Row::get("/v1/organizations/{orgId}", get)
        .fidelity(Fidelity::F4)
        .answers::<OrganizationBody<'_>>(),
    Row::delete("/v1/organizations/{orgId}", delete).fidelity(Fidelity::F4),
    Row::get("/identity/organizations/{orgId}", get_identity)
        .fidelity(Fidelity::F4)
        .answers::<IdentityBody<'_>>(),
    Row::patch("/identity/organizations/{orgId}", rename)
        .fidelity(Fidelity::F4)
        .takes::<IdentityRequest>()
        .answers::<IdentityBody<'_>>(),
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

/// The schema that a document of the identity service names.
const IDENTITY: &str = "urn:cisco:codev:identity:organization:core:1.0";

/// An organisation as the identity service shows one.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct IdentityBody<'a> {
    /// What the document consists of.
    schemas: [&'static str; 1],
    /// The bare uuid of the organisation.
    id: String,
    /// Its name.
    display_name: &'a str,
    /// The language of users who are created without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    preferred_language: Option<&'a str>,
    /// The resource.
    meta: IdentityMeta,
}

/// The resource.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OrganizationMeta)]
struct IdentityMeta {
    /// When it was created.
    #[schema(value_type = String)]
    created: Moment,
    /// When it was changed last.
    #[schema(value_type = String)]
    last_modified: Moment,
    /// Another one after each change.
    version: String,
}

impl<'a> IdentityBody<'a> {
    fn of(id: Uuid, organization: &'a Organization) -> Self {
        let last_modified = organization.modified.unwrap_or(organization.created);
        Self {
            schemas: [IDENTITY],
            id: id.to_string(),
            display_name: &organization.name,
            preferred_language: organization.preferred_language.as_deref(),
            meta: IdentityMeta {
                created: organization.created,
                last_modified,
                version: version(organization),
            },
        }
    }
}

/// What a caller says about an organisation.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct IdentityRequest {
    /// What the document consists of.
    schemas: Vec<String>,
    /// Its name.
    display_name: String,
    /// The language of users who are created without one, such as `en_US`.
    preferred_language: Option<String>,
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
pub(super) fn own(call: &Call<'_>) -> Result<Uuid, Refusal> {
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

/// Shows the organisation that the path names.
fn show(
    call: &Call<'_>,
    body: impl FnOnce(Uuid, &Organization) -> Result<Reply, Refusal>,
) -> Result<Reply, Refusal> {
    let text = call.value("orgId");
    let id = call.organization_named(text)?;
    let world = call.tenant.sandbox.peek();
    let organization = world.get::<Organization>(id);
    let organization = organization.ok_or_else(|| Refusal::not_found("Organization", text))?;
    body(id, organization)
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    show(call, |id, it| {
        Reply::json(200, &OrganizationBody::of(id, it))
    })
}

fn get_identity(call: &Call<'_>) -> Result<Reply, Refusal> {
    show(call, |id, it| Reply::json(200, &IdentityBody::of(id, it)))
}

fn rename(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.organization_named(call.value("orgId"))?;
    let request: IdentityRequest = call.json()?;
    if !request.schemas.iter().any(|schema| schema == IDENTITY) {
        let detail = format!("schemas must contain \"{IDENTITY}\".");
        return Err(Refusal::bad_request(detail));
    }
    let speaks = request.preferred_language.as_deref();
    call.write(|tx| organizations::rename(tx, id, &request.display_name, speaks))?;
    get_identity(call)
}

/// Deletes an organisation. Those without one of their own act in the next that is there.
fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.organization_named(call.value("orgId"))?;
    let outcomes = call.write(|tx| {
        engine::forget_all(tx, id)?;
        let outcomes = organizations::delete(tx, id)?;
        if tx.choice(HOME) == Some(id.to_string().as_str()) {
            tx.choose(HOME, None);
        }
        Ok(outcomes)
    })?;
    outcomes.into_iter().for_each(|outcome| call.tell(outcome));
    Ok(Reply::empty(204))
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
