//! `/_sim/v1/history`, `/_sim/v1/undo`, `/_sim/v1/redo`

mod random;
mod time;

use serde_json::{Value, json};

use crate::hub::firm::{CALLERS, DEE, Firm, KEY, NEW, OLD};
use crate::support::{ADA, Hub, person_id};

const ANN: &str = CALLERS[0];

/// Undoes or redoes.
fn travel(hub: &Hub, path: &str) -> crate::support::Answer {
    hub.call("POST", &format!("/_sim/v1/{path}"), &Value::Null)
}

fn steps(hub: &Hub) -> Vec<Value> {
    let history = hub.get("/_sim/v1/history").expect(200).json();
    history["items"].as_array().unwrap().clone()
}

/// One save of the dialog.
fn edit(firm: &Firm, email: &str, items: &Value) {
    let path = format!("/users/{email}/licenses");
    let body = json!({"licenses": items});
    firm.call("PATCH", &path, &body).expect(200);
}

fn remove(firm: &Firm, email: &str) {
    edit(firm, email, &json!([{"id": OLD, "operation": "remove"}]));
}

fn is_forwarded(firm: &Firm, email: &str) -> bool {
    let answer = firm.forwarding(email);
    answer.status == 200 && answer.json()["callForwarding"]["always"]["enabled"] == true
}

/// Runs nothing yet: how far a task has come.
fn import(firm: &Firm, people: usize) -> Value {
    let rows = (0..people).map(|at| format!("p{at}@firm.example\n"));
    let text = format!("{KEY}\n{}", rows.collect::<String>());
    firm.submit("addOnly", &text).expect(202).json()
}

#[test]
fn what_a_removal_destroyed_comes_back_by_undo_and_goes_again_by_redo() {
    let firm = Firm::start();
    let before = firm.person(ANN);
    remove(&firm, ANN);
    assert!(!is_forwarded(&firm, ANN));
    let revision = firm.hub.revision();
    let undone = travel(&firm.hub, "undo").expect(200).json();
    assert_eq!(undone["revision"], revision + 1, "the revision rises");
    assert_eq!(
        (&undone["undoable"], &undone["redoable"]),
        (&json!(0), &json!(1))
    );
    assert_eq!(undone["steps"][0]["operation"], "editUserLicenses");
    assert_eq!(undone["steps"][0]["state"], "undone");
    assert!(is_forwarded(&firm, ANN));
    assert_eq!(
        firm.person(ANN),
        before,
        "licence, number and extension are back"
    );
    let redone = travel(&firm.hub, "redo").expect(200).json();
    assert_eq!(redone["revision"], revision + 2);
    assert_eq!(
        (&redone["undoable"], &redone["redoable"]),
        (&json!(1), &json!(0))
    );
    assert!(!is_forwarded(&firm, ANN));
    assert!(
        firm.person(ANN)
            .get("phoneNumbers")
            .is_none_or(|it| *it == json!([]))
    );
}

#[test]
fn history_lists_each_operation_and_an_undo_too() {
    let firm = Firm::start();
    edit(
        &firm,
        ANN,
        &json!([{"id": OLD, "operation": "remove"}, {"id": NEW, "operation": "add"}]),
    );
    let tracking = [
        ("authorization", "Bearer full-admin"),
        ("trackingid", "MINE_1"),
    ];
    let path = format!("/v1/people/{}", firm.person(DEE)["id"].as_str().unwrap());
    firm.hub
        .send("DELETE", &path, &tracking, &Value::Null)
        .expect(204);
    travel(&firm.hub, "undo").expect(200);
    let found = steps(&firm.hub);
    assert_eq!(found.len(), 3, "{found:?}");
    let field = |name: &str| {
        found
            .iter()
            .map(|step| step[name].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        field("operation"),
        ["editUserLicenses", "deleteAPerson", "undoSteps"]
    );
    assert_eq!(field("state"), ["done", "undone", "travel"]);
    let start = found[0]["revision"].as_u64().unwrap();
    assert_eq!(field("revision"), [start, start + 1, start + 2]);
    assert_eq!(found[1]["trackingId"], "MINE_1");
    assert_eq!(found[1]["summary"], "deleted person Dee Desk");
    assert_eq!(found[2]["summary"], "created person Dee Desk");
    assert_eq!(found[0]["actor"]["email"], "admin@firm.example");
    assert!(
        found[0]["rules"]
            .as_array()
            .unwrap()
            .contains(&json!("MOVE-01")),
        "{}",
        found[0]
    );
    let page = firm.hub.get("/_sim/v1/history?max=1&start=1").expect(200);
    assert_eq!(page.json()["items"], json!([found[1]]));
    assert!(
        page.header("link").contains("start=2"),
        "{}",
        page.header("link")
    );
    assert_eq!(page.json()["evicted"], 0);
    let audit = firm.hub.get(
        "/v1/adminAudit/events?orgId=me&from=2026-01-01T00:00:00.000Z&to=2026-12-01T00:00:00.000Z",
    );
    let audit = audit.expect(200).json();
    assert_eq!(
        audit["items"][0]["data"]["eventDescription"], "A User Was Created",
        "the undo stands in the audit log: {}",
        audit["items"][0]
    );
}

#[test]
fn the_history_of_a_person_tells_what_happened_to_them_alone() {
    let firm = Firm::start();
    remove(&firm, ANN);
    remove(&firm, CALLERS[1]);
    let id = firm.person(ANN)["id"].as_str().unwrap().to_owned();
    firm.hub
        .call("DELETE", &format!("/v1/people/{id}"), &Value::Null)
        .expect(204);
    for name in [id.as_str(), ANN] {
        let path = format!("/_sim/v1/history/{name}");
        let found = firm.hub.get(&path).expect(200).json();
        let operations = found["items"].as_array().unwrap().iter();
        let operations: Vec<_> = operations.map(|item| item["operation"].clone()).collect();
        assert_eq!(operations, ["editUserLicenses", "deleteAPerson"], "{name}");
        let changes = found["items"][0]["changes"].as_array().unwrap();
        let forwarding = changes
            .iter()
            .find(|change| change["kind"] == "callForwarding");
        let fields = forwarding.expect("the lost setting")["fields"].to_string();
        assert!(fields.contains("+13125550999"), "{fields}");
        assert_eq!(found["items"][1]["summary"], "deleted person Caller N0");
    }
    let number = firm
        .hub
        .get("/_sim/v1/history/+13125550100")
        .expect(200)
        .json();
    assert_eq!(number["items"].as_array().unwrap().len(), 1, "{number}");
    let quiet = firm
        .hub
        .get(&format!("/_sim/v1/history/{DEE}"))
        .expect(200)
        .json();
    assert_eq!(quiet["items"], json!([]));
    for nobody in ["nobody@firm.example", "nonsense", &"x".repeat(2000)] {
        firm.hub
            .get(&format!("/_sim/v1/history/{nobody}"))
            .expect(404);
    }
}

#[test]
fn several_steps_go_at_once_and_a_new_write_drops_what_could_be_redone() {
    let firm = Firm::start();
    for email in CALLERS {
        remove(&firm, email);
    }
    travel(&firm.hub, "undo?steps=2").expect(200);
    let lost = |email: &str| !is_forwarded(&firm, email);
    assert_eq!(CALLERS.map(lost), [true, false, false]);
    travel(&firm.hub, "redo").expect(200);
    assert_eq!(
        CALLERS.map(lost),
        [true, true, false],
        "the earlier one first"
    );
    remove(&firm, CALLERS[2]);
    let refused = travel(&firm.hub, "redo").expect(409).json();
    assert_eq!(refused["detail"], "There is nothing that can be redone.");
    let states = steps(&firm.hub);
    let states: Vec<_> = states.iter().map(|step| step["state"].clone()).collect();
    assert_eq!(
        states,
        ["done", "done", "dropped", "travel", "travel", "done"]
    );
    travel(&firm.hub, "undo?steps=3").expect(200);
    assert_eq!(CALLERS.map(lost), [false; 3]);
}

#[test]
fn more_steps_than_there_are_and_none_are_refused() {
    let firm = Firm::start();
    remove(&firm, ANN);
    let before = firm.hub.revision();
    let refused = travel(&firm.hub, "undo?steps=2").expect(409).json();
    assert_eq!(refused["detail"], "Only 1 step can be undone.");
    travel(&firm.hub, "redo").expect(409);
    for wrong in ["0", "-1", "1.5", "all"] {
        travel(&firm.hub, &format!("undo?steps={wrong}")).expect(400);
    }
    let huge = travel(&firm.hub, "undo?steps=18446744073709551615").expect(409);
    assert!(huge.json()["detail"].as_str().unwrap().contains("Only 1"));
    assert_eq!(firm.hub.revision(), before, "nothing changed");
}

#[test]
fn a_task_is_one_step_and_is_not_undone_while_it_runs() {
    let firm = Firm::start();
    let task = import(&firm, 500);
    let refused = travel(&firm.hub, "undo").expect(409).json();
    let detail = refused["detail"].as_str().unwrap();
    assert!(
        detail.contains("userImport") && detail.contains("queued"),
        "{detail}"
    );
    let done = firm.finish(&task);
    assert_eq!(done.task["succeeded"], 500);
    let found = steps(&firm.hub);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["operation"], "importUsers");
    assert!(found[0]["firstRevision"].as_u64() < found[0]["revision"].as_u64());
    assert!(
        found[0]["summary"]
            .as_str()
            .unwrap()
            .ends_with("999 more objects"),
        "{}",
        found[0]
    );
    travel(&firm.hub, "undo").expect(200);
    firm.run();
    assert_eq!(
        firm.person("p0@firm.example"),
        Value::Null,
        "nothing runs again"
    );
    let kept = firm.get(&format!("/tasks/{}", task["id"].as_str().unwrap()));
    assert_eq!(
        kept.expect(200).json()["status"],
        "completed",
        "the record stays"
    );
    travel(&firm.hub, "redo").expect(200);
    assert_ne!(firm.person("p499@firm.example"), Value::Null);
}

#[test]
fn what_is_done_while_a_task_runs_is_undone_with_it() {
    let firm = Firm::start();
    let pace = json!({"rowsPerSecond": 100});
    firm.hub
        .call("PUT", "/_sim/v1/tasks/pace", &pace)
        .expect(200);
    let task = import(&firm, 40);
    let advance = json!({"by": "PT0.25S"});
    firm.hub
        .call("POST", "/_sim/v1/clock/advance", &advance)
        .expect(200);
    remove(&firm, ANN);
    let done = firm.finish(&task);
    assert_eq!(done.task["succeeded"], 40);
    let undone = travel(&firm.hub, "undo").expect(200).json();
    assert_eq!(undone["undoable"], 1, "the pace is left: {undone}");
    assert!(is_forwarded(&firm, ANN));
    assert_eq!(
        firm.person("p0@firm.example"),
        Value::Null,
        "no half of the task is left"
    );
    assert_eq!(firm.person("p39@firm.example"), Value::Null);
    travel(&firm.hub, "redo").expect(200);
    assert_ne!(firm.person("p0@firm.example"), Value::Null);
    assert_ne!(firm.person("p39@firm.example"), Value::Null);
    assert!(!is_forwarded(&firm, ANN));
}

#[test]
fn the_clock_stays_and_timers_come_back_with_what_they_concern() {
    let firm = Firm::start();
    let sim = |path: &str, body: &Value| {
        firm.hub
            .call("POST", &format!("/_sim/v1/{path}"), body)
            .expect(200)
            .json()
    };
    sim("subscriptions/Sub119911/cancel", &Value::Null);
    let armed = firm.world().timers().count();
    sim("clock/advance", &json!({"by": "P1D"}));
    let shown = firm.hub.get("/_sim/v1/clock").json()["now"].clone();
    sim("undo", &Value::Null);
    assert_eq!(
        firm.hub.get("/_sim/v1/clock").json()["now"],
        shown,
        "time passes all the same"
    );
    assert_eq!(firm.world().timers().count(), 0, "nothing will be purged");
    let fired = sim("clock/advance", &json!({"by": "P40D"}));
    assert_eq!(fired["fired"], json!([]));
    let redone = sim("redo", &Value::Null);
    assert_eq!(firm.world().timers().count(), armed);
    let late = redone["postponed"].as_array().expect("overdue by then");
    assert_eq!(late.len(), armed, "{redone}");
    assert_eq!(late[0]["id"], "Sub119911");
    let message = late[0]["message"].as_str().expect("words");
    assert!(message.contains("was due at"), "{message}");
    let fired = sim("clock/advance", &json!({"by": "P29D"}));
    assert_eq!(fired["fired"], json!([]), "nobody asked for it at once");
    let fired = sim("clock/advance", &json!({"by": "P1D"}));
    assert_ne!(
        fired["fired"],
        json!([]),
        "it has the time that it had left"
    );
}

#[test]
fn what_is_undone_long_after_on_a_running_clock_is_not_purged_at_once() {
    let firm = Firm::start();
    let sim = |method: &str, path: &str, body: &Value| {
        firm.hub
            .call(method, &format!("/_sim/v1/{path}"), body)
            .expect(200)
            .json()
    };
    sim("POST", "subscriptions/Sub119911/cancel", &Value::Null);
    sim("POST", "clock/advance", &json!({"by": "P10D"}));
    sim("POST", "subscriptions/Sub119911/restore", &Value::Null);
    sim("POST", "clock/advance", &json!({"by": "P40D"}));
    sim("PUT", "clock", &json!({"mode": "auto"}));
    let undone = sim("POST", "undo", &Value::Null);
    let late = undone["postponed"].as_array().expect("the purge");
    let purge = late
        .iter()
        .find(|late| {
            late["kind"]
                .as_str()
                .is_some_and(|kind| kind.contains("purge"))
        })
        .expect("a purge");
    let moment = |value: &Value| -> hubsim::world::Moment {
        value.as_str().expect("a time").parse().expect("a time")
    };
    let day = 24 * 60 * 60 * 1000;
    let left = moment(&purge["at"]).0 - moment(&sim("GET", "clock", &Value::Null)["now"]).0;
    assert!((19 * day..=20 * day).contains(&left), "{left}");
    // All that is due by now has its turn.
    let app = firm.hub.server.app();
    let context = app.default.own_context("runTimer", app.default.time());
    assert!(
        app.default
            .sandbox
            .fire_next(context.now, &context)
            .is_none()
    );
    let status = firm.get("/subscriptions/Sub119911").expect(200).json();
    assert_eq!(status["status"], "cancelled", "{status}");
    // What time itself has done comes back for a day.
    sim("PUT", "clock", &json!({"mode": "frozen"}));
    let fired = sim("POST", "clock/advance", &json!({"by": "P20D"}));
    assert_ne!(fired["fired"], json!([]));
    let undone = sim("POST", "undo", &Value::Null);
    assert!(
        !undone["postponed"]
            .as_array()
            .expect("the purge")
            .is_empty()
    );
    let fired = sim("POST", "clock/advance", &json!({"by": "PT23H"}));
    assert_eq!(fired["fired"], json!([]));
    let fired = sim("POST", "clock/advance", &json!({"by": "PT1H"}));
    assert_ne!(fired["fired"], json!([]));
}

#[test]
fn all_that_comes_due_by_one_advance_is_one_step() {
    let firm = Firm::start();
    for code in ["Sub119911", "Sub121331"] {
        let path = format!("/_sim/v1/subscriptions/{code}/cancel");
        firm.hub.call("POST", &path, &Value::Null).expect(200);
    }
    let advance = json!({"by": "P40D"});
    let advanced = firm
        .hub
        .call("POST", "/_sim/v1/clock/advance", &advance)
        .expect(200);
    assert!(advanced.json()["fired"].as_array().unwrap().len() > 1);
    let status = || {
        ["Sub119911", "Sub121331"].map(|code| {
            firm.get(&format!("/subscriptions/{code}"))
                .expect(200)
                .json()["status"]
                .clone()
        })
    };
    assert_eq!(status(), ["deleted", "deleted"]);
    travel(&firm.hub, "undo").expect(200);
    assert_eq!(status(), ["cancelled", "cancelled"]);
}

#[test]
fn resets_and_loads_are_undone_too_and_a_whole_reset_forgets() {
    let hub = Hub::start();
    let ada = person_id(&hub, "full-admin", ADA);
    let reset = "/_sim/v1/sandboxes/default/reset";
    let empty = format!("{reset}?to=empty&scope=state");
    hub.call("POST", &empty, &Value::Null).expect(200);
    hub.get("/v1/people/me").expect(404);
    travel(&hub, "undo").expect(200);
    assert_eq!(person_id(&hub, "full-admin", ADA), ada);
    hub.send_raw(
        "POST",
        "/_sim/v1/scenarios",
        "application/yaml",
        MINIMAL.as_bytes(),
    )
    .expect(200);
    assert_eq!(steps(&hub).last().unwrap()["operation"], "loadScenario");
    travel(&hub, "undo").expect(200);
    assert_eq!(person_id(&hub, "full-admin", ADA), ada);
    hub.call("POST", reset, &Value::Null).expect(200);
    let history = hub.get("/_sim/v1/history").expect(200).json();
    assert_eq!(
        history,
        json!({"items": [], "evicted": 0, "undoable": 0, "redoable": 0})
    );
    travel(&hub, "undo").expect(409);
}

const MINIMAL: &str = include_str!("../../../scenarios/minimal.yaml");

#[test]
fn history_is_bounded_and_says_what_it_dropped() {
    let hub = Hub::start();
    let quirk = |choice: &str| {
        let body = json!({"quirks": {"csv_from_suspended": choice}});
        hub.call("PUT", "/_sim/v1/quirks", &body).expect(200);
    };
    for _ in 0..103 {
        quirk("lost");
        quirk("kept");
    }
    let history = hub.get("/_sim/v1/history?max=1000").expect(200).json();
    assert_eq!(history["items"].as_array().unwrap().len(), 200);
    assert_eq!(
        (&history["evicted"], &history["undoable"]),
        (&json!(6), &json!(200))
    );
    let refused = travel(&hub, "undo?steps=201").expect(409).json();
    let detail = refused["detail"].as_str().unwrap();
    assert_eq!(
        detail,
        "Only 200 steps can be undone. 6 older steps are no longer kept."
    );
    travel(&hub, "undo?steps=200").expect(200);
    let history = hub.get("/_sim/v1/history?max=1000").expect(200).json();
    assert_eq!(
        (&history["evicted"], &history["redoable"]),
        (&json!(6), &json!(200))
    );
    travel(&hub, "redo?steps=200").expect(200);
    travel(&hub, "undo?steps=200").expect(200);
}

#[test]
fn to_and_fro_drops_nothing_that_was_done() {
    let hub = Hub::start();
    let quirk = |choice: &str| {
        let body = json!({"quirks": {"csv_from_suspended": choice}});
        hub.call("PUT", "/_sim/v1/quirks", &body).expect(200);
    };
    for choice in ["lost", "kept", "lost"] {
        quirk(choice);
    }
    for _ in 0..150 {
        travel(&hub, "undo").expect(200);
        travel(&hub, "redo").expect(200);
    }
    let history = hub.get("/_sim/v1/history?max=1000").expect(200).json();
    assert_eq!(
        (&history["evicted"], &history["undoable"]),
        (&json!(0), &json!(3))
    );
    assert_eq!(history["items"].as_array().map(Vec::len), Some(203));
    // What is not kept of the way to and fro is told as within what was done before it.
    let at = |revision: u64| {
        let revision = revision.to_string();
        let headers = [
            ("authorization", "Bearer full-admin"),
            ("x-sim-at", &revision),
        ];
        hub.send("GET", "/v1/people", &headers, &Value::Null)
    };
    let head = hub.revision();
    at(head).expect(200);
    at(head - 199).expect(200);
    at(head - 250).expect(410);
    at(head - 301).expect(200);
    travel(&hub, "undo?steps=3").expect(200);
    travel(&hub, "redo?steps=3").expect(200);
}

#[test]
fn sandboxes_undo_for_themselves() {
    let firm = Firm::start();
    let fork = json!({"id": "other"});
    firm.hub
        .call("POST", "/_sim/v1/sandboxes/default/fork", &fork)
        .expect(201);
    remove(&firm, ANN);
    let other = "/_sandbox/other/_sim/v1/undo";
    firm.hub.call("POST", other, &Value::Null).expect(409);
    assert!(!is_forwarded(&firm, ANN));
}

#[test]
fn an_import_that_moves_everybody_is_taken_back_to_the_byte() {
    let firm = Firm::start();
    let mut table = firm.export();
    let before = firm.export();
    for email in CALLERS {
        table.move_over(email);
    }
    firm.import("addAndRemove", &table);
    assert_ne!(firm.export(), before);
    travel(&firm.hub, "undo").expect(200);
    assert_eq!(firm.export(), before);
}

#[test]
fn an_applied_plan_is_one_step_that_goes_and_comes_back_whole() {
    let firm = Firm::start();
    let mut table = firm.export();
    for email in CALLERS {
        table.move_over(email);
    }
    let rows = (0..500).map(|at| format!("p{at}@firm.example"));
    for email in rows {
        let mut row = vec![String::new(); table.header.len()];
        row[table.column(KEY)] = email;
        table.rows.push(row);
    }
    let path = "/_hub/v1/organizations/me/users/csv/import?behavior=addAndRemove";
    let operation = json!({"method": "POST", "path": path, "body": table.text()});
    let plan = json!({"operation": operation});
    let plan = firm.hub.call("POST", "/_sim/v1/plan", &plan).expect(200);
    let id = plan.json()["id"].as_str().unwrap().to_owned();
    let people = || {
        firm.hub
            .pages("/v1/people?max=100&callingData=true", "items")
    };
    let (before, count) = (people(), steps(&firm.hub).len());
    travel(&firm.hub, &format!("plan/{id}/apply")).expect(202);
    assert_eq!(steps(&firm.hub).len(), count + 1, "one step");
    let after = people();
    assert_eq!(after.len(), before.len() + 500);
    travel(&firm.hub, "undo").expect(200);
    assert_eq!(people(), before);
    assert!(is_forwarded(&firm, ANN));
    travel(&firm.hub, "redo").expect(200);
    assert_eq!(people(), after);
}
