//! `/v1/wholesale/customers`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{MAX, OFFSET, PAGES, Prechecked, SUB_PARTNER, active_partner, author, partner};
use crate::http::{Call, Fidelity, Reply, Row, page};
use crate::licensing::lifecycle;
use crate::licensing::packages::of_license;
use crate::model::WebexId;
use crate::model::wholesale::{
    BillingAddress, Customer, CustomerStatus, Package, PendingLocation, ProvisioningError,
};
use crate::refusal::Refusal;
use crate::resources::wholesale::customers::{self, CustomerChange, NewCustomer};
use crate::world::World;

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/v1/wholesale/customers", list)
        .fidelity(Fidelity::F4)
        .queries(&[
            (
                "externalId",
                "Only the customer with this id of the partner's.",
            ),
            ("orgId", "Only the customer with this organization."),
            ("status", "Only customers in one of these states."),
            MAX,
            OFFSET,
            SUB_PARTNER,
        ])
        .answers::<page::Items<CustomerBody<'_>>>(),
    Row::post("/v1/wholesale/customers", create)
        .fidelity(Fidelity::F4)
        .queries(&[SUB_PARTNER])
        .takes::<CustomerWrite>()
        .answers::<ResourceUrl>()
        .status(202),
    Row::post("/v1/wholesale/customers/validate", validate)
        .fidelity(Fidelity::F4)
        .queries(&[SUB_PARTNER])
        .takes::<CustomerWrite>()
        .answers::<Prechecked>(),
    Row::get("/v1/wholesale/customers/{customerId}", get)
        .fidelity(Fidelity::F4)
        .queries(&[
            ("includePackageLicenseInfo", "Whether to list licence ids."),
            SUB_PARTNER,
        ])
        .answers::<CustomerBody<'_>>(),
    Row::put("/v1/wholesale/customers/{customerId}", update)
        .fidelity(Fidelity::F4)
        .queries(&[SUB_PARTNER])
        .takes::<CustomerUpdate>()
        .answers::<ResourceUrl>()
        .status(202),
    Row::delete("/v1/wholesale/customers/{customerId}", delete)
        .fidelity(Fidelity::F4)
        .queries(&[SUB_PARTNER])
        .status(202),
];

/// A customer, as a partner asks for one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CustomerWrite {
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
struct CustomerUpdate {
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
struct ResourceUrl {
    /// The address.
    url: String,
}

/// A customer.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CustomerBody<'a> {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    org_id: Option<String>,
    external_id: &'a str,
    address: &'a BillingAddress,
    status: CustomerStatus,
    packages: &'a [Package],
    resource_details: ResourceDetails<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<&'a ProvisioningError>,
}

/// How far each package is.
#[derive(Debug, Serialize, ToSchema)]
struct ResourceDetails<'a> {
    packages: Vec<PackageBody<'a>>,
}

/// How far a package is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PackageBody<'a> {
    name: Package,
    status: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<&'a ProvisioningError>,
    #[serde(skip_serializing_if = "Option::is_none")]
    license_ids: Option<Vec<String>>,
}

impl<'a> CustomerBody<'a> {
    fn of(world: &World, id: Uuid, customer: &'a Customer, licenses: bool) -> Self {
        let known = customer.organization;
        Self {
            id: WebexId::Customer.encode(id),
            org_id: known.map(|id| WebexId::Organization.encode(id)),
            external_id: &customer.external_id,
            address: &customer.address,
            status: customer.status,
            packages: &customer.packages,
            resource_details: ResourceDetails {
                packages: packages(world, customer, licenses),
            },
            errors: errors(customer, None),
        }
    }
}

fn errors(customer: &Customer, of: Option<Package>) -> Vec<&ProvisioningError> {
    let own = customer.errors.iter().filter(|(package, _)| *package == of);
    own.map(|(_, error)| error).collect()
}

/// The packages that are there, then those that come.
fn packages<'a>(world: &World, customer: &'a Customer, licenses: bool) -> Vec<PackageBody<'a>> {
    let wanted = customer.pending.as_ref().map(|pending| &pending.packages);
    let there = &customer.packages;
    let coming = wanted.into_iter().flatten();
    let coming = coming.filter(|package| !there.contains(package));
    let all = there.iter().chain(coming);
    let body = |package: &Package| {
        let errors = errors(customer, Some(*package));
        let is_there = there.contains(package);
        let goes = wanted.is_some_and(|wanted| !wanted.contains(package));
        let status = match (is_there, goes, errors.is_empty()) {
            (_, _, false) => "error",
            (true, true, _) => "deleting",
            (true, false, _) => "provisioned",
            (false, ..) => "provisioning",
        };
        PackageBody {
            name: *package,
            status,
            errors,
            license_ids: licenses.then(|| license_ids(world, customer, *package)),
        }
    };
    all.map(body).collect()
}

fn license_ids(world: &World, customer: &Customer, package: Package) -> Vec<String> {
    let sold = customer.subscription.into_iter();
    let all = sold.flat_map(|id| lifecycle::licenses(world, id));
    let own = all.filter(|(_, it)| of_license(it).is_some_and(|row| row.package == package));
    own.map(|(id, license)| license.webex_id(id)).collect()
}

/// The customer that a path names.
fn named(call: &Call<'_>) -> Result<Uuid, Refusal> {
    let text = call.value("customerId");
    let id = WebexId::Customer.decode(text);
    id.ok_or_else(|| Refusal::not_found("Customer", text))
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let partner = partner(call)?;
    let world = call.read();
    let external = call.query("externalId");
    // Here orgId filters; it does not lead into the customer.
    let organization = call.query("orgId");
    let organization = organization.map(|text| WebexId::Organization.decode(&text));
    let states = call.query_list("status");
    let fits = |customer: &Customer| {
        let state = serde_json::to_value(customer.status).unwrap_or_default();
        external
            .as_deref()
            .is_none_or(|id| id == customer.external_id)
            && organization.is_none_or(|id| id.is_some() && id == customer.organization)
            && (states.is_empty() || states.iter().any(|it| state == it.as_str()))
    };
    let all = customers::list(&world, partner).filter(|(_, it)| fits(it));
    let items = all.map(|(id, customer)| CustomerBody::of(&world, id, customer, false));
    page::list(call, PAGES, "items", items)
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    let partner = partner(call)?;
    let id = named(call)?;
    let world = call.read();
    let licenses = call.query_bool("includePackageLicenseInfo")?;
    let customer = customers::get(&world, partner, id)?;
    let body = CustomerBody::of(&world, id, customer, licenses.unwrap_or_default());
    Reply::json(200, &body)
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

fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let partner = active_partner(call)?;
    let wanted = wanted(call, call.json()?)?;
    let author = author(call);
    let id = call.write(|tx| customers::create(tx, partner, wanted, author))?;
    accepted(call, id)
}

fn validate(call: &Call<'_>) -> Result<Reply, Refusal> {
    let partner = active_partner(call)?;
    let wanted = wanted(call, call.json()?)?;
    customers::check(&call.read(), partner, &wanted)?;
    super::prechecked()
}

fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
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

fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
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
