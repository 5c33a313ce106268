//! "Initiate Number Jobs", step by step: numbers that nobody uses go to another office, and the
//! new colleague there gets one of them.

use serde_json::{Value, json};

use super::quillhaven::open;
use crate::v1::telephony::jobs::{errors, move_numbers, run, state, status};

const KIND: &str = "numbers/manageNumbers";
const NUMBERS: &str = "/v1/telephony/config/numbers?max=2000";

/// Proves: DEC-101
#[test]
fn numbers_go_to_another_office_and_serve_somebody_there() {
    let firm = open();
    let numbers = ["+16695550192", "+16695550193", "+14085550105"];
    let job = move_numbers(&firm.hub, "San Jose HQ", "Austin", &numbers)
        .expect(201)
        .json();
    assert_eq!(job["counts"]["totalNumbers"], 3);
    run(&firm.hub);

    // Two were unassigned; the third is Joaquin's, and the job says so.
    let done = status(&firm.hub, KIND, &job);
    assert_eq!(
        (state(&done).0, state(&done).1),
        ("COMPLETED", "COMPLETED_WITH_ERRORS")
    );
    assert_eq!(done["counts"]["numbersMoved"], 2);
    let failed = errors(&firm.hub, KIND, &job);
    assert_eq!(
        (failed.len(), &failed[0]["item"]),
        (1, &json!("+14085550105"))
    );
    let place =
        |number: &str| firm.hub.find(NUMBERS, "phoneNumber", number)["location"]["name"].clone();
    assert_eq!(
        numbers.map(place),
        ["Austin", "Austin", "San Jose HQ"].map(|name| json!(name))
    );

    // Somebody in Austin can have one of them now.
    let owner = firm.hub.find(NUMBERS, "phoneNumber", "+15125550104")["owner"].clone();
    let path = format!(
        "/v1/telephony/config/people/{}/numbers",
        owner["id"].as_str().unwrap()
    );
    let add = json!({"phoneNumbers": [{
        "action": "ADD", "directNumber": "+16695550192", "primary": false, "ringPattern": "NORMAL",
    }]});
    firm.hub.call("PUT", &path, &add).expect(204);
    let number = firm.hub.find(NUMBERS, "phoneNumber", "+16695550192");
    assert_eq!(number["owner"]["id"], owner["id"]);

    // The audit log and the ledger tell of the numbers by the operation that moved them.
    let ledger = firm.hub.get("/_sim/v1/ledger").expect(200).json();
    let entries = ledger["items"].as_array().unwrap().iter();
    let by_job: Vec<&Value> = entries
        .filter(|it| it["operation"] == "initiateNumberJobs")
        .collect();
    assert!(!by_job.is_empty(), "{ledger}");

    let tracking = job["trackingId"].as_str().unwrap();
    let story = firm
        .hub
        .get(&format!("/_sim/v1/explain/{tracking}"))
        .expect(200)
        .text;
    assert!(
        story.contains("manageNumbers") && story.contains("1017023"),
        "{story}"
    );
}
