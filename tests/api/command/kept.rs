//! What a server keeps at its end: `--snapshot-on-exit`.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

use serde_json::{Value, json};

use super::PROGRAM;

/// A program that serves, and where.
struct Running {
    child: Child,
    url: String,
}

impl Running {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(PROGRAM)
            .args(["serve", "--port", "0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("a program");
        let mut line = String::new();
        let written = child.stdout.take().expect("its output");
        let read = BufReader::new(written).read_line(&mut line);
        read.expect("a line");
        let url = line.split(' ').nth(1).expect("Ready. URL").to_owned();
        Self { child, url }
    }

    fn send(&self, method: &str, path: &str, body: &Value) -> String {
        let method = method.parse().expect("a method");
        let client = reqwest::blocking::Client::new();
        let request = client.request(method, format!("{}{path}", self.url));
        let request = request.bearer_auth("full-admin");
        let sent = match body {
            Value::Null => request.send(),
            body => request.json(body).send(),
        };
        let answer = sent.expect("an answer");
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.text().expect("a text")
    }

    fn get(&self, path: &str) -> String {
        self.send("GET", path, &Value::Null)
    }

    /// Sends a termination and waits for the end.
    fn terminate(mut self) -> (ExitStatus, String) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &id]).status();
        assert!(sent.expect("a signal").success());
        self.end()
    }

    fn end(&mut self) -> (ExitStatus, String) {
        let status = self.child.wait().expect("an end");
        let mut said = String::new();
        let mut stderr = self.child.stderr.take().expect("its errors");
        std::io::Read::read_to_string(&mut stderr, &mut said).expect("a text");
        (status, said)
    }
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::remove_dir_all(&folder).unwrap_or_default();
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

#[test]
fn a_server_that_starts_from_what_another_kept_is_that_server() {
    let folder = folder("kept");
    let file = folder.join("state.json");
    let frozen = json!({"mode": "frozen"});
    let first = Running::start(&["--scenario", "minimal", "--snapshot-on-exit", text(&file)]);
    first.send("PUT", "/_sim/v1/clock", &frozen);
    let person = json!({"emails": ["kept@example.com"], "displayName": "Kept"});
    first.send("POST", "/v1/people", &person);
    let people = first.get("/v1/people?callingData=true");
    let clock = first.get("/_sim/v1/clock");
    let (status, said) = first.terminate();
    assert_eq!(status.code(), Some(0), "{said}");
    let names = std::fs::read_dir(&folder).expect("a folder");
    assert_eq!(names.count(), 1, "nothing else is left in the folder");

    let mut second =
        Running::start(&["--scenario", text(&file), "--snapshot-on-exit", text(&file)]);
    assert_eq!(
        second.get("/v1/people?callingData=true"),
        people,
        "byte by byte"
    );
    assert_eq!(
        second.get("/_sim/v1/clock"),
        clock,
        "the clock goes on from what it showed"
    );
    let before = std::fs::read(&file).expect("a file");
    second.send("POST", "/_sim/v1/shutdown", &Value::Null);
    assert_eq!(second.end().0.code(), Some(0));
    let after = std::fs::read(&file).expect("a file");
    assert_eq!(before, after, "nothing was done in between");
}

#[test]
fn a_place_that_cannot_be_written_to_is_told_at_the_start() {
    let folder = folder("kept-nowhere");
    let missing = folder.join("missing").join("state.json");
    for (path, says) in [(&missing, "does not exist"), (&folder, "is a folder")] {
        let output = Command::new(PROGRAM)
            .args(["serve", "--port", "0", "--snapshot-on-exit", text(path)])
            .output()
            .expect("a program");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(
            said.contains("--snapshot-on-exit") && said.contains(says),
            "{said}"
        );
    }
}

#[test]
fn a_place_that_vanishes_ends_in_an_error_and_leaves_no_half_file() {
    let folder = folder("kept-vanished");
    let place = folder.join("inner");
    std::fs::create_dir(&place).expect("a folder");
    let file = place.join("state.json");
    let running = Running::start(&["--scenario", "minimal", "--snapshot-on-exit", text(&file)]);
    std::fs::remove_dir(&place).expect("no folder");
    let (status, said) = running.terminate();
    assert_eq!(status.code(), Some(1));
    assert!(
        said.contains(&format!("cannot write {}", text(&file))),
        "{said}"
    );
    assert_eq!(std::fs::read_dir(&folder).expect("a folder").count(), 0);
}
