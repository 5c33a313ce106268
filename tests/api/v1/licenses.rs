//! `/v1/licenses`.

mod codes;

use serde_json::{Value, json};

use crate::support::Hub;

const PROFESSIONAL: &str = "Webex Calling - Professional";

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// The id of a licence of a subscription.
fn license(hub: &Hub, name: &str, subscription: &str) -> String {
    let list = hub.get("/v1/licenses").expect(200).json();
    let mut items = list["items"].as_array().expect("a list").iter();
    let found = items.find(|it| it["name"] == name && it["subscriptionId"] == subscription);
    text(&found.expect("a license")["id"])
}

fn patch(hub: &Hub, body: &Value) -> crate::support::Answer {
    hub.call("PATCH", "/v1/licenses/users", body)
}

fn person(hub: &Hub, name: &str) -> Value {
    let id = text(&hub.find("/v1/people", "displayName", name)["id"]);
    hub.get(&format!("/v1/people/{id}?callingData=true"))
        .expect(200)
        .json()
}

/// Proves: SUB-13
#[test]
fn licenses_are_listed_and_read() {
    let hub = Hub::with_scenario("minimal");
    let listed = hub.find("/v1/licenses", "name", PROFESSIONAL);
    assert_eq!(listed["totalUnits"], 10);
    assert_eq!(listed["consumedUnits"], 2);
    assert_eq!(listed["consumedByUsers"], 2);
    assert_eq!(listed["consumedByWorkspaces"], 0);
    assert_eq!(listed["subscriptionId"], "Sub100001");
    assert!(listed["siteUrl"].is_null() && listed["users"].is_null());
    let path = format!("/v1/licenses/{}", text(&listed["id"]));
    assert_eq!(hub.get(&path).expect(200).json(), listed);
    hub.get("/v1/licenses/nonsense").expect(404);
}

#[test]
fn a_meetings_license_names_its_site() {
    let hub = Hub::with_scenario("demo");
    let meetings = hub.find("/v1/licenses", "name", "Meeting - Webex Meeting Center");
    assert_eq!(meetings["siteUrl"], "quillhaven.webex.com");
    assert_eq!(meetings["siteType"], "Control Hub managed site");
}

#[test]
fn assigned_users_come_in_pages() {
    let hub = Hub::with_scenario("demo");
    let id = license(&hub, PROFESSIONAL, "Sub119911");
    let path = format!("/v1/licenses/{id}?includeAssignedTo=user");
    let users = hub.pages(&format!("{path}&limit=50"), "users");
    let counted = hub.get(&path).expect(200).json()["consumedByUsers"].as_u64();
    assert_eq!(Some(users.len() as u64), counted);
    assert_eq!(hub.pages(&path, "users"), users);
    assert_eq!(users[0]["type"], "INTERNAL");
    for query in ["includeAssignedTo=cat", "includeAssignedTo=user&limit=0"] {
        hub.get(&format!("/v1/licenses/{id}?{query}")).expect(400);
    }
    hub.get(&format!("{path}&next=nonsense")).expect(400);
}

/// Proves: MOVE-01, MOVE-03
#[test]
fn a_swap_in_one_request_keeps_number_and_extension() {
    let hub = Hub::with_scenario("demo");
    let old = license(&hub, PROFESSIONAL, "Sub119911");
    let new = license(&hub, PROFESSIONAL, "Sub121331");
    let users = format!("/v1/licenses/{old}?includeAssignedTo=user&limit=1");
    let id = text(&hub.get(&users).expect(200).json()["users"][0]["id"]);
    let path = format!("/v1/people/{id}?callingData=true");
    let before = hub.get(&path).expect(200).json();
    let answer = patch(
        &hub,
        &json!({"personId": id, "licenses": [
            {"id": old, "operation": "remove"},
            {"id": new, "operation": "add", "properties": {
                "locationId": before["locationId"], "extension": before["extension"]}},
        ]}),
    );
    let body = answer.expect(200).json();
    let licenses = body["licenses"].as_array().expect("a list");
    assert!(licenses.contains(&json!(new)) && !licenses.contains(&json!(old)));
    assert_eq!(body["email"], before["emails"][0]);
    let after = hub.get(&path).expect(200).json();
    assert_eq!(after["phoneNumbers"], before["phoneNumbers"]);
    assert_eq!(after["extension"], before["extension"]);
}

/// Proves: LOSS-03, MOVE-04
#[test]
fn a_removal_alone_frees_the_number_and_tells_what_was_lost() {
    let hub = Hub::with_scenario("minimal");
    let professional = license(&hub, PROFESSIONAL, "Sub100001");
    let body = json!({
        "email": "kofi.lindqvist@pebblebrook.example",
        "licenses": [{"id": professional, "operation": "remove"}],
    });
    let answer = patch(&hub, &body).expect(200);
    assert!(!answer.header("x-hubsim-explain").is_empty());
    assert!(person(&hub, "Kofi Lindqvist")["extension"].is_null());
    let numbers = "/v1/telephony/config/numbers?available=true";
    hub.find(numbers, "phoneNumber", "+15035550102");
    assert_eq!(
        hub.find("/v1/licenses", "name", PROFESSIONAL)["consumedByUsers"],
        1
    );
}

/// Proves: COMBO-08
#[test]
fn what_can_be_applied_is_when_the_rest_cannot() {
    let hub = Hub::with_scenario("minimal");
    let vikram = text(&person(&hub, "Vikram Fontaine")["id"]);
    let renata = text(&person(&hub, "Renata Ingleby")["id"]);
    let messaging = license(&hub, "Messaging", "Sub100001");
    let professional = license(&hub, PROFESSIONAL, "Sub100001");
    let before = hub.revision();
    patch(
        &hub,
        &json!({"personId": vikram, "licenses": [{"id": professional}]}),
    )
    .expect(400);
    assert_eq!(hub.revision(), before);
    let both = json!({"personId": renata, "licenses": [
        {"id": messaging, "operation": "remove"},
        {"id": professional, "operation": "add"},
    ]});
    let body = patch(&hub, &both).expect(206).json();
    let licenses = body["licenses"].as_array().expect("a list");
    assert!(!licenses.contains(&json!(messaging)) && !licenses.contains(&json!(professional)));
    let unknown = json!({"personId": renata, "licenses": [{"id": messaging}, {"id": "bm9uZQ"}]});
    let body = patch(&hub, &unknown).expect(206).json();
    assert!(
        body["licenses"]
            .as_array()
            .expect("a list")
            .contains(&json!(messaging))
    );
}

/// Proves: COMBO-08
#[test]
fn taking_away_what_nobody_held_does_not_make_a_failure_partial() {
    let hub = Hub::with_scenario("minimal");
    let vikram = text(&person(&hub, "Vikram Fontaine")["id"]);
    let messaging = license(&hub, "Messaging", "Sub100001");
    let standard = license(&hub, "Webex Calling - Standard", "Sub100001");
    let professional = license(&hub, PROFESSIONAL, "Sub100001");
    let before = hub.revision();
    let no_removal = json!({"id": standard, "operation": "remove"});
    for (failing, code) in [(json!(professional), 400_411), (json!("bm9uZQ"), 400_000)] {
        let licenses = json!([no_removal, {"id": failing}]);
        let body = json!({"personId": vikram, "licenses": licenses});
        let refused = patch(&hub, &body).expect(400).json();
        assert_eq!(refused["errors"][0]["errorCode"], code, "{refused}");
    }
    // By itself it is no failure: afterwards the person does not hold the licence.
    let alone = json!({"personId": vikram, "licenses": [no_removal]});
    patch(&hub, &alone).expect(200);
    // A licence that is held already is among those that the answer lists: it counts.
    for failing in [json!(professional), json!("bm9uZQ")] {
        let licenses = json!([{"id": messaging}, {"id": failing}]);
        let body = json!({"personId": vikram, "licenses": licenses});
        patch(&hub, &body).expect(206);
    }
    assert_eq!(hub.revision(), before);
}

#[test]
fn refusals_carry_their_documented_codes_and_change_nothing() {
    let hub = Hub::with_scenario("minimal");
    let kofi = person(&hub, "Kofi Lindqvist");
    let standard = license(&hub, "Webex Calling - Standard", "Sub100001");
    let professional = license(&hub, PROFESSIONAL, "Sub100001");
    let here = json!({"locationId": kofi["locationId"], "extension": "1199"});
    let vikram = text(&person(&hub, "Vikram Fontaine")["id"]);
    let kofi = text(&kofi["id"]);
    let before = hub.revision();
    for (person, licenses, code) in [
        (&kofi, json!([{"id": "bm9uZQ"}]), 400_000),
        (
            &kofi,
            json!([{"id": standard, "properties": here}]),
            400_404,
        ),
        (&vikram, json!([{"id": professional}]), 400_411),
        (
            &kofi,
            json!([
                {"id": professional, "operation": "remove"},
                {"id": standard, "properties": here},
            ]),
            400_112,
        ),
        (
            &vikram,
            json!([{"id": professional, "properties": {"locationId": "bm8", "extension": "1199"}}]),
            400,
        ),
        (
            &vikram,
            json!([{"id": professional, "properties": {"extension": "1"}}]),
            25_058,
        ),
    ] {
        let body = json!({"personId": person, "licenses": licenses});
        let refused = patch(&hub, &body).expect(400).json();
        assert_eq!(refused["errors"][0]["errorCode"], code, "{refused}");
    }
    assert_eq!(hub.revision(), before);
}

#[test]
fn sites_are_attended_and_left() {
    let hub = Hub::with_scenario("demo");
    let messaging = hub.find("/v1/licenses", "name", "Messaging");
    let nobody = json!({
        "emails": ["new@quillhaven.example"], "displayName": "Nell New",
        "licenses": [messaging["id"]],
    });
    let id = text(&hub.call("POST", "/v1/people", &nobody).expect(200).json()["id"]);
    let change = |operation: &str, site: &str, kind: &str| {
        json!({"personId": id, "siteUrls": [
            {"siteUrl": site, "accountType": kind, "operation": operation}]})
    };
    let site = "quillhaven.webex.com";
    let body = patch(&hub, &change("add", site, "attendee"))
        .expect(200)
        .json();
    assert_eq!(
        body["siteUrls"],
        json!([{"siteUrl": site, "accountType": "ATTENDEE"}])
    );
    let body = patch(&hub, &change("remove", site, "ATTENDEE"))
        .expect(200)
        .json();
    assert!(body["siteUrls"].is_null());
    let before = hub.revision();
    let refused = patch(&hub, &change("add", "elsewhere.webex.com", "attendee")).expect(400);
    assert_eq!(refused.json()["errors"][0]["errorCode"], 400_216);
    patch(&hub, &change("add", site, "host")).expect(400);
    assert_eq!(hub.revision(), before);
}

#[test]
fn bad_requests_are_refused_and_change_nothing() {
    let hub = Hub::with_scenario("minimal");
    let messaging = license(&hub, "Messaging", "Sub100001");
    let before = hub.revision();
    let item = json!([{"id": messaging}]);
    for (body, status) in [
        (json!({ "licenses": item }), 400),
        (json!({"personId": "nobody", "licenses": item}), 404),
        (
            json!({"email": "nobody@pebblebrook.example", "licenses": item}),
            404,
        ),
        (json!({"email": "nobody", "licenses": item}), 404),
        (json!({"personId": "me"}), 400),
        (json!({"personId": "me", "licenses": []}), 400),
        (
            json!({"personId": "me", "licenses": [{"id": messaging, "operation": "swap"}]}),
            400,
        ),
        (json!({"personId": "me", "licenses": [{"id": 7}]}), 400),
        (json!({"personId": 7, "licenses": item}), 400),
        (
            json!({"personId": "me", "orgId": "nowhere", "licenses": item}),
            404,
        ),
        (
            json!({"personId": "me", "email": "kofi.lindqvist@pebblebrook.example",
            "licenses": item}),
            400,
        ),
    ] {
        patch(&hub, &body).expect(status);
    }
    assert_eq!(hub.revision(), before);
}

#[test]
fn whoever_is_outside_the_organization_gets_no_license_and_the_error_says_what_to_do() {
    let hub = Hub::with_scenario("minimal");
    let messaging = license(&hub, "Messaging", "Sub100001");
    let before = hub.revision();
    let body = json!({"email": "zz@other.example", "licenses": [{"id": messaging}]});
    let told = patch(&hub, &body).expect(404).text;
    for part in ["zz@other.example", "is not simulated", "POST /v1/people"] {
        assert!(told.contains(part), "{told}");
    }
    assert_eq!(hub.revision(), before);
}
