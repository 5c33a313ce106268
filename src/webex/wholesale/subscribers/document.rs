//! How a subscriber is shown.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::licensing::packages;
use crate::model::WebexId;
use crate::model::wholesale::{Account, Package, ProvisioningError, Subscriber};
use crate::resources::wholesale::{customers, subscribers};
use crate::world::{Moment, World};

/// A subscriber.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SubscriberBody<'a> {
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
pub(super) fn status(subscriber: &Subscriber) -> &'static str {
    match subscriber.account {
        Account::Person(_) => "provisioned",
        Account::Invited(_) => "pending_user_migration",
    }
}

impl<'a> SubscriberBody<'a> {
    pub(super) fn of(
        world: &'a World,
        id: Uuid,
        subscriber: &'a Subscriber,
        partner: Uuid,
    ) -> Self {
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
