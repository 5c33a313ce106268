//! A document of which one value is wrong is refused, or is a world that holds together.

use std::collections::{BTreeMap, BTreeSet};

use hubsim::catalog::ENGINE;
use hubsim::model::WebexId;
use hubsim::settings::table::FAMILIES;
use hubsim::world::{Moment, World, check, snapshot};
use serde_json::{Value, json};
use uuid::Uuid;

use super::bring;
use crate::support::{ADA, Hub, person_id};

const NOBODY: Uuid = Uuid::from_u128(1);

/// A step into a document: a field or a position.
type Path = Vec<String>;

fn document_of(hub: &Hub) -> Value {
    let world = hub.server.app().default.sandbox.read();
    let taken = snapshot::take(&world, &ENGINE, Moment(0));
    serde_json::to_value(taken).expect("a document")
}

fn restored(document: &Value) -> Result<World, String> {
    let read = snapshot::read(document.to_string().as_bytes());
    let world = read.and_then(|document| snapshot::restore(document, &ENGINE, Moment(0)));
    world.map_err(|error| error.to_string())
}

/// Every value below one, with the way to it.
fn below(value: &Value, way: &Path, found: &mut Vec<(Path, Value)>) {
    let steps: Vec<(String, &Value)> = match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(position, item)| (position.to_string(), item))
            .collect(),
        Value::Object(fields) => fields.iter().map(|(k, v)| (k.clone(), v)).collect(),
        _ => Vec::new(),
    };
    for (step, value) in steps {
        let way: Path = way.iter().cloned().chain([step]).collect();
        found.push((way.clone(), value.clone()));
        below(value, &way, found);
    }
}

/// The first place of each field of each kind: the number of the object, its kind, the way.
fn places(document: &Value) -> Vec<(usize, String, Path, Value)> {
    let mut known = BTreeSet::new();
    let mut places = Vec::new();
    let objects = document["objects"].as_array().expect("objects");
    for (number, object) in objects.iter().enumerate() {
        let kind = object[0].as_str().expect("a kind").to_owned();
        let mut found = Vec::new();
        below(&object[2], &Path::new(), &mut found);
        for (way, value) in found {
            let shape = way.iter().map(|step| match step.parse::<usize>() {
                Ok(_) => "*".to_owned(),
                Err(_) => step.clone(),
            });
            let shape: Vec<String> = shape.collect();
            if known.insert((kind.clone(), shape)) {
                places.push((number, kind.clone(), way, value));
            }
        }
    }
    places
}

fn pointer(number: usize, way: &Path) -> String {
    format!("/objects/{number}/2/{}", way.join("/"))
}

fn with(document: &Value, number: usize, way: &Path, value: Value) -> Value {
    let mut changed = document.clone();
    let place = changed.pointer_mut(&pointer(number, way));
    *place.expect("the place") = value;
    changed
}

/// The demo organisation, with one of everything that names others.
fn demo() -> Hub {
    let hub = Hub::with_scenario("demo");
    let people = hub.get("/v1/people?callingData=true").expect(200).json();
    let (first, second) = (&people["items"][0], &people["items"][1]);
    let mut led = first.clone();
    led["managerId"] = second["id"].clone();
    let path = format!("/v1/people/{}", first["id"].as_str().expect("an id"));
    hub.call("PUT", &format!("{path}?callingData=true"), &led)
        .expect(200);
    let group = json!({"displayName": "Crew", "members": [{"id": first["id"]}]});
    hub.call("POST", "/v1/groups", &group).expect(201);
    let hook = json!({"name": "h", "targetUrl": "http://127.0.0.1:1/", "resource": "people",
        "event": "created"});
    hub.call("POST", "/v1/webhooks", &hook);
    hub
}

#[test]
fn every_id_of_a_document_that_leads_nowhere_is_refused_with_object_and_field() {
    let document = document_of(&demo());
    let objects = document["objects"].as_array().expect("objects").iter();
    let ids: BTreeMap<Uuid, String> = objects
        .map(|object| {
            let id = object[1].as_str().expect("an id").parse().expect("a uuid");
            (id, object[0].to_string())
        })
        .collect();
    let mut looked_at = Vec::new();
    for (number, kind, way, value) in places(&document) {
        let Some(text) = value.as_str().filter(|_| kind != "task") else {
            continue;
        };
        let nowhere = match Uuid::try_parse(text) {
            Ok(id) if ids.contains_key(&id) => NOBODY.to_string(),
            Ok(_) => continue,
            Err(_) => match WebexId::Person.decode(text) {
                Some(id) if ids.contains_key(&id) => WebexId::Person.encode(NOBODY),
                _ => continue,
            },
        };
        // What Contact Center knew when it was last told may be gone since.
        if kind == "contactCenterUser" && way[0] == "known" {
            continue;
        }
        let refused = restored(&with(&document, number, &way, json!(nowhere)));
        let refused = refused.expect_err(&format!("{kind} {way:?}"));
        assert!(
            refused.contains(&kind) && way.iter().any(|step| refused.contains(step)),
            "{kind} {way:?}: {refused}"
        );
        looked_at.push(format!("{kind}.{}", way[0]));
    }
    for named in [
        "person.managerId",
        "person.licenses",
        "person.calling",
        "number.owner",
        "license.subscription",
        "group.members",
        "monitoring.monitoredElements",
        "contactCenterUser.settings",
    ] {
        assert!(
            looked_at.iter().any(|at| at == named),
            "{named}: {looked_at:?}"
        );
    }
}

#[test]
fn any_single_change_is_refused_or_gives_a_world_that_holds_together() {
    let document = document_of(&demo());
    for (number, kind, way, _) in places(&document) {
        for wrong in [Value::Null, json!({}), json!("\u{1F525}"), json!(-1)] {
            let changed = with(&document, number, &way, wrong);
            let Ok(world) = restored(&changed) else {
                continue;
            };
            let found = check::check(&world, ENGINE.checks);
            assert!(found.is_empty(), "{kind} {way:?}: {found:?}");
        }
    }
}

#[test]
fn a_setting_that_says_nothing_is_refused() {
    let hub = Hub::start();
    let document = document_of(&hub);
    let webex_id = person_id(&hub, "full-admin", ADA);
    let ada = WebexId::Person.decode(&webex_id).expect("an id");
    for family in FAMILIES {
        for nothing in [json!({}), (family.default)()] {
            let mut changed = document.clone();
            let objects = changed["objects"].as_array_mut().expect("objects");
            objects.push(json!([family.key, ada, nothing]));
            let refused = bring(&hub, "?name=bad", &changed).expect(400);
            assert!(
                refused.text.contains(family.key),
                "{}: {}",
                family.key,
                refused.text
            );
        }
    }
}

#[test]
fn whoever_reported_to_somebody_who_is_gone_has_no_manager() {
    let hub = demo();
    let people = hub.get("/v1/people?callingData=true").expect(200).json();
    let path = |person: &Value| format!("/v1/people/{}", person["id"].as_str().expect("an id"));
    let mut items = people["items"].as_array().expect("people").iter();
    let led = items.find(|person| person["managerId"].is_string());
    let led = path(led.expect("somebody with a manager"));
    let manager = hub.get(&led).expect(200).json()["managerId"].clone();
    let manager = format!("/v1/people/{}", manager.as_str().expect("an id"));
    hub.call("DELETE", &manager, &Value::Null).expect(204);
    let left = hub.get(&led).expect(200).json();
    assert_eq!(left.get("managerId"), None, "{left}");
}
