//! What the simulator's control did to a request's consequences: undone, brought about by time,
//! or replaced as asked.

use serde_json::{Value, json};

use super::{explain, take_calling_from_the_receptionist};
use crate::hub::firm::{CALLERS, Firm, Table};
use crate::support::Hub;

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
