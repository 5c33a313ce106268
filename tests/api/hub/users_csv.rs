//! Managing users by CSV.

use hubsim::model::{Organization, SubscriptionStatus};
use serde_json::{Value, json};

use super::firm::{CALLERS, DEE, Firm, KEY, NEW, OLD, Table};

const ANN: &str = CALLERS[0];

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
    assert_eq!(
        done.actions()
            .iter()
            .filter(|action| **action == "swapped")
            .count(),
        1
    );
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
    assert_eq!(
        done.actions()
            .iter()
            .filter(|action| **action == "swapped")
            .count(),
        3
    );
}

/// Proves: MOVE-13
#[test]
fn the_strict_edition_loses_everything_on_the_way_out_of_a_suspended_subscription() {
    let firm = Firm::start();
    firm.suspend("Sub119911");
    firm.quirk("csv_from_suspended", "lost");
    let suspended = format!("{OLD} (Suspended)");
    let table = Table::of(&[(KEY, ANN), (&suspended, "FALSE"), (NEW, "TRUE")]);
    let done = firm.import("addAndRemove", &table);
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
    let done = firm.import("addOnly", &Table::of(&[(KEY, "eve@firm.example")]));
    assert_eq!(done.task["status"], "completed", "{}", done.errors);
    assert_eq!(firm.person("eve@firm.example")["displayName"], "eve");
}

/// Proves: CSV-04, CSV-19, DEC-32
#[test]
fn who_gets_calling_needs_a_location_and_a_number_or_an_extension() {
    let firm = Firm::start();
    let eve = (KEY, "eve@firm.example");
    let missing = [
        vec![eve, (NEW, "TRUE"), ("Location", "Mill")],
        vec![eve, (NEW, "TRUE"), ("Extension", "300")],
    ];
    for cells in missing {
        let done = firm.import("addOnly", &Table::of(&cells));
        assert_eq!(done.code(), 900_015, "{done:?}");
    }
    let full = [
        eve,
        (NEW, "true"),
        ("Location", "mill"),
        ("Extension", "300"),
        ("Phone Number", "+13125550110"),
    ];
    let done = firm.import("addOnly", &Table::of(&full));
    assert_eq!(done.actions(), ["assigned"], "{}", done.errors);
    assert_eq!(firm.person("eve@firm.example")["extension"], "300");
    firm.quirk("csv_blank_location", "default");
    let fay = [
        (KEY, "fay@firm.example"),
        (NEW, "TRUE"),
        ("Extension", "301"),
    ];
    let done = firm.import("addOnly", &Table::of(&fay));
    assert_eq!(done.actions(), ["assigned"], "{}", done.errors);
}

/// Cells of a row, the code of its error, and a part of the sentence.
type Case = (&'static [(&'static str, &'static str)], u64, &'static str);

/// Rows that fail.
const WRONG: &[Case] = &[
    (&[(KEY, ANN), (NEW, "VRAI")], 900_013, "translated"),
    (
        &[(KEY, ANN), (NEW, "yes")],
        900_013,
        "neither TRUE nor FALSE",
    ),
    (
        &[(KEY, ANN), ("User Status", "Inactive")],
        900_019,
        "User Status",
    ),
    (
        &[(KEY, ANN), ("Days since Last Service Accessed", "7")],
        900_019,
        "Days",
    ),
    (&[(KEY, ANN), ("Location", "Quay")], 900_011, "Quay"),
    (&[(KEY, ANN), ("Location", "REMOVE")], 900_011, "REMOVE"),
    (&[(KEY, DEE), ("Location", "Mil")], 900_020, "\"Mill\""),
    (
        &[(KEY, ANN), ("Phone Number", "13125550110")],
        900_012,
        "no leading +",
    ),
    (
        &[(KEY, ANN), ("Phone Number", "+1 312 555")],
        900_017,
        "7 to 15 digits",
    ),
    (
        &[(KEY, ANN), ("Phone Number", "+13125559999")],
        25_102,
        "inventory",
    ),
    (
        &[(KEY, ANN), ("Phone Number", "REMOVE|+1312")],
        900_017,
        "not there",
    ),
    (&[(KEY, ANN), ("Extension", "1")], 25_058, "Extension"),
    (
        &[(KEY, ANN), ("Extension", "201")],
        25_108,
        "already in use",
    ),
    (&[(KEY, ANN), ("First Name", "A/B")], 900_017, "none of"),
    (
        &[(KEY, ANN), ("Last Name", "An exceedingly long family name")],
        900_017,
        "30",
    ),
    (
        &[(KEY, "new@firm.example"), ("First Name", "Solo")],
        900_015,
        "Last Name",
    ),
    (&[(KEY, "no address")], 900_017, "not an e-mail"),
    (&[(KEY, " "), ("Title", "x")], 900_015, "empty"),
    (
        &[(KEY, ANN), (OLD, "TRUE"), (NEW, "TRUE")],
        900_004,
        "More than one",
    ),
    (
        &[(KEY, DEE), ("Caller ID First Name", "D")],
        900_017,
        "caller ID",
    ),
    (
        &[(KEY, DEE), ("Preferred Language", "Klingon")],
        900_017,
        "Klingon",
    ),
];

/// Proves: CSV-05, CSV-17, CSV-18, CSV-19, CSV-20, CSV-21, CSV-22, CSV-23, CSV-25, DEC-32, DEC-37
#[test]
fn a_row_that_cannot_be_meant_fails_with_its_reason() {
    let firm = Firm::start();
    let before = firm.world().revision;
    for (cells, code, part) in WRONG {
        let done = firm.import("addAndRemove", &Table::of(cells));
        assert_eq!(done.code(), *code, "{cells:?}: {}", done.errors);
        assert!(
            done.message().contains(part),
            "{cells:?}: {}",
            done.message()
        );
        assert_eq!(done.actions(), ["failed"]);
    }
    let long = format!("{}@firm.example", "x".repeat(65));
    let done = firm.import("addOnly", &Table::of(&[(KEY, &long)]));
    assert!(done.message().contains("64"), "{}", done.message());
    assert_eq!(firm.world().revision, before);
}

/// Proves: CSV-07, CSV-20, CSV-21, DEC-26
#[test]
fn numbers_names_and_caller_id_follow_the_cells() {
    let firm = Firm::start();
    let cells = [
        (KEY, "ANN@firm.example"),
        ("phone number", "+13125550110"),
        ("Extension", "REMOVE|200"),
        ("Caller ID First Name", "Reception"),
        ("Address city", "Chicago"),
        ("Preferred Language", "German"),
        ("Manager", DEE),
        ("Title", "'=2+2"),
    ];
    let done = firm.import("addOnly", &Table::of(&cells));
    assert_eq!(done.task["status"], "completed", "{}", done.errors);
    let table = firm.export();
    let cell = |name: &str| table.cell(ANN, name);
    assert_eq!(
        (cell("Phone Number"), cell("Extension")),
        ("+13125550110", "")
    );
    assert_eq!(
        (cell("Caller ID First Name"), cell("Address city")),
        ("Reception", "Chicago")
    );
    assert_eq!(
        (cell("Preferred Language"), cell("Manager")),
        ("German", DEE)
    );
    assert_eq!(firm.person(ANN)["title"], "=2+2");
    let cells = [(KEY, ANN), ("Phone Number", "REMOVE|+13125550110")];
    assert_eq!(firm.import("addOnly", &Table::of(&cells)).code(), 900_015);
    let cells = [
        (KEY, DEE),
        ("Phone Number", "+4930123456"),
        ("Location", "Quay"),
    ];
    let done = firm.import("addOnly", &Table::of(&cells));
    assert_eq!(done.task["status"], "completed", "{}", done.errors);
    let done = firm.import("addOnly", &Table::of(&[(KEY, DEE), ("Location", "REMOVE")]));
    assert_eq!(done.task["status"], "completed", "{}", done.errors);
    assert_eq!(firm.export().cell(DEE, "Location"), "");
}

/// Proves: CSV-26
#[test]
fn what_the_directory_owns_is_not_changed_by_csv() {
    let firm = Firm::with(|tx| {
        let id = tx.list::<Organization>().next().unwrap().0;
        tx.update::<Organization>(id, |own| own.settings.directory_synchronized = true)
            .unwrap();
    });
    let done = firm.import("addOnly", &Table::of(&[(KEY, DEE), ("Title", "Clerk")]));
    assert_eq!(done.code(), 900_019);
    let done = firm.import("addOnly", &Table::of(&[(KEY, DEE), ("Title", "")]));
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
        (KEY, ANN),
        ("First Name", "Anna"),
        ("Caller ID First Name", "Reception"),
    ];
    let done = firm.import("addOnly", &Table::of(&cells));
    assert_eq!(done.task["status"], "completed", "{}", done.errors);
    assert_eq!(firm.export().cell(ANN, "Caller ID First Name"), "Anna");
}

/// Proves: DEC-29
#[test]
fn licences_of_a_cancelled_subscription_have_no_columns() {
    let firm = Firm::start();
    firm.status("Sub121331", SubscriptionStatus::Cancelled);
    assert_eq!(firm.export().header.last().map(String::as_str), Some(OLD));
    let table = Table::of(&[(KEY, ANN), (NEW, "")]);
    let refused = firm.submit("addOnly", &table.text()).expect(400).json();
    assert_eq!(refused["errors"][0]["errorCode"], 900_009);
    let text = refused["errors"][0]["description"].as_str().unwrap();
    assert!(text.contains("cancelled subscription"), "{text}");
}

/// Proves: CSV-27, CSV-28, DEC-28
#[test]
fn withdrawn_columns_are_accepted_with_a_warning() {
    let firm = Firm::start();
    let cells = [
        (KEY, DEE),
        ("UC Manager Profile", "x"),
        ("Jabber Calling", "TRUE"),
    ];
    let done = firm.import("addOnly", &Table::of(&cells));
    assert_eq!(done.task["status"], "completed");
    assert_eq!(done.task["warnings"].as_array().unwrap().len(), 2);
}

/// Proves: DEC-25, DEC-30
#[test]
fn the_same_key_twice_fails_the_later_row() {
    let firm = Firm::start();
    let mut table = Table::of(&[(KEY, DEE), ("Title", "First")]);
    table
        .rows
        .push(vec![DEE.to_uppercase(), "Second".to_owned()]);
    let done = firm.import("addOnly", &table);
    assert!(
        done.errors.contains("3,DEE@FIRM.EXAMPLE,900018"),
        "{}",
        done.errors
    );
    assert_eq!(firm.person(DEE)["title"], "First");
}

/// Proves: CSV-02, DEC-27, DEC-31
#[test]
fn a_file_that_cannot_be_meant_makes_no_task() {
    let firm = Firm::start();
    let cases: &[(&str, u64)] = &[
        ("", 900_016),
        ("User ID/Email (Required);Title\nx;y\n", 900_016),
        ("Title\nx\n", 900_015),
        ("User ID/Email (Required),Titel\na@b.example,x\n", 900_009),
        (
            "User ID/Email (Required),Title,TITLE\na@b.example,x,y\n",
            900_016,
        ),
        (
            "User ID/Email (Required),Webex Calling VAR Professional\na@b.example,\n",
            900_009,
        ),
    ];
    for (text, code) in cases {
        let answer = firm.submit("addOnly", text).expect(400).json();
        assert_eq!(answer["errors"][0]["errorCode"], *code, "{text:?} {answer}");
    }
    let many = format!("{KEY}\n{}", "a@b.example\n".repeat(20_001));
    let answer = firm.submit("addOnly", &many).expect(400).json();
    assert_eq!(answer["errors"][0]["errorCode"], 900_010);
    for behavior in ["", "remove"] {
        firm.submit(behavior, KEY).expect(400);
    }
    assert_eq!(firm.get("/tasks").expect(200).json()["items"], json!([]));
    let done = firm.finish(&firm.submit("addOnly", KEY).expect(202).json());
    assert_eq!(
        (&done.task["total"], &done.task["percent"]),
        (&json!(0), &json!(100))
    );
}

#[test]
fn a_file_comes_as_a_body_or_in_a_form() {
    let firm = Firm::start();
    let path = "/_hub/v1/organizations/me/users/csv/import?behavior=addOnly";
    let form = format!(
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"u.csv\"\r\n\
         Content-Type: text/csv\r\n\r\n{KEY},Title\r\n{DEE},Clerk\r\n\r\n--b--\r\n"
    );
    let task = firm
        .hub
        .upload(path, "multipart/form-data; boundary=b", form)
        .expect(202)
        .json();
    assert_eq!(firm.finish(&task).task["succeeded"], 1);
    assert_eq!(firm.person(DEE)["title"], "Clerk");
    firm.hub.upload(path, "application/json", "{}").expect(415);
    let reader = firm
        .hub
        .send_as("read-only-admin", "POST", path, &Value::Null);
    reader.expect(403);
}
