//! Who reads, changes a field and writes all back: what they read is no mistake, what they
//! misspell is.

use std::collections::BTreeMap;

use hubsim::catalog;
use hubsim::http::operation::{Method, Space};
use serde_json::{Value, json};

use crate::support::Hub;

const UNMATCHED: &str = "/_sim/v1/requests/unmatched";

/// The fields that are listed as meaning nothing, and what is suggested for them.
fn passed_over(hub: &Hub) -> Vec<(String, Option<String>)> {
    let listed = hub.get(UNMATCHED).expect(200).json();
    let items = listed["items"].as_array().expect("items").iter();
    let told = items.flat_map(|item| item["suggestions"].as_array().expect("a list"));
    let text = |value: &Value| value.as_str().map(str::to_owned);
    told.map(|one| (text(&one["sent"]).expect("a name"), text(&one["instead"])))
        .collect()
}

/// The ids of the things of a scenario, by the names that parameters of paths have.
fn ids(hub: &Hub) -> BTreeMap<&'static str, Vec<String>> {
    let lists = [
        ("personId", "/v1/people?max=100", "items"),
        ("locationId", "/v1/locations", "items"),
        ("workspaceId", "/v1/workspaces", "items"),
        ("orgId", "/v1/organizations", "items"),
        ("webhookId", "/v1/webhooks", "items"),
        ("groupId", "/v1/groups", "groups"),
        (
            "virtualLineId",
            "/v1/telephony/config/virtualLines",
            "virtualLines",
        ),
        ("deviceId", "/v1/devices", "items"),
    ];
    let found = lists.iter().map(|(name, path, envelope)| {
        let listed = hub.get(path).json();
        let items = listed[*envelope].as_array().cloned().unwrap_or_default();
        let ids = items.iter().filter_map(|item| item["id"].as_str());
        (*name, ids.map(str::to_owned).collect())
    });
    found.collect()
}

/// The path of an operation with the first of the ids with which it can be read, and what is read.
fn read(hub: &Hub, path: &str, ids: &BTreeMap<&str, Vec<String>>) -> Option<(String, Value)> {
    let (start, name) = path.split_once('{').unwrap_or((path, ""));
    let (name, rest) = name.split_once('}').unwrap_or(("", ""));
    let filled: Vec<String> = match name {
        "" => vec![path.to_owned()],
        "org" => vec![format!("{start}me{rest}")],
        name => {
            let ids = ids.get(name).into_iter().flatten().take(20);
            ids.map(|id| format!("{start}{id}{rest}")).collect()
        }
    };
    filled.into_iter().find_map(|path| {
        if path.contains('{') {
            return read(hub, &path, ids);
        }
        let answer = hub.get(&path);
        (answer.status == 200).then(|| (path, answer.json()))
    })
}

#[test]
fn what_a_get_answered_is_no_slip_of_the_pen_in_a_put() {
    let hub = Hub::with_scenario("demo");
    let ids = ids(&hub);
    let table = catalog::table();
    let read_at = |path: &str| {
        let mut rows = table.operations.iter();
        rows.any(|row| row.method == Method::Get && row.path == path)
    };
    let rows = table.operations.iter().filter(|row| {
        let is_public = matches!(row.space, Space::Webex | Space::Hub);
        row.method == Method::Put && is_public && read_at(row.path)
    });
    let (mut tried, mut wrong) = (0, Vec::new());
    for row in rows {
        let Some((path, body)) = read(&hub, row.path, &ids) else {
            continue;
        };
        hub.call("DELETE", "/_sim/v1/requests", &Value::Null);
        hub.call("PUT", &path, &body);
        tried += 1;
        let found = passed_over(&hub);
        if !found.is_empty() {
            wrong.push((row.id, found));
        }
    }
    assert_eq!(wrong, [], "of {tried}");
    assert!(tried >= 30, "{tried} pairs were tried");
}

#[test]
fn a_misspelt_field_is_listed_behind_all_that_was_only_read() {
    let hub = Hub::with_scenario("demo");
    let people = hub.get("/v1/people?max=100").expect(200).json();
    let people = people["items"].as_array().expect("people");
    let path = format!("/v1/people/{}", people[0]["id"].as_str().expect("an id"));
    let mut body = hub.get(&path).expect(200).json();
    body["titel"] = json!("x");
    body["departmnt"] = json!("y");
    hub.call("DELETE", "/_sim/v1/requests", &Value::Null);
    hub.call("PUT", &path, &body).expect(200);
    let found = passed_over(&hub);
    let expected = [("titel", "title"), ("departmnt", "department")];
    for (sent, instead) in expected {
        let named = (sent.to_owned(), Some(instead.to_owned()));
        assert!(found.contains(&named), "{sent}: {found:?}");
    }
    assert_eq!(found.len(), expected.len(), "{found:?}");
}
