//! Tasks: their course, their end, and what is left of them.

use serde_json::{Value, json};

use super::firm::{CALLERS, DEE, Firm, KEY, Table};

/// A file with as many new people.
fn newcomers(count: usize) -> String {
    let rows = (0..count).map(|at| format!("p{at}@firm.example\n"));
    format!("{KEY}\n{}", rows.collect::<String>())
}

fn id(task: &Value) -> &str {
    task["id"].as_str().unwrap()
}

/// Proves: TASK-01, TASK-02, TASK-05, TASK-07
#[test]
fn a_task_is_listed_with_its_progress() {
    let firm = Firm::start();
    let task = firm.submit("addOnly", &newcomers(3)).expect(202).json();
    assert_eq!(
        (&task["status"], &task["percent"]),
        (&json!("queued"), &json!(0))
    );
    assert_eq!(
        (&task["kind"], &task["total"]),
        (&json!("userImport"), &json!(3))
    );
    let path = format!("/tasks/{}/outcomes", id(&task));
    assert_eq!(
        firm.get(&path).expect(409).json()["errors"][0]["errorCode"],
        900_022
    );
    firm.run();
    let listed = firm
        .hub
        .send_as("read-only-admin", "GET", TASKS, &Value::Null)
        .expect(200);
    let listed = &listed.json()["items"][0];
    assert_eq!(
        (&listed["status"], &listed["percent"]),
        (&json!("completed"), &json!(100))
    );
    assert!(
        listed["links"]["outcomes"]
            .as_str()
            .unwrap()
            .starts_with("http://127.0.0.1")
    );
    assert_eq!(
        firm.get("/tasks?status=queued").expect(200).json()["items"],
        json!([])
    );
    firm.get("/tasks?kind=nonsense").expect(400);
    firm.get("/tasks/nonsense").expect(404);
}

const TASKS: &str = "/_hub/v1/organizations/me/tasks?status=completed&kind=userImport";

/// Proves: CSV-11, DEC-36
#[test]
fn one_import_at_a_time() {
    let firm = Firm::start();
    let task = firm.submit("addOnly", &newcomers(1)).expect(202).json();
    let refused = firm.submit("addOnly", &newcomers(1)).expect(409).json();
    assert_eq!(refused["errors"][0]["errorCode"], 900_005);
    firm.call("POST", "/users/csv/export", &json!({}))
        .expect(202);
    firm.finish(&task);
    firm.submit("addOnly", &newcomers(1)).expect(202);
}

/// Proves: TASK-03
#[test]
fn an_export_cancels_the_one_that_runs() {
    let firm = Firm::start();
    let first = firm
        .call("POST", "/users/csv/export", &json!({}))
        .expect(202)
        .json();
    firm.call("POST", "/users/csv/export", &json!({}))
        .expect(202);
    let path = format!("/tasks/{}", id(&first));
    assert_eq!(firm.get(&path).expect(200).json()["status"], "cancelled");
    firm.get(&format!("{path}/result")).expect(404);
}

/// Proves: TASK-08
#[test]
fn a_cancelled_import_keeps_what_was_done() {
    let firm = Firm::start();
    firm.hub
        .call("PUT", "/_sim/v1/tasks/pace", &json!({"rowsPerSecond": 10}))
        .expect(200);
    let task = firm.submit("addOnly", &newcomers(10)).expect(202).json();
    let sandbox = &firm.hub.server.app().default.sandbox;
    let context = firm
        .hub
        .server
        .app()
        .default
        .own_context("test", sandbox.read().clock.shown);
    let fired = sandbox.run_due(context.now.plus_millis(500), &context);
    assert_eq!(fired.len(), 2);
    let path = format!("/tasks/{}", id(&task));
    let running = firm.get(&path).expect(200).json();
    assert_eq!(
        (&running["status"], &running["percent"]),
        (&json!("running"), &json!(40))
    );
    let cancelled = firm
        .call("POST", &format!("{path}/cancel"), &Value::Null)
        .expect(200)
        .json();
    assert_eq!(
        (&cancelled["status"], &cancelled["succeeded"]),
        (&json!("cancelled"), &json!(4))
    );
    let again = firm
        .call("POST", &format!("{path}/cancel"), &Value::Null)
        .expect(409)
        .json();
    assert_eq!(again["errors"][0]["errorCode"], 900_021);
    assert!(
        sandbox
            .run_due(context.now.plus_millis(9000), &context)
            .is_empty()
    );
    assert_eq!(firm.person("p3@firm.example")["displayName"], "p3");
    assert_eq!(firm.person("p4@firm.example"), Value::Null);
}

/// Proves: TASK-04
#[test]
fn results_are_gone_after_seven_days() {
    let firm = Firm::start();
    let task = firm
        .call("POST", "/users/csv/export", &json!({}))
        .expect(202)
        .json();
    firm.run();
    let path = format!("/tasks/{}/result", id(&task));
    firm.get(&path).expect(200);
    let app = firm.hub.server.app();
    let sandbox = &app.default.sandbox;
    let mut clock = sandbox.read().clock;
    let day = clock.shown.plus_days(7);
    sandbox.run_due(day, &app.default.own_context("test", day));
    clock.shown = day;
    sandbox.set_clock(clock);
    let gone = firm.get(&path).expect(410).json();
    assert_eq!(gone["errors"][0]["errorCode"], 900_023);
    let kept = firm
        .get(&format!("/tasks/{}", id(&task)))
        .expect(200)
        .json();
    assert_eq!(kept["links"]["result"], Value::Null);
}

/// Proves: TASK-07, CSV-12
#[test]
fn a_task_goes_on_after_a_snapshot() {
    let firm = Firm::start();
    let mut table = firm.export();
    table.move_over(CALLERS[0]);
    table.set(DEE, "Time zone", "Clerk, \"second\"\nclass");
    let task = firm
        .submit("addAndRemove", &table.text())
        .expect(202)
        .json();
    firm.pass_through_a_snapshot();
    let done = firm.finish(&task);
    assert_eq!(
        done.actions()
            .iter()
            .filter(|action| **action == "swapped")
            .count(),
        1
    );
    assert!(done.errors.contains("900017"), "{}", done.errors);
    firm.pass_through_a_snapshot();
    let again = firm.finish(&task);
    assert_eq!(
        (again.outcomes, again.errors, again.task),
        (done.outcomes, done.errors, done.task)
    );
}

/// Proves: TASK-05
#[test]
fn an_import_goes_on_by_itself_while_the_clock_runs() {
    let firm = Firm::start();
    let sandbox = &firm.hub.server.app().default.sandbox;
    let task = firm.submit("addOnly", &newcomers(450)).expect(202).json();
    let shown = sandbox.read().clock.shown;
    sandbox.set_clock(hubsim::world::Clock::auto(
        shown,
        hubsim::http::app::real_time(),
    ));
    let path = format!("/tasks/{}", id(&task));
    let is_done = |_: &u32| firm.get(&path).json()["status"] == "completed";
    // Many looks, because a busy machine lets the timers wait; a quiet one needs a few.
    assert!((0..60_000).find(is_done).is_some());
    let imports = || {
        sandbox.ledger(|ledger| {
            let steps = ledger
                .entries()
                .filter(|entry| entry.operation == "importUsers");
            steps
                .map(|entry| entry.tracking_id.to_string())
                .collect::<Vec<_>>()
        })
    };
    // A commit is seen before it stands in the ledger.
    assert!((0..60_000).any(|_| imports().len() == 3));
    let ledger = imports();
    assert!(ledger.iter().all(|tracking_id| *tracking_id == ledger[0]));
}

/// A file is not a task of one who may not change people.
#[test]
fn who_may_only_read_starts_nothing() {
    let firm = Firm::start();
    let table = Table::row_of(DEE, &[]);
    let path = "/_hub/v1/organizations/me/users/csv/export";
    firm.hub
        .send_as("read-only-admin", "POST", path, &Value::Null)
        .expect(403);
    firm.import("addOnly", &table);
}

#[test]
fn a_filter_by_a_name_that_does_not_exist_is_refused() {
    let firm = Firm::start();
    for path in [
        "/_hub/v1/organizations/me/tasks?status=bogus",
        "/_hub/v1/organizations/me/tasks?kind=bogus",
        "/_hub/v1/organizations/me/users?status=bogus",
        "/_sim/v1/ledger?rule=FOO-1",
        "/_sim/v1/ledger?bogus=1",
        "/_sim/v1/requests?bogus=1",
    ] {
        let refused = firm.hub.get(path).expect(400);
        let named = ["bogus", "FOO-1"]
            .iter()
            .any(|name| refused.text.contains(name));
        assert!(named, "{path}: {}", refused.text);
    }
    let twice = "addOnly&behavior=addAndRemove";
    let refused = firm.submit(twice, &newcomers(1)).expect(400);
    assert!(refused.text.contains("stands twice"), "{}", refused.text);
    let tasks = firm.get("/tasks").expect(200).json();
    assert_eq!(tasks["items"], json!([]));
    for path in [
        "/tasks?status=queued",
        "/users?status=active",
        "/users?status=Pending",
    ] {
        firm.get(path).expect(200);
    }
}
