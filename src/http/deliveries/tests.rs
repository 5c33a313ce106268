//! What becomes of deliveries that fail.

use super::*;

fn message() -> Message {
    Message {
        webhook: Uuid::nil(),
        name: "jobs".to_owned(),
        target_url: "http://127.0.0.1:1/".to_owned(),
        resource: "adminBatchJobs",
        event: "statusChanged",
        headers: Vec::new(),
        body: Bytes::new(),
    }
}

fn failed(at: i64) -> Attempt {
    Attempt {
        at: Moment(at),
        status: Some(500),
        answer: String::new(),
        error: None,
    }
}

#[test]
fn a_delivery_is_tried_again_later_and_later_and_then_given_up() {
    let all = Deliveries::default();
    let added = all.add(message(), Moment(0), None);
    let mut now = 0;
    for wait in AGAIN_MILLIS {
        assert!(all.next_due(Moment(now)).is_some());
        assert!(!all.note(&added, failed(now)));
        assert!(all.next_due(Moment(now + wait - 1)).is_none());
        now += wait;
    }
    assert!(!all.note(&added, failed(now)));
    assert_eq!(
        all.get(added.number).map(|it| it.state),
        Some(State::Failed)
    );
    assert!(!all.any_waits());
}

#[test]
fn many_failures_within_five_minutes_are_too_many() {
    let all = Deliveries::default();
    let note = |at: i64| {
        let added = all.add(message(), Moment(at), None);
        all.note(&added, failed(at))
    };
    for failure in 0..99 {
        assert!(!note(failure));
    }
    assert!(note(99));
    for failure in 0..99 {
        assert!(!note(failure * FAILURES_MILLIS), "far between");
    }
}

#[test]
fn the_oldest_go_first_and_what_waits_is_counted() {
    let all = Deliveries::default();
    for _ in 0..=DELIVERIES_MAX {
        all.add(message(), Moment(0), None);
    }
    let (items, evicted) = all.list();
    assert_eq!(
        (items.len(), evicted, items[0].number),
        (DELIVERIES_MAX, 1, 2)
    );
    for delivery in items {
        all.give_up(&delivery, State::Refused, Moment(0), "no");
    }
    assert!(!all.any_waits());
    all.clear();
    assert_eq!(all.add(message(), Moment(0), None).number, 1);
}

#[test]
fn failures_of_webhooks_that_are_gone_are_forgotten() {
    let all = Deliveries::default();
    let added = all.add(message(), Moment(0), None);
    all.note(&added, failed(0));
    assert_eq!(all.lock().failures.len(), 1);
    all.keep_failures(|id| id == Uuid::nil());
    assert_eq!(all.lock().failures.len(), 1);
    all.keep_failures(|_| false);
    assert!(all.lock().failures.is_empty());
}
