//! What the listener guards: sizes, slow clients, pages of other origins.

use std::io::{Read, Write};
use std::net::{IpAddr, TcpStream};

use hubsim::Server;
use hubsim::options::{CommandLine, Options};
use serde_json::Value;

use crate::support::Hub;

const AUTH: (&str, &str) = ("authorization", "Bearer full-admin");

/// What the server says on a connection of its own, until it closes it.
fn raw(hub: &Hub, request: &[u8]) -> String {
    let address = hub.server.url().replacen("http://", "", 1);
    let mut stream = TcpStream::connect(address).expect("a connection");
    // A server that has refused already may not read to the end.
    let _sent = stream.write_all(request);
    let mut answer = Vec::new();
    let mut piece = [0; 4096];
    while let Ok(count @ 1..) = stream.read(&mut piece) {
        answer.extend_from_slice(&piece[..count]);
    }
    String::from_utf8_lossy(&answer).into_owned()
}

fn impatient() -> Hub {
    let mut options = Options::for_tests();
    options.request_timeout = 1;
    Hub::start_with(options)
}

#[test]
fn headers_that_never_end_are_a_408() {
    let hub = impatient();
    let said = raw(
        &hub,
        b"GET /v1/people/me HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
    );
    assert!(said.starts_with("HTTP/1.1 408"), "{said}");
    hub.get("/v1/people/me").expect(200);
}

#[test]
fn a_body_that_never_ends_is_a_408_that_says_so_and_nothing_is_done() {
    let hub = impatient();
    let before = hub.revision();
    let said = raw(
        &hub,
        b"POST /v1/people HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer full-admin\r\n\
          Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"emails\":",
    );
    assert!(said.starts_with("HTTP/1.1 408"), "{said}");
    assert!(said.contains("did not arrive within 1 seconds"), "{said}");
    assert_eq!(hub.revision(), before);
}

#[test]
fn who_asks_for_a_web_socket_is_answered_without_one_and_at_once() {
    let hub = Hub::start();
    let ask = |head: &str, rest: &str| {
        let head = format!(
            "{head}Host: localhost\r\nAuthorization: Bearer full-admin\r\nUpgrade: WebSocket\r\n\
             Connection: Upgrade\r\n\r\n{rest}"
        );
        raw(&hub, head.as_bytes())
    };
    let said = ask(
        "GET /v1/people/me HTTP/1.1\r\nSec-WebSocket-Version: 13\r\n",
        "",
    );
    assert!(said.starts_with("HTTP/1.1 200"), "{said}");
    assert!(said.contains("displayName"), "{said}");
    let said = ask("GET /v1/nothing HTTP/1.1\r\n", "");
    assert!(said.starts_with("HTTP/1.1 404"), "{said}");
    // What follows is no second request: nobody knows where it would begin.
    let next = "GET /v1/people/me HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let said = ask("HEAD /v1/people/me HTTP/1.1\r\n", next);
    assert_eq!(said.matches("HTTP/1.1").count(), 1, "{said}");
    let body = r#"{"emails": ["new@harbour.example"], "displayName": "New"}"#;
    let head = format!(
        "POST /v1/people HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: {}\r\n",
        body.len()
    );
    let said = ask(&head, &format!("{body}{{more"));
    assert!(said.starts_with("HTTP/1.1 200"), "{said}");
    hub.get("/v1/people/me").expect(200);
}

#[test]
fn a_body_that_is_too_large_is_a_413_whether_its_length_is_told_or_not() {
    let mut options = Options::for_tests();
    options.max_body = 1000;
    let hub = Hub::start_with(options);
    let large = "x".repeat(1001);
    let headers = [AUTH, ("content-type", "application/json")];
    let answer = hub.send_text("POST", "/v1/people", &headers, large.clone());
    assert_eq!(answer.status, 413);
    assert!(answer.text.contains("--max-body"), "{}", answer.text);
    let chunked = format!(
        "POST /v1/people HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer full-admin\r\n\
         Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n3e9\r\n{large}\r\n0\r\n\r\n"
    );
    let said = raw(&hub, chunked.as_bytes());
    assert!(said.starts_with("HTTP/1.1 413"), "{said}");
}

#[test]
fn an_address_that_is_too_long_is_a_414_and_headers_that_are_too_large_a_431() {
    let hub = Hub::start();
    let long = format!("/v1/people?email={}", "x".repeat(20_000));
    let answer = hub.get(&long);
    assert_eq!(answer.status, 414);
    assert!(answer.text.contains("at most 16384"), "{}", answer.text);
    let large = "x".repeat(70_000);
    let answer = hub.send(
        "GET",
        "/v1/people",
        &[AUTH, ("x-large", &large)],
        &Value::Null,
    );
    assert_eq!(answer.status, 431);
    assert!(answer.text.contains("at most 65536"), "{}", answer.text);
    // What even the listener does not hold.
    let huge = format!(
        "GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n",
        "x".repeat(200_000)
    );
    let said = raw(&hub, huge.as_bytes());
    assert!(said.starts_with("HTTP/1.1 431"), "{said}");
    hub.get("/v1/people/me").expect(200);
}

#[test]
fn no_page_of_another_origin_may_call_unless_it_was_asked_for() {
    let hub = Hub::start();
    let page = ("origin", "https://app.example");
    let asked = ("access-control-request-method", "GET");
    let answer = hub.send("OPTIONS", "/v1/people", &[page, asked, AUTH], &Value::Null);
    assert_eq!(answer.status, 405);
    assert!(answer.header("allow").contains("GET"));
    let answer = hub.send("GET", "/v1/people", &[page, AUTH], &Value::Null);
    for name in answer.headers.keys().chain(hub.get("/").headers.keys()) {
        assert!(!name.as_str().starts_with("access-control"), "{name}");
    }
    hub.send("GET", "/_sim/v1/clock", &[page], &Value::Null)
        .expect(403);
}

#[test]
fn the_pages_of_an_origin_that_was_asked_for_may_call_and_read_headers() {
    let mut options = Options::for_tests();
    options.cors = vec!["https://app.example".to_owned()];
    let hub = Hub::start_with(options);
    let page = ("origin", "https://app.example");
    let preflight = [
        page,
        ("access-control-request-method", "PUT"),
        (
            "access-control-request-headers",
            "authorization, content-type",
        ),
    ];
    let answer = hub
        .send("OPTIONS", "/v1/people", &preflight, &Value::Null)
        .expect(204);
    assert_eq!(
        answer.header("access-control-allow-origin"),
        "https://app.example"
    );
    assert_eq!(
        answer.header("access-control-allow-headers"),
        "authorization, content-type"
    );
    assert!(
        answer
            .header("access-control-allow-methods")
            .contains("PUT")
    );
    for path in [
        "/v1/people",
        "/_sim/v1/clock",
        "/_hub/v1/organizations/me/users",
    ] {
        let site = ("sec-fetch-site", "cross-site");
        let answer = hub
            .send("GET", path, &[page, site, AUTH], &Value::Null)
            .expect(200);
        assert_eq!(
            answer.header("access-control-allow-origin"),
            "https://app.example"
        );
        assert!(
            answer
                .header("access-control-expose-headers")
                .contains("Retry-After")
        );
        assert_eq!(answer.header("vary"), "Origin");
    }
    let other = ("origin", "https://other.example");
    let answer = hub.send("GET", "/v1/people", &[other, AUTH], &Value::Null);
    assert_eq!(answer.header("access-control-allow-origin"), "");
    hub.send("GET", "/_sim/v1/clock", &[other], &Value::Null)
        .expect(403);
}

#[test]
fn any_origin_is_for_the_public_api_alone() {
    let mut options = Options::for_tests();
    options.cors = vec!["*".to_owned()];
    let hub = Hub::start_with(options);
    let page = ("origin", "https://app.example");
    let answer = hub
        .send("GET", "/v1/people", &[page, AUTH], &Value::Null)
        .expect(200);
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    let answer = hub
        .send("GET", "/_sim/v1/clock", &[page], &Value::Null)
        .expect(403);
    assert_eq!(answer.header("access-control-allow-origin"), "");
}

#[test]
fn an_origin_is_spelled_as_browsers_send_it() {
    let parse = |origin: &str| {
        let line = ["hubsim", "--cors", origin];
        <CommandLine as clap::Parser>::try_parse_from(line).is_ok()
    };
    for good in ["*", "http://localhost:3000", "https://app.example"] {
        assert!(parse(good), "{good}");
    }
    for bad in [
        "",
        "app.example",
        "https://app.example/",
        "ftp://a",
        "https://*.example",
    ] {
        assert!(!parse(bad), "{bad}");
    }
}

#[test]
fn nothing_listens_beyond_loopback_without_an_admin_token() {
    let mut options = Options::for_tests();
    options.scenario = "minimal".to_owned();
    options.bind = IpAddr::from([0, 0, 0, 0]);
    let refused = Server::start_with(options).map(Server::stop);
    let told = refused.expect_err("a refusal").to_string();
    assert!(told.contains("--admin-token"), "{told}");
}

#[test]
fn a_compressed_body_is_a_415_before_anything_unfolds_it() {
    let hub = Hub::start();
    let headers = [AUTH, ("content-encoding", "gzip")];
    let answer = hub.send("POST", "/v1/people", &headers, &Value::from("x"));
    assert_eq!(answer.status, 415);
    assert!(answer.text.contains("Content-Encoding"), "{}", answer.text);
}

#[test]
fn a_control_call_that_takes_no_document_takes_a_small_body_only() {
    let hub = Hub::start();
    let zeros = vec![0; 1_000_000];
    let fault = serde_json::json!({"match": {}, "effect": {"status": 500, "body": zeros}});
    let answer = hub.call("POST", "/_sim/v1/faults", &fault).expect(413);
    assert!(answer.text.contains("1048576"), "{}", answer.text);
    let faults = hub.get("/_sim/v1/faults").expect(200).json();
    assert_eq!(faults["items"], serde_json::json!([]));
}

/// Waits until it is so.
fn until(is_so: impl Fn() -> bool) {
    while !is_so() {
        std::thread::yield_now();
    }
}

#[test]
fn large_bodies_of_all_connections_together_are_bounded_and_small_ones_pass() {
    let mut options = Options::for_tests();
    options.max_body = 1 << 20;
    let hub = Hub::start_with(options);
    let app = hub.server.app();
    let address = hub.server.url().replacen("http://", "", 1);
    let head = format!(
        "POST /v1/people HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer full-admin\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        1 << 20
    );
    let most = (1 << 20) - 1;
    let mut open: Vec<TcpStream> = (0..8)
        .map(|_| {
            let mut stream = TcpStream::connect(&address).expect("a connection");
            stream.write_all(head.as_bytes()).expect("room");
            stream.write_all(&vec![b' '; most]).expect("room");
            stream
        })
        .collect();
    until(|| app.bodies.held() == app.bodies.most());
    let large = " ".repeat(100_000);
    let json = [AUTH, ("content-type", "application/json")];
    let refused = hub.send_text("POST", "/v1/people", &json, large.clone());
    assert_eq!(refused.status, 503, "{}", refused.text);
    assert_eq!(refused.header("retry-after"), "1");
    for part in ["8388608 bytes", "--max-body"] {
        assert!(refused.text.contains(part), "{}", refused.text);
    }
    let small = r#"{"emails": ["new@harbour.example"], "displayName": "New"}"#;
    hub.send_text("POST", "/v1/people", &json, small.to_owned())
        .expect(200);
    // One that goes and one that is answered make room; nothing stays held.
    drop(open.pop());
    until(|| app.bodies.held() < app.bodies.most());
    let read = hub.send_text("POST", "/v1/people", &json, large);
    read.expect(400);
    let mut last = open.pop().expect("a connection");
    last.write_all(b" ").expect("room");
    let mut answer = [0; 12];
    last.read_exact(&mut answer).expect("an answer");
    assert_eq!(&answer, b"HTTP/1.1 400");
    drop(open);
    until(|| app.bodies.held() == 0);
}

#[test]
fn a_body_whose_length_says_that_it_is_too_large_is_refused_before_it_comes() {
    let mut options = Options::for_tests();
    options.max_body = 1000;
    options.request_timeout = 5;
    let hub = Hub::start_with(options);
    let said = raw(
        &hub,
        b"POST /v1/people HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n",
    );
    assert!(said.starts_with("HTTP/1.1 413"), "{said}");
    assert!(said.contains("larger than 1000 bytes"), "{said}");
}

/// Whether this machine still has the server's side of a connection with a client's port.
#[cfg(target_os = "linux")]
fn is_open(server: u16, client: u16) -> bool {
    let table = std::fs::read_to_string("/proc/self/net/tcp").expect("the connections");
    let ends = [server, client].map(|port| format!(":{port:04X} "));
    let mut lines = table.lines().map(|line| line.split_whitespace().collect());
    lines.any(|parts: Vec<&str>| {
        let place = |at: usize| parts.get(at).map(|end| format!("{end} "));
        let has = |at: usize, end: &str| place(at).is_some_and(|place| place.ends_with(end));
        has(1, &ends[0]) && has(2, &ends[1])
    })
}

#[cfg(target_os = "linux")]
#[test]
fn the_connection_of_a_client_that_does_not_read_its_answers_ends() {
    let hub = impatient();
    let address = hub.server.url().replacen("http://", "", 1);
    let mut stream = TcpStream::connect(&address).expect("a connection");
    let large = "GET /_sim/v1/openapi/webex.json HTTP/1.1\r\nHost: localhost\r\n\r\n";
    stream
        .write_all(large.repeat(16).as_bytes())
        .expect("room for requests");
    let size = hub
        .get("/_sim/v1/openapi/webex.json")
        .expect(200)
        .text
        .len();
    let port = |address: std::net::SocketAddr| address.port();
    let server = port(stream.peer_addr().expect("an address"));
    let client = port(stream.local_addr().expect("an address"));
    assert!(is_open(server, client));
    until(|| !is_open(server, client));
    // What was under way is all that comes.
    let mut came = 0;
    let mut piece = vec![0; 1 << 16];
    while let Ok(count @ 1..) = stream.read(&mut piece) {
        came += count;
    }
    assert!(came < size * 16, "{came} of {}", size * 16);
    hub.get("/v1/people/me").expect(200);
}

#[test]
fn answers_that_nobody_reads_share_a_bound_and_give_it_back() {
    let path = "/_sim/v1/openapi/webex.json";
    let size = Hub::start().get(path).expect(200).text.len();
    let mut options = Options::for_tests();
    // Room for one and a third.
    options.max_body = size / 6;
    let hub = Hub::start_with(options);
    let address = hub.server.url().replacen("http://", "", 1);
    let mut stream = TcpStream::connect(&address).expect("a connection");
    let large = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    stream
        .write_all(large.repeat(300).as_bytes())
        .expect("room for requests");
    // Until the connection is full, what was sent first is taken by it and gives room back.
    let mut answers = (0..5000).map(|_| hub.get(path));
    let refused = answers.find(|answer| answer.status == 503);
    let refused = refused.expect("no room");
    assert_ne!(refused.header("retry-after"), "");
    assert!(refused.text.contains("large answers"), "{}", refused.text);
    hub.get("/v1/people/me").expect(200);
    drop(stream);
    until(|| hub.get(path).status == 200);
    assert_eq!(hub.get(path).expect(200).text.len(), size);
}

#[test]
fn a_large_answer_for_which_there_is_no_room_is_told_as_refused_everywhere() {
    let mut options = Options::for_tests();
    options.scenario = "demo".to_owned();
    options.max_body = 1000;
    let hub = Hub::starting(options);
    let app = hub.server.app();
    let named = serde_json::json!({"name": "large"});
    hub.call("POST", "/_sim/v1/snapshots", &named).expect(201);
    for path in [
        "/v1/people?max=1000&callingData=true",
        "/_sim/v1/snapshots/large",
    ] {
        let refused = hub.get(path).expect(503);
        assert!(refused.text.contains("8000 bytes"), "{}", refused.text);
        assert_ne!(refused.header("retry-after"), "");
        let explain = format!("/_sim/v1/explain/{}", refused.header("trackingid"));
        let told = hub.get(&explain).expect(200).json();
        assert_eq!(told["request"]["status"], 503, "{told}");
        assert_ne!(told["remedy"], Value::Null);
    }
    let requests = hub.get("/_sim/v1/requests").expect(200).json();
    assert_eq!(requests["items"][0]["status"], 503, "{requests}");
    assert_eq!(app.bodies.held(), 0);
    hub.get("/v1/people/me").expect(200);
}
