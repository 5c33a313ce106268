//! Services > Calling > PSTN, and Manage connection of a location.

use serde_json::{Value, json};

use crate::support::Hub;

const ORG: &str = "/_hub/v1/organizations/me";
const OLD: &str = "Sub119911";
const NEW: &str = "Sub121331";

fn page(hub: &Hub) -> Value {
    let path = format!("{ORG}/pstn/subscriptions");
    hub.get(&path).expect(200).json()
}

fn item(hub: &Hub, code: &str) -> Value {
    let page = page(hub);
    let items = page["items"].as_array().unwrap();
    let mut items = items.iter();
    let found = items.find(|item| item["subscriptionId"] == code);
    found.expect("the subscription").clone()
}

fn locations(hub: &Hub, code: &str) -> usize {
    item(hub, code)["locations"].as_array().unwrap().len()
}

fn bill(hub: &Hub, code: &str, what: &str) {
    let path = format!("/_sim/v1/subscriptions/{code}/{what}");
    hub.call("POST", &path, &json!({})).expect(200);
}

fn revision(hub: &Hub) -> Value {
    let path = "/_sim/v1/sandboxes/default";
    hub.get(path).expect(200).json()["revision"].clone()
}

/// Proves: PSTN-01
#[test]
fn the_banner_names_the_suspended_subscription_and_links_to_its_update() {
    let hub = Hub::with_scenario("demo");
    assert_eq!(page(&hub)["banner"], Value::Null);
    bill(&hub, OLD, "suspend");
    let banner = page(&hub)["banner"].clone();
    assert!(
        banner["message"].as_str().unwrap().contains(OLD),
        "{banner}"
    );
    assert_eq!(banner["subscriptions"][0]["subscriptionId"], OLD);
    let update = banner["subscriptions"][0]["update"].as_str().unwrap();
    let path = update.strip_prefix(&hub.server.url()).unwrap();
    hub.call("PUT", path, &json!({"subscriptionId": NEW}))
        .expect(200);
    assert_eq!(page(&hub)["banner"], Value::Null);
}

/// Proves: PSTN-01
#[test]
fn an_e_mail_lists_the_suspended_subscription_and_its_locations_to_full_administrators() {
    let hub = Hub::with_scenario("demo");
    bill(&hub, OLD, "suspend");
    let path = "/_sim/v1/outbox?kind=pstnSuspended";
    let mails = || hub.get(path).expect(200).json()["items"].clone();
    let sent = mails();
    let names = |list: &Value, field: &str| -> Vec<String> {
        let list = list.as_array().unwrap().iter();
        let mut names: Vec<String> = list
            .map(|it| it[field].as_str().unwrap_or_default().to_owned())
            .collect();
        names.sort();
        names
    };
    let people = hub
        .get("/v1/people?roles=id_full_admin&max=1000")
        .expect(200)
        .json();
    let addresses: Vec<Value> = people["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| json!({"to": it["emails"][0]}))
        .collect();
    assert!(!addresses.is_empty());
    assert_eq!(names(&sent, "to"), names(&json!(addresses), "to"));
    let mail = &sent[0];
    assert_eq!(mail["subscriptionId"], OLD);
    let carried = item(&hub, OLD)["locations"].clone();
    let listed: Vec<Value> = mail["locations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|name| json!({ "name": name }))
        .collect();
    assert_eq!(names(&json!(listed), "name"), names(&carried, "name"));
    let text = mail["text"].as_str().unwrap();
    assert!(
        text.contains(OLD) && text.contains(carried[0]["name"].as_str().unwrap()),
        "{text}"
    );
    assert_eq!(mail["invitationLink"], Value::Null);

    // Its link is the one of the banner.
    let (_, update) = text.rsplit_once(' ').unwrap();
    let update = update.strip_prefix(&hub.server.url()).unwrap();
    hub.call("PUT", update, &json!({"subscriptionId": NEW}))
        .expect(200);

    // One that carries no location any more is suspended without a word.
    bill(&hub, OLD, "reactivate");
    bill(&hub, OLD, "suspend");
    assert_eq!(mails(), sent);
    // Nobody is invited by such an e-mail.
    let code = json!({"link": format!("?invitation={}", mail["id"].as_str().unwrap())});
    let accept = hub.call("POST", "/_sim/v1/simulate/acceptInvitation", &code);
    assert!([400, 404].contains(&accept.status), "{}", accept.text);
}

/// Proves: PSTN-01
#[test]
fn a_trial_that_ends_by_itself_is_told_like_any_suspension() {
    let hub = Hub::with_scenario("demo");
    let trial = json!({"trial": true, "endDate": "2026-03-20T00:00:00.000Z"});
    let path = format!("/_sim/v1/subscriptions/{OLD}");
    hub.call("PATCH", &path, &trial).expect(200);
    let advance = json!({"to": "2026-03-21T00:00:00.000Z"});
    hub.call("POST", "/_sim/v1/clock/advance", &advance)
        .expect(200);
    let mails = hub
        .get("/_sim/v1/outbox?kind=pstnSuspended")
        .expect(200)
        .json();
    let mail = &mails["items"][0];
    assert_eq!(
        (&mail["subscriptionId"], &mail["sentAt"]),
        (&json!(OLD), &json!("2026-03-20T00:00:00.000Z"))
    );
}

/// Proves: PSTN-02, PSTN-06
#[test]
fn updating_a_suspended_subscription_moves_all_its_locations_and_no_licence() {
    let hub = Hub::with_scenario("demo");
    bill(&hub, OLD, "suspend");
    let licenses = hub.get("/v1/licenses").expect(200).text;
    let (old, new) = (locations(&hub, OLD), locations(&hub, NEW));
    assert!(old > 1, "{old}");
    let path = format!("{ORG}/pstn/subscriptions/{OLD}");
    let done = hub.call("PUT", &path, &json!({"subscriptionId": NEW}));
    let done = done.expect(200).json();
    assert_eq!(done["message"], "Your subscription is updated");
    assert_eq!(done["subscriptionId"], NEW);
    assert_eq!(done["locations"].as_array().unwrap().len(), old);
    assert_eq!((locations(&hub, OLD), locations(&hub, NEW)), (0, old + new));
    assert_eq!(hub.get("/v1/licenses").expect(200).text, licenses);
    // Nothing is left to move.
    let before = revision(&hub);
    let again = hub.call("PUT", &path, &json!({"subscriptionId": NEW}));
    assert_eq!(again.expect(200).json()["locations"], json!([]));
    assert_eq!(revision(&hub), before);
}

/// Proves: PSTN-03
#[test]
fn a_connection_of_one_location_moves_alone_and_can_be_undone() {
    let hub = Hub::with_scenario("demo");
    let old = locations(&hub, OLD);
    let location = item(&hub, OLD)["locations"][0]["id"].clone();
    let path = format!(
        "{ORG}/locations/{}/pstnSubscription",
        location.as_str().unwrap()
    );
    let done = hub.call("PUT", &path, &json!({"subscriptionId": NEW}));
    assert_eq!(done.expect(200).json()["locations"][0]["id"], location);
    assert_eq!(locations(&hub, OLD), old - 1);
    let ledger = hub.get("/_sim/v1/ledger?rule=PSTN-03").expect(200).json();
    assert_eq!(ledger["items"].as_array().unwrap().len(), 1, "{ledger}");
    hub.call("POST", "/_sim/v1/undo", &json!({})).expect(200);
    assert_eq!(locations(&hub, OLD), old);
}

/// Proves: PSTN-04
#[test]
fn what_is_greyed_out_says_why_and_is_refused_as_a_target() {
    let hub = Hub::with_scenario("demo");
    assert_eq!(item(&hub, NEW)["selectable"], true);
    for (what, status, reason) in [
        ("suspend", "suspended", "Sub121331 is suspended."),
        ("cancel", "cancelled", "Sub121331 is cancelled."),
    ] {
        bill(&hub, NEW, what);
        let shown = item(&hub, NEW);
        assert_eq!(shown["status"], status);
        assert_eq!(shown["selectable"], false);
        assert_eq!(shown["reason"], reason);
        let before = revision(&hub);
        let path = format!("{ORG}/pstn/subscriptions/{OLD}");
        let refused = hub.call("PUT", &path, &json!({"subscriptionId": NEW}));
        let refused = refused.expect(400).json();
        assert_eq!(refused["errors"][0]["errorCode"], 900_002, "{refused}");
        assert!(refused.to_string().contains(reason), "{refused}");
        assert_eq!(revision(&hub), before);
    }
}

/// Proves: PSTN-05
#[test]
fn where_nothing_else_has_calling_the_partner_has_to_be_asked() {
    let hub = Hub::with_scenario("minimal");
    let subscriptions = hub.get(&format!("{ORG}/subscriptions")).expect(200).json();
    let items = subscriptions["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "{subscriptions}");
    let code = items[0]["id"].as_str().unwrap();
    let path = format!("{ORG}/pstn/subscriptions/{code}");
    let refused = hub.call("PUT", &path, &json!({"subscriptionId": code}));
    let refused = refused.expect(400).json();
    assert_eq!(refused["errors"][0]["errorCode"], 900_006);
    assert!(refused.to_string().contains("contact your partner"));
}

#[test]
fn what_is_unknown_or_misspelt_changes_nothing() {
    let hub = Hub::with_scenario("demo");
    let all = format!("{ORG}/pstn/subscriptions/{OLD}");
    let before = revision(&hub);
    let none = format!("{ORG}/pstn/subscriptions/Sub1");
    let nowhere = format!("{ORG}/locations/nowhere/pstnSubscription");
    let nobody = format!("{ORG}/locations/{}/pstnSubscription", uuid::Uuid::nil());
    for (path, body, status) in [
        (&all, json!({"subscriptionId": "Sub1"}), 404),
        (&none, json!({"subscriptionId": NEW}), 404),
        (&nowhere, json!({"subscriptionId": NEW}), 404),
        (&nobody, json!({"subscriptionId": NEW}), 404),
        (&all, json!({"subscription": NEW}), 400),
        (&all, json!({"subscriptionId": 7}), 400),
        (&all, json!([]), 400),
    ] {
        hub.call("PUT", path, &body).expect(status);
    }
    assert_eq!(revision(&hub), before);
}
