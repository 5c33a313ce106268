//! `/_sim/v1/ledger` and `/_sim/v1/explain/{trackingId}`

mod control;
mod parts;

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
    let start = format!("Faye Full sent PUT {path} (");
    assert!(cause.starts_with(&start), "{cause}");
    assert!(
        cause.contains("Ada Lovelace: callForwarding changed"),
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
    let cause = told["cause"].as_str().unwrap();
    let end = "The request was answered and changed nothing.";
    assert!(cause.ends_with(end), "{cause}");
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
    let start = format!("Faye Full sent PATCH {path} (Save the dialog Edit licences).");
    assert!(cause.starts_with(&start), "{cause}");
    for part in [
        "Ada Lovelace: gave up Webex Calling - Professional [Sub100001].",
        "Lost: extension (201), location.",
        "Kept: name, e-mail address, status, administrator roles.",
        "Decided by MOVE-04, LOSS-01, LOSS-04.",
    ] {
        assert!(cause.contains(part), "{part} in {cause}");
    }
    assert!(!cause.contains("consumedBy"), "{cause}");
    let remedy = told["remedy"].as_str().unwrap();
    assert!(remedy.contains("MOVE-01"), "{remedy}");
    let before = format!("default@{}", item_revision(&told) - 1);
    assert!(remedy.contains(&before), "{remedy}");
    let fork = json!({"id": "before", "from": before});
    hub.call("POST", "/_sim/v1/sandboxes", &fork).expect(201);
    let kept = hub.send_as("full-admin.before", "GET", &path, &Value::Null);
    let items = kept.expect(200).json();
    let mut items = items["items"].as_array().unwrap().iter();
    assert!(items.any(|item| item["licenseId"] == license && item["assigned"] == true));
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

fn item_revision(told: &Value) -> u64 {
    told["ledger"][0]["revision"].as_u64().expect("a revision")
}

/// Takes Calling from the receptionist of the demo, whom many others watch.
fn take_calling_from_the_receptionist(hub: &Hub) -> Answer {
    let email = "odette.fairbourne@quillhaven.example";
    let id = person_id(hub, "full-admin", email);
    let path = format!("/_hub/v1/organizations/me/users/{id}/licenses");
    let shown = hub.get(&path).expect(200).json();
    let mut items = shown["items"].as_array().expect("a list").iter();
    let held = items
        .find(|item| item["assigned"] == true && item["name"] == "Webex Calling - Professional");
    let license = held.expect("Professional")["licenseId"].clone();
    let remove = json!({"licenses": [{"id": license, "operation": "remove"}]});
    hub.call("PATCH", &path, &remove).expect(200)
}

#[test]
fn an_outcome_names_own_losses_dearest_first_and_whose_the_others_were() {
    let hub = Hub::with_scenario("demo");
    let outcome = take_calling_from_the_receptionist(&hub).json();
    let lost = outcome["lost"].as_array().unwrap();
    let first_other = lost.iter().position(|lost| lost["holder"].is_object());
    let (own, others) = lost.split_at(first_other.expect("bystanders"));
    assert!(!others.is_empty() && others.iter().all(|lost| lost["holder"].is_object()));
    let mut families: Vec<&str> = own
        .iter()
        .map(|lost| lost["family"].as_str().unwrap())
        .collect();
    families.dedup();
    let dearest = ["voicemail", "numbers", "extension", "location"];
    assert_eq!(families[..4], dearest);
    for lost in others {
        let holder = &lost["holder"];
        assert_eq!(holder["type"], "person");
        let path = format!("/v1/people/{}", holder["id"].as_str().unwrap());
        assert_eq!(
            hub.get(&path).expect(200).json()["displayName"],
            holder["name"]
        );
        assert_eq!(lost["before"], outcome["holder"]["id"]);
    }
    let caller_id = own.iter().find(|lost| lost["field"] == "selected").unwrap();
    assert_eq!(caller_id["before"], "LOCATION_NUMBER");
    assert_eq!(
        caller_id["after"], "DIRECT_LINE",
        "the default for somebody with a number"
    );
    let kept = outcome["kept"].as_array().unwrap();
    assert_eq!(
        kept,
        json!(["licenses", "displayName", "emails", "status"])
            .as_array()
            .unwrap()
    );
}

/// Proves: LOSS-04
#[test]
fn an_explanation_tells_the_loser_first_and_each_rule_once() {
    let hub = Hub::with_scenario("demo");
    let told = explain(&hub, &take_calling_from_the_receptionist(&hub));
    let cause = told["cause"].as_str().unwrap();
    let loser = cause.find("Odette Fairbourne: gave up").expect("the loser");
    let bystander = "Settings of Marguerite Mwangi no longer name Odette Fairbourne: monitoring.";
    assert!(
        loser < cause.find(bystander).expect("a bystander"),
        "{cause}"
    );
    assert!(cause.contains("Kept: Messaging [Sub119911]"), "{cause}");
    assert!(cause.contains("numbers (+14085550104)"), "{cause}");
    assert_eq!(cause.matches("LOSS-01").count(), 1, "{cause}");
    assert!(!cause.contains("consumedBy"), "{cause}");
    let rules = told["rules"].as_array().unwrap();
    let of_loss = rules.iter().filter(|rule| rule["id"] == "LOSS-01").count();
    assert_eq!(of_loss, 1);
    assert!(
        rules
            .iter()
            .all(|rule| rule["sentence"].is_string() && rule["source"].is_string())
    );
    let ledger = told["ledger"].as_array().unwrap();
    assert_eq!(ledger[0]["holder"]["name"], "Odette Fairbourne");
    assert!(
        ledger
            .iter()
            .all(|item| item["holder"]["type"] != "license")
    );
}

/// Proves: DEC-11
#[test]
fn what_is_left_out_of_a_new_person_is_told() {
    let hub = Hub::with_scenario("minimal");
    let professional = hub.find("/v1/licenses", "name", "Webex Calling - Professional");
    let suspend = "/_sim/v1/subscriptions/Sub100001/suspend";
    hub.call("POST", suspend, &json!({})).expect(200);
    let location = hub.location("Pebblebrook");
    let body = json!({
        "emails": ["nell@pebblebrook.example"], "displayName": "Nell New",
        "licenses": [professional["id"]], "extension": "1190", "locationId": location,
        "phoneNumbers": [{"type": "work", "value": "+15035550118"}],
    });
    let made = hub
        .call("POST", "/v1/people?callingData=true", &body)
        .expect(200);
    assert_eq!(made.json()["licenses"], json!([]));
    assert_eq!(made.json().get("extension"), None);
    let told = explain(&hub, &made);
    let warnings = told["warnings"].to_string();
    for part in [
        "Webex Calling - Professional [Sub100001] was left out",
        "Left out with it: number +15035550118, extension 1190, location Pebblebrook.",
    ] {
        assert!(warnings.contains(part), "{part} in {warnings}");
    }
    assert!(told["remedy"].is_string());
    assert!(
        told["rules"]
            .as_array()
            .unwrap()
            .iter()
            .any(|rule| rule["id"] == "DEC-11")
    );
    // The same over PUT changes nothing at all and is told all the same.
    let id = made.json()["id"].as_str().unwrap().to_owned();
    let before = hub.revision();
    let put = hub
        .call("PUT", &format!("/v1/people/{id}"), &body)
        .expect(200);
    assert_eq!(hub.revision(), before);
    let told = explain(&hub, &put);
    assert!(
        told["warnings"].to_string().contains("was left out"),
        "{told}"
    );
    assert!(
        told["rules"]
            .as_array()
            .unwrap()
            .iter()
            .any(|rule| rule["id"] == "DEC-11")
    );
}
