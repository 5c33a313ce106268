//! The documented default of each family (api-surface.md section 3).

use serde_json::{Value, json};

use crate::model::feature_access::FEATURES;
use crate::model::{Holder, WebexId};
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
