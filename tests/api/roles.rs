//! Which administrator may call which operation: every role at every row, and what the documents
//! say of the rows that matter most, written down once more.

use hubsim::catalog;
use hubsim::http::operation::{Access, Method, Operation};
use hubsim::http::{Fidelity, Space};
use hubsim::model::ids;
use hubsim::model::role::ROLES;
use serde_json::{Value, json};

use crate::support::{ADA, Hub, path_to_nothing, person_id};

/// The simulated rows that only administrators call.
fn rows() -> impl Iterator<Item = &'static Operation> {
    let operations = catalog::table().operations.iter();
    operations.filter(|row| {
        matches!(row.access, Access::Viewer | Access::Administrator)
            && row.fidelity != Fidelity::F0
            && matches!(row.space, Space::Webex | Space::Hub)
    })
}

#[test]
fn every_role_calls_what_its_column_says_and_is_told_who_may_call_the_rest() {
    let hub = Hub::start();
    let mut refused = 0;
    for role in ROLES {
        for row in rows() {
            let answer = hub.send_as(
                role.token,
                row.method.name(),
                &path_to_nothing(row.path),
                &json!({}),
            );
            let may = row.roles.iter().any(|other| other == role);
            let name = format!("{} {} {}", role.token, row.method.name(), row.path);
            assert_eq!(answer.status == 403, !may, "{name}: {}", answer.text);
            if !may {
                refused += 1;
                assert!(answer.text.contains("these can: Full"), "{}", answer.text);
            }
        }
    }
    assert!(refused > 300, "{refused}");
}

/// Proves: ROLE-01, ROLE-02, ROLE-04
#[test]
fn full_administrators_call_everything_and_those_who_look_change_nothing() {
    for row in rows() {
        let may = |token: &str| row.roles.iter().any(|role| role.token == token);
        let name = format!("{} {}", row.method.name(), row.path);
        assert!(may("full-admin") && may("partner-full-admin"), "{name}");
        if row.method == Method::Get {
            assert!(may("read-only-admin") && may("support-admin"), "{name}");
        } else {
            assert!(!may("support-admin") && !may("read-only-admin"), "{name}");
        }
    }
}

/// Who may: F full, U user, D device, L location, R read-only, S support, C contact centre. Read
/// from the documents by hand, with what ROLE-03 to ROLE-05 say where they are silent.
const EXPECTED: &[(&str, &str, &str)] = &[
    ("POST", "/v1/people", "FU"),
    ("PUT", "/v1/people/nothing", "FU"),
    ("DELETE", "/v1/people/nothing", "FU"),
    ("PATCH", "/v1/licenses/users", "FU"),
    ("GET", "/v1/licenses", "FUDLRSC"),
    ("GET", "/v1/roles", "FUDLRSC"),
    ("POST", "/v1/locations", "F"),
    ("PUT", "/v1/locations/nothing", "FL"),
    ("DELETE", "/v1/locations/nothing", "F"),
    ("GET", "/v1/locations", "FUDLRSC"),
    ("POST", "/v1/workspaces", "FUD"),
    ("DELETE", "/v1/workspaces/nothing", "FUD"),
    ("GET", "/v1/workspaces", "FUDLRS"),
    ("PUT", "/v1/people/nothing/features/callForwarding", "FUL"),
    ("PUT", "/v1/people/nothing/features/doNotDisturb", "FU"),
    ("POST", "/v1/people/nothing/features/schedules", "FU"),
    (
        "PUT",
        "/v1/workspaces/nothing/features/callForwarding",
        "FUL",
    ),
    (
        "GET",
        "/v1/workspaces/nothing/features/callForwarding",
        "FULRS",
    ),
    (
        "PUT",
        "/v1/telephony/config/workspaces/nothing/voicemail/passcode",
        "FDL",
    ),
    ("GET", "/v1/telephony/config/numbers", "FLRS"),
    (
        "POST",
        "/v1/telephony/config/locations/nothing/actions/validateExtensions/invoke",
        "F",
    ),
    ("POST", "/v1/telephony/config/locations", "F"),
    (
        "POST",
        "/v1/telephony/config/locations/nothing/numbers",
        "F",
    ),
    ("GET", "/v1/adminAudit/events", "FRS"),
    ("GET", "/_hub/v1/organizations/me/users", "FURSC"),
    ("POST", "/_hub/v1/organizations/me/users/csv/import", "FUC"),
    (
        "PATCH",
        "/_hub/v1/organizations/me/users/nothing/licenses",
        "FUC",
    ),
    (
        "PATCH",
        "/_hub/v1/organizations/me/workspaces/nothing/licenses",
        "FU",
    ),
    ("PUT", "/_hub/v1/organizations/me/licenseTemplate", "F"),
    ("GET", "/_hub/v1/organizations/me/licenseTemplate", "FRS"),
    ("PATCH", "/_hub/v1/organizations/me/settings", "F"),
    ("GET", "/_hub/v1/organizations/me/settings", "FRS"),
    ("GET", "/_hub/v1/organizations/me/subscriptions", "FURS"),
];

/// Proves: ROLE-03, ROLE-04, ROLE-05
#[test]
fn each_administrator_does_what_the_documents_say_and_nothing_else() {
    let hub = Hub::start();
    let tokens = [
        ('F', "full-admin"),
        ('U', "user-admin"),
        ('D', "device-admin"),
        ('L', "location-admin"),
        ('R', "read-only-admin"),
        ('S', "support-admin"),
        ('C', "contact-center-admin"),
    ];
    for (method, path, allowed) in EXPECTED {
        for (letter, token) in tokens {
            let answer = hub.send_as(token, method, path, &json!({}));
            let may = allowed.contains(letter);
            let name = format!("{token} {method} {path}");
            assert_eq!(answer.status != 403, may, "{name}: {}", answer.text);
        }
    }
}

/// Proves: ROLE-04
#[test]
fn a_device_administrator_reads_nobodys_calling_settings_but_their_own() {
    let hub = Hub::start();
    let ada = person_id(&hub, "full-admin", ADA);
    let path = format!("/v1/people/{ada}/features/callForwarding");
    let get = |token: &str| hub.send_as(token, "GET", &path, &Value::Null);
    get("user-admin").expect(200);
    get("location-admin").expect(200);
    get(&format!("user:{ADA}")).expect(200);
    let refused = get("device-admin").expect(403);
    assert!(refused.text.contains("their own"), "{}", refused.text);
}

#[test]
fn a_refusal_by_role_changes_nothing_and_is_explained() {
    let hub = Hub::start();
    let before = hub.revision();
    let body = json!({"displayName": "Room"});
    let refused = hub.send_as("location-admin", "POST", "/v1/workspaces", &body);
    let refused = refused.expect(403);
    assert_eq!(hub.revision(), before);
    let description = "A Location Administrator cannot change this; these can: Full \
                       Administrator, User and Device Administrator, Device Administrator, \
                       Partner Full Administrator.";
    assert_eq!(refused.json()["errors"][0]["description"], description);
    let id = refused.header("trackingid");
    let told = hub
        .get(&format!("/_sim/v1/explain/{id}"))
        .expect(200)
        .json();
    assert_eq!(told["rules"][0]["id"], "ROLE-05");
}

/// Proves: ROLE-05
#[test]
fn a_location_administrator_holds_no_other_role() {
    let hub = Hub::start();
    let before = hub.revision();
    let body = json!({
        "emails": ["lou@harbour.example"], "displayName": "Lou",
        "roles": ["location_admin", "id_device_admin"],
    });
    let refused = hub.call("POST", "/v1/people", &body).expect(400);
    assert!(
        refused.text.contains("no other administrator role"),
        "{}",
        refused.text
    );
    assert_eq!(hub.revision(), before);
    let body = json!({
        "emails": ["lou@harbour.example"], "displayName": "Lou", "roles": ["location_admin"],
    });
    hub.call("POST", "/v1/people", &body).expect(200);
}

/// Proves: ROLE-03
#[test]
fn an_administrator_of_users_makes_no_administrators() {
    let hub = Hub::start();
    let una = json!({
        "emails": ["una@harbour.example"], "displayName": "Una", "roles": ["id_user_admin"],
    });
    let una = hub.call("POST", "/v1/people", &una).expect(200).json();
    let path = format!("/v1/people/{}", una["id"].as_str().expect("an id"));
    let full = ids::encode("ROLE", "id_full_admin");
    let with = |roles: Value| {
        let mut body = una.clone();
        body["roles"] = roles;
        body
    };
    let own = una["roles"][0].clone();
    let before = hub.revision();
    let new = json!({"emails": ["ned@harbour.example"], "displayName": "Ned", "roles": [full]});
    let scim = json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userType": "user",
        "userName": "ned@harbour.example", "roles": [{"value": "id_full_admin", "type": "cirole"}],
    });
    for (method, path, body) in [
        ("PUT", path.as_str(), with(json!([full]))),
        ("PUT", path.as_str(), with(json!([own, full]))),
        ("PUT", path.as_str(), with(json!([]))),
        ("PUT", path.as_str(), with(Value::Null)),
        ("POST", "/v1/people", new.clone()),
        ("POST", "/identity/scim/me/v2/Users", scim.clone()),
    ] {
        for token in ["user-admin", "user:una@harbour.example"] {
            let refused = hub.send_as(token, method, path, &body).expect(403);
            assert!(
                refused.text.contains("only full administrators"),
                "{}",
                refused.text
            );
        }
    }
    assert_eq!(hub.revision(), before);
    let mut titled = una.clone();
    titled["title"] = json!("Clerk");
    let changed = hub.send_as("user-admin", "PUT", &path, &titled).expect(200);
    assert_eq!(changed.json()["roles"], una["roles"]);
    let plain = json!({"emails": ["ned@harbour.example"], "displayName": "Ned", "roles": []});
    hub.send_as("user-admin", "POST", "/v1/people", &plain)
        .expect(200);
    let partner = hub.send_as("partner-full-admin", "PUT", &path, &with(json!([full])));
    assert_eq!(partner.expect(200).json()["roles"], json!([full]));
}
