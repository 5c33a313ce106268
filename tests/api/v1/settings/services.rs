//! Which calling services are on for a person: each setting tells of its own.

use std::collections::BTreeSet;

use serde_json::json;

use super::Desk;

const SERVICES: &str = "/v1/telephony/config/people/{person}/services";

/// What is on for a person for whom nothing was set.
const AT_FIRST: [&str; 3] = ["Voice Messaging User", "Call Waiting", "Music On Hold User"];

/// A service, and the requests that turn it to its other state: the beginning of a path, its end,
/// and a body or the switch of a criterion.
type Turn = (
    &'static str,
    &'static [(&'static str, &'static str, &'static str)],
);

const PEOPLE: &str = "/v1/people/{person}/features/";
const CALLING: &str = "/v1/telephony/config/people/{person}/";
const OTHER: &str = "/v1/telephony/config/people/{renata}/";
const CALLERS: &str = r#"{"callsFrom": "ANY_PHONE_NUMBER", "SWITCH": true,
    "forwardToPhoneNumber": "1115", "sendToVoicemailEnabled": false}"#;

#[rustfmt::skip]
const TURNS: &[Turn] = &[
    ("Anonymous Call Rejection", &[(CALLING, "anonymousCallReject", r#"{"enabled": true}"#)]),
    ("Call Forwarding Always", &[(PEOPLE, "callForwarding",
        r#"{"callForwarding": {"always": {"enabled": true, "destination": "1115"}}}"#)]),
    ("Call Forwarding Busy", &[(PEOPLE, "callForwarding",
        r#"{"callForwarding": {"busy": {"enabled": true, "destination": "1115"}}}"#)]),
    ("Call Forwarding No Answer", &[(PEOPLE, "callForwarding",
        r#"{"callForwarding": {"noAnswer": {"enabled": true, "destination": "1115"}}}"#)]),
    ("Call Forwarding Not Reachable", &[(PEOPLE, "callForwarding",
        r#"{"businessContinuity": {"enabled": true, "destination": "1115"}}"#)]),
    ("Do Not Disturb", &[(PEOPLE, "doNotDisturb", r#"{"enabled": true}"#)]),
    ("Intercept User", &[(PEOPLE, "intercept", r#"{"enabled": true}"#)]),
    ("Selective Call Acceptance", &[(CALLING, "selectiveAccept/criteria", "acceptEnabled"),
        (CALLING, "selectiveAccept", r#"{"enabled": true}"#)]),
    ("Call Forwarding Selective", &[(CALLING, "selectiveForward/criteria", "forwardEnabled"),
        (CALLING, "selectiveForward",
            r#"{"enabled": true, "defaultPhoneNumberToForward": "1115"}"#)]),
    ("Selective Call Rejection", &[(CALLING, "selectiveReject/criteria", "rejectEnabled"),
        (CALLING, "selectiveReject", r#"{"enabled": true}"#)]),
    ("Simultaneous Ring Personal", &[(CALLING, "simultaneousRing",
        r#"{"enabled": true, "criteriasEnabled": false, "phoneNumbers": [
            {"phoneNumber": "1115", "answerConfirmationRequiredEnabled": false}]}"#)]),
    ("Voice Messaging User", &[(PEOPLE, "voicemail",
        r#"{"enabled": false, "notifications": {"enabled": false},
            "transferToNumber": {"enabled": false}}"#)]),
    ("Fax Messaging", &[(PEOPLE, "voicemail",
        r#"{"notifications": {"enabled": false}, "transferToNumber": {"enabled": false},
            "faxMessage": {"enabled": true, "phoneNumber": "+15035550119"}}"#)]),
    ("Alternate Numbers", &[(CALLING, "numbers",
        r#"{"phoneNumbers": [{"primary": false, "action": "ADD",
            "directNumber": "+15035550118", "ringPattern": "NORMAL"}]}"#)]),
    ("Shared Call Appearance 35", &[(OTHER, "applications/members",
        r#"{"members": [{"id": "{person}", "port": 2, "primaryOwner": "false",
            "lineType": "SHARED_CALL_APPEARANCE", "lineWeight": 1}]}"#)]),
    ("Shared Call Appearance 35", &[(OTHER, "features/hotDesking/members",
        r#"{"members": [{"id": "{renata}", "primaryOwner": true}, {"id": "{person}"}]}"#)]),
    ("Directed Call Pickup with Barge-in", &[(PEOPLE, "bargeIn", r#"{"enabled": true}"#)]),
    ("Call Waiting", &[(PEOPLE, "callWaiting", r#"{"enabled": false}"#)]),
    ("Push to Talk", &[(PEOPLE, "pushToTalk", r#"{"allowAutoAnswer": true}"#)]),
    ("Hoteling Host", &[(PEOPLE, "hoteling", r#"{"enabled": true}"#)]),
    ("Busy Lamp Field", &[(PEOPLE, "monitoring",
        r#"{"enableCallParkNotification": false, "monitoredElements": ["{room}"]}"#)]),
    ("Privacy", &[(PEOPLE, "privacy", r#"{"enablePhoneStatusDirectoryPrivacy": true}"#)]),
    ("Privacy", &[(PEOPLE, "privacy", r#"{"enablePhoneStatusPickupBargeInPrivacy": true}"#)]),
    ("BroadWorks Anywhere", &[(CALLING, "singleNumberReach/numbers",
        r#"{"phoneNumber": "+17011558169", "enabled": true, "name": "Mobile"}"#)]),
    ("Music On Hold User", &[(CALLING, "musicOnHold", r#"{"mohEnabled": false}"#)]),
    ("Call Recording", &[(PEOPLE, "callRecording", r#"{"enabled": true}"#)]),
    ("Executive", &[(PEOPLE, "executiveAssistant", r#"{"type": "EXECUTIVE"}"#)]),
    ("Flexible Seating Guest", &[(CALLING, "features/hotDesking/guest",
        r#"{"voicePortalHotDeskSignInEnabled": true}"#)]),
    ("Personal Assistant", &[(CALLING, "features/personalAssistant",
        r#"{"enabled": true}"#)]),
    ("Executive-Assistant", &[(PEOPLE, "executiveAssistant",
        r#"{"type": "EXECUTIVE_ASSISTANT"}"#)]),
];

/// The other names of the contract (wxc_sdk: `ServicesEnum`): nothing that is held of a person
/// turns them on or off.
const NEVER_TOLD: &[&str] = &[
    "Authentication",
    "Call Notify",
    "Calling Line ID Delivery Blocking",
    "Last Number Redial",
    "Priority Alert",
    "Call Return",
    "Speed Dial 100",
    "Directed Call Pickup",
    "External Calling Line ID Delivery",
    "Internal Calling Line ID Delivery",
    "Barge-in Exempt",
    "Basic Call Logs",
    "Hoteling Guest",
    "Multiple Call Arrangement",
    "Three-Way Call",
    "Call Transfer",
    "N-Way Call",
    "Connected Line Identification Presentation",
    "Connected Line Identification Restriction",
    "Call Center Monitoring",
    "BroadWorks Mobility",
    "Client License 17",
    "Client License 18",
    "Sequential Ring",
    "Call Block",
    "Call Center - Premium",
    "Calling Name Retrieval",
];

/// How many names the contract has.
const CONTRACT_NAMES: usize = 55;

impl Desk {
    fn services(&self) -> Vec<String> {
        let found = self.read(SERVICES)["services"].clone();
        serde_json::from_value(found).expect("names")
    }

    fn turn(&self, base: &str, path: &str, body: &str) {
        let path = self.path(&format!("{base}{path}"));
        let is_new = path.ends_with("/criteria") || path.ends_with("/singleNumberReach/numbers");
        let body = match body.starts_with('{') {
            true => self.path(body),
            false => CALLERS.replace("SWITCH", body),
        };
        let body = serde_json::from_str(&body).expect("a body");
        let (method, allowed): (_, &[u16]) = match is_new {
            true => ("POST", &[201]),
            false => ("PUT", &[200, 204]),
        };
        let answer = self.hub.call(method, &path, &body);
        let status = answer.status;
        assert!(
            allowed.contains(&status),
            "{method} {path}: {status} {}",
            answer.text
        );
    }
}

/// Proves: DEC-94
#[test]
fn each_service_of_the_contract_follows_its_setting_and_no_other() {
    let desk = Desk::open();
    for (name, requests) in TURNS {
        assert_eq!(desk.services(), AT_FIRST, "before {name}");
        let before = desk.hub.revision();
        for (base, path, body) in *requests {
            desk.turn(base, path, body);
        }
        let mut told = desk.services();
        match AT_FIRST.contains(name) {
            true => told.push((*name).to_owned()),
            false => told.retain(|one| one != name),
        }
        told.sort_unstable();
        let mut rest = AT_FIRST.to_vec();
        rest.sort_unstable();
        assert_eq!(told, rest, "{name}");
        assert!(desk.hub.revision() > before, "{name}");
        for _ in *requests {
            desk.hub
                .call("POST", "/_sim/v1/undo", &json!({}))
                .expect(200);
        }
    }
}

#[test]
fn every_name_of_the_contract_is_told_or_known_as_not_held() {
    let told = TURNS.iter().map(|(name, _)| *name);
    let names: BTreeSet<&str> = told.chain(NEVER_TOLD.iter().copied()).collect();
    assert_eq!(names.len(), CONTRACT_NAMES);
}
