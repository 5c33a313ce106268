//! Manage numbers.

use serde_json::{Value, json};

use super::{JOBS, errors, move_numbers, run, state, status};
use crate::support::Hub;

const KIND: &str = "numbers/manageNumbers";

fn place(hub: &Hub, number: &str) -> Value {
    let path = "/v1/telephony/config/numbers?max=2000";
    hub.find(path, "phoneNumber", number)["location"]["name"].clone()
}

/// A number of San Jose, what was done to it, the code of its error, and the target.
const STAYING: &[(&str, &str, &str)] = &[
    ("+14085550105", "BATCH-1017023", "Austin"),
    ("+14085550100", "BATCH-1017024", "Austin"),
    ("+16695550195", "BATCH-1017021", "Austin"),
    ("+16695550196", "BATCH-1017022", "Berlin"),
];

/// Proves: DEC-101
#[test]
fn each_number_that_stays_says_why_and_the_others_move() {
    let hub = Hub::with_scenario("demo");
    let inventory = format!(
        "/v1/telephony/config/locations/{}/numbers",
        hub.location("San Jose HQ")
    );
    let off = json!({"phoneNumbers": ["+16695550195"], "action": "DEACTIVATE"});
    hub.call("PUT", &inventory, &off).expect(204);
    for (number, code, target) in STAYING {
        let all = [*number, "+16695550192"];
        let all = if *target == "Austin" {
            &all[..]
        } else {
            &all[..1]
        };
        let job = move_numbers(&hub, "San Jose HQ", target, all)
            .expect(201)
            .json();
        run(&hub);
        let done = status(&hub, KIND, &job);
        let moved = all.len() - 1;
        assert_eq!(
            state(&done),
            (
                "COMPLETED",
                "COMPLETED_WITH_ERRORS",
                &json!({
                    "totalNumbers": all.len(), "numbersDeleted": 0, "numbersMoved": moved,
                    "numbersFailed": 1, "numbersUsageChanged": 0,
                })
            )
        );
        let found = errors(&hub, KIND, &job);
        let message = &found[0]["error"]["message"][0];
        assert_eq!(
            (&message["code"], &found[0]["item"]),
            (&json!(code), &json!(number))
        );
        assert_eq!(message["locationId"], hub.location(target));
        assert_eq!(found[0]["errorType"], "ERROR");
        assert_eq!(place(&hub, number), "San Jose HQ");
        if moved == 1 {
            assert_eq!(place(&hub, "+16695550192"), "Austin");
            move_numbers(&hub, "Austin", "San Jose HQ", &all[1..]).expect(201);
            run(&hub);
        }
    }
}

#[test]
fn a_number_that_pays_for_calls_stays() {
    let hub = Hub::with_scenario("demo");
    let path = format!(
        "/v1/telephony/config/locations/{}",
        hub.location("San Jose HQ")
    );
    let charge = json!({"chargeNumber": "+16695550192"});
    hub.call("PUT", &path, &charge).expect(204);
    let job = move_numbers(&hub, "San Jose HQ", "Austin", &["+16695550192"])
        .expect(201)
        .json();
    run(&hub);
    assert_eq!(
        errors(&hub, KIND, &job)[0]["error"]["message"][0]["code"],
        "BATCH-1017023"
    );
}

#[test]
fn another_use_is_what_numbers_have_already_or_what_no_carrier_offers() {
    let hub = Hub::with_scenario("demo");
    for (usage, exit, code) in [
        ("NONE", "COMPLETED", None),
        ("SERVICE", "COMPLETED_WITH_ERRORS", Some("BATCH-400")),
    ] {
        let body = json!({
            "operation": "NUMBER_USAGE_CHANGE", "numberUsageType": usage,
            "numberList": [{"locationId": hub.location("Austin"), "numbers": ["+15125550195"]}],
        });
        let job = hub
            .call("POST", &format!("{JOBS}/{KIND}"), &body)
            .expect(201)
            .json();
        run(&hub);
        let done = status(&hub, KIND, &job);
        assert_eq!(state(&done).1, exit);
        assert_eq!(
            done["counts"]["numbersUsageChanged"],
            u8::from(code.is_none())
        );
        let found = errors(&hub, KIND, &job);
        let found = found
            .first()
            .map(|it| it["error"]["message"][0]["code"].clone());
        assert_eq!(found, code.map(|code| json!(code)));
    }
}

/// Requests that are wrong, the status of each, and what its refusal names.
#[rustfmt::skip]
fn wrong(hub: &Hub) -> Vec<(Value, u16, &'static str)> {
    let (from, to) = (hub.location("San Jose HQ"), hub.location("Austin"));
    let studio = hub.location("Lisbon Studio");
    let list = |from: &str, numbers: Value| json!([{"locationId": from, "numbers": numbers}]);
    let free = json!(["+16695550192"]);
    let good = json!({
        "operation": "MOVE", "targetLocationId": to, "numberList": list(&from, free.clone()),
    });
    let with = |field: &str, value: Value| {
        let mut body = good.clone();
        body[field] = value;
        body
    };
    let numbers = |numbers: Value| with("numberList", list(&from, numbers));
    let many: Vec<String> = (0..1001).map(|at| format!("+1408666{at:04}")).collect();
    vec![
        (json!({}), 400, ""),
        (with("operation", json!("DELETE")), 400, "MOVE or NUMBER_USAGE_CHANGE"),
        (with("operation", json!("NUMBER_USAGE_CHANGE")), 400, "numberUsageType"),
        (with("numberUsageType", json!("ANY")), 400, "numberUsageType"),
        (with("targetLocationId", Value::Null), 400, "targetLocationId"),
        (with("targetLocationId", json!("nonsense")), 404, "nonsense"),
        (with("targetLocationId", json!(studio)), 404, "Lisbon Studio"),
        (with("targetLocationId", json!(from)), 400, "target location"),
        (with("numberList", json!([])), 400, "1 to 1000"),
        (with("numberList", json!("all")), 400, "numberList"),
        (with("numberList", list("nonsense", free.clone())), 404, "nonsense"),
        (numbers(json!([])), 400, "1 to 1000"),
        (numbers(json!(many)), 400, "1 to 1000"),
        (numbers(json!(["16695550192"])), 400, "BATCH-1017017"),
        (numbers(json!(["+16695550192", "+16695550192"])), 400, "named twice"),
        (numbers(json!(["+15125550195"])), 400, "inventory"),
    ]
}

#[test]
fn a_wrong_request_starts_nothing_and_says_what_is_wrong() {
    let hub = Hub::with_scenario("demo");
    let rows = wrong(&hub);
    let before = hub.revision();
    for (body, code, words) in rows {
        let answer = hub.call("POST", &format!("{JOBS}/{KIND}"), &body);
        let answer = answer.expect(code);
        assert!(answer.text.contains(words), "{words}: {}", answer.text);
        if code == 400 {
            let told = answer.json();
            assert_eq!(told["error"]["key"], "400");
            assert!(told["trackingId"].is_string(), "{told}");
            let message = &told["error"]["message"][0];
            assert!(message["description"].is_string(), "{told}");
        }
    }
    assert_eq!(hub.revision(), before);
}
