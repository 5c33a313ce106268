//! The program as a script sees it: options, exit codes and signals.

#![cfg(unix)]

mod ask;
mod environment;
mod help;
mod hostile;
mod kept;
mod offline;
mod plan;
mod program;
mod serve;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use clap::CommandFactory;
use hubsim::options::CommandLine;

const PROGRAM: &str = env!("CARGO_BIN_EXE_hubsim");

/// `hubsim exec` with the smallest scenario and a line of shell.
fn exec(line: &str) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(["exec", "--scenario", "minimal", "--", "sh", "-c", line]);
    command
}

/// The exit code, and what was written.
fn outcome(mut command: Command) -> (Option<i32>, String) {
    let output = command.output().expect("a program");
    let written = [output.stdout, output.stderr].concat();
    (
        output.status.code(),
        String::from_utf8_lossy(&written).into_owned(),
    )
}

#[test]
fn exec_passes_the_code_of_the_command_on() {
    for (line, code) in [
        ("exit 0", 0),
        ("exit 7", 7),
        ("kill -KILL $$", 137),
        ("kill -INT $$", 130),
    ] {
        assert_eq!(outcome(exec(line)).0, Some(code), "{line}");
    }
    let mut missing = Command::new(PROGRAM);
    missing.args(["exec", "--scenario", "minimal", "--", "/nowhere/at/all"]);
    let (code, said) = outcome(missing);
    assert_eq!(code, Some(127));
    assert!(said.contains("cannot run /nowhere/at/all"), "{said}");
}

#[test]
fn exec_tells_the_command_where_the_server_is() {
    let line = format!(
        "{PROGRAM} healthcheck --port ${{HUBSIM_URL##*:}} && echo $WEBEX_BASE_URL $WEBEX_ACCESS_TOKEN"
    );
    let (code, said) = outcome(exec(&line));
    assert_eq!(code, Some(0), "{said}");
    assert!(said.starts_with("http://127.0.0.1:"), "{said}");
    assert!(said.ends_with("/v1 full-admin\n"), "{said}");
}

#[test]
fn exec_with_https_tells_how_clients_that_hard_code_hosts_reach_the_server() {
    let line = "echo $HUBSIM_PROXY_URL $HUBSIM_HTTPS_URL $HUBSIM_CA_FILE $NODE_EXTRA_CA_CERTS \
                ${HTTPS_PROXY-none} ${REQUESTS_CA_BUNDLE-none}; cat $HUBSIM_CA_FILE";
    let with_https = |line| {
        let mut command = Command::new(PROGRAM);
        command.args([
            "exec",
            "--scenario",
            "minimal",
            "--https",
            "--",
            "sh",
            "-c",
            line,
        ]);
        command
            .env_remove("NODE_EXTRA_CA_CERTS")
            .env_remove("HTTPS_PROXY");
        command.env_remove("REQUESTS_CA_BUNDLE");
        command
    };
    let (code, said) = outcome(with_https(line));
    assert_eq!(code, Some(0), "{said}");
    let (first, certificate) = said.split_once('\n').expect("a line");
    let [proxy, https, file, node, all, bundle] = first.split(' ').collect::<Vec<_>>()[..] else {
        panic!("{said}");
    };
    assert!(proxy.starts_with("http://127.0.0.1:"), "{said}");
    assert!(https.starts_with("https://127.0.0.1:"), "{said}");
    assert!(
        certificate.starts_with("-----BEGIN CERTIFICATE-----"),
        "{said}"
    );
    assert_eq!(node, file);
    // These two would cut the command off from everybody else.
    assert_eq!((all, bundle), ("none", "none"));
    assert!(
        !std::path::Path::new(file).exists(),
        "removed with the server"
    );
    let mut own = with_https("echo $NODE_EXTRA_CA_CERTS");
    own.env("NODE_EXTRA_CA_CERTS", "/mine.pem");
    assert_eq!(outcome(own), (Some(0), "/mine.pem\n".to_owned()));
}

#[test]
fn serve_names_both_addresses_on_lines_and_in_the_endpoints_file() {
    let directory = tempfile::TempDir::new().expect("a directory");
    let file = directory.path().join("endpoints.json");
    let mut command = Command::new(PROGRAM);
    command.args([
        "--port",
        "0",
        "--scenario",
        "minimal",
        "--https",
        "--https-port",
        "0",
    ]);
    command
        .arg("--endpoints-file")
        .arg(&file)
        .stdout(Stdio::piped());
    let mut running = command.spawn().expect("a program");
    let written = BufReader::new(running.stdout.take().expect("its output"));
    let mut lines = written.lines().map(|line| line.expect("a line"));
    let (https, ready) = (lines.next().expect("a line"), lines.next().expect("a line"));
    let endpoints = std::fs::read_to_string(&file).expect("a file");
    let id = running.id().to_string();
    let sent = Command::new("kill").args(["-TERM", &id]).status();
    assert!(sent.expect("a signal").success());
    assert_eq!(running.wait().expect("an end").code(), Some(0));
    let endpoints: serde_json::Value = serde_json::from_str(&endpoints).expect("a document");
    let (url, rest) = https.split_once(" authority ").expect("both");
    assert_eq!(
        url,
        format!("Https. {}", endpoints["https"].as_str().expect("a URL"))
    );
    assert_eq!(
        rest,
        endpoints["sim"].as_str().expect("a URL").to_owned() + "/ca.pem"
    );
    let plain = endpoints["api"]
        .as_str()
        .expect("a URL")
        .trim_end_matches("/v1");
    assert_eq!(ready, format!("Ready. {plain} token full-admin"));
}

#[test]
fn options_of_https_alone_are_wrong_use() {
    for wrong in [
        ["--https-port", "1"],
        ["--ca-dir", "x"],
        ["--max-tunnels", "1"],
    ] {
        let mut command = Command::new(PROGRAM);
        command.args(wrong);
        let (code, said) = outcome(command);
        assert_eq!(code, Some(2), "{wrong:?}");
        assert!(said.contains("--https"), "{said}");
    }
}

#[test]
fn exec_passes_a_termination_on_and_waits_for_the_command() {
    let line = "trap 'exit 5' TERM; echo up; while :; do sleep 0.05; done";
    let mut running = exec(line)
        .stdout(Stdio::piped())
        .spawn()
        .expect("a program");
    let mut said = String::new();
    let written = running.stdout.take().expect("its output");
    BufReader::new(written)
        .read_line(&mut said)
        .expect("a line");
    assert_eq!(said, "up\n");
    let id = running.id().to_string();
    let sent = Command::new("kill").args(["-TERM", &id]).status();
    assert!(sent.expect("a signal").success());
    assert_eq!(running.wait().expect("an end").code(), Some(5));
}

#[test]
fn a_server_that_cannot_start_runs_no_command() {
    let mut command = Command::new(PROGRAM);
    command.args(["exec", "--scenario", "/nowhere.yaml", "--", "echo", "ran"]);
    let (code, said) = outcome(command);
    assert_eq!(code, Some(1));
    assert!(!said.contains("ran\n"), "{said}");
    for wrong in [&["--prot", "1"][..], &["exec"], &["--clock"]] {
        let mut command = Command::new(PROGRAM);
        command.args(wrong);
        assert_eq!(outcome(command).0, Some(2), "{wrong:?}");
    }
}

#[test]
fn the_readme_lists_every_option_and_no_other() {
    let readme = include_str!("../../README.md");
    let listed = readme.lines().filter_map(|line| {
        let name = line.strip_prefix("| `--")?;
        name.split('`').next()
    });
    let mut listed: Vec<&str> = listed.collect();
    listed.sort_unstable();
    let command = CommandLine::command();
    let known = command
        .get_arguments()
        .filter_map(|argument| argument.get_long());
    let mut known: Vec<&str> = known
        .filter(|name| !["help", "version"].contains(name))
        .collect();
    known.sort_unstable();
    assert_eq!(listed, known);
}

#[test]
fn a_server_whose_output_nobody_reads_serves_all_the_same() {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let mut server = Command::new(PROGRAM)
        .args(["--port", "0", "--scenario", "minimal", "--endpoints-file"])
        .arg(concat!(env!("CARGO_TARGET_TMPDIR"), "/unread.json"))
        .stdout(writer)
        .stderr(Stdio::piped())
        .spawn()
        .expect("a program");
    let path = concat!(env!("CARGO_TARGET_TMPDIR"), "/unread.json");
    let own = format!("\"pid\":{}", server.id());
    let document = loop {
        assert!(server.try_wait().expect("a state").is_none(), "it ended");
        match std::fs::read_to_string(path) {
            Ok(text) if text.contains(&own) => break text,
            _ => std::thread::yield_now(),
        }
    };
    let document: serde_json::Value = serde_json::from_str(&document).expect("JSON");
    let sim = document["sim"].as_str().expect("an address");
    let client = reqwest::blocking::Client::new();
    let stopped = client
        .post(format!("{sim}/shutdown"))
        .send()
        .expect("an answer");
    assert!(stopped.status().is_success());
    assert_eq!(server.wait().expect("an end").code(), Some(0));
}

#[test]
fn a_strict_server_without_an_admin_token_says_at_its_start_what_opens_it() {
    let mut command = Command::new(PROGRAM);
    command.args(["--port", "0", "--scenario", "minimal", "--auth", "strict"]);
    let mut running = command.stdout(Stdio::piped()).spawn().expect("a program");
    let written = BufReader::new(running.stdout.take().expect("its output"));
    let mut lines = written.lines().map(|line| line.expect("a line"));
    let (strict, ready) = (lines.next().expect("a line"), lines.next().expect("a line"));
    let id = running.id().to_string();
    let sent = Command::new("kill").args(["-TERM", &id]).status();
    assert!(sent.expect("a signal").success());
    assert_eq!(running.wait().expect("an end").code(), Some(0));
    assert!(strict.contains("--admin-token"), "{strict}");
    assert!(strict.contains("full-admin"), "{strict}");
    assert!(ready.starts_with("Ready. "), "{ready}");
}
