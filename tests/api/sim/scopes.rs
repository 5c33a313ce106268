//! Scopes: what a token of OAuth may call, and which scopes a run needs.

use hubsim::options::{Options, ScopesMode};
use serde_json::{Value, json};

use crate::support::{ADA, Answer, Hub};

const BACK: &str = "http://localhost/back";

/// A token that was authorised with these scopes; `hint` names the person.
fn token(hub: &Hub, scope: &str, hint: &str) -> String {
    let query = form(&[
        ("response_type", "code"),
        ("client_id", "client-1"),
        ("redirect_uri", BACK),
        ("scope", scope),
        ("login_hint", hint),
    ]);
    let path = format!("/v1/authorize?{query}");
    let sent = hub.send("GET", &path, &[], &Value::Null).expect(302);
    let location = sent.header("location").to_owned();
    let (_, code) = location.split_once("code=").expect("a code");
    let fields = form(&[
        ("grant_type", "authorization_code"),
        ("client_id", "client-1"),
        ("client_secret", "s"),
        ("code", code),
        ("redirect_uri", BACK),
    ]);
    let body = hub.form("/v1/access_token", &fields).expect(200).json();
    body["access_token"].as_str().expect("a token").to_owned()
}

fn form(fields: &[(&str, &str)]) -> String {
    let filled = fields.iter().filter(|(_, value)| !value.is_empty());
    let pairs = filled.map(|(name, value)| {
        let value = value.replace(':', "%3A").replace('/', "%2F");
        format!("{name}={}", value.replace(' ', "+"))
    });
    pairs.collect::<Vec<_>>().join("&")
}

fn with(mode: ScopesMode) -> Hub {
    let mut options = Options::for_tests();
    options.scopes = mode;
    Hub::start_with(options)
}

fn get(hub: &Hub, token: &str, path: &str) -> Answer {
    hub.send_as(token, "GET", path, &Value::Null)
}

/// The report's line about a token.
fn line(hub: &Hub, token: &str) -> Value {
    let items = hub.get("/_sim/v1/scopes").expect(200).json()["items"].clone();
    let mut lines = items.as_array().expect("lines").iter();
    let found = lines.find(|line| line["token"] == token).cloned();
    let missing = format!("no {token} in {items}");
    found.expect(&missing)
}

#[test]
fn a_token_calls_what_its_scopes_reach_and_a_refusal_names_the_missing_one() {
    let hub = Hub::start();
    let token = token(
        &hub,
        "spark-admin:people_read spark-admin:licenses_read",
        "",
    );
    get(&hub, &token, "/v1/people").expect(200);
    get(&hub, &token, "/v1/licenses").expect(200);
    let before = hub.revision();
    let person = json!({"emails": ["new@harbour.example"], "displayName": "New"});
    let refused = hub
        .send_as(&token, "POST", "/v1/people", &person)
        .expect(403);
    let body = refused.json();
    let message = body["message"].as_str().unwrap();
    assert!(message.contains("missing required scopes"), "{message}");
    let description = body["errors"][0]["description"].as_str().unwrap();
    assert!(
        description.contains("needs the scope spark-admin:people_write"),
        "{description}"
    );
    assert!(
        description.contains("the token has spark-admin:licenses_read"),
        "{description}"
    );
    assert_eq!(hub.revision(), before);
    let refused = get(&hub, &token, "/v1/workspaces").expect(403);
    assert!(
        refused.text.contains("spark-admin:workspaces_read"),
        "{}",
        refused.text
    );
    let url = refused
        .header("x-hubsim-explain")
        .replacen(&hub.server.url(), "", 1);
    let told = hub.get(&url).expect(200).json();
    assert!(told["remedy"].as_str().unwrap().contains("/_sim/v1/scopes"));
}

#[test]
fn named_tokens_and_a_token_whose_request_named_no_scope_have_every_scope() {
    let hub = Hub::start();
    let unlimited = token(&hub, "", "");
    for path in ["/v1/people", "/v1/locations", "/v1/roles"] {
        for token in ["full-admin", "made-up", &unlimited] {
            let status = get(&hub, token, path).status;
            assert_eq!(status, 200, "{token} {path}");
        }
    }
}

#[test]
fn the_scope_of_everything_is_that_of_a_person_and_not_of_an_administrator() {
    let hub = Hub::start();
    let ada = token(&hub, "spark:all spark:kms", ADA);
    get(&hub, &ada, "/v1/people/me").expect(200);
    let admin = token(&hub, "spark:all", "");
    let refused = get(&hub, &admin, "/v1/licenses").expect(403);
    assert!(
        refused.text.contains("spark-admin:licenses_read"),
        "{}",
        refused.text
    );
}

#[test]
fn a_refreshed_token_has_the_scopes_of_the_first() {
    let hub = Hub::start();
    let path = format!(
        "/v1/authorize?{}",
        form(&[
            ("response_type", "code"),
            ("client_id", "c"),
            ("redirect_uri", BACK),
            ("scope", "spark-admin:people_read"),
        ])
    );
    let sent = hub.send("GET", &path, &[], &Value::Null).expect(302);
    let location = sent.header("location").to_owned();
    let (_, code) = location.split_once("code=").expect("a code");
    let exchange = |fields: &[(&str, &str)]| {
        hub.form("/v1/access_token", &form(fields))
            .expect(200)
            .json()
    };
    let first = exchange(&[
        ("grant_type", "authorization_code"),
        ("client_id", "c"),
        ("client_secret", "s"),
        ("code", code),
        ("redirect_uri", BACK),
    ]);
    assert_eq!(first["scope"], "spark-admin:people_read");
    let again = exchange(&[
        ("grant_type", "refresh_token"),
        ("client_id", "c"),
        ("client_secret", "s"),
        ("refresh_token", first["refresh_token"].as_str().unwrap()),
    ]);
    let token = again["access_token"].as_str().unwrap();
    get(&hub, token, "/v1/people").expect(200);
    get(&hub, token, "/v1/licenses").expect(403);
}

#[test]
fn where_scopes_only_warn_the_call_is_done_and_where_they_are_off_nothing_is_said() {
    for (mode, said) in [
        (ScopesMode::Warn, "spark-admin:licenses_read"),
        (ScopesMode::Off, ""),
    ] {
        let hub = with(mode);
        let token = token(&hub, "spark-admin:people_read", "");
        let answer = get(&hub, &token, "/v1/licenses").expect(200);
        assert!(answer.header("x-hubsim-warning").contains(said));
        assert_eq!(
            answer.header("x-hubsim-warning").is_empty(),
            said.is_empty()
        );
        let answer = get(&hub, &token, "/v1/people").expect(200);
        assert_eq!(answer.header("x-hubsim-warning"), "");
    }
}

#[test]
fn the_report_names_the_least_scopes_what_is_missing_and_what_was_not_needed() {
    let hub = Hub::start();
    let limited = token(
        &hub,
        "spark-admin:people_read spark-admin:devices_write",
        "",
    );
    get(&hub, &limited, "/v1/people").expect(200);
    get(&hub, &limited, "/v1/licenses").expect(403);
    let report = hub.get("/_sim/v1/scopes").expect(200);
    assert!(!report.text.contains(&limited), "{}", report.text);
    assert_eq!(report.json()["mode"], "enforce");
    let told = line(&hub, "full-admin by client-1");
    let least = json!(["spark-admin:licenses_read", "spark-admin:people_read"]);
    assert_eq!(told["least"], least);
    assert_eq!(told["missing"], json!(["spark-admin:licenses_read"]));
    assert_eq!(told["unused"], json!(["spark-admin:devices_write"]));
    assert_eq!(told["operations"].as_array().unwrap().len(), 2);
    get(&hub, "full-admin", "/v1/locations").expect(200);
    let named = line(&hub, "full-admin");
    assert_eq!(named["granted"], Value::Null);
    assert_eq!(named["least"], json!(["spark-admin:locations_read"]));
    assert_eq!(named["operations"][0]["source"], "documented");
}

#[test]
fn each_grant_of_a_client_has_its_own_line() {
    let hub = Hub::start();
    let first = token(
        &hub,
        "spark-admin:people_read spark-admin:licenses_read",
        "",
    );
    get(&hub, &first, "/v1/people").expect(200);
    get(&hub, &first, "/v1/licenses").expect(200);
    let second = token(&hub, "spark-admin:locations_read", "");
    get(&hub, &second, "/v1/locations").expect(200);
    get(&hub, &first, "/v1/people").expect(200);
    let items = hub.get("/_sim/v1/scopes").expect(200).json()["items"].clone();
    let lines = items.as_array().expect("lines").iter();
    let mut least: Vec<Value> = lines
        .filter(|line| line["token"] == "full-admin by client-1")
        .inspect(|line| assert_eq!(line["least"], line["granted"]))
        .map(|line| line["least"].clone())
        .collect();
    least.sort_by_key(Value::to_string);
    let wanted = [
        json!(["spark-admin:licenses_read", "spark-admin:people_read"]),
        json!(["spark-admin:locations_read"]),
    ];
    assert_eq!(least, wanted, "nothing that was called is forgotten");
}

#[test]
fn the_report_begins_anew_with_the_journal() {
    let hub = Hub::start();
    hub.get("/v1/people").expect(200);
    hub.call("DELETE", "/_sim/v1/requests", &Value::Null)
        .expect(204);
    let report = hub.get("/_sim/v1/scopes").expect(200).json();
    assert_eq!(report["items"], json!([]));
    hub.get("/v1/people").expect(200);
    let reset = "/_sim/v1/sandboxes/default/reset?scope=journal";
    hub.call("POST", reset, &Value::Null).expect(200);
    let report = hub.get("/_sim/v1/scopes").expect(200).json();
    assert_eq!(report["items"], json!([]));
    hub.get("/v1/people").expect(200);
    assert_eq!(
        line(&hub, "full-admin")["least"],
        json!(["spark-admin:people_read"])
    );
}

#[test]
fn the_report_names_what_no_scope_covers() {
    let hub = Hub::start();
    let page = "/_hub/v1/organizations/me/subscriptions";
    get(&hub, "read-only-admin", page).expect(200);
    let told = line(&hub, "read-only-admin");
    assert_eq!(told["least"], json!([]));
    assert_eq!(told["operations"], json!([]));
    let uncovered = told["uncovered"].as_array().unwrap();
    assert_eq!(uncovered.len(), 1);
    assert_eq!(
        uncovered[0]["path"],
        "/_hub/v1/organizations/{org}/subscriptions"
    );
}

#[test]
fn scopes_reach_neither_the_pages_of_control_hub_nor_the_control_of_the_simulator() {
    let hub = with(ScopesMode::Enforce);
    let narrow = token(&hub, "spark:people_read", "");
    get(&hub, &narrow, "/v1/licenses").expect(403);
    get(&hub, &narrow, "/_hub/v1/organizations/me/subscriptions").expect(200);
    get(&hub, &narrow, "/_sim/v1/clock").expect(200);
}

#[test]
fn what_was_granted_and_was_enough_is_the_least() {
    let hub = Hub::start();
    let token = token(&hub, "spark:people_read", "");
    get(&hub, &token, "/v1/people/me").expect(200);
    let items = hub.get("/_sim/v1/scopes").expect(200).json()["items"].clone();
    let line = &items[0];
    assert_eq!(line["granted"], json!(["spark:people_read"]), "{items}");
    assert_eq!(line["least"], json!(["spark:people_read"]));
    assert_eq!(line["missing"], json!([]));
    assert_eq!(line["unused"], json!([]));
}

#[test]
fn blanks_name_no_scope_and_scopes_that_nothing_needs_are_told() {
    let hub = Hub::start();
    let send = |scope: &str| {
        let path = format!(
            "/v1/authorize?client_id=c&response_type=code&redirect_uri=http%3A%2F%2Fx&scope={scope}"
        );
        hub.send("GET", &path, &[], &Value::Null)
    };
    let blank = token(&hub, "  ", "");
    get(&hub, &blank, "/v1/licenses").expect(200);
    let odd = send("bogus%3Ascope+spark%3Aall").expect(302);
    let warning = odd.header("x-hubsim-warning");
    assert!(warning.contains("bogus:scope"), "{warning}");
    assert!(!warning.contains("spark:all"), "{warning}");
    let url = odd
        .header("x-hubsim-explain")
        .replacen(&hub.server.url(), "", 1);
    let told = hub.get(&url).expect(200).text;
    assert!(told.contains("bogus:scope"), "{told}");
    assert_eq!(
        send("spark%3Akms").expect(302).header("x-hubsim-warning"),
        ""
    );
    for bad in ["a%22b", "a%0Ab", "sch%C3%B6n"] {
        let refused = send(bad).expect(400);
        assert!(refused.text.contains("invalid_scope"), "{}", refused.text);
    }
}
