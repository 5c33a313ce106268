//! `/v1/groups`.

use hubsim::model::ids;
use serde_json::{Value, json};

use crate::support::{ADA, Hub, person_id};

const BASE: &str = "/v1/groups";

fn id(hub: &Hub, email: &str) -> String {
    person_id(hub, "full-admin", email)
}

fn create(hub: &Hub, body: &Value) -> Value {
    hub.call("POST", BASE, body).expect(201).json()
}

fn path(group: &Value) -> String {
    format!("{BASE}/{}", group["id"].as_str().expect("an id"))
}

fn names(list: &Value) -> Vec<&str> {
    let groups = list["groups"].as_array().expect("groups").iter();
    groups
        .map(|group| group["displayName"].as_str().expect("a name"))
        .collect()
}

#[test]
fn a_group_is_created_with_members_read_and_deleted() {
    let hub = Hub::start();
    let ada = id(&hub, ADA);
    let body = json!({
        "displayName": "Sales", "description": "Who sells", "members": [{"id": ada}],
    });
    let group = create(&hub, &body);
    assert_eq!(group["memberSize"], 1);
    assert_eq!(
        group["members"],
        json!([{"id": ada, "type": "user", "displayName": "Ada Lovelace"}])
    );
    let key = ids::decode("SCIM_GROUP", group["id"].as_str().unwrap()).expect("a group's id");
    let (own, organization) = key.split_once(':').expect("two uuids");
    let encoded = ids::encode("ORGANIZATION", organization);
    assert_eq!(group["orgId"], encoded.as_str());
    let read = hub.get(&path(&group)).expect(200).json();
    assert_eq!(read.get("members"), None);
    assert_eq!(read["description"], "Who sells");
    assert_eq!(hub.get(&format!("{BASE}/{own}")).expect(200).json(), read);
    let whole = hub.get(&format!("{}?includeMembers=True", path(&group)));
    assert_eq!(whole.expect(200).json(), group);
    hub.call("DELETE", &path(&group), &Value::Null).expect(204);
    hub.get(&path(&group)).expect(404);
    hub.get(&format!("/v1/people/{ada}")).expect(200);
}

#[test]
fn a_patch_changes_what_it_names_and_members_come_and_go() {
    let hub = Hub::start();
    let (ada, faye) = (id(&hub, ADA), id(&hub, "faye@harbour.example"));
    let group = create(
        &hub,
        &json!({"displayName": "Sales", "description": "Who sells"}),
    );
    let patch = |body: Value| hub.call("PATCH", &path(&group), &body);
    let two = patch(json!({"members": [{"id": ada, "operation": "add"}, {"id": faye}]}));
    let two = two.expect(200).json();
    assert_eq!(
        (&two["memberSize"], &two["description"]),
        (&json!(2), &json!("Who sells"))
    );
    let swapped = patch(json!({
        "displayName": "Sellers", "description": "", "members": [
            {"id": ada, "operation": "delete"}, {"id": faye, "operation": "add"}],
    }));
    let swapped = swapped.expect(200).json();
    assert_eq!(swapped["displayName"], "Sellers");
    assert_eq!(swapped.get("description"), None);
    assert_eq!(swapped["members"][0]["id"], faye.as_str());
    assert_eq!(swapped["memberSize"], 1);
    let before = hub.revision();
    patch(json!({"displayName": "Sellers", "members": [{"id": ada, "operation": "delete"}]}))
        .expect(200);
    assert_eq!(hub.revision(), before);
    let purged = patch(json!({
        "purgeAllValues": {"attributes": ["members"]}, "members": [{"id": ada}],
    }));
    let purged = purged.expect(200).json();
    assert_eq!(purged["members"][0]["id"], ada.as_str());
    assert_eq!(purged["memberSize"], 1);
}

#[test]
fn groups_are_found_sorted_and_paged() {
    let hub = Hub::start();
    for name in ["Sales West", "support", "Sales East", "Board"] {
        create(
            &hub,
            &json!({"displayName": name, "members": [{"id": id(&hub, ADA)}]}),
        );
    }
    let get = |query: &str| hub.get(&format!("{BASE}?{query}")).expect(200).json();
    let sorted = get("sortBy=displayName");
    assert_eq!(
        names(&sorted),
        ["Board", "Sales East", "Sales West", "support"]
    );
    assert_eq!(
        (
            &sorted["totalResults"],
            &sorted["startIndex"],
            &sorted["itemsPerPage"]
        ),
        (&json!(4), &json!(1), &json!(4))
    );
    let back = get("sortBy=displayName&sortOrder=descending");
    assert_eq!(
        names(&back),
        ["support", "Sales West", "Sales East", "Board"]
    );
    let starting = get("sortBy=displayName&filter=displayName%20sw%20%22sales%22");
    assert_eq!(names(&starting), ["Sales East", "Sales West"]);
    let equal = get("filter=displayName%20eq%20%22Board%22&includeMembers=true");
    assert_eq!(
        equal["groups"][0]["members"][0]["displayName"],
        "Ada Lovelace"
    );
    let bare = get("attributes=displayName&sortBy=displayName");
    let fields = bare["groups"][0].as_object().expect("a group").keys();
    assert_eq!(fields.collect::<Vec<_>>(), ["id", "displayName"]);
    let second = get("sortBy=displayName&startIndex=2&count=2");
    assert_eq!(names(&second), ["Sales East", "Sales West"]);
    assert_eq!(second["itemsPerPage"], 2);
    let pages = hub.pages(&format!("{BASE}?sortBy=displayName&count=3"), "groups");
    assert_eq!(pages.len(), 4);
    assert_eq!(get("count=0")["totalResults"], 4);
    let (far, members) = (get("startIndex=99"), "includeMembers=false");
    assert_eq!(names(&far), Vec::<&str>::new());
    assert_eq!(get(members)["groups"][0].get("members"), None);
}

#[test]
fn members_are_paged_under_both_spellings_of_their_path() {
    let hub = Hub::start();
    let members: Vec<Value> = [ADA, "faye@harbour.example", "rhea@harbour.example"]
        .iter()
        .map(|email| json!({"id": id(&hub, email)}))
        .collect();
    let group = create(&hub, &json!({"displayName": "All", "members": members}));
    for name in ["members", "Members"] {
        let found = hub.pages(&format!("{}/{name}?count=2", path(&group)), "members");
        let found: Vec<&Value> = found.iter().map(|member| &member["id"]).collect();
        let wanted: Vec<&Value> = members.iter().map(|member| &member["id"]).collect();
        assert_eq!(found, wanted);
    }
    let second = hub.get(&format!("{}/members?startIndex=2&count=1", path(&group)));
    let second = second.expect(200).json();
    assert_eq!(second["memberSize"], 3);
    assert_eq!(second["members"][0]["displayName"], "Faye Full");
}

#[test]
fn a_deleted_person_leaves_every_group_and_comes_back_with_undo() {
    let hub = Hub::start();
    let ada = id(&hub, ADA);
    let body = json!({"displayName": "Sales", "members": [{"id": ada}]});
    let group = create(&hub, &body);
    hub.call("DELETE", &format!("/v1/people/{ada}"), &Value::Null)
        .expect(204);
    let size = || hub.get(&path(&group)).expect(200).json()["memberSize"].clone();
    assert_eq!(size(), 0);
    hub.call("POST", "/_sim/v1/undo", &Value::Null).expect(200);
    assert_eq!(size(), 1);
}

#[test]
fn groups_stand_in_the_audit_log_and_in_differences_under_their_own_ids() {
    let hub = Hub::start();
    let before = hub.revision();
    let group = create(&hub, &json!({"displayName": "Sales"}));
    let me = "orgId=me&from=2026-03-01T00:00:00.000Z&to=2026-03-03T00:00:00.000Z";
    let query = format!("/v1/adminAudit/events?{me}&eventCategories=GROUPS");
    let events = hub.get(&query).expect(200).json();
    let data = &events["items"][0]["data"];
    assert_eq!(data["eventDescription"], "A Group Was Created");
    assert_eq!(data["targetName"], "Sales");
    let diff = format!("/_sim/v1/sandboxes/default/diff?from={before}");
    let diff = hub.get(&diff).expect(200).json();
    assert_eq!(diff["created"][0]["id"], group["id"]);
    assert_eq!(diff["created"][0]["kind"], "group");
}

#[test]
fn what_is_wrong_with_a_group_is_said_and_nothing_changes() {
    let hub = Hub::start();
    create(&hub, &json!({"displayName": "Sales"}));
    let before = hub.revision();
    let ghost = ids::encode("PEOPLE", "9f7f4a3e-0000-4000-8000-000000000000");
    let long = "x".repeat(300);
    for (body, status, word) in [
        (json!({}), 400, "displayName is required"),
        (
            json!({"displayName": " "}),
            400,
            "displayName must not be empty",
        ),
        (json!({"displayName": long}), 400, "longer than 256"),
        (json!({"displayName": 7}), 400, "displayName"),
        (json!({"displayName": "SALES"}), 409, "already exists"),
        (
            json!({"displayName": "A", "members": [{"id": ghost}]}),
            400,
            "could not be found",
        ),
        (
            json!({"displayName": "A", "members": [{"id": "x"}]}),
            400,
            "members[0].id",
        ),
        (json!({"displayName": "A", "members": [{}]}), 400, "id"),
        (
            json!({"displayName": "A", "orgId": "x"}),
            404,
            "Organization",
        ),
    ] {
        let refused = hub.call("POST", BASE, &body).expect(status);
        assert!(refused.text.contains(word), "{body}: {}", refused.text);
    }
    assert_eq!(hub.revision(), before);
}

#[test]
fn what_is_wrong_with_a_change_or_a_query_is_said_and_nothing_changes() {
    let hub = Hub::start();
    create(&hub, &json!({"displayName": "Sales"}));
    let other = create(&hub, &json!({"displayName": "Board"}));
    let before = hub.revision();
    let ghost = ids::encode("PEOPLE", "9f7f4a3e-0000-4000-8000-000000000000");
    let ada = id(&hub, ADA);
    for (body, status, word) in [
        (json!({"displayName": "sales"}), 409, "already exists"),
        (
            json!({"members": [{"id": ada, "operation": "swap"}]}),
            400,
            "neither add nor delete",
        ),
        (
            json!({"members": [{"id": ada}, {"id": ghost}]}),
            400,
            "could not be found",
        ),
        (
            json!({"purgeAllValues": {"attributes": ["displayName"]}}),
            400,
            "purgeAllValues",
        ),
    ] {
        let refused = hub.call("PATCH", &path(&other), &body).expect(status);
        assert!(refused.text.contains(word), "{body}: {}", refused.text);
    }
    for query in [
        "filter=displayName",
        "filter=shoes%20eq%20%22x%22",
        "filter=displayName%20ew%20%22x%22",
        "sortBy=created",
        "sortOrder=up",
        "count=x",
        "startIndex=x",
        "includeMembers=perhaps",
    ] {
        hub.get(&format!("{BASE}?{query}")).expect(400);
    }
    hub.get(&format!("{BASE}/nothing")).expect(404);
    hub.call("PATCH", &format!("{BASE}/nothing"), &json!({}))
        .expect(404);
    hub.call("DELETE", &format!("{BASE}/nothing"), &Value::Null)
        .expect(404);
    assert_eq!(hub.revision(), before);
}

#[test]
fn a_scenario_names_groups_and_a_mistake_in_one() {
    let hub = Hub::with_scenario("demo");
    let list = hub.get(&format!("{BASE}?sortBy=displayName&includeMembers=true"));
    let list = list.expect(200).json();
    let expected = [
        "Customer Care",
        "Front desks",
        "IT",
        "Newcomers",
        "Night shift",
        "Sales",
    ];
    assert_eq!(names(&list), expected);
    assert_eq!(
        list["groups"][2]["members"][0]["displayName"],
        "Maren Castellan"
    );
    let text = hub.get("/_sim/v1/scenarios/minimal").expect(200).text;
    let wrong = format!("{text}\n    groups: [{{displayName: A, members: [nobody.at.all]}}]\n");
    let checked = hub.send_text("POST", "/_sim/v1/scenarios/check", &[], wrong);
    let checked = checked.expect(200).json();
    assert_eq!(checked["valid"], false);
    assert_eq!(
        checked["errors"][0]["path"],
        "organizations[0].groups[0].members[0]"
    );
}
