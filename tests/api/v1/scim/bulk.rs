//! `/identity/scim/{orgId}/v2/Bulk`.

use serde_json::{Value, json};

use super::{ENTERPRISE, USER, base, grace, patch, root, text, uuid_of};
use crate::support::{ADA, Hub};

const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
const USERS: &str = "/Users";
const ERROR: &str = "urn:scim:schemas:extension:cisco:webexidentity:api:messages:2.0:Error";

fn bulk(operations: Value) -> Value {
    let schema = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
    json!({"schemas": [schema], "failOnErrors": 99, "operations": operations})
}

fn send(hub: &Hub, body: &Value) -> Vec<Value> {
    let answer = hub
        .call("POST", &format!("{}/Bulk", root(hub)), body)
        .expect(200)
        .json();
    answer["operations"].as_array().expect("operations").clone()
}

fn user(name: &str) -> Value {
    json!({"schemas": [USER], "userName": format!("{name}@harbour.example"), "userType": "user", "displayName": name})
}

fn statuses(done: &[Value]) -> Vec<&str> {
    done.iter().map(|one| text(&one["status"])).collect()
}

#[test]
fn users_and_groups_are_made_changed_and_deleted_in_one_request() {
    let hub = Hub::start();
    let gone = text(&grace(&hub)["id"]).to_owned();
    let before = hub.revision();
    let title = patch(json!([{"op": "replace", "path": "title", "value": "Countess"}]));
    let done = send(
        &hub,
        &bulk(json!([
            {"method": "POST", "path": "/Users", "bulkId": "lin", "data": user("lin")},
            {"method": "PATCH", "path": format!("{USERS}/{}", uuid_of(&hub, ADA)), "data": title.to_string()},
            {"method": "DELETE", "path": format!("{USERS}/{gone}")},
            {"method": "POST", "path": "/Groups", "bulkId": "crew", "data":
                {"schemas": [GROUP], "displayName": "Crew", "members": [{"value": "bulkId:lin"}]}},
        ])),
    );
    assert_eq!(statuses(&done), ["201", "200", "204", "201"]);
    assert_eq!(
        hub.revision(),
        before + 1,
        "one request is one step of history"
    );
    let address = |one: &Value| text(&one["location"]).replace(&hub.server.url(), "");
    let lin = hub.get(&address(&done[0])).expect(200).json();
    assert_eq!(
        (&lin["userName"], &lin["meta"]["version"]),
        (&json!("lin@harbour.example"), &done[0]["version"])
    );
    assert_eq!(done[0]["bulkId"], "lin");
    assert_eq!(
        hub.get(&address(&done[1])).expect(200).json()["title"],
        "Countess"
    );
    hub.get(&address(&done[2])).expect(404);
    let crew = hub.get(&address(&done[3])).expect(200).json();
    assert_eq!(crew["members"][0]["value"], lin["id"]);
    hub.call("POST", "/_sim/v1/undo", &json!({})).expect(200);
    hub.get(&format!("{}/{gone}", base(&hub))).expect(200);
}

#[test]
fn what_a_name_stands_for_is_made_first_and_may_be_changed_after() {
    let hub = Hub::start();
    let mut led = user("lin");
    led[ENTERPRISE] = json!({"manager": {"value": "bulkId:boss"}});
    let done = send(
        &hub,
        &bulk(json!([
            {"method": "POST", "path": "/Users", "bulkId": "lin", "data": led},
            {"method": "POST", "path": "/Users", "bulkId": "boss", "data": user("boss")},
            {"method": "PATCH", "path": format!("{USERS}/bulkId:lin"), "data":
                patch(json!([{"op": "add", "path": "title", "value": "Pilot"}]))},
        ])),
    );
    assert_eq!(statuses(&done), ["201", "201", "200"]);
    assert_eq!(done[0]["bulkId"], "boss");
    let lin = text(&done[1]["location"]).replace(&hub.server.url(), "");
    let lin = hub.get(&lin).expect(200).json();
    assert_eq!(lin["title"], "Pilot");
    let boss = text(&done[0]["location"])
        .rsplit('/')
        .next()
        .unwrap_or_default();
    assert_eq!(lin[ENTERPRISE]["manager"]["value"], boss);
}

#[test]
fn an_operation_that_is_refused_changes_nothing_and_the_others_are_done() {
    let hub = Hub::start();
    let nobody = format!("{USERS}/00000000-0000-0000-0000-000000000000");
    let operations = json!([
        {"method": "POST", "path": "/Users", "bulkId": "a", "data": {"schemas": [USER], "userName": ADA, "userType": "user"}},
        {"method": "DELETE", "path": nobody},
        {"method": "POST", "path": "/Groups", "bulkId": "b", "data":
            {"schemas": [GROUP], "displayName": "Crew", "members": [{"value": "bulkId:a"}]}},
        {"method": "PATCH", "path": format!("{USERS}/bulkId:zz"), "data": patch(json!([]))},
        {"method": "POST", "path": "/Users", "bulkId": "c", "data": user("lin")},
    ]);
    let done = send(&hub, &bulk(operations.clone()));
    assert_eq!(statuses(&done), ["409", "404", "400", "400", "201"]);
    let details = |one: &Value| text(&one["response"][ERROR]["details"]).to_owned();
    assert!(details(&done[0]).contains("already exists"), "{done:?}");
    assert!(
        details(&done[2]).contains("bulkId:a stands for nothing"),
        "{done:?}"
    );
    assert_eq!(done[0]["response"]["status"], "409");
    assert_eq!(done[0].get("location"), None);
    let mut strict = bulk(operations);
    strict["failOnErrors"] = json!(2);
    let done = send(&hub, &strict);
    assert_eq!(statuses(&done), ["409", "404"], "the rest is left undone");
    let loops = bulk(json!([
        {"method": "POST", "path": "/Users", "bulkId": "x", "data": {"schemas": ["bulkId:y"], "userName": "x@harbour.example", "userType": "user"}},
        {"method": "POST", "path": "/Users", "bulkId": "y", "data": {"schemas": ["bulkId:x"], "userName": "y@harbour.example", "userType": "user"}},
    ]));
    assert_eq!(statuses(&send(&hub, &loops)), ["400", "400"]);
}

#[test]
fn groups_of_a_bulk_request_are_changed_by_full_administrators_alone() {
    let hub = Hub::start();
    let body = bulk(json!([
        {"method": "POST", "path": "/Groups", "bulkId": "b", "data": {"schemas": [GROUP], "displayName": "Crew"}},
        {"method": "POST", "path": "/Users", "bulkId": "c", "data": user("lin")},
    ]));
    let path = format!("{}/Bulk", root(&hub));
    let done = hub
        .send_as("user-admin", "POST", &path, &body)
        .expect(200)
        .json();
    let done = done["operations"].as_array().expect("operations").clone();
    assert_eq!(statuses(&done), ["403", "201"]);
    for token in ["read-only-admin", "device-admin", "location-admin"] {
        hub.send_as(token, "POST", &path, &body).expect(403);
    }
}

#[test]
fn a_request_of_another_form_is_refused_as_a_whole() {
    let hub = Hub::start();
    let path = format!("{}/Bulk", root(&hub));
    let before = hub.revision();
    let good = json!({"method": "POST", "path": "/Users", "bulkId": "a", "data": user("lin")});
    let with = |field: &str, value: Value| {
        let mut operation = good.clone();
        operation[field] = value;
        bulk(json!([operation]))
    };
    let many = vec![json!({"method": "DELETE", "path": format!("{USERS}/x")}); 101];
    let mut limit = bulk(json!([good]));
    limit["failOnErrors"] = json!(0);
    let mut schemas = bulk(json!([good]));
    schemas["schemas"] = json!([USER]);
    for (body, status, word) in [
        (with("method", json!("PUT")), 400, "operations[0].method"),
        (with("path", json!("/Rooms")), 400, "operations[0].path"),
        (
            with("path", json!(format!("{USERS}/x"))),
            400,
            "operations[0].path",
        ),
        (with("bulkId", Value::Null), 400, "operations[0].bulkId"),
        (with("data", Value::Null), 400, "operations[0].data"),
        (with("data", json!("{")), 400, "operations[0].data"),
        (with("data", json!([])), 400, "operations[0].data"),
        (bulk(json!([good, good])), 400, "stands twice"),
        (bulk(json!([])), 400, "empty"),
        (bulk(Value::Array(many)), 413, "at most 100"),
        (limit, 400, "failOnErrors"),
        (schemas, 400, "schemas must contain"),
        (json!({}), 400, "schemas"),
    ] {
        let error = hub.call("POST", &path, &body).expect(status).json();
        assert!(text(&error["detail"]).contains(word), "{body}: {error}");
    }
    let error = hub
        .call("POST", &path, &bulk(Value::Array(vec![good; 101])))
        .expect(413)
        .json();
    assert_eq!(error["scimType"], "tooMany");
    assert_eq!(hub.revision(), before);
}

#[test]
fn a_name_stands_for_what_is_made_and_for_nothing_else_that_carries_it() {
    let hub = Hub::start();
    let title = patch(json!([{"op": "add", "path": "title", "value": "Pilot"}]));
    let done = send(
        &hub,
        &bulk(json!([
            {"method": "POST", "path": "/Users", "bulkId": "q", "data": user("lin")},
            {"method": "PATCH", "path": format!("{USERS}/{}", uuid_of(&hub, ADA)), "bulkId": "q",
                "data": title},
            {"method": "POST", "path": "/Groups", "bulkId": "crew", "data":
                {"schemas": [GROUP], "displayName": "Crew", "members": [{"value": "bulkId:q"}]}},
        ])),
    );
    assert_eq!(statuses(&done), ["201", "200", "201"]);
    let crew = text(&done[2]["location"]).replace(&hub.server.url(), "");
    let crew = hub.get(&crew).expect(200).json();
    let lin = text(&done[0]["location"]).rsplit('/').next();
    assert_eq!(crew["members"][0]["value"].as_str(), lin);
}
