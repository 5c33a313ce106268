//! Workspaces in bulk: the file of Multiple Cisco IP Phones.

mod devices;
mod engine;
mod rows;

use hubsim::model::SubscriptionStatus;
use proptest::prelude::*;
use serde_json::json;

use super::rooms::{DESK, MAC, NEW, NEW_PROFESSIONAL, OLD, OLD_PROFESSIONAL, ONLY, row, start};

/// Proves: WS-02, DEC-34, DEC-71
#[test]
fn the_workspaces_are_downloaded_from_a_task_with_a_column_for_each_licence() {
    let firm = start();
    let task = firm.hub.upload(
        "/_hub/v1/organizations/me/workspaces/csv/export",
        "application/json",
        "",
    );
    let task = task.expect(202).json();
    assert_eq!(
        (&task["kind"], &task["percent"], &task["total"]),
        (&json!("workspaceExport"), &json!(0), &json!(7))
    );
    let table = firm.rooms();
    let header: Vec<&str> = table.header.iter().map(String::as_str).collect();
    assert_eq!(
        header[..10],
        [
            "Username",
            "Type",
            "Extension",
            "Phone Number",
            "Device Type",
            "Model",
            "MAC Address",
            "Location",
            "Calling Plan",
            "Workspace Subscription Update Only",
        ]
    );
    assert_eq!(
        header[10..],
        [OLD_PROFESSIONAL, OLD, NEW_PROFESSIONAL, NEW, DESK]
    );
    // A row for each phone, or one without; the name that looks like a formula is made harmless.
    let rows: Vec<String> = table.rows.iter().map(|row| row[..8].join("|")).collect();
    assert_eq!(
        rows,
        [
            "'=Dock|WORKSPACE|1108|||||Office",
            "Boardroom|WORKSPACE|1106|+15035550106|IP|Cisco 8865|D82E3E100106|Office",
            "Boardroom|WORKSPACE|1106|+15035550106|IP|Cisco 8832|D82E3E100107|Office",
            "Focus|WORKSPACE||||||Office",
            "Huddle|WORKSPACE|1110|||||Office",
            "Huddle|WORKSPACE|1110|||||Annex",
            "Lobby|WORKSPACE|1105|+15035550105|IP|Cisco 7841|D82E3E100105|Office",
            "Nowhere|WORKSPACE||||||",
        ]
    );
    assert_eq!(firm.held("Boardroom"), [OLD_PROFESSIONAL]);
    let tasks = firm.get("/tasks?kind=workspaceExport").expect(200).json();
    assert_eq!(tasks["items"][0]["status"], "completed");
}

/// Proves: WS-07
#[test]
fn a_sample_and_the_people_can_be_downloaded_instead() {
    let firm = start();
    let sample = firm.get("/workspaces/csv/template").expect(200).text;
    let table = firm.rooms();
    assert_eq!(sample.trim_end(), table.header.join(","));
    let people = firm.rooms_of("users");
    assert_eq!(people.header.len(), 10);
    let rows: Vec<String> = people.rows.iter().map(|row| row.join("|")).collect();
    assert_eq!(
        rows,
        ["ann.calls@rooms.example|USER|1103|+15035550103||||Office|FALSE|"]
    );
    let done = firm.import_rooms(&people);
    assert_eq!(done.actions(), ["none"], "{}", done.errors);
    let wrong = firm.call("POST", "/workspaces/csv/export", &json!({"of": "rooms"}));
    assert!(wrong.expect(400).text.contains("workspaceList"));
}

/// Proves: WS-15
#[test]
fn the_list_of_the_workspaces_page_says_what_calling_a_workspace_has() {
    let firm = start();
    let list = firm.rooms_of("workspaceList");
    let (name, calling) = (list.column("Workspace Name"), list.column("Calling"));
    let of = |wanted: &str| {
        let row = list.rows.iter().find(|row| row[name] == wanted);
        row.expect("a row")[calling].as_str()
    };
    assert_eq!(of("Lobby"), "Cisco Webex Calling Workspace");
    assert_eq!(
        of("Boardroom"),
        "Cisco Webex Calling Professional Workspace"
    );
    assert_eq!(of("Focus"), "");
    let refused = firm.submit_rooms(&list.text()).expect(400);
    assert!(refused.text.contains("900009"), "{}", refused.text);
}

/// Proves: WS-03
#[test]
fn the_subscription_alone_is_moved_and_the_device_columns_are_not_processed() {
    let firm = start();
    let (before, macs) = (firm.room("Lobby"), firm.macs("Lobby"));
    let id = before["id"].as_str().unwrap();
    let settings = format!("/v1/telephony/config/workspaces/{id}/doNotDisturb");
    let set = firm.hub.get(&settings).expect(200).text;
    let cells = [
        (OLD, "FALSE"),
        (NEW, "TRUE"),
        (ONLY, "TRUE"),
        (MAC, "no address"),
        ("Device Type", "IP"),
        ("Model", "Cisco 0"),
        ("Location", "no place"),
        ("Extension", "9"),
    ];
    let done = firm.import_room("lobby", &cells);
    assert_eq!(done.actions(), ["swapped"], "{}", done.errors);
    let outcome = &done.outcomes[0];
    assert_eq!(outcome["lost"], json!([]));
    let rules = outcome["rules"].to_string();
    assert!(
        rules.contains("WS-03") && rules.contains("WS-01"),
        "{rules}"
    );
    assert!(
        !rules.contains("MOVE-08") && !rules.contains("WS-04"),
        "{rules}"
    );
    assert_eq!(firm.held("Lobby"), [NEW]);
    assert_eq!(
        (firm.macs("Lobby"), firm.hub.get(&settings).expect(200).text),
        (macs, set)
    );
    let mut after = firm.room("Lobby");
    after["calling"]["webexCalling"]["licenses"] =
        before["calling"]["webexCalling"]["licenses"].clone();
    assert_eq!(after, before);
    // It gives no Calling to a workspace that has none, because its number is not read.
    let cells = [(NEW, "TRUE"), (ONLY, "TRUE"), ("Extension", "1190")];
    let done = firm.import_room("Focus", &cells);
    assert_eq!(done.code(), 900_015);
    assert!(done.message().contains(ONLY), "{}", done.message());
    let done = firm.import_room("Foccus", &cells);
    assert_eq!(done.code(), 900_020);
    assert!(
        done.message().contains("the nearest is \"Focus\""),
        "{}",
        done.message()
    );
}

/// Proves: WS-04, WS-05
#[test]
fn with_false_or_nothing_in_the_column_the_device_comes_with_the_subscription() {
    for only in [Some("FALSE"), Some(""), None] {
        let firm = start();
        let mut cells = vec![
            (OLD, "FALSE"),
            (NEW, "TRUE"),
            ("Device Type", "IP"),
            ("Model", "Cisco 8841"),
            (MAC, "d8:2e:3e:10:01:99"),
        ];
        cells.extend(only.map(|only| (ONLY, only)));
        let done = firm.import_room("=Dock", &cells);
        assert_eq!(done.actions(), ["swapped"], "{}", done.errors);
        assert_eq!(firm.held("=Dock"), [NEW]);
        assert_eq!(firm.macs("=Dock"), ["D82E3E100199"]);
        let outcome = &done.outcomes[0];
        let came = json!([{"family": "devices", "field": "D82E3E100199", "before": null,
            "after": "Cisco 8841"}]);
        assert_eq!(outcome["changed"], came);
        let rules = outcome["rules"].to_string();
        assert!(rules.contains("WS-04"), "{rules}");
        assert_eq!(rules.contains("WS-05"), only != Some("FALSE"), "{rules}");
    }
}

/// Proves: LOSS-01, CSV-10
#[test]
fn false_alone_takes_calling_away_with_everything_and_says_what_is_lost() {
    let firm = start();
    let mut table = firm.rooms();
    table.set("Lobby", OLD, "FALSE");
    let done = firm.import_rooms(&table);
    let outcome = done.outcomes.iter().find(|it| it["action"] == "removed");
    let outcome = outcome.expect("a removal");
    let lost = outcome["lost"].as_array().unwrap().iter();
    let lost: Vec<&str> = lost.map(|it| it["family"].as_str().unwrap()).collect();
    for family in ["numbers", "extension", "devices", "doNotDisturb"] {
        assert!(lost.contains(&family), "{lost:?}");
    }
    assert_eq!(outcome["freedNumbers"], json!(["+15035550105"]));
    assert_eq!((firm.held("Lobby"), firm.macs("Lobby")), (vec![], vec![]));
    assert_eq!(firm.room("Lobby")["calling"]["type"], "none");
}

/// Proves: CSV-15, CSV-16, CSV-14
#[test]
fn true_in_a_suspended_column_refuses_the_whole_file() {
    let firm = start();
    firm.suspend("Sub100001");
    let table = firm.rooms();
    let marked = format!("{OLD} (Suspended)");
    assert!(table.header.contains(&marked), "{:?}", table.header);
    let revision = firm.world().revision;
    let refused = firm.submit_rooms(&table.text()).expect(400);
    assert!(refused.text.contains("900008"), "{}", refused.text);
    assert!(
        refused.text.contains("is TRUE in 4 rows, first on line 2"),
        "{}",
        refused.text
    );
    assert_eq!(firm.world().revision, revision);
    // FALSE beside TRUE in the new one moves, or loses everything where the sandbox says so.
    let cells = [(OLD, "FALSE"), (NEW, "TRUE")];
    let done = firm.import_room("Lobby", &cells);
    assert_eq!(done.actions(), ["swapped"], "{}", done.errors);
    firm.quirk("csv_from_suspended", "lost");
    let done = firm.import_room("=Dock", &cells);
    assert_eq!(done.actions(), ["lost"]);
    assert_eq!(done.task["status"], "completedWithErrors");
    assert_eq!(firm.held("=Dock"), Vec::<String>::new());
}

/// Proves: DEC-12, DEC-29
#[test]
fn workspaces_of_a_cancelled_subscription_have_no_column_and_do_not_move() {
    let firm = start();
    firm.status("Sub100001", SubscriptionStatus::Cancelled);
    let table = firm.rooms();
    assert!(!table.header.iter().any(|name| name.contains("Sub100001")));
    let refused = firm.submit_rooms(&row("WORKSPACE", "Lobby", &[(OLD, "FALSE")]).text());
    assert!(refused.expect(403).text.contains("900007"));
    let done = firm.import_room("Lobby", &[(NEW, "TRUE")]);
    assert_eq!(done.code(), 900_007);
}

#[test]
fn a_file_that_is_not_for_workspaces_is_refused_with_what_it_is() {
    let firm = start();
    let revision = firm.world().revision;
    let users = "User ID/Email (Required),Title\nann.calls@rooms.example,Clerk\n";
    for (text, code, part) in [
        (users, "900009", "it is a user CSV"),
        ("Username\nLobby\n", "900015", "\\\"Type\\\" is missing"),
        (
            "Type,Model\nUSER,x\n",
            "900015",
            "\\\"Username\\\" is missing",
        ),
        (
            "Username,Type,Mac Adress\na,USER,\n",
            "900009",
            "nearest is \\\"MAC Address\\\"",
        ),
        (
            "Username,Type,type\na,USER,USER\n",
            "900016",
            "are the same",
        ),
        (
            "Username,Type,Webex Calling Workspace\na,USER,\n",
            "900009",
            "which subscription",
        ),
        (
            "Username,Type,Webex Teams [Sub100001]\na,USER,\n",
            "900009",
            "not known",
        ),
        ("Username;Type\nLobby;WORKSPACE\n", "900016", "semicolons"),
        ("", "900016", "empty"),
    ] {
        let refused = firm.submit_rooms(text).expect(400).text;
        assert!(
            refused.contains(code) && refused.contains(part),
            "{text}: {refused}"
        );
    }
    let rooms = firm.submit("addAndRemove", "Username,Type\nLobby,WORKSPACE\n");
    let refused = rooms.expect(400).text;
    assert!(refused.contains("it is a workspace file"), "{refused}");
    let path = "/_hub/v1/organizations/me/workspaces/csv/import?behavior=addOnly";
    let file = row("WORKSPACE", "Lobby", &[(OLD, "FALSE")]).text();
    let refused = firm.hub.upload(path, "text/csv", file).expect(400).text;
    assert!(refused.contains("honours FALSE"), "{refused}");
    assert_eq!(firm.world().revision, revision);
}

/// Proves: DEC-35
#[test]
fn an_unchanged_export_changes_nothing_when_it_comes_back() {
    let firm = start();
    let table = firm.rooms();
    let before = firm.world();
    let done = firm.import_rooms(&table);
    assert_eq!(done.task["status"], "completed", "{}", done.errors);
    assert!(done.actions().iter().all(|action| *action == "none"));
    assert!(
        done.outcomes
            .iter()
            .all(|it| it["rules"] == json!([]) && it["changed"] == json!([]))
    );
    assert_eq!(firm.world().revision, before.revision);
    assert_eq!(
        done.task["links"]["result"],
        json!(null),
        "no codes, no list"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Proves: DEC-34, DEC-35
    #[test]
    fn whatever_workspaces_there_are_come_back_unchanged(
        names in prop::collection::vec("[=+@'-]{0,2}[ -!$&-.0-;=?-Z]{1,12}é?", 1..5),
        phones in prop::collection::vec(0_u32..3, 5),
    ) {
        let firm = start();
        let office = firm.hub.location("Office");
        for (at, name) in names.iter().enumerate() {
            let calling = json!({"extension": format!("{}", 2000 + at)});
            let body = json!({
                "displayName": name, "locationId": office, "supportedDevices": "phones",
                "calling": {"type": "webexCalling", "webexCalling": calling},
            });
            let room = firm.hub.call("POST", "/v1/workspaces", &body);
            prop_assume!(room.status == 201);
            let room = room.json();
            for phone in 0..phones[at].min(1) {
                let mac = format!("0200000{at}000{phone}");
                let body = json!({"mac": mac, "model": "Cisco 8865", "workspaceId": room["id"]});
                firm.hub.call("POST", "/v1/devices", &body).expect(200);
            }
        }
        let before = firm.world().revision;
        let table = firm.rooms();
        let cell = &table.rows[0][0];
        prop_assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell:?}");
        let done = firm.import_rooms(&table);
        prop_assert_eq!(&done.task["status"], "completed", "{}", done.errors);
        prop_assert!(done.actions().iter().all(|action| *action == "none"));
        prop_assert_eq!(firm.world().revision, before);
    }
}
