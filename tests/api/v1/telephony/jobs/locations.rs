//! Locations that lose Webex Calling, and locations with another routing prefix.

use serde_json::{Value, json};

use super::{JOBS, errors, run, state, status};
use crate::support::Hub;

const DISABLE: &str = "locations/deleteCallingLocation";
const PREFIX: &str = "updateRoutingPrefix";

pub fn disable(hub: &Hub, location: &str) -> Value {
    let body = json!({"locationId": hub.location(location), "forceDelete": true});
    hub.call("POST", &format!("{JOBS}/{DISABLE}"), &body)
        .expect(202)
        .json()
}

/// A location of the minimal organisation beside its only one, with Calling and two numbers.
pub fn with_reno() -> Hub {
    let hub = Hub::with_scenario("minimal");
    let body = json!({
        "name": "Reno", "timeZone": "America/Los_Angeles", "preferredLanguage": "en_us",
        "announcementLanguage": "en_us",
        "address": {"address1": "1 Elm", "city": "Reno", "state": "NV", "postalCode": "89501",
            "country": "US"},
    });
    let id = hub.call("POST", "/v1/locations", &body).expect(201).json()["id"].clone();
    let mut calling = body.clone();
    calling["id"] = id.clone();
    hub.call("POST", "/v1/telephony/config/locations", &calling)
        .expect(201);
    let path = format!(
        "/v1/telephony/config/locations/{}/numbers",
        id.as_str().unwrap()
    );
    let numbers = json!({"phoneNumbers": ["+17755550101", "+17755550102"]});
    hub.call("POST", &path, &numbers).expect(201);
    hub
}

fn codes(hub: &Hub, job: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let found = errors(hub, DISABLE, job);
    let found = found.iter().map(|it| {
        let error = &it["error"];
        (text(&error["key"]), text(&error["message"][0]["code"]))
    });
    found.collect()
}

/// Proves: DEC-103
#[test]
fn a_location_that_nobody_uses_loses_calling_with_its_numbers() {
    let hub = with_reno();
    let job = disable(&hub, "Reno");
    assert_eq!(
        (state(&job).0, &job["locationName"]),
        ("STARTING", &json!("Reno"))
    );
    run(&hub);
    let done = status(&hub, DISABLE, &job);
    assert_eq!((state(&done).0, state(&done).1), ("COMPLETED", "COMPLETED"));
    let steps = done["jobExecutionStatus"][0]["stepExecutionStatuses"].as_array();
    assert_eq!(steps.map(Vec::len), Some(7));
    let path = format!("/v1/telephony/config/locations/{}", hub.location("Reno"));
    hub.get(&path).expect(404);
    let numbers = hub.pages("/v1/telephony/config/numbers", "phoneNumbers");
    assert!(
        numbers
            .iter()
            .all(|it| it["location"]["name"] == "Pebblebrook")
    );
    // Now it can go altogether; before, Calling stood in the way.
    hub.call(
        "DELETE",
        &format!("/v1/locations/{}", hub.location("Reno")),
        &Value::Null,
    )
    .expect(204);
}

/// Proves: DEC-103
#[test]
fn what_stands_in_the_way_is_told_and_nothing_has_changed() {
    let hub = Hub::with_scenario("minimal");
    let path = format!(
        "/v1/telephony/config/locations/{}",
        hub.location("Pebblebrook")
    );
    let before = hub.get(&path).expect(200).json();
    let job = disable(&hub, "Pebblebrook");
    run(&hub);
    let done = status(&hub, DISABLE, &job);
    assert_eq!((state(&done).0, state(&done).1), ("FAILED", "FAILED"));
    let steps = &done["jobExecutionStatus"][0]["stepExecutionStatuses"];
    assert_eq!(steps[1]["name"], "deletecallinglocationSafeDeleteCheck");
    assert_eq!(
        (&steps[1]["statusMessage"], &steps[2]),
        (&json!("FAILED"), &Value::Null)
    );
    let expected = [
        ("500", "BATCH-1012004"),
        ("400", "BATCH-1012007"),
        ("400", "BATCH-1012012"),
    ];
    let expected = expected.map(|(key, code)| (key.to_owned(), code.to_owned()));
    assert_eq!(codes(&hub, &job), expected);
    assert_eq!(hub.get(&path).expect(200).json(), before);
    let task = hub
        .get("/_hub/v1/organizations/me/tasks")
        .expect(200)
        .json()["items"][0]
        .clone();
    assert_eq!(task["error"]["code"], "safeDeleteCheck");
    assert!(
        task["error"]["message"]
            .as_str()
            .unwrap()
            .contains("Count: 3"),
        "{task}"
    );
}

#[test]
fn a_location_is_disabled_once_and_must_have_calling() {
    let hub = with_reno();
    let path = format!("{JOBS}/{DISABLE}");
    let wanted = |location: &str| json!({"locationId": location});
    hub.call("POST", &path, &wanted("nonsense")).expect(404);
    hub.call("POST", &path, &json!({})).expect(400);
    hub.call(
        "POST",
        &path,
        &json!({"locationId": hub.location("Reno"), "forceDelete": "yes"}),
    )
    .expect(400);
    let first = disable(&hub, "Reno");
    let refused = hub
        .call("POST", &path, &wanted(&hub.location("Reno")))
        .expect(409);
    assert!(
        refused.text.contains(first["id"].as_str().unwrap()),
        "{}",
        refused.text
    );
    let other = disable(&hub, "Pebblebrook");
    super::act(&hub, DISABLE, &first, "pause").expect(202);
    run(&hub);
    assert_eq!(state(&status(&hub, DISABLE, &other)).0, "FAILED");
    super::act(&hub, DISABLE, &first, "resume").expect(202);
    run(&hub);
    assert_eq!(state(&status(&hub, DISABLE, &first)).0, "COMPLETED");
    hub.call("POST", &path, &wanted(&hub.location("Reno")))
        .expect(404);
}

#[test]
fn a_location_that_goes_while_its_job_waits_is_not_found() {
    let hub = with_reno();
    let job = disable(&hub, "Reno");
    super::act(&hub, DISABLE, &job, "pause").expect(202);
    let sandbox = &hub.server.app().default.sandbox;
    let context = hub
        .server
        .app()
        .default
        .own_context("test", sandbox.read().clock.shown);
    let reno = hubsim::model::WebexId::Location
        .decode(&hub.location("Reno"))
        .unwrap();
    let organization = sandbox
        .read()
        .get::<hubsim::model::Location>(reno)
        .unwrap()
        .organization;
    let work = |tx: &mut hubsim::world::Tx| {
        hubsim::resources::calling_locations::disabling::disable(tx, organization, reno).unwrap();
        Ok::<_, hubsim::refusal::Refusal>(())
    };
    sandbox.write(&context, work).unwrap();
    super::act(&hub, DISABLE, &job, "resume").expect(202);
    run(&hub);
    assert_eq!(codes(&hub, &job)[1].1, "BATCH-1012014");
}

/// Proves: DEC-104
#[test]
fn a_new_routing_prefix_is_followed_by_a_job_that_counts_whom_it_reaches() {
    let hub = Hub::with_scenario("minimal");
    let path = format!(
        "/v1/telephony/config/locations/{}",
        hub.location("Pebblebrook")
    );
    let answer = hub
        .call("PUT", &path, &json!({"routingPrefix": "8001"}))
        .expect(200)
        .json();
    let job = json!({"id": answer["batchJobId"]});
    let waiting = status(&hub, PREFIX, &job);
    assert_eq!(state(&waiting).0, "STARTED");
    assert_eq!(hub.get(&path).expect(200).json()["routingPrefix"], "8001");
    run(&hub);
    let done = status(&hub, PREFIX, &job);
    let counts = json!({"routingPrefixUpdated": 3, "routingPrefixFailed": 0});
    assert_eq!(state(&done), ("COMPLETED", "COMPLETED", &counts));
    assert_eq!(errors(&hub, PREFIX, &job), Vec::<Value>::new());
    let listed = hub.get(&format!("{JOBS}/{PREFIX}")).expect(200).json();
    assert_eq!(listed["items"][0], done);
}
