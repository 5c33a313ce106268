//! The settings families over HTTP: what each of them refuses, and that a refusal changes nothing.

use serde_json::{Value, json};

use crate::support::{Hub, person_id};

mod alone;
mod callbacks;
mod criteria;
mod emergency;
mod executives;
mod members;
mod reach;
mod refused;
mod required;
mod rules;
mod services;
mod speed_dials;
mod values;

/// The minimal scenario, with the ids of Kofi, who has a number and Calling, of a room with a
/// Professional licence, and of others whom bodies name.
pub(super) struct Desk {
    pub hub: Hub,
    pub kofi: String,
    room: String,
    others: [(&'static str, String); 3],
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
        let others = [
            ("{abigail}", "abigail.netherwood@pebblebrook.example"),
            ("{renata}", "renata.ingleby@pebblebrook.example"),
            ("{vikram}", "vikram.fontaine@pebblebrook.example"),
        ];
        let others = others.map(|(name, email)| (name, person_id(&hub, "full-admin", email)));
        Self {
            hub,
            kofi,
            room,
            others,
        }
    }

    /// A path or a body with the ids in it.
    pub fn path(&self, path: &str) -> String {
        let mut path = path
            .replace("{person}", &self.kofi)
            .replace("{room}", &self.room);
        for (name, id) in &self.others {
            path = path.replace(name, id);
        }
        path
    }

    pub fn read(&self, path: &str) -> Value {
        self.hub.get(&self.path(path)).expect(200).json()
    }

    pub fn send(&self, method: &str, path: &str, body: &str, status: u16) -> String {
        let (path, body) = (self.path(path), self.path(body));
        let media_type = "application/json;charset=utf-8";
        let sent = self
            .hub
            .send_raw(method, &path, media_type, body.as_bytes());
        sent.expect(status).text
    }
}
