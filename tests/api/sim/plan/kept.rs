//! Which plans are kept, how they are named, and what they may hold.

use hubsim::options::Options;
use serde_json::{Value, json};

use super::{ada_licenses, apply, forward, plan, removal};
use crate::support::{ADA, Hub};

fn id(found: &Value) -> String {
    found["id"].as_str().expect("an id").to_owned()
}

fn reset(hub: &Hub) {
    hub.call("POST", "/_sim/v1/sandboxes/default/reset", &json!({}))
        .expect(200);
}

#[test]
fn a_sandbox_keeps_its_last_hundred_plans() {
    let hub = Hub::start();
    let operation = json!({"method": "DELETE", "path": format!("/v1/people/{ADA}")});
    let plans: Vec<Value> = (0..101)
        .map(|_| plan(&hub, &operation).expect(200).json())
        .collect();
    let [first, second] = [0, 1].map(|place| format!("/_sim/v1/plan/{}", id(&plans[place])));
    hub.get(&first).expect(410);
    hub.get(&second).expect(200);
    apply(&hub, &plans[0]["id"]).expect(410);
    apply(&hub, &plans[1]["id"]).expect(204);
    let headers = [
        ("authorization", "Bearer full-admin"),
        ("x-sim-sandbox", "other"),
    ];
    hub.call("POST", "/_sim/v1/sandboxes", &json!({"id": "other"}))
        .expect(201);
    let foreign = hub.send("GET", &second, &headers, &Value::Null);
    foreign.expect(404);
}

#[test]
fn the_id_of_a_plan_from_before_a_reset_never_leads_to_another_plan() {
    let hub = Hub::start();
    let delete = json!({"method": "DELETE", "path": format!("/v1/people/{ADA}")});
    let stale = plan(&hub, &delete).expect(200).json();
    reset(&hub);
    let gone = hub
        .get(&format!("/_sim/v1/plan/{}", id(&stale)))
        .expect(410);
    assert!(gone.text.contains("since its last reset"), "{}", gone.text);
    // Somebody else plans something harmless, which gets the same number.
    let other = json!({"method": "PATCH", "path": ada_licenses(), "body": removal()});
    let fresh = plan(&hub, &other).expect(200).json();
    assert!(id(&fresh).starts_with("plan-1-"), "{}", fresh["id"]);
    let revision = hub.revision();
    apply(&hub, &stale["id"]).expect(410);
    assert_eq!(hub.revision(), revision);
    hub.get(&format!("/v1/people?email={ADA}")).expect(200);
    apply(&hub, &fresh["id"]).expect(200);
}

#[test]
fn the_same_plan_has_the_same_bytes_and_what_differs_has_another_id() {
    let operation = json!({"method": "PATCH", "path": ada_licenses(), "body": removal()});
    let first = plan(&Hub::start(), &operation).expect(200);
    let again = plan(&Hub::start(), &operation).expect(200);
    assert_eq!(again.text, first.text);
    let hub = Hub::start();
    forward(&hub);
    let other = plan(&hub, &operation).expect(200).json();
    assert_ne!(other["id"], first.json()["id"]);
}

#[test]
fn a_plan_that_the_sandbox_has_left_behind_lets_go_of_its_world_and_still_says_why() {
    let hub = Hub::start();
    let body = "x".repeat(50_000);
    let operation = json!({"method": "POST", "path": "/v1/people", "body": {"emails": [body]}});
    let found = plan(&hub, &operation).expect(200).json();
    let plans = &hub.server.app().default.plans;
    let before = plans.bytes();
    hub.server.app().retire_plans();
    assert_eq!(plans.bytes(), before, "it can still be applied");
    forward(&hub);
    hub.server.app().retire_plans();
    assert!(plans.bytes() + 50_000 <= before, "{before}");
    let refused = apply(&hub, &found["id"]).expect(409);
    assert!(refused.text.contains("at revision"), "{}", refused.text);
    hub.get(&format!("/_sim/v1/plan/{}", id(&found)))
        .expect(200);
}

#[test]
fn plans_of_all_sandboxes_together_are_bounded_and_the_oldest_of_the_largest_holder_goes() {
    let mut options = Options::for_tests();
    options.max_plans = 300_000;
    let hub = Hub::start_with(options);
    let create = |sandbox: &str, length: usize| {
        let operation = json!({
            "method": "POST", "path": "/v1/people", "body": {"emails": ["x".repeat(length)]},
        });
        let body = json!({"operation": operation});
        let token = format!("full-admin.{sandbox}");
        let made = hub.send_as(&token, "POST", "/_sim/v1/plan", &body);
        format!("/_sim/v1/plan/{}", id(&made.expect(200).json()))
    };
    let quiet = create("quiet", 10);
    let busy: Vec<String> = (0..5).map(|_| create("busy", 100_000)).collect();
    let app = hub.server.app();
    app.bound_memory();
    let held: usize = app.tenants.iter().map(|one| one.plans.bytes()).sum();
    assert!(held <= 300_000, "{held}");
    let status = |token: &str, path: &str| hub.send_as(token, "GET", path, &Value::Null);
    status("full-admin.quiet", &quiet).expect(200);
    let gone = status("full-admin.busy", &busy[0]).expect(410);
    assert!(gone.text.contains("--max-plans"), "{}", gone.text);
    status("full-admin.busy", &busy[4]).expect(200);
}

#[test]
fn the_body_of_a_planned_call_is_passed_on_as_it_was_written() {
    let hub = Hub::start();
    // Numbers and names that reading and writing again would change.
    let text = format!(
        "{{\"operation\": {{\"body\": {{\"emails\":[\"a@harbour.example\"], \
         \"displayName\":\"A\\u0042\"}}, \"method\": \"POST\", \"path\": \"/v1/people\", \
         \"query\": {{\"callingData\": false}}}}{}}}",
        " ".repeat(100)
    );
    let json = [
        ("authorization", "Bearer full-admin"),
        ("content-type", "application/json"),
    ];
    let found = hub.send_text("POST", "/_sim/v1/plan", &json, text);
    let found = found.expect(200).json();
    assert_eq!(found["response"]["status"], 200, "{found}");
    assert_eq!(found["response"]["body"]["displayName"], "AB");
    assert_eq!(found["operation"]["query"], "callingData=false");
    let done = apply(&hub, &found["id"]).expect(200).json();
    assert_eq!(done["displayName"], "AB");
}

#[test]
fn a_planned_query_that_is_too_long_is_refused() {
    let hub = Hub::start();
    let operation = json!({
        "method": "DELETE", "path": "/v1/people/x", "query": {"x": "y".repeat(20_000)},
    });
    let refused = plan(&hub, &operation).expect(400);
    assert!(refused.text.contains("operation.query"), "{}", refused.text);
}

/// A document with what a running clock writes into it left out: moments, and nothing else.
fn without_moments(document: &Value) -> Value {
    match document {
        Value::Object(members) => {
            let parts = members.iter();
            parts
                .map(|(name, part)| (name.clone(), without_moments(part)))
                .collect()
        }
        Value::Array(items) => items.iter().map(without_moments).collect(),
        Value::String(text) if text.parse::<hubsim::world::Moment>().is_ok() => json!("a moment"),
        other => other.clone(),
    }
}

#[test]
fn on_a_running_clock_apply_answers_what_was_foretold_but_for_moments() {
    let hub = Hub::start();
    hub.call("PUT", "/_sim/v1/clock", &json!({"mode": "auto"}))
        .expect(200);
    let person = json!({"emails": ["new@harbour.example"], "displayName": "New"});
    let export = "/_hub/v1/organizations/me/users/csv/export";
    for operation in [
        json!({"method": "POST", "path": "/v1/people", "body": person}),
        json!({"method": "PATCH", "path": ada_licenses(), "body": removal()}),
        json!({"method": "POST", "path": export, "body": {"include": ["licenses"]}}),
    ] {
        let found = plan(&hub, &operation).expect(200).json();
        let time = || hub.get("/_sim/v1/clock").expect(200).json()["now"].clone();
        let planned = time();
        while time() == planned {}
        let done = apply(&hub, &found["id"]);
        assert_eq!(found["response"]["status"], done.status);
        let [foretold, answered] = [&found["response"]["body"], &done.json()];
        assert_eq!(without_moments(foretold), without_moments(answered));
        if let Some(created) = answered.get("created").or(answered.get("createdAt")) {
            assert_ne!(
                foretold.get("created").or(foretold.get("createdAt")),
                Some(created)
            );
        }
    }
}
