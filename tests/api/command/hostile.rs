//! Servers that are none, files that are none, readers that go, names that steer terminals.

use std::io::{Read, Write};
use std::net::TcpListener;

use serde_json::json;

use super::program::{Ran, Shell};
use crate::support::{ADA, Hub};

/// What the program makes of a server that answers every request with these bytes, and then with
/// as many of the others as are taken.
fn asked(name: &str, answer: &'static [u8], endless: &'static [u8]) -> Ran {
    asked_for(&["sandbox", "list", "--json"], name, answer, endless)
}

/// The same of a command.
fn asked_for(arguments: &[&str], name: &str, answer: &'static [u8], endless: &'static [u8]) -> Ran {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let serving = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a caller");
        drop(listener);
        let _ = stream.read(&mut [0; 4096]).expect("a request");
        // The caller may have had enough at any time.
        let mut outcome = stream.write_all(answer);
        while outcome.is_ok() && !endless.is_empty() {
            outcome = stream.write_all(endless);
        }
    });
    let ran = Shell::at_url(&url, name).run(arguments);
    serving.join().expect("an end");
    ran
}

#[test]
fn a_server_that_is_none_is_told_of() {
    for (answer, title) in [
        (&b"SSH-2.0-OpenSSH_9.6\r\n"[..], "not-hubsim"),
        (
            b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n<htm>",
            "not-hubsim",
        ),
        (
            b"HTTP/1.1 500 Oh\r\ncontent-length: 5\r\n\r\n<htm>",
            "not-hubsim",
        ),
        (
            b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 0\r\n\r\n",
            "not-hubsim",
        ),
        (
            b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{",
            "no-server",
        ),
        (b"", "no-server"),
    ] {
        let ran = asked("garbage", answer, b"").expect(1);
        assert_eq!(ran.problem()["title"], title, "{}", ran.err);
        assert_eq!(ran.out, "");
    }
}

#[test]
fn an_answer_without_end_is_not_read_to_its_end() {
    static MUCH: [u8; 1 << 20] = [b' '; 1 << 20];
    let head = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n";
    let ran = asked("endless", head, &MUCH).expect(1);
    assert_eq!(ran.problem()["title"], "too-large", "{}", ran.err);
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n";
    let ran = asked("announced", head, &MUCH).expect(1);
    assert_eq!(ran.problem()["title"], "too-large", "{}", ran.err);
}

#[test]
fn an_address_that_is_none_says_what_one_looks_like() {
    let shell = Shell::at_url("", "address");
    for url in [
        "127.0.0.1:8765",
        "ftp://127.0.0.1",
        "http://",
        "http://a b",
        "https://localhost",
        "ä",
    ] {
        let ran = shell.run(&["clock", "--url", url]).expect(1);
        assert!(ran.err.contains("--url"), "{url}: {}", ran.err);
    }
    let token = shell
        .run(&["clock", "--url", "http://127.0.0.1:9", "--token", "a\nb"])
        .expect(1);
    assert!(token.err.contains("--token"), "{}", token.err);
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", silent.local_addr().expect("an address"));
    let ran = shell
        .run(&["clock", "--url", &url, "--timeout", "1", "--json"])
        .expect(1);
    assert_eq!(ran.problem()["title"], "timeout");
}

#[test]
fn a_name_does_not_steer_the_terminal() {
    let hub = Hub::start();
    let shell = Shell::at(&hub, "escape");
    let person = hub.find("/v1/people", "displayName", "Ada Lovelace");
    let path = format!("/v1/people/{}", person["id"].as_str().expect("an id"));
    let mut changed = person.clone();
    changed["displayName"] = json!("A\u{202e}B");
    hub.call("PUT", &path, &changed).expect(200);
    for arguments in [
        &["history", ADA][..],
        &["history", ADA, "--json"],
        &["sandbox", "diff"],
    ] {
        let shown = shell.run(arguments).expect(0).out;
        assert!(!shown.contains(['\u{9b}', '\u{202e}', '\u{1b}']), "{shown}");
    }
    let shown = shell.run(&["sandbox", "diff"]).expect(0).out;
    assert!(shown.contains("A\\u{202e}B"), "{shown}");
    let document = shell.run(&["sandbox", "diff", "--json"]).expect(0).json();
    let own = hub
        .get("/_sim/v1/sandboxes/default/diff")
        .expect(200)
        .json();
    assert_eq!(document, own);
}

#[test]
fn a_reader_that_goes_is_no_failure() {
    let shell = Shell::at_url("http://127.0.0.1:9", "pipe");
    let line = "{ hubsim coverage --json; echo $? >code; } | head -c 10";
    let ran = shell.line(line).expect(0);
    assert_eq!((ran.out.len(), ran.err.as_str()), (10, ""));
    assert_eq!(shell.read("code"), "0\n");
}

#[test]
fn colours_are_for_terminals_and_for_those_who_insist() {
    let shell = Shell::at_url("http://127.0.0.1:9", "colours");
    let insisting = [("CLICOLOR_FORCE", "1")];
    let shown = shell
        .run_with(&["rules", "MOVE-12"], &insisting, b"")
        .expect(0)
        .out;
    assert!(shown.contains("\u{1b}[1mRule"), "{shown}");
    for variables in [&[][..], &[("NO_COLOR", "1")]] {
        let shown = shell
            .run_with(&["rules", "MOVE-12"], variables, b"")
            .expect(0)
            .out;
        assert!(!shown.contains('\u{1b}'), "{shown}");
    }
}
