//! `/organization/{orgId}/v3/user-profile`: profiles that administrators make, and who has them.

use serde_json::{Value, json};

use super::{AMARA, LUCIAN, SITE, edit, path, service, synchronize, user};
use crate::support::Hub;

const PROFILES: &str = "/organization/me/v3/user-profile";
const TEAM: &str = "f53c8b54-46ca-43f6-ba05-08426a46e23d";
const OTHER_TEAM: &str = "93912f11-6017-404b-bf14-5331890b1797";

/// A document of a profile with everything that it needs.
fn profile(name: &str, kind: &str) -> Value {
    json!({
        "name": name, "profileType": kind, "active": true,
        "permissionAccessLevel": "ALL", "resourceAccessLevel": "ALL",
    })
}

fn make(hub: &Hub, name: &str, kind: &str) -> Value {
    let made = hub.call("POST", PROFILES, &profile(name, kind));
    made.expect(201).json()
}

fn at(profile: &Value) -> String {
    format!("{PROFILES}/{}", profile["id"].as_str().unwrap())
}

fn references(hub: &Hub, profile: &Value, query: &str) -> Value {
    let id = profile["id"].as_str().unwrap();
    let path = format!("/organization/me/user-profile/{id}/incoming-references{query}");
    hub.get(&path).expect(200).json()
}

fn give(hub: &Hub, email: &str, profile: &Value) -> Value {
    let patch = json!({"userProfileId": profile["id"]});
    let changed = hub.call("PATCH", &path(&user(hub, email)), &patch);
    changed.expect(200).json()
}

fn reason(text: &str) -> String {
    let body: Value = serde_json::from_str(text).unwrap();
    let description = &body["error"]["message"][0]["description"];
    description.as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_profile_is_made_found_changed_and_deleted() {
    let hub = service();
    let mut wanted = profile("Refunds, late shift", "PREMIUM_AGENT");
    wanted["permissionAccessLevel"] = json!("SPECIFIC");
    wanted["permissions"] = json!([{"name": "team", "access": "VIEW"}]);
    wanted["viewableFolderIds"] = json!([2, 1, 2]);
    let made = hub.call("POST", PROFILES, &wanted).expect(201).json();
    assert_eq!(
        (&made["version"], &made["systemDefault"]),
        (&json!(0), &json!(false))
    );
    assert_eq!(made["viewableFolderIds"], json!([1, 2]));
    assert_eq!(hub.get(&at(&made)).expect(200).json(), made);

    let listed = hub
        .get(&format!("{PROFILES}?search=late"))
        .expect(200)
        .json();
    assert_eq!(listed["meta"]["totalRecords"], 1);
    assert_eq!(listed["data"][0]["id"], made["id"]);
    assert_eq!(
        listed["data"][0]["permissions"],
        Value::Null,
        "lists are left out"
    );
    let all = hub.get(PROFILES).expect(200).json();
    assert_eq!(all["meta"]["totalRecords"], 5);

    let mut put = made.clone();
    put["description"] = json!("Who pays back");
    let changed = hub.call("PUT", &at(&made), &put).expect(200).json();
    assert_eq!(
        (&changed["version"], &changed["description"]),
        (&json!(1), &json!("Who pays back"))
    );
    let stale = hub.call("PUT", &at(&made), &put).expect(412);
    assert!(
        reason(&stale.text).contains("at version 1"),
        "{}",
        stale.text
    );
    let revision = hub.revision();
    hub.call("PUT", &at(&made), &changed).expect(200);
    assert_eq!(hub.revision(), revision, "the same again is no change");

    hub.call("DELETE", &at(&made), &Value::Null).expect(204);
    hub.get(&at(&made)).expect(404);
    hub.call("DELETE", &at(&made), &Value::Null).expect(404);
}

/// Proves: DEC-80
#[test]
fn a_user_gets_a_profile_of_the_type_that_licence_and_role_ask_for() {
    let hub = service();
    let refunds = make(&hub, "Refunds", "PREMIUM_AGENT");
    let seniors = make(&hub, "Seniors", "SUPERVISOR");
    let usual = user(&hub, LUCIAN)["userProfileId"].clone();
    let changed = give(&hub, LUCIAN, &refunds);
    assert_eq!(changed["userProfileId"], refunds["id"]);
    let id = changed["id"].as_str().unwrap();
    let with = format!("/organization/me/user/with-user-profile/{id}");
    let with = hub.get(&with).expect(200).json();
    assert_eq!(with["userProfileData"]["name"], "Refunds");

    let patch = json!({"userProfileId": seniors["id"]});
    let refused = hub.call("PATCH", &path(&changed), &patch).expect(400);
    let said = reason(&refused.text);
    assert!(
        said.contains("SUPERVISOR") && said.contains("PREMIUM_AGENT"),
        "{said}"
    );

    // Another licence or role asks for another type: the choice waits until it fits again.
    let standard = json!([
        {"id": "Webex Contact Center Premium", "operation": "remove"},
        {"id": "Webex Contact Center Standard"},
    ]);
    edit(&hub, LUCIAN, &standard);
    synchronize(&hub);
    let other = user(&hub, LUCIAN)["userProfileId"].clone();
    assert!(other != refunds["id"] && other != usual);
    let back = json!([
        {"id": "Webex Contact Center Standard", "operation": "remove"},
        {"id": "Webex Contact Center Premium"},
    ]);
    edit(&hub, LUCIAN, &back);
    synchronize(&hub);
    assert_eq!(user(&hub, LUCIAN)["userProfileId"], refunds["id"]);

    // The profile that comes by itself is chosen by its own id.
    give(&hub, LUCIAN, &json!({"id": usual}));
    assert_eq!(user(&hub, LUCIAN)["userProfileId"], usual);
    assert_eq!(references(&hub, &refunds, "")["data"], json!([]));
}

/// Proves: DEC-81
#[test]
fn a_profile_in_use_is_neither_deleted_nor_turned_off() {
    let hub = service();
    let refunds = make(&hub, "Refunds", "PREMIUM_AGENT");
    let lucian = give(&hub, LUCIAN, &refunds);
    let named = references(&hub, &refunds, "");
    assert_eq!(
        (&named["data"][0]["id"], &named["meta"]["currentEntity"]),
        (&lucian["id"], &json!("user-profile"))
    );
    assert_eq!(named["meta"]["referencedEntities"], json!(["user"]));
    assert_eq!(references(&hub, &refunds, "?type=team")["data"], json!([]));
    let revision = hub.revision();
    let refused = hub.call("DELETE", &at(&refunds), &Value::Null).expect(412);
    assert!(reason(&refused.text).contains(LUCIAN), "{}", refused.text);
    let mut off = refunds.clone();
    off["active"] = json!(false);
    let refused = hub.call("PUT", &at(&refunds), &off).expect(412);
    assert!(
        reason(&refused.text).contains("turned off"),
        "{}",
        refused.text
    );
    assert_eq!(hub.revision(), revision);

    // Whoever goes lets go of it.
    let lucian = format!("/v1/people/{LUCIAN}");
    hub.call("DELETE", &lucian, &Value::Null).expect(204);
    hub.call("PUT", &at(&refunds), &off).expect(200);
    let patch = json!({"userProfileId": refunds["id"]});
    let supervisor = user(&hub, AMARA);
    hub.call("PATCH", &path(&supervisor), &patch).expect(400);
    hub.call("DELETE", &at(&refunds), &Value::Null).expect(204);

    // The four that come with Contact Center stay as they are.
    let own = user(&hub, AMARA)["userProfileId"].clone();
    let own = hub.get(&at(&json!({"id": own}))).expect(200).json();
    assert_eq!(own["systemDefault"], true);
    let refused = hub.call("DELETE", &at(&own), &Value::Null).expect(403);
    assert!(reason(&refused.text).contains("comes with Contact Center"));
    hub.call("PUT", &at(&own), &own).expect(403);
    assert!(
        references(&hub, &own, "")["data"]
            .to_string()
            .contains(AMARA)
    );
}

#[test]
fn what_cannot_be_a_profile_is_refused_by_its_field() {
    let hub = service();
    make(&hub, "Refunds", "PREMIUM_AGENT");
    let before = hub.revision();
    let with = |field: &str, value: Value| {
        let mut body = profile("Night", "SUPERVISOR");
        body[field] = value;
        body
    };
    let many: Vec<Value> = (0..501).map(|n| json!({"name": format!("p{n}")})).collect();
    for (body, status, part) in [
        (with("name", json!("refunds")), 409, "refunds"),
        (
            with("name", json!("supervisor profile")),
            409,
            "supervisor profile",
        ),
        (with("name", json!("a/b")), 400, "name"),
        (with("name", json!("x".repeat(81))), 400, "80"),
        (with("name", json!("  ")), 400, "name"),
        (with("name", Value::Null), 400, "name is required"),
        (with("active", Value::Null), 400, "active is required"),
        (with("profileType", json!("OWNER")), 400, "profileType"),
        (
            with("profileType", Value::Null),
            400,
            "profileType is required",
        ),
        (with("description", json!("x".repeat(256))), 400, "255"),
        (
            with("permissionAccessLevel", json!("SPECIFIC")),
            400,
            "permissions",
        ),
        (
            with("resourceAccessLevel", json!("SPECIFIC")),
            400,
            "resourceCollections",
        ),
        (with("permissions", json!(many)), 400, "500"),
        (
            with("permissions", json!([{"name": "team"}, {"name": "team"}])),
            400,
            "stand once",
        ),
        (with("defaultResourceCollectionId", json!("x")), 400, "uuid"),
        (
            with("resourceCollections", json!([{"id": "x", "name": "A"}])),
            400,
            "uuid",
        ),
        (
            with("editableFolderIds", json!(["x"])),
            400,
            "editableFolderIds",
        ),
        (with("id", json!(SITE)), 400, "id must not be sent"),
        (with("organizationId", json!(SITE)), 400, "organizationId"),
    ] {
        let refused = hub.call("POST", PROFILES, &body).expect(status);
        assert!(
            reason(&refused.text).contains(part),
            "{part}: {}",
            refused.text
        );
    }
    assert_eq!(hub.revision(), before);
}

#[test]
fn a_change_that_cannot_be_leaves_the_profile_as_it_was() {
    let hub = service();
    make(&hub, "Refunds", "PREMIUM_AGENT");
    let kept = make(&hub, "Night", "SUPERVISOR");
    let before = hub.revision();
    let mut other = kept.clone();
    other["profileType"] = json!("ADMINISTRATOR");
    let refused = hub.call("PUT", &at(&kept), &other).expect(400);
    assert!(reason(&refused.text).contains("SUPERVISOR and cannot be changed"));
    other = kept.clone();
    other["name"] = json!("REFUNDS");
    hub.call("PUT", &at(&kept), &other).expect(409);
    hub.call("PUT", &format!("{PROFILES}/x"), &kept).expect(404);
    assert_eq!(hub.revision(), before);
}

#[test]
fn many_profiles_are_saved_and_deleted_each_for_itself() {
    let hub = service();
    let refunds = make(&hub, "Refunds", "PREMIUM_AGENT");
    let spare = make(&hub, "Spare", "STANDARD_AGENT");
    let used = make(&hub, "Used", "PREMIUM_AGENT");
    give(&hub, LUCIAN, &used);
    let organization = refunds["organizationId"].clone();
    let mut new = profile("Night", "SUPERVISOR");
    new["organizationId"] = organization.clone();
    let mut changed = refunds.clone();
    changed["description"] = json!("Who pays back");
    let items = json!({"items": [
        {"itemIdentifier": 1, "item": new, "requestAction": "SAVE"},
        {"itemIdentifier": 2, "item": changed},
        {"itemIdentifier": 3, "item": spare, "requestAction": "DELETE"},
        {"itemIdentifier": 4, "item": used, "requestAction": "DELETE"},
        {"itemIdentifier": 5, "item": profile("Day", "SUPERVISOR")},
        {"itemIdentifier": 6, "item": refunds, "requestAction": "DROP"},
    ]});
    let bulk = format!("{PROFILES}/bulk");
    let answer = hub.call("POST", &bulk, &items).expect(207).json();
    let items = answer["items"].as_array().unwrap();
    let states: Vec<_> = items.iter().map(|it| &it["status"]).collect();
    assert_eq!(states, [201, 200, 204, 412, 400, 400]);
    let deeds: Vec<_> = items[..3].iter().map(|it| &it["operationType"]).collect();
    assert_eq!(deeds, ["CREATE", "UPDATE", "DELETE"]);
    assert!(items[4]["apiError"].to_string().contains("organizationId"));
    let listed = hub.get(PROFILES).expect(200).json();
    let names: Vec<_> = listed["data"].as_array().unwrap()[4..]
        .iter()
        .map(|it| &it["name"])
        .collect();
    assert_eq!(names, ["Night", "Refunds", "Used"]);
    hub.call("POST", &bulk, &json!({"items": []})).expect(400);
}

#[test]
fn the_access_list_adds_up_what_the_collections_open() {
    let hub = service();
    let mut wanted = profile("Refunds", "PREMIUM_AGENT");
    wanted["resourceAccessLevel"] = json!("SPECIFIC");
    wanted["resourceCollections"] = json!([
        {"name": "North", "resources": [
            {"name": "team", "accessLevel": "SPECIFIC", "ids": [TEAM]},
            {"name": "site", "accessLevel": "NONE"},
        ]},
        {"name": "South", "resources": [
            {"name": "team", "accessLevel": "SPECIFIC", "ids": [OTHER_TEAM, TEAM]},
            {"name": "site", "accessLevel": "ALL"},
        ]},
    ]);
    let made = hub.call("POST", PROFILES, &wanted).expect(201).json();
    let list = |profile: &Value, query: &str| {
        let path = format!("{}/acl{query}", at(profile));
        hub.get(&path).expect(200).json()
    };
    let found = list(&made, "?names=team,site");
    assert_eq!(
        found["resources"],
        json!([
            {"name": "team", "accessLevel": "SPECIFIC", "ids": [OTHER_TEAM, TEAM]},
            {"name": "site", "accessLevel": "ALL"},
        ])
    );
    assert_eq!(found["name"], "Refunds");
    let whole = list(&made, "");
    let of = |name: &str| {
        let all = whole["resources"].as_array().unwrap();
        all.iter().find(|it| it["name"] == name).unwrap().clone()
    };
    assert_eq!(of("queue")["accessLevel"], "NONE");
    let open = make(&hub, "Open", "PREMIUM_AGENT");
    let all = list(&open, "")["resources"].as_array().unwrap().clone();
    assert!(all.iter().all(|it| it["accessLevel"] == "ALL") && all.len() == 20);
}

/// Proves: TMPL-24
#[test]
fn a_template_for_existing_users_puts_profiles_back_and_tells_it() {
    let hub = service();
    let refunds = make(&hub, "Refunds", "PREMIUM_AGENT");
    let usual = user(&hub, LUCIAN)["userProfileId"].clone();
    give(&hub, LUCIAN, &refunds);
    let template = "/_hub/v1/organizations/me/licenseTemplate";
    let body = |existing: bool| {
        json!({
            "licenses": ["Webex Contact Center Premium"],
            "applyScope": {"futureUsers": true, "existingUsers": existing},
        })
    };
    hub.call("PUT", template, &body(false)).expect(200);
    assert_eq!(user(&hub, LUCIAN)["userProfileId"], refunds["id"]);
    hub.call("PUT", template, &body(true)).expect(202);
    hub.call("POST", "/_sim/v1/tasks/run", &Value::Null)
        .expect(200);
    assert_eq!(user(&hub, LUCIAN)["userProfileId"], usual);
    let ledger = hub.get(&format!("/_sim/v1/ledger?holder={LUCIAN}&rule=TMPL-24"));
    let ledger = ledger.expect(200).json();
    let lost = &ledger["items"][0]["lost"][0];
    assert_eq!(
        (&lost["field"], &lost["before"]),
        (&json!("userProfileId"), &json!("Refunds"))
    );
    hub.call("DELETE", &at(&refunds), &Value::Null).expect(204);
}

/// Proves: CC-12
#[test]
fn its_own_administrator_makes_profiles_and_those_who_look_do_not() {
    let hub = service();
    let body = profile("Refunds", "PREMIUM_AGENT");
    let as_role =
        |role: &str, method: &str, path: &str, body: &Value| hub.send_as(role, method, path, body);
    for role in ["read-only-admin", "user-admin", "device-admin"] {
        as_role(role, "POST", PROFILES, &body).expect(403);
    }
    as_role("read-only-admin", "GET", PROFILES, &Value::Null).expect(200);
    let made = as_role("contact-center-admin", "POST", PROFILES, &body)
        .expect(201)
        .json();
    as_role("contact-center-admin", "DELETE", &at(&made), &Value::Null).expect(204);
    let told = hub.get("/_sim/v1/ledger?kind=deleted").expect(200).json();
    assert_eq!(told["items"][0]["changes"][0]["name"], "Refunds");
}
