//! Rows: what a cell may say, and what fails.

use serde_json::json;

use super::{ANN, FAY, NUMBER, selling};
use crate::hub::firm::{DEE, Firm, NEW, OLD};

/// Whose row, its other cell, the code of its error, and a part of the sentence.
type Case = (&'static str, [&'static str; 2], u64, &'static str);

const CALLER_ID: &str = "Caller ID Number";

/// Rows that fail for one cell.
const WRONG: &[Case] = &[
    (ANN, [NEW, "VRAI"], 900_013, "translated"),
    (ANN, [NEW, "yes"], 900_013, "neither TRUE nor FALSE"),
    (ANN, ["User Status", "Inactive"], 900_019, "User Status"),
    (
        ANN,
        ["Days since Last Service Accessed", "7"],
        900_019,
        "Days",
    ),
    (ANN, ["Location", "Quay"], 900_011, "Quay"),
    (ANN, ["Location", "REMOVE"], 900_011, "REMOVE"),
    (DEE, ["Location", "Mil"], 900_020, "\"Mill\""),
    (ANN, [NUMBER, "13125550110"], 900_012, "no leading +"),
    (DEE, [NUMBER, "13125550110"], 900_012, "no leading +"),
    (FAY, [NUMBER, "1 (312) 555-0110"], 900_012, "no leading +"),
    (ANN, [NUMBER, "1.3125E+10"], 900_012, "make the column text"),
    (
        ANN,
        [CALLER_ID, "1,3125E+10"],
        900_012,
        "make the column text",
    ),
    (DEE, [NUMBER, "1e10"], 900_012, "make the column text"),
    (
        ANN,
        [CALLER_ID, "13125550101"],
        900_012,
        "\"Caller ID Number\"",
    ),
    (ANN, [CALLER_ID, "+1 312 555 0101"], 900_017, "nothing else"),
    (
        ANN,
        [CALLER_ID, "REMOVE|+13125550100"],
        900_017,
        "Caller ID Number",
    ),
    (
        ANN,
        [CALLER_ID, "+4930123456"],
        900_017,
        "not a number of this org",
    ),
    (ANN, [NUMBER, "+1 312 555"], 900_017, "7 to 15 digits"),
    (ANN, [NUMBER, "1.5 Eur"], 900_017, "7 to 15 digits"),
    (ANN, [NUMBER, "+13125559999"], 25_102, "inventory"),
    (
        ANN,
        [NUMBER, "REMOVE|+1312"],
        900_017,
        "it is \"+13125550100\"",
    ),
    (ANN, [NUMBER, "REMOVE|"], 900_017, "nothing behind it"),
    (ANN, ["Extension", "remove| "], 900_017, "as in REMOVE|1234"),
    (
        ANN,
        ["Extension", "REMOVE|+13125550100"],
        900_017,
        "it is \"200\"",
    ),
    (
        DEE,
        [NUMBER, "REMOVE|+13125550100"],
        900_017,
        "there is none",
    ),
    (DEE, [NUMBER, "REMOVE|"], 900_017, "nothing behind it"),
    (FAY, ["Extension", "REMOVE|200"], 900_017, "there is none"),
    (ANN, ["Extension", "1"], 25_058, "Extension"),
    (ANN, ["Extension", "201"], 25_108, "already in use"),
    (ANN, ["First Name", "A/B"], 900_017, "none of"),
    (ANN, ["First Name", "André"], 900_017, "such as \"é\""),
    (
        ANN,
        ["Last Name", "An exceedingly long family name"],
        900_017,
        "30",
    ),
    (FAY, ["First Name", "Solo"], 900_015, "Last Name"),
    ("no address", ["Title", "x"], 900_017, "not an e-mail"),
    (" ", ["Title", "x"], 900_015, "empty"),
    (DEE, ["Caller ID First Name", "D"], 900_017, "caller ID"),
    (DEE, ["Preferred Language", "Klingon"], 900_017, "Klingon"),
    (
        DEE,
        ["Time zone", "two\nlines"],
        900_017,
        "write it on one line",
    ),
    (
        DEE,
        ["Preferred Language", "two\rlines"],
        900_017,
        "\"Preferred Language\"",
    ),
    (DEE, ["Title", "a\u{7}b"], 900_017, "control character"),
    (
        DEE,
        ["Address street", "a\tb"],
        900_017,
        "control character",
    ),
];

/// Proves: CSV-05, CSV-17, CSV-18, CSV-19, CSV-20, CSV-21, CSV-22, CSV-23, CSV-25, DEC-32, DEC-37
#[test]
fn a_row_that_cannot_be_meant_fails_with_its_reason() {
    let firm = Firm::start();
    let before = firm.world().revision;
    for (who, [column, cell], code, part) in WRONG {
        let done = firm.import_row(who, &[(column, cell)]);
        assert_eq!(
            done.code(),
            *code,
            "{who} {column} {cell:?}: {}",
            done.errors
        );
        let said = done.message();
        assert!(said.contains(part), "{who} {column} {cell:?}: {said}");
        assert_eq!(done.actions(), ["failed"]);
    }
    let done = firm.import_row(ANN, &[(OLD, "TRUE"), (NEW, "TRUE")]);
    assert_eq!(done.code(), 900_004, "{}", done.errors);
    let long = format!("{}@firm.example", "x".repeat(65));
    let done = firm.import_row(&long, &[]);
    assert!(done.message().contains("64"), "{}", done.message());
    assert_eq!(firm.world().revision, before);
}

/// Proves: CSV-07, CSV-20, CSV-21, DEC-26
#[test]
fn numbers_names_and_caller_id_follow_the_cells() {
    let firm = Firm::start();
    let cells = [
        ("phone number", "+13125550110"),
        ("Extension", "REMOVE|200"),
        ("Caller ID First Name", "Reception"),
        ("Address city", "Chicago"),
        ("Preferred Language", "German"),
        ("Manager", DEE),
        ("Title", "'=2+2"),
    ];
    let done = firm.import_row("ANN@firm.example", &cells);
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
    let done = firm.import_row(ANN, &[(NUMBER, "REMOVE|+13125550110")]);
    assert_eq!(done.code(), 900_015);
    let done = firm.import_row(DEE, &[(NUMBER, "+4930123456"), ("Location", "Quay")]);
    assert_eq!(done.task["status"], "completed", "{}", done.errors);
    let done = firm.import_row(DEE, &[("Location", "REMOVE")]);
    assert_eq!(done.task["status"], "completed", "{}", done.errors);
    assert_eq!(firm.export().cell(DEE, "Location"), "");
}

/// Proves: CSV-05, CSV-10, COMBO-07
#[test]
fn services_are_named_as_an_administrator_knows_them() {
    let firm = selling("CJPSTD", &["Sub119911", "Sub121331"]);
    let [old, new] =
        ["Sub119911", "Sub121331"].map(|code| format!("Webex Contact Center Standard [{code}]"));
    let done = firm.import_row(DEE, &[(&old, "TRUE"), (&new, "TRUE")]);
    assert_eq!(done.code(), 400_413);
    let said = done.message();
    assert!(
        said.contains("Contact Center") && !said.contains("Y2lz"),
        "{said}"
    );
    for (cell, action, rules) in [
        ("TRUE", "assigned", ["CC-07", "CSV-05"]),
        ("FALSE", "removed", ["CC-07", "CSV-10"]),
    ] {
        let done = firm.import_row(DEE, &[(&old, cell)]);
        let outcome = &done.outcomes[0];
        assert_eq!(
            (&outcome["action"], &outcome["rules"]),
            (&json!(action), &json!(rules))
        );
    }
}
