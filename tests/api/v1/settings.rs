//! The settings families over HTTP: what each of them refuses, and that a refusal changes nothing.

use serde_json::json;

use crate::support::{Hub, person_id};

mod required;
mod rules;
mod values;

/// The minimal scenario, with the ids of Kofi, who has a number and Calling, and of a room.
pub(super) struct Desk {
    pub hub: Hub,
    pub kofi: String,
    room: String,
}

impl Desk {
    pub fn open() -> Self {
        let hub = Hub::with_scenario("minimal");
        let kofi = person_id(&hub, "full-admin", "kofi.lindqvist@pebblebrook.example");
        let location = hub.location("Pebblebrook");
        let professional = hub.find("/v1/licenses", "name", "Webex Calling - Professional");
        let room = json!({
            "displayName": "Aurora", "locationId": location, "supportedDevices": "phones",
            "calling": {"type": "webexCalling", "webexCalling": {
                "phoneNumber": "+15035550115", "extension": "1115", "locationId": location,
                "licenses": [professional["id"]]}},
        });
        let room = hub.call("POST", "/v1/workspaces", &room).expect(201).json();
        let room = room["id"].as_str().expect("an id").to_owned();
        Self { hub, kofi, room }
    }

    /// A path with the ids in it.
    pub fn path(&self, path: &str) -> String {
        path.replace("{person}", &self.kofi)
            .replace("{room}", &self.room)
    }
}
