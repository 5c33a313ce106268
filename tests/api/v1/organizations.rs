//! `/v1/organizations` and `/v1/roles`.

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

#[test]
fn deleting_an_organization_is_not_simulated() {
    let hub = Hub::with_scenario("minimal");
    hub.call("DELETE", "/v1/organizations/me", &json!(null))
        .expect(501);
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
