//! Settings that stand alone: answering, music on hold, captions, behavior, language, feature
//! access, Microsoft Teams. What they read and write, and what they refuse.

use serde_json::{Value, json};

use super::Desk;
use super::refused::{MISSING, Refused, WRONG};
use crate::support::{Hub, person_id};

const ANSWER: &str = "/v1/telephony/config/people/{person}/answerSettings";
const CHOICE: &str = "/v1/telephony/config/people/{person}/preferredAnswerEndpoint";
const AVAILABLE: &str = "/v1/telephony/config/people/{person}/availablePreferredAnswerEndpoints";
const BEHAVIOR: &str = "/v1/people/{person}/features/callingBehavior";
const CAPTIONS: &str = "/v1/telephony/config/people/{person}/callCaptions";
const DEFAULT_ACCESS: &str = "/v1/telephony/config/people/settings/permissions";
const ACCESS: &str = "/v1/telephony/config/people/{person}/settings/permissions";
const LANGUAGE: &str = "/v1/telephony/config/people/{person}";
const MUSIC: &str = "/v1/telephony/config/people/{person}/musicOnHold";
const TEAMS: &str = "/v1/telephony/config/people/{person}/settings/msTeams";

const REFUSED: &[Refused] = &[
    (
        BEHAVIOR,
        r#"{"behaviorType": "FAX"}"#,
        WRONG,
        "behaviorType must be null or one of NATIVE_WEBEX_TEAMS_CALLING, \
         CALL_WITH_APP_REGISTERED_FOR_CISCOTEL, CALL_WITH_APP_REGISTERED_FOR_TEL, \
         CALL_WITH_APP_REGISTERED_FOR_WEBEXCALLTEL, NATIVE_SIP_CALL_TO_UCM, but it is the string \
         \"FAX\".",
    ),
    (
        BEHAVIOR,
        r#"{"profileId": "mine"}"#,
        WRONG,
        "profileId must be the id of a UC Manager profile (CALLING_PROFILE), but it is \"mine\".",
    ),
    (
        LANGUAGE,
        r#"{"announcementLanguage": "Elvish"}"#,
        WRONG,
        "announcementLanguage must be a language such as English or a locale such as en_us, but it \
         is \"Elvish\".",
    ),
    (
        LANGUAGE,
        r#"{"timeZone": "Berlin"}"#,
        WRONG,
        "timeZone must be an IANA name such as Europe/Berlin, but it is \"Berlin\".",
    ),
    (
        ACCESS,
        r#"{"bargeIn": "SOME_ACCESS"}"#,
        WRONG,
        "bargeIn must be one of FULL_ACCESS, NO_ACCESS, but it is the string \"SOME_ACCESS\".",
    ),
    (
        TEAMS,
        r#"{"settingName": "PRESENCE_SYNC", "value": true}"#,
        WRONG,
        "settingName must be HIDE_WEBEX_APP, but it is the string \"PRESENCE_SYNC\".",
    ),
    (
        MUSIC,
        r#"{"greeting": "CUSTOM"}"#,
        MISSING,
        "audioAnnouncementFile is required while greeting is CUSTOM.",
    ),
    (
        MUSIC,
        r#"{"greeting": "CUSTOM", "audioAnnouncementFile": {"fileName": "waltz.wav"}}"#,
        MISSING,
        "audioAnnouncementFile.mediaFileType is required where audioAnnouncementFile.id is not \
         sent.",
    ),
    (
        MUSIC,
        r#"{"greeting": "CUSTOM", "audioAnnouncementFile":
            {"fileName": "waltz.wav", "mediaFileType": "WAV", "level": "ORGANIZATION"}}"#,
        WRONG,
        "audioAnnouncementFile.fileName: there is no announcement \"waltz.wav\" of that level; it \
         must be uploaded first.",
    ),
    (
        MUSIC,
        r#"{"greeting": "CUSTOM", "audioAnnouncementFile": {"id": "waltz"}}"#,
        WRONG,
        "audioAnnouncementFile.id: there is no announcement waltz that this holder may use.",
    ),
    (
        CHOICE,
        r#"{"preferredAnswerEndpointId": "desk"}"#,
        WRONG,
        "preferredAnswerEndpointId: desk is no endpoint of Kofi Lindqvist; \
         availablePreferredAnswerEndpoints lists them.",
    ),
    (
        ANSWER,
        r#"{"preferredAnswerEndpointId": "{room}"}"#,
        WRONG,
        "preferredAnswerEndpointId: {room} is no endpoint of Kofi Lindqvist; \
         availablePreferredAnswerEndpoints lists them.",
    ),
];

#[test]
fn values_that_cannot_be_are_refused_and_change_nothing() {
    let desk = Desk::open();
    desk.refuses("PUT", REFUSED);
}

fn phone(desk: &Desk, holder: &str, id: &str, mac: &str) -> String {
    let body = json!({"mac": mac, "model": "DMS Cisco 8865", holder: id});
    let device = desk
        .hub
        .call("POST", "/v1/devices", &body)
        .expect(200)
        .json();
    device["id"].as_str().expect("an id").to_owned()
}

/// Proves: DEC-95
#[test]
fn an_endpoint_is_chosen_among_devices_and_the_application_until_it_goes() {
    let desk = Desk::open();
    assert_eq!(desk.read(CHOICE)["preferredAnswerEndpointId"], Value::Null);
    assert_eq!(desk.read(CHOICE)["endpoints"][0]["type"], "APPLICATION");
    let device = phone(&desk, "personId", &desk.kofi, "D82E3EEF4E5C");
    let tags = json!([{"op": "add", "path": "tags", "value": ["name=At the window"]}]);
    let patch = "application/json-patch+json";
    let at = format!("/v1/devices/{device}");
    let tagged = desk
        .hub
        .send_raw("PATCH", &at, patch, tags.to_string().as_bytes());
    tagged.expect(200);

    let listed = desk.read(AVAILABLE)["endpoints"].clone();
    assert_eq!(listed.as_array().map(Vec::len), Some(2));
    assert_eq!(listed[0]["type"], "CALLING_DEVICE");
    assert_eq!(listed[0]["name"], "Cisco 8865 (At the window)");
    assert_eq!(listed[1]["type"], "APPLICATION");
    assert_eq!(desk.read(CHOICE)["endpoints"][0]["type"], "DEVICE");
    assert_eq!(desk.read(ANSWER)["preferredAnswerEndpointRequired"], true);

    let choose = |id: &Value| {
        let body = json!({"preferredAnswerEndpointId": id});
        desk.send("PUT", CHOICE, &body.to_string(), 204);
        desk.read(ANSWER)
    };
    let read = choose(&listed[1]["id"]);
    assert_eq!(read["preferredAnswerEndpointType"], "WEBEX_APP_DESKTOP");
    assert_eq!(read["preferredAnswerEndpointIdType"], "APPLICATION");
    let read = choose(&listed[0]["id"]);
    assert_eq!(read["preferredAnswerEndpointId"], listed[0]["id"]);
    assert_eq!(read["preferredAnswerEndpointType"], "PRIMARY_DEVICE");
    let marked = desk.read(AVAILABLE)["endpoints"][0]["isPreferredAnswerEndpoint"].clone();
    assert_eq!(marked, true);

    // An application that is turned off cannot be chosen any more.
    let services = "/v1/people/{person}/features/applications";
    desk.send("PUT", services, r#"{"desktopClientEnabled": false}"#, 204);
    assert_eq!(desk.read(AVAILABLE)["endpoints"][1], Value::Null);

    // Another setting leaves the choice; the device that goes takes it along.
    desk.send("PUT", ANSWER, r#"{"autoAnswerEnabled": true}"#, 204);
    assert_eq!(
        desk.read(CHOICE)["preferredAnswerEndpointId"],
        listed[0]["id"]
    );
    desk.hub.call("DELETE", &at, &Value::Null).expect(204);
    let read = desk.read(ANSWER);
    assert_eq!(read["preferredAnswerEndpointId"], Value::Null);
    assert_eq!(read["preferredAnswerEndpointType"], "NONE");
    assert_eq!(read["autoAnswerEnabled"], true);
    let ledger = desk.hub.get("/_sim/v1/ledger").expect(200).text;
    assert!(ledger.contains("preferredAnswerEndpointId"), "{ledger}");
}

#[test]
fn a_workspace_answers_with_its_devices_alone() {
    let desk = Desk::open();
    let list = "/v1/workspaces/{room}/availablePreferredAnswerEndpoints";
    assert_eq!(desk.read(list)["endpoints"], json!([]));
    let room = desk.path("{room}");
    phone(&desk, "workspaceId", &room, "D82E3EEF4E5D");
    let endpoint = desk.read(list);
    let body = json!({"autoAnswerEnabled": true,
        "preferredAnswerEndpointId": endpoint["endpoints"][0]["id"]});
    let path = "/v1/workspaces/{room}/answerSettings";
    desk.send("PUT", path, &body.to_string(), 204);
    assert_eq!(
        desk.read(path)["preferredAnswerEndpointType"],
        "PRIMARY_DEVICE"
    );
    // What is read can be written, and null takes the choice back.
    desk.send("PUT", path, &desk.read(path).to_string(), 204);
    desk.send("PUT", path, r#"{"preferredAnswerEndpointId": null}"#, 204);
    assert_eq!(desk.read(path)["preferredAnswerEndpointType"], "NONE");
}

#[test]
fn a_behavior_is_the_organizations_until_it_is_set_and_jabber_has_no_profile() {
    let desk = Desk::open();
    let profile = hubsim::model::ids::encode("CALLING_PROFILE", "b37f2fba-2e7c-11eb");
    let set = json!({"behaviorType": "native_sip_call_to_ucm", "profileId": profile});
    desk.send("PUT", BEHAVIOR, &set.to_string(), 204);
    let read = desk.read(BEHAVIOR);
    assert_eq!(read["behaviorType"], "NATIVE_SIP_CALL_TO_UCM");
    assert_eq!(read["profileId"], profile);
    let jabber = json!({"behaviorType": "CALL_WITH_APP_REGISTERED_FOR_CISCOTEL",
        "profileId": profile});
    desk.send("PUT", BEHAVIOR, &jabber.to_string(), 204);
    assert_eq!(desk.read(BEHAVIOR).get("profileId"), None);
    desk.send("PUT", BEHAVIOR, r#"{"behaviorType": null}"#, 204);
    let read = desk.read(BEHAVIOR);
    assert_eq!(read["behaviorType"], Value::Null);
    assert_eq!(read["effectiveBehaviorType"], "NATIVE_WEBEX_TEAMS_CALLING");
}

#[test]
fn language_and_time_zone_are_the_locations_until_they_are_set() {
    let desk = Desk::open();
    let place = format!("/v1/locations/{}", desk.hub.location("Pebblebrook"));
    let zone = desk.hub.get(&place).expect(200).json()["timeZone"].clone();
    assert_eq!(
        desk.read(LANGUAGE),
        json!({"announcementLanguage": "English", "timeZone": zone})
    );
    // A name and a locale are the same; what is read is a name.
    for language in ["French", "fr_fr"] {
        let body = json!({"announcementLanguage": language});
        desk.send("PUT", LANGUAGE, &body.to_string(), 204);
        assert_eq!(
            desk.read(LANGUAGE),
            json!({"announcementLanguage": "French", "timeZone": zone})
        );
    }
    desk.send("PUT", LANGUAGE, r#"{"timeZone": "Europe/Paris"}"#, 204);
    let moved = json!({"announcementLanguage": "de_de", "timeZone": "Europe/Berlin"});
    desk.hub.call("PUT", &place, &moved).expect(204);
    assert_eq!(
        desk.read(LANGUAGE),
        json!({"announcementLanguage": "French", "timeZone": "Europe/Paris"})
    );
}

#[test]
fn feature_access_is_the_organizations_until_it_is_set_for_a_person() {
    let desk = Desk::open();
    let own = |feature: &str| desk.read(ACCESS)["userSettingsPermissions"][feature].clone();
    let standard = |feature: &str| desk.read(DEFAULT_ACCESS)[feature].clone();
    assert_eq!(standard("voicemail"), "FULL_ACCESS");
    desk.send("PUT", DEFAULT_ACCESS, r#"{"voicemail": "NO_ACCESS"}"#, 204);
    assert_eq!(standard("voicemail"), "NO_ACCESS");
    assert_eq!(own("voicemail"), "NO_ACCESS");
    assert_eq!(desk.read(ACCESS)["userOrgSettingsPermissionEnabled"], true);

    let body = r#"{"voicemail": "FULL_ACCESS", "bargeIn": "NO_ACCESS", "speedDial": null}"#;
    desk.send("PUT", ACCESS, body, 204);
    assert_eq!(own("voicemail"), "FULL_ACCESS");
    assert_eq!(own("bargeIn"), "NO_ACCESS");
    assert_eq!(standard("bargeIn"), "FULL_ACCESS");
    assert_eq!(desk.read(ACCESS)["userOrgSettingsPermissionEnabled"], false);
    desk.send("PUT", ACCESS, r#"{"voicemail": null}"#, 204);
    assert_eq!(own("voicemail"), "NO_ACCESS");

    desk.send("POST", &format!("{ACCESS}/actions/reset/invoke"), "", 204);
    assert_eq!(own("bargeIn"), "FULL_ACCESS");
    assert_eq!(desk.read(ACCESS)["userOrgSettingsPermissionEnabled"], true);
    let before = desk.hub.revision();
    desk.send("PUT", DEFAULT_ACCESS, r#"{"voicemail": "SOME"}"#, 400);
    assert_eq!(desk.hub.revision(), before);
    desk.send("PUT", DEFAULT_ACCESS, r#"{"voicemail": null}"#, 204);
    assert_eq!(own("voicemail"), "FULL_ACCESS");
}

/// Proves: DEC-97
#[test]
fn a_setting_for_teams_is_a_persons_own_until_it_is_taken_back() {
    let desk = Desk::open();
    let hidden = |setting: usize| desk.read(TEAMS)["settings"][setting].clone();
    assert_eq!(hidden(0)["level"], "GLOBAL");
    desk.send(
        "PUT",
        TEAMS,
        r#"{"settingName": "HIDE_WEBEX_APP", "value": true}"#,
        204,
    );
    assert_eq!(hidden(0)["level"], "PEOPLE");
    assert_eq!(hidden(0)["value"], true);
    let since = hidden(0)["lastModified"].clone();
    assert_ne!(since, hidden(1)["lastModified"]);
    assert_eq!(hidden(1)["settingName"], "PRESENCE_SYNC");
    assert_eq!(hidden(1)["level"], "GLOBAL");
    desk.send(
        "PUT",
        TEAMS,
        r#"{"settingName": "HIDE_WEBEX_APP", "value": null}"#,
        204,
    );
    assert_eq!(hidden(0)["level"], "GLOBAL");
    assert_eq!(hidden(0)["value"], false);
}

/// Somebody of the demo, by e-mail, and a path of theirs.
fn of(hub: &Hub, name: &str, path: &str) -> String {
    let id = person_id(hub, "full-admin", &format!("{name}@quillhaven.example"));
    path.replace("{person}", &id)
}

#[test]
fn music_on_hold_plays_announcements_that_are_there_where_the_location_plays_any() {
    let hub = Hub::with_scenario("demo");
    let path = of(&hub, "maren.castellan", MUSIC);
    let play = |file: Value| {
        let body = json!({"greeting": "CUSTOM", "audioAnnouncementFile": file});
        hub.call("PUT", &path, &body)
    };
    let named =
        |name: &str, level: &str| json!({"fileName": name, "mediaFileType": "WAV", "level": level});
    play(named("san-jose-tour.wav", "LOCATION")).expect(204);
    let read = hub.get(&path).expect(200).json();
    assert_eq!(read["greeting"], "CUSTOM");
    assert_eq!(read["mohLocationEnabled"], true);
    let tour = read["audioAnnouncementFile"].clone();
    assert_eq!(tour["fileName"], "san-jose-tour.wav");
    assert_eq!(tour["level"], "LOCATION");
    play(named("quillhaven-on-hold.wav", "ORGANIZATION")).expect(204);
    // With an id the other fields mean nothing.
    play(json!({"id": tour["id"], "fileName": "another.wav"})).expect(204);
    let read = hub.get(&path).expect(200).json();
    assert_eq!(read["audioAnnouncementFile"], tour);
    hub.call("PUT", &path, &read).expect(204);

    // Another location has neither that file nor, in Boston, any music at all.
    let elsewhere = of(&hub, "wendell.okonma", MUSIC);
    let body = json!({"greeting": "CUSTOM", "audioAnnouncementFile": {"id": tour["id"]}});
    let told = hub.call("PUT", &elsewhere, &body).expect(400).text;
    assert!(told.contains("that this holder may use"), "{told}");
    let boston = hub.location("Boston");
    let people = hub
        .get(&format!("/v1/people?locationId={boston}&max=1"))
        .expect(200)
        .json();
    let silent = MUSIC.replace(
        "{person}",
        people["items"][0]["id"].as_str().expect("an id"),
    );
    assert_eq!(
        hub.get(&silent).expect(200).json()["mohLocationEnabled"],
        false
    );
    let told = hub
        .call("PUT", &silent, &json!({"mohEnabled": true}))
        .expect(400)
        .text;
    assert!(
        told.contains("turned off for the location Boston"),
        "{told}"
    );
}

#[test]
fn captions_are_not_for_standard_licences_and_not_for_india() {
    let hub = Hub::with_scenario("demo");
    let path = of(&hub, "maren.castellan", CAPTIONS);
    let read = hub.get(&path).expect(200).json();
    assert_eq!(read["locationClosedCaptionsEnabled"], true);
    assert_eq!(read["locationTranscriptsEnabled"], false);
    let body = json!({"useLocationSettingsEnabled": false, "userTranscriptsEnabled": true});
    hub.call("PUT", &path, &body).expect(204);
    let read = hub.get(&path).expect(200).json();
    assert_eq!(read["userTranscriptsEnabled"], true);
    assert_eq!(read["useLocationSettingsEnabled"], false);
    let pune = hub.location("Pune");
    let people = hub
        .get(&format!("/v1/people?locationId={pune}&max=1"))
        .expect(200)
        .json();
    let indian = CAPTIONS.replace(
        "{person}",
        people["items"][0]["id"].as_str().expect("an id"),
    );
    let standard = of(&hub, "wendell.okonma", CAPTIONS);
    for (path, why) in [(indian, "in India"), (standard, "Webex Calling - Standard")] {
        let before = hub.revision();
        for answer in [hub.get(&path), hub.call("PUT", &path, &body)] {
            let told = answer.expect(400).text;
            assert!(
                told.contains("Call captions are not supported for users"),
                "{told}"
            );
            assert!(told.contains(why), "{told}");
        }
        assert_eq!(hub.revision(), before);
    }
}
