//! An organisation that holds a thing of every kind goes, and nothing of it is left.

use std::collections::BTreeSet;

use hubsim::catalog::ENGINE;
use hubsim::model::{WebexId, kinds};
use hubsim::settings::table::family_of;
use hubsim::world::check;
use serde_json::{Value, json};

use crate::support::{Answer, Hub};
use crate::v1::wholesale::SUBSCRIBERS;

const OWNER: &str = "user:wren.alder@saltmarsh.example";
const PARTNER: &str = "user:pia.holm@harbour.example";
const SITE: &str = "f53c8b54-46ca-43f6-ba05-08426a46e23d";

/// A partner, and a customer who buys by wholesale and by subscription.
fn scenario() -> Value {
    let address = json!({"address1": "1 Dyke", "city": "Boston", "state": "MA",
        "postalCode": "02110", "country": "US"});
    let billed = json!({"addressLine1": "1 Dyke", "city": "Boston", "stateOrProvince": "MA",
        "zipOrPostalCode": "02110", "country": "US"});
    let partner = json!({
        "key": "partner", "name": "Harbour", "domain": "harbour.example", "country": "US",
        "isPartner": true,
        "people": [{"firstName": "Pia", "lastName": "Holm", "roles": ["id_full_admin"]}],
    });
    let customer = json!({
        "name": "Saltmarsh", "domain": "saltmarsh.example", "country": "US",
        "managedBy": "partner",
        "settings": {"verifiedDomains": ["saltmarsh.example"]},
        "wholesale": {"externalId": "SM-1", "address": billed,
            "packages": ["webex_calling", "webex_meetings"]},
        "subscriptions": [{"id": "Sub150001", "licenses": [
            {"name": "Contact Center Premium Agent", "totalUnits": 5},
            {"name": "Messaging", "totalUnits": 5}]}],
        "locations": [{"name": "Dyke", "address": address, "timeZone": "America/New_York",
            "floors": [{"number": 1}],
            "calling": {"mainNumber": "+16175550150",
                "numbers": ["+16175550150-+16175550155"]}}],
        "people": [
            {"firstName": "Wren", "lastName": "Alder", "roles": ["id_full_admin"],
                "location": "Dyke", "phoneNumber": "+16175550151", "packages": ["webex_calling"],
                "settings": {"doNotDisturb": {"enabled": true, "ringSplashEnabled": false}}},
            {"firstName": "Tove", "lastName": "Birch", "contactCenterRole": "supervisor",
                "licenses": ["Contact Center Premium Agent", "Messaging"]}],
        "workspaces": [{"displayName": "Reeds", "location": "Dyke"}],
        "groups": [{"displayName": "Crew", "members": ["wren.alder"]}],
        "webhooks": [{"name": "Jobs", "targetUrl": "https://saltmarsh.example/hook",
            "resource": "adminBatchJobs", "event": "statusChanged", "creator": "wren.alder",
            "orgWide": true}],
        "reports": [{"template": 603, "creator": "wren.alder"}],
        "licenseTemplate": {"licenses": ["Messaging"]},
    });
    json!({"name": "saltmarsh", "organizations": [partner, customer], "outsideAccounts": [
        {"email": "owen@saltmarsh.example", "type": "webexAccount", "organization": "Consumer"},
        {"email": "ida@free.example", "type": "webexAccount", "organization": "Consumer"}]})
}

fn own(hub: &Hub, method: &str, path: &str, body: &Value) -> Answer {
    let answer = hub.send_as(OWNER, method, path, body);
    assert!(answer.status < 300, "{method} {path}: {}", answer.text);
    answer
}

fn id(document: &Value) -> &str {
    document["id"].as_str().expect("an id")
}

/// What a scenario does not tell: the rest of what an organisation can hold.
fn fill(hub: &Hub, organization: &str) {
    let wren = own(hub, "GET", "/v1/people/me", &Value::Null).json();
    let phone = json!({"mac": "D82E3EEF4E5C", "model": "DMS Cisco 8865", "personId": wren["id"]});
    own(hub, "POST", "/v1/devices", &phone);
    let code = json!({"personId": wren["id"], "model": "Cisco 8875"});
    own(hub, "POST", "/v1/devices/activationCode", &code);
    let jobs = "/v1/telephony/config/jobs/devices/callDeviceSettings";
    let settings = json!({"customizations": {"mpp": {"poeMode": "MAXIMUM"}}});
    own(hub, "POST", jobs, &settings);
    hub.call("POST", "/_sim/v1/tasks/run", &Value::Null)
        .expect(200);
    let profile = json!({"name": "Desk", "profileType": "PREMIUM_AGENT", "active": true,
        "permissionAccessLevel": "ALL", "resourceAccessLevel": "ALL"});
    own(hub, "POST", "/organization/me/v3/user-profile", &profile);
    let team = json!({"name": "Desk", "teamType": "AGENT", "teamStatus": "IN_SERVICE",
        "active": true, "siteId": SITE, "rankQueuesForTeam": false});
    own(hub, "POST", "/organization/me/team", &team);
    let claim = json!({"emails": ["owen@saltmarsh.example"]});
    own(hub, "POST", "/_hub/v1/organizations/me/users/claim", &claim);
    // It waits to be made when the organisation goes.
    own(hub, "POST", "/v1/reports", &json!({"templateId": 601}));
    let path = "/v1/wholesale/customers?externalId=SM-1";
    let found = hub.send_as(PARTNER, "GET", path, &Value::Null).json();
    let invited = json!({"customerId": found["items"][0]["id"], "email": "ida@free.example",
        "package": "webex_meetings", "provisioningParameters": {}});
    hub.send_as(PARTNER, "POST", SUBSCRIBERS, &invited)
        .expect(202);
    let tags = format!("/v1/partner/tags/organizations/{organization}/subscriptions/Sub150001");
    let gold = json!({"tags": [{"name": "Gold"}]});
    hub.send_as(PARTNER, "POST", &format!("{tags}/assignTags"), &gold)
        .expect(200);
}

/// Nobody but the owner, and nothing that is paid for.
fn empty(hub: &Hub) {
    let people = own(hub, "GET", "/v1/people", &Value::Null).json();
    for person in people["items"].as_array().expect("people") {
        if person["displayName"] != "Wren Alder" {
            own(
                hub,
                "DELETE",
                &format!("/v1/people/{}", id(person)),
                &Value::Null,
            );
        }
    }
    let path = "/_hub/v1/organizations/me/subscriptions";
    let sold = own(hub, "GET", path, &Value::Null).json();
    for one in sold["items"].as_array().expect("subscriptions") {
        let cancel = format!("/_sim/v1/subscriptions/{}/cancel", id(one));
        hub.call("POST", &cancel, &json!({})).expect(200);
    }
}

/// Proves: DEC-109
#[test]
fn an_organization_with_a_thing_of_every_kind_leaves_nothing_behind() {
    let hub = Hub::with_scenario("minimal");
    hub.call("POST", "/_sim/v1/scenarios?mode=replace", &scenario())
        .expect(200);
    let me = own(&hub, "GET", "/v1/people/me", &Value::Null).json();
    let organization = me["orgId"].as_str().expect("an id");
    fill(&hub, organization);
    let sandbox = &hub.server.app().default.sandbox;
    let held: BTreeSet<_> = sandbox.read().objects().map(|(key, _)| key.0).collect();
    // Only a partner has reports of billing, and who buys by wholesale has no custom roles.
    let others = [kinds::BILLING_REPORT, kinds::CUSTOM_ROLE];
    let kinds = (ENGINE.kinds)().iter();
    let kinds = kinds.filter(|def| family_of(def.kind).is_none() && !others.contains(&def.kind));
    for def in kinds {
        assert!(
            held.contains(&def.kind),
            "the organization has no {}",
            def.name
        );
    }
    empty(&hub);
    let path = format!("/v1/organizations/{organization}");
    hub.send_as(PARTNER, "DELETE", &path, &Value::Null)
        .expect(204);
    let world = sandbox.read();
    assert_eq!(check::check(&world, ENGINE.checks), Vec::<String>::new());
    hub.call("POST", "/_sim/v1/snapshots", &json!({"name": "after"}))
        .expect(201);
    let taken = hub.get("/_sim/v1/snapshots/after").expect(200);
    let uuid = WebexId::Organization.decode(organization).expect("a uuid");
    assert!(!taken.text.contains(&uuid.to_string()), "{}", taken.text);
    hub.call("POST", "/_sim/v1/snapshots?name=again", &taken.json())
        .expect(201);
    hub.call("POST", "/_sim/v1/clock/advance", &json!({"by": "P400D"}))
        .expect(200);
}
