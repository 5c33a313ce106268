//! Who has somebody else's number as emergency callback number, and what becomes of that when the
//! number goes.

use serde_json::{Value, json};

use crate::hub::firm::{Firm, HUB};
use crate::support::Hub;
use crate::v1::telephony::jobs::{JOBS, errors, run};

/// Who is called back at the reception's number, and the reception.
const JOAQUIN: &str = "joaquin.thornfield@quillhaven.example";
const ODETTE: &str = "odette.fairbourne@quillhaven.example";
const LICENSE: &str = "Webex Calling VAR Professional [Sub119911]";

fn demo() -> Firm {
    Firm {
        hub: Hub::with_scenario("demo"),
    }
}

fn id(firm: &Firm, email: &str) -> String {
    firm.person(email)["id"].as_str().expect("an id").to_owned()
}

fn path(firm: &Firm, email: &str) -> String {
    let id = id(firm, email);
    format!("/v1/telephony/config/people/{id}/emergencyCallbackNumber")
}

fn read(firm: &Firm, email: &str) -> Value {
    firm.hub.get(&path(firm, email)).expect(200).json()
}

/// How many have somebody's number as emergency callback number.
fn dependents(firm: &Firm, email: &str) -> u64 {
    let path = format!("{}/dependencies", path(firm, email));
    let told = firm.hub.get(&path).expect(200).json();
    told["dependentMemberCount"].as_u64().expect("a count")
}

/// What the ledger tells that Joaquin has lost of the family by the rule.
fn losses(firm: &Firm) -> Vec<String> {
    let path = format!("/_sim/v1/ledger?rule=DEC-140&holder={JOAQUIN}");
    let entries = firm.hub.get(&path).expect(200).json();
    let all = entries["items"].as_array().expect("entries").iter();
    let lost = all.flat_map(|entry| entry["lost"].as_array().expect("losses").clone());
    let of_family = lost.filter(|one| one["family"] == "emergencyCallbackNumber");
    of_family.map(|one| one.to_string()).collect()
}

/// Writes what was read.
fn write_back(firm: &Firm, email: &str) {
    let read = read(firm, email);
    let mut body = json!({"selected": read["selected"], "elinEnabled": read["elinEnabled"]});
    if let Some(member) = read["locationMemberInfo"]["memberId"].as_str() {
        body["locationMemberId"] = json!(member);
    }
    firm.hub.call("PUT", &path(firm, email), &body).expect(204);
    assert_eq!(self::read(firm, email), read);
}

fn delete(firm: &Firm) {
    let path = format!("/v1/people/{}", id(firm, ODETTE));
    firm.hub.call("DELETE", &path, &Value::Null).expect(204);
}

fn take_the_license(firm: &Firm) {
    let path = format!("{HUB}/users/{ODETTE}/licenses");
    let body = json!({"licenses": [
        {"id": LICENSE, "operation": "remove"},
        {"id": "Webex Attendant Console [Sub119911]", "operation": "remove"},
    ]});
    firm.hub.call("PATCH", &path, &body).expect(200);
}

fn take_the_number(firm: &Firm) {
    let done = firm.import_row(ODETTE, &[("Phone Number", "REMOVE|+14085550104")]);
    assert_eq!(done.actions(), ["removed"], "{done:?}");
    let lost = &done.outcomes[0]["lost"];
    assert_eq!(lost[0]["holder"]["name"], "Joaquin Thornfield", "{lost}");
}

/// A way in which a number goes, and whether the ledger names the new rule: by a removal it goes
/// like everything else.
type Way = (&'static str, fn(&Firm), bool);

const WAYS: [Way; 3] = [
    ("the person is deleted", delete, false),
    ("the licence goes", take_the_license, false),
    ("the number is taken away", take_the_number, true),
];

/// Proves: DEC-140
#[test]
fn whoever_chose_a_number_that_goes_falls_back_and_the_ledger_says_so() {
    for (way, go, by_rule) in WAYS {
        let firm = demo();
        assert_eq!(read(&firm, JOAQUIN)["selected"], "LOCATION_MEMBER_NUMBER");
        assert_eq!(dependents(&firm, ODETTE), 1);
        write_back(&firm, JOAQUIN);
        go(&firm);
        let after = read(&firm, JOAQUIN);
        assert_eq!(after["selected"], "DIRECT_LINE", "{way}");
        assert_eq!(after["locationMemberInfo"], Value::Null, "{way}");
        write_back(&firm, JOAQUIN);
        let path = format!("/_sim/v1/ledger?holder={JOAQUIN}");
        let ledger = firm.hub.get(&path).expect(200).json();
        let mut entries = ledger["items"].as_array().expect("entries").iter();
        let is_named = |entry: &Value| {
            let lost = entry["lost"].as_array().cloned().unwrap_or_default();
            let mut all = lost.iter();
            all.any(|one| one["family"] == "emergencyCallbackNumber")
        };
        assert!(entries.any(is_named), "{way}");
        assert_eq!(!losses(&firm).is_empty(), by_rule, "{way}");
        firm.pass_through_a_snapshot();
        // It is taken back like everything else, with the load of the snapshot.
        firm.hub
            .call("POST", "/_sim/v1/undo?steps=2", &Value::Null)
            .expect(200);
        assert_eq!(read(&firm, JOAQUIN)["selected"], "LOCATION_MEMBER_NUMBER");
    }
}

/// Proves: DEC-140
#[test]
fn another_number_of_the_same_person_is_called_back_in_its_place() {
    let firm = demo();
    let location = firm.hub.location("San Jose HQ");
    let numbers = format!("/v1/telephony/config/locations/{location}/numbers");
    let new = "+14085559177";
    let body = json!({"phoneNumbers": [new], "state": "ACTIVE"});
    firm.hub.call("POST", &numbers, &body).expect(201);
    let done = firm.import_row(ODETTE, &[("Phone Number", new)]);
    assert_eq!(done.outcomes[0]["lost"], json!([]), "{done:?}");
    assert_eq!(done.code(), 0, "{done:?}");
    let info = read(&firm, JOAQUIN)["locationMemberInfo"].clone();
    assert_eq!(info["effectiveValue"], new);
    assert_eq!(dependents(&firm, ODETTE), 1);
    write_back(&firm, JOAQUIN);
}

/// Proves: DEC-140
#[test]
fn numbers_that_a_cancelled_subscription_gives_up_call_nobody_back() {
    let firm = demo();
    let bill = |method: &str, event: &str, body: &Value| {
        let path = format!("/_sim/v1/subscriptions/Sub119911{event}");
        firm.hub.call(method, &path, body).expect(200);
    };
    bill("PATCH", "", &json!({"trial": true}));
    bill("POST", "/cancel", &Value::Null);
    // Numbers of a trial go before the settings do.
    let by = json!({"by": "P16D"});
    let advanced = firm.hub.call("POST", "/_sim/v1/clock/advance", &by);
    advanced.expect(200);
    assert_eq!(losses(&firm).len(), 1);
    bill("POST", "/restore", &Value::Null);
    assert_eq!(read(&firm, JOAQUIN)["selected"], "LOCATION_ECBN");
    assert_eq!(dependents(&firm, ODETTE), 0);
    write_back(&firm, JOAQUIN);
    firm.pass_through_a_snapshot();
}

/// Moves somebody to Boston, with an extension that is free there.
fn to_boston(firm: &Firm, email: &str, validate: bool) -> Value {
    let body = json!({"usersList": [{
        "locationId": firm.hub.location("Boston"), "validate": validate,
        "users": [{"userId": id(firm, email), "extension": "7108"}],
    }]});
    let path = format!("{JOBS}/person/moveLocation");
    firm.hub.call("POST", &path, &body).json()["response"].clone()
}

/// Proves: DEC-141
#[test]
fn whose_number_others_are_called_back_at_is_not_moved() {
    let firm = demo();
    let said = "User is configured as the ECBN user for another user in the current group.";
    let foretold = to_boston(&firm, ODETTE, true);
    let expected = json!([{"code": 27967, "message": said}]);
    assert_eq!(foretold[0]["errors"], expected, "{foretold}");
    let before = firm.person(ODETTE);
    let job = to_boston(&firm, ODETTE, false);
    run(&firm.hub);
    let told = errors(&firm.hub, "person/moveLocation", &job);
    assert_eq!(told[0]["error"]["message"][0]["code"], "27967", "{told:?}");
    assert_eq!(firm.person(ODETTE), before);
    assert_eq!(read(&firm, JOAQUIN)["selected"], "LOCATION_MEMBER_NUMBER");
    // Once nobody counts on it, the user moves.
    let own = json!({"selected": "DIRECT_LINE"});
    firm.hub
        .call("PUT", &path(&firm, JOAQUIN), &own)
        .expect(204);
    assert_eq!(to_boston(&firm, ODETTE, true)[0]["errors"], Value::Null);
}

/// Proves: DEC-140
#[test]
fn whoever_moves_leaves_the_number_behind_that_was_chosen_there() {
    let firm = demo();
    assert_eq!(to_boston(&firm, JOAQUIN, true)[0]["errors"], Value::Null);
    to_boston(&firm, JOAQUIN, false);
    run(&firm.hub);
    assert_eq!(
        firm.person(JOAQUIN)["locationId"],
        firm.hub.location("Boston")
    );
    assert_eq!(read(&firm, JOAQUIN)["selected"], "DIRECT_LINE");
    assert_eq!(dependents(&firm, ODETTE), 0);
    write_back(&firm, JOAQUIN);
    assert_eq!(losses(&firm).len(), 1);
    firm.pass_through_a_snapshot();
}
