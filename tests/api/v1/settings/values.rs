//! What values the families refuse: each refusal names the field and its bounds, and afterwards
//! reading shows what it showed before.

use serde_json::{Value, json};

use super::Desk;
use super::refused::{MEMBER, MISSING, Refused, WRONG, changed};

const FORWARDING: &str = "/v1/people/{person}/features/callForwarding";
const VOICEMAIL: &str = "/v1/people/{person}/features/voicemail";
const CALLER_ID: &str = "/v1/people/{person}/features/callerId";
const ROOM_CALLER_ID: &str = "/v1/workspaces/{room}/features/callerId";
const INTERCEPT: &str = "/v1/people/{person}/features/intercept";
const RECORDING: &str = "/v1/people/{person}/features/callRecording";
const INCOMING: &str = "/v1/people/{person}/features/incomingPermission";
const OUTGOING: &str = "/v1/people/{person}/features/outgoingPermission";
const MONITORING: &str = "/v1/people/{person}/features/monitoring";
const PRIVACY: &str = "/v1/people/{person}/features/privacy";
const PUSH_TO_TALK: &str = "/v1/people/{person}/features/pushToTalk";
const PATTERNS: &str = "/v1/telephony/config/people/{person}/outgoingPermission/digitPatterns";
const CODES: &str = "/v1/telephony/config/people/{person}/outgoingPermission/accessCodes";
const SCHEDULES: &str = "/v1/people/{person}/features/schedules";

const ASSISTANT: &str = "/v1/telephony/config/people/{person}/features/personalAssistant";

const FORWARD: &str = "/v1/telephony/config/people/{person}/selectiveForward";
const SIMULTANEOUS: &str = "/v1/telephony/config/people/{person}/simultaneousRing";
const SEQUENTIAL: &str = "/v1/telephony/config/workspaces/{room}/sequentialRing";

const PUTS: &[Refused] = &[
    (
        FORWARD,
        r#"{"destinationVoicemailEnabled": true, "defaultPhoneNumberToForward": "+14085550199"}"#,
        WRONG,
        "destinationVoicemailEnabled can be true only while defaultPhoneNumberToForward is a \
         number or an extension of this organization with voicemail.",
    ),
    (
        SIMULTANEOUS,
        r#"{"enabled": true}"#,
        MISSING,
        "phoneNumbers is required while enabled is true.",
    ),
    (
        SIMULTANEOUS,
        r#"{"phoneNumbers": [{"phoneNumber": "+15035550177"}]}"#,
        MISSING,
        "phoneNumbers[0].answerConfirmationRequiredEnabled is required.",
    ),
    (
        SEQUENTIAL,
        r#"{"phoneNumbers": [{"phoneNumber": "1101"}, {"phoneNumber": "1101"}]}"#,
        WRONG,
        "phoneNumbers[1].phoneNumber: 1101 is named twice.",
    ),
    (
        SEQUENTIAL,
        r#"{"phoneNumbers": [{"phoneNumber": "1101", "numberOfRings": 1}]}"#,
        WRONG,
        "phoneNumbers[0].numberOfRings must be between 2 and 20, but it is 1.",
    ),
    (
        SEQUENTIAL,
        r#"{"baseLocationNumberOfRings": "21"}"#,
        WRONG,
        "baseLocationNumberOfRings must be between 2 and 20, but it is 21.",
    ),
    (
        SEQUENTIAL,
        r#"{"baseLocationNumberOfRings": "often"}"#,
        WRONG,
        "baseLocationNumberOfRings: it must be a whole number from 2 to 20.",
    ),
    (
        ASSISTANT,
        r#"{"transferEnabled": true}"#,
        MISSING,
        "transferNumber is required while transferEnabled is true.",
    ),
    (
        ASSISTANT,
        r#"{"alertMeFirstNumberOfRings": 21}"#,
        WRONG,
        "alertMeFirstNumberOfRings must be between 2 and 20, but it is 21.",
    ),
    (
        ASSISTANT,
        r#"{"untilDateTime": "tomorrow"}"#,
        WRONG,
        "untilDateTime: \"tomorrow\" is not a time such as 2026-01-31T09:00:00.000Z.",
    ),
    (
        FORWARDING,
        r#"{"callForwarding": {"always": {"enabled": true}}}"#,
        MISSING,
        "callForwarding.always.destination is required while callForwarding.always.enabled is true.",
    ),
    (
        FORWARDING,
        r#"{"callForwarding": {"busy": {"enabled": true}}}"#,
        MISSING,
        "callForwarding.busy.destination is required while callForwarding.busy.enabled is true.",
    ),
    (
        FORWARDING,
        r#"{"callForwarding": {"noAnswer": {"enabled": true, "destination": ""}}}"#,
        MISSING,
        "callForwarding.noAnswer.destination is required while callForwarding.noAnswer.enabled is \
         true.",
    ),
    (
        FORWARDING,
        r#"{"businessContinuity": {"enabled": true}}"#,
        MISSING,
        "businessContinuity.destination is required while businessContinuity.enabled is true.",
    ),
    (
        FORWARDING,
        r#"{"callForwarding": {"noAnswer": {"numberOfRings": 1}}}"#,
        WRONG,
        "callForwarding.noAnswer.numberOfRings must be between 2 and 20, but it is 1.",
    ),
    (
        FORWARDING,
        r#"{"callForwarding": {"noAnswer": {"numberOfRings": 21}}}"#,
        WRONG,
        "callForwarding.noAnswer.numberOfRings must be between 2 and 20, but it is 21.",
    ),
    (
        FORWARDING,
        r#"{"callForwarding": {"busy": {"destination": "+14085550199",
            "destinationVoicemailEnabled": true}}}"#,
        WRONG,
        "callForwarding.busy.destinationVoicemailEnabled can be true only while \
         callForwarding.busy.destination is a number or an extension of this organization with \
         voicemail.",
    ),
    (
        VOICEMAIL,
        r#"{"notifications": {"enabled": true}, "transferToNumber": {}}"#,
        MISSING,
        "notifications.destination is required while notifications.enabled is true.",
    ),
    (
        VOICEMAIL,
        r#"{"notifications": {"destination": "nobody"}, "transferToNumber": {}}"#,
        WRONG,
        "notifications.destination: \"nobody\" is not an e-mail address.",
    ),
    (
        VOICEMAIL,
        r#"{"notifications": {}, "transferToNumber": {"enabled": true}}"#,
        MISSING,
        "transferToNumber.destination is required while transferToNumber.enabled is true.",
    ),
    (
        VOICEMAIL,
        r#"{"notifications": {}, "transferToNumber": {}, "emailCopyOfMessage": {"enabled": true}}"#,
        MISSING,
        "emailCopyOfMessage.emailId is required while emailCopyOfMessage.enabled is true.",
    ),
    (
        VOICEMAIL,
        r#"{"notifications": {}, "transferToNumber": {}, "emailCopyOfMessage": {"emailId": "@"}}"#,
        WRONG,
        "emailCopyOfMessage.emailId: \"@\" is not an e-mail address.",
    ),
    (
        VOICEMAIL,
        r#"{"notifications": {}, "transferToNumber": {},
            "messageStorage": {"storageType": "EXTERNAL"}}"#,
        MISSING,
        "messageStorage.externalEmail is required for EXTERNAL.",
    ),
    (
        VOICEMAIL,
        r#"{"notifications": {}, "transferToNumber": {},
            "messageStorage": {"storageType": "ELSEWHERE"}}"#,
        WRONG,
        "messageStorage.storageType must be one of INTERNAL, EXTERNAL, but it is the string \
         \"ELSEWHERE\".",
    ),
    (
        VOICEMAIL,
        r#"{"notifications": {}, "transferToNumber": {}, "faxMessage": {"enabled": true}}"#,
        MISSING,
        "faxMessage.phoneNumber is required while faxMessage.enabled is true.",
    ),
    (
        VOICEMAIL,
        r#"{"notifications": {}, "transferToNumber": {}, "sendBusyCalls": {"greeting": "CUSTOM"}}"#,
        WRONG,
        "sendBusyCalls.greeting cannot be CUSTOM before a greeting is uploaded.",
    ),
    (
        VOICEMAIL,
        r#"{"notifications": {}, "transferToNumber": {},
            "sendUnansweredCalls": {"greeting": "CUSTOM"}}"#,
        WRONG,
        "sendUnansweredCalls.greeting cannot be CUSTOM before a greeting is uploaded.",
    ),
    (
        VOICEMAIL,
        r#"{"notifications": {}, "transferToNumber": {},
            "sendUnansweredCalls": {"numberOfRings": 0}}"#,
        WRONG,
        "sendUnansweredCalls.numberOfRings must be between 2 and 20, but it is 0.",
    ),
    (
        CALLER_ID,
        r#"{"selected": "CUSTOM"}"#,
        MISSING,
        "customNumber is required when CUSTOM is selected.",
    ),
    (
        CALLER_ID,
        r#"{"selected": "DIRECT_LINE", "customNumber": "+493012345678"}"#,
        WRONG,
        "customNumber must be a number of this organization, but \"+493012345678\" is none.",
    ),
    (
        CALLER_ID,
        r#"{"selected": "DIRECT_LINE", "additionalExternalCallerIdCustomNumber": "5"}"#,
        WRONG,
        "additionalExternalCallerIdCustomNumber must be a number of this organization, but \"5\" is \
         none.",
    ),
    (
        CALLER_ID,
        r#"{"selected": "DIRECT_LINE", "dialByFirstName": "Ko%fi"}"#,
        WRONG,
        "dialByFirstName must not contain %, +, \\, \" or characters outside ASCII, but it has \
         \"%\".",
    ),
    (
        CALLER_ID,
        r#"{"selected": "DIRECT_LINE", "lastName": "Lindqvìst"}"#,
        WRONG,
        "lastName must not contain %, +, \\, \" or characters outside ASCII, but it has \"ì\".",
    ),
    (
        CALLER_ID,
        r#"{"selected": "DIRECT_LINE", "externalCallerIdNamePolicy": "OTHER"}"#,
        MISSING,
        "customExternalCallerIdName is required for OTHER.",
    ),
    (
        CALLER_ID,
        r#"{"selected": "DIRECT_LINE", "directLineCallerIdName": {"selection": "CUSTOM_NAME"}}"#,
        MISSING,
        "directLineCallerIdName.customName is required for CUSTOM_NAME.",
    ),
    (
        ROOM_CALLER_ID,
        r#"{"selected": "DIRECT_LINE",
            "directLineCallerIdName": {"selection": "LASTNAME_FIRSTNAME"}}"#,
        WRONG,
        "directLineCallerIdName.selection must be one of CUSTOM_NAME, DISPLAY_NAME for a workspace.",
    ),
    (
        INTERCEPT,
        r#"{"incoming": {"announcements": {"newNumber": {"enabled": true}}}}"#,
        MISSING,
        "incoming.announcements.newNumber.destination is required while \
         incoming.announcements.newNumber.enabled is true.",
    ),
    (
        INTERCEPT,
        r#"{"incoming": {"announcements": {"zeroTransfer": {"enabled": true}}}}"#,
        MISSING,
        "incoming.announcements.zeroTransfer.destination is required while \
         incoming.announcements.zeroTransfer.enabled is true.",
    ),
    (
        INTERCEPT,
        r#"{"incoming": {"announcements": {"greeting": "CUSTOM"}}}"#,
        WRONG,
        "incoming.announcements.greeting cannot be CUSTOM before a greeting is uploaded.",
    ),
    (
        INTERCEPT,
        r#"{"outgoing": {"transferEnabled": true}}"#,
        MISSING,
        "outgoing.destination is required while outgoing.transferEnabled is true.",
    ),
    (
        INTERCEPT,
        r#"{"outgoing": {"type": "ALLOW_ALL"}}"#,
        WRONG,
        "outgoing.type must be one of INTERCEPT_ALL, ALLOW_LOCAL_ONLY, but it is the string \
         \"ALLOW_ALL\".",
    ),
    (
        RECORDING,
        r#"{"repeat": {"interval": 9}}"#,
        WRONG,
        "repeat.interval must be between 10 and 1800, but it is 9.",
    ),
    (
        RECORDING,
        r#"{"repeat": {"interval": 1801}}"#,
        WRONG,
        "repeat.interval must be between 10 and 1800, but it is 1801.",
    ),
    (
        RECORDING,
        r#"{"record": "always"}"#,
        WRONG,
        "record must be one of Always, Never, Always with Pause/Resume, On Demand with User \
         Initiated Start, but it is the string \"always\".",
    ),
    (
        INCOMING,
        r#"{"useCustomEnabled": true, "externalTransfer": "ALLOW", "internalCallsEnabled": true,
            "collectCallsEnabled": true}"#,
        WRONG,
        "externalTransfer must be one of ALLOW_ALL_EXTERNAL, ALLOW_ONLY_TRANSFERRED_EXTERNAL, \
         BLOCK_ALL_EXTERNAL, but it is the string \"ALLOW\".",
    ),
    (
        OUTGOING,
        r#"{"callingPermissions": [{"action": "BLOCK"}]}"#,
        MISSING,
        "callingPermissions[0].callType is required.",
    ),
    (
        OUTGOING,
        r#"{"callingPermissions": [{"callType": "NATIONAL", "action": "DENY"}]}"#,
        WRONG,
        "callingPermissions[0].action must be one of ALLOW, BLOCK, AUTH_CODE, TRANSFER_NUMBER_1, \
         TRANSFER_NUMBER_2, TRANSFER_NUMBER_3, but it is the string \"DENY\".",
    ),
    (
        MONITORING,
        r#"{"enableCallParkNotification": true, "monitoredElements": ["{person}"]}"#,
        MEMBER,
        "monitoredElements: nobody monitors their own line.",
    ),
    (
        MONITORING,
        r#"{"enableCallParkNotification": true, "monitoredElements": ["{room}", "{room}"]}"#,
        WRONG,
        "monitoredElements[1]: {room} is named twice.",
    ),
    (
        MONITORING,
        r#"{"enableCallParkNotification": "perhaps", "monitoredElements": []}"#,
        WRONG,
        "enableCallParkNotification must be true or false, but it is the string \"perhaps\".",
    ),
    (
        PRIVACY,
        r#"{"monitoringAgents": ["nobody"]}"#,
        MEMBER,
        "nobody cannot be a member: it is no person or workspace of this organisation with Webex \
         Calling.",
    ),
    (
        PUSH_TO_TALK,
        r#"{"members": ["{room}", "nobody"]}"#,
        MEMBER,
        "nobody cannot be a member: it is no person or workspace of this organisation with Webex \
         Calling.",
    ),
    (
        PUSH_TO_TALK,
        r#"{"connectionType": "BOTH"}"#,
        WRONG,
        "connectionType must be one of ONE_WAY, TWO_WAY, but it is the string \"BOTH\".",
    ),
];

const POSTS: &[Refused] = &[
    (
        CODES,
        r#"{"code": "1", "description": "short"}"#,
        WRONG,
        "code \"1\" must have 2 to 14 digits.",
    ),
    (
        CODES,
        r#"{"code": "4711"}"#,
        MISSING,
        "description is required.",
    ),
    (
        PATTERNS,
        r#"{"name": "", "pattern": "1X", "action": "ALLOW", "transferEnabled": true}"#,
        WRONG,
        "name must have 1 to 64 characters.",
    ),
    (
        PATTERNS,
        r#"{"name": "Branch", "pattern": "one", "action": "ALLOW", "transferEnabled": true}"#,
        WRONG,
        "\"one\" is not a digit pattern.",
    ),
    (
        PATTERNS,
        r#"{"name": "Branch", "pattern": "1X", "action": "ALLOW"}"#,
        MISSING,
        "transferEnabled is required.",
    ),
    (
        SCHEDULES,
        r#"{"name": "Hours", "type": "weekends"}"#,
        WRONG,
        "type must be one of businessHours, holidays, but it is the string \"weekends\".",
    ),
];

/// What changes a good event into a wrong one, and what is told.
const EVENTS: &[(&str, u32, &str)] = &[
    (
        r#"{"endDate": "2026-03-17"}"#,
        WRONG,
        "endDate 2026-03-17 is before startDate 2026-03-18.",
    ),
    (
        r#"{"startDate": "18.03.2026"}"#,
        WRONG,
        "startDate must be a day in the form YYYY-MM-DD, but it is \"18.03.2026\".",
    ),
    (
        r#"{"endTime": "08:00"}"#,
        WRONG,
        "endTime must be after startTime on the same day.",
    ),
    (
        r#"{"startTime": "24:30"}"#,
        WRONG,
        "startTime must be a time in the form HH:MM, but it is \"24:30\".",
    ),
    (
        r#"{"endTime": null}"#,
        MISSING,
        "endTime is required unless allDayEnabled is true.",
    ),
    (
        r#"{"recurrence": {"recurForEver": true}}"#,
        MISSING,
        "recurrence.recurDaily or recurrence.recurWeekly is required in a recurrence.",
    ),
    (
        r#"{"recurrence": {"recurDaily": {"recurInterval": 1},
            "recurWeekly": {"recurInterval": 1, "monday": true}}}"#,
        WRONG,
        "recurrence.recurDaily is not allowed with recurWeekly.",
    ),
    (
        r#"{"recurrence": {"recurDaily": {"recurInterval": 0}}}"#,
        WRONG,
        "recurrence.recurDaily.recurInterval must be between 1 and 999, but it is 0.",
    ),
    (
        r#"{"endDate": "2026-03-20", "recurrence": {"recurDaily": {"recurInterval": 2}}}"#,
        WRONG,
        "recurrence.recurDaily.recurInterval is 2, so that repetitions of the event would overlap.",
    ),
    (
        r#"{"recurrence": {"recurWeekly": {"recurInterval": 1}}}"#,
        MISSING,
        "recurrence.recurWeekly needs a day of the week.",
    ),
    (
        r#"{"recurrence": {"recurEndDate": "2026-03-01", "recurDaily": {"recurInterval": 1}}}"#,
        WRONG,
        "recurrence.recurEndDate is before startDate.",
    ),
    (
        r#"{"recurrence": {"recurEndOccurrence": 0, "recurDaily": {"recurInterval": 1}}}"#,
        WRONG,
        "recurrence.recurEndOccurrence must be at least 1.",
    ),
    (
        r#"{"recurrence": {"recurYearlyByDate": {"dayOfMonth": 30, "month": "FEBRUARY"}}}"#,
        WRONG,
        "recurrence.recurYearlyByDate.dayOfMonth must be between 1 and 29, but it is 30.",
    ),
];

/// Proves: SET-03
#[test]
fn values_outside_their_bounds_are_refused_with_the_bounds_and_change_nothing() {
    let desk = Desk::open();
    desk.refuses("PUT", PUTS);
    desk.refuses("POST", POSTS);
}

/// An event that can happen.
const DAY: &str = r#"{"name": "Day", "startDate": "2026-03-18", "endDate": "2026-03-18",
    "startTime": "08:00", "endTime": "17:00"}"#;

/// Proves: SET-05
#[test]
fn events_that_cannot_happen_are_refused() {
    let desk = Desk::open();
    for (change, code, told) in EVENTS {
        let event = changed(DAY, change);
        let body = json!({ "name": "Hours", "type": "businessHours", "events": [event] });
        desk.is_refused("POST", SCHEDULES, &body.to_string(), *code, told);
    }
}

#[test]
fn long_texts_and_long_lists_are_refused() {
    let desk = Desk::open();
    for (path, most) in [(SIMULTANEOUS, 10), (SEQUENTIAL, 5)] {
        let phone = |n| json!({ "phoneNumber": format!("200{n}"), "answerConfirmationRequiredEnabled": true });
        let phones: Vec<Value> = (0..=most).map(phone).collect();
        let body = json!({ "phoneNumbers": phones }).to_string();
        let count = most + 1;
        let told =
            format!("phoneNumbers must not have more than {most} items, but it has {count}.");
        desk.is_refused("PUT", path, &body, WRONG, &told);
    }
    let body = json!({ "code": "4711", "description": "x".repeat(500) }).to_string();
    let told = "description must not be longer than 80 characters, but it has 500.";
    desk.is_refused("POST", CODES, &body, WRONG, told);
    for (path, field, most) in [
        (MONITORING, "monitoredElements", 50),
        (PRIVACY, "monitoringAgents", 50),
    ] {
        let many = vec![desk.room.clone(); most + 1];
        let body = json!({ "enableCallParkNotification": true, field: many }).to_string();
        let told = format!("{field} must not have more than {most} items, but it has 51.");
        desk.is_refused("PUT", path, &body, WRONG, &told);
    }
}

/// Proves: SET-04
#[test]
fn calls_go_to_the_voicemail_of_lines_that_have_one() {
    let desk = Desk::open();
    let path = desk.path(FORWARDING);
    // Her extension, her number, and the room's number without its +1.
    for destination in ["1101", "+15035550101", "5035550115"] {
        let busy = json!({ "destination": destination, "destinationVoicemailEnabled": true });
        let body = json!({ "callForwarding": { "busy": busy } });
        desk.hub.call("PUT", &path, &body).expect(204);
    }
    let voicemail = desk.path("/v1/telephony/config/workspaces/{room}/voicemail");
    let off = json!({ "enabled": false, "notifications": {}, "transferToNumber": {} });
    desk.hub.call("PUT", &voicemail, &off).expect(204);
    let busy = json!({ "destination": "1115", "destinationVoicemailEnabled": true });
    let body = json!({ "callForwarding": { "busy": busy } });
    desk.hub.call("PUT", &path, &body).expect(400);
}
