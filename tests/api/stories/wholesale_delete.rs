//! *Wholesale administration in Partner Hub*: "To delete a user from the customer organization, set
//! all wholesale package columns to FALSE."

use serde_json::{Value, json};

use crate::hub::packages::{Bakery, HUB, KEY, MARGUERITE, PETRA, TEODOR, file};

const PACKAGES: [&str; 6] = [
    "Webex Calling",
    "Webex Calling Standard",
    "Webex Suite",
    "Webex Voice",
    "Webex Meetings",
    "Customer Assist",
];

/// A file in which all packages of somebody are FALSE.
fn deletes(email: &str) -> String {
    let packages = PACKAGES.map(|name| (name, "FALSE"));
    file(&[&[(KEY, email)], packages.as_slice()].concat())
}

fn is_there(bakery: &Bakery, email: &str) -> bool {
    bakery.person(email) != Value::Null
}

/// Proves: PKG-10
#[test]
fn a_user_whose_packages_are_all_false_is_deleted_with_everything() {
    let bakery = Bakery::start();
    let id = bakery.person(TEODOR)["id"].clone();
    let imported = bakery.import("addAndRemove", &deletes(TEODOR));
    let outcome = imported.done();
    imported.by("PKG-10");
    imported.by("LOSS-05");
    assert_eq!(outcome["holder"]["email"], TEODOR);
    assert!(!outcome["lost"].as_array().unwrap().is_empty());
    assert_eq!(outcome["freedNumbers"], json!(["+15035550132"]));
    assert!(!is_there(&bakery, TEODOR));
    let path = format!("/v1/people/{}", id.as_str().unwrap());
    bakery.call("GET", &path, &Value::Null).expect(404);
    let subscribers = format!("/v1/wholesale/subscribers?email={TEODOR}");
    let partner = "partner-full-admin";
    let left = bakery
        .hub
        .send_as(partner, "GET", &subscribers, &Value::Null);
    assert_eq!(left.expect(200).json()["items"], json!([]));
    // The unit and the number are free for somebody else.
    let place = json!({"locationId": bakery.location(), "phoneNumber": "+15035550132"});
    let next = json!({"package": "webex_calling", "properties": place});
    bakery.package("PUT", PETRA, &next).expect(200);
}

/// Somebody without a package goes in the same way; an export leaves those cells empty.
///
/// Proves: PKG-10
#[test]
fn a_user_without_a_package_is_deleted_by_saying_so_alone() {
    let bakery = Bakery::start();
    let untouched = bakery.edited(PETRA, &[]);
    assert!(
        !untouched
            .lines()
            .nth(1)
            .unwrap()
            .contains("FALSE,FALSE,FALSE,FALSE,FALSE,FALSE")
    );
    bakery.import("addAndRemove", &untouched).done();
    assert!(is_there(&bakery, PETRA));
    bakery.import("addAndRemove", &deletes(PETRA)).done();
    assert!(!is_there(&bakery, PETRA));
}

/// Proves: PKG-10
#[test]
fn what_is_not_said_in_full_deletes_nobody() {
    let bakery = Bakery::start();
    // FALSE is passed over with Add services only.
    bakery.import("addOnly", &deletes(MARGUERITE)).done();
    assert_eq!(bakery.licenses(MARGUERITE), ["Webex Meetings"]);
    // One column alone, or one that says nothing, is no deletion.
    let one = file(&[(KEY, MARGUERITE), ("Webex Meetings", "FALSE")]);
    let imported = bakery.import("addAndRemove", &one);
    imported.fails(900_015, "Webex Suite");
    imported.by("PKG-10");
    let other = file(&[(KEY, MARGUERITE), ("Webex Suite", "FALSE")]);
    bakery.import("addAndRemove", &other).done();
    let five = deletes(MARGUERITE).replace("FALSE,FALSE\n", "FALSE,\n");
    bakery
        .import("addAndRemove", &five)
        .fails(900_015, "Customer Assist");
    assert_eq!(bakery.licenses(MARGUERITE), ["Webex Meetings"]);
}

#[test]
fn nobody_is_deleted_by_a_mistyped_address_and_the_last_administrator_stays() {
    let bakery = Bakery::start();
    let revision = bakery.get("/v1/people")["items"].as_array().unwrap().len();
    let nobody = bakery.import("addAndRemove", &deletes("teodor.rie@copperkettle.example"));
    nobody.fails(404, "nobody to delete");
    let owner = bakery.import(
        "addAndRemove",
        &deletes("wilhelmina.crust@copperkettle.example"),
    );
    assert_eq!(owner.task["status"], "completedWithErrors");
    let people = bakery.get("/v1/people")["items"].as_array().unwrap().len();
    assert_eq!(people, revision);
}

/// A plan tells whom a file would delete and what would be lost, and a limit stops it.
#[test]
fn a_plan_tells_of_the_deletion_before_it_happens_and_a_limit_stops_it() {
    let bakery = Bakery::start();
    let path = format!("{HUB}/users/csv/import?behavior=addAndRemove");
    let revision = bakery.hub.revision();
    let dry = bakery.upload(&path, &deletes(TEODOR), &[("x-sim-dry-run", "true")]);
    let plan = dry.expect(200).json();
    assert!(!plan["loss"].as_array().unwrap().is_empty(), "{plan}");
    let deleted = plan["diff"]["deleted"].to_string();
    assert!(deleted.contains("Teodor Rye"), "{deleted}");
    assert_eq!(bakery.hub.revision(), revision);
    let limited = bakery.upload(&path, &deletes(TEODOR), &[("x-sim-max-loss", "0")]);
    let task = limited.expect(202).json();
    let imported = bakery.finished(&task);
    assert_eq!(imported.task["error"]["code"], "maxLoss");
    assert!(is_there(&bakery, TEODOR));
}

/// Undo brings a deleted user back with everything.
#[test]
fn undo_brings_a_deleted_user_back() {
    let bakery = Bakery::start();
    let before = bakery.person(TEODOR);
    bakery.import("addAndRemove", &deletes(TEODOR)).done();
    bakery
        .hub
        .call("POST", "/_sim/v1/undo", &Value::Null)
        .expect(200);
    assert_eq!(bakery.person(TEODOR), before);
    assert_eq!(bakery.licenses(TEODOR), ["Webex Calling"]);
}
