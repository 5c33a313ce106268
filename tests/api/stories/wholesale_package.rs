//! *Wholesale administration in Partner Hub*: change a user's package.

use serde_json::{Value, json};

use crate::hub::packages::{Bakery, MARGUERITE, TEODOR};

/// Sign in to Partner Hub, open Customers, launch Control Hub, choose the user, open Package,
/// choose the new package, click Change.
///
/// Proves: PKG-01, PKG-13
#[test]
fn a_user_moves_from_webex_calling_to_webex_suite_and_keeps_everything() {
    let bakery = Bakery::start();
    let before = bakery.person(TEODOR);
    let voicemail = bakery.settings(TEODOR, "voicemail").expect(200).json();
    let outcome = bakery
        .package("PUT", TEODOR, &json!({"package": "webex_suite"}))
        .expect(200)
        .json();
    assert_eq!(outcome["action"], "swapped");
    assert_eq!(outcome["lost"], json!([]));
    let after = bakery.person(TEODOR);
    assert_ne!(after["licenses"], before["licenses"]);
    assert_eq!(after["phoneNumbers"], before["phoneNumbers"]);
    assert_eq!(after["extension"], before["extension"]);
    assert_eq!(
        bakery.settings(TEODOR, "voicemail").expect(200).json(),
        voicemail
    );
    assert_eq!(
        bakery.settings(TEODOR, "doNotDisturb").expect(200).json()["enabled"],
        true
    );
}

/// The other way round nothing of Calling is left.
#[test]
fn a_user_who_moves_to_webex_meetings_loses_what_calling_had() {
    let bakery = Bakery::start();
    let answer = bakery
        .package("PUT", TEODOR, &json!({"package": "webex_meetings"}))
        .expect(200);
    assert_ne!(answer.header("x-hubsim-explain"), "");
    let outcome = answer.json();
    assert_eq!(outcome["action"], "removed", "{outcome}");
    let lost = outcome["lost"].as_array().unwrap();
    assert!(
        lost.iter().any(|it| it["family"] == "doNotDisturb"),
        "{outcome}"
    );
    assert_eq!(outcome["freedNumbers"], json!(["+15035550132"]));
    bakery.settings(TEODOR, "doNotDisturb").expect(400);
}

/// Un-assign leaves a person without a package; assign gives one again.
#[test]
fn a_package_is_unassigned_and_assigned_again() {
    let bakery = Bakery::start();
    let outcome = bakery
        .package("DELETE", MARGUERITE, &Value::Null)
        .expect(200)
        .json();
    assert_eq!(outcome["action"], "removed");
    assert_eq!(bakery.person(MARGUERITE)["licenses"], json!([]));
    bakery
        .package("DELETE", MARGUERITE, &Value::Null)
        .expect(404);
    bakery
        .package("PUT", MARGUERITE, &json!({"package": "webex_meetings"}))
        .expect(200);
    assert_eq!(
        bakery.person(MARGUERITE)["licenses"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}
