//! `hubsim serve`: what it refuses to start with, and how programs read where it is.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::PROGRAM;
use super::program::Shell;

#[test]
fn bounds_that_allow_nothing_are_refused_at_the_start_with_a_sentence() {
    let shell = Shell::at_url("http://127.0.0.1:1", "serve-bounds");
    for option in [
        "--max-body",
        "--max-sandboxes",
        "--max-history",
        "--max-plans",
        "--max-snapshots",
        "--max-results",
        "--max-tunnels",
    ] {
        let ran = shell.run(&["serve", "--https", option, "0"]).expect(2);
        for part in [option, "0 would allow nothing"] {
            assert!(ran.err.contains(part), "{}", ran.err);
        }
        for wrong in ["-1", "many", "1.5", "99999999999999999999999"] {
            let wrong = format!("{option}={wrong}");
            let ran = shell.run(&["serve", "--https", &wrong]).expect(2);
            assert!(ran.err.contains("whole number"), "{}", ran.err);
        }
    }
}

#[test]
fn hosts_that_no_browser_could_send_are_refused_at_the_start() {
    let shell = Shell::at_url("http://127.0.0.1:1", "serve-hosts");
    for wrong in [
        " ",
        "hub.example,",
        "http://hub.example",
        "hub.example/path",
        "hub.example:8765",
        "*.example",
        "[::1]",
    ] {
        let option = format!("--allowed-host={wrong}");
        let ran = shell.run(&["serve", &option]).expect(2);
        for part in ["--allowed-host", "without scheme, port, path"] {
            assert!(ran.err.contains(part), "{wrong}: {}", ran.err);
        }
    }
}

#[test]
fn where_a_server_is_can_be_read_as_json_and_an_interrupt_ends_it_in_order() {
    let mut running = Command::new(PROGRAM)
        .args(["serve", "--port", "0", "--scenario", "minimal", "--json"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("a program");
    let written = running.stdout.take().expect("its output");
    let mut line = String::new();
    let read = BufReader::new(written).read_line(&mut line);
    read.expect("a line");
    let ready: Value = serde_json::from_str(&line).expect("a document");
    let url = ready["url"].as_str().expect("an address");
    assert_eq!(ready["token"], "full-admin");
    assert_eq!(ready["pid"], running.id());
    assert_eq!(ready["api"], format!("{url}/v1"));
    let health = reqwest::blocking::get(format!("{url}/_sim/v1/health"));
    assert!(health.expect("an answer").status().is_success());
    let id = running.id().to_string();
    let sent = Command::new("kill").args(["-INT", &id]).status();
    assert!(sent.expect("a signal").success());
    assert_eq!(running.wait().expect("an end").code(), Some(0));
}

#[test]
fn why_a_server_does_not_start_is_a_problem_document_for_programs() {
    let shell = Shell::at_url("http://127.0.0.1:1", "serve-problem");
    for command in [
        &["serve", "--json", "--bind", "0.0.0.0"][..],
        &["exec", "--json", "--bind", "0.0.0.0", "--", "true"],
    ] {
        let ran = shell.run(command).expect(1);
        assert_eq!(ran.out, "");
        let problem = ran.problem();
        assert_eq!(problem["title"], "server");
        let detail = problem["detail"].as_str().expect("why");
        assert!(detail.contains("--admin-token"), "{problem}");
    }
    let ran = shell.run(&["serve", "--bind", "0.0.0.0"]).expect(1);
    assert!(ran.err.contains("hubsim: listening beyond"), "{}", ran.err);
}
