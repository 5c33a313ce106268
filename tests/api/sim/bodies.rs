//! Bodies of `/_sim/v1` where the call takes none.

use serde_json::{Value, json};

use crate::support::Hub;

/// A call that takes no body, a body it was sent, and what the refusal says.
type Sent = (&'static str, &'static str, Value, &'static str);

#[test]
fn a_body_that_nobody_would_read_is_refused_and_nothing_is_done() {
    let hub = Hub::start();
    hub.call("POST", "/_sim/v1/snapshots", &json!({"name": "kept"}))
        .expect(201);
    let rule = json!({"match": {"method": "GET"}, "effect": {"status": 503}, "times": 1});
    hub.call("POST", "/_sim/v1/faults", &rule).expect(201);
    let (revision, history) = (hub.revision(), hub.get("/_sim/v1/history").text);
    let faults = hub.get("/_sim/v1/faults").text;
    let none = "takes no body";
    let sent: [Sent; 8] = [
        (
            "POST",
            "snapshots/kept/load",
            json!({"dryRun": true}),
            "?dryRun=",
        ),
        (
            "POST",
            "snapshots/kept/load",
            json!({"dryrun": true}),
            "?dryRun=",
        ),
        (
            "POST",
            "sandboxes/default/reset",
            json!({"scope": "faults"}),
            "?scope=",
        ),
        ("POST", "undo", json!({"steps": 2}), "?steps="),
        ("POST", "plan/1/apply", json!({"x": 1}), none),
        ("POST", "tasks/run", json!([1]), none),
        ("DELETE", "faults", json!({"id": "one"}), none),
        ("DELETE", "snapshots/kept", json!("kept"), none),
    ];
    for (method, path, body, part) in sent {
        let refused = hub.call(method, &format!("/_sim/v1/{path}"), &body);
        let detail = refused.expect(400).json()["detail"].to_string();
        assert!(detail.contains(part), "{path}: {detail}");
        assert!(detail.contains(none), "{path}: {detail}");
    }
    let text = hub.send_raw("POST", "/_sim/v1/undo", "text/plain", b"steps=2");
    text.expect(400);
    assert_eq!(hub.revision(), revision);
    assert_eq!(hub.get("/_sim/v1/history").text, history);
    assert_eq!(hub.get("/_sim/v1/faults").text, faults);
}

#[test]
fn an_empty_object_says_nothing_and_passes() {
    let hub = Hub::start();
    for body in ["{}", " { } ", ""] {
        hub.send_raw(
            "POST",
            "/_sim/v1/tasks/run",
            "application/json",
            body.as_bytes(),
        )
        .expect(200);
    }
}
