//! The landing page: what runs, addresses, tokens, organisations, sandboxes, links.

use askama::Template;

use super::live::{self, Live, clock_note};
use super::{page, prefix};
use crate::control::naming;
use crate::control::sandboxes::base_url;
use crate::http::app::{named_token, real_time};
use crate::http::openapi::DOCUMENTS;
use crate::http::{Call, Reply};
use crate::model::WebexId;
use crate::model::role::ROLES;
use crate::refusal::Refusal;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The most sandboxes that the page lists.
const MAX_SANDBOXES: usize = 40;

#[derive(Template)]
#[template(path = "landing.html")]
struct LandingPage<'a> {
    version: &'static str,
    prefix: &'a str,
    sandbox: &'a str,
    clock: String,
    clock_note: &'static str,
    uptime: String,
    base_url: String,
    hub_url: String,
    sim_url: String,
    documents: Vec<(&'static str, &'static str)>,
    /// What happens, for those who control the server at once, for others with a token.
    live: Option<Live>,
    /// What only those who control the server see.
    details: Option<Details>,
}

struct Details {
    tokens: Vec<(&'static str, String)>,
    organizations: Vec<OrganizationLine>,
    sandboxes: Vec<SandboxLine>,
    more_sandboxes: usize,
}

struct OrganizationLine {
    name: String,
    id: String,
    people: usize,
    workspaces: usize,
    subscriptions: usize,
}

struct SandboxLine {
    id: String,
    url: String,
    revision: u64,
    objects: usize,
}

pub(super) fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let origin = &call.origin;
    let clock = call.tenant.sandbox.peek().clock;
    let template = LandingPage {
        version: env!("CARGO_PKG_VERSION"),
        prefix: prefix(call),
        sandbox: &call.tenant.id,
        clock: call.now.to_string(),
        clock_note: clock_note(&clock),
        uptime: duration(real_time().0 - call.app.started.0),
        base_url: format!("{origin}/v1"),
        hub_url: format!("{origin}/_hub/v1"),
        sim_url: format!("{origin}/_sim/v1"),
        documents: DOCUMENTS.iter().map(|one| (one.name, one.title)).collect(),
        live: call.is_server_admin.then(|| live::look(call)),
        details: call.is_server_admin.then(|| details(call)),
    };
    page(&template, POLICY)
}

fn details(call: &Call<'_>) -> Details {
    let world = call.read();
    let organizations = naming::organizations(&world);
    let organizations = organizations.into_iter().map(|(id, organization)| {
        let [people, workspaces, subscriptions] = naming::sizes(&world, id);
        OrganizationLine {
            name: organization.name.clone(),
            id: WebexId::Organization.encode(id),
            people,
            workspaces,
            subscriptions,
        }
    });
    let mut tenants: Vec<_> = call
        .app
        .tenants
        .iter()
        .map(|tenant| std::sync::Arc::clone(&tenant))
        .collect();
    tenants.sort_by(|left, right| left.id.cmp(&right.id));
    let sandboxes = tenants.iter().take(MAX_SANDBOXES).map(|tenant| {
        let world = tenant.sandbox.peek();
        SandboxLine {
            id: tenant.id.clone(),
            url: base_url(call, &tenant.id),
            revision: world.revision,
            objects: world.len(),
        }
    });
    Details {
        tokens: ROLES
            .iter()
            .map(|role| (role.name, named_token(role, &call.tenant.id)))
            .collect(),
        organizations: organizations.collect(),
        sandboxes: sandboxes.collect(),
        more_sandboxes: tenants.len().saturating_sub(MAX_SANDBOXES),
    }
}

fn duration(millis: i64) -> String {
    let minutes = millis / 60_000;
    match (minutes / 1440, minutes / 60 % 24, minutes % 60) {
        (0, 0, 0) => "less than a minute".to_owned(),
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, minutes) => format!("{hours} h {minutes} min"),
        (days, hours, _) => format!("{days} d {hours} h"),
    }
}
