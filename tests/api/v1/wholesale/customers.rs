//! `/v1/wholesale/customers`.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{CUSTOMERS, PARTNER, SUBSCRIBERS, ask, customer, new_customer, wait};
use crate::support::Hub;

/// Proves: PKG-17
#[test]
fn a_customer_is_accepted_with_a_location_and_provisioned_on_the_sandbox_clock() {
    let hub = Hub::with_scenario("partner");
    let accepted = ask(&hub, "POST", CUSTOMERS, &new_customer()).expect(202);
    let url = accepted.header("location").to_owned();
    assert_eq!(accepted.json(), json!({"url": url}));
    let path = url.strip_prefix(&hub.server.url()).unwrap().to_owned();
    let waiting = ask(&hub, "GET", &path, &Value::Null).expect(200).json();
    assert_eq!(waiting["status"], "provisioning");
    assert_eq!(waiting.get("orgId"), None);
    assert_eq!(waiting["packages"], json!([]));
    assert_eq!(
        waiting["resourceDetails"]["packages"][0],
        json!({"name": "webex_calling", "status": "provisioning"})
    );
    // Nothing else is done to it meanwhile.
    ask(&hub, "DELETE", &path, &Value::Null).expect(409);
    wait(&hub);
    let done = ask(
        &hub,
        "GET",
        &format!("{path}?includePackageLicenseInfo=true"),
        &Value::Null,
    );
    let done = done.expect(200).json();
    assert_eq!(done["status"], "provisioned", "{done}");
    assert_eq!(done["packages"], json!(["webex_calling", "webex_meetings"]));
    let first = &done["resourceDetails"]["packages"][0];
    assert_eq!(first["status"], "provisioned");
    assert_eq!(first["licenseIds"].as_array().unwrap().len(), 1);
    let org = done["orgId"].as_str().unwrap();
    let people = ask(
        &hub,
        "GET",
        &format!("/v1/people?orgId={org}"),
        &Value::Null,
    )
    .expect(200);
    let people = people.json()["items"].clone();
    assert_eq!(people[0]["emails"][0], "john@pizza.example");
    assert_eq!(people[0]["invitePending"], true);
    let places = ask(
        &hub,
        "GET",
        &format!("/v1/telephony/config/locations?orgId={org}"),
        &Value::Null,
    );
    assert_eq!(
        places.expect(200).json()["locations"][0]["name"],
        "Head Office"
    );
}

/// Proves: PKG-22
#[test]
fn the_licences_of_packages_have_the_names_of_the_packages() {
    let hub = Hub::with_scenario("partner");
    let org = customer(&hub, "CK-1001")["orgId"]
        .as_str()
        .unwrap()
        .to_owned();
    let licenses = ask(
        &hub,
        "GET",
        &format!("/v1/licenses?orgId={org}"),
        &Value::Null,
    );
    let licenses = licenses.expect(200).json()["items"].clone();
    let names: Vec<_> = licenses
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["name"].as_str().unwrap())
        .collect();
    for name in [
        "Common Area Calling",
        "Webex Calling",
        "Webex Suite",
        "Webex Meetings",
        "Webex Voice",
        "Customer Assist",
    ] {
        assert!(names.contains(&name), "{name} of {names:?}");
    }
}

#[test]
fn the_background_work_is_the_partners_in_the_ledger() {
    let hub = Hub::with_scenario("partner");
    let accepted = ask(&hub, "POST", CUSTOMERS, &new_customer()).expect(202);
    let tracking = accepted.header("trackingid").to_owned();
    wait(&hub);
    let ledger = hub.get("/_sim/v1/ledger").expect(200).json();
    let all = ledger["items"].as_array().unwrap().iter();
    let own: Vec<_> = all
        .filter(|it| it["trackingId"] == tracking.as_str())
        .collect();
    // It was accepted, and then provisioned.
    let revisions: BTreeSet<_> = own.iter().map(|it| it["revision"].as_u64()).collect();
    assert_eq!(revisions.len(), 2, "{ledger}");
    for entry in own {
        assert_eq!(entry["actor"]["name"], "Philippa Harrow", "{entry}");
        assert_eq!(entry["operation"], "provisionAWholesaleCustomer");
    }
}

/// Proves: PKG-03, PKG-04
#[test]
fn packages_are_known_and_additions_need_what_they_belong_to() {
    let hub = Hub::with_scenario("partner");
    let revision = hub.revision();
    let with = |packages: Value| {
        let mut body = new_customer();
        body["packages"] = packages;
        body
    };
    let answer = ask(&hub, "POST", CUSTOMERS, &with(json!(["webex_everything"]))).expect(400);
    assert!(answer.text.contains("webex_everything"), "{}", answer.text);
    for (packages, names) in [
        (
            json!(["webex_voice", "attendant_console"]),
            "attendant_console needs one of webex_calling",
        ),
        (
            json!(["webex_meetings", "cisco_calling_plan"]),
            "cisco_calling_plan needs one of common_area_calling",
        ),
        (
            json!(["webex_calling", "webex_calling"]),
            "webex_calling is twice",
        ),
        (json!([]), "packages is required"),
    ] {
        for path in [CUSTOMERS.to_owned(), format!("{CUSTOMERS}/validate")] {
            if path.ends_with("validate") && packages == json!([]) {
                continue;
            }
            let answer = ask(&hub, "POST", &path, &with(packages.clone())).expect(400);
            assert!(answer.text.contains(names), "{}", answer.text);
        }
    }
    let fine = with(json!(["common_area_calling", "cisco_calling_plan"]));
    ask(&hub, "POST", &format!("{CUSTOMERS}/validate"), &fine).expect(200);
    assert_eq!(hub.revision(), revision);
}

#[test]
fn a_precheck_tells_what_would_speak_against_a_customer_and_does_nothing() {
    let hub = Hub::with_scenario("partner");
    let revision = hub.revision();
    let path = format!("{CUSTOMERS}/validate");
    let fine = ask(&hub, "POST", &path, &new_customer()).expect(200).json();
    let info =
        json!({"infoCode": 100, "description": "Provisioning Precheck validation successful."});
    assert_eq!(fine, json!({"message": "success", "info": info}));
    let wrong = |change: &dyn Fn(&mut Value)| {
        let mut body = new_customer();
        change(&mut body);
        ask(&hub, "POST", &path, &body)
    };
    wrong(&|it| it["externalId"] = json!("CK-1001")).expect(409);
    let country = wrong(&|it| it["address"]["country"] = json!("Atlantis")).expect(400);
    assert!(country.text.contains("address.country"), "{}", country.text);
    let line = wrong(&|it| it["address"]["addressLine1"] = json!("x".repeat(51))).expect(400);
    assert!(line.text.contains("50 characters"), "{}", line.text);
    let zone = wrong(&|it| {
        it["provisioningParameters"]["calling"]["location"]["timezone"] = json!("Moon");
    });
    assert!(zone.expect(400).text.contains("timeZone"));
    let taken =
        wrong(&|it| it["customerInfo"]["primaryEmail"] = json!("cordelia.marsh@tidewater.example"));
    assert_eq!(taken.expect(400).json()["errors"][0]["errorCode"], 10022);
    wrong(&|it| it["customerInfo"]["name"] = json!("100 % Pizza")).expect(400);
    assert_eq!(hub.revision(), revision);
}

#[test]
fn a_customer_without_what_it_needs_is_refused() {
    let hub = Hub::with_scenario("partner");
    for (pointer, names) in [
        ("provisioningId", "provisioningId"),
        ("externalId", "externalId"),
        ("customerInfo", "customerInfo.name"),
        ("address", "address"),
        (
            "provisioningParameters",
            "provisioningParameters.calling.location",
        ),
    ] {
        let mut body = new_customer();
        body.as_object_mut().unwrap().remove(pointer);
        let answer = ask(&hub, "POST", CUSTOMERS, &body).expect(400);
        assert!(answer.text.contains(names), "{}", answer.text);
    }
}

#[test]
fn an_organisation_that_is_a_customer_already_buys_by_wholesale_too() {
    let hub = Hub::with_scenario("partner");
    let school = hub.find(
        "/_hub/v1/organizations/me/customers",
        "name",
        "Larkspur School",
    );
    let mut body = new_customer();
    body["orgId"] = school["orgId"].clone();
    body.as_object_mut().unwrap().remove("customerInfo");
    ask(&hub, "POST", CUSTOMERS, &body).expect(202);
    wait(&hub);
    let found = customer(&hub, "JP-1");
    assert_eq!(found["status"], "provisioned", "{found}");
    assert_eq!(found["orgId"], school["orgId"]);
    body["externalId"] = json!("JP-2");
    ask(&hub, "POST", CUSTOMERS, &body).expect(409);
}

/// Proves: PKG-17
#[test]
fn what_fails_in_the_background_is_told_by_the_customer() {
    let hub = Hub::with_scenario("partner");
    let clinic = hub.find(
        "/_hub/v1/organizations/me/customers",
        "name",
        "Tidewater Clinics",
    );
    let mut body = new_customer();
    body["orgId"] = clinic["orgId"].clone();
    body["provisioningParameters"]["calling"]["location"]["name"] = json!("Seawall");
    ask(&hub, "POST", CUSTOMERS, &body).expect(202);
    wait(&hub);
    let found = customer(&hub, "JP-1");
    assert_eq!(found["status"], "provisioned_with_errors", "{found}");
    let package = &found["resourceDetails"]["packages"][0];
    assert_eq!(package["status"], "error");
    assert!(
        package["errors"][0]["description"]
            .as_str()
            .unwrap()
            .contains("Seawall")
    );
    // Two customers ask for the same administrator; the second one finds the address taken.
    let mut twins = [new_customer(), new_customer()];
    for (index, twin) in twins.iter_mut().enumerate() {
        twin["externalId"] = json!(format!("T-{index}"));
        ask(&hub, "POST", CUSTOMERS, twin).expect(202);
    }
    wait(&hub);
    assert_eq!(customer(&hub, "T-0")["status"], "provisioned");
    let second = customer(&hub, "T-1");
    assert_eq!(second["status"], "error");
    assert!(second["errors"][0]["errorCode"].is_number());
}

/// Proves: PKG-16, PKG-17
#[test]
fn a_change_gives_and_takes_packages_and_limits() {
    let hub = Hub::with_scenario("partner");
    let bakery = customer(&hub, "CK-1001");
    let path = format!("{CUSTOMERS}/{}", bakery["id"].as_str().unwrap());
    let in_use = ask(&hub, "PUT", &path, &json!({"packages": ["webex_calling"]})).expect(409);
    assert!(in_use.text.contains("is assigned to"), "{}", in_use.text);
    let all = bakery["packages"].clone();
    let low = json!({"packages": all, "provisioningParameters": {"packages": {"limits": {"webex_calling": 1}}}});
    let low = ask(&hub, "PUT", &path, &low).expect(409);
    assert!(low.text.contains("2 are assigned"), "{}", low.text);
    let mut packages = all.as_array().unwrap().clone();
    packages.retain(|it| it != "cx_essentials");
    packages.push(json!("cx_ai_assistant"));
    let accepted = ask(
        &hub,
        "PUT",
        &path,
        &json!({"packages": packages, "externalId": "CK-2"}),
    )
    .expect(202);
    assert!(accepted.header("location").ends_with(&path));
    assert_eq!(customer(&hub, "CK-2")["status"], "updating");
    wait(&hub);
    let changed = customer(&hub, "CK-2");
    assert_eq!(changed["status"], "provisioned");
    assert_eq!(changed["packages"], json!(packages));
}

/// Proves: PKG-17
#[test]
fn removing_a_customer_leaves_its_organisation() {
    let hub = Hub::with_scenario("partner");
    let bakery = customer(&hub, "CK-1001");
    let path = format!("{CUSTOMERS}/{}", bakery["id"].as_str().unwrap());
    let kept = ask(&hub, "DELETE", &path, &Value::Null).expect(409);
    assert!(kept.text.contains("6 subscribers"), "{}", kept.text);
    let subscribers = ask(&hub, "GET", SUBSCRIBERS, &Value::Null)
        .expect(200)
        .json();
    for subscriber in subscribers["items"].as_array().unwrap() {
        let path = format!("{SUBSCRIBERS}/{}", subscriber["id"].as_str().unwrap());
        ask(&hub, "DELETE", &path, &Value::Null).expect(204);
    }
    ask(&hub, "DELETE", &path, &Value::Null).expect(202);
    assert_eq!(customer(&hub, "CK-1001")["status"], "deleting");
    wait(&hub);
    ask(&hub, "GET", &path, &Value::Null).expect(404);
    let left = hub.find(
        "/_hub/v1/organizations/me/customers",
        "name",
        "Copperkettle Bakeries",
    );
    assert_eq!(left["type"], "standard");
}

#[test]
fn lists_filter_and_page() {
    let hub = Hub::with_scenario("partner");
    ask(&hub, "POST", CUSTOMERS, &new_customer()).expect(202);
    let count = |query: &str| {
        let found = ask(&hub, "GET", &format!("{CUSTOMERS}?{query}"), &Value::Null).expect(200);
        found.json()["items"].as_array().unwrap().len()
    };
    assert_eq!(count(""), 2);
    assert_eq!(count("status=provisioning"), 1);
    assert_eq!(count("status=provisioning&status=provisioned"), 2);
    assert_eq!(count("externalId=nothing"), 0);
    let org = customer(&hub, "CK-1001")["orgId"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(count(&format!("orgId={org}")), 1);
    let page = ask(&hub, "GET", &format!("{CUSTOMERS}?max=1"), &Value::Null).expect(200);
    assert!(
        page.header("link").contains("offset=1"),
        "{}",
        page.header("link")
    );
}

#[test]
fn only_a_partner_provisions_and_only_its_own_customers() {
    let hub = Hub::with_scenario("partner");
    let bakery = customer(&hub, "CK-1001");
    let path = format!("{CUSTOMERS}/{}", bakery["id"].as_str().unwrap());
    let owner = "user:wilhelmina.crust@copperkettle.example";
    for (token, status) in [
        (owner, 404),
        ("user:orla.dunmore@harbourfinch.example", 403),
    ] {
        hub.send_as(token, "GET", CUSTOMERS, &Value::Null)
            .expect(status);
        hub.send_as(token, "GET", &path, &Value::Null)
            .expect(status);
        hub.send_as(token, "POST", CUSTOMERS, &new_customer())
            .expect(status);
        hub.send_as(token, "DELETE", &path, &Value::Null)
            .expect(status);
    }
    ask(&hub, "GET", &format!("{CUSTOMERS}/nonsense"), &Value::Null).expect(404);
}

#[test]
fn a_sub_partner_acts_through_its_partner_until_it_is_suspended() {
    let hub = Hub::with_scenario("partner");
    let more = json!({"name": "more", "organizations": [
        {"name": "Harbour & Finch Networks", "domain": "harbourfinch.example", "isPartner": true},
        {"name": "Sub Station", "domain": "substation.example", "isPartner": true,
         "managedBy": "Harbour & Finch Networks",
         "subscriptions": [{"id": "Sub23452345", "createdAt": "-P10D"}]},
    ]});
    hub.call("POST", "/_sim/v1/scenarios?mode=merge", &more)
        .expect(200);
    let listed = ask(&hub, "GET", "/v1/wholesale/subPartners", &Value::Null)
        .expect(200)
        .json();
    let sub = listed["items"][0].clone();
    assert_eq!(sub["subscriptionId"], "Sub23452345");
    assert_eq!(sub["provisioningState"], "active");
    let query = format!(
        "onBehalfOfSubPartnerOrgId={}",
        sub["orgId"].as_str().unwrap()
    );
    ask(
        &hub,
        "POST",
        &format!("{CUSTOMERS}?{query}"),
        &new_customer(),
    )
    .expect(202);
    wait(&hub);
    assert_eq!(
        customer(&hub, "JP-1"),
        Value::Null,
        "it is the sub-partner's"
    );
    let own = ask(&hub, "GET", &format!("{CUSTOMERS}?{query}"), &Value::Null)
        .expect(200)
        .json();
    assert_eq!(own["items"][0]["externalId"], "JP-1");
    hub.call(
        "POST",
        "/_sim/v1/subscriptions/Sub23452345/suspend",
        &Value::Null,
    )
    .expect(200);
    let mut second = new_customer();
    second["externalId"] = json!("JP-2");
    ask(&hub, "POST", &format!("{CUSTOMERS}?{query}"), &second).expect(403);
    let suspended = "/v1/wholesale/subPartners?provisioningState=suspended";
    let listed = ask(&hub, "GET", suspended, &Value::Null).expect(200).json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    let other = "onBehalfOfSubPartnerOrgId=nobody";
    hub.send_as(
        PARTNER,
        "GET",
        &format!("{CUSTOMERS}?{other}"),
        &Value::Null,
    )
    .expect(404);
}

/// Proves: AUD-01
#[test]
fn events_of_subscribers_stay_in_the_partners_log_when_their_customer_is_gone() {
    let hub = Hub::with_scenario("partner");
    let me = ask(&hub, "GET", "/v1/people/me", &Value::Null)
        .expect(200)
        .json();
    let log = format!(
        "/v1/adminAudit/events?orgId={}&max=1000&from=2026-01-01T00:00:00.000Z&to=2026-12-31T00:00:00.000Z",
        me["orgId"].as_str().unwrap()
    );
    let events = || {
        let found = ask(&hub, "GET", &log, &Value::Null).expect(200).json();
        found["items"].as_array().unwrap().clone()
    };
    let path = format!(
        "{CUSTOMERS}/{}",
        customer(&hub, "CK-1001")["id"].as_str().unwrap()
    );
    let all = format!(
        "{SUBSCRIBERS}?customerId={}",
        customer(&hub, "CK-1001")["id"].as_str().unwrap()
    );
    let all = ask(&hub, "GET", &all, &Value::Null).expect(200).json();
    for subscriber in all["items"].as_array().unwrap() {
        let path = format!("{SUBSCRIBERS}/{}", subscriber["id"].as_str().unwrap());
        ask(&hub, "DELETE", &path, &Value::Null).expect(204);
    }
    let before = events();
    assert_eq!(before.len(), all["items"].as_array().unwrap().len());
    ask(&hub, "DELETE", &path, &Value::Null).expect(202);
    wait(&hub);
    ask(&hub, "GET", &path, &Value::Null).expect(404);
    let after = events();
    assert!(after.len() > before.len());
    assert_eq!(after[after.len() - before.len()..], before[..]);
}
