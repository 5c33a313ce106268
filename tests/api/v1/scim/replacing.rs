//! PUT and DELETE of users, and the caller's own document.

use serde_json::{Value, json};

use super::{ENTERPRISE, USER, base, body, grace, root, text, uuid_of};
use crate::support::{ADA, Hub};

/// Proves: DEC-110
#[test]
fn a_put_clears_what_it_does_not_name_except_roles_and_whether_one_may_sign_in() {
    let hub = Hub::start();
    let before = grace(&hub);
    let path = format!("{}/{}", base(&hub), text(&before["id"]));
    let least = json!({
        "schemas": [USER], "userName": "grace@harbour.example", "userType": "user",
        "name": {"givenName": "Grace", "familyName": "Murray"}, "id": "ignored",
    });
    let after = hub.call("PUT", &path, &least).expect(200).json();
    assert_eq!(after["displayName"], "Grace Murray");
    for gone in ["title", "externalId", "phoneNumbers"] {
        assert_eq!(after.get(gone), None, "{gone}");
    }
    assert_eq!(after[ENTERPRISE], json!({}));
    for same in ["id", "active", "roles", "userName"] {
        assert_eq!(after[same], before[same], "{same}");
    }
    assert_eq!(after["meta"]["created"], before["meta"]["created"]);
    let mut without = least;
    without["roles"] = json!([]);
    without["active"] = json!(true);
    let after = hub.call("PUT", &path, &without).expect(200).json();
    assert_eq!(
        (&after["roles"], &after["active"]),
        (&json!([]), &json!(true))
    );
}

#[test]
fn what_was_read_can_be_sent_back_and_changes_nothing() {
    let hub = Hub::with_scenario("demo");
    let list = format!("{}?count=1000", base(&hub));
    for user in hub.get(&list).expect(200).json()["Resources"]
        .as_array()
        .expect("users")
    {
        let path = format!("{}/{}", base(&hub), text(&user["id"]));
        let before = hub.get(&path).expect(200).json();
        let after = hub.call("PUT", &path, user).expect(200).json();
        assert_eq!(after, before, "but for names that had no parts");
    }
}

#[test]
fn a_put_is_refused_as_a_post_is() {
    let hub = Hub::start();
    let own = text(&grace(&hub)["id"]).to_owned();
    let path = format!("{}/{own}", base(&hub));
    let before = hub.revision();
    for (field, value, status) in [
        ("userName", json!(ADA), 409),
        ("userName", json!("x"), 400),
        ("userType", json!("room"), 400),
        ("locale", json!("en_US"), 400),
        ("schemas", json!([]), 400),
        ("roles", json!([{"value": "king"}]), 400),
        (ENTERPRISE, json!({"manager": {"value": path}}), 400),
        (ENTERPRISE, json!({"manager": {"value": own}}), 400),
    ] {
        let mut wrong = body();
        wrong[field] = value;
        hub.call("PUT", &path, &wrong).expect(status);
    }
    let nobody = format!("{}/00000000-0000-0000-0000-000000000000", base(&hub));
    for (method, body) in [
        ("PUT", body()),
        ("DELETE", Value::Null),
        ("GET", Value::Null),
    ] {
        hub.call(method, &nobody, &body).expect(404);
    }
    assert_eq!(hub.revision(), before);
}

#[test]
fn who_is_deleted_by_scim_loses_what_a_deleted_person_loses() {
    let lost = |path: &str| {
        let hub = Hub::start();
        let id = uuid_of(&hub, ADA);
        hub.call(
            "PUT",
            &format!("/v1/people/{id}/features/doNotDisturb"),
            &json!({"enabled": true}),
        )
        .expect(204);
        hub.call(
            "DELETE",
            &path.replace("{root}", &root(&hub)).replace("{id}", &id),
            &Value::Null,
        )
        .expect(204);
        hub.get(&format!("/v1/people/{id}")).expect(404);
        hub.get(&format!("{}/{id}", base(&hub))).expect(404);
        let ledger = hub.get("/_sim/v1/ledger").expect(200).json();
        let entries = ledger["items"].as_array().expect("entries");
        let entry = entries
            .iter()
            .find(|entry| entry["rules"].to_string().contains("LOSS-05"));
        let entry = entry.expect("the deletion");
        assert!(
            entry["lost"].to_string().contains("doNotDisturb"),
            "{entry}"
        );
        let licenses = hub.get("/v1/licenses").expect(200).json();
        (entry["lost"].clone(), licenses)
    };
    assert_eq!(lost("{root}/Users/{id}"), lost("/v1/people/{id}"));
}

#[test]
fn everybody_reads_their_own_document_and_plain_users_nothing_else() {
    let hub = Hub::start();
    let me = "/identity/scim/v2/Users/me";
    let token = format!("user:{ADA}");
    let own = hub
        .send_as(&token, "GET", me, &Value::Null)
        .expect(200)
        .json();
    assert_eq!(own["userName"], ADA);
    let path = format!("{}/{}", base(&hub), uuid_of(&hub, ADA));
    assert_eq!(own, hub.get(&path).expect(200).json());
    for (method, path) in [
        ("GET", base(&hub)),
        ("GET", path.clone()),
        ("DELETE", path),
        ("GET", format!("{}/Groups", root(&hub))),
        ("POST", format!("{}/Bulk", root(&hub))),
    ] {
        hub.send_as(&token, method, &path, &json!({})).expect(403);
    }
    let admin = hub.get(me).expect(200).json();
    assert!(
        admin["roles"].to_string().contains("id_full_admin"),
        "{admin}"
    );
    assert_eq!(
        hub.get("/v1/identity/scim/v2/Users/me").expect(200).json(),
        admin
    );
}

/// Proves: DEC-121
#[test]
fn a_role_that_scim_does_not_show_stays_through_its_writes() {
    let hub = Hub::with_scenario("demo");
    let cosmin = "/v1/people?email=cosmin.szymanski@quillhaven.example";
    let roles = |hub: &Hub| hub.get(cosmin).expect(200).json()["items"][0]["roles"].clone();
    let clerk = hub.find("/_hub/v1/organizations/me/roles", "name", "License Clerk")["id"].clone();
    assert_eq!(roles(&hub), json!([clerk]));
    let person = hub.get(cosmin).expect(200).json()["items"][0].clone();
    let users = hub
        .get(&format!("{}?count=400", base(&hub)))
        .expect(200)
        .json();
    let mut users = users["Resources"].as_array().expect("users").iter();
    let user = users.find(|user| user["userName"] == person["emails"][0]);
    let mut user = user.expect("the user").clone();
    assert_eq!(user["roles"], json!([]));
    let path = format!("{}/{}", base(&hub), user["id"].as_str().expect("an id"));
    hub.call("PUT", &path, &user).expect(200);
    assert_eq!(roles(&hub), json!([clerk]));
    user["roles"] = json!([{"value": "id_readonly_admin", "type": "cirole"}]);
    hub.call("PUT", &path, &user).expect(200);
    let held = roles(&hub);
    assert_eq!(held.as_array().map(Vec::len), Some(2), "{held}");
    assert!(
        held.to_string().contains(clerk.as_str().expect("an id")),
        "{held}"
    );
}
