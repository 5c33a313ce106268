//! `/_sim/v1/coverage`, `/_sim/v1/rules`, `/_sim/v1/errors`

use crate::support::Hub;

#[test]
fn the_coverage_lists_every_operation_and_counts_them() {
    let hub = Hub::start();
    let body = hub.get("/_sim/v1/coverage").expect(200).json();
    let items = body["items"].as_array().unwrap();
    assert_eq!(body["totals"]["operations"], items.len());
    let simulated = items.iter().filter(|item| item["implemented"] == true);
    assert_eq!(body["totals"]["implemented"], simulated.clone().count());
    assert!(simulated.clone().all(|item| item["fidelity"] != "F0"));
    assert!(items.len() > 1500);
    let own = simulated
        .clone()
        .find(|item| item["path"] == "/_sim/v1/coverage");
    assert_eq!(own.expect("itself")["operation"], "getCoverage");
    let some = hub
        .get("/_sim/v1/coverage?implemented=true&tier=0")
        .expect(200)
        .json();
    assert!(
        some["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|item| item["tier"] == 0)
    );
}

#[test]
fn the_rules_can_be_read_with_their_sources() {
    let hub = Hub::start();
    let body = hub.get("/_sim/v1/rules").expect(200).json();
    assert_eq!(
        body["items"].as_array().unwrap().len(),
        hubsim::licensing::rules::all().count()
    );
    let one = hub.get("/_sim/v1/rules?id=MOVE-12").json();
    assert_eq!(one["items"].as_array().unwrap().len(), 1);
    assert_eq!(one["items"][0]["confidence"], "documented");
}

#[test]
fn a_rule_names_the_tests_that_prove_it() {
    let hub = Hub::start();
    let rule = hub.get("/_sim/v1/rules?id=MOVE-12").json()["items"][0].clone();
    let proofs = rule["proof"].as_array().unwrap();
    let own = "tests/api/hub/license_template.rs::\
               the_trap_on_a_suspended_subscription_takes_everything_and_gives_nothing";
    assert!(proofs.iter().any(|proof| proof == own), "{proofs:?}");
    let body = hub.get("/_sim/v1/rules").expect(200).json();
    for rule in body["items"].as_array().unwrap() {
        let proof = rule.get("proof").and_then(|proof| proof.as_array());
        assert!(proof.is_none_or(|tests| !tests.is_empty()), "{rule}");
    }
}

#[test]
fn the_errors_can_be_read_with_their_codes() {
    let hub = Hub::start();
    let body = hub.get("/_sim/v1/errors").expect(200).json();
    let items = body["items"].as_array().unwrap();
    let unit = items
        .iter()
        .find(|item| item["code"] == 900_001)
        .expect("an own code");
    assert_eq!(unit["status"], 400);
    assert!(unit["message"].is_string() && unit["remedy"].is_string());
}

#[test]
fn the_tables_are_paged_like_every_list() {
    let hub = Hub::start();
    for _ in 0..3 {
        let rule = serde_json::json!({"effect": {"status": 503}, "times": 1});
        hub.call("POST", "/_sim/v1/faults", &rule).expect(201);
    }
    for path in ["/_sim/v1/faults", "/_sim/v1/scenarios"] {
        let whole = hub.get(path).expect(200).json();
        let page = hub.get(&format!("{path}?max=1&start=1")).expect(200);
        assert_eq!(page.json()["items"].as_array().map(Vec::len), Some(1));
        assert_eq!(page.json()["items"][0], whole["items"][1], "{path}");
        assert!(page.header("link").contains("start=2"), "{path}");
        assert_eq!(page.json()["profiles"], whole["profiles"], "{path}");
        hub.get(&format!("{path}?max=0")).expect(400);
    }
}
