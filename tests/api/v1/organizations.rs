//! `/v1/organizations` and `/v1/roles`.

mod whole;

use hubsim::model::WebexId;
use serde_json::json;

use crate::support::Hub;

#[test]
fn the_callers_organization_is_listed_and_read() {
    let hub = Hub::with_scenario("minimal");
    let list = hub.get("/v1/organizations").expect(200).json();
    let listed = &list["items"][0];
    assert_eq!(listed["displayName"], "Pebblebrook Clinic");
    let created = listed["created"].as_str().expect("a time");
    assert!(created.ends_with('Z') && created.len() == "2026-03-02T09:00:00.000Z".len());
    let id = listed["id"].as_str().expect("an id");
    let read = hub.get(&format!("/v1/organizations/{id}")).expect(200);
    assert_eq!(read.json(), *listed);
    assert_eq!(read.header("x-hubsim-fidelity"), "F4");
    assert_eq!(hub.get("/v1/organizations/me").expect(200).json(), *listed);
}

fn identity(hub: &Hub) -> String {
    let id = hub.get("/v1/organizations/me").expect(200).json()["id"].clone();
    let id = WebexId::Organization.decode(id.as_str().expect("an id"));
    format!("/identity/organizations/{}", id.expect("a uuid"))
}

const SCHEMA: &str = "urn:cisco:codev:identity:organization:core:1.0";

#[test]
fn the_identity_service_shows_the_same_organization_and_renames_it() {
    let hub = Hub::with_scenario("minimal");
    let path = identity(&hub);
    let seen = hub.get(&path).expect(200).json();
    assert_eq!(seen["schemas"], json!([SCHEMA]));
    assert_eq!(seen["displayName"], "Pebblebrook Clinic");
    assert!(path.ends_with(seen["id"].as_str().expect("an id")));
    assert_eq!(seen.get("preferredLanguage"), None);
    let change = json!({"schemas": [SCHEMA], "displayName": "Pebblebrook Hospital",
        "preferredLanguage": "de_DE"});
    hub.call("POST", "/_sim/v1/clock/advance", &json!({"by": "PT1M"}))
        .expect(200);
    let changed = hub.call("PATCH", &path, &change).expect(200).json();
    assert_eq!(hub.get(&path).expect(200).json(), changed);
    assert_eq!(changed["preferredLanguage"], "de_DE");
    assert_eq!(changed["meta"]["created"], seen["meta"]["created"]);
    assert_eq!(changed["meta"]["lastModified"], "2026-03-02T09:01:00.000Z");
    assert_ne!(changed["meta"]["version"], seen["meta"]["version"]);
    let again = json!({"schemas": [SCHEMA], "displayName": "Pebblebrook Clinics"});
    let again = hub.call("PATCH", &path, &again).expect(200).json();
    assert_ne!(
        again["meta"]["version"], changed["meta"]["version"],
        "the clock stands"
    );
    hub.call("PATCH", &path, &change).expect(200);
    let public = hub.get("/v1/organizations/me").expect(200).json();
    assert_eq!(public["displayName"], "Pebblebrook Hospital");
    let person = json!({"emails": ["neu@pebblebrook.example"], "displayName": "Neu"});
    let person = hub.call("POST", "/v1/people", &person).expect(200).json();
    let id = WebexId::Person.decode(person["id"].as_str().expect("an id"));
    let user = format!("/identity/scim/me/v2/Users/{}", id.expect("a uuid"));
    assert_eq!(
        hub.get(&user).expect(200).json()["preferredLanguage"],
        "de_DE"
    );
    let bare = json!({"schemas": [SCHEMA], "displayName": "Pebblebrook"});
    let kept = hub.call("PATCH", &path, &bare).expect(200).json();
    assert_eq!(kept["preferredLanguage"], "de_DE", "what is left out stays");
}

#[test]
fn an_organization_is_renamed_by_full_administrators_and_in_whole() {
    let hub = Hub::with_scenario("minimal");
    let path = identity(&hub);
    let before = (hub.revision(), hub.get(&path).text);
    for (change, says) in [
        (json!({"displayName": "X"}), "schemas"),
        (json!({"schemas": [SCHEMA]}), "displayName"),
        (
            json!({"schemas": ["urn:other"], "displayName": "X"}),
            SCHEMA,
        ),
        (json!({"schemas": SCHEMA, "displayName": "X"}), "schemas"),
        (
            json!({"schemas": [SCHEMA], "displayName": " "}),
            "displayName",
        ),
        (
            json!({"schemas": [SCHEMA], "displayName": "x".repeat(257)}),
            "displayName",
        ),
        (
            json!({"schemas": [SCHEMA], "displayName": "X", "preferredLanguage": "Klingon!"}),
            "preferredLanguage must be a locale",
        ),
    ] {
        let refused = hub.call("PATCH", &path, &change).expect(400).text;
        assert!(refused.contains(says), "{refused}");
    }
    let change = json!({"schemas": [SCHEMA], "displayName": "X"});
    for token in ["read-only-admin", "user-admin"] {
        hub.send_as(token, "PATCH", &path, &change).expect(403);
        hub.send_as(token, "GET", &path, &json!(null)).expect(200);
    }
    hub.get("/identity/organizations/nothing").expect(404);
    assert_eq!((hub.revision(), hub.get(&path).text), before);
}

/// Deletes everybody but the caller, and cancels what was bought.
fn abandon(hub: &Hub) {
    let me = hub.get("/v1/people/me").expect(200).json()["id"].clone();
    for person in hub.pages("/v1/people", "items") {
        if person["id"] != me {
            let path = format!("/v1/people/{}", person["id"].as_str().expect("an id"));
            hub.call("DELETE", &path, &json!(null)).expect(204);
        }
    }
    hub.call(
        "POST",
        "/_sim/v1/subscriptions/Sub100001/cancel",
        &json!({}),
    )
    .expect(200);
}

/// Proves: DEC-109
#[test]
fn an_organization_in_use_is_not_deleted_and_every_reason_is_told() {
    let hub = Hub::with_scenario("minimal");
    let settings = "/_hub/v1/organizations/me/settings";
    let on = json!({"directorySynchronized": true});
    hub.call("PATCH", settings, &on).expect(200);
    let before = hub.revision();
    let refused = hub.call("DELETE", "/v1/organizations/me", &json!(null));
    let refused = refused.expect(409).text;
    for reason in [
        "Org cannot be deleted as it has active subscriptions or licenses: Sub100001.",
        "Org cannot be deleted as Directory Synchronization is enabled.",
        "Org cannot be deleted as it has more than 1 user: ",
    ] {
        assert!(refused.contains(reason), "{refused}");
    }
    assert_eq!(hub.revision(), before);
    let partner = Hub::with_scenario("partner");
    let me = "/v1/organizations/me";
    let refused = partner.send_as("partner-full-admin", "DELETE", me, &json!(null));
    assert!(refused.expect(409).text.contains("it has managed orgs: "));
    hub.send_as("user-admin", "DELETE", me, &json!(null))
        .expect(403);
}

/// Proves: DEC-109
#[test]
fn a_deleted_organization_is_gone_with_everything_and_comes_back_by_undo() {
    let hub = Hub::with_scenario("minimal");
    abandon(&hub);
    let webhook = json!({"name": "Tasks", "targetUrl": "https://pebblebrook.example/hook",
        "resource": "adminBatchJobs", "event": "statusChanged"});
    hub.call("POST", "/v1/webhooks", &webhook).expect(200);
    let report = json!({"templateId": 601});
    hub.call("POST", "/v1/reports", &report).expect(200);
    let room = json!({"displayName": "Cedar"});
    hub.call("POST", "/v1/workspaces", &room).expect(201);
    let path = identity(&hub);
    // What it costs is foretold, for the user who is left as for everybody.
    let headers = [
        ("authorization", "Bearer full-admin"),
        ("x-sim-dry-run", "true"),
    ];
    let plan = hub.send("DELETE", "/v1/organizations/me", &headers, &json!(null));
    let plan = plan.expect(200).json();
    let me = hub.get("/v1/people/me").expect(200).json();
    let outcomes = plan["outcomes"].as_array().expect("outcomes");
    let own = outcomes.iter().find(|it| it["holder"]["id"] == me["id"]);
    let lost = own.expect("an outcome")["lost"].as_array();
    assert!(!lost.expect("losses").is_empty(), "{plan}");
    let gone = hub.call("DELETE", "/v1/organizations/me", &json!(null));
    let gone = gone.expect(204);
    hub.get(&path).expect(404);
    let listed = hub.get("/v1/organizations").expect(200).json();
    assert_eq!(listed["items"], json!([]));
    let snapshot = hub.call("POST", "/_sim/v1/snapshots", &json!({"name": "empty"}));
    snapshot.expect(201);
    let document = hub.get("/_sim/v1/snapshots/empty").expect(200).json();
    assert_eq!(document["objects"], json!([]));
    let explained = format!("/_sim/v1/explain/{}", gone.header("trackingid"));
    let explained = hub.get(&explained).expect(200).text;
    assert!(
        explained.contains("DEC-109") && explained.contains("Pebblebrook"),
        "{explained}"
    );
    hub.call("POST", "/_sim/v1/clock/advance", &json!({"by": "P400D"}))
        .expect(200);
    hub.call("POST", "/_sim/v1/undo", &json!({})).expect(200);
}

/// Proves: DEC-109
#[test]
fn a_bulk_task_that_is_not_finished_keeps_its_organization() {
    let hub = Hub::with_scenario("minimal");
    abandon(&hub);
    let slowly = json!({"rowsPerSecond": 1});
    hub.call("PUT", "/_sim/v1/tasks/pace", &slowly).expect(200);
    let export = "/_hub/v1/organizations/me/users/csv/export";
    let export = hub.call("POST", export, &json!({"include": ["licenses"]}));
    let task = export.expect(202).json()["id"].clone();
    let path = format!("/_hub/v1/organizations/me/tasks/{}", task.as_str().unwrap());
    let delete = || hub.call("DELETE", "/v1/organizations/me", &json!(null));
    let refused = |status: &str| {
        let before = hub.revision();
        assert_eq!(hub.get(&path).expect(200).json()["status"], status);
        let told = delete().expect(409).text;
        assert!(told.contains("a bulk task of it is not finished"), "{told}");
        assert_eq!(hub.revision(), before);
    };
    refused("queued");
    hub.call("POST", "/_sim/v1/tasks/run", &json!({}))
        .expect(200);
    assert_eq!(hub.get(&path).expect(200).json()["status"], "completed");
    delete().expect(204);
}

#[test]
fn roles_are_listed_and_read() {
    let hub = Hub::with_scenario("minimal");
    let role = hub.find("/v1/roles", "name", "Full Administrator");
    assert_eq!(role["id"], "Y2lzY29zcGFyazovL3VzL1JPTEUvaWRfZnVsbF9hZG1pbg");
    let path = format!("/v1/roles/{}", role["id"].as_str().expect("an id"));
    assert_eq!(hub.get(&path).expect(200).json(), role);
    hub.get("/v1/roles/nobody").expect(404);
}
