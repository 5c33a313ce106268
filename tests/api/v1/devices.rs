//! `/v1/devices`, and devices that are switched on.

use hubsim::model::ids;
use serde_json::{Value, json};

use crate::support::{ADA, Hub, person_id};

const BASE: &str = "/v1/devices";
const CODE: &str = "/v1/devices/activationCode";
const ONLINE: &str = "/_sim/v1/simulate/deviceOnline";

fn phone(hub: &Hub, mac: &str) -> Value {
    let ada = person_id(hub, "full-admin", ADA);
    json!({"mac": mac, "model": "DMS Cisco 8865", "personId": ada})
}

fn create(hub: &Hub, body: &Value) -> Value {
    hub.call("POST", BASE, body).expect(200).json()
}

fn path(device: &Value) -> String {
    format!("{BASE}/{}", device["id"].as_str().expect("an id"))
}

fn listed(hub: &Hub, token: &str, query: &str) -> Vec<String> {
    let list = hub.send_as(token, "GET", &format!("{BASE}?{query}"), &Value::Null);
    let list = list.expect(200).json();
    let items = list["items"].as_array().expect("items").iter();
    let mut macs: Vec<String> = items
        .map(|it| it["mac"].as_str().expect("a mac").to_owned())
        .collect();
    macs.sort();
    macs
}

/// A workspace of minimal for phones, with the Calling licence of a name.
fn room(hub: &Hub, license: &str, extension: &str) -> String {
    let location = hub.location("Pebblebrook");
    let license = hub.find("/v1/licenses", "name", license)["id"].clone();
    let body = json!({
        "displayName": format!("Room {extension}"), "locationId": location,
        "supportedDevices": "phones",
        "calling": {"type": "webexCalling", "webexCalling": {
            "extension": extension, "locationId": location, "licenses": [license]}},
    });
    let room = hub.call("POST", "/v1/workspaces", &body).expect(201).json();
    room["id"].as_str().expect("an id").to_owned()
}

#[test]
fn a_phone_is_added_by_its_address_read_and_deleted() {
    let hub = Hub::start();
    let device = create(&hub, &phone(&hub, "d8:2e:3e:ef:4e:5c"));
    assert_eq!(device["mac"], "D8:2E:3E:EF:4E:5C");
    assert_eq!(device["product"], "Cisco 8865");
    assert_eq!(device["type"], "phone");
    assert_eq!(device["displayName"], "Ada Lovelace");
    assert_eq!(device["connectionStatus"], "disconnected");
    assert_eq!(
        device["personId"],
        person_id(&hub, "full-admin", ADA).as_str()
    );
    assert_eq!(device["locationId"], hub.location("Pier").as_str());
    assert_eq!(device.get("workspaceId"), None);
    let id = ids::decode("DEVICE", device["id"].as_str().unwrap()).expect("a device's id");
    assert_eq!(hub.get(&path(&device)).expect(200).json(), device);
    let calling = device["callingDeviceId"].as_str().expect("an id");
    for other in [&id, calling] {
        assert_eq!(
            hub.get(&format!("{BASE}/{other}")).expect(200).json(),
            device
        );
    }
    hub.call("DELETE", &path(&device), &Value::Null).expect(204);
    hub.get(&path(&device)).expect(404);
    hub.call("DELETE", &path(&device), &Value::Null).expect(404);
    create(&hub, &phone(&hub, "D82E3EEF4E5C"));
}

#[test]
fn an_address_belongs_to_one_device() {
    let hub = Hub::start();
    create(&hub, &phone(&hub, "D82E3EEF4E5C"));
    let before = hub.revision();
    let refused = hub
        .call("POST", BASE, &phone(&hub, "d82e.3eef.4e5c"))
        .expect(409);
    assert!(
        refused.text.contains("is used by another device"),
        "{}",
        refused.text
    );
    assert_eq!(hub.revision(), before);
}

#[test]
fn a_code_is_used_once_and_ends_after_its_days() {
    let hub = Hub::start();
    let ada = person_id(&hub, "full-admin", ADA);
    let make = || {
        let body = json!({"personId": ada, "model": "Cisco 8875"});
        hub.call("POST", CODE, &body).expect(200).json()
    };
    let (first, second) = (make(), make());
    assert_eq!(first["expiryTime"], "2026-03-09T09:00:00.000Z");
    let digits = first["code"].as_str().expect("a code");
    assert!(digits.len() == 16 && digits.bytes().all(|b| b.is_ascii_digit()));
    assert_ne!(first["code"], second["code"]);
    assert_eq!(listed(&hub, "full-admin", ""), Vec::<String>::new());
    let online = |code: &str| hub.call("POST", ONLINE, &json!({"activationCode": code}));
    let (head, tail) = digits.split_at(4);
    let device = online(&format!("{head} {tail}")).expect(200).json();
    let id = device["device"]["id"].as_str().expect("an id");
    let shown = hub.get(&format!("{BASE}/{id}")).expect(200).json();
    assert_eq!(shown["product"], "Cisco 8875");
    assert_eq!(shown["connectionStatus"], "connected");
    assert_eq!(shown["lastSeen"], "2026-03-02T09:00:00.000Z");
    online(digits).expect(404);
    hub.call("POST", "/_sim/v1/clock/advance", &json!({"by": "P7D"}))
        .expect(200);
    online(second["code"].as_str().unwrap()).expect(404);
}

#[test]
fn a_code_without_a_model_is_for_collaboration_devices() {
    let hub = Hub::with_scenario("minimal");
    let body = json!({"displayName": "Cedar", "calling": {"type": "none"}});
    let room = hub.call("POST", "/v1/workspaces", &body).expect(201).json();
    let code = hub
        .call("POST", CODE, &json!({"workspaceId": room["id"]}))
        .expect(200)
        .json();
    let online = |product: &str| {
        let body = json!({
            "activationCode": code["code"], "product": product, "mac": "D82E3E000001",
        });
        hub.call("POST", ONLINE, &body)
    };
    let refused = online("Cisco 8865").expect(400);
    assert!(
        refused.text.contains("is for collaboration devices"),
        "{}",
        refused.text
    );
    online("Cisco Room Bar").expect(200);
    assert_eq!(
        listed(&hub, "full-admin", "type=roomdesk"),
        ["D8:2E:3E:00:00:01"]
    );
    let id = room["id"].as_str().unwrap();
    let shown = hub.get(&format!("/v1/workspaces/{id}?includeDevices=true"));
    let shown = shown.expect(200).json();
    assert_eq!(shown["devices"][0]["product"], "Cisco Room Bar");
    assert_eq!(shown["devices"][0]["capabilities"], json!(["xapi"]));
    // A device turns calling of type none into freeCalling.
    assert_eq!(shown["calling"]["type"], "freeCalling");
    let platform = hub
        .get("/v1/workspaces?devicePlatform=cisco")
        .expect(200)
        .json();
    assert_eq!(platform["items"][0]["id"], room["id"]);
}

/// Proves: WS-13
#[test]
fn a_common_area_has_one_phone_and_a_professional_workspace_five() {
    let hub = Hub::with_scenario("minimal");
    let common = room(&hub, "Webex Calling - Workspaces", "7001");
    let professional = room(&hub, "Webex Calling - Professional", "7002");
    let add = |room: &str, number: u32| {
        let mac = format!("D82E3E{number:06}");
        let body = json!({"mac": mac, "model": "Cisco 7841", "workspaceId": room});
        hub.call("POST", BASE, &body)
    };
    add(&common, 1).expect(200);
    let refused = add(&common, 2).expect(400);
    assert!(
        refused.text.contains("there can be 1 phone."),
        "{}",
        refused.text
    );
    for number in 11..16 {
        add(&professional, number).expect(200);
    }
    let refused = add(&professional, 16).expect(400);
    assert!(
        refused.text.contains("there can be 5 phones."),
        "{}",
        refused.text
    );
}

/// Proves: WS-12, WS-17
#[test]
fn devices_hold_the_type_of_calling_and_go_with_their_workspace() {
    let hub = Hub::with_scenario("minimal");
    let id = room(&hub, "Webex Calling - Workspaces", "7001");
    let body = json!({"mac": "D82E3E000001", "model": "Cisco 7841", "workspaceId": id});
    create(&hub, &body);
    let room = format!("/v1/workspaces/{id}");
    for kind in ["none", "thirdPartySipCalling"] {
        let body = json!({
            "displayName": "Room", "sipAddress": "room@sip.example", "calling": {"type": kind},
        });
        let refused = hub.call("PUT", &room, &body).expect(409);
        assert!(refused.text.contains("has devices"), "{}", refused.text);
    }
    let gone = hub.call("DELETE", &room, &Value::Null).expect(204);
    assert_eq!(listed(&hub, "full-admin", ""), Vec::<String>::new());
    let ledger = hub.get("/_sim/v1/ledger").expect(200);
    assert!(ledger.text.contains("D82E3E000001"), "{}", ledger.text);
    let told = format!("/_sim/v1/explain/{}", gone.header("trackingid"));
    let told = hub.get(&told).expect(200);
    assert!(told.text.contains("WS-17"), "{}", told.text);
}

/// Proves: LOSS-01, LOSS-05
#[test]
fn phones_go_with_calling_and_stay_in_a_swap() {
    let hub = Hub::with_scenario("demo");
    let email = "maren.castellan@quillhaven.example";
    let maren = person_id(&hub, "full-admin", email);
    let query = format!("personId={maren}");
    let (phone, board) = ("D8:2E:3E:10:01:03", "D8:2E:3E:20:01:03");
    assert_eq!(listed(&hub, "full-admin", &query), [phone, board]);
    let dialog = format!("/_hub/v1/organizations/me/users/{maren}/licenses");
    let held = hub.get(&dialog).expect(200).json();
    let find = |subscription: &str| {
        let items = held["items"].as_array().unwrap().iter();
        let mut fitting = items.filter(|it| {
            it["name"] == "Webex Calling - Professional" && it["subscriptionId"] == subscription
        });
        fitting.next().expect("a licence")["licenseId"].clone()
    };
    let (old, new) = (find("Sub119911"), find("Sub121331"));
    let swap = json!({"licenses": [
        {"id": old, "operation": "remove"}, {"id": new, "operation": "add"}]});
    let swapped = hub.call("PATCH", &dialog, &swap).expect(200).json();
    assert!(
        swapped["kept"]
            .as_array()
            .unwrap()
            .contains(&json!("devices")),
        "{swapped}"
    );
    assert_eq!(listed(&hub, "full-admin", &query), [phone, board]);
    let removal = json!({"licenses": [{"id": new, "operation": "remove"}]});
    let removed = hub.call("PATCH", &dialog, &removal).expect(200).json();
    let lost = removed["lost"].as_array().unwrap().iter();
    let lost: Vec<&Value> = lost.filter(|one| one["family"] == "devices").collect();
    assert_eq!(lost.len(), 1);
    assert_eq!(
        lost[0]["before"],
        json!({"model": "DMS Cisco 9861", "mac": "D82E3E100103"})
    );
    assert_eq!(listed(&hub, "full-admin", &query), [board]);
    hub.call("POST", "/_sim/v1/undo", &Value::Null).expect(200);
    assert_eq!(listed(&hub, "full-admin", &query), [phone, board]);
    // The last full administrator would stay (DEC-46).
    let wendell = "wendell.okonma@quillhaven.example";
    let roles = format!("/_hub/v1/organizations/me/users/{wendell}/administratorRoles");
    hub.call("PUT", &roles, &json!({"roles": ["id_full_admin"]}))
        .expect(200);
    hub.call("DELETE", &format!("/v1/people/{maren}"), &Value::Null)
        .expect(204);
    assert_eq!(listed(&hub, "full-admin", &query), Vec::<String>::new());
}

/// Proves: SUB-04
#[test]
fn phones_are_released_with_the_numbers_of_a_cancelled_subscription() {
    let hub = Hub::with_scenario("demo");
    assert_eq!(listed(&hub, "full-admin", "type=phone").len(), 6);
    hub.call(
        "POST",
        "/_sim/v1/subscriptions/Sub119911/cancel",
        &Value::Null,
    )
    .expect(200);
    hub.call("POST", "/_sim/v1/clock/advance", &json!({"by": "P31D"}))
        .expect(200);
    assert_eq!(
        listed(&hub, "full-admin", "type=phone"),
        Vec::<String>::new()
    );
    assert_eq!(listed(&hub, "full-admin", "type=roomdesk").len(), 4);
    let odette = "odette.fairbourne@quillhaven.example";
    let lost = hub.get(&format!("/_sim/v1/ledger?rule=SUB-04&holder={odette}"));
    assert!(lost.expect(200).text.contains("D82E3E100104"));
}

#[test]
fn devices_are_found_by_what_they_are() {
    let hub = Hub::with_scenario("demo");
    let get = |query: &str| listed(&hub, "full-admin", query);
    assert_eq!(get("").len(), 10);
    assert_eq!(get("connectionStatus=disconnected"), ["D8:2E:3E:10:01:05"]);
    assert_eq!(get("product=cisco%209861"), ["D8:2E:3E:10:01:03"]);
    assert_eq!(get("mac=d82e3e100104"), ["D8:2E:3E:10:01:04"]);
    assert_eq!(get("tag=reception,spare"), ["D8:2E:3E:10:01:05"]);
    assert_eq!(get("tag=reception").len(), 2);
    assert_eq!(get("capability=xapi").len(), 4);
    assert_eq!(get("permission=xapi:all&type=roomdesk").len(), 4);
    assert_eq!(
        get("displayName=aperture%20boardroom"),
        ["D8:2E:3E:20:01:90"]
    );
    assert_eq!(
        get("devicePlatform=microsoftTeamsRoom"),
        Vec::<String>::new()
    );
    assert_eq!(get("plannedMaintenance=off").len(), 10);
    assert_eq!(
        get("plannedMaintenance=on&upgradeChannel=beta"),
        Vec::<String>::new()
    );
    let location = hub.location("San Jose HQ");
    assert_eq!(get(&format!("locationId={location}")).len(), 6);
    assert_eq!(hub.pages(&format!("{BASE}?max=4"), "items").len(), 10);
    for query in [
        "mac=x",
        "personId=x",
        "workspaceId=x",
        "locationId=x",
        "connectionStatus=up",
        "capability=y",
        "devicePlatform=z",
        "plannedMaintenance=maybe",
    ] {
        hub.get(&format!("{BASE}?{query}")).expect(400);
    }
}

#[test]
fn tags_are_added_replaced_and_removed_by_a_list_or_a_single_operation() {
    let hub = Hub::start();
    let device = create(&hub, &phone(&hub, "D82E3EEF4E5C"));
    let patch = |body: Value| {
        let body = body.to_string();
        let kind = "application/json-patch+json";
        hub.send_raw("PATCH", &path(&device), kind, body.as_bytes())
    };
    let tags = |answer: crate::support::Answer| answer.expect(200).json()["tags"].clone();
    let add = json!([{"op": "add", "path": "tags", "value": ["a", "b"]}]);
    assert_eq!(tags(patch(add)), json!(["a", "b"]));
    let single = json!({"op": "add", "path": "/tags", "value": ["b", "c"]});
    assert_eq!(tags(patch(single)), json!(["a", "b", "c"]));
    let replace = json!([{"op": "replace", "path": "tags", "value": ["d"]}]);
    assert_eq!(tags(patch(replace)), json!(["d"]));
    let before = hub.revision();
    for body in [
        json!([{"op": "swap", "path": "tags", "value": []}]),
        json!([{"op": "add", "path": "mac", "value": ["x"]}]),
        json!([{"op": "add", "path": "tags"}]),
        json!([{"op": "add", "path": "tags", "value": [""]}]),
        json!([{"op": "add", "path": "tags", "value": ["x".repeat(200)]}]),
        json!([{"op": "add", "path": "tags", "value": "x"}]),
        json!(["add"]),
        json!("add"),
        json!({}),
    ] {
        let text = body.to_string();
        let refused = patch(body);
        assert_eq!(refused.status, 400, "{text}: {}", refused.text);
    }
    let many: Vec<String> = (0..101).map(|number| number.to_string()).collect();
    patch(json!([{"op": "add", "path": "tags", "value": many}])).expect(400);
    assert_eq!(hub.revision(), before);
    let remove = json!([{"op": "remove", "path": "tags"}]);
    assert_eq!(tags(patch(remove)), json!([]));
}

#[test]
fn a_person_sees_their_own_devices_alone() {
    let hub = Hub::start();
    let device = create(&hub, &phone(&hub, "D82E3EEF4E5C"));
    let (ada, rhea) = (format!("user:{ADA}"), "user:rhea@harbour.example");
    assert_eq!(listed(&hub, &ada, "").len(), 1);
    hub.send_as(&ada, "GET", &path(&device), &Value::Null)
        .expect(200);
    // A read-only administrator sees it and cannot delete it.
    hub.send_as(rhea, "GET", &path(&device), &Value::Null)
        .expect(200);
    let refused = hub.send_as(rhea, "DELETE", &path(&device), &Value::Null);
    let refused = refused.expect(403);
    assert!(refused.text.contains("these can: Full"), "{}", refused.text);
    hub.send_as(&ada, "POST", BASE, &phone(&hub, "D82E3EEF4E5D"))
        .expect(403);
    hub.send_as("device-admin", "POST", BASE, &phone(&hub, "D82E3EEF4E5D"))
        .expect(200);
    hub.send_as(&ada, "DELETE", &path(&device), &Value::Null)
        .expect(204);
}

#[test]
fn what_is_wrong_with_a_device_is_said_and_nothing_changes() {
    let hub = Hub::start();
    let ada = person_id(&hub, "full-admin", ADA);
    let rhea = person_id(&hub, "full-admin", "rhea@harbour.example");
    let before = hub.revision();
    let base = json!({"mac": "D82E3EEF4E5C", "model": "Cisco 8865", "personId": ada});
    let with = |field: &str, value: Value| {
        let mut body = base.clone();
        body[field] = value;
        body
    };
    let both = with("workspaceId", json!("x"));
    for (body, status, word) in [
        (
            with("mac", json!("D82E3E")),
            400,
            "twelve hexadecimal digits",
        ),
        (
            with("mac", json!("FFFFFFFFFFFF")),
            400,
            "not the address of one device",
        ),
        (with("model", json!("Cisco 88")), 400, "is not supported"),
        (
            with("model", json!("Cisco Desk Pro")),
            400,
            "activation code",
        ),
        (
            with("model", json!("2N Customer Managed")),
            400,
            "needs a password",
        ),
        (both, 400, "and not both"),
        (
            json!({"mac": "D82E3EEF4E5C", "model": "Cisco 8865"}),
            400,
            "Either workspaceId",
        ),
        (json!({"personId": ada, "model": "Cisco 8865"}), 400, "mac"),
        (with("personId", json!("nobody")), 404, "Person"),
        (with("personId", json!(rhea)), 400, "Webex Calling"),
    ] {
        let refused = hub.call("POST", BASE, &body).expect(status);
        assert!(refused.text.contains(word), "{body}: {}", refused.text);
    }
    hub.call(
        "POST",
        CODE,
        &json!({"personId": rhea, "model": "Cisco 8865"}),
    )
    .expect(400);
    hub.call("POST", CODE, &json!({})).expect(400);
    for body in [
        json!({}),
        json!({"deviceId": "x", "activationCode": "1"}),
        json!({"activationCode": "1", "mac": "x"}),
    ] {
        hub.call("POST", ONLINE, &body).expect(400);
    }
    hub.call("POST", ONLINE, &json!({"deviceId": "x"}))
        .expect(404);
    hub.get(&format!("{BASE}/nothing")).expect(404);
    assert_eq!(hub.revision(), before);
}

/// Proves: ROLE-02
#[test]
fn who_may_not_change_a_device_is_told_so_even_of_their_own() {
    let hub = Hub::start();
    let adas = create(&hub, &phone(&hub, "D82E3EEF4E5C"));
    let ada = person_id(&hub, "full-admin", ADA);
    let maren = json!({"emails": ["maren@harbour.example"], "displayName": "Maren"});
    hub.call("POST", "/v1/people", &maren).expect(200);
    let before = hub.revision();
    for token in [
        "user:maren@harbour.example",
        "read-only-admin",
        "support-admin",
    ] {
        for (method, body) in [
            ("DELETE", Value::Null),
            (
                "PATCH",
                json!([{"op": "add", "path": "tags", "value": ["x"]}]),
            ),
        ] {
            hub.send_as(token, method, &path(&adas), &body).expect(403);
        }
    }
    assert_eq!(hub.revision(), before);
    // The role makes the difference: her phone is hers until she only looks.
    let document = hub.get(&format!("/v1/people/{ada}")).expect(200).json();
    let mut whole = document.clone();
    whole["roles"] = json!(["id_readonly_admin"]);
    hub.call("PUT", &format!("/v1/people/{ada}"), &whole)
        .expect(200);
    hub.send_as(&format!("user:{ADA}"), "DELETE", &path(&adas), &Value::Null)
        .expect(403);
    hub.call("PUT", &format!("/v1/people/{ada}"), &document)
        .expect(200);
    hub.send_as(&format!("user:{ADA}"), "DELETE", &path(&adas), &Value::Null)
        .expect(204);
}

/// Proves: SUB-03
#[test]
fn nobody_gets_a_phone_while_the_subscription_of_their_calling_is_cancelled() {
    let hub = Hub::start();
    let ada = person_id(&hub, "full-admin", ADA);
    let waiting = json!({"model": "Cisco 8865", "personId": ada});
    let code = hub.call("POST", CODE, &waiting).expect(200).json()["code"].clone();
    let subscription = hub.find("/v1/licenses", "name", "Webex Calling - Professional");
    let subscription = subscription["subscriptionId"]
        .as_str()
        .expect("an id")
        .to_owned();
    let bill = |deed: &str| {
        let path = format!("/_sim/v1/subscriptions/{subscription}/{deed}");
        hub.call("POST", &path, &Value::Null).expect(200);
    };
    bill("cancel");
    let before = hub.revision();
    for refused in [
        hub.call("POST", BASE, &phone(&hub, "d8:2e:3e:ef:4e:5d")),
        hub.call("POST", CODE, &waiting),
        hub.call("POST", ONLINE, &json!({"activationCode": code})),
    ] {
        let refused = refused.expect(403);
        assert!(
            refused.text.contains("its devices cannot be reached"),
            "{}",
            refused.text
        );
    }
    assert_eq!(hub.revision(), before);
    bill("restore");
    hub.call("POST", ONLINE, &json!({"activationCode": code}))
        .expect(200);
}
