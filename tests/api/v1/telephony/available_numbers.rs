//! The `availableNumbers` lists.

use serde_json::Value;

use crate::support::Hub;

fn list(hub: &Hub, path: &str) -> Vec<Value> {
    hub.pages(&format!("/v1/telephony/config/{path}"), "phoneNumbers")
}

fn person(hub: &Hub, name: &str) -> String {
    let person = hub.find("/v1/people", "displayName", name);
    person["id"].as_str().expect("an id").to_owned()
}

#[test]
fn free_numbers_have_no_owner_and_are_no_main_number() {
    let hub = Hub::with_scenario("minimal");
    let (kofi, location) = (person(&hub, "Kofi Lindqvist"), hub.location("Pebblebrook"));
    for path in [
        "people/primary/availableNumbers".to_owned(),
        format!("people/primary/availableNumbers?locationId={location}"),
        "workspaces/availableNumbers".to_owned(),
        format!("people/{kofi}/secondary/availableNumbers?max=5"),
        format!("people/{kofi}/faxMessage/availableNumbers"),
    ] {
        let numbers = list(&hub, &path);
        assert_eq!(numbers.len(), 17, "{path}");
        assert!(
            numbers
                .iter()
                .all(|it| it["owner"].is_null() && it["isMainNumber"] == false)
        );
        assert!(numbers.iter().all(|it| it["tollFreeNumber"].is_null()));
    }
}

#[test]
fn numbers_to_forward_to_have_an_owner() {
    let hub = Hub::with_scenario("minimal");
    let kofi = person(&hub, "Kofi Lindqvist");
    for purpose in ["callForwarding", "callIntercept", "emergencyCallbackNumber"] {
        let path = format!("people/{kofi}/{purpose}/availableNumbers");
        let numbers = list(&hub, &path);
        assert_eq!(numbers.len(), 2, "{path}");
        assert_eq!(numbers[0]["owner"]["lastName"], "Netherwood");
        // The document has no extensions among those for emergency calls.
        let has_extensions = purpose != "emergencyCallbackNumber";
        let extension = has_extensions.then_some("1101");
        assert_eq!(numbers[0]["extension"].as_str(), extension, "{path}");
        let named = list(&hub, &format!("{path}?ownerName=abigail"));
        assert_eq!(named, numbers[..1]);
        let wanted = list(&hub, &format!("{path}?phoneNumber=%2B15035550102,%2B1999"));
        assert_eq!(wanted, numbers[1..]);
    }
}

#[test]
fn every_number_of_a_location_may_become_its_main_number() {
    let hub = Hub::with_scenario("minimal");
    let path = format!("locations/{}/availableNumbers", hub.location("Pebblebrook"));
    let numbers = list(&hub, &path);
    assert_eq!(numbers.len(), 20);
    assert_eq!(numbers[0]["isMainNumber"], true);
}

#[test]
fn who_has_no_calling_has_no_numbers_to_choose_from() {
    let hub = Hub::with_scenario("minimal");
    let vikram = person(&hub, "Vikram Fontaine");
    let base = "/v1/telephony/config";
    let refused = hub.get(&format!(
        "{base}/people/{vikram}/secondary/availableNumbers"
    ));
    assert_eq!(refused.expect(400).json()["errors"][0]["errorCode"], 4008);
    hub.get(&format!("{base}/people/nobody/faxMessage/availableNumbers"))
        .expect(404);
    hub.get(&format!(
        "{base}/workspaces/nothing/secondary/availableNumbers"
    ))
    .expect(404);
    hub.get(&format!(
        "{base}/people/primary/availableNumbers?licenseType=Free"
    ))
    .expect(400);
    hub.get(&format!(
        "{base}/people/primary/availableNumbers?locationId=x"
    ))
    .expect(400);
}
