//! The licence of a package comes and goes with the package alone.

use serde_json::{Value, json};

use super::{Bakery, HUB, MARGUERITE, PETRA, TEODOR, code};
use crate::support::Answer;

/// The id of a licence of the bakery.
fn license(bakery: &Bakery, name: &str) -> Value {
    let all = bakery.get("/v1/licenses")["items"].clone();
    let mut all = all.as_array().unwrap().iter();
    let found = all.find(|it| it["name"] == name);
    found.expect("the licence")["id"].clone()
}

fn id(bakery: &Bakery, email: &str) -> Value {
    bakery.person(email)["id"].clone()
}

#[track_caller]
fn refused(bakery: &Bakery, revision: u64, answer: Answer) {
    let answer = answer.expect(400);
    assert_eq!(code(&answer), 900_088, "{}", answer.text);
    assert!(answer.text.contains("webex_"), "{}", answer.text);
    let explain = answer.header("x-hubsim-explain").to_owned();
    let path = explain.split_once("/_sim").expect("an address").1;
    let told = bakery.hub.get(&format!("/_sim{path}")).expect(200);
    assert!(told.text.contains("personId}/package"), "{}", told.text);
    assert_eq!(bakery.hub.revision(), revision);
}

/// Proves: DEC-75
#[test]
fn edit_licences_and_the_public_api_neither_give_nor_take_the_licence_of_a_package() {
    let bakery = Bakery::start();
    let (calling, suite) = (
        license(&bakery, "Webex Calling"),
        license(&bakery, "Webex Suite"),
    );
    let revision = bakery.hub.revision();
    let add = json!({"id": suite, "operation": "add"});
    let remove = json!({"id": calling, "operation": "remove"});
    for licenses in [json!([add]), json!([remove]), json!([add, remove])] {
        let dialog = format!("{HUB}/users/{TEODOR}/licenses");
        let body = json!({"licenses": licenses});
        refused(&bakery, revision, bakery.call("PATCH", &dialog, &body));
        let body = json!({"personId": id(&bakery, TEODOR), "licenses": licenses});
        refused(
            &bakery,
            revision,
            bakery.call("PATCH", "/v1/licenses/users", &body),
        );
    }
}

/// Proves: DEC-75
#[test]
fn people_are_written_with_the_licence_of_their_package_and_not_without() {
    let bakery = Bakery::start();
    let person = bakery.person(TEODOR);
    let own = format!("/v1/people/{}", person["id"].as_str().unwrap());
    // What was read can be sent back.
    let same =
        json!({"emails": [TEODOR], "displayName": "Teo Rye", "licenses": person["licenses"]});
    bakery.call("PUT", &own, &same).expect(200);
    assert_eq!(bakery.licenses(TEODOR), ["Webex Calling"]);
    let revision = bakery.hub.revision();
    let mut less = same.clone();
    less["licenses"] = json!([]);
    refused(&bakery, revision, bakery.call("PUT", &own, &less));
    let more = json!({"emails": ["new@copperkettle.example"], "displayName": "New",
        "licenses": [license(&bakery, "Webex Meetings")]});
    refused(&bakery, revision, bakery.call("POST", "/v1/people", &more));
}

/// Proves: DEC-75
#[test]
fn neither_manual_add_nor_a_template_gives_the_licence_of_a_package() {
    let bakery = Bakery::start();
    let meetings = license(&bakery, "Webex Meetings");
    let revision = bakery.hub.revision();
    let body = json!({"licenses": [meetings], "applyScope": {"futureUsers": true}});
    let path = format!("{HUB}/licenseTemplate");
    refused(&bakery, revision, bakery.call("PUT", &path, &body));
    let body = json!({"users": [{"email": "new@copperkettle.example"}],
        "licenses": [{"id": meetings}]});
    let path = format!("{HUB}/users/manual");
    let items = bakery.call("POST", &path, &body).expect(200).json();
    assert_eq!(items["items"][0]["error"]["code"], 900_088, "{items}");
    assert_eq!(bakery.hub.revision(), revision);
}

/// A template that takes away what it does not name takes no package away.
///
/// Proves: DEC-75
#[test]
fn a_template_that_preserves_nothing_leaves_packages_alone() {
    let bakery = Bakery::start();
    let body = json!({"licenses": [license(&bakery, "Basic Messaging")],
        "applyScope": {"futureUsers": true, "existingUsers": true},
        "preserveLicenses": false, "acknowledgeDataLoss": true});
    let task = bakery.call("PUT", &format!("{HUB}/licenseTemplate"), &body);
    let imported = bakery.finished(&task.expect(202).json());
    assert_eq!(imported.task["status"], "completed", "{}", imported.errors);
    assert_eq!(
        bakery.licenses(TEODOR),
        ["Webex Calling", "Basic Messaging"]
    );
    assert_eq!(
        bakery.licenses(MARGUERITE),
        ["Webex Meetings", "Basic Messaging"]
    );
}

/// The number of somebody's Calling, and licences of no package, are changed as anywhere.
#[test]
fn what_is_no_package_is_changed_as_anywhere() {
    let bakery = Bakery::start();
    let calling = license(&bakery, "Webex Calling");
    let renumber = json!({"personId": id(&bakery, TEODOR), "licenses": [{"id": calling,
        "operation": "add", "properties": {"locationId": bakery.location(),
            "phoneNumber": "+15035550132", "extension": "2099"}}]});
    bakery
        .call("PATCH", "/v1/licenses/users", &renumber)
        .expect(200);
    assert_eq!(bakery.person(TEODOR)["extension"], "2099");
    let basic = json!({"licenses": [{"id": license(&bakery, "Basic Messaging"),
        "operation": "add"}]});
    let path = format!("{HUB}/users/{PETRA}/licenses");
    bakery.call("PATCH", &path, &basic).expect(200);
    assert_eq!(bakery.licenses(PETRA), ["Basic Messaging"]);
}

/// A scenario says `packages`, not the licence of one.
#[test]
fn a_scenario_names_packages_and_not_their_licences() {
    let bakery = Bakery::start();
    let text = bakery
        .hub
        .get("/_sim/v1/scenarios/partner")
        .expect(200)
        .text;
    let wrong = text.replace(
        "title: Trainee}",
        "title: Trainee, licenses: [Webex Meetings]}",
    );
    assert_ne!(wrong, text);
    let path = "/_sim/v1/scenarios/check";
    let answer = bakery.hub.upload(path, "application/yaml", wrong);
    let checked = answer.expect(200).json();
    assert_eq!(checked["valid"], false);
    let errors = checked["errors"].to_string();
    assert!(errors.contains("webex_meetings"), "{errors}");
    assert!(errors.contains("licenses"), "{errors}");
}
