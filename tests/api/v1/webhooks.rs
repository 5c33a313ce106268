//! `/v1/webhooks`: registered, shown to whom they concern, changed and deleted.

use hubsim::model::ids;
use serde_json::{Value, json};

use crate::support::{ADA, Hub, person_id};

const BASE: &str = "/v1/webhooks";

fn body() -> Value {
    json!({
        "name": "Batch", "targetUrl": "https://example.com/hook", "resource": "adminBatchJobs",
        "event": "statusChanged",
    })
}

fn with(field: &str, value: Value) -> Value {
    let mut body = body();
    body[field] = value;
    body
}

fn create(hub: &Hub, token: &str, body: &Value) -> Value {
    hub.send_as(token, "POST", BASE, body).expect(200).json()
}

fn path(webhook: &Value) -> String {
    format!("{BASE}/{}", webhook["id"].as_str().expect("an id"))
}

fn listed(hub: &Hub, token: &str, query: &str) -> Vec<Value> {
    let list = hub.send_as(token, "GET", &format!("{BASE}{query}"), &Value::Null);
    let items = list.expect(200).json()["items"].as_array().cloned();
    items
        .expect("items")
        .iter()
        .map(|it| it["id"].clone())
        .collect()
}

#[test]
fn a_webhook_is_created_read_changed_and_deleted() {
    let hub = Hub::start();
    let mut wanted = with("secret", json!("hush"));
    wanted["filter"] = json!("jobType=move&status=COMPLETED");
    let webhook = create(&hub, "full-admin", &wanted);
    for (name, value) in wanted.as_object().unwrap() {
        assert_eq!(&webhook[name], value);
    }
    assert_eq!(webhook["status"], "active");
    assert_eq!(webhook["ownedBy"], "creator");
    assert!(ids::decode("WEBHOOK", webhook["id"].as_str().unwrap()).is_some());
    assert_eq!(hub.get(&path(&webhook)).expect(200).json(), webhook);
    let change = json!({
        "name": "Other", "targetUrl": "http://127.0.0.1:9/x", "status": "active",
        "event": "ignored", "resource": 7,
    });
    let changed = hub.call("PUT", &path(&webhook), &change).expect(200).json();
    assert_eq!(changed["name"], "Other");
    assert_eq!(changed["targetUrl"], "http://127.0.0.1:9/x");
    assert_eq!(changed["event"], "statusChanged");
    assert_eq!(changed["secret"], "hush");
    hub.call("DELETE", &path(&webhook), &Value::Null)
        .expect(204);
    hub.get(&path(&webhook)).expect(404);
    hub.call("DELETE", &path(&webhook), &Value::Null)
        .expect(404);
}

#[test]
fn everybody_has_webhooks_of_their_own_and_sees_no_others() {
    let hub = Hub::start();
    let ada = format!("user:{ADA}");
    let hers = create(&hub, &ada, &body());
    let his = create(&hub, "full-admin", &body());
    assert_eq!(listed(&hub, &ada, ""), [hers["id"].clone()]);
    assert_eq!(listed(&hub, "full-admin", ""), [his["id"].clone()]);
    for (method, sent) in [
        ("GET", Value::Null),
        ("PUT", body()),
        ("DELETE", Value::Null),
    ] {
        hub.send_as("full-admin", method, &path(&hers), &sent)
            .expect(404);
    }
    let ada_id = person_id(&hub, "full-admin", ADA);
    hub.call("DELETE", &format!("/v1/people/{ada_id}"), &Value::Null)
        .expect(204);
    let world = hub.server.app().default.sandbox.read();
    assert_eq!(world.list::<hubsim::model::Webhook>().count(), 1);
}

#[test]
fn webhooks_of_the_whole_organization_are_for_administrators() {
    let hub = Hub::start();
    let org = with("ownedBy", json!("org"));
    let webhook = create(&hub, "full-admin", &org);
    assert_eq!(webhook["ownedBy"], "org");
    create(&hub, "full-admin", &body());
    assert_eq!(
        listed(&hub, "full-admin", "?ownedBy=org"),
        [webhook["id"].clone()]
    );
    assert_eq!(
        listed(&hub, "read-only-admin", "?ownedBy=org"),
        [webhook["id"].clone()]
    );
    let ada = format!("user:{ADA}");
    for (token, method, path, sent) in [
        (ada.as_str(), "POST", BASE.to_owned(), org.clone()),
        ("read-only-admin", "POST", BASE.to_owned(), org.clone()),
        (
            ada.as_str(),
            "GET",
            format!("{BASE}?ownedBy=org"),
            Value::Null,
        ),
    ] {
        hub.send_as(token, method, &path, &sent).expect(403);
    }
    hub.send_as(&ada, "GET", &path(&webhook), &Value::Null)
        .expect(404);
    let change = json!({"name": "Mine now", "targetUrl": "https://example.com"});
    for token in [
        "read-only-admin",
        "support-admin",
        "user-admin",
        ada.as_str(),
    ] {
        for (method, sent) in [("PUT", &change), ("DELETE", &Value::Null)] {
            hub.send_as(token, method, &path(&webhook), sent)
                .expect(403);
        }
    }
    assert_eq!(hub.get(&path(&webhook)).expect(200).json(), webhook);
    let messages = json!({
        "name": "m", "targetUrl": "https://example.com", "resource": "telephony_calls",
        "event": "created", "ownedBy": "org",
    });
    let refused = hub.call("POST", BASE, &messages).expect(400);
    assert!(
        refused.text.contains("is supported for"),
        "{}",
        refused.text
    );
}

/// Proves: ROLE-02
#[test]
fn who_only_looks_makes_no_webhook_and_others_make_their_own() {
    let hub = Hub::start();
    let before = hub.revision();
    for token in [
        "read-only-admin",
        "user:rhea@harbour.example",
        "support-admin",
    ] {
        let refused = hub.send_as(token, "POST", BASE, &body()).expect(403);
        assert!(
            refused.text.contains("cannot change this"),
            "{}",
            refused.text
        );
    }
    assert_eq!(hub.revision(), before);
    create(&hub, "device-admin", &body());
    create(&hub, &format!("user:{ADA}"), &body());
}

#[test]
fn lists_of_webhooks_are_paged() {
    let hub = Hub::start();
    for number in 0..5 {
        create(
            &hub,
            "full-admin",
            &with("name", json!(format!("{number}"))),
        );
    }
    assert_eq!(hub.pages(&format!("{BASE}?max=2"), "items").len(), 5);
    assert_eq!(listed(&hub, "full-admin", "?max=2").len(), 2);
}

#[test]
fn each_event_belongs_to_its_resource() {
    let hub = Hub::start();
    for (resource, event, status) in [
        ("messages", "created", 200),
        ("rooms", "migrated", 200),
        ("meetings", "started", 200),
        ("serviceApp", "authorized", 200),
        ("all", "all", 200),
        ("messages", "all", 200),
        ("rooms", "deleted", 400),
        ("messages", "joined", 400),
        ("adminBatchJobs", "created", 400),
        ("all", "created", 400),
        ("people", "created", 400),
        ("", "", 400),
    ] {
        let mut body = with("resource", json!(resource));
        body["event"] = json!(event);
        let answer = hub.call("POST", BASE, &body);
        assert_eq!(answer.status, status, "{resource} {event}: {}", answer.text);
    }
}

#[test]
fn what_is_wrong_with_a_webhook_is_said_and_nothing_changes() {
    let hub = Hub::start();
    let webhook = create(&hub, "full-admin", &body());
    let before = hub.revision();
    let long = "x".repeat(3000);
    for (field, value, word) in [
        ("name", json!(""), "name must not be empty"),
        ("name", json!(long), "name must not be longer"),
        ("name", Value::Null, "name"),
        (
            "targetUrl",
            json!("example.com/hook"),
            "absolute http or https URL",
        ),
        (
            "targetUrl",
            json!("ftp://example.com"),
            "absolute http or https URL",
        ),
        ("targetUrl", json!("https://"), "absolute http or https URL"),
        (
            "targetUrl",
            json!("https://a b"),
            "absolute http or https URL",
        ),
        ("targetUrl", json!("http://[::1"), "invalid IPv6 address"),
        (
            "targetUrl",
            json!("http://localhost:99999/x"),
            "invalid port number",
        ),
        ("targetUrl", json!("http:///x"), "it has no host"),
        ("targetUrl", json!("http://\\x"), "it has no host"),
        ("targetUrl", json!("https://a<b"), "targetUrl must be"),
        ("targetUrl", json!("https://a\nb"), "control characters"),
        ("filter", json!("roomId"), "name=value"),
        ("filter", json!("a=b&"), "name=value"),
        ("filter", json!("hostEmail=a@b.example"), "needs ownedBy"),
        ("secret", json!(long), "secret must not be longer"),
        ("ownedBy", json!("me"), "ownedBy can only be"),
    ] {
        for (method, path) in [("POST", BASE), ("PUT", &path(&webhook))] {
            let is_changed = ["name", "targetUrl", "secret"].contains(&field);
            if method == "POST" || is_changed {
                let refused = hub.call(method, path, &with(field, value.clone()));
                let text = refused.expect(400).text;
                assert!(text.contains(word), "{method} {field} {text}");
            }
        }
    }
    let off = json!({"name": "Batch", "targetUrl": "https://example.com", "status": "inactive"});
    let refused = hub.call("PUT", &path(&webhook), &off).expect(400);
    assert!(
        refused.text.contains("does not deactivate"),
        "{}",
        refused.text
    );
    hub.call("PUT", &path(&webhook), &json!({"name": "Batch"}))
        .expect(400);
    hub.get(&format!("{BASE}?ownedBy=me")).expect(400);
    hub.get(&format!("{BASE}?max=0")).expect(400);
    hub.get(&format!("{BASE}/nothing")).expect(404);
    assert_eq!(hub.revision(), before);
}

#[test]
fn a_secret_stands_in_no_difference() {
    let hub = Hub::start();
    let webhook = create(&hub, "full-admin", &with("secret", json!("hush-hush")));
    let before = hub.revision();
    let change = json!({
        "name": "Other", "targetUrl": "https://example.com/hook", "secret": "hush-again",
    });
    hub.call("PUT", &path(&webhook), &change).expect(200);
    let diff = hub.get(&format!("/_sim/v1/sandboxes/default/diff?from={before}"));
    let diff = diff.expect(200);
    assert!(
        diff.text.contains("Other") && !diff.text.contains("hush"),
        "{}",
        diff.text
    );
    let ledger = hub.get("/_sim/v1/ledger").expect(200);
    assert!(!ledger.text.contains("hush"), "{}", ledger.text);
}

#[test]
fn an_organizations_webhook_outlives_whoever_made_it() {
    let hub = Hub::start();
    let ada = person_id(&hub, "full-admin", ADA);
    let path_of_ada = format!("/v1/people/{ada}");
    let mut promoted = hub.get(&path_of_ada).expect(200).json();
    promoted["roles"] = json!([ids::encode("ROLE", "id_full_admin")]);
    hub.call("PUT", &path_of_ada, &promoted).expect(200);
    let token = format!("user:{ADA}");
    let org = create(&hub, &token, &with("ownedBy", json!("org")));
    let own = create(&hub, &token, &body());
    hub.call("DELETE", &path_of_ada, &Value::Null).expect(204);
    assert_eq!(
        listed(&hub, "full-admin", "?ownedBy=org"),
        [org["id"].clone()]
    );
    hub.get(&path(&own)).expect(404);
}
