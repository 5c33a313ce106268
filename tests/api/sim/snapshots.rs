//! `/_sim/v1/snapshots`

mod beyond;
mod kinds;
mod references;
mod released;

use hubsim::world::{Moment, World, snapshot};
use serde_json::{Value, json};

use crate::hub::firm::{CALLERS, Firm, KEY};
use crate::support::{ADA, Answer, Hub, START, person_id};

const ANN: &str = CALLERS[0];
const SNAPSHOTS: &str = "/_sim/v1/snapshots";

fn take(hub: &Hub, name: &str) -> Answer {
    hub.call("POST", SNAPSHOTS, &json!({"name": name}))
}

fn load(hub: &Hub, name: &str, query: &str) -> Answer {
    let path = format!("{SNAPSHOTS}/{name}/load{query}");
    hub.call("POST", &path, &Value::Null)
}

fn fetch(hub: &Hub, name: &str) -> Value {
    let answer = hub.get(&format!("{SNAPSHOTS}/{name}")).expect(200);
    answer.json()
}

fn bring(hub: &Hub, query: &str, document: &Value) -> Answer {
    hub.call("POST", &format!("{SNAPSHOTS}{query}"), document)
}

fn delete_ada(hub: &Hub) -> String {
    let id = person_id(hub, "full-admin", ADA);
    let path = format!("/v1/people/{id}");
    hub.call("DELETE", &path, &Value::Null).expect(204);
    path
}

fn people(hub: &Hub) -> String {
    hub.get("/v1/people?callingData=true").expect(200).text
}

/// Everything there is, as bytes.
fn bytes(world: &World) -> String {
    let document = snapshot::take(world, &hubsim::catalog::ENGINE, Moment(0));
    serde_json::to_string(&document).expect("a document")
}

/// What the last step of the history says.
fn last_summary(hub: &Hub) -> String {
    let steps = hub.pages("/_sim/v1/history", "items");
    steps.last().expect("a step")["summary"]
        .as_str()
        .expect("a summary")
        .to_owned()
}

#[test]
fn the_history_tells_which_snapshot_was_loaded_and_only_what_it_changed() {
    let hub = Hub::with_scenario("demo");
    take(&hub, "clean").expect(201);
    load(&hub, "clean", "").expect(200);
    let told = r#"loaded the snapshot "clean"; no object changed"#;
    assert_eq!(last_summary(&hub), told);
    // One that came in as a document shares nothing with what is there.
    let document = fetch(&hub, "clean");
    bring(&hub, "?name=again", &document).expect(201);
    load(&hub, "again", "").expect(200);
    let told = r#"loaded the snapshot "again"; no object changed"#;
    assert_eq!(last_summary(&hub), told);
    let room = json!({"displayName": "Fern"});
    hub.call("POST", "/v1/workspaces", &room).expect(201);
    load(&hub, "again", "").expect(200);
    let told = r#"loaded the snapshot "again"; deleted workspace Fern"#;
    assert_eq!(last_summary(&hub), told);
    hub.call("POST", "/_sim/v1/undo", &Value::Null).expect(200);
    hub.find("/v1/workspaces?max=1000", "displayName", "Fern");
}

#[test]
fn a_snapshot_brings_back_what_was_destroyed_since() {
    let hub = Hub::start();
    let before = people(&hub);
    let taken = take(&hub, "before").expect(201).json();
    assert_eq!(
        (&taken["name"], &taken["createdAt"]),
        (&json!("before"), &json!(START))
    );
    assert_eq!(taken["revision"], hub.revision());
    let ada = delete_ada(&hub);
    hub.get(&ada).expect(404);
    let revision = hub.revision();
    let loaded = load(&hub, "before", "").expect(200).json();
    assert_eq!(
        loaded["revision"],
        revision + 1,
        "a load is a commit: the revision rises"
    );
    assert_eq!(loaded["diff"]["created"][0]["name"], "Ada Lovelace");
    assert_eq!(people(&hub), before, "byte by byte");
    assert_eq!(hub.revision(), revision + 1);
    hub.call("POST", "/_sim/v1/undo", &Value::Null).expect(200);
    hub.get(&ada).expect(404);
    hub.call("POST", "/_sim/v1/redo", &Value::Null).expect(200);
    hub.get(&ada).expect(200);
}

#[test]
fn the_same_requests_after_a_load_leave_the_same_bytes() {
    let hub = Hub::start();
    take(&hub, "start").expect(201);
    let body = json!({"emails": ["new@harbour.example"], "displayName": "New"});
    let run = || {
        let created = hub.call("POST", "/v1/people", &body).expect(200).text;
        hub.call("POST", "/_sim/v1/clock/advance", &json!({"by": "P1D"}))
            .expect(200);
        (
            created,
            people(&hub),
            hub.get("/_sim/v1/clock").expect(200).text,
        )
    };
    let first = run();
    load(&hub, "start", "").expect(200);
    assert_eq!(
        hub.get("/_sim/v1/clock").json()["now"],
        START,
        "the clock goes back too"
    );
    assert_eq!(run(), first);
}

#[test]
fn a_dry_run_lists_what_a_load_would_delete_and_changes_nothing() {
    let hub = Hub::start();
    take(&hub, "before").expect(201);
    let body = json!({"emails": ["new@harbour.example"], "displayName": "New Comer"});
    hub.call("POST", "/v1/people", &body).expect(200);
    hub.call("POST", "/_sim/v1/clock/advance", &json!({"by": "PT1H"}))
        .expect(200);
    let sandbox = &hub.server.app().default.sandbox;
    let world = sandbox.read();
    let tried = load(&hub, "before", "?dryRun=true").expect(200).json();
    assert_eq!(tried["dryRun"], true);
    assert_eq!(tried["revision"], world.revision);
    assert_eq!(
        tried["totals"],
        json!({"created": 0, "updated": 0, "deleted": 2}),
        "the person and the welcome e-mail"
    );
    assert_eq!(tried["diff"]["deleted"][0]["name"], "New Comer");
    assert_eq!(tried["clock"]["now"], START);
    assert!(std::sync::Arc::ptr_eq(&world, &sandbox.read()));
    load(&hub, "before", "?dryRun=perhaps").expect(400);
    let misspelled = load(&hub, "before", "?dryrun=true").expect(400);
    assert!(misspelled.text.contains("dryRun"), "{}", misspelled.text);
    assert!(
        std::sync::Arc::ptr_eq(&world, &sandbox.read()),
        "a slip of the pen loads nothing"
    );
}

#[test]
fn a_document_goes_out_and_comes_into_another_server() {
    let hub = Hub::start();
    take(&hub, "mine").expect(201);
    let document = fetch(&hub, "mine");
    assert_eq!(
        (&document["hubsimSnapshot"], &document["name"]),
        (&json!(1), &json!("mine"))
    );
    let path = delete_ada(&hub);
    assert_eq!(
        fetch(&hub, "mine"),
        document,
        "what was taken does not change"
    );
    let other = Hub::with_scenario("minimal");
    let kept = bring(&other, "", &document).expect(201).json();
    assert_eq!(kept["name"], "mine");
    let objects = document["objects"].as_array().expect("objects").len();
    assert_eq!(kept["objects"], objects);
    assert!(
        kept["bytes"].as_u64() > Some(1000),
        "nothing of it is shared: {kept}"
    );
    assert_eq!(fetch(&other, "mine"), document, "out again as it came in");
    bring(&other, "?name=again", &document).expect(201);
    load(&other, "again", "").expect(200);
    other.get(&path).expect(200);
    assert_eq!(other.get("/_sim/v1/clock").json()["now"], START);
    let mut nameless = document.clone();
    nameless.as_object_mut().expect("an object").remove("name");
    let refused = bring(&other, "", &nameless).expect(400);
    assert!(refused.text.contains("?name="), "{}", refused.text);
}

#[test]
fn a_broken_document_is_refused_with_what_is_wrong_and_nothing_changes() {
    let hub = Hub::start();
    take(&hub, "good").expect(201);
    let good = fetch(&hub, "good");
    let with = |key: &str, value: Value| {
        let mut document = good.clone();
        document[key] = value;
        document
    };
    let mut objects = good["objects"].as_array().expect("objects").clone();
    let is_license = |object: &&mut Value| object[0] == "license";
    let license = objects.iter_mut().find(is_license).expect("a licence");
    license[2]["consumedByUsers"] = json!(7);
    let mut twice = good["objects"].as_array().expect("objects").clone();
    twice.push(twice[0].clone());
    let nobody = "00000000-0000-0000-0000-000000000001";
    let world = hub.server.app().default.sandbox.read();
    for (document, says) in [
        (
            with("hubsimSnapshot", json!(2)),
            "version 2, and this hubsim reads version 1",
        ),
        (with("hubsimSnapshot", json!(0)), "version 0"),
        (with("hubsimSnapshot", json!("one")), "cannot be read"),
        (with("later", json!([])), "unknown field `later`"),
        (
            with("objects", json!([["dragon", nobody, {}]])),
            "unknown kind \"dragon\"",
        ),
        (
            with(
                "timers",
                json!([[START, {"kind": "bomb", "subject": nobody}]]),
            ),
            "\"bomb\"",
        ),
        (
            with(
                "clock",
                json!({"mode": "scaled", "now": START, "scale": -1.0}),
            ),
            "scale",
        ),
        (
            with(
                "clock",
                json!({"mode": "frozen", "now": "1066-10-14T09:00:00Z", "scale": 1.0}),
            ),
            "1066",
        ),
        (with("objects", json!(objects)), "than it counts"),
        (with("objects", json!(twice)), "stands twice"),
        (with("revision", json!(-1)), "`-1`, expected u64"),
    ] {
        let refused = bring(&hub, "?name=bad", &document).expect(400).json();
        let detail = refused["detail"].as_str().expect("a detail");
        assert!(detail.contains(says), "{says}: {detail}");
        assert_eq!(refused["title"], "Snapshot not valid");
    }
    let listed = hub.get(SNAPSHOTS).expect(200).json();
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(1));
    assert!(std::sync::Arc::ptr_eq(
        &world,
        &hub.server.app().default.sandbox.read()
    ));
}

/// A document with its counter of people set anew.
fn counted(good: &Value, people: &Value) -> Value {
    let mut document = good.clone();
    let counters = document["counters"].as_array_mut().expect("counters");
    let person = counters.iter_mut().find(|counter| counter[0] == "person");
    person.expect("a counter of people")[1] = people.clone();
    document
}

#[test]
fn counters_that_would_give_an_id_twice_are_refused() {
    let hub = Hub::start();
    take(&hub, "good").expect(201);
    let good = fetch(&hub, "good");
    let none = {
        let mut document = good.clone();
        document["counters"] = json!([]);
        document
    };
    let twice = {
        let mut document = good.clone();
        let counters = document["counters"].as_array_mut().expect("counters");
        counters.push(json!(["person", 1]));
        document
    };
    let mut late = good.clone();
    late["revision"] = json!(u64::MAX);
    for (document, says) in [
        (none, "must be free"),
        (counted(&good, &json!(0)), "counters: person is 0"),
        (counted(&good, &json!(1)), "counters: person is 1"),
        (counted(&good, &json!(u64::MAX)), "is above"),
        (twice, "person stands there twice"),
        (late, "revision: "),
    ] {
        let refused = bring(&hub, "?name=bad", &document).expect(400);
        assert!(refused.text.contains(says), "{says}: {}", refused.text);
    }
    let ahead = counted(&good, &json!(1000));
    bring(&hub, "?name=ahead", &ahead).expect(201);
}

#[test]
fn a_document_that_names_what_is_not_there_is_refused() {
    let hub = Hub::start();
    take(&hub, "good").expect(201);
    let good = fetch(&hub, "good");
    let objects = good["objects"].as_array().expect("objects");
    let without = |kind: &str| {
        let place = objects.iter().position(|object| object[0] == kind);
        let mut document = good.clone();
        let left = document["objects"].as_array_mut().expect("objects");
        left.remove(place.expect(kind));
        document
    };
    let mut role = good.clone();
    let people = role["objects"].as_array_mut().expect("objects").iter_mut();
    let mut people = people.filter(|object| object[0] == "person");
    people.next().expect("a person")[2]["roles"] = json!(["nope"]);
    let timed = |subject: &Value| {
        let mut document = good.clone();
        let timer = json!({"kind": "subscription.end", "subject": subject});
        document["timers"] = json!([[START, timer]]);
        document
    };
    let person = objects.iter().find(|object| object[0] == "person");
    let person = &person.expect("a person")[1];
    for (document, says) in [
        (without("organization"), "names the organization"),
        (without("subscription"), "names the subscription"),
        (without("location"), "names the location"),
        (role, "which nobody knows"),
        (timed(&json!(uuid::Uuid::nil())), "no such subscription"),
        (timed(person), "no such subscription"),
    ] {
        let refused = bring(&hub, "?name=bad", &document).expect(400);
        assert!(refused.text.contains(says), "{says}: {}", refused.text);
    }
}

#[test]
fn a_choice_that_nobody_would_understand_is_refused() {
    let hub = Hub::start();
    take(&hub, "good").expect(201);
    let good = fetch(&hub, "good");
    for (name, value, says) in [
        ("csv_from_suspended", "los", "it must be kept or lost"),
        ("csv_from_suspendet", "lost", "\"csv_from_suspended\"?"),
        ("edition", "modern", "current or strict-bulk or classic"),
        ("tasks.rowsPerSecond", "fast", "a whole number"),
        ("homeOrganization", "me", "uuid of an organization"),
    ] {
        let mut document = good.clone();
        document["choices"] = json!([[name, value]]);
        let refused = bring(&hub, "?name=bad", &document).expect(400).json();
        let detail = refused["detail"].as_str().expect("a detail");
        assert!(detail.contains(name) && detail.contains(says), "{detail}");
    }
    hub.get("/_sim/v1/snapshots/bad").expect(404);
    let mut sound = good;
    sound["choices"] = json!([["csv_from_suspended", "lost"], ["edition", "strict-bulk"]]);
    bring(&hub, "?name=sound", &sound).expect(201);
    load(&hub, "sound", "").expect(200);
    let quirks = hub.get("/_sim/v1/quirks").expect(200).json();
    assert_eq!(quirks["edition"], "strict-bulk");
}

#[test]
fn half_a_document_is_refused() {
    let hub = Hub::start();
    take(&hub, "good").expect(201);
    let good = fetch(&hub, "good");
    let cut = good.to_string();
    let cut = cut.split_at(cut.len() / 2).0.to_owned();
    let headers = [("authorization", "Bearer full-admin")];
    let refused = hub.send_text("POST", SNAPSHOTS, &headers, cut);
    assert!(refused.expect(400).text.contains("EOF"), "half a document");
}

#[test]
fn a_newer_form_is_refused_before_anything_else_of_it_is_read() {
    let hub = Hub::start();
    let newer = json!({"hubsimSnapshot": 3, "shards": [{"codec": "zstd"}]});
    let refused = bring(&hub, "?name=newer", &newer).expect(400).json();
    let detail = refused["detail"].as_str().expect("a detail");
    assert!(
        detail.contains("version 3") && detail.contains("reads version 1"),
        "{detail}"
    );
    let scenario = hub.call("POST", "/_sim/v1/scenarios", &newer).expect(400);
    assert!(scenario.text.contains("version 3"), "{}", scenario.text);
}

#[test]
fn names_are_plain_unique_and_suggested_when_misspelled() {
    let hub = Hub::start();
    for bad in ["", "a b", "../up", "-first", "ä", "x/y", &"x".repeat(64)] {
        take(&hub, bad).expect(400);
    }
    hub.call("POST", SNAPSHOTS, &json!({})).expect(400);
    hub.call("POST", SNAPSHOTS, &json!({"name": "a", "comment": "b"}))
        .expect(400);
    hub.call(
        "POST",
        &format!("{SNAPSHOTS}?name=a"),
        &json!({"name": "b"}),
    )
    .expect(400);
    take(&hub, "Release_1.0").expect(201);
    let taken = take(&hub, "Release_1.0").expect(409);
    assert!(taken.text.contains("delete it first"), "{}", taken.text);
    let missing = load(&hub, "Release_1.1", "").expect(404);
    assert!(
        missing.text.contains("Did you mean Release_1.0?"),
        "{}",
        missing.text
    );
    let path = format!("{SNAPSHOTS}/Release_1.0");
    hub.call("DELETE", &path, &Value::Null).expect(204);
    hub.call("DELETE", &path, &Value::Null).expect(404);
    hub.get(&path).expect(404);
    take(&hub, "Release_1.0").expect(201);
}

#[test]
fn there_is_a_most_of_snapshots_and_deleting_makes_room() {
    let hub = Hub::start();
    for number in 0..100 {
        take(&hub, &format!("s{number}")).expect(201);
    }
    let refused = take(&hub, "more").expect(409);
    assert!(refused.text.contains("100 snapshots"), "{}", refused.text);
    let listed = hub.get(&format!("{SNAPSHOTS}?max=3")).expect(200);
    assert_eq!(listed.json()["items"].as_array().map(Vec::len), Some(3));
    assert!(
        listed.header("link").contains("next"),
        "{}",
        listed.header("link")
    );
    hub.call("DELETE", &format!("{SNAPSHOTS}/s7"), &Value::Null)
        .expect(204);
    take(&hub, "more").expect(201);
}

#[test]
fn snapshots_are_their_sandboxs_own_and_survive_a_reset() {
    let hub = Hub::start();
    take(&hub, "mine").expect(201);
    hub.call("POST", "/_sim/v1/sandboxes", &json!({"id": "other"}))
        .expect(201);
    let other =
        |method: &str, path: &str| hub.send_as("full-admin.other", method, path, &Value::Null);
    assert_eq!(
        other("GET", SNAPSHOTS).expect(200).json()["items"],
        json!([])
    );
    other("GET", &format!("{SNAPSHOTS}/mine")).expect(404);
    other("DELETE", &format!("{SNAPSHOTS}/mine")).expect(404);
    other("POST", &format!("{SNAPSHOTS}/mine/load")).expect(404);
    delete_ada(&hub);
    hub.call(
        "POST",
        "/_sim/v1/sandboxes/default/reset?to=empty",
        &Value::Null,
    )
    .expect(200);
    load(&hub, "mine", "").expect(200);
    person_id(&hub, "full-admin", ADA);
}

#[test]
fn a_difference_and_a_new_sandbox_take_the_name_of_a_snapshot() {
    let hub = Hub::start();
    take(&hub, "before").expect(201);
    delete_ada(&hub);
    let diff = "/_sim/v1/sandboxes/default/diff";
    let gone = hub
        .get(&format!("{diff}?from=snapshot:before"))
        .expect(200)
        .json();
    assert_eq!(gone["deleted"][0]["name"], "Ada Lovelace");
    take(&hub, "after").expect(201);
    let back = format!("{diff}?from=snapshot:after&to=snapshot:before");
    assert_eq!(
        hub.get(&back).expect(200).json()["created"][0]["name"],
        "Ada Lovelace"
    );
    hub.get(&format!("{diff}?to=snapshot:nothing")).expect(404);
    let body = json!({"id": "branch", "from": "default@snapshot:before"});
    hub.call("POST", "/_sim/v1/sandboxes", &body).expect(201);
    person_id(&hub, "full-admin.branch", ADA);
}

#[test]
fn a_snapshot_document_is_a_scenario_and_becomes_the_baseline() {
    let hub = Hub::start();
    take(&hub, "whole").expect(201);
    let document = fetch(&hub, "whole");
    let other = Hub::with_scenario("minimal");
    let check = other
        .call("POST", "/_sim/v1/scenarios/check", &document)
        .expect(200);
    assert_eq!(check.json(), json!({"valid": true, "errors": []}));
    let merged = other
        .call("POST", "/_sim/v1/scenarios?mode=merge", &document)
        .expect(400);
    assert!(merged.text.contains("cannot be merged"), "{}", merged.text);
    other
        .call("POST", "/_sim/v1/scenarios", &document)
        .expect(200);
    assert_eq!(
        people(&other),
        people(&hub).replace(&hub.server.url(), &other.server.url())
    );
    delete_ada(&other);
    other
        .call("POST", "/_sim/v1/sandboxes/default/reset", &Value::Null)
        .expect(200);
    person_id(&other, "full-admin", ADA);
}

/// Proves: TASK-07
#[test]
fn a_task_that_had_not_ended_goes_on_after_a_load() {
    let firm = Firm::start();
    let rows = (0..450).map(|at| format!("p{at}@firm.example\n"));
    let text = format!("{KEY}\n{}", rows.collect::<String>());
    let task = firm.submit("addOnly", &text).expect(202).json();
    take(&firm.hub, "running").expect(201);
    let done = firm.finish(&task);
    let ended = bytes(&firm.world());
    let loaded = load(&firm.hub, "running", "").expect(200).json();
    assert_eq!(loaded["tasksResumed"][0]["id"], task["id"]);
    assert_eq!(loaded["tasksDropped"], json!([]));
    let again = firm.finish(&task);
    assert_eq!((again.outcomes, again.task), (done.outcomes, done.task));
    let strip = |text: &str| text.split_once("\"seed\"").map(|(_, rest)| rest.to_owned());
    assert_eq!(
        strip(&bytes(&firm.world())),
        strip(&ended),
        "but for the revision"
    );

    let table = crate::hub::firm::Table::row_of(ANN, &[("Title", "Pilot")]);
    take(&firm.hub, "quiet").expect(201);
    let lost = firm.submit("addOnly", &table.text()).expect(202).json();
    let loaded = load(&firm.hub, "quiet", "").expect(200).json();
    assert_eq!(loaded["tasksDropped"][0]["id"], lost["id"]);
    let path = format!("/tasks/{}", lost["id"].as_str().expect("an id"));
    firm.get(&path).expect(404);
}

#[test]
fn a_document_that_does_not_say_what_it_is_is_refused_with_what_it_lacks() {
    let hub = Hub::start();
    take(&hub, "good").expect(201);
    let mut unmarked = fetch(&hub, "good");
    let fields = unmarked.as_object_mut().expect("an object");
    fields.remove("hubsimSnapshot");
    for query in ["", "?name=mine"] {
        let refused = bring(&hub, query, &unmarked).expect(400);
        let says = "has no \\\"hubsimSnapshot\\\", the version of its form";
        assert!(refused.text.contains(says), "{}", refused.text);
    }
    let listed = hub.get("/_sim/v1/snapshots").expect(200).json();
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(1));
}
