//! PATCH of a group's members: by list, by filter, part by part, and what that may cost.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{patch, root, text, uuid_of};
use crate::support::{ADA, Hub};

const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
const BULK: &str = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
const FAYE: &str = "faye@harbour.example";

/// Makes a group, and answers its path.
fn group(hub: &Hub, members: &[String]) -> String {
    let path = format!("{}/Groups", root(hub));
    let members: Vec<Value> = members.iter().map(|id| json!({"value": id})).collect();
    let body = json!({"schemas": [GROUP], "displayName": "Crew", "members": members});
    let made = hub.call("POST", &path, &body).expect(201).json();
    format!("{path}/{}", text(&made["id"]))
}

fn members(hub: &Hub, path: &str) -> Vec<String> {
    let group = hub.get(path).expect(200).json();
    let members = group["members"].as_array().expect("members").iter();
    members.map(|it| text(&it["value"]).to_owned()).collect()
}

#[test]
fn members_come_and_go_in_the_order_of_the_operations() {
    let hub = Hub::start();
    let (ada, faye) = (uuid_of(&hub, ADA), uuid_of(&hub, FAYE));
    let (a, f) = (ada.as_str(), faye.as_str());
    let at = |filter: &str| format!("members[{filter}]");
    let add = |id: &str| json!({"op": "add", "path": "members", "value": [{"value": id}]});
    let remove = |path: String| json!({"op": "remove", "path": path});
    let is = |id: &str| format!("value eq \"{id}\"");
    let set = |path: String, value: Value| json!({"op": "replace", "path": path, "value": value});
    // Each begins with Ada alone.
    for (operations, wanted) in [
        (json!([add(f), remove(at(&is(a)))]), vec![f]),
        (
            json!([remove(at(&is(a))), add(a), add(f), add(a)]),
            vec![a, f],
        ),
        (
            json!([add(f), remove(at(&format!("{} or {}", is(a), is(f))))]),
            vec![],
        ),
        (
            json!([add(f), remove(at(&is(&ada.to_uppercase())))]),
            vec![f],
        ),
        (json!([add(f), remove(at("display sw \"Ada\""))]), vec![f]),
        (
            json!([
                add(f),
                remove(at(&format!("type eq \"user\" and {}", is(f))))
            ]),
            vec![a],
        ),
        (
            json!([add(f), remove(at(&format!("not ({})", is(a))))]),
            vec![a],
        ),
        (
            json!([add(f), remove(at(&format!("$ref ew \"{f}\"")))]),
            vec![a],
        ),
        (json!([add(f), remove(at("type eq \"group\""))]), vec![a, f]),
        (json!([remove("members".to_owned()), add(f)]), vec![f]),
        (
            json!([set("members".to_owned(), json!([{"value": f}])), add(a)]),
            vec![f, a],
        ),
        (json!([set(at(&is(a)) + ".value", json!(f))]), vec![f]),
        (json!([set(at(&is(a)), json!({"value": f}))]), vec![f]),
        (json!([set(at(&is(a)) + ".type", json!("user"))]), vec![a]),
        (
            json!([{"op": "add", "path": at(&is(f)), "value": {"type": "user"}}]),
            vec![a, f],
        ),
        (
            json!([{"op": "remove", "path": "members", "value": [{"value": a, "type": "group"}]}]),
            vec![a],
        ),
        (
            json!([{"op": "remove", "path": "members", "value": [a, "shoes"]}]),
            vec![],
        ),
    ] {
        let path = group(&hub, std::slice::from_ref(&ada));
        hub.call("PATCH", &path, &patch(operations.clone()))
            .expect(200);
        assert_eq!(members(&hub, &path), wanted, "{operations}");
        hub.call("DELETE", &path, &Value::Null).expect(204);
    }
}

#[test]
fn what_is_wrong_with_members_is_told_by_its_operation_and_nothing_changes() {
    let hub = Hub::start();
    let ada = uuid_of(&hub, ADA);
    let path = group(&hub, std::slice::from_ref(&ada));
    let of_ada = format!("members[value eq \"{ada}\"]");
    let nobody = "members[value eq \"00000000-0000-0000-0000-000000000000\"]";
    let before = hub.revision();
    for (operation, kind, word) in [
        (
            json!({"op": "add", "path": "members", "value": [{"value": "x"}]}),
            "invalidValue",
            "Operations[1]: members[0].value",
        ),
        (
            json!({"op": "add", "path": "members", "value": [{"type": "user"}]}),
            "invalidValue",
            "value",
        ),
        (
            json!({"op": "add", "path": "members", "value": [7]}),
            "invalidValue",
            "members must be",
        ),
        (
            json!({"op": "replace", "path": format!("{of_ada}.type"), "value": "group"}),
            "invalidValue",
            "not simulated",
        ),
        (
            json!({"op": "remove", "path": format!("{of_ada}.value")}),
            "invalidValue",
            "take the",
        ),
        (
            json!({"op": "replace", "path": nobody, "value": {"type": "user"}}),
            "noTarget",
            "no element of members",
        ),
        (
            json!({"op": "add", "path": nobody, "value": {"type": "user"}}),
            "invalidValue",
            "could not be found",
        ),
        (
            json!({"op": "add", "path": "members.value", "value": ada}),
            "invalidPath",
            "filter",
        ),
        (
            json!({"op": "add", "path": "members[value xx 1]", "value": ada}),
            "invalidFilter",
            "no operator",
        ),
    ] {
        let first = json!({"op": "replace", "path": "displayName", "value": "Deck"});
        let body = patch(json!([first, operation]));
        let error = hub.call("PATCH", &path, &body).expect(400).json();
        assert_eq!(error["scimType"], kind, "{operation}: {error}");
        assert!(
            text(&error["detail"]).contains(word),
            "{operation}: {error}"
        );
    }
    assert_eq!(hub.revision(), before);
}

/// A group of many people, and their ids.
fn crowd(hub: &Hub) -> (String, Vec<String>) {
    let world = hub.server.app().default.sandbox.read();
    let people = world.list::<hubsim::model::Person>();
    let people: Vec<String> = people.map(|(id, _)| id.to_string()).take(10_000).collect();
    (group(hub, &people), people)
}

fn many_comparisons() -> String {
    let mut filter = "value co \"zz\"".to_owned();
    for number in 1..50 {
        let _ = write!(filter, " or value co \"zz{number}\"");
    }
    filter
}

fn bulk(hub: &Hub, operations: Vec<Value>) -> crate::support::Answer {
    let body = json!({"schemas": [BULK], "operations": operations});
    hub.call("POST", &format!("{}/Bulk", root(hub)), &body)
}

/// Proves: DEC-160
#[test]
fn a_request_that_compares_too_much_is_refused_as_a_whole() {
    let hub = Hub::with_scenario("large");
    let (path, people) = crowd(&hub);
    let id = path.rsplit('/').next().unwrap_or_default();
    let before = hub.revision();
    let costly = json!({"op": "remove", "path": format!("members[{}]", many_comparisons())});
    let patches = |count: usize| patch(Value::Array(vec![costly.clone(); count]));
    let name = json!({"schemas": [GROUP], "displayName": "Not made"});
    let group =
        |data: Value| json!({"method": "PATCH", "path": format!("/Groups/{id}"), "data": data});
    let made = json!({"method": "POST", "path": "/Groups", "bulkId": "a", "data": name});
    let together = [vec![made], vec![group(patches(4)); 4]].concat();
    let numbers: Vec<Value> = (0..9_000)
        .map(|n| json!({"type": "other", "value": n.to_string()}))
        .collect();
    let mut of_user = vec![json!({"op": "add", "path": "phoneNumbers", "value": numbers})];
    let filter = many_comparisons();
    let costly = json!({"op": "remove", "path": format!("phoneNumbers[{filter}]")});
    of_user.extend(vec![costly; 15]);
    let someone = format!("{}/Users/{}", root(&hub), people[0]);
    for answer in [
        hub.call("PATCH", &path, &patches(12)),
        bulk(&hub, together),
        hub.call("PATCH", &someone, &patch(Value::Array(of_user))),
    ] {
        let error = answer.expect(400).json();
        assert_eq!(error["scimType"], "tooMany", "{error}");
        assert!(
            text(&error["detail"]).contains("Split the request"),
            "{error}"
        );
    }
    assert_eq!(hub.revision(), before);
    hub.call("PATCH", &path, &patches(2)).expect(200);
}

#[test]
fn a_hundred_members_leave_a_large_group_one_by_one_without_being_compared() {
    let hub = Hub::with_scenario("large");
    let (path, people) = crowd(&hub);
    let id = path.rsplit('/').next().unwrap_or_default();
    let (gone, rest) = people.split_at(400);
    let leave =
        |id: &String| json!({"op": "remove", "path": format!("members[value eq \"{id}\"]")});
    let operations = gone.chunks(100).map(|chunk| {
        let data = patch(chunk.iter().map(leave).collect());
        json!({"method": "PATCH", "path": format!("/Groups/{id}"), "data": data})
    });
    let done = bulk(&hub, operations.collect()).expect(200).json();
    let done = done["operations"].as_array().expect("operations").clone();
    assert!(done.iter().all(|it| it["status"] == "200"), "{done:?}");
    let size = hub
        .get(&format!("{path}/Members?count=1"))
        .expect(200)
        .json();
    assert_eq!(size["memberSize"], rest.len());
    assert_eq!(size["members"][0]["value"], rest[0]);
}
