//! Files as a whole: their columns, what is refused before any task, and how they are sent.

use hubsim::model::SubscriptionStatus;
use serde_json::{Value, json};

use super::{ANN, selling};
use crate::hub::firm::{DEE, Firm, KEY, NEW, OLD, Table};

/// Proves: DEC-12, DEC-29
#[test]
fn licences_of_a_cancelled_subscription_have_no_columns() {
    let firm = Firm::start();
    firm.status("Sub121331", SubscriptionStatus::Cancelled);
    assert_eq!(firm.export().header.last().map(String::as_str), Some(OLD));
    let before = firm.world().revision;
    let table = Table::row_of(ANN, &[(NEW, "")]);
    let answer = firm.submit("addOnly", &table.text()).expect(403);
    let refused = answer.json();
    assert_eq!(refused["errors"][0]["errorCode"], 900_007);
    let text = refused["errors"][0]["description"].as_str().unwrap();
    assert!(text.contains("cancelled subscription"), "{text}");
    assert_eq!(firm.world().revision, before);
    let id = answer.header("trackingid");
    let told = firm
        .hub
        .get(&format!("/_sim/v1/explain/{id}"))
        .expect(200)
        .json();
    assert_eq!(told["rules"][0]["id"], "DEC-12");
    assert!(
        told["remedy"].as_str().unwrap().contains("/restore"),
        "{told}"
    );
}

/// Why a file with one column beside the key is refused.
fn refused(firm: &Firm, column: &str) -> String {
    let table = Table::row_of(DEE, &[(column, "")]);
    let answer = firm.submit("addOnly", &table.text()).expect(400).json();
    assert_eq!(answer["errors"][0]["errorCode"], 900_009, "{answer}");
    let text = answer["errors"][0]["description"].as_str();
    text.unwrap().to_owned()
}

/// Proves: CSV-27, DEC-28
#[test]
fn withdrawn_columns_are_accepted_with_a_warning() {
    let firm = Firm::start();
    let columns = [
        "UC Manager Profile",
        "uc manager profile [Sub119911]",
        "Calling Behavior",
        "Calling Behaviour[Sub119911]",
        "Calling Behavior UC Manager Profile",
        "Calling Behaviour UC Manager Profile",
        "Jabber Calling",
        "Customer Experience Essentials",
    ];
    for column in columns {
        let done = firm.import_row(DEE, &[(column, "TRUE"), ("Title", column)]);
        assert_eq!(done.task["status"], "completed", "{column}");
        let warning = done.task["warnings"][0].as_str().unwrap();
        assert!(
            warning.contains(column) && warning.contains("not read"),
            "{warning}"
        );
        assert_eq!(firm.person(DEE)["title"], column);
    }
}

/// Proves: CSV-28, CSV-13, DEC-28
#[test]
fn customer_assist_is_known_by_its_old_name() {
    let spellings = [
        "Customer Experience Essentials",
        "Customer Experience Essentials[Sub121331]",
        "customer experience essentials [Sub121331]",
        "Customer Experience - Essential",
    ];
    for column in spellings {
        let firm = selling("CXE", &["Sub121331"]);
        let cells = [(column, "TRUE"), ("Extension", "300"), ("Location", "Mill")];
        let done = firm.import_row(DEE, &cells);
        assert_eq!(done.actions(), ["assigned"], "{column}: {}", done.errors);
        assert_eq!(done.outcomes[0]["to"]["subscriptionId"], "Sub121331");
        let warning = done.task["warnings"].to_string();
        assert!(
            warning.contains("\\\"Customer Assist\\\" since May 2025"),
            "{warning}"
        );
    }
    let firm = selling("CXE", &["Sub119911", "Sub121331"]);
    let done = firm.import_row(DEE, &[("Customer Experience Essentials", "TRUE")]);
    assert_eq!(done.actions(), ["none"], "{}", done.errors);
    let warning = done.task["warnings"][0].as_str().unwrap();
    let both = "\"Customer Assist [Sub119911]\" or \"Customer Assist [Sub121331]\"";
    assert!(
        warning.contains("not read") && warning.contains(both),
        "{warning}"
    );
}

/// Proves: DEC-27
#[test]
fn a_column_that_is_nearly_right_is_refused_with_the_nearest() {
    let firm = selling("CXE", &["Sub121331"]);
    let cases = [
        ("UC Manager Profiles", "\"UC Manager Profile\""),
        ("Caling Behavior", "\"Calling Behavior\""),
        (
            "Customer Experience Essential",
            "\"Customer Experience Essentials\"",
        ),
        (
            "Customer Experience Essentials [Sub121332]",
            "Essentials [Sub121331]\"",
        ),
        (
            "Customer Assist [Sub12133]",
            "\"Customer Assist [Sub121331]\"",
        ),
        (
            "Webex Calling VAR Professional",
            "\"Webex Calling VAR Professional [Sub119911]\" or",
        ),
        ("Titel", "\"Title\""),
    ];
    for (column, nearest) in cases {
        let text = refused(&firm, column);
        assert!(text.contains(column) && text.contains(nearest), "{text}");
    }
    assert!(refused(&firm, "Favourite colour").ends_with("is not known."));
}

/// Proves: CSV-29
#[test]
fn no_column_makes_supervisors_or_administrators_of_contact_center() {
    let firm = Firm::start();
    let header = firm.export().header;
    assert!(
        header.iter().all(|name| !name.contains("Role")),
        "{header:?}"
    );
    for column in [
        "Webex Contact Center Supervisor",
        "Administrator Roles",
        "Roles",
    ] {
        refused(&firm, column);
    }
    assert_eq!(firm.person(DEE)["roles"], json!([]));
}

/// Proves: DEC-25, DEC-38
#[test]
fn a_row_is_named_by_the_line_on_which_it_starts() {
    let firm = Firm::start();
    for end in ["\n", "\r\n", "\r"] {
        let lines = [
            "User ID/Email (Required),Address street,Time zone",
            "dee@firm.example,\"1 Road",
            "Second floor",
            "Room 3\",",
            "ann@firm.example,,\"two",
            "lines\"",
            "nobody,,x",
        ];
        let text = lines.join(end);
        let done = firm.finish(&firm.submit("addOnly", &text).expect(202).json());
        assert_eq!(done.task["succeeded"], 1, "{}", done.errors);
        let errors: Vec<&str> = done.errors.lines().skip(1).collect();
        assert!(
            errors[0].starts_with("5,ann@firm.example,900017,"),
            "{errors:?}"
        );
        assert!(
            errors[0].contains("\"\"Time zone\"\": the cell has a line break"),
            "{errors:?}"
        );
        assert!(errors[1].starts_with("7,nobody,900017,"), "{errors:?}");
        let street = &firm.person(DEE)["addresses"][0]["streetAddress"];
        assert_eq!(street, "1 Road\nSecond floor\nRoom 3", "{end:?}");
        assert_eq!(
            firm.export().cell(DEE, "Address street"),
            street.as_str().unwrap()
        );
    }
}

/// Proves: DEC-33
#[test]
fn what_no_cell_can_hold_refuses_the_file_with_its_line() {
    let firm = Firm::start();
    let cases = [
        ("ab\"c", "Line 3: a quote stands within a cell"),
        (" \"abc\"", "Line 3: a quote stands within a cell"),
        (
            "\"ab\"c",
            "Line 3: something stands between a closing quote",
        ),
        ("\"abc", "The quote that opens on line 3 is never closed"),
        ("a\0c", "Line 3 contains a NUL byte"),
        (&"x".repeat(32_768), "column 2 of line 3 is longer than"),
    ];
    for (cell, part) in cases {
        let text = format!("{KEY},Title\n{ANN},Clerk\n{DEE},{cell}\n");
        let answer = firm.submit("addOnly", &text).expect(400).json();
        let error = &answer["errors"][0];
        assert_eq!(error["errorCode"], 900_016);
        assert!(
            error["description"].as_str().unwrap().contains(part),
            "{error}"
        );
    }
    assert_ne!(firm.person(ANN)["title"], "Clerk");
    let text = format!("{KEY},Title\n{DEE},\"Clerk \"\"ab\"\"\"\n");
    firm.finish(&firm.submit("addOnly", &text).expect(202).json());
    assert_eq!(firm.person(DEE)["title"], "Clerk \"ab\"");
}

/// Proves: DEC-25, DEC-30
#[test]
fn the_same_key_twice_fails_the_later_row() {
    let firm = Firm::start();
    let mut table = Table::row_of(DEE, &[("Title", "First")]);
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
    let refused = done.outcomes[1]["rules"].to_string();
    assert!(refused.contains("DEC-30"), "{refused}");
    // The row that failed did not decide about what the other one of the same commit changed.
    let ledger = firm.hub.get(&format!("/_sim/v1/ledger?holder={DEE}"));
    let items = ledger.expect(200).json()["items"].clone();
    assert_eq!(items[0]["operation"], "importUsers", "{items}");
    assert!(!items.to_string().contains("DEC-30"), "{items}");
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

const IMPORT: &str = "/_hub/v1/organizations/me/users/csv/import?behavior=addOnly";

/// A form of fields with a file that makes Dee somebody.
fn form(fields: &[(&str, &str)]) -> String {
    let part = |(name, title): &(&str, &str)| {
        format!(
            "--b\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"u.csv\"\r\n\
             Content-Type: text/csv\r\n\r\n{KEY},Title\r\n{DEE},{title}\r\n\r\n"
        )
    };
    format!("{}--b--\r\n", fields.iter().map(part).collect::<String>())
}

#[test]
fn a_file_comes_as_a_body_or_in_the_field_file_of_a_form() {
    let firm = Firm::start();
    let upload = |form: String| {
        let media_type = "multipart/form-data; boundary=b";
        firm.hub.upload(IMPORT, media_type, form)
    };
    let fields = [("other", "Boss"), ("file", "Clerk"), ("File", "Chief")];
    let task = upload(form(&fields)).expect(202).json();
    assert_eq!(firm.finish(&task).task["succeeded"], 1);
    assert_eq!(firm.person(DEE)["title"], "Clerk");
    let tasks = || {
        firm.get("/tasks").expect(200).json()["items"]
            .as_array()
            .unwrap()
            .len()
    };
    let refused = [
        (
            form(&[("upload", "Boss"), ("csv", "Boss")]),
            "field \"file\"; it has only \"upload\", \"csv\"",
        ),
        (form(&[]), "it has no field at all"),
        (
            form(&[("file", "Boss"), ("file", "Chief")]),
            "\"file\" twice",
        ),
        ("--b\r\n".to_owned(), "multipart body"),
    ];
    for (form, part) in refused {
        let answer = upload(form).expect(400).json();
        assert!(
            answer.to_string().replace("\\\"", "\"").contains(part),
            "{answer}"
        );
    }
    assert_eq!(tasks(), 1);
    firm.hub
        .upload(IMPORT, "application/json", "{}")
        .expect(415);
    let reader = firm
        .hub
        .send_as("read-only-admin", "POST", IMPORT, &Value::Null);
    reader.expect(403);
}

/// Proves: DEC-38, DEC-39
#[test]
fn a_line_break_in_a_text_is_a_blank_and_the_outcome_tells_what_the_row_wrote() {
    let firm = Firm::start();
    let text = "User ID/Email (Required),Title\ndee@firm.example,\"Head of\r\n  Optics\"\n";
    let done = firm.finish(&firm.submit("addOnly", text).expect(202).json());
    assert_eq!(done.task["succeeded"], 1, "{}", done.errors);
    assert_eq!(firm.person(DEE)["title"], "Head of Optics");
    let outcome = &done.outcomes[0];
    assert_eq!(
        outcome["warnings"],
        json!(["The line breaks in \"Title\" were read as blanks."])
    );
    let changed = &outcome["changed"][0];
    assert_eq!(changed["family"], "attributes");
    assert_eq!(changed["field"], "Title");
    assert_eq!(changed["after"], "Head of Optics");

    let again = firm.finish(&firm.submit("addOnly", text).expect(202).json());
    assert_eq!(again.outcomes[0]["changed"], json!([]));
    assert_eq!(again.outcomes[0]["warnings"], json!([]));
}
