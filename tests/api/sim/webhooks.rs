//! Deliveries of webhooks: what is told, to whom, how often, and what is kept of it.

mod moved_clock;
mod other_world;
mod places;
mod told_once;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use hubsim::events::webhooks::signature;
use serde_json::{Value, json};

use crate::support::{ADA, Hub};

const DELIVERIES: &str = "/_sim/v1/webhooks/deliveries";
const EXPORT: &str = "/_hub/v1/organizations/me/users/csv/export";
const SINK: &str = "/_sim/v1/webhooks/sink/jobs";

fn webhook(hub: &Hub, target: &str, more: &Value) -> String {
    webhook_in(hub, "", target, more)
}

/// A webhook of the sandbox that a path begins with.
fn webhook_in(hub: &Hub, sandbox: &str, target: &str, more: &Value) -> String {
    let mut body = json!({
        "name": "jobs", "targetUrl": target, "resource": "adminBatchJobs",
        "event": "statusChanged", "ownedBy": "org",
    });
    for (name, value) in more.as_object().expect("fields") {
        body[name] = value.clone();
    }
    let path = format!("{sandbox}/v1/webhooks");
    let made = hub.call("POST", &path, &body).expect(200).json();
    made["id"].as_str().expect("an id").to_owned()
}

fn export(hub: &Hub) {
    export_in(hub, "");
}

fn export_in(hub: &Hub, sandbox: &str) {
    let body = json!({"include": ["licenses"]});
    hub.call("POST", &format!("{sandbox}{EXPORT}"), &body)
        .expect(202);
}

fn run(hub: &Hub) {
    hub.call("POST", "/_sim/v1/tasks/run", &json!({}))
        .expect(200);
}

fn advance(hub: &Hub, by: &str) {
    hub.call("POST", "/_sim/v1/clock/advance", &json!({"by": by}))
        .expect(200);
}

/// The items of a list once they are as they shall be.
#[track_caller]
fn wait(hub: &Hub, path: &str, is_there: impl Fn(&[Value]) -> bool) -> Vec<Value> {
    let items = |list: &Value| list["items"].as_array().expect("items").clone();
    items(&document(hub, path, |list| is_there(&items(list))))
}

/// A document once it is as it shall be.
#[track_caller]
#[expect(
    clippy::disallowed_methods,
    reason = "deliveries take real time, on threads of their own"
)]
fn document(hub: &Hub, path: &str, is_there: impl Fn(&Value) -> bool) -> Value {
    let end = Instant::now() + Duration::from_secs(30);
    loop {
        let found = hub.get(path).expect(200).json();
        if is_there(&found) {
            return found;
        }
        assert!(Instant::now() < end, "{path}: {found}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// An address at which nobody listens.
fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    format!("http://{}/hook", listener.local_addr().expect("an address"))
}

/// A target that answers when it is told to.
struct Target(TcpListener);

impl Target {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.set_nonblocking(true).expect("an option");
        Self(listener)
    }

    fn url(&self) -> String {
        format!("http://{}/hook", self.0.local_addr().expect("an address"))
    }

    /// The next request, which waits for its answer.
    #[track_caller]
    #[expect(
        clippy::disallowed_methods,
        reason = "deliveries take real time, on threads of their own"
    )]
    fn next(&self) -> TcpStream {
        let end = Instant::now() + Duration::from_secs(30);
        loop {
            if let Ok((stream, _)) = self.0.accept() {
                stream.set_nonblocking(false).expect("an option");
                return stream;
            }
            assert!(Instant::now() < end, "nobody asked");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// Reads a request to its end and answers it.
fn answer(stream: TcpStream, body: &str) {
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a line");
        let lower = line.to_lowercase();
        if let Some(text) = lower.strip_prefix("content-length:") {
            length = text.trim().parse().expect("a number");
        }
        if line.trim().is_empty() {
            break;
        }
    }
    reader
        .read_exact(&mut vec![0; length])
        .expect("the whole body");
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
    let mut stream = reader.into_inner();
    stream.write_all(head.as_bytes()).expect("a reader");
    // Whoever wants the beginning alone may not take the rest.
    drop(stream.write_all(body.as_bytes()));
}

fn all_are(items: &[Value], count: usize, state: &str) -> bool {
    items.len() == count && items.iter().all(|it| it["state"] == state)
}

#[test]
fn a_webhook_is_told_of_each_status_of_a_bulk_job_in_order_and_signed() {
    let hub = Hub::start();
    let target = format!("{}{SINK}", hub.server.url());
    let id = webhook(&hub, &target, &json!({"secret": "hush"}));
    export(&hub);
    run(&hub);
    let sent = wait(&hub, SINK, |items| items.len() == 3);
    let bodies: Vec<Value> = sent
        .iter()
        .map(|it| serde_json::from_str(it["body"].as_str().expect("a body")).expect("JSON"))
        .collect();
    let statuses: Vec<&Value> = bodies
        .iter()
        .map(|body| &body["data"]["latestExecutionStatus"])
        .collect();
    assert_eq!(statuses, ["STARTING", "STARTED", "COMPLETED"]);
    let tasks = hub
        .get("/_hub/v1/organizations/me/tasks")
        .expect(200)
        .json();
    for (one, body) in sent.iter().zip(&bodies) {
        assert_eq!((&body["id"], &body["name"]), (&json!(id), &json!("jobs")));
        assert_eq!(body["data"]["id"], tasks["items"][0]["id"]);
        assert_eq!(body["resource"], "adminBatchJobs");
        assert_eq!(body["event"], "statusChanged");
        assert_eq!(body.get("secret"), None);
        let text = one["body"].as_str().expect("a body");
        assert_eq!(one["signature"], signature("hush", text.as_bytes()));
        assert_eq!(one["contentType"], "application/json");
    }
    let log = wait(&hub, DELIVERIES, |items| all_are(items, 3, "delivered"));
    assert_eq!(log[0]["id"], "delivery-1");
    assert_eq!(log[0]["attempts"][0]["status"], 200);
    assert_eq!(log[0]["request"]["body"], sent[0]["body"]);
    let again = format!("{DELIVERIES}/delivery-1/redeliver");
    let again = hub.call("POST", &again, &json!({})).expect(202).json();
    assert_eq!(again["redeliveryOf"], "delivery-1");
    let sent = wait(&hub, SINK, |items| items.len() == 4);
    assert_eq!(sent[3]["body"], sent[0]["body"]);
    hub.call("DELETE", SINK, &Value::Null).expect(204);
    assert_eq!(hub.get(SINK).expect(200).json()["items"], json!([]));
    hub.call("DELETE", DELIVERIES, &Value::Null).expect(204);
    hub.get(&format!("{DELIVERIES}/delivery-1")).expect(404);
}

#[test]
fn what_nobody_takes_is_tried_again_on_the_sandbox_clock_and_given_up() {
    let hub = Hub::start();
    webhook(&hub, &nobody(), &json!({}));
    export(&hub);
    let tried = |count: usize| {
        move |items: &[Value]| {
            items.len() == 1 && items[0]["attempts"].as_array().map(Vec::len) == Some(count)
        }
    };
    let first = wait(&hub, DELIVERIES, tried(1));
    assert_eq!(first[0]["state"], "pending");
    assert_eq!(first[0]["nextAttemptAt"], "2026-03-02T09:00:10.000Z");
    let error = first[0]["attempts"][0]["error"].to_string();
    assert!(error.contains("Nobody answered"), "{error}");
    // The clock stands, and so does the export, which would tell more.
    hub.call("PUT", "/_sim/v1/tasks/pace", &json!({"rowsPerSecond": 1}))
        .expect(200);
    for (by, count) in [("PT10S", 2), ("PT1M", 3), ("PT5M", 4)] {
        advance(&hub, by);
        let first_alone = move |items: &[Value]| tried(count)(items.get(..1).unwrap_or_default());
        wait(&hub, DELIVERIES, first_alone);
    }
    let log = wait(&hub, DELIVERIES, |items| items[0]["state"] == "failed");
    assert_eq!(log[0].get("nextAttemptAt"), None);
}

/// Proves: DEC-111
#[test]
fn a_webhook_that_fails_a_hundred_times_in_five_minutes_becomes_inactive() {
    let hub = Hub::start();
    let id = webhook(&hub, &nobody(), &json!({}));
    // Each export cancels the one before it, which is told, too.
    for _ in 0..51 {
        export(&hub);
    }
    let path = format!("/v1/webhooks/{id}");
    document(&hub, &path, |webhook| webhook["status"] == "inactive");
    let known = hub
        .get(&format!("{DELIVERIES}?webhookId={id}"))
        .expect(200)
        .json();
    let before = known["items"].as_array().map(Vec::len);
    run(&hub);
    let body = json!({"name": "jobs", "targetUrl": nobody(), "status": "active"});
    let again = hub.call("PUT", &path, &body).expect(200).json();
    assert_eq!(again["status"], "active");
    assert!(before >= Some(100), "{before:?}");
}

#[test]
fn only_this_machine_and_of_hubsim_only_sinks_are_called() {
    let hub = Hub::start();
    for (target, word) in [
        (
            "http://hooks.example/x".to_owned(),
            "--webhook-hosts hooks.example",
        ),
        ("https://127.0.0.1/x".to_owned(), "not https"),
        (
            format!("{}/_sim/v1/tasks/run", hub.server.url()),
            "calls itself",
        ),
    ] {
        let id = webhook(&hub, &target, &json!({}));
        export(&hub);
        let path = format!("{DELIVERIES}?webhookId={id}");
        let log = wait(&hub, &path, |items| {
            items.first().is_some_and(|it| it["state"] == "refused")
        });
        let error = log[0]["attempts"][0]["error"].to_string();
        assert!(error.contains(word), "{error}");
        hub.call("DELETE", &format!("/v1/webhooks/{id}"), &Value::Null)
            .expect(204);
    }
    let tasks = hub
        .get("/_hub/v1/organizations/me/tasks")
        .expect(200)
        .json();
    let mut items = tasks["items"].as_array().expect("tasks").iter();
    assert!(
        items.any(|task| task["status"] == "queued"),
        "no webhook ran a task"
    );
}

#[test]
fn who_is_told_of_what_depends_on_the_webhook() {
    let hub = Hub::start();
    export(&hub);
    run(&hub);
    let target = |name: &str| format!("{}/_sim/v1/webhooks/sink/{name}", hub.server.url());
    let to = |name: &str, more: Value| webhook(&hub, &target(name), &more);
    to(
        "all",
        json!({"resource": "all", "event": "all", "ownedBy": "creator"}),
    );
    to("other", json!({"resource": "rooms", "event": "created"}));
    to("done", json!({"filter": "latestExecutionStatus=COMPLETED"}));
    to("wrong", json!({"filter": "shoes=5"}));
    let own = json!({
        "name": "own", "targetUrl": target("ada"), "resource": "adminBatchJobs", "event": "all",
    });
    let ada = format!("user:{ADA}");
    hub.send_as(&ada, "POST", "/v1/webhooks", &own).expect(200);
    export(&hub);
    run(&hub);
    let count = |name: &str| {
        let path = format!("/_sim/v1/webhooks/sink/{name}");
        let list = hub.get(&path).expect(200).json();
        list["items"].as_array().expect("items").len()
    };
    wait(&hub, DELIVERIES, |items| all_are(items, 4, "delivered"));
    let counts = ["all", "other", "done", "wrong", "ada"].map(count);
    assert_eq!(
        counts,
        [3, 0, 1, 0, 0],
        "what was before the webhooks is not told"
    );
}

#[test]
fn what_is_wrong_with_a_call_is_said_and_sinks_are_bounded() {
    let hub = Hub::start();
    for (method, path, status) in [
        ("GET", format!("{DELIVERIES}/x"), 404),
        ("GET", format!("{DELIVERIES}/delivery-9"), 404),
        ("POST", format!("{DELIVERIES}/delivery-9/redeliver"), 404),
        ("GET", format!("{DELIVERIES}?state=lost"), 400),
        ("GET", "/_sim/v1/webhooks/sink/a_b".to_owned(), 400),
        (
            "POST",
            format!("/_sim/v1/webhooks/sink/{}", "x".repeat(65)),
            400,
        ),
    ] {
        hub.call(method, &path, &json!({})).expect(status);
    }
    let large = json!({"text": "x".repeat(20_000)});
    hub.call("POST", SINK, &large).expect(413);
    for number in 0..205 {
        hub.call("POST", SINK, &json!({"number": number}))
            .expect(200);
    }
    let kept = hub.get(SINK).expect(200).json();
    assert_eq!(kept["items"].as_array().map(Vec::len), Some(200));
    assert_eq!(kept["evicted"], 5);
    assert_eq!(kept["items"][0]["body"], "{\"number\":5}");
    hub.call("POST", "/_sim/v1/sandboxes/default/reset", &json!({}))
        .expect(200);
    assert_eq!(hub.get(SINK).expect(200).json()["items"], json!([]));
}
