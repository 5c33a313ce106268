//! What billing or the partner does to subscriptions: sell, change, suspend, cancel, purge.

use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::{Access, Call, Reply, Row};
use crate::hub::subscriptions::{SubscriptionBody, body};
use crate::licensing::lifecycle::{self, SubscriptionChange};
use crate::licensing::sale::{Sale, SoldLicense, check_name, sell};
use crate::model::subscription::Partner;
use crate::model::{Organization, Subscription, SubscriptionStatus, WebexId, spaces};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::subscriptions;
use crate::world::{Moment, Tx};

/// Days that a subscription runs when nobody says how long.
const PAID_DAYS: i64 = 365;
const TRIAL_DAYS: i64 = 30;

/// The rows.
pub const ROWS: &[Row] = &[
    Row::post("/_sim/v1/subscriptions", create)
        .named("createSubscription", "Sell a subscription")
        .access(Access::Control)
        .takes::<NewSubscription>()
        .answers::<SubscriptionBody>()
        .status(201),
    Row::patch("/_sim/v1/subscriptions/{subscriptionId}", update)
        .named("updateSubscription", "Change what was sold")
        .access(Access::Control)
        .takes::<Changed>()
        .answers::<SubscriptionBody>(),
];

/// What can happen to a subscription.
struct Event {
    path: &'static str,
    id: &'static str,
    title: &'static str,
    happen: fn(&mut Tx, Uuid) -> Result<(), Refusal>,
}

const EVENTS: &[Event] = &[
    Event {
        path: "/_sim/v1/subscriptions/{subscriptionId}/requireAction",
        id: "requireSubscriptionAction",
        title: "Let a subscription wait for its renewal",
        happen: lifecycle::require_action,
    },
    Event {
        path: "/_sim/v1/subscriptions/{subscriptionId}/suspend",
        id: "suspendSubscription",
        title: "Suspend a subscription",
        happen: lifecycle::suspend,
    },
    Event {
        path: "/_sim/v1/subscriptions/{subscriptionId}/reactivate",
        id: "reactivateSubscription",
        title: "End a subscription's suspension",
        happen: lifecycle::reactivate,
    },
    Event {
        path: "/_sim/v1/subscriptions/{subscriptionId}/cancel",
        id: "cancelSubscription",
        title: "Cancel a subscription",
        happen: lifecycle::cancel,
    },
    Event {
        path: "/_sim/v1/subscriptions/{subscriptionId}/restore",
        id: "restoreSubscription",
        title: "Restore a cancelled subscription",
        happen: lifecycle::restore,
    },
    Event {
        path: "/_sim/v1/subscriptions/{subscriptionId}/expire",
        id: "expireSubscription",
        title: "Let a subscription end now",
        happen: lifecycle::expire,
    },
    Event {
        path: "/_sim/v1/subscriptions/{subscriptionId}/renew",
        id: "renewSubscription",
        title: "Renew a subscription",
        happen: lifecycle::renew,
    },
    Event {
        path: "/_sim/v1/subscriptions/{subscriptionId}/purge",
        id: "purgeSubscription",
        title: "Purge a cancelled subscription now",
        happen: |tx, id| lifecycle::purge(tx, id).map(drop),
    },
];

/// The rows of what can happen.
pub const EVENT_ROWS: &[Row] = &{
    let mut rows = [Row::post("", happen)
        .access(Access::Control)
        .heavy()
        .answers::<SubscriptionBody>(); EVENTS.len()];
    let mut index = 0;
    while index < EVENTS.len() {
        let event = &EVENTS[index];
        rows[index] = rows[index].at(event.path).named(event.id, event.title);
        index += 1;
    }
    rows
};

/// What is sold.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewSubscription {
    /// Whose it is; the caller's organisation when absent.
    org_id: Option<String>,
    /// The plain id, `Sub119911`; the next free one when absent.
    id: Option<String>,
    /// A name for people.
    name: String,
    /// Its licences.
    licenses: Vec<SoldLicense>,
    /// When it ends; in a year, or in 30 days for a trial, when absent.
    #[schema(value_type = Option<String>, format = DateTime)]
    end_date: Option<Moment>,
    /// Whether it is a trial.
    #[serde(default)]
    trial: bool,
    /// Who sells it.
    #[schema(value_type = Option<Object>)]
    partner: Option<Partner>,
}

/// What changes; what is not named stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Changed {
    /// Another name.
    name: Option<String>,
    /// Units of services it has, or services it gains.
    #[serde(default)]
    licenses: Vec<SoldLicense>,
    /// Another end.
    #[schema(value_type = Option<String>, format = DateTime)]
    end_date: Option<Moment>,
    /// Whether it is a trial.
    trial: Option<bool>,
    /// Another partner; null for none.
    #[serde(default, deserialize_with = "named")]
    #[schema(value_type = Option<Object>)]
    partner: Option<Option<Partner>>,
}

/// A member that is null is named all the same.
fn named<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}

fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let asked: NewSubscription = call.json()?;
    let organization = match &asked.org_id {
        Some(text) => organization(call, text)?,
        None => call.own_organization()?,
    };
    check_name(&asked.name)?;
    let (status, days) = match asked.trial {
        true => (SubscriptionStatus::Trial, TRIAL_DAYS),
        false => (SubscriptionStatus::Active, PAID_DAYS),
    };
    let sale = Sale {
        code: asked.id,
        name: asked.name,
        status,
        trial: asked.trial,
        partner: asked.partner,
        created_at: call.now,
        end_date: asked.end_date.unwrap_or(call.now.plus_days(days)),
        licenses: asked.licenses,
    };
    let id = call.write(|tx| sell(tx, organization, sale))?;
    show(call, 201, id)
}

fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = subscription(call)?;
    let asked: Changed = call.json()?;
    let change = SubscriptionChange {
        name: asked.name,
        licenses: asked.licenses,
        end_date: asked.end_date,
        trial: asked.trial,
        partner: asked.partner,
    };
    call.write(|tx| lifecycle::change(tx, id, change))?;
    show(call, 200, id)
}

fn happen(call: &Call<'_>) -> Result<Reply, Refusal> {
    let event = EVENTS.iter().find(|event| event.id == call.operation.id);
    let event = event.ok_or_else(|| {
        let detail = format!("{} is no event of subscriptions.", call.operation.id);
        Refusal::new(ErrorKind::Internal, detail)
    })?;
    let id = subscription(call)?;
    call.write(|tx| subscriptions::tell(tx, id, event.happen))?;
    show(call, 200, id)
}

/// Any organisation of the sandbox: whoever controls it is nobody's administrator.
fn organization(call: &Call<'_>, text: &str) -> Result<Uuid, Refusal> {
    let world = call.tenant.sandbox.peek();
    let id = WebexId::Organization.decode(text);
    let found = id.filter(|id| world.get::<Organization>(*id).is_some());
    found.ok_or_else(|| Refusal::not_found("Organization", text))
}

fn subscription(call: &Call<'_>) -> Result<Uuid, Refusal> {
    let code = call.value("subscriptionId");
    let world = call.tenant.sandbox.peek();
    let found = world.find(spaces::SUBSCRIPTION, Uuid::nil(), code);
    found.ok_or_else(|| Refusal::not_found("Subscription", code))
}

fn show(call: &Call<'_>, status: u16, id: Uuid) -> Result<Reply, Refusal> {
    let world = call.read();
    let subscription = world.get::<Subscription>(id).ok_or_else(|| {
        let detail = "The subscription was not found after the change.";
        Refusal::new(ErrorKind::Internal, detail)
    })?;
    Reply::json(status, &body(&world, id, subscription))
}
