//! `/_sim/v1/ledger` and `/_sim/v1/explain/{trackingId}`

use serde_json::{Value, json};

use crate::support::{ADA, Answer, Hub, person_id};

/// Follows the explain link of an answer.
fn explain(hub: &Hub, answer: &Answer) -> Value {
    let url = answer.header("x-hubsim-explain");
    let path = url
        .strip_prefix(&hub.server.url())
        .expect("a link to this server");
    hub.send("GET", path, &[], &Value::Null).expect(200).json()
}

#[test]
fn a_refusal_is_explained_with_its_rule_and_remedy() {
    let hub = Hub::start();
    let ada = person_id(&hub, "full-admin", ADA);
    let path = format!("/v1/people/{ada}/features/callForwarding");
    let refused = hub
        .send_as("read-only-admin", "PUT", &path, &json!({}))
        .expect(403);
    let told = explain(&hub, &refused);
    assert_eq!(
        told["request"],
        json!({
            "method": "PUT", "path": path, "status": 403,
            "operation": told["request"]["operation"],
        })
    );
    assert!(
        told["cause"]
            .as_str()
            .unwrap()
            .contains("Nothing was changed")
    );
    assert_eq!(told["rules"][0]["id"], "ROLE-02");
    assert!(told["rules"][0]["source"].is_string());
    assert!(told["remedy"].is_string());
}

#[test]
fn every_refusal_can_be_explained_even_of_the_control() {
    let hub = Hub::start();
    for (method, path) in [
        ("GET", "/v1/nothing"),
        ("GET", "/v1/people/nobody"),
        ("POST", "/v1/people/me"),
        ("GET", "/_sim/v1/nothing"),
        ("GET", "/_sim/v1/sandboxes/nobody"),
        ("GET", "/_sandbox/nobody/v1/people/me"),
    ] {
        let refused = hub.call(method, path, &Value::Null);
        assert!(refused.status >= 400, "{path}");
        let told = explain(&hub, &refused);
        assert_eq!(told["request"]["status"], refused.status, "{path}");
    }
    hub.get("/_sim/v1/explain/nobody").expect(404);
}

#[test]
fn the_link_leads_to_the_sandbox_that_knows() {
    let hub = Hub::start();
    let token = "full-admin.mine";
    let refused = hub
        .send_as(token, "GET", "/v1/people/nobody", &Value::Null)
        .expect(404);
    assert!(
        refused
            .header("x-hubsim-explain")
            .contains("/_sandbox/mine/")
    );
    assert_eq!(
        explain(&hub, &refused)["request"]["path"],
        "/v1/people/nobody"
    );
}

#[test]
fn a_change_stands_in_the_ledger_and_can_be_explained() {
    let hub = Hub::start();
    let ada = person_id(&hub, "full-admin", ADA);
    let path = format!("/v1/people/{ada}/features/callForwarding");
    let body = json!({"callForwarding": {"always": {"enabled": true, "destination": "+15550100"}}});
    let changed = hub.call("PUT", &path, &body).expect(204);
    let ledger = hub.get("/_sim/v1/ledger").expect(200).json();
    let item = &ledger["items"][0];
    assert_eq!(item["holder"]["name"], "Ada Lovelace");
    assert_eq!(item["holder"]["type"], "person");
    assert_eq!(item["holder"]["id"], ada.as_str());
    assert_eq!(item["kind"], "updated");
    assert_eq!(item["trackingId"], changed.header("trackingid"));
    assert_eq!(item["actor"]["name"], "Faye Full");
    assert_eq!(item["changes"][0]["kind"], "callForwarding");
    assert_eq!(ledger["evicted"], 0);
    let count = |query: &str| {
        let found = hub
            .get(&format!("/_sim/v1/ledger?{query}"))
            .expect(200)
            .json();
        found["items"].as_array().map_or(0, Vec::len)
    };
    assert_eq!(count(&format!("holder={ADA}")), 1);
    assert_eq!(count(&format!("holder={ada}")), 1);
    assert_eq!(count("holder=faye@harbour.example"), 0);
    assert_eq!(count("kind=updated"), 1);
    assert_eq!(count("kind=lost"), 0);
    assert_eq!(count("rule=MOVE-12"), 0);
    hub.get("/_sim/v1/ledger?kind=los").expect(400);
    let id = changed.header("trackingid");
    let told = hub
        .get(&format!("/_sim/v1/explain/{id}"))
        .expect(200)
        .json();
    let cause = told["cause"].as_str().unwrap();
    assert!(
        cause.starts_with("Ada Lovelace: callForwarding changed"),
        "{cause}"
    );
}

#[test]
fn a_request_that_changed_nothing_says_so() {
    let hub = Hub::start();
    let read = hub.get("/v1/people/me").expect(200);
    let id = read.header("trackingid");
    let told = hub
        .get(&format!("/_sim/v1/explain/{id}"))
        .expect(200)
        .json();
    assert_eq!(
        told["cause"],
        "The request was answered and changed nothing."
    );
    assert_eq!(told.get("remedy"), None);
}

/// Proves: LOSS-01, MOVE-04
#[test]
fn a_loss_is_told_in_plain_words() {
    let hub = Hub::start();
    let ada = person_id(&hub, "full-admin", ADA);
    let path = format!("/_hub/v1/organizations/me/users/{ada}/licenses");
    let shown = hub.get(&path).expect(200).json();
    let held = shown["items"].as_array().unwrap().iter();
    let mut held = held.filter(|item| item["assigned"] == true);
    let license = held.next().expect("a licence")["licenseId"].clone();
    let remove = json!({"licenses": [{"id": license, "operation": "remove"}]});
    let removed = hub.call("PATCH", &path, &remove).expect(200);
    let told = explain(&hub, &removed);
    let cause = told["cause"].as_str().unwrap();
    let start = "Ada Lovelace: gave up Webex Calling - Professional [Sub100001]";
    assert!(cause.starts_with(start), "{cause}");
    assert!(cause.contains("Lost: extension (1 value)."), "{cause}");
    assert!(cause.contains("(LOSS-01)"), "{cause}");
    let item = &told["ledger"][0];
    assert_eq!(item["kind"], "lost");
    assert_eq!(
        item["licensesRemoved"][0],
        "Webex Calling - Professional [Sub100001]"
    );
    let changes = item["changes"].as_array().unwrap();
    let person = changes
        .iter()
        .find(|change| change["kind"] == "person")
        .expect("her");
    let fields = person["fields"].as_array().unwrap();
    let licenses = fields
        .iter()
        .find(|field| field["path"] == "licenses")
        .expect("licenses");
    assert_eq!(
        licenses["before"][0], license,
        "ids are those of the public API"
    );
}
