//! `/_sim/v1/requests`

use serde_json::{Value, json};

use crate::support::Hub;

fn paths(hub: &Hub, query: &str) -> Vec<String> {
    let body = hub
        .get(&format!("/_sim/v1/requests{query}"))
        .expect(200)
        .json();
    let items = body["items"].as_array().expect("items").iter();
    items
        .map(|item| item["path"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn requests_are_kept_with_who_asked_and_never_with_a_token() {
    let hub = Hub::start();
    hub.get("/v1/people/me?callingData=true").expect(200);
    let answer = hub.get("/_sim/v1/requests").expect(200);
    let body = answer.json();
    let item = &body["items"][0];
    assert_eq!(item["method"], "GET");
    assert_eq!(item["path"], "/v1/people/me");
    assert_eq!(item["query"], "callingData=true");
    assert_eq!(item["status"], 200);
    assert_eq!(item["actor"]["email"], "faye@harbour.example");
    assert!(item["trackingId"].as_str().unwrap().starts_with("ROUTER_"));
    assert_eq!(body["evicted"], 0);
    assert!(!answer.text.contains("full-admin"));
    assert_eq!(
        body["items"].as_array().unwrap().len(),
        1,
        "control calls are not listed"
    );
}

#[test]
fn requests_can_be_filtered_and_forgotten() {
    let hub = Hub::start();
    hub.get("/v1/people/me");
    hub.get("/v1/people");
    hub.get("/v1/nothing/here");
    hub.send_as("read-only-admin", "GET", "/v1/people", &Value::Null);
    hub.call("POST", "/v1/people/me", &json!({}));
    assert_eq!(paths(&hub, "?path=/v1/people").len(), 2);
    assert_eq!(paths(&hub, "?path=/v1/people*").len(), 4);
    assert_eq!(paths(&hub, "?method=post"), ["/v1/people/me"]);
    assert_eq!(paths(&hub, "?status=404"), ["/v1/nothing/here"]);
    assert_eq!(paths(&hub, "?actor=read-only-admin"), ["/v1/people"]);
    assert_eq!(paths(&hub, "?actor=rhea@harbour.example"), ["/v1/people"]);
    assert_eq!(
        paths(&hub, "/unmatched"),
        ["/v1/nothing/here", "/v1/people/me"]
    );
    hub.get("/_sim/v1/requests?status=soon").expect(400);
    let page = hub
        .get("/_sim/v1/requests?max=2&path=/v1/people*")
        .expect(200);
    assert!(
        page.header("link").contains("start=2"),
        "{}",
        page.header("link")
    );
    hub.call("DELETE", "/_sim/v1/requests", &Value::Null)
        .expect(204);
    assert!(paths(&hub, "").is_empty());
}
