//! A firm of workspaces in two Calling subscriptions, and an administrator who works with files.

use serde_json::{Value, json};

use super::firm::{Done, Firm, Table};
use crate::support::{Answer, Hub};

const SCENARIO: &str = r#"
name: rooms
description: One organisation with workspaces in two Calling subscriptions.
organizations:
  - name: Rooms
    domain: rooms.example
    country: US
    subscriptions:
      - id: Sub100001
        name: Old Calling
        status: active
        createdAt: -P400D
        endDate: +P30D
        licenses:
          - {name: Webex Calling - Professional, totalUnits: 10}
          - {name: Webex Calling - Workspaces, totalUnits: 10}
      - id: Sub100002
        name: New Calling
        status: active
        createdAt: -P20D
        endDate: +P700D
        licenses:
          - {name: Webex Calling - Professional, totalUnits: 10}
          - {name: Webex Calling - Workspaces, totalUnits: 5}
          - {name: Webex Calling - Hot desk only, totalUnits: 5}
    locations:
      - name: Office
        address: {address1: 1 Main, city: Portland, state: OR, postalCode: "97201", country: US}
        timeZone: America/Los_Angeles
        calling: {mainNumber: "+15035550100", numbers: ["+15035550100-+15035550119"]}
      - name: Annex
        address: {address1: 2 Main, city: Portland, state: OR, postalCode: "97201", country: US}
        timeZone: America/Los_Angeles
        calling: {mainNumber: "+15035550120", numbers: ["+15035550120-+15035550129"]}
    people:
      - {firstName: Full, lastName: Admin, roles: [id_full_admin]}
      - {firstName: Ann, lastName: Calls, location: Office, phoneNumber: "+15035550103",
         extension: "1103", licenses: ["Webex Calling - Professional [Sub100001]"]}
      - {firstName: Dee, lastName: Desk, location: Office}
    workspaces:
      - {displayName: Lobby, location: Office, phoneNumber: "+15035550105", extension: "1105",
         supportedDevices: phones, licenses: ["Webex Calling - Workspaces [Sub100001]"],
         devices: [{model: Cisco 7841, mac: "D82E3E100105"}],
         settings: {doNotDisturb: {enabled: true}}}
      - {displayName: Boardroom, location: Office, phoneNumber: "+15035550106", extension: "1106",
         supportedDevices: phones, licenses: ["Webex Calling - Professional [Sub100001]"],
         devices: [{model: Cisco 8865, mac: "D82E3E100106"}, {model: Cisco 8832, mac: "D82E3E100107"}]}
      - {displayName: "=Dock", location: Office, extension: "1108", supportedDevices: phones,
         licenses: ["Webex Calling - Workspaces [Sub100001]"]}
      - {displayName: Focus, location: Office, supportedDevices: phones}
      - {displayName: Nowhere, supportedDevices: phones}
      - {displayName: Huddle, location: Office, extension: "1110", supportedDevices: phones,
         licenses: ["Webex Calling - Workspaces [Sub100001]"]}
"#;

/// The columns of licences.
pub const OLD: &str = "Webex Calling Workspace [Sub100001]";
pub const NEW: &str = "Webex Calling Workspace [Sub100002]";
pub const OLD_PROFESSIONAL: &str = "Webex Calling Professional Workspace [Sub100001]";
pub const NEW_PROFESSIONAL: &str = "Webex Calling Professional Workspace [Sub100002]";
pub const DESK: &str = "Webex Calling Hot desk only [Sub100002]";
/// Columns that tests write.
pub const ONLY: &str = "Workspace Subscription Update Only";
pub const MAC: &str = "MAC Address";
/// A person with Calling, and one without.
pub const ANN: &str = "ann.calls@rooms.example";
pub const DEE: &str = "dee.desk@rooms.example";

const CSV: &str = "/_hub/v1/organizations/me/workspaces/csv";

/// The firm, with a second workspace of the name Huddle, which scenarios cannot have.
pub fn start() -> Firm {
    let hub = Hub::with_scenario("minimal");
    let path = "/_sim/v1/scenarios?mode=replace";
    hub.upload(path, "application/yaml", SCENARIO).expect(200);
    let calling = json!({"extension": "1110"});
    let body = json!({
        "displayName": "Huddle", "locationId": hub.location("Annex"),
        "supportedDevices": "phones",
        "calling": {"type": "webexCalling", "webexCalling": calling},
    });
    hub.call("POST", "/v1/workspaces", &body).expect(201);
    Firm { hub }
}

/// What an administrator does with workspace files.
impl Firm {
    /// An export of workspaces, or of something else.
    pub fn rooms_of(&self, of: &str) -> Table {
        let body = json!({ "of": of });
        let task = self.call("POST", "/workspaces/csv/export", &body);
        let task = task.expect(202).json();
        self.run();
        let id = task["id"].as_str().unwrap();
        Table::read(&self.get(&format!("/tasks/{id}/result")).expect(200).text)
    }

    pub fn rooms(&self) -> Table {
        self.rooms_of("workspaces")
    }

    /// Sends a workspace file and does not wait.
    pub fn submit_rooms(&self, text: &str) -> Answer {
        self.hub.upload(&format!("{CSV}/import"), "text/csv", text)
    }

    /// Sends a workspace file and waits for the end of its task.
    pub fn import_rooms(&self, table: &Table) -> Done {
        let task = self.submit_rooms(&table.text()).expect(202).json();
        self.finish(&task)
    }

    /// Sends a row of a workspace and waits for the end of its task.
    pub fn import_room(&self, name: &str, cells: &[(&str, &str)]) -> Done {
        self.import_rooms(&row("WORKSPACE", name, cells))
    }

    /// Sends a row of a person and waits for the end of its task.
    pub fn import_phone(&self, email: &str, cells: &[(&str, &str)]) -> Done {
        self.import_rooms(&row("USER", email, cells))
    }

    /// The first workspace of a name, as `/v1/workspaces` shows it.
    pub fn room(&self, name: &str) -> Value {
        self.hub.find("/v1/workspaces", "displayName", name)
    }

    /// The licence columns that are TRUE for a workspace.
    pub fn held(&self, name: &str) -> Vec<String> {
        let table = self.rooms();
        let column = table.column("Username");
        let row = table
            .rows
            .iter()
            .find(|row| row[column].trim_start_matches('\'') == name);
        let cells = table.header.iter().zip(row.expect("a row"));
        let held = cells.filter(|(header, cell)| header.contains("[Sub") && *cell == "TRUE");
        held.map(|(header, _)| header.clone()).collect()
    }

    /// The MAC addresses of a workspace's devices.
    pub fn macs(&self, name: &str) -> Vec<String> {
        let id = self.room(name)["id"].as_str().unwrap().to_owned();
        let path = format!("/v1/devices?workspaceId={id}");
        let found = self.hub.get(&path).expect(200).json();
        let devices = found["items"].as_array().unwrap().iter();
        let macs = devices.map(|it| it["mac"].as_str().unwrap().replace(':', ""));
        macs.collect()
    }

    /// The list of activation codes that an import left.
    pub fn codes(&self, done: &Done) -> Table {
        let path = done.task["links"]["result"]
            .as_str()
            .expect("a list of codes");
        let path = path.replace(&self.hub.server.url(), "");
        Table::read(&self.hub.get(&path).expect(200).text)
    }
}

/// A file of one row.
pub fn row(kind: &str, name: &str, cells: &[(&str, &str)]) -> Table {
    Table::of(&[&[("Username", name), ("Type", kind)], cells].concat())
}
