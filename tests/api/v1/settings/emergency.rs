//! Which number emergency services call back, and what it falls back to.

use serde_json::{Value, json};

use super::Desk;

const OF_PERSON: &str = "/v1/telephony/config/people/{person}/emergencyCallbackNumber";
const OF_ROOM: &str = "/v1/telephony/config/workspaces/{room}/emergencyCallbackNumber";
const OF_RENATA: &str = "/v1/telephony/config/people/{renata}/emergencyCallbackNumber";

/// Level, number and quality of what reading shows.
fn told(info: &Value) -> [&str; 3] {
    ["effectiveLevel", "effectiveValue", "quality"].map(|field| info[field].as_str().unwrap_or(""))
}

const MAIN: &str = "+15035550100";
const KOFI: &str = "+15035550102";
const ROOM: &str = "+15035550115";

/// Proves: DEC-93
#[test]
fn who_has_a_number_is_called_back_and_who_has_none_is_reached_at_the_location() {
    let desk = Desk::open();
    let kofi = desk.read(OF_PERSON);
    assert_eq!(kofi["selected"], "DIRECT_LINE");
    assert_eq!(
        told(&kofi["directLineInfo"]),
        ["DIRECT_LINE", KOFI, "RECOMMENDED"]
    );
    let location = ["LOCATION_NUMBER", MAIN, "NOT_RECOMMENDED"];
    assert_eq!(told(&kofi["locationECBNInfo"]), location);
    assert_eq!(kofi["elinForWebexAppEnabled"], false);
    let renata = desk.read(OF_RENATA);
    assert_eq!(renata["selected"], "LOCATION_ECBN");
    assert_eq!(
        told(&renata["directLineInfo"]),
        ["LOCATION_NUMBER", MAIN, "INVALID"]
    );
    assert!(renata["directLineInfo"]["phoneNumber"].is_null());
    let direct = json!({ "selected": "DIRECT_LINE" });
    let refused = desk
        .hub
        .call("PUT", &desk.path(OF_RENATA), &direct)
        .expect(400);
    assert!(
        refused.text.contains("Renata Ingleby has no phone number"),
        "{}",
        refused.text
    );
    let room = desk.read(OF_ROOM);
    assert_eq!(room["directLineInfo"]["lastName"], ".");
    assert!(room["elinForWebexAppEnabled"].is_null());
}

/// Proves: DEC-93
#[test]
fn a_number_of_somebody_else_counts_while_it_is_reached() {
    let desk = Desk::open();
    let of_room = r#"{"selected": "LOCATION_MEMBER_NUMBER", "locationMemberId": "{room}"}"#;
    desk.send("PUT", OF_PERSON, of_room, 204);
    desk.send("PUT", OF_RENATA, of_room, 204);
    desk.send(
        "PUT",
        OF_PERSON,
        r#"{"elinEnabled": true, "elinForWebexAppEnabled": true}"#,
        204,
    );
    let kofi = desk.read(OF_PERSON);
    assert_eq!(kofi["selected"], "LOCATION_MEMBER_NUMBER");
    let info = &kofi["locationMemberInfo"];
    assert_eq!(told(info), ["LOCATION_MEMBER_NUMBER", ROOM, "RECOMMENDED"]);
    assert_eq!(
        (&info["firstName"], &info["memberType"]),
        (&json!("Aurora"), &json!("PLACE"))
    );
    assert_eq!(
        (&kofi["elinEnabled"], &kofi["elinForWebexAppEnabled"]),
        (&json!(true), &json!(true))
    );
    let dependencies = desk.read(&format!("{OF_ROOM}/dependencies"));
    assert_eq!(dependencies["dependentMemberCount"], 2);
    assert_eq!(dependencies["isSelfEcbnDefault"], true);
    assert_eq!(dependencies["isLocationEcbnDefault"], false);
    let own = desk.read(&format!("{OF_PERSON}/dependencies"));
    assert_eq!(own["isSelfEcbnDefault"], false);
    // What is in use is not deactivated: somebody would be called back there in vain.
    let location = desk.hub.location("Pebblebrook");
    let path = format!("/v1/telephony/config/locations/{location}/numbers");
    for number in [ROOM, MAIN] {
        let body = json!({ "phoneNumbers": [number], "action": "DEACTIVATE" });
        let refused = desk.hub.call("PUT", &path, &body).expect(409);
        assert!(refused.text.contains(number), "{}", refused.text);
    }
    // A workspace that goes leaves nobody with a choice that leads nowhere.
    desk.hub
        .call("DELETE", &desk.path("/v1/workspaces/{room}"), &Value::Null)
        .expect(204);
    assert_eq!(desk.read(OF_PERSON)["selected"], "DIRECT_LINE");
    assert_eq!(desk.read(OF_RENATA)["selected"], "LOCATION_ECBN");
    desk.send("PUT", OF_PERSON, r#"{"selected": "LOCATION_ECBN"}"#, 204);
    assert_eq!(desk.read(OF_PERSON)["selected"], "LOCATION_ECBN");
}

/// Proves: DEC-93
#[test]
fn a_number_that_no_call_reaches_leaves_the_main_number_of_the_location() {
    let desk = Desk::open();
    let location = desk.hub.location("Pebblebrook");
    let path = format!("/v1/telephony/config/locations/{location}/numbers");
    let silent = "+15035550177";
    let body = json!({ "phoneNumbers": [silent], "state": "INACTIVE" });
    desk.hub.call("POST", &path, &body).expect(201);
    let room = json!({ "calling": { "type": "webexCalling",
        "webexCalling": { "phoneNumber": silent, "locationId": location } } });
    desk.send("PUT", "/v1/workspaces/{room}", &room.to_string(), 200);
    let of_room = r#"{"selected": "LOCATION_MEMBER_NUMBER", "locationMemberId": "{room}"}"#;
    desk.send("PUT", OF_PERSON, of_room, 204);
    let info = &desk.read(OF_PERSON)["locationMemberInfo"];
    assert_eq!(told(info), ["LOCATION_NUMBER", MAIN, "INVALID"]);
    let body = json!({ "phoneNumbers": [silent], "action": "ACTIVATE" });
    desk.hub.call("PUT", &path, &body).expect(204);
    let info = &desk.read(OF_PERSON)["locationMemberInfo"];
    assert_eq!(
        told(info),
        ["LOCATION_MEMBER_NUMBER", silent, "RECOMMENDED"]
    );
}

#[test]
fn a_number_in_another_location_is_refused() {
    let hub = crate::support::Hub::with_scenario("demo");
    let id = |name: &str| hub.find("/v1/people?max=1000", "displayName", name)["id"].clone();
    let (devansh, maren) = (id("Devansh Pathare"), id("Maren Castellan"));
    let path = format!(
        "/v1/telephony/config/people/{}/emergencyCallbackNumber",
        devansh.as_str().expect("an id")
    );
    let body = json!({ "selected": "LOCATION_MEMBER_NUMBER", "locationMemberId": maren });
    let before = hub.revision();
    let refused = hub.call("PUT", &path, &body).expect(400).json();
    let error = &refused["errors"][0];
    assert_eq!(error["errorCode"], 4470);
    assert_eq!(
        error["description"],
        "locationMemberId: Maren is in another location, where emergency services would be sent."
    );
    assert_eq!(hub.revision(), before);
}
