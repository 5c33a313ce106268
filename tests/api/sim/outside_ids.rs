//! Reports name things as callers know them: no plain uuid stands where a Webex id belongs.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Hub, person_id};

/// The paths at which a plain uuid stands.
fn plain(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::String(text) if text.len() == 36 && Uuid::try_parse(text).is_ok() => {
            found.push(format!("{path}: {text}"));
        }
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(at, item)| plain(item, &format!("{path}.{at}"), found)),
        Value::Object(fields) => fields
            .iter()
            .for_each(|(name, field)| plain(field, &format!("{path}.{name}"), found)),
        _ => {}
    }
}

#[track_caller]
fn shows_no_plain_id(document: &Value) {
    let mut found = Vec::new();
    plain(document, "", &mut found);
    found.truncate(5);
    assert!(found.is_empty(), "{found:?}");
}

fn reports(hub: &Hub) -> [Value; 2] {
    let ledger = hub.get("/_sim/v1/ledger?max=1000").expect(200).json();
    let diff = hub
        .get("/_sim/v1/sandboxes/default/diff")
        .expect(200)
        .json();
    [ledger, diff]
}

#[test]
fn a_lost_digit_pattern_has_the_id_that_its_reading_showed() {
    let hub = Hub::with_scenario("demo");
    let id = person_id(&hub, "full-admin", "joaquin.thornfield@quillhaven.example");
    let patterns = format!("/v1/telephony/config/people/{id}/outgoingPermission/digitPatterns");
    let pattern = json!({
        "name": "Premium", "pattern": "1900!", "action": "BLOCK", "transferEnabled": false,
    });
    hub.call("POST", &patterns, &pattern).expect(201);
    let shown = hub.get(&patterns).expect(200).json()["digitPatterns"].clone();
    let path = format!("/_hub/v1/organizations/me/users/{id}/licenses");
    let held = hub.get(&path).expect(200).json();
    let mut held = held["items"].as_array().unwrap().iter();
    let calling = held.find(|item| {
        item["assigned"] == true && item["name"].as_str().unwrap().starts_with("Webex Calling")
    });
    let remove = json!({"licenses": [
        {"id": calling.unwrap()["licenseId"], "operation": "remove"}
    ]});
    let outcome = hub.call("PATCH", &path, &remove).expect(200).json();
    let lost = outcome["lost"].as_array().unwrap().iter();
    let lost: Vec<&Value> = lost
        .filter(|lost| lost["family"] == "digitPatterns" && lost["before"].is_object())
        .map(|lost| &lost["before"])
        .collect();
    let known = shown
        .as_array()
        .unwrap()
        .iter()
        .map(|pattern| &pattern["id"]);
    assert!(!lost.is_empty());
    assert!(lost.iter().map(|lost| &lost["id"]).eq(known), "{lost:?}");
    shows_no_plain_id(&outcome);
    reports(&hub).iter().for_each(shows_no_plain_id);
}

#[test]
fn a_purge_is_told_with_the_ids_of_licences_that_are_gone() {
    let hub = Hub::with_scenario("demo");
    for event in ["cancel", "purge"] {
        let path = format!("/_sim/v1/subscriptions/Sub119911/{event}");
        hub.call("POST", &path, &json!({})).expect(200);
    }
    for report in reports(&hub) {
        shows_no_plain_id(&report);
        assert!(!report.to_string().contains("restoresTo"));
    }
    let ledger = hub.get("/_sim/v1/ledger?max=1000").expect(200).json();
    let items = ledger["items"].as_array().unwrap().iter();
    let organization = hub.get("/v1/organizations").expect(200).json()["items"][0]["id"].clone();
    let mut licenses = 0;
    for item in items {
        let changes = item["changes"].as_array().unwrap().iter();
        for change in changes.clone() {
            if change["kind"] == "licenseTemplate" {
                assert_eq!(item["holder"]["id"], organization);
            }
        }
        let fields = changes
            .filter_map(|change| change["fields"].as_array())
            .flatten();
        for field in fields.filter(|field| field["path"] == "licenses") {
            assert!(
                field["before"].is_array() && field["after"].is_array(),
                "{field}"
            );
            licenses += 1;
        }
    }
    assert!(licenses > 100, "{licenses}");
}
