//! `/_sim/v1/sandboxes`

use serde_json::{Value, json};

use crate::support::{ADA, Hub, START, person_id};

const FORWARDING: &str = "features/callForwarding";

/// Turns Ada's call forwarding on.
fn forward(hub: &Hub, token: &str) -> String {
    let ada = person_id(hub, token, ADA);
    let path = format!("/v1/people/{ada}/{FORWARDING}");
    let body = json!({"callForwarding": {"always": {
        "enabled": true, "destination": "+15550100", "ringReminderEnabled": false,
        "destinationVoicemailEnabled": false,
    }}});
    hub.send_as(token, "PUT", &path, &body).expect(204);
    path
}

fn is_forwarded(hub: &Hub, token: &str) -> bool {
    let ada = person_id(hub, token, ADA);
    let path = format!("/v1/people/{ada}/{FORWARDING}");
    let body = hub.send_as(token, "GET", &path, &Value::Null).expect(200);
    body.json()["callForwarding"]["always"]["enabled"] == true
}

#[test]
fn a_sandbox_is_created_with_all_a_test_needs() {
    let hub = Hub::start();
    let created = hub.call("POST", "/_sim/v1/sandboxes", &json!({"id": "mine"}));
    let body = created.expect(201).json();
    let url = hub.server.url();
    assert_eq!(body["id"], "mine");
    assert_eq!(body["baseUrl"], format!("{url}/_sandbox/mine/v1"));
    assert_eq!(body["organizations"][0]["name"], "Harbour Light");
    assert_eq!(body["tokens"]["fullAdmin"], "full-admin.mine");
    assert_eq!(body["tokens"]["readOnlyAdmin"], "read-only-admin.mine");
    assert_eq!(body["tokens"].get("partnerFullAdmin"), None);
    assert_eq!(body["createdAt"], START);
    assert!(body["revision"].is_u64());
    let listed = hub.get("/_sim/v1/sandboxes").expect(200).json();
    let ids: Vec<_> = listed["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["id"])
        .collect();
    assert_eq!(ids, ["default", "mine"]);
    let read = hub.get("/_sim/v1/sandboxes/mine").expect(200).json();
    assert_eq!(read, body);
}

#[test]
fn every_role_of_the_demo_is_somebody_and_has_a_token() {
    let hub = Hub::with_scenario("demo");
    let sandbox = hub.get("/_sim/v1/sandboxes/default").expect(200).json();
    let tokens = sandbox["tokens"].as_object().unwrap();
    assert_eq!(tokens.len(), 8, "{sandbox}");
    assert_eq!(tokens["partnerFullAdmin"], "partner-full-admin");
    assert_eq!(tokens["contactCenterAdmin"], "contact-center-admin");
    let mut people = Vec::new();
    for token in tokens.values() {
        let me = hub.send_as(
            token.as_str().unwrap(),
            "GET",
            "/v1/people/me",
            &Value::Null,
        );
        people.push(me.expect(200).json()["id"].to_string());
    }
    people.sort();
    people.dedup();
    assert_eq!(people.len(), 8, "each role is somebody else");
}

#[test]
fn an_id_that_is_taken_or_malformed_is_refused() {
    let hub = Hub::start();
    let create = |id: &str| {
        hub.call("POST", "/_sim/v1/sandboxes", &json!({"id": id}))
            .status
    };
    assert_eq!(create("one"), 201);
    assert_eq!(create("one"), 409);
    for bad in ["", "Upper", "-first", "a b", "ä", &"x".repeat(64)] {
        assert_eq!(create(bad), 400, "{bad}");
    }
    assert_eq!(create(&"x".repeat(63)), 201);
}

#[test]
fn a_fork_and_its_origin_do_not_see_each_other() {
    let hub = Hub::start();
    forward(&hub, "full-admin");
    let fork = hub.call(
        "POST",
        "/_sim/v1/sandboxes/default/fork",
        &json!({"id": "fork"}),
    );
    assert_eq!(
        fork.expect(201).json()["tokens"]["fullAdmin"],
        "full-admin.fork"
    );
    assert!(is_forwarded(&hub, "full-admin.fork"));
    let path = format!(
        "/v1/people/{}/{FORWARDING}",
        person_id(&hub, "full-admin", ADA)
    );
    let off = json!({"callForwarding": {"always": {"enabled": false}}});
    hub.send_as("full-admin.fork", "PUT", &path, &off)
        .expect(204);
    assert!(!is_forwarded(&hub, "full-admin.fork"));
    assert!(is_forwarded(&hub, "full-admin"));
}

#[test]
fn a_fork_without_a_name_gets_a_free_one() {
    let hub = Hub::start();
    let fork = || {
        let body = hub.call("POST", "/_sim/v1/sandboxes/default/fork", &Value::Null);
        body.expect(201).json()["id"].as_str().unwrap().to_owned()
    };
    assert_eq!([fork(), fork()], ["sandbox-1", "sandbox-2"]);
}

#[test]
fn a_sandbox_starts_from_an_earlier_revision_of_another() {
    let hub = Hub::start();
    let before = hub.get("/_sim/v1/sandboxes/default").json()["revision"].clone();
    forward(&hub, "full-admin");
    let body = json!({"id": "earlier", "from": format!("default@{before}")});
    hub.call("POST", "/_sim/v1/sandboxes", &body).expect(201);
    assert!(!is_forwarded(&hub, "full-admin.earlier"));
    let future = json!({"from": "default@999"});
    hub.call("POST", "/_sim/v1/sandboxes", &future).expect(400);
    let nobody = json!({"from": "nobody"});
    hub.call("POST", "/_sim/v1/sandboxes", &nobody).expect(404);
}

#[test]
fn a_reset_leads_back_and_tokens_survive_it() {
    let hub = Hub::start();
    forward(&hub, "full-admin");
    let before = hub.get("/_sim/v1/sandboxes/default").json()["revision"].as_u64();
    let reset = hub
        .call("POST", "/_sim/v1/sandboxes/default/reset", &Value::Null)
        .expect(200);
    assert!(
        reset.json()["revision"].as_u64() > before,
        "the revision rises"
    );
    assert!(!is_forwarded(&hub, "full-admin"));
    let ledger = hub.get("/_sim/v1/ledger").json();
    assert_eq!(ledger, json!({"items": [], "evicted": 0}));

    let empty = "/_sim/v1/sandboxes/default/reset?to=empty";
    hub.call("POST", empty, &Value::Null).expect(200);
    let people = hub.get("/_sim/v1/sandboxes/default").expect(200).json();
    assert_eq!(people["organizations"], json!([]));
    hub.get("/v1/people/me").expect(404);
    let back = hub
        .call("POST", "/_sim/v1/sandboxes/default/reset", &Value::Null)
        .expect(200);
    assert_eq!(back.json()["organizations"][0]["name"], "Harbour Light");
    hub.get("/v1/people/me").expect(200);
}

#[test]
fn a_reset_may_take_a_part_alone() {
    let hub = Hub::start();
    forward(&hub, "full-admin");
    let reset = |query: &str| {
        let path = format!("/_sim/v1/sandboxes/default/reset?{query}");
        hub.call("POST", &path, &Value::Null)
    };
    let quirks = json!({"quirks": {"csv_from_suspended": "lost"}});
    hub.call("PUT", "/_sim/v1/quirks", &quirks).expect(200);
    hub.call("POST", "/_sim/v1/clock/advance", &json!({"by": "PT1H"}))
        .expect(200);
    reset("scope=quirks,clock").expect(200);
    let shown = hub.get("/_sim/v1/quirks").json();
    assert_eq!(shown["quirks"]["csv_from_suspended"], "kept");
    assert_eq!(hub.get("/_sim/v1/clock").json()["now"], START);
    assert!(is_forwarded(&hub, "full-admin"));
    reset("scope=journal").expect(200);
    assert_eq!(hub.get("/_sim/v1/requests").json()["items"], json!([]));
    assert!(is_forwarded(&hub, "full-admin"));
    reset("scope=state").expect(200);
    assert!(!is_forwarded(&hub, "full-admin"));
    let wrong = reset("scope=stat").expect(400).json();
    assert!(
        wrong["detail"]
            .as_str()
            .unwrap()
            .contains("Did you mean state?"),
        "{wrong}"
    );
    reset("to=nowhere").expect(400);
}

#[test]
fn a_difference_names_what_changed_field_by_field() {
    let hub = Hub::start();
    let unchanged = hub
        .get("/_sim/v1/sandboxes/default/diff")
        .expect(200)
        .json();
    assert_eq!(
        unchanged,
        json!({"created": [], "updated": [], "deleted": []})
    );
    forward(&hub, "full-admin");
    let changed = hub
        .get("/_sim/v1/sandboxes/default/diff")
        .expect(200)
        .json();
    let updated = &changed["updated"][0];
    assert_eq!(updated["kind"], "callForwarding");
    assert_eq!(updated["name"], "Ada Lovelace");
    assert_eq!(updated["id"], person_id(&hub, "full-admin", ADA).as_str());
    let field = updated["changes"].as_array().unwrap().iter();
    let mut enabled = field.filter(|change| change["path"] == "callForwarding.always.enabled");
    let enabled = enabled.next().expect("the field");
    assert_eq!(
        (&enabled["before"], &enabled["after"]),
        (&json!(false), &json!(true))
    );
    let now = hub.get("/_sim/v1/sandboxes/default").json()["revision"].clone();
    let none = hub
        .get(&format!("/_sim/v1/sandboxes/default/diff?from={now}"))
        .json();
    assert_eq!(none["updated"], json!([]));
    hub.get("/_sim/v1/sandboxes/default/diff?from=soon")
        .expect(400);
    hub.get("/_sim/v1/sandboxes/default/diff?to=999999")
        .expect(400);
    hub.get("/_sim/v1/sandboxes/nobody/diff").expect(404);
}

#[test]
fn a_deleted_sandbox_is_gone_and_default_stays() {
    let hub = Hub::start();
    hub.call("POST", "/_sim/v1/sandboxes", &json!({"id": "brief"}))
        .expect(201);
    let people = "/_sandbox/brief/v1/people/me";
    hub.get(people).expect(200);
    hub.call("DELETE", "/_sim/v1/sandboxes/brief", &Value::Null)
        .expect(204);
    hub.get(people).expect(404);
    hub.get("/_sim/v1/sandboxes/brief").expect(404);
    hub.call("DELETE", "/_sim/v1/sandboxes/brief", &Value::Null)
        .expect(404);
    hub.call("DELETE", "/_sim/v1/sandboxes/default", &Value::Null)
        .expect(409);
}

#[test]
fn a_sandbox_has_its_own_clock_quirks_and_seed() {
    let hub = Hub::start();
    let body = json!({
        "id": "other", "from": "default", "edition": "strict-bulk",
        "quirks": {"swap_without_properties": "keep"},
        "clock": {"mode": "frozen", "now": "2030-01-01T00:00:00.000Z"},
    });
    hub.call("POST", "/_sim/v1/sandboxes", &body).expect(201);
    let read = |path: &str| {
        hub.send_as("full-admin.other", "GET", path, &Value::Null)
            .json()
    };
    let quirks = read("/_sim/v1/quirks");
    assert_eq!(quirks["edition"], "strict-bulk");
    assert_eq!(quirks["quirks"]["csv_from_suspended"], "lost");
    assert_eq!(quirks["quirks"]["swap_without_properties"], "keep");
    let clock = read("/_sim/v1/clock");
    assert_eq!(
        clock,
        json!({"mode": "frozen", "now": "2030-01-01T00:00:00.000Z"})
    );
    assert_eq!(hub.get("/_sim/v1/clock").json()["now"], START);
}

#[test]
fn a_body_that_is_wrong_is_refused_with_the_reason() {
    let hub = Hub::start();
    let refused = |body: Value| {
        let answer = hub.call("POST", "/_sim/v1/sandboxes", &body).expect(400);
        assert!(
            answer
                .header("content-type")
                .starts_with("application/problem+json")
        );
        answer.json()["detail"].as_str().unwrap().to_owned()
    };
    assert!(refused(json!({"scenario": "dmeo"})).contains("demo"));
    assert!(refused(json!({"scenario": "/etc/hostname"})).contains("There is no scenario"));
    assert!(refused(json!({"edition": "strict"})).contains("edition"));
    assert!(
        refused(json!({"quirks": {"csv_from_suspendd": "lost"}})).contains("csv_from_suspended")
    );
    assert!(refused(json!({"quirks": {"csv_from_suspended": "los"}})).contains("lost"));
    assert!(refused(json!({"scenario": "demo", "from": "default"})).contains("either"));
    assert!(refused(json!({"clock": "soon"})).contains("soon"));
    assert!(refused(json!({"name": "mine"})).contains("name"));
}

#[test]
fn there_is_a_most_of_sandboxes() {
    let mut options = hubsim::options::Options::for_tests();
    options.max_sandboxes = 2;
    let hub = Hub::start_with(options);
    hub.call("POST", "/_sim/v1/sandboxes", &Value::Null)
        .expect(201);
    let refused = hub
        .call("POST", "/_sim/v1/sandboxes", &Value::Null)
        .expect(429);
    assert!(refused.text.contains("--max-sandboxes"));
}

#[test]
fn a_scenario_is_read_anew_for_another_seed_and_another_start() {
    let hub = Hub::start();
    let create = |id: &str, seed: u64| {
        let body = json!({
            "id": id, "scenario": "minimal", "seed": seed,
            "clock": {"mode": "frozen", "now": "2030-01-01T00:00:00.000Z"},
        });
        let created = hub
            .call("POST", "/_sim/v1/sandboxes", &body)
            .expect(201)
            .json();
        let people = format!("/_sandbox/{id}/v1/people");
        (
            created["createdAt"].clone(),
            hub.get(&people).expect(200).text,
        )
    };
    let (first, second, third) = (create("a", 5), create("b", 5), create("c", 6));
    assert_eq!(first.0, "2030-01-01T00:00:00.000Z");
    assert_eq!(first, second, "the same seed gives the same bytes");
    assert_ne!(first.1, third.1, "another seed gives other ids");
}

#[test]
fn the_organisation_of_the_tokens_comes_first() {
    let hub = Hub::start();
    let body = json!({"id": "partners", "scenario": "partner"});
    let made = hub
        .call("POST", "/_sim/v1/sandboxes", &body)
        .expect(201)
        .json();
    let organizations = made["organizations"].as_array().unwrap();
    assert_eq!(organizations.len(), 4);
    let me = hub
        .send_as("full-admin.partners", "GET", "/v1/people/me", &Value::Null)
        .expect(200)
        .json();
    assert_eq!(organizations[0]["orgId"], me["orgId"]);
}
