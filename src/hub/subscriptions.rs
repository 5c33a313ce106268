//! Management > Account > Subscriptions: contracts, their state and their licences (SUB-12).

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::organization;
use crate::http::page::{self, ORDINARY};
use crate::http::{Call, MAX, Reply, Row, START};
use crate::licensing::pstn;
use crate::model::owned;
use crate::model::{License, Subscription, SubscriptionStatus, WebexId, spaces};
use crate::refusal::Refusal;
use crate::world::{Moment, World};

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/_hub/v1/organizations/{org}/subscriptions", list)
        .named("listSubscriptions", "List subscriptions")
        .queries(&[MAX, START])
        .answers::<page::Items<SubscriptionBody>>(),
    Row::get(
        "/_hub/v1/organizations/{org}/subscriptions/{subscriptionId}",
        get,
    )
    .named("getSubscription", "Get a subscription")
    .answers::<SubscriptionBody>(),
];

/// A subscription.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubscriptionBody {
    /// The plain id, `Sub119911`.
    id: String,
    /// A name for people.
    name: String,
    /// `trial`, `active`, `pendingAction`, `suspended`, `cancelled`, `deleted`
    #[schema(value_type = String)]
    status: SubscriptionStatus,
    /// Why it is in this state.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// Whether it was sold as a trial.
    trial: bool,
    /// Who sold it.
    #[serde(skip_serializing_if = "Option::is_none")]
    partner: Option<Seller>,
    /// When it was sold.
    #[schema(value_type = String)]
    created_at: Moment,
    /// When it ends.
    #[schema(value_type = String)]
    end_date: Moment,
    /// Since when it is suspended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    suspended_at: Option<Moment>,
    /// Since when it is cancelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    cancelled_at: Option<Moment>,
    /// When everything on it is lost for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    purge_at: Option<Moment>,
    /// When its numbers are released.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    numbers_released_at: Option<Moment>,
    /// Its licences.
    licenses: Vec<LicenseUse>,
    /// Locations whose Cisco Calling Plan it carries.
    locations: Vec<Named>,
}

/// The partner who sold it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Seller {
    /// The partner organisation's id.
    org_id: String,
    /// Its name.
    name: String,
}

/// How many units of a licence are in use.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct LicenseUse {
    /// The licence id.
    id: String,
    /// The licence's name in the public API.
    name: &'static str,
    /// Units bought; -1 is unlimited.
    total_units: i64,
    /// Units held.
    consumed_units: i64,
    /// Units that people hold.
    consumed_by_users: i64,
    /// Units that workspaces hold.
    consumed_by_workspaces: i64,
}

/// An id and a name.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Named {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let world = call.read();
    let items = by_age(&world, organization)
        .into_iter()
        .map(|(id, subscription)| body(&world, id, subscription));
    page::list(call, ORDINARY, "items", items)
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let world = call.read();
    let code = call.value("subscriptionId");
    let found = world.find(spaces::SUBSCRIPTION, Uuid::nil(), code);
    let found =
        found.and_then(|id| Some((id, owned::get::<Subscription>(&world, organization, id)?)));
    let (id, subscription) = found.ok_or_else(|| Refusal::not_found("Subscription", code))?;
    Reply::json(200, &body(&world, id, subscription))
}

/// The document of a subscription.
#[must_use]
pub fn body(world: &World, id: Uuid, subscription: &Subscription) -> SubscriptionBody {
    let licenses = world.list::<License>();
    let licenses = licenses.filter(|(_, license)| license.subscription == id);
    SubscriptionBody {
        id: subscription.code.clone(),
        name: subscription.name.clone(),
        status: subscription.status,
        reason: subscription.reason.clone(),
        trial: subscription.trial,
        partner: subscription.partner.as_ref().map(|partner| Seller {
            org_id: partner.webex_org_id(),
            name: partner.name.clone(),
        }),
        created_at: subscription.created_at,
        end_date: subscription.end_date,
        suspended_at: subscription.suspended_at,
        cancelled_at: subscription.cancelled_at,
        purge_at: subscription.purge_at,
        numbers_released_at: subscription.numbers_released_at,
        licenses: licenses
            .map(|(id, license)| license_use(id, license))
            .collect(),
        locations: locations(world, subscription),
    }
}

/// The locations whose Cisco Calling Plan a subscription carries.
pub(super) fn locations(world: &World, subscription: &Subscription) -> Vec<Named> {
    let carried = pstn::carried(world, subscription);
    let named = carried.map(|(id, location)| Named {
        id: WebexId::Location.encode(id),
        name: location.name.clone(),
    });
    named.collect()
}

/// The subscriptions of an organisation, the oldest first.
pub(super) fn by_age(world: &World, organization: Uuid) -> Vec<(Uuid, &Subscription)> {
    let mut found: Vec<_> = owned::list::<Subscription>(world, organization).collect();
    found.sort_by(|(_, a), (_, b)| (a.created_at, &a.code).cmp(&(b.created_at, &b.code)));
    found
}

fn license_use(id: Uuid, license: &License) -> LicenseUse {
    LicenseUse {
        id: license.webex_id(id),
        name: license.offer().api_name,
        total_units: license.total_units,
        consumed_units: license.consumed_units(),
        consumed_by_users: license.consumed_by_users,
        consumed_by_workspaces: license.consumed_by_workspaces,
    }
}
