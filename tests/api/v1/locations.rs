//! `/v1/locations`.

use serde_json::{Value, json};

use crate::support::Hub;

fn reno() -> Value {
    json!({
        "name": "Reno", "timeZone": "America/Los_Angeles", "preferredLanguage": "en_us",
        "announcementLanguage": "en_us", "latitude": 39.5, "notes": "by the river",
        "address": {
            "address1": "1 Main Street", "city": "Reno", "state": "NV", "postalCode": "89501",
            "country": "us",
        },
    })
}

fn open(hub: &Hub) -> String {
    let created = hub
        .call("POST", "/v1/locations", &reno())
        .expect(201)
        .json();
    format!("/v1/locations/{}", created["id"].as_str().expect("an id"))
}

#[test]
fn a_location_is_created_read_changed_and_deleted() {
    let hub = Hub::with_scenario("minimal");
    let path = open(&hub);
    let read = hub.get(&path).expect(200).json();
    assert_eq!(read["name"], "Reno");
    assert_eq!(read["address"]["country"], "US");
    assert_eq!(read["latitude"], "39.5");
    let change = json!({"name": "Reno North", "address": {"city": "Sparks"}, "notes": null});
    assert_eq!(hub.call("PUT", &path, &change).expect(204).text, "");
    let read = hub.get(&path).expect(200).json();
    assert_eq!(read["name"], "Reno North");
    assert_eq!(read["address"]["city"], "Sparks");
    assert_eq!(read["address"]["postalCode"], "89501");
    assert_eq!(read["notes"], "by the river");
    hub.call("DELETE", &path, &json!(null)).expect(204);
    hub.get(&path).expect(404);
    hub.call("DELETE", &path, &json!(null)).expect(404);
}

#[test]
fn locations_are_listed_by_name_by_id_and_in_pages() {
    let hub = Hub::with_scenario("demo");
    let whole = hub.pages("/v1/locations", "items");
    assert!(whole.len() >= 7, "{}", whole.len());
    assert_eq!(hub.pages("/v1/locations?max=2", "items"), whole);
    let name = whole[0]["name"].as_str().expect("a name").to_uppercase();
    let found = hub.find(
        &format!("/v1/locations?name={name}"),
        "id",
        whole[0]["id"].as_str().expect("an id"),
    );
    assert_eq!(found, whole[0]);
    let id = whole[1]["id"].as_str().expect("an id");
    let one = hub
        .get(&format!("/v1/locations?id={id}"))
        .expect(200)
        .json();
    assert_eq!(one["items"], json!([whole[1]]));
    assert_eq!(
        hub.get("/v1/locations?id=nonsense").expect(200).json()["items"],
        json!([])
    );
}

#[test]
fn a_name_is_taken_once() {
    let hub = Hub::with_scenario("minimal");
    let path = open(&hub);
    hub.call("POST", "/v1/locations", &reno()).expect(409);
    hub.call("PUT", &path, &json!({"name": "pebblebrook"}))
        .expect(409);
    hub.call("PUT", &path, &json!({"name": "reno"})).expect(204);
}

#[test]
fn a_location_in_use_stays() {
    let hub = Hub::with_scenario("minimal");
    let before = hub.revision();
    let path = format!("/v1/locations/{}", hub.location("Pebblebrook"));
    let refused = hub.call("DELETE", &path, &json!(null)).expect(409).json();
    assert!(
        refused["errors"][0]["description"]
            .as_str()
            .is_some_and(|it| it.contains("Calling"))
    );
    assert_eq!(hub.revision(), before);
}

#[test]
fn wrong_values_are_refused_and_change_nothing() {
    let hub = Hub::with_scenario("minimal");
    let path = open(&hub);
    let before = (hub.revision(), hub.get(&path).text);
    let long = "x".repeat(257);
    for change in [
        json!({"timeZone": "Mars/Olympus"}),
        json!({"timeZone": "america/los_angeles"}),
        json!({"timeZone": 5}),
        json!({"name": ""}),
        json!({"name": long}),
        json!({"name": "a\nb"}),
        json!({"name": ["Reno"]}),
        json!({"address": {"country": "USA"}}),
        json!({"address": {"country": "1!"}}),
        json!({"address": "somewhere"}),
        json!({"latitude": "91"}),
        json!({"longitude": "1e999"}),
        json!({"latitude": "NaN"}),
        json!({"preferredLanguage": "../../etc"}),
        json!({"preferredLanguage": "xx_yy"}),
        json!({"preferredLanguage": "en_yy"}),
        json!({"announcementLanguage": "xx_us"}),
        json!({"announcementLanguage": "en"}),
    ] {
        hub.call("PUT", &path, &change).expect(400);
    }
    for field in [
        "name",
        "timeZone",
        "preferredLanguage",
        "announcementLanguage",
        "address",
    ] {
        let mut wanted = reno();
        wanted["name"] = json!("Elko");
        wanted.as_object_mut().expect("an object").remove(field);
        hub.call("POST", "/v1/locations", &wanted).expect(400);
    }
    assert_eq!((hub.revision(), hub.get(&path).text), before);
}

/// Proves: ROLE-02
#[test]
fn a_read_only_administrator_changes_no_location() {
    let hub = Hub::with_scenario("minimal");
    hub.send_as("read-only-admin", "POST", "/v1/locations", &reno())
        .expect(403);
    hub.send_as("read-only-admin", "GET", "/v1/locations", &json!(null))
        .expect(200);
}
