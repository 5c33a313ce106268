//! What the permissions of custom roles allow (ROLE-06): the rows that somebody may call who holds
//! no role of Webex's own. The article names the permissions; which calls they mean is inferred.

use super::operation::{Method, Space};
use super::roles::is_below;
use crate::model::custom_role::Permission;

/// Who looks at, and who changes, what stands below a path; the first line that fits counts.
/// `v` sees users and licences, `m` manages them, `l` sees licences, `a` assigns them.
#[rustfmt::skip]
static AREAS: &[(&str, &str, &str)] = &[
    // Calling settings are neither users nor licences.
    ("/v1/people/{}/features", "", ""),
    ("/v1/people", "vmla", "m"),
    ("/v1/licenses", "vmla", "ma"),
    ("/v1/locations", "vmla", ""),
    ("/v1/organizations", "vmla", ""),
    ("/v1/roles", "vmla", ""),
    ("/identity/scim/{}/v2/Users", "vm", "m"),
    // Only full administrators make administrators (ROLE-01).
    ("/_hub/v1/organizations/{}/users/{}/administratorRoles", "", ""),
    ("/_hub/v1/organizations/{}/users/{}/package", "", ""),
    // An export changes nothing: who sees users may download them.
    ("/_hub/v1/organizations/{}/users/csv/export", "", "vm"),
    ("/_hub/v1/organizations/{}/users/csv", "vm", "m"),
    ("/_hub/v1/organizations/{}/users/{}/licenses", "vmla", "ma"),
    ("/_hub/v1/organizations/{}/users", "vmla", "m"),
    ("/_hub/v1/organizations/{}/licenseTemplate", "vm", "m"),
    ("/_hub/v1/organizations/{}/groups", "vm", "m"),
    ("/_hub/v1/organizations/{}/licenses", "vmla", ""),
    ("/_hub/v1/organizations/{}/subscriptions", "vmla", ""),
    ("/_hub/v1/organizations/{}/tasks", "vm", "m"),
];

fn letter(permission: Permission) -> char {
    match permission {
        Permission::ViewUsersAndLicenses => 'v',
        Permission::ManageUsersAndLicenses => 'm',
        Permission::ViewLicenses => 'l',
        Permission::AssignLicenses => 'a',
    }
}

/// The permissions with which an operation may be called.
pub(super) fn of(
    space: Space,
    method: Method,
    path: &str,
) -> impl Iterator<Item = Permission> + use<> {
    let is_meant = matches!(space, Space::Webex | Space::Hub);
    let area = AREAS.iter().find(|(prefix, ..)| is_below(path, prefix));
    let letters =
        area.filter(|_| is_meant).map_or(
            "",
            |(_, see, change)| {
                if method == Method::Get { see } else { change }
            },
        );
    let all = Permission::ALL.into_iter();
    all.filter(move |permission| letters.contains(letter(*permission)))
}
