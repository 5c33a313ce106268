//! Which requests a rule concerns, how long it lasts, and which rules are refused.

use super::*;

#[test]
fn the_first_rule_that_strikes_wins_and_times_are_counted() {
    let hub = Hub::start();
    inject(&hub, &json!({"effect": {"status": 503}, "times": 2}));
    inject(&hub, &json!({"effect": {"status": 409}, "times": 1}));
    assert_eq!(statuses(&hub, 5), [503, 503, 409, 200, 200]);
    let rules = hub.get(FAULTS).json()["items"].clone();
    assert_eq!(
        (&rules[0]["hits"], &rules[0]["remaining"]),
        (&json!(2), &json!(0))
    );
    assert_eq!(
        (&rules[1]["hits"], &rules[1]["remaining"]),
        (&json!(1), &json!(0))
    );
}

#[test]
fn a_rule_concerns_an_operation_a_method_a_path_or_an_actor() {
    let hub = Hub::start();
    let ada = format!("user:{ADA}");
    let status = |rule: Value, token: &str, path: &str| {
        let id = inject(&hub, &json!({"match": rule, "effect": {"status": 503}}));
        let status = hub.send_as(token, "GET", path, &Value::Null).status;
        hub.call("DELETE", &format!("{FAULTS}/{id}"), &Value::Null)
            .expect(204);
        status
    };
    let listed = hubsim::catalog::table().operations.iter();
    let mut listed = listed.filter(|row| row.path == "/v1/people" && row.method.name() == "GET");
    let list_people = listed.next().expect("the list of people").id;
    for (rule, token, path, expected) in [
        (
            json!({"operation": list_people}),
            "full-admin",
            "/v1/people",
            503,
        ),
        (
            json!({"operation": list_people}),
            "full-admin",
            "/v1/licenses",
            200,
        ),
        (json!({"method": "get"}), "full-admin", ME, 503),
        (json!({"method": "PUT"}), "full-admin", ME, 200),
        (
            json!({"pathPrefix": "/v1/lic"}),
            "full-admin",
            "/v1/licenses",
            503,
        ),
        (json!({"pathPrefix": "/v1/lic"}), "full-admin", ME, 200),
        (json!({"actor": ADA}), &ada, ME, 503),
        (json!({"actor": ADA}), "full-admin", ME, 200),
        (json!({"actor": "full-admin"}), "full-admin", ME, 503),
        (json!({"actor": "read-only-admin"}), "full-admin", ME, 200),
    ] {
        assert_eq!(status(rule.clone(), token, path), expected, "{rule} {path}");
    }
}

#[test]
fn a_rule_concerns_a_holder_whom_path_query_or_body_name() {
    let hub = Hub::start();
    let id = person_id(&hub, "full-admin", ADA);
    for holder in [ADA.to_uppercase(), id.clone()] {
        let rule = json!({"match": {"holder": holder}, "effect": {"status": 503}});
        let fault = inject(&hub, &rule);
        hub.get(&format!("/v1/people/{id}")).expect(503);
        hub.get(&format!("/v1/people?email={ADA}")).expect(503);
        hub.send_as(&format!("user:{ADA}"), "GET", ME, &Value::Null)
            .expect(503);
        let change = json!({"email": ADA, "licenses": []});
        hub.call("PATCH", "/v1/licenses/users", &change).expect(503);
        hub.get(ME).expect(200);
        hub.get("/v1/people").expect(200);
        hub.call("DELETE", &format!("{FAULTS}/{fault}"), &Value::Null)
            .expect(204);
        read_ada(&hub).expect(200);
    }
}

#[test]
fn a_file_names_whoever_stands_in_one_of_its_cells() {
    let hub = Hub::start();
    let rule = json!({"match": {"holder": ADA}, "effect": {"status": 503}});
    inject(&hub, &rule);
    let path = "/_hub/v1/organizations/me/users/csv/import?behavior=addOnly";
    let send = |file: String| hub.upload(path, "text/csv", file).status;
    let header = "User ID/Email (Required),Title";
    let before = hub.revision();
    assert_eq!(
        send(format!("{header}\nx@harbour.example,a\n\"{ADA}\",Pilot\n")),
        503
    );
    assert_eq!(hub.revision(), before);
    assert_eq!(send(format!("{header}\nx{ADA},Pilot\n")), 202);
}

#[test]
fn a_rule_strikes_within_its_time_by_the_sandbox_clock() {
    let hub = Hub::start();
    let rule = json!({
        "effect": {"status": 503},
        "from": "2026-03-02T10:00:00.000Z", "until": "2026-03-02T11:00:00.000Z",
    });
    inject(&hub, &rule);
    let after = |by: &str| {
        hub.call("POST", "/_sim/v1/clock/advance", &json!({"by": by}))
            .expect(200);
        hub.get(ME).status
    };
    assert_eq!(hub.get(ME).status, 200);
    assert_eq!(after("PT1H"), 503);
    assert_eq!(after("PT59M"), 503);
    assert_eq!(after("PT1M"), 200);
}

/// Refuses each rule with a text that names its field, and keeps none.
#[track_caller]
fn refused(rules: &[(Value, &str)]) {
    let hub = Hub::start();
    for (rule, said) in rules {
        let answer = hub.call("POST", FAULTS, rule).expect(400);
        assert!(answer.text.contains(said), "{rule}: {}", answer.text);
    }
    assert_eq!(hub.get(FAULTS).json()["items"], json!([]));
}

#[test]
fn an_effect_that_does_nothing_or_two_things_is_refused_by_its_field() {
    refused(&[
        (json!({}), "effect"),
        (json!({"effect": {}}), "effect must have status"),
        (json!({"effect": {"status": 200}}), "400 to 599"),
        (
            json!({"effect": {"status": 418}}),
            "documents no error body",
        ),
        (json!({"effect": {"status": "503"}}), "effect.status"),
        (json!({"effect": {"body": {}}}), "effect"),
        (
            json!({"effect": {"drop": "midBody", "body": {}}}),
            "need effect.status",
        ),
        (json!({"effect": {"delayMs": 60001}}), "effect.delayMs"),
        (json!({"effect": {"delayMs": -1}}), "effect.delayMs"),
        (
            json!({"effect": {"delayMs": 1, "jitterMs": 60001}}),
            "effect.jitterMs",
        ),
        (json!({"effect": {"drop": "later"}}), "beforeResponse"),
        (
            json!({"effect": {"drop": "beforeResponse", "status": 503}}),
            "sends nothing",
        ),
        (
            json!({"effect": {"status": 429, "retryAfterSeconds": 1.5}}),
            "retryAfterSeconds",
        ),
        (
            json!({"effect": {"status": 429, "retryAfterSeconds": 86401}}),
            "retryAfterSeconds",
        ),
    ]);
}

#[test]
fn a_rule_that_could_never_strike_is_refused_by_its_field() {
    refused(&[
        (
            json!({"effect": {"status": 503}, "probability": 0}),
            "probability",
        ),
        (
            json!({"effect": {"status": 503}, "probability": 1.1}),
            "probability",
        ),
        (
            json!({"effect": {"status": 503}, "until": "2026-03-02T09:00:00.000Z"}),
            "until",
        ),
        (json!({"effect": {"status": 503}, "until": "soon"}), "until"),
        (json!({"effect": {"status": 503}, "when": 1}), "when"),
        (
            json!({"effect": {"status": 503}, "match": {"operation": "listPeopl"}}),
            "Did you mean",
        ),
        (
            json!({"effect": {"status": 503}, "match": {"operation": "listFaults"}}),
            "Control Hub",
        ),
        (
            json!({"effect": {"status": 503}, "match": {"method": "FETCH"}}),
            "method",
        ),
        (
            json!({"effect": {"status": 503}, "match": {"pathPrefix": "/_sim/v1"}}),
            "pathPrefix",
        ),
        (
            json!({"effect": {"status": 503}, "match": {"pathPrefix": "v1"}}),
            "pathPrefix",
        ),
        (
            json!({"effect": {"status": 503}, "match": {"actor": "ful-admin"}}),
            "full-admin",
        ),
        (
            json!({"effect": {"status": 503}, "match": {"holder": "Ada"}}),
            "match.holder",
        ),
        (
            json!({"effect": {"backend": "contactCenterSync", "status": 503}}),
            "inside the operation",
        ),
        (json!({"profile": "flakey"}), "flaky"),
        (
            json!({"effect": {"status": 503}, "match": {"actor": "full-admin.p1"}}),
            "a token of the sandbox",
        ),
        (
            json!({"effect": {"status": 503}, "match": {"actor": "user.p1:a@harbour.example"}}),
            "a token of the sandbox",
        ),
        (json!({"profile": "flaky", "times": 1}), "times"),
        (
            json!([{"effect": {"status": 503}}, {"effect": {"status": 1}}]),
            "400 to 599",
        ),
        (json!("outage"), "an object"),
    ]);
}

#[test]
fn a_rule_whose_match_leaves_no_operation_is_refused_with_those_it_could_strike() {
    let backend = |wanted: Value| {
        let inside = "inside synchronizeContactCenter (POST ";
        let effect = json!({"backend": "contactCenterSync"});
        (json!({"match": wanted, "effect": effect}), inside)
    };
    let status = |wanted: Value| {
        let is = "match.operation is listPeople (GET /v1/people)";
        (json!({"match": wanted, "effect": {"status": 503}}), is)
    };
    refused(&[
        backend(json!({"operation": "listPeople"})),
        backend(json!({"method": "GET"})),
        backend(json!({"pathPrefix": "/v1/people"})),
        backend(json!({"pathPrefix": "/_hub/v1/organizations/me/users/manual/more"})),
        status(json!({"operation": "listPeople", "method": "PUT"})),
        status(json!({"operation": "listPeople", "pathPrefix": "/v1/licenses"})),
    ]);
    let hub = Hub::start();
    for wanted in [
        json!({}),
        json!({"operation": "addUsersManually", "method": "post"}),
        json!({"pathPrefix": "/_hub/v1/organizations/me/contact"}),
        json!({"pathPrefix": "/_hub/"}),
    ] {
        inject(
            &hub,
            &json!({"match": wanted, "effect": {"backend": "contactCenterSync"}}),
        );
    }
    let listed = json!({"operation": "listPeople", "method": "get", "pathPrefix": "/v1/"});
    inject(&hub, &json!({"match": listed, "effect": {"status": 503}}));
}

#[test]
fn an_actor_may_be_named_by_the_token_that_the_sandbox_hands_out() {
    let hub = Hub::start();
    let made = hub.call(
        "POST",
        "/_sim/v1/sandboxes",
        &json!({"id": "p1", "scenario": "minimal"}),
    );
    made.expect(201);
    let rule = json!({"match": {"actor": "read-only-admin.p1"}, "effect": {"status": 503}});
    let faults = "/_sandbox/p1/_sim/v1/faults";
    hub.send_as("full-admin.p1", "POST", faults, &rule)
        .expect(201);
    for (token, status) in [("read-only-admin.p1", 503), ("full-admin.p1", 200)] {
        let answer = hub.send_as(token, "GET", "/v1/people", &Value::Null);
        answer.expect(status);
    }
}

#[test]
fn a_failure_of_every_system_behind_webex_can_be_asked_for() {
    let hub = Hub::start();
    for backend in [
        "wholesaleAttributeUpdate",
        "wholesaleLicenseUpdate",
        "contactCenterSync",
    ] {
        let rule = json!({"effect": {"backend": backend}});
        let made = hub.call("POST", FAULTS, &rule).expect(201);
        assert_eq!(made.json()["effect"]["backend"], backend);
    }
    let unknown = json!({"effect": {"backend": "theMoon"}});
    let answer = hub.call("POST", FAULTS, &unknown).expect(400);
    assert!(answer.text.contains("theMoon"), "{}", answer.text);
}

#[test]
fn a_sandbox_holds_a_bounded_number_of_rules() {
    let hub = Hub::start();
    let rule = json!({"effect": {"status": 503}});
    let many = Value::Array(vec![rule.clone(); 100]);
    let added = hub.call("POST", FAULTS, &many).expect(201).json();
    assert_eq!(added["items"].as_array().unwrap().len(), 100);
    let refused = hub.call("POST", FAULTS, &rule).expect(409);
    assert!(refused.text.contains("at most 100"), "{}", refused.text);
}

#[test]
fn times_out_of_their_bounds_are_refused_with_the_bounds() {
    refused(&[
        (
            json!({"effect": {"status": 503}, "times": 0}),
            "times must be a whole number from 1 to 18446744073709551615, or left out for a rule \
             that strikes always, but it is the number 0.",
        ),
        (
            json!({"effect": {"status": 503}, "times": -1}),
            "from 1 to 18446744073709551615",
        ),
        (
            json!({"effect": {"status": 503}, "times": 1e20}),
            "from 1 to 18446744073709551615",
        ),
        (
            json!({"effect": {"status": 503}, "times": "3"}),
            "it is the string",
        ),
    ]);
}
