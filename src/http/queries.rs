//! What the values of query parameters of the public API may be: one table, by name and, where one
//! name stands for several things, by the end of the path. The edge refuses every other value
//! before a row runs, and the OpenAPI documents tell it. What is in no table is text, which its row
//! reads.

use utoipa::openapi::{ObjectBuilder, Type};

use super::call::Call;
use super::operation::{Handler, Operation};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::workspaces::TYPES;

/// What the value of a query parameter may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text, of which the row knows more.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number of at least so much.
    Whole(usize),
    /// A whole number; one below 0 counts as 0.
    Integer,
    /// A number that the row reads, because not every whole one will do.
    Number,
    /// One of these words.
    Word(&'static [&'static str]),
}

/// Parameters that are the same thing wherever they stand, in the order of their names.
const NAMED: &[(&str, Kind)] = &[
    ("assigned", Kind::Flag),
    ("available", Kind::Flag),
    ("buddyTeamAgentsOnly", Kind::Flag),
    ("callingData", Kind::Flag),
    ("capacity", Kind::Number),
    ("count", Kind::Integer),
    ("details", Kind::Flag),
    ("deviceHostedMeetingsEnabled", Kind::Flag),
    ("elinEnabled", Kind::Flag),
    ("excludeStatus", Kind::Flag),
    ("includeAIMappingCount", Kind::Flag),
    ("includeAssignedTo", Kind::Word(&["user"])),
    ("includeCapabilities", Kind::Flag),
    ("includeCount", Kind::Flag),
    ("includeDevices", Kind::Flag),
    ("includeDynamicSkillsLimitReached", Kind::Flag),
    ("includeGroupDetails", Kind::Flag),
    ("includeMembers", Kind::Flag),
    ("includeNames", Kind::Flag),
    ("includePackageLicenseInfo", Kind::Flag),
    ("includeReskillAuditInfo", Kind::Flag),
    ("includeSkillDetails", Kind::Flag),
    ("includeSkillProfileAudit", Kind::Flag),
    ("includeUserProfile", Kind::Flag),
    ("includeUserProfileType", Kind::Flag),
    ("licenseType", Kind::Word(&CALLING_LICENSES)),
    ("limit", Kind::Whole(1)),
    ("max", Kind::Whole(1)),
    ("memberType", Kind::Word(&["user", "machine", "group"])),
    ("minResponse", Kind::Flag),
    ("offset", Kind::Whole(0)),
    ("page", Kind::Whole(0)),
    ("pageSize", Kind::Whole(1)),
    ("preferE164Format", Kind::Flag),
    ("provisioningView", Kind::Flag),
    ("reservedNumber", Kind::Flag),
    ("restrictedNonGeoNumbers", Kind::Flag),
    ("returnGroups", Kind::Flag),
    ("serviceNumber", Kind::Flag),
    ("showAllTypes", Kind::Flag),
    ("singleObjectResponse", Kind::Flag),
    ("start", Kind::Whole(0)),
    ("startIndex", Kind::Integer),
    ("steps", Kind::Whole(1)),
    ("supervisorManagedAgentsOnly", Kind::Flag),
    ("supervisorView", Kind::Flag),
    ("templateId", Kind::Whole(0)),
    ("tollFreeNumbers", Kind::Flag),
    ("userInQueue", Kind::Word(&["assigned", "unassigned"])),
];

/// Parameters whose words depend on what is listed: name, end of the path, words.
const PLACED: &[(&str, &str, &[&str])] = &[
    (
        "calendar",
        "/v1/workspaces",
        &["none", "google", "microsoft"],
    ),
    ("calling", "/v1/workspaces", &CALLING),
    ("capability", "/v1/devices", &["xapi"]),
    ("connectionStatus", "/v1/devices", &CONNECTIONS),
    ("devicePlatform", "/v1/devices", &PLATFORMS),
    ("devicePlatform", "/v1/workspaces", &PLATFORMS),
    (
        "healthLevel",
        "/v1/workspaces",
        &["error", "warning", "info", "ok"],
    ),
    (
        "includedTelephonyTypes",
        "/config/numbers",
        &["PSTN_NUMBER", "MOBILE_NUMBER"],
    ),
    ("numberType", "/config/numbers", &["NUMBER", "EXTENSION"]),
    (
        "order",
        "/config/locations",
        &["asc", "desc", "name-asc", "name-desc"],
    ),
    ("ownerType", "/config/numbers", &OWNERS),
    (
        "phoneNumberType",
        "/config/numbers",
        &["PRIMARY", "ALTERNATE", "FAX", "DNIS", "Default"],
    ),
    ("plannedMaintenance", "/v1/devices", &MAINTENANCE),
    ("plannedMaintenance", "/v1/workspaces", &MAINTENANCE),
    (
        "sortBy",
        "/billing/reports",
        &["id", "billingStartDate", "billingEndDate", "status"],
    ),
    ("sortBy", "/v1/groups", &["id", "displayName"]),
    (
        "sortBy",
        "/v2/Groups",
        &["displayName", "id", "meta.lastModified"],
    ),
    (
        "sortBy",
        "/v2/Users",
        &["userName", "id", "meta.lastModified"],
    ),
    (
        "sortBy",
        "/wholesale/subscribers",
        &["created", "lastStatusChange"],
    ),
    ("sortOrder", "/v1/groups", &DIRECTIONS),
    ("sortOrder", "/v2/Groups", &DIRECTIONS),
    ("sortOrder", "/v2/Users", &DIRECTIONS),
    ("sortOrder", "/wholesale/subscribers", &["ASC", "DESC"]),
    (
        "state",
        "/config/numbers",
        &["ACTIVE", "INACTIVE", "Default"],
    ),
    (
        "status",
        "/billing/reports",
        &["IN_PROGRESS", "COMPLETED", "FAILED"],
    ),
    (
        "supportedDevices",
        "/v1/workspaces",
        &["collaborationDevices", "phones"],
    ),
    ("type", "/billing/reports", &["PARTNER", "CUSTOMER", "USER"]),
    (
        "type",
        "/features/schedules",
        &["businessHours", "holidays"],
    ),
    (
        "type",
        "/v1/devices",
        &["roomdesk", "phone", "accessory", "webexgo", "unknown"],
    ),
    ("type", "/v1/workspaces", &TYPES),
];

const CALLING_LICENSES: [&str; 2] = ["Webex Calling Professional", "Webex Calling Standard"];
const CALLING: [&str; 6] = [
    "freeCalling",
    "hybridCalling",
    "webexCalling",
    "webexEdgeForDevices",
    "thirdPartySipCalling",
    "none",
];
const CONNECTIONS: [&str; 7] = [
    "connected",
    "disconnected",
    "connected_with_issues",
    "offline_expired",
    "activating",
    "unknown",
    "offline_deep_sleep",
];
const DIRECTIONS: [&str; 2] = ["ascending", "descending"];
const MAINTENANCE: [&str; 3] = ["off", "on", "upcoming"];
/// What may own a number upstream, in the words of both generations of documents.
const OWNERS: [&str; 16] = [
    "PEOPLE",
    "PLACE",
    "AUTO_ATTENDANT",
    "CALL_QUEUE",
    "GROUP_PAGING",
    "PAGING_GROUP",
    "HUNT_GROUP",
    "VOICE_MESSAGING",
    "OFFICE_ANYWHERE",
    "BROADWORKS_ANYWHERE",
    "CONTACT_CENTER_LINK",
    "CONTACT_CENTER_ADAPTER",
    "ROUTE_LIST",
    "VOICEMAIL_GROUP",
    "COLLABORATE_BRIDGE",
    "VIRTUAL_LINE",
];
const PLATFORMS: [&str; 2] = ["cisco", "microsoftTeamsRoom"];

/// What the value of a parameter of a path may be.
pub(super) fn kind(path: &str, name: &str) -> Kind {
    if let Ok(at) = NAMED.binary_search_by_key(&name, |(known, _)| known) {
        return NAMED[at].1;
    }
    let mut placed = PLACED.iter();
    let found = placed.find(|(known, end, _)| *known == name && path.ends_with(end));
    found.map_or(Kind::Text, |(_, _, words)| Kind::Word(words))
}

/// The schema of a parameter of a path.
pub(super) fn schema(path: &str, name: &str) -> ObjectBuilder {
    let of = |kind: Type| ObjectBuilder::new().schema_type(kind);
    match kind(path, name) {
        Kind::Text => of(Type::String),
        Kind::Flag => of(Type::Boolean),
        Kind::Whole(least) => of(Type::Integer).minimum(Some(least)),
        Kind::Number | Kind::Integer => of(Type::Integer),
        Kind::Word(words) => of(Type::String).enum_values(Some(words.iter().copied())),
    }
}

/// Refuses a value that a parameter of the operation cannot have.
///
/// # Errors
/// 400 that names the parameter and what it may be.
pub(super) fn check(call: &Call<'_>) -> Result<(), Refusal> {
    if call.query_string.is_empty() {
        return Ok(());
    }
    let sent = call.queries().map(|(name, _)| name);
    for name in sent.filter(|name| knows(call.operation, name)) {
        read(call, &name).map_err(|refusal| match call.operation.handler {
            // Settings of Calling, whose errors have codes (api-surface.md 1.5).
            Handler::Family(..) => Refusal::new(ErrorKind::InvalidSetting, refusal.detail),
            _ => refusal,
        })?;
    }
    Ok(())
}

/// Reads a value as what it must be.
fn read(call: &Call<'_>, name: &str) -> Result<(), Refusal> {
    match kind(call.operation.path, name) {
        Kind::Text | Kind::Number => Ok(()),
        Kind::Flag => call.query_bool(name).map(drop),
        Kind::Whole(least) => call.query_number(name, least).map(drop),
        Kind::Integer => call.query_integer(name).map(drop),
        Kind::Word(_) => call.query_word(name).map(drop),
    }
}

fn knows(operation: &Operation, name: &str) -> bool {
    operation.queries.iter().any(|(known, _)| *known == name)
}

impl Call<'_> {
    /// Whether the row lists a query parameter.
    #[must_use]
    pub fn knows(&self, name: &str) -> bool {
        knows(self.operation, name)
    }

    /// One of the words that the table has for a query parameter.
    ///
    /// # Errors
    /// 400 that lists them.
    pub fn query_word(&self, name: &str) -> Result<Option<&'static str>, Refusal> {
        let (Some(text), Kind::Word(words)) = (self.query(name), kind(self.operation.path, name))
        else {
            return Ok(None);
        };
        let mut known = words.iter();
        match known.find(|word| **word == text) {
            Some(word) => Ok(Some(word)),
            None => Err(Refusal::bad_request(match words {
                [one] => format!("{name} must be {one}."),
                _ => format!("{name} must be one of {}.", words.join(", ")),
            })),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::operation::Space;
    use crate::http::table::Table;

    #[test]
    fn each_line_of_the_tables_is_about_a_parameter_that_a_row_has() {
        let table: &Table = crate::catalog::table();
        let is_used = |name: &str, end: &str| {
            let mut rows = table.operations.iter();
            rows.any(|row| row.path.ends_with(end) && knows(row, name))
        };
        let named = NAMED.iter().map(|(name, _)| (*name, ""));
        let placed = PLACED.iter().map(|(name, end, _)| (*name, *end));
        for (name, end) in named.chain(placed) {
            assert!(is_used(name, end), "no row of {end} has {name}");
        }
    }

    #[test]
    fn the_names_stand_in_order_and_in_one_table_alone() {
        assert!(NAMED.is_sorted_by(|a, b| a.0 < b.0));
        for (name, ..) in PLACED {
            assert!(NAMED.iter().all(|(known, _)| known != name), "{name}");
        }
    }

    #[test]
    fn parameters_of_the_simulators_own_operations_are_not_read_by_this_table() {
        let table = crate::catalog::table();
        let own = table
            .operations
            .iter()
            .filter(|row| row.space != Space::Webex);
        for row in own {
            for (name, _) in row.queries {
                let kind = kind(row.path, name);
                let is_page = matches!(kind, Kind::Text | Kind::Whole(_));
                assert!(is_page, "{} {name} is {kind:?}", row.path);
            }
        }
    }
}
