//! Partner Hub: customers, Launch Control Hub, and who sees whom.

use serde_json::{Value, json};

use crate::support::{Hub, person_id};

pub const PARTNER: &str = "partner-full-admin";
pub const CUSTOMERS: &str = "/_hub/v1/organizations/me/customers";
const OWNER: &str = "user:wilhelmina.crust@copperkettle.example";
const CLINIC_ADMIN: &str = "user:cordelia.marsh@tidewater.example";

/// A customer of the partner, by name.
pub fn customer(hub: &Hub, name: &str) -> Value {
    hub.find(CUSTOMERS, "name", name)
}

/// A token of Control Hub, launched into a customer by the partner's administrator.
pub fn launched(hub: &Hub, name: &str) -> String {
    let customer = customer(hub, name);
    let path = format!("{CUSTOMERS}/{}/launch", customer["orgId"].as_str().unwrap());
    let answer = hub
        .send_as(PARTNER, "POST", &path, &Value::Null)
        .expect(200);
    let body = answer.json();
    assert_eq!(body["orgId"], customer["orgId"]);
    body["token"].as_str().unwrap().to_owned()
}

fn emails(hub: &Hub, token: &str, path: &str) -> Vec<String> {
    let answer = hub.send_as(token, "GET", path, &Value::Null).expect(200);
    let items = answer.json()["items"].as_array().cloned().unwrap();
    let emails = items
        .iter()
        .map(|it| it["emails"][0].as_str().unwrap().to_owned());
    emails.collect()
}

#[test]
fn whoever_names_a_foreign_organization_is_told_how_to_get_in() {
    let hub = Hub::with_scenario("partner");
    let bakery = customer(&hub, "Copperkettle Bakeries");
    let id = bakery["orgId"].as_str().unwrap();
    for path in [
        format!("/v1/organizations/{id}"),
        format!("/v1/licenses?orgId={id}"),
        format!("/_hub/v1/organizations/{id}/users"),
    ] {
        let refused = hub.send_as(CLINIC_ADMIN, "GET", &path, &Value::Null);
        let refused = refused.expect(404);
        let told = hub
            .get(&format!(
                "/_sim/v1/explain/{}",
                refused.header("trackingid")
            ))
            .expect(200)
            .json();
        let remedy = told["remedy"].as_str().unwrap();
        assert!(
            remedy.contains("`me`") && remedy.contains("/launch"),
            "{path}: {remedy}"
        );
        // The caller is told nothing that an organisation which is nowhere would not say.
        let nowhere = path.replace(id, "9f3b1a52-0000-4000-8000-000000000000");
        let nowhere = hub
            .send_as(CLINIC_ADMIN, "GET", &nowhere, &Value::Null)
            .expect(404);
        assert_eq!(nowhere.json()["message"], refused.json()["message"]);
    }
}

#[test]
fn a_partner_sees_its_customers_and_how_each_buys() {
    let hub = Hub::with_scenario("partner");
    let answer = hub
        .send_as(PARTNER, "GET", CUSTOMERS, &Value::Null)
        .expect(200);
    let items = answer.json()["items"].clone();
    let names: Vec<_> = items
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["name"])
        .collect();
    assert_eq!(
        names,
        [
            "Copperkettle Bakeries",
            "Larkspur School",
            "Tidewater Clinics"
        ]
    );
    let bakery = &items[0];
    assert_eq!(bakery["type"], "wholesale");
    assert_eq!(bakery["status"], "provisioned");
    assert_eq!(bakery["externalId"], "CK-1001");
    assert!(
        bakery["packages"]
            .as_array()
            .unwrap()
            .contains(&json!("webex_suite"))
    );
    assert_eq!(items[1]["type"], "standard");
    assert_eq!(items[1]["packages"], json!([]));
    assert_eq!(items[1].get("externalId"), None);
}

/// Proves: PKG-01, ROLE-07
#[test]
fn control_hub_is_launched_into_a_customer_and_audited_with_the_partner_as_actor() {
    let hub = Hub::with_scenario("partner");
    let token = launched(&hub, "Tidewater Clinics");
    let people = emails(&hub, &token, "/v1/people");
    assert_eq!(people.len(), 2, "{people:?}");
    assert!(
        people
            .iter()
            .all(|email| email.ends_with("@tidewater.example"))
    );
    let created = json!({"emails": ["new@tidewater.example"], "displayName": "New Nurse"});
    hub.send_as(&token, "POST", "/v1/people", &created)
        .expect(200);
    assert!(emails(&hub, CLINIC_ADMIN, "/v1/people").contains(&"new@tidewater.example".to_owned()));
    // Who acts stays who they are.
    let me = hub
        .send_as(&token, "GET", "/v1/people/me", &Value::Null)
        .expect(200);
    assert_eq!(
        me.json()["emails"][0],
        "philippa.harrow@harbourfinch.example"
    );
    let clinic = customer(&hub, "Tidewater Clinics");
    let path = format!(
        "/v1/adminAudit/events?orgId={}&from=2026-03-01T00:00:00.000Z&to=2026-03-03T00:00:00.000Z",
        clinic["orgId"].as_str().unwrap()
    );
    let events = hub
        .send_as(CLINIC_ADMIN, "GET", &path, &Value::Null)
        .expect(200);
    let events = events.json()["items"].clone();
    let own = events.as_array().unwrap().iter();
    let mut own = own.filter(|it| it["data"]["targetName"] == "New Nurse");
    let event = own.next().expect("an event of the new nurse");
    assert_eq!(event["data"]["actorOrgName"], "Harbour & Finch Networks");
    assert_eq!(event["data"]["actorName"], "Philippa Harrow");
    assert_eq!(event["data"]["targetOrgName"], "Tidewater Clinics");
}

#[test]
fn a_partner_may_name_a_customer_instead_of_launching_into_it() {
    let hub = Hub::with_scenario("partner");
    let clinic = customer(&hub, "Tidewater Clinics");
    let id = clinic["orgId"].as_str().unwrap();
    assert_eq!(
        emails(&hub, PARTNER, &format!("/v1/people?orgId={id}")).len(),
        2
    );
    let users = format!("/_hub/v1/organizations/{id}/users");
    let users = hub
        .send_as(PARTNER, "GET", &users, &Value::Null)
        .expect(200);
    assert_eq!(users.json()["items"].as_array().unwrap().len(), 2);
    let body = json!({"emails": ["two@tidewater.example"], "displayName": "Two", "orgId": id});
    let made = hub
        .send_as(PARTNER, "POST", "/v1/people", &body)
        .expect(200);
    assert_eq!(made.json()["orgId"], id);
    let listed = hub
        .send_as(PARTNER, "GET", "/v1/organizations", &Value::Null)
        .expect(200);
    assert_eq!(listed.json()["items"].as_array().unwrap().len(), 4);
    let inside = launched(&hub, "Tidewater Clinics");
    let listed = hub
        .send_as(&inside, "GET", "/v1/organizations", &Value::Null)
        .expect(200);
    assert_eq!(listed.json()["items"].as_array().unwrap().len(), 1);
}

#[test]
fn a_customers_administrator_never_sees_another_customer() {
    let hub = Hub::with_scenario("partner");
    let other = customer(&hub, "Larkspur School");
    let other = other["orgId"].as_str().unwrap();
    let pupil = person_id(
        &hub,
        "user:emeline.chalk@larkspur.example",
        "rufus.slate@larkspur.example",
    );
    let revision = hub.revision();
    for path in [
        format!("/v1/people?orgId={other}"),
        format!("/v1/people/{pupil}"),
        format!("/v1/licenses?orgId={other}"),
        format!("/v1/organizations/{other}"),
        format!("/_hub/v1/organizations/{other}/users"),
        format!("/_hub/v1/organizations/{other}/subscriptions"),
        format!("/identity/scim/{other}/v2/Users"),
    ] {
        for token in [OWNER, CLINIC_ADMIN] {
            let answer = hub.send_as(token, "GET", &path, &Value::Null);
            assert_eq!(answer.status, 404, "{path} {}", answer.text);
        }
    }
    for (method, path, body) in [
        ("DELETE", format!("/v1/people/{pupil}"), Value::Null),
        (
            "POST",
            format!("/v1/people?orgId={other}"),
            json!({"emails": ["x@larkspur.example"], "displayName": "X"}),
        ),
        (
            "POST",
            "/v1/people".to_owned(),
            json!({"emails": ["x@larkspur.example"], "displayName": "X", "orgId": other}),
        ),
    ] {
        let answer = hub.send_as(CLINIC_ADMIN, method, &path, &body);
        assert_eq!(answer.status, 404, "{path} {}", answer.text);
    }
    let listed = hub
        .send_as(OWNER, "GET", "/v1/organizations", &Value::Null)
        .expect(200);
    assert_eq!(listed.json()["items"].as_array().unwrap().len(), 1);
    // They are no partners.
    hub.send_as(OWNER, "GET", CUSTOMERS, &Value::Null)
        .expect(404);
    let launch = format!("{CUSTOMERS}/{other}/launch");
    hub.send_as(OWNER, "POST", &launch, &Value::Null)
        .expect(404);
    assert_eq!(hub.revision(), revision);
}

#[test]
fn a_partner_sees_its_own_customers_alone() {
    let hub = Hub::with_scenario("partner");
    let stranger = json!({
        "name": "stranger",
        "organizations": [
            {"name": "Stranger", "domain": "stranger.example", "people": [
                {"firstName": "Sol", "lastName": "Itary", "roles": ["id_full_admin"]}]},
        ],
    });
    let loaded = hub
        .call("POST", "/_sim/v1/scenarios?mode=merge", &stranger)
        .expect(200);
    let stranger = loaded.json()["organizations"][0]["orgId"]
        .as_str()
        .unwrap()
        .to_owned();
    for path in [
        format!("/v1/people?orgId={stranger}"),
        format!("/v1/organizations/{stranger}"),
        format!("/_hub/v1/organizations/{stranger}/users"),
    ] {
        hub.send_as(PARTNER, "GET", &path, &Value::Null).expect(404);
    }
    let launch = format!("{CUSTOMERS}/{stranger}/launch");
    hub.send_as(PARTNER, "POST", &launch, &Value::Null)
        .expect(404);
    let items = hub
        .send_as(PARTNER, "GET", CUSTOMERS, &Value::Null)
        .expect(200);
    assert_eq!(items.json()["items"].as_array().unwrap().len(), 3);
}

#[test]
fn a_person_of_the_partner_without_a_role_launches_nothing() {
    let hub = Hub::with_scenario("partner");
    let orla = "user:orla.dunmore@harbourfinch.example";
    hub.send_as(orla, "GET", CUSTOMERS, &Value::Null)
        .expect(403);
    let clinic = customer(&hub, "Tidewater Clinics");
    let id = clinic["orgId"].as_str().unwrap();
    let launch = format!("{CUSTOMERS}/{id}/launch");
    hub.send_as(orla, "POST", &launch, &Value::Null).expect(403);
    hub.send_as(orla, "GET", &format!("/v1/people?orgId={id}"), &Value::Null)
        .expect(404);
}

#[test]
fn a_launch_ends_after_twelve_hours_and_with_the_contract() {
    let hub = Hub::with_scenario("partner");
    let token = launched(&hub, "Tidewater Clinics");
    hub.call("POST", "/_sim/v1/clock/advance", &json!({"by": "PT11H59M"}))
        .expect(200);
    hub.send_as(&token, "GET", "/v1/people", &Value::Null)
        .expect(200);
    hub.call("POST", "/_sim/v1/clock/advance", &json!({"by": "PT1M"}))
        .expect(200);
    hub.send_as(&token, "GET", "/v1/people", &Value::Null)
        .expect(401);
    let token = launched(&hub, "Tidewater Clinics");
    hub.call(
        "POST",
        "/_sim/v1/sandboxes/default/reset?to=empty",
        &Value::Null,
    )
    .expect(200);
    hub.send_as(&token, "GET", "/v1/people", &Value::Null)
        .expect(401);
}

#[test]
fn a_launch_cannot_be_planned() {
    let hub = Hub::with_scenario("partner");
    let clinic = customer(&hub, "Tidewater Clinics");
    let path = format!("{CUSTOMERS}/{}/launch", clinic["orgId"].as_str().unwrap());
    let headers = [
        ("authorization", "Bearer partner-full-admin"),
        ("x-sim-dry-run", "true"),
    ];
    let answer = hub.send("POST", &path, &headers, &Value::Null).expect(200);
    assert_eq!(answer.json()["response"]["status"], 400);
}

/// Proves: ROLE-07
#[test]
fn what_a_partner_makes_in_a_customer_names_the_partner_and_stays_when_they_go() {
    let hub = Hub::with_scenario("partner");
    let me = hub.send_as(PARTNER, "GET", "/v1/people/me", &Value::Null);
    let me = me.expect(200).json()["id"].clone();
    let inside = launched(&hub, "Tidewater Clinics");
    let report = json!({"templateId": 601});
    hub.send_as(&inside, "POST", "/v1/reports", &report)
        .expect(200);
    let webhook = json!({"name": "Jobs", "resource": "adminBatchJobs", "event": "statusChanged",
        "ownedBy": "org", "targetUrl": "https://example.com/hook"});
    let made = hub.send_as(&inside, "POST", "/v1/webhooks", &webhook);
    let made = made.expect(200).json();
    let listed = |token: &str| {
        let list = hub.send_as(token, "GET", "/v1/reports", &Value::Null);
        list.expect(200).json()["items"][0].clone()
    };
    assert_eq!(listed(&inside)["createdBy"], me);
    assert_eq!(listed(CLINIC_ADMIN)["createdBy"], me);
    let path = format!("/v1/webhooks/{}", made["id"].as_str().unwrap());
    let seen = |token: &str| hub.send_as(token, "GET", &path, &Value::Null).status;
    assert_eq!(
        (seen(&inside), seen(CLINIC_ADMIN), seen(OWNER)),
        (200, 200, 404)
    );
    // Somebody else of the partner lets the administrator go: what was made stays the customer's.
    let me = format!("/v1/people/{}", me.as_str().unwrap());
    hub.send_as(
        "user:bram.finchley@harbourfinch.example",
        "DELETE",
        &me,
        &Value::Null,
    )
    .expect(204);
    assert_eq!(listed(CLINIC_ADMIN)["createdBy"], Value::Null);
    assert_eq!(seen(CLINIC_ADMIN), 200);
}
