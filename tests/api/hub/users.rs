//! `/users`: the Users page, its statuses, and what it does to people.

use serde_json::{Value, json};

use crate::support::{ADA, Answer, Hub};

const HUB: &str = "/_hub/v1/organizations/me";

fn shown(hub: &Hub, email: &str) -> Value {
    let page = hub.get(&format!("{HUB}/users?query={email}")).expect(200);
    page.json()["items"][0].clone()
}

fn act(hub: &Hub, email: &str, deed: &str) -> Answer {
    hub.call("POST", &format!("{HUB}/users/{email}/{deed}"), &Value::Null)
}

fn create(hub: &Hub, email: &str) {
    let person = json!({"emails": [email], "displayName": "New"});
    hub.call("POST", "/v1/people", &person).expect(200);
}

fn advance(hub: &Hub, by: &str) {
    hub.call("POST", "/_sim/v1/clock/advance", &json!({"by": by}))
        .expect(200);
}

fn outbox(hub: &Hub, email: &str) -> Vec<String> {
    let page = hub
        .get(&format!("/_sim/v1/outbox?to={email}"))
        .expect(200)
        .json();
    let kinds = page["items"].as_array().unwrap().iter();
    kinds
        .map(|mail| mail["kind"].as_str().unwrap().to_owned())
        .collect()
}

/// Proves: ADD-09, STAT-02
#[test]
fn a_person_is_pending_then_active_then_suspended_and_active_again() {
    let hub = Hub::start();
    let new = "new@harbour.example";
    create(&hub, new);
    assert_eq!(shown(&hub, new)["status"], "Pending");
    hub.call("POST", "/_sim/v1/simulate/signIn", &json!({"email": new}))
        .expect(200);
    assert_eq!(shown(&hub, new)["status"], "Active");
    assert_eq!(
        act(&hub, new, "deactivate").expect(200).json()["status"],
        "Suspended"
    );
    let refused = hub.call("POST", "/_sim/v1/simulate/signIn", &json!({"email": new}));
    assert!(refused.expect(409).text.contains("may not sign in"));
    assert_eq!(
        act(&hub, new, "reactivate").expect(200).json()["status"],
        "Active"
    );
    let listed = |status: &str| {
        let page = hub.get(&format!("{HUB}/users?status={status}")).expect(200);
        page.json()["items"].as_array().unwrap().len()
    };
    assert_eq!((listed("active"), listed("Fraud")), (4, 0));
    hub.get(&format!("{HUB}/users?status=Verified")).expect(400);
}

/// Proves: STAT-01, STAT-03
#[test]
fn in_the_older_model_the_domain_decides_until_the_first_sign_in() {
    let hub = Hub::start();
    let edition = json!({"edition": "classic"});
    hub.call("PUT", "/_sim/v1/quirks", &edition).expect(200);
    let domains = json!({"verifiedDomains": ["harbour.example"]});
    hub.call("PATCH", &format!("{HUB}/settings"), &domains)
        .expect(200);
    for (email, status) in [
        ("new@harbour.example", "Verified"),
        ("new@elsewhere.example", "Not Verified"),
    ] {
        create(&hub, email);
        assert_eq!(shown(&hub, email)["status"], status);
        hub.call("POST", "/_sim/v1/simulate/signIn", &json!({"email": email}))
            .expect(200);
        assert_eq!(shown(&hub, email)["status"], "Active");
        assert_eq!(
            act(&hub, email, "deactivate").expect(200).json()["status"],
            "Inactive"
        );
    }
    hub.get(&format!("{HUB}/users?status=Not+Verified"))
        .expect(200);
    hub.get(&format!("{HUB}/users?status=Pending")).expect(400);
}

/// Proves: STAT-04
#[test]
fn whoever_was_deactivated_is_deleted_after_the_days_of_the_organisation() {
    let hub = Hub::start();
    act(&hub, ADA, "deactivate").expect(200);
    advance(&hub, "P29D");
    assert_eq!(shown(&hub, ADA)["status"], "Suspended");
    act(&hub, ADA, "reactivate").expect(200);
    advance(&hub, "P5D");
    assert_eq!(shown(&hub, ADA)["status"], "Active");
    let days = |days: u32| {
        let body = json!({"inactiveUserRetentionDays": days});
        hub.call("PATCH", &format!("{HUB}/settings"), &body)
    };
    for wrong in [0, 29, 91] {
        assert!(days(wrong).expect(400).text.contains("30 to 90"));
    }
    days(60).expect(200);
    act(&hub, ADA, "deactivate").expect(200);
    advance(&hub, "P59D");
    assert_eq!(shown(&hub, ADA)["status"], "Suspended");
    advance(&hub, "P2D");
    assert_eq!(shown(&hub, ADA), Value::Null);
    let entries = hub.get("/_sim/v1/ledger?rule=STAT-04").expect(200).text;
    assert!(
        entries.contains("extension") && entries.contains("LOSS-05"),
        "{entries}"
    );
}

/// Proves: STAT-05
#[test]
fn people_are_invited_again_and_those_of_a_directory_nothing_else() {
    let hub = Hub::start();
    let new = "new@harbour.example";
    create(&hub, new);
    let directory = json!({"directorySynchronized": true});
    hub.call("PATCH", &format!("{HUB}/settings"), &directory)
        .expect(200);
    act(&hub, new, "resendInvitation").expect(200);
    assert_eq!(outbox(&hub, new), ["welcome", "reminder"]);
    for deed in ["deactivate", "reactivate"] {
        let refused = act(&hub, new, deed).expect(409);
        assert!(refused.text.contains("900074"), "{}", refused.text);
    }
    let refused = act(&hub, ADA, "resendInvitation").expect(409);
    assert!(
        refused.text.contains("signed in already"),
        "{}",
        refused.text
    );
    act(&hub, "nobody@harbour.example", "resendInvitation").expect(404);
    let path = format!("{HUB}/users/{ADA}/deactivate");
    hub.send_as("read-only-admin", "POST", &path, &Value::Null)
        .expect(403);
}

/// Proves: DEC-46
#[test]
fn the_last_full_administrator_who_may_sign_in_is_not_deactivated() {
    let hub = Hub::start();
    let roles = |email: &str| format!("{HUB}/users/{email}/administratorRoles");
    let full = json!({"roles": ["id_full_admin"]});
    hub.call("PUT", &roles(ADA), &full).expect(200);
    let all = hub.get("/v1/people?roles=id_full_admin").expect(200).json();
    let emails = all["items"].as_array().unwrap().iter();
    let emails = emails.map(|person| person["emails"][0].as_str().unwrap());
    for other in emails.filter(|email| *email != ADA) {
        act(&hub, other, "deactivate").expect(200);
    }
    let before = hub.revision();
    for refused in [
        act(&hub, ADA, "deactivate"),
        hub.call("PUT", &roles(ADA), &json!({"roles": []})),
    ] {
        let refused = refused.expect(409);
        assert!(
            refused.text.contains("last Full Administrator"),
            "{}",
            refused.text
        );
    }
    assert_eq!(hub.revision(), before);
    advance(&hub, "P31D");
    assert_eq!(shown(&hub, ADA)["status"], "Active");
}
