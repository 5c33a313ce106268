//! `/v1/adminAudit`.

use serde_json::{Value, json};

use crate::support::Hub;

const WINDOW: &str = "from=2026-03-01T00:00:00.000Z&to=2026-03-03T00:00:00.000Z";

fn own(hub: &Hub) -> String {
    let list = hub.get("/v1/organizations").expect(200).json();
    list["items"][0]["id"].as_str().expect("an id").to_owned()
}

fn events(hub: &Hub, query: &str) -> Vec<Value> {
    let path = format!("/v1/adminAudit/events?orgId={}&{WINDOW}&{query}", own(hub));
    hub.pages(&path, "items")
}

fn create(hub: &Hub, name: &str) -> String {
    let created = hub
        .call("POST", "/v1/workspaces", &json!({ "displayName": name }))
        .expect(201);
    format!(
        "/v1/workspaces/{}",
        created.json()["id"].as_str().expect("an id")
    )
}

/// Proves: AUD-01
#[test]
fn every_change_writes_an_event_and_nothing_else_does() {
    let hub = Hub::with_scenario("minimal");
    assert_eq!(events(&hub, ""), Vec::<Value>::new());
    let path = create(&hub, "Cedar");
    let answer = hub
        .call("PUT", &path, &json!({"displayName": "Birch"}))
        .expect(200);
    let found = events(&hub, "");
    assert_eq!(found.len(), 2);
    let data = &found[0]["data"];
    assert_eq!(data["eventCategory"], "PLACES");
    assert_eq!(data["eventDescription"], "A Workspace Was Updated");
    assert_eq!(
        data["actionText"],
        "Abigail Netherwood updated workspace Birch"
    );
    assert_eq!(data["actorEmail"], "abigail.netherwood@pebblebrook.example");
    assert_eq!(data["actorOrgName"], "Pebblebrook Clinic");
    assert_eq!(data["adminRoles"], json!(["id_full_admin"]));
    assert_eq!(data["targetType"], "PLACE");
    assert_eq!(data["targetName"], "Birch");
    assert_eq!(data["targetOrgId"], json!(own(&hub)));
    assert_eq!(data["trackingId"], answer.header("trackingid"));
    assert_eq!(found[0]["created"], crate::support::START);
    hub.call("PUT", &path, &json!({"displayName": "Birch"}))
        .expect(200);
    hub.call("PUT", &path, &json!({"displayName": "<"}))
        .expect(400);
    assert_eq!(events(&hub, "").len(), 2);
}

/// Proves: AUD-04
#[test]
fn all_events_of_one_request_share_its_tracking_id() {
    let hub = Hub::with_scenario("minimal");
    let path = format!(
        "/v1/telephony/config/locations/{}/numbers",
        hub.location("Pebblebrook")
    );
    let numbers = json!({"phoneNumbers": ["+15035550150", "+15035550151"]});
    let answer = hub.call("POST", &path, &numbers).expect(201);
    let found = events(&hub, "");
    assert_eq!(found.len(), 2);
    for event in &found {
        assert_eq!(event["data"]["trackingId"], answer.header("trackingid"));
        assert_eq!(
            event["data"]["eventDescription"],
            "A Phone Number Was Added"
        );
    }
    assert_ne!(found[0]["id"], found[1]["id"]);
}

#[test]
fn settings_and_licenses_of_people_are_told_apart() {
    let hub = Hub::with_scenario("minimal");
    let kofi = hub.find("/v1/people", "displayName", "Kofi Lindqvist");
    let kofi = kofi["id"].as_str().expect("an id");
    let path = format!("/v1/people/{kofi}/features/callWaiting");
    hub.call("PUT", &path, &json!({"enabled": false}))
        .expect(204);
    let found = events(&hub, "eventCategories=CALLING");
    assert_eq!(
        found[0]["data"]["actionText"],
        "Abigail Netherwood changed callWaiting of Kofi Lindqvist"
    );
    let license = hub.find("/v1/licenses", "name", "Webex Calling - Professional");
    let remove = json!({"personId": kofi,
        "licenses": [{"id": license["id"], "operation": "remove"}]});
    hub.call("PATCH", "/v1/licenses/users", &remove).expect(200);
    let found = events(&hub, "eventCategories=USERS");
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0]["data"]["eventDescription"],
        "Licenses Were Changed"
    );
}

/// Proves: AUD-03
#[test]
fn files_and_trials_have_documented_descriptions() {
    let hub = Hub::with_scenario("minimal");
    let base = "/_hub/v1/organizations/me/users/csv";
    hub.call(
        "POST",
        &format!("{base}/export"),
        &json!({"include": ["attributes"]}),
    )
    .expect(202);
    hub.call("POST", "/_sim/v1/tasks/run", &json!(null))
        .expect(200);
    let file = "User ID/Email (Required),First Name\nkofi.lindqvist@pebblebrook.example,Kofi\n";
    hub.upload(&format!("{base}/import?behavior=addOnly"), "text/csv", file)
        .expect(202);
    let sale = json!({"name": "Try it", "trial": true,
        "licenses": [{"name": "Messaging", "totalUnits": 5}]});
    let sold = hub
        .call("POST", "/_sim/v1/subscriptions", &sale)
        .expect(201)
        .json();
    let id = sold["id"].as_str().expect("an id");
    hub.call(
        "POST",
        &format!("/_sim/v1/subscriptions/{id}/suspend"),
        &json!(null),
    )
    .expect(200);
    let found = events(&hub, "");
    let descriptions: Vec<&str> = found
        .iter()
        .filter_map(|event| event["data"]["eventDescription"].as_str())
        .collect();
    for expected in [
        "Users Csv Was Exported",
        "An Admin Uploaded A CSV File",
        "Trial Was Created",
        "Trial Was Suspended",
    ] {
        assert!(
            descriptions.contains(&expected),
            "{expected}: {descriptions:?}"
        );
    }
}

#[test]
fn events_are_narrowed_and_paged_newest_first() {
    let hub = Hub::with_scenario("minimal");
    for number in 0..5 {
        create(&hub, &format!("Cedar {number}"));
        let forward = json!({"by": "PT1S"});
        hub.call("POST", "/_sim/v1/clock/advance", &forward)
            .expect(200);
    }
    let whole = events(&hub, "");
    assert_eq!(whole.len(), 5);
    assert_eq!(whole[0]["data"]["targetName"], "Cedar 4");
    assert_eq!(events(&hub, "max=2"), whole);
    assert_eq!(events(&hub, "max=2&offset=3").len(), 2);
    assert_eq!(
        events(&hub, "eventCategories=USERS,LOGINS"),
        Vec::<Value>::new()
    );
    assert_eq!(events(&hub, "eventCategories=USERS,PLACES"), whole);
    let actor = whole[0]["actorId"].as_str().expect("an id");
    assert_eq!(events(&hub, &format!("actorId={actor}")), whole);
    assert_eq!(events(&hub, "actorId=nobody"), Vec::<Value>::new());
}

/// Proves: AUD-02
#[test]
fn organization_and_window_are_required_and_bounded() {
    let hub = Hub::with_scenario("minimal");
    let id = own(&hub);
    let base = "/v1/adminAudit/events";
    for query in [
        WINDOW.to_owned(),
        format!("orgId={id}"),
        format!("orgId={id}&from=2026-03-01T00:00:00.000Z"),
        format!("orgId={id}&from=yesterday&to=2026-03-01T00:00:00.000Z"),
        format!("orgId={id}&from=2026-03-02T00:00:00.000Z&to=2026-03-01T00:00:00.000Z"),
        format!("orgId={id}&from=2025-01-01T00:00:00.000Z&to=2026-03-01T00:00:00.000Z"),
        format!("orgId={id}&{WINDOW}&max=0"),
    ] {
        hub.get(&format!("{base}?{query}")).expect(400);
    }
    hub.get(&format!("{base}?orgId=elsewhere&{WINDOW}"))
        .expect(404);
    let bounded = hub
        .get(&format!("{base}?orgId={id}&{WINDOW}&max=5000"))
        .expect(200);
    assert_eq!(bounded.json()["items"], json!([]));
}

#[test]
fn categories_are_listed() {
    let hub = Hub::with_scenario("minimal");
    let list = hub.get("/v1/adminAudit/eventCategories").expect(200).json();
    assert!(
        list["eventCategories"]
            .as_array()
            .expect("a list")
            .contains(&json!("USERS"))
    );
}

/// Proves: AUD-01, DEC-125
#[test]
fn floors_webhooks_reports_and_codes_are_told_as_well_and_no_code_is_shown() {
    let hub = Hub::with_scenario("minimal");
    let floors = format!("/v1/locations/{}/floors", hub.location("Pebblebrook"));
    let me = hub.get("/v1/people/me").expect(200).json();
    let webhook = json!({"name": "Hook", "targetUrl": "https://pebblebrook.example/hook",
        "resource": "adminBatchJobs", "event": "statusChanged"});
    let cases = [
        (
            floors.as_str(),
            json!({"floorNumber": 2}),
            "A Floor Was Created",
            "Floor 2",
        ),
        ("/v1/webhooks", webhook, "A Webhook Was Created", "Hook"),
        (
            "/v1/reports",
            json!({"templateId": 601}),
            "A Report Was Requested",
            "Report of template 601",
        ),
        (
            "/v1/devices/activationCode",
            json!({"personId": me["id"], "model": "Cisco 8875"}),
            "An Activation Code Was Created",
            "of a DMS Cisco 8875",
        ),
    ];
    for (count, (path, body, description, name)) in cases.into_iter().enumerate() {
        let made = hub.call("POST", path, &body);
        assert!(made.status < 300, "{path}: {}", made.text);
        hub.call("POST", "/_sim/v1/clock/advance", &json!({"by": "PT5S"}))
            .expect(200);
        let found = events(&hub, "");
        assert_eq!(found.len(), count + 1, "{path}: {found:?}");
        let data = &found[0]["data"];
        assert_eq!(data["eventDescription"], description);
        assert_eq!(data["targetName"], name);
    }
}

/// Proves: AUD-01
#[test]
fn changed_settings_stay_in_the_log_when_whose_they_are_is_gone() {
    let hub = Hub::with_scenario("minimal");
    let kofi = hub.find("/v1/people", "displayName", "Kofi Lindqvist");
    let kofi = format!("/v1/people/{}", kofi["id"].as_str().expect("an id"));
    let path = format!("{kofi}/features/callWaiting");
    hub.call("PUT", &path, &json!({"enabled": false}))
        .expect(204);
    let before = events(&hub, "eventCategories=CALLING");
    assert_eq!(before.len(), 1);
    hub.call("DELETE", &kofi, &Value::Null).expect(204);
    assert_eq!(events(&hub, "eventCategories=CALLING"), before);
    hub.call("POST", "/_sim/v1/undo", &json!({})).expect(200);
    assert_eq!(events(&hub, "eventCategories=CALLING"), before);
}
