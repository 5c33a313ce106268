//! Delays, and connections that are closed before the answer or amid its body.

use std::io::{Read, Write};
use std::net::TcpStream;

use super::*;

/// Sends a request on a connection of its own and reads until the server closes it.
fn raw(hub: &Hub, method: &str, path: &str, body: &str) -> String {
    let address = hub.server.url().replacen("http://", "", 1);
    let mut stream = TcpStream::connect(&address).expect("a connection");
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer full-admin\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).expect("sent");
    let mut answer = Vec::new();
    // A connection that is closed amid an answer may be reset: what came before it counts.
    let mut piece = [0; 4096];
    while let Ok(count @ 1..) = stream.read(&mut piece) {
        answer.extend_from_slice(&piece[..count]);
    }
    String::from_utf8(answer).expect("a text")
}

fn last_request(hub: &Hub) -> Value {
    let items = hub.get("/_sim/v1/requests").json()["items"].clone();
    items
        .as_array()
        .unwrap()
        .last()
        .cloned()
        .expect("a request")
}

#[test]
fn a_connection_is_closed_before_the_first_byte_and_nothing_is_done() {
    let hub = Hub::start();
    let before = hub.revision();
    inject(&hub, &json!({"effect": {"drop": "beforeResponse"}}));
    let person = json!({"emails": ["new@harbour.example"], "displayName": "New"}).to_string();
    assert_eq!(raw(&hub, "POST", "/v1/people", &person), "");
    assert_eq!(raw(&hub, "GET", ME, ""), "");
    assert_eq!(hub.revision(), before);
    let last = last_request(&hub);
    assert!(last.get("status").is_none());
    let expected = json!({"id": "fault-1", "effect": {"drop": "beforeResponse"}});
    assert_eq!(last["simulatedFault"], expected);
}

/// The body of a cut answer, and the length that its headers promise.
fn cut_body(answer: &str) -> (&str, usize) {
    let (head, body) = answer.split_once("\r\n\r\n").expect("headers");
    let mut lines = head.lines();
    let length = lines.find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("content-length").then_some(value)
    });
    (body, length.expect("a length").parse().expect("a number"))
}

#[test]
fn a_connection_is_closed_amid_the_body_whose_length_was_promised() {
    let hub = Hub::start();
    let whole = hub.get(ME).expect(200).text;
    inject(&hub, &json!({"effect": {"drop": "midBody"}}));
    let answer = raw(&hub, "GET", ME, "");
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    let (body, length) = cut_body(&answer);
    assert_eq!(length, whole.len());
    assert_eq!(body.len(), whole.len() / 2);
    assert!(whole.starts_with(body));
    assert_eq!(last_request(&hub)["status"], 200);
}

#[test]
fn a_write_whose_answer_is_cut_was_not_done() {
    let hub = Hub::start();
    let before = hub.revision();
    let person = json!({"emails": ["new@harbour.example"], "displayName": "New"}).to_string();
    inject(&hub, &json!({"effect": {"drop": "midBody"}, "times": 1}));
    let answer = raw(&hub, "POST", "/v1/people", &person);
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert_eq!(hub.revision(), before);
    let found = hub.get("/v1/people?email=new@harbour.example").json();
    assert_eq!(found["items"], json!([]));
    // The same call again does it: nothing of the first was left behind.
    let person = serde_json::from_str(&person).expect("a document");
    hub.call("POST", "/v1/people", &person).expect(200);
}

#[test]
fn a_refusal_and_an_error_body_can_be_cut_too() {
    let hub = Hub::start();
    inject(
        &hub,
        &json!({"effect": {"drop": "midBody", "status": 502}, "times": 1}),
    );
    let answer = raw(&hub, "GET", ME, "");
    assert!(answer.starts_with("HTTP/1.1 502"), "{answer}");
    let (body, length) = cut_body(&answer);
    assert_eq!(body.len(), length / 2);
    inject(&hub, &json!({"effect": {"drop": "midBody"}, "times": 1}));
    let answer = raw(&hub, "GET", "/v1/nothing", "");
    assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
    let (body, length) = cut_body(&answer);
    assert_eq!(body.len(), length / 2);
    // An answer without a body has no half.
    let rule = json!({"match": {"method": "DELETE"}, "effect": {"drop": "midBody"}});
    inject(&hub, &rule);
    let id = person_id(&hub, "full-admin", ADA);
    assert_eq!(raw(&hub, "DELETE", &format!("/v1/people/{id}"), ""), "");
    read_ada(&hub).expect(200);
}

#[test]
fn tokens_are_not_handed_out_by_an_answer_that_is_cut() {
    let hub = Hub::start();
    inject(&hub, &json!({"effect": {"drop": "midBody"}}));
    let path = "/v1/authorize?response_type=code&client_id=c&redirect_uri=http://localhost/back";
    assert_eq!(raw(&hub, "GET", path, ""), "");
    assert_eq!(hub.server.app().grants.len(), 0);
}

#[test]
fn a_delay_with_jitter_is_drawn_from_the_seed_and_the_operation_runs_after_it() {
    let run = || {
        let hub = Hub::start();
        let effect = json!({"delayMs": 1, "jitterMs": 5});
        inject(&hub, &json!({"effect": effect}));
        for number in 0..12 {
            let email = format!("new{number}@harbour.example");
            let person = json!({"emails": [email], "displayName": "New"});
            hub.call("POST", "/v1/people", &person).expect(200);
        }
        let items = hub.get("/_sim/v1/requests").json()["items"].clone();
        let delay = |item: &Value| item["simulatedFault"]["effect"]["delayMs"].as_u64();
        let delays: Vec<_> = items.as_array().unwrap().iter().map(delay).collect();
        delays
            .into_iter()
            .map(|delay| delay.expect("a delay"))
            .collect::<Vec<_>>()
    };
    let delays = run();
    assert!(
        delays.iter().all(|delay| (1..=6).contains(delay)),
        "{delays:?}"
    );
    assert!(delays.iter().any(|delay| *delay != delays[0]), "{delays:?}");
    assert_eq!(run(), delays);
}

#[test]
fn a_request_that_waits_keeps_nobody_else_waiting() {
    let hub = Hub::start();
    let rule = json!({"match": {"pathPrefix": "/v1/licenses"}, "effect": {"delayMs": 60000}});
    inject(&hub, &rule);
    let address = hub.server.url().replacen("http://", "", 1);
    let waiting: Vec<TcpStream> = (0..32)
        .map(|_| {
            let mut stream = TcpStream::connect(&address).expect("a connection");
            let request = format!(
                "GET /v1/licenses HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer a\r\n\r\n"
            );
            stream.write_all(request.as_bytes()).expect("sent");
            stream
        })
        .collect();
    // More than there are threads, so that one that slept would be missed.
    for _ in 0..64 {
        hub.get(ME).expect(200);
    }
    let person = json!({"emails": ["new@harbour.example"], "displayName": "New"});
    hub.call("POST", "/v1/people", &person).expect(200);
    drop(waiting);
}
