//! *Wholesale administration in Partner Hub*: the two errors after which a package must be
//! un-assigned and assigned again.

use serde_json::{Value, json};

use crate::hub::packages::{Bakery, MARGUERITE, TEODOR};
use crate::support::Answer;

const SUBSCRIBERS: &str = "/v1/wholesale/subscribers";

fn break_once(bakery: &Bakery, backend: &str) {
    let rule = json!({"effect": {"backend": backend}, "times": 1});
    let faults = bakery.hub.call("POST", "/_sim/v1/faults", &rule);
    faults.expect(201);
}

fn change(bakery: &Bakery, package: &str) -> Answer {
    bakery.package("PUT", TEODOR, &json!({"package": package}))
}

fn subscriber(bakery: &Bakery) -> Value {
    let path = format!("{SUBSCRIBERS}?email={TEODOR}");
    let found = bakery
        .hub
        .send_as("partner-full-admin", "GET", &path, &Value::Null);
    found.expect(200).json()["items"][0].clone()
}

fn licenses(bakery: &Bakery) -> Value {
    bakery.person(TEODOR)["licenses"].clone()
}

#[track_caller]
fn says(answer: Answer, code: u32, text: &str) {
    let body = answer.expect(500).json();
    assert_eq!(body["errors"][0]["errorCode"], code, "{body}");
    assert_eq!(body["errors"][0]["description"], text);
}

/// Un-assign the package, then assign it again: it works.
fn heal(bakery: &Bakery) {
    bakery.package("DELETE", TEODOR, &Value::Null).expect(200);
    let number = json!({"locationId": bakery.location(), "extension": "2002"});
    let again = json!({"package": "webex_suite", "properties": number});
    bakery.package("PUT", TEODOR, &again).expect(200);
    let healed = subscriber(bakery);
    assert_eq!(healed["package"], "webex_suite");
    assert_eq!(healed.get("errors"), None);
    change(bakery, "webex_calling").expect(200);
}

/// The licence changed, the attributes did not, and nothing is rolled back.
///
/// Proves: PKG-12
#[test]
fn after_failed_attributes_the_licence_stays_changed_until_the_package_is_assigned_anew() {
    let bakery = Bakery::start();
    let before = licenses(&bakery);
    break_once(&bakery, "wholesaleAttributeUpdate");
    let told = "Unable to update user attributes; no rollback for the license change.";
    says(change(&bakery, "webex_suite"), 900_080, told);
    let after = licenses(&bakery);
    assert_ne!(after, before, "the licence change sticks");
    let inconsistent = subscriber(&bakery);
    assert_eq!(inconsistent["package"], "webex_calling");
    assert_eq!(inconsistent["errors"][0]["description"], told);
    // Nothing fails any more, and still every change is refused, over both interfaces.
    let revision = bakery.hub.revision();
    says(change(&bakery, "webex_suite"), 900_080, told);
    says(change(&bakery, "webex_meetings"), 900_080, told);
    let path = format!("{SUBSCRIBERS}/{}", inconsistent["id"].as_str().unwrap());
    let body = json!({"package": "webex_suite"});
    let put = bakery
        .hub
        .send_as("partner-full-admin", "PUT", &path, &body);
    says(put, 900_080, told);
    assert_eq!(bakery.hub.revision(), revision);
    assert_eq!(licenses(&bakery), after);
    heal(&bakery);
}

/// The licence itself could not be changed.
///
/// Proves: PKG-12
#[test]
fn after_a_failed_licence_nothing_changed_and_the_package_must_be_assigned_anew() {
    let bakery = Bakery::start();
    let before = licenses(&bakery);
    break_once(&bakery, "wholesaleLicenseUpdate");
    let told = "Unable to update the user license.";
    says(change(&bakery, "webex_suite"), 900_081, told);
    assert_eq!(licenses(&bakery), before);
    assert_eq!(subscriber(&bakery)["errors"][0]["errorCode"], 900_081);
    says(change(&bakery, "webex_suite"), 900_081, told);
    heal(&bakery);
}

/// A failure for one user leaves the others alone, and a plan is not disturbed by it.
#[test]
fn a_failure_for_one_user_strikes_nobody_else() {
    let bakery = Bakery::start();
    let rule =
        json!({"effect": {"backend": "wholesaleLicenseUpdate"}, "match": {"holder": MARGUERITE}});
    bakery
        .hub
        .call("POST", "/_sim/v1/faults", &rule)
        .expect(201);
    change(&bakery, "webex_suite").expect(200);
    let voice = json!({"package": "webex_voice"});
    let answer = bakery.package("PUT", MARGUERITE, &voice);
    says(answer, 900_081, "Unable to update the user license.");
}

/// A new subscriber whose licences fail is there, inconsistent, and can be removed and made anew.
///
/// Proves: PKG-12
#[test]
fn a_new_subscriber_is_left_inconsistent_too() {
    let bakery = Bakery::start();
    break_once(&bakery, "wholesaleLicenseUpdate");
    let customers = "/v1/wholesale/customers?externalId=CK-1001";
    let partner = "partner-full-admin";
    let customer = bakery
        .hub
        .send_as(partner, "GET", customers, &Value::Null)
        .json();
    let body = json!({
        "customerId": customer["items"][0]["id"], "email": "fenn@copperkettle.example",
        "package": "webex_meetings", "provisioningParameters": {},
    });
    let made = bakery.hub.send_as(partner, "POST", SUBSCRIBERS, &body);
    says(made, 900_081, "Unable to update the user license.");
    let path = format!("{SUBSCRIBERS}?email=fenn@copperkettle.example");
    let found = bakery
        .hub
        .send_as(partner, "GET", &path, &Value::Null)
        .json();
    assert_eq!(found["items"][0]["errors"][0]["errorCode"], 900_081);
    let own = format!(
        "{SUBSCRIBERS}/{}",
        found["items"][0]["id"].as_str().unwrap()
    );
    bakery
        .hub
        .send_as(partner, "DELETE", &own, &Value::Null)
        .expect(204);
    bakery
        .hub
        .send_as(partner, "POST", SUBSCRIBERS, &body)
        .expect(200);
}
