//! Searches: filters, attributes, groups of users.

use serde_json::json;

use super::{ENTERPRISE, USER, base, grace, names, root, text, uuid_of};
use crate::support::{ADA, Hub};

const GRACE: &str = "grace@harbour.example";

fn with_query(path: &str, pairs: &[(&str, &str)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish();
    format!("{path}?{query}")
}

#[test]
fn a_filter_finds_whom_it_describes() {
    let hub = Hub::start();
    let id = grace(&hub)["id"].clone();
    for (filter, found) in [
        ("userName eq \"grace@harbour.example\"", true),
        ("username Eq \"GRACE@harbour.example\"", true),
        (
            "userName sw \"grace\" and not (department eq \"Navy\")",
            false,
        ),
        (
            "(userName sw \"x\" or userName sw \"grace\") and department eq \"navy\"",
            true,
        ),
        (
            "phoneNumbers [ type eq \"work\" and value eq \"400 123 1234\"]",
            true,
        ),
        (
            "phoneNumbers[type eq \"mobile\" and value eq \"400 123 1234\"]",
            false,
        ),
        (
            "phoneNumbers.type eq \"work\" and name.givenName eq \"Grace\"",
            true,
        ),
        ("emails[type eq \"work\" and value sw \"grace\"]", true),
        (
            "name[familyName ew \"PER\" and givenName eq \"Grace\"]",
            true,
        ),
        ("name[familyName eq \"nobody\"]", false),
        (
            "urn:ietf:params:scim:schemas:core:2.0:User:name.familyName ew \"PER\"",
            true,
        ),
        (
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq \"Navy\"",
            true,
        ),
        ("costCenter eq \"7\"", false),
        ("email.value eq \"grace@harbour.example\"", true),
        ("email[value sw \"grace\"]", true),
        ("externalId eq \"hr-7\" and displayName ew \"hopper\"", true),
    ] {
        let path = with_query(&base(&hub), &[("filter", filter)]);
        let list = hub.get(&path).expect(200).json();
        assert_eq!(names(&list).contains(&GRACE), found, "{filter}");
    }
    let organization = root(&hub).replace("/identity/scim/", "").replace("/v2", "");
    let everybody = format!(
        "urn:scim:schemas:extension:cisco:webexidentity:2.0:User:meta.organizationId eq \"{organization}\""
    );
    let path = with_query(&base(&hub), &[("filter", &everybody)]);
    assert_eq!(hub.get(&path).expect(200).json()["totalResults"], 4);
    let manager = json!([{"op": "add", "path": format!("{ENTERPRISE}:manager"), "value": id}]);
    let ada = format!("{}/{}", base(&hub), uuid_of(&hub, ADA));
    let ada = hub
        .call("PATCH", &ada, &super::patch(manager))
        .expect(200)
        .json();
    assert_eq!(ada[ENTERPRISE]["manager"]["displayName"], "Grace Hopper");
    let path = with_query(
        &base(&hub),
        &[("filter", "manager.displayName eq \"grace hopper\"")],
    );
    assert_eq!(names(&hub.get(&path).expect(200).json()), [ADA]);
}

#[test]
fn a_filter_that_says_nothing_is_refused() {
    let hub = Hub::start();
    for filter in [
        "shoes eq \"5\"",
        "userName co \"a\"",
        "userName eq",
        "(userName eq \"a\"",
        "not userName eq \"a\"",
        "phoneNumbers[shoes eq \"a\"]",
        &"(".repeat(500),
        &"userName eq \"a\" and ".repeat(60),
    ] {
        let path = with_query(&base(&hub), &[("filter", filter)]);
        let error = hub.get(&path).expect(400).json();
        assert_eq!(error["scimType"], "invalidFilter", "{filter}: {error}");
    }
}

#[test]
fn only_the_attributes_that_are_asked_for_are_shown() {
    let hub = Hub::start();
    grace(&hub);
    let shown = |name: &str, value: &str| {
        let filter = ("filter", "userName sw \"grace\"");
        let path = with_query(&base(&hub), &[filter, (name, value)]);
        hub.get(&path).expect(200).json()["Resources"][0].clone()
    };
    let keys = |value: &serde_json::Value| {
        let keys = value.as_object().expect("an object").keys();
        keys.map(String::to_owned).collect::<Vec<_>>()
    };
    let one = shown("attributes", "userName,department,name.givenName");
    assert_eq!(one["name"], json!({"givenName": "Grace"}));
    assert_eq!(one[ENTERPRISE], json!({"department": "Navy"}));
    assert_eq!(one["userName"], GRACE);
    let mut expected = ["schemas", "id", "userName", "name", ENTERPRISE].map(str::to_owned);
    let mut found = keys(&one);
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
    let core = shown("attributes", USER);
    assert_eq!(core["title"], "Admiral");
    assert_eq!(core.get(ENTERPRISE), None);
    let company = shown("attributes", &format!("{ENTERPRISE}:department"));
    assert_eq!(company[ENTERPRISE], json!({"department": "Navy"}));
    let rest = shown("excludedAttributes", "title,phoneNumbers.primary,id");
    assert_eq!(rest.get("title"), None);
    assert_eq!(
        rest["phoneNumbers"],
        json!([{"type": "work", "value": "400 123 1234", "display": "desk"}])
    );
    assert!(rest["id"].is_string(), "the id always returns");
}

#[test]
fn users_show_their_groups_where_these_are_asked_for() {
    let hub = Hub::start();
    let ada = uuid_of(&hub, ADA);
    for (name, usage) in [("Crew", "policy"), ("Deck", "location")] {
        let group = json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": name,
            "members": [{"value": ada}],
            "urn:scim:schemas:extension:cisco:webexidentity:2.0:Group": {"usage": usage},
        });
        hub.call("POST", &format!("{}/Groups", root(&hub)), &group)
            .expect(201);
    }
    let groups = |pairs: &[(&str, &str)]| {
        let path = with_query(&base(&hub), pairs);
        let list = hub.get(&path).expect(200).json();
        let users = list["Resources"].as_array().expect("users").clone();
        let ada = users.into_iter().find(|user| user["userName"] == ADA);
        ada.expect("Ada")["groups"].clone()
    };
    assert_eq!(groups(&[]), json!(null));
    let both = groups(&[("returnGroups", "true")]);
    assert_eq!(both.as_array().map(Vec::len), Some(2));
    let named = groups(&[
        ("includeGroupDetails", "true"),
        ("groupUsageTypes", "location"),
    ]);
    assert_eq!(named[0]["display"], "Deck");
    let address = text(&named[0]["$ref"]).replace(&hub.server.url(), "");
    assert_eq!(hub.get(&address).expect(200).json()["displayName"], "Deck");
}

#[test]
fn groups_are_filtered_by_every_operator_that_an_attribute_has() {
    let hub = Hub::start();
    let path = format!("{}/Groups", root(&hub));
    let schema = "urn:ietf:params:scim:schemas:core:2.0:Group";
    let ada = uuid_of(&hub, ADA);
    for (name, external, members) in [
        ("Sales", json!("ad-1"), json!([{"value": ada}])),
        ("Night sales", json!(null), json!([])),
        ("Anchor", json!("ad-2"), json!([])),
    ] {
        let group = json!({"schemas": [schema], "displayName": name, "externalId": external,
            "members": members});
        hub.call("POST", &path, &group).expect(201);
    }
    let asked = |filter: &str| hub.get(&with_query(&path, &[("filter", filter)]));
    for (filter, count) in [
        ("displayName co \"SALES\"", 2),
        ("displayName ne \"Sales\"", 2),
        ("displayName pr", 3),
        ("displayName sw \"a\" or displayName ew \"sales\"", 3),
        ("not (displayName co \"a\")", 0),
        ("externalId pr", 2),
        ("not (externalId pr)", 1),
        ("usage eq \"policy\"", 3),
        (&format!("members.value ne \"{ada}\""), 2),
        (&format!("members[value eq \"{ada}\"]"), 1),
        ("members.value pr", 1),
        ("meta.created gt \"2026-01-01T00:00:00Z\"", 3),
        ("meta.lastModified lt \"2026-01-01T01:00:00+01:00\"", 0),
        (
            "meta.created ge \"2026-03-02T09:00:00Z\" and meta.created le \"2026-03-02T09:00:00Z\"",
            3,
        ),
    ] {
        let found = asked(filter).expect(200).json();
        assert_eq!(found["totalResults"], count, "{filter}");
    }
    for (filter, word) in [
        ("displayName gt \"a\"", "no operator of displayName"),
        ("members.value co \"a\"", "no operator of members.value"),
        ("meta.created gt \"shoes\"", "compared with a time"),
        ("description eq \"x\"", "no attribute to filter by"),
    ] {
        let error = asked(filter).expect(400).json();
        assert_eq!(error["scimType"], "invalidFilter", "{filter}");
        assert!(text(&error["detail"]).contains(word), "{filter}: {error}");
    }
}
