//! `/_sim/v1/verify`

use serde_json::{Value, json};

use crate::support::{ADA, Hub, person_id};

/// What a verification of these clauses answers.
fn verify(hub: &Hub, expect: &Value) -> Value {
    let body = json!({"expect": expect});
    hub.call("POST", "/_sim/v1/verify", &body)
        .expect(200)
        .json()
}

fn rename(hub: &Hub, name: &str) {
    let id = person_id(hub, "full-admin", ADA);
    let body = json!({"displayName": name, "emails": [ADA]});
    hub.call("PUT", &format!("/v1/people/{id}"), &body)
        .expect(200);
}

/// Takes Calling from Ada, who has a voicemail to lose.
fn remove_calling(hub: &Hub) {
    let id = person_id(hub, "full-admin", ADA);
    let voicemail = hub
        .get(&format!("/v1/people/{id}/features/voicemail"))
        .expect(200);
    let mut voicemail = voicemail.json();
    voicemail["notifications"] = json!({"enabled": true, "destination": ADA});
    hub.call(
        "PUT",
        &format!("/v1/people/{id}/features/voicemail"),
        &voicemail,
    )
    .expect(204);
    let license = hub.get("/v1/licenses").expect(200).json()["items"][0]["id"].clone();
    let body = json!({"email": ADA, "licenses": [{"id": license, "operation": "remove"}]});
    hub.call("PATCH", "/v1/licenses/users", &body).expect(200);
}

#[test]
fn what_was_lost_asked_and_reached_is_verified_in_one_call() {
    let hub = Hub::start();
    remove_calling(&hub);
    let answer = verify(
        &hub,
        &json!([
            {"ledger": {"holder": ADA, "kind": "lost", "family": "voicemail"}},
            {"request": {"method": "PATCH", "path": "/v1/licenses/*", "status": 200}, "count": 1},
            {"state": {"path": format!("/v1/people?email={ADA}"),
                       "pointer": "/items/0/licenses", "equals": []}},
            {"request": {"path": "/v1/people/nobody"}, "count": 0},
            {"request": {"actor": "full-admin"}, "count": {"atLeast": 2, "atMost": 20}},
        ]),
    );
    assert_eq!(answer["verdict"], "passed", "{answer}");
    assert_eq!(answer["details"][1]["clause"], "expect[1]");
    assert_eq!(answer["details"][1]["found"], 1);
    let requests = hub.get("/_sim/v1/requests").expect(200).text;
    assert!(
        !requests.contains("/people?email=ada%40"),
        "reading a state leaves no trace"
    );
}

#[test]
fn a_failure_says_what_came_nearest_and_in_what_it_differs() {
    let hub = Hub::start();
    rename(&hub, "Ada Byron");
    let clauses = json!([
        {"request": {"method": "PUT", "path": "/v1/people/*", "status": 204}},
        {"ledger": {"holder": ADA, "kind": "deleted"}},
        {"state": {"path": format!("/v1/people?email={ADA}"),
                   "pointer": "/items/0/displayNam", "equals": "Ada"}},
        {"state": {"path": "/v1/people/nobody", "equals": {}}},
        {"request": {"method": "PUT"}, "count": 0},
    ]);
    let answer = verify(&hub, &clauses);
    assert_eq!(answer["verdict"], "failed");
    let message = |position: usize| answer["details"][position]["message"].as_str().unwrap();
    assert!(
        message(0).contains("status is 200, not 204"),
        "{}",
        message(0)
    );
    assert!(
        message(1).contains("kind is lost, not deleted"),
        "{}",
        message(1)
    );
    assert!(
        message(2).contains("Did you mean displayName?"),
        "{}",
        message(2)
    );
    assert!(message(3).contains("answers 404"), "{}", message(3));
    assert!(
        message(4).contains("Expected no requests with method PUT; found 1"),
        "{}",
        message(4)
    );
    let nearest = answer["details"][0]["nearest"][0]["trackingId"]
        .as_str()
        .unwrap();
    hub.get(&format!("/_sim/v1/explain/{nearest}")).expect(200);
}

#[test]
fn a_journal_that_dropped_requests_is_never_taken_for_the_whole() {
    let hub = Hub::start();
    rename(&hub, "Ada Byron");
    let journal = &hub.server.app().default.journal;
    let (records, _) = journal.list(|_| true);
    let filler = records.first().expect("a request");
    for _ in 0..10_001 {
        journal.add(filler.clone());
    }
    for (count, verdict) in [
        (json!(null), "inconclusive"),
        (json!(0), "inconclusive"),
        (json!({"atMost": 5}), "inconclusive"),
    ] {
        let clause = json!([{"request": {"method": "PUT"}, "count": count}]);
        let answer = verify(&hub, &clause);
        assert_eq!(answer["verdict"], verdict, "{answer}");
        let message = answer["details"][0]["message"].as_str().unwrap();
        assert!(message.contains("no longer kept"), "{message}");
    }
    let there = json!([{"request": {"method": filler.method}}]);
    assert_eq!(
        verify(&hub, &there)["verdict"],
        "passed",
        "what is there is enough"
    );
}

#[test]
fn waiting_ends_as_soon_as_it_holds() {
    let hub = Hub::start();
    let name = json!([
        {"state": {"path": format!("/v1/people?email={ADA}"),
                   "pointer": "/items/0/displayName", "equals": "Ada Byron"}},
        {"request": {"method": "PUT"}, "count": 1},
    ]);
    let body = json!({"expect": name, "waitMs": 30_000});
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| hub.call("POST", "/_sim/v1/verify", &body).expect(200));
        rename(&hub, "Ada Byron");
        let answer = waiting.join().expect("an answer").json();
        assert_eq!(answer["verdict"], "passed", "{answer}");
    });
}

#[test]
fn waiting_ends_without_success_and_at_once_when_nothing_can_help() {
    let hub = Hub::start();
    let soon = json!({"expect": [{"request": {"method": "PUT"}}], "waitMs": 20});
    let answer = hub
        .call("POST", "/_sim/v1/verify", &soon)
        .expect(200)
        .json();
    assert_eq!(answer["verdict"], "failed");
    rename(&hub, "Ada Byron");
    // With the wait of half a minute the client would give up.
    let never = json!({"expect": [{"request": {"method": "PUT"}, "count": 0}], "waitMs": 30_000});
    let answer = hub
        .call("POST", "/_sim/v1/verify", &never)
        .expect(200)
        .json();
    assert_eq!(answer["verdict"], "failed");
}

#[test]
fn a_verification_that_could_never_mean_anything_is_refused() {
    let hub = Hub::start();
    for (clause, says) in [
        (json!({"ledger": {"holdr": "x"}}), "did you mean holder?"),
        (json!({"ledgr": {}}), "did you mean ledger?"),
        (json!({}), "exactly one of ledger, request and state"),
        (json!({"ledger": {}, "request": {}}), "exactly one of"),
        (json!({"ledger": {"kind": "loss"}}), "Did you mean lost?"),
        (json!({"ledger": {"rule": "MOVE-99"}}), "Did you mean MOVE-"),
        (
            json!({"ledger": {"family": "voicemial"}, "count": 0}),
            "Did you mean voicemail?",
        ),
        (json!({"request": {"method": "PUTT"}}), "Did you mean PUT?"),
        (
            json!({"request": {"operation": "listPersons"}}),
            "Did you mean ",
        ),
        (json!({"request": {}, "count": -1}), "whole number"),
        (
            json!({"request": {}, "count": {"atLeast": 3, "atMost": 1}}),
            "whole number",
        ),
        (
            json!({"state": {"path": "/_sim/v1/clock", "equals": 1}}),
            "must begin with /v1/",
        ),
        (
            json!({"state": {"path": "/v1/people"}}),
            "equals is required",
        ),
        (
            json!({"state": {"path": "/v1/people", "pointer": "items", "equals": 1}}),
            "begin with /",
        ),
        (
            json!({"state": {"path": "/v1/people", "equals": 1}, "count": 1}),
            "one value",
        ),
    ] {
        let body = json!({"expect": [clause]});
        let answer = hub.call("POST", "/_sim/v1/verify", &body).expect(400);
        assert!(answer.text.contains(says), "{says}: {}", answer.text);
    }
    for body in [
        json!({"expect": []}),
        json!({"expect": vec![json!({"request": {}}); 101]}),
        json!({"expect": [{"request": {}}], "waitMs": 30_001}),
    ] {
        hub.call("POST", "/_sim/v1/verify", &body).expect(400);
    }
}

#[test]
fn what_was_verified_of_somebody_stays_so_when_they_are_gone() {
    let hub = Hub::start();
    remove_calling(&hub);
    rename(&hub, "Ada Byron");
    let id = person_id(&hub, "full-admin", ADA);
    let clauses = json!([
        {"ledger": {"holder": id, "operation": "updateAPerson"}, "count": 1},
        {"ledger": {"holder": ADA, "kind": "lost", "family": "voicemail"}, "count": 1},
    ]);
    let items = || {
        let path = format!("/_sim/v1/ledger?holder={id}&kind=lost");
        hub.get(&path).expect(200).json()["items"].clone()
    };
    let before = items();
    assert_eq!(verify(&hub, &clauses)["verdict"], "passed");
    hub.call("DELETE", &format!("/v1/people/{id}"), &Value::Null)
        .expect(204);
    let answer = verify(&hub, &clauses);
    assert_eq!(answer["verdict"], "passed", "{answer}");
    assert_eq!(items(), before, "the past is told as it was");
    hub.call(
        "POST",
        "/_sim/v1/sandboxes/default/reset?to=empty&scope=state",
        &Value::Null,
    )
    .expect(200);
    let answer = verify(&hub, &clauses);
    assert_eq!(answer["verdict"], "passed", "{answer}");
    assert_eq!(items(), before, "also when the world was replaced");
}

#[test]
fn a_holder_who_never_was_is_named_as_such() {
    let hub = Hub::start();
    let clauses = json!([{"ledger": {"holder": "nobody@harbour.example"}, "count": 0}]);
    let answer = verify(&hub, &clauses);
    let message = answer["details"][0]["message"].as_str().unwrap();
    assert!(message.contains("Nobody here has or had"), "{message}");
    hub.get("/_sim/v1/ledger?family=nope").expect(400);
}

#[test]
fn numbers_are_compared_by_value() {
    let hub = Hub::start();
    let license = hub.get("/v1/licenses").expect(200).json()["items"][0].clone();
    let total = license["totalUnits"].as_f64().expect("a number");
    let id = license["id"].as_str().expect("an id");
    let state = |total: f64| {
        json!([{"state": {"path": format!("/v1/licenses/{id}"),
                          "pointer": "/totalUnits", "equals": total}}])
    };
    assert_eq!(verify(&hub, &state(total))["verdict"], "passed");
    assert_eq!(verify(&hub, &state(total + 1.0))["verdict"], "failed");
}

#[test]
fn verifications_that_wait_in_all_sandboxes_together_are_bounded() {
    let hub = Hub::start();
    let waits = &hub.server.app().waits;
    let all = u32::try_from(waits.available_permits()).expect("a number");
    let others = std::sync::Arc::clone(waits).try_acquire_many_owned(all);
    let body = |wait: u64| json!({"expect": [{"request": {"method": "PUT"}}], "waitMs": wait});
    let refused = hub.call("POST", "/_sim/v1/verify", &body(10)).expect(429);
    assert!(refused.text.contains("without waitMs"), "{}", refused.text);
    hub.call("POST", "/_sim/v1/verify", &body(0)).expect(200);
    drop(others);
    hub.call("POST", "/_sim/v1/verify", &body(10)).expect(200);
    assert_eq!(waits.available_permits(), all as usize, "given back");
}
