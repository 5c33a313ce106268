//! `/_sim/v1/faults`: rules that answer, delay or cut what would have been answered.

mod delays_and_cuts;
mod rules;

use hubsim::options::Options;
use serde_json::{Value, json};

use crate::support::{ADA, Answer, Hub, person_id};

const FAULTS: &str = "/_sim/v1/faults";
const ME: &str = "/v1/people/me";

/// Adds a rule and answers its id.
#[track_caller]
fn inject(hub: &Hub, rule: &Value) -> String {
    let added = hub.call("POST", FAULTS, rule).expect(201).json();
    added["id"].as_str().expect("an id").to_owned()
}

fn statuses(hub: &Hub, count: usize) -> Vec<u16> {
    (0..count).map(|_| hub.get(ME).status).collect()
}

#[test]
fn a_status_is_answered_with_the_documented_body_and_nothing_is_done() {
    let hub = Hub::start();
    let before = hub.revision();
    let id = inject(
        &hub,
        &json!({"match": {"method": "POST"}, "effect": {"status": 503}}),
    );
    assert_eq!(id, "fault-1");
    let person = json!({"emails": ["new@harbour.example"], "displayName": "New"});
    let answer = hub.call("POST", "/v1/people", &person).expect(503);
    let body = answer.json();
    let message = "The server is overloaded with requests.";
    assert_eq!(body["message"], message);
    assert_eq!(body["errors"], json!([{"description": message}]));
    assert_eq!(body["trackingId"], answer.header("trackingid"));
    assert_eq!(answer.header("x-hubsim-fault"), "fault-1");
    assert_eq!(hub.revision(), before);
    hub.get(ME).expect(200);
}

#[test]
fn every_documented_status_has_its_body_and_429_says_when_to_come_again() {
    let hub = Hub::start();
    for status in [
        400, 401, 403, 404, 405, 409, 410, 415, 423, 428, 429, 500, 502, 503, 504,
    ] {
        let id = inject(&hub, &json!({"effect": {"status": status}}));
        let answer = hub.get(ME).expect(status);
        let body = answer.json();
        assert!(body["message"].is_string(), "{status} {}", answer.text);
        assert!(body["trackingId"].is_string(), "{status} {}", answer.text);
        let retry_after = if status == 429 { "1" } else { "" };
        assert_eq!(answer.header("retry-after"), retry_after, "{status}");
        hub.call("DELETE", &format!("{FAULTS}/{id}"), &Value::Null)
            .expect(204);
    }
    inject(
        &hub,
        &json!({"effect": {"status": 503, "retryAfterSeconds": 7}}),
    );
    assert_eq!(hub.get(ME).header("retry-after"), "7");
}

#[test]
fn contact_center_and_directories_have_error_bodies_of_their_own() {
    let hub = Hub::start();
    inject(&hub, &json!({"effect": {"status": 429}, "times": 1}));
    let limited = hub.get("/organization/me/user").expect(429);
    assert_eq!(limited.text, "");
    assert_eq!(limited.header("retry-after"), "1");
    inject(&hub, &json!({"effect": {"status": 500}}));
    let failed = hub.get("/organization/me/user").expect(500).json();
    assert_eq!(failed["error"]["key"], "500");
    let failed = hub.get("/identity/scim/me/v2/Users").expect(500).json();
    assert_eq!(failed["status"], "500");
}

#[test]
fn a_body_is_sent_as_it_was_given() {
    let hub = Hub::start();
    let given = json!({"error": {"key": "b", "message": [1, null, "x"]}, "a": 1.5});
    inject(
        &hub,
        &json!({"effect": {"status": 418, "body": given}, "times": 1}),
    );
    let answer = hub.get(ME).expect(418);
    assert_eq!(answer.text, given.to_string());
    let page = "<html><h1>502 Bad Gateway</h1></html>";
    inject(&hub, &json!({"effect": {"status": 502, "body": page}}));
    let answer = hub.get(ME).expect(502);
    assert_eq!(answer.text, page);
    assert_eq!(answer.header("content-type"), "text/html;charset=utf-8");
}

#[test]
fn the_journal_and_the_explanation_say_that_it_was_simulated_and_by_which_rule() {
    let hub = Hub::start();
    inject(&hub, &json!({"effect": {"status": 503}, "times": 1}));
    let answer = hub.get(ME).expect(503);
    hub.get(ME).expect(200);
    let items = hub.get("/_sim/v1/requests").expect(200).json()["items"].clone();
    let expected = json!({"id": "fault-1", "effect": {"status": 503}});
    assert_eq!(items[0]["simulatedFault"], expected);
    assert_eq!(items[0]["status"], 503);
    assert_eq!(items[0]["actor"]["email"], "faye@harbour.example");
    assert!(items[1].get("simulatedFault").is_none());
    let url = answer.header("x-hubsim-explain").to_owned();
    let path = url.replacen(&hub.server.url(), "", 1);
    let told = hub.get(&path).expect(200).json();
    let cause = told["cause"].as_str().expect("a cause");
    assert!(
        cause.contains("simulated: the fault rule fault-1"),
        "{cause}"
    );
    assert!(cause.contains("Nothing was done."), "{cause}");
    let remedy = told["remedy"].as_str().expect("a remedy");
    assert!(
        remedy.contains("DELETE /_sim/v1/faults/fault-1"),
        "{remedy}"
    );
}

#[test]
fn the_simulators_own_control_is_never_struck() {
    let hub = Hub::start();
    inject(&hub, &json!({"match": {}, "effect": {"status": 500}}));
    for path in ["/_sim/v1/clock", "/_sim/v1/health", FAULTS, "/"] {
        hub.get(path).expect(200);
    }
    hub.get(ME).expect(500);
    let rules = hub.get(FAULTS).json()["items"].clone();
    assert_eq!(rules[0]["hits"], 1);
}

#[test]
fn what_is_only_planned_is_not_struck_and_uses_no_hit() {
    let hub = Hub::start();
    inject(&hub, &json!({"effect": {"status": 500}, "times": 1}));
    let person = json!({"emails": ["new@harbour.example"], "displayName": "New"});
    let dry = [
        ("authorization", "Bearer full-admin"),
        ("x-sim-dry-run", "true"),
    ];
    let plan = hub.send("POST", "/v1/people", &dry, &person).expect(200);
    assert_eq!(plan.json()["response"]["status"], 200);
    assert_eq!(hub.get(FAULTS).json()["items"][0]["remaining"], 1);
    hub.call("POST", "/v1/people", &person).expect(500);
}

#[test]
fn the_same_seed_meets_the_same_faults() {
    let run = || {
        let hub = Hub::start();
        inject(
            &hub,
            &json!({"effect": {"status": 503}, "probability": 0.5}),
        );
        let first = statuses(&hub, 40);
        hub.call("POST", "/_sim/v1/sandboxes/default/reset", &Value::Null)
            .expect(200);
        inject(
            &hub,
            &json!({"effect": {"status": 503}, "probability": 0.5}),
        );
        assert_eq!(statuses(&hub, 40), first);
        first
    };
    let statuses = run();
    assert!(statuses.contains(&200) && statuses.contains(&503));
    assert_eq!(run(), statuses);
}

#[test]
fn profiles_are_ordinary_rules() {
    let hub = Hub::start();
    let profiles = hub.get(FAULTS).json()["profiles"].clone();
    let names: Vec<_> = profiles.as_array().unwrap().iter().collect();
    assert_eq!(names.len(), 3);
    let outage = json!({"profile": "outage", "match": {"pathPrefix": "/v1/people"}});
    let added = hub.call("POST", FAULTS, &outage).expect(201).json();
    assert_eq!(added["items"][0]["effect"], json!({"status": 503}));
    hub.get(ME).expect(503);
    hub.get("/v1/licenses").expect(200);
    hub.call("DELETE", FAULTS, &Value::Null).expect(204);
    hub.get(ME).expect(200);
    for profile in ["flaky", "rate-limited"] {
        let body = json!({"profile": profile});
        hub.call("POST", FAULTS, &body).expect(201);
    }
    assert_eq!(hub.get(FAULTS).json()["items"].as_array().unwrap().len(), 5);
}

#[test]
fn a_reset_of_faults_takes_the_rules_away_and_nothing_else() {
    let hub = Hub::start();
    inject(&hub, &json!({"effect": {"status": 500}}));
    let reset = "/_sim/v1/sandboxes/default/reset?scope=state,journal,clock,quirks";
    hub.call("POST", reset, &Value::Null).expect(200);
    hub.get(ME).expect(500);
    let before = hub.revision();
    let reset = "/_sim/v1/sandboxes/default/reset?scope=faults";
    hub.call("POST", reset, &Value::Null).expect(200);
    hub.get(ME).expect(200);
    assert_eq!(hub.revision(), before);
}

#[test]
fn faults_belong_to_one_sandbox_and_stay_behind_when_it_is_forked_or_undone() {
    let hub = Hub::start();
    inject(
        &hub,
        &json!({"effect": {"status": 500}, "match": {"method": "GET"}}),
    );
    hub.call(
        "POST",
        "/_sim/v1/sandboxes/default/fork",
        &json!({"id": "copy"}),
    )
    .expect(201);
    hub.send_as("full-admin.copy", "GET", ME, &Value::Null)
        .expect(200);
    let person = json!({"emails": ["new@harbour.example"], "displayName": "New"});
    hub.call("POST", "/v1/people", &person).expect(200);
    hub.call("POST", "/_sim/v1/undo", &Value::Null).expect(200);
    hub.get(ME).expect(500);
}

#[test]
fn a_strict_rate_limit_stops_a_loop_until_the_clock_has_moved() {
    let mut options = Options::for_tests();
    options.rate_limit = hubsim::options::RateLimit::Strict;
    let hub = Hub::start_with(options);
    assert_eq!(statuses(&hub, 6), [200, 200, 200, 200, 200, 429]);
    let limited = hub.get(ME).expect(429);
    assert_eq!(limited.header("retry-after"), "1");
    assert!(
        limited.json()["message"]
            .as_str()
            .unwrap()
            .contains("Too many requests")
    );
    // Another token has a bucket of its own.
    let ada = format!("user:{ADA}");
    hub.send_as(&ada, "GET", ME, &Value::Null).expect(200);
    let advance = |by: &str| {
        hub.call("POST", "/_sim/v1/clock/advance", &json!({"by": by}))
            .expect(200)
    };
    advance("PT2S");
    assert_eq!(statuses(&hub, 3), [200, 200, 429]);
    for _ in 0..20 {
        hub.get("/_sim/v1/clock").expect(200);
    }
    let items = hub.get("/_sim/v1/requests?status=429").json()["items"].clone();
    let expected = json!({"id": "rate-limit", "effect": {"status": 429}});
    assert_eq!(items[0]["simulatedFault"], expected);
}

#[test]
fn the_real_rate_limit_is_the_one_of_contact_center() {
    let mut options = Options::for_tests();
    options.rate_limit = hubsim::options::RateLimit::Real;
    let hub = Hub::start_with(options);
    let statuses: Vec<u16> = (0..301)
        .map(|_| hub.get("/organization/me/nothing").status)
        .collect();
    assert!(statuses[..300].iter().all(|status| *status != 429));
    assert_eq!(statuses[300], 429);
    hub.get(ME).expect(200);
}

/// The answer's explanation names a person: what a rule about a holder is for.
fn read_ada(hub: &Hub) -> Answer {
    let id = person_id(hub, "full-admin", ADA);
    hub.get(&format!("/v1/people/{id}"))
}
