//! An executive of the organisation that hubsim starts with is moved to another subscription, and
//! then loses Calling: what the two of a pair see of it.

use serde_json::{Value, json};

use super::quillhaven::{NEW, OLD, everything, lost, open, save};
use crate::hub::firm::Firm;

const THEODORA: &str = "theodora.winterbourne@quillhaven.example";
const ODETTE: &str = "odette.fairbourne@quillhaven.example";

fn path(firm: &Firm, email: &str, end: &str) -> String {
    let id = firm.person(email)["id"].as_str().expect("an id").to_owned();
    format!("/v1/telephony/config/people/{id}/{end}")
}

/// Criteria of every setting that a person can have them of.
fn criteria(firm: &Firm) {
    for (setting, switch) in [
        ("selectiveAccept", "acceptEnabled"),
        ("selectiveReject", "rejectEnabled"),
        ("selectiveForward", "forwardEnabled"),
        ("simultaneousRing", "ringEnabled"),
    ] {
        let body = json!({ "callsFrom": "ANY_PHONE_NUMBER", switch: true,
            "forwardToPhoneNumber": "1104", "sendToVoicemailEnabled": false });
        let path = path(firm, THEODORA, &format!("{setting}/criteria"));
        firm.hub.call("POST", &path, &body).expect(201);
    }
}

/// Proves: MOVE-01, LOSS-01, DEC-89
#[test]
fn an_executive_keeps_everything_in_a_move_and_loses_it_with_calling() {
    let firm = open();
    criteria(&firm);
    let (before, of_odette) = (everything(&firm, THEODORA), everything(&firm, ODETTE));
    let moved = save(&firm, THEODORA, &[OLD], &[NEW]).expect(200).json();
    assert_eq!(moved["lost"], json!([]));
    assert_eq!(everything(&firm, THEODORA), before);
    assert_eq!(everything(&firm, ODETTE), of_odette);

    let assistant = path(&firm, ODETTE, "executive/assistant");
    let executives = || firm.hub.get(&assistant).expect(200).json()["executives"].clone();
    assert_eq!(executives().as_array().map(Vec::len), Some(1));
    save(&firm, THEODORA, &[NEW], &[]).expect(200);
    let gone = lost(&firm, THEODORA);
    for family in [
        "executiveAssistant",
        "selectiveAccept",
        "selectiveForward",
        "selectiveReject",
        "simultaneousRing",
        "singleNumberReach",
    ] {
        assert!(gone.iter().any(|it| it == family), "{family}: {gone:?}");
    }
    assert_eq!(executives(), json!([]));

    firm.hub
        .call("POST", "/_sim/v1/undo", &Value::Null)
        .expect(200);
    assert_eq!(everything(&firm, THEODORA), before);
    assert_eq!(everything(&firm, ODETTE), of_odette);
}

/// Proves: LOSS-01
#[test]
fn an_assistant_who_loses_calling_is_gone_from_the_pool_and_the_ledger_says_so() {
    let firm = open();
    let pool = path(&firm, THEODORA, "executive/assignedAssistants");
    let assistants = || firm.hub.get(&pool).expect(200).json()["assistants"].clone();
    assert_eq!(assistants().as_array().map(Vec::len), Some(1));
    save(&firm, ODETTE, &[OLD], &[]).expect(200);
    assert_eq!(assistants(), json!([]));
    // The executive lost nothing else by it: the lists that named the assistant.
    assert_eq!(lost(&firm, THEODORA), ["executiveAssistant", "privacy"]);
}
