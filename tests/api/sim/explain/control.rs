//! What the simulator's control did to a request's consequences: undone, brought about by time,
//! or replaced as asked.

use serde_json::{Value, json};

use super::{explain, take_calling_from_the_receptionist};
use crate::hub::firm::{CALLERS, Firm, Table};
use crate::support::{Answer, Hub};

/// What the live page shows.
fn live(hub: &Hub) -> String {
    hub.send("GET", "/live", &[], &Value::Null).expect(200).text
}

#[test]
fn what_was_undone_is_no_loss_on_the_page_nor_in_its_explanation() {
    let hub = Hub::with_scenario("demo");
    let answer = take_calling_from_the_receptionist(&hub);
    assert!(live(&hub).contains("Odette Fairbourne"));
    let told = explain(&hub, &answer);
    assert_eq!(told.get("undone"), None, "{told}");
    hub.call("POST", "/_sim/v1/undo", &Value::Null).expect(200);
    assert!(!live(&hub).contains("Odette Fairbourne"));
    let told = explain(&hub, &answer);
    assert_eq!(told["undone"], true, "{told}");
    let cause = told["cause"].as_str().expect("a cause");
    assert!(cause.contains("It was undone since"), "{cause}");
    assert_eq!(told.get("remedy"), None, "nothing is to be mended: {told}");
    hub.call("POST", "/_sim/v1/redo", &Value::Null).expect(200);
    assert!(live(&hub).contains("Odette Fairbourne"));
    let told = explain(&hub, &answer);
    assert!(told["remedy"].is_string() && told.get("undone").is_none());
}

#[test]
fn time_that_passed_is_explained_with_the_call_that_let_it_pass() {
    let firm = Firm::start();
    let hub = &firm.hub;
    hub.call(
        "POST",
        "/_sim/v1/subscriptions/Sub119911/cancel",
        &Value::Null,
    )
    .expect(200);
    let advanced = hub.call("POST", "/_sim/v1/clock/advance", &json!({"by": "P400D"}));
    let id = advanced.expect(200).header("trackingid").to_owned();
    let path = format!("/_sim/v1/explain/{id}");
    let told = hub.get(&path).expect(200).json();
    assert_eq!(
        told["request"],
        json!({"method": "POST", "path": "/_sim/v1/clock/advance", "status": 200,
            "operation": "advanceClock"})
    );
}

#[test]
fn what_a_row_replaced_as_asked_is_told_with_both_values() {
    let firm = Firm::start();
    let mut table = Table::row_of(CALLERS[0], &[("Extension", "1777")]);
    table.rows.truncate(1);
    let done = firm.import("addAndRemove", &table);
    let changed = &done.outcomes[0]["changed"][0];
    assert_eq!(changed["after"], "1777", "{:?}", done.outcomes);
    let id = done.outcomes[0]["trackingId"].as_str().expect("an id");
    let told = firm.hub.get(&format!("/_sim/v1/explain/{id}"));
    let told = told.expect(200).json();
    let cause = told["cause"].as_str().expect("a cause");
    let before = changed["before"].as_str().expect("a value");
    let sentence = format!("was {before} and is 1777, as asked.");
    assert!(cause.contains(&sentence), "{cause}");
}

#[test]
fn a_field_that_means_nothing_is_told_of_a_request_that_was_done() {
    let hub = Hub::start();
    let body = json!({"emails": ["new@harbour.example"], "displayName": "New", "nickNam": "N"});
    let made = hub.call("POST", "/v1/people", &body).expect(200);
    let id = made.header("trackingid");
    let told = hub
        .get(&format!("/_sim/v1/explain/{id}"))
        .expect(200)
        .json();
    let warnings = told["warnings"].to_string();
    assert!(warnings.contains("Did you mean nickName?"), "{told}");
}

#[test]
fn a_switch_that_was_turned_is_told_with_both_choices_and_one_that_was_not_is_none() {
    let hub = Hub::start();
    let told = |done: &Answer| {
        let path = format!("/_sim/v1/explain/{}", done.header("trackingid"));
        hub.get(&path).expect(200).json()
    };
    let turn = |path: &str, body: &Value| told(&hub.call("PUT", path, body).expect(200));
    let quirks = "/_sim/v1/quirks";
    let shown = turn(quirks, &json!({"quirks": {"csv_from_suspended": "lost"}}));
    let cause = shown["cause"].as_str().expect("a cause");
    let end = "csv_from_suspended changed from kept to lost.";
    assert!(cause.ends_with(end), "{cause}");
    let switch = json!([{"name": "csv_from_suspended", "before": "kept", "after": "lost"}]);
    assert_eq!(shown["switches"], switch);
    let shown = turn(
        quirks,
        &json!({"quirks": {"swap_without_properties": "refuse"}}),
    );
    let cause = shown["cause"].as_str().expect("a cause");
    assert!(cause.ends_with("changed nothing."), "{cause}");
    assert_eq!(shown.get("switches"), None, "{shown}");
    let shown = turn(quirks, &json!({"edition": "classic"}));
    let cause = shown["cause"].as_str().expect("a cause");
    for part in [
        "edition changed from current to classic.",
        "csv_from_suspended changed from lost",
    ] {
        assert!(cause.contains(part), "{cause}");
    }
    let pace = "/_sim/v1/tasks/pace";
    let shown = turn(pace, &json!({"rowsPerSecond": 5}));
    let cause = shown["cause"].as_str().expect("a cause");
    let end = "rowsPerSecond changed from 0 (at once) to 5.";
    assert!(cause.ends_with(end), "{cause}");
    let undone = hub.call("POST", "/_sim/v1/undo", &Value::Null).expect(200);
    let shown = told(&undone);
    let cause = shown["cause"].as_str().expect("a cause");
    let end = "rowsPerSecond changed from 5 to 0 (at once).";
    assert!(cause.contains(end), "{cause}");
}

#[test]
fn an_address_that_leads_nowhere_is_explained_with_the_nearest_that_leads_somewhere() {
    let hub = Hub::start();
    let remedy = |path: &str| {
        let refused = hub.get(path).expect(404);
        let told = explain(&hub, &refused);
        let said = format!("{} {}", told["cause"], told["remedy"]);
        assert_eq!(said.matches("Did you mean").count(), 1, "{said}");
        told["remedy"].as_str().expect("a remedy").to_owned()
    };
    assert!(remedy("/v1/peple").starts_with("Did you mean /v1/people? See /docs"));
    assert!(remedy("/_hub/v1/organizations/me/subscription").starts_with("See /docs"));
}
