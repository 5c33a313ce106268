//! `/_sim/v1/events`

use hubsim::http::bell::{MOST_EARS, MOST_STREAMS};
use serde_json::{Value, json};

use crate::support::{ADA, Event, Events, Hub};

const EVENTS: &str = "/_sim/v1/events";

/// Changes the display name of Ada; answers the tracking id.
fn rename(hub: &Hub, name: &str) -> String {
    let id = crate::support::person_id(hub, "full-admin", ADA);
    let path = format!("/v1/people/{id}?callingData=true");
    let mut person = hub.get(&path).expect(200).json();
    person["displayName"] = name.into();
    let answer = hub.call("PUT", &path, &person).expect(200);
    answer.header("trackingid").to_owned()
}

fn next(events: &mut Events, name: &str) -> Event {
    let event = events.next().expect("an event");
    assert_eq!(event.name, name, "{event:?}");
    event
}

#[test]
fn a_commit_is_told_as_it_happens_with_who_did_what_to_whom() {
    let hub = Hub::start();
    let mut events = hub.listen(EVENTS, &[]);
    let tracking_id = rename(&hub, "Ada Byron");
    let event = next(&mut events, "commit");
    assert_eq!(event.id, Some(hub.revision().to_string()));
    assert_eq!(event.data["revision"], hub.revision());
    assert_eq!(event.data["trackingId"], tracking_id.as_str());
    assert_eq!(event.data["operation"], "updateAPerson");
    assert_eq!(event.data["actor"]["email"], "faye@harbour.example");
    assert_eq!(event.data["holders"][0]["name"], "Ada Byron");
    assert_eq!(event.data["lost"], 0);
}

#[test]
fn a_commit_names_whom_it_deleted() {
    let hub = Hub::start();
    let id = crate::support::person_id(&hub, "full-admin", ADA);
    let mut events = hub.listen(EVENTS, &[]);
    let path = format!("/v1/people/{id}");
    hub.call("DELETE", &path, &Value::Null).expect(204);
    let event = next(&mut events, "commit");
    let holders = event.data["holders"].as_array().expect("a list");
    assert!(
        holders.iter().any(|holder| holder["id"] == id.as_str()),
        "{event:?}"
    );
}

#[test]
fn what_is_read_or_refused_is_no_event() {
    let hub = Hub::start();
    let mut events = hub.listen(EVENTS, &[]);
    hub.get("/v1/people").expect(200);
    hub.call("PUT", "/v1/people/nobody", &json!({})).expect(404);
    rename(&hub, "Ada Byron");
    assert_eq!(
        next(&mut events, "commit").data["operation"],
        "updateAPerson"
    );
}

#[test]
fn the_clock_a_reset_and_a_load_are_told() {
    let hub = Hub::start();
    let mut events = hub.listen(EVENTS, &[]);
    hub.call("POST", "/_sim/v1/clock/advance", &json!({"by": "P1D"}))
        .expect(200);
    let clock = next(&mut events, "clock");
    assert_eq!(
        clock.data,
        json!({"mode": "frozen", "now": "2026-03-03T09:00:00.000Z"})
    );
    assert_eq!(clock.id, None, "a clock is no revision to come back to");
    hub.call("POST", "/_sim/v1/sandboxes/default/reset", &Value::Null)
        .expect(200);
    let reset = next(&mut events, "reset");
    assert_eq!(reset.data["revision"], hub.revision());
    assert_eq!(
        next(&mut events, "clock").data["now"],
        "2026-03-02T09:00:00.000Z"
    );
    rename(&hub, "Ada Byron");
    next(&mut events, "commit");
}

#[test]
fn a_task_is_told_until_it_ends() {
    let hub = Hub::start();
    let mut events = hub.listen(&format!("{EVENTS}?kinds=task"), &[]);
    let export = "/_hub/v1/organizations/me/users/csv/export";
    let task = hub
        .call("POST", export, &json!({"include": ["licenses"]}))
        .expect(202)
        .json();
    hub.call("POST", "/_sim/v1/tasks/run", &Value::Null)
        .expect(200);
    let last = events
        .by_ref()
        .find(|event| event.data["status"] == "completed")
        .expect("the end");
    assert_eq!(last.name, "task");
    assert_eq!(last.data["id"], task["id"]);
    assert_eq!(last.data["kind"], "userExport");
    assert_eq!(last.data["percent"], 100);
}

#[test]
fn who_comes_back_is_told_what_happened_since_and_nothing_twice() {
    let hub = Hub::start();
    rename(&hub, "One");
    let known = hub.revision().to_string();
    rename(&hub, "Two");
    rename(&hub, "Three");
    let mut events = hub.listen(EVENTS, &[("last-event-id", &known)]);
    for name in ["Two", "Three"] {
        let event = next(&mut events, "commit");
        assert!(event.data["holders"][0]["name"].is_string(), "{name}");
    }
    next(&mut events, "clock");
    let mut since = hub.listen(&format!("{EVENTS}?since={known}&kinds=commit"), &[]);
    let first = next(&mut since, "commit");
    assert_eq!(first.data["revision"], hub.revision() - 1);
}

#[test]
fn what_is_no_longer_kept_is_told_as_a_gap() {
    let hub = Hub::start();
    let known = hub.revision().to_string();
    rename(&hub, "One");
    let gone = hub.revision();
    hub.call(
        "POST",
        "/_sim/v1/sandboxes/default/reset?scope=journal",
        &Value::Null,
    )
    .expect(200);
    rename(&hub, "Two");
    let mut events = hub.listen(EVENTS, &[("last-event-id", &known)]);
    let gap = next(&mut events, "gap");
    assert_eq!(gap.data["until"], gone);
    assert_eq!(next(&mut events, "commit").data["revision"], gone + 1);
    // An id of another server, which was further on.
    let mut foreign = hub.listen(EVENTS, &[("last-event-id", "900000")]);
    assert_eq!(next(&mut foreign, "gap").data["until"], gone + 1);
}

#[test]
fn a_stream_tells_of_its_own_sandbox_alone_and_ends_with_it() {
    let hub = Hub::start();
    hub.call("POST", "/_sim/v1/sandboxes", &json!({"id": "mine"}))
        .expect(201);
    let mut mine = hub.listen(&format!("/_sandbox/mine{EVENTS}"), &[]);
    rename(&hub, "Elsewhere");
    hub.call("DELETE", "/_sim/v1/sandboxes/mine", &Value::Null)
        .expect(204);
    assert_eq!(mine.next(), None);
}

#[test]
fn streams_end_when_the_server_stops() {
    let hub = Hub::start();
    let mut events = hub.listen(EVENTS, &[]);
    let Hub { server, .. } = hub;
    server.stop();
    assert_eq!(events.next(), None);
}

#[test]
fn streams_are_bounded_and_a_closed_one_makes_room() {
    let hub = Hub::start();
    let mut open: Vec<Events> = (0..MOST_EARS).map(|_| hub.listen(EVENTS, &[])).collect();
    let answer = hub.get(EVENTS).expect(429).json();
    let detail = answer["detail"].as_str().expect("a detail");
    assert!(detail.contains(&MOST_EARS.to_string()), "{detail}");
    open.clear();
    // A closed connection is noticed when something is written to it.
    let mut tries = 0;
    while hub.head(EVENTS) == 429 {
        rename(&hub, &format!("Ada {tries}"));
        tries += 1;
        assert!(tries < 1000, "closed streams keep their places");
    }
}

#[test]
fn streams_of_all_sandboxes_are_bounded_together() {
    let hub = Hub::start();
    hub.call("POST", "/_sim/v1/sandboxes", &json!({"id": "mine"}))
        .expect(201);
    let mine = format!("/_sandbox/mine{EVENTS}");
    // Other sandboxes have taken all the rest.
    hub.server.app().streams.forget_permits(MOST_STREAMS - 2);
    let mut first = hub.listen(EVENTS, &[]);
    let second = hub.listen(&mine, &[]);
    for path in [EVENTS, &mine] {
        let answer = hub.get(path).expect(429).json();
        let detail = answer["detail"].as_str().expect("a detail");
        assert!(detail.contains("of all its sandboxes"), "{detail}");
        assert_eq!(answer["errorCode"], 900_060);
    }
    rename(&hub, "Ada Byron");
    next(&mut first, "commit");
    drop(second);
    hub.call("DELETE", "/_sim/v1/sandboxes/mine", &Value::Null)
        .expect(204);
    let mut tries = 0;
    while hub.head(EVENTS) == 429 {
        tries += 1;
        assert!(tries < 1000, "an ended stream keeps its place");
    }
}

#[test]
fn what_a_stream_is_asked_for_must_be_understood() {
    let hub = Hub::start();
    for (query, nearest) in [
        ("kinds=commits", "Did you mean commit?"),
        ("kind=commit", "Did you mean kinds?"),
    ] {
        let answer = hub.get(&format!("{EVENTS}?{query}")).expect(400);
        assert!(answer.text.contains(nearest), "{}", answer.text);
    }
    hub.get(&format!("{EVENTS}?since=yesterday")).expect(400);
    let headers = [("last-event-id", "abc")];
    hub.send("GET", EVENTS, &headers, &Value::Null).expect(400);
}

#[test]
fn a_revision_to_come_is_no_place_to_begin() {
    let hub = Hub::start();
    let answer = hub.get(&format!("{EVENTS}?since=999999")).expect(400);
    assert!(answer.text.contains("still to come"), "{}", answer.text);
}

#[test]
fn a_clock_that_runs_is_told_with_what_it_shows_now() {
    let hub = Hub::start();
    let fast = json!({"mode": "scaled", "scale": 1_000_000});
    hub.call("PUT", "/_sim/v1/clock", &fast).expect(200);
    let before = hub.get("/_sim/v1/clock").json()["now"].to_string();
    let mut events = hub.listen(&format!("{EVENTS}?since=0&kinds=clock"), &[]);
    let told = next(&mut events, "clock").data["now"].to_string();
    assert!(before <= told, "{told} is before {before}");
}

#[test]
fn a_reset_that_is_told_again_was_when_it_was() {
    let hub = Hub::start();
    let known = hub.revision();
    let shown = hub.get("/_sim/v1/clock").json()["now"].clone();
    let reset = "/_sim/v1/sandboxes/default/reset?scope=state";
    rename(&hub, "Ada Byron");
    hub.call("POST", reset, &Value::Null).expect(200);
    hub.call("POST", "/_sim/v1/clock/advance", &json!({"by": "P1D"}))
        .expect(200);
    let path = format!("{EVENTS}?since={known}&kinds=reset");
    for _ in 0..2 {
        let mut events = hub.listen(&path, &[]);
        assert_eq!(next(&mut events, "reset").data["at"], shown);
    }
}
