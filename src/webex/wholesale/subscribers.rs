//! `/v1/wholesale/subscribers`.

mod document;
mod write;

use uuid::Uuid;

use super::{MAX, OFFSET, PAGES, Prechecked, SUB_PARTNER, partner};
use crate::http::{Call, Fidelity, Reply, Row, page};
use crate::model::WebexId;
use crate::model::wholesale::Subscriber;
use crate::refusal::Refusal;
use crate::resources::wholesale::{customers, subscribers};
use crate::world::Moment;

use document::{SubscriberBody, status};

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/v1/wholesale/subscribers", list)
        .fidelity(Fidelity::F4)
        .queries(&[
            ("customerId", "Only subscribers of this customer."),
            ("personId", "Only the subscriber who is this person."),
            (
                "externalCustomerId",
                "Only subscribers of the customer with this id of the partner's.",
            ),
            ("email", "Only the subscriber with this address."),
            ("status", "Only subscribers in this state."),
            ("after", "Only subscribers created after this time."),
            (
                "lastStatusChange",
                "Only subscribers whose status changed after this time.",
            ),
            ("sortBy", "`created` or `lastStatusChange`."),
            ("sortOrder", "`ASC` or `DESC`."),
            MAX,
            OFFSET,
            SUB_PARTNER,
        ])
        .answers::<page::Items<SubscriberBody<'_>>>(),
    Row::post("/v1/wholesale/subscribers", write::create)
        .fidelity(Fidelity::F4)
        .queries(&[SUB_PARTNER])
        .takes::<write::SubscriberWrite>()
        .answers::<SubscriberBody<'_>>()
        .also(&[202]),
    Row::post("/v1/wholesale/subscribers/validate", write::validate)
        .fidelity(Fidelity::F4)
        .queries(&[SUB_PARTNER])
        .takes::<write::SubscriberCheck>()
        .answers::<Prechecked>(),
    Row::get("/v1/wholesale/subscribers/{subscriberId}", get)
        .fidelity(Fidelity::F4)
        .queries(&[SUB_PARTNER])
        .answers::<SubscriberBody<'_>>(),
    Row::put("/v1/wholesale/subscribers/{subscriberId}", write::update)
        .fidelity(Fidelity::F4)
        .queries(&[SUB_PARTNER])
        .takes::<write::SubscriberUpdate>()
        .answers::<SubscriberBody<'_>>(),
    Row::delete("/v1/wholesale/subscribers/{subscriberId}", write::delete)
        .fidelity(Fidelity::F4)
        .queries(&[SUB_PARTNER]),
];

/// The subscriber that a path names.
fn named(call: &Call<'_>) -> Result<Uuid, Refusal> {
    let text = call.value("subscriberId");
    let id = WebexId::Subscriber.decode(text);
    id.ok_or_else(|| Refusal::not_found("Subscriber", text))
}

fn customer(text: &str) -> Result<Uuid, Refusal> {
    let id = WebexId::Customer.decode(text);
    id.ok_or_else(|| Refusal::not_found("Customer", text))
}

/// A time as milliseconds since 1970 or as ISO 8601.
fn moment(call: &Call<'_>, name: &str) -> Result<Option<Moment>, Refusal> {
    let Some(text) = call.query(name) else {
        return Ok(None);
    };
    let millis = text.parse::<i64>().map(Moment);
    let read = millis.or_else(|_| text.parse::<Moment>());
    let wrong = |_| {
        let detail = format!("{name} must be milliseconds since 1970 or a time in ISO 8601.");
        Refusal::bad_request(detail)
    };
    read.map(Some).map_err(wrong)
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let partner = partner(call)?;
    let world = call.read();
    let texts = ["personId", "externalCustomerId", "email", "status"].map(|it| call.query(it));
    let [person, external, email, state] = texts;
    let of = call.query("customerId").map(|text| customer(&text));
    let of = of.transpose()?;
    let person = person.map(|text| WebexId::Person.decode(&text));
    let (after, changed) = (moment(call, "after")?, moment(call, "lastStatusChange")?);
    let by_change = call.query_word("sortBy")? == Some("lastStatusChange");
    let falls = call.query_word("sortOrder")? == Some("DESC");
    let fits = |it: &Subscriber| {
        let customer = customers::get(&world, partner, it.customer);
        let own = customer.map_or("", |customer| &customer.external_id);
        let own_email = subscribers::email(&world, it);
        of.is_none_or(|id| id == it.customer)
            && person.is_none_or(|id| id.is_some() && id == it.person())
            && external.as_deref().is_none_or(|text| text == own)
            && email
                .as_deref()
                .is_none_or(|it| it.eq_ignore_ascii_case(own_email))
            && state.as_deref().is_none_or(|text| text == status(it))
            && after.is_none_or(|after| it.created > after)
            && changed.is_none_or(|changed| it.last_status_change > changed)
    };
    let mut found: Vec<_> = subscribers::list(&world, partner)
        .filter(|(_, it)| fits(it))
        .collect();
    found.sort_by_key(|(id, it)| match by_change {
        true => (it.last_status_change, *id),
        false => (it.created, *id),
    });
    if falls {
        found.reverse();
    }
    let items = found.into_iter();
    let items = items.map(|(id, it)| SubscriberBody::of(&world, id, it, partner));
    page::list(call, PAGES, "items", items)
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    let partner = partner(call)?;
    show(call, partner, named(call)?, 200)
}

fn show(call: &Call<'_>, partner: Uuid, id: Uuid, status: u16) -> Result<Reply, Refusal> {
    let world = call.read();
    let subscriber = subscribers::get(&world, partner, id)?;
    Reply::json(status, &SubscriberBody::of(&world, id, subscriber, partner))
}
