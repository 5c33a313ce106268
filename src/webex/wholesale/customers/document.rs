//! How a customer is shown.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::licensing::lifecycle;
use crate::licensing::packages::of_license;
use crate::model::WebexId;
use crate::model::wholesale::{
    BillingAddress, Customer, CustomerStatus, Package, ProvisioningError,
};
use crate::world::World;

/// A customer.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct CustomerBody<'a> {
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
    pub(super) fn of(world: &World, id: Uuid, customer: &'a Customer, licenses: bool) -> Self {
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
