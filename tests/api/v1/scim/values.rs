//! What the values of users may be, however they are written, and what is noted of the rest.

use serde_json::{Value, json};

use super::{ERROR, base, body, grace, patch, root, text};
use crate::support::Hub;

const BULK: &str = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

/// Attribute, a value that it cannot have, and what is said of it.
fn wrong() -> Vec<(&'static str, Value, &'static str)> {
    let number = |kind: &str| json!([{"value": "5", "type": kind}]);
    let email = |kind: Value| json!([{"value": "grace@harbour.example", "type": kind}]);
    vec![
        (
            "phoneNumbers",
            number("zz"),
            "phoneNumbers[0].type must be one of work, home",
        ),
        (
            "phoneNumbers",
            number("alternate1"),
            "phoneNumbers[0].type must be one of",
        ),
        (
            "phoneNumbers",
            number("Work"),
            "phoneNumbers[0].type must be one of",
        ),
        (
            "emails",
            email(json!("zz")),
            "emails[0].type must be one of work, home, room, other",
        ),
        ("emails", email(json!("home")), "only work is simulated"),
        ("emails", email(json!(5)), "emails[0].type must be"),
        (
            "emails",
            json!([{"primary": "yes"}]),
            "emails[0].primary must be true or false",
        ),
        (
            "timezone",
            json!("zz"),
            "timezone \\\"zz\\\" is not an IANA name",
        ),
        ("timezone", json!("europe/berlin"), "is not an IANA name"),
        (
            "preferredLanguage",
            json!("zz-zz"),
            "preferredLanguage must be a locale such as en_US",
        ),
        (
            "preferredLanguage",
            json!("xx_yy"),
            "preferredLanguage must be a locale such as en_US",
        ),
        (
            "preferredLanguage",
            json!("en-US"),
            "with an underscore between them",
        ),
        (
            "preferredLanguage",
            json!("en"),
            "with an underscore between them",
        ),
    ]
}

/// The path of a user as bulk requests have it.
fn below(path: &str) -> String {
    let (_, own) = path.split_once("/v2").expect("a path");
    own.to_owned()
}

/// A bulk request with one operation.
fn bulk(operation: Value) -> Value {
    json!({"schemas": [BULK], "operations": [operation]})
}

#[test]
fn a_value_that_the_schema_lacks_is_refused_on_every_way_and_nothing_changes() {
    let hub = Hub::start();
    let base = base(&hub);
    let path = format!("{base}/{}", text(&grace(&hub)["id"]));
    let before = (hub.revision(), hub.get(&path).expect(200).json());
    for (field, value, says) in wrong() {
        let mut whole = body();
        whole[field] = value.clone();
        let operation = json!([{"op": "replace", "path": field, "value": value}]);
        let mut new = whole.clone();
        new["userName"] = json!("other@harbour.example");
        if field == "emails" && new["emails"][0]["value"].is_string() {
            new["emails"][0]["value"] = new["userName"].clone();
        }
        for (method, path, body) in [
            ("POST", &base, &new),
            ("PUT", &path, &whole),
            ("PATCH", &path, &patch(operation.clone())),
        ] {
            let refused = hub.call(method, path, body).expect(400);
            let error = refused.json();
            assert_eq!(error["schemas"], json!([ERROR]), "{method} {field}");
            assert_eq!(error["scimType"], "invalidValue", "{error}");
            assert!(refused.text.contains(says), "{method} {}", refused.text);
        }
        let named = below(&path);
        for operation in [
            json!({"method": "POST", "path": "/Users", "bulkId": "a", "data": new}),
            json!({"method": "PATCH", "path": named, "data": patch(operation)}),
        ] {
            let sent = bulk(operation);
            let done = hub.call("POST", &format!("{}/Bulk", root(&hub)), &sent);
            let done = done.expect(200).json()["operations"][0].clone();
            assert_eq!(done["status"], "400", "{field}: {done}");
        }
    }
    assert_eq!((hub.revision(), hub.get(&path).expect(200).json()), before);
}

/// Proves: DEC-131
#[test]
fn a_language_is_shown_in_the_form_of_the_contract_however_it_was_written() {
    let hub = Hub::start();
    let mut user = body();
    user["preferredLanguage"] = json!("FR_fr");
    let created = hub.call("POST", &base(&hub), &user).expect(201).json();
    assert_eq!(created["preferredLanguage"], "fr_FR");
}

/// Proves: DEC-130
#[test]
fn numbers_that_people_do_not_show_stay_through_their_put() {
    let hub = Hub::start();
    let path = format!("{}/{}", base(&hub), text(&grace(&hub)["id"]));
    let numbers = json!([
        {"type": "work", "value": "1", "display": "desk"}, {"type": "pager", "value": "2"},
        {"type": "home", "value": "3"}, {"type": "other", "value": "4"},
    ]);
    let change = json!([{"op": "replace", "path": "phoneNumbers", "value": numbers}]);
    let shown = hub.call("PATCH", &path, &patch(change)).expect(200).json();
    assert_eq!(shown["phoneNumbers"], numbers);
    let found = format!(
        "{}?filter=phoneNumbers.display%20eq%20%22desk%22",
        base(&hub)
    );
    assert_eq!(hub.get(&found).expect(200).json()["totalResults"], 1);
    let person = format!("/v1/people/{}", text(&shown["id"]));
    let read = hub.get(&person).expect(200).json();
    assert_eq!(
        read["phoneNumbers"],
        json!([{"type": "work", "value": "1"}])
    );
    hub.call("PUT", &person, &read).expect(200);
    assert_eq!(hub.get(&path).expect(200).json()["phoneNumbers"], numbers);
    let mut without = read;
    without["phoneNumbers"] = json!([]);
    hub.call("PUT", &person, &without).expect(200);
    let left = hub.get(&path).expect(200).json()["phoneNumbers"].clone();
    assert_eq!(left.as_array().map(Vec::len), Some(3), "{left}");
    for kind in ["home", "pager", "zz", "alternate1"] {
        let mut wrong = without.clone();
        wrong["phoneNumbers"] = json!([{"type": kind, "value": "5"}]);
        let refused = hub.call("PUT", &person, &wrong).expect(400);
        let says = "phoneNumbers[0].type must be one of work, work_extension, mobile, fax";
        assert!(refused.text.contains(says), "{}", refused.text);
    }
}

#[test]
fn a_page_before_the_first_is_the_first_and_less_than_nothing_is_nothing() {
    let hub = Hub::start();
    grace(&hub);
    let groups = hub.call("POST", "/v1/groups", &json!({"displayName": "Crew"}));
    groups.expect(201);
    for path in [base(&hub), format!("{}/Groups", root(&hub))] {
        let whole = hub.get(&path).expect(200).json();
        let read = |query: &str| hub.get(&format!("{path}?{query}")).expect(200).json();
        for start in ["0", "-1", "-99999999999999999999"] {
            assert_eq!(
                read(&format!("startIndex={start}")),
                whole,
                "{path} {start}"
            );
        }
        for count in ["0", "-1"] {
            let none = read(&format!("count={count}"));
            assert_eq!(none["Resources"], json!([]), "{path} {count}");
            assert_eq!(none["totalResults"], whole["totalResults"]);
        }
        for query in [
            "startIndex=x",
            "startIndex=-",
            "startIndex=1.5",
            "count=--1",
        ] {
            hub.get(&format!("{path}?{query}")).expect(400);
        }
    }
}

/// What was passed over in the last request.
fn passed_over(hub: &Hub) -> Vec<(String, Value)> {
    let listed = hub.get("/_sim/v1/requests/unmatched").expect(200).json();
    let items = listed["items"].as_array().expect("items").iter();
    let told = items.flat_map(|item| item["suggestions"].as_array().expect("a list"));
    told.map(|it| (text(&it["sent"]).to_owned(), it["instead"].clone()))
        .collect()
}

#[test]
fn fields_of_a_patch_that_mean_nothing_are_told_where_they_stand_and_no_others() {
    let hub = Hub::start();
    let path = format!("{}/{}", base(&hub), text(&grace(&hub)["id"]));
    let number = json!([{"type": "fax", "value": "1", "displai": "x"}]);
    let mut sent = patch(json!([
        {"op": "add", "path": "phoneNumbers", "value": number, "vaule": 5},
        {"op": "replace", "value": {"name": {"givenNam": "G."}, "urn:example:other": {"a": 1}}},
        {"op": "replace", "path": "title", "value": "Admiral"},
    ]));
    sent["Operation"] = json!([]);
    for (method, path, body) in [
        ("PATCH", path.clone(), sent.clone()),
        (
            "POST",
            format!("{}/Bulk", root(&hub)),
            bulk(json!({"method": "PATCH", "data": sent.to_string(),
                "path": below(&path)})),
        ),
    ] {
        hub.call("DELETE", "/_sim/v1/requests", &Value::Null);
        hub.call(method, &path, &body).expect(200);
        let expected = [
            ("Operations[0].vaule", json!("Operations[0].value")),
            ("Operation", json!("Operations")),
            (
                "Operations[0].value[0].displai",
                json!("Operations[0].value[0].display"),
            ),
            (
                "Operations[1].value.name.givenNam",
                json!("Operations[1].value.name.givenName"),
            ),
            ("Operations[1].value.urn:example:other", Value::Null),
        ];
        let expected = expected.map(|(sent, instead)| (sent.to_owned(), instead));
        assert_eq!(passed_over(&hub), expected, "{method}");
    }
}

#[test]
fn data_of_a_bulk_request_may_be_a_text_as_long_as_a_body() {
    let hub = Hub::start();
    let crew: Vec<Value> = (0..99)
        .map(|_| json!({"type": "work", "locality": "x".repeat(99)}))
        .collect();
    let mut user = body();
    user["addresses"] = json!(crew);
    let data = user.to_string();
    assert!(data.len() > 4096);
    let operation =
        |data: String| json!({"method": "POST", "path": "/Users", "bulkId": "a", "data": data});
    let path = format!("{}/Bulk", root(&hub));
    let done = hub
        .call("POST", &path, &bulk(operation(data)))
        .expect(200)
        .json();
    assert_eq!(done["operations"][0]["status"], "201", "{done}");
    // What stands in it is bounded as in the single request.
    let mut long = body();
    long["title"] = json!("x".repeat(4097));
    let done = hub.call("POST", &path, &bulk(operation(long.to_string())));
    let done = done.expect(200).json()["operations"][0].clone();
    assert_eq!(done["status"], "400", "{done}");
    assert!(
        done.to_string()
            .contains("title must be at most 4096 characters"),
        "{done}"
    );
    let mut wrong = bulk(operation(String::new()));
    wrong["operations"][0]["bulkId"] = json!("x".repeat(4097));
    let refused = hub.call("POST", &path, &wrong).expect(400);
    assert!(
        refused
            .text
            .contains("operations[0].bulkId must be at most"),
        "{}",
        refused.text
    );
}
