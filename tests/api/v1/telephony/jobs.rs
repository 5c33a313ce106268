//! `/v1/telephony/config/jobs`: what all jobs have in common.

mod devices;
mod locations;
mod move_users;
mod numbers;

use serde_json::{Value, json};

use crate::support::{Answer, Hub};

pub const JOBS: &str = "/v1/telephony/config/jobs";
const MOVE: &str = "numbers/manageNumbers";

/// Runs the jobs that wait.
pub fn run(hub: &Hub) {
    hub.call("POST", "/_sim/v1/tasks/run", &Value::Null)
        .expect(200);
}

/// A job, by its kind and its document.
pub fn status(hub: &Hub, kind: &str, job: &Value) -> Value {
    let id = job["id"].as_str().expect("an id");
    hub.get(&format!("{JOBS}/{kind}/{id}")).expect(200).json()
}

/// Status, exit code and counts of a job.
pub fn state(job: &Value) -> (&str, &str, &Value) {
    let text = |name: &str| job[name].as_str().expect("a text");
    (
        text("latestExecutionStatus"),
        text("latestExecutionExitCode"),
        &job["counts"],
    )
}

/// The errors of a job.
pub fn errors(hub: &Hub, kind: &str, job: &Value) -> Vec<Value> {
    let id = job["id"].as_str().expect("an id");
    hub.pages(&format!("{JOBS}/{kind}/{id}/errors"), "items")
}

/// Pauses, resumes or abandons a job.
pub fn act(hub: &Hub, kind: &str, job: &Value, action: &str) -> Answer {
    let id = job["id"].as_str().expect("an id");
    let path = format!("{JOBS}/{kind}/{id}/actions/{action}/invoke");
    hub.call("POST", &path, &Value::Null)
}

/// Asks for numbers to be moved between locations of the demo.
pub fn move_numbers(hub: &Hub, from: &str, to: &str, numbers: &[&str]) -> Answer {
    let body = json!({
        "operation": "MOVE", "targetLocationId": hub.location(to),
        "numberList": [{"locationId": hub.location(from), "numbers": numbers}],
    });
    hub.call("POST", &format!("{JOBS}/{MOVE}"), &body)
}

const FREE: [&str; 2] = ["+16695550192", "+16695550193"];

/// Proves: DEC-100
#[test]
fn a_job_is_paused_resumed_and_abandoned() {
    let hub = Hub::with_scenario("demo");
    let job = move_numbers(&hub, "San Jose HQ", "Austin", &FREE)
        .expect(201)
        .json();
    assert_eq!((state(&job).0, state(&job).1), ("STARTED", "UNKNOWN"));
    act(&hub, MOVE, &job, "resume").expect(409);
    act(&hub, MOVE, &job, "pause").expect(204);
    act(&hub, MOVE, &job, "pause").expect(409);
    run(&hub);
    let waiting = status(&hub, MOVE, &job);
    assert_eq!(
        (state(&waiting).0, state(&waiting).1),
        ("STARTED", "STOPPED")
    );
    assert_eq!(waiting["counts"]["numbersMoved"], 0);
    act(&hub, MOVE, &job, "resume").expect(204);
    run(&hub);
    let done = status(&hub, MOVE, &job);
    assert_eq!(
        (state(&done).0, done["counts"]["numbersMoved"].as_u64()),
        ("COMPLETED", Some(2))
    );
    for action in ["pause", "resume", "abandon"] {
        act(&hub, MOVE, &job, action).expect(409);
    }
    let back = move_numbers(&hub, "Austin", "San Jose HQ", &FREE)
        .expect(201)
        .json();
    act(&hub, MOVE, &back, "pause").expect(204);
    act(&hub, MOVE, &back, "abandon").expect(204);
    run(&hub);
    let ended = status(&hub, MOVE, &back);
    assert_eq!((state(&ended).0, state(&ended).1), ("ABANDONED", "STOPPED"));
    let row = hub.find(
        "/v1/telephony/config/numbers?max=2000",
        "phoneNumber",
        FREE[0],
    );
    assert_eq!(row["location"]["name"], "Austin");
}

#[test]
fn an_undo_over_a_paused_job_tells_the_way_out() {
    let hub = Hub::with_scenario("demo");
    let job = move_numbers(&hub, "San Jose HQ", "Austin", &FREE).expect(201);
    let job = job.json();
    act(&hub, MOVE, &job, "pause").expect(204);
    let undo = || hub.call("POST", "/_sim/v1/undo", &Value::Null);
    let refused = undo().expect(409).json()["detail"].to_string();
    let way = refused.split_once("POST ").expect("a way out").1;
    let cancel = way.split_once(". ").map_or(way, |(first, _)| first);
    let cancel = cancel.trim_end_matches(['.', '"']);
    assert!(refused.contains("is paused"), "{refused}");
    assert!(refused.contains("Resume it"), "{refused}");
    hub.call("POST", cancel, &Value::Null).expect(200);
    hub.call("POST", "/v1/workspaces", &json!({"displayName": "Fern"}))
        .expect(201);
    undo().expect(200);
}

#[test]
fn a_webhook_is_told_the_words_that_the_job_itself_shows() {
    let hub = Hub::with_scenario("demo");
    let hook = json!({
        "name": "words", "targetUrl": format!("{}/_sim/v1/webhooks/sink/words", hub.server.url()),
        "resource": "adminBatchJobs", "event": "statusChanged", "ownedBy": "org",
    });
    hub.call("POST", "/v1/webhooks", &hook).expect(200);
    let job = move_numbers(&hub, "San Jose HQ", "Austin", &FREE);
    let job = job.expect(201).json();
    act(&hub, MOVE, &job, "abandon").expect(204);
    run(&hub);
    hub.call("POST", "/_sim/v1/clock/advance", &json!({"by": "PT1S"}))
        .expect(200);
    let deliveries = hub.pages("/_sim/v1/webhooks/deliveries", "items");
    let bodies = deliveries.iter().map(|it| {
        let body = it["request"]["body"].as_str().expect("a body");
        serde_json::from_str::<Value>(body).expect("JSON")
    });
    let told: Vec<Value> = bodies
        .filter(|body| body["name"] == "words")
        .map(|body| body["data"].clone())
        .collect();
    let ended = status(&hub, MOVE, &job);
    let shown = hub.get(&format!("{JOBS}/{MOVE}")).expect(200).json();
    assert_eq!(shown["items"][0]["id"], job["id"]);
    for (data, job) in told.iter().zip([&job, &ended]) {
        assert_eq!(data["jobType"], "managenumbers");
        for field in ["id", "latestExecutionStatus", "latestExecutionExitCode"] {
            assert_eq!(data[field], job[field], "{data}");
        }
    }
    assert_eq!(told.len(), 2);
}

#[test]
fn a_second_job_of_a_kind_waits_until_the_first_has_ended() {
    let hub = Hub::with_scenario("demo");
    let first = move_numbers(&hub, "San Jose HQ", "Austin", &FREE[..1])
        .expect(201)
        .json();
    let refused = move_numbers(&hub, "San Jose HQ", "Austin", &FREE[1..])
        .expect(409)
        .json();
    assert_eq!(refused["errors"][0]["errorCode"], 900_005);
    assert!(
        refused["errors"][0]["description"]
            .as_str()
            .unwrap()
            .contains("manageNumbers")
    );
    act(&hub, MOVE, &first, "abandon").expect(204);
    move_numbers(&hub, "San Jose HQ", "Austin", &FREE[1..]).expect(201);
}

#[test]
fn jobs_are_listed_the_newest_first_page_by_page() {
    let hub = Hub::with_scenario("demo");
    let mut ids = Vec::new();
    let ways = [
        ("San Jose HQ", "Austin"),
        ("Austin", "San Jose HQ"),
        ("San Jose HQ", "Austin"),
    ];
    for (from, to) in ways {
        let job = move_numbers(&hub, from, to, &FREE).expect(201).json();
        ids.insert(0, job["id"].clone());
        run(&hub);
    }
    let path = format!("{JOBS}/{MOVE}");
    let listed = hub.pages(&format!("{path}?max=2"), "items");
    let shown: Vec<_> = listed.iter().map(|job| job["id"].clone()).collect();
    assert_eq!(shown, ids);
    let rest = hub.get(&format!("{path}?start=2")).expect(200).json();
    assert_eq!(rest["items"].as_array().map(Vec::len), Some(1));
    hub.get(&format!("{path}?max=none")).expect(400);
    // Control Hub lists the same jobs as tasks.
    let tasks = hub
        .get("/_hub/v1/organizations/me/tasks?kind=manageNumbers")
        .expect(200);
    assert_eq!(tasks.json()["items"][0]["id"], ids[0]);
}

#[test]
fn a_job_is_found_among_those_of_its_kind_alone() {
    let hub = Hub::with_scenario("demo");
    let job = move_numbers(&hub, "San Jose HQ", "Austin", &FREE)
        .expect(201)
        .json();
    let id = job["id"].as_str().unwrap();
    for kind in [
        "person/moveLocation",
        "locations/deleteCallingLocation",
        "updateRoutingPrefix",
        "callRecording",
    ] {
        assert_eq!(
            hub.get(&format!("{JOBS}/{kind}")).expect(200).json(),
            json!({"items": []})
        );
        for path in [id.to_owned(), format!("{id}/errors"), "nonsense".to_owned()] {
            hub.get(&format!("{JOBS}/{kind}/{path}")).expect(404);
        }
    }
    for action in ["pause", "resume", "abandon"] {
        act(&hub, "person/moveLocation", &job, action).expect(404);
    }
    let alias = format!("{JOBS}/callRecording/jobs/callRecording");
    assert_eq!(hub.get(&alias).expect(200).json(), json!({"items": []}));
}

/// What every job tells, and of which form it is.
#[test]
fn the_document_of_a_job_has_what_clients_read() {
    let hub = Hub::with_scenario("demo");
    let job = move_numbers(&hub, "San Jose HQ", "Austin", &FREE)
        .expect(201)
        .json();
    run(&hub);
    let done = status(&hub, MOVE, &job);
    let me = hub.get("/v1/people/me").expect(200).json();
    assert_eq!(done["sourceUserId"], me["id"]);
    assert_eq!(done["targetCustomerId"], me["orgId"]);
    assert_eq!(done["sourceCustomerId"], me["orgId"]);
    assert_eq!(
        (&done["name"], &done["jobType"]),
        (&json!("managenumbers"), &json!("managenumbers"))
    );
    assert_eq!(done["sourceLocationId"], hub.location("San Jose HQ"));
    assert_eq!(done["targetLocationId"], hub.location("Austin"));
    assert_eq!(done["operationType"], "MOVE");
    let execution = &done["jobExecutionStatus"][0];
    assert_eq!(execution["timeElapsed"], "PT0S");
    let steps = execution["stepExecutionStatuses"].as_array().unwrap();
    let names: Vec<_> = steps
        .iter()
        .map(|step| step["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        ["manageNumbersDeciderStep", "managenumbersMoveNumbers"]
    );
    assert_eq!(steps[1]["exitCode"], "COMPLETED");
    assert_eq!(execution["endTime"], crate::support::START);
}

#[test]
fn a_job_survives_a_snapshot_and_what_is_told_of_it_too() {
    let hub = Hub::with_scenario("demo");
    let done = move_numbers(&hub, "San Jose HQ", "Austin", &FREE[..1])
        .expect(201)
        .json();
    run(&hub);
    let paused = move_numbers(&hub, "San Jose HQ", "Austin", &FREE[1..])
        .expect(201)
        .json();
    act(&hub, MOVE, &paused, "pause").expect(204);
    let before = [status(&hub, MOVE, &done), status(&hub, MOVE, &paused)];
    hub.call("POST", "/_sim/v1/snapshots", &json!({"name": "here"}))
        .expect(201);
    act(&hub, MOVE, &paused, "abandon").expect(204);
    hub.call("POST", "/_sim/v1/snapshots/here/load", &json!({}))
        .expect(200);
    assert_eq!(
        [status(&hub, MOVE, &done), status(&hub, MOVE, &paused)],
        before
    );
    act(&hub, MOVE, &paused, "resume").expect(204);
    run(&hub);
    assert_eq!(state(&status(&hub, MOVE, &paused)).0, "COMPLETED");
}

#[test]
fn an_undo_beside_a_paused_job_says_how_to_end_it_and_goes_once_it_has_ended() {
    let hub = Hub::with_scenario("demo");
    let room = json!({"displayName": "Harbour hall"});
    hub.call("POST", "/v1/workspaces", &room).expect(201);
    let job = move_numbers(&hub, "San Jose HQ", "Austin", &FREE)
        .expect(201)
        .json();
    act(&hub, MOVE, &job, "pause").expect(204);
    let undo = || hub.call("POST", "/_sim/v1/undo", &Value::Null);
    let told = undo().expect(409).text;
    for part in [
        "is paused",
        "Resume it and let it end, or cancel it first: POST",
    ] {
        assert!(told.contains(part), "{told}");
    }
    act(&hub, MOVE, &job, "abandon").expect(204);
    undo().expect(200);
}
