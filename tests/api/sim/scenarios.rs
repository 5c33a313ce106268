//! `/_sim/v1/scenarios`

mod declared;

use hubsim::options::Options;
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
    assert_eq!(
        names,
        ["demo", "minimal", "large", "contact-center", "partner"]
    );
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
    let (status, taken) = send(&hub, "/_sim/v1/scenarios?mode=merge", minimal());
    assert_eq!(status, 400, "{taken}");
    assert!(
        taken["detail"].as_str().unwrap().contains("Sub100001"),
        "{taken}"
    );
    let text = minimal().replace("Sub100001", "Sub100002");
    let (status, loaded) = send(&hub, "/_sim/v1/scenarios?mode=merge", &text);
    assert_eq!(status, 200, "{loaded}");
    assert_eq!(loaded["created"]["person"], 4);
    assert_eq!(loaded["ignored"], json!([]));
    let sandbox = hub.get("/_sim/v1/sandboxes/default").json();
    assert_eq!(sandbox["organizations"].as_array().unwrap().len(), 2);
    assert_eq!(found(&hub, ADA), 1);
}

/// What a document says of Pebblebrook Clinic, with this below the organisation.
fn overlay(below: &str) -> String {
    let head = "organizations:\n  - name: Pebblebrook Clinic\n    domain: pebblebrook.example\n";
    format!("name: overlay\n{head}{below}")
}

const KOFI: &str = "kofi.lindqvist@pebblebrook.example";

#[test]
fn the_same_document_twice_adds_and_changes_nothing() {
    let hub = Hub::with_scenario("minimal");
    let before = hub.get("/v1/people?callingData=true").json();
    let (status, merged) = send(&hub, "/_sim/v1/scenarios?mode=merge", minimal());
    assert_eq!(status, 200, "{merged}");
    assert_eq!(merged["created"], json!({}), "{merged}");
    // Times are relative to the moment of the merge: the subscription ends later than before.
    let updated = merged["updated"].as_object().unwrap();
    assert!(
        updated.keys().all(|kind| kind == "subscription"),
        "{merged}"
    );
    assert_eq!(hub.get("/v1/people?callingData=true").json(), before);
}

#[test]
fn the_demo_merged_onto_itself_changes_nothing_but_when_contracts_end() {
    let hub = Hub::with_scenario("demo");
    let before = hub.get("/v1/people?callingData=true&max=1000").json();
    let demo = library::find("demo").expect("the demo");
    let (status, merged) = send(&hub, "/_sim/v1/scenarios?mode=merge", demo.text);
    assert_eq!(status, 200, "{merged}");
    assert_eq!(merged["created"], json!({}), "{merged}");
    let updated = merged["updated"].as_object().expect("kinds");
    assert!(
        updated.keys().all(|kind| kind == "subscription"),
        "{merged}"
    );
    let after = hub.get("/v1/people?callingData=true&max=1000").json();
    assert_eq!(after, before);
}

#[test]
fn a_merge_changes_codes_patterns_and_schedules_of_the_same_name_in_their_place() {
    let hub = Hub::with_scenario("minimal");
    let of = |description: &str, pattern: &str, event: &str| {
        overlay(&format!(
            "    people:
      - firstName: Kofi
        lastName: Lindqvist
        settings:
          accessCodes: {{accessCodes: [{{code: \"4827\", description: {description}}}]}}
          digitPatterns:
            digitPatterns: [{{name: Abroad, pattern: \"{pattern}\", action: BLOCK,
              transferEnabled: false}}]
          schedules:
            schedules:
              - {{name: Hours, type: businessHours, events: [{{name: {event},
                 startDate: \"2026-01-05\", endDate: \"2026-01-05\", allDayEnabled: true}}]}}
"
        ))
    };
    let merge = "/_sim/v1/scenarios?mode=merge";
    let (status, first) = send(&hub, merge, &of("old", "0!", "Morning"));
    assert_eq!(status, 200, "{first}");
    let read = |rest: &str| {
        let path = format!("/v1/telephony/config/people/{KOFI}/outgoingPermission/{rest}");
        hub.get(&path).expect(200).json()
    };
    let id = read("digitPatterns")["digitPatterns"][0]["id"].clone();
    let (status, second) = send(&hub, merge, &of("new", "1!", "Evening"));
    assert_eq!(status, 200, "{second}");
    let codes = read("accessCodes");
    assert_eq!(codes["accessCodes"].as_array().map(Vec::len), Some(1));
    assert_eq!(codes["accessCodes"][0]["description"], "new");
    let patterns = read("digitPatterns");
    assert_eq!(patterns["digitPatterns"][0]["pattern"], "1!");
    assert_eq!(patterns["digitPatterns"][0]["id"], id, "{patterns}");
    let schedules = hub.get(&format!("/v1/people/{KOFI}/features/schedules"));
    let schedules = schedules.expect(200).json();
    assert_eq!(schedules["schedules"].as_array().map(Vec::len), Some(1));
    let twice = of("one", "2!", "Noon").replace(
        "[{code: \"4827\", description: one}]",
        "[{code: \"4827\", description: one}, {code: \"4827\", description: two}]",
    );
    let (status, refused) = send(&hub, merge, &twice);
    assert_eq!(status, 400, "{refused}");
    assert_eq!(read("accessCodes"), codes, "nothing changes");
}

#[test]
fn a_merge_adds_to_an_organization_and_changes_what_it_names() {
    let hub = Hub::with_scenario("minimal");
    let text = overlay(
        "    settings: {automatedEmails: false}
    subscriptions:
      - {id: Sub100001, licenses: [{name: Webex Calling - Standard, totalUnits: 7}]}
      - id: Sub100009
        licenses: [{name: Webex Calling - Professional, totalUnits: 3}]
    locations:
      - name: Pebblebrook
        calling: {numbers: [\"+15035550120\"], routingPrefix: \"81\"}
    people:
      - {firstName: Kofi, lastName: Lindqvist, title: Head Physiotherapist, extension: \"1109\",
         licenses: [\"Webex Calling - Professional [Sub100009]\"],
         settings: {doNotDisturb: {enabled: true}}}
      - {firstName: Noor, lastName: Achterberg, location: Pebblebrook, phoneNumber: \"+15035550120\",
         licenses: [\"Webex Calling - Standard\"], manager: kofi.lindqvist}
    workspaces:
      - {displayName: Waiting Room, type: open, location: Pebblebrook, extension: \"1200\",
         supportedDevices: phones, licenses: [Webex Calling - Workspaces]}
",
    );
    let (status, merged) = send(&hub, "/_sim/v1/scenarios?mode=merge", &text);
    assert_eq!(status, 200, "{merged}");
    assert_eq!(
        merged["organizations"].as_array().map(Vec::len),
        Some(1),
        "{merged}"
    );
    assert_eq!(merged["created"]["person"], 1, "{merged}");
    assert_eq!(merged["created"]["workspace"], 1, "{merged}");
    let sandbox = hub.get("/_sim/v1/sandboxes/default").json();
    assert_eq!(sandbox["organizations"].as_array().unwrap().len(), 1);
    let kofi = hub
        .get(&format!("/v1/people?email={KOFI}&callingData=true"))
        .json();
    let kofi = &kofi["items"][0];
    assert_eq!(kofi["title"], "Head Physiotherapist");
    assert_eq!(kofi["firstName"], "Kofi");
    assert_eq!(kofi["extension"], "1109");
    // The licence was swapped, so the number stayed; Messaging was not named, so it stayed too.
    let numbers = kofi["phoneNumbers"].to_string();
    assert!(numbers.contains("+15035550102"), "{kofi}");
    let held = hub
        .get(&format!("/_hub/v1/organizations/me/users/{KOFI}/licenses"))
        .json();
    let assigned = held["items"].as_array().unwrap().iter();
    let assigned: Vec<String> = assigned
        .filter(|item| item["assigned"] == true)
        .map(|item| format!("{} {}", item["name"], item["subscriptionId"]))
        .collect();
    let assigned = assigned.join("; ");
    assert!(assigned.contains("Sub100009"), "{assigned}");
    assert!(
        !assigned.contains("Professional\" \"Sub100001"),
        "{assigned}"
    );
    assert!(assigned.contains("Messaging"), "{assigned}");
    assert_eq!(found(&hub, "noor.achterberg@pebblebrook.example"), 1);
    assert_eq!(found(&hub, "abigail.netherwood@pebblebrook.example"), 1);
    let settings = hub.get("/_hub/v1/organizations/me/settings").json();
    assert_eq!(settings["automatedEmails"], false);
    assert_eq!(settings["verifiedDomains"], json!(["pebblebrook.example"]));
}

#[test]
fn a_merge_says_what_it_leaves_as_it_is() {
    let hub = Hub::with_scenario("minimal");
    let text = overlay("    country: DE\n    createdAt: -P3D\n").replace(
        "organizations:",
        "seed: 9\nclock: {mode: auto}\norganizations:",
    );
    let clock = hub.get("/_sim/v1/clock").json();
    let (status, merged) = send(&hub, "/_sim/v1/scenarios?mode=merge", &text);
    assert_eq!(status, 200, "{merged}");
    let ignored = merged["ignored"].as_array().unwrap().iter();
    let ignored: Vec<&str> = ignored.map(|one| one["path"].as_str().unwrap()).collect();
    let expected = [
        "clock",
        "seed",
        "organizations[0].country",
        "organizations[0].createdAt",
    ];
    assert_eq!(ignored, expected);
    assert_eq!(hub.get("/_sim/v1/clock").json(), clock);
}

#[test]
fn a_merge_that_cannot_be_meant_is_refused_and_nothing_changes() {
    let hub = Hub::with_scenario("minimal");
    let before = hub.revision();
    let known = "    people:\n      - {firstName: Kofi, lastName: Lindqvist, ";
    let cases = [
        (
            overlay(&format!("{known}location: Atlantis}}\n")),
            "there is no location `Atlantis`",
        ),
        (
            overlay(&format!("{known}extension: \"1101\"}}\n")),
            "people[0].extension",
        ),
        (
            overlay(&format!("{known}phoneNumber: \"+15035550101\"}}\n")),
            "people[0].phoneNumber",
        ),
        (
            overlay(&format!("{known}licenses: [Webex Calling - Standard]}}\n")),
            "Professional to Standard",
        ),
        (
            overlay("    locations:\n      - {name: Pebblebrook Annexe}\n"),
            "timeZone is required",
        ),
        (
            overlay("    subscriptions:\n      - {id: Sub100001, status: trial}\n"),
            "cannot make it a trial",
        ),
        (
            overlay(
                "    subscriptions:
      - {id: Sub100001, licenses: [{name: Messaging, totalUnits: 1}]}\n",
            ),
            "units of Messaging",
        ),
        (
            overlay("    orgId: 11111111-2222-4333-8444-555555555555\n"),
            "has this id",
        ),
        (
            format!(
                "{}  - {{name: Pebblebrook Clinic, domain: a.example}}\n",
                overlay("")
            ),
            "stands twice",
        ),
    ];
    for (text, says) in cases {
        for path in [
            "/_sim/v1/scenarios?mode=merge",
            "/_sim/v1/scenarios/check?mode=merge",
        ] {
            let (_, answer) = send(&hub, path, &text);
            assert!(answer.to_string().contains(says), "{text}\n{answer}");
            assert!(
                answer["valid"] == false || answer["status"] == 400,
                "{answer}"
            );
        }
        assert_eq!(hub.revision(), before, "{text}");
    }
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

/// A folder of its own, gone when it is dropped.
struct Folder(std::path::PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("hubsim-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn file(&self, name: &str, text: &str) -> String {
        let file = self.0.join(name);
        std::fs::write(&file, text).unwrap();
        file.display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).unwrap_or_default();
    }
}

/// What the program says when it cannot start with a scenario, and its exit code.
fn start_in_vain(arguments: &[&str]) -> (Option<i32>, String) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_hubsim"))
        .args(["serve", "--port", "0"])
        .args(arguments)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), said)
}

#[test]
fn a_server_does_not_start_with_a_bad_scenario() {
    let folder = Folder::new("scenario");
    let cases = [
        (
            "totalUnits: 10}",
            "totalUnits: ten}",
            ":18:62: ",
            "whole number",
        ),
        (
            "[id_full_admin]",
            "[id_fool_admin]",
            ":39:17: ",
            "there is no role",
        ),
        ("    domain:", "    domane:", ":7:5: ", "unknown field"),
    ];
    for (from, to, place, says) in cases {
        let file = folder.file("bad.yaml", &minimal().replacen(from, to, 1));
        let (code, said) = start_in_vain(&["--scenario", &file]);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains(&format!("{file}{place}")), "{said}");
        assert!(said.contains(says), "{said}");
        assert!(said.contains("(at organizations[0]"), "{said}");
    }
    let (code, said) = start_in_vain(&["--scenario", "/nowhere/at/all.yaml"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("demo, minimal, large"), "{said}");
}

/// The world of a hub as a snapshot document.
fn snapshot_of(hub: &Hub) -> Value {
    let world = hub.server.app().default.sandbox.read();
    let real = hubsim::http::app::real_time();
    let document = hubsim::world::snapshot::take(&world, &hubsim::catalog::ENGINE, real);
    serde_json::to_value(document).unwrap()
}

#[test]
fn a_server_starts_with_a_snapshot_where_it_stood() {
    let hub = Hub::with_scenario("minimal");
    let people = hub.get("/v1/people?callingData=true").json();
    let kofi = &people["items"][1];
    assert_eq!(kofi["emails"][0], KOFI);
    let path = format!("/v1/people/{}", kofi["id"].as_str().unwrap());
    hub.call("DELETE", &path, &Value::Null).expect(204);
    let folder = Folder::new("snapshot");
    let file = folder.file("snapshot.json", &snapshot_of(&hub).to_string());
    let mut options = Options::for_tests();
    options.scenario.clone_from(&file);
    let again = Hub::starting(options.clone());
    let listed = |hub: &Hub| hub.get("/v1/people?callingData=true").json();
    assert_eq!(listed(&again), listed(&hub));
    assert_eq!(again.revision(), hub.revision());
    let clock = |hub: &Hub| hub.get("/_sim/v1/clock").json();
    assert_eq!(clock(&again), clock(&hub));
    // A reset leads back to the snapshot.
    let first = listed(&again)["items"][1]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    again
        .call("DELETE", &format!("/v1/people/{first}"), &Value::Null)
        .expect(204);
    again
        .call("POST", "/_sim/v1/sandboxes/default/reset", &json!({}))
        .expect(200);
    assert_eq!(listed(&again), listed(&hub));
    options.clock = "2026-04-01T00:00:00.000Z".to_owned();
    let later = Hub::starting(options);
    assert_eq!(clock(&later)["now"], "2026-04-01T00:00:00.000Z");
    let (code, said) = start_in_vain(&["--scenario", &file, "--clock", "2020-01-01T00:00:00Z"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("cannot go back"), "{said}");
}

#[test]
fn a_bad_snapshot_is_refused_with_its_place() {
    let hub = Hub::start();
    let good = snapshot_of(&hub);
    let folder = Folder::new("bad-snapshot");
    let with = |key: &str, value: Value| {
        let mut document = good.clone();
        document[key] = value;
        document.to_string()
    };
    let cases = [
        (with("hubsimSnapshot", json!(99)), ":1:1: ", "version 99"),
        (
            with(
                "objects",
                json!([["dragon", "00000000-0000-0000-0000-000000000001", {}]]),
            ),
            ":1:1: ",
            "dragon",
        ),
        (with("revision", json!("two")), ":1:", "cannot be read"),
        (
            good.to_string().replacen('}', "", 1),
            ":1:",
            "cannot be read",
        ),
        (with("people", json!([])), ":1:", "unknown field"),
    ];
    for (text, place, says) in cases {
        let file = folder.file("snapshot.json", &text);
        let (code, said) = start_in_vain(&["--scenario", &file]);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains(&format!("{file}{place}")), "{said}");
        assert!(said.contains(says), "{said}");
    }
}
