//! Speed dials among the monitored elements of people and workspaces.

use serde_json::{Value, json};

use super::Desk;

const PERSON: &str = "/v1/people/{person}/features/monitoring";
const ROOM: &str = "/v1/workspaces/{room}/features/monitoring";

/// Proves: DEC-171
#[test]
fn a_speed_dial_is_read_as_one_and_not_as_a_watched_line() {
    let desk = Desk::open();
    for path in [PERSON, ROOM] {
        let body = r#"{"enableCallParkNotification": true, "monitoredElements": [
            {"id": "{renata}", "type": "SPEED_DIAL", "lineKeyLabel": "Renata",
             "phoneNumber": "+19995550100"},
            {"type": "SPEED_DIAL", "phoneNumber": "+15035550188"},
            {"id": "{renata}", "type": "MEMBER"}, "{abigail}"]}"#;
        desk.send("PUT", path, body, 204);
        let elements = desk.read(path)["monitoredElements"].clone();
        let dial = &elements[0]["speedDial"];
        assert_eq!(dial["id"], desk.path("{renata}"));
        assert_eq!(
            (&dial["firstName"], &dial["lineKeyLabel"], &dial["type"]),
            (&json!("Renata"), &json!("Renata"), &json!("PEOPLE"))
        );
        assert!(dial["phoneNumber"] != "+19995550100", "{dial}");
        assert!(elements[0]["member"].is_null(), "{elements}");
        assert_eq!(
            elements[1],
            json!({ "speedDial": { "phoneNumber": "+15035550188" } })
        );
        assert_eq!(elements[2]["member"]["id"], desk.path("{renata}"));
        assert_eq!(elements[3]["member"]["id"], desk.path("{abigail}"));
    }
}

/// What no element is, with the code and the words of the refusal.
const HOSTILE: &[(&str, u32, &str)] = &[
    (
        r#"{"id": "{renata}", "type": "zz"}"#,
        25_024,
        "monitoredElements[0].type must be one of MEMBER, CALL_PARK_EXTENSION, SPEED_DIAL, but it \
         is the string \"zz\".",
    ),
    (
        r#"{"id": "{renata}", "type": "CALL_PARK_EXTENSION"}"#,
        25_024,
        "monitoredElements[0].type: call park extensions are not simulated. Name people and \
         workspaces.",
    ),
    (
        r#"{"type": "SPEED_DIAL", "lineKeyLabel": "Nobody"}"#,
        25_008,
        "monitoredElements[0] is a speed dial: either id or phoneNumber is required.",
    ),
    (
        r#"{"type": "SPEED_DIAL", "phoneNumber": ""}"#,
        25_008,
        "monitoredElements[0].phoneNumber must not be empty.",
    ),
    (
        r#"{"phoneNumber": "+15035550188"}"#,
        25_008,
        "monitoredElements[0].id is required.",
    ),
    (
        r#"{"type": "SPEED_DIAL", "id": "{person}"}"#,
        4470,
        "monitoredElements: nobody monitors their own line.",
    ),
    (
        r#"{"type": "SPEED_DIAL", "id": "{renata}"}, {"type": "SPEED_DIAL", "id": "{renata}"}"#,
        25_024,
        "monitoredElements[1]: {renata} is named twice.",
    ),
];

#[test]
fn what_is_no_element_is_refused_and_changes_nothing() {
    let desk = Desk::open();
    for (elements, code, told) in HOSTILE {
        let body =
            format!(r#"{{"enableCallParkNotification": true, "monitoredElements": [{elements}]}}"#);
        desk.is_refused("PUT", PERSON, &body, *code, told);
    }
    let label = "x".repeat(256);
    let body = json!({ "enableCallParkNotification": true, "monitoredElements": [
        { "type": "SPEED_DIAL", "phoneNumber": "1101", "lineKeyLabel": label }] });
    let told = "monitoredElements[0].lineKeyLabel must not be longer than 255 characters, but it \
                has 256.";
    desk.is_refused("PUT", PERSON, &body.to_string(), 25_024, told);
}

/// Proves: DEC-171, DEC-92
#[test]
fn a_speed_dial_lights_no_lamp_and_its_number_is_not_offered_again() {
    let desk = Desk::open();
    let offered = |list: &str| {
        let path = "/v1/telephony/config/people/{person}/monitoring/";
        let members = desk.read(&format!("{path}{list}"))["members"].clone();
        let ids = members.as_array().expect("a list").iter();
        let wanted = desk.path("{renata}");
        ids.filter(|one| one["id"] == wanted.as_str()).count()
    };
    let body = r#"{"enableCallParkNotification": true, "monitoredElements": [
        {"id": "{renata}", "type": "SPEED_DIAL"}]}"#;
    let services = "/v1/telephony/config/people/{person}/services";
    let before = desk.read(services);
    assert_eq!(
        (
            offered("availableMembers"),
            offered("speedDials/availableMembers")
        ),
        (1, 1)
    );
    desk.send("PUT", PERSON, body, 204);
    assert_eq!(
        (
            offered("availableMembers"),
            offered("speedDials/availableMembers")
        ),
        (1, 0)
    );
    assert_eq!(desk.read(services), before);
    // Whoever loses Calling falls out of speed dials, too.
    let renata = desk.path("/v1/people/{renata}");
    desk.hub.call("DELETE", &renata, &Value::Null).expect(204);
    assert_eq!(desk.read(PERSON)["monitoredElements"], json!([]));
}

#[test]
fn a_voicemail_passcode_is_none_of_the_last_ten() {
    let desk = Desk::open();
    for holder in ["people/{person}", "workspaces/{room}"] {
        let path = desk.path(&format!("/v1/telephony/config/{holder}/voicemail/passcode"));
        let set = |number: u32| {
            let body = json!({ "passcode": format!("{}", 902_846 + number * 1_010) });
            desk.hub.call("PUT", &path, &body)
        };
        for number in 0..10 {
            set(number).expect(204);
        }
        let before = desk.hub.revision();
        for number in [0, 5, 9] {
            let told = set(number).expect(400).text;
            assert!(told.contains("one of the last 10"), "{told}");
        }
        assert_eq!(desk.hub.revision(), before);
        set(10).expect(204);
        set(0).expect(204);
        set(1).expect(204);
        set(5).expect(400);
    }
}
