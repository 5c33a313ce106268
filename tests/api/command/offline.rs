//! Commands that need no server: the tables and scenarios in the program.

use serde_json::Value;

use super::program::Shell;
use crate::support::Hub;

/// Nothing listens there.
const NOWHERE: &str = "http://127.0.0.1:9";

#[test]
fn the_tables_are_those_of_a_server() {
    let hub = Hub::start();
    let shell = Shell::at_url(NOWHERE, "tables");
    for (command, path) in [
        (&["rules"][..], "/_sim/v1/rules"),
        (
            &["rules", "move-12", "LOSS-01"],
            "/_sim/v1/rules?id=MOVE-12,LOSS-01",
        ),
        (&["coverage"], "/_sim/v1/coverage"),
        (
            &["coverage", "--tier", "0", "--implemented", "true"],
            "/_sim/v1/coverage?tier=0&implemented=true",
        ),
        (&["errors"], "/_sim/v1/errors"),
        (&["scenario", "list"], "/_sim/v1/scenarios"),
    ] {
        let mut with_json = command.to_vec();
        with_json.push("--json");
        let answered = shell.run(&with_json).expect(0);
        assert_eq!(
            answered.json(),
            hub.get(path).expect(200).json(),
            "{command:?}"
        );
        assert!(
            shell.run(command).expect(0).out.lines().count() > 2,
            "{command:?}"
        );
    }
    assert!(
        shell
            .run(&["rules", "MOVE-99"])
            .expect(1)
            .err
            .contains("There is no rule MOVE-99.")
    );
    let one = shell.run(&["errors", "900003", "--json"]).expect(0).json();
    assert_eq!(one["items"].as_array().map(Vec::len), Some(1));
    shell.run(&["errors", "123456"]).expect(1);
    let unknown = shell.run(&["coverage", "--tier", "9"]).expect(1);
    assert_eq!(unknown.out, "");
    assert!(
        unknown
            .err
            .contains("There is no tier 9.\n        The tiers are 0, 1, 2, 3."),
        "{}",
        unknown.err
    );
}

#[test]
fn a_scenario_is_shown_as_text_and_as_json_and_either_is_valid() {
    let shell = Shell::at_url(NOWHERE, "show");
    for name in ["demo", "minimal"] {
        let yaml = shell.run(&["scenario", "show", name]).expect(0).out;
        shell.file("shown.yaml", &yaml);
        let valid = shell.run(&["scenario", "check", "shown.yaml"]).expect(0);
        assert_eq!(valid.out, "shown.yaml: valid\n");
        let json = shell.run(&["scenario", "show", name, "--json"]).expect(0);
        assert!(json.json()["organizations"].is_array());
        let checked = shell.run_with(
            &["scenario", "check", "-", "--json"],
            &[],
            json.out.as_bytes(),
        );
        assert_eq!(checked.expect(0).json()["valid"], true);
    }
    let missing = shell.run(&["scenario", "show", "nope", "--json"]).expect(1);
    assert_eq!(missing.problem()["title"], "not-found");
}

#[test]
fn each_mistake_of_a_scenario_is_named_with_its_place() {
    let shell = Shell::at_url(NOWHERE, "check");
    let text = "name: x\norganizations:\n  - name: X\n    peple: []\n";
    shell.file("wrong.yaml", text);
    let ran = shell.run(&["scenario", "check", "wrong.yaml"]).expect(1);
    assert!(ran.out.starts_with("wrong.yaml:4:5: "), "{}", ran.out);
    assert!(ran.out.contains("peple"), "{}", ran.out);
    let document = shell
        .run(&["scenario", "check", "wrong.yaml", "--json"])
        .expect(1)
        .json();
    assert_eq!(
        (&document["valid"], &document["errors"][0]["line"]),
        (&Value::Bool(false), &4.into())
    );
    // A byte-order mark is no mistake.
    let minimal = shell.run(&["scenario", "show", "minimal"]).out;
    shell.file("marked.yaml", format!("\u{feff}{minimal}"));
    shell.run(&["scenario", "check", "marked.yaml"]).expect(0);
    shell.file("binary.yaml", b"name: \xff\n");
    let ran = shell.run(&["scenario", "check", "binary.yaml"]).expect(1);
    assert!(ran.err.contains("UTF-8"), "{}", ran.err);
}

#[test]
fn completions_and_manual_pages_are_written() {
    let shell = Shell::at_url(NOWHERE, "shell");
    for name in ["bash", "zsh", "fish"] {
        let script = shell.run(&["completions", name]).expect(0).out;
        assert!(script.contains("fail-on-loss"), "{name}");
    }
    let page = shell.run(&["man", "sandbox", "create"]).expect(0).out;
    assert!(page.contains(".TH hubsim-sandbox-create 1"), "{page}");
    shell.run(&["man", "nope"]).expect(1);
}

#[test]
fn a_file_that_is_no_snapshot_is_refused_by_its_name() {
    let shell = Shell::at_url(NOWHERE, "no-snapshot");
    shell.file("bad.yaml", "name: x\norganizations: []\n");
    shell.file("name.json", "{\"name\": \"x\"}");
    for (file, more) in [("bad.yaml", &["--as", "x"][..]), ("name.json", &[])] {
        let ran = shell.run(&[&["snapshot", "add", file], more].concat());
        let ran = ran.expect(1);
        let said = format!("{file} is no snapshot document.");
        assert!(ran.err.contains(&said), "{}", ran.err);
        assert!(ran.err.contains("hubsim snapshot get"), "{}", ran.err);
    }
}
