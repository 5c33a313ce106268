//! Floors, below `/v1/locations` and below `/v1/workspaceLocations`.

use serde_json::{Value, json};

use crate::support::Hub;

/// The floors of Pebblebrook in both APIs, with its id in each of them.
fn places(hub: &Hub) -> [(String, String); 2] {
    let name = "Pebblebrook";
    let id = hub.location(name);
    let former = hub.find("/v1/workspaceLocations", "displayName", name)["id"].clone();
    let former = former.as_str().expect("an id").to_owned();
    [
        (format!("/v1/locations/{id}/floors"), id),
        (format!("/v1/workspaceLocations/{former}/floors"), former),
    ]
}

fn build(hub: &Hub, path: &str, body: &Value) -> (String, Value) {
    let floor = hub.call("POST", path, body).expect(201).json();
    let id = floor["id"].as_str().expect("an id");
    (format!("{path}/{id}"), floor)
}

#[test]
fn a_floor_is_created_read_changed_and_deleted_in_either_api() {
    for at in 0..2 {
        let hub = Hub::with_scenario("minimal");
        let (list, location) = &places(&hub)[at];
        let (path, made) = build(
            &hub,
            list,
            &json!({"floorNumber": -1, "displayName": "The basement"}),
        );
        let basement = json!({"id": made["id"], "locationId": location, "floorNumber": -1,
            "displayName": "The basement"});
        assert_eq!(made, basement);
        assert_eq!(hub.get(&path).expect(200).json(), basement);
        let bare = hub.call("PUT", &path, &json!({"floorNumber": 2}));
        let bare = bare.expect(200).json();
        let wanted = json!({"id": made["id"], "locationId": location, "floorNumber": 2});
        assert_eq!(bare, wanted, "a name that is left out is gone");
        build(&hub, list, &json!({"floorNumber": 1}));
        let listed = hub.get(list).expect(200).json();
        let numbers: Vec<&Value> = listed["items"]
            .as_array()
            .expect("items")
            .iter()
            .map(|floor| &floor["floorNumber"])
            .collect();
        assert_eq!(numbers, [1, 2], "the lowest first");
        hub.call("DELETE", &path, &Value::Null).expect(204);
        hub.get(&path).expect(404);
        hub.call("DELETE", &path, &Value::Null).expect(404);
    }
}

#[test]
fn both_apis_show_the_same_floors() {
    let hub = Hub::with_scenario("minimal");
    let [(new, location), (former, former_location)] = places(&hub);
    let (_, floor) = build(
        &hub,
        &new,
        &json!({"floorNumber": 4, "displayName": "Roof"}),
    );
    let there = hub.get(&former).expect(200).json()["items"][0].clone();
    assert_eq!(there["id"], floor["id"]);
    assert_eq!(there["locationId"], former_location);
    assert_eq!(floor["locationId"], location);
    hub.get(&format!("/v1/locations/{former_location}/floors"))
        .expect(404);
    hub.get(&format!("/v1/workspaceLocations/{location}/floors"))
        .expect(404);
}

#[test]
fn what_is_no_floor_is_refused_and_changes_nothing() {
    let hub = Hub::with_scenario("minimal");
    let [(list, _), _] = places(&hub);
    let (path, _) = build(
        &hub,
        &list,
        &json!({"floorNumber": 1, "displayName": "Ground"}),
    );
    let before = (hub.revision(), hub.get(&list).text);
    for body in [
        json!({}),
        json!({"displayName": "Nowhere"}),
        json!({"floorNumber": "one"}),
        json!({"floorNumber": 1.5}),
        json!({"floorNumber": 3_000_000_000_i64}),
        json!({"floorNumber": null}),
        json!({"floorNumber": 1, "displayName": 7}),
        json!({"floorNumber": 1, "displayName": "x".repeat(257)}),
        json!({"floorNumber": 1, "displayName": "a\nb"}),
    ] {
        let refused = hub.call("POST", &list, &body).expect(400).text;
        assert!(
            refused.contains("floorNumber") || refused.contains("displayName"),
            "{refused}"
        );
        hub.call("PUT", &path, &body).expect(400);
    }
    let unknown = format!("{list}/nothing");
    hub.call("PUT", &unknown, &json!({"floorNumber": 1}))
        .expect(404);
    let nowhere = "/v1/locations/nowhere/floors";
    hub.call("POST", nowhere, &json!({"floorNumber": 1}))
        .expect(404);
    assert_eq!((hub.revision(), hub.get(&list).text), before);
}

/// Proves: DEC-105
#[test]
fn a_workspace_names_a_floor_of_its_location_and_loses_it_with_the_floor() {
    let hub = Hub::with_scenario("demo");
    let (boston, pune) = (hub.location("Boston"), hub.location("Pune"));
    let list = format!("/v1/locations/{boston}/floors");
    let (path, floor) = build(&hub, &list, &json!({"floorNumber": 9}));
    let room = |location: &str| {
        let body = json!({"displayName": "Prism", "locationId": location, "floorId": floor["id"]});
        hub.call("POST", "/v1/workspaces", &body)
    };
    let refused = room(&pune).expect(400).text;
    assert!(
        refused.contains("no floor of the workspace's location"),
        "{refused}"
    );
    let room = room(&boston).expect(201).json();
    assert_eq!(room["floorId"], floor["id"]);
    let on_floor = format!(
        "/v1/workspaces?floorId={}",
        floor["id"].as_str().expect("an id")
    );
    let found = hub.get(&on_floor).expect(200).json();
    assert_eq!(found["items"][0]["id"], room["id"]);
    assert_eq!(found["items"].as_array().map(Vec::len), Some(1));
    let gone = hub.call("DELETE", &path, &Value::Null).expect(204);
    let room = format!("/v1/workspaces/{}", room["id"].as_str().expect("an id"));
    assert_eq!(hub.get(&room).expect(200).json().get("floorId"), None);
    let explained = format!("/_sim/v1/explain/{}", gone.header("trackingid"));
    assert!(hub.get(&explained).expect(200).text.contains("DEC-105"));
}

#[test]
fn floors_go_with_their_location_and_come_back_by_undo() {
    let hub = Hub::with_scenario("minimal");
    let body = json!({"displayName": "Pier", "address": "1 Pier", "countryCode": "US",
        "latitude": 45.5, "longitude": -122.6});
    let pier = hub.call("POST", "/v1/workspaceLocations", &body);
    let pier = pier.expect(201).json();
    let list = format!(
        "/v1/locations/{}/floors",
        pier["locationId"].as_str().expect("an id")
    );
    build(&hub, &list, &json!({"floorNumber": 0}));
    let path = format!(
        "/v1/workspaceLocations/{}",
        pier["id"].as_str().expect("an id")
    );
    hub.call("DELETE", &path, &Value::Null).expect(204);
    hub.get(&list).expect(404);
    hub.call("POST", "/_sim/v1/undo", &json!({})).expect(200);
    let back = hub.get(&list).expect(200).json();
    assert_eq!(back["items"][0]["floorNumber"], 0);
}

#[test]
fn a_location_has_a_thousand_floors_at_most() {
    let hub = Hub::with_scenario("minimal");
    let [(list, _), _] = places(&hub);
    for number in 0..1000 {
        hub.call("POST", &list, &json!({"floorNumber": number}))
            .expect(201);
    }
    let refused = hub.call("POST", &list, &json!({"floorNumber": 1000}));
    assert!(refused.expect(409).text.contains("1000 floors"));
}
