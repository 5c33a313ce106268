//! What rows come to: actions, numbers, rules and warnings, and that nothing comes of nothing.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{ANN, EVE, FAY, NUMBER};
use crate::hub::firm::{DEE, Done, Firm, KEY, NEW, OLD};

/// The action of the only row, its freed numbers, and its rules.
fn told(done: &Done) -> (&str, &Value, &Value) {
    let outcome = &done.outcomes[0];
    assert_eq!(done.task["status"], "completed", "{}", done.errors);
    let action = outcome["action"].as_str().unwrap();
    (action, &outcome["freedNumbers"], &outcome["rules"])
}

/// Proves: CSV-20, DEC-39
#[test]
fn numbers_that_come_and_go_stand_in_the_outcome() {
    let firm = Firm::start();
    let (none, freed) = (json!([]), json!(["+13125550100"]));
    let done = firm.import_row(ANN, &[(NUMBER, "REMOVE|+13125550100")]);
    assert_eq!(told(&done), ("removed", &freed, &json!(["CSV-20"])));
    let done = firm.import_row(ANN, &[(NUMBER, "+13125550100")]);
    assert_eq!(told(&done), ("assigned", &none, &none));
    let done = firm.import_row(ANN, &[(NUMBER, "+13125550110")]);
    assert_eq!(told(&done), ("assigned", &freed, &none));
    let done = firm.import_row(ANN, &[("Extension", "remove|200")]);
    assert_eq!(told(&done), ("removed", &none, &json!(["CSV-20"])));
    let done = firm.import_row(
        ANN,
        &[("Extension", "222"), (NUMBER, "REMOVE|+13125550110")],
    );
    let freed = json!(["+13125550110"]);
    assert_eq!(told(&done), ("assigned", &freed, &json!(["CSV-20"])));
    let done = firm.import_row(DEE, &[(NUMBER, "+13125550100")]);
    assert_eq!(told(&done), ("none", &none, &none));
    let done = firm.import_row(DEE, &[(NUMBER, "REMOVE|+13125550100")]);
    assert_eq!(told(&done), ("removed", &none, &json!(["CSV-20"])));
    assert_eq!(firm.export().cell(DEE, NUMBER), "");
    let listed = firm.hub.get("/v1/telephony/config/numbers?available=true");
    assert!(listed.expect(200).text.contains("+13125550110"));
}

/// Proves: DEC-39
#[test]
fn a_move_with_another_number_is_a_move_that_frees_the_old_one() {
    let firm = Firm::start();
    let cells = [(OLD, "FALSE"), (NEW, "TRUE"), (NUMBER, "+13125550115")];
    let done = firm.import_row(ANN, &cells);
    let (action, freed, _) = told(&done);
    assert_eq!((action, freed), ("swapped", &json!(["+13125550100"])));
    let done = firm.import_row(ANN, &[(NEW, "FALSE"), ("Extension", "222")]);
    let (action, freed, _) = told(&done);
    assert_eq!((action, freed), ("removed", &json!(["+13125550115"])));
    assert!(
        done.warnings().contains("takes Webex Calling away"),
        "{}",
        done.warnings()
    );
}

/// Proves: CSV-08
#[test]
fn a_changed_address_whose_number_is_in_use_fails_as_a_new_user() {
    let firm = Firm::start();
    let mut table = firm.export();
    table.rows.retain(|row| row.iter().any(|cell| cell == ANN));
    table.set(ANN, KEY, EVE);
    let done = firm.import("addAndRemove", &table);
    assert_eq!(done.code(), 25_102, "{}", done.errors);
    assert!(
        done.message().contains("Number +13125550100 is in use"),
        "{}",
        done.message()
    );
    assert!(
        done.warnings().contains("read as a new user"),
        "{}",
        done.warnings()
    );
    assert!(done.outcomes[0]["rules"].to_string().contains("CSV-08"));
    assert_eq!(
        (firm.person(EVE), &firm.person(ANN)["extension"]),
        (Value::Null, &json!("200"))
    );
    assert_eq!(firm.import_row("no address", &[]).warnings(), "[]");
}

/// Proves: CSV-08, CSV-30, TMPL-09, TMPL-13
#[test]
fn a_new_person_is_told_of_with_its_licences() {
    let firm = Firm::start();
    let done = firm.import_row(EVE, &[("Title", "Clerk")]);
    assert_eq!(told(&done), ("none", &json!([]), &json!(["CSV-30"])));
    assert!(
        done.warnings().contains("a new user was created"),
        "{}",
        done.warnings()
    );
    let template = json!({"licenses": [OLD]});
    firm.call("PUT", "/licenseTemplate", &template).expect(200);
    let cells = [(NEW, "TRUE"), ("Location", "Mill"), ("Extension", "300")];
    let done = firm.import_row(FAY, &cells);
    let (action, _, rules) = told(&done);
    assert_eq!(action, "assigned");
    for rule in ["CSV-30", "TMPL-09"] {
        assert!(rules.to_string().contains(rule), "{rules}");
    }
    assert_eq!(
        done.outcomes[0]["licensesAdded"],
        firm.person(FAY)["licenses"]
    );
    let done = firm.import_row("gus@firm.example", &[(NUMBER, "+13125550116")]);
    assert_eq!(told(&done).0, "assigned");
    let gus = firm.person("gus@firm.example");
    assert_eq!(done.outcomes[0]["licensesAdded"], gus["licenses"]);
    assert_eq!(done.outcomes[0]["holder"]["id"], gus["id"]);
}

#[test]
fn the_ledger_names_the_rules_of_the_outcome_for_each_holder() {
    let firm = Firm::start();
    let mut table = firm.export();
    table.move_over(ANN);
    table.set(DEE, "Title", "Pilot");
    let done = firm.import("addAndRemove", &table);
    assert_eq!(done.task["status"], "completed", "{}", done.errors);
    let items = |query: &str| {
        let found = firm.hub.get(&format!("/_sim/v1/ledger?{query}"));
        found.expect(200).json()["items"]
            .as_array()
            .unwrap()
            .clone()
    };
    let outcome = done.outcomes.iter().find(|one| one["action"] == "swapped");
    let rules = outcome.expect("a move")["rules"].as_array().unwrap();
    assert!(rules.contains(&json!("CSV-10")) && rules.contains(&json!("MOVE-08")));
    for rule in rules {
        let decided = items(&format!("rule={}&holder={ANN}", rule.as_str().unwrap()));
        assert_eq!(decided.len(), 1, "{rule}");
        assert_eq!(decided[0]["rules"].as_array().unwrap(), rules);
    }
    let of_dee = items(&format!("holder={DEE}"));
    assert_eq!(of_dee.len(), 1);
    assert_eq!(of_dee[0]["rules"], json!([]), "she did not move");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Proves: CSV-06, DEC-34, DEC-35
    #[test]
    fn whatever_the_api_takes_comes_back_unchanged(
        name in "[=+@'-]{0,3}[ -~ß]{0,5}[!-~ß][ -~ß]{0,5}",
        address in prop::collection::vec("[=+@'\t\r\n-]{0,3}[ -~ß\t\r\n]{0,12}", 5),
    ) {
        let firm = Firm::start();
        let person = firm.person(DEE);
        let path = format!("/v1/people/{}", person["id"].as_str().unwrap());
        let body = json!({
            "emails": [DEE], "displayName": name, "firstName": name, "lastName": name,
            "title": name, "department": name, "manager": name,
            "addresses": [{
                "type": "work", "country": address[0], "streetAddress": address[1],
                "locality": address[2], "region": address[3], "postalCode": address[4],
            }],
        });
        firm.hub.call("PUT", &path, &body).expect(200);
        let before = firm.world();
        let table = firm.export();
        let city = table.cell(DEE, "Address city");
        prop_assert!(!city.starts_with(['=', '+', '-', '@', '\t', '\r']), "{city:?}");
        let done = firm.import("addAndRemove", &table);
        prop_assert_eq!(&done.task["status"], "completed", "{}", done.errors);
        prop_assert!(done.actions().iter().all(|action| *action == "none"));
        prop_assert_eq!(firm.world().revision, before.revision);
    }
}
