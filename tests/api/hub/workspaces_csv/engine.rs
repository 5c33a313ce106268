//! What comes to workspace files by itself: plans, undo, losses, bounds, verification, faults.

use serde_json::{Value, json};

use crate::hub::firm::{Firm, Table};
use crate::hub::rooms::{ANN, NEW, OLD, row, start};

const IMPORT: &str = "/_hub/v1/organizations/me/workspaces/csv/import";

/// A file that takes Calling from the lobby and from the dock.
fn removals() -> Table {
    let mut table = row("WORKSPACE", "Lobby", &[(OLD, "FALSE")]);
    table
        .rows
        .push(row("WORKSPACE", "=Dock", &[(OLD, "FALSE")]).rows[0].clone());
    table
}

fn send(firm: &Firm, header: (&str, &str)) -> Value {
    let headers = [
        ("authorization", "Bearer full-admin"),
        ("content-type", "text/csv"),
        header,
    ];
    let sent = firm
        .hub
        .send_text("POST", IMPORT, &headers, removals().text());
    assert!(sent.status < 300, "{}", sent.text);
    sent.json()
}

#[test]
fn a_dry_run_tells_what_would_be_lost_and_nothing_is_done() {
    let firm = start();
    let revision = firm.world().revision;
    let plan = send(&firm, ("X-Sim-Dry-Run", "true"));
    assert_eq!(plan["totals"]["actions"], json!({"removed": 2}), "{plan}");
    let loss = plan["loss"].as_array().unwrap();
    assert!(
        loss.iter()
            .any(|it| it["family"] == "devices" && it["holder"]["name"] == "Lobby")
    );
    assert_eq!(firm.world().revision, revision);
    assert_eq!(firm.room("Lobby")["calling"]["type"], "webexCalling");
    let path = format!("/_sim/v1/plan/{}/apply", plan["id"].as_str().unwrap());
    firm.hub.call("POST", &path, &Value::Null).expect(202);
    assert_eq!(firm.held("Lobby"), Vec::<String>::new());
}

/// Proves: TASK-02
#[test]
fn a_limit_of_loss_stops_the_task_before_the_row_that_would_exceed_it() {
    let firm = start();
    let task = send(&firm, ("X-Sim-Max-Loss", "0"));
    let done = firm.finish(&task);
    assert_eq!(done.task["status"], "failed");
    assert_eq!(done.task["error"]["code"], "maxLoss");
    assert!(
        done.task["error"]["message"]
            .to_string()
            .contains("Lobby on line 2")
    );
    assert_eq!(
        (firm.held("Lobby"), firm.macs("Lobby").len()),
        (vec![OLD.to_owned()], 1)
    );
}

#[test]
fn undo_brings_back_phones_and_settings_and_takes_codes_away() {
    let firm = start();
    let cells = [("Device Type", "IP"), ("Model", "Cisco 8865")];
    let mut table = removals();
    table.header.extend(cells.map(|(name, _)| name.to_owned()));
    for row in &mut table.rows {
        row.extend([String::new(), String::new()]);
    }
    let mut person = vec![ANN.to_owned(), "USER".to_owned(), String::new()];
    person.extend(cells.map(|(_, cell)| cell.to_owned()));
    table.rows.push(person);
    let before = firm.rooms();
    let done = firm.import_rooms(&table);
    assert_eq!(
        done.actions(),
        ["removed", "removed", "assigned"],
        "{}",
        done.errors
    );
    let code = firm.codes(&done).rows[0][4].clone();
    firm.hub
        .call("POST", "/_sim/v1/undo", &Value::Null)
        .expect(200);
    assert_eq!(firm.rooms(), before);
    let online = json!({"activationCode": code});
    firm.hub
        .call("POST", "/_sim/v1/simulate/deviceOnline", &online)
        .expect(404);
    firm.hub
        .call("POST", "/_sim/v1/redo", &Value::Null)
        .expect(200);
    assert_eq!(firm.held("Lobby"), Vec::<String>::new());
    firm.hub
        .call("POST", "/_sim/v1/simulate/deviceOnline", &online)
        .expect(200);
}

#[test]
fn the_ledger_and_verify_know_the_workspace_and_the_rules_of_its_row() {
    let firm = start();
    let id = firm.room("Lobby")["id"].as_str().unwrap().to_owned();
    let done = firm.import_room("Lobby", &[(OLD, "FALSE"), (NEW, "TRUE")]);
    for rule in done.outcomes[0]["rules"].as_array().unwrap() {
        let path = format!(
            "/_sim/v1/ledger?holder={id}&rule={}",
            rule.as_str().unwrap()
        );
        let found = firm.hub.get(&path).expect(200).json();
        assert_eq!(found["items"].as_array().map(Vec::len), Some(1), "{rule}");
        assert_eq!(found["items"][0]["operation"], "importWorkspaces");
    }
    let expect = json!({"expect": [
        {"ledger": {"holder": id, "rule": "WS-04"}, "count": 1},
        {"ledger": {"holder": id, "rule": "LOSS-01"}, "count": 0},
    ]});
    let verdict = firm
        .hub
        .call("POST", "/_sim/v1/verify", &expect)
        .expect(200)
        .json();
    assert_eq!(verdict["verdict"], "passed", "{verdict}");
}

/// Proves: DEC-36, CSV-11
#[test]
fn one_bulk_change_of_licences_runs_at_a_time_for_users_and_workspaces_together() {
    let firm = start();
    firm.submit_rooms(&removals().text()).expect(202);
    let users = format!("User ID/Email (Required),Title\n{ANN},Clerk\n");
    for refused in [
        firm.submit("addOnly", &users),
        firm.submit_rooms(&removals().text()),
    ] {
        let text = refused.expect(409).text;
        assert!(
            text.contains("900005") && text.contains("workspaceImport"),
            "{text}"
        );
    }
    let body = json!({});
    firm.call("POST", "/workspaces/csv/export", &body)
        .expect(202);
    firm.run();
    let tasks = firm.get("/tasks").expect(200).json();
    let states = tasks["items"].as_array().unwrap().iter();
    let states: Vec<_> = states
        .map(|task| task["status"].as_str().unwrap())
        .collect();
    assert_eq!(
        states,
        ["completed", "completed"],
        "an export neither waits nor stops anything"
    );
}

#[test]
fn an_unfinished_import_goes_on_after_a_snapshot() {
    let firm = start();
    let task = firm.submit_rooms(&removals().text()).expect(202).json();
    firm.pass_through_a_snapshot();
    let done = firm.finish(&task);
    assert_eq!(done.actions(), ["removed", "removed"], "{}", done.errors);
}

#[test]
fn a_fault_on_a_workspace_strikes_its_dialog_and_one_on_the_import_starts_nothing() {
    let firm = start();
    let id = firm.room("Lobby")["id"].as_str().unwrap().to_owned();
    for matching in [
        json!({"holder": id}),
        json!({"operation": "importWorkspaces"}),
    ] {
        let rule = json!({"match": matching, "effect": {"status": 503}});
        firm.hub.call("POST", "/_sim/v1/faults", &rule).expect(201);
    }
    let dialog = format!("/workspaces/{id}/licenses");
    firm.get(&dialog).expect(503);
    firm.submit_rooms(&removals().text()).expect(503);
    let tasks = firm.get("/tasks?kind=workspaceImport").expect(200).json();
    assert_eq!(tasks["items"], json!([]));
}

/// Proves: ROLE-02, ROLE-03
#[test]
fn who_only_looks_downloads_the_sample_and_imports_nothing() {
    let firm = start();
    let base = "/_hub/v1/organizations/me/workspaces/csv";
    for (token, status) in [
        ("read-only-admin", 403),
        ("device-admin", 403),
        ("user-admin", 202),
    ] {
        let path = format!("{base}/template");
        firm.hub
            .send_as(token, "GET", &path, &Value::Null)
            .expect(200);
        let headers = [
            ("authorization", &*format!("Bearer {token}")),
            ("content-type", "text/csv"),
        ];
        let path = format!("{base}/import");
        let sent = firm
            .hub
            .send_text("POST", &path, &headers, removals().text());
        assert_eq!(sent.status, status, "{token}: {}", sent.text);
    }
}
