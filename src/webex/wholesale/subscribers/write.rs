//! Subscribers are made, changed and taken away.

use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::super::{SubscriberParameters, active_partner, either, partner, prechecked};
use super::{customer, named, show};
use crate::http::{Call, Reply};
use crate::licensing::packages;
use crate::model::wholesale::Package;
use crate::model::{Email, WebexId};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::people;
use crate::resources::wholesale::subscribers::{self, Created, NewSubscriber};
use crate::resources::wholesale::{check_partner, customers};

/// A subscriber, as a partner asks for one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SubscriberWrite {
    /// The customer.
    customer_id: String,
    /// The address.
    email: String,
    /// The base package; or say `packages`.
    package: Option<Package>,
    /// The base package, and what is added to it.
    packages: Option<Vec<Package>>,
    /// Name, number and location.
    provisioning_parameters: SubscriberParameters,
}

/// A subscriber, as a partner thinks of one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SubscriberCheck {
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
pub(super) struct SubscriberUpdate {
    /// The base package; or say `packages`.
    package: Option<Package>,
    /// The base package, and what is added to it.
    packages: Option<Vec<Package>>,
    /// Number and location, for somebody who has no Calling.
    #[serde(default)]
    provisioning_parameters: SubscriberParameters,
}

fn address(text: &str) -> Result<Email, Refusal> {
    let wrong = |error: String| Refusal::bad_request(format!("email: {error}."));
    text.parse().map_err(wrong)
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

/// POST of one.
pub(super) fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
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

/// POST of one that is only looked at.
pub(super) fn validate(call: &Call<'_>) -> Result<Reply, Refusal> {
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
    prechecked()
}

/// PUT of one.
pub(super) fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
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

/// DELETE of one.
pub(super) fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let partner = partner(call)?;
    let id = named(call)?;
    let outcome = call.write(|tx| subscribers::remove(tx, partner, id))?;
    outcome.into_iter().for_each(|outcome| call.tell(outcome));
    Ok(Reply::empty(204))
}
