//! `/_sim/v1/scenarios`

use hubsim::scenario::library;
use serde_json::{Value, json};

use crate::support::{ADA, Hub};

/// Sends a scenario's text.
fn send(hub: &Hub, path: &str, text: &str) -> (u16, Value) {
    let url = format!("{}{path}", hub.server.url());
    let request = reqwest::blocking::Client::new().post(url);
    let request = request.header("content-type", "application/yaml");
    let response = request.body(text.to_owned()).send().expect("an answer");
    let status = response.status().as_u16();
    let text = response.text().expect("a text");
    (status, serde_json::from_str(&text).unwrap_or_default())
}

fn minimal() -> &'static str {
    library::find("minimal").expect("a built-in scenario").text
}

fn found(hub: &Hub, email: &str) -> usize {
    let people = hub.get(&format!("/v1/people?email={email}")).json();
    people["items"].as_array().map_or(0, Vec::len)
}

#[test]
fn the_list_names_what_the_server_brings_along() {
    let hub = Hub::start();
    let list = hub.get("/_sim/v1/scenarios").expect(200).json();
    let names: Vec<&Value> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| &s["name"])
        .collect();
    assert_eq!(names, ["demo", "minimal", "large"]);
    assert_eq!(list["items"][0]["default"], true);
    assert!(
        list["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|s| s["description"] != "")
    );
}

#[test]
fn a_scenario_can_be_read_as_it_is_written() {
    let hub = Hub::start();
    let text = hub.get("/_sim/v1/scenarios/minimal").expect(200);
    assert_eq!(text.text, minimal());
    assert!(text.header("content-type").starts_with("application/yaml"));
    hub.get("/_sim/v1/scenarios/maximal").expect(404);
}

#[test]
fn the_schema_names_every_part_it_refers_to() {
    let hub = Hub::start();
    let answer = hub.get("/_sim/v1/scenarios/schema.json").expect(200);
    let schema = answer.json();
    let definitions = schema["$defs"].as_object().unwrap();
    for part in answer.text.split("\"#/$defs/").skip(1) {
        let name = part.split('"').next().unwrap();
        assert!(definitions.contains_key(name), "{name}");
    }
    let person = &schema["$defs"]["scenario.Person"];
    assert_eq!(person["additionalProperties"], false);
    assert!(person["properties"]["settingSets"].is_object());
}

#[test]
fn checking_names_every_error_and_changes_nothing() {
    let hub = Hub::start();
    let good = send(&hub, "/_sim/v1/scenarios/check", minimal());
    assert_eq!(good, (200, json!({"valid": true, "errors": []})));
    let text = minimal().replace("[id_full_admin]", "[id_fool_admin]");
    let text = text.replace("\"1103\"", "\"1\"");
    let (status, bad) = send(&hub, "/_sim/v1/scenarios/check", &text);
    assert_eq!((status, &bad["valid"]), (200, &json!(false)));
    let errors = bad["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 2, "{bad}");
    for error in errors {
        assert!(error["line"].as_u64().unwrap() > 30, "{error}");
        assert!(
            error["path"]
                .as_str()
                .unwrap()
                .starts_with("organizations[0].people[")
        );
    }
    assert_eq!(found(&hub, ADA), 1);
    assert_eq!(found(&hub, "abigail.netherwood@pebblebrook.example"), 0);
}

#[test]
fn loading_replaces_what_there_is_and_a_reset_leads_back_to_it() {
    let hub = Hub::start();
    let (status, loaded) = send(&hub, "/_sim/v1/scenarios", minimal());
    assert_eq!(status, 200, "{loaded}");
    assert_eq!(loaded["organizations"][0]["name"], "Pebblebrook Clinic");
    assert_eq!(found(&hub, ADA), 0);
    let kofi = "kofi.lindqvist@pebblebrook.example";
    assert_eq!(found(&hub, kofi), 1);
    let people = hub.get(&format!("/v1/people?email={kofi}")).json();
    let id = people["items"][0]["id"].as_str().unwrap().to_owned();
    hub.call("DELETE", &format!("/v1/people/{id}"), &Value::Null)
        .expect(204);
    assert_eq!(found(&hub, kofi), 0);
    hub.call("POST", "/_sim/v1/sandboxes/default/reset", &json!({}))
        .expect(200);
    assert_eq!(found(&hub, kofi), 1);
}

#[test]
fn merging_keeps_what_there_is() {
    let hub = Hub::start();
    // The plain ids of subscriptions are unique in the whole world.
    let text = minimal().replace("Sub100001", "Sub100002");
    let (status, loaded) = send(&hub, "/_sim/v1/scenarios?mode=merge", &text);
    assert_eq!(status, 200, "{loaded}");
    let sandbox = hub.get("/_sim/v1/sandboxes/default").json();
    assert_eq!(sandbox["organizations"].as_array().unwrap().len(), 2);
    let (status, twice) = send(&hub, "/_sim/v1/scenarios?mode=merge", &text);
    assert_eq!(status, 400, "{twice}");
    assert!(
        twice["detail"].as_str().unwrap().contains("Sub100002"),
        "{twice}"
    );
}

#[test]
fn a_bad_scenario_is_refused_with_its_place_and_nothing_changes() {
    let hub = Hub::start();
    let before = hub.get("/_sim/v1/sandboxes/default").json();
    let text = minimal().replace(
        "timeZone: America/Los_Angeles",
        "timezone: America/Los_Angeles",
    );
    for path in ["/_sim/v1/scenarios", "/_sim/v1/scenarios?mode=merge"] {
        let (status, refused) = send(&hub, path, &text);
        assert_eq!(status, 400, "{refused}");
        assert!(
            refused["detail"].as_str().unwrap().contains("timezone"),
            "{refused}"
        );
        assert!(
            refused["detail"].as_str().unwrap().starts_with("text:"),
            "{refused}"
        );
    }
    assert_eq!(
        send(&hub, "/_sim/v1/scenarios?mode=other", minimal()).0,
        400
    );
    assert_eq!(hub.get("/_sim/v1/sandboxes/default").json(), before);
}

#[test]
fn a_server_does_not_start_with_a_bad_scenario() {
    let folder = std::env::temp_dir().join(format!("hubsim-scenario-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("bad.yaml");
    let text = minimal().replace("totalUnits: 10}", "totalUnits: ten}");
    std::fs::write(&file, text).unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_hubsim"))
        .args(["serve", "--port", "0", "--scenario"])
        .arg(&file)
        .output()
        .unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr);
    let place = format!("{}:18:", file.display());
    assert!(said.contains(&place), "{said}");
}
