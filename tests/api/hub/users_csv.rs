//! Managing users by CSV.

mod files;
mod outcomes;
mod rows;
mod wholesale;

use hubsim::model::{License, Organization, spaces};
use serde_json::json;
use uuid::Uuid;

use super::firm::{CALLERS, DEE, Firm, KEY, NEW, OLD, Table};
use crate::support::put;

const ANN: &str = CALLERS[0];
/// People whom the firm does not know yet.
const EVE: &str = "eve@firm.example";
const FAY: &str = "fay@firm.example";
const NUMBER: &str = "Phone Number";

/// A firm that buys a service in some of its subscriptions.
fn selling(offer: &str, codes: &[&str]) -> Firm {
    Firm::with(|tx| {
        let organization = tx.list::<Organization>().next().unwrap().0;
        for code in codes {
            let found = tx.find(spaces::SUBSCRIPTION, Uuid::nil(), code);
            put::<License>(
                tx,
                json!({
                    "organization": organization, "subscription": found.unwrap(), "offer": offer,
                    "totalUnits": 5, "consumedByUsers": 0, "consumedByWorkspaces": 0,
                }),
            );
        }
    })
}

/// Proves: CSV-01, CSV-13
#[test]
fn an_export_holds_attributes_licences_or_both() {
    let firm = Firm::start();
    let table = firm.export();
    assert_eq!(
        table.header[..4],
        ["First Name", "Last Name", "Display Name", KEY]
    );
    assert_eq!(table.header[24..], [OLD, NEW]);
    assert_eq!(table.rows.len(), 5);
    assert_eq!(
        (table.cell(ANN, OLD), table.cell(ANN, NEW)),
        ("TRUE", "FALSE")
    );
    assert_eq!(table.cell(ANN, "Phone Number"), "+13125550100");
    assert_eq!(table.cell(ANN, "Title"), "'=1+1");
    let template = Table::read(&firm.get("/users/csv/template").expect(200).text);
    assert_eq!(
        (template.header, template.rows.len()),
        (table.header.clone(), 0)
    );
    let body = json!({"include": ["licenses"]});
    let task = firm
        .call("POST", "/users/csv/export", &body)
        .expect(202)
        .json();
    firm.run();
    let path = format!("/tasks/{}/result", task["id"].as_str().unwrap());
    let licenses = Table::read(&firm.get(&path).expect(200).text);
    assert_eq!(licenses.header.len(), 6);
}

/// Proves: CSV-06, DEC-34, DEC-35
#[test]
fn an_unchanged_export_changes_nothing_when_it_comes_back() {
    let firm = Firm::start();
    let table = firm.export();
    let before = firm.world();
    let done = firm.import("addAndRemove", &table);
    assert_eq!(done.task["status"], "completed", "{}", done.errors);
    assert!(done.actions().iter().all(|action| *action == "none"));
    let after = firm.world();
    assert_eq!(before.revision, after.revision);
    let changes = hubsim::world::diff::changes(&before, &after);
    assert!(
        changes
            .iter()
            .all(|change| change.after.as_ref().unwrap().is_bookkeeping())
    );
}

/// Proves: MOVE-08, CSV-10
#[test]
fn a_move_by_csv_keeps_every_setting() {
    let firm = Firm::start();
    let (person, forwarding) = (firm.person(ANN), firm.forwarding(ANN).text);
    let mut table = firm.export();
    table.move_over(ANN);
    let done = firm.import("addAndRemove", &table);
    assert_eq!(done.task["status"], "completed", "{}", done.errors);
    assert_eq!(done.count("swapped"), 1);
    assert_eq!(firm.forwarding(ANN).text, forwarding);
    let moved = firm.person(ANN);
    assert_eq!(moved["phoneNumbers"], person["phoneNumbers"]);
    assert_ne!(moved["licenses"], person["licenses"]);
    let export = firm.export();
    assert_eq!(
        (export.cell(ANN, OLD), export.cell(ANN, NEW)),
        ("FALSE", "TRUE")
    );
}

/// Proves: MOVE-09, MOVE-10, CSV-09, CSV-31, CSV-32
#[test]
fn with_add_services_only_a_move_fails_and_the_other_rows_are_done() {
    let firm = Firm::start();
    let mut table = firm.export();
    table.move_over(ANN);
    table.set(DEE, "Title", "Clerk");
    let done = firm.import("addOnly", &table);
    assert_eq!(done.task["status"], "completedWithErrors");
    assert_eq!(
        (&done.task["succeeded"], &done.task["failed"]),
        (&json!(4), &json!(1))
    );
    let mut errors = csv::Reader::from_reader(done.errors.as_bytes());
    assert_eq!(
        errors.headers().unwrap(),
        vec!["row", "user", "code", "reason"]
    );
    let row = errors.records().next().unwrap().unwrap();
    assert_eq!((&row[0], &row[1], &row[2]), ("3", ANN, "900004"));
    assert_eq!(firm.person(DEE)["title"], "Clerk");
    assert_eq!(firm.export().cell(ANN, OLD), "TRUE");
}

/// Proves: CSV-14, CSV-15, CSV-16
#[test]
fn an_untouched_export_is_refused_while_somebody_holds_a_suspended_licence() {
    let firm = Firm::start();
    firm.suspend("Sub119911");
    let mut table = firm.export();
    let suspended = format!("{OLD} (Suspended)");
    assert_eq!(table.cell(ANN, &suspended), "TRUE");
    let refused = firm
        .submit("addAndRemove", &table.text())
        .expect(400)
        .json();
    assert_eq!(refused["errors"][0]["errorCode"], 900_008);
    let text = refused["errors"][0]["description"].as_str().unwrap();
    assert!(
        text.contains(&suspended) && text.contains("3 rows, first on line 3"),
        "{text}"
    );
    let tasks = firm.get("/tasks?kind=userImport").expect(200).json();
    assert_eq!(tasks["items"], json!([]));
    for caller in CALLERS {
        table.move_over(caller);
    }
    let done = firm.import("addAndRemove", &table);
    assert_eq!(done.task["status"], "completed", "{}", done.errors);
    assert_eq!(done.count("swapped"), 3);
}

/// Proves: MOVE-13
#[test]
fn the_strict_edition_loses_everything_on_the_way_out_of_a_suspended_subscription() {
    let firm = Firm::start();
    firm.suspend("Sub119911");
    firm.quirk("csv_from_suspended", "lost");
    let suspended = format!("{OLD} (Suspended)");
    let done = firm.import_row(ANN, &[(&suspended, "FALSE"), (NEW, "TRUE")]);
    assert_eq!(done.task["status"], "completedWithErrors");
    assert_eq!(done.actions(), ["lost"]);
    assert!(!done.outcomes[0]["lost"].as_array().unwrap().is_empty());
    firm.forwarding(ANN).expect(400);
}

/// Proves: CSV-03, CSV-08, CSV-30, ADD-08, ADD-09
#[test]
fn an_unknown_address_is_a_new_person() {
    let firm = Firm::start();
    let mut table = firm.export();
    table.set(DEE, KEY, "dora@firm.example");
    let done = firm.import("addAndRemove", &table);
    assert_eq!(done.task["status"], "completed", "{}", done.errors);
    assert_eq!(done.task["welcomeEmails"], 1);
    let (dora, dee) = (firm.person("dora@firm.example"), firm.person(DEE));
    assert_eq!(
        (&dora["displayName"], &dora["invitePending"]),
        (&json!("Dee Desk"), &json!(true))
    );
    assert_eq!(dee["displayName"], "Dee Desk");
    let done = firm.import_row(EVE, &[]);
    assert_eq!(done.task["status"], "completed", "{}", done.errors);
    assert_eq!(firm.person(EVE)["displayName"], "eve");
}

/// Proves: CSV-04, CSV-19, DEC-32
#[test]
fn who_gets_calling_needs_a_location_and_a_number_or_an_extension() {
    let firm = Firm::start();
    for cell in [("Location", "Mill"), ("Extension", "300")] {
        let done = firm.import_row(EVE, &[(NEW, "TRUE"), cell]);
        assert_eq!(done.code(), 900_015, "{done:?}");
    }
    let full = [
        (NEW, "true"),
        ("Location", "mill"),
        ("Extension", "300"),
        ("Phone Number", "+13125550110"),
    ];
    let done = firm.import_row(EVE, &full);
    assert_eq!(done.actions(), ["assigned"], "{}", done.errors);
    assert_eq!(firm.person(EVE)["extension"], "300");
    firm.quirk("csv_blank_location", "default");
    let done = firm.import_row(FAY, &[(NEW, "TRUE"), ("Extension", "301")]);
    assert_eq!(done.actions(), ["assigned"], "{}", done.errors);
}

/// Proves: CSV-26
#[test]
fn what_the_directory_owns_is_not_changed_by_csv() {
    let firm = Firm::with(|tx| {
        let id = tx.list::<Organization>().next().unwrap().0;
        tx.update::<Organization>(id, |own| own.settings.directory_synchronized = true)
            .unwrap();
    });
    let done = firm.import_row(DEE, &[("Title", "Clerk")]);
    assert_eq!(done.code(), 900_019);
    let done = firm.import_row(DEE, &[("Title", "")]);
    assert_eq!(done.code(), 0);
}

/// Proves: CSV-24
#[test]
fn in_asia_pacific_the_names_of_the_caller_id_follow_the_person() {
    let firm = Firm::with(|tx| {
        let id = tx.list::<Organization>().next().unwrap().0;
        tx.update::<Organization>(id, |own| own.country = "JP".to_owned())
            .unwrap();
    });
    let cells = [
        ("First Name", "Anna"),
        ("Caller ID First Name", "Reception"),
    ];
    let done = firm.import_row(ANN, &cells);
    assert_eq!(done.task["status"], "completed", "{}", done.errors);
    let outcome = &done.outcomes[0];
    assert_eq!(outcome["rules"], json!(["CSV-24"]));
    assert!(done.warnings().contains("were not read"), "{outcome}");
    assert_eq!(firm.export().cell(ANN, "Caller ID First Name"), "Anna");
}
