//! "Validate or Initiate Move Users Job", step by step: what the move would come to, the move, and
//! what is left of it, in the organisation that hubsim starts with.

use serde_json::{Value, json};

use super::quillhaven::{JOAQUIN, everything, lost, open};
use crate::hub::firm::Firm;
use crate::v1::telephony::jobs::{JOBS, run, state, status};

const KIND: &str = "person/moveLocation";

/// His own extension is somebody else's in Boston, so he gets another one.
fn request(firm: &Firm, validate: bool) -> Value {
    json!({"usersList": [{
        "locationId": firm.hub.location("Boston"), "validate": validate,
        "users": [{"userId": firm.person(JOAQUIN)["id"], "extension": "7105"}],
    }]})
}

/// The settings that differ between two looks at a person.
fn changed(before: &[(String, Value)], after: &[(String, Value)]) -> Vec<String> {
    let pairs = before.iter().zip(after);
    let differ = pairs.filter(|(one, other)| one != other);
    differ
        .map(|((path, _), _)| path.rsplit('/').next().unwrap().to_owned())
        .collect()
}

/// What the impacts foretold is gone, and nothing else.
fn only_what_was_foretold_is_gone(firm: &Firm, before: &[(String, Value)]) {
    let gone = [
        "autoTransferNumbers",
        "digitPatterns",
        "emergencyCallbackNumber",
        "incomingPermission",
        "outgoingPermission",
    ];
    assert_eq!(lost(firm, JOAQUIN), gone);
    let after = everything(firm, JOAQUIN);
    let differ = changed(before, &after);
    for kept in [
        "voicemail",
        "callForwarding",
        "monitoring",
        "schedules",
        "accessCodes",
    ] {
        assert!(!differ.iter().any(|path| path == kept), "{kept}");
    }
}

/// Proves: DEC-102
#[test]
fn a_user_is_validated_moved_and_found_in_the_other_location() {
    let firm = open();
    let before = everything(&firm, JOAQUIN);
    let units = super::quillhaven::held(&firm, "Sub119911");

    // Setting the validate attribute to true validates the user move.
    let path = format!("{JOBS}/{KIND}");
    let told = firm
        .hub
        .call("POST", &path, &request(&firm, true))
        .expect(200)
        .json();
    let told = &told["response"][0];
    assert_eq!(told["errors"], Value::Null, "{told}");
    let impacts = told["impacts"].as_array().unwrap().iter();
    let codes: Vec<_> = impacts.map(|it| it["code"].as_u64().unwrap()).collect();
    for code in [19702, 19704, 19717] {
        assert!(codes.contains(&code), "{code}: {told}");
    }
    assert_eq!(everything(&firm, JOAQUIN), before);

    // Setting it to false performs the user move, in a job.
    let answer = firm
        .hub
        .call("POST", &path, &request(&firm, false))
        .expect(201)
        .json();
    let job = &answer["response"];
    assert_eq!((state(job).0, state(job).1), ("STARTED", "UNKNOWN"));
    run(&firm.hub);
    let done = status(&firm.hub, KIND, job);
    let counts = json!({"totalMoves": 1, "moved": 1, "failed": 0, "pending": 0, "skipped": 0});
    assert_eq!(state(&done), ("COMPLETED", "COMPLETED", &counts));

    // The user has the other location with number and extension, and the same licence.
    let boston = firm.hub.location("Boston");
    let person = firm.person(JOAQUIN);
    assert_eq!(
        (&person["locationId"], &person["extension"]),
        (&json!(boston), &json!("7105"))
    );
    let number = firm.hub.find(
        "/v1/telephony/config/numbers?max=2000",
        "phoneNumber",
        "+14085550105",
    );
    assert_eq!(number["location"]["name"], "Boston");
    assert_eq!(number["owner"]["lastName"], "Thornfield");
    assert_eq!(super::quillhaven::held(&firm, "Sub119911"), units);

    only_what_was_foretold_is_gone(&firm, &before);

    // The job is one step of history, and taking it back brings everything back.
    firm.hub
        .call("POST", "/_sim/v1/undo", &json!({}))
        .expect(200);
    assert_eq!(everything(&firm, JOAQUIN), before);
}

/// A dry run does the whole job on a fork and tells what it would cost.
#[test]
fn a_plan_of_a_move_tells_the_losses_and_moves_nobody() {
    let firm = open();
    let before = everything(&firm, JOAQUIN);
    let headers = [
        ("authorization", "Bearer full-admin"),
        ("x-sim-dry-run", "true"),
    ];
    let path = format!("{JOBS}/{KIND}");
    let plan = firm
        .hub
        .send("POST", &path, &headers, &request(&firm, false));
    assert!(plan.status < 300, "{}", plan.text);
    assert!(plan.text.contains("incomingPermission"), "{}", plan.text);
    assert!(plan.text.contains("DEC-102"), "{}", plan.text);
    assert_eq!(everything(&firm, JOAQUIN), before);
    assert_eq!(firm.hub.get(&path).expect(200).json(), json!({"items": []}));
}

/// Who limits the loss keeps what would be beyond it.
#[test]
fn a_move_that_would_destroy_more_than_is_allowed_stops_before_the_user() {
    let firm = open();
    let headers = [
        ("authorization", "Bearer full-admin"),
        ("x-sim-max-loss", "0"),
    ];
    let path = format!("{JOBS}/{KIND}");
    let job = firm
        .hub
        .send("POST", &path, &headers, &request(&firm, false))
        .expect(201)
        .json();
    run(&firm.hub);
    let done = status(&firm.hub, KIND, &job["response"]);
    assert_eq!(
        (state(&done).0, &done["counts"]["moved"]),
        ("FAILED", &json!(0))
    );
    assert_eq!(
        firm.person(JOAQUIN)["locationId"],
        firm.hub.location("San Jose HQ")
    );
}
