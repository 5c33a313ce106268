//! What webhooks were told, with all that was tried, and sinks that record what arrives at them.

use serde::Serialize;
use utoipa::ToSchema;

use crate::http::deliveries::{Attempt, BODY_MAX, Delivery, Received, State};
use crate::http::page::{self, WHOLE};
use crate::http::strictness::{refuse_unknown_queries, unknown_name};
use crate::http::{Access, Call, MAX, Reply, Row, START};
use crate::model::WebexId;
use crate::refusal::{ErrorKind, Refusal};
use crate::world::Moment;

const DELIVERIES: &str = "/_sim/v1/webhooks/deliveries";
const SINK: &str = "/_sim/v1/webhooks/sink/{name}";

/// The rows. A sink takes what it is sent by anybody, as the target of a webhook does.
pub const ROWS: &[Row] = &[
    Row::get(DELIVERIES, list)
        .named(
            "listWebhookDeliveries",
            "List what webhooks were told, the oldest first",
        )
        .access(Access::Control)
        .queries(&[
            ("webhookId", "Only deliveries of this webhook."),
            ("state", "`pending`, `delivered`, `failed` or `refused`."),
            MAX,
            START,
        ])
        .answers::<Deliveries>(),
    Row::delete(DELIVERIES, forget)
        .named(
            "deleteWebhookDeliveries",
            "Forget all deliveries and what sinks were sent",
        )
        .access(Access::Control),
    Row::get("/_sim/v1/webhooks/deliveries/{id}", get)
        .named("getWebhookDelivery", "Read what a webhook was told")
        .access(Access::Control)
        .answers::<DeliveryBody>(),
    Row::post("/_sim/v1/webhooks/deliveries/{id}/redeliver", redeliver)
        .named(
            "redeliverWebhook",
            "Tell a webhook once more what it was told",
        )
        .access(Access::Control)
        .answers::<DeliveryBody>()
        .status(202),
    Row::post(SINK, take)
        .named(
            "sendToWebhookSink",
            "Record a request; the target of a webhook",
        )
        .access(Access::Open)
        .takes_as::<Anything>("*/*")
        .answers::<Taken>(),
    Row::get(SINK, read)
        .named(
            "readWebhookSink",
            "List what a sink was sent, the oldest first",
        )
        .access(Access::Control)
        .queries(&[MAX, START])
        .answers::<Sink>(),
    Row::delete(SINK, empty)
        .named("emptyWebhookSink", "Empty a sink")
        .access(Access::Control),
];

/// What webhooks were told.
#[derive(Debug, Serialize, ToSchema)]
struct Deliveries {
    /// The deliveries.
    items: Vec<DeliveryBody>,
    /// How many older ones are no longer kept.
    evicted: u64,
}

/// What a webhook was told.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DeliveryBody {
    /// Its id: `delivery-1`.
    id: String,
    /// The webhook.
    webhook_id: String,
    /// The webhook's name.
    name: String,
    /// Where it goes.
    target_url: String,
    /// What it is about.
    resource: &'static str,
    /// What happened.
    event: &'static str,
    /// What became of it.
    state: State,
    /// The delivery that it repeats.
    #[serde(skip_serializing_if = "Option::is_none")]
    redelivery_of: Option<String>,
    /// When it was made.
    #[schema(value_type = String)]
    created_at: Moment,
    /// When it is tried next, by the sandbox clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    next_attempt_at: Option<Moment>,
    /// What is sent.
    request: RequestBody,
    /// What was tried.
    attempts: Vec<AttemptBody>,
}

/// What is sent.
#[derive(Debug, Serialize, ToSchema)]
struct RequestBody {
    /// Its headers.
    headers: Vec<HeaderBody>,
    /// Its body, byte by byte as it was signed.
    body: String,
}

/// A header.
#[derive(Debug, Serialize, ToSchema)]
struct HeaderBody {
    /// Its name.
    name: &'static str,
    /// Its value.
    value: String,
}

/// What came of an attempt.
#[derive(Debug, Serialize, ToSchema)]
struct AttemptBody {
    /// When.
    #[schema(value_type = String)]
    at: Moment,
    /// The status of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    /// The beginning of the answer.
    #[serde(skip_serializing_if = "String::is_empty")]
    answer: String,
    /// Why there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// What a sink was sent.
#[derive(Debug, Serialize, ToSchema)]
struct Sink {
    /// The requests.
    items: Vec<ReceivedBody>,
    /// How many older ones, of all sinks of the sandbox, are no longer kept.
    evicted: u64,
}

/// A request to a sink.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ReceivedBody {
    /// When it came, by the sandbox clock.
    #[schema(value_type = String)]
    at: Moment,
    /// `X-Spark-Signature`
    #[serde(skip_serializing_if = "Option::is_none")]
    signature: Option<String>,
    /// `Content-Type`
    content_type: String,
    /// `User-Agent`
    user_agent: String,
    /// The body, byte by byte where it is text.
    body: String,
}

/// Whatever is sent: a text of at most 16 KiB, such as JSON.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "its schema alone is used")]
struct Anything(String);

/// A sink took a request.
#[derive(Debug, Serialize, ToSchema)]
struct Taken {
    /// The sink.
    sink: String,
}

impl DeliveryBody {
    fn of(delivery: Delivery) -> Self {
        let message = delivery.message;
        let headers = message.headers.into_iter();
        let attempt = |it: Attempt| AttemptBody {
            at: it.at,
            status: it.status,
            answer: it.answer,
            error: it.error,
        };
        Self {
            id: delivery_id(delivery.number),
            webhook_id: WebexId::Webhook.encode(message.webhook),
            name: message.name,
            target_url: message.target_url,
            resource: message.resource,
            event: message.event,
            state: delivery.state,
            redelivery_of: delivery.repeats.map(delivery_id),
            created_at: delivery.created_at,
            next_attempt_at: delivery.due,
            request: RequestBody {
                headers: headers
                    .map(|(name, value)| HeaderBody { name, value })
                    .collect(),
                body: String::from_utf8_lossy(&message.body).into_owned(),
            },
            attempts: delivery.attempts.into_iter().map(attempt).collect(),
        }
    }
}

/// The id of a delivery.
#[must_use]
pub fn delivery_id(number: u64) -> String {
    format!("delivery-{number}")
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    refuse_unknown_queries(call)?;
    let names = State::ALL.iter().map(|state| state.name());
    let state = call.query("state");
    if let Some(wrong) = state
        .as_deref()
        .filter(|state| !names.clone().any(|it| it == *state))
    {
        return Err(unknown_name("state", wrong, names));
    }
    let webhook = call.query("webhookId");
    let (items, evicted) = call.tenant.deliveries.list();
    let items = items.into_iter().map(DeliveryBody::of);
    let items = items.filter(|it| {
        state
            .as_deref()
            .is_none_or(|state| state == it.state.name())
    });
    let items = items.filter(|it| webhook.as_deref().is_none_or(|id| id == it.webhook_id));
    page::list_beside(call, WHOLE, items, &[("evicted", evicted.into())])
}

fn find(call: &Call<'_>) -> Result<Delivery, Refusal> {
    let text = call.value("id");
    let number = text
        .strip_prefix("delivery-")
        .and_then(|number| number.parse().ok());
    let found = number.and_then(|number| call.tenant.deliveries.get(number));
    found.ok_or_else(|| Refusal::not_found("Delivery", text))
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    Reply::json(200, &DeliveryBody::of(find(call)?))
}

fn redeliver(call: &Call<'_>) -> Result<Reply, Refusal> {
    let known = find(call)?;
    let now = call.tenant.time();
    let again = call
        .tenant
        .deliveries
        .add(known.message, now, Some(known.number));
    Reply::json(202, &DeliveryBody::of(again))
}

fn forget(call: &Call<'_>) -> Result<Reply, Refusal> {
    call.tenant.deliveries.clear();
    Ok(Reply::empty(204))
}

/// The name of a sink.
fn sink(call: &Call<'_>) -> Result<String, Refusal> {
    let name = call.value("name");
    let is_plain = |c: u8| c.is_ascii_alphanumeric() || c == b'-';
    if (1..=64).contains(&name.len()) && name.bytes().all(is_plain) {
        return Ok(name.to_owned());
    }
    let detail = "The name of a sink is 1 to 64 letters, digits and hyphens.";
    Err(Refusal::bad_request(detail))
}

fn take(call: &Call<'_>) -> Result<Reply, Refusal> {
    let sink = sink(call)?;
    if call.body.len() > BODY_MAX {
        let detail = format!("A sink takes bodies of at most {BODY_MAX} bytes.");
        return Err(Refusal::new(ErrorKind::TooLarge, detail));
    }
    call.tenant.deliveries.sinks.take(Received {
        sink: sink.clone(),
        at: call.now,
        signature: call.signature.map(str::to_owned),
        content_type: call.content_type.to_owned(),
        user_agent: call.user_agent.to_owned(),
        body: bytes::Bytes::copy_from_slice(call.body),
    });
    Reply::json(200, &Taken { sink })
}

fn read(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (items, evicted) = call.tenant.deliveries.sinks.list(&sink(call)?);
    let items = items.into_iter().map(|it| ReceivedBody {
        at: it.at,
        signature: it.signature,
        content_type: it.content_type,
        user_agent: it.user_agent,
        body: String::from_utf8_lossy(&it.body).into_owned(),
    });
    page::list_beside(call, WHOLE, items, &[("evicted", evicted.into())])
}

fn empty(call: &Call<'_>) -> Result<Reply, Refusal> {
    call.tenant.deliveries.sinks.empty(&sink(call)?);
    Ok(Reply::empty(204))
}
