//! `--https`: certificates by name, the hosts of Webex, and what hostile clients get.

use std::io::{Read, Write};
use std::net::Shutdown;

use hubsim::http::hosts::VIRTUAL_HOSTS;
use serde_json::{Value, json};

use crate::secure::{ask, call, connect, get, options, rest, secure_address, status};
use crate::support::Hub;

/// The body of an answer.
fn body(answer: &str) -> Value {
    let (_, body) = answer.split_once("\r\n\r\n").expect("a head");
    serde_json::from_str(body).expect("a document")
}

#[test]
fn every_host_of_webex_and_of_ours_shows_a_certificate_for_its_name() {
    let mut options = options();
    options.allowed_host = vec!["hub.test".to_owned()];
    let hub = Hub::start_with(options);
    let hosts = VIRTUAL_HOSTS.iter().map(|host| host.name);
    for name in hosts.chain(["localhost", "127.0.0.1", "hub.test", "default.localhost"]) {
        let mut stream = call(&hub, name).unwrap_or_else(|error| panic!("{name}: {error}"));
        let answer = ask(&mut stream, &get("/v1/people", name));
        assert_eq!(status(&answer), 200, "{name}: {answer}");
        assert!(answer.contains("ada@harbour.example"), "{name}: {answer}");
    }
}

#[test]
fn a_foreign_name_gets_no_certificate() {
    let hub = Hub::start_with(options());
    for name in [
        "example.com",
        "webex.com",
        "evilwebexapis.com",
        "webexapis.com.example",
    ] {
        let error = call(&hub, name).expect_err("a refusal");
        assert!(
            error.to_string().contains("AccessDenied"),
            "{name}: {error}"
        );
    }
    let mut stream = call(&hub, "WebexAPIs.com").expect("a certificate, however it is written");
    assert_eq!(
        status(&ask(&mut stream, &get("/v1/people", "WebexAPIs.com"))),
        200
    );
}

#[test]
fn links_lead_back_over_tls_to_the_host_that_was_called() {
    let hub = Hub::start_with(options());
    let mut stream = call(&hub, "webexapis.com").expect("a connection");
    let answer = ask(&mut stream, &get("/v1/people?max=1", "webexapis.com"));
    assert!(
        answer.contains("link: <https://webexapis.com/v1/people?max=1&"),
        "{answer}"
    );
    let mut stream = call(&hub, "webexapis.com").expect("a connection");
    let answer = ask(&mut stream, &get("/v1/people/nobody", "webexapis.com"));
    let explained = "x-hubsim-explain: https://webexapis.com/_sim/v1/explain/";
    assert!(answer.contains(explained), "{answer}");
    // The plain listener says what it is.
    let plain = hub.get("/v1/people?max=1").expect(200);
    assert!(
        plain
            .header("link")
            .starts_with(&format!("<{}/v1/", hub.server.url()))
    );
}

#[test]
fn a_sandbox_is_chosen_by_its_host_over_tls_too() {
    let hub = Hub::start_with(options());
    hub.call("POST", "/_sim/v1/sandboxes", &json!({"id": "mine"}))
        .expect(201);
    let mut stream = call(&hub, "mine.localhost").expect("a connection");
    let answer = ask(&mut stream, &get("/v1/people?max=1", "mine.localhost"));
    assert!(
        answer.contains("link: <https://mine.localhost/v1/people"),
        "{answer}"
    );
    let mut stream = call(&hub, "none.localhost").expect("a connection");
    let answer = ask(&mut stream, &get("/v1/people", "none.localhost"));
    assert_eq!(status(&answer), 404, "{answer}");
}

#[test]
fn the_identity_broker_gives_tokens_below_its_own_prefix_and_no_other_host_does() {
    let hub = Hub::start_with(options());
    let form = "grant_type=authorization_code&client_id=me&client_secret=x&code=none\
                &redirect_uri=https%3A%2F%2Fclient.example";
    let post = |path: &str, host: &str| {
        format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            form.len()
        )
    };
    let broker = "/idb/oauth2/v1/access_token";
    let mut stream = call(&hub, "idbroker.webex.com").expect("a connection");
    let there = ask(&mut stream, &post(broker, "idbroker.webex.com"));
    let here = hub.form("/v1/access_token", form);
    assert_eq!(status(&there), here.status, "{there}");
    assert_eq!(body(&there)["message"], here.json()["message"]);
    assert_ne!(here.status, 404);
    let mut stream = call(&hub, "webexapis.com").expect("a connection");
    let elsewhere = ask(&mut stream, &post(broker, "webexapis.com"));
    assert_eq!(status(&elsewhere), 404, "{elsewhere}");
}

#[test]
fn the_names_of_webex_are_ours_with_https_alone() {
    let health = "/_sim/v1/health";
    let host = [("host", "webexapis.com")];
    let with = Hub::start_with(options());
    with.send("GET", health, &host, &Value::Null).expect(200);
    with.send("GET", health, &[("host", "example.com")], &Value::Null)
        .expect(403);
    let without = Hub::start();
    without.send("GET", health, &host, &Value::Null).expect(403);
}

#[test]
fn garbage_in_place_of_tls_ends_its_own_connection_alone() {
    let hub = Hub::start_with(options());
    let plain_request = get("/v1/people", "localhost");
    let endless = "\u{16}\u{3}\u{1}\u{7f}".repeat(20_000);
    for garbage in [
        plain_request.as_str(),
        "\0\0\0\0",
        &endless,
        "SSH-2.0-rust\r\n",
    ] {
        let mut stream = connect(secure_address(&hub));
        // The server may hang up before all of it is sent.
        stream.write_all(garbage.as_bytes()).unwrap_or_default();
        stream.shutdown(Shutdown::Write).unwrap_or_default();
        let mut said = Vec::new();
        stream.read_to_end(&mut said).unwrap_or_default();
        assert!(!said.starts_with(b"HTTP"), "{said:?}");
    }
    let mut stream = call(&hub, "localhost").expect("a connection");
    assert_eq!(
        status(&ask(&mut stream, &get("/v1/people", "localhost"))),
        200
    );
}

#[test]
fn who_never_finishes_a_handshake_is_hung_up_on() {
    let hub = Hub::start_with(options());
    let silent = connect(secure_address(&hub));
    let mut half = connect(secure_address(&hub));
    // The first bytes of a greeting that announces more.
    half.write_all(&[22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3])
        .expect("sent");
    for mut stream in [silent, half] {
        assert_eq!(
            rest(&mut stream),
            "",
            "the server says nothing and hangs up"
        );
    }
    let mut stream = call(&hub, "localhost").expect("a connection");
    assert_eq!(
        status(&ask(&mut stream, &get("/v1/people", "localhost"))),
        200
    );
}

#[test]
fn a_port_that_is_taken_is_named() {
    let first = Hub::start_with(options());
    let mut second = options();
    second.https_port = secure_address(&first).port();
    let world = crate::support::small_world();
    let refused = hubsim::Server::holding(second, world).expect_err("a refusal");
    let said = refused.to_string();
    let address = secure_address(&first).to_string();
    assert!(
        said.starts_with(&format!("cannot listen on {address}")),
        "{said}"
    );
}
