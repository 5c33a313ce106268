//! The automatic licence template of the organisation.

use hubsim::model::{License, Person, PhoneNumber, SubscriptionStatus, spaces};
use hubsim::world::Tx;
use serde_json::{Value, json};
use uuid::Uuid;

use super::firm::{CALLERS, DEE, Done, Firm, KEY, NEW, OLD, Table};
use crate::support::put;

const ANN: &str = CALLERS[0];

/// A save for the people of today.
fn existing(licenses: &[&str], preserve: bool) -> Value {
    json!({
        "licenses": licenses, "applyScope": {"futureUsers": true, "existingUsers": true},
        "preserveLicenses": preserve, "acknowledgeDataLoss": !preserve,
    })
}

fn apply(firm: &Firm, body: &Value) -> Done {
    let task = firm
        .call("PUT", "/licenseTemplate", body)
        .expect(202)
        .json();
    assert_eq!(task["kind"], "templateApply");
    firm.finish(&task)
}

fn outcome<'a>(done: &'a Done, email: &str) -> &'a Value {
    let found = done
        .outcomes
        .iter()
        .find(|one| one["holder"]["email"] == email);
    found.expect("an outcome of this person")
}

/// Gives somebody without Calling a work number.
fn work_number(firm: &Firm, email: &str, number: &str) {
    let done = firm.import_row(email, &[("Phone Number", number)]);
    assert_eq!(done.task["status"], "completed", "{}", done.errors);
}

/// Proves: TMPL-01, TMPL-02, TMPL-03, TMPL-04, TMPL-08
#[test]
fn a_template_is_saved_read_and_deleted() {
    let firm = Firm::start();
    firm.get("/licenseTemplate").expect(404);
    let saved = firm
        .call("PUT", "/licenseTemplate", &json!({"licenses": [OLD]}))
        .expect(200)
        .json();
    assert_eq!(saved, firm.get("/licenseTemplate").expect(200).json());
    assert_eq!(
        saved["applyScope"],
        json!({"futureUsers": true, "existingUsers": false})
    );
    assert_eq!(
        (
            &saved["preserveLicenses"],
            saved["licenses"].as_array().unwrap().len()
        ),
        (&json!(true), 1)
    );
    apply(&firm, &saved_with_existing(&saved));
    let read = firm.get("/licenseTemplate").expect(200).json();
    assert_eq!(read["applyScope"]["existingUsers"], false);
    let body = json!({"licenses": [], "applyScope": {"futureUsers": false}});
    firm.call("PUT", "/licenseTemplate", &body).expect(400);
    firm.call(
        "PUT",
        "/licenseTemplate",
        &json!({"licenses": ["nonsense"]}),
    )
    .expect(400);
    firm.call("DELETE", "/licenseTemplate", &Value::Null)
        .expect(204);
    firm.call("DELETE", "/licenseTemplate", &Value::Null)
        .expect(404);
    assert_eq!(firm.export().cell(ANN, OLD), "TRUE");
}

/// What was read, sent back with the people of today in its scope.
fn saved_with_existing(saved: &Value) -> Value {
    let mut body = saved.clone();
    body["applyScope"]["existingUsers"] = json!(true);
    body
}

/// Proves: TMPL-07, LOSS-06
#[test]
fn a_loss_must_be_acknowledged() {
    let firm = Firm::start();
    let mut body = existing(&[NEW], false);
    body["acknowledgeDataLoss"] = json!(false);
    let refused = firm
        .call("PUT", "/licenseTemplate", &body)
        .expect(400)
        .json();
    assert_eq!(refused["errors"][0]["errorCode"], 900_003);
    firm.get("/licenseTemplate").expect(404);
}

/// Proves: MOVE-11
#[test]
fn without_preserving_people_move_from_an_active_subscription_and_keep_everything() {
    let firm = Firm::start();
    let forwarding = firm.forwarding(ANN).text;
    let done = apply(&firm, &existing(&[NEW], false));
    assert_eq!(outcome(&done, ANN)["action"], "swapped");
    assert_eq!(firm.forwarding(ANN).text, forwarding);
    let table = firm.export();
    assert_eq!(
        (table.cell(ANN, OLD), table.cell(ANN, NEW)),
        ("FALSE", "TRUE")
    );
}

/// Proves: MOVE-12, DEC-01, LOSS-01, LOSS-03
#[test]
fn the_trap_on_a_suspended_subscription_takes_everything_and_gives_nothing() {
    let firm = Firm::start();
    firm.suspend("Sub119911");
    let done = apply(&firm, &existing(&[NEW], false));
    assert_eq!(done.task["status"], "completedWithErrors");
    let ann = outcome(&done, ANN);
    assert_eq!(
        (&ann["action"], &ann["error"]["code"]),
        (&json!("lost"), &json!(900_002))
    );
    assert_eq!(ann["freedNumbers"], json!(["+13125550100"]));
    let families: Vec<&str> = ann["lost"]
        .as_array()
        .unwrap()
        .iter()
        .map(|lost| lost["family"].as_str().unwrap())
        .collect();
    assert!(
        families.contains(&"callForwarding") && families.contains(&"numbers"),
        "{families:?}"
    );
    firm.forwarding(ANN).expect(400);
    let table = firm.export();
    assert_eq!(table.cell(ANN, NEW), "FALSE");
    assert_eq!(table.cell(ANN, &format!("{OLD} (Suspended)")), "FALSE");
    assert!(
        done.errors.contains(&format!(",{ANN},900002,")),
        "{}",
        done.errors
    );
}

/// Proves: MOVE-14, TMPL-05, DEC-21
#[test]
fn with_preserving_people_keep_what_they_have() {
    let firm = Firm::start();
    let done = apply(&firm, &existing(&[NEW], true));
    let ann = outcome(&done, ANN);
    assert_eq!(
        (&ann["action"], &ann["error"]),
        (&json!("none"), &Value::Null)
    );
    assert!(!ann["warnings"].as_array().unwrap().is_empty());
    assert_eq!(firm.export().cell(ANN, OLD), "TRUE");
}

/// Proves: TMPL-14, TMPL-17, TMPL-18
#[test]
fn who_cannot_be_served_is_reported_and_served_once_the_number_is_right() {
    let firm = Firm::start();
    let done = apply(&firm, &existing(&[OLD], true));
    assert_eq!(outcome(&done, DEE)["error"]["code"], 900_029);
    let report = firm.get("/licenses/report").expect(200).json();
    let reported = report["items"].as_array().unwrap();
    let dee = reported
        .iter()
        .find(|item| item["email"] == DEE)
        .expect("Dee is reported");
    assert_eq!(dee["error"]["code"], 900_029);
    assert_eq!(firm.export().cell(DEE, OLD), "FALSE");
    work_number(&firm, DEE, "+13125550115");
    let done = apply(&firm, &existing(&[OLD], true));
    assert_eq!(outcome(&done, DEE)["action"], "assigned");
    let report = firm.get("/licenses/report").expect(200).json();
    assert!(!report.to_string().contains(DEE), "{report}");
}

/// Proves: MOVE-15, TMPL-09, TMPL-13, CSV-06
#[test]
fn new_people_of_a_csv_get_the_template_where_their_cells_are_empty() {
    let firm = Firm::start();
    firm.call("PUT", "/licenseTemplate", &json!({"licenses": [OLD]}))
        .expect(200);
    let number = |last: &str| format!("+131255501{last}");
    let table = Table {
        header: [KEY, "Phone Number", "Location", OLD, NEW]
            .map(str::to_owned)
            .to_vec(),
        rows: [
            ["blank@firm.example", &number("10"), "", "", ""],
            ["without@firm.example", &number("11"), "", "FALSE", ""],
            ["own@firm.example", &number("12"), "Mill", "", "TRUE"],
            ["none@firm.example", "", "", "", ""],
        ]
        .map(|row| row.map(str::to_owned).to_vec())
        .to_vec(),
    };
    let done = firm.import("addOnly", &table);
    assert_eq!(done.task["status"], "completed", "{}", done.errors);
    assert_eq!(done.actions(), ["assigned", "none", "assigned", "none"]);
    let export = firm.export();
    let held = |who: &str| {
        (
            export.cell(who, OLD) == "TRUE",
            export.cell(who, NEW) == "TRUE",
        )
    };
    assert_eq!(held("blank@firm.example"), (true, false));
    assert_eq!(held("without@firm.example"), (false, false));
    assert_eq!(held("own@firm.example"), (false, true));
    assert_eq!(held("none@firm.example"), (false, false));
    assert_eq!(export.cell("blank@firm.example", "Location"), "Mill");
}

/// Proves: DEC-36
#[test]
fn a_template_and_an_import_do_not_run_at_once() {
    let firm = Firm::start();
    firm.submit("addOnly", KEY).expect(202);
    let refused = firm
        .call("PUT", "/licenseTemplate", &existing(&[OLD], true))
        .expect(409)
        .json();
    assert_eq!(refused["errors"][0]["errorCode"], 900_005);
    firm.get("/licenseTemplate").expect(404);
}

/// Proves: TMPL-18, DEC-19, MOVE-06
#[test]
fn when_units_run_out_the_others_keep_what_they_have() {
    let firm = Firm::with(|tx| {
        let code = tx
            .find(spaces::SUBSCRIPTION, Uuid::nil(), "Sub121331")
            .unwrap();
        let id = tx
            .list::<License>()
            .find(|(_, one)| one.subscription == code)
            .unwrap()
            .0;
        tx.update::<License>(id, |one| one.total_units = 2).unwrap();
    });
    let done = apply(&firm, &existing(&[NEW], false));
    let actions = CALLERS.map(|email| outcome(&done, email)["action"].as_str().unwrap());
    assert_eq!(actions, ["swapped", "swapped", "failed"]);
    assert_eq!(outcome(&done, CALLERS[2])["error"]["code"], 900_001);
    let world = firm.world();
    let numbers = world
        .list::<PhoneNumber>()
        .filter(|(_, number)| number.owner.is_some());
    assert_eq!(numbers.count(), 3);
    let callers = world
        .list::<Person>()
        .filter(|(_, person)| person.calling.is_some());
    assert_eq!(callers.count(), 3);
    let left_over = &outcome(&done, CALLERS[2])["rules"];
    assert_eq!(left_over, &json!(["TMPL-18", "DEC-19"]));
    let cyd = reported(&firm, CALLERS[2]);
    assert_eq!(cyd["error"]["code"], 900_001, "{cyd}");
    assert_eq!(cyd["license"]["subscriptionId"], "Sub121331");
    assert_eq!(&cyd["rules"], left_over);
    for moved in &CALLERS[..2] {
        assert_eq!(reported(&firm, moved), Value::Null);
    }
}

/// What the report says of somebody.
fn reported(firm: &Firm, email: &str) -> Value {
    let report = firm.get("/licenses/report?max=1000").expect(200).json();
    let mut items = report["items"].as_array().unwrap().iter();
    let found = items.find(|item| item["email"] == email);
    found.cloned().unwrap_or_default()
}

/// Proves: TMPL-18, DEC-01
#[test]
fn who_is_stuck_on_a_suspended_licence_is_reported_until_the_template_preserves() {
    let firm = Firm::start();
    firm.quirk("suspended_template_outcome", "stuck");
    firm.suspend("Sub119911");
    apply(&firm, &existing(&[NEW], false));
    assert_eq!(reported(&firm, ANN)["error"]["code"], 900_002);
    // A save for future users alone asks nobody of today to give up anything.
    for scope in [true, false] {
        let mut body = existing(&[NEW], scope);
        body["applyScope"]["existingUsers"] = json!(scope);
        firm.call("PUT", "/licenseTemplate", &body);
        firm.run();
        assert_eq!(reported(&firm, ANN), Value::Null, "{scope}");
        assert_eq!(reported(&firm, DEE)["error"]["code"], 900_029);
    }
}

/// Adds messaging, free and paid, to both subscriptions of the firm.
fn sell_messaging(tx: &mut Tx) {
    let organization = tx.list::<License>().next().unwrap().1.organization;
    for code in ["Sub119911", "Sub121331"] {
        let subscription = tx.find(spaces::SUBSCRIPTION, Uuid::nil(), code).unwrap();
        for offer in ["FMS", "MS"] {
            put::<License>(
                tx,
                json!({
                    "organization": organization, "subscription": subscription, "offer": offer,
                    "totalUnits": 10, "consumedByUsers": 0, "consumedByWorkspaces": 0,
                }),
            );
        }
    }
}

/// Proves: DEC-12, TMPL-18
#[test]
fn who_holds_a_cancelled_licence_has_failed_and_what_else_came_is_named() {
    let old_teams = "Webex Teams [Sub119911]";
    let free = ("Basic Messaging [Sub119911]", "TRUE");
    // What Ann holds beside Calling, and how many licences the template brings all the same.
    let cases = [
        (vec![], 2),
        (vec![free], 1),
        (vec![free, (old_teams, "TRUE")], 0),
    ];
    for (held, count) in cases {
        let firm = Firm::with(sell_messaging);
        let given = firm.import_row(ANN, &held);
        assert_eq!(given.task["status"], "completed", "{}", given.errors);
        let number = firm.person(ANN)["phoneNumbers"].clone();
        firm.status("Sub119911", SubscriptionStatus::Cancelled);
        let done = apply(&firm, &existing(&[NEW, "Webex Teams [Sub121331]"], false));
        let ann = outcome(&done, ANN);
        assert_eq!(
            (&ann["action"], &ann["error"]["code"]),
            (&json!("failed"), &json!(900_007))
        );
        assert_eq!(
            ann["licensesAdded"].as_array().unwrap().len(),
            count,
            "{ann}"
        );
        for nothing in ["licensesRemoved", "lost", "freedNumbers"] {
            assert_eq!(ann[nothing], json!([]), "{nothing}");
        }
        let table = firm.export();
        assert_eq!(table.cell(ANN, NEW), "FALSE");
        assert_eq!(firm.person(ANN)["phoneNumbers"], number);
    }
}

/// Proves: CSV-32, DEC-25
#[test]
fn the_errors_of_a_template_have_no_line_of_a_file() {
    let firm = Firm::start();
    let done = apply(&firm, &existing(&[OLD], true));
    let mut errors = csv::Reader::from_reader(done.errors.as_bytes());
    assert_eq!(
        errors.headers().unwrap(),
        vec!["row", "user", "code", "reason"]
    );
    let rows: Vec<csv::StringRecord> = errors.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2);
    for (row, user) in rows.iter().zip(["admin@firm.example", DEE]) {
        assert_eq!((&row[0], &row[1], &row[2]), ("", user, "900029"));
    }
}
