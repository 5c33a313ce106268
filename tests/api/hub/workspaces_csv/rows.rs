//! Rows of workspaces: numbers, locations, new workspaces, what fails.

use serde_json::json;

use crate::hub::rooms::{DESK, NEW, NEW_PROFESSIONAL, OLD, OLD_PROFESSIONAL, ONLY, row, start};

/// Cells, the code of the error, and a part of the sentence.
type Case = (&'static [(&'static str, &'static str)], u64, &'static str);

/// Rows of the lobby that fail.
const WRONG: &[Case] = &[
    (&[(NEW, "TRUE")], 900_004, "two Calling licenses"),
    (&[(NEW, "TRUE"), (OLD, "TRUE")], 900_004, "More than one"),
    (&[(NEW, "WAHR")], 900_013, "translated"),
    (
        &[(ONLY, "yes")],
        900_013,
        "Workspace Subscription Update Only",
    ),
    (&[("Location", "Annex")], 900_011, "it is \"Office\""),
    (&[("Location", "REMOVE")], 900_011, "REMOVE"),
    (&[("Phone Number", "15035550110")], 900_012, "no leading +"),
    (&[("Phone Number", "1.5035E+10")], 900_012, "shortened"),
    (
        &[("Phone Number", "+15035550106")],
        25_102,
        "in use by Boardroom",
    ),
    (
        &[("Phone Number", "REMOVE|+1503")],
        900_017,
        "it is \"+15035550105\"",
    ),
    (
        &[("Extension", "1106")],
        25_108,
        "in the location by Boardroom",
    ),
    (&[("Extension", "1")], 25_058, "Extension"),
    (&[("Extension", "11a5")], 25_058, "digits only"),
    (
        &[
            ("Phone Number", "REMOVE|+15035550105"),
            ("Extension", "REMOVE|1105"),
        ],
        900_015,
        "Webex Calling needs",
    ),
    (
        &[(OLD, "FALSE"), (DESK, "TRUE"), ("Extension", "1199")],
        25_409,
        "neither a phoneNumber",
    ),
];

/// Proves: WS-12, CSV-25, DEC-37
#[test]
fn a_row_that_cannot_be_meant_fails_with_its_reason_and_changes_nothing() {
    let firm = start();
    let revision = firm.world().revision;
    for (cells, code, part) in WRONG {
        let done = firm.import_room("Lobby", cells);
        assert_eq!(done.task["status"], "completedWithErrors", "{cells:?}");
        assert!(
            done.message().contains(part),
            "{cells:?}: {}",
            done.message()
        );
        if *code != 25_409 {
            assert_eq!(done.code(), *code, "{cells:?}: {}", done.message());
        }
        assert!(
            done.errors.starts_with("row,user,code,reason\n2,Lobby,"),
            "{}",
            done.errors
        );
        assert_eq!(firm.world().revision, revision, "{cells:?}");
    }
    for (kind, name, code, part) in [
        ("PERSON", "Lobby", 900_017, "neither USER nor WORKSPACE"),
        ("", "Lobby", 900_015, "write USER or WORKSPACE"),
        ("WORKSPACE", " ", 900_015, "\"Username\" is empty"),
        ("WORKSPACE", "Huddle", 900_020, "2 workspaces are named"),
    ] {
        let done = firm.import_rooms(&row(kind, name, &[(OLD, "FALSE")]));
        assert_eq!(done.code(), code, "{}", done.message());
        assert!(done.message().contains(part), "{}", done.message());
    }
    assert_eq!(firm.world().revision, revision);
}

/// Proves: DEC-39, CSV-20
#[test]
fn numbers_that_come_and_go_stand_in_the_outcome() {
    let firm = start();
    let done = firm.import_room("Lobby", &[("Phone Number", "+15035550111")]);
    assert_eq!(done.actions(), ["assigned"], "{}", done.errors);
    assert_eq!(done.outcomes[0]["freedNumbers"], json!(["+15035550105"]));
    let done = firm.import_room("Lobby", &[("Phone Number", "REMOVE|+15035550111")]);
    assert_eq!(done.actions(), ["removed"]);
    assert!(done.outcomes[0]["rules"].to_string().contains("CSV-20"));
    let cells = [(OLD, "FALSE"), (NEW, "TRUE"), ("Extension", "1198")];
    let done = firm.import_room("Lobby", &cells);
    assert_eq!(done.actions(), ["swapped"], "{}", done.errors);
    assert_eq!(done.outcomes[0]["changed"][0]["after"], "1198");
    let done = firm.import_room("Lobby", &[(NEW, "FALSE"), ("Extension", "1197")]);
    assert_eq!(done.actions(), ["removed"]);
    assert!(
        done.warnings().contains("takes Webex Calling away"),
        "{}",
        done.warnings()
    );
}

/// Proves: DEC-70
#[test]
fn location_or_extension_tells_workspaces_of_one_name_apart() {
    let firm = start();
    let done = firm.import_room(
        "Huddle",
        &[("Location", "annex"), (OLD, "FALSE"), (NEW, "TRUE")],
    );
    assert_eq!(done.actions(), ["swapped"], "{}", done.errors);
    let moved: Vec<String> = firm
        .rooms()
        .rows
        .iter()
        .filter(|row| row[0] == "Huddle")
        .map(|row| format!("{} {}", row[7], row[13]))
        .collect();
    assert_eq!(moved, ["Office FALSE", "Annex TRUE"]);
}

/// Proves: WS-10, DEC-70
#[test]
fn a_name_that_no_workspace_has_makes_one_with_the_oldest_suitable_licence() {
    let firm = start();
    let cells = [("Location", "Annex"), ("Extension", "1300")];
    let done = firm.import_room("Porch", &cells);
    assert_eq!(done.actions(), ["assigned"], "{}", done.errors);
    assert!(
        done.warnings().contains("a new one was created"),
        "{}",
        done.warnings()
    );
    assert_eq!(
        firm.held("Porch"),
        [OLD],
        "of the oldest subscription, made for workspaces"
    );
    let room = firm.room("Porch");
    assert_eq!(
        (&room["supportedDevices"], &room["calling"]["type"]),
        (&json!("phones"), &json!("webexCalling"))
    );
    // FALSE excludes, TRUE names.
    let cells = [("Location", "Annex"), ("Extension", "1301"), (OLD, "FALSE")];
    let done = firm.import_room("Yard", &cells);
    assert_eq!(done.actions(), ["assigned"], "{}", done.errors);
    assert_eq!(firm.held("Yard"), [OLD_PROFESSIONAL]);
    let cells = [
        ("Location", "Annex"),
        ("Extension", "1302"),
        (NEW_PROFESSIONAL, "TRUE"),
    ];
    firm.import_room("Gate", &cells);
    assert_eq!(firm.held("Gate"), [NEW_PROFESSIONAL]);
    // A name that was mistyped is told, and makes nothing.
    let revision = firm.world().revision;
    let done = firm.import_room("Lobyb", &[(OLD, "FALSE"), (NEW, "TRUE")]);
    assert_eq!(done.code(), 900_020);
    assert!(
        done.message().contains("the nearest is \"Lobby\""),
        "{}",
        done.message()
    );
    assert!(
        done.message().contains("A new one needs \"Location\""),
        "{}",
        done.message()
    );
    let mut table = firm.rooms();
    table.rows.retain(|row| row[0] == "Lobby");
    table.set("Lobby", "MAC Address", "");
    table.set("Lobby", "Username", "Loby");
    let done = firm.import_rooms(&table);
    assert_eq!(done.code(), 25_102, "{}", done.message());
    assert!(
        done.warnings().contains("read as a new one"),
        "{}",
        done.warnings()
    );
    assert_eq!(firm.world().revision, revision);
}

/// Proves: WS-14
#[test]
fn a_new_workspace_has_a_name_of_128_characters_at_most_and_none_of_some() {
    let firm = start();
    let cells = [("Location", "Annex"), ("Extension", "1300")];
    for name in ["A/B", "50%", "#1", "<x>", "a\\b", "a\"b", &"n".repeat(129)] {
        let done = firm.import_room(name, &cells);
        assert_eq!(done.actions(), ["failed"], "{name}");
        assert!(
            done.outcomes[0]["rules"].to_string().contains("WS-14"),
            "{}",
            done.errors
        );
    }
    let done = firm.import_room(&"n".repeat(128), &cells);
    assert_eq!(done.actions(), ["assigned"], "{}", done.errors);
}

/// Proves: WS-10
#[test]
fn a_workspace_without_calling_gets_it_by_true_or_by_a_number() {
    let firm = start();
    let done = firm.import_room("Focus", &[(NEW, "TRUE")]);
    assert_eq!(done.code(), 900_015, "{}", done.message());
    assert!(
        done.message().contains("\"Extension\""),
        "{}",
        done.message()
    );
    let done = firm.import_room("Nowhere", &[(NEW, "TRUE"), ("Extension", "1300")]);
    assert!(
        done.message().contains("needs \"Location\""),
        "{}",
        done.message()
    );
    let done = firm.import_room("Focus", &[(NEW, "TRUE"), ("Extension", "1300")]);
    assert_eq!(done.actions(), ["assigned"], "{}", done.errors);
    let cells = [("Location", "Annex"), ("Phone Number", "+15035550125")];
    let done = firm.import_room("Nowhere", &cells);
    assert_eq!(done.actions(), ["assigned"], "{}", done.errors);
    assert_eq!(firm.held("Nowhere"), [OLD]);
    assert_eq!(
        firm.room("Nowhere")["locationId"],
        json!(firm.hub.location("Annex"))
    );
    // A line of an export says FALSE everywhere, so a number alone cannot choose.
    let firm = start();
    let mut table = firm.rooms();
    table.set("Focus", "Extension", "1300");
    let done = firm.import_rooms(&table);
    assert!(
        done.errors.contains("the row says FALSE in each"),
        "{}",
        done.errors
    );
}

/// Proves: WS-16, DEC-43
#[test]
fn a_room_becomes_a_hot_desk_by_file_without_its_number() {
    let firm = start();
    let mut table = firm.rooms();
    table.rows.retain(|row| row[0] == "Lobby");
    table.set("Lobby", OLD, "FALSE");
    table.set("Lobby", DESK, "TRUE");
    let done = firm.import_rooms(&table);
    assert_eq!(done.actions(), ["swapped"], "{}", done.errors);
    assert!(done.outcomes[0]["lost"].to_string().contains("WS-16"));
    assert_eq!(firm.held("Lobby"), [DESK]);
    let done = firm.import_room("Lobby", &[("Extension", "1300")]);
    assert!(
        done.message().contains("hot desking only"),
        "{}",
        done.message()
    );
    let done = firm.import_room(
        "Lobby",
        &[(DESK, "FALSE"), (NEW, "TRUE"), ("Extension", "1300")],
    );
    assert_eq!(done.actions(), ["swapped"], "{}", done.errors);
    let cells = [("Location", "Annex"), (DESK, "TRUE")];
    let done = firm.import_room("Bench", &cells);
    assert_eq!(done.actions(), ["assigned"], "{}", done.errors);
}

/// Proves: DEC-35, DEC-70
#[test]
fn of_two_workspaces_of_a_name_a_blank_row_means_the_one_with_nothing() {
    let firm = start();
    firm.hub
        .call("POST", "/v1/workspaces", &json!({"displayName": "Huddle"}))
        .expect(201);
    let table = firm.rooms();
    let before = firm.world();
    let done = firm.import_rooms(&table);
    assert_eq!(done.task["status"], "completed", "{}", done.errors);
    assert_eq!(firm.world().revision, before.revision);
    // A file without those columns tells nothing, and a number that none of them has makes no more.
    let bare = format!("Username,Type,{NEW}\nHuddle,WORKSPACE,TRUE\n");
    let other = "Username,Type,Extension\nHuddle,WORKSPACE,1777\n".to_owned();
    for (file, said) in [(bare, "do not tell which"), (other, "none of them has")] {
        let path = "/_hub/v1/organizations/me/workspaces/csv/import";
        let task = firm.hub.upload(path, "text/csv", file).expect(202).json();
        firm.hub
            .call("POST", "/_sim/v1/tasks/run", &json!(null))
            .expect(200);
        let id = task["id"].as_str().expect("an id");
        let path = format!("/_hub/v1/organizations/me/tasks/{id}/errors");
        let errors = firm.hub.get(&path).expect(200).text;
        assert!(errors.contains("3 workspaces are named"), "{errors}");
        assert!(errors.contains(said), "{errors}");
    }
    assert_eq!(firm.world().revision, before.revision);
}
