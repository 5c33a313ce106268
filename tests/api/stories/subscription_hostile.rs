//! What may come across the life of a subscription: other timers, undo, forks, running tasks.

use serde_json::{Value, json};

use super::calendar::{Calendar, LIVING};
use crate::hub::firm::{CALLERS, KEY, NEW, OLD, Table};
use crate::support::START;

const ANN: &str = CALLERS[0];
const OTHER: &str = "Sub121331";

fn ends(calendar: &Calendar, code: &str, day: i64) {
    let change = json!({"endDate": Calendar::date(day)});
    calendar.sold(code, &change).expect(200);
}

#[test]
fn two_that_end_at_the_same_instant_both_end_and_are_both_purged() {
    let calendar = Calendar::begin();
    ends(&calendar, LIVING, 10);
    ends(&calendar, OTHER, 10);
    assert_eq!(calendar.until(10), ["10 end", "10 end"]);
    for code in [LIVING, OTHER] {
        assert_eq!(calendar.of(code)["status"], "cancelled");
    }
    let purge = ["40 numbersReleased", "40 purge"];
    assert_eq!(calendar.until(365), [purge, purge].concat());
    let licenses = calendar.firm.hub.get("/v1/licenses").expect(200).json();
    assert_eq!(licenses["items"], json!([]));
}

/// Proves: DEC-16, DEC-17
#[test]
fn a_renewal_at_the_instant_of_the_end_comes_too_late_and_says_what_helps() {
    let calendar = Calendar::begin();
    ends(&calendar, LIVING, 10);
    calendar.happens(LIVING, "requireAction").expect(200);
    assert_eq!(calendar.until(10), ["10 end"]);
    let revision = calendar.firm.hub.revision();
    let refused = calendar.happens(LIVING, "renew").expect(409).json();
    let detail = refused["detail"].as_str().unwrap();
    let until = format!(
        "Restore it first, which is possible until {}.",
        Calendar::date(40)
    );
    assert!(detail.contains(&until), "{detail}");
    assert_eq!(calendar.firm.hub.revision(), revision);
    calendar.happens(LIVING, "restore").expect(200);
    let renewed = calendar.happens(LIVING, "renew").expect(200).json();
    assert_eq!(renewed["status"], "active");
}

#[test]
fn another_end_arms_the_timer_anew_and_one_in_the_past_is_refused() {
    let calendar = Calendar::begin();
    ends(&calendar, LIVING, 10);
    ends(&calendar, LIVING, 30);
    assert_eq!(calendar.until(29), Vec::<String>::new());
    let revision = calendar.firm.hub.revision();
    for past in [Calendar::date(29), Calendar::date(3)] {
        let refused = calendar
            .sold(LIVING, &json!({ "endDate": past }))
            .expect(400)
            .json();
        let detail = refused["detail"].as_str().unwrap();
        assert!(
            detail.contains("expire ends a subscription now"),
            "{detail}"
        );
    }
    assert_eq!(calendar.firm.hub.revision(), revision);
    assert_eq!(calendar.until(30), ["30 end"]);
}

#[test]
fn an_undone_end_comes_again_a_day_later() {
    let calendar = Calendar::begin();
    ends(&calendar, LIVING, 12);
    calendar.until(10);
    calendar.until(12);
    let undo = calendar
        .firm
        .hub
        .call("POST", "/_sim/v1/undo", &Value::Null);
    let told = undo.expect(200).text;
    assert!(told.contains("postponed"), "{told}");
    assert_eq!(calendar.status().0, "active");
    calendar.firm.forwarding(ANN).expect(200);
    assert_eq!(calendar.until(12), Vec::<String>::new());
    let fired = calendar.until(20);
    assert_eq!(fired, ["13 end"]);
    let cancelled = calendar.subscription();
    assert_eq!(cancelled["status"], "cancelled");
    assert_eq!(cancelled["cancelledAt"], Calendar::date(13));
}

/// Proves: MOVE-16
#[test]
fn an_undone_purge_gives_everything_back_and_can_be_restored_in_its_window_only() {
    let calendar = Calendar::begin();
    let before = calendar.firm.person(ANN);
    calendar.happens(LIVING, "cancel").expect(200);
    calendar.until(30);
    assert_eq!(calendar.status().0, "deleted");
    let undo = calendar
        .firm
        .hub
        .call("POST", "/_sim/v1/undo", &Value::Null);
    undo.expect(200);
    assert_eq!(calendar.status().0, "cancelled");
    calendar.happens(LIVING, "restore").expect(200);
    assert_eq!(calendar.firm.person(ANN)["licenses"], before["licenses"]);
    assert_eq!(
        calendar.firm.person(ANN)["phoneNumbers"],
        before["phoneNumbers"]
    );
    assert_eq!(calendar.until(60), Vec::<String>::new());
}

#[test]
fn a_fork_of_before_the_purge_lives_on_by_itself() {
    let calendar = Calendar::begin();
    let hub = &calendar.firm.hub;
    calendar.happens(LIVING, "cancel").expect(200);
    calendar.until(29);
    let fork = json!({"id": "before"});
    hub.call("POST", "/_sim/v1/sandboxes/default/fork", &fork)
        .expect(201);
    calendar.until(30);
    assert_eq!(calendar.status().0, "deleted");
    let there =
        |method: &str, path: &str| hub.send_as("full-admin.before", method, path, &Value::Null);
    let restore = format!("/_sim/v1/subscriptions/{LIVING}/restore");
    let headers = [
        ("x-sim-sandbox", "before"),
        ("authorization", "Bearer full-admin.before"),
    ];
    hub.send("POST", &restore, &headers, &Value::Null)
        .expect(200);
    let subscription = format!("/_hub/v1/organizations/me/subscriptions/{LIVING}");
    assert_eq!(
        there("GET", &subscription).expect(200).json()["status"],
        "active"
    );
    assert_eq!(calendar.status().0, "deleted");
}

#[test]
fn a_reset_of_the_clock_undoes_nothing_and_leaves_the_dates_as_they_are() {
    let calendar = Calendar::begin();
    calendar.until(10);
    calendar.happens(LIVING, "cancel").expect(200);
    let reset = "/_sim/v1/sandboxes/default/reset?scope=clock";
    calendar
        .firm
        .hub
        .call("POST", reset, &Value::Null)
        .expect(200);
    let clock = calendar.firm.hub.get("/_sim/v1/clock").expect(200).json();
    assert_eq!(clock["now"], START);
    assert_eq!(calendar.status().0, "cancelled");
    assert_eq!(calendar.subscription()["purgeAt"], Calendar::date(40));
    assert_eq!(calendar.until(39), Vec::<String>::new());
    assert_eq!(calendar.until(40), ["40 numbersReleased", "40 purge"]);
}

/// Starts moving everybody to the newer subscription, at five people a second, and lets the first
/// one go.
fn slowly(calendar: &Calendar, start: impl FnOnce() -> Value) -> Value {
    let hub = &calendar.firm.hub;
    let pace = json!({"rowsPerSecond": 5});
    hub.call("PUT", "/_sim/v1/tasks/pace", &pace).expect(200);
    let task = start();
    let path = format!("/tasks/{}", task["id"].as_str().unwrap());
    while calendar.firm.get(&path).expect(200).json()["percent"] == 0 {
        let step = json!({"by": "PT0.1S"});
        hub.call("POST", "/_sim/v1/clock/advance", &step)
            .expect(200);
    }
    let running = calendar.firm.get(&path).expect(200).json();
    assert_eq!(running["status"], "running");
    running
}

/// Proves: SUB-09, CSV-32
#[test]
fn rows_of_an_import_fail_from_the_moment_at_which_their_target_is_suspended() {
    let calendar = Calendar::begin();
    let firm = &calendar.firm;
    let rows = CALLERS.map(|who| [who, "FALSE", "TRUE"].map(str::to_owned).to_vec());
    let table = Table {
        header: [KEY, OLD, NEW].map(str::to_owned).to_vec(),
        rows: rows.to_vec(),
    };
    let file = table.text();
    let task = slowly(&calendar, || {
        firm.submit("addAndRemove", &file).expect(202).json()
    });
    let moved = task["succeeded"].as_u64().unwrap();
    assert!((1..3).contains(&moved), "{task}");
    calendar.happens(OTHER, "suspend").expect(200);
    let done = firm.finish(&task);
    assert_eq!(done.task["status"], "completedWithErrors");
    for (place, outcome) in done.outcomes.iter().enumerate() {
        if (place as u64) < moved {
            assert_eq!(outcome["action"], "swapped");
        } else {
            assert_eq!(outcome["error"]["code"], 900_002, "{outcome}");
            assert_eq!(outcome["lost"], json!([]));
        }
    }
    let cyd = firm.forwarding(CALLERS[2]).expect(200).json();
    assert_eq!(cyd["callForwarding"]["always"]["enabled"], true);
}

/// Proves: DEC-64
#[test]
fn a_template_whose_licence_is_purged_while_it_is_applied_takes_nothing_from_who_is_left() {
    let calendar = Calendar::begin();
    let firm = &calendar.firm;
    let save = json!({
        "licenses": [NEW], "applyScope": {"futureUsers": true, "existingUsers": true},
        "preserveLicenses": false, "acknowledgeDataLoss": true,
    });
    let task = slowly(&calendar, || {
        firm.call("PUT", "/licenseTemplate", &save)
            .expect(202)
            .json()
    });
    calendar.happens(OTHER, "cancel").expect(200);
    calendar.happens(OTHER, "purge").expect(200);
    let done = firm.finish(&task);
    assert_eq!(done.task["status"], "completedWithErrors");
    let cyd = done
        .outcomes
        .iter()
        .find(|one| one["holder"]["email"] == CALLERS[2]);
    let cyd = cyd.expect("an outcome of Cyd");
    assert_eq!(
        (&cyd["action"], &cyd["error"]["code"]),
        (&json!("failed"), &json!(400_000))
    );
    let message = cyd["error"]["message"].as_str().unwrap();
    assert!(message.contains("save the template again"), "{message}");
    assert_eq!(cyd["lost"], json!([]));
    assert_eq!(firm.export().cell(CALLERS[2], OLD), "TRUE");
    let template = firm.get("/licenseTemplate").expect(200).json();
    assert_eq!(template["licenses"], json!([]));
}
