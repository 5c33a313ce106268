//! The rules of single families (api-surface.md section 3): what is read-only, how lists are
//! merged, which status answers, and which paths are the same setting.

use serde_json::{Value, json};

use super::Desk;
use crate::support::Hub;

/// A path, a body of which every value is read-only, and what the path requires beside it.
const READ_ONLY: &[(&str, &str)] = &[
    (
        "/v1/people/{person}/features/callForwarding",
        r#"{"callForwarding": {"noAnswer": {"systemMaxNumberOfRings": 7}}}"#,
    ),
    (
        "/v1/people/{person}/features/voicemail",
        r#"{"notifications": {}, "transferToNumber": {}, "voiceMessageForwardingEnabled": true,
            "sendBusyCalls": {"greetingUploaded": true, "audioFile": {"name": "a", "mediaType": "b"}},
            "sendUnansweredCalls": {"greetingUploaded": true, "systemMaxNumberOfRings": 7}}"#,
    ),
    (
        "/v1/people/{person}/features/callerId",
        r#"{"selected": "DIRECT_LINE", "types": [], "directNumber": "+1", "extensionNumber": "9",
            "locationNumber": "+2", "tollFreeLocationNumber": true,
            "locationExternalCallerIdName": "Nowhere"}"#,
    ),
    (
        "/v1/people/{person}/features/callRecording",
        r#"{"serviceProvider": "Other", "externalGroup": "x", "externalIdentifier": "y"}"#,
    ),
    (
        "/v1/people/{person}/features/intercept",
        r#"{"incoming": {"announcements": {"fileName": "x.wav", "filename": "x.wav"}}}"#,
    ),
    (
        "/v1/people/{person}/features/outgoingPermission",
        r#"{"callingPermissions": [{"callType": "NATIONAL", "transferEnabled": true,
            "isCallTypeRestrictionEnabled": true}]}"#,
    ),
    (
        "/v1/telephony/config/workspaces/{room}/doNotDisturb",
        r#"{"webexGoOverrideEnabled": true}"#,
    ),
    (
        "/v1/workspaces/{room}/features/callerId",
        r#"{"selected": "DIRECT_LINE", "firstName": "A", "lastName": "B", "dialByFirstName": "C",
            "dialByLastName": "D", "additionalExternalCallerIdDirectLineEnabled": true}"#,
    ),
];

/// What a route answers when all is well.
const STATUSES: &[(&str, &str, &str, u16)] = &[
    ("PUT", "/v1/people/{person}/features/privacy", "{}", 200),
    (
        "PUT",
        "/v1/telephony/config/workspaces/{room}/privacy",
        "{}",
        204,
    ),
    ("PUT", "/v1/people/{person}/features/pushToTalk", "{}", 204),
    (
        "POST",
        "/v1/telephony/config/people/{person}/outgoingPermission/accessCodes",
        r#"{"code": "4711", "description": "abroad"}"#,
        201,
    ),
    (
        "PUT",
        "/v1/telephony/config/people/{person}/voicemail/passcode",
        r#"{"passcode": "408915"}"#,
        204,
    ),
    (
        "POST",
        "/v1/people/{person}/features/voicemail/actions/resetPin/invoke",
        "",
        204,
    ),
    (
        "DELETE",
        "/v1/telephony/config/people/{person}/outgoingPermission/digitPatterns",
        "",
        204,
    ),
];

/// Two paths of one setting, and a body (api-surface.md 2.4).
const ALIASES: &[(&str, &str, &str)] = &[
    (
        "/v1/people/{person}/features/outgoingPermission",
        "/v1/telephony/config/people/{person}/outgoingPermission",
        r#"{"useCustomPermissions": true, "callingPermissions": []}"#,
    ),
    (
        "/v1/telephony/config/people/{person}/outgoingPermission/autoTransferNumbers",
        "/v1/people/{person}/features/outgoingPermission/autoTransferNumbers",
        r#"{"useCustomTransferNumbers": true, "autoTransferNumber1": "+15035550100"}"#,
    ),
];

/// Proves: SET-02
#[test]
fn what_is_read_only_stays_whatever_a_put_says() {
    let desk = Desk::open();
    for (path, body) in READ_ONLY {
        let before = desk.read(path);
        desk.send("PUT", path, body, 204);
        assert_eq!(desk.read(path), before, "{path} {body}");
    }
}

#[test]
fn every_route_answers_with_its_documented_status() {
    let desk = Desk::open();
    for (method, path, body, status) in STATUSES {
        let text = desk.send(method, path, body, *status);
        assert_eq!(text.is_empty(), *status != 200, "{method} {path}: {text}");
    }
}

#[test]
fn a_path_that_only_sdks_call_is_the_same_setting() {
    let desk = Desk::open();
    for (path, alias, body) in ALIASES {
        desk.send("PUT", alias, body, 204);
        let changed = desk.read(path);
        assert_eq!(desk.read(alias), changed);
        let sent: Value = serde_json::from_str(body).expect("a body");
        for (field, value) in sent.as_object().expect("an object") {
            assert!(
                field == "callingPermissions" || changed[field] == *value,
                "{changed}"
            );
        }
    }
}

#[test]
fn outgoing_permissions_are_merged_by_call_type() {
    let desk = Desk::open();
    let path = "/v1/people/{person}/features/outgoingPermission";
    let permission = |call_type: &str| {
        let all = desk.read(path)["callingPermissions"].clone();
        let mut all = all.as_array().expect("a list").iter();
        let found = all.find(|one| one["callType"] == call_type).cloned();
        found.expect("a call type")
    };
    let national = permission("NATIONAL");
    let one = r#"{"callingPermissions": [
        {"callType": "INTERNATIONAL", "action": "AUTH_CODE", "transferEnabled": true}]}"#;
    desk.send("PUT", path, one, 204);
    assert_eq!(permission("INTERNATIONAL")["action"], "AUTH_CODE");
    assert_eq!(permission("NATIONAL"), national);
    for unsettable in ["URL", "UNKNOWN", "CASUAL"] {
        let body = json!({ "callingPermissions": [
            { "callType": unsettable, "action": "ALLOW", "transferEnabled": true }] });
        desk.send("PUT", path, &body.to_string(), 400);
    }
}

#[test]
fn a_personal_assistant_ends_at_a_time_that_is_shown_as_webex_shows_times() {
    let desk = Desk::open();
    let path = "/v1/telephony/config/people/{person}/features/personalAssistant";
    assert!(desk.read(path)["untilDateTime"].is_null());
    let body = r#"{"presence": "VACATION", "untilDateTime": "2026-03-20T18:00:00+01:00"}"#;
    desk.send("PUT", path, body, 204);
    let read = desk.read(path);
    assert_eq!(read["untilDateTime"], "2026-03-20T17:00:00.000Z");
    assert_eq!(read["alertMeFirstNumberOfRings"], 2);
    desk.send("PUT", path, r#"{"untilDateTime": null}"#, 204);
    assert!(desk.read(path)["untilDateTime"].is_null());
    assert_eq!(desk.read(path)["presence"], "VACATION");
}

#[test]
fn a_notification_that_is_on_without_a_type_beeps() {
    let desk = Desk::open();
    let path = "/v1/people/{person}/features/callRecording";
    desk.send("PUT", path, r#"{"notification": {"enabled": true}}"#, 204);
    assert_eq!(
        desk.read(path)["notification"],
        json!({ "type": "Beep", "enabled": true })
    );
}

#[test]
fn members_are_written_as_ids_and_read_in_full() {
    let desk = Desk::open();
    for (path, field, status) in [
        (
            "/v1/people/{person}/features/privacy",
            "monitoringAgents",
            200,
        ),
        ("/v1/people/{person}/features/pushToTalk", "members", 204),
    ] {
        let body = json!({ field: [desk.room] });
        desk.send("PUT", path, &body.to_string(), status);
        let member = desk.read(path)[field][0].clone();
        assert_eq!(member["id"], desk.room);
        assert_eq!(member["type"], "PLACE");
        assert_eq!(member["displayName"], "Aurora");
        assert_eq!(member["numbers"][0]["external"], "+15035550115");
        desk.send("PUT", path, &json!({ field: [] }).to_string(), status);
        assert_eq!(desk.read(path)[field], json!([]));
    }
}

#[test]
fn a_number_is_shown_in_the_form_that_is_asked_for() {
    let desk = Desk::open();
    let path = "/v1/people/{person}/features/numbers";
    assert_eq!(
        desk.read(path)["phoneNumbers"][0]["directNumber"],
        "5035550102"
    );
    let full = desk.read(&format!("{path}?preferE164Format=True"));
    assert_eq!(full["phoneNumbers"][0]["directNumber"], "+15035550102");
}

/// Proves: SET-03
#[test]
fn a_greeting_is_a_wav_file_and_can_be_played_once_it_is_there() {
    let desk = Desk::open();
    let base = "/v1/people/{person}/features/voicemail";
    let upload = desk.path(&format!("{base}/actions/uploadBusyGreeting/invoke"));
    let form = |media_type: &str, sound: &str| {
        format!(
            "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"busy.wav\"\r\n\
             content-type: {media_type}\r\n\r\n{sound}\r\n--b--\r\n"
        )
    };
    let multipart = "multipart/form-data; boundary=b";
    desk.hub
        .upload(&upload, multipart, form("audio/mpeg", "RIFF"))
        .expect(415);
    desk.hub
        .upload(&upload, multipart, form("audio/wav", ""))
        .expect(400);
    for sound in ["hello", "RIFF", "RIFF....AVI LIST"] {
        let answer = desk
            .hub
            .upload(&upload, multipart, form("audio/wav", sound));
        let text = answer.expect(400).text;
        assert!(text.contains("is no WAV file"), "{text}");
    }
    desk.hub
        .upload(&upload, "application/json", "{}")
        .expect(400);
    assert_eq!(desk.read(base)["sendBusyCalls"]["greetingUploaded"], false);
    desk.hub
        .upload(&upload, multipart, form("audio/wav", "RIFF....WAVEfmt "))
        .expect(201);
    let custom = r#"{"notifications": {}, "transferToNumber": {},
        "sendBusyCalls": {"greeting": "CUSTOM"}}"#;
    desk.send("PUT", base, custom, 204);
    let busy = desk.read(base)["sendBusyCalls"].clone();
    assert_eq!(busy["greeting"], "CUSTOM");
    assert_eq!(busy["greetingUploaded"], true);
    assert_eq!(busy["audioFile"]["name"], "busy.wav");
}

/// Proves: SET-06
#[test]
fn a_workspace_has_most_settings_of_its_own_with_professional_alone() {
    let hub = Hub::with_scenario("demo");
    let desk = hub.find("/v1/workspaces", "displayName", "Chicago Front Desk");
    let boardroom = hub.find("/v1/workspaces", "displayName", "Aperture Boardroom");
    let path = |room: &Value, family: &str| {
        let id = room["id"].as_str().expect("an id");
        format!("/v1/telephony/config/workspaces/{id}/{family}")
    };
    let before = hub.revision();
    let families = [
        "voicemail",
        "bargeIn",
        "privacy",
        "pushToTalk",
        "anonymousCallReject",
        "callBridge",
        "callPolicies",
        "selectiveAccept",
        "selectiveReject",
        "selectiveForward",
        "simultaneousRing",
        "sequentialRing",
        "priorityAlert",
    ];
    for family in families {
        let own = hub.get(&path(&boardroom, family)).expect(200).json();
        let refused = hub.get(&path(&desk, family)).expect(400);
        assert!(refused.text.contains("Webex Calling - Professional"));
        hub.call("PUT", &path(&desk, family), &own).expect(400);
    }
    assert_eq!(hub.revision(), before);
    hub.get(&path(&desk, "doNotDisturb")).expect(200);
}

#[test]
fn schedules_are_listed_in_parts_and_a_part_is_a_number() {
    let desk = Desk::open();
    let path = "/v1/people/{person}/features/schedules";
    for name in ["One", "Two", "Three"] {
        let body = json!({ "name": name, "type": "holidays" });
        desk.send("POST", path, &body.to_string(), 201);
    }
    let names = |query: &str| {
        let list = desk.read(&format!("{path}?{query}"))["schedules"].clone();
        let items = list.as_array().expect("a list").iter();
        let names: Vec<String> = items
            .map(|item| item["name"].as_str().expect("a name").to_owned())
            .collect();
        names
    };
    assert_eq!(names("max=2"), ["One", "Two"]);
    assert_eq!(names("start=1&max=1"), ["Two"]);
    assert_eq!(names("start=3"), Vec::<String>::new());
    let pages = desk
        .hub
        .pages(&desk.path(&format!("{path}?max=1")), "schedules");
    assert_eq!(pages.len(), 3, "each page links to the next");
    for query in ["start=x", "max=-1", "max=many"] {
        let path = desk.path(&format!("{path}?{query}"));
        let told = desk.hub.get(&path).expect(400).json();
        assert_eq!(told["errors"][0]["errorCode"], 25_024, "{query}");
    }
}

#[test]
fn a_number_that_callers_see_is_of_the_same_country() {
    let hub = Hub::with_scenario("demo");
    let german = hub.find(
        "/v1/telephony/config/numbers?max=1000",
        "phoneNumber",
        "+493023125000",
    );
    assert_eq!(german["phoneNumber"], "+493023125000");
    let maren = "maren.castellan@quillhaven.example";
    let id = crate::support::person_id(&hub, "full-admin", maren);
    let path = format!("/v1/people/{id}/features/callerId");
    let choose = |number: &str| {
        let body = json!({ "selected": "CUSTOM", "customNumber": number });
        hub.call("PUT", &path, &body)
    };
    let told = choose("+493023125000").expect(400).text;
    assert!(told.contains("in the same country (US)"), "{told}");
    choose("+16175550100").expect(204);
}
