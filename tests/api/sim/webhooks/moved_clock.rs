//! Deliveries while a call moves the sandbox clock: each is attempted at its own moment.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use hubsim::catalog;
use hubsim::http::app::App;
use hubsim::http::deliveries::{Courier, Message, Untaken};
use hubsim::http::edge::{self, Incoming};
use hubsim::options::Options;
use hubsim::world::Moment;
use serde_json::{Value, json};

use super::{DELIVERIES, SINK, export, nobody, webhook};
use crate::support::{Hub, small_world};

const ADVANCE: &str = "/_sim/v1/clock/advance";
const TOLD: &str = "webhook.delivery";

/// A webhook of one message for each job, at an address at which nobody listens.
fn unheard(hub: &Hub) -> String {
    let first_alone = json!({"filter": "latestExecutionStatus=STARTING"});
    webhook(hub, &nobody(), &first_alone)
}

fn advance(hub: &Hub, by: &str) -> Value {
    let moved = hub.call("POST", ADVANCE, &json!({"by": by}));
    moved.expect(200).json()
}

fn log(hub: &Hub) -> Vec<Value> {
    let list = hub.get(&format!("{DELIVERIES}?max=500")).expect(200).json();
    list["items"].as_array().expect("items").clone()
}

/// At which times of the second of March a delivery was attempted.
fn attempts(delivery: &Value) -> Vec<String> {
    let attempts = delivery["attempts"].as_array().expect("attempts").iter();
    attempts.map(|it| time(&it["at"])).collect()
}

fn time(at: &Value) -> String {
    let at = at.as_str().expect("a time");
    let time = at.strip_prefix("2026-03-02T").expect("the day");
    time.trim_end_matches("Z").to_owned()
}

/// Proves: DEC-112
#[test]
fn one_advance_makes_every_retry_that_comes_due_in_it_at_its_moment() {
    let hub = Hub::start();
    unheard(&hub);
    export(&hub);
    let moved = advance(&hub, "PT1H");
    assert_eq!(time(&moved["now"]), "10:00:00.000");
    assert_eq!(moved.get("unsentDeliveries"), None);
    let log = log(&hub);
    assert_eq!(log.len(), 1);
    let due = [
        "09:00:00.000",
        "09:00:10.000",
        "09:01:10.000",
        "09:06:10.000",
    ];
    assert_eq!(attempts(&log[0]), due);
    assert_eq!(log[0]["state"], "failed");
    let fired = moved["fired"].as_array().expect("a list");
    let moments: Vec<String> = fired.iter().map(|it| time(&it["at"])).collect();
    assert!(moments.is_sorted(), "{fired:?}");
    assert!(fired.iter().any(|it| it["kind"] != TOLD), "{fired:?}");
    let told = fired.iter().filter(|it| it["kind"] == TOLD);
    let told: Vec<(String, &Value)> = told.map(|it| (time(&it["at"]), &it["id"])).collect();
    // The first attempt is made as soon as the job begins, perhaps before the clock is moved.
    assert!(
        told.ends_with(
            &due[1..]
                .iter()
                .map(|at| ((*at).to_owned(), &log[0]["id"]))
                .collect::<Vec<_>>()
        )
    );
}

#[test]
fn a_retry_is_made_once_and_not_before_its_time() {
    let hub = Hub::start();
    unheard(&hub);
    export(&hub);
    for (by, made, next) in [
        ("PT9.999S", 1, Some("09:00:10.000")),
        ("PT0.001S", 2, Some("09:01:10.000")),
        ("PT0S", 2, Some("09:01:10.000")),
        ("PT59.999S", 2, Some("09:01:10.000")),
        ("PT0.001S", 3, Some("09:06:10.000")),
        ("PT4M", 3, Some("09:06:10.000")),
        ("PT1M", 4, None),
        ("P1D", 4, None),
    ] {
        advance(&hub, by);
        let log = log(&hub);
        let due = log[0].get("nextAttemptAt").map(time);
        assert_eq!(due.as_deref(), next, "after {by}");
        assert_eq!(attempts(&log[0]).len(), made, "after {by}");
    }
}

#[test]
fn a_clock_that_is_set_forward_makes_them_too() {
    let hub = Hub::start();
    unheard(&hub);
    export(&hub);
    let to = json!({"now": "2026-03-02T09:01:10.000Z", "mode": "frozen"});
    hub.call("PUT", "/_sim/v1/clock", &to).expect(200);
    let due = ["09:00:00.000", "09:00:10.000", "09:01:10.000"];
    assert_eq!(attempts(&log(&hub)[0]), due);
}

#[test]
fn whoever_is_told_meanwhile_finds_the_clock_at_that_moment() {
    let hub = Hub::start();
    let target = format!("{}{SINK}", hub.server.url());
    webhook(&hub, &target, &json!({}));
    let slowly = json!({"rowsPerSecond": 1});
    hub.call("PUT", "/_sim/v1/tasks/pace", &slowly).expect(200);
    export(&hub);
    advance(&hub, "PT1H");
    let sent = hub.get(SINK).expect(200).json();
    let sent: Vec<String> = sent["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| time(&it["at"]))
        .collect();
    let log = log(&hub);
    let told: Vec<String> = log.iter().map(|it| time(&it["createdAt"])).collect();
    let tried: Vec<String> = log.iter().flat_map(attempts).collect();
    assert_eq!(sent.len(), 3);
    assert_eq!((&sent, &tried), (&told, &told));
    assert!(sent[2] > sent[0] && sent[2].as_str() < "10:00", "{sent:?}");
}

/// Proves: DEC-111
#[test]
fn one_advance_brings_a_webhook_to_a_hundred_failures_and_undo_takes_them_back() {
    let hub = Hub::start();
    let id = webhook(&hub, &nobody(), &json!({}));
    // Each export cancels the one before it: a message each for 18 that begin, 17 that are
    // cancelled, and two for the last, which runs when the clock moves.
    for _ in 0..18 {
        export(&hub);
    }
    advance(&hub, "PT2M");
    let path = format!("/v1/webhooks/{id}");
    let status = || hub.get(&path).expect(200).json()["status"].clone();
    assert_eq!(status(), "inactive");
    let log = log(&hub);
    assert_eq!(log.len(), 37);
    let all = log.iter().flat_map(|it| it["attempts"].as_array().unwrap());
    let unheard = |it: &&Value| it["error"].as_str().unwrap().contains("Nobody answered");
    let (failed, left): (Vec<&Value>, Vec<&Value>) = all.partition(unheard);
    assert_eq!((failed.len(), left.len()), (100, 11));
    assert!(
        failed
            .iter()
            .chain(&left)
            .all(|it| time(&it["at"]).as_str() <= "09:01:10.000")
    );
    assert!(
        left.iter()
            .all(|it| it["error"] == "The webhook is inactive.")
    );
    let ledger = hub.get("/_sim/v1/ledger?rule=DEC-111").expect(200).json();
    let done = ledger["items"].as_array().expect("items");
    assert_eq!(
        (done.len(), time(&done[0]["at"]).as_str()),
        (1, "09:01:10.000")
    );
    hub.call("POST", "/_sim/v1/undo", &json!({})).expect(200);
    assert_eq!(status(), "active");
}

/// A courier whom nobody answers, with time for so many attempts.
#[derive(Debug)]
struct Weary(Arc<AtomicUsize>);

impl Courier for Weary {
    fn send(&self, _message: &Message) -> Result<(u16, String), Untaken> {
        self.0.fetch_sub(1, Ordering::Relaxed);
        Ok((503, String::new()))
    }

    fn has_time(&self, _began: Moment) -> bool {
        self.0.load(Ordering::Relaxed) > 0
    }
}

/// Calls an operation in this process, where no thread sends.
fn call(app: &App, method: &str, path: &str, body: &Value) -> Value {
    let request = Incoming {
        method: method.to_owned(),
        path: path.to_owned(),
        body: body.to_string().into(),
        content_type: Some("application/json".to_owned()),
        authorization: Some("Bearer full-admin".to_owned()),
        ..Incoming::default()
    };
    let prepared = edge::prepare(app, request).expect("an operation");
    let reply = edge::run(app, &prepared).reply;
    let body = String::from_utf8_lossy(&reply.body);
    assert!(reply.status < 300, "{body}");
    serde_json::from_str(&body).expect("a document")
}

/// Proves: DEC-112
#[test]
fn what_slow_targets_leave_no_time_for_is_told_and_sent_by_who_comes_next() {
    let left = Arc::new(AtomicUsize::new(2));
    let options = Options::for_tests();
    let mut app = App::new(options, &catalog::ENGINE, catalog::table(), small_world());
    app.courier = Some(Arc::new(Weary(Arc::clone(&left))));
    let hook = json!({
        "name": "jobs", "targetUrl": nobody(), "resource": "adminBatchJobs",
        "event": "statusChanged", "filter": "latestExecutionStatus=STARTING",
    });
    call(&app, "POST", "/v1/webhooks", &hook);
    call(
        &app,
        "POST",
        super::EXPORT,
        &json!({"include": ["licenses"]}),
    );
    let moved = call(&app, "POST", ADVANCE, &json!({"by": "PT1H"}));
    assert_eq!(
        time(&moved["now"]),
        "10:00:00.000",
        "time passes all the same"
    );
    assert_eq!(moved["unsentDeliveries"], 1);
    let delivery = || {
        call(
            &app,
            "GET",
            &format!("{DELIVERIES}/delivery-1"),
            &Value::Null,
        )
    };
    assert_eq!(attempts(&delivery()), ["09:00:00.000", "09:00:10.000"]);
    assert_eq!(time(&delivery()["nextAttemptAt"]), "09:01:10.000");
    left.store(9, Ordering::Relaxed);
    let moved = call(&app, "POST", ADVANCE, &json!({"by": "PT5M"}));
    assert_eq!(moved.get("unsentDeliveries"), None);
    let late = ["10:00:00.000", "10:05:00.000"];
    assert_eq!(
        attempts(&delivery())[2..],
        late,
        "later, and each after its pause"
    );
}
