//! Who may control the simulator, and from where.

use hubsim::options::{AuthMode, Options};
use serde_json::{Value, json};

use crate::support::{ADA, Hub};

const ADMIN: (&str, &str) = ("x-sim-admin-token", "secret");

fn strict() -> Hub {
    let mut options = Options::for_tests();
    options.auth = AuthMode::Strict;
    options.admin_token = Some("secret".to_owned());
    Hub::start_with(options)
}

#[test]
fn on_loopback_no_token_is_needed_while_authentication_is_open() {
    let hub = Hub::start();
    for path in [
        "/_sim/v1/sandboxes",
        "/_sim/v1/clock",
        "/_sim/v1/quirks",
        "/_sim/v1/ledger",
    ] {
        hub.send("GET", path, &[], &Value::Null).expect(200);
    }
}

#[test]
fn strict_authentication_knows_only_issued_tokens() {
    let hub = strict();
    hub.get("/v1/people/me").expect(200);
    hub.send_as("made-up", "GET", "/v1/people/me", &Value::Null)
        .expect(401);
    let ada = format!("user:{ADA}");
    hub.send_as(&ada, "GET", "/v1/people/me", &Value::Null)
        .expect(401);
    hub.send_as("full-admin.fresh", "GET", "/v1/people/me", &Value::Null)
        .expect(401);
    hub.send("GET", "/_sim/v1/clock", &[], &Value::Null)
        .expect(401);
    hub.send("GET", "/_sim/v1/health", &[], &Value::Null)
        .expect(200);
}

#[test]
fn a_strict_token_opens_its_own_sandbox_only() {
    let hub = strict();
    let create = json!({"id": "mine"});
    hub.call("POST", "/_sim/v1/sandboxes", &create).expect(403);
    hub.send("POST", "/_sim/v1/sandboxes", &[ADMIN], &create)
        .expect(201);
    let own = |method: &str, path: &str| {
        hub.send_as("full-admin.mine", method, path, &Value::Null)
            .status
    };
    assert_eq!(own("GET", "/v1/people/me"), 200);
    assert_eq!(own("GET", "/_sim/v1/clock"), 200);
    assert_eq!(own("GET", "/_sim/v1/sandboxes/mine"), 200);
    assert_eq!(own("POST", "/_sim/v1/sandboxes/mine/reset"), 200);
    assert_eq!(own("GET", "/_sim/v1/sandboxes/default"), 403);
    assert_eq!(own("POST", "/_sim/v1/sandboxes/default/reset"), 403);
    assert_eq!(own("GET", "/_sim/v1/sandboxes/nobody"), 403);
    assert_eq!(own("POST", "/_sim/v1/sandboxes/mine/fork"), 403);
    assert_eq!(own("POST", "/_sim/v1/shutdown"), 403);
    assert_eq!(own("GET", "/_sandbox/default/v1/people/me"), 403);
    let listed = hub.send_as("full-admin.mine", "GET", "/_sim/v1/sandboxes", &Value::Null);
    assert_eq!(listed.json()["items"].as_array().map(Vec::len), Some(1));
    let reader = hub.send_as(
        "read-only-admin.mine",
        "GET",
        "/_sim/v1/clock",
        &Value::Null,
    );
    assert_eq!(reader.status, 403);
}

#[test]
fn a_deleted_sandbox_takes_its_tokens_along() {
    let hub = strict();
    hub.send(
        "POST",
        "/_sim/v1/sandboxes",
        &[ADMIN],
        &json!({"id": "mine"}),
    )
    .expect(201);
    let me = || {
        hub.send_as("full-admin.mine", "GET", "/v1/people/me", &Value::Null)
            .status
    };
    assert_eq!(me(), 200);
    hub.send("DELETE", "/_sim/v1/sandboxes/mine", &[ADMIN], &Value::Null)
        .expect(204);
    assert_eq!(me(), 401);
}

#[test]
fn foreign_pages_are_refused_in_both_of_our_address_spaces() {
    let hub = Hub::start();
    let foreign: [(&str, &str); 4] = [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("host", "evil.example"),
    ];
    for header in foreign {
        let refused = hub
            .send("GET", "/_sim/v1/clock", &[header], &Value::Null)
            .expect(403);
        assert_eq!(refused.json()["errorCode"], 900_033, "{header:?}");
        let path = "/_hub/v1/organizations/me/subscriptions";
        let headers = [header, ("authorization", "Bearer full-admin")];
        hub.send("GET", path, &headers, &Value::Null).expect(403);
    }
    let own: [(&str, &str); 4] = [
        ("origin", "http://localhost:3000"),
        ("origin", "http://127.0.0.1:8765"),
        ("host", "localhost"),
        ("sec-fetch-site", "same-origin"),
    ];
    for header in own {
        hub.send("GET", "/_sim/v1/clock", &[header], &Value::Null)
            .expect(200);
    }
}

#[test]
fn a_host_may_be_allowed() {
    let mut options = Options::for_tests();
    options.allowed_host = vec!["hub.example".to_owned()];
    let hub = Hub::start_with(options);
    let headers = [
        ("host", "hub.example:8765"),
        ("origin", "http://hub.example:8765"),
    ];
    hub.send("GET", "/_sim/v1/clock", &headers, &Value::Null)
        .expect(200);
}

#[test]
fn the_public_api_may_be_called_from_any_page() {
    let hub = Hub::start();
    let headers = [
        ("origin", "https://app.example"),
        ("authorization", "Bearer full-admin"),
    ];
    hub.send("GET", "/v1/people/me", &headers, &Value::Null)
        .expect(200);
}

#[test]
fn shutdown_ends_the_wait_for_it() {
    let hub = Hub::start();
    hub.send("POST", "/_sim/v1/shutdown", &[], &Value::Null)
        .expect(202);
    // Asked before anybody waited: the wait ends at once all the same.
    let waiting = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    waiting.block_on(hub.server.asked_to_stop());
}

#[test]
fn an_empty_admin_token_is_none() {
    let mut options = Options::for_tests();
    options.admin_token = Some(String::new());
    options.bind = "0.0.0.0".parse().expect("an address");
    let refused = hubsim::Server::start_with(options).expect_err("no token, no server");
    assert!(refused.to_string().contains("--admin-token"), "{refused}");
    let mut options = Options::for_tests();
    options.auth = AuthMode::Strict;
    options.admin_token = Some(String::new());
    let hub = Hub::start_with(options);
    let empty = [("x-sim-admin-token", "")];
    hub.send("POST", "/_sim/v1/shutdown", &empty, &Value::Null)
        .expect(401);
}

#[test]
fn a_control_call_with_a_slip_of_the_pen_does_nothing() {
    let hub = Hub::start();
    let before = hub.revision();
    for (path, names) in [
        ("/_sim/v1/sandboxes/default/reset?scopes=journal", "scope"),
        ("/_sim/v1/undo?step=2", "steps"),
    ] {
        let answer = hub.call("POST", path, &Value::Null).expect(400);
        assert!(answer.text.contains(names), "{}", answer.text);
    }
    assert_eq!(hub.revision(), before);
}

#[test]
fn a_token_of_somebody_who_is_not_there_says_who_and_what_to_do() {
    let hub = Hub::start();
    let refused = hub.send_as("user:nobody", "GET", "/v1/people/me", &Value::Null);
    let refused = refused.expect(401);
    let description = refused.json()["errors"][0]["description"].to_string();
    assert!(description.contains("nobody"), "{description}");
    assert!(description.contains("default"), "{description}");
    let told = format!("/_sim/v1/explain/{}", refused.header("trackingid"));
    let remedy = hub.get(&told).expect(200).json()["remedy"].to_string();
    assert!(remedy.contains("/v1/people"), "{remedy}");
}

#[test]
fn who_is_not_let_in_by_a_strict_server_is_told_which_tokens_are() {
    let hub = strict();
    let refused = hub.send_as("made-up", "GET", "/v1/people/me", &Value::Null);
    let refused = refused.expect(401);
    assert!(refused.text.contains("full-admin"), "{}", refused.text);
    assert!(refused.text.contains("X-Sim-Admin-Token"));
}

#[test]
fn what_needs_the_admin_token_says_so_and_not_that_a_full_administrator_may() {
    let hub = strict();
    for (method, path) in [
        ("POST", "/_sim/v1/sandboxes"),
        ("POST", "/_sim/v1/shutdown"),
        ("GET", "/_sim/v1/sandboxes/other"),
    ] {
        let refused = hub.call(method, path, &json!({})).expect(403).json();
        let remedy = refused["remedy"].to_string();
        assert!(remedy.contains("X-Sim-Admin-Token"), "{path}: {refused}");
        assert!(!remedy.contains("full-admin"), "{path}: {refused}");
    }
}

#[test]
fn a_limit_of_the_simulator_says_how_long_to_wait() {
    let mut options = Options::for_tests();
    options.max_sandboxes = 1;
    let hub = Hub::start_with(options);
    let refused = hub.call("POST", "/_sim/v1/sandboxes", &json!({"id": "more"}));
    assert_eq!(refused.expect(429).header("retry-after"), "1");
    let refused = hub.send_as("full-admin.more", "GET", "/v1/people/me", &Value::Null);
    assert_eq!(refused.expect(429).header("retry-after"), "1");
}
