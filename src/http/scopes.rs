//! Scopes: what a token of OAuth was allowed, which of it an operation needs, and what a run used.
//!
//! Webex's documents name the scopes of most operations (column `scopes` of
//! `openapi/operations.csv`); the table below says it for the others of the public API, by their
//! family, which is inferred. Control Hub's pages and the simulator's control know no scopes.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use super::operation::{Method, Operation, Space};
use super::upstream;
use crate::options::ScopesMode;
use crate::refusal::{ErrorKind, Refusal};

/// The scopes that an operation needs: one of several sets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scopes {
    /// Sets with `|` between them, and `+` between the scopes of a set; empty needs none.
    pub text: &'static str,
    /// Whether Webex's documents say so.
    pub is_documented: bool,
}

impl Scopes {
    /// The sets, each of which is enough.
    pub fn sets(self) -> impl Iterator<Item = impl Iterator<Item = &'static str> + Clone> + Clone {
        let sets = self.text.split('|').filter(|set| !set.is_empty());
        sets.map(|set| set.split('+'))
    }

    /// The sets in words.
    fn words(self) -> String {
        self.text.replace('+', " and ").replace('|', ", or ")
    }
}

/// What a token was allowed.
#[derive(Debug, PartialEq, Eq)]
pub struct Granted {
    scopes: BTreeSet<Box<str>>,
    only_warns: bool,
}

impl Granted {
    /// The scopes of an authorisation; none where everything is allowed or nobody looks.
    pub(super) fn of(mode: ScopesMode, scope: Option<&str>) -> Option<Arc<Self>> {
        let scope = scope.filter(|_| mode != ScopesMode::Off)?;
        let scopes = scope.split_whitespace().map(Box::from).collect();
        Some(Arc::new(Self {
            scopes,
            only_warns: mode == ScopesMode::Warn,
        }))
    }

    /// Whether a scope was granted; `spark:all` is every scope of a person (documented).
    #[must_use]
    pub fn has(&self, scope: &str) -> bool {
        self.scopes.contains(scope)
            || scope.starts_with("spark:") && self.scopes.contains("spark:all")
    }

    /// The scopes as they were granted.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.scopes.iter().map(AsRef::as_ref)
    }

    /// What is missing for an operation, in words.
    fn missing(&self, operation: &Operation) -> Option<String> {
        let scopes = operation.scopes;
        let mut sets = scopes.sets().peekable();
        sets.peek()?;
        if sets.any(|mut set| set.all(|scope| self.has(scope))) {
            return None;
        }
        let held: Vec<&str> = self.iter().take(SHOWN).collect();
        let more = match self.scopes.len() > SHOWN {
            true => ", …",
            false => "",
        };
        Some(format!(
            "{} needs the scope {}; the token has {}{more}.",
            operation.id,
            scopes.words(),
            match held.is_empty() {
                true => "none".to_owned(),
                false => held.join(" "),
            },
        ))
    }
}

/// How many scopes of a token an error names.
const SHOWN: usize = 20;

/// The scopes that anything here needs, and those that Webex gives to every client.
static KNOWN: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let listed = upstream::operations().iter().map(|row| row.scopes);
    let inferred = AREAS.iter().flat_map(|(_, read, write)| [*read, *write]);
    let texts = listed.chain(inferred).chain(["spark:all", "spark:kms"]);
    texts.flat_map(|text| text.split(['|', '+'])).collect()
});

/// What to tell of scopes that nothing here needs: Webex has more than are listed here, so they are
/// granted all the same.
#[must_use]
pub fn unknown(scope: &str) -> Option<String> {
    let named = scope.split_whitespace();
    let unknown: Vec<_> = named
        .filter(|one| !KNOWN.contains(one))
        .take(SHOWN)
        .collect();
    (!unknown.is_empty()).then(|| {
        format!(
            "nothing that hubsim lists needs the scope {}: misspelt, or of an API that it does \
             not list",
            unknown.join(" ")
        )
    })
}

/// Refuses what a token's scopes do not reach.
///
/// # Errors
/// 403 that names what is missing.
pub(super) fn check(operation: &Operation, granted: Option<&Granted>) -> Result<(), Refusal> {
    match granted.filter(|granted| !granted.only_warns) {
        Some(granted) => match granted.missing(operation) {
            Some(missing) => Err(Refusal::new(ErrorKind::MissingScope, missing)),
            None => Ok(()),
        },
        None => Ok(()),
    }
}

/// The warning of a token whose scopes do not reach where that is let pass.
pub(super) fn warning(operation: &Operation, granted: Option<&Granted>) -> Option<String> {
    let granted = granted.filter(|granted| granted.only_warns)?;
    granted.missing(operation)
}

/// What reads and what writes below a path need, where no document says it; the first line that
/// fits counts. All of it is inferred from the families that the documents do name
/// (api-surface.md 1.8).
#[rustfmt::skip]
static AREAS: &[(&str, &str, &str)] = &[
    ("/v1/authorize", "", ""),
    ("/v1/access_token", "", ""),
    ("/v1/people/{}/features", "spark-admin:people_read|spark:people_read", "spark-admin:people_write|spark:people_write"),
    ("/v1/people/me", "spark:people_read|spark-admin:people_read", "spark:people_write|spark-admin:people_write"),
    ("/v1/people", "spark-admin:people_read|spark:people_read", "spark-admin:people_write"),
    ("/v1/licenses", "spark-admin:licenses_read", "spark-admin:people_write"),
    ("/v1/partner/tags", "spark-admin:organizations_read", "spark-admin:organizations_write"),
    ("/v1/organizations", "spark-admin:organizations_read", "spark-admin:organizations_write"),
    ("/v1/roles", "spark-admin:roles_read", "spark-admin:people_write"),
    ("/v1/groups", "identity:groups_read|identity:groups_rw", "identity:groups_rw"),
    ("/v1/locations", "spark-admin:locations_read", "spark-admin:locations_write"),
    ("/v1/workspaceLocations", "spark-admin:workspace_locations_read", "spark-admin:workspace_locations_write"),
    ("/v1/workspaces", "spark-admin:workspaces_read|spark:workspaces_read", "spark-admin:workspaces_write|spark:workspaces_write"),
    ("/v1/devices", "spark-admin:devices_read|spark:devices_read", "spark-admin:devices_write|spark:devices_write"),
    ("/v1/deviceConfigurations", "spark-admin:devices_read", "spark-admin:devices_write"),
    ("/v1/telephony/config/people/me", "spark:telephony_config_read", "spark:telephony_config_write"),
    ("/v1/telephony/pstn", "spark-admin:telephony_pstn_read", "spark-admin:telephony_pstn_write"),
    ("/v1/telephony/calls", "spark:calls_read", "spark:calls_write"),
    ("/v1/telephony", "spark-admin:telephony_config_read", "spark-admin:telephony_config_write"),
    ("/v1/adminAudit", "audit:events_read", "audit:events_read"),
    ("/v1/reports", "spark-admin:reports_read", "spark-admin:reports_write"),
    ("/v1/report", "spark-admin:reports_read", "spark-admin:reports_write"),
    ("/v1/resourceGroupMemberships", "spark-admin:resource_group_memberships_read", "spark-admin:resource_group_memberships_write"),
    ("/v1/resourceGroups", "spark-admin:resource_groups_read", "spark-admin:resource_groups_read"),
    ("/v1/wholesale/customers", "spark-admin:wholesale_customers_read", "spark-admin:wholesale_customers_write"),
    ("/v1/wholesale/subscribers", "spark-admin:wholesale_subscribers_read", "spark-admin:wholesale_subscribers_write"),
    ("/v1/subscribers", "spark-admin:wholesale_subscribers_read", "spark-admin:wholesale_subscribers_write"),
    ("/v1/wholesale/billing", "spark-admin:wholesale_billing_reports_read", "spark-admin:wholesale_billing_reports_write"),
    ("/v1/wholesale", "spark-admin:wholesale_customers_read", "spark-admin:wholesale_customers_write"),
    ("/identity/scim", "identity:people_read|identity:people_rw", "identity:people_rw"),
    ("/identity/organizations", "identity:organizations_read|identity:organizations_rw", "identity:organizations_rw"),
    ("/organization", "cjp:config_read|cjp:config", "cjp:config_write|cjp:config"),
];

/// The scopes that an operation needs. `documented` is what the list of operations says.
#[must_use]
pub fn scopes(space: Space, method: Method, path: &str, documented: &'static str) -> Scopes {
    if space != Space::Webex {
        return Scopes::default();
    }
    if !documented.is_empty() {
        return Scopes {
            text: documented,
            is_documented: true,
        };
    }
    let mut areas = AREAS.iter();
    let area = areas.find(|(prefix, ..)| super::roles::is_below(path, prefix));
    // What no family covers is open to a token for everything that a person may.
    let (_, read, write) = area.unwrap_or(&("", "spark:all", "spark:all"));
    let text = match method {
        Method::Get => read,
        _ => write,
    };
    Scopes {
        text,
        is_documented: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::upstream;

    #[test]
    fn every_scope_of_the_list_and_of_the_table_is_spelled_like_one() {
        let listed = upstream::operations().iter().map(|row| row.scopes);
        let inferred = AREAS.iter().flat_map(|(_, read, write)| [*read, *write]);
        let mut seen = 0;
        for text in listed.chain(inferred) {
            let scopes = Scopes {
                text,
                is_documented: true,
            };
            for scope in scopes.sets().flatten() {
                let (family, name) = scope.split_once(':').unwrap_or_default();
                let known = ["spark", "spark-admin", "identity", "audit", "cjp"];
                assert!(known.contains(&family) && !name.is_empty(), "{text}");
                seen += 1;
            }
        }
        assert!(seen > 700, "{seen}");
    }

    #[test]
    fn what_reads_never_needs_more_than_to_read() {
        for row in upstream::operations() {
            let scopes = scopes(Space::of(row.path), row.method, row.path, row.scopes);
            let reads = |scope: &str| scope.ends_with("_read") || scope == "spark:all";
            let mut sets = scopes.sets().peekable();
            if scopes.is_documented || row.method != Method::Get || sets.peek().is_none() {
                continue;
            }
            let enough = sets.any(|mut set| set.all(reads));
            assert!(enough, "{}: {}", row.path, scopes.text);
        }
    }
}
