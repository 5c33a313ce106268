//! Customers are made, changed and taken away.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::super::{active_partner, author, partner, prechecked};
use super::named;
use crate::http::{Call, Reply};
use crate::model::WebexId;
use crate::model::wholesale::{BillingAddress, Package, PendingLocation};
use crate::refusal::Refusal;
use crate::resources::wholesale::customers::{self, CustomerChange, NewCustomer};

/// A customer, as a partner asks for one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct CustomerWrite {
    /// The id of a customer template.
    provisioning_id: Option<String>,
    /// All packages.
    #[serde(default)]
    packages: Vec<Package>,
    /// An organisation that is there already.
    org_id: Option<String>,
    /// What the partner calls the customer.
    external_id: Option<String>,
    /// Where bills go.
    address: BillingAddress,
    /// What a new organisation is to be.
    customer_info: Option<CustomerInfo>,
    /// What packages need.
    #[serde(default)]
    provisioning_parameters: Parameters,
}

/// A change of a customer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct CustomerUpdate {
    /// What the partner calls the customer.
    external_id: Option<String>,
    /// All packages from now on.
    packages: Vec<Package>,
    /// Where bills go.
    address: Option<BillingAddress>,
    /// What packages need.
    #[serde(default)]
    provisioning_parameters: Parameters,
}

/// What a new organisation is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CustomerInfo {
    /// Its name.
    name: Option<String>,
    /// The address of its first administrator.
    primary_email: String,
    /// The language in which Webex writes to it. Mails have no text here.
    #[serde(rename = "language")]
    _language: Option<String>,
}

/// What packages need.
#[derive(Debug, Default, Deserialize, ToSchema)]
struct Parameters {
    /// Of those with Calling.
    calling: Option<CallingParameters>,
    /// Of all.
    #[serde(default)]
    packages: PackageParameters,
}

/// What packages with Calling need.
#[derive(Debug, Deserialize, ToSchema)]
struct CallingParameters {
    /// The first location.
    location: LocationParameters,
}

/// A location.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct LocationParameters {
    /// Its name.
    name: String,
    /// Its address.
    address: BillingAddress,
    /// Its time zone.
    timezone: String,
    /// The language of announcements.
    language: String,
}

/// What holds for packages.
#[derive(Debug, Default, Deserialize, ToSchema)]
struct PackageParameters {
    /// How many of each may be assigned.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, u32>)]
    limits: BTreeMap<Package, u32>,
}

impl Parameters {
    fn location(self) -> Option<PendingLocation> {
        self.calling.map(|calling| PendingLocation {
            name: calling.location.name,
            address: calling.location.address,
            time_zone: calling.location.timezone,
            language: calling.location.language,
        })
    }
}

/// Where to look for the customer.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ResourceUrl {
    /// The address.
    url: String,
}

fn wanted(call: &Call<'_>, body: CustomerWrite) -> Result<NewCustomer, Refusal> {
    let organization = body.org_id.as_deref().map(|text| {
        let id = WebexId::Organization.decode(text);
        id.ok_or_else(|| Refusal::not_found("Organization", text))
    });
    if body.provisioning_id.as_deref().is_some_and(str::is_empty) {
        return Err(Refusal::bad_request("provisioningId must not be empty."));
    }
    if call.path.ends_with("/customers") && body.provisioning_id.is_none() {
        return Err(Refusal::bad_request("provisioningId is required."));
    }
    let (name, primary_email) = match body.customer_info {
        Some(info) => (info.name, Some(info.primary_email)),
        None => (None, None),
    };
    Ok(NewCustomer {
        external_id: body.external_id,
        address: body.address,
        packages: body.packages,
        limits: body.provisioning_parameters.packages.limits.clone(),
        organization: organization.transpose()?,
        name,
        primary_email,
        location: body.provisioning_parameters.location(),
    })
}

/// POST of one.
pub(super) fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let partner = active_partner(call)?;
    let wanted = wanted(call, call.json()?)?;
    let author = author(call);
    let id = call.write(|tx| customers::create(tx, partner, wanted, author))?;
    accepted(call, id)
}

/// POST of one that is only looked at.
pub(super) fn validate(call: &Call<'_>) -> Result<Reply, Refusal> {
    let partner = active_partner(call)?;
    let wanted = wanted(call, call.json()?)?;
    customers::check(&call.read(), partner, &wanted)?;
    prechecked()
}

/// PUT of one.
pub(super) fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let partner = active_partner(call)?;
    let id = named(call)?;
    customers::get(&call.read(), partner, id)?;
    let body: CustomerUpdate = call.json()?;
    let change = CustomerChange {
        external_id: body.external_id,
        address: body.address,
        packages: body.packages,
        limits: body.provisioning_parameters.packages.limits.clone(),
        location: body.provisioning_parameters.location(),
    };
    let author = author(call);
    call.write(|tx| customers::update(tx, partner, id, change, author))?;
    accepted(call, id)
}

/// DELETE of one.
pub(super) fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let partner = partner(call)?;
    let id = named(call)?;
    let author = author(call);
    call.write(|tx| customers::delete(tx, partner, id, author))?;
    Ok(Reply::empty(202))
}

/// What is done in the background can be looked at here (PKG-17).
fn accepted(call: &Call<'_>, id: Uuid) -> Result<Reply, Refusal> {
    let id = WebexId::Customer.encode(id);
    let url = format!("{}/v1/wholesale/customers/{id}", call.origin);
    let reply = Reply::json(202, &ResourceUrl { url: url.clone() })?;
    Ok(reply.header("Location", url))
}
