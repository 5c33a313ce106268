//! `/organization/{orgId}`: users and user profiles of Contact Center.

mod extras;
mod filters;
mod profiles;
mod skills;
mod teams;

use serde_json::{Value, json};

use crate::support::{Hub, synchronize};

const HUB: &str = "/_hub/v1/organizations/me";
const LUCIAN: &str = "lucian.ashgrove@lanternfish.example";
const AMARA: &str = "amara.kestrel@lanternfish.example";
const NOOR: &str = "noor.halloran@lanternfish.example";
const CALLUM: &str = "callum.redfern@lanternfish.example";
const SITE: &str = "8e6bb6da-2a78-4768-bef9-7e229f92af22";
const TEAM: &str = "f53c8b54-46ca-43f6-ba05-08426a46e23d";

fn service() -> Hub {
    Hub::with_scenario("contact-center")
}

fn users(hub: &Hub, query: &str) -> Vec<Value> {
    let page = hub
        .get(&format!("/organization/me/v2/user{query}"))
        .expect(200)
        .json();
    page["data"].as_array().unwrap().clone()
}

fn user(hub: &Hub, email: &str) -> Value {
    let found = users(hub, "")
        .into_iter()
        .find(|user| user["email"] == email);
    found.unwrap_or_default()
}

/// The statuses of a bulk answer's items.
fn states(answer: &Value) -> Vec<&Value> {
    let items = answer["items"].as_array().unwrap().iter();
    items.map(|item| &item["status"]).collect()
}

fn path(user: &Value) -> String {
    format!("/organization/me/user/{}", user["id"].as_str().unwrap())
}

fn edit(hub: &Hub, email: &str, items: &Value) {
    let path = format!("{HUB}/users/{email}/licenses");
    hub.call("PATCH", &path, &json!({"licenses": items}))
        .expect(200);
}

/// Proves: CC-07, CC-08
#[test]
fn the_api_shows_what_contact_center_knows_and_nobody_who_never_signed_in() {
    let hub = service();
    assert_eq!(users(&hub, "").len(), 6);
    assert_eq!(user(&hub, NOOR), Value::Null);
    edit(
        &hub,
        CALLUM,
        &json!([{"id": "Webex Contact Center Premium"}]),
    );
    edit(
        &hub,
        LUCIAN,
        &json!([{"id": "Webex Contact Center Premium", "operation": "remove"}]),
    );
    assert_eq!(
        (user(&hub, CALLUM), users(&hub, "").len()),
        (Value::Null, 6)
    );
    synchronize(&hub);
    assert_eq!(user(&hub, LUCIAN), Value::Null);
    assert_eq!(user(&hub, CALLUM)["firstName"], "Callum");
    let noor = json!({"email": NOOR});
    hub.call("POST", "/_sim/v1/simulate/signIn", &noor)
        .expect(200);
    assert_eq!(user(&hub, NOOR)["active"], true);
}

#[test]
fn a_user_is_found_by_its_own_id_and_by_that_of_the_person() {
    let hub = service();
    let amara = user(&hub, AMARA);
    let person = hub.get(&format!("/v1/people/{AMARA}")).expect(200).json();
    assert_ne!(amara["id"], amara["ciUserId"]);
    let own = hub.get(&path(&amara)).expect(200).json();
    assert_eq!(own, amara);
    let ci = amara["ciUserId"].as_str().unwrap();
    for path in ["user/by-ci-user-id", "v2/user/by-ci-user-id"] {
        let found = hub
            .get(&format!("/organization/me/{path}/{ci}"))
            .expect(200)
            .json();
        assert_eq!(found, amara);
    }
    assert_eq!(own["email"], person["emails"][0]);
    assert_eq!(own["workPhone"], "+12065550102");
    let typed = hub.get(&format!("{}?includeUserProfileType=true", path(&amara)));
    assert_eq!(typed.expect(200).json()["userProfileType"], "SUPERVISOR");
    let missing = hub
        .get(&format!("/organization/me/user/{SITE}"))
        .expect(404)
        .json();
    assert_eq!(missing["error"]["key"], "404");
    assert!(
        missing["error"]["message"][0]["description"]
            .as_str()
            .unwrap()
            .contains("User")
    );
}

#[test]
fn lists_are_filtered_searched_cut_and_paged() {
    let hub = service();
    let lucian = user(&hub, LUCIAN);
    let id = lucian["id"].as_str().unwrap();
    for (query, count) in [
        (format!("?filter=id==%22{id}%22"), 1),
        (format!("?filter=id!=%22{id}%22"), 5),
        (format!("?filter=id=in=(%22{id}%22,%22{SITE}%22)"), 1),
        (format!("?filter=id=out=({id})"), 5),
        ("?filter=active==true;firstName==Amara".to_owned(), 1),
        ("?filter=active==false".to_owned(), 0),
        ("?search=kestrel".to_owned(), 1),
        (
            "?search=field==%22lastName%22;value==%22ash%22".to_owned(),
            1,
        ),
        ("?pageSize=4&page=1".to_owned(), 2),
        ("?page=9".to_owned(), 0),
    ] {
        assert_eq!(users(&hub, &query).len(), count, "{query}");
    }
    let cut = users(&hub, "?attributes=id,email&pageSize=1");
    assert_eq!(cut[0].as_object().unwrap().len(), 2);
    let page = hub
        .get("/organization/me/v2/user?pageSize=4&page=1")
        .expect(200)
        .json();
    assert_eq!(
        (&page["meta"]["totalPages"], &page["meta"]["totalRecords"]),
        (&json!(2), &json!(6))
    );
    assert!(
        page["meta"]["links"]["prev"]
            .as_str()
            .unwrap()
            .contains("page=0")
    );
    let plain = hub
        .get("/organization/me/user?pageSize=2")
        .expect(200)
        .json();
    assert_eq!(plain.as_array().unwrap().len(), 2);
    for wrong in [
        "filter=id",
        "filter=id=in=1",
        "filter=createdTime==1",
        "page=x",
        "pageSize=0",
    ] {
        let refused = hub
            .get(&format!("/organization/me/v2/user?{wrong}"))
            .expect(400)
            .json();
        assert_eq!(refused["error"]["key"], "400", "{wrong}");
    }
}

#[test]
fn settings_are_patched_replaced_and_lost_with_the_licence() {
    let hub = service();
    let lucian = user(&hub, LUCIAN);
    let team = json!({
        "name": "Billing", "teamType": "AGENT", "teamStatus": "IN_SERVICE", "active": true,
        "siteId": SITE, "rankQueuesForTeam": false,
    });
    let team = hub.call("POST", "/organization/me/team", &team);
    let team = team.expect(201).json()["id"].clone();
    let patch = json!({"siteId": SITE, "teamIds": [team], "contactCenterEnabled": false});
    let changed = hub.call("PATCH", &path(&lucian), &patch).expect(200).json();
    assert_eq!(
        (&changed["siteId"], &changed["version"]),
        (&json!(SITE), &json!(1))
    );
    assert_eq!(changed["contactCenterEnabled"], false);
    let cleared = hub
        .call("PATCH", &path(&lucian), &json!({"teamIds": null}))
        .expect(200)
        .json();
    assert_eq!(
        (&cleared["teamIds"], &cleared["siteId"]),
        (&json!([]), &json!(SITE))
    );
    let mut put = cleared.clone();
    put["externalIdentifier"] = json!("4711");
    put.as_object_mut().unwrap().remove("siteId");
    let replaced = hub.call("PUT", &path(&lucian), &put).expect(200).json();
    assert_eq!(
        (&replaced["siteId"], &replaced["externalIdentifier"]),
        (&Value::Null, &json!("4711"))
    );
    let stale = hub.call("PUT", &path(&lucian), &put).expect(412).json();
    assert!(
        stale["error"]["message"][0]["description"]
            .as_str()
            .unwrap()
            .contains("version 3")
    );
    edit(
        &hub,
        LUCIAN,
        &json!([{"id": "Webex Contact Center Premium", "operation": "remove"}]),
    );
    synchronize(&hub);
    let ledger = hub
        .get(&format!("/_sim/v1/ledger?holder={LUCIAN}&rule=CC-07"))
        .expect(200)
        .text;
    assert!(ledger.contains("externalIdentifier"), "{ledger}");
}

#[test]
fn what_is_control_hubs_cannot_be_changed_here() {
    let hub = service();
    let lucian = user(&hub, LUCIAN);
    let before = hub.revision();
    for (patch, part) in [
        (json!({"firstName": "Luke"}), "firstName"),
        (json!({"email": "x@y.example"}), "email"),
        (json!({"active": false}), "active"),
        (json!({"userProfileId": SITE}), "userProfileId"),
        (json!({"siteId": "here"}), "siteId"),
        (json!({"teamIds": ["x"]}), "teamIds"),
        (
            json!({"deafultDialledNumber": "1\n2"}),
            "deafultDialledNumber",
        ),
        (json!({"teamIds": vec![TEAM; 201]}), "200"),
    ] {
        let refused = hub.call("PATCH", &path(&lucian), &patch).expect(400);
        assert!(refused.text.contains(part), "{}", refused.text);
    }
    let put = json!({"firstName": "Lucian"});
    hub.call("PUT", &path(&lucian), &put).expect(400);
    let person = hub.send_as(
        "user-admin",
        "PATCH",
        &path(&lucian),
        &json!({"siteId": SITE}),
    );
    assert!([200, 403].contains(&person.status), "{}", person.text);
    assert_eq!(hub.revision() - before, u64::from(person.status == 200));
}

#[test]
fn many_users_are_changed_and_each_is_answered_for() {
    let hub = service();
    let (lucian, amara) = (user(&hub, LUCIAN), user(&hub, AMARA));
    let items = json!({"items": [
        {"itemIdentifier": 1, "item": {"id": lucian["id"], "siteId": SITE}, "requestAction": "SAVE"},
        {"itemIdentifier": 2, "item": {"id": amara["id"], "active": false}},
        {"itemIdentifier": 3, "item": {"id": SITE}},
        {"itemIdentifier": 4, "item": {"id": amara["id"]}, "requestAction": "DELETE"},
    ]});
    let answer = hub
        .call("PATCH", "/organization/me/user/bulk", &items)
        .expect(207)
        .json();
    assert_eq!(states(&answer), [200, 400, 404, 400]);
    assert_eq!(answer["items"][2]["apiError"]["error"]["key"], "404");
    assert_eq!(user(&hub, LUCIAN)["siteId"], SITE);
    let ids = json!({"userIds": [amara["id"]]});
    let fetch = "/organization/me/user/fetch-user-details-by-ids";
    let found = hub.call("POST", fetch, &ids).expect(200).json();
    assert_eq!(found["data"][0]["lastName"], "Kestrel");
    hub.call("POST", fetch, &json!({"search": "x"})).expect(400);
}

#[test]
fn the_role_decides_which_profile_a_user_has() {
    let hub = service();
    let profiles = hub
        .get("/organization/me/v3/user-profile")
        .expect(200)
        .json();
    let types: Vec<_> = profiles["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["profileType"])
        .collect();
    assert_eq!(
        types,
        [
            "ADMINISTRATOR",
            "SUPERVISOR",
            "PREMIUM_AGENT",
            "STANDARD_AGENT"
        ]
    );
    for (email, profile) in [
        ("teodor.brightwell@lanternfish.example", "ADMINISTRATOR"),
        (AMARA, "SUPERVISOR"),
        (LUCIAN, "PREMIUM_AGENT"),
        ("dmitri.fallow@lanternfish.example", "STANDARD_AGENT"),
    ] {
        let id = user(&hub, email)["userProfileId"]
            .as_str()
            .unwrap()
            .to_owned();
        let found = hub
            .get(&format!("/organization/me/v3/user-profile/{id}"))
            .expect(200)
            .json();
        assert_eq!(found["profileType"], profile, "{email}");
    }
    let with = hub
        .get("/organization/me/user/with-user-profile")
        .expect(200)
        .json();
    assert_eq!(with.as_array().unwrap().len(), 6);
    assert!(with[0]["userProfileData"]["profileType"].is_string());
    hub.get(&format!("/organization/me/v3/user-profile/{SITE}"))
        .expect(404);
}
