//! Sandboxes that nobody uses: `--sandbox-idle`.

use std::time::Duration;

use hubsim::http::app::real_time;
use hubsim::http::expiry::Held;
use hubsim::options::Options;
use serde_json::{Value, json};

use crate::support::{Answer, Hub};

fn hub() -> Hub {
    let mut options = Options::for_tests();
    options.sandbox_idle = Some(Duration::from_secs(600));
    Hub::start_with(options)
}

/// What is found out when so many seconds have passed.
fn after(hub: &Hub, seconds: i64) {
    hub.server
        .app()
        .expire_idle(real_time().plus_millis(seconds * 1000));
}

fn create(hub: &Hub, id: &str) {
    hub.call("POST", "/_sim/v1/sandboxes", &json!({"id": id}))
        .expect(201);
}

fn me(hub: &Hub, token: &str) -> Answer {
    hub.send_as(token, "GET", "/v1/people/me", &Value::Null)
}

#[test]
fn a_sandbox_that_nobody_used_expires_and_says_so() {
    let hub = hub();
    create(&hub, "asked");
    after(&hub, 599);
    me(&hub, "full-admin.asked").expect(200);
    after(&hub, 601);
    for gone in [
        me(&hub, "full-admin.asked"),
        hub.get("/_sandbox/asked/v1/people"),
        hub.get("/_sim/v1/sandboxes/asked"),
    ] {
        let gone = gone.expect(404);
        for says in ["expired", "600 seconds", "--sandbox-idle"] {
            assert!(gone.text.contains(says), "{}", gone.text);
        }
    }
    hub.get("/v1/people/me").expect(200);
    create(&hub, "asked");
    me(&hub, "full-admin.asked").expect(200);
}

#[test]
fn a_sandbox_that_a_token_made_by_itself_is_made_anew() {
    let hub = hub();
    let body = json!({"displayName": "Room"});
    hub.send_as("full-admin.mine", "POST", "/v1/workspaces", &body)
        .expect(201);
    after(&hub, 601);
    assert!(
        hub.get("/_sandbox/mine/v1/people")
            .expect(404)
            .text
            .contains("expired")
    );
    let rooms = hub.send_as("full-admin.mine", "GET", "/v1/workspaces", &Value::Null);
    assert_eq!(rooms.expect(200).json()["items"], json!([]));
    hub.get("/_sandbox/mine/v1/people").expect(200);
}

#[test]
fn a_listener_and_an_unfinished_task_are_use() {
    let hub = hub();
    create(&hub, "watched");
    create(&hub, "working");
    // A thousandth as fast, and a person a second: it goes on by itself for long.
    set(
        &hub,
        "working",
        "clock",
        &json!({"mode": "scaled", "scale": 0.001}),
    );
    export(&hub, "working");
    let held = Held::new(&hub.server.app().tenant("watched").expect("a sandbox"));
    after(&hub, 601);
    hub.get("/_sandbox/watched/v1/people").expect(200);
    hub.get("/_sandbox/working/v1/people").expect(200);
    drop(held);
    let run = hub.send_as(
        "full-admin.working",
        "POST",
        "/_sim/v1/tasks/run",
        &Value::Null,
    );
    run.expect(200);
    after(&hub, 600 + 602);
    hub.get("/_sandbox/watched/v1/people").expect(404);
    hub.get("/_sandbox/working/v1/people").expect(404);
}

fn set(hub: &Hub, id: &str, what: &str, to: &Value) {
    hub.call("PUT", &format!("/_sandbox/{id}/_sim/v1/{what}"), to)
        .expect(200);
}

/// Starts an export of a person a second, and answers its id.
fn export(hub: &Hub, id: &str) -> String {
    set(hub, id, "tasks/pace", &json!({"rowsPerSecond": 1}));
    let path = "/_hub/v1/organizations/me/users/csv/export";
    let token = format!("full-admin.{id}");
    let task = hub.send_as(&token, "POST", path, &json!({})).expect(202);
    task.json()["id"].as_str().expect("an id").to_owned()
}

#[test]
fn a_task_that_waits_for_somebody_keeps_no_sandbox() {
    let hub = hub();
    create(&hub, "frozen");
    set(&hub, "frozen", "clock", &json!({"mode": "frozen"}));
    export(&hub, "frozen");
    let demo = json!({"id": "paused", "scenario": "demo"});
    hub.call("POST", "/_sim/v1/sandboxes", &demo).expect(201);
    set(
        &hub,
        "paused",
        "clock",
        &json!({"mode": "scaled", "scale": 0.001}),
    );
    set(&hub, "paused", "tasks/pace", &json!({"rowsPerSecond": 1}));
    let as_admin = |method: &str, path: &str, body: &Value| {
        hub.send_as("full-admin.paused", method, path, body)
    };
    let locations = as_admin("GET", "/v1/locations", &Value::Null).expect(200);
    let locations = locations.json()["items"].clone();
    let named = |name: &str| {
        let mut all = locations.as_array().expect("locations").iter();
        all.find(|it| it["name"] == name).expect("a location")["id"].clone()
    };
    let numbers = ["+16695550192", "+16695550193"];
    let body = json!({"operation": "MOVE", "targetLocationId": named("Austin"),
        "numberList": [{"locationId": named("San Jose HQ"), "numbers": numbers}]});
    let jobs = "/v1/telephony/config/jobs/numbers/manageNumbers";
    let job = as_admin("POST", jobs, &body).expect(201).json();
    let job = format!("{jobs}/{}", job["id"].as_str().expect("an id"));
    let pause = format!("{job}/actions/pause/invoke");
    as_admin("POST", &pause, &Value::Null).expect(204);
    after(&hub, 599);
    as_admin("GET", &job, &Value::Null).expect(200);
    after(&hub, 602);
    for gone in ["frozen", "paused"] {
        hub.get(&format!("/_sandbox/{gone}/v1/people")).expect(404);
    }
}

/// Looks for idle sandboxes while a request of one waits.
fn while_it_waits(hub: &Hub, id: &str, request: impl FnOnce() -> Answer + Send) {
    let tenant = hub.server.app().tenant(id).expect("a sandbox");
    std::thread::scope(|scope| {
        let waiting = scope.spawn(request);
        while !tenant.is_held() {
            assert!(!waiting.is_finished(), "it waited and held nothing");
            std::thread::yield_now();
        }
        after(hub, 601);
        waiting.join().expect("an answer").expect(200);
    });
    hub.get(&format!("/_sandbox/{id}/v1/people")).expect(200);
}

#[test]
fn a_request_that_waits_is_use() {
    let hub = hub();
    create(&hub, "verifying");
    let never = json!({"expect": [{"request": {"method": "PUT"}}], "waitMs": 2000});
    while_it_waits(&hub, "verifying", || {
        hub.call("POST", "/_sandbox/verifying/_sim/v1/verify", &never)
    });
    create(&hub, "delayed");
    let rule = json!({"effect": {"delayMs": 2000}});
    hub.call("POST", "/_sandbox/delayed/_sim/v1/faults", &rule)
        .expect(201);
    while_it_waits(&hub, "delayed", || me(&hub, "full-admin.delayed"));
}

#[test]
fn without_the_option_nothing_expires() {
    let hub = Hub::start();
    create(&hub, "kept");
    after(&hub, 10_000_000);
    me(&hub, "full-admin.kept").expect(200);
}

#[test]
fn the_option_takes_seconds_and_durations_and_nothing_else() {
    use clap::Parser;
    let parse = |text: &str| {
        let option = format!("--sandbox-idle={text}");
        let line = hubsim::options::CommandLine::try_parse_from(["hubsim", &option]);
        line.map(|line| line.options.sandbox_idle)
    };
    for (text, seconds) in [("90", 90), ("30m", 1800), ("PT2H", 7200), ("1h 30m", 5400)] {
        assert_eq!(
            parse(text).expect(text),
            Some(Duration::from_secs(seconds)),
            "{text}"
        );
    }
    for wrong in ["0", "-5m", "soon", "", "PT0S"] {
        let refused = parse(wrong).expect_err(wrong).to_string();
        assert!(refused.contains("--sandbox-idle"), "{refused}");
    }
}
