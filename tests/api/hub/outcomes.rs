//! What an outcome says is what happened: what changed, what was lost, and by which rules.

use hubsim::model::SubscriptionStatus;
use serde_json::{Value, json};

use super::firm::{CALLERS, Firm, NEW, OLD, Table};
use crate::support::Answer;

const ANN: &str = CALLERS[0];

/// Saves the dialog of Ann.
fn dialog(firm: &Firm, items: &Value) -> Answer {
    let id = firm.person(ANN)["id"].as_str().unwrap().to_owned();
    let path = format!("/users/{id}/licenses");
    firm.call("PATCH", &path, &json!({"licenses": items}))
}

/// Adds to Ann what she holds, over the public API.
fn patch(firm: &Firm, properties: &Value) -> Answer {
    let held = firm.person(ANN)["licenses"][0].clone();
    let item = json!({"id": held, "operation": "add", "properties": properties});
    let body = json!({"email": ANN, "licenses": [item]});
    firm.hub.call("PATCH", "/v1/licenses/users", &body)
}

fn names(outcome: &Value, field: &str) -> Vec<String> {
    let all = outcome[field].as_array().expect(field).iter();
    all.map(|one| one.as_str().unwrap().to_owned()).collect()
}

/// Proves: DEC-09, MOVE-01
#[test]
fn a_swap_that_changes_the_number_says_so_and_does_not_call_it_kept() {
    let firm = Firm::start();
    let properties = json!({"phoneNumber": "+13125550110", "extension": "777"});
    let over = json!([{"id": OLD, "operation": "remove"}, {"id": NEW, "properties": properties}]);
    let outcome = dialog(&firm, &over).expect(200).json();
    assert_eq!(outcome["action"], "swapped");
    let changed = json!([
        {"family": "numbers", "field": "primary",
         "before": "+13125550100", "after": "+13125550110"},
        {"family": "extension", "field": "extension", "before": "200", "after": "777"},
    ]);
    assert_eq!(outcome["changed"], changed);
    assert_eq!(outcome["freedNumbers"], json!(["+13125550100"]));
    assert_eq!(names(&outcome, "kept"), ["callForwarding"]);
    let rules = ["MOVE-02", "MOVE-03", "DEC-09"];
    assert_eq!(names(&outcome, "rules"), rules);
    let back = json!([{"id": NEW, "operation": "remove"}, {"id": OLD}]);
    let outcome = dialog(&firm, &back).expect(200).json();
    assert_eq!(outcome["changed"], json!([]));
    let kept = ["numbers", "extension", "callForwarding"];
    assert_eq!(names(&outcome, "kept"), kept);
    let rules = ["MOVE-01", "MOVE-02", "MOVE-03", "DEC-07"];
    assert_eq!(names(&outcome, "rules"), rules);
}

/// Proves: DEC-09
#[test]
fn properties_of_a_licence_that_is_held_change_the_number_or_are_refused() {
    let firm = Firm::start();
    patch(&firm, &json!({"phoneNumber": "+13125550110"})).expect(200);
    let number = firm.person(ANN)["phoneNumbers"].to_string();
    assert!(number.contains("+13125550110"), "{number}");
    let item = json!([{"id": OLD, "properties": {"extension": "777"}}]);
    let outcome = dialog(&firm, &item).expect(200).json();
    assert_eq!(outcome["action"], "assigned");
    assert_eq!(outcome["licensesAdded"], json!([]));
    assert_eq!(outcome["changed"][0]["after"], "777");
    let before = (firm.hub.revision(), firm.person(ANN));
    let same = json!({"phoneNumber": "+13125550110", "extension": "777"});
    patch(&firm, &same).expect(200);
    let elsewhere = firm.hub.find("/v1/locations", "name", "Quay")["id"].clone();
    for (properties, status, code) in [
        (json!({"phoneNumber": "+13125550101"}), 400, 25_102),
        (json!({"extension": "201"}), 409, 25_108),
        (json!({"locationId": elsewhere}), 400, 900_011),
    ] {
        let refused = patch(&firm, &properties).expect(status).json();
        assert_eq!(refused["errors"][0]["errorCode"], code, "{refused}");
        dialog(&firm, &json!([{"id": OLD, "properties": properties}])).expect(status);
    }
    assert_eq!((firm.hub.revision(), firm.person(ANN)), before);
    firm.status("Sub119911", SubscriptionStatus::Cancelled);
    patch(&firm, &json!({"phoneNumber": "+13125550111"})).expect(403);
}

/// Proves: DEC-01, MOVE-12, MOVE-13
#[test]
fn who_lost_everything_already_fails_without_another_loss() {
    let firm = Firm::start();
    firm.quirk("csv_from_suspended", "lost");
    firm.quirk("suspended_template_outcome", "stuck");
    let template = json!({
        "licenses": [NEW], "applyScope": {"existingUsers": true},
        "preserveLicenses": false, "acknowledgeDataLoss": true,
    });
    firm.suspend("Sub119911");
    let cells = [(OLD, "FALSE"), (NEW, "TRUE")];
    let import = || firm.import("addAndRemove", &Table::row_of(ANN, &cells));
    let first = import().outcomes[0].clone();
    assert_eq!(first["action"], "lost");
    assert_eq!((&first["from"], &first["to"]), (&Value::Null, &Value::Null));
    let person = firm.person(ANN);
    let again = import().outcomes[0].clone();
    let task = firm.call("PUT", "/licenseTemplate", &template);
    let done = firm.finish(&task.expect(202).json());
    let mut outcomes = done.outcomes.into_iter();
    let applied = outcomes.find(|one| one["holder"]["email"] == ANN).unwrap();
    for outcome in [again, applied] {
        assert_eq!(outcome["action"], "failed", "{outcome}");
        assert_eq!(outcome["error"]["code"], 900_002);
        assert_eq!(outcome["lost"], json!([]));
        let rules = names(&outcome, "rules");
        assert!(!rules.iter().any(|it| it.starts_with("LOSS")), "{rules:?}");
    }
    assert_eq!(firm.person(ANN), person);
    let path = format!("/_sim/v1/ledger?holder={ANN}");
    let entries = firm.hub.get(&path).expect(200).json();
    let entries = entries["items"].as_array().unwrap().len();
    assert_eq!(entries, 1, "the first loss is the only entry");
}

/// Proves: MOVE-12, MOVE-15, TMPL-03, SUB-03
#[test]
fn rules_are_named_only_where_their_words_hold() {
    let firm = Firm::start();
    let rules = |answer: &Answer| {
        let id = answer.header("trackingid");
        let ledger = firm.hub.get("/_sim/v1/ledger").expect(200).json();
        let mut items = ledger["items"].as_array().unwrap().clone();
        items.retain(|item| item["trackingId"] == id);
        names(&items[0], "rules")
    };
    let scope =
        |existing: bool| json!({"licenses": [NEW], "applyScope": {"existingUsers": existing}});
    let future = firm
        .call("PUT", "/licenseTemplate", &scope(false))
        .expect(200);
    assert_eq!(rules(&future), ["TMPL-01", "TMPL-02", "MOVE-15"]);
    let existing = firm
        .call("PUT", "/licenseTemplate", &scope(true))
        .expect(202);
    assert_eq!(rules(&existing), ["TMPL-01", "TMPL-02", "TMPL-03"]);
    firm.run();
    firm.suspend("Sub119911");
    let swap = json!([{"id": OLD, "operation": "remove"}, {"id": NEW}]);
    let outcome = dialog(&firm, &swap).expect(200).json();
    let moved = ["MOVE-05", "DEC-02", "MOVE-02", "MOVE-03", "DEC-07"];
    assert_eq!(names(&outcome, "rules"), moved);
    firm.status("Sub119911", SubscriptionStatus::Cancelled);
    let back = json!([{"id": NEW, "operation": "remove"}, {"id": OLD}]);
    let refused = dialog(&firm, &back).expect(400);
    let path = format!("/_sim/v1/explain/{}", refused.header("trackingid"));
    let told = firm.hub.get(&path).expect(200).json()["rules"].to_string();
    assert!(
        told.contains("SUB-03") && !told.contains("SUB-09"),
        "{told}"
    );
}
