//! Which sandbox a code, a refresh token and what comes of them belong to.

use serde_json::{Value, json};

use super::{TARGET, exchange, refresh};
use crate::support::{Answer, Hub};

/// Two sandboxes beside `default`.
fn hub() -> Hub {
    let hub = Hub::with_scenario("minimal");
    for id in ["one", "two"] {
        let made = hub.call("POST", "/_sim/v1/sandboxes", &json!({"id": id}));
        made.expect(201);
    }
    hub
}

/// Asks for a code below a prefix, with these headers.
fn authorize(hub: &Hub, prefix: &str, headers: &[(&str, &str)]) -> Answer {
    let path =
        format!("{prefix}/v1/authorize?client_id=me&response_type=code&redirect_uri={TARGET}");
    hub.send("GET", &path, headers, &Value::Null)
}

fn code(hub: &Hub, prefix: &str, headers: &[(&str, &str)]) -> String {
    let sent = authorize(hub, prefix, headers).expect(302);
    let (_, code) = sent.header("location").split_once("code=").expect("a code");
    code.to_owned()
}

/// Exchanges a form below a prefix, with these headers.
fn token(hub: &Hub, prefix: &str, headers: &[(&str, &str)], form: &str) -> Answer {
    let kind = ("content-type", "application/x-www-form-urlencoded");
    let headers: Vec<_> = headers.iter().copied().chain([kind]).collect();
    let path = format!("{prefix}/v1/access_token");
    hub.send_text("POST", &path, &headers, form.to_owned())
}

/// The sandbox that a token opens.
fn opens(hub: &Hub, answer: &Answer) -> String {
    let token = answer.json()["access_token"]
        .as_str()
        .expect("a token")
        .to_owned();
    let ids = ["default", "one", "two"];
    let found = ids.into_iter().filter(|id| {
        let path = format!("/_sandbox/{id}/v1/people/me");
        hub.send_as(&token, "GET", &path, &Value::Null).status == 200
    });
    found.collect::<Vec<_>>().join(" ")
}

const BEARER: &str = "authorization";

#[test]
fn every_selector_says_whose_code_it_is() {
    let hub = hub();
    for (prefix, headers) in [
        ("/_sandbox/one", &[][..]),
        ("", &[("x-sim-sandbox", "one")]),
        ("", &[("host", "one.localhost")]),
        ("", &[(BEARER, "Bearer full-admin.one")]),
        (
            "",
            &[(BEARER, "Bearer user.one:kofi.lindqvist@pebblebrook.example")],
        ),
        ("/_sandbox/one", &[(BEARER, "Bearer full-admin.one")]),
        ("/_sandbox/one", &[(BEARER, "Bearer full-admin")]),
        ("/_sandbox/one", &[(BEARER, "Basic bWU6eA==")]),
    ] {
        let form = exchange(&code(&hub, prefix, headers), "");
        let answer = token(&hub, "", &[], &form).expect(200);
        assert_eq!(opens(&hub, &answer), "one", "{prefix} {headers:?}");
    }
    let plain = code(&hub, "", &[(BEARER, "Bearer full-admin")]);
    let answer = token(&hub, "", &[], &exchange(&plain, "")).expect(200);
    assert_eq!(opens(&hub, &answer), "default");
}

#[test]
fn selectors_that_disagree_about_a_code_are_refused() {
    let hub = hub();
    for (prefix, headers) in [
        ("/_sandbox/one", &[(BEARER, "Bearer full-admin.two")][..]),
        (
            "",
            &[(BEARER, "Bearer full-admin.two"), ("x-sim-sandbox", "one")],
        ),
        ("/_sandbox/default", &[(BEARER, "Bearer full-admin.two")]),
    ] {
        let refused = authorize(&hub, prefix, headers).expect(400);
        assert!(
            refused.text.contains("belongs to sandbox"),
            "{}",
            refused.text
        );
    }
}

#[test]
fn a_sandbox_takes_no_code_and_no_refresh_token_of_another() {
    let hub = hub();
    let one = "/_sandbox/one";
    let code = exchange(&code(&hub, one, &[]), "");
    let foreign = [
        ("/_sandbox/two", &[][..]),
        ("/_sandbox/default", &[]),
        ("", &[("x-sim-sandbox", "two")]),
        ("", &[(BEARER, "Bearer full-admin.two")]),
    ];
    let is_refused = |form: &str| {
        for (prefix, headers) in foreign {
            let refused = token(&hub, prefix, headers, form).expect(400);
            let says = "belongs to sandbox \\\"one\\\", the request names";
            assert!(refused.text.contains(says), "{prefix} {}", refused.text);
        }
    };
    is_refused(&code);
    // It was not used up by that.
    let answer = token(&hub, one, &[], &code).expect(200);
    assert_eq!(opens(&hub, &answer), "one");
    let renewal = answer.json()["refresh_token"]
        .as_str()
        .expect("a token")
        .to_owned();
    let renewal = refresh(&renewal);
    is_refused(&renewal);
    for (prefix, headers) in [
        (one, &[][..]),
        ("", &[]),
        ("", &[(BEARER, "Bearer full-admin")]),
        ("", &[(BEARER, "Bearer full-admin.one")]),
    ] {
        let answer = token(&hub, prefix, headers, &renewal).expect(200);
        assert_eq!(opens(&hub, &answer), "one");
    }
}

#[test]
fn operations_without_a_token_hear_what_a_token_says_of_the_sandbox() {
    let hub = hub();
    let message = json!({"a": 1});
    let sink = "/_sim/v1/webhooks/sink/x";
    hub.send_as("full-admin.one", "POST", sink, &message)
        .expect(200);
    for (id, count) in [("one", 1), ("two", 0), ("default", 0)] {
        let read = hub.get(&format!("/_sandbox/{id}{sink}")).expect(200).json();
        assert_eq!(read["items"].as_array().map(Vec::len), Some(count), "{id}");
    }
    let prefixed = format!("/_sandbox/two{sink}");
    hub.send_as("full-admin.one", "POST", &prefixed, &message)
        .expect(400);
    hub.send_as("full-admin.fresh", "GET", "/_sim/v1/health", &Value::Null)
        .expect(200);
    hub.send_as("nobody", "GET", "/_sim/v1/health", &Value::Null)
        .expect(200);
}
