//! Whatever is sent to whichever operation, the answer is never a 5xx, and nothing changes.

use hubsim::http::{Access, Fidelity, Method, Operation};
use serde_json::Value;

use crate::support::{ADA, Hub, filled, person_id};

/// Things that are no ids.
const BAD_IDS: &[&str] = &[
    "0",
    "-1",
    "null",
    "%00",
    "%F0%9F%92%A9",
    "..%2F..%2Fetc",
    "Y2lzY29zcGFyazovL3Vz",
    "====",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "a%20b",
    "%FF%FE",
    "%3Cscript%3E",
];

/// Things that are no bodies.
const BAD_BODIES: &[&str] = &[
    "",
    "null",
    "true",
    "[]",
    "[[[[[[[[",
    "{\"",
    "\"text\"",
    "1e999",
    "{\"emails\":{}}",
    "{\"licenses\":7}",
    "{\"enabled\":\"maybe\"}",
    "{\"a\":\"\\ud800\"}",
    "\u{feff}{}",
    "{}{}",
];

fn operations(hub: &Hub) -> Vec<&'static Operation> {
    let table = hub.server.app().table;
    let shown = table.operations.iter().filter(|operation| {
        operation.fidelity > Fidelity::F0
            && operation.access != Access::Open
            && !operation.path.ends_with("/shutdown")
    });
    shown.collect()
}

fn path_with<'a>(operation: &'a Operation, id: &'a str) -> String {
    filled(operation.path, |_| id)
}

fn send(hub: &Hub, method: &str, path: &str, body: &str) -> u16 {
    hub.send_raw(method, path, "application/json", body.as_bytes())
        .status
}

#[test]
fn ids_of_every_bad_kind_are_refused_without_a_trace() {
    let hub = Hub::start();
    let before = hub.get("/v1/people").expect(200).text;
    for operation in operations(&hub).iter().filter(|o| o.path.contains('{')) {
        for id in BAD_IDS {
            let path = path_with(operation, id);
            let status = send(&hub, operation.method.name(), &path, "{}");
            assert!(status < 500, "{} {path}: {status}", operation.method.name());
        }
    }
    assert_eq!(hub.get("/v1/people").expect(200).text, before);
}

#[test]
fn bodies_of_every_bad_kind_are_refused() {
    let hub = Hub::start();
    let ada = person_id(&hub, "full-admin", ADA);
    for operation in operations(&hub).iter().filter(|o| o.method != Method::Get) {
        if operation.method == Method::Delete {
            continue;
        }
        for body in BAD_BODIES {
            let path = path_with(
                operation,
                if operation.path.contains("{org}") {
                    "me"
                } else {
                    &ada
                },
            );
            let status = send(&hub, operation.method.name(), &path, body);
            assert!(
                status < 500,
                "{} {path} {body}: {status}",
                operation.method.name()
            );
        }
    }
}

#[test]
fn deep_documents_and_long_texts_are_refused() {
    let hub = Hub::start();
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let wide = format!(
        "{{\"emails\":[\"{}@harbour.example\"]}}",
        "x".repeat(1_000_000)
    );
    for body in [deep.as_str(), wide.as_str()] {
        assert_eq!(send(&hub, "POST", "/v1/people", body), 400);
    }
}

#[test]
fn a_list_never_fills_the_fields_of_an_object() {
    let hub = Hub::start();
    let ada = person_id(&hub, "full-admin", ADA);
    let path = format!("/v1/people/{ada}/features/callWaiting");
    let before = hub.get(&path).expect(200).text;
    assert_eq!(send(&hub, "PUT", &path, "[false]"), 400);
    assert_eq!(hub.get(&path).expect(200).text, before);
}

#[test]
fn a_body_above_the_limit_is_413() {
    let mut options = hubsim::options::Options::for_tests();
    options.max_body = 1000;
    let hub = Hub::start_with(options);
    assert_eq!(send(&hub, "POST", "/v1/people", &"x".repeat(2000)), 413);
}

#[test]
fn queries_of_every_bad_kind_are_refused() {
    let hub = Hub::start();
    for operation in operations(&hub).iter().filter(|o| o.method == Method::Get) {
        for query in [
            "max=-1",
            "max=0",
            "max=99999999999999999999",
            "start=x",
            "callingData=perhaps",
        ] {
            let path = format!("{}?{query}", path_with(operation, "me"));
            let status = hub.get(&path).status;
            // Of a person named `me` there are operations of their own, not all simulated.
            let is_another = status == 501 && path.contains("/people/me?");
            assert!(status < 500 || is_another, "{path}: {status}");
        }
    }
}

#[test]
fn no_token_is_401_unknown_paths_404_other_methods_405_and_the_rest_501() {
    let hub = Hub::start();
    assert_eq!(hub.send("GET", "/v1/people", &[], &Value::Null).status, 401);
    let blank = [("authorization", "Bearer a b")];
    assert_eq!(
        hub.send("GET", "/v1/people", &blank, &Value::Null).status,
        401
    );
    hub.get("/v1/nothing/here").expect(404);
    let answer = hub.call("PATCH", "/v1/people", &Value::Null).expect(405);
    assert!(answer.header("allow").contains("GET"));
    let answer = hub.get("/v1/rooms").expect(501);
    assert!(answer.text.contains("GET /v1/rooms"), "{}", answer.text);
    hub.get("/v1/people/").expect(200);
}
