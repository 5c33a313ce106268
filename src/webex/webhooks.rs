//! `/v1/webhooks` (api-surface.md 4.12). What they are told stands in `events/webhooks.rs`.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::page::{self, Items, ORDINARY};
use crate::http::{Access, Call, Fidelity, MAX, Reply, Row, START};
use crate::model::{TasksSoFar, WebexId, Webhook};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::webhooks::{self, NewWebhook, Viewer, WebhookUpdate};
use crate::tasks::so_far::so_far;
use crate::world::Moment;

/// The rows. Everybody has webhooks of their own; those of the whole organisation are for the
/// administrators of the column of roles (inferred).
pub const ROWS: &[Row] = &[
    Row::get("/v1/webhooks", list)
        .access(Access::Token)
        .fidelity(Fidelity::F3)
        .queries(&[
            ("ownedBy", "`org`: those of the whole organization."),
            MAX,
            START,
        ])
        .answers::<Items<WebhookBody<'_>>>(),
    Row::post("/v1/webhooks", create)
        .access(Access::Token)
        .fidelity(Fidelity::F3)
        .takes::<WebhookRequest>()
        .answers::<WebhookBody<'_>>(),
    Row::get("/v1/webhooks/{webhookId}", get)
        .access(Access::Token)
        .fidelity(Fidelity::F3)
        .answers::<WebhookBody<'_>>(),
    Row::put("/v1/webhooks/{webhookId}", update)
        .access(Access::Token)
        .fidelity(Fidelity::F3)
        .takes::<WebhookUpdateRequest>()
        .answers::<WebhookBody<'_>>(),
    Row::delete("/v1/webhooks/{webhookId}", delete)
        .access(Access::Token)
        .fidelity(Fidelity::F3),
];

/// A webhook as the public API shows one.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct WebhookBody<'a> {
    /// The webhook's id.
    id: String,
    /// A name for people.
    name: &'a str,
    /// Where events are to be sent.
    target_url: &'a str,
    /// What it is about.
    resource: &'a str,
    /// What happens to it.
    event: &'a str,
    /// Which of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    filter: Option<&'a str>,
    /// The key of the signature.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<&'a str>,
    /// `active` or `inactive`.
    status: &'static str,
    /// When it was created.
    #[schema(value_type = String)]
    created: Moment,
    /// `creator` or `org`.
    owned_by: &'static str,
}

impl<'a> WebhookBody<'a> {
    fn of(id: Uuid, webhook: &'a Webhook) -> Self {
        Self {
            id: WebexId::Webhook.encode(id),
            name: &webhook.name,
            target_url: &webhook.target_url,
            resource: &webhook.resource,
            event: &webhook.event,
            filter: webhook.filter.as_deref(),
            secret: webhook.secret.as_deref(),
            status: if webhook.active { "active" } else { "inactive" },
            created: webhook.created,
            owned_by: if webhook.org_wide { "org" } else { "creator" },
        }
    }
}

/// What a new webhook is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct WebhookRequest {
    /// A name for people.
    name: String,
    /// Where events are to be sent: an http or https URL.
    target_url: String,
    /// What it is about, such as `adminBatchJobs`.
    resource: String,
    /// What happens to it, such as `statusChanged`.
    event: String,
    /// Which of them: `name=value`, joined by `&`.
    filter: Option<String>,
    /// The key of the signature.
    secret: Option<String>,
    /// `org` for a webhook of the whole organization.
    owned_by: Option<String>,
}

/// What a PUT changes. Everything else in it is ignored, as documented.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct WebhookUpdateRequest {
    /// A name for people.
    name: String,
    /// Where events are to be sent: an http or https URL.
    target_url: String,
    /// The key of the signature.
    secret: Option<String>,
    /// `active`, to make it work again.
    status: Option<String>,
}

fn viewer(call: &Call<'_>) -> Result<Viewer, Refusal> {
    let session = call.session.as_ref();
    Ok(Viewer {
        organization: call.own_organization()?,
        person: session.and_then(|session| session.actor.person),
        sees_org_wide: call.is_allowed(),
    })
}

/// Whether a caller says `org`.
fn is_org(call: &Call<'_>, owned_by: Option<&str>) -> Result<bool, Refusal> {
    match owned_by {
        None | Some("creator") => Ok(false),
        Some("org") if call.is_allowed() => Ok(true),
        Some("org") => {
            let detail = "Webhooks of the whole organization are for administrators.";
            Err(Refusal::new(ErrorKind::Forbidden, detail).by("ROLE-01"))
        }
        Some(_) => Err(Refusal::bad_request("ownedBy can only be \"org\".")),
    }
}

fn id(call: &Call<'_>) -> Result<Uuid, Refusal> {
    let text = call.value("webhookId");
    let id = WebexId::Webhook.decode(text);
    id.ok_or_else(|| Refusal::not_found("Webhook", text))
}

/// The webhook that the caller would change. One of the whole organization that their role does not
/// change is refused to them: 403, as for every administrative write.
fn changed(call: &Call<'_>) -> Result<(Uuid, Viewer), Refusal> {
    let (id, viewer) = (id(call)?, viewer(call)?);
    let everything = Viewer {
        sees_org_wide: true,
        ..viewer
    };
    let world = call.tenant.sandbox.peek();
    match viewer.sees(webhooks::get(&world, everything, id)?) {
        true => Ok((id, viewer)),
        false => Err(call.refused()),
    }
}

fn show(call: &Call<'_>, id: Uuid) -> Result<Reply, Refusal> {
    let world = call.tenant.sandbox.peek();
    let webhook = webhooks::get(&world, viewer(call)?, id)?;
    Reply::json(200, &WebhookBody::of(id, webhook))
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let org_wide = is_org(call, call.query("ownedBy").as_deref())?;
    let world = call.tenant.sandbox.peek();
    let found = webhooks::list(&world, viewer(call)?, org_wide);
    let items = found.map(|(id, webhook)| WebhookBody::of(id, webhook));
    page::list(call, ORDINARY, "items", items)
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    show(call, id(call)?)
}

fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let request = call.json::<WebhookRequest>()?;
    let mut new = NewWebhook {
        after: TasksSoFar::default(),
        org_wide: is_org(call, request.owned_by.as_deref())?,
        name: request.name,
        target_url: request.target_url,
        resource: request.resource,
        event: request.event,
        filter: request.filter,
        secret: request.secret,
    };
    let viewer = viewer(call)?;
    let id = call.write(|tx| {
        // No job begins between the look and the webhook.
        new.after = so_far(tx, viewer.organization);
        webhooks::create(tx, viewer, new)
    })?;
    show(call, id)
}

fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (id, viewer) = changed(call)?;
    let request = call.json::<WebhookUpdateRequest>()?;
    let activates = match request.status.as_deref() {
        None => false,
        Some("active") => true,
        Some(_) => {
            let detail = "status can only be \"active\": this call does not deactivate a webhook.";
            return Err(Refusal::bad_request(detail));
        }
    };
    let change = WebhookUpdate {
        name: request.name,
        target_url: request.target_url,
        secret: request.secret,
        activates,
    };
    call.write(|tx| webhooks::update(tx, viewer, id, change))?;
    show(call, id)
}

fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (id, viewer) = changed(call)?;
    call.write(|tx| webhooks::delete(tx, viewer, id))?;
    Ok(Reply::empty(204))
}
