//! "Move Calling service from one subscription to another", workspaces with the CSV template (A2
//! and A3, last procedure), in the organisation that hubsim starts with.

use serde_json::{Value, json};

use crate::hub::firm::{Done, Firm, Table};
use crate::support::Hub;

/// The old contract, which ends, and its renewal.
const OLD: &str = "[Sub119911]";
const NEW: &str = "[Sub121331]";
const ONLY: &str = "Workspace Subscription Update Only";

fn quillhaven() -> Firm {
    let hub = Hub::with_scenario("demo");
    Firm { hub }
}

/// In the downloaded file, sets each current subscription to FALSE and its successor to TRUE, for
/// all workspaces.
fn to_the_renewal(table: &mut Table) {
    for at in 0..table.header.len() {
        let Some(name) = table.header[at].split(OLD).next().map(str::to_owned) else {
            continue;
        };
        let new = format!("{name}{NEW}");
        let Some(new) = table.header.iter().position(|header| *header == new) else {
            continue;
        };
        for row in table.rows.iter_mut().filter(|row| row[at] == "TRUE") {
            "FALSE".clone_into(&mut row[at]);
            "TRUE".clone_into(&mut row[new]);
        }
    }
}

/// Sets a column of every row.
fn set_all(table: &mut Table, column: &str, value: &str) {
    let column = table.column(column);
    for row in &mut table.rows {
        value.clone_into(&mut row[column]);
    }
}

/// Units that workspaces hold in a subscription.
fn held_by_workspaces(firm: &Firm, code: &str) -> i64 {
    let shown = firm
        .get(&format!("/subscriptions/{code}"))
        .expect(200)
        .json();
    let licenses = shown["licenses"].as_array().unwrap().iter();
    licenses
        .map(|license| license["consumedByWorkspaces"].as_i64().unwrap())
        .sum()
}

/// What a workspace has beside its licence: everything that must stay.
fn all_rooms(firm: &Firm) -> Vec<Value> {
    let mut rooms = firm
        .hub
        .pages("/v1/workspaces?includeDevices=true", "items");
    for room in &mut rooms {
        room["calling"]["webexCalling"]["licenses"] = Value::Null;
        let id = room["id"].as_str().unwrap();
        let path = format!("/v1/telephony/config/workspaces/{id}/callWaiting");
        let shown = firm.hub.get(&path);
        room["callWaiting"] = match shown.status {
            200 => shown.json(),
            refused => json!(refused),
        };
    }
    rooms
}

fn count(done: &Done, action: &str) -> usize {
    done.actions().iter().filter(|one| **one == action).count()
}

/// Proves: WS-02, WS-03
#[test]
fn all_workspaces_move_to_the_renewal_without_an_effect_on_calling() {
    let firm = quillhaven();
    let before = all_rooms(&firm);
    let held = held_by_workspaces(&firm, "Sub119911");
    let there = held_by_workspaces(&firm, "Sub121331");
    assert!(held > 0);

    // Devices > Add device > Multiple Cisco IP Phones > Workspaces in my organization > Download:
    // its progress is on the Tasks page.
    let task = firm
        .call("POST", "/workspaces/csv/export", &json!({}))
        .expect(202)
        .json();
    assert_eq!(task["status"], "queued");
    firm.run();
    let id = task["id"].as_str().unwrap();
    assert_eq!(
        firm.get(&format!("/tasks/{id}")).expect(200).json()["percent"],
        100
    );
    let mut table = Table::read(&firm.get(&format!("/tasks/{id}/result")).expect(200).text);

    // The current subscription FALSE, the new one TRUE, for all; nothing else is to change.
    to_the_renewal(&mut table);
    set_all(&mut table, ONLY, "TRUE");

    // Choose a file, Open, Submit.
    let done = firm.import_rooms(&table);
    assert_eq!(done.task["status"], "completed", "{}", done.errors);
    assert_eq!(i64::try_from(count(&done, "swapped")).unwrap(), held);
    assert!(
        done.outcomes
            .iter()
            .all(|outcome| outcome["lost"] == json!([]))
    );
    assert_eq!(held_by_workspaces(&firm, "Sub119911"), 0);
    assert_eq!(held_by_workspaces(&firm, "Sub121331"), there + held);
    assert_eq!(all_rooms(&firm), before);

    // The old contract may go now: nothing is lost by it in any room.
    let gone = "/_sim/v1/subscriptions/Sub119911/cancel";
    firm.hub.call("POST", gone, &Value::Null).expect(200);
    assert_eq!(all_rooms(&firm), before);
}

/// Proves: WS-04, WS-09
#[test]
fn with_false_the_new_phones_are_onboarded_in_the_same_file() {
    let firm = quillhaven();
    let mut table = firm.rooms();
    to_the_renewal(&mut table);
    set_all(&mut table, ONLY, "FALSE");
    let (lab, dock) = ("San Jose Test Lab", "San Jose Loading Dock");
    for room in [lab, dock] {
        table.set(room, "Device Type", "IP");
        table.set(room, "Model", "Cisco 8841");
    }
    table.set(dock, "MAC Address", "D82E3E100194");
    let done = firm.import_rooms(&table);
    assert_eq!(done.task["status"], "completed", "{}", done.errors);

    // The phone whose address was known is there; for the other one there is a code.
    assert_eq!(firm.macs(dock), ["D82E3E100194"]);
    let codes = firm.codes(&done);
    assert_eq!(codes.rows.len(), 1);
    assert_eq!(codes.rows[0][0], lab);
    let online = json!({"activationCode": codes.rows[0][4]});
    let path = "/_sim/v1/simulate/deviceOnline";
    firm.hub.call("POST", path, &online).expect(200);
    assert_eq!(firm.macs(lab).len(), 1);
}

/// Proves: CSV-16, CSV-15
#[test]
fn the_file_of_a_suspended_subscription_is_refused_until_its_cells_are_false() {
    let firm = quillhaven();
    let path = "/_sim/v1/subscriptions/Sub119911/suspend";
    firm.hub.call("POST", path, &Value::Null).expect(200);
    let table = firm.rooms();
    let refused = firm.submit_rooms(&table.text()).expect(400).text;
    assert!(refused.contains("[Sub119911] (Suspended)"), "{refused}");
    let mut table = table;
    for name in &mut table.header {
        *name = name.replace(" (Suspended)", "");
    }
    to_the_renewal(&mut table);
    let done = firm.import_rooms(&table);
    assert_eq!(done.task["status"], "completed", "{}", done.errors);
    assert_eq!(held_by_workspaces(&firm, "Sub119911"), 0);
}
