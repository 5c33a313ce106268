//! The fields that the body of a PUT must have (the official document's `required`).

use serde_json::{Map, Value};

use super::Desk;

/// A path, a body that it takes, and which of its fields it must have.
const REQUIRED: &[(&str, &str, &[&str])] = &[
    (
        "/v1/people/{person}/features/voicemail",
        r#"{"notifications": {"enabled": false}, "transferToNumber": {"enabled": false}}"#,
        &["notifications", "transferToNumber"],
    ),
    (
        "/v1/telephony/config/workspaces/{room}/voicemail",
        r#"{"notifications": {"enabled": false}, "transferToNumber": {"enabled": false}}"#,
        &["notifications", "transferToNumber"],
    ),
    (
        "/v1/people/{person}/features/callerId",
        r#"{"selected": "LOCATION_NUMBER", "blockInForwardCallsEnabled": true}"#,
        &["selected"],
    ),
    (
        "/v1/workspaces/{room}/features/callerId",
        r#"{"selected": "LOCATION_NUMBER"}"#,
        &["selected"],
    ),
    (
        "/v1/people/{person}/features/callWaiting",
        r#"{"enabled": true}"#,
        &["enabled"],
    ),
    (
        "/v1/workspaces/{room}/features/callWaiting",
        r#"{"enabled": true}"#,
        &[],
    ),
    (
        "/v1/people/{person}/features/hoteling",
        r#"{"enabled": true}"#,
        &["enabled"],
    ),
    (
        "/v1/people/{person}/features/bargeIn",
        r#"{"enabled": true}"#,
        &[],
    ),
    (
        "/v1/telephony/config/workspaces/{room}/bargeIn",
        r#"{"enabled": true}"#,
        &["enabled"],
    ),
    (
        "/v1/telephony/config/people/{person}/anonymousCallReject",
        r#"{"enabled": true}"#,
        &["enabled"],
    ),
    (
        "/v1/telephony/config/workspaces/{room}/anonymousCallReject",
        r#"{"enabled": true}"#,
        &["enabled"],
    ),
    (
        "/v1/telephony/config/people/{person}/features/callBridge",
        r#"{"warningToneEnabled": false}"#,
        &[],
    ),
    (
        "/v1/telephony/config/workspaces/{room}/callBridge",
        r#"{"warningToneEnabled": false}"#,
        &["warningToneEnabled"],
    ),
    (
        "/v1/telephony/config/workspaces/{room}/callPolicies",
        r#"{"connectedLineIdPrivacyOnRedirectedCalls": "PRIVACY_FOR_EXTERNAL_CALLS"}"#,
        &["connectedLineIdPrivacyOnRedirectedCalls"],
    ),
    (
        "/v1/telephony/config/people/{person}/outboundBillingPlan",
        r#"{"enabled": true}"#,
        &["enabled"],
    ),
    (
        "/v1/telephony/config/workspaces/{room}/outboundBillingPlan",
        r#"{"enabled": true}"#,
        &["enabled"],
    ),
    (
        "/v1/telephony/config/people/{person}/features/hotDesking/guest",
        r#"{"voicePortalHotDeskSignInEnabled": true}"#,
        &[],
    ),
    (
        "/v1/telephony/config/people/{person}/features/personalAssistant",
        r#"{"enabled": true, "presence": "LUNCH", "alerting": "ALERT_ME_FIRST"}"#,
        &[],
    ),
    (
        "/v1/people/{person}/features/applications",
        r#"{"ringDevicesForCallParkEnabled": false, "browserClientEnabled": true}"#,
        &[],
    ),
    (
        "/v1/people/{person}/features/reception",
        r#"{"receptionEnabled": true, "monitoredMembers": []}"#,
        &["receptionEnabled"],
    ),
    (
        "/v1/telephony/config/people/{person}/applications/members",
        r#"{"members": []}"#,
        &[],
    ),
    (
        "/v1/telephony/config/people/{person}/features/hotDesking/members",
        r#"{"members": []}"#,
        &[],
    ),
    (
        "/v1/telephony/config/people/{person}/emergencyCallbackNumber",
        r#"{"selected": "LOCATION_ECBN", "elinEnabled": true}"#,
        &[],
    ),
    (
        "/v1/telephony/config/workspaces/{room}/emergencyCallbackNumber",
        r#"{"selected": "LOCATION_ECBN", "elinEnabled": true}"#,
        &[],
    ),
    (
        "/v1/telephony/config/people/{person}/agent/callerId",
        r#"{"selectedCallerId": null}"#,
        &["selectedCallerId"],
    ),
    (
        "/v1/telephony/config/people/{person}/modeManagement/features",
        r#"{"featureIds": []}"#,
        &["featureIds"],
    ),
    (
        "/v1/telephony/config/people/{person}/selectiveAccept",
        r#"{"enabled": false}"#,
        &["enabled"],
    ),
    (
        "/v1/telephony/config/workspaces/{room}/selectiveReject",
        r#"{"enabled": false}"#,
        &["enabled"],
    ),
    (
        "/v1/telephony/config/workspaces/{room}/priorityAlert",
        r#"{"enabled": false}"#,
        &["enabled"],
    ),
    (
        "/v1/telephony/config/people/{person}/selectiveForward",
        r#"{"enabled": false, "defaultPhoneNumberToForward": "1115"}"#,
        &[],
    ),
    (
        "/v1/telephony/config/people/{person}/simultaneousRing",
        r#"{"enabled": false, "criteriasEnabled": true}"#,
        &[],
    ),
    (
        "/v1/telephony/config/workspaces/{room}/simultaneousRing",
        r#"{"enabled": false, "criteriasEnabled": true}"#,
        &["criteriasEnabled"],
    ),
    (
        "/v1/telephony/config/workspaces/{room}/sequentialRing",
        r#"{"enabled": false, "baseLocationNumberOfRings": 4}"#,
        &[],
    ),
    (
        "/v1/telephony/config/people/{person}/singleNumberReach",
        r#"{"alertAllNumbersForClickToDialCallsEnabled": true}"#,
        &[],
    ),
    (
        "/v1/people/{person}/features/executiveAssistant",
        r#"{"type": "EXECUTIVE"}"#,
        &[],
    ),
    (
        "/v1/people/{person}/features/incomingPermission",
        r#"{"useCustomEnabled": true, "externalTransfer": "BLOCK_ALL_EXTERNAL",
            "internalCallsEnabled": true, "collectCallsEnabled": false}"#,
        &[
            "useCustomEnabled",
            "externalTransfer",
            "internalCallsEnabled",
            "collectCallsEnabled",
        ],
    ),
    (
        "/v1/workspaces/{room}/features/incomingPermission",
        r#"{"useCustomEnabled": true, "externalTransfer": "BLOCK_ALL_EXTERNAL"}"#,
        &[],
    ),
    (
        "/v1/people/{person}/features/monitoring",
        r#"{"enableCallParkNotification": true, "monitoredElements": []}"#,
        &["enableCallParkNotification", "monitoredElements"],
    ),
    (
        "/v1/workspaces/{room}/features/monitoring",
        r#"{"enableCallParkNotification": true, "monitoredElements": []}"#,
        &[],
    ),
    (
        "/v1/people/{person}/features/outgoingPermission",
        r#"{"useCustomEnabled": true, "callingPermissions": []}"#,
        &["callingPermissions"],
    ),
    (
        "/v1/workspaces/{room}/features/outgoingPermission",
        r#"{"useCustomEnabled": true, "callingPermissions": []}"#,
        &[],
    ),
    (
        "/v1/telephony/config/people/{person}/outgoingPermission/autoTransferNumbers",
        r#"{"useCustomTransferNumbers": true, "autoTransferNumber1": "+15035550100"}"#,
        &["useCustomTransferNumbers"],
    ),
    (
        "/v1/workspaces/{room}/features/outgoingPermission/autoTransferNumbers",
        r#"{"useCustomTransferNumbers": true}"#,
        &["useCustomTransferNumbers"],
    ),
    (
        "/v1/workspaces/{room}/features/callForwarding",
        r#"{"callForwarding": {"always": {"enabled": false}}, "businessContinuity": {}}"#,
        &["callForwarding", "businessContinuity"],
    ),
    (
        "/v1/people/{person}/features/callForwarding",
        r#"{"callForwarding": {"always": {"enabled": false}}, "businessContinuity": {}}"#,
        &[],
    ),
    (
        "/v1/telephony/config/people/{person}/numbers",
        r#"{"distinctiveRingEnabled": false, "phoneNumbers": []}"#,
        &["phoneNumbers"],
    ),
    (
        "/v1/telephony/config/workspaces/{room}/numbers",
        r#"{"phoneNumbers": []}"#,
        &["phoneNumbers"],
    ),
    (
        "/v1/telephony/config/people/{person}/voicemail/passcode",
        r#"{"passcode": "408915"}"#,
        &["passcode"],
    ),
    (
        "/v1/telephony/config/people/{person}/devices/settings",
        r#"{"compression": "ON"}"#,
        &["compression"],
    ),
    (
        "/v1/telephony/config/workspaces/{room}/devices/settings",
        r#"{"compression": "ON"}"#,
        &["compression"],
    ),
    (
        "/v1/telephony/config/people/{person}/devices/settings/hoteling",
        r#"{"hoteling": {"enabled": true}}"#,
        &["hoteling"],
    ),
    (
        "/v1/telephony/config/workspaces/{room}/devices",
        r#"{"enabled": true, "limitGuestUse": false}"#,
        &["enabled"],
    ),
    (
        "/v1/people/{person}/features/doNotDisturb",
        r#"{"enabled": true, "ringSplashEnabled": true, "webexGoOverrideEnabled": true}"#,
        &[],
    ),
    (
        "/v1/telephony/config/people/{person}/answerSettings",
        r#"{"autoAnswerEnabled": true, "isPreferredEndpointClearableByPerson": false,
            "preferredAnswerEndpointId": null}"#,
        &[],
    ),
    (
        "/v1/workspaces/{room}/answerSettings",
        r#"{"autoAnswerEnabled": true, "preferredAnswerEndpointId": null}"#,
        &[],
    ),
    (
        "/v1/telephony/config/people/{person}/preferredAnswerEndpoint",
        r#"{"preferredAnswerEndpointId": null}"#,
        &["preferredAnswerEndpointId"],
    ),
    (
        "/v1/telephony/config/people/{person}/callCaptions",
        r#"{"userClosedCaptionsEnabled": true, "userTranscriptsEnabled": true,
            "useLocationSettingsEnabled": false}"#,
        &[],
    ),
    (
        "/v1/people/{person}/features/callingBehavior",
        r#"{"behaviorType": "NATIVE_WEBEX_TEAMS_CALLING", "profileId": null}"#,
        &[],
    ),
    (
        "/v1/telephony/config/people/{person}/settings/permissions",
        r#"{"bargeIn": "NO_ACCESS", "voicemail": "FULL_ACCESS"}"#,
        &[],
    ),
    (
        "/v1/telephony/config/people/settings/permissions",
        r#"{"bargeIn": "NO_ACCESS", "voicemail": "FULL_ACCESS"}"#,
        &[],
    ),
    (
        "/v1/telephony/config/people/{person}/settings/msTeams",
        r#"{"settingName": "HIDE_WEBEX_APP", "value": true}"#,
        &["settingName", "value"],
    ),
    (
        "/v1/telephony/config/people/{person}",
        r#"{"announcementLanguage": "French", "timeZone": "Europe/Paris"}"#,
        &[],
    ),
    (
        "/v1/telephony/config/people/{person}/musicOnHold",
        r#"{"mohEnabled": false, "greeting": "DEFAULT", "audioAnnouncementFile": null}"#,
        &[],
    ),
    (
        "/v1/telephony/config/workspaces/{room}/musicOnHold",
        r#"{"mohEnabled": false, "greeting": "DEFAULT"}"#,
        &[],
    ),
];

/// Required fields whose null says something: that none is chosen, or no value of one's own.
const CHOOSE_NONE: &[&str] = &["preferredAnswerEndpointId", "selectedCallerId", "value"];

/// The bodies in which one field of the object at a place is left out, and in which it is null.
fn without_one(whole: &Value, place: &str) -> Vec<(String, Value)> {
    let fields = whole.pointer(place).and_then(Value::as_object);
    let names = fields.expect("an object").keys();
    names
        .flat_map(|field| {
            let lacks = changed(whole, place, |object| drop(object.shift_remove(field)));
            let nulls = changed(whole, place, |object| object[field] = Value::Null);
            let says_something = CHOOSE_NONE.contains(&field.as_str());
            let bodies = [Some(lacks), (!says_something).then_some(nulls)];
            bodies
                .into_iter()
                .flatten()
                .map(|body| (field.clone(), body))
        })
        .collect()
}

fn changed(whole: &Value, place: &str, change: impl FnOnce(&mut Map<String, Value>)) -> Value {
    let mut body = whole.clone();
    let object = body.pointer_mut(place).and_then(Value::as_object_mut);
    change(object.expect("an object"));
    body
}

impl Desk {
    /// Sends a body that lacks a field, which changes nothing.
    fn needs(&self, (method, path): (&str, &str), field: &str, body: &Value) {
        let before = self.hub.revision();
        let answer = self.hub.call(method, path, body);
        assert_eq!(answer.status, 400, "{path} {body}");
        assert_needed(&answer.json(), field, body);
        assert_eq!(self.hub.revision(), before, "{path} {body}");
    }
}

/// A missing field has its code; a null where no null can be read is told as a value of no use.
fn assert_needed(told: &Value, field: &str, body: &Value) {
    let error = &told["errors"][0];
    let said = error["description"].as_str().unwrap_or_default();
    if said.ends_with("but it is null.") {
        assert!(
            said.contains(&format!("{field} must be ")),
            "{body}: {said}"
        );
        return;
    }
    assert_eq!(error["errorCode"], 25_008, "{body}: {told}");
    let needed = format!("{field} is required");
    assert!(said.contains(&needed), "{body}: {said}");
}

/// Proves: SET-01
#[test]
fn a_put_needs_the_fields_that_the_document_requires_and_no_others() {
    let desk = Desk::open();
    for (path, text, required) in REQUIRED {
        let path = desk.path(path);
        let whole: Value = serde_json::from_str(text).expect("a body");
        for (field, body) in without_one(&whole, "") {
            if required.contains(&field.as_str()) {
                desk.needs(("PUT", &path), &field, &body);
                continue;
            }
            let answer = desk.hub.call("PUT", &path, &body);
            assert!(answer.status < 300, "{path} {body}: {}", answer.text);
        }
        let answer = desk.hub.call("PUT", &path, &whole);
        assert!(answer.status < 300, "{path}: {}", answer.text);
    }
}

/// Proves: SET-02
#[test]
fn inside_a_field_what_is_left_out_keeps_its_value() {
    let desk = Desk::open();
    let path = desk.path("/v1/workspaces/{room}/features/callForwarding");
    let put = |text: &str| {
        let body: Value = serde_json::from_str(text).expect("a body");
        desk.hub.call("PUT", &path, &body).expect(204);
    };
    put(r#"{"callForwarding": {"noAnswer": {"numberOfRings": 9},
        "always": {"destination": "1001", "ringReminderEnabled": true}}, "businessContinuity": {}}"#);
    put(r#"{"callForwarding": {"always": {"enabled": true}}, "businessContinuity": {}}"#);
    let now = desk.hub.get(&path).expect(200).json();
    assert_eq!(now["callForwarding"]["noAnswer"]["numberOfRings"], 9);
    assert_eq!(now["callForwarding"]["always"]["destination"], "1001");
    assert_eq!(now["callForwarding"]["always"]["ringReminderEnabled"], true);
    assert_eq!(now["callForwarding"]["always"]["enabled"], true);
}

/// Where something is made, what makes it, and the place in the body whose fields it needs all.
const MADE: &[(&str, &str, &str)] = &[
    (
        "/v1/telephony/config/people/{person}/outgoingPermission/digitPatterns",
        r#"{"name": "Branch", "pattern": "2XXX", "action": "ALLOW", "transferEnabled": true}"#,
        "",
    ),
    (
        "/v1/telephony/config/workspaces/{room}/outgoingPermission/digitPatterns",
        r#"{"name": "Branch", "pattern": "2XXX", "action": "ALLOW", "transferEnabled": true}"#,
        "",
    ),
    (
        "/v1/telephony/config/people/{person}/outgoingPermission/accessCodes",
        r#"{"code": "4711", "description": "Hotel"}"#,
        "",
    ),
    (
        "/v1/workspaces/{room}/features/outgoingPermission/accessCodes",
        r#"{"code": "4711", "description": "Hotel"}"#,
        "",
    ),
    (
        "/v1/people/{person}/features/schedules",
        r#"{"name": "Closed", "type": "holidays"}"#,
        "",
    ),
    (
        "/v1/people/{person}/features/schedules",
        r#"{"name": "Hours", "type": "businessHours", "events": [{"name": "Day",
            "startDate": "2026-03-18", "endDate": "2026-03-18", "startTime": "08:00",
            "endTime": "17:00"}]}"#,
        "/events/0",
    ),
];

/// Proves: SET-01
#[test]
fn what_is_made_needs_every_field_that_the_document_requires() {
    let desk = Desk::open();
    for (path, text, place) in MADE {
        let path = desk.path(path);
        let whole: Value = serde_json::from_str(text).expect("a body");
        for (field, body) in without_one(&whole, place) {
            desk.needs(("POST", &path), &field, &body);
        }
        let answer = desk.hub.call("POST", &path, &whole);
        assert!(answer.status < 300, "{path}: {}", answer.text);
    }
}

/// Proves: SET-01
#[test]
fn a_schedule_and_its_events_are_changed_by_what_the_document_requires() {
    let desk = Desk::open();
    let all = desk.path("/v1/people/{person}/features/schedules");
    let made: Value = serde_json::from_str(
        r#"{"name": "Hours", "type": "businessHours", "events": [{"name": "Day",
            "startDate": "2026-03-18", "endDate": "2026-03-18", "startTime": "08:00",
            "endTime": "17:00"}]}"#,
    )
    .expect("a body");
    let made = desk.hub.call("POST", &all, &made).expect(201).json();
    let schedule = format!(
        "{all}/businessHours/{}",
        made["id"].as_str().expect("an id")
    );
    let seen = desk.hub.get(&schedule).expect(200).json();
    let event = seen["events"][0]["id"].as_str().expect("an id");
    for (path, text) in [
        (
            format!("{schedule}/events/{event}"),
            r#"{"name": "Day", "newName": "Days", "startDate": "2026-03-19",
                "endDate": "2026-03-19", "startTime": "09:00", "endTime": "16:00"}"#,
        ),
        (
            schedule,
            r#"{"name": "Hours", "newName": "Open", "type": "businessHours"}"#,
        ),
    ] {
        let whole: Value = serde_json::from_str(text).expect("a body");
        for (field, body) in without_one(&whole, "") {
            let before = desk.hub.revision();
            let told = desk.hub.call("PUT", &path, &body).expect(400).json();
            assert_needed(&told, &field, &body);
            assert_eq!(desk.hub.revision(), before, "{path} {body}");
        }
        desk.hub.call("PUT", &path, &whole).expect(200);
    }
    let listed = desk.hub.get(&all).expect(200).json();
    assert_eq!(listed["schedules"][0]["name"], "Open");
}
