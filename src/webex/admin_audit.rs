//! `/v1/adminAudit`: the audit log (api-surface.md 4.12, AUD-01 to AUD-04).

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::events::audit::{AuditEvent, CATEGORIES, Past, events, sources};
use crate::http::page::{self, AUDIT};
use crate::http::{Call, Fidelity, MAX, Reply, Row};
use crate::model::number::shorten;
use crate::model::{Organization, WebexId};
use crate::refusal::Refusal;
use crate::world::{Actor, Entry, Moment, World};

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/v1/adminAudit/events", list)
        .fidelity(Fidelity::F4)
        .queries(&[
            ("orgId", "The organization; required."),
            (
                "from",
                "From when, such as 2026-01-31T09:00:00.000Z; required.",
            ),
            ("to", "Until when; required, at most a year later."),
            ("actorId", "Only what this person did."),
            (
                "eventCategories",
                "Only these categories, separated by commas.",
            ),
            MAX,
            ("offset", "How many events to pass over."),
        ])
        .answers::<ListBody<'_>>(),
    Row::get("/v1/adminAudit/eventCategories", categories)
        .fidelity(Fidelity::F4)
        .answers::<CategoriesBody>(),
];

/// The widest window of one request: a year with its leap day (AUD-02).
const WINDOW_DAYS: i64 = 366;

/// Every category.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CategoriesBody {
    /// The categories.
    event_categories: &'static [&'static str],
}

/// The list's envelope, for its schema.
#[derive(Debug, Serialize, ToSchema)]
struct ListBody<'a> {
    /// The events, newest first.
    items: Vec<EventBody<'a>>,
}

/// An event.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct EventBody<'a> {
    /// What happened.
    data: DataBody<'a>,
    /// When.
    #[schema(value_type = String)]
    created: Moment,
    /// The actor's organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    actor_org_id: Option<String>,
    /// The event's id.
    id: String,
    /// Who did it.
    #[serde(skip_serializing_if = "Option::is_none")]
    actor_id: Option<String>,
}

/// What happened.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DataBody<'a> {
    /// The actor's organisation.
    actor_org_name: &'a str,
    /// What it happened to.
    target_name: String,
    /// What happened, in general.
    event_description: &'static str,
    /// Who did it.
    actor_name: String,
    /// The actor's address.
    actor_email: String,
    /// The address that the request came from; absent for what the simulator did itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    actor_ip: Option<String>,
    /// The program that sent it, as it names itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    actor_user_agent: Option<String>,
    /// The actor's roles.
    admin_roles: Vec<String>,
    /// The request's tracking id.
    tracking_id: String,
    /// `PERSON`, `PLACE`, …
    target_type: &'static str,
    /// What it happened to.
    target_id: String,
    /// The category.
    event_category: &'static str,
    /// The organisation it happened in.
    target_org_id: String,
    /// What happened, in particular.
    action_text: String,
    /// The organisation it happened in.
    target_org_name: &'a str,
}

fn encode(id: Uuid) -> String {
    STANDARD_NO_PAD.encode(id.hyphenated().to_string())
}

fn categories(_call: &Call<'_>) -> Result<Reply, Refusal> {
    Reply::json(
        200,
        &CategoriesBody {
            event_categories: CATEGORIES,
        },
    )
}

/// What a caller wants to see.
struct Filter {
    organization: Uuid,
    from: Moment,
    to: Moment,
    actor: Option<Option<Uuid>>,
    categories: Vec<String>,
}

impl Filter {
    fn of(call: &Call<'_>) -> Result<Self, Refusal> {
        let text = call.query("orgId");
        let text = text.ok_or_else(|| Refusal::bad_request("orgId is required."))?;
        let (from, to) = (moment(call, "from")?, moment(call, "to")?);
        if to < from {
            return Err(Refusal::bad_request("to must not be before from."));
        }
        if to > from.plus_days(WINDOW_DAYS) {
            let detail = "from and to must lie within one year.";
            return Err(Refusal::bad_request(detail).by("AUD-02"));
        }
        Ok(Self {
            organization: call.organization_named(&text)?,
            from,
            to,
            actor: call.query("actorId").map(|text| actor(&text)),
            categories: call.query_list("eventCategories"),
        })
    }

    fn fits(&self, at: Moment, actor: &Actor) -> bool {
        let is_theirs = |wanted: Option<Uuid>| wanted.is_some() && actor.person == wanted;
        (self.from..=self.to).contains(&at) && self.actor.is_none_or(is_theirs)
    }

    fn shows(&self, event: &AuditEvent) -> bool {
        self.categories.is_empty() || self.categories.iter().any(|name| name == event.category)
    }
}

fn moment(call: &Call<'_>, name: &str) -> Result<Moment, Refusal> {
    let text = call.query(name);
    let text = text.ok_or_else(|| Refusal::bad_request(format!("{name} is required.")))?;
    text.parse().map_err(|_| {
        let shown = shorten(&text);
        let detail =
            format!("{name} must be a time such as 2026-01-31T09:00:00.000Z, not {shown}.");
        Refusal::bad_request(detail)
    })
}

/// An actor as a caller names one: a person's id, or the id of an event.
fn actor(text: &str) -> Option<Uuid> {
    WebexId::Person.decode(text).or_else(|| {
        let plain = STANDARD_NO_PAD.decode(text.trim_end_matches('=')).ok()?;
        Uuid::try_parse(std::str::from_utf8(&plain).ok()?).ok()
    })
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let filter = Filter::of(call)?;
    let sandbox = &call.tenant.sandbox;
    let world = sandbox.peek();
    let (past, entries): (_, Vec<Arc<Entry>>) = sandbox.ledger(|ledger| {
        let past = Past::of(&world, ledger.entries());
        let newest_first = ledger.entries().rev();
        let fitting = newest_first.filter(|entry| filter.fits(entry.at, &entry.actor));
        (past, fitting.cloned().collect())
    });
    let items = sources(&world, entries, filter.organization)
        .into_iter()
        .filter(|source| filter.fits(source.at(), source.actor()))
        .flat_map(|source| events(&past, &source, filter.organization))
        .filter(|event| filter.shows(event))
        .map(|event| body(&world, event, filter.organization));
    page::list(call, AUDIT, "items", items)
}

fn name(world: &World, id: Option<Uuid>) -> &str {
    let organization = id.and_then(|id| world.get::<Organization>(id));
    organization.map_or("", |organization| organization.name.as_str())
}

fn said(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn body(world: &World, event: AuditEvent, organization: Uuid) -> EventBody<'_> {
    let actor = event.actor;
    EventBody {
        data: DataBody {
            actor_org_name: name(world, actor.organization),
            target_name: event.target_name,
            event_description: event.description,
            actor_name: actor.name.to_string(),
            actor_email: actor.email.to_string(),
            actor_ip: said(&actor.address),
            actor_user_agent: said(&actor.user_agent),
            admin_roles: actor.roles.to_vec(),
            tracking_id: event.tracking_id.to_string(),
            target_type: event.target_type,
            target_id: encode(event.target_id),
            event_category: event.category,
            target_org_id: WebexId::Organization.encode(organization),
            action_text: event.action,
            target_org_name: name(world, Some(organization)),
        },
        created: event.at,
        actor_org_id: actor
            .organization
            .map(|id| WebexId::Organization.encode(id)),
        id: encode(event.id),
        actor_id: actor.person.map(encode),
    }
}
