//! Jobs about devices: what is set for all of them, and phones that are rebuilt.

use hubsim::model::{DeviceSettings, WebexId};
use serde_json::{Value, json};

use super::{JOBS, errors, run, state, status};
use crate::support::{Answer, Hub};

const SETTINGS: &str = "devices/callDeviceSettings";
const DYNAMIC: &str = "devices/dynamicDeviceSettings";
const REBUILD: &str = "devices/rebuildPhones";
const LINE_KEYS: &str = "devices/applyLineKeyTemplate";

fn ask(hub: &Hub, kind: &str, body: &Value) -> Answer {
    hub.call("POST", &format!("{JOBS}/{kind}"), body)
}

/// A job that was started and run to its end.
fn done(hub: &Hub, kind: &str, body: &Value) -> Value {
    let job = ask(hub, kind, body);
    assert!(job.status == 200 || job.status == 202, "{}", job.text);
    let job = job.json();
    run(hub);
    let done = status(hub, kind, &job);
    assert_eq!(done["latestExecutionExitCode"], "COMPLETED");
    assert_eq!(done["percentageComplete"], 100);
    assert_eq!(errors(hub, kind, &job), Vec::<Value>::new());
    let listed = hub.get(&format!("{JOBS}/{kind}")).expect(200).json();
    assert_eq!(listed["items"][0], done);
    done
}

/// What stands with the organisation, or with a location of it.
fn kept(hub: &Hub, location: Option<&str>) -> Option<DeviceSettings> {
    let me = hub.get("/v1/people/me").expect(200).json();
    let id = match location {
        None => WebexId::Organization.decode(me["orgId"].as_str().unwrap()),
        Some(name) => WebexId::Location.decode(&hub.location(name)),
    };
    let world = hub.server.app().default.sandbox.read();
    world.get::<DeviceSettings>(id.unwrap()).cloned()
}

/// How many phones there are.
fn phones(hub: &Hub) -> usize {
    hub.pages("/v1/devices?type=phone&max=1000", "items").len()
}

#[test]
fn settings_are_set_for_the_organisation_and_for_a_location_until_it_follows_again() {
    let hub = Hub::with_scenario("demo");
    let settings = json!({"customizations": {
        "mpp": {"poeMode": "MAXIMUM", "vlan": {"enabled": true, "value": 7}, "acd": null},
        "ata": {"snmp": {"getCommunity": "hush"}}, "dect": {"multicast": []},
    }});
    let job = ask(&hub, SETTINGS, &settings).expect(200).json();
    assert_eq!(job["latestExecutionStatus"], "STARTING");
    run(&hub);
    let whole = status(&hub, SETTINGS, &job);
    assert_eq!(whole["latestExecutionStatus"], "COMPLETED");
    assert_eq!(
        (&whole["target"], &whole["locationId"]),
        (&json!("CUSTOMER"), &json!(""))
    );
    assert_eq!(whole["deviceCount"], phones(&hub));
    let values = json!(kept(&hub, None).unwrap().customizations);
    assert_eq!(
        values,
        json!({
            "mpp.poeMode": "MAXIMUM", "mpp.vlan.enabled": true, "mpp.vlan.value": 7,
            "ata.snmp.getCommunity": "set", "dect.multicast": [],
        })
    );
    let austin = hub.location("Austin");
    let own = json!({
        "locationId": austin, "locationCustomizationsEnabled": true,
        "customizations": {"mpp": {"poeMode": "NORMAL"}},
    });
    let job = done(&hub, SETTINGS, &own);
    assert_eq!(
        (&job["target"], &job["locationId"]),
        (&json!("LOCATION"), &json!(austin))
    );
    assert_eq!(job["locationCustomizationsEnabled"], true);
    assert!(job["deviceCount"].as_u64() < whole["deviceCount"].as_u64());
    assert_eq!(
        json!(kept(&hub, Some("Austin")).unwrap().customizations)["mpp.poeMode"],
        "NORMAL"
    );
    let job = done(&hub, SETTINGS, &json!({"locationId": austin}));
    assert_eq!(job["locationCustomizationsEnabled"], false);
    assert_eq!(kept(&hub, Some("Austin")), None);
    hub.call("POST", "/_sim/v1/undo", &json!({})).expect(200);
    assert!(kept(&hub, Some("Austin")).is_some());
}

#[test]
fn tags_are_set_and_cleared_in_either_words() {
    let hub = Hub::with_scenario("demo");
    let tag = |family: &str, tag: &str, action: &str| json!({"familyOrModelDisplayName": family, "tag": tag, "action": action, "value": "1"});
    let sets = json!({"locationId": "", "tags": [
        tag("Poly", "%ENABLE_BLUETOOTH%", "SET"), tag("Cisco 8865", "%DND%", "ADD"),
        tag("Cisco 8865", "%LEFT%", "SET"),
    ]});
    done(&hub, DYNAMIC, &sets);
    let tags = json!(kept(&hub, None).unwrap().tags);
    let both = json!({"%DND%": "1", "%LEFT%": "1"});
    assert_eq!(
        tags,
        json!({"Poly": {"%ENABLE_BLUETOOTH%": "1"}, "Cisco 8865": both})
    );
    let clears = json!({"tags": [
        tag("Poly", "%ENABLE_BLUETOOTH%", "CLEAR"), tag("Cisco 8865", "%DND%", "DELETE"),
    ]});
    done(&hub, DYNAMIC, &clears);
    assert_eq!(
        json!(kept(&hub, None).unwrap().tags),
        json!({"Cisco 8865": {"%LEFT%": "1"}})
    );
    let austin =
        json!({"locationId": hub.location("Austin"), "tags": [tag("Cisco", "%A%", "SET")]});
    let job = done(&hub, DYNAMIC, &austin);
    assert_eq!(
        (&job["target"], &job["locationName"]),
        (&json!("LOCATION"), &json!("Austin"))
    );
    assert!(kept(&hub, Some("Austin")).is_some());
}

#[test]
fn phones_of_a_location_are_rebuilt_and_those_with_a_tag_get_their_line_keys() {
    let hub = Hub::with_scenario("demo");
    let job = done(
        &hub,
        REBUILD,
        &json!({"locationId": hub.location("San Jose HQ")}),
    );
    let there = job["deviceCount"].as_u64().unwrap();
    let here = hub.location("San Jose HQ");
    let of_site = hub.pages("/v1/devices?type=phone&max=1000", "items");
    let of_site = of_site
        .iter()
        .filter(|phone| phone["locationId"] == here.as_str());
    assert_eq!(
        there,
        of_site.count() as u64,
        "no phone elsewhere is rebuilt"
    );
    let none = done(
        &hub,
        REBUILD,
        &json!({"locationId": hub.location("Boston")}),
    );
    assert_eq!(none["deviceCount"], 0);
    let default = json!({"action": "APPLY_DEFAULT_TEMPLATES"});
    assert_eq!(
        done(&hub, LINE_KEYS, &default)["updatedCount"],
        phones(&hub)
    );
    let device = hub.pages("/v1/devices?type=phone&max=1000", "items")[0]["id"].clone();
    let path = format!("/v1/devices/{}", device.as_str().unwrap());
    let patch = br#"[{"op": "add", "path": "tags", "value": ["porch"]}]"#;
    hub.send_raw("PATCH", &path, "application/json-patch+json", patch)
        .expect(200);
    for (field, value, count) in [
        ("includeDeviceTags", json!(["porch", "none"]), 1),
        (
            "excludeDeviceTags",
            json!(["porch"]),
            phones(&hub) as u64 - 1,
        ),
        ("locationIds", json!([hub.location("Boston")]), 0),
        ("locationIds", json!([hub.location("San Jose HQ")]), there),
        ("locationIds", json!([]), phones(&hub) as u64),
        (
            "advisoryTypes",
            json!({"moreCPEAppearancesEnabled": true}),
            0,
        ),
        (
            "excludeDevicesWithCustomLayout",
            json!(true),
            phones(&hub) as u64,
        ),
    ] {
        let mut body = default.clone();
        body[field] = value;
        assert_eq!(
            done(&hub, LINE_KEYS, &body)["updatedCount"],
            count,
            "{body}"
        );
    }
}

#[test]
fn only_one_job_about_devices_runs_at_a_time() {
    let hub = Hub::with_scenario("demo");
    let austin = json!({"locationId": hub.location("Austin")});
    ask(&hub, REBUILD, &austin).expect(202);
    let tags = json!({"tags": [
        {"familyOrModelDisplayName": "Cisco", "tag": "%A%", "action": "CLEAR"},
    ]});
    ask(&hub, SETTINGS, &austin).expect(409);
    ask(&hub, DYNAMIC, &tags).expect(409);
    ask(
        &hub,
        LINE_KEYS,
        &json!({"action": "APPLY_DEFAULT_TEMPLATES"}),
    )
    .expect(409);
    run(&hub);
    ask(&hub, DYNAMIC, &tags).expect(202);
}

#[test]
fn settings_of_devices_go_with_calling_of_their_location() {
    let hub = super::locations::with_reno();
    let own = json!({
        "locationId": hub.location("Reno"), "locationCustomizationsEnabled": true,
        "customizations": {"mpp": {"qosEnabled": true}},
    });
    done(&hub, SETTINGS, &own);
    assert!(kept(&hub, Some("Reno")).is_some());
    let job = super::locations::disable(&hub, "Reno");
    run(&hub);
    assert_eq!(
        state(&status(&hub, "locations/deleteCallingLocation", &job)).0,
        "COMPLETED"
    );
    assert_eq!(kept(&hub, Some("Reno")), None);
}

/// Kind, what is sent, the status, and what the refusal names.
#[rustfmt::skip]
fn wrong(hub: &Hub) -> Vec<(&'static str, Value, u16, &'static str)> {
    let studio = hub.location("Lisbon Studio");
    let set = |customizations: Value| json!({"customizations": customizations});
    let tag = |field: &str, value: Value| {
        let mut tag = json!({
            "familyOrModelDisplayName": "Cisco", "tag": "%A%", "action": "SET", "value": "1",
        });
        tag[field] = value;
        json!({"tags": [tag]})
    };
    let many: Vec<Value> = (0..101).map(|_| tag("tag", json!("%A%"))["tags"][0].clone()).collect();
    let keys = |action: &str| json!({"action": action});
    vec![
        (SETTINGS, json!({}), 400, "at least one setting"),
        (SETTINGS, set(json!({"mpp": {"acd": null}})), 400, "at least one setting"),
        (SETTINGS, set(json!([])), 400, "customizations"),
        (SETTINGS, set(json!({"mpp": true})), 400, "mpp must be an object"),
        (SETTINGS, set(json!({"mpp": {"poeMode": "SOME"}})), 400, "NORMAL, MAXIMUM"),
        (SETTINGS, set(json!({"mpp": {"qosEnabled": "yes"}})), 400, "true or false"),
        (SETTINGS, set(json!({"mpp": {"vlan": {"value": "7"}}})), 400, "number from 0 to 4095"),
        (SETTINGS, set(json!({"mpp": {"vlan": {"value": 4096}}})), 400, "number from 0 to 4095"),
        (SETTINGS, set(json!({"mpp": {"vlan": {"value": -1e99}}})), 400, "number from 0 to 4095"),
        (SETTINGS, set(json!({"mpp": {"migrationUrl": "x".repeat(1025)}})), 400, "1024"),
        (SETTINGS, set(json!({"mpp": {"multicast": vec!["224.0.0.1:22"; 11]}})), 400, "at most 10"),
        (SETTINGS, set(json!({"mpp": {"enhancedMulticast": {"multicastList": [{"a": [1]}]}}})), 400,
            "hostAndPort"),
        (SETTINGS, set(json!({"mpp": {"multicast": [1]}})), 400, "list of texts"),
        (SETTINGS, set(json!({"mpp": {"poeMod": "NORMAL"}})), 400, "mpp.poeMode"),
        (SETTINGS, json!({"locationId": "nonsense"}), 404, "nonsense"),
        (SETTINGS, json!({"locationId": studio}), 404, "Lisbon Studio"),
        (DYNAMIC, json!({}), 400, "tags"),
        (DYNAMIC, json!({"tags": []}), 400, "1 to 100"),
        (DYNAMIC, json!({"tags": many}), 400, "1 to 100"),
        (DYNAMIC, tag("familyOrModelDisplayName", json!("Abacus")), 400, "Abacus"),
        (DYNAMIC, tag("familyOrModelDisplayName", json!("")), 400, "1 to 40"),
        (DYNAMIC, tag("tag", json!("x".repeat(65))), 400, "1 to 64"),
        (DYNAMIC, tag("value", json!("x".repeat(257))), 400, "1 to 256"),
        (DYNAMIC, tag("value", Value::Null), 400, "tags[0].value"),
        (DYNAMIC, tag("action", json!("TOGGLE")), 400, "action"),
        (REBUILD, json!({}), 400, "locationId"),
        (REBUILD, json!({"locationId": studio}), 404, "Lisbon Studio"),
        (LINE_KEYS, json!({}), 400, "action"),
        (LINE_KEYS, keys("APPLY_TEMPLATE"), 400, "templateId"),
        (LINE_KEYS, json!({"action": "APPLY_TEMPLATE", "templateId": "abc"}), 404, "abc"),
        (LINE_KEYS, json!({"action": "APPLY_DEFAULT_TEMPLATES", "locationIds": ["x"]}), 404, "x"),
        (LINE_KEYS, json!({"action": "APPLY_DEFAULT_TEMPLATES", "locationIds": vec!["x"; 101]}), 400,
            "at most 100"),
        (LINE_KEYS, json!({"action": "APPLY_DEFAULT_TEMPLATES", "includeDeviceTags": ["x".repeat(129)]}),
            400, "includeDeviceTags[0]"),
        (LINE_KEYS, keys("RESET"), 400, "action"),
    ]
}

#[test]
fn a_wrong_request_starts_nothing_and_says_what_is_wrong() {
    let hub = Hub::with_scenario("demo");
    let rows = wrong(&hub);
    let before = hub.revision();
    for (kind, body, code, words) in rows {
        let answer = ask(&hub, kind, &body).expect(code);
        assert!(answer.text.contains(words), "{words}: {}", answer.text);
    }
    assert_eq!(hub.revision(), before);
}

#[test]
fn a_location_that_lost_calling_gets_no_settings_and_can_be_deleted() {
    let hub = super::locations::with_reno();
    hub.call("PUT", "/_sim/v1/clock", &json!({"mode": "frozen"}))
        .expect(200);
    let reno = hub.location("Reno");
    super::locations::disable(&hub, "Reno");
    let settings = json!({"locationId": reno, "locationCustomizationsEnabled": true,
        "customizations": {"mpp": {"poeMode": "MAXIMUM"}}});
    let job = ask(&hub, SETTINGS, &settings).expect(200).json();
    run(&hub);
    let job = status(&hub, SETTINGS, &job);
    assert_eq!(job["latestExecutionExitCode"], "FAILED");
    assert_eq!(kept(&hub, Some("Reno")), None);
    hub.call("DELETE", &format!("/v1/locations/{reno}"), &Value::Null)
        .expect(204);
}

/// Proves: DEC-126
#[test]
fn a_family_is_the_same_in_any_case_of_letters() {
    let hub = Hub::with_scenario("demo");
    let tag = |family: &str, action: &str| {
        let value = (action == "SET").then_some("1");
        json!({"tags": [{"familyOrModelDisplayName": family, "tag": "%A%", "action": action,
            "value": value}]})
    };
    done(&hub, DYNAMIC, &tag("CISCO", "SET"));
    done(&hub, DYNAMIC, &tag("cisco", "SET"));
    let families = kept(&hub, None).expect("settings").tags;
    assert_eq!(families.keys().collect::<Vec<_>>(), ["Cisco"]);
    done(&hub, DYNAMIC, &tag("cIsCo", "CLEAR"));
    assert_eq!(kept(&hub, None), None);
}
