//! Whoever writes in one sandbox keeps nobody waiting in another, and no reader in its own.

use std::sync::mpsc::channel;

use hubsim::http::edge::{self, Incoming};
use hubsim::model::Organization;
use hubsim::options::Options;
use hubsim::world::World;
use serde_json::{Value, json};

use crate::support::{Hub, START, put, small_world, world_with};

const WRITERS: usize = 12;

/// Everything that only looks at the sandbox whose writer does not end.
fn look(hub: &Hub) {
    let tenant = hub.server.app().tenant("a").expect("a");
    let revision = tenant.sandbox.read().revision;
    let read = |path: &str| {
        hub.send_as("full-admin.a", "GET", path, &Value::Null)
            .expect(200)
    };
    for path in [
        "/_sim/v1/history",
        "/_sim/v1/ledger",
        "/_sim/v1/clock",
        "/_sim/v1/sandboxes/a/diff",
        "/_sim/v1/requests",
    ] {
        read(path);
    }
    let past = [
        ("authorization", "Bearer full-admin.a"),
        ("x-sim-at", &*revision.to_string()),
    ];
    hub.send("GET", "/v1/people", &past, &Value::Null)
        .expect(200);
    let name = json!({"name": "meanwhile"});
    hub.send_as("full-admin.a", "POST", "/_sim/v1/snapshots", &name)
        .expect(201);
    hub.call("POST", "/_sim/v1/sandboxes/a/fork", &json!({"id": "c"}))
        .expect(201);
}

#[test]
fn a_writer_that_does_not_end_delays_no_other_sandbox_and_no_reader() {
    let hub = Hub::start();
    for id in ["a", "b"] {
        hub.call("POST", "/_sim/v1/sandboxes", &json!({"id": id}))
            .expect(201);
    }
    let (begun, begin) = channel();
    let (end, ended) = channel::<()>();
    let hub = &hub;
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let tenant = hub.server.app().tenant("a").expect("a");
            let context = tenant.own_context("test", tenant.time());
            tenant.sandbox.write(&context, |_| {
                begun.send(()).expect("a test that listens");
                ended.recv().map_err(drop)
            })
        });
        begin.recv().expect("a writer");
        // More of them than the server has threads.
        let waiting: Vec<_> = (0..WRITERS)
            .map(|number| {
                let body = json!({"displayName": format!("Room {number}")});
                scope.spawn(move || hub.send_as("full-admin.a", "POST", "/v1/workspaces", &body))
            })
            .collect();
        for number in 0..40 {
            let body = json!({"displayName": format!("Room {number}")});
            hub.send_as("full-admin.b", "POST", "/v1/workspaces", &body)
                .expect(201);
            hub.send_as("full-admin.b", "GET", "/v1/people", &Value::Null)
                .expect(200);
            hub.send_as("full-admin.a", "GET", "/v1/people", &Value::Null)
                .expect(200);
        }
        look(hub);
        assert!(
            waiting.iter().all(|writer| !writer.is_finished()),
            "they wait for their turn"
        );
        end.send(()).expect("a writer");
        for writer in waiting {
            writer.join().expect("an answer").expect(201);
        }
    });
    let rooms = hub
        .send_as("full-admin.a", "GET", "/v1/workspaces", &Value::Null)
        .json();
    assert_eq!(rooms["items"].as_array().map(Vec::len), Some(WRITERS));
}

#[test]
fn the_list_of_all_numbers_of_a_large_organization_keeps_no_reader_of_the_network_waiting() {
    let large = world_with(|tx| {
        let firm = json!({"name": "Firm", "created": START, "country": "US"});
        for _ in 0..5_001 {
            put::<Organization>(tx, firm.clone());
        }
    });
    let is_heavy = |world: World, path: &str| {
        let hub = Hub::holding(Options::for_tests(), world);
        let incoming = Incoming {
            method: "GET".to_owned(),
            path: path.to_owned(),
            authorization: Some("Bearer full-admin".to_owned()),
            host: Some("localhost".to_owned()),
            ..Incoming::default()
        };
        let prepared = edge::prepare(hub.server.app(), incoming);
        prepared.expect("an operation").is_heavy()
    };
    let numbers = "/v1/telephony/config/numbers";
    assert!(is_heavy(large.clone(), numbers));
    assert!(!is_heavy(large, "/v1/people/me"));
    assert!(!is_heavy(small_world(), numbers));
}
