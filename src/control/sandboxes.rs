//! Sandboxes: create, fork, reset, compare, delete.

mod create;
pub mod difference;
mod reset;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{named_tenant, naming, require_server_admin};
use crate::http::app::named_token;
use crate::http::page::{self, WHOLE};
use crate::http::tenant::home_organization;
use crate::http::{Access, Call, MAX, Reply, Row, START, Tenant};
use crate::model::role::ROLES;
use crate::model::{Person, WebexId};
use crate::refusal::Refusal;
use crate::world::{Moment, World};

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/_sim/v1/sandboxes", list)
        .named("listSandboxes", "List the sandboxes")
        .queries(&[MAX, START])
        .answers::<page::Items<SandboxBody>>()
        .access(Access::Control),
    Row::post("/_sim/v1/sandboxes", create::create)
        .named("createSandbox", "Create a sandbox")
        .access(Access::Control)
        .heavy()
        .takes::<create::NewSandbox>()
        .answers::<SandboxBody>()
        .status(201),
    Row::get("/_sim/v1/sandboxes/{id}", get)
        .named("getSandbox", "Read a sandbox")
        .access(Access::Control)
        .answers::<SandboxBody>(),
    Row::delete("/_sim/v1/sandboxes/{id}", delete)
        .named("deleteSandbox", "Delete a sandbox")
        .access(Access::Control),
    Row::post("/_sim/v1/sandboxes/{id}/fork", fork)
        .named("forkSandbox", "Fork a sandbox")
        .access(Access::Control)
        .takes::<Fork>()
        .answers::<SandboxBody>()
        .status(201),
    Row::post("/_sim/v1/sandboxes/{id}/reset", reset::reset)
        .named("resetSandbox", "Reset a sandbox")
        .access(Access::Control)
        .queries(reset::QUERIES)
        .answers::<SandboxBody>(),
    Row::get("/_sim/v1/sandboxes/{id}/diff", difference::difference)
        .named("diffSandbox", "Compare two revisions of a sandbox")
        .access(Access::Control)
        .heavy()
        .queries(difference::QUERIES)
        .answers::<difference::Difference>(),
];

/// A sandbox as callers see it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SandboxBody {
    /// The id.
    id: String,
    /// Where its public API is.
    base_url: String,
    /// Its organisations; first that of the administrators' tokens.
    organizations: Vec<OrganizationBody>,
    /// Named tokens that open it.
    tokens: Tokens,
    /// The revision of its world.
    revision: u64,
    /// When it was created, by its own clock.
    #[schema(value_type = String, format = DateTime)]
    created_at: Moment,
}

/// An organisation of a sandbox.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct OrganizationBody {
    /// Its Webex id.
    org_id: String,
    /// Its name.
    name: String,
}

/// The named tokens of a sandbox; the last two where somebody has the role.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Tokens {
    full_admin: String,
    read_only_admin: String,
    user_admin: String,
    device_admin: String,
    location_admin: String,
    support_admin: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    partner_full_admin: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact_center_admin: Option<String>,
}

impl Tokens {
    fn of(id: &str, world: &World) -> Self {
        let role = |token: &str| ROLES.iter().find(|role| role.token == token);
        let token = |name: &str| role(name).map_or_else(String::new, |r| named_token(r, id));
        let held = |name: &str| {
            let key = role(name)?.key;
            let mut people = world.list::<Person>();
            let is_held = people.any(|(_, person)| person.roles.iter().any(|role| role == key));
            is_held.then(|| token(name))
        };
        Self {
            full_admin: token("full-admin"),
            read_only_admin: token("read-only-admin"),
            user_admin: token("user-admin"),
            device_admin: token("device-admin"),
            location_admin: token("location-admin"),
            support_admin: token("support-admin"),
            partner_full_admin: held("partner-full-admin"),
            contact_center_admin: held("contact-center-admin"),
        }
    }
}

/// Where a sandbox's public API is.
#[must_use]
pub fn base_url(call: &Call<'_>, id: &str) -> String {
    format!("{}/v1", call.origin_of(id))
}

fn body(call: &Call<'_>, tenant: &Tenant) -> SandboxBody {
    let world = tenant.sandbox.read();
    let mut organizations = naming::organizations(&world);
    // That of the tokens comes first.
    let home = home_organization(&world);
    organizations.sort_by_key(|(id, _)| Some(*id) != home);
    SandboxBody {
        id: tenant.id.clone(),
        base_url: base_url(call, &tenant.id),
        organizations: organizations
            .into_iter()
            .map(|(id, organization)| OrganizationBody {
                org_id: WebexId::Organization.encode(id),
                name: organization.name.clone(),
            })
            .collect(),
        tokens: Tokens::of(&tenant.id, &world),
        revision: world.revision,
        created_at: tenant.created_at,
    }
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let mut tenants: Vec<_> = if call.is_server_admin {
        let all = call.app.tenants.iter();
        all.map(|tenant| std::sync::Arc::clone(&tenant)).collect()
    } else {
        vec![std::sync::Arc::clone(&call.tenant)]
    };
    tenants.sort_by(|left, right| left.id.cmp(&right.id));
    let items = tenants.iter().map(|tenant| body(call, tenant));
    page::list(call, WHOLE, "items", items)
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    Reply::json(200, &body(call, &*named_tenant(call)?))
}

fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let tenant = named_tenant(call)?;
    call.app.delete(&tenant.id)?;
    Ok(Reply::empty(204))
}

/// What a fork is called.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Fork {
    /// The new sandbox's id; a free one when absent.
    id: Option<String>,
}

fn fork(call: &Call<'_>) -> Result<Reply, Refusal> {
    require_server_admin(call)?;
    let tenant = named_tenant(call)?;
    let asked: Fork = call.json()?;
    let id = asked.id.unwrap_or_else(|| call.app.free_id());
    let forked = call.app.create(&id, tenant.sandbox.read())?;
    Reply::json(201, &body(call, &forked))
}
