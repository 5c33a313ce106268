//! `/_hub/v1/organizations/{org}/users/{personId}/administratorRoles`

use serde_json::{Value, json};

use crate::support::{ADA, Hub, person_id};

fn save(hub: &Hub, token: &str, email: &str, roles: &Value) -> crate::support::Answer {
    let path = format!("/_hub/v1/organizations/me/users/{email}/administratorRoles");
    hub.send_as(token, "PUT", &path, &json!({ "roles": roles }))
}

fn roles(hub: &Hub, email: &str) -> Value {
    let path = format!("/v1/people?email={email}");
    hub.get(&path).expect(200).json()["items"][0]["roles"].clone()
}

/// Proves: ROLE-01
#[test]
fn a_full_administrator_gives_and_takes_roles_and_the_audit_log_tells() {
    let hub = Hub::start();
    let list = hub.get("/v1/roles").expect(200).json();
    let device = list["items"]
        .as_array()
        .expect("roles")
        .iter()
        .find(|role| role["name"] == "Device Administrator")
        .expect("the role")["id"]
        .clone();
    let saved = save(&hub, "full-admin", ADA, &json!([device])).expect(200);
    assert_eq!(saved.json()["roles"], json!([device]));
    assert_eq!(roles(&hub, ADA), json!([device]));
    let ada = format!("user:{ADA}");
    let licenses = hub.send_as(&ada, "GET", "/v1/workspaces", &Value::Null);
    licenses.expect(200);
    let me = hub.get("/v1/people/me").json()["orgId"].clone();
    let org = me.as_str().map_or_else(|| org(&hub), str::to_owned);
    let events = format!(
        "/v1/adminAudit/events?orgId={org}&from=2026-01-01T00:00:00.000Z\
         &to=2027-01-01T00:00:00.000Z&eventCategories=USERS"
    );
    let told = hub.get(&events).expect(200).text;
    assert!(told.contains("A User Was Updated"), "{told}");
    save(&hub, "full-admin", ADA, &json!([])).expect(200);
    assert_eq!(roles(&hub, ADA), json!([]));
    let gone = hub.send_as(&ada, "GET", "/v1/workspaces", &Value::Null);
    gone.expect(403);
}

fn org(hub: &Hub) -> String {
    let list = hub.get("/v1/organizations").expect(200).json();
    list["items"][0]["id"].as_str().expect("an id").to_owned()
}

/// Proves: ROLE-02, ROLE-03, ROLE-05
#[test]
fn nobody_else_gives_roles_and_what_is_no_role_changes_nothing() {
    let hub = Hub::start();
    let before = hub.revision();
    for token in [
        "user-admin",
        "read-only-admin",
        "device-admin",
        "location-admin",
    ] {
        save(&hub, token, ADA, &json!(["id_full_admin"])).expect(403);
    }
    for wrong in [
        json!(["id_emperor"]),
        json!([["id_full_admin"]]),
        json!([1]),
        json!(["location_admin", "id_device_admin"]),
        Value::Null,
    ] {
        let refused = save(&hub, "full-admin", ADA, &wrong).expect(400);
        assert!(refused.text.contains("roles"), "{}", refused.text);
    }
    save(&hub, "full-admin", "nobody@harbour.example", &json!([])).expect(404);
    assert_eq!(hub.revision(), before);
}

/// Proves: DEC-46
#[test]
fn the_last_full_administrator_keeps_the_role() {
    let hub = Hub::start();
    save(&hub, "full-admin", ADA, &json!(["Full Administrator"])).expect(200);
    let ada = person_id(&hub, "full-admin", ADA);
    let full: Vec<Value> = hub.get("/v1/people?roles=id_full_admin").expect(200).json()["items"]
        .as_array()
        .expect("people")
        .clone();
    for person in full.iter().filter(|person| person["id"] != json!(ada)) {
        let id = person["id"].as_str().expect("an id");
        save(&hub, "full-admin", id, &json!([])).expect(200);
    }
    let before = hub.revision();
    let path = format!("/v1/people/{ada}");
    let mut body = hub.get(&path).expect(200).json();
    body["roles"] = json!([]);
    for refused in [
        save(&hub, "full-admin", ADA, &json!(["id_user_admin"])),
        hub.call("PUT", &path, &body),
        hub.call("DELETE", &path, &Value::Null),
    ] {
        let refused = refused.expect(409);
        assert!(refused.text.contains("last Full Administrator"));
    }
    assert_eq!(hub.revision(), before);
}

/// Proves: DEC-45
#[test]
fn an_administrator_of_users_neither_deletes_nor_shuts_out_an_administrator() {
    let hub = Hub::start();
    let ada = person_id(&hub, "full-admin", ADA);
    let path = format!("/v1/people/{ada}");
    save(&hub, "full-admin", ADA, &json!(["id_full_admin"])).expect(200);
    let body = hub.get(&path).expect(200).json();
    let with = |name: &str, value: Value| {
        let mut body = body.clone();
        body[name] = value;
        body
    };
    let before = hub.revision();
    for (method, body) in [
        ("DELETE", Value::Null),
        ("PUT", with("loginEnabled", json!(false))),
        ("PUT", with("emails", json!(["mine@harbour.example"]))),
    ] {
        let refused = hub.send_as("user-admin", method, &path, &body).expect(403);
        assert!(
            refused.text.contains("Full Administrator"),
            "{}",
            refused.text
        );
    }
    assert_eq!(hub.revision(), before);
    let titled = with("title", json!("Clerk"));
    hub.send_as("user-admin", "PUT", &path, &titled).expect(200);
    save(&hub, "partner-full-admin", ADA, &json!([])).expect(200);
    hub.send_as("user-admin", "DELETE", &path, &Value::Null)
        .expect(204);
}
