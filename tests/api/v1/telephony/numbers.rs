//! Numbers of locations, and `/v1/telephony/config/numbers`.

use serde_json::{Value, json};

use crate::support::Hub;

const NUMBERS: &str = "/v1/telephony/config/numbers";

fn inventory(hub: &Hub) -> String {
    let location = hub.location("Pebblebrook");
    format!("/v1/telephony/config/locations/{location}/numbers")
}

fn list(hub: &Hub, query: &str) -> Vec<Value> {
    hub.pages(&format!("{NUMBERS}?{query}"), "phoneNumbers")
}

fn numbers(numbers: &[&str]) -> Value {
    json!({ "phoneNumbers": numbers })
}

#[test]
fn numbers_are_validated_added_activated_and_removed() {
    let hub = Hub::with_scenario("minimal");
    let path = inventory(&hub);
    let validate = "/v1/telephony/config/actions/validateNumbers/invoke";
    let wanted = numbers(&["+15035550150", "+15035550151"]);
    assert_eq!(
        hub.call("POST", validate, &wanted).expect(200).json()["status"],
        "OK"
    );
    let inactive = json!({"phoneNumbers": wanted["phoneNumbers"], "state": "INACTIVE"});
    assert_eq!(hub.call("POST", &path, &inactive).expect(201).text, "");
    let found = list(&hub, "phoneNumber=%2B15035550150");
    assert_eq!((found.len(), &found[0]["state"]), (1, &json!("INACTIVE")));
    let activate = json!({"phoneNumbers": wanted["phoneNumbers"], "action": "ACTIVATE"});
    hub.call("PUT", &path, &activate).expect(204);
    assert_eq!(
        list(&hub, "phoneNumber=%2B15035550150")[0]["state"],
        "ACTIVE"
    );
    let told = hub.call("POST", validate, &wanted).expect(200).json();
    assert_eq!(told["status"], "ERRORS");
    assert_eq!(told["phoneNumbers"][0]["state"], "Duplicate");
    hub.call("DELETE", &path, &wanted).expect(204);
    assert_eq!(
        list(&hub, "phoneNumber=%2B15035550150"),
        Vec::<Value>::new()
    );
    hub.call("DELETE", &path, &wanted).expect(404);
}

#[test]
fn validation_names_what_is_wrong_with_each_number() {
    let hub = Hub::with_scenario("minimal");
    let validate = "/v1/telephony/config/actions/validateNumbers/invoke";
    let texts = [
        "+15035550150",
        "+15035550150",
        "5035550151",
        "+1x",
        "+15035550100",
    ];
    let told = hub
        .call("POST", validate, &numbers(&texts))
        .expect(200)
        .json();
    let states: Vec<&Value> = told["phoneNumbers"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| &it["state"])
        .collect();
    let expected = [
        "Available",
        "Duplicate In List",
        "Available",
        "Invalid",
        "Duplicate",
    ];
    assert_eq!(states, expected);
    hub.call("POST", validate, &numbers(&[])).expect(400);
    hub.call("POST", validate, &json!({"phoneNumbers": [1]}))
        .expect(400);
}

#[test]
fn adding_again_is_ignored_but_not_for_a_main_number() {
    let hub = Hub::with_scenario("minimal");
    let path = inventory(&hub);
    let before = hub.revision();
    hub.call("POST", &path, &numbers(&["+15035550101", "+15035550110"]))
        .expect(201);
    let refused = hub
        .call("POST", &path, &numbers(&["+15035550199", "+15035550100"]))
        .expect(409);
    let body = refused.json();
    assert_eq!(body["errorCode"], 25223);
    assert_eq!(body["errors"][0]["errorCode"], 8363);
    assert_eq!(hub.revision(), before);
}

#[test]
fn main_and_assigned_numbers_stay() {
    let hub = Hub::with_scenario("minimal");
    let path = inventory(&hub);
    let before = hub.revision();
    hub.call("DELETE", &path, &numbers(&["+15035550100"]))
        .expect(409);
    hub.call("DELETE", &path, &numbers(&["+15035550119", "+15035550101"]))
        .expect(409);
    hub.call("DELETE", &path, &numbers(&["+15035550119", "+14085550101"]))
        .expect(404);
    hub.call("PUT", &path, &numbers(&["+14085550101"]))
        .expect(404);
    assert_eq!(hub.revision(), before);
}

#[test]
fn bad_lists_of_numbers_are_refused_and_change_nothing() {
    let hub = Hub::with_scenario("minimal");
    let path = inventory(&hub);
    let before = hub.revision();
    let many: Vec<String> = (0..1001).map(|n| format!("+1408{n:07}")).collect();
    for body in [
        json!({}),
        json!([]),
        numbers(&[]),
        numbers(&["15035550150"]),
        numbers(&["+"]),
        numbers(&["+1503555015000000000"]),
        json!({ "phoneNumbers": many }),
        json!({"phoneNumbers": "+15035550150"}),
        json!({"phoneNumbers": ["+15035550150"], "state": "maybe"}),
        json!({"phoneNumbers": ["+15035550150"], "numberType": "MOBILE"}),
    ] {
        hub.call("POST", &path, &body).expect(400);
    }
    let elsewhere = "/v1/telephony/config/locations/nonsense/numbers";
    hub.call("POST", elsewhere, &numbers(&["+15035550150"]))
        .expect(404);
    assert_eq!(hub.revision(), before);
}

#[test]
fn the_list_holds_numbers_and_extensions_without_one() {
    let hub = Hub::with_scenario("minimal");
    let whole = list(&hub, "");
    assert_eq!(whole.len(), 21);
    assert_eq!(list(&hub, "max=4"), whole);
    let kofi = hub.find(NUMBERS, "phoneNumber", "+15035550102");
    assert_eq!(kofi["extension"], "1102");
    assert_eq!(kofi["owner"]["firstName"], "Kofi");
    assert_eq!(kofi["owner"]["type"], "PEOPLE");
    assert_eq!(kofi["location"]["name"], "Pebblebrook");
    let renata = hub.find(NUMBERS, "extension", "1103");
    assert_eq!(renata["phoneNumber"], Value::Null);
    assert_eq!(renata["esn"], "1103");
    let count = hub
        .get(&format!("{NUMBERS}?details=True&max=1"))
        .expect(200)
        .json();
    let expected = json!({
        "assigned": 2, "unAssigned": 18, "inActive": 0, "extensionOnly": 1,
        "tollFreeNumbers": 0, "total": 21, "mobileNumber": 0, "serviceNumber": 0,
    });
    assert_eq!(count["count"], expected);
    assert_eq!(count["phoneNumbers"].as_array().map(Vec::len), Some(1));
}

#[test]
fn every_filter_narrows_the_list() {
    let hub = Hub::with_scenario("minimal");
    let location = hub.location("Pebblebrook");
    let kofi = hub.find("/v1/people", "displayName", "Kofi Lindqvist");
    let kofi = kofi["id"].as_str().expect("an id");
    let count = |query: &str| list(&hub, query).len();
    assert_eq!(count(&format!("locationId={location}")), 21);
    assert_eq!(count("available=true"), 17);
    assert_eq!(count("available=false"), 4);
    assert_eq!(count("phoneNumber=555011"), 10);
    assert_eq!(count(&format!("ownerId={kofi}")), 1);
    assert_eq!(count("ownerId=nonsense"), 0);
    assert_eq!(count("ownerName=lindqvist"), 1);
    assert_eq!(count("ownerType=PEOPLE"), 3);
    assert_eq!(count("ownerType=PLACE"), 0);
    assert_eq!(count("extension=1101,1103"), 2);
    assert_eq!(count("numberType=EXTENSION"), 1);
    assert_eq!(count("numberType=NUMBER"), 20);
    assert_eq!(count("phoneNumberType=PRIMARY"), 20);
    assert_eq!(count("phoneNumberType=FAX"), 0);
    assert_eq!(count("state=ACTIVE"), 20);
    assert_eq!(count("state=INACTIVE"), 0);
    assert_eq!(count("tollFreeNumbers=true"), 0);
    assert_eq!(count("includedTelephonyTypes=MOBILE_NUMBER"), 0);
    assert_eq!(count("serviceNumber=true"), 0);
    let by_name = list(&hub, "order=lastName");
    assert_eq!(by_name[0]["owner"]["lastName"], "Ingleby");
    for query in [
        "ownerType=NOBODY",
        "available=perhaps",
        "available=true&ownerType=PEOPLE",
        "numberType=EXTENSION&available=true",
        "numberType=EXTENSION&state=ACTIVE",
        "order=colour",
        "locationId=nonsense",
        "max=0",
        "start=-1",
    ] {
        hub.get(&format!("{NUMBERS}?{query}")).expect(400);
    }
}

#[test]
fn one_request_deletes_five_numbers_and_deactivates_none_that_is_used() {
    let hub = Hub::with_scenario("minimal");
    let path = inventory(&hub);
    let six: Vec<String> = (0..6).map(|last| format!("+1503555019{last}")).collect();
    let six: Vec<&str> = six.iter().map(String::as_str).collect();
    hub.call("POST", &path, &numbers(&six)).expect(201);
    let before = hub.revision();
    let told = hub.call("DELETE", &path, &numbers(&six)).expect(400);
    assert!(told.text.contains("at most 5 numbers"), "{}", told.text);
    for used in ["+15035550100", "+15035550101"] {
        let body = json!({"phoneNumbers": [six[0], used], "action": "DEACTIVATE"});
        let told = hub.call("PUT", &path, &body).expect(409);
        assert!(told.text.contains("cannot be deactivated"), "{}", told.text);
    }
    assert_eq!(hub.revision(), before);
    hub.call("DELETE", &path, &numbers(six.split_first().expect("six").1))
        .expect(204);
}
