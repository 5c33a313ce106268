//! What the contracts of our own address spaces announce and nothing builds yet: like an upstream
//! operation that is not simulated it answers 501 and names itself, so that nobody takes it for a
//! slip of the pen. Whoever builds a row deletes its line here.

use super::operation::{Access, Fidelity, Handler, Method, Row, Space};
use super::reply::Reply;

/// A row that is announced: its method, its path, its id and what it will do.
type Announced = (Method, &'static str, &'static str, &'static str);

#[rustfmt::skip]
static ROWS: &[Announced] = &[
    (Method::Put, "/_hub/v1/organizations/{org}/users/{personId}/package", "assignPackage", "Assign a wholesale package"),
    (Method::Delete, "/_hub/v1/organizations/{org}/users/{personId}/package", "unassignPackage", "Un-assign a wholesale package"),
    (Method::Get, "/_hub/v1/organizations/{org}/workspaces/csv/template", "getWorkspacesCsvTemplate", "The CSV template of workspaces"),
    (Method::Post, "/_hub/v1/organizations/{org}/workspaces/csv/export", "exportWorkspaces", "Export workspaces as CSV"),
    (Method::Post, "/_hub/v1/organizations/{org}/workspaces/csv/import", "importWorkspaces", "Import workspaces from CSV"),
    (Method::Get, "/_hub/v1/organizations/{org}/groups/{groupId}/licenseTemplate", "getGroupLicenseTemplate", "The licence template of a group"),
    (Method::Put, "/_hub/v1/organizations/{org}/groups/{groupId}/licenseTemplate", "saveGroupLicenseTemplate", "Save the licence template of a group"),
    (Method::Delete, "/_hub/v1/organizations/{org}/groups/{groupId}/licenseTemplate", "deleteGroupLicenseTemplate", "Delete the licence template of a group"),
    (Method::Get, "/_hub/v1/organizations/{org}/groups/licenseSettings", "getGroupLicenseSettings", "What becomes of licences when a person changes group"),
    (Method::Put, "/_hub/v1/organizations/{org}/groups/licenseSettings", "saveGroupLicenseSettings", "Say what becomes of licences when a person changes group"),
    (Method::Get, "/_hub/v1/organizations/{org}/customers", "listCustomers", "The customers of a partner"),
    (Method::Post, "/_hub/v1/organizations/{org}/customers/{customerOrg}/launch", "launchCustomer", "Launch Control Hub of a customer"),
];

/// The announced rows.
#[must_use]
pub fn rows() -> Vec<Row> {
    let rows = ROWS.iter().map(|(method, path, id, title)| Row {
        handler: Handler::NotSimulated,
        fidelity: Fidelity::F0,
        access: match Space::of(path) {
            Space::Sim => Access::Control,
            _ => Access::Token,
        },
        id,
        title,
        ..Row::new(*method, path, |_| Ok(Reply::empty(501)))
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::table;
    use crate::http::table::Found;

    #[test]
    fn what_is_announced_is_not_built_and_what_is_built_is_not_announced() {
        for (method, path, id, _) in ROWS {
            let Found::Operation(operation, _) = table().find(Some(*method), path) else {
                panic!("{path} leads nowhere");
            };
            let is_announced = matches!(operation.handler, Handler::NotSimulated);
            assert!(
                is_announced && operation.id == *id,
                "{path} is built: delete its line in src/http/announced.rs"
            );
        }
    }
}
