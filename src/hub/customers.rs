//! Partner Hub: the customers that a partner manages, and Launch Control Hub (PKG-01, ROLE-07).

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::organization;
use crate::http::auth::Issued;
use crate::http::grants::after;
use crate::http::page::{self, ORDINARY};
use crate::http::{Call, MAX, Reply, Row, START};
use crate::model::organization::manages;
use crate::model::wholesale::{Customer, CustomerStatus, Package, customer_of};
use crate::model::{Organization, WebexId};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::wholesale::{check_partner, customers};
use crate::world::World;

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/_hub/v1/organizations/{org}/customers", list)
        .named("listCustomers", "Partner Hub: the customers")
        .queries(&[MAX, START])
        .answers::<page::Items<ListedCustomer>>(),
    Row::post(
        "/_hub/v1/organizations/{org}/customers/{customerOrg}/launch",
        launch,
    )
    .named("launchControlHub", "Launch Control Hub into a customer")
    .answers::<Launched>(),
];

/// How long a launched Control Hub stays open, in seconds of the sandbox clock; inferred.
const SESSION_SECONDS: u32 = 12 * 60 * 60;

/// How a customer buys.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum CustomerType {
    /// Packages, by wholesale.
    Wholesale,
    /// Licences of subscriptions.
    Standard,
}

/// A customer of a partner.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ListedCustomer {
    /// The organisation, once it is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    org_id: Option<String>,
    /// Its name.
    name: String,
    /// How it buys.
    r#type: CustomerType,
    /// How far its provisioning is; `provisioned` for one that buys no packages.
    status: CustomerStatus,
    /// The packages it has.
    packages: Vec<Package>,
    /// What the partner calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<String>,
    /// The id of the wholesale API.
    #[serde(skip_serializing_if = "Option::is_none")]
    customer_id: Option<String>,
}

/// Control Hub, opened in a customer.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Launched {
    /// The customer's organisation.
    org_id: String,
    /// A token that acts in it, as the partner's administrator.
    token: String,
    /// The customer's Users page.
    url: String,
}

impl ListedCustomer {
    fn of((id, customer): (Uuid, &Customer)) -> Self {
        Self {
            org_id: customer
                .organization
                .map(|id| WebexId::Organization.encode(id)),
            name: customer.name.clone(),
            r#type: CustomerType::Wholesale,
            status: customer.status,
            packages: customer.packages.clone(),
            external_id: Some(customer.external_id.clone()),
            customer_id: Some(WebexId::Customer.encode(id)),
        }
    }

    fn standard(id: Uuid, organization: &Organization) -> Self {
        Self {
            org_id: Some(WebexId::Organization.encode(id)),
            name: organization.name.clone(),
            r#type: CustomerType::Standard,
            status: CustomerStatus::Provisioned,
            packages: Vec::new(),
            external_id: None,
            customer_id: None,
        }
    }
}

/// The partner organisation of a call's path.
fn partner(call: &Call<'_>, world: &World) -> Result<Uuid, Refusal> {
    let id = organization(call)?;
    check_partner(world, id)?;
    Ok(id)
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let world = call.read();
    let partner = partner(call, &world)?;
    let wholesale = customers::list(&world, partner).map(ListedCustomer::of);
    let managed = world.list::<Organization>();
    let managed = managed.filter(|(id, _)| manages(&world, partner, *id));
    let standard = managed.filter(|(id, _)| customer_of(&world, *id).is_none());
    let standard = standard.map(|(id, found)| ListedCustomer::standard(id, found));
    let mut items: Vec<_> = wholesale.chain(standard).collect();
    items.sort_by(|a, b| a.name.cmp(&b.name));
    page::list(call, ORDINARY, "items", items.into_iter())
}

fn launch(call: &Call<'_>) -> Result<Reply, Refusal> {
    let world = call.read();
    let partner = partner(call, &world)?;
    let text = call.value("customerOrg");
    let customer = WebexId::Organization.decode(text);
    let customer = customer.filter(|id| manages(&world, partner, *id));
    let customer = customer.ok_or_else(|| Refusal::not_found("Customer", text))?;
    if call.controls.dry_run {
        let detail = "A token is no part of the world, so Launch Control Hub cannot be planned.";
        return Err(Refusal::bad_request(detail));
    }
    let nobody = || Refusal::new(ErrorKind::Unauthorized, "Nobody acts here: send a token.");
    let issued = Issued {
        sandbox: call.tenant.id.clone(),
        acts_as: call.acts_as().ok_or_else(nobody)?,
        acts_in: Some(customer),
        client_id: None,
        scope: None,
        expires_at: Some(after(&call.tenant, SESSION_SECONDS)),
    };
    let token = call.app.issue_as(&call.tenant, issued)?;
    let org_id = WebexId::Organization.encode(customer);
    let url = format!("{}/_hub/v1/organizations/{org_id}/users", call.origin);
    Reply::json(200, &Launched { org_id, token, url })
}
