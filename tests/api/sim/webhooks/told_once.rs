//! What happened is told once, where it happened: not before a webhook was there, not twice, not to
//! the webhooks of another sandbox, and none of it is forgotten.

use serde_json::{Value, json};

use super::{DELIVERIES, SINK, Target, all_are, answer, export, export_in, run, wait, webhook};
use crate::support::Hub;

const RUN: &str = "/_sim/v1/tasks/run";
const TASKS: &str = "/_hub/v1/organizations/me/tasks";

fn first_alone() -> Value {
    json!({"filter": "latestExecutionStatus=STARTING"})
}

fn sink(hub: &Hub) -> String {
    format!("{}{SINK}", hub.server.url())
}

/// What a field of the jobs was that deliveries tell of.
fn told(items: &[Value], field: &str) -> Vec<Value> {
    let body = |item: &Value| {
        let text = item["request"]["body"].as_str().expect("a body");
        serde_json::from_str::<Value>(text).expect("JSON")
    };
    let data = items.iter().map(|item| body(item)["data"][field].clone());
    data.collect()
}

#[test]
fn an_answer_to_a_delivery_that_is_forgotten_is_not_taken_for_that_of_a_new_one() {
    let hub = Hub::start();
    let target = Target::new();
    webhook(&hub, &target.url(), &first_alone());
    export(&hub);
    let forgotten = target.next();
    hub.call("DELETE", DELIVERIES, &Value::Null).expect(204);
    export(&hub);
    let fresh = wait(&hub, DELIVERIES, |items| items.len() == 1);
    assert_eq!(fresh[0]["id"], "delivery-1");
    answer(forgotten, "");
    let asked = target.next();
    let log = hub.get(DELIVERIES).expect(200).json();
    assert_eq!(log["items"], json!(fresh), "nobody has taken it");
    answer(asked, "");
    let log = wait(&hub, DELIVERIES, |items| all_are(items, 1, "delivered"));
    assert_eq!(log[0]["attempts"].as_array().map(Vec::len), Some(1));
}

/// Proves: DEC-128
#[test]
fn what_begins_right_after_a_load_is_told_and_what_the_load_brings_is_not() {
    let hub = Hub::start();
    webhook(&hub, &sink(&hub), &first_alone());
    export(&hub);
    run(&hub);
    wait(&hub, DELIVERIES, |items| all_are(items, 1, "delivered"));
    hub.call("POST", "/_sim/v1/snapshots", &json!({"name": "here"}))
        .expect(201);
    for _ in 0..10 {
        hub.call("DELETE", DELIVERIES, &Value::Null).expect(204);
        hub.call("POST", "/_sim/v1/snapshots/here/load", &Value::Null)
            .expect(200);
        export(&hub);
        let log = wait(&hub, DELIVERIES, |items| all_are(items, 1, "delivered"));
        let tasks = hub.get(TASKS).expect(200).json();
        assert_eq!(told(&log, "id"), [tasks["items"][0]["id"].clone()]);
    }
}

/// Proves: DEC-128
#[test]
fn webhooks_of_a_fork_are_told_of_what_happens_in_the_fork_alone() {
    let hub = Hub::start();
    webhook(&hub, &sink(&hub), &json!({}));
    export(&hub);
    run(&hub);
    wait(&hub, DELIVERIES, |items| all_are(items, 3, "delivered"));
    hub.call(
        "POST",
        "/_sim/v1/sandboxes/default/fork",
        &json!({"id": "twin"}),
    )
    .expect(201);
    let twin = "/_sandbox/twin";
    export_in(&hub, twin);
    hub.call("POST", &format!("{twin}{RUN}"), &json!({}))
        .expect(200);
    let log = wait(&hub, &format!("{twin}{DELIVERIES}"), |items| {
        items.len() >= 3
    });
    let tasks = hub.get(&format!("{twin}{TASKS}")).expect(200).json();
    assert_eq!(told(&log, "id"), vec![tasks["items"][0]["id"].clone(); 3]);
    let own = hub.get(DELIVERIES).expect(200).json();
    assert_eq!(own["items"].as_array().map(Vec::len), Some(3));
}

/// Proves: DEC-128
#[test]
fn a_webhook_is_told_what_happens_after_it_to_jobs_that_were_there_before() {
    let hub = Hub::start();
    let path = format!("{DELIVERIES}?webhookId=");
    export(&hub);
    let early = webhook(&hub, &sink(&hub), &json!({}));
    run(&hub);
    let log = wait(&hub, &format!("{path}{early}"), |items| {
        all_are(items, 2, "delivered")
    });
    let status = "latestExecutionStatus";
    assert_eq!(told(&log, status), ["STARTED", "COMPLETED"]);
    let late = webhook(&hub, &sink(&hub), &json!({}));
    export(&hub);
    let log = wait(&hub, &format!("{path}{late}"), |items| !items.is_empty());
    assert_eq!(
        told(&log, status),
        ["STARTING"],
        "what has ended is not told"
    );
}
