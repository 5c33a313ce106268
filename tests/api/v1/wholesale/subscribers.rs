//! `/v1/wholesale/subscribers`.

use serde_json::{Value, json};

use super::{CUSTOMERS, PARTNER, SUBSCRIBERS, ask, customer, new_customer, subscriber};
use crate::support::Hub;

const TEODOR: &str = "teodor.rye@copperkettle.example";
const MARGUERITE: &str = "marguerite.scone@copperkettle.example";

/// A subscriber of the bakery that can be provisioned.
fn new_subscriber(hub: &Hub) -> Value {
    let bakery = customer(hub, "CK-1001");
    json!({
        "customerId": bakery["id"], "email": "fenn@copperkettle.example", "package": "webex_calling",
        "provisioningParameters": {
            "firstName": "Fenn", "lastName": "Ciabatta", "primaryPhoneNumber": "+1-503-555-0140",
            "extension": "2040", "locationId": location(hub),
        },
    })
}

fn location(hub: &Hub) -> Value {
    let org = customer(hub, "CK-1001")["orgId"]
        .as_str()
        .unwrap()
        .to_owned();
    let places = ask(
        hub,
        "GET",
        &format!("/v1/locations?orgId={org}"),
        &Value::Null,
    )
    .expect(200);
    places.json()["items"][0]["id"].clone()
}

fn person(hub: &Hub, email: &str) -> Value {
    let owner = "user:wilhelmina.crust@copperkettle.example";
    let path = format!("/v1/people?email={email}&callingData=true");
    let found = hub.send_as(owner, "GET", &path, &Value::Null).expect(200);
    found.json()["items"][0].clone()
}

fn path(subscriber: &Value) -> String {
    format!("{SUBSCRIBERS}/{}", subscriber["id"].as_str().unwrap())
}

fn code(answer: &crate::support::Answer) -> Value {
    answer.json()["errors"][0]["errorCode"].clone()
}

#[test]
fn a_subscriber_is_provisioned_as_a_person_with_the_package_and_a_number() {
    let hub = Hub::with_scenario("partner");
    let answer = ask(&hub, "POST", SUBSCRIBERS, &new_subscriber(&hub)).expect(200);
    let made = answer.json();
    assert_eq!(made["status"], "provisioned");
    assert_eq!(
        (&made["package"], &made["packages"]),
        (&json!("webex_calling"), &json!(["webex_calling"]))
    );
    assert_eq!(made["externalCustomerId"], "CK-1001");
    assert!(answer.header("location").ends_with(&path(&made)));
    assert_eq!(
        ask(&hub, "GET", &path(&made), &Value::Null)
            .expect(200)
            .json(),
        made
    );
    let person = person(&hub, "fenn@copperkettle.example");
    assert_eq!(person["id"], made["personId"]);
    assert_eq!(person["displayName"], "Fenn Ciabatta");
    assert_eq!(person["extension"], "2040");
    assert_eq!(person["licenses"].as_array().unwrap().len(), 1);
}

/// Proves: PKG-02
#[test]
fn a_subscriber_has_exactly_one_base_package_and_may_have_additions() {
    let hub = Hub::with_scenario("partner");
    let revision = hub.revision();
    let with = |key: &str, value: Value| {
        let mut body = new_subscriber(&hub);
        body.as_object_mut().unwrap().remove("package");
        body[key] = value;
        body
    };
    for (body, told) in [
        (
            with("packages", json!(["webex_calling", "webex_suite"])),
            "two base packages",
        ),
        (
            with("packages", json!(["attendant_console"])),
            "one base package",
        ),
        (
            with("packages", json!(["webex_voice", "attendant_console"])),
            "attendant_console needs",
        ),
        (
            with("packages", json!(["common_area_calling"])),
            "no package of a subscriber",
        ),
        (with("package", Value::Null), "Either packages or package"),
    ] {
        let answer = ask(&hub, "POST", SUBSCRIBERS, &body).expect(400);
        assert!(answer.text.contains(told), "{}", answer.text);
    }
    let mut both = new_subscriber(&hub);
    both["packages"] = json!(["webex_calling"]);
    ask(&hub, "POST", SUBSCRIBERS, &both).expect(400);
    assert_eq!(hub.revision(), revision);
    let two = with("packages", json!(["attendant_console", "webex_calling"]));
    let made = ask(&hub, "POST", SUBSCRIBERS, &two).expect(200).json();
    assert_eq!(made["package"], "webex_calling");
    assert_eq!(
        made["packages"],
        json!(["webex_calling", "attendant_console"])
    );
}

/// Proves: PKG-19, PKG-20
#[test]
fn an_address_of_somebody_else_is_refused() {
    let hub = Hub::with_scenario("partner");
    let revision = hub.revision();
    for email in [TEODOR, "cordelia.marsh@tidewater.example"] {
        let mut body = new_subscriber(&hub);
        body["email"] = json!(email);
        for path in [SUBSCRIBERS.to_owned(), format!("{SUBSCRIBERS}/validate")] {
            let answer = ask(&hub, "POST", &path, &body).expect(400);
            assert_eq!(code(&answer), 10022, "{}", answer.text);
            let told = "The email is already associated with an existing user.";
            assert_eq!(answer.json()["errors"][0]["description"], told);
        }
    }
    assert_eq!(hub.revision(), revision);
}

#[test]
fn a_person_without_a_package_becomes_a_subscriber() {
    let hub = Hub::with_scenario("partner");
    let mut body = new_subscriber(&hub);
    body["email"] = json!("petra.brioche@copperkettle.example");
    let before = person(&hub, "petra.brioche@copperkettle.example");
    let made = ask(&hub, "POST", SUBSCRIBERS, &body).expect(200).json();
    assert_eq!(made["personId"], before["id"]);
}

/// Somebody with a free account who is asked to come over: what is sent, and what is answered.
fn asked_to_come_over() -> (Hub, Value, Value) {
    let hub = Hub::with_scenario("partner");
    let free = json!({"name": "free", "organizations": [], "outsideAccounts": [
        {"email": "ida@free.example", "type": "webexAccount", "organization": "Consumer"}]});
    hub.call("POST", "/_sim/v1/scenarios?mode=merge", &free)
        .expect(200);
    let mut body = new_subscriber(&hub);
    body["email"] = json!("ida@free.example");
    let made = ask(&hub, "POST", SUBSCRIBERS, &body).expect(202).json();
    (hub, body, made)
}

/// Proves: PKG-18
#[test]
fn somebody_with_a_free_account_waits_for_their_consent() {
    let (hub, body, made) = asked_to_come_over();
    assert_eq!(made["status"], "pending_user_migration");
    assert_eq!(made.get("personId"), None);
    let waiting = format!("{SUBSCRIBERS}?status=pending_user_migration");
    let waiting = ask(&hub, "GET", &waiting, &Value::Null).expect(200).json();
    assert_eq!(waiting["items"][0], made);
    // Until then nothing can be changed, and asking again finds the address taken.
    ask(
        &hub,
        "PUT",
        &path(&made),
        &json!({"package": "webex_meetings"}),
    )
    .expect(409);
    assert_eq!(
        code(&ask(&hub, "POST", SUBSCRIBERS, &body).expect(400)),
        10022
    );
    let accepted = json!({"email": "ida@free.example"});
    hub.call("POST", "/_sim/v1/simulate/acceptInvitation", &accepted)
        .expect(200);
    let came = ask(&hub, "GET", &path(&made), &Value::Null)
        .expect(200)
        .json();
    assert_eq!(came["status"], "provisioned");
    assert_eq!(person(&hub, "ida@free.example")["id"], came["personId"]);
    assert_eq!(person(&hub, "ida@free.example")["extension"], "2040");
}

#[test]
fn somebody_who_is_asked_to_come_over_can_be_let_go() {
    let (hub, _, made) = asked_to_come_over();
    ask(&hub, "DELETE", &path(&made), &Value::Null).expect(204);
    ask(&hub, "GET", &path(&made), &Value::Null).expect(404);
}

/// Proves: PKG-14
#[test]
fn number_information_counts_only_for_whoever_has_no_calling() {
    let hub = Hub::with_scenario("partner");
    let teodor = subscriber(&hub, TEODOR);
    let before = person(&hub, TEODOR);
    let elsewhere = json!({"package": "webex_suite",
        "provisioningParameters": {"primaryPhoneNumber": "+15035550145", "extension": "2999"}});
    let changed = ask(&hub, "PUT", &path(&teodor), &elsewhere)
        .expect(200)
        .json();
    assert_eq!(changed["package"], "webex_suite");
    let after = person(&hub, TEODOR);
    assert_eq!(after["phoneNumbers"], before["phoneNumbers"]);
    assert_eq!(after["extension"], before["extension"]);
    let marguerite = subscriber(&hub, MARGUERITE);
    let bare = ask(
        &hub,
        "PUT",
        &path(&marguerite),
        &json!({"package": "webex_calling"}),
    );
    let bare = bare.expect(400);
    assert_eq!(code(&bare), 900015, "{}", bare.text);
    let full = json!({"package": "webex_calling",
        "provisioningParameters": {"extension": "2044", "locationId": location(&hub)}});
    ask(&hub, "PUT", &path(&marguerite), &full).expect(200);
    assert_eq!(person(&hub, MARGUERITE)["extension"], "2044");
}

/// Proves: PKG-16
#[test]
fn a_limit_caps_how_many_of_a_package_are_assigned() {
    let hub = Hub::with_scenario("partner");
    let teodor = subscriber(&hub, TEODOR);
    let bakery = customer(&hub, "CK-1001");
    let limit = json!({"packages": bakery["packages"],
        "provisioningParameters": {"packages": {"limits": {"webex_suite": 1}}}});
    let of = format!("{CUSTOMERS}/{}", bakery["id"].as_str().unwrap());
    ask(&hub, "PUT", &of, &limit).expect(202);
    super::wait(&hub);
    let full = ask(
        &hub,
        "PUT",
        &path(&teodor),
        &json!({"package": "webex_suite"}),
    )
    .expect(400);
    assert_eq!(code(&full), 900001, "{}", full.text);
    assert_eq!(subscriber(&hub, TEODOR)["package"], "webex_calling");
    let more = json!({"packages": bakery["packages"],
        "provisioningParameters": {"packages": {"limits": {"webex_suite": 2}}}});
    ask(&hub, "PUT", &of, &more).expect(202);
    super::wait(&hub);
    ask(
        &hub,
        "PUT",
        &path(&teodor),
        &json!({"package": "webex_suite"}),
    )
    .expect(200);
}

#[test]
fn a_removed_subscriber_stays_as_a_person_without_a_package() {
    let hub = Hub::with_scenario("partner");
    let teodor = subscriber(&hub, TEODOR);
    let answer = ask(&hub, "DELETE", &path(&teodor), &Value::Null).expect(204);
    assert_ne!(answer.header("x-hubsim-explain"), "");
    ask(&hub, "GET", &path(&teodor), &Value::Null).expect(404);
    let person = person(&hub, TEODOR);
    assert_eq!(person["licenses"], json!([]));
    assert_eq!(person.get("extension"), None);
}

#[test]
fn a_deleted_person_is_no_subscriber_any_more() {
    let hub = Hub::with_scenario("partner");
    let teodor = subscriber(&hub, TEODOR);
    let owner = "user:wilhelmina.crust@copperkettle.example";
    let person = format!("/v1/people/{}", teodor["personId"].as_str().unwrap());
    hub.send_as(owner, "DELETE", &person, &Value::Null)
        .expect(204);
    ask(&hub, "GET", &path(&teodor), &Value::Null).expect(404);
}

#[test]
fn a_package_that_the_customer_does_not_have_is_refused() {
    let hub = Hub::with_scenario("partner");
    ask(&hub, "POST", CUSTOMERS, &new_customer()).expect(202);
    let mut body = new_subscriber(&hub);
    body["customerId"] = customer(&hub, "JP-1")["id"].clone();
    body["email"] = json!("lu@pizza.example");
    let busy = ask(&hub, "POST", SUBSCRIBERS, &body).expect(409);
    assert_eq!(code(&busy), 900086, "{}", busy.text);
    super::wait(&hub);
    body["package"] = json!("webex_suite");
    let none = ask(&hub, "POST", SUBSCRIBERS, &body).expect(400);
    assert_eq!(code(&none), 900083, "{}", none.text);
}

#[test]
fn a_precheck_of_a_subscriber_does_nothing() {
    let hub = Hub::with_scenario("partner");
    let revision = hub.revision();
    let path = format!("{SUBSCRIBERS}/validate");
    ask(&hub, "POST", &path, &new_subscriber(&hub)).expect(200);
    ask(
        &hub,
        "POST",
        &path,
        &json!({"email": "anybody@new.example"}),
    )
    .expect(200);
    ask(&hub, "POST", &path, &json!({"email": "no address"})).expect(400);
    ask(&hub, "POST", &path, &json!({"email": TEODOR})).expect(400);
    assert_eq!(hub.revision(), revision);
}

#[test]
fn lists_filter_sort_and_page() {
    let hub = Hub::with_scenario("partner");
    hub.call("POST", "/_sim/v1/clock/advance", &json!({"by": "PT1H"}))
        .expect(200);
    ask(&hub, "POST", SUBSCRIBERS, &new_subscriber(&hub)).expect(200);
    let list = |query: &str| {
        let found = ask(&hub, "GET", &format!("{SUBSCRIBERS}?{query}"), &Value::Null).expect(200);
        found.json()["items"].as_array().unwrap().clone()
    };
    assert_eq!(list("").len(), 7);
    assert_eq!(list("externalCustomerId=CK-1001").len(), 7);
    assert_eq!(list("externalCustomerId=other").len(), 0);
    assert_eq!(list("after=2026-03-02T09:30:00.000Z").len(), 1);
    assert_eq!(list("after=1772442000000").len(), 1);
    assert_eq!(
        list("sortBy=created&sortOrder=DESC")[0]["email"],
        "fenn@copperkettle.example"
    );
    assert_eq!(list("email=FENN@copperkettle.example").len(), 1);
    let id = list("email=fenn@copperkettle.example")[0]["personId"].clone();
    assert_eq!(list(&format!("personId={}", id.as_str().unwrap())).len(), 1);
    let page = ask(&hub, "GET", &format!("{SUBSCRIBERS}?max=5"), &Value::Null).expect(200);
    assert!(page.header("link").contains("offset=5"));
    for wrong in [
        "after=yesterday",
        "sortBy=email",
        "sortOrder=up",
        "customerId=x",
    ] {
        let answer = ask(&hub, "GET", &format!("{SUBSCRIBERS}?{wrong}"), &Value::Null);
        assert!(matches!(answer.status, 400 | 404), "{wrong}");
    }
    let _ = PARTNER;
}

#[test]
fn a_precheck_refuses_what_provisioning_would_refuse() {
    let hub = Hub::with_scenario("partner");
    let revision = hub.revision();
    let mut bare = new_subscriber(&hub);
    bare["provisioningParameters"] = json!({"firstName": "Fenn", "lastName": "Ciabatta"});
    let mut taken = new_subscriber(&hub);
    taken["email"] = json!(TEODOR);
    let mut alone = new_subscriber(&hub);
    alone["package"] = json!("attendant_console");
    for body in [bare, taken, alone] {
        let checked = ask(&hub, "POST", &format!("{SUBSCRIBERS}/validate"), &body).expect(400);
        let tried = ask(&hub, "POST", SUBSCRIBERS, &body).expect(400);
        assert_eq!(checked.json()["errors"], tried.json()["errors"]);
    }
    assert_eq!(hub.revision(), revision);
    let mails = hub.get("/_sim/v1/outbox?to=fenn@copperkettle.example");
    assert_eq!(mails.expect(200).json()["items"], json!([]));
}
