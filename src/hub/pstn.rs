//! Services > Calling > PSTN: the subscriptions behind locations' Cisco Calling Plans, and
//! Management > Locations > Calling > Manage connection.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::organization;
use super::subscriptions::{Named, by_age, locations};
use crate::http::{Call, Reply, Row};
use crate::licensing::{lifecycle, pstn};
use crate::model::{Location, Subscription, SubscriptionStatus, WebexId};
use crate::refusal::Refusal;

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/_hub/v1/organizations/{org}/pstn/subscriptions", list)
        .named("listPstnSubscriptions", "Subscriptions of PSTN connections")
        .answers::<PstnPage>(),
    Row::put(
        "/_hub/v1/organizations/{org}/pstn/subscriptions/{subscriptionId}",
        move_all,
    )
    .named(
        "updatePstnSubscription",
        "Move all locations of a subscription to another one",
    )
    .takes::<Target>()
    .answers::<Updated>(),
    Row::put(
        "/_hub/v1/organizations/{org}/locations/{locationId}/pstnSubscription",
        move_one,
    )
    .named(
        "updateLocationPstnSubscription",
        "Move one location to another subscription",
    )
    .takes::<Target>()
    .answers::<Updated>(),
];

/// What Control Hub says when it is done (PSTN-02).
const UPDATED: &str = "Your subscription is updated";

/// The page of PSTN connections.
#[derive(Debug, Serialize, ToSchema)]
struct PstnPage {
    /// Every subscription with Calling, or with locations.
    items: Vec<PstnSubscription>,
    /// There while a suspended subscription carries locations.
    #[serde(skip_serializing_if = "Option::is_none")]
    banner: Option<Banner>,
}

/// A subscription that pays, or could pay, for locations' Cisco Calling Plans.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PstnSubscription {
    /// The plain id, `Sub119911`.
    subscription_id: String,
    /// A name for people.
    name: String,
    /// As on the page of subscriptions.
    #[schema(value_type = String)]
    status: SubscriptionStatus,
    /// Whether locations can move to it.
    selectable: bool,
    /// Why they cannot.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// The locations that it carries.
    locations: Vec<Named>,
}

/// What the page warns of.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Banner {
    /// A sentence.
    message: String,
    /// The suspended subscriptions that carry locations.
    subscriptions: Vec<BannerLink>,
}

/// A suspended subscription, and the way to update it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct BannerLink {
    /// The plain id.
    subscription_id: String,
    /// Where a PUT moves its locations.
    update: String,
}

/// Where locations are to move.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Target {
    /// The plain id of a subscription that is `selectable`.
    subscription_id: String,
}

/// What was done.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Updated {
    /// What Control Hub says.
    message: &'static str,
    /// The subscription that carries the locations now.
    subscription_id: String,
    /// The locations that were meant.
    locations: Vec<Named>,
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let world = call.read();
    let places = call.places();
    let mut items = Vec::new();
    for (id, subscription) in by_age(&world, organization) {
        let mut locations = locations(&world, subscription);
        locations.retain(|one| places.hold(WebexId::Location.decode(&one.id)));
        if locations.is_empty() && !pstn::has_calling(&world, id) {
            continue;
        }
        let reason = pstn::greyed_out(&world, id, subscription);
        items.push(PstnSubscription {
            subscription_id: subscription.code.clone(),
            name: subscription.name.clone(),
            status: subscription.status,
            selectable: reason.is_none(),
            reason,
            locations,
        });
    }
    let banner = banner(call, &items);
    Reply::json(200, &PstnPage { items, banner })
}

/// Names the suspended subscriptions that carry locations (PSTN-01).
fn banner(call: &Call<'_>, items: &[PstnSubscription]) -> Option<Banner> {
    let suspended = items
        .iter()
        .filter(|item| item.status == SubscriptionStatus::Suspended && !item.locations.is_empty());
    let links = suspended.map(|item| BannerLink {
        subscription_id: item.subscription_id.clone(),
        update: format!(
            "{}/_hub/v1/organizations/{}/pstn/subscriptions/{}",
            call.origin,
            call.value("org"),
            item.subscription_id,
        ),
    });
    let subscriptions: Vec<BannerLink> = links.collect();
    let codes = subscriptions.iter().map(|link| &*link.subscription_id);
    let codes = codes.collect::<Vec<_>>().join(", ");
    (!codes.is_empty()).then_some(Banner {
        message: format!(
            "Suspended with locations on Cisco Calling Plans: {codes}. Update the subscription."
        ),
        subscriptions,
    })
}

fn move_all(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let Target { subscription_id } = call.json()?;
    let from = call.value("subscriptionId");
    let moved = call.write(|tx| pstn::move_all(tx, organization, from, &subscription_id))?;
    updated(call, organization, &subscription_id, &moved)
}

fn move_one(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let Target { subscription_id } = call.json()?;
    let id = call.value("locationId");
    let id = WebexId::Location
        .decode(id)
        .ok_or_else(|| Refusal::not_found("Location", id))?;
    call.write(|tx| pstn::move_one(tx, organization, id, &subscription_id))?;
    updated(call, organization, &subscription_id, &[id])
}

fn updated(
    call: &Call<'_>,
    organization: Uuid,
    code: &str,
    moved: &[Uuid],
) -> Result<Reply, Refusal> {
    let world = call.read();
    let id = lifecycle::find(&world, organization, code);
    let found = id.and_then(|id| world.get::<Subscription>(id));
    let named = moved.iter().filter_map(|id| {
        Some(Named {
            id: WebexId::Location.encode(*id),
            name: world.get::<Location>(*id)?.name.clone(),
        })
    });
    let body = Updated {
        message: UPDATED,
        subscription_id: found.map_or_else(|| code.to_owned(), |found| found.code.clone()),
        locations: named.collect(),
    };
    Reply::json(200, &body)
}
