//! `/_sim/v1/subscriptions`

use serde_json::{Value, json};

use crate::support::{ADA, Hub, START, person_id};

const PATH: &str = "/_sim/v1/subscriptions";

fn happen(hub: &Hub, id: &str, event: &str) -> crate::support::Answer {
    hub.call("POST", &format!("{PATH}/{id}/{event}"), &Value::Null)
}

#[test]
fn a_subscription_is_sold_and_changed() {
    let hub = Hub::start();
    let sold = json!({
        "name": "More Calling", "partner": {"name": "Other Partner"},
        "licenses": [{"name": "Webex Calling - Professional", "totalUnits": 5}],
    });
    let created = hub.call("POST", PATH, &sold).expect(201).json();
    assert_eq!(created["status"], "active");
    assert_eq!(created["endDate"], "2027-03-02T09:00:00.000Z");
    assert_eq!(created["licenses"][0]["totalUnits"], 5);
    assert_eq!(created["partner"]["name"], "Other Partner");
    assert!(created["partner"]["orgId"].is_string());
    let id = created["id"].as_str().unwrap();
    let change = json!({
        "licenses": [{"name": "Webex Calling - Professional", "totalUnits": 7}],
        "endDate": "2028-01-01T00:00:00.000Z", "partner": null,
    });
    let changed = hub
        .call("PATCH", &format!("{PATH}/{id}"), &change)
        .expect(200)
        .json();
    assert_eq!(changed["licenses"][0]["totalUnits"], 7);
    assert_eq!(changed["endDate"], "2028-01-01T00:00:00.000Z");
    assert_eq!(changed.get("partner"), None);
    let trial = json!({"name": "Try", "licenses": [], "trial": true});
    let trial = hub.call("POST", PATH, &trial).expect(201).json();
    assert_eq!(
        (&trial["status"], &trial["trial"]),
        (&json!("trial"), &json!(true))
    );
}

#[test]
fn a_name_that_cannot_be_sold_cannot_be_given_later_either() {
    let hub = Hub::start();
    let sold = json!({"name": "Sound", "licenses": []});
    let created = hub.call("POST", PATH, &sold).expect(201).json();
    let path = format!("{PATH}/{}", created["id"].as_str().unwrap());
    for name in ["", "  ", "two\nlines", &"x".repeat(65)] {
        let wrong = json!({"name": name, "licenses": []});
        let refused = hub.call("POST", PATH, &wrong).expect(400).json();
        let later = hub.call("PATCH", &path, &json!({"name": name}));
        assert_eq!(later.expect(400).json()["detail"], refused["detail"]);
    }
    let kept = hub.get("/_hub/v1/organizations/me/subscriptions");
    assert!(kept.expect(200).text.contains("\"Sound\""));
}

#[test]
fn a_licence_that_nobody_sells_is_refused_with_the_nearest_name() {
    let hub = Hub::start();
    let before = hub.revision();
    let sell = |name: &str| {
        let licenses = json!([{"name": name, "totalUnits": 5}]);
        let body = json!({"name": "More", "licenses": licenses});
        let answer = hub.call("POST", "/_sim/v1/subscriptions", &body);
        answer.expect(400).json()["detail"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let near = sell("Webex Calling - Profesional");
    let hint = "Did you mean \"Webex Calling - Professional\"?";
    assert!(near.contains(hint), "{near}");
    let far = sell("Xylophone lessons for the whole family");
    assert!(
        far.contains("Xylophone") && !far.contains("Did you mean"),
        "{far}"
    );
    assert_eq!(hub.revision(), before);
}

#[test]
fn units_below_their_use_are_refused() {
    let hub = Hub::start();
    let units = |total: i64| {
        let body = json!({"licenses": [
            {"name": "Webex Calling - Professional", "totalUnits": total},
        ]});
        hub.call("PATCH", &format!("{PATH}/Sub100001"), &body)
            .status
    };
    assert_eq!(units(0), 409);
    assert_eq!(units(1), 200);
    let unknown = json!({"licenses": [{"name": "Coffee", "totalUnits": 1}]});
    hub.call("PATCH", &format!("{PATH}/Sub100001"), &unknown)
        .expect(400);
    hub.call("PATCH", &format!("{PATH}/Sub0"), &json!({}))
        .expect(404);
    for wrong in [
        json!({"licenses": []}),
        json!({"name": " ", "licenses": []}),
    ] {
        hub.call("POST", PATH, &wrong).expect(400);
    }
    let nobody = json!({"orgId": "nobody", "name": "x", "licenses": []});
    hub.call("POST", PATH, &nobody).expect(404);
}

/// Proves: SUB-02, SUB-03, SUB-05
#[test]
fn outside_events_lead_from_status_to_status() {
    let hub = Hub::start();
    let status = |event: &str| {
        let answer = happen(&hub, "Sub100001", event).expect(200);
        answer.json()["status"].as_str().unwrap().to_owned()
    };
    assert_eq!(status("suspend"), "suspended");
    happen(&hub, "Sub100001", "suspend").expect(409);
    happen(&hub, "Sub100001", "purge").expect(409);
    assert_eq!(status("reactivate"), "active");
    assert_eq!(status("cancel"), "cancelled");
    let ada = person_id(&hub, "full-admin", ADA);
    let forwarding = format!("/v1/people/{ada}/features/callForwarding");
    hub.get(&forwarding).expect(403);
    assert_eq!(status("restore"), "active");
    hub.get(&forwarding).expect(200);
    assert_eq!(status("expire"), "cancelled");
    assert_eq!(status("purge"), "deleted");
    happen(&hub, "Sub100001", "restore").expect(409);
    happen(&hub, "Sub100001", "vanish").expect(404);
}

/// Proves: SUB-04, MOVE-16
#[test]
fn forty_days_after_a_cancellation_the_purge_has_come_and_can_be_explained() {
    let hub = Hub::start();
    let ada = person_id(&hub, "full-admin", ADA);
    let forwarding = format!("/v1/people/{ada}/features/callForwarding");
    let body = json!({"callForwarding": {"always": {"enabled": true, "destination": "+15550100"}}});
    hub.call("PUT", &forwarding, &body).expect(204);
    let cancelled = happen(&hub, "Sub100001", "cancel").expect(200).json();
    assert_eq!(cancelled["cancelledAt"], START);
    let purge_at = cancelled["purgeAt"].as_str().unwrap().to_owned();
    let advance = hub
        .call("POST", "/_sim/v1/clock/advance", &json!({"by": "P40D"}))
        .expect(200);
    let fired = advance.json()["fired"].clone();
    let purge = fired
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["at"] == purge_at.as_str());
    assert_eq!(purge.expect("the purge")["id"], "Sub100001");
    let lost = hub
        .get(&format!("/_sim/v1/ledger?holder={ADA}&kind=lost"))
        .expect(200)
        .json();
    // The numbers go first, then the purge takes the rest.
    let items = lost["items"].as_array().unwrap();
    assert!(items.iter().all(|item| item["at"] == purge_at.as_str()));
    let mut families = items
        .iter()
        .flat_map(|item| item["lost"].as_array().unwrap());
    assert!(
        families.any(|one| one["family"] == "callForwarding"),
        "{lost}"
    );
    let told = hub.get(&format!(
        "/_sim/v1/explain/{}",
        advance.header("trackingid")
    ));
    let told = told.expect(200).json();
    let cause = told["cause"].as_str().unwrap();
    assert!(
        cause.contains("Ada Lovelace") && cause.contains("Lost: "),
        "{cause}"
    );
    assert!(!told["rules"].as_array().unwrap().is_empty());
}

#[test]
fn history_names_what_an_operation_was_about_and_not_what_fell_with_it() {
    let hub = Hub::with_scenario("demo");
    let summaries = || {
        let found = hub.get("/_sim/v1/history").expect(200).json();
        let items = found["items"].as_array().unwrap().iter();
        let told = items.map(|step| step["summary"].as_str().unwrap().to_owned());
        told.collect::<Vec<_>>()
    };
    for deed in ["cancel", "purge"] {
        let path = format!("/_sim/v1/subscriptions/Sub119911/{deed}");
        hub.call("POST", &path, &Value::Null).expect(200);
    }
    let purge = summaries().pop().unwrap();
    assert!(
        purge.starts_with("updated subscription Sub119911 and "),
        "{purge}"
    );
    let odette = "odette.fairbourne@quillhaven.example";
    let found = hub
        .get(&format!("/v1/people?email={odette}"))
        .expect(200)
        .json();
    let path = format!("/v1/people/{}", found["items"][0]["id"].as_str().unwrap());
    hub.call("DELETE", &path, &Value::Null).expect(204);
    let deletion = summaries().pop().unwrap();
    assert!(
        deletion.starts_with("deleted person Odette Fairbourne"),
        "{deletion}"
    );
    let sale = json!({"name": "More", "licenses": [{"name": "Messaging", "totalUnits": 5}]});
    hub.call("POST", "/_sim/v1/subscriptions", &sale)
        .expect(201);
    let sold = summaries().pop().unwrap();
    assert!(sold.starts_with("created subscription Sub"), "{sold}");
}
