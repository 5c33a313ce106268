//! The documented default of each family (api-surface.md section 3) and a sample that differs.

use serde_json::{Value, json};

use crate::model::feature_access::FEATURES;
use crate::model::{Holder, WebexId, ids};
use crate::settings::families::applications::Client;
use crate::settings::testing::Small;

/// What reading shows when nothing was set.
pub fn default_view(key: &str, small: &Small, holder: Holder) -> Value {
    let person = matches!(holder, Holder::Person(_));
    match key {
        "callerId" => caller_id(person),
        "doNotDisturb" if person => {
            json!({ "enabled": false, "ringSplashEnabled": false, "webexGoOverrideEnabled": false })
        }
        "numbers" => numbers(small, holder, person),
        "outgoingPermission" => json!({ "useCustomEnabled": false, "useCustomPermissions": false,
            "callingPermissions": permissions() }),
        "callRecording" => call_recording(small, holder),
        "applications" => applications(holder),
        "sharedLines" => json!({ "model": "Business Communicator - PC", "maxLineCount": 10,
            "members": [own_line(small, holder, json!("true"))] }),
        "hotDeskingMembers" => json!({ "model": "Hot Desking Guest", "maxLineCount": 10,
            "members": [own_line(small, holder, json!(true))] }),
        "emergencyCallbackNumber" => emergency_callback_number(person),
        // A person has the application of a desktop, a workspace has none.
        "answerSettings" => json!({ "preferredAnswerEndpointId": null,
            "preferredAnswerEndpointType": "NONE", "preferredAnswerEndpointRequired": false,
            "autoAnswerEnabled": false, "isPreferredEndpointClearableByPerson": true }),
        "featureAccess" => json!({ "userOrgSettingsPermissionEnabled": true,
            "userSettingsPermissions": FEATURES.iter().map(|feature| {
                ((*feature).to_owned(), json!("FULL_ACCESS"))
            }).collect::<serde_json::Map<_, _>>() }),
        "msTeams" => {
            let untouched = |name| {
                json!({ "settingName": name, "level": "GLOBAL", "value": false,
                "lastModified": "1970-01-01T00:00:00.000Z" })
            };
            json!({ "personId": holder.webex_id(),
                "orgId": WebexId::Organization.encode(organization(small).parse().unwrap()),
                "settings": [untouched("HIDE_WEBEX_APP"), untouched("PRESENCE_SYNC")] })
        }
        _ => plain_default(key),
    }
}

fn call_recording(small: &Small, holder: Holder) -> Value {
    json!({
        "enabled": false, "record": "Never", "recordVoicemailEnabled": false,
        "startStopAnnouncementEnabled": false,
        "notification": { "type": "None", "enabled": false },
        "repeat": { "interval": 15, "enabled": false },
        "startStopAnnouncement": { "internalCallsEnabled": false, "pstnCallsEnabled": false },
        "serviceProvider": "Webex",
        "externalGroup": organization(small),
        "externalIdentifier": holder.id().to_string(),
    })
}

fn applications(holder: Holder) -> Value {
    let id = |client: Client| WebexId::Application.encode(client.id(holder));
    json!({
        "ringDevicesForClickToDialCallsEnabled": true, "ringDevicesForGroupPageEnabled": true,
        "ringDevicesForCallParkEnabled": true,
        "browserClientEnabled": true, "browserClientId": id(Client::Browser),
        "desktopClientEnabled": true, "desktopClientId": id(Client::Desktop),
        "tabletClientEnabled": true, "tabletClientId": id(Client::Tablet),
        "mobileClientEnabled": true, "mobileClientId": id(Client::Mobile),
        "availableLineCount": 35,
    })
}

/// Anna's line on an endpoint of hers.
fn own_line(small: &Small, holder: Holder, primary_owner: Value) -> Value {
    json!({
        "id": holder.webex_id(), "firstName": "Anna", "lastName": "Adams",
        "phoneNumber": "3125550101", "extension": "1001", "routingPrefix": "8001",
        "esn": "80011001", "port": 1, "primaryOwner": primary_owner, "lineType": "PRIMARY",
        "lineWeight": 1, "hotlineEnabled": false, "hotlineDestination": "",
        "allowCallDeclineEnabled": true, "memberType": "PEOPLE",
        "location": { "id": WebexId::Location.encode(small.chicago), "name": "Chicago" },
    })
}

fn emergency_callback_number(person: bool) -> Value {
    let (number, first, last) = match person {
        true => ("+13125550101", "Anna", "Adams"),
        false => ("+13125550103", "Lobby", "."),
    };
    let mut view = json!({
        "selected": "DIRECT_LINE",
        "directLineInfo": { "phoneNumber": number, "firstName": first, "lastName": last,
            "effectiveLevel": "DIRECT_LINE", "effectiveValue": number, "quality": "RECOMMENDED" },
        "locationECBNInfo": { "phoneNumber": "+13125550100", "firstName": "Chicago",
            "lastName": ".", "effectiveLevel": "LOCATION_NUMBER",
            "effectiveValue": "+13125550100", "quality": "NOT_RECOMMENDED" },
        "elinEnabled": false,
    });
    if person {
        view["elinForWebexAppEnabled"] = false.into();
    }
    view
}

/// The defaults that are the same for every holder.
fn plain_default(key: &str) -> Value {
    match key {
        "voicemail" => json!({
            "enabled": true,
            "sendAllCalls": { "enabled": false },
            "sendBusyCalls": { "enabled": false, "greeting": "DEFAULT", "greetingUploaded": false },
            "sendUnansweredCalls": { "enabled": true, "greeting": "DEFAULT",
                "greetingUploaded": false, "numberOfRings": 3, "systemMaxNumberOfRings": 20 },
            "notifications": { "enabled": false },
            "transferToNumber": { "enabled": false },
            "emailCopyOfMessage": { "enabled": false },
            "messageStorage": { "mwiEnabled": true, "storageType": "INTERNAL" },
            "faxMessage": { "enabled": false },
            "voiceMessageForwardingEnabled": false,
        }),
        "callForwarding" => json!({
            "callForwarding": {
                "always": { "enabled": false, "destination": "", "ringReminderEnabled": false,
                    "destinationVoicemailEnabled": false },
                "busy": { "enabled": false, "destination": "",
                    "destinationVoicemailEnabled": false },
                "noAnswer": { "enabled": false, "destination": "", "numberOfRings": 3,
                    "systemMaxNumberOfRings": 20, "destinationVoicemailEnabled": false },
            },
            "businessContinuity": { "enabled": false, "destination": "",
                "destinationVoicemailEnabled": false },
        }),
        "callWaiting" => json!({ "enabled": true }),
        "doNotDisturb" => json!({ "enabled": false, "ringSplashEnabled": false }),
        "intercept" => json!({
            "enabled": false,
            "incoming": { "type": "INTERCEPT_ALL", "voicemailEnabled": false,
                "announcements": { "greeting": "DEFAULT", "fileName": "", "filename": "",
                    "newNumber": { "enabled": false }, "zeroTransfer": { "enabled": false } } },
            "outgoing": { "type": "INTERCEPT_ALL", "transferEnabled": false },
        }),
        "incomingPermission" => json!({ "useCustomEnabled": false,
            "externalTransfer": "ALLOW_ALL_EXTERNAL", "internalCallsEnabled": true,
            "collectCallsEnabled": true }),
        "autoTransferNumbers" => json!({ "useCustomTransferNumbers": false }),
        "accessCodes" => json!({ "useCustomAccessCodes": false, "accessCodes": [] }),
        "digitPatterns" => json!({ "useCustomDigitPatterns": false, "digitPatterns": [] }),
        "monitoring" => json!({ "callParkNotificationEnabled": false, "monitoredElements": [] }),
        "privacy" => json!({ "aaExtensionDialingEnabled": true, "aaNamingDialingEnabled": true,
            "enablePhoneStatusDirectoryPrivacy": false,
            "enablePhoneStatusPickupBargeInPrivacy": false, "monitoringAgents": [] }),
        "pushToTalk" => json!({ "allowAutoAnswer": false, "connectionType": "TWO_WAY",
            "accessType": "ALLOW_MEMBERS", "members": [] }),
        "bargeIn" => json!({ "enabled": false, "toneEnabled": false }),
        "hoteling" | "anonymousCallReject" | "outboundBillingPlan" => json!({ "enabled": false }),
        "callBridge" => json!({ "warningToneEnabled": true }),
        "callPolicies" => json!({ "connectedLineIdPrivacyOnRedirectedCalls": "NO_PRIVACY" }),
        "hotDeskingGuest" => json!({ "voicePortalHotDeskSignInEnabled": false }),
        "personalAssistant" => json!({ "enabled": false, "presence": "NONE",
            "transferEnabled": false, "alerting": "NONE", "alertMeFirstNumberOfRings": 2 }),
        "deviceSettings" => json!({ "compression": "OFF" }),
        "schedules" => json!({ "schedules": [] }),
        "reception" => json!({ "receptionEnabled": false, "monitoredMembers": [] }),
        _ => default_with_criteria(key),
    }
}

/// The defaults of the families that have criteria or numbers beside them.
fn default_with_criteria(key: &str) -> Value {
    match key {
        "selectiveAccept" | "selectiveReject" | "priorityAlert" => {
            json!({ "enabled": false, "criteria": [] })
        }
        "selectiveForward" => json!({ "enabled": false, "defaultPhoneNumberToForward": "",
            "ringReminderEnabled": false, "destinationVoicemailEnabled": false, "criteria": [] }),
        "simultaneousRing" => json!({ "enabled": false, "doNotRingIfOnCallEnabled": false,
            "phoneNumbers": [], "criteriasEnabled": false, "criteria": [] }),
        "sequentialRing" => json!({ "enabled": false, "ringBaseLocationFirstEnabled": true,
            "baseLocationNumberOfRings": "2", "continueIfBaseLocationIsBusyEnabled": true,
            "callsToVoicemailEnabled": false, "phoneNumbers": [], "criteria": [] }),
        "executiveAssistant" => json!({ "type": "UNASSIGNED" }),
        "singleNumberReach" => json!({ "enabled": false,
            "alertAllNumbersForClickToDialCallsEnabled": false, "numbers": [] }),
        "callCaptions" => json!({ "userClosedCaptionsEnabled": false,
            "userTranscriptsEnabled": false, "locationClosedCaptionsEnabled": false,
            "locationTranscriptsEnabled": false, "useLocationSettingsEnabled": true }),
        "callingBehavior" => json!({ "behaviorType": null,
            "effectiveBehaviorType": "NATIVE_WEBEX_TEAMS_CALLING" }),
        "languageAndTimeZone" => json!({ "announcementLanguage": "English",
            "timeZone": "America/Chicago" }),
        "musicOnHold" => json!({ "mohEnabled": true, "mohLocationEnabled": true,
            "greeting": "DEFAULT" }),
        _ => Value::Null,
    }
}

fn organization(small: &Small) -> String {
    let mut organizations = small.tx.list::<crate::model::Organization>();
    organizations
        .next()
        .map(|(id, _)| id.to_string())
        .unwrap_or_default()
}

fn caller_id(person: bool) -> Value {
    let mut view = json!({
        "types": ["DIRECT_LINE", "LOCATION_NUMBER", "CUSTOM"],
        "selected": "DIRECT_LINE",
        "directNumber": if person { "+13125550101" } else { "+13125550103" },
        "extensionNumber": if person { "1001" } else { "1003" },
        "locationNumber": "+13125550100",
        "tollFreeLocationNumber": false,
        "blockInForwardCallsEnabled": false,
        "externalCallerIdNamePolicy": "DIRECT_LINE",
        "locationExternalCallerIdName": "Chicago",
    });
    let more = if person {
        json!({ "firstName": "Anna", "lastName": "Adams",
            "additionalExternalCallerIdDirectLineEnabled": false,
            "additionalExternalCallerIdLocationNumberEnabled": false,
            "directLineCallerIdName": { "selection": "FIRSTNAME_LASTNAME" },
            "dialByFirstName": "Anna", "dialByLastName": "Adams" })
    } else {
        json!({ "displayName": "Lobby", "displayDetail": ".", "dialByName": "Lobby",
            "directLineCallerIdName": { "selection": "DISPLAY_NAME" } })
    };
    for (key, value) in more.as_object().into_iter().flatten() {
        view[key] = value.clone();
    }
    view
}

fn permissions() -> Vec<Value> {
    let types = [
        "INTERNAL_CALL",
        "TOLL_FREE",
        "INTERNATIONAL",
        "OPERATOR_ASSISTED",
        "CHARGEABLE_DIRECTORY_ASSISTED",
        "SPECIAL_SERVICES_I",
        "SPECIAL_SERVICES_II",
        "PREMIUM_SERVICES_I",
        "PREMIUM_SERVICES_II",
        "NATIONAL",
    ];
    let blocked = ["INTERNATIONAL", "PREMIUM_SERVICES_I", "PREMIUM_SERVICES_II"];
    types
        .map(|call_type| {
            let allowed = !blocked.contains(&call_type);
            json!({ "callType": call_type, "action": if allowed { "ALLOW" } else { "BLOCK" },
                "transferEnabled": allowed, "isCallTypeRestrictionEnabled": false })
        })
        .to_vec()
}

fn numbers(small: &Small, holder: Holder, person: bool) -> Value {
    if person {
        return json!({ "distinctiveRingEnabled": true, "phoneNumbers": [
            { "directNumber": "3125550101", "extension": "1001", "routingPrefix": "8001",
              "esn": "80011001", "primary": true }] });
    }
    json!({
        "distinctiveRingEnabled": true,
        "phoneNumbers": [
            { "external": "+13125550103", "extension": "1003",
              "routingPrefix": "8001", "esn": "80011003", "primary": true }],
        "workspace": { "id": holder.webex_id() },
        "location": { "id": WebexId::Location.encode(small.chicago),
            "name": "Chicago" },
        "organization": { "name": "Small Company", "id":
            WebexId::Organization.encode(
                organization(small).parse().unwrap_or_default()) },
    })
}

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
