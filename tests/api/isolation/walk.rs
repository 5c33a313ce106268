//! The whole operation table, with the ids of another sandbox.

use std::collections::BTreeSet;

use hubsim::catalog;
use hubsim::http::incoming::Incoming;
use hubsim::http::operation::{Method, Operation};
use serde_json::{Value, json};

use super::{Caller, callers, everything, two_sandboxes};
use crate::support::START;

/// Where a sandbox's ids are found, one for each name that parameters of paths have.
const SOURCES: &[(&str, &str)] = &[
    ("personId", "/v1/people/me"),
    ("orgId", "/v1/organizations"),
    ("locationId", "/v1/locations"),
    ("workspaceId", "/v1/workspaces"),
    ("licenseId", "/v1/licenses"),
    ("roleId", "/v1/roles"),
    ("taskId", "/_hub/v1/organizations/me/tasks"),
    ("trackingId", "/_sim/v1/requests"),
];

/// The first of the ids in an answer.
fn first_id(answer: &Value, key: &str) -> Option<String> {
    let item = match &answer["items"][0] {
        Value::Null => answer,
        item => item,
    };
    let id = item.get(key).or_else(|| item.get("id"))?;
    id.as_str().map(str::to_owned)
}

/// What a path's parameter is called by with the ids of a sandbox.
struct Ids(Vec<(&'static str, String)>);

impl Ids {
    fn of(caller: Caller<'_>) -> Self {
        let found = SOURCES
            .iter()
            .filter_map(|(name, path)| Some((*name, first_id(&caller.get(path), name)?)));
        Self(found.collect())
    }

    fn value(&self, name: &str) -> &str {
        let wanted = match name {
            "org" | "organizationId" => "orgId",
            "objectId" | "memberId" | "userId" => "personId",
            other => other,
        };
        let found = self.0.iter().find(|(known, _)| *known == wanted);
        let person = self.0.iter().find(|(known, _)| *known == "personId");
        found.or(person).map_or("", |(_, id)| id)
    }

    /// A path with these ids in it, and which they are.
    fn fill(&self, operation: &Operation, sandbox: &str) -> (String, Vec<String>) {
        let mut path = operation.path.to_owned();
        let mut sent = Vec::new();
        for name in &operation.params {
            let is_sandbox = *name == "id" && operation.path.starts_with("/_sim/v1/sandboxes/");
            let value = if is_sandbox {
                sandbox
            } else {
                self.value(name)
            };
            path = path.replacen(&format!("{{{name}}}"), value, 1);
            sent.push(value.to_owned());
        }
        (path, sent)
    }
}

/// Every id in a document: long texts without blanks below a key that ends in `id`.
fn ids_in(document: &Value, found: &mut BTreeSet<String>) {
    match document {
        Value::Array(items) => items.iter().for_each(|item| ids_in(item, found)),
        Value::Object(fields) => {
            for (key, value) in fields {
                match value.as_str() {
                    Some(id) if key.to_lowercase().ends_with("id") && id.len() > 20 => {
                        found.insert(id.to_owned());
                    }
                    _ => ids_in(value, found),
                }
            }
        }
        _ => {}
    }
}

/// Every id that a sandbox shows anywhere.
fn shown(caller: Caller<'_>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let ids = Ids::of(caller);
    let rows = catalog::table().operations.iter();
    for operation in rows.filter(|operation| operation.method == Method::Get) {
        let (path, _) = ids.fill(operation, "a");
        let (status, text) = caller.send("GET", &path, &Value::Null);
        if status == 200 {
            ids_in(&serde_json::from_str(&text).unwrap_or_default(), &mut found);
        }
    }
    found
}

fn start_export(caller: Caller<'_>) {
    let path = "/_hub/v1/organizations/me/users/csv/export";
    let (status, text) = caller.send("POST", path, &json!({}));
    assert_eq!(status, 202, "{text}");
}

#[test]
fn no_get_of_the_table_shows_anything_of_another_sandbox() {
    let hub = two_sandboxes();
    let app = hub.server.app();
    let [a, b] = callers(app);
    start_export(a);
    start_export(b);
    let (own, others) = (shown(b), shown(a));
    let secret: BTreeSet<&String> = others.difference(&own).collect();
    assert!(secret.len() > 100, "{} ids are a's alone", secret.len());
    let ids = Ids::of(a);
    assert_eq!(ids.0.len(), SOURCES.len());
    let mut refused = 0;
    let rows = catalog::table().operations.iter();
    for operation in rows.filter(|operation| operation.method == Method::Get) {
        let (path, sent) = ids.fill(operation, "a");
        let (status, text) = b.send("GET", &path, &Value::Null);
        let is_secret = |id: &String| secret.contains(id) || id == "a";
        if sent.iter().any(is_secret) {
            assert!(
                (400..=501).contains(&status),
                "{} {path}: {status} {text}",
                operation.id
            );
            refused += 1;
        }
        for id in secret.iter().filter(|id| !sent.contains(id)) {
            assert!(
                !text.contains(id.as_str()),
                "{} shows {id} of a",
                operation.id
            );
        }
    }
    assert!(refused > 100, "{refused} rows were asked for what is a's");
    for path in ["/_sandbox/a/v1/people", "/_sandbox/a/_sim/v1/ledger"] {
        assert_eq!(b.send("GET", path, &Value::Null).0, 400, "{path}");
    }
}

/// Writes that change something, whatever else does.
const WRITES: &[(&str, &str, &str)] = &[
    (
        "POST",
        "/v1/people",
        r#"{"emails": ["new@quillhaven.example"], "displayName": "New"}"#,
    ),
    ("POST", "/v1/workspaces", r#"{"displayName": "Room"}"#),
    (
        "PUT",
        "/_sim/v1/quirks",
        r#"{"quirks": {"csv_from_suspended": "lost"}}"#,
    ),
    ("PUT", "/_sim/v1/tasks/pace", r#"{"rowsPerSecond": 3}"#),
    (
        "POST",
        "/_sim/v1/faults",
        r#"{"match": {}, "effect": {"status": 500}, "times": 1}"#,
    ),
    ("POST", "/_sim/v1/subscriptions/Sub119911/suspend", "{}"),
    ("POST", "/_sim/v1/snapshots", r#"{"name": "here"}"#),
    ("POST", "/_sim/v1/clock/advance", r#"{"by": "P400D"}"#),
    ("POST", "/_sim/v1/tasks/run", "{}"),
    ("POST", "/_sim/v1/undo", "{}"),
    ("POST", "/_sim/v1/redo", "{}"),
    ("POST", "/_sim/v1/snapshots/here/load", "{}"),
    ("POST", "/_sim/v1/sandboxes/a/reset?to=empty", "{}"),
    ("POST", "/_sim/v1/sandboxes/a/reset", "{}"),
    ("DELETE", "/_sim/v1/requests", ""),
];

/// A document with every truth value turned and every number counted up.
fn turned(document: &Value) -> Value {
    match document {
        Value::Bool(value) => json!(!value),
        Value::Number(number) => number.as_u64().map_or(document.clone(), |n| json!(n + 1)),
        Value::Array(items) => items.iter().map(turned).collect(),
        Value::Object(fields) => {
            let turned = fields
                .iter()
                .map(|(key, value)| (key.clone(), turned(value)));
            Value::Object(turned.collect())
        }
        other => other.clone(),
    }
}

#[test]
fn no_write_of_the_table_changes_anything_of_another_sandbox() {
    let hub = two_sandboxes();
    let app = hub.server.app();
    let [a, b] = callers(app);
    start_export(a);
    start_export(b);
    b.send("POST", "/_sim/v1/snapshots", &json!({"name": "of-b"}));
    let (own, others) = (Ids::of(a), Ids::of(b));
    let untouched = everything(app, "b");
    let begun = everything(app, "a");
    let mut changed = 0;
    let rows = catalog::table().operations.iter();
    let mut rows: Vec<_> = rows.filter(|row| row.method != Method::Get).collect();
    // What is deleted could not be changed any more.
    rows.sort_by_key(|row| row.method == Method::Delete);
    for operation in rows {
        for ids in [&own, &others] {
            // `b` in the path: what is a's own would delete the sandbox that the walk is in.
            let (path, _) = ids.fill(operation, "b");
            let shown = a.send("GET", &path, &Value::Null);
            let shown = (shown.0 == 200)
                .then(|| serde_json::from_str(&shown.1).ok())
                .flatten();
            for body in [json!({}), shown.as_ref().map_or(json!([]), turned)] {
                let (status, _) = a.send(operation.method.name(), &path, &body);
                changed += usize::from((200..300).contains(&status));
            }
        }
    }
    for (method, path, body) in WRITES {
        let (status, text) = a.send_with(method, path, (*body).to_owned(), Incoming::default());
        assert!(
            (200..300).contains(&status),
            "{method} {path}: {status} {text}"
        );
    }
    assert!(changed > 50, "{changed} writes did something");
    assert_ne!(everything(app, "a"), begun);
    assert_eq!(everything(app, "b"), untouched);
    assert_eq!(b.get("/_sim/v1/clock")["now"], START);
}
