//! `/v1/partner/tags`: the tags of customers' subscriptions.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::{Call, Fidelity, Reply, Row};
use crate::model::billing::Tag;
use crate::model::{Organization, Subscription, WebexId};
use crate::refusal::Refusal;
use crate::resources::partner_tags as tags;
use crate::resources::wholesale::check_partner;
use crate::world::World;

/// The path of a subscription.
const PATH: &str = "/v1/partner/tags/organizations/{orgId}/subscriptions/{subscriptionId}";

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get(PATH, get)
        .fidelity(Fidelity::F3)
        .answers::<TaggedSubscription<'_>>(),
    Row::post(
        "/v1/partner/tags/organizations/{orgId}/subscriptions/{subscriptionId}/assignTags",
        assign,
    )
    .fidelity(Fidelity::F3)
    .takes::<Tags>()
    .answers::<Vec<Tag>>()
    .status(200),
    Row::get("/v1/partner/tags/subscriptions", list)
        .fidelity(Fidelity::F3)
        .queries(&[
            ("tags", "Names of tags with commas between them; required."),
            ("max", "The most items: 1 to 100."),
        ])
        .answers::<Vec<TaggedSubscription<'_>>>(),
];

/// The most subscriptions of a list (contract).
const MOST: usize = 100;

/// The tags that a subscription is to have.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Tags {
    /// At most five.
    tags: Vec<Tag>,
}

/// A subscription with its tags.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct TaggedSubscription<'a> {
    /// The customer's name.
    org_name: &'a str,
    /// The customer's organisation.
    org_id: String,
    /// The names of its tags.
    tags: Vec<&'a str>,
    /// Its plain id.
    subscription_id: &'a str,
    /// `true` or `false`, as a text.
    trial: &'static str,
}

impl<'a> TaggedSubscription<'a> {
    fn of(
        world: &'a World,
        partner: Uuid,
        (id, subscription): (Uuid, &'a Subscription),
        organization: &'a Organization,
    ) -> Self {
        let names = tags::of(world, partner, id).iter();
        Self {
            org_name: &organization.name,
            org_id: WebexId::Organization.encode(subscription.organization),
            tags: names.map(|tag| tag.name.as_str()).collect(),
            subscription_id: &subscription.code,
            trial: if subscription.trial { "true" } else { "false" },
        }
    }
}

fn partner(call: &Call<'_>) -> Result<Uuid, Refusal> {
    let own = call.own_organization()?;
    check_partner(&call.read(), own)?;
    Ok(own)
}

fn named<'w>(
    call: &Call<'_>,
    world: &'w World,
    partner: Uuid,
) -> Result<(Uuid, &'w Subscription), Refusal> {
    let [customer, code] = ["orgId", "subscriptionId"].map(|name| call.value(name));
    tags::subscription(world, partner, customer, code)
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    let own = partner(call)?;
    let world = call.read();
    let found = named(call, &world, own)?;
    let organization = world.get::<Organization>(found.1.organization);
    let organization =
        organization.ok_or_else(|| Refusal::not_found("Customer", call.value("orgId")))?;
    Reply::json(
        200,
        &TaggedSubscription::of(&world, own, found, organization),
    )
}

fn assign(call: &Call<'_>) -> Result<Reply, Refusal> {
    let own = partner(call)?;
    let id = named(call, &call.read(), own)?.0;
    let body: Tags = call.json()?;
    call.write(|tx| tags::assign(tx, own, id, body.tags))?;
    let world = call.tenant.sandbox.peek();
    Reply::json(200, &tags::of(&world, own, id))
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let own = partner(call)?;
    let wanted = call.query_required("tags", "the names of tags with commas between them")?;
    let names = wanted.split(',').map(|name| name.trim().to_owned());
    let names: Vec<String> = names.filter(|name| !name.is_empty()).collect();
    let max = match call.query("max") {
        None => MOST,
        Some(text) => {
            let max = text.parse().ok().filter(|max| (1..=MOST).contains(max));
            let detail = || format!("max must be 1 to {MOST}.");
            max.ok_or_else(|| Refusal::bad_request(detail()))?
        }
    };
    let world = call.read();
    let found = tags::tagged(&world, own, &names).take(max);
    let items = found.map(|(id, subscription, organization)| {
        TaggedSubscription::of(&world, own, (id, subscription), organization)
    });
    Reply::json(200, &items.collect::<Vec<_>>())
}
