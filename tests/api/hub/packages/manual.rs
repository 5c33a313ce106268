//! Users > Manage users > Manually add users, with a package.

use serde_json::{Value, json};

use super::{Bakery, HUB, MARGUERITE, PETRA};

const NELL: &str = "nell.bagel@copperkettle.example";

fn add(bakery: &Bakery, body: &Value) -> Vec<Value> {
    let path = format!("{HUB}/users/manual");
    let answer = bakery.call("POST", &path, body).expect(200);
    answer.json()["items"].as_array().unwrap().clone()
}

/// Up to 25 at once, each with its own number; whoever lacks one fails alone.
///
/// Proves: PKG-13, ADD-01
#[test]
fn people_are_added_with_a_package_and_whoever_lacks_its_number_fails_alone() {
    let bakery = Bakery::start();
    let place = json!({"locationId": bakery.location(), "extension": "2060"});
    let body = json!({"package": "webex_suite", "users": [
        {"email": NELL, "firstName": "Nell", "lastName": "Bagel", "properties": place},
        {"email": "otto@copperkettle.example"},
    ]});
    let items = add(&bakery, &body);
    assert_eq!(items[0]["status"], "added", "{items:?}");
    assert_eq!(items[1]["status"], "failed");
    assert_eq!(items[1]["error"]["code"], 900_015);
    let reason = items[1]["error"]["message"].as_str().unwrap();
    assert!(reason.contains("locationId"), "{reason}");
    assert_eq!(bakery.licenses(NELL), ["Webex Suite"]);
    assert_eq!(bakery.person(NELL)["extension"], "2060");
    let path = "/v1/wholesale/subscribers?email=";
    let partner = "partner-full-admin";
    let own = bakery
        .hub
        .send_as(partner, "GET", &format!("{path}{NELL}"), &Value::Null);
    assert_eq!(own.json()["items"][0]["package"], "webex_suite");
    assert_eq!(bakery.person("otto@copperkettle.example"), Value::Null);
}

/// Proves: PKG-02, ADD-04
#[test]
fn who_is_there_gets_a_first_package_and_never_another_one() {
    let bakery = Bakery::start();
    let users = json!([{"email": PETRA}, {"email": MARGUERITE}]);
    let items = add(
        &bakery,
        &json!({"package": "webex_meetings", "users": users}),
    );
    assert_eq!(items[0]["status"], "updated", "{items:?}");
    assert_eq!(bakery.licenses(PETRA), ["Webex Meetings"]);
    assert_eq!(items[1]["error"]["code"], 900_014);
    let reason = items[1]["error"]["message"].as_str().unwrap();
    assert!(reason.contains("personId}/package"), "{reason}");
}

/// Licences beside the package, and what is added to it.
#[test]
fn licences_and_additions_come_beside_the_package() {
    let bakery = Bakery::start();
    let place = json!({"locationId": bakery.location(), "extension": "2061"});
    let body = json!({"package": "webex_calling", "addOns": ["attendant_console"],
        "licenses": [{"id": "Basic Messaging"}], "users": [{"email": NELL, "properties": place}]});
    let items = add(&bakery, &body);
    assert_eq!(items[0]["status"], "added", "{items:?}");
    let held = bakery.licenses(NELL);
    for name in ["Webex Calling", "Attendant Console", "Basic Messaging"] {
        assert!(held.iter().any(|own| own == name), "{name}: {held:?}");
    }
}

#[test]
fn what_cannot_be_given_refuses_the_whole_manual_add() {
    let bakery = Bakery::start();
    let revision = bakery.hub.revision();
    let users = json!([{"email": NELL}]);
    let cases = [
        (
            json!({"users": users, "package": "common_area_calling"}),
            "no package of a subscriber",
        ),
        (
            json!({"users": users, "package": "webex_meetings", "addOns": ["attendant_console"]}),
            "900082",
        ),
        (
            json!({"users": users, "package": "webex_meetings", "addOns": ["webex_suite"]}),
            "900014",
        ),
        (
            json!({"users": users, "package": "cx_premium_agent"}),
            "900015",
        ),
        (
            json!({"users": users, "addOns": ["attendant_console"]}),
            "900015",
        ),
    ];
    for (body, part) in cases {
        let answer = bakery.call("POST", &format!("{HUB}/users/manual"), &body);
        let answer = answer.expect(400);
        assert!(answer.text.contains(part), "{part}: {}", answer.text);
    }
    assert_eq!(bakery.hub.revision(), revision);
}

/// Proves: PKG-12
#[test]
fn a_failure_leaves_the_new_user_inconsistent() {
    let bakery = Bakery::start();
    let rule = json!({"effect": {"backend": "wholesaleAttributeUpdate"}, "times": 1});
    bakery
        .hub
        .call("POST", "/_sim/v1/faults", &rule)
        .expect(201);
    let body = json!({"package": "webex_meetings", "users": [{"email": NELL}]});
    let items = add(&bakery, &body);
    assert_eq!(items[0]["status"], "failed", "{items:?}");
    assert_eq!(items[0]["error"]["code"], 900_080);
    assert_eq!(bakery.licenses(NELL), ["Webex Meetings"]);
    bakery.package("DELETE", NELL, &Value::Null).expect(200);
    bakery
        .package("PUT", NELL, &json!({"package": "webex_meetings"}))
        .expect(200);
}
