//! Administrator roles: symbolic ids and names (api-surface.md 1.2, ROLE-01 to ROLE-05).

use super::ids;

/// A role that a person may have.
#[derive(Debug, PartialEq, Eq)]
pub struct Role {
    /// The symbolic id, the key of the Webex id.
    pub key: &'static str,
    /// The name of the public API.
    pub name: &'static str,
    /// The token that acts in this role.
    pub token: &'static str,
    /// The rule that says what it is for; the first one where no rule does.
    pub rule: &'static str,
}

/// The symbolic id of full administrators, of whom an organisation keeps one.
pub const FULL_ADMIN: &str = "id_full_admin";
/// The symbolic id of location administrators, who hold no other role (ROLE-05).
pub const LOCATION_ADMIN: &str = "location_admin";

/// Every role.
pub static ROLES: &[Role] = &[
    Role {
        key: FULL_ADMIN,
        name: "Full Administrator",
        token: "full-admin",
        rule: "ROLE-01",
    },
    Role {
        key: "id_readonly_admin",
        name: "Read-only Administrator",
        token: "read-only-admin",
        rule: "ROLE-02",
    },
    Role {
        key: "id_user_admin",
        name: "User and Device Administrator",
        token: "user-admin",
        rule: "ROLE-03",
    },
    Role {
        key: "id_device_admin",
        name: "Device Administrator",
        token: "device-admin",
        rule: "ROLE-04",
    },
    Role {
        key: LOCATION_ADMIN,
        name: "Location Administrator",
        token: "location-admin",
        rule: "ROLE-05",
    },
    Role {
        key: "atlas-portal.support",
        name: "Support Administrator",
        token: "support-admin",
        rule: "ROLE-04",
    },
    Role {
        key: "atlas-portal.partner.salesadmin",
        name: "Partner Full Administrator",
        token: "partner-full-admin",
        rule: "ROLE-01",
    },
    Role {
        key: "atlas-portal.cjp.admin",
        name: "Contact Center Service Administrator",
        token: "contact-center-admin",
        rule: "ROLE-01",
    },
];

impl Role {
    /// The role's Webex id.
    #[must_use]
    pub fn webex_id(&self) -> String {
        ids::encode("ROLE", self.key)
    }

    /// The role with a Webex id, a symbolic id, a name, or a token.
    #[must_use]
    pub fn find(text: &str) -> Option<&'static Self> {
        let key = ids::decode("ROLE", text);
        let key = key.as_deref().unwrap_or(text);
        ROLES.iter().find(|role| {
            role.key == key || role.token == key || role.name.eq_ignore_ascii_case(key)
        })
    }
}
