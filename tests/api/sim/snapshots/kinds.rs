//! Each kind of object that a document brings is held to bounds: texts and lists that nobody could
//! have sent, values that no request takes, and tasks of one organisation about another.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{bring, fetch, take};
use crate::support::Hub;
use crate::v1::telephony::jobs::JOBS;

/// The demo's world as a document.
fn demo() -> (Hub, Value) {
    let hub = Hub::with_scenario("demo");
    take(&hub, "good").expect(201);
    let good = fetch(&hub, "good");
    (hub, good)
}

fn objects(document: &Value) -> impl Iterator<Item = &Value> {
    document["objects"].as_array().expect("objects").iter()
}

fn of_kind<'a>(document: &'a Value, kind: &str) -> &'a Value {
    let mut found = objects(document).filter(|object| object[0] == *kind);
    found.next().expect(kind)
}

/// A document in which an object is another one, or stands beside the others.
fn with(document: &Value, object: &Value) -> Value {
    let mut document = document.clone();
    let all = document["objects"].as_array_mut().expect("objects");
    all.retain(|it| (&it[0], &it[1]) != (&object[0], &object[1]));
    all.push(object.clone());
    document
}

/// Whether a document is refused, and what is said of it.
fn refused(hub: &Hub, document: &Value) -> String {
    let answer = bring(hub, "?name=bad", document).expect(400);
    answer.json()["detail"].to_string()
}

/// Values that no request takes: kind, where in the object, value, and what is said of it.
fn beyond() -> Vec<(&'static str, &'static str, Value, &'static str)> {
    let long = || json!("x".repeat(300));
    let author = json!({"actor": {"name": "a", "email": "", "roles": []}, "trackingId": "t"});
    let due = "2026-03-02T09:00:30.000Z";
    let handed = |email: &str, state: &str| -> Value {
        json!({"email": email, "author": author, "due": due, "state": state})
    };
    vec![
        ("floor", "/displayName", long(), "longer than 256"),
        ("workspace", "/type", json!("castle"), "is none of"),
        (
            "workspace",
            "/callingType",
            json!("telepathy"),
            "is none of",
        ),
        (
            "workspace",
            "/hotdeskingStatus",
            json!("maybe"),
            "is none of",
        ),
        (
            "workspace",
            "/displayName",
            json!("a<b"),
            "must not contain",
        ),
        (
            "workspace",
            "/personalization",
            handed("nobody", "done"),
            "personalization.email",
        ),
        (
            "workspace",
            "/personalization",
            handed("a@quillhaven.example", "underWay"),
            "must have a timer",
        ),
        ("webhook", "/resource", json!("everything"), "is none of"),
        ("webhook", "/targetUrl", json!("nowhere"), "targetUrl"),
        ("location", "/timeZone", json!("Mars/Olympus"), "timeZone"),
        ("location", "/latitude", json!("91"), "latitude"),
        ("person", "/title", long(), "title"),
        ("group", "/displayName", json!(" "), "must not be empty"),
        ("group", "/usage", long(), "usage"),
        ("device", "/model", json!("Telex"), "is not supported"),
        ("device", "/product", json!("Telex"), "those of the model"),
        ("device", "/tags", json!(vec!["x"; 101]), "at most 100 tags"),
        (
            "license",
            "/totalUnits",
            json!(i64::MAX),
            "totalUnits must be",
        ),
        ("customRole", "/name", json!("a%b"), "no special characters"),
        ("contactCenterTeam", "/name", long(), "name"),
        ("userProfile", "/name", json!("%"), "name must have"),
        (
            "organization",
            "/settings/inactiveUserRetentionDays",
            json!(1),
            "must be 30 to 90",
        ),
    ]
}

#[test]
fn a_value_that_no_request_takes_is_refused_by_object_and_field() {
    let (hub, good) = demo();
    let revision = hub.revision();
    for (kind, field, value, says) in beyond() {
        let mut object = of_kind(&good, kind).clone();
        let (above, name) = field.rsplit_once('/').expect("a field");
        let fields = object[2].pointer_mut(above).expect("fields");
        fields[name] = value;
        let detail = refused(&hub, &with(&good, &object));
        for part in [kind, object[1].as_str().expect("an id"), says] {
            assert!(detail.contains(part), "{kind}{field}: {detail}");
        }
    }
    assert_eq!(hub.revision(), revision);
}

/// Kinds whose texts say what became of work or stand in files, and are as long as that needs.
const LONG: [&str; 3] = ["task", "report", "billingReport"];

#[test]
fn no_kind_has_a_text_that_no_body_could_have() {
    let (hub, good) = demo();
    let mut texts = BTreeMap::new();
    for object in objects(&good) {
        let kind = object[0].as_str().expect("a kind");
        let fields = object[2].as_object().into_iter().flatten();
        let mut text = fields.filter(|(_, value)| value.is_string()).map(|it| it.0);
        if let Some(field) = text.next_back().filter(|_| !LONG.contains(&kind)) {
            texts.entry(kind).or_insert((object, field));
        }
    }
    assert!(texts.len() > 15, "{:?}", texts.keys());
    for (kind, (object, field)) in texts {
        let mut object = object.clone();
        object[2][field] = json!("x".repeat(5000));
        let detail = refused(&hub, &with(&good, &object));
        assert!(!detail.is_empty(), "{kind}");
    }
}

/// The demo with a second organisation beside it, and jobs that wait.
fn with_strangers() -> (Hub, Value) {
    let hub = Hub::with_scenario("demo");
    let numbers = json!({
        "operation": "MOVE", "targetLocationId": hub.location("Austin"),
        "numberList": [{"locationId": hub.location("San Jose HQ"),
            "numbers": ["+16695550192", "+16695550193"]}],
    });
    let joaquin = "/v1/people?email=joaquin.thornfield@quillhaven.example";
    let joaquin = hub.get(joaquin).expect(200).json()["items"][0]["id"].clone();
    let users = json!({"usersList": [{"locationId": hub.location("Boston"), "validate": false,
        "users": [{"userId": joaquin, "extension": "7105"}]}]});
    for (kind, body) in [
        ("numbers/manageNumbers", numbers),
        ("person/moveLocation", users),
    ] {
        hub.call("POST", &format!("{JOBS}/{kind}"), &body)
            .expect(201);
    }
    take(&hub, "good").expect(201);
    let mut good = fetch(&hub, "good");
    let task = of_kind(&good, "task").clone();
    let own = task[2]["organization"].clone();
    let is_own =
        |object: &&Value, kind: &str| object[0] == *kind && object[2]["organization"] == own;
    let mut organization = objects(&good)
        .find(|it| it[0] == "organization" && it[1] == own)
        .expect("the organization")
        .clone();
    organization[1] = json!(ORGANIZATION);
    organization[2]["name"] = json!("Strangers");
    organization[2]["announcements"] = json!([]);
    organization[2]["managedBy"] = Value::Null;
    let copy = |kind: &str, id: &str| {
        let without_calling = |it: &&Value| {
            is_own(it, kind) && it[2]["calling"].is_null() && it[2]["licenses"].is_null()
        };
        let mut found = objects(&good).find(without_calling).expect("one").clone();
        found[1] = json!(id);
        found[2]["organization"] = json!(ORGANIZATION);
        found
    };
    let location = copy("location", LOCATION);
    let mut person = objects(&good)
        .find(|it| is_own(it, "person"))
        .expect("one")
        .clone();
    person[1] = json!(PERSON);
    let name = json!("Stranger");
    let email = json!("stranger@elsewhere.example");
    person[2] = json!({"organization": ORGANIZATION, "email": email, "displayName": name,
        "created": person[2]["created"], "lastModified": person[2]["lastModified"]});
    for object in [organization, location, person] {
        good = with(&good, &object);
    }
    (hub, good)
}

const ORGANIZATION: &str = "00000000-0000-4000-8000-00000000000a";
const LOCATION: &str = "00000000-0000-4000-8000-00000000000b";
const PERSON: &str = "00000000-0000-4000-8000-00000000000c";

/// Tasks that could not have been asked for: work, where in the task, value, what is said of it.
fn foreign() -> Vec<(&'static str, &'static str, Value, &'static str)> {
    let foreign = "which is of another organization";
    vec![
        (
            "moveUsers",
            "/job/work/moveUsers/moves/0/location",
            json!(LOCATION),
            foreign,
        ),
        (
            "moveUsers",
            "/job/work/moveUsers/moves/0/person",
            json!(PERSON),
            foreign,
        ),
        (
            "manageNumbers",
            "/job/work/manageNumbers/operation",
            json!({"move": LOCATION}),
            foreign,
        ),
        (
            "manageNumbers",
            "/job/work/manageNumbers/numbers/0/0",
            json!(LOCATION),
            foreign,
        ),
        (
            "manageNumbers",
            "/job/about/source",
            json!(LOCATION),
            foreign,
        ),
        (
            "manageNumbers",
            "/organization",
            json!(ORGANIZATION),
            foreign,
        ),
        (
            "manageNumbers",
            "/organization",
            json!("00000000-0000-4000-8000-00000000000d"),
            "which is not there",
        ),
        ("manageNumbers", "/number", json!(1_u64 << 62), "number:"),
        ("manageNumbers", "/total", json!(3), "total is 3"),
        (
            "manageNumbers",
            "/succeeded",
            json!(4_294_967_295_u32),
            "items are done",
        ),
        (
            "moveUsers",
            "/job/work/moveUsers/moves",
            json!(vec![json!({"person": PERSON}); 101]),
            "",
        ),
    ]
}

#[test]
fn a_task_about_another_organization_is_refused_and_never_carried_out() {
    let (hub, good) = with_strangers();
    bring(&hub, "?name=strangers", &good).expect(201);
    let task = |work: &str| {
        let mut all = objects(&good).filter(|it| it[0] == "task");
        let found = all.find(|it| it[2]["job"]["work"][work].is_object());
        found.expect("a job").clone()
    };
    for (work, field, value, says) in foreign() {
        let mut object = task(work);
        let place = object[2].pointer_mut(field);
        *place.expect(field) = value;
        let detail = refused(&hub, &with(&good, &object));
        for part in ["task", object[1].as_str().expect("an id"), says] {
            assert!(detail.contains(part), "{field}: {detail}");
        }
    }
}
