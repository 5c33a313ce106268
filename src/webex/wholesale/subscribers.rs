//! `/v1/wholesale/subscribers`.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    MAX, OFFSET, PAGES, Prechecked, SUB_PARTNER, SubscriberParameters, active_partner, either,
    partner,
};
use crate::http::{Call, Fidelity, Reply, Row, page};
use crate::licensing::packages;
use crate::model::wholesale::{Account, Package, ProvisioningError, Subscriber};
use crate::model::{Email, WebexId};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::people;
use crate::resources::wholesale::subscribers::{self, Created, NewSubscriber};
use crate::resources::wholesale::{check_partner, customers};
use crate::world::{Moment, World};

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
    Row::post("/v1/wholesale/subscribers", create)
        .fidelity(Fidelity::F4)
        .queries(&[SUB_PARTNER])
        .takes::<SubscriberWrite>()
        .answers::<SubscriberBody<'_>>()
        .also(&[202]),
    Row::post("/v1/wholesale/subscribers/validate", validate)
        .fidelity(Fidelity::F4)
        .queries(&[SUB_PARTNER])
        .takes::<SubscriberCheck>()
        .answers::<Prechecked>(),
    Row::get("/v1/wholesale/subscribers/{subscriberId}", get)
        .fidelity(Fidelity::F4)
        .queries(&[SUB_PARTNER])
        .answers::<SubscriberBody<'_>>(),
    Row::put("/v1/wholesale/subscribers/{subscriberId}", update)
        .fidelity(Fidelity::F4)
        .queries(&[SUB_PARTNER])
        .takes::<SubscriberUpdate>()
        .answers::<SubscriberBody<'_>>(),
    Row::delete("/v1/wholesale/subscribers/{subscriberId}", delete)
        .fidelity(Fidelity::F4)
        .queries(&[SUB_PARTNER]),
];

/// A subscriber, as a partner asks for one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SubscriberWrite {
    /// The customer.
    customer_id: String,
    /// The address.
    email: String,
    /// The base package; or say `packages`.
    package: Option<Package>,
    /// The base package, and what is added to it.
    packages: Option<Vec<Package>>,
    /// Name, number and location.
    #[serde(default)]
    provisioning_parameters: SubscriberParameters,
}

/// A subscriber, as a partner thinks of one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SubscriberCheck {
    /// The customer.
    customer_id: Option<String>,
    /// The address.
    email: String,
    /// The base package; or say `packages`.
    package: Option<Package>,
    /// The base package, and what is added to it.
    packages: Option<Vec<Package>>,
    /// Name, number and location.
    #[serde(default)]
    provisioning_parameters: SubscriberParameters,
}

/// A change of a subscriber.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SubscriberUpdate {
    /// The base package; or say `packages`.
    package: Option<Package>,
    /// The base package, and what is added to it.
    packages: Option<Vec<Package>>,
    /// Number and location, for somebody who has no Calling.
    #[serde(default)]
    provisioning_parameters: SubscriberParameters,
}

/// A subscriber.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SubscriberBody<'a> {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    person_id: Option<String>,
    email: &'a str,
    customer_id: String,
    external_customer_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    package: Option<Package>,
    packages: &'a [Package],
    status: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ProvisioningError>,
    #[schema(value_type = String)]
    created: Moment,
    #[schema(value_type = String)]
    last_status_change: Moment,
}

/// The status of a subscriber.
fn status(subscriber: &Subscriber) -> &'static str {
    match subscriber.account {
        Account::Person(_) => "provisioned",
        Account::Invited(_) => "pending_user_migration",
    }
}

impl<'a> SubscriberBody<'a> {
    fn of(world: &'a World, id: Uuid, subscriber: &'a Subscriber, partner: Uuid) -> Self {
        let customer = customers::get(world, partner, subscriber.customer).ok();
        let failure = subscriber.failure.map(|failure| {
            let refusal = packages::refusal(failure);
            ProvisioningError {
                error_code: refusal.kind.row().code.unwrap_or_default(),
                description: refusal.description(),
            }
        });
        let person = subscriber.person();
        Self {
            id: WebexId::Subscriber.encode(id),
            person_id: person.map(|id| WebexId::Person.encode(id)),
            email: subscribers::email(world, subscriber),
            customer_id: WebexId::Customer.encode(subscriber.customer),
            external_customer_id: customer.map_or("", |it| &it.external_id),
            package: packages::base(&subscriber.packages),
            packages: &subscriber.packages,
            status: status(subscriber),
            errors: failure.into_iter().collect(),
            created: subscriber.created,
            last_status_change: subscriber.last_status_change,
        }
    }
}

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

fn address(text: &str) -> Result<Email, Refusal> {
    let wrong = |error: String| Refusal::bad_request(format!("email: {error}."));
    text.parse().map_err(wrong)
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

/// Answers what was written: the subscriber, or the failure that left it inconsistent.
fn written(call: &Call<'_>, partner: Uuid, created: Created) -> Result<Reply, Refusal> {
    let waits = created.outcome.is_none();
    created
        .outcome
        .into_iter()
        .for_each(|outcome| call.tell(outcome));
    if let Some(failed) = created.failed {
        return Err(failed);
    }
    let reply = show(call, partner, created.id, if waits { 202 } else { 200 })?;
    let id = WebexId::Subscriber.encode(created.id);
    let url = format!("{}/v1/wholesale/subscribers/{id}", call.origin);
    Ok(reply.explained().header("Location", url))
}

fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let partner = active_partner(call)?;
    let body: SubscriberWrite = call.json()?;
    let wanted = NewSubscriber {
        customer: customer(&body.customer_id)?,
        email: address(&body.email)?,
        packages: either(body.package, body.packages)?,
        properties: body.provisioning_parameters.properties()?,
        first_name: body.provisioning_parameters.first_name,
        last_name: body.provisioning_parameters.last_name,
    };
    let failures = call.wholesale_failures();
    let created = call.write(|tx| subscribers::create(tx, partner, wanted, &failures))?;
    written(call, partner, created)
}

fn validate(call: &Call<'_>) -> Result<Reply, Refusal> {
    let partner = active_partner(call)?;
    let world = call.read();
    check_partner(&world, partner)?;
    let body: SubscriberCheck = call.json()?;
    let email = address(&body.email)?;
    let properties = body.provisioning_parameters.properties()?;
    let named = match (body.package, body.packages) {
        (None, None) => None,
        (package, packages) => Some(either(package, packages)?),
    };
    let customer = body.customer_id.as_deref().map(customer).transpose()?;
    match (customer, named) {
        // All that a subscriber is made of is there: what speaks against it is what would.
        (Some(customer), Some(packages)) => {
            let wanted = NewSubscriber {
                customer,
                email,
                packages,
                properties,
                first_name: body.provisioning_parameters.first_name,
                last_name: body.provisioning_parameters.last_name,
            };
            call.write(|tx| subscribers::rehearse(tx, partner, wanted))?;
        }
        (Some(customer), None) => {
            let customer = customers::get(&world, partner, customer)?;
            subscribers::find(&world, customer, &email)?;
        }
        (None, named) => {
            if let Some(named) = named {
                packages::of_subscriber(&named)?;
            }
            if people::find(&world, email.as_str()).is_some() {
                return Err(Refusal::new(ErrorKind::EmailAssociated, "").by("PKG-19"));
            }
        }
    }
    super::prechecked()
}

fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let partner = active_partner(call)?;
    let id = named(call)?;
    subscribers::get(&call.read(), partner, id)?;
    let body: SubscriberUpdate = call.json()?;
    let packages = either(body.package, body.packages)?;
    let properties = body.provisioning_parameters.properties()?;
    let wanted = (packages.as_slice(), properties);
    let failures = call.wholesale_failures();
    let changed = call.write(|tx| subscribers::change(tx, partner, id, wanted, &failures))?;
    written(call, partner, changed)
}

fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let partner = partner(call)?;
    let id = named(call)?;
    let outcome = call.write(|tx| subscribers::remove(tx, partner, id))?;
    outcome.into_iter().for_each(|outcome| call.tell(outcome));
    Ok(Reply::empty(204))
}
