//! How much a caller may say: a text or a list without end is refused by the field's name, and
//! nothing is kept of it.

use serde_json::{Value, json};

use super::settings::Desk;

const FORWARDING: &str = "/v1/people/{person}/features/callForwarding";
const VOICEMAIL: &str = "/v1/people/{person}/features/voicemail";
const TRANSFER: &str =
    "/v1/telephony/config/people/{person}/outgoingPermission/autoTransferNumbers";
const INTERCEPT: &str = "/v1/people/{person}/features/intercept";
const CALLER_ID: &str = "/v1/people/{person}/features/callerId";

/// A path, the body that sets a field to a value, and the field's name.
type Numbered = (&'static str, fn(&str) -> Value, &'static str);

/// The fields that hold a number as callers write one.
const NUMBERED: &[Numbered] = &[
    (
        FORWARDING,
        |value| json!({"callForwarding": {"always": {"destination": value}}}),
        "callForwarding.always.destination",
    ),
    (
        FORWARDING,
        |value| json!({"callForwarding": {"noAnswer": {"destination": value}}}),
        "callForwarding.noAnswer.destination",
    ),
    (
        FORWARDING,
        |value| json!({"businessContinuity": {"destination": value}}),
        "businessContinuity.destination",
    ),
    (
        TRANSFER,
        |value| json!({"useCustomTransferNumbers": true, "autoTransferNumber1": value}),
        "autoTransferNumber1",
    ),
    (
        TRANSFER,
        |value| json!({"useCustomTransferNumbers": true, "autoTransferNumber3": value}),
        "autoTransferNumber3",
    ),
    (
        VOICEMAIL,
        |value| json!({"notifications": {}, "transferToNumber": {"destination": value}}),
        "transferToNumber.destination",
    ),
    (
        VOICEMAIL,
        |value| json!({"notifications": {}, "transferToNumber": {}, "faxMessage": {"phoneNumber": value}}),
        "faxMessage.phoneNumber",
    ),
    (
        VOICEMAIL,
        |value| json!({"notifications": {}, "transferToNumber": {}, "faxMessage": {"extension": value}}),
        "faxMessage.extension",
    ),
    (
        INTERCEPT,
        |value| json!({"outgoing": {"destination": value}}),
        "outgoing.destination",
    ),
    (
        INTERCEPT,
        |value| json!({"incoming": {"announcements": {"newNumber": {"destination": value}}}}),
        "incoming.announcements.newNumber.destination",
    ),
];

#[test]
fn what_nobody_can_dial_is_refused_and_every_way_of_writing_a_number_is_kept() {
    let desk = Desk::open();
    for (path, body, field) in NUMBERED {
        let before = desk.read(path);
        let long = "1".repeat(24);
        let endless = "1".repeat(2_000_000);
        for wrong in ["zz", "()", "\u{0}\n<script>", "+1\n503", &long, &endless] {
            let text = desk.hub.call("PUT", &desk.path(path), &body(wrong));
            let text = text.expect(400).text;
            assert!(text.contains(&format!("{field} must be ")), "{text}");
            assert!(text.len() < 700, "{text}");
        }
        assert_eq!(desk.read(path), before);
        for right in ["+1 (503) 555-0199", "503.555.0199", "*67", "#2", ""] {
            let sent = desk.hub.call("PUT", &desk.path(path), &body(right));
            sent.expect(204);
        }
    }
}

#[test]
fn a_caller_id_name_has_128_characters_at_most() {
    let desk = Desk::open();
    let body = |length: usize| {
        json!({
            "selected": "DIRECT_LINE", "externalCallerIdNamePolicy": "OTHER",
            "customExternalCallerIdName": "x".repeat(length),
        })
    };
    let put = |length| desk.hub.call("PUT", &desk.path(CALLER_ID), &body(length));
    for length in [129, 2_000_000] {
        let text = put(length).expect(400).text;
        assert!(text.contains("customExternalCallerIdName must "), "{text}");
    }
    put(128).expect(204);
}

#[test]
fn a_person_s_texts_and_lists_are_bounded_and_named() {
    let desk = Desk::open();
    let before = desk.hub.revision();
    let number = json!({"type": "mobile", "value": "1"});
    let wrong = [
        (
            json!({"addresses": [{"streetAddress": "x".repeat(2_000_000)}]}),
            "addresses[0].streetAddress must be at most",
        ),
        (
            json!({"addresses": [{}, {"locality": "x".repeat(257)}]}),
            "addresses[1].locality must be at most",
        ),
        (
            json!({"phoneNumbers": [{"type": "mobile", "value": "1".repeat(2_000_000)}]}),
            "phoneNumbers[0].value must be at most",
        ),
        (
            json!({"phoneNumbers": vec![number.clone(); 101]}),
            "phoneNumbers must hold at most 100 items, but it has 101.",
        ),
        (
            json!({"phoneNumbers": vec![number; 100_000]}),
            "phoneNumbers must be a list of at most 10000 items",
        ),
        (
            json!({"avatar": "x".repeat(2049)}),
            "avatar must be at most 2048 characters",
        ),
        (
            json!({"title": "a\u{7}b"}),
            "title must be a text without control characters",
        ),
    ];
    for (mut body, told) in wrong {
        body["emails"] = json!(["new@pebblebrook.example"]);
        body["displayName"] = json!("New");
        let text = desk.hub.call("POST", "/v1/people", &body).expect(400).text;
        assert!(text.contains(told), "{text}");
        assert!(text.len() < 700, "{text}");
    }
    assert_eq!(desk.hub.revision(), before);
}

#[test]
fn the_name_of_an_uploaded_greeting_is_bounded() {
    let desk = Desk::open();
    let upload = desk.path(&format!("{VOICEMAIL}/actions/uploadBusyGreeting/invoke"));
    let form = |name: &str| {
        format!(
            "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             content-type: audio/wav\r\n\r\nRIFF....WAVEfmt \r\n--b--\r\n"
        )
    };
    let send = |name: &str| {
        let media_type = "multipart/form-data; boundary=b";
        desk.hub.upload(&upload, media_type, form(name))
    };
    for length in [81, 1_000_000] {
        let text = send(&"x".repeat(length)).expect(400).text;
        assert!(
            text.contains("The name of the file must not be longer than 80"),
            "{text}"
        );
    }
    assert_eq!(
        desk.read(VOICEMAIL)["sendBusyCalls"]["greetingUploaded"],
        false
    );
    send(&"x".repeat(80)).expect(201);
}

#[test]
fn a_call_type_is_named_once_and_a_weekly_event_says_how_often() {
    let desk = Desk::open();
    let path = "/v1/people/{person}/features/outgoingPermission";
    let before = desk.read(path);
    let twice = json!({"callingPermissions": [
        {"callType": "NATIONAL", "action": "ALLOW"}, {"callType": "NATIONAL", "action": "BLOCK"},
    ]});
    let text = desk.hub.call("PUT", &desk.path(path), &twice).expect(400);
    assert!(
        text.text
            .contains("callingPermissions[1].callType is given twice"),
        "{}",
        text.text
    );
    assert_eq!(desk.read(path), before);
    let schedules = desk.path("/v1/people/{person}/features/schedules");
    let event = json!({
        "name": "weekly", "startDate": "2026-03-02", "endDate": "2026-03-02",
        "allDayEnabled": true, "recurrence": {"recurForEver": true, "recurWeekly": {"monday": true}},
    });
    let schedule = json!({"name": "hours", "type": "businessHours", "events": [event]});
    let text = desk
        .hub
        .call("POST", &schedules, &schedule)
        .expect(400)
        .text;
    assert!(
        text.contains("recurrence.recurWeekly.recurInterval is required"),
        "{text}"
    );
    assert!(text.contains("25008"), "{text}");
}

#[test]
fn a_page_size_is_clamped_above_and_told_with_its_least_below() {
    let desk = Desk::open();
    for path in [
        "/v1/people",
        "/v1/workspaces",
        "/v1/telephony/config/numbers",
    ] {
        desk.hub
            .get(&format!("{path}?max=99999999999999999999"))
            .expect(200);
        for wrong in ["0", "-1", "x", "1.5"] {
            let text = desk
                .hub
                .get(&format!("{path}?max={wrong}"))
                .expect(400)
                .text;
            assert!(
                text.contains("max must be a whole number of at least 1."),
                "{text}"
            );
        }
    }
}

#[test]
fn a_head_asks_for_pages_and_health_like_a_get() {
    let desk = Desk::open();
    for path in ["/", "/docs", "/_sim/v1/health"] {
        let head = desk.hub.send("HEAD", path, &[], &Value::Null);
        let get = desk.hub.send("GET", path, &[], &Value::Null);
        assert_eq!(head.status, get.status, "{path}");
        assert_eq!(head.text, "");
    }
}
