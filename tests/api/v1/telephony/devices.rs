//! `/v1/telephony/config/{people,workspaces}/{id}/devices` and what stands below it.

use serde_json::{Value, json};

use crate::support::{Hub, person_id};
use crate::v1::settings::Desk;

/// A person and a workspace of minimal with Professional licences.
struct Holders {
    hub: Hub,
    holders: [(String, Value); 2],
}

impl Holders {
    fn open() -> Self {
        let desk = Desk::open();
        let base = "/v1/telephony/config";
        let holders = [
            (desk.path("people/{person}"), json!({"personId": desk.kofi})),
            (
                desk.path("workspaces/{room}"),
                json!({"workspaceId": desk.path("{room}")}),
            ),
        ];
        Self {
            holders: holders.map(|(path, body)| (format!("{base}/{path}"), body)),
            hub: desk.hub,
        }
    }

    fn phone(&self, holder: &Value, mac: &str) -> Value {
        let mut body = holder.clone();
        body["mac"] = json!(mac);
        body["model"] = json!("DMS Cisco 8875");
        self.hub
            .call("POST", "/v1/devices", &body)
            .expect(200)
            .json()
    }

    fn devices(&self, path: &str) -> Value {
        self.hub.get(&format!("{path}/devices")).expect(200).json()
    }

    /// The path of the PUT of hoteling, and the body that it takes.
    fn hoteling(path: &str, hoteling: &Value) -> (String, Value) {
        match path.contains("/people/") {
            true => (
                format!("{path}/devices/settings/hoteling"),
                json!({"hoteling": hoteling}),
            ),
            false => (format!("{path}/devices"), hoteling.clone()),
        }
    }
}

/// Proves: DEC-107
#[test]
fn the_phones_of_a_holder_are_listed_with_their_owner() {
    let desk = Holders::open();
    for (at, (path, holder)) in desk.holders.iter().enumerate() {
        let empty = json!({"devices": [], "maxDeviceCount": 35, "maxOwnedDeviceCount": 5});
        assert_eq!(desk.devices(path), empty);
        let phone = desk.phone(holder, &format!("52EAD324FD2{at}"));
        let seen = desk.devices(path)["devices"][0].clone();
        assert_eq!(seen["id"], phone["callingDeviceId"]);
        assert_eq!(seen["mac"], format!("52EAD324FD2{at}"));
        assert_eq!(seen["model"], "DMS Cisco 8875");
        assert_eq!(
            (&seen["primaryOwner"], &seen["type"]),
            (&json!(true), &json!("PRIMARY"))
        );
        assert_eq!(seen["activationState"], "DEACTIVATED");
        assert_eq!(
            seen["hoteling"],
            json!({"enabled": false, "limitGuestUse": false})
        );
        let owner = match at {
            0 => json!({"id": holder["personId"], "type": "PEOPLE", "firstName": "Kofi",
                "lastName": "Lindqvist"}),
            _ => json!({"id": holder["workspaceId"], "type": "PLACE", "firstName": "Aurora",
                "lastName": "."}),
        };
        assert_eq!(seen["owner"], owner);
        let online = json!({"deviceId": phone["id"]});
        desk.hub
            .call("POST", "/_sim/v1/simulate/deviceOnline", &online)
            .expect(200);
        assert_eq!(
            desk.devices(path)["devices"][0]["activationState"],
            "ACTIVATED"
        );
        let gone = format!("/v1/devices/{}", phone["id"].as_str().expect("an id"));
        desk.hub.call("DELETE", &gone, &Value::Null).expect(204);
        assert_eq!(desk.devices(path), empty);
    }
}

#[test]
fn a_common_area_owns_one_phone() {
    let desk = Holders::open();
    let location = desk.hub.location("Pebblebrook");
    let license = desk
        .hub
        .find("/v1/licenses", "name", "Webex Calling - Workspaces");
    let body = json!({
        "displayName": "Hall", "locationId": location, "supportedDevices": "phones",
        "calling": {"type": "webexCalling", "webexCalling": {
            "extension": "1116", "locationId": location, "licenses": [license["id"]]}},
    });
    let room = desk
        .hub
        .call("POST", "/v1/workspaces", &body)
        .expect(201)
        .json();
    let id = room["id"].as_str().expect("an id");
    let seen = desk.devices(&format!("/v1/telephony/config/workspaces/{id}"));
    assert_eq!(
        (&seen["maxDeviceCount"], &seen["maxOwnedDeviceCount"]),
        (&json!(1), &json!(1))
    );
}

/// Proves: DEC-107
#[test]
fn collaboration_devices_are_counted_and_have_no_line() {
    let hub = Hub::with_scenario("demo");
    let maren = person_id(&hub, "full-admin", "maren.castellan@quillhaven.example");
    let path = format!("/v1/telephony/config/people/{maren}/devices");
    let seen = hub.get(&path).expect(200).json();
    assert_eq!(seen["devices"].as_array().map(Vec::len), Some(1));
    let count = hub.get(&format!("{path}/count")).expect(200).json();
    assert_eq!(
        count,
        json!({"totalDeviceCount": 2, "applicationsCount": 0})
    );
}

#[test]
fn guests_may_use_all_phones_of_a_holder_or_none() {
    let desk = Holders::open();
    for (at, (path, holder)) in desk.holders.iter().enumerate() {
        desk.phone(holder, &format!("52EAD324FD3{at}"));
        let wanted = json!({"enabled": true, "limitGuestUse": true, "guestHoursLimit": 5});
        let (put, body) = Holders::hoteling(path, &wanted);
        assert_eq!(desk.hub.call("PUT", &put, &body).expect(204).text, "");
        assert_eq!(desk.devices(path)["devices"][0]["hoteling"], wanted);
        desk.phone(holder, &format!("52EAD324FD4{at}"));
        assert_eq!(desk.devices(path)["devices"][1]["hoteling"], wanted);
        let before = desk.hub.revision();
        for (wrong, code, says) in [
            (json!({}), 25_008, "enabled is required"),
            (
                json!({"limitGuestUse": false}),
                25_008,
                "enabled is required",
            ),
            (
                json!({"enabled": true, "limitGuestUse": true, "guestHoursLimit": null}),
                25_008,
                "guestHoursLimit is required while limitGuestUse is true",
            ),
            (
                json!({"enabled": true, "guestHoursLimit": 0}),
                25_024,
                "guestHoursLimit must be between 1 and 999",
            ),
            (
                json!({"enabled": true, "guestHoursLimit": 1000}),
                25_024,
                "guestHoursLimit must be between 1 and 999",
            ),
        ] {
            let (put, body) = Holders::hoteling(path, &wrong);
            let refused = desk.hub.call("PUT", &put, &body).expect(400);
            assert!(refused.text.contains(says), "{}", refused.text);
            assert_eq!(refused.json()["errors"][0]["errorCode"], code);
        }
        for wrong in [json!({"enabled": "yes"}), json!(5), json!([])] {
            let (put, body) = Holders::hoteling(path, &wrong);
            desk.hub.call("PUT", &put, &body).expect(400);
        }
        assert_eq!(desk.hub.revision(), before);
    }
}

#[test]
fn what_is_set_for_devices_goes_with_calling_and_is_told() {
    let desk = Holders::open();
    let (path, _) = &desk.holders[0];
    let settings = format!("{path}/devices/settings");
    let before = desk.hub.get(&settings).expect(200).json();
    assert_eq!(before, json!({"compression": "OFF"}));
    let on = json!({"compression": "ON"});
    desk.hub.call("PUT", &settings, &on).expect(204);
    assert_eq!(desk.hub.get(&settings).expect(200).json(), on);
    let (put, body) = Holders::hoteling(path, &json!({"enabled": true}));
    desk.hub.call("PUT", &put, &body).expect(204);
    let license = desk
        .hub
        .find("/v1/licenses", "name", "Webex Calling - Professional");
    let remove = json!({"email": "kofi.lindqvist@pebblebrook.example",
        "licenses": [{"id": license["id"], "operation": "remove"}]});
    let removed = desk
        .hub
        .call("PATCH", "/v1/licenses/users", &remove)
        .expect(200);
    let explain = format!("/_sim/v1/explain/{}", removed.header("trackingid"));
    let told = desk.hub.get(&explain).expect(200).text;
    for family in ["deviceSettings", "deviceHoteling"] {
        assert!(told.contains(family), "{family}: {told}");
    }
    for below in [
        "devices",
        "devices/count",
        "devices/settings",
        "dectNetworks",
    ] {
        let refused = desk.hub.get(&format!("{path}/{below}")).expect(400);
        assert_eq!(refused.json()["errors"][0]["errorCode"], 4008, "{below}");
    }
}

#[test]
fn nobody_has_a_handset_of_a_network_that_is_not_there() {
    let desk = Holders::open();
    for (path, _) in &desk.holders {
        let seen = desk.hub.get(&format!("{path}/dectNetworks"));
        assert_eq!(seen.expect(200).json(), json!({"dectNetworks": []}));
    }
    for kind in ["people", "workspaces"] {
        let nobody = format!("/v1/telephony/config/{kind}/nobody/dectNetworks");
        desk.hub.get(&nobody).expect(404);
    }
}
