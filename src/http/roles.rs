//! The column of roles: which administrators may call which operation. Webex's documents say it
//! for most operations (column `roles` of `openapi/operations.csv`); the table below says it for
//! the others and for Control Hub's pages, by what administrators are for (ROLE-01 to ROLE-05).
//!
//! Where the documents contradict themselves the list is mended: a read-only administrator sees
//! everything and changes nothing, and whoever may change a thing may look at it.

use super::operation::{Method, Space};
use super::permissions;
use crate::model::custom_role::Permission;
use crate::model::role::{ROLES, Role};

/// A set of roles, a bit for each in the order of [`ROLES`], and behind them one for each
/// permission of custom roles (ROLE-06).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Roles(u16);

impl Roles {
    /// Nobody.
    pub const NONE: Self = Self(0);
    /// Who may do everything: full administrators, and partners in their place (ROLE-07).
    const ALWAYS: [&str; 2] = ["full-admin", "partner-full-admin"];

    /// One role.
    #[must_use]
    pub fn of(role: &Role) -> Self {
        let position = ROLES.iter().position(|known| known == role);
        position.map_or(Self::NONE, |position| Self(1 << position))
    }

    /// What a permission of a custom role allows.
    #[must_use]
    pub fn of_permission(permission: Permission) -> Self {
        let position = Permission::ALL
            .iter()
            .position(|known| *known == permission);
        position.map_or(Self::NONE, |position| Self(1 << (ROLES.len() + position)))
    }

    /// The permissions of custom roles.
    pub fn permissions(self) -> impl Iterator<Item = Permission> {
        let all = Permission::ALL.into_iter();
        all.filter(move |permission| self.meet(Self::of_permission(*permission)))
    }

    fn named(token: &str) -> Self {
        let role = ROLES.iter().find(|role| role.token == token);
        role.map_or(Self::NONE, Self::of)
    }

    fn letters(letters: &str) -> Self {
        let words = letters.chars().filter_map(|letter| {
            let mut known = WORDS.iter();
            known.find(|(short, ..)| *short == letter)
        });
        words.fold(Self::NONE, |all, (_, _, token)| all.and(Self::named(token)))
    }

    /// Those who may do everything.
    #[must_use]
    pub fn full() -> Self {
        Self::ALWAYS
            .iter()
            .map(|token| Self::named(token))
            .collect()
    }

    /// Whether they change users of Contact Center and nobody else (CC-12).
    #[must_use]
    pub fn only_agents(self) -> bool {
        let changing = [
            Permission::ManageUsersAndLicenses,
            Permission::AssignLicenses,
        ];
        let others = Self::full().and(Self::letters("U"));
        let others = changing
            .map(Self::of_permission)
            .into_iter()
            .fold(others, Self::and);
        self.meet(Self::letters("C")) && !self.meet(others)
    }

    /// Whether there are roles, and all of them only look (ROLE-02, ROLE-04).
    #[must_use]
    pub fn only_look(self) -> bool {
        self != Self::NONE && self.and(Self::letters(LOOKERS)) == Self::letters(LOOKERS)
    }

    /// These and those.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether any role is in both.
    #[must_use]
    pub fn meet(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The roles.
    pub fn iter(self) -> impl Iterator<Item = &'static Role> {
        let positions = ROLES.iter().enumerate();
        positions
            .filter(move |(position, _)| self.0 & (1 << position) != 0)
            .map(|(_, role)| role)
    }
}

impl FromIterator<Roles> for Roles {
    fn from_iter<I: IntoIterator<Item = Self>>(all: I) -> Self {
        all.into_iter().fold(Self::NONE, Self::and)
    }
}

/// A letter of the table below, the word of the list of operations, and the role's token.
const WORDS: [(char, &str, &str); 6] = [
    ('U', "user", "user-admin"),
    ('D', "device", "device-admin"),
    ('L', "location", "location-admin"),
    ('R', "read", "read-only-admin"),
    ('S', "support", "support-admin"),
    ('C', "contactCenter", "contact-center-admin"),
];

/// Those who look at everything and change nothing.
const LOOKERS: &str = "RS";

/// Who looks at, and who changes, what stands below a path, beside full administrators; the first
/// line that fits counts. All of it is inferred. Read-only and support administrators look at
/// everything (ROLE-02, ROLE-04), so they are not named.
#[rustfmt::skip]
static AREAS: &[(&str, &str, &str)] = &[
    // People and their licences are the user administrator's (ROLE-03, ROLE-08 as ROLE-03).
    ("/v1/people/{}/features", "UL", "UL"),
    ("/v1/people", "UDLC", "U"),
    ("/v1/licenses", "UDLC", "U"),
    ("/v1/groups", "UDL", ""),
    ("/identity/scim", "UD", "U"),
    ("/identity/organizations", "UDLC", ""),
    // Devices and the rooms they stand in are the device administrator's, too (ROLE-04).
    ("/v1/workspaces/{}/features", "UDL", "UDL"),
    ("/v1/workspaces", "UDL", "UD"),
    ("/v1/devices", "UDL", "UDL"),
    ("/v1/locations", "UDLC", ""),
    ("/v1/workspaceLocations", "UDL", ""),
    ("/v1/telephony/config/people", "UL", "UL"),
    ("/v1/telephony/config/workspaces", "UDL", "UDL"),
    ("/v1/telephony/config/locations/{}", "UDL", "L"),
    ("/v1/telephony", "UDL", ""),
    ("/v1/organizations", "UDLC", ""),
    ("/v1/roles", "UDLC", ""),
    // Control Hub: its Users and Devices pages, and what is the organisation's own.
    ("/_hub/v1/organizations/{}/users/{}/administratorRoles", "", ""),
    ("/_hub/v1/organizations/{}/roles", "", ""),
    // Contact Center's own administrators change its licences and roles alone (CC-12).
    ("/_hub/v1/organizations/{}/users/csv", "UC", "UC"),
    ("/_hub/v1/organizations/{}/users/{}/licenses", "UC", "UC"),
    ("/_hub/v1/organizations/{}/users", "UC", "U"),
    ("/_hub/v1/organizations/{}/workspaces", "UD", "U"),
    ("/_hub/v1/organizations/{}/tasks", "UDC", "U"),
    ("/_hub/v1/organizations/{}/licenses", "U", ""),
    // Templates are for full administrators alone, those of groups as well (ROLE-03).
    ("/_hub/v1/organizations/{}/groups", "", ""),
    ("/_hub/v1/organizations/{}/subscriptions", "U", ""),
    ("/_hub/v1/organizations/{}/pstn", "L", ""),
    ("/_hub/v1/organizations/{}/locations", "L", "L"),
    ("/_hub/v1/organizations/{}/contactCenter", "UC", "UC"),
    ("/organization/{}", "C", "C"),
];

/// Whether a path lies below a prefix in which `{}` stands for any parameter.
pub(super) fn is_below(path: &str, prefix: &str) -> bool {
    let mut segments = path.split('/');
    prefix.split('/').all(|wanted| {
        segments
            .next()
            .is_some_and(|segment| segment == wanted || wanted == "{}" && segment.starts_with('{'))
    })
}

/// The roles that may call an operation. `documented` is what the list of operations says.
#[must_use]
pub fn roles(space: Space, method: Method, path: &str, documented: &str) -> Roles {
    if !matches!(space, Space::Webex | Space::Hub) {
        return Roles::NONE;
    }
    let looks = method == Method::Get;
    let custom = permissions::of(space, method, path).map(Roles::of_permission);
    let mut found = custom.fold(Roles::full(), Roles::and);
    if looks {
        found = found.and(Roles::letters(LOOKERS));
    }
    if documented.is_empty() {
        let area = AREAS.iter().find(|(prefix, ..)| is_below(path, prefix));
        let letters = area.map_or("", |(_, see, change)| if looks { see } else { change });
        return found.and(Roles::letters(letters));
    }
    let words = documented.split(' ').filter_map(|word| {
        let mut known = WORDS.iter();
        known.find(|(_, known, _)| *known == word)
    });
    words.fold(found, |all, (_, _, token)| all.and(Roles::named(token)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::upstream;

    #[test]
    fn every_word_of_the_list_of_operations_is_a_role() {
        for operation in upstream::operations() {
            for word in operation.roles.split(' ').filter(|word| !word.is_empty()) {
                let is_known = WORDS.iter().any(|(_, known, _)| *known == word);
                assert!(is_known || word == "full", "{}: {word}", operation.id);
            }
        }
    }

    #[test]
    fn every_letter_of_the_table_is_a_role() {
        for (prefix, see, change) in AREAS {
            for letter in see.chars().chain(change.chars()) {
                assert_ne!(Roles::letters(&letter.to_string()), Roles::NONE, "{prefix}");
            }
        }
    }
}
