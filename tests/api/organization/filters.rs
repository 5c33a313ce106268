//! Filters and searches of lists of Contact Center.

use serde_json::json;

use super::{AMARA, LUCIAN, SITE, service, user};
use crate::support::Hub;

fn address(list: &str, parameter: &str, text: &str) -> String {
    let text: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
    format!("/organization/me/{list}?{parameter}={text}")
}

fn count(hub: &Hub, list: &str, filter: &str) -> usize {
    let page = hub.get(&address(list, "filter", filter)).expect(200).json();
    page["data"].as_array().expect("items").len()
}

/// Proves: DEC-161
#[test]
fn filters_are_joined_by_signs_and_words_grouped_and_have_wildcards() {
    let hub = service();
    let amara = user(&hub, AMARA);
    let team = json!({"name": "Care Team", "siteId": SITE, "teamType": "AGENT", "active": true,
        "teamStatus": "IN_SERVICE", "rankQueuesForTeam": false, "userIds": [amara["id"]]});
    hub.call("POST", "/organization/me/team", &team).expect(201);
    let id = amara["id"].as_str().expect("an id");
    for (list, filter, found) in [
        (
            "v2/user",
            "firstName==\"Amara\" or firstName==\"Lucian\"",
            2,
        ),
        ("v2/user", "firstName==Amara,firstName==Lucian", 2),
        ("v2/user", "(firstName==\"Amara\")", 1),
        ("v2/user", "firstName==Ama*", 1),
        ("v2/user", "firstName==^AMA*", 1),
        ("v2/user", "firstName==AMA*", 0),
        ("v2/user", "firstName==Amara and active==true", 1),
        (
            "v2/user",
            "(firstName==Amara,firstName==Lucian);active==false",
            0,
        ),
        ("v2/user", "id!=x;(firstName=in=(Amara,'Lucian'))", 2),
        (
            "v2/user",
            "version>=0;siteId=isnull='';firstName=like=mar",
            1,
        ),
        ("v2/user", "teamIds=notnull=''", 1),
        ("v2/team", "name==Care*", 1),
        ("v2/team", "name==\"Care Team\"", 1),
        ("v2/team", "teamType==CAPACITY", 0),
        ("v2/team", &format!("userId=={id}"), 1),
        ("v2/team", &format!("userId!={id}"), 0),
        ("v3/user-profile", "profileType==*ADMIN* or name==*", 4),
        ("v3/user-profile", "systemDefault==true", 4),
    ] {
        assert_eq!(count(&hub, list, filter), found, "{list} {filter}");
    }
    let first = address("user", "filter", &format!("id=={id}"));
    let first = hub.get(&first).expect(200).json();
    assert_eq!(first.as_array().map(Vec::len), Some(1));
}

/// Requests that are refused: the list, the parameter, its value, and a word of the answer.
const REFUSED: &[(&str, &str, &str, &str)] = &[
    (
        "v2/user",
        "filter",
        "zz==1",
        "\"zz\" is no field to filter by",
    ),
    (
        "v2/user",
        "filter",
        "firstname==1",
        "did you mean firstName?",
    ),
    ("v2/user", "filter", "id==", "a value is missing after id=="),
    ("v2/user", "filter", "id==1 or", "a field is missing"),
    ("v2/user", "filter", "(id==1", "a ) is missing"),
    ("v2/user", "filter", "id==1)", "joins nothing"),
    (
        "v2/user",
        "filter",
        "firstName==Amara Diaz",
        "stands in quotes",
    ),
    (
        "v2/user",
        "filter",
        "firstName==\"Amara",
        "quote is not closed",
    ),
    ("v2/user", "filter", "firstName", "no operator"),
    ("v2/user", "filter", "firstName=zz=1", "no operator"),
    ("v2/user", "filter", "active==maybe", "true or false"),
    ("v2/user", "filter", "version==one", "must be a number"),
    (
        "v2/user",
        "filter",
        "createdTime>1",
        "no field to filter by",
    ),
    (
        "v2/user",
        "filter",
        "dynamicSkills==x",
        "no field to filter by",
    ),
    ("user", "filter", "firstName==Amara", "these are: id"),
    ("v2/team", "filter", "userIds==x", "no field to filter by"),
    (
        "v3/user-profile",
        "filter",
        "permissions==x",
        "no field to filter by",
    ),
    (
        "v2/user",
        "search",
        "field==\"zz\";value==\"a\"",
        "not searched",
    ),
    ("v2/team", "search", "value==a", "field and value"),
];

#[test]
fn what_is_no_filter_of_a_list_is_refused_with_what_is_wrong() {
    let hub = service();
    let deep = "(".repeat(500);
    let deep = ("v2/user", "filter", deep.as_str(), "in each other");
    for (list, parameter, text, word) in REFUSED.iter().copied().chain([deep]) {
        let refused = hub.get(&address(list, parameter, text)).expect(400).json();
        let error = &refused["error"];
        assert_eq!(error["key"], "400", "{text}");
        let told = error["message"][0]["description"]
            .as_str()
            .unwrap_or_default();
        assert!(told.contains(word), "{text}: {told}");
    }
    let lucian = address(
        "v2/user",
        "search",
        "fields=in=(\"email\");value==\"LUCIAN\"",
    );
    let found = hub.get(&lucian).expect(200).json();
    assert_eq!(found["data"][0]["email"], LUCIAN);
}
