//! What phones leave behind when they go: nothing that a snapshot could not be taken in with.

use serde_json::{Value, json};

use super::{bring, fetch, take};
use crate::support::Hub;

/// Proves: SUB-04
#[test]
fn a_phone_that_is_released_is_no_longer_chosen_and_a_code_waits_for_no_end() {
    let hub = Hub::with_scenario("demo");
    let trial = hub.find("/v1/licenses", "subscriptionId", "Sub122750");
    let trial = trial["id"].as_str().expect("an id");
    let path = format!("/v1/licenses/{trial}?includeAssignedTo=user&limit=1");
    let holders = hub.get(&path).expect(200).json();
    let holder = holders["users"][0]["id"].as_str().expect("an id");
    let phone = json!({"mac": "D82E3EEF4E5C", "model": "DMS Cisco 8865", "personId": holder});
    hub.call("POST", "/v1/devices", &phone).expect(200);
    let code = json!({"personId": holder, "model": "Cisco 8875"});
    hub.call("POST", "/v1/devices/activationCode", &code)
        .expect(200);
    let base = format!("/v1/telephony/config/people/{holder}");
    let path = format!("{base}/availablePreferredAnswerEndpoints");
    let known = hub.get(&path).expect(200).json();
    let device = known["endpoints"].as_array().expect("endpoints").iter();
    let device = device.clone().find(|it| it["type"] == "CALLING_DEVICE");
    let chosen = device.expect("the phone")["id"].clone();
    let answers = format!("{base}/answerSettings");
    let choice = json!({"preferredAnswerEndpointId": chosen, "autoAnswerEnabled": true});
    hub.call("PUT", &answers, &choice).expect(204);
    let subscription = "/_sim/v1/subscriptions/Sub122750";
    hub.call("POST", &format!("{subscription}/cancel"), &json!({}))
        .expect(200);
    // The numbers of a trial go after 15 days, and with them the phones.
    hub.call("POST", "/_sim/v1/clock/advance", &json!({"by": "P16D"}))
        .expect(200);
    let left = hub
        .get(&format!("/v1/devices?personId={holder}"))
        .expect(200);
    assert_eq!(left.json()["items"], json!([]));
    take(&hub, "released").expect(201);
    bring(&hub, "?name=again", &fetch(&hub, "released")).expect(201);
    let ledger = hub.pages("/_sim/v1/ledger", "items");
    let mut lost = ledger.iter().flat_map(|entry| entry["lost"].as_array());
    let is_told = lost.any(|lost| {
        let mut lost = lost.iter();
        lost.any(|one| one["field"] == "preferredAnswerEndpointId")
    });
    assert!(is_told, "{ledger:?}");
    hub.call("POST", &format!("{subscription}/restore"), &json!({}))
        .expect(200);
    let kept = hub.get(&answers).expect(200).json();
    assert_eq!(kept["preferredAnswerEndpointId"], Value::Null);
    assert_eq!(kept["autoAnswerEnabled"], true, "what else was set stays");
}
