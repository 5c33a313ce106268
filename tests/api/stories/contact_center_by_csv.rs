//! "Add Contact Center users", by CSV (A5, second half).

use serde_json::{Value, json};

use crate::support::{Hub, synchronize};

const HUB: &str = "/_hub/v1/organizations/me";
const KEY: &str = "User ID/Email (Required)";
const COLUMNS: &str = "Webex Contact Center Standard,Webex Contact Center Premium";

fn import(hub: &Hub, behavior: &str, rows: &str) -> Value {
    let path = format!("{HUB}/users/csv/import?behavior={behavior}");
    let file = format!("{KEY},{COLUMNS}\n{rows}");
    let task = hub.upload(&path, "text/csv", file).expect(202).json();
    hub.call("POST", "/_sim/v1/tasks/run", &Value::Null)
        .expect(200);
    let id = task["id"].as_str().unwrap();
    hub.get(&format!("{HUB}/tasks/{id}")).expect(200).json()
}

fn users(hub: &Hub) -> Vec<Value> {
    let page = hub.get(&format!("{HUB}/contactCenter/users")).expect(200);
    page.json()["items"].as_array().unwrap().clone()
}

fn user(hub: &Hub, name: &str) -> Value {
    let found = users(hub)
        .into_iter()
        .find(|user| user["email"].as_str().unwrap().starts_with(name));
    found.unwrap_or_default()
}

/// Proves: CC-01, CC-02, CC-03, CC-07, CSV-29
#[test]
fn agents_come_and_go_by_a_file_and_contact_center_is_told_after_it() {
    let hub = Hub::with_scenario("contact-center");

    // Export to download the file: both columns are there.
    let export = hub
        .call("POST", &format!("{HUB}/users/csv/export"), &json!({}))
        .expect(202);
    hub.call("POST", "/_sim/v1/tasks/run", &Value::Null)
        .expect(200);
    let id = export.json()["id"].as_str().unwrap().to_owned();
    let file = hub
        .get(&format!("{HUB}/tasks/{id}/result"))
        .expect(200)
        .text;
    assert!(file.lines().next().unwrap().contains(COLUMNS), "{file}");

    // Standard TRUE makes a Standard agent, Premium TRUE a Premium user with the role agent.
    let rows = "callum.redfern@lanternfish.example,TRUE,\n\
                yuki.marchetti@lanternfish.example,,TRUE\n";
    assert_eq!(import(&hub, "addOnly", rows)["status"], "completed");
    assert_eq!(user(&hub, "callum")["licenseType"], "standard");
    let yuki = user(&hub, "yuki");
    assert_eq!(
        (&yuki["licenseType"], &yuki["roles"]),
        (&json!("premium"), &json!(["agent"]))
    );

    // FALSE in both removes the licence, with Add and remove services alone.
    let rows = "beatrix.olander@lanternfish.example,FALSE,FALSE\n";
    import(&hub, "addOnly", rows);
    assert_eq!(user(&hub, "beatrix")["licenseType"], "standard");
    import(&hub, "addAndRemove", rows);
    assert_eq!(user(&hub, "beatrix"), Value::Null);

    // TRUE in both fails the row; a move from Standard to Premium is one row.
    let both = import(
        &hub,
        "addAndRemove",
        "dmitri.fallow@lanternfish.example,TRUE,TRUE\n",
    );
    assert_eq!(both["status"], "completedWithErrors");
    assert_eq!(user(&hub, "dmitri")["licenseType"], "standard");
    import(
        &hub,
        "addAndRemove",
        "dmitri.fallow@lanternfish.example,FALSE,TRUE\n",
    );
    assert_eq!(user(&hub, "dmitri")["licenseType"], "premium");

    // Services > Contact Center > Settings > General > Synchronize Users.
    let waiting = users(&hub)
        .into_iter()
        .filter(|user| user["syncStatus"] == "Pending");
    assert_eq!(waiting.count(), 3);
    synchronize(&hub);
    assert!(users(&hub).iter().all(|user| user["syncStatus"] == "Valid"));
}
