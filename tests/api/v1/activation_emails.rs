//! `/identity/organizations/{orgId}/jobs/sendActivationEmails`.

use serde_json::{Value, json};

use crate::support::Hub;

const JOBS: &str = "/identity/organizations/me/jobs/sendActivationEmails";

/// Starts the job and runs it to its end; answers its status.
fn run(hub: &Hub) -> Value {
    let started = hub.call("POST", JOBS, &Value::Null).expect(202).json();
    assert_eq!(started["name"], "resendinviteemail");
    assert_eq!(started["latestExecutionStatus"], "STARTED");
    assert_eq!(started["latestExecutionExitCode"], "UNKNOWN");
    assert_eq!(started["jobExecutionStatus"][0]["timeElapsed"], "PT0S");
    hub.call("POST", "/_sim/v1/tasks/run", &json!({}))
        .expect(200);
    let id = started["id"].as_str().expect("an id");
    let status = hub.get(&format!("{JOBS}/{id}/status")).expect(200).json();
    assert_eq!(status["id"], started["id"]);
    assert_eq!(status["trackingId"], started["trackingId"]);
    status
}

fn invite(hub: &Hub, names: &[&str]) {
    for name in names {
        let person = json!({"emails": [format!("{name}@harbour.example")], "displayName": name});
        hub.call("POST", "/v1/people", &person).expect(200);
    }
}

fn reminders(hub: &Hub) -> Vec<String> {
    let outbox = hub.get("/_sim/v1/outbox?kind=reminder").expect(200).json();
    let mails = outbox["items"].as_array().expect("mails").iter();
    mails
        .map(|mail| mail["to"].as_str().expect("an address").to_owned())
        .collect()
}

fn later(hub: &Hub, by: &str) {
    hub.call("POST", "/_sim/v1/clock/advance", &json!({"by": by}))
        .expect(200);
}

#[test]
fn everybody_who_waits_is_written_to_and_the_mails_stand_in_the_outbox() {
    let hub = Hub::start();
    invite(&hub, &["lin", "kay"]);
    later(&hub, "PT25H");
    let status = run(&hub);
    let counts = &status["counts"];
    assert_eq!(status["latestExecutionExitCode"], "COMPLETED");
    assert_eq!(
        (&counts["userResendInviteSent"], &counts["totalUsers"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(
        reminders(&hub),
        ["kay@harbour.example", "lin@harbour.example"]
    );
    assert_eq!(
        status["jobExecutionStatus"][0]["statusMessage"],
        "COMPLETED"
    );
    assert_eq!(status["allowAdminInviteEmails"], true);
    let tasks = hub
        .get("/_hub/v1/organizations/me/tasks")
        .expect(200)
        .json();
    assert_eq!(tasks["items"][0]["kind"], "activationEmails");
    assert_eq!(tasks["items"][0]["id"], status["id"]);
}

#[test]
fn who_was_written_to_within_a_day_is_an_error_of_the_job() {
    let hub = Hub::start();
    invite(&hub, &["lin"]);
    let status = run(&hub);
    assert_eq!(status["latestExecutionExitCode"], "COMPLETED_WITH_ERRORS");
    assert_eq!(status["counts"]["userResendInviteFailed"], 1);
    assert_eq!(reminders(&hub), Vec::<String>::new());
    let errors = format!("{JOBS}/{}/errors", status["id"].as_str().expect("an id"));
    let errors = hub.get(&errors).expect(200).json();
    let error = &errors["items"][0];
    assert_eq!(
        (&error["itemNumber"], &error["error"]["key"]),
        (&json!(1), &json!("304"))
    );
    assert_eq!(error["error"]["message"][0]["code"], "ATLAS-600199");
    let text = error["error"]["message"][0]["description"].to_string();
    assert!(text.contains("lin@harbour.example"), "{text}");
    later(&hub, "PT24H");
    assert_eq!(run(&hub)["counts"]["userResendInviteSent"], 1);
}

#[test]
fn who_signs_in_meanwhile_is_skipped_and_a_second_job_has_to_wait() {
    let hub = Hub::start();
    invite(&hub, &["lin", "kay"]);
    later(&hub, "PT25H");
    let started = hub.call("POST", JOBS, &Value::Null).expect(202).json();
    hub.call("POST", JOBS, &Value::Null).expect(409);
    let sign_in = json!({"email": "lin@harbour.example"});
    hub.call("POST", "/_sim/v1/simulate/signIn", &sign_in)
        .expect(200);
    hub.call("POST", "/_sim/v1/tasks/run", &json!({}))
        .expect(200);
    let id = started["id"].as_str().expect("an id");
    let counts = hub.get(&format!("{JOBS}/{id}/status")).expect(200).json()["counts"].clone();
    assert_eq!(
        counts,
        json!({
            "userResendInviteSent": 1, "userResendInviteFailed": 0,
            "userResendInviteSkipped": 1, "totalUsers": 2,
        })
    );
    assert_eq!(reminders(&hub), ["kay@harbour.example"]);
    assert_eq!(
        run(&hub)["counts"]["userResendInviteFailed"],
        1,
        "kay was just written to"
    );
}

#[test]
fn who_may_start_it_and_which_jobs_there_are_is_documented() {
    let hub = Hub::start();
    let id = run(&hub)["id"].as_str().expect("an id").to_owned();
    let before = hub.revision();
    for (token, read, write) in [
        ("read-only-admin", 200, 403),
        ("device-admin", 403, 403),
        ("user:ada@harbour.example", 403, 403),
    ] {
        for part in ["status", "errors"] {
            let path = format!("{JOBS}/{id}/{part}");
            hub.send_as(token, "GET", &path, &Value::Null).expect(read);
        }
        hub.send_as(token, "POST", JOBS, &Value::Null).expect(write);
    }
    for path in [
        format!("{JOBS}/x/status"),
        format!("{JOBS}/x/errors"),
        format!("/identity/organizations/x/jobs/sendActivationEmails/{id}/status"),
    ] {
        hub.get(&path).expect(404);
    }
    hub.get(&format!("{JOBS}/{id}/errors?max=0")).expect(400);
    assert_eq!(hub.revision(), before);
    hub.send_as("user-admin", "POST", JOBS, &Value::Null)
        .expect(202);
}
