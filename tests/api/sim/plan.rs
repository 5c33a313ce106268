//! `/_sim/v1/plan` and `X-Sim-Dry-Run`

mod kept;

use hubsim::catalog::ENGINE;
use hubsim::options::{AuthMode, Options};
use hubsim::world::{Moment, snapshot};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{ADA, Answer, Hub, person_id};

const LICENSE: &str = "Webex Calling VAR Professional [Sub100001]";
const IMPORT: &str = "/_hub/v1/organizations/me/users/csv/import";

/// Sends a call that is only tried.
fn try_as(hub: &Hub, token: &str, method: &str, path: &str, body: &Value) -> Answer {
    let token = format!("Bearer {token}");
    let headers = [("authorization", token.as_str()), ("X-Sim-Dry-Run", "true")];
    hub.send(method, path, &headers, body)
}

fn dry_run(hub: &Hub, method: &str, path: &str, body: &Value) -> Value {
    let answer = try_as(hub, "full-admin", method, path, body).expect(200);
    assert_eq!(answer.header("x-sim-dry-run"), "true");
    answer.json()
}

fn plan(hub: &Hub, operation: &Value) -> Answer {
    hub.call("POST", "/_sim/v1/plan", &json!({"operation": operation}))
}

fn apply(hub: &Hub, id: &Value) -> Answer {
    let id = id.as_str().expect("an id");
    hub.call("POST", &format!("/_sim/v1/plan/{id}/apply"), &json!({}))
}

/// The dialog of Ada's licences.
fn ada_licenses() -> String {
    format!("/_hub/v1/organizations/me/users/{ADA}/licenses")
}

/// A save of the dialog that takes Calling away.
fn removal() -> Value {
    json!({"licenses": [{"id": LICENSE, "operation": "remove"}]})
}

/// Gives Ada something to lose.
fn forward(hub: &Hub) {
    let always = json!({"enabled": true, "destination": "+14085550199"});
    let path = format!("/v1/people/{ADA}/features/callForwarding");
    let body = json!({"callForwarding": {"always": always}});
    hub.call("PUT", &path, &body).expect(204);
}

/// The world as a document.
fn state(hub: &Hub) -> Value {
    state_of(hub, "default")
}

fn state_of(hub: &Hub, sandbox: &str) -> Value {
    let tenant = hub.server.app().tenant(sandbox).expect("a sandbox");
    let world = tenant.sandbox.read();
    serde_json::to_value(snapshot::take(&world, &ENGINE, Moment(0))).expect("a document")
}

/// Does in another sandbox, that stands where this one does, what an operation says, and all that
/// follows; answers the state that this leads to.
fn state_after(hub: &Hub, operation: &Value, tracking_id: &str) -> Value {
    let fork = "/_sim/v1/sandboxes/default/fork";
    hub.call("POST", fork, &json!({"id": "real"})).expect(201);
    let part = |name: &str| operation[name].as_str().unwrap_or_default();
    let path = format!("/_sandbox/real{}?{}", part("path"), part("query"));
    let text = match &operation["body"] {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        body => body.to_string(),
    };
    let media_type = if operation["body"].is_string() {
        "text/csv"
    } else {
        "application/json"
    };
    let headers = [
        ("authorization", "Bearer full-admin"),
        ("trackingid", tracking_id),
        ("content-type", media_type),
    ];
    hub.send_text(part("method"), &path, &headers, text);
    hub.call("POST", "/_sandbox/real/_sim/v1/tasks/run", &Value::Null)
        .expect(200);
    let state = state_of(hub, "real");
    hub.call("DELETE", "/_sim/v1/sandboxes/real", &Value::Null)
        .expect(204);
    state
}

fn ledger(hub: &Hub) -> usize {
    let body = hub.get("/_sim/v1/ledger").expect(200).json();
    body["items"].as_array().expect("items").len()
}

#[test]
fn a_dry_run_tells_what_would_be_lost_and_does_nothing() {
    let hub = Hub::start();
    forward(&hub);
    let (before, entries) = (state(&hub), ledger(&hub));
    let found = dry_run(&hub, "PATCH", &ada_licenses(), &removal());
    let id = found["id"].as_str().expect("an id");
    assert!(id.starts_with("plan-1-"), "{id}");
    assert_eq!(found["revision"], before["revision"]);
    assert_eq!(found["response"]["status"], 200);
    assert_eq!(found["response"]["body"]["action"], "removed");
    assert_eq!(found["outcomes"], json!([found["response"]["body"]]));
    let loss = found["loss"].as_array().expect("losses");
    let families: Vec<&str> = loss
        .iter()
        .filter_map(|one| one["family"].as_str())
        .collect();
    let place = |family: &str| families.iter().position(|known| *known == family);
    assert!(place("callForwarding").is_some(), "{families:?}");
    assert!(
        place("extension") < place("callForwarding"),
        "the dearest first: {families:?}"
    );
    for one in loss {
        assert_eq!(one["holder"]["type"], "person");
        assert_eq!(one["holder"]["name"], "Ada Lovelace");
        assert_eq!(one["reversible"], false);
        assert_eq!(one["rule"], "LOSS-01");
        assert!(!one["source"].as_str().expect("a source").is_empty());
    }
    assert_eq!(found["totals"]["loss"], loss.len());
    assert_eq!(found["truncated"], json!([]));
    let updated = found["diff"]["updated"].to_string();
    assert!(updated.contains("Ada Lovelace"), "{updated}");
    assert_eq!(state(&hub), before);
    assert_eq!(ledger(&hub), entries);
    let kept = hub.get(&format!("/_sim/v1/plan/{id}")).expect(200);
    let kept = kept.json();
    assert_eq!(kept, found);
}

#[test]
fn a_dry_run_stands_among_the_requests_as_such() {
    let hub = Hub::start();
    dry_run(&hub, "PATCH", &ada_licenses(), &removal());
    let path = "/_sim/v1/requests?method=PATCH";
    let item = hub.get(path).expect(200).json()["items"][0].clone();
    assert_eq!(
        (&item["dryRun"], &item["status"]),
        (&json!(true), &json!(200))
    );
    let id = item["trackingId"].as_str().expect("an id");
    let told = hub
        .get(&format!("/_sim/v1/explain/{id}"))
        .expect(200)
        .json();
    let cause = told["cause"].as_str().expect("a cause");
    assert!(
        cause.contains("as a dry run. The request was answered and changed nothing."),
        "{cause}"
    );
    hub.get("/v1/people").expect(200);
    let others = hub.get("/_sim/v1/requests?method=GET").expect(200).json();
    assert!(others["items"][0].get("dryRun").is_none());
}

#[test]
fn a_dry_run_uses_no_id() {
    let (one, two) = (Hub::start(), Hub::start());
    let body = json!({"emails": ["new@harbour.example"], "displayName": "New"});
    let planned = dry_run(&one, "POST", "/v1/people", &body)["response"]["body"]["id"].clone();
    let made = one.call("POST", "/v1/people", &body).expect(200).json();
    let other = two.call("POST", "/v1/people", &body).expect(200).json();
    assert_eq!((&made["id"], &planned), (&other["id"], &other["id"]));
}

#[test]
fn a_call_that_would_be_refused_gives_a_plan_that_says_so() {
    let hub = Hub::start();
    let before = state(&hub);
    let person = json!({"emails": ["x@harbour.example"], "displayName": "X"});
    let cases = [
        ("full-admin", "POST", "/v1/nothing/here", json!({}), 404),
        ("full-admin", "DELETE", "/v1/organizations", json!({}), 405),
        ("full-admin", "POST", "/v1/hotdesk/none", json!({}), 404),
        (
            "full-admin",
            "POST",
            "/v1/people",
            json!({"emails": 5}),
            400,
        ),
        ("read-only-admin", "POST", "/v1/people", person, 403),
        (
            "full-admin",
            "DELETE",
            "/v1/people/nobody@harbour.example",
            Value::Null,
            404,
        ),
        ("full-admin", "POST", "/v1/rooms", json!({}), 501),
    ];
    for (token, method, path, body, status) in cases {
        let found = try_as(&hub, token, method, path, &body).expect(200).json();
        assert_eq!(found["response"]["status"], status, "{method} {path}");
        let errors = &found["response"]["body"]["errors"];
        assert!(errors[0]["description"].is_string(), "{found}");
        assert_eq!(found["totals"]["updated"], 0);
        // What was refused then is refused again, in the same words.
        let applied = apply(&hub, &found["id"]).expect(status);
        assert_eq!(applied.json(), found["response"]["body"]);
    }
    assert_eq!(state(&hub), before);
    try_as(&hub, "not a token", "POST", "/v1/people", &json!({})).expect(401);
}

#[test]
fn what_cannot_be_tried_is_refused_and_not_done() {
    let hub = Hub::start();
    let before = state(&hub);
    let id = person_id(&hub, "full-admin", ADA);
    let path = format!("/v1/people/{id}");
    for (name, value) in [
        ("X-Sim-Dry-Run", "perhaps"),
        ("X-Sim-Dry-Run", ""),
        ("X-Sim-Max-Loss", "-1"),
        ("X-Sim-Max-Loss", "few"),
        ("X-Sim-Max-Loss", ""),
        ("X-Sim-Max-Loss", "99999999999999999999"),
    ] {
        let headers = [("authorization", "Bearer full-admin"), (name, value)];
        let refused = hub
            .send("DELETE", &path, &headers, &Value::Null)
            .expect(400);
        assert!(refused.text.contains(name), "{}", refused.text);
        assert!(
            refused.text.contains("nothing was done"),
            "{}",
            refused.text
        );
    }
    let sim = try_as(
        &hub,
        "full-admin",
        "POST",
        "/_sim/v1/sandboxes",
        &json!({"id": "one"}),
    );
    sim.expect(400);
    hub.get("/_sim/v1/sandboxes/one").expect(404);
    try_as(&hub, "full-admin", "POST", "/v1/access_token", &Value::Null).expect(400);
    let read = try_as(&hub, "full-admin", "GET", &path, &Value::Null).expect(200);
    assert_eq!(
        (read.header("x-sim-dry-run"), &read.json()["id"]),
        ("", &json!(id))
    );
    let false_run = [
        ("authorization", "Bearer full-admin"),
        ("X-Sim-Dry-Run", "False"),
    ];
    assert_eq!(state(&hub), before);
    hub.send("DELETE", &path, &false_run, &Value::Null)
        .expect(204);
}

#[test]
fn a_plan_needs_a_call_of_the_public_api_or_of_control_hub() {
    let hub = Hub::start();
    let cases = [
        (
            json!({"method": "GET", "path": "/v1/people"}),
            "operation.method",
        ),
        (
            json!({"method": "BREW", "path": "/v1/people"}),
            "operation.method",
        ),
        (
            json!({"method": "POST", "path": "/_sim/v1/undo"}),
            "operation.path",
        ),
        (
            json!({"method": "POST", "path": "/_sandbox/x/v1/people"}),
            "operation.path",
        ),
        (
            json!({"method": "POST", "path": "https://webexapis.com/v1/people"}),
            "operation.path",
        ),
        (json!({"method": "POST", "path": ""}), "operation.path"),
        (
            json!({"method": "POST", "path": "/v1/people", "query": [1]}),
            "operation.query",
        ),
        (
            json!({"method": "POST", "path": "/v1/people?a=b", "query": "c=d"}),
            "operation.query",
        ),
        (
            json!({"method": "POST", "path": "/v1/access_token"}),
            "tokens",
        ),
        (json!({"method": "POST"}), "path"),
        (
            json!({"method": "POST", "path": "/v1/people", "headers": {}}),
            "headers",
        ),
        (json!([]), "operation"),
    ];
    for (operation, named) in cases {
        let refused = plan(&hub, &operation).expect(400);
        assert!(
            refused.json()["detail"]
                .as_str()
                .unwrap_or_default()
                .contains(named),
            "{}",
            refused.text
        );
    }
}

#[test]
fn a_plan_that_never_was_is_not_found() {
    let hub = Hub::start();
    let operation = json!({"operation": {"method": "DELETE", "path": "/v1/people/x"}});
    hub.call("POST", "/_sim/v1/plan?max=0", &operation)
        .expect(400);
    for (method, path) in [("GET", ""), ("POST", "/apply")] {
        for id in [
            "plan-1",
            "plan-1-00000000",
            "plan-0",
            "plan-",
            "plan-01",
            "none",
            "plan-99999999999999999999",
        ] {
            let path = format!("/_sim/v1/plan/{id}{path}");
            hub.call(method, &path, &Value::Null).expect(404);
        }
    }
}

#[test]
fn a_file_is_planned_to_its_last_row_and_no_task_is_left() {
    let hub = Hub::start();
    forward(&hub);
    let before = state(&hub);
    let file = format!("User ID/Email (Required),{LICENSE}\n{ADA},FALSE\nnobody,TRUE\n");
    let operation = json!({
        "method": "post", "path": IMPORT, "query": {"behavior": "addAndRemove"}, "body": file,
    });
    let found = plan(&hub, &operation).expect(200).json();
    assert_eq!(found["response"]["status"], 202);
    assert_eq!(found["response"]["body"]["status"], "queued");
    assert_eq!(found["operation"]["operationId"], "importUsers");
    let task = &found["tasks"][0];
    assert_eq!(
        (&task["succeeded"], &task["failed"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(task["status"], "completedWithErrors");
    assert_eq!(found["outcomes"][0]["holder"]["email"], ADA);
    assert_eq!(found["outcomes"][1]["action"], "failed");
    assert_eq!(found["loss"][0]["holder"]["name"], "Ada Lovelace");
    assert_eq!(state(&hub), before);
    let tasks = hub
        .get("/_hub/v1/organizations/me/tasks")
        .expect(200)
        .json();
    assert_eq!(tasks["items"], json!([]));
    let short = hub.call(
        "POST",
        "/_sim/v1/plan?max=1",
        &json!({"operation": operation}),
    );
    let short = short.expect(200).json();
    assert_eq!(short["totals"], found["totals"]);
    assert_eq!(short["outcomes"].as_array().map(Vec::len), Some(1));
    let cut = short["truncated"].to_string();
    assert!(cut.contains("outcomes") && cut.contains("loss"), "{cut}");
}

#[test]
fn apply_answers_what_the_plan_foretold_once() {
    let hub = Hub::start();
    forward(&hub);
    let operation = json!({"method": "PATCH", "path": ada_licenses(), "body": removal()});
    let found = plan(&hub, &operation).expect(200).json();
    let done = apply(&hub, &found["id"]).expect(200);
    assert_eq!(done.json(), found["response"]["body"]);
    let person = hub
        .get(&format!("/v1/people/{ADA}?callingData=true"))
        .expect(200)
        .json();
    assert_eq!(person["licenses"], json!([]));
    let again = apply(&hub, &found["id"]).expect(409).json();
    assert_eq!(again["errorCode"], 900_042);
    // It stands in the records as if it had been sent, under the tracking id of the plan.
    let id = found["outcomes"][0]["trackingId"].as_str().expect("an id");
    let told = hub
        .get(&format!("/_sim/v1/explain/{id}"))
        .expect(200)
        .json();
    assert_eq!(told["request"]["method"], "PATCH");
    assert!(
        told["cause"].as_str().expect("a cause").contains("Ada"),
        "{told}"
    );
    let lost = hub
        .get(&format!("/_sim/v1/ledger?holder={ADA}&kind=lost"))
        .expect(200)
        .json();
    assert_eq!(lost["items"][0]["trackingId"], id);
    let org = hub.get("/v1/organizations").expect(200).json()["items"][0]["id"].clone();
    let events = format!(
        "/v1/adminAudit/events?orgId={}&from=2026-01-01T00:00:00.000Z&to=2026-12-01T00:00:00.000Z",
        org.as_str().expect("an id")
    );
    assert!(hub.get(&events).expect(200).text.contains(id));
}

#[test]
fn a_plan_is_outdated_once_the_sandbox_has_moved_on() {
    let hub = Hub::start();
    let operation = json!({"method": "PATCH", "path": ada_licenses(), "body": removal()});
    let found = plan(&hub, &operation).expect(200).json();
    forward(&hub);
    let before = state(&hub);
    let refused = apply(&hub, &found["id"]).expect(409).json();
    assert_eq!(refused["errorCode"], 900_041);
    assert!(
        refused["detail"]
            .as_str()
            .expect("why")
            .contains("revision"),
        "{refused}"
    );
    assert_eq!(state(&hub), before);
    // A task that waits is no commit, but it takes an id.
    let found = plan(&hub, &operation).expect(200).json();
    hub.call(
        "POST",
        "/_hub/v1/organizations/me/users/csv/export",
        &json!({}),
    )
    .expect(202);
    let refused = apply(&hub, &found["id"]).expect(409).json();
    assert!(
        refused["detail"].as_str().expect("why").contains("task"),
        "{refused}"
    );
}

#[test]
fn a_plan_without_a_token_acts_as_the_full_administrator() {
    let mut options = Options::for_tests();
    options.auth = AuthMode::Strict;
    options.admin_token = Some("secret".to_owned());
    let hub = Hub::start_with(options);
    let operation = json!({"method": "PATCH", "path": ada_licenses(), "body": removal()});
    let body = json!({"operation": operation});
    let path = "/_sim/v1/plan";
    hub.send("POST", path, &[], &body).expect(401);
    let headers = [("x-sim-admin-token", "secret")];
    let found = hub.send("POST", path, &headers, &body).expect(200).json();
    assert_eq!(found["response"]["body"]["action"], "removed");
    let id = found["id"].as_str().expect("an id");
    let path = format!("/_sim/v1/plan/{id}/apply");
    hub.send("POST", &path, &[], &Value::Null).expect(401);
    hub.send("POST", &path, &headers, &Value::Null).expect(200);
    let kept = hub.call(
        "GET",
        &format!("/_sim/v1/ledger?holder={ADA}"),
        &Value::Null,
    );
    assert_eq!(
        kept.expect(200).json()["items"][0]["actor"]["email"],
        "faye@harbour.example"
    );
}

/// Something that may be planned.
fn operation() -> impl Strategy<Value = Value> {
    let email = |who: u8| format!("p{who}@harbour.example");
    prop_oneof![
        (0..3_u8).prop_map(move |who| json!({
            "method": "POST", "path": "/v1/people",
            "body": {"emails": [email(who)], "displayName": format!("Person {who}")},
        })),
        (0..3_u8).prop_map(move |who| json!({
            "method": "DELETE", "path": format!("/v1/people/{}", email(who)),
        })),
        any::<bool>().prop_map(|add| {
            let item = match add {
                true => json!({"id": LICENSE, "properties": {"extension": "300"}}),
                false => json!({"id": LICENSE, "operation": "remove"}),
            };
            json!({"method": "PATCH", "path": ada_licenses(), "body": {"licenses": [item]}})
        }),
        any::<bool>().prop_map(|on| json!({
            "method": "PUT", "path": format!("/v1/people/{ADA}/features/voicemail"),
            "body": {"enabled": on},
        })),
        (0..3_u8, any::<bool>()).prop_map(move |(who, on)| {
            let cell = if on { "TRUE" } else { "FALSE" };
            let columns = "First Name,Last Name,Display Name,User ID/Email (Required)";
            let file = format!(
                "{columns},{LICENSE}\nA,B,A B,{},\nAda,L,Ada L,{ADA},{cell}\n",
                email(who)
            );
            json!({
                "method": "POST", "path": IMPORT, "query": "behavior=addAndRemove", "body": file,
            })
        }),
        Just(json!({
            "method": "PUT", "path": "/_hub/v1/organizations/me/licenseTemplate",
            "body": {
                "licenses": [LICENSE], "preserveLicenses": true,
                "applyScope": {"futureUsers": true, "existingUsers": true},
            },
        })),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 8,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn apply_leads_to_the_planned_state_byte_for_byte(
        operations in proptest::collection::vec(operation(), 1..8),
    ) {
        let hub = Hub::start();
        for operation in &operations {
            let before = state(&hub);
            let headers = [("authorization", "Bearer full-admin"), ("trackingid", "planned")];
            let body = json!({"operation": operation});
            let found = hub.send("POST", "/_sim/v1/plan", &headers, &body).expect(200).json();
            prop_assert_eq!(&state(&hub), &before, "a plan changes nothing");
            let planned = state_after(&hub, operation, "planned");
            let done = apply(&hub, &found["id"]);
            prop_assert_eq!(&json!(done.status), &found["response"]["status"], "{}", done.text);
            prop_assert_eq!(&done.json(), &found["response"]["body"]);
            let after = state(&hub);
            prop_assert_eq!(after.to_string(), planned.to_string());
            if after["revision"] != before["revision"] {
                let path = format!(
                    "/_sim/v1/sandboxes/default/diff?from={}", before["revision"]
                );
                let really = hub.get(&path).expect(200).json();
                prop_assert_eq!(&really, &found["diff"]);
            }
        }
    }
}

#[test]
fn a_file_of_many_rows_is_planned_as_it_would_be_imported() {
    let hub = Hub::start();
    let rows = (0..500).map(|number| format!("new{number}@harbour.example,Deckhand\n"));
    let file = "User ID/Email (Required),Title\n".to_owned() + &rows.collect::<String>();
    let operation = json!({"method": "POST", "path": IMPORT, "contentType": "text/csv",
        "query": {"behavior": "addOnly"}, "body": file});
    let planned = plan(&hub, &operation).expect(200).json();
    assert_eq!(planned["response"]["status"], 202, "{planned}");
    assert_eq!(planned["outcomes"].as_array().map(Vec::len), Some(500));

    // The request inside has the bounds of its own body.
    let long = "x".repeat(5000);
    let save = json!({"method": "POST", "path": "/v1/people",
        "body": {"emails": ["a@harbour.example"], "displayName": long}});
    let refused = plan(&hub, &save).expect(200).json();
    assert_eq!(refused["response"]["status"], 400);
}
