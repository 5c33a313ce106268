//! A document of each family that differs from its default.

use serde_json::{Value, json};

use crate::model::ids;
use crate::settings::testing::Small;

/// A document that differs from the default, as a PUT or a scenario would say it.
pub fn sample(key: &str, small: &Small) -> Value {
    let others = json!([small.ben.webex_id(), small.room.webex_id()]);
    match key {
        "voicemail" => json!({
            "sendAllCalls": { "enabled": true },
            "sendUnansweredCalls": { "numberOfRings": 7 },
            "notifications": { "enabled": true, "destination": "anna@example.com" },
            "transferToNumber": { "enabled": false },
            "messageStorage": { "storageType": "EXTERNAL", "externalEmail": "vm@example.com" },
            "faxMessage": { "enabled": true, "phoneNumber": "+13125550115" },
            "busyGreeting": "busy.wav",
        }),
        "voicemailPasscode" => json!({ "passcode": "408915" }),
        "callForwarding" => json!({ "callForwarding": {
            "always": { "enabled": true, "destination": "1002" } } }),
        "callWaiting" => json!({ "enabled": false }),
        "callerId" => json!({ "selected": "LOCATION_NUMBER", "blockInForwardCallsEnabled": true,
            "dialByFirstName": "Ann",
            "directLineCallerIdName": { "selection": "CUSTOM_NAME", "customName": "Front desk" } }),
        "doNotDisturb" | "bargeIn" | "hoteling" | "anonymousCallReject" | "outboundBillingPlan" => {
            json!({ "enabled": true })
        }
        "callBridge" => json!({ "warningToneEnabled": false }),
        "callPolicies" => json!({
            "connectedLineIdPrivacyOnRedirectedCalls": "PRIVACY_FOR_ALL_CALLS" }),
        "deviceSettings" => json!({ "compression": "ON" }),
        "deviceHoteling" => json!({ "enabled": true, "limitGuestUse": true,
            "guestHoursLimit": 8 }),
        "hotDeskingGuest" => json!({ "voicePortalHotDeskSignInEnabled": true }),
        "personalAssistant" => json!({ "enabled": true, "presence": "LUNCH",
            "untilDateTime": "2026-03-02T13:00:00.000Z", "transferEnabled": true,
            "transferNumber": "+15035550100", "alertMeFirstNumberOfRings": 4 }),
        "intercept" => json!({ "enabled": true,
            "outgoing": { "transferEnabled": true, "destination": "1002" },
            "announcement": "closed.wav" }),
        "callRecording" => json!({ "enabled": true, "record": "Always with Pause/Resume",
            "notification": { "type": "Beep", "enabled": true }, "repeat": { "interval": 30 } }),
        "incomingPermission" => json!({ "useCustomEnabled": true,
            "externalTransfer": "BLOCK_ALL_EXTERNAL" }),
        "outgoingPermission" => json!({ "useCustomPermissions": true, "callingPermissions": [
            { "callType": "INTERNATIONAL", "action": "AUTH_CODE", "transferEnabled": true }] }),
        "autoTransferNumbers" => json!({ "useCustomTransferNumbers": true,
            "autoTransferNumber2": "+13125550199" }),
        "accessCodes" => json!({ "useCustomAccessCodes": true,
            "accessCodes": [{ "code": "4856", "description": "Marketing" }] }),
        "digitPatterns" => json!({ "useCustomDigitPatterns": true, "digitPatterns": [
            { "name": "Branch", "pattern": "2XXXX", "action": "ALLOW", "transferEnabled": false }] }),
        "monitoring" => json!({ "enableCallParkNotification": true,
            "monitoredElements": [small.ben.webex_id()] }),
        "privacy" => json!({ "aaNamingDialingEnabled": false, "monitoringAgents": others }),
        "pushToTalk" => json!({ "allowAutoAnswer": true, "connectionType": "ONE_WAY",
            "members": others }),
        "applications" => json!({ "ringDevicesForCallParkEnabled": false,
            "mobileClientEnabled": false }),
        "sharedLines" | "hotDeskingMembers" => json!({ "members": [
            { "id": small.ben.webex_id(), "port": 3, "primaryOwner": "false",
              "lineType": "SHARED_CALL_APPEARANCE", "lineWeight": 2,
              "allowCallDeclineEnabled": false }] }),
        "reception" => json!({ "receptionEnabled": true, "monitoredMembers": others }),
        "emergencyCallbackNumber" => json!({ "selected": "LOCATION_ECBN", "elinEnabled": true }),
        "numbers" => json!({ "distinctiveRingEnabled": false }),
        "schedules" => json!({ "schedules": [{ "name": "Office hours", "type": "businessHours",
            "events": [{ "name": "Day", "startDate": "2026-03-18", "endDate": "2026-03-18",
                "startTime": "08:00", "endTime": "17:00",
                "recurrence": { "recurForEver": true, "recurWeekly": { "recurInterval": 1,
                    "monday": true } } }] }] }),
        _ => with_criteria(key),
    }
}

/// Samples of the families that have criteria or numbers beside them.
fn with_criteria(key: &str) -> Value {
    let all = |switch: &str| json!([{ "callsFrom": "ANY_PHONE_NUMBER", switch: true }]);
    match key {
        "selectiveAccept" => json!({ "enabled": true, "criteria": all("acceptEnabled") }),
        "selectiveReject" => json!({ "enabled": true, "criteria": [
            { "callsFrom": "SELECT_PHONE_NUMBERS", "phoneNumbers": ["+15035550100"],
              "anonymousCallersEnabled": true, "unavailableCallersEnabled": false,
              "rejectEnabled": true }] }),
        "selectiveForward" => json!({ "enabled": true, "defaultPhoneNumberToForward": "1002",
            "destinationVoicemailEnabled": true, "criteria": all("forwardEnabled") }),
        "simultaneousRing" => json!({ "enabled": true, "criteriasEnabled": true,
            "phoneNumbers": [{ "phoneNumber": "+15035550100",
                "answerConfirmationRequiredEnabled": true }], "criteria": all("ringEnabled") }),
        "sequentialRing" => json!({ "enabled": true, "baseLocationNumberOfRings": 4,
            "phoneNumbers": [{ "phoneNumber": "+15035550100", "numberOfRings": 5 }],
            "criteria": [{ "scheduleName": "Open", "scheduleType": "businessHours",
                "scheduleLevel": "GROUP", "callsFrom": "ANY_PHONE_NUMBER", "ringEnabled": true }] }),
        "priorityAlert" => json!({ "enabled": true, "criteria": all("notificationEnabled") }),
        "executiveAssistant" => json!({ "type": "EXECUTIVE", "alert": { "rolloverEnabled": true },
            "screening": { "enabled": true },
            "callFiltering": { "enabled": true, "filterType": "CUSTOM_CALL_FILTERS", "criteria": [
                { "filterName": "Press", "callsFrom": "ANY_EXTERNAL", "filterEnabled": true }] } }),
        "singleNumberReach" => json!({ "numbers": [{ "phoneNumber": "+15035550100",
            "enabled": true, "name": "Mobile" }] }),
        _ => sample_alone(key),
    }
}

/// A sample of a family that names nobody else.
fn sample_alone(key: &str) -> Value {
    match key {
        "answerSettings" => json!({ "autoAnswerEnabled": true,
            "isPreferredEndpointClearableByPerson": false }),
        "callCaptions" => json!({ "userClosedCaptionsEnabled": true,
            "useLocationSettingsEnabled": false }),
        "callingBehavior" => json!({ "behaviorType": "NATIVE_SIP_CALL_TO_UCM",
            "profileId": ids::encode("CALLING_PROFILE", "b37f2fba-2e7c-11eb-a368-dbe4b7671fe9") }),
        "featureAccess" => json!({ "bargeIn": "NO_ACCESS", "voicemail": "NO_ACCESS" }),
        "languageAndTimeZone" => json!({ "announcementLanguage": "French",
            "timeZone": "Europe/Paris" }),
        "msTeams" => json!({ "settingName": "HIDE_WEBEX_APP", "value": true }),
        "musicOnHold" => json!({ "mohEnabled": false, "greeting": "CUSTOM",
            "audioAnnouncementFile": { "fileName": "waltz.wav", "mediaFileType": "WAV",
                "level": "ORGANIZATION" } }),
        _ => Value::Null,
    }
}

/// Whether a PUT without its list takes the list away (DEC-90).
pub fn is_replaced(key: &str) -> bool {
    matches!(key, "sharedLines" | "hotDeskingMembers")
}

/// Whether a PUT takes a field of the sample; the others are a scenario's alone.
pub fn is_put(key: &str, field: &str) -> bool {
    if field == "criteria" {
        return false;
    }
    !matches!(
        (key, field),
        ("voicemail", "busyGreeting")
            | ("intercept", "announcement")
            | ("accessCodes", "accessCodes")
            | ("digitPatterns", "digitPatterns")
            // A PUT for people wraps them.
            | ("deviceHoteling", _)
            | (
                "executiveAssistant",
                "alert" | "screening" | "callFiltering"
            )
            | ("singleNumberReach", "numbers")
    )
}
