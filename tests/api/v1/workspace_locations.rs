//! `/v1/workspaceLocations`: the locations of `/v1/locations`, as the older API shows them.

use serde_json::{Value, json};

use crate::support::Hub;

const BASE: &str = "/v1/workspaceLocations";

fn barcelona() -> Value {
    json!({"displayName": "Barcelona", "address": "Carrer de Pere IV, Barcelona",
        "countryCode": "ES", "cityName": "Barcelona", "latitude": 41.406_615,
        "longitude": 2.200_717, "notes": "by the sea"})
}

fn open(hub: &Hub) -> (String, Value) {
    let made = hub.call("POST", BASE, &barcelona()).expect(201).json();
    (
        format!("{BASE}/{}", made["id"].as_str().expect("an id")),
        made,
    )
}

/// The same location in the newer API.
fn newer(made: &Value) -> String {
    format!(
        "/v1/locations/{}",
        made["locationId"].as_str().expect("an id")
    )
}

/// Proves: DEC-106
#[test]
fn a_location_of_the_older_api_is_one_of_the_newer() {
    let hub = Hub::with_scenario("minimal");
    let (path, made) = open(&hub);
    let mut wanted = barcelona();
    wanted["id"] = made["id"].clone();
    wanted["locationId"] = made["locationId"].clone();
    assert_eq!(made, wanted);
    assert_eq!(hub.get(&path).expect(200).json(), wanted);
    let newer = newer(&made);
    let seen = hub.get(&newer).expect(200).json();
    assert_eq!(seen["name"], "Barcelona");
    assert_eq!(seen["address"]["address1"], "Carrer de Pere IV, Barcelona");
    assert_eq!(seen["latitude"], "41.406615");
    assert_eq!(
        (&seen["timeZone"], &seen["preferredLanguage"]),
        (&json!("UTC"), &json!("en_us"))
    );
    let change = json!({"name": "Port", "address": {"address2": "Gate 3"}});
    hub.call("PUT", &newer, &change).expect(204);
    let seen = hub.get(&path).expect(200).json();
    assert_eq!(seen["displayName"], "Port");
    assert_eq!(seen["address"], "Carrer de Pere IV, Barcelona, Gate 3");
    hub.call("PUT", &path, &seen).expect(200);
    let kept = hub.get(&newer).expect(200).json();
    assert_eq!(
        kept["address"]["address2"], "Gate 3",
        "what was read is put back"
    );
    hub.call("DELETE", &newer, &Value::Null).expect(204);
    hub.get(&path).expect(404);
}

#[test]
fn city_and_notes_that_are_left_out_are_gone_and_the_rest_is_required() {
    let hub = Hub::with_scenario("minimal");
    let (path, made) = open(&hub);
    let mut bare = barcelona();
    for field in ["cityName", "notes"] {
        bare.as_object_mut().expect("an object").shift_remove(field);
    }
    let seen = hub.call("PUT", &path, &bare).expect(200).json();
    assert_eq!((seen.get("cityName"), seen.get("notes")), (None, None));
    assert_eq!(
        hub.get(&newer(&made)).expect(200).json()["address"]["city"],
        ""
    );
    let before = (hub.revision(), hub.get(&path).text);
    for field in [
        "displayName",
        "address",
        "countryCode",
        "latitude",
        "longitude",
    ] {
        let mut body = barcelona();
        body.as_object_mut().expect("an object").shift_remove(field);
        let refused = hub.call("PUT", &path, &body).expect(400).text;
        assert!(refused.contains(field), "{refused}");
        hub.call("POST", BASE, &body).expect(400);
    }
    for (field, value) in [
        ("displayName", json!("")),
        ("displayName", json!("x".repeat(257))),
        ("address", json!(["somewhere"])),
        ("address", json!(" ")),
        ("countryCode", json!("ESP")),
        ("latitude", json!(90.5)),
        ("latitude", json!("41")),
        ("longitude", json!(-180.5)),
        ("cityName", json!(5)),
        ("notes", json!("x".repeat(1001))),
    ] {
        let mut body = barcelona();
        body[field] = value;
        hub.call("PUT", &path, &body).expect(400);
    }
    let mut taken = barcelona();
    taken["displayName"] = json!("Pebblebrook");
    hub.call("PUT", &path, &taken).expect(409);
    hub.call("POST", BASE, &taken).expect(409);
    assert_eq!((hub.revision(), hub.get(&path).text), before);
}

#[test]
fn locations_are_filtered_by_name_address_country_and_city() {
    let hub = Hub::with_scenario("demo");
    let (_, made) = open(&hub);
    let count = |query: &str| {
        let list = hub.get(&format!("{BASE}?{query}")).expect(200).json();
        let items = list["items"].as_array().expect("items").clone();
        assert!(items.iter().all(|item| item["id"].is_string()));
        (items.len(), items.first().cloned().unwrap_or_default())
    };
    let (all, _) = count("");
    assert_eq!(all, hub.pages("/v1/locations", "items").len());
    for query in [
        "displayName=barce",
        "address=pere%20iv",
        "countryCode=es",
        "cityName=BARCELONA",
        "countryCode=ES&displayName=Barcelona",
    ] {
        assert_eq!(count(query), (1, made.clone()), "{query}");
    }
    assert_eq!(count("countryCode=ES&displayName=Boston").0, 0);
    assert!(count("countryCode=US").0 > 1);
}

#[test]
fn workspaces_and_devices_know_their_place_by_the_older_id_too() {
    let hub = Hub::with_scenario("demo");
    let (path, made) = open(&hub);
    let body = json!({"displayName": "Mar", "workspaceLocationId": made["id"]});
    let room = hub.call("POST", "/v1/workspaces", &body).expect(201).json();
    assert_eq!(room["locationId"], made["locationId"]);
    assert_eq!(room["workspaceLocationId"], made["id"]);
    let id = made["id"].as_str().expect("an id");
    let found = hub.get(&format!("/v1/workspaces?workspaceLocationId={id}"));
    assert_eq!(found.expect(200).json()["items"][0]["id"], room["id"]);
    let wrong = json!({"displayName": "Mar", "workspaceLocationId": "nowhere"});
    hub.call("POST", "/v1/workspaces", &wrong).expect(400);

    let device = hub
        .get("/v1/devices?product=Cisco%207841")
        .expect(200)
        .json();
    let device = &device["items"][0];
    let place = device["workspaceLocationId"].as_str().expect("a place");
    let found = hub.get(&format!("/v1/devices?workspaceLocationId={place}"));
    let found = found.expect(200).json()["items"].clone();
    assert!(found.as_array().expect("items").contains(device));

    hub.call("DELETE", &path, &Value::Null).expect(204);
    let room = format!("/v1/workspaces/{}", room["id"].as_str().expect("an id"));
    let seen = hub.get(&room).expect(200).json();
    assert_eq!(seen.get("locationId"), None, "the workspace stands nowhere");
    let boston = hub.location("Boston");
    let moved = json!({"displayName": "Mar", "locationId": boston});
    let moved = hub.call("PUT", &room, &moved).expect(200).json();
    assert_eq!(
        moved["locationId"],
        json!(boston),
        "and can be given another location"
    );
}

#[test]
fn a_location_with_calling_stays() {
    let hub = Hub::with_scenario("minimal");
    let place = hub.find(BASE, "displayName", "Pebblebrook");
    let before = hub.revision();
    let path = format!("{BASE}/{}", place["id"].as_str().expect("an id"));
    let refused = hub.call("DELETE", &path, &Value::Null).expect(409);
    assert!(refused.text.contains("Calling"), "{}", refused.text);
    assert_eq!(hub.revision(), before);
    hub.call("DELETE", &format!("{BASE}/nowhere"), &Value::Null)
        .expect(404);
}
