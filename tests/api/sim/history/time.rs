//! What undo does about dates, the clock, the baseline, and tasks that a load let go on.

use serde_json::{Value, json};

use super::{ANN, MINIMAL, import, remove, steps, travel};
use crate::hub::firm::Firm;
use crate::support::{ADA, Answer, Hub, START, person_id};

fn sim(hub: &Hub, method: &str, path: &str, body: &Value) -> Answer {
    hub.call(method, &format!("/_sim/v1/{path}"), body)
}

fn advance(hub: &Hub, by: &str) -> Value {
    let answer = sim(hub, "POST", "clock/advance", &json!({"by": by}));
    answer.expect(200).json()
}

fn shown(hub: &Hub) -> Value {
    let answer = hub.get("/_sim/v1/clock").expect(200);
    answer.json()["now"].clone()
}

/// Loads the scenario `minimal` in place of everything.
fn load_minimal(hub: &Hub) {
    let body = MINIMAL.as_bytes();
    hub.send_raw("POST", "/_sim/v1/scenarios", "application/yaml", body)
        .expect(200);
}

fn has_ada(hub: &Hub, token: &str) -> bool {
    let path = format!("/v1/people?email={ADA}");
    let found = hub.send_as(token, "GET", &path, &Value::Null).expect(200);
    found.json()["items"] != json!([])
}

#[test]
fn an_undone_load_of_a_scenario_is_no_longer_what_a_reset_leads_to_and_a_redone_one_is() {
    let hub = Hub::start();
    let reset = || sim(&hub, "POST", "sandboxes/default/reset", &Value::Null).expect(200);
    load_minimal(&hub);
    travel(&hub, "undo").expect(200);
    let diff = hub.get("/_sim/v1/sandboxes/default/diff?from=baseline");
    let none = json!({"created": [], "updated": [], "deleted": []});
    for list in ["created", "updated", "deleted"] {
        assert_eq!(diff.json()[list], none[list], "{}", diff.text);
    }
    travel(&hub, "redo").expect(200);
    travel(&hub, "undo").expect(200);
    reset();
    assert!(has_ada(&hub, "full-admin"), "the first baseline is back");
    load_minimal(&hub);
    travel(&hub, "undo").expect(200);
    travel(&hub, "redo").expect(200);
    reset();
    assert!(
        !has_ada(&hub, "full-admin"),
        "redone, so the baseline again"
    );
}

#[test]
fn sandboxes_begin_with_what_the_server_started_with_whatever_was_loaded_since() {
    let hub = Hub::start();
    load_minimal(&hub);
    sim(&hub, "POST", "sandboxes", &json!({"id": "made"})).expect(201);
    assert!(has_ada(&hub, "full-admin.made"));
    assert!(has_ada(&hub, "full-admin.by-itself"));
    assert!(!has_ada(&hub, "full-admin"));
}

#[test]
fn the_dates_of_a_subscription_move_with_the_timers_that_an_undo_postponed() {
    let firm = Firm::start();
    let hub = &firm.hub;
    sim(hub, "POST", "subscriptions/Sub119911/cancel", &Value::Null).expect(200);
    advance(hub, "P40D");
    let undone = travel(hub, "undo").expect(200).json();
    let back = firm.get("/subscriptions/Sub119911").expect(200).json();
    assert_eq!(back["status"], "cancelled", "{back}");
    let late = undone["postponed"].as_array().expect("two timers");
    for (kind, date) in [
        ("subscription.purge", "purgeAt"),
        ("subscription.numbersReleased", "numbersReleasedAt"),
    ] {
        let timer = late.iter().find(|late| late["kind"] == kind);
        assert_eq!(timer.expect(kind)["at"], back[date], "{back}");
    }
    let fired = advance(hub, "P1D");
    assert_eq!(fired["fired"][0]["at"], back["purgeAt"], "{fired}");
}

#[test]
fn the_timers_of_a_subscription_stay_in_order_when_one_of_them_is_postponed() {
    let firm = Firm::start();
    let hub = &firm.hub;
    let trial = json!({
        "name": "Trial", "trial": true,
        "licenses": [{"name": "Webex Calling - Professional", "totalUnits": 5}],
    });
    let sold = sim(hub, "POST", "subscriptions", &trial).expect(201).json();
    let code = sold["id"].as_str().expect("an id");
    let cancel = format!("subscriptions/{code}/cancel");
    sim(hub, "POST", &cancel, &Value::Null).expect(200);
    advance(hub, "P1D");
    let quirk = json!({"quirks": {"csv_from_suspended": "lost"}});
    sim(hub, "PUT", "quirks", &quirk).expect(200);
    advance(hub, "P20D");
    let undone = travel(hub, "undo").expect(200).json();
    let back = firm.get(&format!("/subscriptions/{code}")).json();
    // The release had 14 days left on the 3rd of March; 20 days have passed for both.
    assert_eq!(back["numbersReleasedAt"], "2026-04-06T09:00:00.000Z");
    assert_eq!(back["purgeAt"], "2026-04-21T09:00:00.000Z");
    let words = undone["postponed"].to_string();
    assert!(words.contains("moves along"), "{words}");
    let fired = advance(hub, "P60D")["fired"].clone();
    let of_trial = fired.as_array().expect("a list").iter();
    let kinds: Vec<_> = of_trial
        .map(|fired| fired["kind"].clone())
        .filter(|kind| kind != "subscription.end")
        .collect();
    assert_eq!(
        kinds,
        ["subscription.numbersReleased", "subscription.purge"]
    );
}

#[test]
fn the_end_of_an_activation_code_moves_with_its_timer() {
    let hub = Hub::start();
    let ada = person_id(&hub, "full-admin", ADA);
    let path = "/v1/devices/activationCode";
    hub.call("POST", path, &json!({"personId": ada}))
        .expect(200);
    let expires = || {
        let world = hub.server.app().default.sandbox.read();
        let mut codes = world.list::<hubsim::model::device::ActivationCode>();
        codes.next().expect("a code").1.expires.to_string()
    };
    advance(&hub, "P40D");
    let undone = travel(&hub, "undo").expect(200).json();
    assert_eq!(undone["postponed"][0]["at"], expires(), "{undone}");
}

#[test]
fn undoing_what_set_the_clock_back_sets_it_forward_again() {
    let firm = Firm::start();
    let hub = &firm.hub;
    sim(hub, "POST", "snapshots", &json!({"name": "t0"})).expect(201);
    sim(hub, "POST", "subscriptions/Sub119911/cancel", &Value::Null).expect(200);
    advance(hub, "P50D");
    let late = shown(hub);
    sim(hub, "POST", "snapshots/t0/load", &Value::Null).expect(200);
    assert_eq!(shown(hub), START);
    let undone = travel(hub, "undo").expect(200).json();
    assert_eq!(undone["clockSetTo"], late, "{undone}");
    assert_eq!(shown(hub), late);
    let again = travel(hub, "redo").expect(200).json();
    assert!(again.get("clockSetTo").is_none(), "never back: {again}");
    assert_eq!(shown(hub), late);
    travel(hub, "undo").expect(200);
    assert_eq!(shown(hub), late, "nothing to catch up with");
    sim(
        hub,
        "POST",
        "sandboxes/default/reset?scope=clock",
        &Value::Null,
    )
    .expect(200);
    let undone = travel(hub, "undo").expect(200).json();
    assert_eq!(undone["clockSetTo"], late, "a reset of the clock too");
}

#[test]
fn rows_that_go_on_after_a_load_are_undone_with_the_load_alone() {
    let firm = Firm::start();
    let hub = &firm.hub;
    sim(hub, "PUT", "tasks/pace", &json!({"rowsPerSecond": 5})).expect(200);
    import(&firm, 20);
    advance(hub, "PT2S");
    sim(hub, "POST", "snapshots", &json!({"name": "mid"})).expect(201);
    sim(hub, "POST", "tasks/run", &Value::Null).expect(200);
    remove(&firm, ANN);
    let known = steps(hub).len();
    sim(hub, "POST", "snapshots/mid/load", &Value::Null).expect(200);
    sim(hub, "POST", "tasks/run", &Value::Null).expect(200);
    let found = steps(hub).split_off(known);
    let of = |list: &[Value]| -> Vec<Value> {
        list.iter().map(|step| step["operation"].clone()).collect()
    };
    assert_eq!(of(&found), ["loadSnapshot", "importUsers"]);
    assert_eq!(
        (&found[0]["joined"], &found[1]["joined"]),
        (&json!(false), &json!(true))
    );
    let undone = travel(hub, "undo").expect(200).json();
    let undone = undone["steps"].as_array().expect("a list");
    assert_eq!(of(undone), ["loadSnapshot", "importUsers"]);
    let next = travel(hub, "undo").expect(200).json();
    assert_eq!(next["steps"][0]["operation"], "editUserLicenses");
    assert_eq!(next["steps"].as_array().map(Vec::len), Some(1), "{next}");
}
