//! A document with a setting that no request could have stored is refused by object, family and
//! field, and nothing changes.

use hubsim::model::WebexId;
use serde_json::{Value, json};

use super::{bring, fetch, take};
use crate::support::{ADA, Hub, person_id};

/// Stored settings, by family, and what is said of them.
fn settings() -> Vec<(&'static str, Value, &'static str)> {
    let event = json!({"name": "New Year", "startDate": "2027-13-01", "endDate": "2027-01-01",
        "allDayEnabled": true});
    vec![
        (
            "voicemail",
            json!({"sendUnansweredCalls": {"numberOfRings": 99}}),
            "sendUnansweredCalls.numberOfRings must be between 2 and 20, but it is 99.",
        ),
        (
            "callForwarding",
            json!({"callForwarding": {"noAnswer": {"numberOfRings": 1}}}),
            "callForwarding.noAnswer.numberOfRings must be between",
        ),
        (
            "callForwarding",
            json!({"callForwarding": {"always": {"destination": "nobody"}}}),
            "callForwarding.always.destination must be a number",
        ),
        (
            "callRecording",
            json!({"repeat": {"interval": 9}}),
            "repeat.interval must be between 10 and 1800, but it is 9.",
        ),
        (
            "callerId",
            json!({"firstName": "A%a"}),
            "firstName must not contain %",
        ),
        (
            "intercept",
            json!({"incoming": {"announcements": {"fileName": "x".repeat(4097)}}}),
            "incoming.announcements.fileName must be at most 4096 characters long",
        ),
        (
            "accessCodes",
            json!({"accessCodes": [{"code": "1", "description": ""}]}),
            "must have 2 to 14 digits",
        ),
        (
            "digitPatterns",
            json!({"digitPatterns": [{"id": "00000000-0000-0000-0000-000000000001", "name": "",
                "pattern": "1", "action": "ALLOW", "transferEnabled": false}]}),
            "name must have 1 to 64 characters",
        ),
        (
            "schedules",
            json!({"schedules": [{"name": "Days", "type": "holidays", "events": [event]}]}),
            "startDate must be a day in the form YYYY-MM-DD",
        ),
    ]
}

/// The same of families that name others.
fn naming(ada: &str) -> Vec<(&'static str, Value, &'static str)> {
    vec![
        (
            "monitoring",
            json!({"monitoredElements": [ada]}),
            "monitoredElements: nobody monitors their own line.",
        ),
        (
            "privacy",
            json!({"monitoringAgents": [ada, ada]}),
            "monitoringAgents:",
        ),
        (
            "pushToTalk",
            json!({"members": [ada, ada]}),
            "is named twice.",
        ),
        (
            "reception",
            json!({"receptionEnabled": false, "monitoredMembers": [ada]}),
            "monitoredMembers must be empty unless receptionEnabled is true.",
        ),
        (
            "sharedLines",
            json!({"members": [{"id": ada, "port": 2}]}),
            "members: the owner's line is not shared with its owner.",
        ),
        (
            "hotDeskingMembers",
            json!({"own": {"port": 10, "lineWeight": 2}}),
            "members: the line on port 10 takes the ports up to 11, but there are 10.",
        ),
        (
            "emergencyCallbackNumber",
            json!({"selected": "LOCATION_MEMBER_NUMBER"}),
            "locationMemberId goes with LOCATION_MEMBER_NUMBER, and with nothing else.",
        ),
    ]
}

#[test]
fn a_setting_beyond_its_bounds_is_refused_by_object_family_and_field() {
    let hub = Hub::start();
    take(&hub, "good").expect(201);
    let good = fetch(&hub, "good");
    let ada = person_id(&hub, "full-admin", ADA);
    let id = WebexId::Person.decode(&ada).expect("an id");
    let revision = hub.revision();
    let settings = settings().into_iter().chain(naming(&ada));
    for (family, setting, says) in settings {
        let mut document = good.clone();
        let objects = document["objects"].as_array_mut().expect("objects");
        objects.retain(|object| (&object[0], &object[1]) != (&json!(family), &json!(id)));
        objects.push(json!([family, id, setting]));
        let refused = bring(&hub, "?name=bad", &document).expect(400);
        let detail = refused.json()["detail"].to_string();
        for part in [family, &id.to_string(), says] {
            assert!(detail.contains(part), "{family}: {detail}");
        }
    }
    assert_eq!(hub.revision(), revision);
    let listed = hub.get("/_sim/v1/snapshots").expect(200).json();
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(1));
}

/// Proves: DEC-126
#[test]
fn what_no_request_could_have_asked_for_is_refused_by_object_and_reason() {
    let hub = Hub::with_scenario("demo");
    take(&hub, "good").expect(201);
    let good = fetch(&hub, "good");
    let organization = hub.get("/v1/organizations/me").expect(200).json()["id"].clone();
    let organization = WebexId::Organization.decode(organization.as_str().expect("an id"));
    let organization = organization.expect("a uuid");
    let defaults = |name: &str, value: Value| {
        let mut settings = json!({"organization": organization, "customizations": {}, "tags": {}});
        settings[name] = value;
        json!(["deviceDefaults", organization, settings])
    };
    let changed = |kind: &str, field: &str, value: Value| {
        let mut objects = good["objects"].as_array().expect("objects").iter();
        let object = objects.find(|it| it[0] == kind);
        let mut object = object.expect("an object").clone();
        object[2][field] = value;
        object
    };
    let unknown = changed("report", "template", json!(999));
    let families = json!({"CISCO": {"%A%": "1"}});
    for (object, says) in [
        (unknown, "templateId 999 is no template"),
        (
            changed("webhook", "targetUrl", json!("http://[::1")),
            "targetUrl must be an absolute http or https URL: invalid IPv6 address",
        ),
        (
            changed("person", "timeZone", json!("zz")),
            "timezone \\\"zz\\\" is not an IANA name",
        ),
        (
            changed("person", "preferredLanguage", json!("en_us")),
            "preferredLanguage must be a locale such as en_US",
        ),
        (
            changed("organization", "preferredLanguage", json!("zz_ZZ")),
            "preferredLanguage must be a locale such as en_US",
        ),
        (
            changed("location", "announcementLanguage", json!("xx_yy")),
            "announcementLanguage must be a locale such as en_us",
        ),
        (
            defaults("customizations", json!({"mpp.vlan.value": 1e99})),
            "from 0 to 4095",
        ),
        (
            defaults("customizations", json!({"mpp.vlan.price": 1})),
            "is no setting of a device",
        ),
        (
            defaults("tags", families),
            "is no family and no model of devices",
        ),
        (
            defaults("tags", json!({"Cisco": {"%A%": "x".repeat(257)}})),
            "1 to 256",
        ),
    ] {
        let mut document = good.clone();
        let objects = document["objects"].as_array_mut().expect("objects");
        objects.retain(|it| (&it[0], &it[1]) != (&object[0], &object[1]));
        objects.push(object);
        let refused = bring(&hub, "?name=bad", &document).expect(400);
        let detail = refused.json()["detail"].to_string();
        assert!(detail.contains(says), "{says}: {detail}");
    }
}
