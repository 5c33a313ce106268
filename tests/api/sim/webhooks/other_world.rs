//! Another world comes while a call moves the clock, and targets that call hubsim themselves.

use serde_json::{Value, json};

use super::{
    DELIVERIES, Target, advance, all_are, answer, export, export_in, nobody, run, wait, webhook,
    webhook_in,
};
use crate::support::Hub;

const ADVANCE: &str = "/_sim/v1/clock/advance";
const RESET: &str = "/_sim/v1/sandboxes/default/reset";

fn by(duration: &str) -> Value {
    json!({ "by": duration })
}

/// The time that the clock shows.
fn now(hub: &Hub) -> Value {
    let clock = hub.get("/_sim/v1/clock").expect(200).json();
    clock["now"].clone()
}

/// A message that comes while the clock moves, and not before.
fn last_alone() -> Value {
    json!({"filter": "latestExecutionStatus=COMPLETED"})
}

/// Lets a month pass, and does something else while a target is told meanwhile. Answers the status
/// of both.
fn while_a_month_passes(hub: &Hub, target: &Target, path: &str) -> (u16, u16) {
    webhook(hub, &target.url(), &last_alone());
    export(hub);
    std::thread::scope(|scope| {
        let month = scope.spawn(|| hub.call("POST", ADVANCE, &by("P30D")).status);
        let asked = target.next();
        let other = hub.call("POST", path, &json!({})).status;
        answer(asked, "");
        (other, month.join().expect("an answer"))
    })
}

#[test]
fn a_reset_during_an_advance_keeps_its_own_clock_and_ends_the_advance() {
    let hub = Hub::start();
    let began = now(&hub);
    let target = Target::new();
    let statuses = while_a_month_passes(&hub, &target, RESET);
    assert_eq!(statuses, (200, 409));
    assert_eq!(now(&hub), began);
    advance(&hub, "PT1H");
}

#[test]
fn a_load_during_an_advance_keeps_its_own_clock_and_ends_the_advance() {
    let hub = Hub::start();
    let began = now(&hub);
    hub.call("POST", "/_sim/v1/snapshots", &json!({"name": "early"}))
        .expect(201);
    let target = Target::new();
    let load = "/_sim/v1/snapshots/early/load";
    let statuses = while_a_month_passes(&hub, &target, load);
    assert_eq!(statuses, (200, 409));
    assert_eq!(now(&hub), began);
}

#[test]
fn an_undo_during_an_advance_ends_the_advance_which_stays_one_step() {
    let hub = Hub::start();
    let target = Target::new();
    let statuses = while_a_month_passes(&hub, &target, "/_sim/v1/undo");
    assert_eq!(statuses, (200, 409));
    assert!(now(&hub).as_str().is_some_and(|now| now < "2026-03-03"));
    let hooks = hub.get("/v1/webhooks").expect(200).json();
    assert_eq!(hooks["items"], json!([]));
}

#[test]
fn a_sandbox_that_is_deleted_during_an_advance_ends_the_advance() {
    let hub = Hub::start();
    hub.call("POST", "/_sim/v1/sandboxes", &json!({"id": "brief"}))
        .expect(201);
    let target = Target::new();
    webhook_in(&hub, "/_sandbox/brief", &target.url(), &last_alone());
    export_in(&hub, "/_sandbox/brief");
    let status = std::thread::scope(|scope| {
        let path = format!("/_sandbox/brief{ADVANCE}");
        let month = scope.spawn({
            let hub = &hub;
            move || hub.call("POST", &path, &by("P30D")).status
        });
        let asked = target.next();
        hub.call("DELETE", "/_sim/v1/sandboxes/brief", &Value::Null)
            .expect(204);
        answer(asked, "");
        month.join().expect("an answer")
    });
    assert_eq!(status, 409);
}

#[test]
fn a_target_that_moves_the_clock_before_it_answers_is_not_kept_from_answering() {
    let hub = Hub::start();
    let target = Target::new();
    webhook(&hub, &target.url(), &json!({}));
    export(&hub);
    let asked = target.next();
    let moved = hub.call("POST", ADVANCE, &by("PT1H")).expect(200).json();
    assert!(moved["unsentDeliveries"].as_u64() >= Some(1), "{moved}");
    answer(asked, "");
    for _ in 0..2 {
        answer(target.next(), "");
    }
    let items = wait(&hub, DELIVERIES, |items| all_are(items, 3, "delivered"));
    assert!(
        items
            .iter()
            .all(|it| it["attempts"].as_array().map(Vec::len) == Some(1))
    );
}

#[test]
fn a_target_that_moves_the_clock_while_a_call_moves_it_is_refused_in_time_to_answer() {
    let hub = Hub::start();
    let target = Target::new();
    webhook(&hub, &target.url(), &last_alone());
    export(&hub);
    let outer = std::thread::scope(|scope| {
        let outer = scope.spawn(|| hub.call("POST", ADVANCE, &by("PT1H")));
        let asked = target.next();
        let inner = hub.call("POST", ADVANCE, &by("PT1H")).expect(503);
        assert!(
            inner
                .text
                .contains("1 call moves the clock of this sandbox")
        );
        answer(asked, "");
        outer.join().expect("an answer").expect(200).json()
    });
    assert_eq!(outer["now"], "2026-03-02T10:00:00.000Z");
    wait(&hub, DELIVERIES, |items| all_are(items, 1, "delivered"));
}

#[test]
fn a_webhook_that_an_undo_brings_back_is_not_told_what_happened_without_it() {
    let hub = Hub::start();
    let id = webhook(&hub, &nobody(), &json!({}));
    hub.call("DELETE", &format!("/v1/webhooks/{id}"), &Value::Null)
        .expect(204);
    export(&hub);
    run(&hub);
    hub.call("POST", "/_sim/v1/undo", &json!({})).expect(200);
    hub.get(&format!("/v1/webhooks/{id}")).expect(200);
    advance(&hub, "PT1H");
    let told = hub.get(DELIVERIES).expect(200).json();
    assert_eq!(told["items"], json!([]));
}
