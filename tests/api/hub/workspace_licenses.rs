//! Edit licences of a workspace, and workspaces for hot desking only.

use serde_json::{Value, json};

use crate::support::{Answer, Hub};

const SCENARIO: &str = r#"
name: rooms
description: One organisation with workspaces and a licence for hot desking only.
organizations:
  - name: Rooms
    domain: rooms.example
    country: US
    subscriptions:
      - id: Sub100001
        name: Calling
        status: active
        createdAt: -P400D
        endDate: +P330D
        licenses:
          - {name: Webex Calling - Workspaces, totalUnits: 5}
          - {name: Webex Calling - Hot desk only, totalUnits: 5}
          - {name: Webex Calling - Standard, totalUnits: 5}
    locations:
      - name: Office
        address: {address1: 1 Main, city: Portland, state: OR, postalCode: "97201", country: US}
        timeZone: America/Los_Angeles
        calling: {mainNumber: "+15035550100", numbers: ["+15035550100-+15035550119"]}
    people:
      - {firstName: Full, lastName: Admin, roles: [id_full_admin]}
    workspaces:
      - {displayName: Lobby, location: Office, phoneNumber: "+15035550105", extension: "1105",
         licenses: ["Webex Calling - Workspaces"], settings: {doNotDisturb: {enabled: true}}}
      - {displayName: Desk, location: Office}
      - {displayName: Nowhere}
"#;

const ROOM: &str = "Webex Calling - Workspaces";
const HOT_DESK: &str = "Webex Calling - Hot desk only";

struct Rooms(Hub);

impl Rooms {
    fn start() -> Self {
        let hub = Hub::with_scenario("minimal");
        let path = "/_sim/v1/scenarios?mode=replace";
        hub.upload(path, "application/yaml", SCENARIO).expect(200);
        Self(hub)
    }

    /// The path of a workspace in the public API.
    fn path(&self, name: &str) -> String {
        let room = self.0.find("/v1/workspaces", "displayName", name);
        format!("/v1/workspaces/{}", room["id"].as_str().expect("an id"))
    }

    fn dialog(&self, name: &str) -> String {
        let path = self.path(name);
        let id = path.rsplit('/').next().expect("an id");
        format!("/_hub/v1/organizations/me/workspaces/{id}/licenses")
    }

    fn license(&self, name: &str) -> Value {
        self.0.find("/v1/licenses", "name", name)["id"].clone()
    }

    /// One save of the dialog: what goes, what comes, with which properties.
    fn save(&self, room: &str, remove: &[&str], add: &[(&str, Value)]) -> Answer {
        let removed = remove
            .iter()
            .map(|name| json!({"id": self.license(name), "operation": "remove"}));
        let added = add.iter().map(|(name, properties)| {
            json!({"id": self.license(name), "operation": "add", "properties": properties})
        });
        let licenses: Vec<Value> = removed.chain(added).collect();
        let body = json!({ "licenses": licenses });
        self.0.call("PATCH", &self.dialog(room), &body)
    }

    fn held(&self, room: &str) -> Vec<String> {
        let shown = self.0.get(&self.dialog(room)).expect(200).json();
        let items = shown["items"].as_array().expect("a list").iter();
        let held = items.filter(|item| item["assigned"] == true);
        held.map(|item| item["name"].as_str().expect("a name").to_owned())
            .collect()
    }
}

#[test]
fn the_dialog_offers_what_workspaces_can_hold() {
    let rooms = Rooms::start();
    let shown = rooms.0.get(&rooms.dialog("Lobby")).expect(200).json();
    let items = shown["items"].as_array().unwrap().iter();
    let offered: Vec<_> = items.map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(offered, [HOT_DESK, ROOM], "{shown}");
    assert_eq!(rooms.held("Lobby"), [ROOM]);
    let here = json!({"extension": "1190", "locationId": rooms.0.location("Office")});
    let before = rooms.0.revision();
    rooms
        .save("Desk", &[], &[("Webex Calling - Standard", here)])
        .expect(400);
    assert_eq!(rooms.0.revision(), before);
}

/// Proves: WS-16, DEC-43
#[test]
fn a_hot_desk_takes_a_location_and_neither_number_nor_extension() {
    let rooms = Rooms::start();
    let before = rooms.0.revision();
    for properties in [
        json!({"extension": "1190"}),
        json!({"phoneNumber": "+15035550110"}),
    ] {
        let refused = rooms.save("Desk", &[], &[(HOT_DESK, properties)]);
        let text = refused.expect(400).text;
        assert!(
            text.contains("neither a phoneNumber nor an extension"),
            "{text}"
        );
    }
    let refused = rooms.save("Nowhere", &[], &[(HOT_DESK, json!({}))]);
    let text = refused.expect(400).text;
    assert!(text.contains("needs a locationId"), "{text}");
    assert_eq!(rooms.0.revision(), before);
    let outcome = rooms
        .save("Desk", &[], &[(HOT_DESK, json!({}))])
        .expect(200)
        .json();
    assert_eq!(outcome["action"], "assigned");
    assert_eq!(outcome["lost"], json!([]));
    assert!(
        outcome["rules"]
            .as_array()
            .unwrap()
            .contains(&json!("WS-16"))
    );
    assert_eq!(rooms.held("Desk"), [HOT_DESK]);
    let path = rooms.path("Desk");
    let room = rooms.0.get(&path).expect(200).json();
    assert_eq!(room["hotdeskingStatus"], "on");
    assert_eq!(room["calling"]["type"], "webexCalling");
    // It has no call settings, and nothing that would book it can be switched on.
    let id = path.rsplit('/').next().unwrap();
    let before = rooms.0.revision();
    let settings = format!("/v1/workspaces/{id}/features/callWaiting");
    rooms.0.get(&settings).expect(400);
    rooms
        .0
        .call("PUT", &settings, &json!({"enabled": true}))
        .expect(400);
    let calendar = json!({"type": "google", "emailAddress": "desk@rooms.example"});
    let calling = |said: Value| json!({"type": "webexCalling", "webexCalling": said});
    for (field, value) in [
        ("calendar", calendar),
        (
            "deviceHostedMeetings",
            json!({"enabled": true, "siteUrl": "rooms.webex.com"}),
        ),
        ("hotdeskingStatus", json!("off")),
        ("calling", calling(json!({"extension": "1190"}))),
    ] {
        let body = json!({"displayName": "Desk", field: value});
        let refused = rooms.0.call("PUT", &path, &body).expect(400);
        assert!(
            refused.text.contains("hot desking only"),
            "{}",
            refused.text
        );
    }
    assert_eq!(rooms.0.revision(), before);
    // Taken away, the workspace has no Calling and may be booked again.
    let outcome = rooms.save("Desk", &[HOT_DESK], &[]).expect(200).json();
    assert_eq!(outcome["action"], "removed");
    assert_eq!(rooms.held("Desk"), Vec::<String>::new());
}

/// Proves: WS-16, DEC-43
#[test]
fn a_room_that_becomes_a_hot_desk_loses_number_and_settings_and_needs_a_number_to_go_back() {
    let rooms = Rooms::start();
    let path = rooms.path("Lobby");
    let calendar = json!({"type": "google", "emailAddress": "lobby@rooms.example"});
    let booked = json!({"displayName": "Lobby", "calendar": calendar});
    rooms.0.call("PUT", &path, &booked).expect(200);
    let saved = rooms
        .save("Lobby", &[ROOM], &[(HOT_DESK, json!({}))])
        .expect(200);
    let outcome = saved.json();
    assert_eq!(outcome["action"], "swapped");
    assert_eq!(outcome["freedNumbers"], json!(["+15035550105"]));
    let lost = outcome["lost"].as_array().unwrap().iter();
    let lost: Vec<_> = lost
        .map(|lost| {
            (
                lost["family"].as_str().unwrap(),
                lost["rule"].as_str().unwrap(),
            )
        })
        .collect();
    let families = ["numbers", "extension", "doNotDisturb"];
    assert_eq!(lost, families.map(|family| (family, "WS-16")));
    assert_eq!(
        outcome["kept"],
        json!(["licenses", "displayName", "locationId"])
    );
    assert!(
        outcome["warnings"][0]
            .as_str()
            .unwrap()
            .starts_with("Calendar")
    );
    let room = rooms.0.get(&path).expect(200).json();
    assert_eq!(room["calendar"], json!({"type": "none"}));
    let numbers = "/v1/telephony/config/numbers?available=true";
    rooms.0.find(numbers, "phoneNumber", "+15035550105");
    let told = rooms
        .0
        .get(&format!("/_sim/v1/explain/{}", saved.header("trackingid")))
        .expect(200)
        .json();
    assert!(
        told["remedy"]
            .as_str()
            .unwrap()
            .contains("keep the other licence"),
        "{told}"
    );
    // Back again: without a number or an extension it cannot be called.
    let before = rooms.0.revision();
    rooms
        .save("Lobby", &[HOT_DESK], &[(ROOM, json!({}))])
        .expect(400);
    assert_eq!(rooms.0.revision(), before);
    let again = json!({"phoneNumber": "+15035550105", "extension": "1105"});
    let outcome = rooms
        .save("Lobby", &[HOT_DESK], &[(ROOM, again)])
        .expect(200)
        .json();
    assert_eq!(outcome["action"], "swapped");
    assert_eq!(outcome["lost"], json!([]));
    assert_eq!(rooms.held("Lobby"), [ROOM]);
}

/// Proves: WS-10, WS-16
#[test]
fn a_workspace_becomes_a_hot_desk_over_the_public_api_only_when_it_is_named() {
    let rooms = Rooms::start();
    let office = rooms.0.location("Office");
    let calling = |said: Value| json!({"type": "webexCalling", "webexCalling": said});
    let body = |name: &str, said: Value| json!({"displayName": name, "locationId": office, "calling": calling(said)});
    let plain = body("Plain", json!({"extension": "1191"}));
    rooms.0.call("POST", "/v1/workspaces", &plain).expect(201);
    assert_eq!(rooms.held("Plain"), [ROOM]);
    let hot = rooms.license(HOT_DESK);
    let named = body("Named", json!({"licenses": [hot], "extension": "1192"}));
    rooms.0.call("POST", "/v1/workspaces", &named).expect(400);
    let named = body("Named", json!({"licenses": [hot]}));
    rooms.0.call("POST", "/v1/workspaces", &named).expect(201);
    assert_eq!(rooms.held("Named"), [HOT_DESK]);
}

/// Proves: WS-10, WS-12
#[test]
fn a_workspace_is_called_where_it_is_and_nowhere_else() {
    let rooms = Rooms::start();
    let office = rooms.0.location("Office");
    let annex = json!({
        "name": "Annex", "timeZone": "America/Los_Angeles", "preferredLanguage": "en_us",
        "announcementLanguage": "en_us",
        "address": {"address1": "2 Main", "city": "Portland", "state": "OR", "postalCode": "97201",
                    "country": "US"},
    });
    let annex = rooms
        .0
        .call("POST", "/v1/locations", &annex)
        .expect(201)
        .json();
    let before = rooms.0.revision();
    let elsewhere = json!({"extension": "1190", "locationId": annex["id"]});
    let refused = rooms
        .save("Desk", &[], &[(ROOM, elsewhere.clone())])
        .expect(400);
    assert!(refused.text.contains("900011"), "{}", refused.text);
    assert!(
        refused.text.contains("in location \\\"Office\\\""),
        "{}",
        refused.text
    );
    let hot = json!({"locationId": annex["id"]});
    rooms.save("Desk", &[], &[(HOT_DESK, hot)]).expect(400);
    assert_eq!(rooms.0.revision(), before);
    let saved = rooms.save("Desk", &[], &[(ROOM, json!({"extension": "1190"}))]);
    assert_eq!(saved.expect(200).json()["action"], "assigned");
    // One that was nowhere is where it is called from then on.
    let here = json!({"extension": "1191", "locationId": office});
    rooms.save("Nowhere", &[], &[(ROOM, here)]).expect(200);
    let path = rooms.path("Nowhere");
    assert_eq!(rooms.0.get(&path).expect(200).json()["locationId"], office);
    let moved = json!({"displayName": "Nowhere", "locationId": annex["id"]});
    rooms.0.call("PUT", &path, &moved).expect(400);
    // Where there is no Calling, that is said.
    let body = json!({"displayName": "Cellar", "locationId": annex["id"]});
    rooms.0.call("POST", "/v1/workspaces", &body).expect(201);
    let refused = rooms.save("Cellar", &[], &[(ROOM, json!({"extension": "1192"}))]);
    let text = refused.expect(400).text;
    assert!(
        text.contains("\\\"Annex\\\" of the workspace is not enabled"),
        "{text}"
    );
}
