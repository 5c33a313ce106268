//! What holds for every row of the table, whatever it does: who may come in, HEAD, media types,
//! and a sandbox that holds nothing.

use hubsim::catalog;
use hubsim::http::operation::{Access, Method, Operation};
use hubsim::http::{Fidelity, Space};
use serde_json::{Value, json};

use crate::support::{ADA, Hub, START, path_to_nothing, person_id};

/// The rows of an address space that are simulated.
fn rows(space: Space) -> impl Iterator<Item = &'static Operation> {
    let operations = catalog::table().operations.iter();
    operations.filter(move |row| row.space == space && row.fidelity != Fidelity::F0)
}

/// Proves: ROLE-01
#[test]
fn a_person_without_an_administrator_role_sees_and_changes_nothing_in_control_hub() {
    let hub = Hub::start();
    let before = hub.revision();
    let ada = format!("user:{ADA}");
    let mut seen = 0;
    for row in rows(Space::Hub) {
        let answer = hub.send_as(
            &ada,
            row.method.name(),
            &path_to_nothing(row.path),
            &json!({}),
        );
        assert_eq!(answer.status, 403, "{} {}", row.id, answer.text);
        assert!(
            answer.text.contains("administrator role"),
            "{}",
            answer.text
        );
        seen += 1;
    }
    assert!(seen >= 15, "{seen}");
    assert_eq!(hub.revision(), before);
}

/// Proves: ROLE-02
#[test]
fn a_read_only_administrator_sees_all_of_control_hub_and_changes_nothing() {
    let hub = Hub::start();
    for token in ["read-only-admin", "user:rhea@harbour.example"] {
        for row in rows(Space::Hub) {
            let answer = hub.send_as(
                token,
                row.method.name(),
                &path_to_nothing(row.path),
                &json!({}),
            );
            let is_refused = answer.status == 403;
            assert_eq!(
                is_refused,
                row.method != Method::Get,
                "{} {}",
                row.id,
                answer.text
            );
        }
    }
}

#[test]
fn a_person_acts_in_the_administrator_roles_they_hold() {
    let hub = Hub::start();
    let settings = "/_hub/v1/organizations/me/settings";
    let faye = "user:faye@harbour.example";
    hub.send_as(faye, "GET", settings, &Value::Null).expect(200);
    let off = json!({"automatedEmails": false});
    hub.send_as(faye, "PATCH", settings, &off).expect(200);
    // Who loses the role loses it at once; somebody else must have it (DEC-46).
    let rhea = "/_hub/v1/organizations/me/users/rhea@harbour.example/administratorRoles";
    let full = json!({"roles": ["id_full_admin"]});
    hub.call("PUT", rhea, &full).expect(200);
    let id = person_id(&hub, "full-admin", "faye@harbour.example");
    let body = json!({"displayName": "Faye Full", "emails": ["faye@harbour.example"], "roles": []});
    hub.call("PUT", &format!("/v1/people/{id}"), &body)
        .expect(200);
    hub.send_as(faye, "GET", settings, &Value::Null).expect(403);
}

/// Proves: ROLE-01
#[test]
fn of_the_public_api_a_person_reaches_the_directory_and_their_own_settings() {
    let hub = Hub::start();
    let ada = format!("user:{ADA}");
    for row in rows(Space::Webex).filter(|row| row.access != Access::Open) {
        let answer = hub.send_as(
            &ada,
            row.method.name(),
            &path_to_nothing(row.path),
            &json!({}),
        );
        let is_closed = matches!(row.access, Access::Viewer | Access::Administrator);
        assert_eq!(
            answer.status == 403,
            is_closed,
            "{} {} {}",
            row.id,
            row.path,
            answer.text
        );
    }
    let get = |path: &str| hub.send_as(&ada, "GET", path, &Value::Null);
    let me = get("/v1/people/me").expect(200).json();
    assert_eq!(me["emails"][0], ADA);
    assert_eq!(me.get("licenses"), None, "{me}");
    let found = get("/v1/people?email=faye@harbour.example&callingData=true").expect(200);
    let found = found.json();
    assert_eq!(found["items"][0]["displayName"], "Faye Full");
    assert_eq!(found["items"][0].get("roles"), None, "{found}");
    let refused = get("/v1/people").expect(400);
    assert!(
        refused.text.contains("Email, displayName, or id list"),
        "{}",
        refused.text
    );
    get("/v1/people?email=faye@harbour.example&roles=id_full_admin").expect(403);
    let own = me["id"].as_str().unwrap();
    for id in ["me", own] {
        get(&format!("/v1/people/{id}/features/callForwarding")).expect(200);
    }
    let faye = person_id(&hub, "full-admin", "faye@harbour.example");
    get(&format!("/v1/people/{faye}/features/callForwarding")).expect(403);
}

#[test]
fn head_answers_what_get_would_without_the_body() {
    let hub = Hub::start();
    let gets = [Space::Webex, Space::Hub]
        .into_iter()
        .flat_map(rows)
        .filter(|row| row.method == Method::Get);
    let paths = gets
        .map(|row| path_to_nothing(row.path))
        .chain(["/v1/nothing".to_owned(), "/".to_owned()]);
    for path in paths {
        let get = hub.get(&path);
        let head = hub.call("HEAD", &path, &Value::Null);
        assert_eq!(head.status, get.status, "{path}");
        assert_eq!(head.text, "", "{path}");
        for name in [
            "content-type",
            "content-length",
            "x-hubsim-fidelity",
            "link",
        ] {
            assert_eq!(
                head.headers.get(name),
                get.headers.get(name),
                "{name} {path}"
            );
        }
    }
    let wrong = hub
        .call("HEAD", "/v1/licenses/users", &Value::Null)
        .expect(405);
    assert_eq!(wrong.header("allow"), "PATCH");
    let allowed = hub.call("DELETE", "/v1/people", &Value::Null).expect(405);
    assert_eq!(allowed.header("allow"), "GET, HEAD, POST");
    let requests = hub.get("/_sim/v1/requests?method=HEAD").expect(200).json();
    assert!(!requests["items"].as_array().unwrap().is_empty());
}

#[test]
fn a_body_of_another_media_type_is_refused_where_json_is_taken() {
    let hub = Hub::start();
    let before = hub.revision();
    let mut seen = 0;
    let bodies = [Space::Webex, Space::Hub].into_iter().flat_map(rows);
    let takes_json = |row: &&Operation| row.takes.is_some() && row.media_type == "application/json";
    for row in bodies.filter(|row| takes_json(row)) {
        for sent in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "text/json",
        ] {
            let answer = hub.send_raw(row.method.name(), &path_to_nothing(row.path), sent, b"{}");
            assert_eq!(
                answer.status, 415,
                "{} {} {}",
                row.id, row.path, answer.text
            );
            assert!(answer.text.contains("application/json"), "{}", answer.text);
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen}");
    assert_eq!(hub.revision(), before);
    let send = |media_type: &str, body: &[u8]| {
        let path = "/_hub/v1/organizations/me/settings";
        hub.send_raw("PATCH", path, media_type, body).status
    };
    for fine in [
        "application/json",
        "application/json;charset=UTF-8",
        "Application/JSON ; charset=utf-8",
        "application/merge-patch+json",
        "",
    ] {
        assert_eq!(send(fine, b"{\"automatedEmails\": true}"), 200, "{fine}");
    }
    assert_eq!(send("text/plain", b""), 200, "no body has no media type");
}

#[test]
fn an_empty_sandbox_has_empty_lists_and_says_what_it_lacks() {
    let hub = Hub::start();
    hub.call(
        "POST",
        "/_sim/v1/sandboxes/default/reset?to=empty",
        &json!({}),
    )
    .expect(200);
    for (path, list) in [
        ("/v1/people", "items"),
        ("/v1/licenses", "items"),
        ("/v1/locations", "items"),
        ("/v1/workspaces", "items"),
        ("/v1/organizations", "items"),
        ("/v1/telephony/config/locations", "locations"),
        ("/v1/telephony/config/numbers", "phoneNumbers"),
    ] {
        let answer = hub.get(path).expect(200).json();
        assert_eq!(answer[list], json!([]), "{path}");
    }
    let person = json!({"emails": ["a@b.example"], "displayName": "A"});
    for (method, path, body) in [
        ("POST", "/v1/people", &person),
        ("GET", "/_hub/v1/organizations/me/users", &Value::Null),
        ("GET", "/_hub/v1/organizations/me/settings", &Value::Null),
        ("POST", "/v1/locations", &json!({"name": "A"})),
    ] {
        let answer = hub.call(method, path, body).expect(404);
        assert!(
            answer.text.contains("POST /_sim/v1/scenarios"),
            "{path}: {}",
            answer.text
        );
        assert!(answer.text.contains("900034"), "{path}: {}", answer.text);
    }
}

/// Proves: AUD-01
#[test]
fn an_event_tells_from_where_and_with_what_it_was_done() {
    let hub = Hub::start();
    let long = "a".repeat(1000);
    let programs = ["quay-tests/1.0 (\"x\" <b>)", long.as_str()];
    for (number, program) in programs.iter().enumerate() {
        let headers = [
            ("authorization", "Bearer full-admin"),
            ("user-agent", program),
        ];
        let body = json!({"displayName": format!("Room {number}")});
        hub.send("POST", "/v1/workspaces", &headers, &body)
            .expect(201);
    }
    let organization = hub.get("/v1/organizations").json()["items"][0]["id"].clone();
    let path = format!(
        "/v1/adminAudit/events?orgId={}&from={START}&to={START}",
        organization.as_str().unwrap()
    );
    let events = hub.get(&path).expect(200).json();
    let events = events["items"].as_array().unwrap();
    assert_eq!(events.len(), 2, "{events:?}");
    for event in events {
        assert_eq!(event["data"]["actorIp"], "127.0.0.1");
    }
    assert_eq!(events[1]["data"]["actorUserAgent"], programs[0]);
    assert_eq!(events[0]["data"]["actorUserAgent"], "a".repeat(256));
}

#[test]
fn a_host_whose_port_is_none_is_refused_and_stands_in_no_link() {
    let hub = Hub::start();
    for host in [
        "localhost:abc",
        "localhost:65536",
        "localhost:80:80",
        "[::1]x",
    ] {
        let headers = [("host", host), ("authorization", "Bearer full-admin")];
        let refused = hub.send("GET", "/v1/people?max=1", &headers, &Value::Null);
        let refused = refused.expect(400);
        assert!(refused.text.contains("name:port"), "{}", refused.text);
        assert_eq!(refused.header("link"), "");
    }
    for host in ["localhost", "localhost:65535", "[::1]:80", "hub.example:1"] {
        let headers = [("host", host), ("authorization", "Bearer full-admin")];
        let answer = hub.send("GET", "/v1/people?max=1", &headers, &Value::Null);
        let link = answer.expect(200).header("link").to_owned();
        assert!(link.contains(&format!("http://{host}/v1/people")), "{link}");
    }
    let headers = [
        ("x-forwarded-host", "hub.example:abc"),
        ("authorization", "Bearer full-admin"),
    ];
    let answer = hub.send("GET", "/v1/people?max=1", &headers, &Value::Null);
    let link = answer.expect(200).header("link").to_owned();
    assert!(!link.contains("abc"), "{link}");
}
