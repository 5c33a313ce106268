//! Refusals of wholesale customers, subscribers and packages.

use super::kind::ErrorKind as Kind;
use super::{ErrorRow, row};

#[rustfmt::skip]
pub(super) static ROWS: &[(Kind, ErrorRow)] = &[
    (Kind::EmailAssociated, row(400, Some(10_022), "The email is already associated with an existing user.", "The email is already associated with an existing user.", "Use an address that nobody of another organisation has.")),
    (Kind::AttributesNotUpdated, row(500, Some(900_080), "Unable to update user attributes", "Unable to update user attributes; no rollback for the license change.", "Un-assign the person's package (DELETE /_hub/v1/organizations/{org}/users/{personId}/package), then assign it again (PUT).")),
    (Kind::LicenseNotUpdated, row(500, Some(900_081), "Unable to update the user license", "Unable to update the user license.", "Un-assign the person's package (DELETE /_hub/v1/organizations/{org}/users/{personId}/package), then assign it again (PUT).")),
    (Kind::PackageDependency, row(400, Some(900_082), "Package dependency missing", "{}", "Name a package, too, that the addition belongs to.")),
    (Kind::PackageNotProvisioned, row(400, Some(900_083), "Package not provisioned", "{}", "Give the customer the package first (PUT /v1/wholesale/customers/{customerId}).")),
    (Kind::PackageDowngrade, row(400, Some(900_084), "Package cannot be downgraded", "{}", "Take the role of full administrator from the person first, or choose a package that is not less.")),
    (Kind::NotWholesale, row(400, Some(900_085), "Not a wholesale customer", "{}", "Use licences (PATCH /_hub/v1/organizations/{org}/users/{personId}/licenses), or provision the organisation with POST /v1/wholesale/customers.")),
    (Kind::CustomerBusy, row(409, Some(900_086), "The customer is being changed", "{}", "Wait until GET /v1/wholesale/customers/{customerId} shows provisioned; where the sandbox clock is frozen, advance it.")),
    (Kind::PackageInUse, row(409, Some(900_087), "Package in use", "{}", "Give its subscribers another package first.")),
    (Kind::PackageLicense, row(400, Some(900_088), "License belongs to a package", "{}", "Change the person's package: Users > (user) > Package (PUT or DELETE /_hub/v1/organizations/{org}/users/{personId}/package), the package columns of the user CSV, or PUT /v1/wholesale/subscribers/{subscriberId}.")),
];
