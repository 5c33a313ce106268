//! Rules that no single path shows: what is true of several at once.

use serde_json::{Value, json};

use crate::support::Hub;

const ORG: &str = "/_hub/v1/organizations/me";

fn license(hub: &Hub, name: &str, subscription: &str) -> Value {
    let list = hub.get("/v1/licenses").expect(200).json();
    let mut items = list["items"].as_array().expect("a list").iter();
    let found = items.find(|it| it["name"] == name && it["subscriptionId"] == subscription);
    found.expect("a license")["id"].clone()
}

/// Proves: DEC-05
#[test]
fn the_public_api_shows_suspended_licences_like_any_other() {
    let hub = Hub::with_scenario("demo");
    let seen = |hub: &Hub| {
        let licenses = hub.get("/v1/licenses").expect(200).text;
        let people = hub.pages("/v1/people?max=100", "items");
        (licenses, people)
    };
    let before = seen(&hub);
    let suspend = "/_sim/v1/subscriptions/Sub119911/suspend";
    hub.call("POST", suspend, &json!({})).expect(200);
    assert!(seen(&hub) == before, "the public API has no flag");
    let pages = format!("{ORG}/users?query=a");
    assert!(
        hub.get(&pages)
            .expect(200)
            .text
            .contains(r#""suspended":true"#)
    );
}

/// Proves: DEC-24
#[test]
fn a_refused_request_leaves_only_its_line_and_its_explanation() {
    let hub = Hub::with_scenario("minimal");
    let state = |hub: &Hub| {
        let me = hub.get("/v1/people/me").expect(200).json()["orgId"].clone();
        let now = hub.get("/_sim/v1/clock").expect(200).json()["now"].clone();
        let year = now.as_str().and_then(|now| now.get(..4)).expect("a year");
        let span = format!("from={year}-01-01T00:00:00.000Z&to={year}-12-31T23:59:59.000Z");
        let audit = format!(
            "/v1/adminAudit/events?orgId={}&{span}",
            me.as_str().unwrap()
        );
        (
            hub.revision(),
            hub.get("/_sim/v1/ledger").expect(200).text,
            hub.get(&audit).expect(200).text,
            hub.get("/v1/people?callingData=true").expect(200).text,
        )
    };
    let before = state(&hub);
    let professional = license(&hub, "Webex Calling - Professional", "Sub100001");
    let body = json!({"email": "vikram.fontaine@pebblebrook.example",
        "licenses": [{"id": professional}]});
    let refused = hub.call("PATCH", "/v1/licenses/users", &body).expect(400);
    assert_eq!(state(&hub), before);

    let tracking = refused.header("trackingid").to_owned();
    let listed = hub.get("/_sim/v1/requests?status=400").expect(200).json();
    assert_eq!(listed["items"][0]["trackingId"], tracking);
    let explain = format!("/_sim/v1/explain/{tracking}");
    assert!(refused.header("x-hubsim-explain").ends_with(&explain));
    let explained = hub.get(&explain).expect(200).json();
    assert_eq!(explained["request"]["status"], 400);
    assert!(
        explained["cause"]
            .as_str()
            .is_some_and(|cause| !cause.is_empty())
    );
}

/// Proves: COMBO-09, COMBO-10
#[test]
fn an_entry_without_an_operation_adds_but_only_for_people_who_exist() {
    let hub = Hub::with_scenario("minimal");
    let messaging = license(&hub, "Messaging", "Sub100001");
    let named = |email: &str| json!({"email": email, "licenses": [{"id": messaging}]});
    let holders =
        |hub: &Hub| hub.find("/v1/licenses", "name", "Messaging")["consumedUnits"].as_u64();
    let someone = "renata.ingleby@pebblebrook.example";
    let remove = json!({"email": someone,
        "licenses": [{"id": messaging, "operation": "remove"}]});
    hub.call("PATCH", "/v1/licenses/users", &remove).expect(200);
    let before = holders(&hub);

    let nobody = named("nobody@pebblebrook.example");
    hub.call("PATCH", "/v1/licenses/users", &nobody).expect(404);
    assert_eq!(holders(&hub), before);
    let added = hub
        .call("PATCH", "/v1/licenses/users", &named(someone))
        .expect(200);
    let held = added.json()["licenses"].clone();
    assert!(
        held.as_array()
            .is_some_and(|held| held.contains(&messaging))
    );
    assert_eq!(holders(&hub), before.map(|units| units + 1));
}

/// Proves: ROLE-01
#[test]
fn a_full_administrator_does_roles_licences_files_and_templates() {
    let hub = Hub::with_scenario("minimal");
    let person = hub.find("/v1/people", "displayName", "Vikram Fontaine");
    let path = format!("/v1/people/{}", person["id"].as_str().expect("an id"));
    let roles = hub.get("/v1/roles").expect(200).json();
    let mut document = person;
    document["roles"] = json!([roles["items"][0]["id"]]);
    let body = hub.call("PUT", &path, &document).expect(200).json();
    assert_eq!(body["roles"], document["roles"]);

    let messaging = license(&hub, "Messaging", "Sub100001");
    let template = json!({"licenses": [messaging], "applyScope": {"futureUsers": true},
        "preserveLicenses": true});
    hub.call("PUT", &format!("{ORG}/licenseTemplate"), &template)
        .expect(200);
    let export = format!("{ORG}/users/csv/export");
    let task = hub
        .call("POST", &export, &json!({"include": ["licenses"]}))
        .expect(202)
        .json();
    hub.call("POST", "/_sim/v1/tasks/run", &json!({}))
        .expect(200);
    let result = format!("{ORG}/tasks/{}/result", task["id"].as_str().expect("an id"));
    let file = hub.get(&result).expect(200).text;
    let import = format!("{ORG}/users/csv/import?behavior=addAndRemove");
    hub.upload(&import, "text/csv", file).expect(202);
}
