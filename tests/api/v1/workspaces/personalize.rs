//! `/v1/workspaces/{workspaceId}/personalize` and `/personalizationTask`.

use serde_json::{Value, json};

use crate::support::{ADA, Hub, person_id};

/// A room for Webex Edge, and its device where it has one.
struct Room {
    hub: Hub,
    path: String,
    id: String,
}

impl Room {
    fn with(more: Value) -> Self {
        let hub = Hub::start();
        let mut body = json!({"displayName": "Cedar",
            "calling": {"type": "webexEdgeForDevices"}});
        for (field, value) in more.as_object().expect("an object") {
            body[field] = value.clone();
        }
        let made = hub.call("POST", "/v1/workspaces", &body).expect(201).json();
        let id = made["id"].as_str().expect("an id").to_owned();
        let path = format!("/v1/workspaces/{id}");
        Self { hub, path, id }
    }

    /// A device comes by an activation code and is connected.
    fn device(&self) -> String {
        let body = json!({"workspaceId": self.id});
        let code = self.hub.call("POST", "/v1/devices/activationCode", &body);
        let code = code.expect(200).json()["code"].clone();
        let body = json!({"activationCode": code});
        let online = self
            .hub
            .call("POST", "/_sim/v1/simulate/deviceOnline", &body);
        online.expect(200);
        let path = format!("/v1/devices?workspaceId={}", self.id);
        let devices = self.hub.get(&path).expect(200).json();
        devices["items"][0]["id"]
            .as_str()
            .expect("an id")
            .to_owned()
    }

    fn personalize(&self, body: &Value, status: u16) -> String {
        let path = format!("{}/personalize", self.path);
        let answer = self.hub.call("POST", &path, body).expect(status);
        if status == 202 {
            let task = answer.header("location");
            assert!(
                task.ends_with(&format!("{}/personalizationTask", self.path)),
                "{task}"
            );
        }
        answer.text
    }

    fn pass(&self, time: &str) {
        let body = json!({"by": time});
        self.hub
            .call("POST", "/_sim/v1/clock/advance", &body)
            .expect(200);
    }

    /// What became of it, once it has ended.
    fn ended(&self) -> Value {
        self.pass("PT30S");
        let path = format!("{}/personalizationTask", self.path);
        self.hub.get(&path).expect(200).json()
    }
}

/// Proves: DEC-99
#[test]
fn the_device_of_a_room_becomes_a_persons_half_a_minute_later() {
    let room = Room::with(json!({}));
    let device = room.device();
    let task = format!("{}/personalizationTask", room.path);
    room.hub.get(&task).expect(404);
    room.personalize(&json!({"email": ADA.to_uppercase()}), 202);
    let told = room.personalize(&json!({"email": ADA}), 409);
    assert!(told.contains("is being personalized already"), "{told}");
    room.pass("PT10S");
    let waiting = room.hub.get(&task).expect(202);
    assert_eq!(
        (waiting.header("retry-after"), waiting.text.as_str()),
        ("20", "")
    );
    let path = format!("/v1/devices/{device}");
    assert_eq!(
        room.hub.get(&path).expect(200).json()["workspaceId"],
        room.id.as_str()
    );

    assert_eq!(room.ended(), json!({"success": true}));
    let shown = room.hub.get(&path).expect(200).json();
    let ada = person_id(&room.hub, "full-admin", ADA);
    assert_eq!(shown["personId"], ada.as_str());
    let ledger = room.hub.get("/_sim/v1/ledger").expect(200).text;
    assert!(ledger.contains("personalizeAWorkspace"), "{ledger}");
    // The room has no device any more, and a second time says so.
    room.personalize(&json!({"email": ADA}), 202);
    let again = room.ended();
    assert_eq!(again["success"], false);
    assert_eq!(
        again["errorDescription"],
        "The workspace must contain a single device, but it has 0."
    );
}

#[test]
fn what_is_not_as_it_must_be_is_told_by_the_task_and_nothing_moves() {
    let cases = [
        (
            json!({"calling": {"type": "freeCalling"}}),
            "The device is not registered with Webex Edge in shared mode",
        ),
        (
            json!({"calendar": {"type": "microsoft", "emailAddress": "cedar@example.com"}}),
            "The workspace has a calendar configured",
        ),
    ];
    for (more, why) in cases {
        let room = Room::with(more);
        let device = room.device();
        room.personalize(&json!({"email": ADA}), 202);
        assert_eq!(
            room.ended(),
            json!({"success": false, "errorDescription": why})
        );
        let path = format!("/v1/devices/{device}");
        assert_eq!(
            room.hub.get(&path).expect(200).json()["workspaceId"],
            room.id.as_str()
        );
    }
}

#[test]
fn whose_it_shall_be_must_be_a_user_and_the_workspace_must_be_there() {
    let room = Room::with(json!({}));
    let before = room.hub.revision();
    for (body, told) in [
        (json!({}), "email"),
        (json!({"email": 5}), "email"),
        (
            json!({"email": "nobody@example.com"}),
            "is no user of this organization",
        ),
    ] {
        let text = room.personalize(&body, 400);
        assert!(text.contains(told), "{text}");
    }
    let nowhere = "/v1/workspaces/nowhere/personalize";
    room.hub
        .call("POST", nowhere, &json!({"email": ADA}))
        .expect(404);
    assert_eq!(room.hub.revision(), before);
    // A workspace that goes takes the task along.
    room.personalize(&json!({"email": ADA}), 202);
    room.hub
        .call("DELETE", &room.path, &Value::Null)
        .expect(204);
    room.pass("PT1M");
    room.hub
        .get(&format!("{}/personalizationTask", room.path))
        .expect(404);
}
