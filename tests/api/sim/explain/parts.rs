//! What was asked and not done: rows of a file, and licences of a request of which a part is done.

use serde_json::{Value, json};

use super::explain;
use crate::hub::firm::{CALLERS, Done, Firm, NEW, OLD, Table};
use crate::support::Hub;

const ANN: &str = CALLERS[0];

/// The ids of the rules of an explanation.
fn rules(told: &Value) -> Vec<&str> {
    let rules = told["rules"].as_array().unwrap().iter();
    rules.map(|rule| rule["id"].as_str().unwrap()).collect()
}

/// What explains an import: the story of the tracking id that its outcomes name.
fn explained(firm: &Firm, done: &Done) -> Value {
    let id = done.outcomes[0]["trackingId"].as_str().unwrap();
    let told = firm.hub.get(&format!("/_sim/v1/explain/{id}"));
    told.expect(200).json()
}

/// The story of a request of which a part was done.
fn followed(firm: &Firm, answer: &crate::support::Answer) -> Value {
    explain(&firm.hub, answer)
}

#[test]
fn a_failed_row_is_explained_with_its_line_its_rules_and_a_remedy() {
    let firm = Firm::start();
    let before = firm.world().revision;
    let table = Table::row_of(ANN, &[(OLD, "FALSE"), (NEW, "TRUE")]);
    let done = firm.import("addOnly", &table);
    assert_eq!(done.code(), 900_004);
    assert_eq!(firm.world().revision, before);
    let told = explained(&firm, &done);
    let cause = told["cause"].as_str().unwrap();
    for part in [
        "Its task userImport is completedWithErrors: 1 of 1 items done, 1 of them failed.",
        "Line 2, ann@firm.example: ",
        "(900004).",
        "Decided by ",
    ] {
        assert!(cause.contains(part), "{part} in {cause}");
    }
    assert!(rules(&told).contains(&"MOVE-09"), "{told}");
    let remedy = told["remedy"].as_str().unwrap();
    let errors = firm.hub.get("/_sim/v1/errors").expect(200).text;
    assert!(errors.contains(remedy), "{remedy}");
}

#[test]
fn many_failures_are_counted_by_their_codes() {
    let firm = Firm::start();
    let mut table = Table::row_of(ANN, &[("Extension", "1")]);
    for number in 0..8 {
        let mut row = table.rows[0].clone();
        row[0] = format!("nobody{number}@firm.example");
        row[1] = "12a".to_owned();
        table.rows.push(row);
    }
    let done = firm.import("addAndRemove", &table);
    assert_eq!(done.task["failed"], 9, "{}", done.errors);
    let told = explained(&firm, &done);
    let cause = told["cause"].as_str().unwrap();
    assert!(cause.contains("4 more failed: 4 with "), "{cause}");
    assert!(!cause.contains("nobody7"), "{cause}");
}

#[test]
fn a_task_that_waits_is_told_beside_the_request() {
    let firm = Firm::start();
    let table = Table::row_of(ANN, &[("Title", "Pilot")]);
    let accepted = firm.submit("addOnly", &table.text()).expect(202);
    let id = accepted.header("trackingid");
    let told = firm.hub.get(&format!("/_sim/v1/explain/{id}")).expect(200);
    let told = told.json();
    let cause = told["cause"].as_str().unwrap();
    let waits = "Its task userImport is queued: 0 of 1 items done.";
    assert!(cause.contains(waits), "{cause}");
    assert_eq!(told.get("remedy"), None);
}

/// A licence's id by subscription.
fn license(hub: &Hub, code: &str) -> Value {
    let subscription = format!("/_hub/v1/organizations/me/subscriptions/{code}");
    let shown = hub.get(&subscription).expect(200).json();
    shown["licenses"][0]["id"].clone()
}

/// Proves: SUB-09, DEC-10
#[test]
fn a_move_of_which_half_is_done_names_what_was_refused_and_why() {
    let firm = Firm::start();
    firm.suspend("Sub121331");
    firm.quirk("patch_swap_unassignable", "partial");
    let body = json!({
        "email": ANN,
        "licenses": [
            {"id": license(&firm.hub, "Sub119911"), "operation": "remove"},
            {"id": license(&firm.hub, "Sub121331"), "properties": {"phoneNumber": "+13125550100"}},
        ],
    });
    let partial = firm
        .hub
        .call("PATCH", "/v1/licenses/users", &body)
        .expect(206);
    names_the_refused(&followed(&firm, &partial), "DEC-10");
}

/// Proves: SUB-09, DEC-11
#[test]
fn a_full_replace_names_the_licence_that_it_left_out_and_why() {
    let firm = Firm::start();
    firm.suspend("Sub121331");
    let person = firm.person(ANN);
    let mut body = person.clone();
    body["licenses"] = json!([license(&firm.hub, "Sub121331")]);
    let path = format!(
        "/v1/people/{}?callingData=true",
        person["id"].as_str().unwrap()
    );
    let put = firm.hub.call("PUT", &path, &body).expect(200);
    names_the_refused(&followed(&firm, &put), "DEC-11");
}

fn names_the_refused(told: &Value, rule: &str) {
    let cause = told["cause"].as_str().unwrap();
    assert!(cause.contains("gave up Webex Calling"), "{cause}");
    let reason = "cannot be assigned: subscription Sub121331 is suspended";
    assert!(cause.contains(reason), "{cause}");
    for rule in ["SUB-09", "DEC-04", rule] {
        assert!(rules(told).contains(&rule), "{rule} in {told}");
    }
}

/// Proves: COMBO-08
#[test]
fn a_206_tells_what_was_refused_beside_what_was_given() {
    let hub = Hub::with_scenario("demo");
    hub.call(
        "POST",
        "/_sim/v1/subscriptions/Sub121331/suspend",
        &json!({}),
    )
    .expect(200);
    let find = |name: &str| hub.find("/v1/licenses", "name", name)["id"].clone();
    let suspended = hub.get("/_hub/v1/organizations/me/subscriptions/Sub121331");
    let suspended = suspended.expect(200).json()["licenses"][0]["id"].clone();
    let body = json!({
        "email": "joaquin.thornfield@quillhaven.example",
        "licenses": [{"id": find("Webex Attendant Console")}, {"id": suspended}, {"id": "bogus"}],
    });
    let partial = hub.call("PATCH", "/v1/licenses/users", &body).expect(206);
    let told = explain(&hub, &partial);
    let cause = told["cause"].as_str().unwrap();
    for part in [
        "got Webex Attendant Console",
        "(Suspended) was refused: ",
        "bogus was refused: ",
    ] {
        assert!(cause.contains(part), "{part} in {cause}");
    }
    assert!(rules(&told).contains(&"COMBO-08"), "{told}");
}
