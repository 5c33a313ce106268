//! Commands that ask a server.

use serde_json::json;

use super::program::Shell;
use crate::support::{ADA, Hub, START};

#[test]
fn a_command_shows_a_table_to_people_and_the_servers_document_to_programs() {
    let hub = Hub::start();
    let shell = Shell::at(&hub, "documents");
    for (command, path) in [
        (&["sandbox", "list"][..], "/_sim/v1/sandboxes"),
        (&["sandbox", "show"], "/_sim/v1/sandboxes/default"),
        (&["sandbox", "diff"], "/_sim/v1/sandboxes/default/diff"),
        (&["clock"], "/_sim/v1/clock"),
        (&["history"], "/_sim/v1/history?max=100&start=0"),
    ] {
        let mut with_json = command.to_vec();
        with_json.push("--json");
        let answered = shell.run(&with_json).expect(0);
        assert_eq!(
            answered.json(),
            hub.get(path).expect(200).json(),
            "{command:?}"
        );
        let shown = shell.run(command).expect(0).out;
        assert!(
            !shown.starts_with('{') && !shown.contains('\u{1b}'),
            "{shown}"
        );
    }
    let shown = shell.run(&["sandbox", "list"]).out;
    let lines: Vec<&str> = shown.lines().collect();
    assert!(
        lines[0].starts_with("SANDBOX  REVISION  CREATED"),
        "{shown}"
    );
    assert!(
        lines[1].starts_with("default         1  2026-03-02"),
        "{shown}"
    );
}

#[test]
fn a_sandbox_lives_from_create_to_delete() {
    let hub = Hub::start();
    let shell = Shell::at(&hub, "sandbox");
    let quirk = "swap_without_properties=keep";
    let made = [
        "sandbox",
        "create",
        "mine",
        "--scenario",
        "minimal",
        "--quirk",
        quirk,
        "--json",
    ];
    let made = shell.run(&made).expect(0).json();
    assert_eq!(made["id"], "mine");
    let quirks = hub.get("/_sandbox/mine/_sim/v1/quirks").expect(200).text;
    assert!(
        quirks.contains("\"swap_without_properties\":\"keep\""),
        "{quirks}"
    );

    let copied = shell
        .run(&["sandbox", "fork", "mine", "--as", "copy"])
        .expect(0);
    assert!(copied.out.contains("full-admin.copy"), "{}", copied.out);
    shell
        .run(&[
            "clock",
            "freeze",
            "2031-01-01T00:00:00Z",
            "--sandbox",
            "copy",
        ])
        .expect(0);
    let shown = shell
        .run_with(&["clock", "show"], &[("HUBSIM_SANDBOX", "copy")], b"")
        .expect(0);
    assert!(
        shown.out.contains("2031-01-01T00:00:00.000Z"),
        "{}",
        shown.out
    );
    let default = shell.run(&["clock", "--json"]).expect(0).json();
    assert_eq!(default, json!({"mode": "frozen", "now": START}));

    let reset = [
        "sandbox", "reset", "copy", "--to", "empty", "--scope", "state",
    ];
    shell.run(&reset).expect(0);
    let ran = shell.run(&["sandbox", "show", "copy", "--json"]).expect(0);
    assert_eq!(ran.json()["organizations"], json!([]));
    assert_eq!(
        shell
            .run(&["sandbox", "delete", "copy", "--json"])
            .expect(0)
            .json(),
        json!({})
    );
    let gone = shell.run(&["sandbox", "delete", "copy"]).expect(1);
    assert!(
        gone.err.contains("There is no sandbox \"copy\". (404)"),
        "{}",
        gone.err
    );
    assert_eq!(gone.out, "");
}

#[test]
fn the_clock_is_set_stopped_and_let_go_on() {
    let hub = Hub::start();
    let shell = Shell::at(&hub, "clock");
    let ran = shell.run(&["clock", "advance", "P1D", "--json"]).expect(0);
    assert_eq!(ran.json()["now"], "2026-03-03T09:00:00.000Z");
    let ran = shell
        .run(&["clock", "advance", "2026-03-04T00:00:00Z"])
        .expect(0);
    assert_eq!(
        ran.out,
        "It is 2026-03-04T00:00:00.000Z; 0 events came due.\n"
    );
    let back = shell.run(&["clock", "set", START]).expect(1);
    assert!(back.err.contains("does not run backwards"), "{}", back.err);
    let back = shell.run(&["clock", "advance", "-P1D", "--json"]);
    assert_ne!(back.code, Some(0), "{}", back.out);
    for (wrong, says) in [
        (["advance", "nonsense"], "neither a duration such as P1D"),
        (["advance", "P1Q"], "not an ISO 8601 duration"),
        (["set", "tomorrow"], "not a time such as"),
        (["freeze", "P1D"], "not a time such as"),
    ] {
        let ran = shell.run(&["clock", wrong[0], wrong[1]]).expect(2);
        assert!(ran.err.contains(says), "{}", ran.err);
    }
    let scaled = shell
        .run(&["clock", "run", "--scale", "60", "--json"])
        .expect(0)
        .json();
    assert_eq!(
        (&scaled["mode"], &scaled["scale"]),
        (&json!("scaled"), &json!(60.0))
    );
    let auto = shell.run(&["clock", "run", "--json"]).expect(0).json();
    assert_eq!(auto["mode"], "auto");
    let frozen = shell.run(&["clock", "freeze", "--json"]).expect(0).json();
    assert_eq!(frozen["mode"], "frozen");
}

#[test]
fn what_was_done_is_shown_taken_back_and_explained() {
    let hub = Hub::start();
    let shell = Shell::at(&hub, "history");
    let path = format!("/_hub/v1/organizations/me/users/{ADA}/licenses");
    let removal = json!({"licenses": [
        {"id": "Webex Calling VAR Professional [Sub100001]", "operation": "remove"}]});
    let tracking_id = hub.call("PATCH", &path, &removal).expect(200);
    let tracking_id = tracking_id.header("trackingid").to_owned();

    let history = shell.run(&["history", ADA]).expect(0).out;
    assert!(
        history.contains(&tracking_id) && history.contains("done"),
        "{history}"
    );
    let told = shell.run(&["explain", &tracking_id]).expect(0).out;
    assert!(
        told.contains("\nLost\n") && told.contains("LOSS-01"),
        "{told}"
    );
    let document = shell
        .run(&["explain", &tracking_id, "--json"])
        .expect(0)
        .json();
    assert_eq!(document["request"]["status"], 200);
    let items = document["ledger"].as_array().into_iter().flatten();
    let lost = items.flat_map(|item| item["lost"].as_array().into_iter().flatten());
    let fields: Vec<String> = lost
        .filter_map(|one| Some((one["family"].as_str()?, one["field"].as_str()?)))
        .map(|(family, field)| format!(": {family}.{field} "))
        .collect();
    assert!(!fields.is_empty(), "{document}");
    for field in fields {
        assert!(told.contains(&field), "{told}{field}");
    }

    let undone = shell.run(&["undo"]).expect(0).out;
    assert!(
        undone.contains("0 steps can be undone, 1 step redone"),
        "{undone}"
    );
    shell.run(&["redo", "1", "--json"]).expect(0);
    let few = shell.run(&["undo", "7", "--json"]).expect(1);
    assert_eq!(few.problem()["status"], 409, "{}", few.err);
    assert!(few.out.is_empty());
}

#[test]
fn a_snapshot_goes_out_to_a_file_and_comes_back() {
    let hub = Hub::start();
    let shell = Shell::at(&hub, "snapshot");
    let taken = shell.run(&["snapshot", "take", "monday"]).expect(0);
    assert!(taken.out.contains("monday"), "{}", taken.out);
    let list = shell.run(&["snapshot", "list", "--json"]).expect(0).json();
    assert_eq!(list, hub.get("/_sim/v1/snapshots").expect(200).json());
    let path = format!("/_hub/v1/organizations/me/users/{ADA}/licenses");
    let removal = json!({"licenses": [
        {"id": "Webex Calling VAR Professional [Sub100001]", "operation": "remove"}]});
    hub.call("PATCH", &path, &removal).expect(200);
    let revision = hub.revision();
    let would = shell
        .run(&["snapshot", "load", "monday", "--dry-run"])
        .expect(0)
        .out;
    assert!(
        would.starts_with("Loading monday would change:") && would.contains("Ada"),
        "{would}"
    );
    assert_eq!(hub.revision(), revision);

    let out = ["snapshot", "get", "monday", "--output", "monday.json"];
    assert!(shell.run(&out).expect(0).out.starts_with("monday.json: "));
    let printed = shell.run(&["snapshot", "get", "monday"]).expect(0).json();
    let written: serde_json::Value =
        serde_json::from_str(&shell.read("monday.json")).expect("a document");
    assert_eq!(written, printed);
    let nowhere = [
        "snapshot",
        "get",
        "monday",
        "--output",
        "nowhere/monday.json",
    ];
    let refused = shell.run(&nowhere).expect(1);
    assert!(
        refused.err.contains("cannot write nowhere/monday.json"),
        "{}",
        refused.err
    );

    shell.run(&["snapshot", "delete", "monday"]).expect(0);
    shell.run(&["snapshot", "load", "monday"]).expect(1);
    shell
        .run(&["snapshot", "add", "monday.json", "--as", "tuesday"])
        .expect(0);
    let loaded = shell.run(&["snapshot", "load", "tuesday"]).expect(0).out;
    assert!(loaded.contains("tuesday is loaded"), "{loaded}");
    let held = hub
        .get(&format!("/v1/people?email={ADA}"))
        .expect(200)
        .json();
    assert_eq!(
        held["items"][0]["licenses"].as_array().map(Vec::len),
        Some(1),
        "{held}"
    );
}

#[test]
fn faults_strike_until_they_are_cleared() {
    let hub = Hub::start();
    let shell = Shell::at(&hub, "faults");
    let body = "{\"message\":\"Slow down\"}";
    let add = [
        "faults",
        "add",
        "--status",
        "429",
        "--retry-after",
        "7",
        "--body",
        body,
    ];
    let added = shell.run(&[&add[..], &["--path-prefix", "/v1/people", "--times", "1"]].concat());
    assert!(added.expect(0).out.starts_with("1 fault added."));
    let struck = hub.get("/v1/people").expect(429);
    assert_eq!(
        (struck.header("retry-after"), &struck.json()["message"]),
        ("7", &json!("Slow down"))
    );
    hub.get("/v1/people").expect(200);
    let listed = shell.run(&["faults", "--json"]).expect(0).json();
    assert_eq!(listed, hub.get("/_sim/v1/faults").expect(200).json());
    let id = listed["items"][0]["id"].as_str().expect("an id");
    shell.run(&["faults", "delete", id]).expect(0);
    shell.run(&["faults", "delete", id]).expect(1);
    let profile = listed["profiles"][0]["name"].as_str().expect("a profile");
    shell
        .run(&["faults", "add", "--profile", profile])
        .expect(0);
    shell.run(&["faults", "clear"]).expect(0);
    assert_eq!(shell.run(&["faults"]).expect(0).out, "No faults.\n");
    let wrong = shell.run(&["faults", "add", "--json"]).expect(1);
    assert_eq!(wrong.problem()["status"], 400);
    shell
        .run(&["faults", "add", "--status", "503", "--body", "{"])
        .expect(2);
}

#[test]
fn a_scenario_of_ones_own_is_loaded_and_merged() {
    let hub = Hub::start();
    let shell = Shell::at(&hub, "load");
    let text = shell.run(&["scenario", "show", "minimal"]).expect(0).out;
    shell.file("mine.yaml", text);
    let loaded = shell.run(&["scenario", "load", "mine.yaml"]).expect(0).out;
    assert!(loaded.starts_with("minimal is loaded"), "{loaded}");
    let people = hub.get("/v1/people").expect(200).json();
    assert_eq!(people["items"].as_array().expect("people").len(), 4);
    shell
        .run(&["scenario", "check", "mine.yaml", "--merge"])
        .expect(0);
    shell
        .run(&["scenario", "load", "mine.yaml", "--merge", "--json"])
        .expect(0);
    let revision = hub.revision();
    let refused = shell.run(&["scenario", "load", "nowhere.yaml"]).expect(1);
    assert!(
        refused.err.contains("nowhere.yaml cannot be read"),
        "{}",
        refused.err
    );
    assert_eq!(hub.revision(), revision);
}

#[test]
fn who_asks_and_where_is_said_by_option_and_environment() {
    let hub = Hub::start();
    let shell = Shell::at_url("http://127.0.0.1:9", "where");
    let port = hub
        .server
        .url()
        .rsplit(':')
        .next()
        .expect("a port")
        .to_owned();
    shell.run(&["clock"]).expect(1);
    shell.run(&["clock", "--port", &port]).expect(0);
    shell.run(&["--url", "x", "clock"]).expect(2);
    let url = format!("{}/", hub.server.url());
    shell
        .run(&["clock", "--url", &url, "--token", "full-admin"])
        .expect(0);
    let variables = [("HUBSIM_URL", ""), ("HUBSIM_PORT", &*port)];
    shell.run_with(&["clock"], &variables, b"").expect(0);
    let ran = shell
        .run(&["clock", "--url", &url, "--token", "read-only-admin"])
        .expect(0);
    assert_eq!(ran.err, "");
    let unknown = shell
        .run(&["clock", "--url", &url, "--sandbox", "nope", "--json"])
        .expect(1);
    assert_eq!(unknown.problem()["status"], 404);
    shell.run(&["healthcheck", "--port", &port]).expect(0);
    let health = shell
        .run(&["healthcheck", "--port", &port, "--json"])
        .expect(0)
        .json();
    assert_eq!(health["status"], "ok");
}
