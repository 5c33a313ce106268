//! `/identity/scim/{orgId}/v2/Groups`: the same groups as those of `/v1/groups`.

use hubsim::model::Group;
use serde_json::{Value, json};

use super::{ERROR, patch, root, text, uuid_of};
use crate::support::{ADA, Hub};

const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
const WEBEX: &str = "urn:scim:schemas:extension:cisco:webexidentity:2.0:Group";
const FAYE: &str = "faye@harbour.example";

fn groups(hub: &Hub) -> String {
    format!("{}/Groups", root(hub))
}

fn body(hub: &Hub) -> Value {
    json!({
        "schemas": [GROUP, WEBEX], "displayName": "Crew", "externalId": "ad-1",
        "members": [{"value": uuid_of(hub, ADA), "type": "user"}],
        (WEBEX): {"usage": "location", "owners": []},
    })
}

/// Creates the crew, and answers its path.
fn crew(hub: &Hub) -> String {
    let made = hub
        .call("POST", &groups(hub), &body(hub))
        .expect(201)
        .json();
    format!("{}/{}", groups(hub), text(&made["id"]))
}

/// Who is in a group, in order.
fn members(hub: &Hub, path: &str) -> Vec<String> {
    let group = hub.get(path).expect(200).json();
    let members = group["members"].as_array().expect("members").iter();
    members
        .map(|member| text(&member["value"]).to_owned())
        .collect()
}

#[test]
fn a_group_is_created_read_and_is_the_same_group() {
    let hub = Hub::start();
    let made = hub.call("POST", &groups(&hub), &body(&hub)).expect(201);
    let group = made.json();
    let id = text(&group["id"]).to_owned();
    let ada = uuid_of(&hub, ADA);
    assert_eq!(group["displayName"], "Crew");
    assert_eq!(group["externalId"], "ad-1");
    assert_eq!(group["meta"]["resourceType"], "Group");
    assert_eq!(group[WEBEX]["usage"], "location");
    assert_eq!(made.header("location"), group["meta"]["location"]);
    let member = &group["members"][0];
    assert_eq!(
        (&member["type"], &member["value"]),
        (&json!("user"), &json!(ada))
    );
    let address = text(&member["$ref"]).replace(&hub.server.url(), "");
    assert_eq!(hub.get(&address).expect(200).json()["userName"], ADA);
    assert_eq!(
        hub.get(&format!("{}/{id}", groups(&hub)))
            .expect(200)
            .json(),
        group
    );
    let twin = hub.get("/v1/groups?includeMembers=true").expect(200).json();
    let twin = &twin["groups"][0];
    assert_eq!(
        (&twin["displayName"], &twin["memberSize"]),
        (&json!("Crew"), &json!(1))
    );
    let decoded = Group::decode(text(&twin["id"]))
        .expect("a uuid")
        .to_string();
    assert_eq!(decoded, id);
    let other = json!({"description": "Kept by /v1 alone", "displayName": "Whole crew"});
    hub.call(
        "PATCH",
        &format!("/v1/groups/{}", text(&twin["id"])),
        &other,
    )
    .expect(200);
    let seen = hub
        .get(&format!("{}/{id}", groups(&hub)))
        .expect(200)
        .json();
    assert_eq!(
        (&seen["displayName"], &seen["externalId"]),
        (&json!("Whole crew"), &json!("ad-1"))
    );
}

#[test]
fn a_put_replaces_a_group_and_a_patch_changes_it() {
    let hub = Hub::start();
    let path = crew(&hub);
    let (ada, faye) = (uuid_of(&hub, ADA), uuid_of(&hub, FAYE));
    let least = json!({"schemas": [GROUP], "displayName": "Deck", "members": [{"value": faye}]});
    let put = hub.call("PUT", &path, &least).expect(200).json();
    assert_eq!(
        (put.get("externalId"), &put[WEBEX]["usage"]),
        (None, &json!("policy"))
    );
    assert_eq!(members(&hub, &path), std::slice::from_ref(&faye));
    for (operation, wanted) in [
        (
            json!({"op": "add", "path": "members", "value": [{"value": ada}, {"value": faye}]}),
            vec![&faye, &ada],
        ),
        (
            json!({"op": "remove", "path": format!("members[value eq \"{faye}\"]")}),
            vec![&ada],
        ),
        (
            json!({"op": "add", "path": "members", "value": faye}),
            vec![&ada, &faye],
        ),
        (
            json!({"op": "remove", "path": "members", "value": [{"value": ada}]}),
            vec![&faye],
        ),
        (
            json!({"op": "replace", "path": "members", "value": [{"value": ada, "type": "user"}]}),
            vec![&ada],
        ),
        (json!({"op": "remove", "path": "members"}), vec![]),
    ] {
        hub.call("PATCH", &path, &patch(json!([operation])))
            .expect(200);
        let found = members(&hub, &path);
        assert_eq!(found.iter().collect::<Vec<_>>(), wanted, "{operation}");
    }
    let names = json!([
        {"op": "replace", "path": "displayName", "value": "Watch"},
        {"op": "add", "path": "externalId", "value": "ad-2"},
        {"op": "replace", "path": format!("{WEBEX}.usage"), "value": "location"},
    ]);
    let group = hub.call("PATCH", &path, &patch(names)).expect(200).json();
    assert_eq!(
        (&group["displayName"], &group["externalId"]),
        (&json!("Watch"), &json!("ad-2"))
    );
    assert_eq!(group[WEBEX]["usage"], "location");
    hub.call("DELETE", &path, &Value::Null).expect(204);
    hub.get(&path).expect(404);
    assert_eq!(hub.get("/v1/groups").expect(200).json()["totalResults"], 0);
}

#[test]
fn groups_are_searched_sorted_and_paged() {
    let hub = Hub::start();
    let ada = uuid_of(&hub, ADA);
    for name in ["Crew", "anchor", "Boat"] {
        let members = if name == "Boat" {
            json!([{"value": ada}])
        } else {
            json!([])
        };
        let group = json!({"schemas": [GROUP], "displayName": name, "members": members});
        hub.call("POST", &groups(&hub), &group).expect(201);
    }
    let get = |query: &str| {
        hub.get(&format!("{}?{query}", groups(&hub)))
            .expect(200)
            .json()
    };
    let names = |list: &Value| {
        let found = list["Resources"].as_array().expect("groups").iter();
        found
            .map(|group| text(&group["displayName"]).to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        names(&get("sortBy=displayName")),
        ["anchor", "Boat", "Crew"]
    );
    assert_eq!(
        names(&get("sortBy=displayName&sortOrder=descending&count=1")),
        ["Crew"]
    );
    let either = "filter=displayName%20Eq%20%22crew%22%20or%20displayName%20ew%20%22OAT%22";
    assert_eq!(get(either)["totalResults"], 2);
    let of_ada = format!("filter=members.value%20eq%20%22{ada}%22");
    let has_ada = format!("filter=members%5Bvalue%20eq%20%22{ada}%22%5D");
    assert_eq!(names(&get(&has_ada)), ["Boat"]);
    assert_eq!(names(&get(&of_ada)), ["Boat"]);
    assert_eq!(
        hub.pages(&format!("{}?count=2", groups(&hub)), "Resources")
            .len(),
        3
    );
    let plain = get(&of_ada)["Resources"][0].clone();
    assert_eq!(plain.get("members"), None);
    let whole = get(&format!("{of_ada}&includeMembers=true"))["Resources"][0].clone();
    assert_eq!(whole["members"][0]["value"], ada);
    let machines = get(&format!("{of_ada}&includeMembers=true&memberType=machine"));
    assert_eq!(machines["Resources"][0].get("members"), None);
    let short = get(&format!("{of_ada}&attributes=displayName"))["Resources"][0].clone();
    assert_eq!(short.as_object().expect("an object").len(), 3, "{short}");
    let path = format!("{}/{}", groups(&hub), text(&plain["id"]));
    let without = hub
        .get(&format!("{path}?excludedAttributes=members,meta"))
        .expect(200)
        .json();
    assert_eq!((without.get("members"), without.get("meta")), (None, None));
    for wrong in ["sortBy=shoes", "filter=shoes", "count=x", "memberType=king"] {
        hub.get(&format!("{}?{wrong}", groups(&hub))).expect(400);
    }
}

#[test]
fn members_are_read_page_by_page() {
    let hub = Hub::start();
    let path = crew(&hub);
    let faye = json!([{"op": "add", "path": "members", "value": uuid_of(&hub, FAYE)}]);
    hub.call("PATCH", &path, &patch(faye)).expect(200);
    let page = |query: &str| {
        hub.get(&format!("{path}/Members?{query}"))
            .expect(200)
            .json()
    };
    let first = page("count=1");
    assert_eq!(
        (&first["memberSize"], &first["itemsPerPage"]),
        (&json!(2), &json!(1))
    );
    assert_eq!(first["members"][0]["value"], uuid_of(&hub, ADA));
    let second = page("count=1&startIndex=2");
    assert_eq!(second["members"][0]["value"], uuid_of(&hub, FAYE));
    assert_eq!(page("memberType=group")["memberSize"], 0);
    hub.get(&format!("{}/x/Members", groups(&hub))).expect(404);
}

/// Groups that are refused: the body, status, `scimType`, and a word of the description.
fn wrong(hub: &Hub) -> Vec<(Value, u16, &'static str, &'static str)> {
    let with = |field: &str, value: Value| {
        let mut body = body(hub);
        body[field] = value;
        body
    };
    let nobody = json!([{"value": "00000000-0000-0000-0000-000000000000"}]);
    let nested = json!([{"value": uuid_of(hub, ADA), "type": "group"}]);
    let owner = json!({"owners": [{"value": uuid_of(hub, ADA)}]});
    let role = json!({"inheritances": [{"type": "role", "value": "id_full_admin"}]});
    let value = "invalidValue";
    vec![
        (body(hub), 409, "uniqueness", "already exists"),
        (with("displayName", Value::Null), 400, value, "displayName"),
        (with("displayName", json!("")), 400, value, "displayName"),
        (
            with("schemas", json!([])),
            400,
            value,
            "schemas must contain",
        ),
        (
            with("members", json!([{"value": "x"}])),
            400,
            value,
            "members[0].value",
        ),
        (with("members", nobody), 400, value, "could not be found"),
        (with("members", nested), 400, value, "not simulated"),
        (
            with(WEBEX, owner),
            400,
            value,
            "Group:owners is not simulated",
        ),
        (with(WEBEX, role), 400, value, "Group:inheritances is not"),
    ]
}

#[test]
fn what_is_wrong_with_a_group_is_said_in_the_words_of_scim_and_nothing_changes() {
    let hub = Hub::start();
    let path = crew(&hub);
    let before = hub.revision();
    for (body, status, kind, word) in wrong(&hub) {
        let error = hub.call("POST", &groups(&hub), &body).expect(status).json();
        assert_eq!(error["schemas"], json!([ERROR]), "{body}");
        assert_eq!(error["scimType"], kind, "{error}");
        assert!(text(&error["detail"]).contains(word), "{error}");
    }
    let inherit =
        json!({"op": "add", "path": format!("{WEBEX}.inheritances"), "value": [{"type": "role"}]});
    let rename = json!({"op": "remove", "path": "displayName"});
    for (operation, kind) in [(inherit, "invalidValue"), (rename, "mutability")] {
        let error = hub
            .call("PATCH", &path, &patch(json!([operation])))
            .expect(400)
            .json();
        assert_eq!(error["scimType"], kind, "{error}");
    }
    for (method, body) in [
        ("GET", Value::Null),
        ("PUT", body(&hub)),
        ("DELETE", Value::Null),
    ] {
        hub.call(method, &format!("{}/x", groups(&hub)), &body)
            .expect(404);
    }
    for token in ["user-admin", "read-only-admin", "device-admin"] {
        hub.send_as(token, "POST", &groups(&hub), &body(&hub))
            .expect(403);
        hub.send_as(token, "DELETE", &path, &Value::Null)
            .expect(403);
    }
    hub.send_as("read-only-admin", "GET", &path, &Value::Null)
        .expect(200);
    hub.send_as("location-admin", "GET", &path, &Value::Null)
        .expect(403);
    assert_eq!(hub.revision(), before);
}

/// Proves: TMPL-12
#[test]
fn who_comes_to_a_group_by_scim_is_served_by_its_template_in_the_same_commit() {
    let hub = Hub::with_scenario("demo");
    let group = json!({"schemas": [GROUP], "displayName": "Crew"});
    let made = hub.call("POST", &groups(&hub), &group).expect(201).json();
    let path = format!("{}/{}", groups(&hub), text(&made["id"]));
    let messaging = hub.find("/v1/licenses", "name", "Messaging")["id"].clone();
    let template = json!({
        "licenses": [messaging], "applyScope": {"futureUsers": true, "existingUsers": false},
    });
    let of_group = format!(
        "/_hub/v1/organizations/me/groups/{}/licenseTemplate",
        text(&made["id"])
    );
    hub.call("PUT", &of_group, &template).expect(200);
    let person = json!({
        "emails": ["grace@quillhaven.example"], "displayName": "Grace", "licenses": [],
    });
    hub.call("POST", "/v1/people", &person).expect(200);
    let come = json!([{
        "op": "add", "path": "members", "value": uuid_of(&hub, "grace@quillhaven.example"),
    }]);
    let headers = [
        ("X-Sim-Dry-Run", "true"),
        ("Authorization", "Bearer full-admin"),
    ];
    let plan = hub.send("PATCH", &path, &headers, &patch(come.clone()));
    let foretold = plan.expect(200).json();
    assert!(
        foretold["warnings"].to_string().contains("group Crew"),
        "{foretold}"
    );
    let revision = hub.revision();
    hub.call("PATCH", &path, &patch(come)).expect(200);
    assert_eq!(hub.revision(), revision + 1);
    // All units of the demo are taken, which the report tells.
    let report = hub
        .get("/_hub/v1/organizations/me/licenses/report")
        .expect(200);
    assert!(
        report.text.contains("grace@quillhaven.example"),
        "{}",
        report.text
    );
}

#[test]
fn a_group_of_more_members_than_a_body_can_name_is_still_changed() {
    let hub = Hub::with_scenario("large");
    let world = hub.server.app().default.sandbox.read();
    let everybody = world.list::<hubsim::model::Person>();
    let everybody: Vec<Value> = everybody
        .map(|(id, _)| json!({"value": id.to_string()}))
        .take(10_005)
        .collect();
    drop(world);
    let (most, rest) = everybody.split_at(10_000);
    let group = json!({"schemas": [GROUP], "displayName": "All", "members": most});
    let made = hub.call("POST", &groups(&hub), &group).expect(201).json();
    let path = format!("{}/{}", groups(&hub), text(&made["id"]));

    let change = |operation: Value| hub.call("PATCH", &path, &patch(json!([operation])));
    change(json!({"op": "add", "path": "members", "value": rest})).expect(200);
    change(json!({"op": "replace", "path": "displayName", "value": "Everybody"})).expect(200);
    let first = text(&most[0]["value"]);
    let gone = format!("members[value eq \"{first}\"]");
    change(json!({"op": "remove", "path": gone})).expect(200);
    let id = uuid::Uuid::try_parse(text(&made["id"])).expect("a uuid");
    let world = hub.server.app().default.sandbox.read();
    let kept = world.get::<Group>(id).expect("the group");
    assert_eq!(kept.display_name, "Everybody");
    assert_eq!(kept.members.len(), 10_004);
    assert!(kept.members.iter().all(|id| id.to_string() != first));
}

#[test]
fn the_operations_of_a_request_send_no_more_than_one_list_may_hold() {
    let hub = Hub::start();
    let path = crew(&hub);
    let many: Vec<Value> = (0..6_000_u128)
        .map(|n| json!({"value": uuid::Uuid::from_u128(n).to_string()}))
        .collect();
    let add = json!({"op": "add", "path": "members", "value": many});
    let before = hub.revision();
    let told = hub.call("PATCH", &path, &patch(json!([add, add])));
    let told = told.expect(400).text;
    assert!(told.contains("at most 10000 items"), "{told}");
    assert_eq!(hub.revision(), before);
}
