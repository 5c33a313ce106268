//! `/v1/workspaces`.

mod calling;
mod personalize;

use serde_json::{Value, json};

use crate::support::Hub;

const BASE: &str = "/v1/workspaces";

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn create(hub: &Hub, body: &Value) -> (String, Value) {
    let created = hub.call("POST", BASE, body).expect(201).json();
    (format!("{BASE}/{}", text(&created["id"])), created)
}

/// A room of minimal with Webex Calling: number, extension and no licence named.
fn calling_room(hub: &Hub) -> (String, Value) {
    let location = hub.location("Pebblebrook");
    create(
        hub,
        &json!({
            "displayName": "Aurora", "locationId": location, "supportedDevices": "phones",
            "calling": {"type": "webexCalling", "webexCalling": {
                "phoneNumber": "+15035550115", "extension": "1115", "locationId": location}},
        }),
    )
}

fn licenses(hub: &Hub) -> Vec<(String, i64)> {
    let list = hub.get("/v1/licenses").expect(200).json();
    let items = list["items"].as_array().expect("a list").iter();
    items
        .map(|it| {
            (
                text(&it["id"]),
                it["consumedByWorkspaces"].as_i64().expect("a number"),
            )
        })
        .collect()
}

#[test]
fn a_workspace_is_created_read_changed_and_deleted() {
    let hub = Hub::with_scenario("minimal");
    let (path, created) = create(
        &hub,
        &json!({"displayName": "Cedar", "capacity": 4, "type": "huddle", "notes": "by the lift"}),
    );
    assert_eq!(created["calling"], json!({"type": "freeCalling"}));
    assert_eq!(created["calendar"], json!({"type": "none"}));
    assert_eq!(hub.get(&path).expect(200).json(), created);
    let calendar = json!({"type": "google", "emailAddress": "cedar@pebblebrook.example"});
    let change = json!({"displayName": "Cedar", "capacity": 5, "calendar": calendar});
    let changed = hub.call("PUT", &path, &change).expect(200).json();
    assert_eq!(changed["capacity"], 5);
    assert_eq!(changed["calendar"], calendar);
    assert!(changed["notes"].is_null() && changed["type"].is_null());
    let kept = hub
        .call("PUT", &path, &json!({"displayName": "Cedar"}))
        .expect(200)
        .json();
    assert_eq!(kept["calendar"], calendar);
    assert!(kept["capacity"].is_null());
    hub.call("DELETE", &path, &json!(null)).expect(204);
    hub.get(&path).expect(404);
    hub.call("DELETE", &path, &json!(null)).expect(404);
}

/// Proves: WS-10
#[test]
fn a_calling_workspace_takes_the_oldest_suitable_license() {
    let hub = Hub::with_scenario("minimal");
    let before = licenses(&hub);
    let (path, room) = calling_room(&hub);
    let held = text(&room["calling"]["webexCalling"]["licenses"][0]);
    let name = hub.get(&format!("/v1/licenses/{held}")).expect(200).json()["name"].clone();
    assert_eq!(name, "Webex Calling - Workspaces");
    let row = hub.find(
        "/v1/telephony/config/numbers",
        "phoneNumber",
        "+15035550115",
    );
    assert_eq!(row["owner"]["type"], "PLACE");
    assert_eq!(row["extension"], "1115");
    hub.call("DELETE", &path, &json!(null)).expect(204);
    assert_eq!(licenses(&hub), before);
    let row = hub.find(
        "/v1/telephony/config/numbers",
        "phoneNumber",
        "+15035550115",
    );
    assert!(row["owner"].is_null());
}

/// Proves: WS-10
#[test]
fn a_calling_workspace_needs_a_location_and_a_number_or_an_extension() {
    let hub = Hub::with_scenario("minimal");
    let location = hub.location("Pebblebrook");
    let messaging = text(&hub.find("/v1/licenses", "name", "Messaging")["id"]);
    let before = hub.revision();
    for calling in [
        json!({}),
        json!({"extension": "1115"}),
        json!({ "locationId": location }),
        json!({"locationId": location, "phoneNumber": "+15035550101"}),
        json!({"locationId": location, "phoneNumber": "+14085550101"}),
        json!({"locationId": location, "extension": "1"}),
        json!({"locationId": "nowhere", "extension": "1115"}),
        json!({"locationId": location, "extension": "1115", "licenses": [messaging]}),
        json!({"locationId": location, "extension": "1115", "licenses": ["none"]}),
    ] {
        let calling = json!({"type": "webexCalling", "webexCalling": calling});
        let body = json!({"displayName": "Birch", "calling": calling});
        hub.call("POST", BASE, &body).expect(400);
    }
    let taken = json!({"displayName": "Birch", "calling": {"type": "webexCalling",
        "webexCalling": {"locationId": location, "extension": "1101"}}});
    hub.call("POST", BASE, &taken).expect(409);
    assert_eq!(hub.revision(), before);
}

/// Proves: WS-11, WS-01
#[test]
fn another_license_takes_the_place_of_the_present_one_and_keeps_everything() {
    let hub = Hub::with_scenario("minimal");
    let (path, room) = calling_room(&hub);
    let present = room["calling"]["webexCalling"]["licenses"].clone();
    let waiting = format!("{path}/features/callWaiting");
    hub.call("PUT", &waiting, &json!({"enabled": false}))
        .expect(204);
    let other = text(&hub.find("/v1/licenses", "name", "Webex Calling - Professional")["id"]);
    let change = |licenses: &Value| {
        json!({"displayName": "Aurora", "calling": {"type": "webexCalling",
            "webexCalling": {"licenses": licenses}}})
    };
    let moved = hub
        .call("PUT", &path, &change(&json!([other])))
        .expect(200)
        .json();
    assert_eq!(moved["calling"]["webexCalling"]["licenses"], json!([other]));
    assert_eq!(hub.get(&waiting).expect(200).json()["enabled"], false);
    let row = hub.find(
        "/v1/telephony/config/numbers",
        "phoneNumber",
        "+15035550115",
    );
    assert_eq!(row["extension"], "1115");
    let without = json!({"displayName": "Aurora", "calling": {"type": "webexCalling"}});
    let kept = hub.call("PUT", &path, &without).expect(200).json();
    assert_eq!(kept["calling"]["webexCalling"]["licenses"], json!([other]));
    let both = json!([present[0], other]);
    let kept = hub.call("PUT", &path, &change(&both)).expect(200).json();
    assert_eq!(kept["calling"]["webexCalling"]["licenses"], json!([other]));
}

#[test]
fn leaving_webex_calling_frees_number_and_license() {
    let hub = Hub::with_scenario("minimal");
    let before = licenses(&hub);
    let (path, _) = calling_room(&hub);
    let waiting = format!("{path}/features/callWaiting");
    hub.call("PUT", &waiting, &json!({"enabled": false}))
        .expect(204);
    let free = json!({"displayName": "Aurora", "calling": {"type": "freeCalling"}});
    let changed = hub.call("PUT", &path, &free).expect(200);
    assert!(!changed.header("x-hubsim-explain").is_empty());
    assert_eq!(changed.json()["calling"], json!({"type": "freeCalling"}));
    assert_eq!(licenses(&hub), before);
    hub.get(&waiting).expect(400);
}

#[test]
fn a_calling_workspace_gets_another_number() {
    let hub = Hub::with_scenario("minimal");
    let (path, _) = calling_room(&hub);
    let location = hub.location("Pebblebrook");
    let change = |number: &str| {
        json!({"displayName": "Aurora", "calling": {"type": "webexCalling",
            "webexCalling": {"phoneNumber": number, "locationId": location}}})
    };
    hub.call("PUT", &path, &change("+15035550116")).expect(200);
    let row = hub.find(
        "/v1/telephony/config/numbers",
        "phoneNumber",
        "+15035550116",
    );
    assert_eq!(row["owner"]["firstName"], "Aurora");
    let before = hub.revision();
    hub.call("PUT", &path, &change("+15035550101")).expect(400);
    assert_eq!(hub.revision(), before);
}

/// Proves: WS-12
#[test]
fn location_and_supported_devices_are_set_once() {
    let hub = Hub::with_scenario("demo");
    let places = hub.pages("/v1/locations", "items");
    let (path, _) = create(&hub, &json!({"displayName": "Cedar"}));
    let at = |place: &Value| json!({"displayName": "Cedar", "locationId": place["id"]});
    hub.call("PUT", &path, &at(&places[0])).expect(200);
    hub.call("PUT", &path, &at(&places[0])).expect(200);
    let before = hub.revision();
    hub.call("PUT", &path, &at(&places[1])).expect(400);
    let phones = json!({"displayName": "Cedar", "supportedDevices": "phones"});
    hub.call("PUT", &path, &phones).expect(400);
    assert_eq!(hub.revision(), before);
    let kept = hub
        .call("PUT", &path, &json!({"displayName": "Cedar"}))
        .expect(200)
        .json();
    assert_eq!(kept["locationId"], places[0]["id"]);
}

/// Proves: WS-14
#[test]
fn a_name_has_128_characters_at_most_and_none_that_are_forbidden() {
    let hub = Hub::with_scenario("minimal");
    let before = hub.revision();
    let long = "x".repeat(129);
    let forbidden = ["%", "#", "<", ">", "/", "\\", "\""].map(|it| format!("Room {it}"));
    for name in forbidden
        .iter()
        .map(String::as_str)
        .chain([long.as_str(), "", "  "])
    {
        hub.call("POST", BASE, &json!({ "displayName": name }))
            .expect(400);
    }
    assert_eq!(hub.revision(), before);
    create(&hub, &json!({"displayName": "x".repeat(128)}));
}

#[test]
fn workspaces_are_narrowed_and_paged() {
    let hub = Hub::with_scenario("minimal");
    calling_room(&hub);
    for number in 0..5 {
        let capacity = (number > 0).then_some(number);
        let name = format!("Cedar {number}");
        create(
            &hub,
            &json!({"displayName": name, "capacity": capacity, "type": "desk"}),
        );
    }
    let count = |query: &str| hub.pages(&format!("{BASE}?{query}"), "items").len();
    let whole = hub.pages(BASE, "items");
    assert_eq!(whole.len(), 6);
    assert_eq!(hub.pages("/v1/workspaces?max=2", "items"), whole);
    assert_eq!(count("calling=webexCalling"), 1);
    assert_eq!(count("calling=freeCalling"), 5);
    assert_eq!(count("displayName=cedar"), 5);
    assert_eq!(count("capacity=-1"), 2);
    assert_eq!(count("capacity=3"), 1);
    assert_eq!(count("type=notSet"), 1);
    assert_eq!(count("type=desk"), 5);
    assert_eq!(count("supportedDevices=phones"), 1);
    assert_eq!(count("calendar=google"), 0);
    assert_eq!(
        count(&format!("locationId={}", hub.location("Pebblebrook"))),
        1
    );
    for query in [
        "capacity=many",
        "locationId=x",
        "max=0",
        "includeDevices=perhaps",
    ] {
        hub.get(&format!("{BASE}?{query}")).expect(400);
    }
}

#[test]
fn devices_and_capabilities_show_when_asked_for() {
    let hub = Hub::with_scenario("minimal");
    let (path, _) = create(&hub, &json!({"displayName": "Cedar"}));
    let shown = hub.get(&format!(
        "{path}?includeDevices=True&includeCapabilities=true"
    ));
    let shown = shown.expect(200).json();
    assert_eq!(shown["devices"], json!([]));
    let nothing = json!({"supported": false, "configured": false});
    assert_eq!(shown["capabilities"]["temperature"], nothing);
    let own = hub.get(&format!("{path}/capabilities")).expect(200).json();
    assert_eq!(own["capabilities"], shown["capabilities"]);
}

#[test]
fn wrong_values_are_refused_and_change_nothing() {
    let hub = Hub::with_scenario("minimal");
    let (path, _) = create(&hub, &json!({"displayName": "Cedar"}));
    let before = (hub.revision(), hub.get(&path).text);
    for (field, value) in [
        ("displayName", json!(7)),
        ("capacity", json!(-1)),
        ("capacity", json!(99_999_999_999_u64)),
        ("capacity", json!("four")),
        ("type", json!("ballroom")),
        ("hotdeskingStatus", json!("sometimes")),
        ("floorId", json!("one")),
        ("workspaceLocationId", json!("nowhere")),
        ("locationId", json!("nowhere")),
        ("calendar", json!({"type": "google"})),
        (
            "calendar",
            json!({"type": "paper", "emailAddress": "a@b.example"}),
        ),
        (
            "calendar",
            json!({"type": "google", "emailAddress": "nobody"}),
        ),
        ("calling", json!({"type": "hybridCalling"})),
        ("calling", json!({"type": "thirdPartySipCalling"})),
        ("calling", json!({})),
        ("calling", json!("webexCalling")),
        ("deviceHostedMeetings", json!({"enabled": true})),
        ("notes", json!("x".repeat(1001))),
    ] {
        let mut body = json!({"displayName": "Cedar"});
        body[field] = value;
        hub.call("PUT", &path, &body).expect(400);
        hub.call("POST", BASE, &body).expect(400);
    }
    assert_eq!((hub.revision(), hub.get(&path).text), before);
}

#[test]
fn hybrid_calling_and_edge_for_devices_are_calling_types() {
    let hub = Hub::start();
    let create = |calling: Value| {
        let body = json!({"displayName": "Harbour", "calling": calling});
        hub.call("POST", "/v1/workspaces", &body)
    };
    let edge = create(json!({"type": "webexEdgeForDevices"})).expect(201);
    assert_eq!(edge.json()["calling"]["type"], "webexEdgeForDevices");
    let refused = create(json!({"type": "hybridCalling"})).expect(400);
    assert!(
        refused.text.contains("emailAddress is required"),
        "{}",
        refused.text
    );
    create(json!({"type": "hybridCalling", "hybridCalling": {"emailAddress": "x"}})).expect(400);
    let hybrid = json!({"type": "hybridCalling", "hybridCalling": {"emailAddress": "a@b.example"}});
    let room = create(hybrid.clone()).expect(201).json();
    assert_eq!(room["calling"], hybrid);
    let path = format!("/v1/workspaces/{}", room["id"].as_str().expect("an id"));
    let free = json!({"displayName": "Harbour", "calling": {"type": "freeCalling"}});
    hub.call("PUT", &path, &free).expect(400);
    assert_eq!(hub.get(&path).json()["calling"], hybrid);
}
