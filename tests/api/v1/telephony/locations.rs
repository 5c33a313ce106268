//! `/v1/telephony/config/locations`.

use serde_json::{Value, json};

use crate::support::Hub;

const BASE: &str = "/v1/telephony/config/locations";

/// A location that is not enabled for Webex Calling yet: its id and document.
fn plain(hub: &Hub, name: &str) -> (String, Value) {
    let wanted = json!({
        "name": name, "timeZone": "America/Los_Angeles", "preferredLanguage": "en_us",
        "announcementLanguage": "en_us",
        "address": {
            "address1": "1 Main Street", "city": "Reno", "state": "NV", "postalCode": "89501",
            "country": "US",
        },
    });
    let created = hub
        .call("POST", "/v1/locations", &wanted)
        .expect(201)
        .json();
    let id = created["id"].as_str().expect("an id").to_owned();
    let document = hub.get(&format!("/v1/locations/{id}")).expect(200).json();
    (id, document)
}

#[test]
fn a_location_is_enabled_once() {
    let hub = Hub::with_scenario("minimal");
    let (id, document) = plain(&hub, "Reno");
    hub.get(&format!("{BASE}/{id}")).expect(404);
    let created = hub.call("POST", BASE, &document).expect(201).json();
    assert_eq!(created, json!({"id": id}));
    let details = hub.get(&format!("{BASE}/{id}")).expect(200).json();
    assert_eq!(details["name"], "Reno");
    assert_eq!(
        details["callingLineId"],
        json!({"name": "Pebblebrook Clinic", "phoneNumber": null})
    );
    let listed = hub.find(BASE, "id", &id);
    assert_eq!(listed["e911SetupRequired"], false);
    hub.call("POST", BASE, &document).expect(409);
    hub.call("POST", BASE, &json!({"name": "Reno"})).expect(400);
    let mut nonsense = document.clone();
    nonsense["id"] = json!("nonsense");
    hub.call("POST", BASE, &nonsense).expect(404);
    hub.call("DELETE", &format!("/v1/locations/{id}"), &json!(null))
        .expect(409);
}

#[test]
fn a_name_of_81_characters_is_too_long_for_calling() {
    let hub = Hub::with_scenario("minimal");
    let (_, document) = plain(&hub, &"x".repeat(81));
    let before = hub.revision();
    hub.call("POST", BASE, &document).expect(400);
    assert_eq!(hub.revision(), before);
}

#[test]
fn a_new_routing_prefix_starts_a_job_and_nothing_else_does() {
    let hub = Hub::with_scenario("minimal");
    let path = format!("{BASE}/{}", hub.location("Pebblebrook"));
    let plain = json!({"externalCallerIdName": "Clinic", "outsideDialDigit": "9"});
    assert_eq!(hub.call("PUT", &path, &plain).expect(204).text, "");
    let prefix = json!({"routingPrefix": "8001", "enforceOutsideDialDigit": true});
    let job = hub.call("PUT", &path, &prefix).expect(200).json();
    assert!(job["batchJobId"].as_str().is_some_and(|id| !id.is_empty()));
    hub.call("PUT", &path, &prefix).expect(204);
    let details = hub.get(&path).expect(200).json();
    assert_eq!(details["routingPrefix"], "8001");
    assert_eq!(details["externalCallerIdName"], "Clinic");
    assert_eq!(details["outsideDialDigit"], "9");
    assert_eq!(details["enforceOutsideDialDigit"], true);
}

#[test]
fn a_routing_prefix_belongs_to_one_location() {
    let hub = Hub::with_scenario("minimal");
    let (id, document) = plain(&hub, "Reno");
    hub.call("POST", BASE, &document).expect(201);
    let own = format!("{BASE}/{}", hub.location("Pebblebrook"));
    hub.call("PUT", &own, &json!({"routingPrefix": "8001"}))
        .expect(200);
    let other = format!("{BASE}/{id}");
    hub.call("PUT", &other, &json!({"routingPrefix": "8001"}))
        .expect(409);
    hub.call("PUT", &other, &json!({"routingPrefix": "8002"}))
        .expect(200);
}

#[test]
fn the_main_number_is_one_of_the_location_that_nobody_has() {
    let hub = Hub::with_scenario("minimal");
    let path = format!("{BASE}/{}", hub.location("Pebblebrook"));
    let line = |number: &str| json!({"callingLineId": {"name": "Desk", "phoneNumber": number}});
    hub.call("PUT", &path, &line("+15035550110")).expect(204);
    let details = hub.get(&path).expect(200).json();
    assert_eq!(
        details["callingLineId"],
        json!({"name": "Desk", "phoneNumber": "+15035550110"})
    );
    let numbers = "/v1/telephony/config/numbers";
    let row = hub.find(numbers, "phoneNumber", "+15035550110");
    assert_eq!(row["mainNumber"], true);
    assert_eq!(
        hub.find(numbers, "phoneNumber", "+15035550100")["mainNumber"],
        false
    );
    let before = hub.revision();
    for number in ["+15035550101", "+14085550101", "5550110", "nonsense"] {
        hub.call("PUT", &path, &line(number)).expect(400);
    }
    assert_eq!(hub.revision(), before);
}

#[test]
fn wrong_values_are_refused_and_change_nothing() {
    let hub = Hub::with_scenario("minimal");
    let path = format!("{BASE}/{}", hub.location("Pebblebrook"));
    let before = (hub.revision(), hub.get(&path).text);
    for change in [
        json!({"routingPrefix": "12345678"}),
        json!({"routingPrefix": "8a"}),
        json!({"routingPrefix": 8001}),
        json!({"outsideDialDigit": "99999"}),
        json!({"enforceOutsideDialDigit": "yes"}),
        json!({"announcementLanguage": "english please"}),
        json!({"callingLineId": []}),
    ] {
        hub.call("PUT", &path, &change).expect(400);
    }
    hub.call(
        "PUT",
        &path,
        &json!({"connection": {"type": "TRUNK", "id": "none"}}),
    )
    .expect(404);
    hub.get(&format!("{BASE}?order=sideways")).expect(400);
    assert_eq!((hub.revision(), hub.get(&path).text), before);
}

#[test]
fn locations_with_calling_are_listed_by_name_and_in_order() {
    let hub = Hub::with_scenario("demo");
    let names = |path: &str| -> Vec<String> {
        let items = hub.pages(path, "locations");
        items
            .iter()
            .map(|item| item["name"].as_str().expect("a name").to_owned())
            .collect()
    };
    let rising = names(&format!("{BASE}?order=asc"));
    let mut sorted = rising.clone();
    sorted.sort();
    assert_eq!(rising, sorted);
    let mut falling = names(&format!("{BASE}?order=desc&max=2"));
    falling.reverse();
    assert_eq!(falling, rising);
    assert!(hub.pages("/v1/locations", "items").len() > rising.len());
}

#[test]
fn extensions_are_validated_for_a_location() {
    let hub = Hub::with_scenario("minimal");
    let location = hub.location("Pebblebrook");
    let path = format!("{BASE}/{location}/actions/validateExtensions/invoke");
    let texts = json!({"extensions": ["1101", "2001", "2001", "911", "a234", "1", "1234567"]});
    let told = hub.call("POST", &path, &texts).expect(200).json();
    assert_eq!(told["status"], "ERRORS");
    let states: Vec<&str> = told["extensionStatus"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|item| item["state"].as_str().expect("a state"))
        .collect();
    let expected = [
        "DUPLICATE",
        "VALID",
        "DUPLICATE_IN_LIST",
        "INVALID",
        "INVALID",
    ];
    assert_eq!(states[..5], expected);
    assert_eq!(states[5..], ["INVALID", "INVALID"]);
    assert_eq!(told["extensionStatus"][3]["errorCode"], 4911);
    let fine = hub
        .call("POST", &path, &json!({"extensions": ["2001"]}))
        .expect(200)
        .json();
    assert_eq!(fine["status"], "OK");
    hub.call("POST", &path, &json!({"extensions": "2001"}))
        .expect(400);
    hub.call("POST", &path, &json!({})).expect(400);
}

/// What the contract requires of a location by itself, whether or not the location has it.
const REQUIRED: [&str; 10] = [
    "id",
    "name",
    "announcementLanguage",
    "callingLineId",
    "connection",
    "externalCallerIdName",
    "userLimit",
    "outsideDialDigit",
    "routingPrefix",
    "defaultDomain",
];

#[test]
fn a_location_by_itself_has_every_field_that_the_contract_requires() {
    for (scenario, name, prefix) in [
        ("minimal", "Pebblebrook", Value::Null),
        ("demo", "Austin", json!("8200")),
    ] {
        let hub = Hub::with_scenario(scenario);
        let path = format!("/v1/telephony/config/locations/{}", hub.location(name));
        let location = hub.get(&path).expect(200).json();
        let fields = location.as_object().unwrap();
        let missing: Vec<_> = REQUIRED
            .iter()
            .filter(|field| !fields.contains_key(**field))
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
        assert_eq!(location["routingPrefix"], prefix);
        assert_eq!(location["connection"], Value::Null, "there are no trunks");
        let main = location["callingLineId"]["phoneNumber"].as_str();
        assert!(main.is_some_and(|main| main.starts_with('+')), "{location}");
    }
}

#[test]
fn only_three_countries_have_a_network_info_of_emergency_calls() {
    let hub = Hub::with_scenario("demo");
    let info = json!({"pAccessNetworkInfo": "Berlin-10115"});
    let at = |name: &str| format!("{BASE}/{}", hub.location(name));
    let before = hub.revision();
    let told = hub.call("PUT", &at("San Jose HQ"), &info).expect(400);
    assert!(told.text.contains("BE, DE and FR"), "{}", told.text);
    assert_eq!(hub.revision(), before);
    hub.call("PUT", &at("Berlin"), &info).expect(204);
    assert_eq!(
        hub.get(&at("Berlin")).expect(200).json()["pAccessNetworkInfo"],
        info["pAccessNetworkInfo"]
    );
}

#[test]
fn a_location_is_enabled_by_its_whole_document() {
    let hub = Hub::with_scenario("minimal");
    let (id, document) = plain(&hub, "Reno");
    let before = hub.revision();
    for (place, field) in [
        ("", "id"),
        ("", "name"),
        ("", "timeZone"),
        ("", "preferredLanguage"),
        ("", "announcementLanguage"),
        ("", "address"),
        ("/address", "address1"),
        ("/address", "city"),
        ("/address", "state"),
        ("/address", "postalCode"),
        ("/address", "country"),
    ] {
        let mut body = document.clone();
        let object = body.pointer_mut(place).and_then(Value::as_object_mut);
        object.expect("an object").remove(field);
        let told = hub.call("POST", BASE, &body).expect(400).json();
        let error = &told["errors"][0];
        assert_eq!(error["errorCode"], 25_008, "{told}");
        let said = error["description"].as_str().expect("a text");
        assert!(
            said.contains(field) && said.ends_with("is required."),
            "{said}"
        );
    }
    hub.call("POST", BASE, &json!({ "id": id })).expect(400);
    assert_eq!(hub.revision(), before);
    hub.get(&format!("{BASE}/{id}")).expect(404);
}
