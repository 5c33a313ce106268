//! `/_hub/v1/organizations/{org}/roles`: the roles that an organisation makes for itself.

use serde_json::{Value, json};

use super::customers::{PARTNER, launched};
use crate::support::{ADA, Answer, Hub, person_id};

const ROLES: &str = "/_hub/v1/organizations/me/roles";
const HUB: &str = "/_hub/v1/organizations/me";

fn make(hub: &Hub, name: &str, permissions: &Value) -> Value {
    let body = json!({"name": name, "permissions": permissions});
    hub.call("POST", ROLES, &body).expect(201).json()
}

fn at(role: &Value) -> String {
    format!("{ROLES}/{}", role["id"].as_str().unwrap())
}

fn give(hub: &Hub, email: &str, roles: &Value) -> Answer {
    let path = format!("{HUB}/users/{email}/administratorRoles");
    hub.call("PUT", &path, &json!({ "roles": roles }))
}

fn ada(hub: &Hub, method: &str, path: &str) -> Answer {
    hub.send_as(&format!("user:{ADA}"), method, path, &json!({}))
}

/// Proves: ROLE-06
#[test]
fn a_role_is_made_changed_given_and_deleted_once_nobody_holds_it() {
    let hub = Hub::start();
    let help = make(&hub, "Help desk", &json!(["viewLicenses", "viewLicenses"]));
    assert_eq!(help["permissions"], json!(["viewLicenses"]));
    let listed = hub.get(ROLES).expect(200).json();
    assert_eq!(listed["items"], json!([help]));
    let public = hub.find("/v1/roles", "name", "Help desk");
    assert_eq!(public["id"], help["id"]);
    let one = format!("/v1/roles/{}", help["id"].as_str().unwrap());
    assert_eq!(hub.get(&one).expect(200).json(), public);

    let saved = give(&hub, ADA, &json!(["help desk"])).expect(200).json();
    assert_eq!(saved["roles"], json!([help["id"]]));
    assert_eq!(hub.get(&at(&help)).expect(200).json()["users"], 1);
    let by_role = format!("/v1/people?roles={}", help["id"].as_str().unwrap());
    let found = hub.get(&by_role).expect(200).json();
    assert_eq!(found["items"][0]["emails"][0], ADA);

    let revision = hub.revision();
    let refused = hub.call("DELETE", &at(&help), &Value::Null).expect(409);
    assert!(refused.text.contains(ADA), "{}", refused.text);
    assert_eq!(hub.revision(), revision);
    let wanted = json!({"name": "Desk", "description": "Second floor",
                        "permissions": ["assignLicenses", "viewLicenses"]});
    let changed = hub.call("PUT", &at(&help), &wanted).expect(200).json();
    assert_eq!(changed["description"], "Second floor");
    give(&hub, ADA, &json!([])).expect(200);
    hub.call("DELETE", &at(&help), &Value::Null).expect(204);
    hub.get(&at(&help)).expect(404);
    give(&hub, ADA, &json!([help["id"]])).expect(400);
}

/// What Ada may call with each permission: V views users and licences, M manages them, L views
/// licences, A assigns them.
const ALLOWED: &[(&str, &str, &str)] = &[
    ("GET", "/v1/licenses", "VMLA"),
    ("PATCH", "/v1/licenses/users", "MA"),
    ("POST", "/v1/people", "M"),
    ("DELETE", "/v1/people/nothing", "M"),
    ("POST", "/identity/scim/me/v2/Users", "M"),
    ("GET", "/_hub/v1/organizations/me/users", "VMLA"),
    ("GET", "/_hub/v1/organizations/me/users/csv/template", "VM"),
    ("POST", "/_hub/v1/organizations/me/users/csv/export", "VM"),
    ("POST", "/_hub/v1/organizations/me/users/csv/import", "M"),
    ("POST", "/_hub/v1/organizations/me/users/manual", "M"),
    (
        "GET",
        "/_hub/v1/organizations/me/users/nothing/licenses",
        "VMLA",
    ),
    (
        "PATCH",
        "/_hub/v1/organizations/me/users/nothing/licenses",
        "MA",
    ),
    ("GET", "/_hub/v1/organizations/me/licenseTemplate", "VM"),
    ("PUT", "/_hub/v1/organizations/me/licenseTemplate", "M"),
    ("GET", "/_hub/v1/organizations/me/licenses/report", "VMLA"),
    ("GET", "/_hub/v1/organizations/me/tasks", "VM"),
    (
        "PUT",
        "/_hub/v1/organizations/me/users/nothing/administratorRoles",
        "",
    ),
    ("GET", "/_hub/v1/organizations/me/roles", ""),
    ("GET", "/_hub/v1/organizations/me/settings", ""),
    (
        "GET",
        "/_hub/v1/organizations/me/workspaces/csv/template",
        "",
    ),
    ("GET", "/v1/workspaces", ""),
    ("POST", "/v1/locations", ""),
    ("GET", "/v1/adminAudit/events", ""),
];

/// Proves: ROLE-06, DEC-82
#[test]
fn each_permission_allows_what_the_article_says_and_nothing_else() {
    let hub = Hub::start();
    let role = make(&hub, "Any", &json!(["viewLicenses"]));
    give(&hub, ADA, &json!([role["id"]])).expect(200);
    for (letter, permission) in [
        ('V', "viewUsersAndLicenses"),
        ('M', "manageUsersAndLicenses"),
        ('L', "viewLicenses"),
        ('A', "assignLicenses"),
    ] {
        // Whoever holds the role may do at once what it allows now.
        let body = json!({"name": "Any", "permissions": [permission]});
        hub.call("PUT", &at(&role), &body).expect(200);
        for (method, path, allowed) in ALLOWED {
            let answer = ada(&hub, method, path);
            let name = format!("{permission} {method} {path}");
            let may = allowed.contains(letter);
            assert_eq!(answer.status != 403, may, "{name}: {}", answer.text);
            if !may {
                let says = format!("A custom role with {permission} cannot");
                assert!(answer.text.contains(&says), "{name}: {}", answer.text);
            }
        }
    }
    let refused = ada(&hub, "POST", "/v1/people").expect(403);
    assert!(
        refused
            .text
            .contains("a custom role with manageUsersAndLicenses"),
        "{}",
        refused.text
    );
    give(&hub, ADA, &json!([])).expect(200);
    let refused = ada(&hub, "GET", "/v1/licenses").expect(403);
    assert!(refused.text.contains("without an administrator role"));
}

/// Proves: ROLE-06, DEC-82
#[test]
fn who_manages_users_by_a_custom_role_makes_no_administrators() {
    let hub = Hub::start();
    let role = make(&hub, "Users", &json!(["manageUsersAndLicenses"]));
    give(&hub, ADA, &json!([role["id"]])).expect(200);
    let token = format!("user:{ADA}");
    let new = |roles: Value| json!({"emails": ["ned@harbour.example"], "displayName": "Ned", "roles": roles});
    for wanted in [json!(["id_full_admin"]), json!([role["id"]])] {
        let refused = hub.send_as(&token, "POST", "/v1/people", &new(wanted));
        assert!(
            refused
                .expect(403)
                .text
                .contains("only full administrators")
        );
    }
    hub.send_as(&token, "POST", "/v1/people", &new(json!([])))
        .expect(200);
    // Who holds a custom role is an administrator, too (DEC-45).
    give(&hub, "ned@harbour.example", &json!([role["id"]])).expect(200);
    let ned = person_id(&hub, "full-admin", "ned@harbour.example");
    let path = format!("/v1/people/{ned}");
    let refused = hub.send_as(&token, "DELETE", &path, &Value::Null);
    assert!(refused.expect(403).text.contains("(Users)"));
    hub.call("DELETE", &path, &Value::Null).expect(204);
}

/// Proves: ROLE-05, ROLE-06
#[test]
fn what_cannot_be_a_role_is_refused_and_changes_nothing() {
    let hub = Hub::start();
    let kept = make(&hub, "Help desk", &json!(["viewLicenses"]));
    let before = hub.revision();
    for (body, status, part) in [
        (
            json!({"name": "a&b", "permissions": ["viewLicenses"]}),
            400,
            "special characters",
        ),
        (
            json!({"name": " ", "permissions": ["viewLicenses"]}),
            400,
            "name",
        ),
        (
            json!({"name": "x".repeat(101), "permissions": ["viewLicenses"]}),
            400,
            "100",
        ),
        (
            json!({"name": "HELP DESK", "permissions": ["viewLicenses"]}),
            409,
            "already exists",
        ),
        (
            json!({"name": "Full Administrator", "permissions": ["viewLicenses"]}),
            409,
            "already exists",
        ),
        (
            json!({"name": "Empty", "permissions": []}),
            400,
            "viewUsersAndLicenses",
        ),
        (
            json!({"name": "Odd", "permissions": ["fly"]}),
            400,
            "permissions",
        ),
        (json!({"permissions": ["viewLicenses"]}), 400, "name"),
    ] {
        let refused = hub.call("POST", ROLES, &body).expect(status);
        assert!(refused.text.contains(part), "{part}: {}", refused.text);
    }
    let both = json!(["location_admin", kept["id"]]);
    let refused = give(&hub, ADA, &both).expect(400);
    assert!(refused.text.contains("no other administrator role"));
    let same = json!({"name": "Help desk", "permissions": ["viewLicenses"]});
    hub.call("PUT", &at(&kept), &same).expect(200);
    for token in ["user-admin", "read-only-admin", "location-admin"] {
        hub.send_as(token, "POST", ROLES, &same).expect(403);
    }
    assert_eq!(hub.revision(), before);
    hub.send_as("read-only-admin", "GET", ROLES, &Value::Null)
        .expect(200);
}

/// Proves: PKG-23
#[test]
fn a_wholesale_customer_has_no_custom_roles() {
    let hub = Hub::with_scenario("partner");
    let body = json!({"name": "Help desk", "permissions": ["viewLicenses"]});
    let bakery = launched(&hub, "Copperkettle Bakeries");
    let refused = hub.send_as(&bakery, "POST", ROLES, &body).expect(409);
    assert!(refused.text.contains("wholesale"), "{}", refused.text);
    let school = launched(&hub, "Larkspur School");
    let made = hub
        .send_as(&school, "POST", ROLES, &body)
        .expect(201)
        .json();
    // The role is the school's alone.
    hub.send_as(PARTNER, "GET", &at(&made), &Value::Null)
        .expect(404);
}
