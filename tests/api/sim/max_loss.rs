//! `X-Sim-Max-Loss`

use serde_json::{Value, json};

use crate::support::{ADA, Answer, Hub};

const LICENSE: &str = "Webex Calling VAR Professional [Sub100001]";
const IMPORT: &str = "/_hub/v1/organizations/me/users/csv/import?behavior=addAndRemove";

/// Ada and Bob and Cleo, each with Calling and something to lose.
fn three_people() -> Hub {
    let hub = Hub::start();
    let file = format!(
        "First Name,Last Name,Display Name,User ID/Email (Required),Extension,Location,{LICENSE}\n\
         Bob,B,Bob B,bob@harbour.example,202,Pier,TRUE\n\
         Cleo,C,Cleo C,cleo@harbour.example,203,Pier,TRUE\n"
    );
    hub.upload(IMPORT, "text/csv", file).expect(202);
    run(&hub);
    for email in [ADA, "bob@harbour.example", "cleo@harbour.example"] {
        let path = format!("/v1/people/{email}/features/doNotDisturb");
        hub.call("PUT", &path, &json!({"enabled": true}))
            .expect(204);
    }
    hub
}

fn run(hub: &Hub) {
    hub.call("POST", "/_sim/v1/tasks/run", &Value::Null)
        .expect(200);
}

/// A file that takes Calling from all three.
fn removals() -> String {
    format!(
        "User ID/Email (Required),{LICENSE}\n{ADA},FALSE\nbob@harbour.example,FALSE\n\
         cleo@harbour.example,FALSE\n"
    )
}

fn import(hub: &Hub, max_loss: &str) -> Answer {
    let headers = [
        ("authorization", "Bearer full-admin"),
        ("content-type", "text/csv"),
        ("X-Sim-Max-Loss", max_loss),
    ];
    hub.send_text("POST", IMPORT, &headers, removals())
}

/// The task of an import, after its end.
fn ended(hub: &Hub, started: &Answer) -> Value {
    run(hub);
    let id = started.json()["id"].as_str().expect("an id").to_owned();
    let path = format!("/_hub/v1/organizations/me/tasks/{id}");
    hub.get(&path).expect(200).json()
}

fn has_calling(hub: &Hub, email: &str) -> bool {
    let person = hub.get(&format!("/v1/people/{email}")).expect(200).json();
    person["licenses"] != json!([])
}

/// How many values the import would destroy for Ada alone.
fn loss_of_one(hub: &Hub) -> usize {
    let headers = [
        ("authorization", "Bearer full-admin"),
        ("content-type", "text/csv"),
        ("X-Sim-Dry-Run", "true"),
    ];
    let plan = hub
        .send_text("POST", IMPORT, &headers, removals())
        .expect(200);
    let loss = plan.json()["outcomes"][0]["lost"].as_array().map(Vec::len);
    loss.filter(|count| *count > 1).expect("losses")
}

#[test]
fn a_task_stops_before_the_row_that_would_lose_too_much() {
    let hub = three_people();
    let one = loss_of_one(&hub);
    let limit = (2 * one).to_string();
    let task = ended(&hub, &import(&hub, &limit).expect(202));
    assert_eq!(task["status"], "failed");
    assert_eq!(task["error"]["code"], "maxLoss");
    let message = task["error"]["message"].as_str().expect("a sentence");
    assert!(
        message.contains("cleo@harbour.example on line 4"),
        "{message}"
    );
    assert!(message.contains(&format!("allows {limit}")), "{message}");
    assert_eq!(
        (&task["succeeded"], &task["failed"], &task["percent"]),
        (&json!(2), &json!(0), &json!(66))
    );
    assert!(!has_calling(&hub, ADA) && !has_calling(&hub, "bob@harbour.example"));
    assert!(has_calling(&hub, "cleo@harbour.example"));
    let outcomes = task["links"]["outcomes"].as_str().expect("a link");
    let outcomes = hub
        .get(&outcomes.replacen(&hub.server.url(), "", 1))
        .expect(200)
        .json();
    assert_eq!(outcomes["items"].as_array().map(Vec::len), Some(2));
    // The organisation is free for the next change.
    let rest = ended(&hub, &import(&hub, "1000").expect(202));
    assert_eq!(rest["status"], "completed");
    assert!(!has_calling(&hub, "cleo@harbour.example"));
}

#[test]
fn a_limit_of_nothing_lets_nothing_be_lost() {
    let hub = three_people();
    let before = hub.revision();
    let task = ended(&hub, &import(&hub, "0").expect(202));
    assert_eq!(
        (&task["status"], &task["succeeded"]),
        (&json!("failed"), &json!(0))
    );
    assert_eq!(hub.revision(), before);
    assert!(has_calling(&hub, ADA));
}

#[test]
fn a_plan_tells_where_a_task_would_stop() {
    let hub = three_people();
    let limit = loss_of_one(&hub).to_string();
    let headers = [
        ("authorization", "Bearer full-admin"),
        ("content-type", "text/csv"),
        ("X-Sim-Max-Loss", limit.as_str()),
        ("X-Sim-Dry-Run", "true"),
    ];
    let plan = hub
        .send_text("POST", IMPORT, &headers, removals())
        .expect(200)
        .json();
    assert_eq!(plan["tasks"][0]["error"]["code"], "maxLoss");
    assert_eq!(plan["totals"]["loss"].to_string(), limit);
    assert!(has_calling(&hub, ADA));
}

#[test]
fn the_license_template_for_existing_users_stops_as_well() {
    let hub = three_people();
    let limit = loss_of_one(&hub).to_string();
    let sale = json!({
        "name": "Messages", "licenses": [{"name": "Messaging", "totalUnits": 10}],
    });
    let sold = hub
        .call("POST", "/_sim/v1/subscriptions", &sale)
        .expect(201)
        .json();
    let body = json!({
        "licenses": [sold["licenses"][0]["id"]], "preserveLicenses": false,
        "acknowledgeDataLoss": true,
        "applyScope": {"futureUsers": true, "existingUsers": true},
    });
    let headers = [
        ("authorization", "Bearer full-admin"),
        ("X-Sim-Max-Loss", limit.as_str()),
    ];
    let path = "/_hub/v1/organizations/me/licenseTemplate";
    let task = ended(&hub, &hub.send("PUT", path, &headers, &body).expect(202));
    assert_eq!(
        (&task["status"], &task["succeeded"]),
        (&json!("failed"), &json!(1)),
        "{task}"
    );
    assert_eq!(task["error"]["code"], "maxLoss");
    let message = task["error"]["message"].as_str().expect("a sentence");
    assert!(message.contains("before bob@harbour.example:"), "{message}");
    let ada = hub
        .get(&format!("/v1/people/{ADA}?callingData=true"))
        .expect(200)
        .json();
    assert!(ada.get("extension").is_none(), "{ada}");
}

#[test]
fn a_single_write_that_would_lose_too_much_is_refused_whole() {
    let hub = three_people();
    let before = hub.revision();
    let headers = [
        ("authorization", "Bearer full-admin"),
        ("X-Sim-Max-Loss", "0"),
    ];
    let path = format!("/v1/people/{ADA}");
    let refused = hub
        .send("DELETE", &path, &headers, &Value::Null)
        .expect(409);
    assert_eq!(refused.json()["errors"][0]["errorCode"], 900_040);
    assert!(refused.text.contains("allows 0"), "{}", refused.text);
    assert_eq!(hub.revision(), before);
    let enough = [
        ("authorization", "Bearer full-admin"),
        ("X-Sim-Max-Loss", "50"),
    ];
    hub.send("DELETE", &path, &enough, &Value::Null).expect(204);
}
