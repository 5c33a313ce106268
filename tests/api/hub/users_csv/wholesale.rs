//! Rows and headers in the file of a wholesale customer that cannot be meant.

use serde_json::{Value, json};

use crate::hub::packages::{Bakery, HUB, KEY, MARGUERITE, PETRA, TEODOR, code, file};
use crate::support::Hub;

fn refused(bakery: &Bakery, text: &str, wanted: u32, words: &str) {
    let revision = bakery.hub.revision();
    let path = format!("{HUB}/users/csv/import?behavior=addAndRemove");
    let answer = bakery.upload(&path, text, &[]).expect(400);
    assert_eq!(code(&answer), wanted, "{}", answer.text);
    assert!(answer.text.contains(words), "{}", answer.text);
    assert_eq!(bakery.hub.revision(), revision);
}

/// Packages that the customer does not have, and those that no user has.
#[test]
fn columns_of_packages_that_nobody_can_have_refuse_the_file() {
    let bakery = Bakery::start();
    let agent = file(&[(KEY, PETRA), ("Webex AI Agent", "TRUE")]);
    refused(&bakery, &agent, 900_083, "webex_ai_agent");
    let common = file(&[(KEY, PETRA), ("Common Area Calling", "TRUE")]);
    refused(&bakery, &common, 900_083, "as a whole");
    let customers = "/v1/wholesale/customers";
    let partner = "partner-full-admin";
    let own = bakery
        .hub
        .send_as(partner, "GET", customers, &Value::Null)
        .json();
    let own = &own["items"][0];
    let (id, external) = (own["id"].as_str().unwrap(), &own["externalId"]);
    let fewer = json!({"externalId": external, "packages": ["webex_calling",
        "webex_calling_standard", "webex_suite", "webex_meetings", "webex_voice",
        "attendant_console", "common_area_calling", "cisco_calling_plan"]});
    let path = format!("{customers}/{id}");
    bakery
        .hub
        .send_as(partner, "PUT", &path, &fewer)
        .expect(202);
    let later = json!({"by": "PT1M"});
    bakery
        .hub
        .call("POST", "/_sim/v1/clock/advance", &later)
        .expect(200);
    let assist = file(&[(KEY, PETRA), ("Customer Assist", "FALSE")]);
    refused(&bakery, &assist, 900_083, "cx_essentials");
}

#[test]
fn cells_of_a_wholesale_row_that_say_nothing_known_fail_it() {
    let bakery = Bakery::start();
    let cases = [
        (("Jabber Calling", "perhaps"), 900_013, "Jabber Calling"),
        (("Webex Meetings", "WAHR"), 900_013, "spreadsheet"),
        (
            ("Preferred Webex Site", "a\u{7}b"),
            900_017,
            "Preferred Webex Site",
        ),
    ];
    for (cell, wanted, words) in cases {
        let row = bakery.edited(MARGUERITE, &[cell]);
        let imported = bakery.import("addAndRemove", &row);
        imported.fails(wanted, words);
    }
    let long = "x".repeat(300);
    let row = bakery.edited(MARGUERITE, &[("Preferred Webex Site", &long)]);
    bakery.import("addAndRemove", &row).fails(900_017, "256");
}

/// What goes with a package is kept with it, told, and gone with it.
#[test]
fn jabber_and_the_site_go_with_the_package() {
    let bakery = Bakery::start();
    let cells = [
        ("Jabber Calling", "TRUE"),
        ("Preferred Webex Site", "a.webex.com"),
    ];
    let imported = bakery.import("addAndRemove", &bakery.edited(MARGUERITE, &cells));
    let changed = imported.done()["changed"].to_string();
    for part in ["Jabber Calling", "a.webex.com"] {
        assert!(changed.contains(part), "{changed}");
    }
    assert!(
        bakery
            .edited(MARGUERITE, &[])
            .contains("TRUE,FALSE,a.webex.com")
    );
    let none = file(&[(KEY, PETRA), ("Jabber Calling", "TRUE")]);
    let imported = bakery.import("addAndRemove", &none);
    let warnings = imported.done()["warnings"].to_string();
    assert!(warnings.contains("the user has none"), "{warnings}");
}

/// Proves: PKG-20
#[test]
fn a_user_of_another_organisation_gets_no_package_by_a_file() {
    let bakery = Bakery::start();
    let stranger = "anselm.shoal@tidewater.example";
    let row = file(&[
        (KEY, stranger),
        ("Jabber Calling", "FALSE"),
        ("Jabber with Webex Teams", "FALSE"),
        ("Webex Meetings", "TRUE"),
    ]);
    let imported = bakery.import("addAndRemove", &row);
    assert_eq!(imported.task["failed"], 1);
    imported.by("PKG-20");
    assert_eq!(bakery.person(stranger), Value::Null);
}

/// A new user needs a package, which no template gives.
#[test]
fn a_new_user_without_a_package_is_refused() {
    let bakery = Bakery::start();
    let new = file(&[
        (KEY, "new@copperkettle.example"),
        ("First Name", "A"),
        ("Last Name", "B"),
    ]);
    let imported = bakery.import("addAndRemove", &new);
    imported.fails(900_015, "Webex Meetings");
    imported.by("PKG-02");
    assert_eq!(bakery.person("new@copperkettle.example"), Value::Null);
}

/// Proves: PKG-15, PKG-16
#[test]
fn limits_and_administrators_hold_in_a_file_too() {
    let bakery = Bakery::start();
    let owner = "wilhelmina.crust@copperkettle.example";
    let less = [("Webex Suite", "FALSE"), ("Webex Calling", "TRUE")];
    let imported = bakery.import("addAndRemove", &bakery.edited(owner, &less));
    imported.fails(900_084, "full administrator");
    let mut rows = String::new();
    for (index, extension) in ["2080", "2081", "2082", "2083"].into_iter().enumerate() {
        rows += &format!("f{index}@copperkettle.example,F,G,{extension},Ovens,FALSE,FALSE,TRUE\n");
    }
    let text = format!(
        "{KEY},First Name,Last Name,Extension,Location,Jabber Calling,Jabber with Webex Teams,\
         Webex Suite\n{rows}"
    );
    let imported = bakery.import("addAndRemove", &text);
    assert_eq!(imported.task["succeeded"], 3, "{}", imported.errors);
    imported.fails(900_001, "f3@copperkettle.example");
}

/// Who makes no administrators deletes none.
#[test]
fn an_administrator_of_users_deletes_no_administrator_by_a_file() {
    let bakery = Bakery::start();
    let roles = bakery.get("/v1/roles")["items"].clone();
    let roles = roles.as_array().unwrap();
    let role = |name: &str| {
        let found = roles
            .iter()
            .find(|it| it["name"].as_str().unwrap().contains(name));
        found.expect("the role")["id"].clone()
    };
    for (email, name) in [(TEODOR, "User and Device"), (MARGUERITE, "Read-only")] {
        let path = format!("{HUB}/users/{email}/administratorRoles");
        bakery
            .call("PUT", &path, &json!({"roles": [role(name)]}))
            .expect(200);
    }
    let packages = "Webex Calling,Webex Calling Standard,Webex Suite,Webex Voice,Webex Meetings,\
                    Customer Assist";
    let text = format!("{KEY},{packages}\n{MARGUERITE}{}\n", ",FALSE".repeat(6));
    let token = format!("Bearer user:{TEODOR}");
    let headers = [
        ("authorization", token.as_str()),
        ("content-type", "text/csv"),
    ];
    let path = format!("{HUB}/users/csv/import?behavior=addAndRemove");
    let task = bakery
        .hub
        .send_text("POST", &path, &headers, text)
        .expect(202);
    let imported = bakery.finished(&task.json());
    imported.fails(403, "only full administrators delete");
    assert_ne!(bakery.person(MARGUERITE), Value::Null);
}

/// A suspended wholesale subscription refuses TRUE as any other does.
///
/// Proves: CSV-15
#[test]
fn packages_of_a_suspended_subscription_refuse_the_file() {
    let bakery = Bakery::start();
    let all = bakery.get(&format!("{HUB}/subscriptions"))["items"].clone();
    let id = all[0]["id"].as_str().unwrap().to_owned();
    let path = format!("/_sim/v1/subscriptions/{id}/suspend");
    bakery.hub.call("POST", &path, &json!({})).expect(200);
    let export = bakery.export();
    assert!(export.contains("Webex Calling (Suspended)"), "{export}");
    refused(&bakery, &export, 900_008, "Webex Calling (Suspended)");
}

/// In any other organisation those columns are what they were.
#[test]
fn other_organisations_do_not_read_columns_of_wholesale() {
    let hub = Hub::start();
    let path = format!("{HUB}/users/csv/template");
    let template = hub.get(&path).expect(200).text;
    assert!(!template.contains("Jabber"), "{template}");
    let path = format!("{HUB}/users/csv/import?behavior=addAndRemove");
    let text = file(&[(KEY, "ada@harbour.example"), ("Jabber Calling", "TRUE")]);
    let task = hub.upload(&path, "text/csv", text).expect(202).json();
    assert!(
        task["warnings"].to_string().contains("not simulated"),
        "{task}"
    );
    hub.call("POST", "/_sim/v1/tasks/run", &Value::Null)
        .expect(200);
    let text = file(&[(KEY, "ada@harbour.example"), ("Preferred Webex Site", "x")]);
    let answer = hub.upload(&path, "text/csv", text).expect(400);
    assert_eq!(code(&answer), 900_009);
}
